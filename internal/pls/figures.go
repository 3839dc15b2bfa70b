package pls

import "math"

// layout is where each figure of an estimate stands in one flat list, as the
// bootstrap keeps it.
type layout struct {
	paths, weights, loadings, r2, index, means, alpha, rhoA, rhoC, ave, fSquared, total, points, htmt, levers int
	size                                                                                                      int
	pairs                                                                                                     [][2]int // from, to where an effect exists
}

func (pl *plan) layout(htmt bool) layout {
	var l layout
	place := func(at *int, n int) {
		*at = l.size
		l.size += n
	}
	for from := range pl.j {
		for to := range pl.j {
			if pl.reach[from*pl.j+to] {
				l.pairs = append(l.pairs, [2]int{from, to})
			}
		}
	}
	for _, at := range []*int{&l.paths, &l.fSquared} {
		place(at, len(pl.Paths))
	}
	for _, at := range []*int{&l.weights, &l.loadings, &l.means, &l.levers} {
		place(at, pl.p)
	}
	for _, at := range []*int{&l.r2, &l.index, &l.alpha, &l.rhoA, &l.rhoC, &l.ave} {
		place(at, pl.j)
	}
	place(&l.total, len(l.pairs))
	place(&l.points, len(l.pairs))
	l.htmt = -1
	if htmt {
		place(&l.htmt, pl.j*(pl.j-1)/2)
	}
	return l
}

// fill writes the figures of the last estimate; m are the moments in the items' own units.
func (e *engine) fill(l *layout, m *moments, into []float64) {
	j := e.j
	for k, a := range e.Paths {
		b := e.b[a.From*j+a.To]
		into[l.paths+k] = b
		into[l.fSquared+k] = b * b / e.vif[k] / (1 - e.r2[a.To])
	}
	copy(into[l.weights:], e.w)
	copy(into[l.loadings:], e.loads)
	copy(into[l.means:], m.mean)
	copy(into[l.r2:], e.r2)
	copy(into[l.rhoA:], e.rhoA)
	for c := range j {
		into[l.alpha+c] = e.alpha(m.cov, c)
		into[l.rhoC+c] = e.rhoC(c)
		into[l.ave+c] = e.ave(c)
		into[l.index+c], _ = e.score(m, c)
	}
	e.lever(into[l.levers : l.levers+e.p])
	for k, pair := range l.pairs {
		t := e.total[pair[0]*j+pair[1]]
		_, from := e.score(m, pair[0])
		_, to := e.score(m, pair[1])
		into[l.total+k], into[l.points+k] = t, t*to/from
	}
	if l.htmt >= 0 {
		k := l.htmt
		for c := range j {
			for d := range c {
				into[k] = e.htmt(c, d)
				k++
			}
		}
	}
}

// score returns mean and standard deviation of a construct on the scale of its
// items: Σ ũx with the unstandardised weights ũ = (w/s)/Σ(w/s), so that lowest
// answers give the lowest and highest answers the highest score.
// Source: Fornell and others, J. Marketing 60(4) (1996) 7-18.
func (e *engine) score(m *moments, c int) (mean, sd float64) {
	sum := 0.0
	for i := e.first[c]; i < e.first[c+1]; i++ {
		w := e.w[i] / e.sd[i]
		sum += w
		mean += w * m.mean[i]
	}
	return mean / sum, 1 / math.Abs(sum)
}

// lever fills by how many points the target's score rises for one point of each
// item: the item's part in its score times the total effect of the construct in points.
func (e *engine) lever(into []float64) {
	target := e.slope(e.Target)
	for i, c := range e.owner {
		into[i] = e.w[i] / e.sd[i] * e.total[c*e.j+e.Target] / target
	}
}

// slope is Σ w/s of a block: a score has the standard deviation 1/slope.
func (e *engine) slope(c int) float64 {
	sum := 0.0
	for i := e.first[c]; i < e.first[c+1]; i++ {
		sum += e.w[i] / e.sd[i]
	}
	return math.Abs(sum)
}

// alpha is Cronbach's from a covariance (or correlation) matrix of the items:
// k/(k−1)·(1 − Σs²/s_T²); 1 of a single item.
func (pl *plan) alpha(cov []float64, c int) float64 {
	from, to := pl.first[c], pl.first[c+1]
	if to-from == 1 {
		return 1
	}
	own, all := 0.0, 0.0
	for i := from; i < to; i++ {
		own += cov[i*pl.p+i]
		for _, x := range cov[i*pl.p+from : i*pl.p+to] {
			all += x
		}
	}
	k := float64(to - from)
	return k / (k - 1) * (1 - own/all)
}

// rhoC is (Σλ)²/((Σλ)² + Σ(1 − λ²)).
func (e *engine) rhoC(c int) float64 {
	sum, rest := 0.0, 0.0
	for _, l := range e.loads[e.first[c]:e.first[c+1]] {
		sum += l
		rest += 1 - l*l
	}
	return sum * sum / (sum*sum + rest)
}

// ave is the mean communality of the block.
func (e *engine) ave(c int) float64 {
	squares := 0.0
	for _, l := range e.loads[e.first[c]:e.first[c+1]] {
		squares += l * l
	}
	return squares / float64(e.Constructs[c].Items)
}

// htmt is mean |r| between the items of two blocks over the geometric mean of
// mean |r| within each, 1 within a single item.
// Source: Henseler, Ringle and Sarstedt, J. Acad. Marketing Sci. 43 (2015) 115-135.
func (e *engine) htmt(c, d int) float64 {
	between, n := 0.0, 0
	for i := e.first[c]; i < e.first[c+1]; i++ {
		for _, r := range e.r[i*e.p+e.first[d] : i*e.p+e.first[d+1]] {
			between += math.Abs(r)
			n++
		}
	}
	return between / float64(n) / math.Sqrt(e.within(c)*e.within(d))
}

func (e *engine) within(c int) float64 {
	from, to := e.first[c], e.first[c+1]
	if to-from == 1 {
		return 1
	}
	sum, n := 0.0, 0
	for i := from; i < to; i++ {
		for _, r := range e.r[i*e.p+from : i*e.p+i] {
			sum += math.Abs(r)
			n++
		}
	}
	return sum / float64(n)
}
