package stat

import "math"

// Rates is two Poisson rates compared, second against first: Ratio and
// Difference are of the rates, P is two-sided.
type Rates struct {
	Ratio, RatioLow, RatioHigh                float64
	Difference, DifferenceLow, DifferenceHigh float64
	P                                         float64
}

// RateRatio compares two counts x1, x2 that were observed over the exposures t1,
// t2 (months, or units sold): rate = x/t.
//
//	given x1 + x2 = n, x2 is binomial with π = ρ·t2/(t1 + ρ·t2); the interval of
//	the ratio ρ is that of Clopper and Pearson for π, carried over; P is the
//	exact binomial test of π = t2/(t1 + t2), by the probabilities that are not
//	above that of x2
//
// The interval of the difference joins the exact intervals of both rates by the
// distances of their ends (MOVER). No event at all, a negative count or an
// exposure that is not positive: NaN. x1 = 0: the ratio and its upper end are
// infinite. Sources: Przyborowski & Wilenski, Biometrika 31 (1940) 313-323; R
// poisson.test; Garwood, Biometrika 28 (1936) 437-442; Zou & Donner, Statistics
// in Medicine 27 (2008) 1693-1702.
func RateRatio(x1 int, t1 float64, x2 int, t2 float64) Rates {
	nan := math.NaN()
	out := Rates{nan, nan, nan, nan, nan, nan, nan}
	if x1 < 0 || x2 < 0 || !(t1 > 0) || !(t2 > 0) || math.IsInf(t1, 0) || math.IsInf(t2, 0) {
		return out
	}
	a, b := float64(x1)/t1, float64(x2)/t2
	out.Difference = b - a
	first, second := PoissonRate(x1, t1), PoissonRate(x2, t2)
	out.DifferenceLow = out.Difference - math.Hypot(b-second.Low, first.High-a)
	out.DifferenceHigh = out.Difference + math.Hypot(second.High-b, a-first.Low)
	if x1+x2 == 0 {
		return out
	}
	low, high := clopperPearson(x2, x1+x2)
	odds := func(p float64) float64 { return p / (1 - p) * t1 / t2 }
	out.Ratio, out.RatioLow, out.RatioHigh = b/a, odds(low), odds(high)
	out.P = binomialTest(x2, x1+x2, t2/(t1+t2))
	return out
}

// clopperPearson is the exact 95 % interval of a share x of n.
func clopperPearson(x, n int) (low, high float64) {
	a, b := float64(x), float64(n-x)
	high = 1
	if x > 0 {
		low = bisect(0, 1, func(p float64) bool { return incompleteBeta(a, b+1, p, 1-p) > .025 })
	}
	if x < n {
		high = bisect(0, 1, func(p float64) bool { return incompleteBeta(a+1, b, p, 1-p) > .975 })
	}
	return low, high
}

// bisect is where beyond turns true between low and high, to the last bits.
func bisect(low, high float64, beyond func(float64) bool) float64 {
	for range 200 {
		mid := low + (high-low)/2
		if mid <= low || mid >= high {
			break
		}
		if beyond(mid) {
			high = mid
		} else {
			low = mid
		}
	}
	return low + (high-low)/2
}

// mostExact is the most trials whose probabilities are added up one by one;
// beyond it the smaller tail is doubled.
const mostExact = 1_000_000

// binomialTest is the two-sided exact test that x of n come with chance p: the
// sum of all probabilities that are not above that of x, within a relative 1e-7
// as R's binom.test takes them.
func binomialTest(x, n int, p float64) float64 {
	if n > mostExact {
		a, b := float64(x), float64(n-x)
		upper, lower := 1.0, 1.0
		if x > 0 {
			upper = incompleteBeta(a, b+1, p, 1-p)
		}
		if x < n {
			lower = 1 - incompleteBeta(a+1, b, p, 1-p)
		}
		return math.Min(1, 2*math.Min(upper, lower))
	}
	chance := func(k int) float64 {
		a, b, c := float64(k), float64(n-k), float64(n)
		first, _ := math.Lgamma(c + 1)
		second, _ := math.Lgamma(a + 1)
		third, _ := math.Lgamma(b + 1)
		return math.Exp(first - second - third + a*math.Log(p) + b*math.Log1p(-p))
	}
	line := chance(x) * (1 + 1e-7)
	sum := 0.0
	for k := range n + 1 {
		if c := chance(k); c <= line {
			sum += c
		}
	}
	return math.Min(1, sum)
}
