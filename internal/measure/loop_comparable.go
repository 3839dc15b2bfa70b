package measure

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/survey"
)

// broken is a step of which only the bases are known, and why.
func broken(s *Step, reason string) *Step {
	nan := undefined()
	return &Step{
		From: s.From, To: s.To, N: s.N, Difference: nan, CI95: Interval{nan, nan}, Statistic: nan, DF: nan, P: nan, Holm: nan, BH: nan,
		Effect: nan, Reason: reason,
	}
}

// breaks reports whether a reason ends what is the same measure.
func breaks(reason string) bool {
	return strings.HasSuffix(reason, "_changed") || reason == OtherWeights || reason == OtherItems
}

// unlike says why a figure of an index is not the same measure in two waves, ""
// where it is, or where the analysis is no index: an item below it was asked in
// one of them only, or the items below it stand in other weights to each other.
func unlike(from, to *Block, id, path string) string {
	if from == nil || to == nil {
		return ""
	}
	a, ok := from.Analyses[id].(*CSI)
	b, also := to.Analyses[id].(*CSI)
	if !ok || !also || a.N == 0 || b.N == 0 || a.tree == nil || b.tree == nil {
		return ""
	}
	below := map[string]bool{}
	for _, i := range leavesAt(a.tree.settings.Facets, path) {
		below[i] = true
	}
	for p, item := range b.tree.items {
		if below[item.ID] && a.tree.asked[p] != b.tree.asked[p] {
			return OtherItems
		}
	}
	if len(a.Schemes) == 0 || len(b.Schemes) == 0 {
		return ""
	}
	before, now := among(a.Schemes[0].Weights, below), among(b.Schemes[0].Weights, below)
	for item, weight := range before {
		if math.Abs(weight-now[item]) > 1e-9 {
			return OtherWeights
		}
	}
	return ""
}

// among is the weights of some items, with the sum 1.
func among(weights map[string]Number, items map[string]bool) map[string]float64 {
	names := []string{}
	for id := range items {
		names = append(names, id)
	}
	slices.Sort(names)
	sum, out := 0.0, map[string]float64{}
	for _, id := range names {
		sum += float64(weights[id])
	}
	for _, id := range names {
		out[id] = float64(weights[id]) / sum
	}
	return out
}

// leavesAt are the columns below a figure of an index: of score all, of
// facets.ID.score those of the facet, and so on.
func leavesAt(facets []survey.Facet, path string) []string {
	var out []string
	names := strings.Split(path, ".")
	for len(names) > 2 && names[0] == "facets" {
		i := slices.IndexFunc(facets, func(f survey.Facet) bool { return f.ID == names[1] })
		if i < 0 {
			return nil
		}
		if names = names[2:]; names[0] != "facets" {
			facets = facets[i : i+1]
			break
		}
		facets = facets[i].Facets
	}
	c := survey.CSI{Facets: facets}
	for _, leaf := range c.Leaves() {
		out = append(out, leaf.ID)
	}
	return out
}

// changedBetween is why one of some items became another measure in a wave
// after from, up to to; "" where none did.
func (r *Results) changedBetween(s *survey.Survey, items []string, from, to string) string {
	for _, id := range items {
		if item, ok := s.Item(id); ok {
			if reason := breakOf(r.marksBetween(s, item, from, to)); reason != "" {
				return reason
			}
		}
	}
	return ""
}
