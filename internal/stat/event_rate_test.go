package stat

import (
	"math"
	"testing"
)

// R 4.2.2:
//
//	for (x in c(0, 1, 12, 500)) poisson.test(x, 4)$conf.int
func TestEventRateIsRsPoissonTest(t *testing.T) {
	largest := 0.0
	for _, c := range []struct {
		x         int
		low, high float64
	}{
		{0, 0, 0.922219863528484},
		{1, 0.00632945199607247, 1.39291084773472},
		{12, 1.55014377718055, 5.24039626204424},
		{500, 114.282144224907, 136.452317141293},
	} {
		e := EventRate(c.x, 4)
		for _, d := range []float64{(e.Low - c.low), (e.High - c.high)} {
			if d = math.Abs(d) / max(1, c.high); !(d < 1e-9) {
				t.Errorf("%d events: [%v, %v], want [%v, %v]", c.x, e.Low, e.High, c.low, c.high)
			} else {
				largest = max(largest, d)
			}
		}
	}
	t.Logf("event rate: R poisson.test conf.int, largest difference %.2g", largest)
}

// R 4.2.2:
//
//	poisson.test(c(105, 49), c(91, 90))$p.value and so on
func TestEventRatesIsRsPoissonTest(t *testing.T) {
	largest := 0.0
	for _, c := range []struct {
		a     int
		ta    float64
		b     int
		tb, p float64
	}{
		{49, 90, 105, 91, 7.86635138679914e-06},
		{0, 31, 3, 30, 0.118952687669893},
		{5, 31, 5, 31, 1},
		{100, 60, 139, 92, 0.46700580788282},
	} {
		got := EventRates(c.a, c.ta, c.b, c.tb)
		if d := math.Abs(got.P - c.p); !(d < 1e-9) {
			t.Errorf("%d against %d: p %v, want %v", c.a, c.b, got.P, c.p)
		} else {
			largest = max(largest, d)
		}
	}
	t.Logf("event rates: R poisson.test p.value, largest difference %.2g", largest)
}

func TestEventRatesAreDefinedAtTheirEdges(t *testing.T) {
	for _, e := range []Estimate{EventRate(-1, 3), EventRate(2, 0), EventRate(2, math.NaN()), EventRate(2, math.Inf(1))} {
		if !math.IsNaN(e.Value) || !math.IsNaN(e.Low) {
			t.Errorf("got %v, want nothing", e)
		}
	}
	if got := EventRates(0, 30, 0, 31); !math.IsNaN(got.P) || got.Difference != 0 {
		t.Errorf("no events: %v", got)
	}
	if got := EventRates(1, 0, 1, 2); !math.IsNaN(got.P) || !math.IsNaN(got.Difference) {
		t.Errorf("no exposure: %v", got)
	}
}
