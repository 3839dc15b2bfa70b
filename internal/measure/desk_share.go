package measure

import (
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// tallied is the answers of a question by code, kept so that codes can be taken
// together.
type tallied struct {
	asked  asked
	tally  *tally
	design int
}

// ShareOf returns the share of the base that gave one of the codes, weighted
// where the survey is, and the weighted share by Wilson's effective size only
// where it is 0 or 1 (METHODS B13). Count is the answers behind it, unweighted.
// It is NaN where the question is hidden or has no such base; of a multiple
// choice only a single code has a share, because codes overlap.
func (q *Question) ShareOf(codes ...string) (share stat.Estimate, count int) {
	undefined := stat.Share(0, 0)
	if q == nil || q.Suppressed || q.tallied == nil {
		return undefined, 0
	}
	t := q.tallied
	if t.asked.item.Type == survey.MultipleChoice && len(codes) != 1 {
		return undefined, 0
	}
	at := indices(t.asked.item.Scale, codes)
	slices.Sort(at)
	at = slices.Compact(at)
	return sharedBy(t, at), sumInts(t.tally.counts, at)
}

func sharedBy(t *tallied, at []int) stat.Estimate {
	return share(t.tally, at, t.design, t.asked.weights)
}

// HiddenGroups says which groups of n, out of total, must not be shown where k is
// the privacy threshold: those under it, and what would give them away by
// subtraction.
func HiddenGroups(n []int, total, k int) []bool { return hide(n, total, k) }

// MeanOf returns the mean of values given to codes, over the answers that have
// one; weighted where the survey is. NaN where the question is hidden or takes
// several answers.
func (q *Question) MeanOf(values map[string]float64) stat.Estimate {
	if q == nil || q.Suppressed || q.tallied == nil || q.tallied.asked.item.Type == survey.MultipleChoice {
		return stat.Mean(nil)
	}
	t := q.tallied
	var points []stat.Point
	for i, code := range t.asked.item.Scale.Codes() {
		if v, ok := values[code]; ok {
			p := t.tally.points[i]
			p.Value = v
			points = append(points, p)
		}
	}
	if t.asked.weights {
		return stat.WeightedMean(points, t.design)
	}
	return stat.Mean(points)
}
