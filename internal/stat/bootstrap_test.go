package stat

import (
	"math"
	"runtime"
	"slices"
	"testing"
)

func means(x []float64) func() func([]int32, []float64) {
	return func() func([]int32, []float64) {
		return func(rows []int32, out []float64) {
			out[0] = 0
			for _, i := range rows {
				out[0] += x[i] / float64(len(rows))
			}
		}
	}
}

func TestBootstrapDependsOnItsSeedOnly(t *testing.T) {
	x := make([]float64, 200)
	for i := range x {
		x[i] = float64(i % 7)
	}
	want := Bootstrap(len(x), 500, 1, 7, means(x))
	before := runtime.GOMAXPROCS(1)
	got := Bootstrap(len(x), 500, 1, 7, means(x))
	runtime.GOMAXPROCS(before)
	if !slices.Equal(got[0], want[0]) {
		t.Error("another number of processors gives other figures")
	}
	if other := Bootstrap(len(x), 500, 1, 8, means(x)); slices.Equal(other[0], want[0]) {
		t.Error("another seed gives the same figures")
	}
	// The interval of a mean of 200 is close to that of the normal approximation.
	low, high := Percentile(want[0])
	if got, want := high-low, 2*1.96*2/math.Sqrt(200); math.Abs(got-want) > 0.1*want {
		t.Errorf("interval of width %g, want about %g", got, want)
	}
}

func TestPercentileIsRsType7(t *testing.T) {
	// R 4.5: quantile(c(1,2,3,5,8,13), c(.025,.975), type=7)
	low, high := Percentile([]float64{8, 1, 13, 5, 2, 3})
	if math.Abs(low-1.125) > 1e-12 || math.Abs(high-12.375) > 1e-12 {
		t.Errorf("%g to %g, want 1.125 to 12.375", low, high)
	}
	if low, _ := Percentile([]float64{1, math.NaN(), math.NaN()}); !math.IsNaN(low) {
		t.Errorf("mostly undefined resamples give %g, want NaN", low)
	}
	for _, b := range Bootstrap(0, 3, 1, 1, means(nil))[0] {
		if !math.IsNaN(b) {
			t.Errorf("resamples of nothing give %g, want NaN", b)
		}
	}
}
