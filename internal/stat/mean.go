package stat

import "math"

// Mean returns the plain mean of the rows; weights are not looked at.
//
//	m = sum(y)/n,  SE = s/sqrt(n),  s² = sum((y-m)²)/(n-1),  m ± t(.975, n-1)·SE
//
// n = 0: all NaN. n = 1: the value, SE and interval NaN, DF 0. n = 2: defined,
// with one degree of freedom. Equal values: SE 0, an interval of no width.
// Source: Student, Biometrika 6 (1908) 1-25; R t.test.
func Mean(points []Point) Estimate {
	m := plainMoments(points)
	if m.n == 0 {
		return undefinedEstimate(0)
	}
	n := float64(m.n)
	return withInterval(Estimate{N: m.n, Value: m.mean, SE: math.Sqrt(m.variance() / n), DF: n - 1})
}

// WeightedMean returns the weighted mean with its linearised standard error.
//
//	m = sum(w y)/sum(w),  SE = sqrt(n/(n-1)·sum(w²(y-m)²)) / sum(w),  m ± t(.975, n-1)·SE
//
// n = design, the answers of the whole design when the points are a domain (a
// segment) of it; a design smaller than the points' own rows is taken as those
// rows. Weights are taken as given; their scale does not matter. Estimate.N is
// the number of the points' rows, DF = n-1.
//
// No weight at all: NaN. One answer: the value, SE and interval NaN, because one
// answer tells nothing of the spread (the formula would say 0). Equal values:
// SE 0. Source: Lumley, Complex Surveys (2010) ch. 2; R survey::svymean, svyby.
func WeightedMean(points []Point, design int) Estimate {
	m := weightedMoments(points)
	if m.n == 0 {
		return undefinedEstimate(0)
	}
	return linearised(m, design)
}

// linearised is WeightedMean from the moments.
func linearised(m moments, design int) Estimate {
	n := float64(max(design, m.n))
	e := Estimate{N: m.n, Value: m.mean, SE: math.NaN(), DF: n - 1}
	if m.n > 1 {
		e.SE = math.Sqrt(n/(n-1)*m.doubly) / m.w
	}
	return withInterval(e)
}

// SD returns the standard deviation
//
//	s = sqrt( sum(w (y-m)²)/sum(w) · n/(n-1) ),  n the number of rows,
//
// which is the n-1 deviation at equal weights and does not depend on the scale of
// the weights. n < 2 or no weight: NaN. Equal values: 0.
// Source: one of the four weighted deviations in use, the one that the SPSS-like
// "sum(w)-1" becomes when the weights have mean 1.
func SD(points []Point) float64 {
	return math.Sqrt(weightedMoments(points).variance())
}

// EffectiveN returns Kish's effective sample size (sum w)²/sum(w²) from the two
// sums; the design effect is n over it. Sums that are not positive: NaN.
// Source: Kish, Survey Sampling (1965) 11.7.
func EffectiveN(w, w2 float64) float64 {
	if !(w > 0 && w2 > 0) {
		return math.NaN()
	}
	return w * (w / w2)
}
