package measure

import (
	"cmp"
	"slices"

	"manyi/internal/stat"
)

// Leading are the answers that chance may put first, the most frequent first:
// those whose share is not clearly below the largest, which it is where the 95 %
// interval of their difference within the one sample ends above 0 (stat.TwoShares).
// Where several answers may be ticked, two that exclude each other have this error,
// all others a smaller one. What nobody answered does not lead beside what somebody
// did. No shares: none.
func (q *Question) Leading(codes []string) []string {
	var order []string
	for _, c := range codes {
		if q.Shares[c] != nil {
			order = append(order, c)
		}
	}
	if len(order) == 0 || q.tallied == nil {
		return nil
	}
	share := func(c string) float64 { return float64(q.Shares[c].Share) }
	slices.SortStableFunc(order, func(x, y string) int { return cmp.Compare(share(y), share(x)) })
	first := q.Shares[order[0]]
	k := 1
	for ; k < len(order); k++ {
		next := q.Shares[order[k]]
		ahead := stat.TwoShares(first.hit, next.hit, q.tallied.tally.valid, q.tallied.design, q.weights)
		if ahead.Low > 0 || next.Share == 0 && first.Share > 0 {
			break
		}
	}
	return order[:k]
}
