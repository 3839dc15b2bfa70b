package pls

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
)

const (
	// exactRows is up to how many rows a resample draws rows; beyond it draws
	// blocks of rows, which costs the same for every n.
	exactRows = 6000
	// blocks is how many blocks of random rows are drawn from then.
	blocks = 2000
	// blockSeed draws the blocks: which rows share one is no choice of the caller.
	blockSeed = 0x6d616e7969
)

// sample is the answers made ready: standardised by the means and standard
// deviations of all, so that no digits are lost in the sums.
type sample struct {
	p      int
	rows   int       // of positive weight, and complete where listwise
	center []float64 // of the items as they were given
	scale  []float64
	holes  bool
	weight []float64 // of each unit row, nil: all 1
	z      []float64 // rows × p where rows are drawn, else nil
	some   []bool    // rows with missing answers
	units  []sums    // blocks, else nil
	total  sums
}

// take reads the rows: once for centre and spread, once for the sums.
func (pl *plan) take(rows Rows, missing Missing) (*sample, error) {
	s := &sample{p: pl.p}
	used := s.measure(rows, missing)
	if s.rows < 2 {
		return nil, fault(TooFewRows, -1, -1)
	}
	for i, v := range s.scale {
		if !(v > 0) || math.IsInf(v, 0) {
			return nil, fault(ConstantItem, i, pl.owner[i])
		}
	}
	s.total = newSums(s.p, s.holes)
	if s.rows <= exactRows {
		s.keep(rows, used)
		return s, nil
	}
	s.block(rows, used)
	return s, nil
}

// span is how many rows are read at a time; its borders do not depend on the processors.
const span = 1 << 14

// course is mean and sum of squares of the items over some rows (Welford 1962).
type course struct {
	n, w, mean, squares []float64
	used                []int32
	holes               bool
}

// measure finds which rows count, and centre and spread of every item.
func (s *sample) measure(rows Rows, missing Missing) []int32 {
	parts := make([]course, (rows.N+span-1)/span)
	parallel(len(parts), func() func(int) {
		x := make([]float64, s.p)
		return func(k int) { parts[k] = s.passage(rows, missing, k*span, min((k+1)*span, rows.N), x) }
	})
	var all course
	for i := range parts {
		if i == 0 {
			all = parts[0]
			continue
		}
		all.join(&parts[i])
	}
	s.rows, s.holes, s.center, s.scale = len(all.used), all.holes, all.mean, nans(s.p)
	for j := range all.n {
		s.scale[j] = math.Sqrt(all.squares[j] / all.w[j])
	}
	return all.used
}

func (s *sample) passage(rows Rows, missing Missing, from, to int, x []float64) course {
	c := course{n: make([]float64, s.p), w: make([]float64, s.p), mean: make([]float64, s.p), squares: make([]float64, s.p)}
	for i := from; i < to; i++ {
		w := rows.weight(i)
		if !(w > 0) {
			continue
		}
		rows.Read(i, x)
		some, any := false, false
		for _, v := range x {
			some, any = some || math.IsNaN(v), any || !math.IsNaN(v)
		}
		if some && (missing == Listwise || !any) {
			continue
		}
		c.holes = c.holes || some
		c.used = append(c.used, int32(i))
		for j, v := range x {
			if !math.IsNaN(v) {
				c.n[j]++
				c.w[j] += w
				d := v - c.mean[j]
				c.mean[j] += w / c.w[j] * d
				c.squares[j] += w * d * (v - c.mean[j])
			}
		}
	}
	return c
}

// join adds the rows of another part (Chan, Golub and LeVeque 1983).
func (c *course) join(o *course) {
	c.used, c.holes = append(c.used, o.used...), c.holes || o.holes
	for j := range c.n {
		if o.n[j] == 0 {
			continue
		}
		w, d := c.w[j]+o.w[j], o.mean[j]-c.mean[j]
		c.squares[j] += o.squares[j] + d*d*c.w[j]*o.w[j]/w
		c.mean[j] += d * o.w[j] / w
		c.n[j], c.w[j] = c.n[j]+o.n[j], w
	}
}

// standardise reads one row.
func (s *sample) standardise(rows Rows, i int, x []float64) (some bool) {
	rows.Read(i, x)
	for j := range x {
		x[j] = (x[j] - s.center[j]) / s.scale[j]
		some = some || math.IsNaN(x[j])
	}
	return some
}

// keep holds every row.
func (s *sample) keep(rows Rows, used []int32) {
	s.z, s.some = make([]float64, len(used)*s.p), make([]bool, len(used))
	if rows.Weights != nil {
		s.weight = make([]float64, len(used))
	}
	for k, i := range used {
		x := s.z[k*s.p : (k+1)*s.p]
		s.some[k] = s.standardise(rows, int(i), x)
		if s.weight != nil {
			s.weight[k] = rows.weight(int(i))
		}
		s.add(s.total, k, 1)
	}
}

// add adds a row that is held, as often as it was drawn.
func (s *sample) add(to sums, k int, times float64) {
	if s.weight != nil {
		times *= s.weight[k]
	}
	if x := s.z[k*s.p : (k+1)*s.p]; s.some[k] {
		to.addSome(x, times)
	} else {
		to.add(x, times)
	}
}

// block gives every row at random to one of the blocks and sums each block.
func (s *sample) block(rows Rows, used []int32) {
	random := rand.New(rand.NewPCG(blockSeed, uint64(len(used))))
	home, from := make([]uint16, len(used)), make([]int32, blocks+1)
	for k := range used {
		home[k] = uint16(random.Uint32N(blocks))
		from[home[k]+1]++
	}
	for b := range blocks {
		from[b+1] += from[b]
	}
	sorted, next := make([]int32, len(used)), append([]int32(nil), from...)
	for k, i := range used {
		sorted[next[home[k]]] = i
		next[home[k]]++
	}
	s.units = make([]sums, blocks)
	parallel(blocks, func() func(int) {
		x := make([]float64, s.p)
		return func(b int) {
			s.units[b] = newSums(s.p, s.holes)
			for _, i := range sorted[from[b]:from[b+1]] {
				if s.standardise(rows, int(i), x) {
					s.units[b].addSome(x, rows.weight(int(i)))
				} else {
					s.units[b].add(x, rows.weight(int(i)))
				}
			}
		}
	})
	for b := range blocks {
		s.total.plus(s.units[b].v, 1)
	}
}

// size is how many units, rows or blocks, a resample draws.
func (s *sample) size() int {
	if s.units != nil {
		return len(s.units)
	}
	return s.rows
}

// draw sums the units by how often each was drawn.
func (s *sample) draw(times []uint16, into sums) {
	clear(into.v)
	for k, n := range times {
		switch {
		case n == 0:
		case s.units != nil:
			into.plus(s.units[k].v, float64(n))
		default:
			s.add(into, k, float64(n))
		}
	}
}

// without sums all units but one.
func (s *sample) without(k int, into sums) {
	copy(into.v, s.total.v)
	if s.units != nil {
		into.plus(s.units[k].v, -1)
	} else {
		s.add(into, k, -1)
	}
}

// restore returns the moments in the items' own units.
func (s *sample) restore(m *moments) {
	for j := range s.p {
		m.mean[j] = s.center[j] + s.scale[j]*m.mean[j]
		for k := range s.p {
			m.cov[j*s.p+k] *= s.scale[j] * s.scale[k]
		}
	}
}

// parallel calls the function of each worker for 0 to n−1.
func parallel(n int, worker func() func(int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Go(func() {
			do := worker()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wait.Wait()
}
