package pls

import (
	"math"

	"manyi/internal/stat"
)

// Fit is an estimated model. Lists by item, construct and path are in the
// order of the model; p is the number of items, J that of constructs.
type Fit struct {
	N          int     // rows that count
	Weight     float64 // the sum of their weights, N without: the n of regressions
	Iterations int

	Mean, SD       []float64 // of the items, missing answers at the mean
	Weights        []float64 // standardised: w'Rw = 1
	Unstandardised []float64 // (w/s)/Σ(w/s) in the block: the weights of the index
	Loadings       []float64
	Cross          []float64 // p×J: correlations of items and scores
	ItemVIF        []float64 // within the block; NaN where two items are one

	Correlations []float64 // J×J of the constructs
	Paths        []float64 // coefficient of each path
	SE, T, P     []float64 // of the regression on the scores, Student's t with DF
	DF           []float64
	FSquared     []float64 // (R² − R² without the path)/(1 − R²), scores held fixed
	VIF          []float64 // of the cause among the causes of the same effect
	Direct       []float64 // J×J [from·J + to]
	Total        []float64
	Levers       []float64 // points of the target for a point of each item
	Points       []float64 // total effects in points of the effect for a point of the cause

	R2, AdjustedR2           []float64 // NaN without predecessors
	Index, IndexSD           []float64 // mean and spread of the score on the scale of the items
	Alpha, AlphaStandardised []float64
	RhoA, RhoC, AVE          []float64
	HTMT                     []float64 // J×J, symmetric, NaN on the diagonal
	GoF, GoFMultiItem        float64
	SRMR, SRMRSaturated      float64
}

// Study is a model with its answers: the estimate, and resamples of it.
type Study struct {
	Fit     *Fit
	Blocks  int // blocks of rows that a resample draws, 0 where it draws rows
	plan    *plan
	sample  *sample
	loads   []float64 // own correlations with the scores: what signs are settled by
	all     []float64 // figures of the estimate
	layout  layout
	moments *moments
}

// Estimate estimates a model. Its error is an *Error.
func Estimate(m Model, rows Rows, missing Missing) (*Study, error) {
	pl := m.compile()
	s, err := pl.take(rows, missing)
	if err != nil {
		return nil, err
	}
	e, mo := newEngine(pl), newMoments(pl.p)
	s.total.into(mo)
	s.restore(mo)
	if mo.weight-float64(pl.most)-1 <= 0 {
		return nil, fault(TooFewRows, -1, -1)
	}
	if err := e.correlate(mo.cov); err != nil {
		return nil, err
	}
	if err := e.run(nil); err != nil {
		return nil, err
	}
	st := &Study{plan: pl, sample: s, Blocks: len(s.units), layout: pl.layout(true), moments: mo, loads: make([]float64, pl.p)}
	for i, c := range pl.owner {
		st.loads[i] = e.rw[i*pl.j+c]
	}
	st.all = make([]float64, st.layout.size)
	e.fill(&st.layout, mo, st.all)
	st.Fit = e.fit(mo, s.rows)
	return st, nil
}

// fit copies the estimate out of the engine.
func (e *engine) fit(m *moments, rows int) *Fit {
	p, j := e.p, e.j
	f := &Fit{
		N: rows, Weight: m.weight, Iterations: e.rounds,
		Mean: clone(m.mean), SD: clone(e.sd), Weights: clone(e.w), Loadings: clone(e.loads), Cross: clone(e.rw),
		Unstandardised: make([]float64, p), ItemVIF: e.itemVIF(),
		Correlations: clone(e.c), Direct: clone(e.b), Total: clone(e.total), Points: make([]float64, j*j), VIF: clone(e.vif),
		R2: clone(e.r2), RhoA: clone(e.rhoA), Index: make([]float64, j), IndexSD: make([]float64, j),
		Alpha: make([]float64, j), AlphaStandardised: make([]float64, j), RhoC: make([]float64, j), AVE: make([]float64, j), HTMT: nans(j * j),
	}
	for c := range j {
		f.Index[c], f.IndexSD[c] = e.score(m, c)
		f.Alpha[c], f.AlphaStandardised[c] = e.alpha(m.cov, c), e.alpha(e.r, c)
		f.RhoC[c], f.AVE[c] = e.rhoC(c), e.ave(c)
		sum := 0.0
		for i := e.first[c]; i < e.first[c+1]; i++ {
			sum += e.w[i] / e.sd[i]
		}
		for i := e.first[c]; i < e.first[c+1]; i++ {
			f.Unstandardised[i] = e.w[i] / e.sd[i] / sum
		}
		for d := range c {
			f.HTMT[c*j+d] = e.htmt(c, d)
			f.HTMT[d*j+c] = f.HTMT[c*j+d]
		}
	}
	for k, t := range f.Total {
		f.Points[k] = t * f.IndexSD[k%j] / f.IndexSD[k/j]
	}
	f.Levers = make([]float64, p)
	e.lever(f.Levers)
	e.regressions(f)
	e.goodness(f)
	f.SRMR, f.SRMRSaturated = e.srmr(e.implied()), e.srmr(e.c)
	return f
}

// regressions fills what least squares says of every path: SE = √(VIF (1 − R²)/df).
func (e *engine) regressions(f *Fit) {
	n := len(e.Paths)
	f.Paths, f.SE, f.T, f.P, f.DF, f.FSquared, f.AdjustedR2 = nans(n), nans(n), nans(n), nans(n), nans(n), nans(n), nans(e.j)
	for k, a := range e.Paths {
		b, rest := e.b[a.From*e.j+a.To], 1-e.r2[a.To]
		df := f.Weight - float64(len(e.pre[a.To])) - 1
		f.Paths[k], f.DF[k] = b, df
		f.SE[k] = math.Sqrt(e.vif[k] * rest / df)
		f.T[k] = b / f.SE[k]
		f.P[k] = stat.TwoSidedT(f.T[k], df)
		f.FSquared[k] = b * b / e.vif[k] / rest
		f.AdjustedR2[a.To] = 1 - rest*(f.Weight-1)/df
	}
}

// goodness is √(mean communality of the items · mean R²), over all items and
// over the blocks of several items (Tenenhaus and others 2005).
func (e *engine) goodness(f *Fit) {
	all, several, n, explained, k := 0.0, 0.0, 0.0, 0.0, 0.0
	for i, c := range e.owner {
		l := e.loads[i] * e.loads[i]
		all += l
		if e.Constructs[c].Items > 1 {
			several, n = several+l, n+1
		}
	}
	for _, r := range e.r2 {
		if !math.IsNaN(r) {
			explained, k = explained+r, k+1
		}
	}
	f.GoF, f.GoFMultiItem = math.Sqrt(all/float64(e.p)*explained/k), math.Sqrt(several/n*explained/k)
}

// itemVIF is the diagonal of the inverse correlations of every block.
func (e *engine) itemVIF() []float64 {
	out := nans(e.p)
	l, column := make([]float64, e.block*e.block), make([]float64, e.block)
	for c, b := range e.Constructs {
		from, k := e.first[c], b.Items
		for i := range k {
			copy(l[i*k:(i+1)*k], e.r[(from+i)*e.p+from:])
		}
		if factor(l, k, leastPivot) < 0 {
			inverseDiagonal(l, k, out[from:from+k], column)
		}
	}
	return out
}

// implied are the variances and covariances of the constructs that the paths
// alone imply, (I − B)⁻¹ Ψ (I − B)⁻ᵀ with the unexplained 1 − R² of each
// construct in Ψ; those of causes without causes are as found.
func (e *engine) implied() []float64 {
	j := e.j
	out := clone(e.c)
	for at, to := range e.order {
		if len(e.pre[to]) == 0 {
			continue
		}
		for _, other := range e.order[:at] {
			r := 0.0
			for _, from := range e.pre[to] {
				r += e.b[from*j+to] * out[from*j+other]
			}
			out[to*j+other], out[other*j+to] = r, r
		}
		v := 1 - e.r2[to]
		for _, from := range e.pre[to] {
			v += e.b[from*j+to] * out[from*j+to]
		}
		out[to*j+to] = v
	}
	return out
}

// srmr is the root of the mean squared difference between the correlations of
// the items and those the model implies, diagonal included: λ r λ' between
// blocks; within a block λλ' of a common factor (consistent PLS), and no
// difference within a composite.
// Source: Henseler and others, Organizational Research Methods 17 (2014) 182-209.
func (e *engine) srmr(between []float64) float64 {
	sum := 0.0
	for i, c := range e.owner {
		for k := range i {
			d := e.owner[k]
			if c == d && !(e.Consistent && e.reflective(c)) {
				continue
			}
			r := between[c*e.j+d]
			if c == d {
				r = 1
			}
			x := e.r[i*e.p+k] - e.loads[i]*e.loads[k]*r
			sum += x * x
		}
	}
	return math.Sqrt(sum / float64(e.p*(e.p+1)/2))
}

func clone(x []float64) []float64 { return append([]float64(nil), x...) }
