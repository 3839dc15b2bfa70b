package pls

import "math"

// engine estimates one correlation matrix after the other in the same memory.
type engine struct {
	*plan
	r        []float64 // p×p correlations of the items
	sd       []float64
	w, next  []float64 // standardised outer weights
	rw       []float64 // p×J: correlation of every item with every score, after run
	c        []float64 // J×J correlations of the scores; disattenuated where consistent
	inner    []float64 // J×J inner weights, [neighbour·J + construct]
	b, total []float64 // direct and total effects
	vif      []float64 // one a path
	r2       []float64 // NaN of a construct without predecessors
	rhoA     []float64
	loads    []float64 // own loadings; consistent ones where consistent
	factors  []float64 // Cholesky factors of the blocks of mode B
	at       []int     // where a block's factor begins
	small    []float64 // scratch
	beta     []float64
	column   []float64
	rounds   int
}

func newEngine(pl *plan) *engine {
	p, j := pl.p, pl.j
	e := &engine{
		plan: pl, r: make([]float64, p*p), sd: make([]float64, p), w: make([]float64, p), next: make([]float64, p),
		rw: make([]float64, p*j), c: make([]float64, j*j), inner: make([]float64, j*j), b: make([]float64, j*j),
		total: make([]float64, j*j), vif: make([]float64, len(pl.Paths)), r2: make([]float64, j), rhoA: make([]float64, j), loads: make([]float64, p),
		small: make([]float64, max(pl.most, 1)*max(pl.most, 1)), beta: make([]float64, max(pl.most, pl.block, 1)), column: make([]float64, max(pl.most, 1)),
	}
	for _, b := range pl.Constructs {
		e.at = append(e.at, len(e.factors))
		if b.Mode == B && b.Fixed == nil {
			e.factors = append(e.factors, make([]float64, b.Items*b.Items)...)
		}
	}
	return e
}

// correlate takes a covariance matrix of the items.
func (e *engine) correlate(cov []float64) error {
	p := e.p
	for i := range p {
		v := cov[i*p+i]
		if !(v > 0) || math.IsInf(v, 0) {
			return fault(ConstantItem, i, e.owner[i])
		}
		e.sd[i] = math.Sqrt(v)
	}
	for i := range p {
		for k := range i {
			r := cov[i*p+k] / (e.sd[i] * e.sd[k])
			e.r[i*p+k], e.r[k*p+i] = r, r
		}
		e.r[i*p+i] = 1
	}
	return nil
}

// run estimates the model from the correlations: outer weights, then effects.
// Signs: a score is turned so that most of its own loadings are positive, or,
// given the loadings of a first estimate, so that it agrees with them.
func (e *engine) run(like []float64) error {
	if err := e.start(); err != nil {
		return err
	}
	for e.rounds = 1; ; e.rounds++ {
		e.project()
		if err := e.neighbours(); err != nil {
			return err
		}
		change, err := e.outer()
		if err != nil {
			return err
		}
		e.w, e.next = e.next, e.w
		if change < tolerance {
			break
		}
		if e.rounds == mostIterations || math.IsNaN(change) {
			return fault(NoSolution, -1, -1)
		}
	}
	e.project()
	e.turn(like)
	if err := e.disattenuate(); err != nil {
		return err
	}
	return e.structure()
}

// start sets equal or given weights and factors the blocks of mode B.
func (e *engine) start() error {
	for c, b := range e.Constructs {
		from, to := e.first[c], e.first[c+1]
		for i := from; i < to; i++ {
			e.w[i] = 1
			if b.Fixed != nil {
				e.w[i] = b.Fixed[i-from] * e.sd[i]
			}
		}
		if !e.unit(e.w, c) {
			return fault(SingularItem, -1, c)
		}
		if b.Mode == A || b.Fixed != nil {
			continue
		}
		l := e.factors[e.at[c] : e.at[c]+b.Items*b.Items]
		for i := range b.Items {
			copy(l[i*b.Items:(i+1)*b.Items], e.r[(from+i)*e.p+from:(from+i)*e.p+to])
		}
		if factor(l, b.Items, leastPivot) >= 0 {
			return fault(SingularItem, -1, c)
		}
	}
	return nil
}

// unit scales the weights of a block to a score of variance 1.
func (e *engine) unit(w []float64, c int) bool {
	from, to := e.first[c], e.first[c+1]
	v := 0.0
	for i := from; i < to; i++ {
		row, s := e.r[i*e.p+from:i*e.p+to], 0.0
		for k, x := range w[from:to] {
			s += row[k] * x
		}
		v += w[i] * s
	}
	if !(v > 1e-20) {
		return false
	}
	v = 1 / math.Sqrt(v)
	for i := from; i < to; i++ {
		w[i] *= v
	}
	return true
}

// project computes the correlations of the items and of the scores with the scores.
func (e *engine) project() {
	p, j := e.p, e.j
	for i := range p {
		row, into := e.r[i*p:i*p+p], e.rw[i*j:i*j+j]
		for c := range into {
			from, to, s := e.first[c], e.first[c+1], 0.0
			block, w := row[from:to], e.w[from:to]
			for k, x := range block {
				s += x * w[k]
			}
			into[c] = s
		}
	}
	clear(e.c)
	for i, c := range e.owner {
		into, row, w := e.c[c*j:c*j+j], e.rw[i*j:i*j+j], e.w[i]
		for k, x := range row {
			into[k] += w * x
		}
	}
}

// neighbours fills the inner weights.
func (e *engine) neighbours() error {
	j := e.j
	for c := range j {
		for _, n := range e.near[c] {
			r := e.c[n*j+c]
			if e.Scheme == Centroid {
				r = sign(r)
			}
			e.inner[n*j+c] = r
		}
		if e.Scheme != PathWeighting || len(e.pre[c]) == 0 {
			continue
		}
		if err := e.regress(c); err != nil {
			return err
		}
		for k, n := range e.pre[c] {
			e.inner[n*j+c] = e.beta[k]
		}
	}
	return nil
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// regress leaves the coefficients of a construct on its predecessors in beta
// and the factor of their correlations in small.
func (e *engine) regress(c int) error {
	pre := e.pre[c]
	k := len(pre)
	for a, x := range pre {
		e.beta[a] = e.c[x*e.j+c]
		for b, y := range pre {
			e.small[a*k+b] = e.c[x*e.j+y]
		}
	}
	if factor(e.small, k, leastPivot) >= 0 {
		return fault(Collinear, -1, c)
	}
	solve(e.small, k, e.beta[:k])
	return nil
}

// outer finds the next weights; it returns the largest change.
func (e *engine) outer() (float64, error) {
	j, change := e.j, 0.0
	for c, b := range e.Constructs {
		from, to := e.first[c], e.first[c+1]
		if b.Fixed != nil {
			copy(e.next[from:to], e.w[from:to])
			continue
		}
		for i := from; i < to; i++ {
			s := 0.0
			for _, n := range e.near[c] {
				s += e.inner[n*j+c] * e.rw[i*j+n]
			}
			e.next[i] = s
		}
		if b.Mode == B {
			solve(e.factors[e.at[c]:e.at[c]+b.Items*b.Items], b.Items, e.next[from:to])
		}
		if !e.unit(e.next, c) {
			return 0, fault(Unrelated, -1, c)
		}
		for i := from; i < to; i++ {
			if d := math.Abs(e.next[i] - e.w[i]); !(d <= change) {
				change = d
			}
		}
	}
	return change, nil
}

// turn settles the sign of every score and keeps the own loadings.
func (e *engine) turn(like []float64) {
	j := e.j
	for c := range j {
		agree := 0.0
		for i := e.first[c]; i < e.first[c+1]; i++ {
			if l := e.rw[i*j+c]; like != nil {
				agree += l * like[i]
			} else {
				agree += sign(l)
			}
		}
		if agree < 0 {
			e.flip(c)
		}
		for i := e.first[c]; i < e.first[c+1]; i++ {
			e.loads[i] = e.rw[i*j+c]
		}
	}
}

func (e *engine) flip(c int) {
	j := e.j
	for i := e.first[c]; i < e.first[c+1]; i++ {
		e.w[i] = -e.w[i]
	}
	for i := range e.p {
		e.rw[i*j+c] = -e.rw[i*j+c]
	}
	for k := range j {
		if k != c {
			e.c[k*j+c], e.c[c*j+k] = -e.c[k*j+c], -e.c[c*j+k]
		}
	}
}
