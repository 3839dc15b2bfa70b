package pls

import "math"

// disattenuate computes rho_A of every block and, for consistent PLS, the
// correlations of the constructs and the loadings that it implies.
func (e *engine) disattenuate() error {
	j := e.j
	for c := range e.Constructs {
		e.rhoA[c] = e.reliability(c)
	}
	if !e.Consistent {
		return nil
	}
	for c := range j {
		if !(e.rhoA[c] > 0 && e.rhoA[c] <= 1) {
			return fault(Inadmissible, -1, c)
		}
		for k := range c {
			r := e.c[c*j+k] / math.Sqrt(e.rhoA[c]*e.rhoA[k])
			if math.Abs(r) > 1 {
				return fault(Inadmissible, -1, c)
			}
			e.c[c*j+k], e.c[k*j+c] = r, r
		}
		if !e.reflective(c) {
			continue
		}
		squares := 0.0
		for _, w := range e.w[e.first[c]:e.first[c+1]] {
			squares += w * w
		}
		for i := e.first[c]; i < e.first[c+1]; i++ {
			e.loads[i] = e.w[i] * math.Sqrt(e.rhoA[c]) / squares
		}
	}
	return nil
}

// reflective reports whether a construct is taken as the common factor of several items.
func (pl *plan) reflective(c int) bool {
	b := pl.Constructs[c]
	return b.Items > 1 && b.Mode == A && b.Fixed == nil
}

// reliability is rho_A = (w'w)² · w'(R − diag R)w / w'(ww' − diag ww')w of a
// block of mode A with several items, 1 of any other.
// Source: Dijkstra and Henseler (2015), equation 3.
func (e *engine) reliability(c int) float64 {
	if !e.reflective(c) {
		return 1
	}
	from, to := e.first[c], e.first[c+1]
	squares, fourths, off := 0.0, 0.0, 0.0
	for i := from; i < to; i++ {
		w := e.w[i]
		squares += w * w
		fourths += w * w * w * w
		for k := from; k < i; k++ {
			off += 2 * w * e.w[k] * e.r[i*e.p+k]
		}
	}
	return squares * squares * off / (squares*squares - fourths)
}

// structure computes direct and total effects, R² and the VIF of every path.
// T = (I − B)⁻¹ − I is summed along the order of causes.
func (e *engine) structure() error {
	j := e.j
	clear(e.b)
	clear(e.total)
	for _, to := range e.order {
		e.r2[to] = math.NaN()
		k := len(e.pre[to])
		if k == 0 {
			continue
		}
		if err := e.regress(to); err != nil {
			return err
		}
		explained := 0.0
		for a, from := range e.pre[to] {
			e.b[from*j+to] = e.beta[a]
			explained += e.beta[a] * e.c[from*j+to]
		}
		if e.Consistent && explained > 1 {
			return fault(Inadmissible, -1, to)
		}
		e.r2[to] = explained
		inverseDiagonal(e.small, k, e.beta, e.column)
		for a, path := range e.edge[to] {
			e.vif[path] = e.beta[a]
		}
		for _, mid := range e.pre[to] {
			direct := e.b[mid*j+to]
			e.total[mid*j+to] += direct
			for from := range j {
				e.total[from*j+to] += e.total[from*j+mid] * direct
			}
		}
	}
	return nil
}
