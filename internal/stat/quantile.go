package stat

import (
	"math"
	"slices"
)

// medianTolerance is the share of the total weight within which a cumulated
// weight counts as exactly half. Sums of weights such as 0.1 miss the half by
// rounding (about 1e-16 a row); real weights do not come this near by chance.
const medianTolerance = 1e-12

// Median returns the smallest value at which the cumulated weight reaches half
// of the total, or the mean of it and the next value where the weight is exactly
// half (within 1e-12 of the total). Without weights (W = N) that is the middle of
// the sorted values, the mean of the two middle ones for even n.
// n = 0 or no weight: NaN. n = 1: the value.
// Source: weighted median of Edgeworth (1888); R median for equal weights.
func Median(points []Point) float64 {
	sorted := weighted(points)
	slices.SortStableFunc(sorted, byValue)
	total := 0.0
	for _, p := range sorted {
		total += p.W
		if math.IsNaN(p.Value) {
			return math.NaN()
		}
	}
	reached := 0.0
	for i, p := range sorted {
		reached += p.W
		excess := reached - total/2
		if math.Abs(excess) <= medianTolerance*total && i+1 < len(sorted) {
			return p.Value + (sorted[i+1].Value-p.Value)/2
		}
		if excess > 0 {
			return p.Value
		}
	}
	return math.NaN()
}

// Quantile returns the p-quantile of sorted values by linear interpolation
// between the order statistics: h = (n-1)p, x[⌊h⌋] + (h-⌊h⌋)(x[⌊h⌋+1] - x[⌊h⌋]).
// Unweighted. No values or p outside [0, 1]: NaN. One value: that value.
// Source: Hyndman & Fan, Am. Statistician 50 (1996) 361-365, type 7 (R's default).
func Quantile(sorted []float64, p float64) float64 {
	n := len(sorted)
	if n == 0 || !(p >= 0 && p <= 1) {
		return math.NaN()
	}
	h := float64(n-1) * p
	i := int(h)
	if i == n-1 || h == float64(i) {
		return sorted[i]
	}
	return sorted[i] + (h-float64(i))*(sorted[i+1]-sorted[i])
}

// byValue orders points by value.
func byValue(a, b Point) int {
	switch {
	case a.Value < b.Value:
		return -1
	case a.Value > b.Value:
		return 1
	}
	return 0
}
