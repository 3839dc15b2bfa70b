package stat

import (
	"math"
	"testing"
)

// R 4.2.2: for (x in c(0, 1, 2, …)) c(if (x > 0) qgamma(.025, x) else 0, qgamma(.975, x + 1))
func TestPoissonRatesHaveExactIntervals(t *testing.T) {
	for _, c := range []struct {
		count     int
		low, high float64
	}{
		{0, 0, 3.6888794541139354},
		{1, 0.025317807984289876, 5.5716433909388989},
		{2, 0.24220927854396487, 7.2246876677239582},
		{5, 1.6234863901184207, 11.668332079322667},
		{12, 6.2005751087222158, 20.961585048176953},
		{100, 81.363991250923149, 121.62679379242637},
		{2224, 2132.5202300534361, 2318.3947933211643},
		{50000, 49562.686650323674, 50440.212035431294},
		{999999, 998039.98432027618, 1001960.9109654503},
		{3000000, 2996606.1900499715, 3003396.7048216565},
	} {
		got := PoissonRate(c.count, 1)
		if math.Abs(got.Low-c.low) > 1e-9*max(1, c.low) || math.Abs(got.High-c.high) > 1e-9*c.high {
			t.Errorf("%d: got %.17g to %.17g, want %.17g to %.17g", c.count, got.Low, got.High, c.low, c.high)
		}
	}
	if got := PoissonRate(12, 4); got.Value != 3 || math.Round(got.Low*100) != 155 || math.Round(got.High*100) != 524 {
		t.Errorf("12 of 4000 (METHODS B11): %+v", got)
	}
	for _, none := range []Estimate{PoissonRate(-1, 5), PoissonRate(3, 0), PoissonRate(3, math.NaN())} {
		if !math.IsNaN(none.Value) || !math.IsNaN(none.Low) {
			t.Errorf("no rate: %+v", none)
		}
	}
}

// R 4.2.2, survival 3.5-3: survfit(Surv(c(1, 2, 2, 3, 5), c(1, 1, 0, 1, 0)) ~ 1)$surv
func TestSurvivalCountsWhatIsStillGoingOn(t *testing.T) {
	s := KaplanMeier([]float64{1, 2, 3}, []float64{2, 5})
	want := []float64{.8, .6, .3}
	if len(s.After) != 3 || s.N != 5 {
		t.Fatalf("%+v", s)
	}
	for i, w := range want {
		if math.Abs(s.After[i]-w) > 1e-12 || s.Times[i] != float64(i+1) {
			t.Errorf("step %d: %v at %v", i, s.After[i], s.Times[i])
		}
	}
	if s.Quantile(.5) != 3 || !math.IsNaN(s.Quantile(.9)) {
		t.Errorf("median %v, P90 %v", s.Quantile(.5), s.Quantile(.9))
	}
	if none := KaplanMeier(nil, []float64{1}); !math.IsNaN(none.Quantile(.5)) {
		t.Error("a median of nothing")
	}
}

func TestControlChartsMarkRunsAndOutsiders(t *testing.T) {
	x := []float64{1, 1, 1, 1, 1, 1, 1, 1, 40, 0}
	n := []float64{10, 10, 10, 10, 10, 10, 10, 10, 10, 0}
	u := UChart(x, n)
	if !u.Outside[8] || u.Outside[0] || !u.Signal(7) || u.Signal(6) || u.Run[8] != 1 || !math.IsNaN(u.Value[9]) || u.Lower[0] != 0 {
		t.Errorf("%+v", u)
	}
	p := PChart([]float64{1, 5, 10}, []float64{10, 10, 10})
	if p.Upper[0] > 1 || p.Lower[0] < 0 || p.Centre != 16./30 {
		t.Errorf("%+v", p)
	}
	if none := PChart([]float64{0}, []float64{0}); !math.IsNaN(none.Centre) || none.Outside[0] {
		t.Errorf("%+v", none)
	}
	if flat := UChart([]float64{2, 2}, []float64{4, 4}); flat.Run[0] != 0 || flat.Run[1] != 0 {
		t.Error("points on the line make no run")
	}
}
