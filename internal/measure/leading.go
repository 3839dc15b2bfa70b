package measure

import (
	"cmp"
	"math"
	"slices"
)

// Leading are the answers that chance may put first, the most frequent first:
// those whose share is below the largest by no more than the half width of the
// 95 % interval of a difference of two shares of one sample,
//
//	1.96 · sqrt((p1 + p2 - (p1-p2)²) / n)
//
// with n the base, under weights the effective one of the largest share,
// p1(1-p1)/SE². Where several answers may be ticked, two that exclude each other
// have this error, all others a smaller one. No shares: none.
// Source: Fleiss, Statistical Methods for Rates and Proportions (2003) ch. 11.
func (q *Question) Leading(codes []string) []string {
	var order []string
	for _, c := range codes {
		if q.Shares[c] != nil {
			order = append(order, c)
		}
	}
	share := func(c string) float64 { return float64(q.Shares[c].Share) }
	slices.SortStableFunc(order, func(x, y string) int { return cmp.Compare(share(y), share(x)) })
	if len(order) == 0 {
		return nil
	}
	first, n := share(order[0]), float64(q.N)
	if se := q.Shares[order[0]].estimate.SE; se > 0 {
		n = first * (1 - first) / (se * se)
	}
	k := 1
	for ; k < len(order); k++ {
		if d := first - share(order[k]); d > 1.96*math.Sqrt((first+share(order[k])-d*d)/n) {
			break
		}
	}
	return order[:k]
}
