package stat

import "math"

// Summary returns the estimate of a mean that is known by mean, standard
// deviation (n−1) and number of answers alone, as others publish it:
//
//	SE = sd/sqrt(n),  mean ± t(.975, n−1)·SE
//
// n < 2 or no standard deviation: the value, SE and interval NaN. sd = 0: SE 0,
// an interval of no width.
func Summary(mean, sd float64, n int) Estimate {
	e := Estimate{N: max(n, 0), Value: mean, SE: math.NaN(), DF: float64(n - 1)}
	if n >= 2 && sd >= 0 {
		e.SE = sd / math.Sqrt(float64(n))
	}
	return withInterval(e)
}
