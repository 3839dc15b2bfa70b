package measure

import (
	"math"

	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// GapView sets those who serve beside those who are served, on one battery:
// the knowledge gap, gap 1 of Parasuraman, Zeithaml and Berry (1985). Each
// comparison is of what is expected, or of what is perceived.
type GapView struct {
	Column      string           `json:"column"`
	Internal    string           `json:"internal"`
	External    string           `json:"external"`
	Comparisons []*GapComparison `json:"comparisons"`
}

// GapComparison is one of them: item by item the means of both sides and the
// difference, internal less external, by Welch's t; Spearman is the rank
// correlation of the items' means over so many items.
type GapComparison struct {
	Measure  string       `json:"measure"` // expected or perceived
	Spearman Number       `json:"spearman"`
	N        int          `json:"n"` // items
	Items    []*GapViewed `json:"items"`
}

// GapViewed is one item from both sides.
type GapViewed struct {
	ID         string    `json:"id"`
	Internal   Number    `json:"internal"`
	External   Number    `json:"external"`
	N          [2]int    `json:"n"`
	Ranks      [2]Number `json:"ranks"` // place of its mean on the internal and the external side, 1 the highest
	Difference Number    `json:"difference"`
	CI95       Interval  `json:"ci95"`
	P          Number    `json:"p"`
	Holm       Number    `json:"p_holm"`
}

// gapRoles tells the sides apart; nil where there is one side only, or where a
// side is too small to be shown: then both are taken together.
type gapRoles struct {
	of       []int32 // 0 internal, 1 external, −1 neither
	weights  []float64
	internal string
	external string
	column   string
}

func (w *wave) viewRoles(view *survey.GapView) *gapRoles {
	if view == nil || w.columns[view.Column] == nil || w.columns[view.Column].Absent {
		return nil
	}
	c := w.columns[view.Column]
	r := &gapRoles{of: make([]int32, w.table.Rows), weights: w.weights, internal: view.Internal, external: view.External, column: view.Column}
	var rows, weighted [2]int
	for i := range r.of {
		r.of[i] = -1
		code, why := c.Code(i)
		if why != table.Answered {
			continue
		}
		switch c.Codes[code] {
		case view.Internal:
			r.of[i] = 0
		case view.External:
			r.of[i] = 1
		default:
			continue
		}
		rows[r.of[i]]++
		if w.weight(i) > 0 {
			weighted[r.of[i]]++
		}
	}
	if min(rows[0], rows[1], weighted[0], weighted[1]) < max(w.minCell, 2) {
		return nil
	}
	return r
}

// served keeps of g only those who are served. It is not ok where a group has
// so few others that they could be had by subtraction.
func (r *gapRoles) served(g groups, k int) (groups, bool) {
	if r == nil {
		return g, true
	}
	out := groups{codes: g.codes, of: make([]int32, len(g.of))}
	rows, weighted := make([]int, len(g.codes)), make([]int, len(g.codes))
	for i, group := range g.of {
		out.of[i] = group
		if group < 0 || r.of[i] == 1 {
			continue
		}
		out.of[i] = -1
		rows[group]++
		if r.weights == nil || r.weights[i] > 0 {
			weighted[group]++
		}
	}
	for j := range rows {
		if rows[j] > 0 && min(rows[j], weighted[j]) < k {
			return out, false
		}
	}
	return out, true
}

// view compares the sides, nil without both.
func (p *gapPlan) view(r *gapRoles) *GapView {
	if r == nil {
		return nil
	}
	sides := p.read(groups{codes: []string{r.internal, r.external}, of: r.of})
	v := &GapView{Column: r.column, Internal: r.internal, External: r.external}
	if p.expects {
		v.Comparisons = append(v.Comparisons, p.compareSides(sides, "expected", func(l *levels) stat.Moment { return l.expected }))
	}
	v.Comparisons = append(v.Comparisons, p.compareSides(sides, "perceived", func(l *levels) stat.Moment { return l.perceived }))
	return v
}

func (p *gapPlan) compareSides(sides []*gapSums, measure string, of func(*levels) stat.Moment) *GapComparison {
	c := &GapComparison{Measure: measure}
	var internal, external, ps []float64
	for d, spec := range p.spec.Dimensions {
		for k, pair := range spec.Pairs {
			i := p.first[d] + k
			a, b := of(&sides[0].pairs[i].levels), of(&sides[1].pairs[i].levels)
			design := p.design(a) + p.design(b)
			inside, outside := a.Estimate(design), b.Estimate(design)
			item := &GapViewed{ID: pair.Perceived, Internal: Number(inside.Value), External: Number(outside.Value), N: [2]int{a.N, b.N}}
			test := stat.Welch(outside, inside)
			if small := p.wave.minCell; a.N > 0 && min(a.Rows, a.N) < small || b.N > 0 && min(b.Rows, b.N) < small {
				nan := math.NaN()
				item.Internal, item.External, item.N = Number(nan), Number(nan), [2]int{}
				test = stat.Test{Difference: nan, P: nan, Low: nan, High: nan}
			}
			item.Difference, item.P, item.CI95 = Number(test.Difference), Number(test.P), Interval{Number(test.Low), Number(test.High)}
			c.Items = append(c.Items, item)
			ps = append(ps, test.P)
			if !math.IsNaN(float64(item.Difference)) {
				internal, external = append(internal, float64(item.Internal)), append(external, float64(item.External))
			}
		}
	}
	for i, adjusted := range stat.Holm(ps) {
		c.Items[i].Holm = Number(adjusted)
	}
	c.N, c.Spearman = len(internal), Number(stat.Spearman(internal, external, nil))
	c.rank(internal, external)
	return c
}

// rank gives every compared item its place on both sides; ties share the mean of theirs.
func (c *GapComparison) rank(internal, external []float64) {
	for _, i := range c.Items {
		i.Ranks = [2]Number{placeAmong(float64(i.Internal), internal), placeAmong(float64(i.External), external)}
	}
}

// placeAmong is the place of x among all, from the highest; NaN for NaN.
func placeAmong(x float64, all []float64) Number {
	if math.IsNaN(x) {
		return Number(x)
	}
	place := 0.5
	for _, y := range all {
		switch {
		case y > x:
			place++
		case y == x:
			place += 0.5
		}
	}
	return Number(place)
}

// GapOutcome is what respondents of each class of the gap answered: whether
// those whose expectations were met buy again, recommend or warn.
type GapOutcome struct {
	Question string             `json:"question"`
	N        int                `json:"n"`
	Codes    []string           `json:"codes"`
	Classes  []*GapOutcomeClass `json:"classes"`
	Chi2     Number             `json:"chi_squared"` // of the counts, without weights; of the pooled table where cells are hidden
	DF       Number             `json:"df"`
	P        Number             `json:"p"`
	CramersV Number             `json:"cramers_v"`
	Sparse   bool               `json:"sparse"` // more than a fifth of the cells expect fewer than 5 answers (Cochran)
	Pooled   *Pooled            `json:"pooled,omitempty"`
}

// GapOutcomeClass is one row: the shares of its answers, null where fewer than
// min_cell gave one or it would give another away, as in a crosstab.
type GapOutcomeClass struct {
	Class      string   `json:"class"`
	N          int      `json:"n"`
	Shares     []Number `json:"shares"`
	Suppressed bool     `json:"suppressed,omitempty"`
}

// gapClassNames are the bands, as in results.json.
var gapClassNames = [gapClasses]string{"exceed", "meet", "below", "far_below"}

// sparse reports whether more than a fifth of the cells of the table, empty
// rows and columns left out, expect fewer than 5.
// Source: Cochran, Biometrics 10 (1954) 417–451.
func sparse(counts [][]float64) bool {
	rows, columns, total := make([]float64, len(counts)), map[int]float64{}, 0.0
	for i, row := range counts {
		for j, n := range row {
			rows[i], total = rows[i]+n, total+n
			columns[j] += n
		}
	}
	few, cells := 0, 0
	for _, r := range rows {
		for j := range len(counts[0]) {
			if r > 0 && columns[j] > 0 {
				cells++
				if r*columns[j]/total < 5 {
					few++
				}
			}
		}
	}
	return 5*few > cells
}
