// Package stat computes the numbers of a satisfaction report: means, shares,
// net promoter scores, their intervals, tests of groups and waves, effect sizes
// and sample sizes.
//
// It works on tallies, not on rows: a sample is a list of distinct values with
// the count of rows and the sums of their weights and squared weights, which is
// all that these figures need. It knows nothing of questions, scales or codes.
//
// Conventions of the whole package:
//   - What is undefined is NaN, never a panic; each function says when.
//   - Missing answers are left out by the caller. A value or a weight that is
//     NaN makes the figure NaN.
//   - Points may come in any order and may repeat a value; they are not changed.
//   - A point with N <= 0 is no answer. Weighted functions also leave out points
//     with W <= 0; the caller does not count rows of weight zero in N.
//   - Intervals are 95 % intervals, tests are two-sided.
//   - Tests and differences are second minus first.
package stat

import "math"

// z95 is the .975 quantile of the normal distribution (METHODS B13 asks for the
// exact value, not 1.96).
const z95 = 1.95996398454005423552

// Point is one distinct value of a sample: how many rows have it, the sum of
// their weights and of their squared weights. Without weights W = W2 = N.
type Point struct {
	Value float64
	N     int
	W, W2 float64
}

// Estimate is a figure with its doubt. N is the number of answers (rows with
// positive weight when weighted), DF the degrees of freedom of the interval (NaN:
// normal, or no interval of Student's kind), Low and High the 95 % interval.
type Estimate struct {
	N                        int
	Value, SE, DF, Low, High float64
}

// undefinedEstimate is the Estimate of n answers of which nothing is known.
func undefinedEstimate(n int) Estimate {
	nan := math.NaN()
	return Estimate{N: n, Value: nan, SE: nan, DF: nan, Low: nan, High: nan}
}

// withInterval returns e with the interval Value ± q·SE, q the .975 quantile of
// Student's t with DF degrees of freedom or of the normal distribution if DF is
// NaN; NaN if SE is.
func withInterval(e Estimate) Estimate {
	half := quantile95(e.DF) * e.SE
	e.Low, e.High = e.Value-half, e.Value+half
	return e
}

// clipped returns e with its interval cut to [low, high]; NaN stays NaN.
func clipped(e Estimate, low, high float64) Estimate {
	e.Low, e.High = clip(e.Low, low, high), clip(e.High, low, high)
	return e
}

// clip moves x into [low, high]; NaN stays NaN.
func clip(x, low, high float64) float64 {
	return math.Min(math.Max(x, low), high)
}

// moments are the sums of a sample about its mean.
type moments struct {
	n       int     // rows
	w       float64 // sum of weights
	mean    float64 // sum w y / sum w
	squares float64 // sum w (y-mean)^2
	doubly  float64 // sum w^2 (y-mean)^2
}

// plainMoments are the moments with every row counted once.
func plainMoments(points []Point) moments {
	counted := make([]Point, 0, len(points))
	for _, p := range points {
		if p.N > 0 {
			p.W, p.W2 = float64(p.N), float64(p.N)
			counted = append(counted, p)
		}
	}
	return sums(counted)
}

// weightedMoments are the moments with the weights of the points.
func weightedMoments(points []Point) moments {
	return sums(weighted(points))
}

// weighted returns the points that have rows and weight. Written as "not <= 0"
// so that a NaN weight stays and makes the figure NaN.
func weighted(points []Point) []Point {
	kept := make([]Point, 0, len(points))
	for _, p := range points {
		if p.N > 0 && !(p.W <= 0) {
			kept = append(kept, p)
		}
	}
	return kept
}

// sums computes the moments in two passes. The mean is taken about the first
// value, so that a sample of equal values has a variance of exactly zero.
// Without points everything is NaN or zero.
func sums(points []Point) moments {
	m := moments{mean: math.NaN()}
	if len(points) == 0 {
		return m
	}
	origin, shift := points[0].Value, 0.0
	for _, p := range points {
		m.n += p.N
		m.w += p.W
		shift += p.W * (p.Value - origin)
	}
	m.mean = origin + shift/m.w
	for _, p := range points {
		d := p.Value - m.mean
		m.squares += p.W * d * d
		m.doubly += p.W2 * d * d
	}
	return m
}

// variance returns the variance with the factor n/(n-1); NaN if n < 2.
func (m moments) variance() float64 {
	if m.n < 2 {
		return math.NaN()
	}
	n := float64(m.n)
	return m.squares / m.w * n / (n - 1)
}
