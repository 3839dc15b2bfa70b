package pls

import (
	"math"
	"math/rand/v2"

	"manyi/internal/stat"
)

// Difference is one figure in two groups: B less A, and its two-sided p.
type Difference struct{ A, B, Difference, P float64 }

// Comparison is two groups compared: every path and every index.
type Comparison struct {
	Permutations int // 0 where the groups are too large for it and P is of the standard errors of the bootstrap
	Failed       int // permutations without an estimate, left out
	Paths, Index []Difference
}

// Compare estimates the model in two groups and asks whether chance alone
// explains their differences: p is the share of random divisions of all rows
// into groups of the same sizes with a difference at least as large, the found
// one counted. Signs are those of the estimate of all. Beyond exactRows rows p is
// of z = d/√(SE²_A + SE²_B) with standard errors of as many resamples.
// Source: Chin and Dibbern (2010), in Handbook of Partial Least Squares, 171-193.
func Compare(m Model, a, b Rows, missing Missing, permutations int, seed uint64) (*Comparison, error) {
	first, err := Estimate(m, a, missing)
	if err != nil {
		return nil, err
	}
	second, err := Estimate(m, b, missing)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Paths: make([]Difference, len(m.Paths)), Index: make([]Difference, len(m.Constructs))}
	all, err := Estimate(m, both(a, b), missing)
	if err != nil {
		return nil, err
	}
	second.turnLike(all)
	first.turnLike(all)
	for k := range c.Paths {
		c.Paths[k] = differ(first.Fit.Paths[k], second.Fit.Paths[k])
	}
	for k := range c.Index {
		c.Index[k] = differ(first.Fit.Index[k], second.Fit.Index[k])
	}
	if all.sample.units != nil {
		c.resample(first, second, permutations, seed)
		return c, nil
	}
	c.Permutations = permutations
	c.permute(all, first.sample.rows, permutations, seed)
	return c, nil
}

func differ(a, b float64) Difference { return Difference{a, b, b - a, math.NaN()} }

// both is the rows of one group after those of the other.
func both(a, b Rows) Rows {
	r := Rows{N: a.N + b.N, Read: func(i int, into []float64) {
		if i < a.N {
			a.Read(i, into)
		} else {
			b.Read(i-a.N, into)
		}
	}}
	if a.Weights != nil || b.Weights != nil {
		r.Weights = make([]float64, 0, r.N)
		for i := range a.N {
			r.Weights = append(r.Weights, a.weight(i))
		}
		for i := range b.N {
			r.Weights = append(r.Weights, b.weight(i))
		}
	}
	return r
}

// turnLike settles the signs of the scores by another estimate.
func (st *Study) turnLike(other *Study) {
	e, j := newEngine(st.plan), st.plan.j
	if e.correlate(st.moments.cov) != nil || e.run(other.loads) != nil {
		return
	}
	for k, p := range st.plan.Paths {
		st.Fit.Paths[k] = e.b[p.From*j+p.To]
	}
}

// permute fills the p-values.
func (c *Comparison) permute(all *Study, size, permutations int, seed uint64) {
	l := all.plan.layout(false)
	paths, index := make([][]bool, permutations), make([][]bool, permutations)
	parallel(permutations, func() func(int) {
		run, order := all.resampler(&l), make([]int32, all.sample.size())
		one, two := make([]float64, l.size), make([]float64, l.size)
		return func(k int) {
			random := rand.New(rand.NewPCG(seed, uint64(k)))
			for i := range order {
				order[i] = int32(i)
			}
			random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			for part, into := range [][]float64{one, two} {
				rows := order[:size]
				if part == 1 {
					rows = order[size:]
				}
				run(func(into sums) {
					clear(into.v)
					for _, r := range rows {
						all.sample.add(into, int(r), 1)
					}
				}, into)
			}
			if math.IsNaN(one[l.paths]) || math.IsNaN(two[l.paths]) {
				return
			}
			paths[k], index[k] = reached(c.Paths, one[l.paths:], two[l.paths:]), reached(c.Index, one[l.index:], two[l.index:])
		}
	})
	for _, p := range paths {
		if p == nil {
			c.Failed++
		}
	}
	share(c.Paths, paths)
	share(c.Index, index)
}

// reached tells which differences of two random groups are as large as those found.
func reached(found []Difference, one, two []float64) []bool {
	out := make([]bool, len(found))
	for k, d := range found {
		out[k] = math.Abs(two[k]-one[k]) >= math.Abs(d.Difference)
	}
	return out
}

func share(found []Difference, reached [][]bool) {
	for k := range found {
		hits, n := 1.0, 1.0
		for _, r := range reached {
			if r != nil {
				n++
				if r[k] {
					hits++
				}
			}
		}
		found[k].P = hits / n
	}
}

// resample fills the p-values from the standard errors of the bootstrap.
func (c *Comparison) resample(a, b *Study, resamples int, seed uint64) {
	one := a.Bootstrap(BootstrapOptions{Resamples: resamples, Seed: seed})
	two := b.Bootstrap(BootstrapOptions{Resamples: resamples, Seed: seed + 1})
	fill := func(found []Difference, x, y []Spread) {
		for k := range found {
			found[k].P = stat.TwoSidedZ(found[k].Difference / math.Hypot(x[k].SE, y[k].SE))
		}
	}
	fill(c.Paths, one.Paths, two.Paths)
	fill(c.Index, one.Index, two.Index)
}
