package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// normalTails returns the two-sided tail erfc(|z|/√2). distuv.Normal.Survival is
// 1 - erf and loses every digit beyond z = 8.
func normalTails(z float64) float64 {
	return math.Erfc(math.Abs(z) / math.Sqrt2)
}

// chiSquaredTail returns the upper tail; distuv is good to 1e-12 of it.
func chiSquaredTail(x, df float64) float64 {
	if math.IsNaN(x) || !(df > 0) {
		return math.NaN()
	}
	return distuv.ChiSquared{K: df}.Survival(x)
}

// studentTails returns the two-sided tail of Student's t, I(df/2, 1/2) at
// df/(df+t²).
func studentTails(t, df float64) float64 {
	square := t * t
	return incompleteBeta(df/2, .5, df/(df+square), 1/(1+df/square))
}

// fTail returns the upper tail of F, I(d2/2, d1/2) at d2/(d2+d1 f).
func fTail(f, d1, d2 float64) float64 {
	return incompleteBeta(d2/2, d1/2, d2/(d2+d1*f), 1/(1+d2/(d1*f)))
}

// quantile95 returns the .975 quantile of Student's t, that of the normal
// distribution if df is NaN; NaN if df is not positive. Newton's method on
// tails(t) = .05 from the normal quantile, which is below the answer: the tail is
// convex, so the steps go up to it without overshooting. It stops at a relative
// step of 1e-15 or at the first step that is not upwards.
func quantile95(df float64) float64 {
	switch {
	case math.IsNaN(df) || math.IsInf(df, 1):
		return z95
	case df <= 0:
		return math.NaN()
	}
	logConstant := -.5*math.Log(2*math.Pi) + stirlingRest((df+1)/2) - stirlingRest(df/2) +
		df/2*math.Log1p(1/df) - .5
	t := z95
	for range 200 {
		density := math.Exp(logConstant - (df+1)/2*math.Log1p(t*t/df))
		step := (studentTails(t, df) - .05) / (2 * density)
		if !(step > 1e-15*t) {
			break
		}
		t += step
	}
	return t
}

// betaIterations bounds the continued fraction; it needs about the square root of
// the larger parameter, so this is enough for 1e9 degrees of freedom.
const betaIterations = 100_000

// incompleteBeta returns the regularised incomplete beta function I_x(a, b). Both x
// and y = 1-x are given, because each loses its digits near 1. Outside its domain
// NaN. It is good to 1e-12 of the tail up to 1e6 degrees of freedom (dist_test.go).
// gonum's mathext.RegIncBeta, and with it distuv.StudentsT and F, was measured to
// lose up to 1e-9 of the tail there and 3e-8 near t = 0: it takes x alone and forms
// the power x^a y^b/B(a, b) from logarithms of gamma functions, here formed about
// the mean of the distribution.
// Source: NIST DLMF 8.17; Loader (2000) for the power.
func incompleteBeta(a, b, x, y float64) float64 {
	switch {
	case !(a > 0 && b > 0 && x >= 0 && y >= 0):
		return math.NaN()
	case x == 0:
		return 0
	case y == 0:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - incompleteBeta2(b, a, y, x)
	}
	return incompleteBeta2(a, b, x, y)
}

// incompleteBeta2 is incompleteBeta where the continued fraction converges fast.
func incompleteBeta2(a, b, x, y float64) float64 {
	d := x*b - y*a
	power := a*logRatio(d/a, x*(a+b)/a) + b*logRatio(-d/b, y*(a+b)/b) +
		.5*math.Log(a*b/(2*math.Pi*(a+b))) + stirlingRest(a+b) - stirlingRest(a) - stirlingRest(b)
	return math.Exp(power) * betaFraction(a, b, x, y)
}

// logRatio returns ln(ratio), excess being ratio-1: whichever keeps its digits.
func logRatio(excess, ratio float64) float64 {
	if excess < -.5 {
		return math.Log(ratio)
	}
	return math.Log1p(excess)
}

// betaFraction evaluates the even part of the continued fraction by the modified
// method of Lentz, to a relative step of 3e-16; NaN if it does not settle. The even
// part holds 1-x only as y and keeps its digits near x = 1, which the fraction of
// two steps does not. Source: Didonato & Morris, ACM TOMS 18 (1992) 360-373.
func betaFraction(a, b, x, y float64) float64 {
	const tiny = 1e-300
	away := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	mean := a*y - b*x + 1
	value := away(a * mean / (a + 1))
	c, d := value, 0.0
	for i := 1; i <= betaIterations; i++ {
		m := float64(i)
		s := a + 2*m - 1
		over := (a + m - 1) / s * ((a + b + m - 1) / s) * m * (b - m) * x * x
		under := m + m*(b-m)*x/s + (a+m)*(mean+m*(1+y))/(s+2)
		c, d = away(under+over/c), 1/away(under+over*d)
		value *= c * d
		if math.Abs(c*d-1) <= 3e-16 {
			return 1 / value
		}
	}
	return math.NaN()
}

// stirlingRest returns ln Γ(z) - ((z-½)ln z - z + ½ln 2π), the rest of Stirling's
// formula: its series from z = 15 (error below 1e-16), else by difference.
// Source: NIST DLMF 5.11.1.
func stirlingRest(z float64) float64 {
	if z < 15 {
		gamma, _ := math.Lgamma(z)
		return gamma - ((z-.5)*math.Log(z) - z + .5*math.Log(2*math.Pi))
	}
	s := 1 / (z * z)
	return (1./12 - s*(1./360-s*(1./1260-s*(1./1680-s*(1./1188-s*691./360360))))) / z
}
