package measure

import (
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// multiple computes a multiple choice from the tallies of its options. The
// base of a share is everyone who was shown the option, ticked or not.
func multiple(codes []string, ticks []*tally, design int, weights bool) *Question {
	q := &Question{Type: string(survey.MultipleChoice), Missing: map[string]int{}, Counts: map[string]int{}, Shares: map[string]*Portion{}, weights: weights}
	for i, c := range codes {
		t := ticks[i]
		if t == nil {
			continue
		}
		q.Asked = true
		if t.valid.N >= q.N {
			q.N, q.Missing = t.valid.N, missing(t)
		}
		q.Counts[c] = t.counts[1]
		e := stat.Share(t.points[1].N, t.valid.N)
		if weights {
			e = stat.WeightedShare(t.points[1], t.valid, design)
		}
		q.Shares[c] = &Portion{Share: Number(e.Value), CI95: interval(e), estimate: e}
	}
	q.warn(asked{})
	return q
}
