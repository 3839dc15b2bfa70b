package measure

import (
	"math"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Contributions is what a change of the index since the wave before is made of.
//
// The index of a wave is Σ W_i·S_i over the items (or over the top facets): W_i
// the mean over respondents of the effective weight of i, S_i its mean score by
// that weight. Where everything is answered these are W·w·v and the item's
// mean. The contribution of i is ½(W_i + W'_i)·(S'_i − S_i); the rest is due to
// changed weights, that is to other weights or to other patterns of what was
// answered. Contributions and rest add up to the change exactly. The interval
// of a contribution takes the weights as fixed.
type Contributions struct {
	From       string          `json:"from"`
	To         string          `json:"to"`
	Difference Number          `json:"difference"`
	CI95       Interval        `json:"ci95"`
	P          Number          `json:"p"`
	Holm       Number          `json:"p_holm"` // over the waves
	Comparable bool            `json:"comparable"`
	Reason     string          `json:"reason,omitempty"` // weights, items, no_answers, or a change such as wording_changed
	Facets     []*Contribution `json:"facets"`
	FacetsRest Number          `json:"facets_rest"`
	Items      []*Contribution `json:"items"`
	ItemsRest  Number          `json:"items_rest"`
}

// Contribution is that of one item or top facet.
type Contribution struct {
	ID           string   `json:"id"`
	Facet        string   `json:"facet,omitempty"`
	Weight       Number   `json:"weight"`     // ½(W + W')
	Difference   Number   `json:"difference"` // S' − S
	Contribution Number   `json:"contribution"`
	CI95         Interval `json:"ci95"`
}

// Reasons why an index is not comparable with the wave before.
const (
	OtherWeights = "weights"
	OtherItems   = "items"
)

// contributions compares every index with that of the wave before.
func (r *Results) contributions(s *survey.Survey) {
	changes := map[string][]*Contributions{}
	for i := 1; i < len(r.Waves); i++ {
		before, now := r.ByWave[r.Waves[i-1]], r.ByWave[r.Waves[i]]
		if before.Suppressed || now.Suppressed {
			continue
		}
		for id, a := range now.Analyses {
			to, ok := a.(*CSI)
			from, also := before.Analyses[id].(*CSI)
			if ok && also {
				to.Contributions = contributions(from, to, r.MinCell)
				c := to.Contributions
				c.From, c.To = r.Waves[i-1], r.Waves[i]
				if reason := r.changedBetween(s, leavesAt(to.tree.settings.Facets, "score"), c.From, c.To); c.Comparable && reason != "" {
					c.Comparable, c.Reason = false, reason
				}
				changes[id] = append(changes[id], to.Contributions)
			}
		}
	}
	for _, steps := range changes {
		p := make([]float64, len(steps))
		for i, c := range steps {
			p[i] = float64(c.P)
		}
		for i, adjusted := range stat.Holm(p) {
			steps[i].Holm = Number(adjusted)
		}
	}
}

func contributions(from, to *CSI, minCell int) *Contributions {
	test := stat.Welch(from.estimate, to.estimate)
	c := &Contributions{Difference: Number(test.Difference), CI95: Interval{Number(test.Low), Number(test.High)}, P: Number(test.P), Reason: otherwise(from, to)}
	c.Comparable = c.Reason == ""
	t := to.tree
	var facets, items []int
	facets = append(facets, t.root().below...)
	for p := range t.items {
		items = append(items, p)
	}
	c.Facets, c.FacetsRest = decompose(from, to, facets, minCell)
	c.Items, c.ItemsRest = decompose(from, to, items, minCell)
	for k, n := range t.nodes {
		for _, p := range n.below {
			if p < len(t.items) {
				c.Items[p].Facet = t.nodes[k].facet.ID
			}
		}
	}
	return c
}

// otherwise says why two waves of an index cannot be compared, "" where they can.
func otherwise(from, to *CSI) string {
	if from.N == 0 || to.N == 0 {
		return NoAnswers
	}
	for p := range to.tree.items {
		if from.tree.asked[p] != to.tree.asked[p] {
			return OtherItems
		}
	}
	a, b := from.Schemes[0].Weights, to.Schemes[0].Weights
	for id, x := range a {
		if math.Abs(float64(x-b[id])) > 1e-9 {
			return OtherWeights
		}
	}
	return ""
}

// decompose is the contributions of places whose scores make the index, and the
// rest. A place that one of the waves has too few answers for has none of its own.
func decompose(from, to *CSI, places []int, minCell int) ([]*Contribution, Number) {
	rest := to.estimate.Value - from.estimate.Value
	var out []*Contribution
	for _, p := range places {
		a, b := from.effective[p], to.effective[p]
		nan := Number(math.NaN())
		c := &Contribution{ID: to.tree.at(p).id, Weight: nan, Difference: nan, Contribution: nan, CI95: Interval{nan, nan}}
		out = append(out, c)
		if min(a.n, b.n) == 0 || min(a.n, b.n) < minCell {
			continue
		}
		weight := (a.share + b.share) / 2
		test := stat.Welch(stat.Estimate{N: a.n, Value: a.score, SE: a.se}, stat.Estimate{N: b.n, Value: b.score, SE: b.se})
		c.Weight, c.Difference, c.Contribution = Number(weight), Number(test.Difference), Number(weight*test.Difference)
		c.CI95 = Interval{Number(weight * test.Low), Number(weight * test.High)}
		rest -= weight * test.Difference
	}
	return out, Number(rest)
}
