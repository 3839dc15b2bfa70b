package stat

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// PoissonRate returns the rate count/exposure with its exact 95 % interval:
//
//	low  = G(.025; count)/exposure,  high = G(.975; count+1)/exposure
//
// G(p; a) the p-quantile of the gamma distribution with shape a and scale 1.
// A count of 0 has low = 0 and a proper upper end. SE = sqrt(count)/exposure, DF
// NaN, N = count. A negative count or an exposure that is not positive: NaN.
// Source: Garwood, Biometrika 28 (1936) 437-442; R poisson.test.
func PoissonRate(count int, exposure float64) Estimate {
	if count < 0 || !(exposure > 0) || math.IsInf(exposure, 0) {
		return undefinedEstimate(max(count, 0))
	}
	e := Estimate{N: count, Value: float64(count) / exposure, SE: math.Sqrt(float64(count)) / exposure, DF: math.NaN()}
	if count > 0 {
		e.Low = gammaQuantile(.025, float64(count)) / exposure
	}
	e.High = gammaQuantile(.975, float64(count)+1) / exposure
	return e
}

// gammaQuantile returns the p-quantile of the gamma distribution of shape a ≥ 1
// and scale 1: mathext's inverse, then Newton's method on the smaller tail to a
// relative step of 1e-15, at most twenty. Beyond a shape of 1e6 the cube of a
// normal variable (Wilson and Hilferty, PNAS 17, 1931) is good to 1e-9 of it.
func gammaQuantile(p, a float64) float64 {
	z := z95
	if p < .5 {
		z = -z95
	}
	if a > 1e6 {
		c := 1 / (9 * a)
		return a * math.Pow(1-c+z*math.Sqrt(c), 3)
	}
	x := mathext.GammaIncRegInv(a, p)
	if !(x > 0) {
		x = a * math.Pow(1-1/(9*a)+z/math.Sqrt(9*a), 3)
	}
	for range 20 {
		excess := mathext.GammaIncReg(a, x) - p
		if p > .5 {
			excess = (1 - p) - mathext.GammaIncRegComp(a, x)
		}
		// x^(a-1) e^-x / Γ(a), formed about a so that nothing overflows.
		density := math.Exp(a*logRatio((x-a)/a, x/a)-(x-a)-stirlingRest(a)) * math.Sqrt(a/(2*math.Pi)) / x
		step := excess / density
		x -= step
		if !(math.Abs(step) > 1e-15*x) {
			break
		}
	}
	return x
}
