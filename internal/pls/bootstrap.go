package pls

import (
	"math"
	"slices"

	"manyi/internal/stat"
)

// Spread is the doubt of one figure over the resamples: standard error (n − 1),
// percentile interval and bias-corrected accelerated interval, both 95 %.
type Spread struct {
	SE, Low, High, BCaLow, BCaHigh float64
}

// Bootstrap is the spread of every figure. Total, Points and HTMT are J×J as
// in Fit, NaN where there is no effect.
type Bootstrap struct {
	Resamples int
	Failed    int // resamples without an estimate, left out

	Paths, FSquared, Weights, Loadings, Means, R2, Index, Alpha, RhoA, RhoC, AVE, Total, Points, HTMT, Levers []Spread
}

// BootstrapOptions say how often to resample and what to leave out.
type BootstrapOptions struct {
	Resamples int
	Seed      uint64
	HTMT      bool // also of HTMT
	BCa       bool // also the intervals that need a jackknife
}

// Bootstrap resamples rows with replacement, missing answers replaced anew and
// signs settled by the estimate; beyond exactRows it resamples blocks of random
// rows, whose sums are all that a resample needs.
func (st *Study) Bootstrap(opt BootstrapOptions) *Bootstrap {
	l := st.plan.layout(opt.HTMT)
	draws := stat.Bootstrap(st.sample.size(), opt.Resamples, l.size, opt.Seed, func() func([]int32, []float64) {
		run, times := st.resampler(&l), make([]uint16, st.sample.size())
		return func(drawn []int32, figures []float64) {
			clear(times)
			for _, k := range drawn {
				times[k]++
			}
			run(func(into sums) { st.sample.draw(times, into) }, figures)
		}
	})
	var jack [][]float64
	if opt.BCa {
		jack = st.jackknife(&l)
	}
	spreads := make([]Spread, l.size)
	parallel(l.size, func() func(int) {
		return func(f int) {
			spreads[f] = spreadOf(draws[f])
			if jack != nil {
				spreads[f].BCaLow, spreads[f].BCaHigh = bca(draws[f], jack[f], st.all[f])
			}
		}
	})
	b := &Bootstrap{Resamples: opt.Resamples}
	for _, x := range draws[l.paths] {
		if math.IsNaN(x) {
			b.Failed++
		}
	}
	b.take(st.plan, &l, spreads)
	return b
}

// resampler returns a function that estimates what another sums; figures are
// NaN where there is no estimate.
func (st *Study) resampler(l *layout) func(sum func(into sums), figures []float64) {
	e, m, total := newEngine(st.plan), newMoments(st.plan.p), sums{st.plan.p, make([]float64, len(st.sample.total.v))}
	return func(sum func(into sums), figures []float64) {
		sum(total)
		total.into(m)
		st.sample.restore(m)
		err := e.correlate(m.cov)
		if err == nil {
			err = e.run(st.loads)
		}
		if err != nil {
			for i := range figures {
				figures[i] = math.NaN()
			}
			return
		}
		e.fill(l, m, figures)
	}
}

// jackknife estimates the model without each unit in turn: out[figure][unit].
func (st *Study) jackknife(l *layout) [][]float64 {
	n := st.sample.size()
	out := make([][]float64, l.size)
	for f := range out {
		out[f] = make([]float64, n)
	}
	parallel(n, func() func(int) {
		run, figures := st.resampler(l), make([]float64, l.size)
		return func(k int) {
			run(func(into sums) { st.sample.without(k, into) }, figures)
			for f, x := range figures {
				out[f][k] = x
			}
		}
	})
	return out
}

// spreadOf is the standard error and percentile interval of resampled figures.
func spreadOf(x []float64) Spread {
	s := Spread{BCaLow: math.NaN(), BCaHigh: math.NaN(), SE: math.NaN()}
	s.Low, s.High = stat.Percentile(x)
	if math.IsNaN(s.Low) {
		return s
	}
	n, mean, squares := 0.0, 0.0, 0.0
	for _, v := range x {
		if !math.IsNaN(v) {
			n++
			d := v - mean
			mean += d / n
			squares += d * (v - mean)
		}
	}
	s.SE = math.Sqrt(squares / (n - 1))
	return s
}

// bca is the bias-corrected accelerated interval: with z0 = Φ⁻¹(share of
// resamples below the estimate) and the acceleration a of the jackknife, the
// quantiles (type 7) at Φ(z0 + (z0 ± z)/(1 − a(z0 ± z))). NaN where all
// resamples lie on one side, or where any estimate without a unit fails.
// Source: Efron, J. Am. Stat. Assoc. 82 (1987) 171-185.
func bca(draws, jack []float64, estimate float64) (low, high float64) {
	x := slices.DeleteFunc(slices.Clone(draws), math.IsNaN)
	below := 0
	for _, v := range x {
		if v < estimate {
			below++
		}
	}
	a := acceleration(jack)
	if below == 0 || below == len(x) || math.IsNaN(a) || 2*len(x) < len(draws) {
		return math.NaN(), math.NaN()
	}
	slices.Sort(x)
	z0 := normalQuantile(float64(below) / float64(len(x)))
	at := func(z float64) float64 {
		level := .5 * math.Erfc(-(z0+(z0+z)/(1-a*(z0+z)))/math.Sqrt2)
		h := level * float64(len(x)-1)
		i := min(int(h), len(x)-2)
		return x[i] + (h-float64(i))*(x[i+1]-x[i])
	}
	if len(x) < 2 {
		return math.NaN(), math.NaN()
	}
	z := normalQuantile(.975)
	return at(-z), at(z)
}

// acceleration is Σd³/(6(Σd²)^(3/2)), d the mean of the jackknife less each of its figures.
func acceleration(jack []float64) float64 {
	mean := 0.0
	for _, v := range jack {
		mean += v
	}
	mean /= float64(len(jack))
	squares, cubes := 0.0, 0.0
	for _, v := range jack {
		d := mean - v
		squares += d * d
		cubes += d * d * d
	}
	if squares == 0 {
		return math.NaN()
	}
	return cubes / (6 * math.Pow(squares, 1.5))
}

func normalQuantile(p float64) float64 { return -math.Sqrt2 * math.Erfcinv(2*p) }

// take arranges the spreads as the figures of a Fit.
func (b *Bootstrap) take(pl *plan, l *layout, s []Spread) {
	part := func(at, n int) []Spread { return slices.Clone(s[at : at+n]) }
	b.Paths, b.FSquared = part(l.paths, len(pl.Paths)), part(l.fSquared, len(pl.Paths))
	b.Weights, b.Loadings, b.Means, b.Levers = part(l.weights, pl.p), part(l.loadings, pl.p), part(l.means, pl.p), part(l.levers, pl.p)
	b.R2, b.Index, b.Alpha = part(l.r2, pl.j), part(l.index, pl.j), part(l.alpha, pl.j)
	b.RhoA, b.RhoC, b.AVE = part(l.rhoA, pl.j), part(l.rhoC, pl.j), part(l.ave, pl.j)
	nan := math.NaN()
	b.Total, b.Points, b.HTMT = make([]Spread, pl.j*pl.j), make([]Spread, pl.j*pl.j), make([]Spread, pl.j*pl.j)
	for i := range b.Total {
		none := Spread{nan, nan, nan, nan, nan}
		b.Total[i], b.Points[i], b.HTMT[i] = none, none, none
	}
	for k, pair := range l.pairs {
		at := pair[0]*pl.j + pair[1]
		b.Total[at], b.Points[at] = s[l.total+k], s[l.points+k]
	}
	if l.htmt < 0 {
		return
	}
	k := l.htmt
	for c := range pl.j {
		for d := range c {
			b.HTMT[c*pl.j+d], b.HTMT[d*pl.j+c] = s[k], s[k]
			k++
		}
	}
}
