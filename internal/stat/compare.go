package stat

import "math"

// Test is a comparison of two figures or of several groups. What a test does not
// have is NaN: DF of a normal test, DF2 of anything but F, the difference and
// interval of a test of several groups. P is two-sided for two figures, the upper
// tail for several groups. Low and High are the 95 % interval of the difference.
type Test struct{ Difference, Statistic, DF, DF2, P, Low, High float64 }

// undefinedTest is the Test of which only the difference is known.
func undefinedTest(difference float64) Test {
	nan := math.NaN()
	return Test{Difference: difference, Statistic: nan, DF: nan, DF2: nan, P: nan, Low: nan, High: nan}
}

// Welch compares two means without taking their variances as equal: b minus a.
//
//	t = (b-a)/SE,  SE² = SEa² + SEb²,  df = SE⁴ / (SEa⁴/(Na-1) + SEb⁴/(Nb-1))
//
// From Mean it is Welch's t test; from WeightedMean, WeightedShare or WeightedNPS
// it is the weighted form with linearised errors, N the answers of each domain.
// Fewer than 2 answers in either, or both SE 0: only the difference is defined.
// One SE 0: df is that of the other. Source: Welch, Biometrika 34 (1947) 28-35.
func Welch(a, b Estimate) Test {
	test := undefinedTest(b.Value - a.Value)
	variance := a.SE*a.SE + b.SE*b.SE
	if a.N < 2 || b.N < 2 || !(variance > 0) {
		return test
	}
	part := a.SE * a.SE / variance
	test.DF = 1 / (part*part/float64(a.N-1) + (1-part)*(1-part)/float64(b.N-1))
	return finished(test, math.Sqrt(variance))
}

// Normal compares two figures by z = (b-a)/sqrt(SEa² + SEb²): b minus a, for net
// promoter scores and large samples. DF is NaN. Both SE 0 or one NaN: only the
// difference is defined.
func Normal(a, b Estimate) Test {
	test := undefinedTest(b.Value - a.Value)
	variance := a.SE*a.SE + b.SE*b.SE
	if !(variance > 0) {
		return test
	}
	return finished(test, math.Sqrt(variance))
}

// finished fills in statistic, p and interval from the difference and its
// standard error; DF NaN is normal.
func finished(test Test, se float64) Test {
	test.Statistic = test.Difference / se
	if math.IsNaN(test.DF) {
		test.P = normalTails(test.Statistic)
	} else {
		test.P = studentTails(test.Statistic, test.DF)
	}
	half := quantile95(test.DF) * se
	test.Low, test.High = test.Difference-half, test.Difference+half
	return test
}

// Proportions compares two unweighted shares: second minus first.
//
//	z = (p2-p1)/sqrt(p(1-p)(1/n1+1/n2)),  p = (x1+x2)/(n1+n2)
//	interval (p2-p1) ± z(.975)·sqrt(p1(1-p1)/n1 + p2(1-p2)/n2), cut to ±1
//
// without continuity correction. z is defined unless the pooled share is 0 or 1,
// the interval unless both shares are 0 or 1 (its width would be 0). No answers or
// a count outside [0, n]: NaN. Source: Fleiss, Statistical Methods for Rates and
// Proportions (2003) ch. 3; R prop.test(correct = FALSE).
func Proportions(x1, n1, x2, n2 int) Test {
	a, b := Share(x1, n1), Share(x2, n2)
	test := undefinedTest(b.Value - a.Value)
	if math.IsNaN(test.Difference) {
		return test
	}
	first, second := float64(n1), float64(n2)
	pooled := (float64(x1) + float64(x2)) / (first + second)
	if pooled > 0 && pooled < 1 {
		test.Statistic = test.Difference / math.Sqrt(pooled*(1-pooled)*(1/first+1/second))
		test.P = normalTails(test.Statistic)
	}
	if se := math.Hypot(a.SE, b.SE); se > 0 {
		test.Low = clip(test.Difference-z95*se, -1, 1)
		test.High = clip(test.Difference+z95*se, -1, 1)
	}
	return test
}
