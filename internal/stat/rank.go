package stat

import (
	"math"
	"slices"
)

// ranking holds what rank tests need of some groups.
type ranking struct {
	n       []float64 // rows of each group
	sum     []float64 // sum of mid-ranks of each group
	total   float64   // rows of all groups
	ties    float64   // sum over tied values of t³-t
	defined bool      // at least two different values, none of them NaN
}

// rankOf gives tied values the mean of their ranks. Weights are not looked at.
func rankOf(groups [][]Point) ranking {
	type tagged struct {
		Point
		group int
	}
	r := ranking{n: make([]float64, len(groups)), sum: make([]float64, len(groups))}
	var all []tagged
	for g, points := range groups {
		for _, p := range points {
			if p.N > 0 {
				all = append(all, tagged{p, g})
				r.n[g] += float64(p.N)
			}
			if math.IsNaN(p.Value) && p.N > 0 {
				return r
			}
		}
	}
	slices.SortStableFunc(all, func(a, b tagged) int { return byValue(a.Point, b.Point) })
	for i := 0; i < len(all); {
		tied, end := 0.0, i
		for ; end < len(all) && all[end].Value == all[i].Value; end++ {
			tied += float64(all[end].N)
		}
		middle := r.total + (tied+1)/2
		for ; i < end; i++ {
			r.sum[all[i].group] += float64(all[i].N) * middle
		}
		r.total += tied
		r.ties += tied * (tied*tied - 1)
		r.defined = r.defined || tied < r.total
	}
	return r
}

// MannWhitney compares two unweighted samples by ranks: b over a.
//
//	U = R_b - n_b(n_b+1)/2,  z = (U - n_a n_b/2)/σ
//	σ² = n_a n_b/12 · (N+1 - sum(t³-t)/(N(N-1)))
//
// Statistic is z without continuity correction, P its normal tails. Difference is
// the superiority U/(n_a n_b) - 1/2 = P(b>a) + P(b=a)/2 - 1/2, from -1/2 to 1/2,
// without interval. The normal approximation is coarse below about 10 rows a
// group. An empty group: NaN. All values equal: Difference 0, the rest NaN.
// Source: Mann & Whitney, Ann. Math. Stat. 18 (1947) 50-60; R wilcox.test(b, a,
// exact = FALSE, correct = FALSE).
func MannWhitney(a, b []Point) Test {
	r := rankOf([][]Point{a, b})
	pairs := r.n[0] * r.n[1]
	test := undefinedTest(math.NaN())
	if pairs == 0 || r.total == 0 {
		return test
	}
	excess := r.sum[1] - r.n[1]*(r.n[1]+1)/2 - pairs/2
	test.Difference = excess / pairs
	if r.defined {
		test.Statistic = excess / math.Sqrt(pairs/12*(r.total+1-r.ties/(r.total*(r.total-1))))
		test.P = normalTails(test.Statistic)
	}
	return test
}

// KruskalWallis compares unweighted groups by ranks, corrected for ties.
//
//	H = 12/(N(N+1))·sum(n_j(R̄_j - (N+1)/2)²) / (1 - sum(t³-t)/(N³-N)),  DF = k-1
//
// Statistic is H, P the chi-squared tail. Empty groups are left out; fewer than
// two groups or all values equal: NaN.
// Source: Kruskal & Wallis, JASA 47 (1952) 583-621; R kruskal.test.
func KruskalWallis(groups [][]Point) Test {
	r := rankOf(groups)
	test := undefinedTest(math.NaN())
	between, filled := 0.0, 0
	for g, n := range r.n {
		if n > 0 {
			d := r.sum[g]/n - (r.total+1)/2
			between += n * d * d
			filled++
		}
	}
	if filled < 2 || !r.defined {
		return test
	}
	n := r.total
	test.Statistic = 12 / (n * (n + 1)) * between / (1 - r.ties/(n*(n*n-1)))
	test.DF = float64(filled - 1)
	test.P = chiSquaredTail(test.Statistic, test.DF)
	return test
}
