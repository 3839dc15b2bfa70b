package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Enterprise is the composite index of an enterprise from up to five
// components, each brought to 0–100 and weighted (METHODS B6, A64). Its interval
// is that of the linear combination, by the influence of every respondent on
// it, so that the correlation of the components is taken in; numbers of
// business data are taken as known exactly.
type Enterprise struct {
	Common                   // N is the smallest base of a component
	Respondents int          `json:"respondents"` // in any base
	Score       Number       `json:"score"`
	SE          Number       `json:"se"`
	CI95        Interval     `json:"ci95"`
	Target      *Number      `json:"target"`
	Verdict     string       `json:"verdict,omitempty"`
	Why         string       `json:"why,omitempty"` // no_answers: a component has no base
	Components  []*Component `json:"components"`

	estimate stat.Estimate
}

// Component is one of the five. Rate is a share of the base (0–1), or the
// number; Score is what Normaliser makes of it:
//
//	share     100·p
//	net       (100·p − 100·q + 100)/2, q the share that is taken off
//	reversed  100 − 100·p
//	range     (x − min)/(max − min)·100, cut to 0–100
type Component struct {
	ID         string   `json:"id"`
	Normaliser string   `json:"normaliser"`
	N          int      `json:"n"`
	Rate       Number   `json:"rate"`
	CI95       Interval `json:"ci95"`
	Off        *Number  `json:"net_of,omitempty"`
	Beside     *Portion `json:"beside,omitempty"`
	BesideN    int      `json:"beside_n,omitempty"`
	Score      Number   `json:"score"`
	Weight     Number   `json:"weight"`
	Min        *float64 `json:"min,omitempty"`
	Max        *float64 `json:"max,omitempty"`

	estimate stat.Estimate
}

// Normalisers.
const (
	ByShare    = "share"
	ByNet      = "net"
	ByReversed = "reversed"
	ByRange    = "range"
)

func (e *Enterprise) figures() []figure {
	out := []figure{{path: "score", kind: "index", estimate: e.estimate}}
	for _, c := range e.Components {
		if c.Normaliser != ByRange {
			out = append(out, figure{path: "components." + c.ID + ".rate", kind: "component", estimate: c.estimate})
		}
	}
	return out
}

// enterprise computes the composite in every group.
func (w *wave) enterprise(a survey.Analysis, g groups) []Analysis {
	if a.Enterprise == nil {
		return nil
	}
	raw := make([]float64, len(a.Enterprise.Components))
	for i, c := range a.Enterprise.Components {
		if raw[i] = 1; c.Weight != nil {
			raw[i] = *c.Weight
		}
	}
	weights := normalised(raw)
	var marks []*marked
	for _, c := range a.Enterprise.Components {
		marks = append(marks, w.markSource(c))
	}
	target := a.Enterprise.Target
	if t, ok := w.survey.Report.Targets[a.ID]; ok && target == nil {
		target = &t
	}
	out := make([]Analysis, len(g.codes))
	for k := range out {
		e := w.composite(a, g, int32(k), weights, marks)
		e.Target, e.Verdict = verdict(e.estimate, target)
		out[k] = e
	}
	return out
}

// marked is what every respondent adds to a component: 1, 0, −1, or NaN outside the base.
type marked struct {
	share, off, beside []float64 // nil without
	points             []float64 // share less off, reversed for complaints, on 0–100
}

// markSource reads the sources of a component by row.
func (w *wave) markSource(c survey.Component) *marked {
	if len(c.Any) == 0 {
		return &marked{}
	}
	m := &marked{share: w.counted(c.Any)}
	if c.Net != nil {
		m.off = w.counted([]survey.Counted{*c.Net})
	}
	if c.Beside != nil {
		m.beside = w.counted([]survey.Counted{*c.Beside})
	}
	m.points = make([]float64, len(m.share))
	for row, x := range m.share {
		switch {
		case m.off != nil: // a respondent outside the base of one is outside both
			m.points[row] = 50 * (x - m.off[row] + 1)
		case c.ID == survey.Complaint:
			m.points[row] = 100 - 100*x
		default:
			m.points[row] = 100 * x
		}
	}
	return m
}

// counted is by row 1 where the respondent meets any source, 0 where the base
// of one holds the answer but none is met, else NaN.
func (w *wave) counted(sources []survey.Counted) []float64 {
	out := make([]float64, w.table.Rows)
	for i := range out {
		out[i] = math.NaN()
	}
	for _, s := range sources {
		c := w.columns[s.Question]
		if c == nil || c.Absent {
			continue
		}
		codes := c.Codes
		if item, ok := w.itemOf(s.Question); ok && item.Scale != nil && item.Question != nil {
			codes = item.Scale.Codes()
		}
		if len(codes) == 0 {
			codes = []string{"0", "1"} // a tick
		}
		of := make([]float64, len(codes))
		for i, code := range codes {
			switch {
			case slices.Contains(s.Codes, code):
				of[i] = 1
			case s.Base != nil && !slices.Contains(s.Base, code):
				of[i] = math.NaN()
			}
		}
		for row := range out {
			code, _ := c.Code(row)
			if code < 0 || code >= len(of) {
				continue
			}
			if x := of[code]; x == 1 || x == 0 && out[row] != 1 {
				out[row] = x
			}
		}
	}
	return out
}

// composite is the index of one group.
func (w *wave) composite(a survey.Analysis, g groups, k int32, weights []float64, marks []*marked) *Enterprise {
	e := &Enterprise{Common: Common{Method: a.Method, Warnings: []string{}}}
	in := make([]bool, w.table.Rows) // rows behind any component
	value, whole := 0.0, true
	var parts []influence
	for i, c := range a.Enterprise.Components {
		r := w.component(c, marks[i], g, k, in)
		r.Weight = Number(weights[i])
		e.Components = append(e.Components, r)
		value += weights[i] * float64(r.Score)
		whole = whole && !math.IsNaN(float64(r.Score))
		if marks[i].points != nil {
			if e.N == 0 || r.N < e.N {
				e.N = r.N
			}
			parts = append(parts, influence{marks[i].points, weights[i], float64(r.Score)})
		}
	}
	for row, on := range in {
		if on && w.weight(row) > 0 {
			e.Respondents++
		}
	}
	e.estimate = stat.Estimate{N: e.Respondents, Value: value, SE: math.NaN(), DF: math.NaN(), Low: math.NaN(), High: math.NaN()}
	if whole && len(parts) > 0 {
		e.estimate = w.combined(parts, g, k, in, e.Respondents, value)
	}
	e.Score, e.SE, e.CI95 = Number(value), Number(e.estimate.SE), interval(e.estimate)
	if !whole {
		e.Why = NoAnswers
	}
	if e.N > 0 && e.N < 30 {
		e.warn(Base30)
	}
	return e
}

// influence is a component as the composite is made of it.
type influence struct {
	points       []float64
	weight, mean float64
}

// combined is the linear combination of means over different bases with its
// linearised error: z_r = Σ_k w_k·u_r·(x_kr − m_k)/Σu over the base of k, and
// SE² = n/(n−1)·Σ z_r², n the respondents in any base. Source: Lumley (2010) ch. 2.
func (w *wave) combined(parts []influence, g groups, k int32, in []bool, n int, value float64) stat.Estimate {
	base := make([]float64, len(parts))
	for i, p := range parts {
		for row, x := range p.points {
			if in[row] && g.of[row] == k && x == x {
				base[i] += w.weight(row)
			}
		}
	}
	sum := 0.0
	for row := range in {
		if !in[row] || g.of[row] != k || w.weight(row) <= 0 {
			continue
		}
		z := 0.0
		for i, p := range parts {
			if x := p.points[row]; x == x {
				z += p.weight * w.weight(row) * (x - p.mean) / base[i]
			}
		}
		sum += z * z
	}
	se := math.NaN()
	if n > 1 {
		se = math.Sqrt(float64(n) / float64(n-1) * sum)
	}
	out := stat.Student(n, value, se, float64(n-1))
	out.Low, out.High = math.Max(out.Low, 0), math.Min(out.High, 100)
	return out
}

// component is one component of one group; in takes the rows of its base.
func (w *wave) component(c survey.Component, m *marked, g groups, k int32, in []bool) *Component {
	nan := Number(math.NaN())
	out := &Component{ID: c.ID, Rate: nan, CI95: Interval{nan, nan}, Score: nan, estimate: stat.Estimate{Value: math.NaN(), SE: math.NaN()}}
	if m.points == nil {
		out.Normaliser, out.Min, out.Max = ByRange, c.Min, c.Max
		x := c.Value
		if v, ok := c.Waves[w.table.ID]; ok {
			x = &v
		}
		if x != nil {
			out.Rate = Number(*x)
			out.Score = Number(min(max((*x-*c.Min)/(*c.Max-*c.Min)*100, 0), 100))
		}
		return out
	}
	out.Normaliser = ByShare
	switch {
	case m.off != nil:
		out.Normaliser = ByNet
	case c.ID == survey.Complaint:
		out.Normaliser = ByReversed
	}
	var score, all indexMoments
	for row, x := range m.points {
		if g.of[row] == k && x == x {
			in[row] = true
			score.weigh(x, w.weight(row))
			all.weigh(m.share[row], w.weight(row))
		}
	}
	score.close(false)
	e, _ := w.markedShare(m.share, m.points, g, k)
	out.N, out.estimate, out.Rate, out.CI95, out.Score = e.N, e, Number(e.Value), interval(e), Number(score.mean())
	if m.off != nil {
		off, _ := w.markedShare(m.off, m.points, g, k)
		out.Off = pointer(off.Value)
	}
	if m.beside != nil {
		if beside, n := w.markedShare(m.beside, m.beside, g, k); n >= w.minCell {
			out.Beside, out.BesideN = &Portion{Share: Number(beside.Value), CI95: interval(beside), estimate: beside}, n
		}
	}
	return out
}

// markedShare is the share of ones among the rows of a group that are in a base.
func (w *wave) markedShare(marks, base []float64, g groups, k int32) (stat.Estimate, int) {
	var hit, valid stat.Point
	design := 0
	for row, x := range marks {
		if x != x || base[row] != base[row] {
			continue
		}
		if w.weight(row) > 0 {
			design++
		}
		if g.of[row] != k {
			continue
		}
		valid = plus(valid, w.weight(row))
		if x == 1 {
			hit = plus(hit, w.weight(row))
		}
	}
	if w.weights == nil {
		return stat.Share(hit.N, valid.N), valid.N
	}
	return stat.WeightedShare(hit, valid, design), valid.N
}
