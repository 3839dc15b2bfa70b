package measure

import (
	"encoding/json"
	"math"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// CurvePoint is how loyal those are who gave one answer on satisfaction.
// Answers given by few, and what would give them away, are hidden.
type CurvePoint struct {
	Code    string   `json:"code"`
	N       int      `json:"n"`
	Share   Number   `json:"share"` // of loyal answers
	CI95    Interval `json:"ci95"`
	Score   Number   `json:"score"` // mean of buying again, 0–100
	ScoreCI Interval `json:"score_ci95"`

	Suppressed bool    `json:"-"`
	se         float64 // of the share
	loyal, all int     // people, also where they are not shown
}

// MarshalJSON leaves the code and the reason of a suppressed point.
func (p *CurvePoint) MarshalJSON() ([]byte, error) {
	if p.Suppressed {
		return json.Marshal(map[string]any{"code": p.Code, "suppressed": true, "reason": "min_cell"})
	}
	type plain CurvePoint
	return json.Marshal((*plain)(p))
}

func (t *loyaltyTally) curvePoints(w *wave, design *loyaltyTally) []*CurvePoint {
	out := []*CurvePoint{}
	designed := 0
	for _, c := range design.curve {
		designed += c.all.N
	}
	for i, c := range t.curve {
		share, score := w.shareOf(c.loyal, c.all, designed), w.bagMean(c.scores, designed)
		out = append(out, &CurvePoint{
			Code: t.gauges.indicators[0].codes[i], N: c.all.N, Share: Number(share.Value), CI95: interval(share),
			Score: Number(score.Value), ScoreCI: interval(score), se: share.SE, loyal: c.loyal.N, all: c.all.N,
		})
	}
	return out
}

// Ratio is how many times likelier to be loyal those of the best answer on
// satisfaction are than those of the next: with ln(p₁/p₂) ± z·√((SE₁/p₁)² +
// (SE₂/p₂)²) as its interval (Katz et al., Biometrics 34, 1978).
type Ratio struct {
	Best  string   `json:"best"`
	Next  string   `json:"next"`
	Value Number   `json:"value"`
	CI95  Interval `json:"ci95"`
}

func ratio(curve []*CurvePoint, g *gauge) *Ratio {
	if g == nil || g.values == nil || len(curve) < 2 {
		return nil
	}
	best, next := -1, -1
	for i, s := range g.scores {
		switch {
		case best < 0 || s > g.scores[best]:
			best, next = i, best
		case next < 0 || s > g.scores[next]:
			next = i
		}
	}
	a, b := curve[best], curve[next]
	if a.Suppressed || b.Suppressed || !(a.Share > 0) || !(b.Share > 0) {
		return nil
	}
	p, q := float64(a.Share), float64(b.Share)
	half := z975 * math.Hypot(a.se/p, b.se/q)
	nan := Number(math.NaN())
	r := &Ratio{Best: a.Code, Next: b.Code, Value: Number(p / q), CI95: Interval{nan, nan}}
	if half > 0 {
		r.CI95 = Interval{Number(p / q * math.Exp(-half)), Number(p / q * math.Exp(half))}
	}
	return r
}

// z975 is the .975 quantile of the normal distribution.
const z975 = 1.95996398454005423552

// ladder returns the rank of a row: the first rung whose rules hold, −1 for none.
func (w *wave) ladder(rungs []survey.Rung) func(row int) int {
	return func(row int) int {
		for i, g := range rungs {
			if g.Holds(func(u survey.Rule) bool { return w.ruleHolds(u, row) }) {
				return i
			}
		}
		return -1
	}
}

func (w *wave) ruleHolds(u survey.Rule, row int) bool {
	c := w.columns[u.Column]
	switch {
	case c == nil || c.Absent:
		return false
	case c.Field.Kind == table.Number:
		v, _ := c.Number(row)
		return u.HoldsNumber(v)
	case c.Field.Kind == table.Text:
		return false
	}
	code, _ := c.Code(row)
	return code >= 0 && code < len(c.Codes) && u.HoldsCode(c.Codes[code])
}
