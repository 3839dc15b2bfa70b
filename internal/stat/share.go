package stat

import "math"

// Wilson returns the 95 % score interval of the share count/n:
//
//	(p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n),  p = count/n
//
// n may be an effective size, count then p times it. The ends are exactly 0 for a
// count of 0 and exactly 1 for a count of n; one answer gives a wide but proper
// interval. n <= 0 or a count outside [0, n]: NaN.
// Source: Wilson, JASA 22 (1927) 209-212; R prop.test(correct = FALSE).
func Wilson(count, n float64) (low, high float64) {
	return wilson(count, n, z95)
}

// wilson is Wilson for the normal quantile z of another confidence level.
func wilson(count, n, z float64) (low, high float64) {
	if !(n > 0 && count >= 0 && count <= n) {
		return math.NaN(), math.NaN()
	}
	p, zz := count/n, z*z/n
	centre, half := p+zz/2, z*math.Sqrt(p*(1-p)/n+zz/(4*n))
	low, high = (centre-half)/(1+zz), (centre+half)/(1+zz)
	if count == 0 {
		low = 0
	}
	if count == n {
		high = 1
	}
	return math.Max(low, 0), math.Min(high, 1)
}

// Share returns the share count/n of unweighted answers with
// SE = sqrt(p(1-p)/n) and the Wilson interval; DF is NaN.
// n <= 0 or a count outside [0, n]: NaN. A share of 0 or 1 has SE 0, its interval
// has width.
func Share(count, n int) Estimate {
	if n <= 0 || count < 0 || count > n {
		return undefinedEstimate(max(n, 0))
	}
	p := float64(count) / float64(n)
	e := Estimate{N: n, Value: p, SE: math.Sqrt(p * (1 - p) / float64(n)), DF: math.NaN()}
	e.Low, e.High = Wilson(float64(count), float64(n))
	return e
}

// WeightedShare returns the weighted share hit/all. The two points are sums (N, W,
// W2) over the answers that count and over all answers; Value is not looked at.
// It is WeightedMean of the 0/1 variable, because sum(w²(y-p)²) is
//
//	hit.W2·(1-p)² + (all.W2-hit.W2)·p²
//
// with the t interval cut to [0, 1]; design as there. A share of exactly 0 or 1
// has SE 0 and, in place of an interval of no width, the Wilson interval with the
// effective size of all answers (DF NaN). No answers, no weight or a hit that is
// larger than all: NaN. One answer: SE NaN and that Wilson interval.
// Source: as WeightedMean; METHODS B13 for the share of 0 or 1.
func WeightedShare(hit, all Point, design int) Estimate {
	if all.N <= 0 || !(all.W > 0) || hit.N < 0 || hit.N > all.N {
		return undefinedEstimate(max(all.N, 0))
	}
	switch {
	case hit.N == 0 || hit.W <= 0:
		return extremeShare(0, all)
	case hit.N == all.N || hit.W >= all.W:
		return extremeShare(1, all)
	}
	p := hit.W / all.W
	m := moments{n: all.N, w: all.W, mean: p}
	m.doubly = hit.W2*(1-p)*(1-p) + math.Max(all.W2-hit.W2, 0)*p*p
	return clipped(linearised(m, design), 0, 1)
}

// extremeShare is the weighted share of exactly 0 or 1.
func extremeShare(p float64, all Point) Estimate {
	e := Estimate{N: all.N, Value: p, DF: math.NaN()}
	if all.N < 2 {
		e.SE = math.NaN()
	}
	effective := EffectiveN(all.W, all.W2)
	e.Low, e.High = Wilson(p*effective, effective)
	return e
}
