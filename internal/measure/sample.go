package measure

import (
	"math"
	"strings"

	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Sample says what the responses stand for: how many there are of how many, how
// far a random sample of that size may be off, and how it compares with what is
// known of the population.
type Sample struct {
	Common
	Type         string         `json:"type,omitempty"`
	Population   int            `json:"population,omitempty"`
	Invited      int            `json:"invited,omitempty"`
	ResponseRate *Number        `json:"response_rate,omitempty"` // of the invited, else of the population of a census
	Margin       *Number        `json:"margin,omitempty"`        // of a share of one half, 95 %, as a share; probability samples only
	Needed       []*Needed      `json:"needed,omitempty"`
	Margins      []*RakedMargin `json:"margins,omitempty"` // after: weighted where the survey is
	Rates        []*Rate        `json:"rates,omitempty"`
	Absent       []*Absent      `json:"absent,omitempty"`
	Tree         []*Branch      `json:"tree,omitempty"`
}

// Needed is how many answers a margin of error wants, and whether the
// effective sample has them.
type Needed struct {
	Margin  Number `json:"margin"`
	N       int    `json:"n"`
	Reached bool   `json:"reached"`
}

// Rate is the response rate by the codes of a column.
type Rate struct {
	Column string      `json:"column"`
	Codes  []*CodeRate `json:"codes"`
}

// CodeRate is the response rate of one code.
type CodeRate struct {
	Code       string `json:"code"`
	N          int    `json:"n"`
	Population int    `json:"population"`
	Rate       Number `json:"rate"`
	Suppressed bool   `json:"suppressed,omitempty"`
}

// Absent is the codes of a column of customer types that nobody answered with.
type Absent struct {
	Column string   `json:"column"`
	Codes  []string `json:"codes"`
}

// Branch is a group of customers in the composition tree: its responses and
// its index, the score of the satisfaction index or else of the headline.
type Branch struct {
	Column     string    `json:"column"`
	Code       string    `json:"code"`
	N          int       `json:"n"`
	Index      Number    `json:"index"`
	CI95       Interval  `json:"ci95"`
	Suppressed bool      `json:"suppressed,omitempty"`
	Below      []*Branch `json:"below,omitempty"`
}

// neededMargins are the margins of error that sizes are given for.
var neededMargins = []float64{.03, .05, .1}

func (w *wave) sample() *Sample {
	d := w.survey.Sample
	s := &Sample{Common: Common{Method: "sample", N: w.table.Rows, Warnings: []string{}}, Type: d.Type, Population: d.Population, Invited: d.Invited}
	of := d.Invited
	if of == 0 && d.Type == "census" {
		of = d.Population
	}
	if of > 0 {
		s.ResponseRate = pointer(float64(w.table.Rows) / float64(of))
		if w.table.Rows > of {
			s.warn("more_than_asked")
		}
	}
	if d.Type == "probability" {
		s.precision(w)
	}
	for _, m := range d.Margins {
		if c := w.columns[m.Column]; c != nil && !c.Absent {
			margin, counts := w.looseMargin(m)
			s.Margins = append(s.Margins, w.raked(m, margin, counts, w.rowWeights()))
		}
	}
	for _, p := range d.Populations {
		if r := w.rate(p); r != nil {
			s.Rates = append(s.Rates, r)
		}
	}
	s.Absent = w.absent()
	if len(d.Tree) > 0 {
		s.Tree = w.tree(d.Tree, everyone(w.table.Rows), 0, w.table.Rows)
	}
	return s
}

// precision is the margin of error of a random sample, on the effective sample
// where weights cost precision, and the sizes that others would want.
func (s *Sample) precision(w *wave) {
	n := float64(w.table.Rows)
	if b := w.bases(everyone(w.table.Rows))[0]; w.weights != nil {
		n = float64(b.Effective)
	}
	population := math.Inf(1)
	if s.Population > 0 {
		population = float64(s.Population)
	}
	s.Margin = pointer(stat.Margin(int(math.Round(n)), population))
	for _, m := range neededMargins {
		need := stat.SampleSize(m, population)
		s.Needed = append(s.Needed, &Needed{Number(m), need, int(math.Round(n)) >= need})
	}
}

func (w *wave) rowWeights() []float64 {
	out := make([]float64, w.table.Rows)
	for i := range out {
		out[i] = w.weight(i)
	}
	return out
}

// looseMargin is a margin to compare with: codes that it does not name stay out.
func (w *wave) looseMargin(m survey.Margin) (stat.RakeMargin, []int) {
	at := map[string]int32{}
	for k, s := range m.Shares {
		at[s.Code] = int32(k)
	}
	c := w.columns[m.Column]
	out, counts := stat.RakeMargin{Of: make([]int32, w.table.Rows)}, make([]int, len(m.Shares))
	for i := range out.Of {
		out.Of[i] = -1
		if code, why := c.Code(i); why == table.Answered {
			if k, ok := at[c.Codes[code]]; ok {
				out.Of[i] = k
				counts[k]++
			}
		}
	}
	return out, counts
}

// rate is the response rate by the codes of a column.
func (w *wave) rate(p survey.Population) *Rate {
	c := w.columns[p.Column]
	if c == nil || c.Absent || c.Field.Kind == table.Number {
		return nil
	}
	counts := map[string]int{}
	for i := range w.table.Rows {
		if code, why := c.Code(i); why == table.Answered {
			counts[c.Codes[code]]++
		}
	}
	out, n := &Rate{Column: p.Column}, make([]int, len(p.Codes))
	for k, code := range p.Codes {
		n[k] = counts[code.Code]
	}
	hidden := hide(n, w.table.Rows, w.minCell)
	for k, code := range p.Codes {
		r := &CodeRate{Code: code.Code, N: n[k], Population: code.Count, Rate: Number(float64(n[k]) / float64(code.Count)), Suppressed: hidden[k]}
		if hidden[k] {
			r.N, r.Rate = 0, undefined()
		}
		out.Codes = append(out.Codes, r)
	}
	return out
}

// absent lists, of the columns that sort customers, the declared codes that no response has.
func (w *wave) absent() []*Absent {
	var out []*Absent
	seen := map[string]bool{}
	for _, id := range append(append([]string(nil), w.survey.Sample.Tree...), w.survey.Segments...) {
		a, ok := w.askedOf(id)
		c := w.columns[id]
		if seen[id] || !ok || a.item.Scale == nil || c == nil || c.Absent {
			continue
		}
		seen[id] = true
		t := tallies(c, everyone(w.table.Rows), nil)[0]
		one := &Absent{Column: id}
		for k, code := range c.Codes {
			if t.counts[k] == 0 {
				one.Codes = append(one.Codes, code)
			}
		}
		if len(one.Codes) > 0 {
			out = append(out, one)
		}
	}
	return out
}

// tree is the composition of one group by the next column.
func (w *wave) tree(columns []string, g groups, of int32, total int) []*Branch {
	c := w.columns[columns[0]]
	if c == nil || c.Absent || c.Field.Kind == table.Number || len(c.Codes) > maxGroups {
		return nil
	}
	part, n := groups{codes: c.Codes, of: make([]int32, len(g.of))}, make([]int, len(c.Codes))
	for i, k := range g.of {
		part.of[i] = -1
		if k != of {
			continue
		}
		if code, why := c.Code(i); why == table.Answered {
			part.of[i] = int32(code)
			n[code]++
		}
	}
	index := w.indexBy(part)
	hidden := hide(n, total, w.minCell)
	var out []*Branch
	for k, code := range c.Codes {
		if n[k] == 0 || c.Field.Kind == table.Open && hidden[k] {
			continue
		}
		b := &Branch{Column: columns[0], Code: code, N: n[k], Index: Number(index[k].Value), CI95: interval(index[k]), Suppressed: hidden[k]}
		switch {
		case hidden[k]:
			b.N, b.Index, b.CI95 = 0, undefined(), Interval{undefined(), undefined()}
		case len(columns) > 1:
			b.Below = w.tree(columns[1:], part, int32(k), n[k])
		}
		out = append(out, b)
	}
	return out
}

// indexBy is the index of every group: the score of the first satisfaction
// index of the definition, else the headline on 0–100.
func (w *wave) indexBy(g groups) []stat.Estimate {
	out := make([]stat.Estimate, len(g.codes))
	for i := range out {
		out[i] = stat.Mean(nil)
	}
	for _, a := range w.survey.Analyses {
		if a.Method != "csi" || !a.Built {
			continue
		}
		for k, r := range w.method(a, g) {
			out[k] = scoreOf(r, out[k])
		}
		return out
	}
	a, ok := w.headline()
	c := w.columns[a.item.ID]
	if !ok || c == nil || c.Absent {
		return out
	}
	whole := tallies(c, everyone(w.table.Rows), w.weights)[0].valid.N
	for k, t := range tallies(c, g, w.weights) {
		q := a.question(&t, whole)
		if q.Score == nil || t.valid.N < w.minCell { // few answers to this one question
			continue
		}
		out[k] = q.mean
		out[k].Value, out[k].Low, out[k].High = float64(q.Score.Value), float64(q.Score.CI95[0]), float64(q.Score.CI95[1])
	}
	return out
}

// scoreOf is the figure "score" of an analysis.
func scoreOf(a Analysis, none stat.Estimate) stat.Estimate {
	if f, ok := a.(figured); ok {
		for _, one := range f.figures() {
			if strings.HasSuffix(one.path, "score") && !strings.Contains(one.path, ".") {
				return one.estimate
			}
		}
	}
	return none
}
