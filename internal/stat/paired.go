package stat

import "math"

// Paired compares two answers of the same respondents by their differences,
// second minus first: t = d̄/(s_d/√n) on n−1 degrees of freedom. Fewer than two
// pairs, or differences that are all alike: only the difference is defined.
// Source: Student, Biometrika 6 (1908) 1-25; R t.test(paired = TRUE).
func Paired(differences []Point) Test {
	e := Mean(differences)
	test := undefinedTest(e.Value)
	if !(e.SE > 0) {
		return test
	}
	test.DF = e.DF
	return finished(test, e.SE)
}

// McNemar compares two shares of the same respondents: gained and lost are the
// pairs that changed, out of n pairs.
//
//	Statistic (gained−lost)²/(gained+lost) without correction, DF 1, P exact:
//	twice the binomial tail of min(gained, lost) among gained+lost at ½
//	difference (gained−lost)/n ± z·√(gained+lost−(gained−lost)²/n)/n
//
// No change at all: the statistic NaN, P 1. No pairs: NaN.
// Source: McNemar, Psychometrika 12 (1947) 153-157; Agresti, Categorical Data
// Analysis (2013) 11.1; R mcnemar.test(correct = FALSE), binom.test.
func McNemar(gained, lost, n int) Test {
	if n <= 0 || gained < 0 || lost < 0 || gained+lost > n {
		return undefinedTest(math.NaN())
	}
	g, l, all := float64(gained), float64(lost), float64(n)
	test := undefinedTest((g - l) / all)
	test.P = 1
	if gained+lost == 0 {
		return test
	}
	test.Statistic, test.DF = (g-l)*(g-l)/(g+l), 1
	few := math.Min(g, l)
	// P(X <= few) of the binomial is the incomplete beta function I(½; m−few, few+1).
	if few < (g+l)/2 {
		test.P = math.Min(1, 2*incompleteBeta(g+l-few, few+1, .5, .5))
	}
	if half := z95 * math.Sqrt(g+l-(g-l)*(g-l)/all) / all; half > 0 {
		test.Low, test.High = clip(test.Difference-half, -1, 1), clip(test.Difference+half, -1, 1)
	}
	return test
}
