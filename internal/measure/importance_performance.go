package measure

import (
	"encoding/json"
	"math"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Status is the satisfaction status matrix, importance against performance:
// Martilla and James, J. Marketing 41 (1977) 77–79. Means are over all answers
// of an item; derived importance is Pearson's correlation of the item with the
// outcome, over the rows that have both. The priority is importance less
// performance after both are mapped to 0–1 by the smallest and largest item
// (priority), or to z with n−1 (priority_z): above 0 calls for action.
//
// Intervals are bootstrapped percentiles: thresholds, ranges and correlations
// are computed anew in every resample. An item is undecided where the interval
// of its distance from a threshold holds 0.
type Status struct {
	Common
	Importance   string        `json:"importance"` // stated or derived
	Outcome      string        `json:"outcome,omitempty"`
	Mode         string        `json:"threshold_mode"`
	Thresholds   Thresholds    `json:"thresholds"`
	Alternative  *Thresholds   `json:"alternative_thresholds,omitempty"` // with the other importance
	Resamples    int           `json:"resamples"`
	Seed         int           `json:"seed"`
	Units        int           `json:"units"` // what is drawn: responses, or as many sums of responses
	Scale        [2]Number     `json:"scale"`
	Items        []*StatusItem `json:"items"`
	CeilingItems int           `json:"ceiling_items"` // over 40 % chose the highest importance
}

// Thresholds are where the quadrants are cut; at and above is high.
type Thresholds struct {
	Importance  Number `json:"importance"`
	Performance Number `json:"performance"`
}

// StatusItem is one item. CI95 is of the priority.
type StatusItem struct {
	ID              string   `json:"id"`
	N               int      `json:"n"` // answers of performance
	Importance      Number   `json:"importance"`
	ImportanceCI95  Interval `json:"importance_ci95"`
	Performance     Number   `json:"performance"`
	PerformanceCI95 Interval `json:"performance_ci95"`
	Quadrant        string   `json:"quadrant"`
	Priority        Number   `json:"priority"`
	CI95            Interval `json:"ci95"`
	Rank            int      `json:"rank"` // by priority, 1 the most urgent; 0 without
	RankCI95        Interval `json:"rank_ci95"`
	PriorityZ       Number   `json:"priority_z"`
	PriorityZCI95   Interval `json:"priority_z_ci95"`
	RankZ           int      `json:"rank_z"`
	Undecided       bool     `json:"undecided"`
	Stated          Number   `json:"stated"`
	Derived         Number   `json:"derived"` // Pearson
	DerivedN        int      `json:"derived_n"`
	Spearman        Number   `json:"spearman"`
	Partial         Number   `json:"partial"`               // given the other items, rows complete on all
	Alternative     string   `json:"alternative,omitempty"` // quadrant by the other importance
	Competitor      *Number  `json:"competitor,omitempty"`
	Relative        *Number  `json:"relative,omitempty"` // performance less the competitor's
	RelativeCI95    Interval `json:"relative_ci95"`

	Suppressed  bool `json:"-"`
	performance stat.Estimate
	bases       [5]int
}

// The quadrants.
const (
	Concentrate = "concentrate"
	KeepUp      = "keep_up"
	LowPriority = "low_priority"
	Overkill    = "overkill"
)

// MarshalJSON leaves nothing but the reason of a suppressed item.
func (i *StatusItem) MarshalJSON() ([]byte, error) {
	if i.Suppressed {
		return hiddenAs(i.ID)
	}
	type plain StatusItem
	return json.Marshal((*plain)(i))
}

// StatedCeiling warns that stated importance hardly tells the items apart.
const StatedCeiling = "stated_ceiling"

func (w *wave) importancePerformance(a survey.Analysis, g groups) []Analysis {
	p := w.statusPlan(a.ImportancePerformance)
	sums := p.read(g)
	whole := sums
	if everybody := len(g.codes) == 1 && g.codes[0] == ""; !everybody {
		whole = p.read(everyone(w.table.Rows))
	}
	results := make([]*Status, len(g.codes))
	out := make([]Analysis, len(g.codes))
	for k := range results {
		results[k] = p.result(sums[k], whole[0])
		out[k] = results[k]
	}
	w.hideStatus(results, whole[0])
	for k, r := range results {
		p.conclude(r, sums[k])
	}
	return out
}

// result reads one group off its sums; what needs every item comes later.
func (p *statusPlan) result(s, whole *statusSums) *Status {
	nan := Number(math.NaN())
	r := &Status{
		Common:     Common{Method: "importance_performance", N: s.answered.N, Warnings: []string{}, rows: s.answered.Rows},
		Importance: p.spec.Importance, Outcome: p.spec.Outcome, Mode: p.spec.Thresholds, Thresholds: Thresholds{nan, nan},
		Resamples: p.spec.Resamples, Seed: p.spec.Seed, Units: s.units, Scale: [2]Number{Number(p.low), Number(p.high)},
	}
	for i, spec := range p.spec.Items {
		m := &s.items[i]
		performance, stated := m.performance.Estimate(p.design(whole.items[i].performance)), m.stated.Estimate(p.design(whole.items[i].stated))
		item := &StatusItem{
			ID: spec.ID, N: m.performance.N, Performance: Number(performance.Value), PerformanceCI95: interval(performance),
			Importance: Number(stated.Value), ImportanceCI95: interval(stated), Stated: Number(stated.Value), Derived: nan, Spearman: nan, Partial: nan,
			Priority: nan, PriorityZ: nan, CI95: Interval{nan, nan}, PriorityZCI95: Interval{nan, nan}, RankCI95: Interval{nan, nan}, RelativeCI95: Interval{nan, nan},
			performance: performance, bases: m.bases(),
		}
		if p.spec.Outcome != "" {
			x, y, weights := m.points()
			item.Derived, item.Spearman, item.DerivedN = Number(stat.Pearson(x, y, weights)), Number(stat.Spearman(x, y, weights)), m.both
			item.Partial = Number(s.partial(i))
		}
		if p.spec.Importance == "derived" {
			item.Importance, item.ImportanceCI95 = item.Derived, Interval{nan, nan}
		}
		if spec.Rival != nil {
			item.compareWith(stat.Estimate{Value: *spec.Rival})
		}
		if m.stated.N > 0 && m.top > .4*m.stated.W {
			r.CeilingItems++
		}
		r.Items = append(r.Items, item)
	}
	return r
}

// compareWith sets the item beside a competitor's mean on the same scale; a
// mean that is only stated has no error (SE 0).
func (i *StatusItem) compareWith(rival stat.Estimate) {
	own := i.performance
	e := stat.Around(stat.Estimate{N: own.N, Value: own.Value - rival.Value, SE: math.Hypot(own.SE, rival.SE), DF: own.DF})
	c, d := Number(rival.Value), Number(e.Value)
	i.Competitor, i.Relative, i.RelativeCI95 = &c, &d, interval(e)
}

// design is the answers of a weighted figure's whole; 0 without weights.
func (p *statusPlan) design(m stat.Moment) int {
	if p.wave.weights == nil {
		return 0
	}
	return m.N
}

// hideStatus hides, item by item, what rests on too few answers; a hidden item
// has no part in the thresholds and ranges of the others (see conclude).
func (w *wave) hideStatus(results []*Status, whole *statusSums) {
	for i := range whole.items {
		totals := whole.items[i].bases()
		for c, total := range totals {
			n := make([]int, len(results))
			for k, r := range results {
				n[k] = r.Items[i].bases[c]
			}
			for k, h := range hide(n, total, w.minCell) {
				results[k].Items[i].Suppressed = results[k].Items[i].Suppressed || h
			}
		}
	}
}
