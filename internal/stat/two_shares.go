package stat

import "math"

// TwoShares returns by how much the share of one answer exceeds that of another
// in one sample, d = p1 - p2. The points are sums (N, W, W2) over the answers of
// each kind and over all; Value is not looked at.
//
//	unweighted: SE = sqrt((p1 + p2 - d²)/n),  d ± z·SE
//	weighted:   SE = sqrt(m/(m-1)·sum(w²(y-d)²))/sum(w),  d ± t(.975, m-1)·SE
//
// with y 1, -1 or 0 for the one, the other or neither, and m = design as in
// WeightedMean. The interval is cut to [-1, 1]. Where one person may give both
// answers, sum(w² y²) is smaller, so that SE is an upper bound.
//
// No answers, no weight: NaN. Answers of one kind only: SE 0 and an interval of no
// width. One answer under weights: SE NaN, as of any mean.
// Source: Fleiss, Statistical Methods for Rates and Proportions (2003) ch. 11;
// Lumley, Complex Surveys (2010) ch. 2.
func TwoShares(one, other, all Point, design int, weights bool) Estimate {
	if all.N <= 0 || !(all.W > 0) {
		return undefinedEstimate(max(all.N, 0))
	}
	if !weights {
		n := float64(all.N)
		p1, p2 := float64(one.N)/n, float64(other.N)/n
		d := p1 - p2
		se := math.Sqrt(math.Max(p1+p2-d*d, 0) / n)
		return clipped(Estimate{N: all.N, Value: d, SE: se, DF: math.NaN(), Low: d - z95*se, High: d + z95*se}, -1, 1)
	}
	m := moments{n: all.N, w: all.W, mean: (one.W - other.W) / all.W}
	m.doubly = math.Max(one.W2+other.W2-2*m.mean*(one.W2-other.W2)+m.mean*m.mean*all.W2, 0)
	return clipped(linearised(m, design), -1, 1)
}
