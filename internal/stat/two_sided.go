package stat

import "math"

// TwoSidedT returns the two-sided tail of Student's t; NaN if df is not positive.
func TwoSidedT(t, df float64) float64 {
	if !(df > 0) || math.IsNaN(t) {
		return math.NaN()
	}
	return studentTails(t, df)
}

// TwoSidedZ returns the two-sided tail of the normal distribution.
func TwoSidedZ(z float64) float64 { return normalTails(z) }
