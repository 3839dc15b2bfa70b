package stat

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Bootstrap draws resamples of n rows with replacement and returns the figures
// of each: out[f][b] is figure f of resample b. The function made by maker gets
// the n rows of one resample and fills one figure each; maker is called once a
// worker, so that it can keep scratch space. Resample b is drawn by PCG(seed, b):
// the result depends on seed, n and resamples only, not on the number of
// processors. n = 0 gives figures that are all NaN.
// Source: Efron, Ann. Statist. 7 (1979) 1-26.
func Bootstrap(n, resamples, figures int, seed uint64, maker func() func(rows []int32, figures []float64)) [][]float64 {
	out := make([][]float64, figures)
	for f := range out {
		out[f] = make([]float64, resamples)
		for b := range out[f] {
			out[f][b] = math.NaN()
		}
	}
	if n <= 0 {
		return out
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), resamples) {
		workers.Go(func() {
			compute, rows, found := maker(), make([]int32, n), make([]float64, figures)
			for b := int(next.Add(1)) - 1; b < resamples; b = int(next.Add(1)) - 1 {
				random := rand.New(rand.NewPCG(seed, uint64(b)))
				for i := range rows {
					rows[i] = random.Int32N(int32(n))
				}
				compute(rows, found)
				for f, x := range found {
					out[f][b] = x
				}
			}
		})
	}
	workers.Wait()
	return out
}

// Percentile returns the 95 % interval of resampled figures: their .025 and
// .975 quantiles (R type 7). Resamples in which the figure is NaN are left out;
// where more than half are, the interval is NaN.
// Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993) 13.3.
func Percentile(resampled []float64) (low, high float64) {
	x := slices.DeleteFunc(slices.Clone(resampled), math.IsNaN)
	if len(x) == 0 || 2*len(x) < len(resampled) {
		return math.NaN(), math.NaN()
	}
	slices.Sort(x)
	at := func(p float64) float64 {
		h := p * float64(len(x)-1)
		i := int(h)
		if i+1 >= len(x) {
			return x[i]
		}
		return x[i] + (h-float64(i))*(x[i+1]-x[i])
	}
	return at(.025), at(.975)
}
