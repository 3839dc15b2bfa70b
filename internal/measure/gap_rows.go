package measure

import (
	"math"

	"manyi/internal/stat"
	"manyi/internal/table"
)

const (
	gapBlocks = 64   // parts of a wave that are added up apart, at most
	gapChunk  = 1024 // rows that are decoded at a time
)

// spans cuts rows into at most so many parts whose borders depend on nothing else.
func spans(rows, parts int) [][2]int {
	size := max(gapChunk, (rows+parts-1)/parts)
	var out [][2]int
	for from := 0; from < rows; from += size {
		out = append(out, [2]int{from, min(from+size, rows)})
	}
	return out
}

// read adds up every group of g. Parts are added in their order, so that the
// sums are the same on any number of processors.
func (p *gapPlan) read(g groups) []*gapSums {
	parts := spans(len(g.of), gapBlocks)
	found := make([][]*gapSums, len(parts))
	each(len(parts), func(i int) {
		found[i] = make([]*gapSums, len(g.codes))
		for k := range found[i] {
			found[i][k] = p.sums()
		}
		p.part(parts[i], g, found[i])
	})
	out := make([]*gapSums, len(g.codes))
	for k := range out {
		out[k] = p.sums()
		for i := range found {
			out[k].merge(found[i][k])
		}
	}
	return out
}

// gapBuffers are the decoded rows of one chunk.
type gapBuffers struct{ perceived, expected, adequate, points [][]float64 }

func (p *gapPlan) buffers() gapBuffers {
	make2 := func(n int) [][]float64 {
		out := make([][]float64, n)
		for i := range out {
			out[i] = make([]float64, gapChunk)
		}
		return out
	}
	return gapBuffers{make2(len(p.pairs)), make2(len(p.pairs)), make2(len(p.pairs)), make2(len(p.points))}
}

func (p *gapPlan) part(span [2]int, g groups, out []*gapSums) {
	b := p.buffers()
	r := gapRow{plan: p, buffers: b, gaps: make([]float64, len(p.points))}
	for from := span[0]; from < span[1]; from += gapChunk {
		n := min(gapChunk, span[1]-from)
		for i, c := range p.pairs {
			c.perceived.fill(b.perceived[i][:n], from)
			if p.expects {
				c.expected.fill(b.expected[i][:n], from)
			}
			if c.zoned {
				c.adequate.fill(b.adequate[i][:n], from)
			}
		}
		for d, c := range p.points {
			c.fill(b.points[d][:n], from)
		}
		for i := range n {
			if k := g.of[from+i]; k >= 0 {
				r.add(out[k], from+i, i)
			}
		}
	}
}

// gapRow adds one respondent.
type gapRow struct {
	plan    *gapPlan
	buffers gapBuffers
	gaps    []float64 // of the dimensions, NaN without
}

func (r *gapRow) add(s *gapSums, row, at int) {
	w := r.plan.wave.weight(row)
	sum, n := 0.0, 0
	for d := range r.gaps {
		r.gaps[d] = r.dimension(s, d, at, w)
		if !math.IsNaN(r.gaps[d]) {
			sum, n = sum+r.gaps[d], n+1
		}
		if v := r.buffers.points[d][at]; !math.IsNaN(v) {
			s.points[d].Add(v, w)
		}
	}
	if n == 0 {
		return
	}
	s.any.Add(sum/float64(n), w)
	class := r.plan.class(sum / float64(n))
	s.classes[class] = plus(s.classes[class], w)
	for i, c := range r.plan.outcome {
		if c == nil {
			continue
		}
		if code, why := c.Code(row); why == table.Answered && code < len(c.Codes) {
			cell := &s.outcome[i][class][code]
			cell.rows++
			cell.Point = plus(cell.Point, w)
		}
	}
	if w > 0 {
		r.cross(s, w*w)
	}
}

func (r *gapRow) cross(s *gapSums, w2 float64) {
	for d, x := range r.gaps {
		if math.IsNaN(x) {
			continue
		}
		for k, y := range r.gaps[d:] {
			if !math.IsNaN(y) {
				c := &s.both[d][k]
				c.w += w2
				c.d += w2 * x
				c.e += w2 * y
				c.de += w2 * x * y
			}
		}
	}
}

// dimension adds the pairs of one dimension and returns the respondent's mean
// of what is measured: the gap, or the performance alone; NaN without.
func (r *gapRow) dimension(s *gapSums, d, at int, w float64) float64 {
	first, last := r.plan.first[d], r.plan.first[d+1]
	whole := true
	var sum, zoned [3]float64 // perceived, expected, gap; perceived, adequate, expected
	n, nz := 0, 0
	for i := first; i < last; i++ {
		p, e, ok := r.pair(i, at)
		if !ok {
			whole = false
			continue
		}
		gap := p - e
		sum[0], sum[1], sum[2], n = sum[0]+p, sum[1]+e, sum[2]+gap, n+1
		l := &s.pairs[i].levels
		r.plan.take(l, p, e, gap, w)
		if a := r.buffers.adequate[i][at]; r.plan.pairs[i].zoned && !math.IsNaN(a) {
			l.place(p, a, e, w)
			zoned[0], zoned[1], zoned[2], nz = zoned[0]+p, zoned[1]+a, zoned[2]+e, nz+1
		}
	}
	if n == 0 {
		return math.NaN()
	}
	ds, k := &s.dimensions[d], float64(n)
	r.plan.take(&ds.levels, sum[0]/k, sum[1]/k, sum[2]/k, w)
	if nz > 0 {
		z := float64(nz)
		ds.place(zoned[0]/z, zoned[1]/z, zoned[2]/z, w)
	}
	if whole && n > 1 {
		r.complete(s, d, at, w, sum)
	}
	if r.plan.expects {
		return sum[2] / k
	}
	return sum[0] / k
}

// pair is what was met and expected; expected is 0 where performance alone is measured.
func (r *gapRow) pair(i, at int) (p, e float64, ok bool) {
	p = r.buffers.perceived[i][at]
	if r.plan.expects {
		e = r.buffers.expected[i][at]
	}
	return p, e, !math.IsNaN(p) && !math.IsNaN(e)
}

// complete adds a row that has every pair of the dimension, for its reliability.
func (r *gapRow) complete(s *gapSums, d, at int, w float64, sum [3]float64) {
	for i := r.plan.first[d]; i < r.plan.first[d+1]; i++ {
		p, e, _ := r.pair(i, at)
		m := &s.pairs[i].whole
		m[0].Add(p, w)
		m[1].Add(e, w)
		m[2].Add(p-e, w)
	}
	for k := range sum {
		s.dimensions[d].total[k].Add(sum[k], w)
	}
}

// take adds what was met and expected.
func (p *gapPlan) take(l *levels, perceived, expected, gap, w float64) {
	l.perceived.Add(perceived, w)
	if !p.expects {
		return
	}
	l.expected.Add(expected, w)
	l.gap.Add(gap, w)
	k := p.class(gap)
	l.classes[k] = plus(l.classes[k], w)
}

// place adds a rating that has a zone of tolerance from adequate to expected.
func (l *levels) place(perceived, adequate, expected, w float64) {
	l.adequate.Add(adequate, w)
	l.above.Add(perceived-adequate, w)
	at := zoneWithin
	switch {
	case adequate > expected:
		at = zoneContrary
	case perceived < adequate:
		at = zoneBelow
	case perceived > expected:
		at = zoneAbove
	}
	l.zone[at] = plus(l.zone[at], w)
}

func (s *gapSums) merge(o *gapSums) {
	for i := range s.pairs {
		s.pairs[i].levels.merge(&o.pairs[i].levels)
		mergeAll(s.pairs[i].whole[:], o.pairs[i].whole[:])
	}
	for d := range s.dimensions {
		s.dimensions[d].levels.merge(&o.dimensions[d].levels)
		mergeAll(s.dimensions[d].total[:], o.dimensions[d].total[:])
		for k, c := range o.both[d] {
			b := &s.both[d][k]
			b.w, b.d, b.e, b.de = b.w+c.w, b.d+c.d, b.e+c.e, b.de+c.de
		}
	}
	mergeAll(s.points, o.points)
	s.any.Merge(o.any)
	joinPoints(s.classes[:], o.classes[:])
	for i := range s.outcome {
		for k := range s.outcome[i] {
			for c, cell := range o.outcome[i][k] {
				into := &s.outcome[i][k][c]
				into.rows += cell.rows
				into.N, into.W, into.W2 = into.N+cell.N, into.W+cell.W, into.W2+cell.W2
			}
		}
	}
}

func (l *levels) merge(o *levels) {
	l.perceived.Merge(o.perceived)
	l.expected.Merge(o.expected)
	l.gap.Merge(o.gap)
	l.adequate.Merge(o.adequate)
	l.above.Merge(o.above)
	joinPoints(l.zone[:], o.zone[:])
	joinPoints(l.classes[:], o.classes[:])
}

func mergeAll(into, from []stat.Moment) {
	for i := range into {
		into[i].Merge(from[i])
	}
}

func joinPoints(into, from []stat.Point) {
	for i, p := range from {
		into[i].N, into[i].W, into[i].W2 = into[i].N+p.N, into[i].W+p.W, into[i].W2+p.W2
	}
}
