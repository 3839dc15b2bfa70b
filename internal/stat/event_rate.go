package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// EventRate returns events/exposure with the exact Poisson interval
//
//	χ²(0.025; 2x)/2T … χ²(0.975; 2x+2)/2T
//
// and SE = sqrt(x)/T; the lower end of no events is 0. A negative count or an
// exposure that is not positive: NaN. DF is NaN.
// Source: Garwood, Biometrika 28 (1936) 437-442; R poisson.test(x, T)$conf.int.
func EventRate(events int, exposure float64) Estimate {
	if events < 0 || !(exposure > 0) || math.IsInf(exposure, 0) {
		return undefinedEstimate(max(events, 0))
	}
	x := float64(events)
	e := Estimate{N: events, Value: x / exposure, SE: math.Sqrt(x) / exposure, DF: math.NaN()}
	if events > 0 {
		e.Low = distuv.Gamma{Alpha: x, Beta: 1}.Quantile(.025) / exposure
	}
	e.High = distuv.Gamma{Alpha: x + 1, Beta: 1}.Quantile(.975) / exposure
	return e
}

// EventRates compares two rates of events exactly, b minus a: given all events,
// those of b are binomial with the share of its exposure. P adds up every outcome
// that is at most as likely as the one seen (to 1e-7), as R does. The difference
// has no interval. No events at all, or no exposure: P is NaN.
// Source: Przyborowski and Wilenski, Biometrika 31 (1940) 313-323;
// R poisson.test(c(b, a), c(tb, ta))$p.value.
func EventRates(a int, ta float64, b int, tb float64) Test {
	if a < 0 || b < 0 || !(ta > 0) || !(tb > 0) {
		return undefinedTest(math.NaN())
	}
	t := undefinedTest(float64(b)/tb - float64(a)/ta)
	if a+b == 0 {
		return t
	}
	d := distuv.Binomial{N: float64(a + b), P: tb / (ta + tb)}
	seen := d.Prob(float64(b)) * (1 + 1e-7)
	t.P = 0
	for k := range a + b + 1 {
		if q := d.Prob(float64(k)); q <= seen {
			t.P += q
		}
	}
	t.P = min(t.P, 1)
	return t
}
