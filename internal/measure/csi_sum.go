package measure

import "math"

// indexSums are the moments of an index by group.
type indexSums struct {
	main      [][]indexMoments   // by place and group, by the chosen weights
	roots     [][]indexMoments   // by scheme and group
	tops      [][][]indexMoments // by scheme, top facet and group
	effective []indexMoments     // by place, of everyone, weighted by the effective weight; nil of groups
}

// chunkRows is how many rows are summed at a time; the parts are joined in
// their order, so that sums do not depend on the number of processors.
const chunkRows = 1 << 16

// sum computes the index of every row and sums it by group.
func (w *wave) sum(x *indexed, g groups, effective bool) *indexSums {
	rows := w.table.Rows
	chunks := max((rows+chunkRows-1)/chunkRows, 1)
	parts := make([]*indexSums, chunks)
	each(chunks, func(i int) {
		parts[i] = w.sumRows(x, g, i*chunkRows, min((i+1)*chunkRows, rows), effective)
	})
	out := parts[0]
	for _, p := range parts[1:] {
		out.join(p)
	}
	return out
}

func newIndexSums(x *indexed, groups int, effective bool) *indexSums {
	of := func(n int) [][]indexMoments {
		out := make([][]indexMoments, n)
		for i := range out {
			out[i] = make([]indexMoments, groups)
		}
		return out
	}
	s := &indexSums{main: of(x.tree.places()), roots: of(len(x.schemes))}
	for range x.schemes {
		s.tops = append(s.tops, of(len(x.tree.root().below)))
	}
	if effective {
		s.effective = make([]indexMoments, x.tree.places())
	}
	return s
}

// sumRows sums rows from … to.
func (w *wave) sumRows(x *indexed, g groups, from, to int, effective bool) *indexSums {
	s := newIndexSums(x, len(g.codes), effective)
	t := x.tree
	scorer := t.scorer(x.schemes[0].weights)
	root := t.places() - 1
	for ; from < to; from += blockRows {
		n := min(blockRows, to-from)
		scorer.read(from, n)
		for k, way := range x.schemes {
			scorer.weights = way.weights
			scorer.compute(n)
			w.take(s.roots[k], g, effective, from, scorer.scores[root][:n])
			for j, p := range t.root().below {
				w.take(s.tops[k][j], g, effective, from, scorer.scores[p][:n])
			}
			if k > 0 {
				continue
			}
			for p := range s.main {
				w.take(s.main[p], g, effective, from, scorer.scores[p][:n])
			}
			if effective {
				scorer.effective(n)
				w.takeEffective(s.effective, scorer, from, n)
			}
		}
	}
	s.close(w.weights == nil)
	return s
}

// take adds the scores of rows from … to the indexMoments of their groups.
func (w *wave) take(to []indexMoments, g groups, all bool, from int, scores []float64) {
	if w.weights != nil {
		for i, y := range scores {
			if k := g.of[from+i]; k >= 0 && y == y {
				to[k].weigh(y, w.weights[from+i])
			}
		}
		return
	}
	if all {
		m := to[0]
		for _, y := range scores {
			if y == y {
				m.add(y)
			}
		}
		to[0] = m
		return
	}
	for i, y := range scores {
		if k := g.of[from+i]; k >= 0 && y == y {
			to[k].add(y)
		}
	}
}

// takeEffective adds the scores of every place by their effective weight.
func (w *wave) takeEffective(to []indexMoments, s *scorer, from, n int) {
	for p := range to {
		m, share := to[p], s.share[p][:n]
		for i, y := range s.scores[p][:n] {
			if y == y && share[i] > 0 {
				m.weigh(y, share[i]*w.weight(from+i))
			}
		}
		to[p] = m
	}
}

func (s *indexSums) all(f func(m *indexMoments)) {
	for _, of := range s.main {
		for k := range of {
			f(&of[k])
		}
	}
	for _, of := range s.roots {
		for k := range of {
			f(&of[k])
		}
	}
	for _, tops := range s.tops {
		for _, of := range tops {
			for k := range of {
				f(&of[k])
			}
		}
	}
}

func (s *indexSums) close(plain bool) {
	s.all(func(m *indexMoments) { m.close(plain) })
	for p := range s.effective {
		s.effective[p].close(false)
	}
}

// join adds the sums of later rows.
func (s *indexSums) join(o *indexSums) {
	var others []*indexMoments
	o.all(func(m *indexMoments) { others = append(others, m) })
	s.all(func(m *indexMoments) {
		m.join(*others[0])
		others = others[1:]
	})
	for p := range s.effective {
		s.effective[p].join(o.effective[p])
	}
}

// weightEffect is what a place is in the index of a wave: the mean of its effective
// weight, and the mean of its score by that weight. Over the items, and over
// the top facets, Σ share·score is the index exactly, whatever is missing.
type weightEffect struct {
	share, score, se float64
	n                int
}

func effects(of []indexMoments) []weightEffect {
	out := make([]weightEffect, len(of))
	all := of[len(of)-1].w
	for p := range of {
		m := &of[p]
		out[p] = weightEffect{share: m.w / all, score: m.mean(), se: math.NaN(), n: m.n}
		if m.n > 1 {
			n := float64(m.n)
			out[p].se = math.Sqrt(n/(n-1)*m.c2) / m.w
		}
	}
	return out
}
