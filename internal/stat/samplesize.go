package stat

import "math"

// SampleSize returns the answers needed for a 95 % margin of error of a share of
// one half, margin being a share itself (.05 for ±5 points):
//
//	n0 = z²/(4·margin²),  n = ⌈n0/(1 + (n0-1)/population)⌉
//
// with the exact z. A population that is 0, negative, NaN or infinite counts as
// infinite. 1e-9 is taken off before rounding up, so that a whole number that
// floating point missed is not raised. The result is from 1 to 2³¹-1; a margin that
// is not positive: 0.
// Source: Cochran, Sampling Techniques (1977) 4.4.
func SampleSize(margin, population float64) int {
	return sampleSize(z95, margin, population)
}

// sampleSize is SampleSize for the normal quantile z of another confidence level.
func sampleSize(z, margin, population float64) int {
	if !(margin > 0) {
		return 0
	}
	n := z * z / 4 / (margin * margin)
	if population > 0 {
		n /= 1 + (n-1)/population
	}
	return int(math.Min(math.Max(math.Ceil(n-1e-9), 1), math.MaxInt32))
}

// Margin returns the 95 % margin of error of a share of one half among n answers,
// as a share:
//
//	z·sqrt(1/(4n)·(population-n)/(population-1))
//
// An infinite population as in SampleSize. n <= 0: NaN; n of at least the
// population: 0, everyone has answered. It holds for random samples only.
// Source: Cochran, Sampling Techniques (1977) 2.6, 3.2.
func Margin(n int, population float64) float64 {
	return margin(z95, n, population)
}

// margin is Margin for the normal quantile z of another confidence level.
func margin(z float64, n int, population float64) float64 {
	if n <= 0 {
		return math.NaN()
	}
	size, correction := float64(n), 1.0
	if population > 0 && !math.IsInf(population, 1) {
		if size >= population {
			return 0
		}
		correction = (population - size) / (population - 1)
	}
	return z * math.Sqrt(correction/(4*size))
}
