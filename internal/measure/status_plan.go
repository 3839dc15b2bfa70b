package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

const (
	wholeUnits = 2000 // what a resample of the whole draws, at most
	groupUnits = 400  // what a resample of a group draws, at most
)

// statusPlan is the columns of a status matrix, ready to be read.
type statusPlan struct {
	wave        *wave
	spec        *survey.ImportancePerformance
	performance []values
	stated      []values
	outcome     values
	low, high   float64 // ends of the scale of performance
	least, most float64 // and of stated importance
}

func (w *wave) statusPlan(spec *survey.ImportancePerformance) *statusPlan {
	nan := math.NaN()
	p := &statusPlan{wave: w, spec: spec, outcome: w.ratings(spec.Outcome), low: nan, high: nan, least: nan, most: nan}
	for _, item := range spec.Items {
		performance, stated := w.ratings(item.Performance), w.ratings(item.Importance)
		if len(performance.of) > 0 {
			p.low, p.high = slices.Min(performance.of), slices.Max(performance.of)
		}
		if len(stated.of) > 0 {
			p.least, p.most = slices.Min(stated.of), slices.Max(stated.of)
		}
		p.performance, p.stated = append(p.performance, performance), append(p.stated, stated)
	}
	return p
}

// statusSums is what one group adds up to.
type statusSums struct {
	answered stat.Moment // responses with any answer of performance
	items    []statusItemSums
	units    int
	complete *crossProducts // rows that have every performance and the outcome
}

// statusItemSums is one item. With is the joint weights of performance and
// outcome by their codes, or row by row where one has none.
type statusItemSums struct {
	performance, stated stat.Moment
	top                 float64 // weight of the highest importance
	both                int     // rows that have performance and outcome
	with                []float64
	codes               int // of the outcome
	valuesX, valuesY    []float64
	x, y, weights       []float64
	drawn               []statusUnit
}

// statusUnit is what a resample draws of an item: the sums of one response, or
// of several responses taken at equal steps.
type statusUnit struct {
	performanceW, performance float64
	statedW, stated           float64
	w, x, y, xx, yy, xy       float64
}

// bases are the counts that decide whether the item may be shown.
func (m *statusItemSums) bases() [5]int {
	return [5]int{m.performance.Rows, m.performance.N, m.stated.Rows, m.stated.N, m.both}
}

// points are the pairs of performance and outcome with their weights.
func (m *statusItemSums) points() (x, y, weights []float64) {
	x, y, weights = m.x, m.y, m.weights
	for i, w := range m.with {
		if w > 0 {
			x, y, weights = append(x, m.valuesX[i/m.codes]), append(y, m.valuesY[i%m.codes]), append(weights, w)
		}
	}
	return x, y, weights
}

// read adds up every group of g. Each item is read by one processor, in the
// order of the rows.
func (p *statusPlan) read(g groups) []*statusSums {
	out := make([]*statusSums, len(g.codes))
	for k := range out {
		out[k] = &statusSums{items: make([]statusItemSums, len(p.performance))}
	}
	unit := p.assign(g, out)
	each(len(p.performance), func(i int) {
		p.item(i, g, unit, out)
	})
	if p.spec.Outcome != "" {
		p.products(g, out)
	}
	return out
}

// assign counts the responses with any answer and gives each, group by group,
// the unit that it is drawn with; −1 without one.
func (p *statusPlan) assign(g groups, out []*statusSums) []int32 {
	unit := make([]int32, len(g.of))
	parts := spans(len(g.of), gapBlocks)
	each(len(parts), func(i int) {
		buffer := make([]float64, gapChunk)
		for from := parts[i][0]; from < parts[i][1]; from += gapChunk {
			rows := unit[from:min(from+gapChunk, parts[i][1])]
			for _, v := range p.performance {
				v.fill(buffer[:len(rows)], from)
				for j := range rows {
					if buffer[j] == buffer[j] {
						rows[j] = 1
					}
				}
			}
		}
	})
	for row, k := range g.of {
		if answered := unit[row] == 1; k >= 0 && answered {
			out[k].answered.Add(0, p.wave.weight(row))
		}
	}
	most, next := wholeUnits, make([]int32, len(out))
	if len(out) > 1 {
		most = groupUnits
	}
	for k := range out {
		out[k].units = min(out[k].answered.N, most)
	}
	for row, k := range g.of {
		answered := unit[row] == 1
		unit[row] = -1
		if k >= 0 && answered && p.wave.weight(row) > 0 {
			unit[row] = next[k]
			if next[k]++; int(next[k]) == out[k].units {
				next[k] = 0
			}
		}
	}
	return unit
}

// item reads one item of every group.
func (p *statusPlan) item(i int, g groups, unit []int32, out []*statusSums) {
	coded := len(p.performance[i].of) > 0 && len(p.outcome.of) > 0
	for k := range out {
		m := &out[k].items[i]
		m.drawn = make([]statusUnit, out[k].units)
		if coded {
			m.codes, m.valuesX, m.valuesY = len(p.outcome.of), p.performance[i].of, p.outcome.of
			m.with = make([]float64, len(m.valuesX)*m.codes)
		}
	}
	performance, stated, outcome := make([]float64, gapChunk), make([]float64, gapChunk), make([]float64, gapChunk)
	for from := 0; from < len(g.of); from += gapChunk {
		n := min(gapChunk, len(g.of)-from)
		p.performance[i].fill(performance[:n], from)
		p.stated[i].fill(stated[:n], from)
		p.outcome.fill(outcome[:n], from)
		for j := range n {
			k := g.of[from+j]
			if k < 0 {
				continue
			}
			r := statusRow{performance[j], stated[j], outcome[j], p.wave.weight(from + j)}
			m := &out[k].items[i]
			m.add(r, unit[from+j], p.most)
			if r.w > 0 && !math.IsNaN(r.performance) && !math.IsNaN(r.outcome) {
				m.joint(r, p.place(i, from+j))
			}
		}
	}
}

// statusRow is one response to one item.
type statusRow struct{ performance, stated, outcome, w float64 }

// place is the cell of the joint counts that a row belongs to.
func (p *statusPlan) place(i, row int) int {
	if len(p.performance[i].of) == 0 || len(p.outcome.of) == 0 {
		return -1
	}
	return p.performance[i].code(row)*len(p.outcome.of) + p.outcome.code(row)
}

// code is the code in a row of a column of codes.
func (v values) code(row int) int {
	if v.wide != nil {
		return int(v.wide[row])
	}
	return int(v.cells[row])
}

func (m *statusItemSums) joint(r statusRow, place int) {
	m.both++
	if place < 0 {
		m.x, m.y, m.weights = append(m.x, r.performance), append(m.y, r.outcome), append(m.weights, r.w)
		return
	}
	m.with[place] += r.w
}

func (m *statusItemSums) add(r statusRow, unit int32, most float64) {
	answered, said := r.performance == r.performance, r.stated == r.stated
	if answered {
		m.performance.Add(r.performance, r.w)
	}
	if said {
		m.stated.Add(r.stated, r.w)
		if r.stated == most {
			m.top += r.w
		}
	}
	if unit < 0 {
		return
	}
	u := &m.drawn[unit]
	if said {
		u.statedW += r.w
		u.stated += r.w * r.stated
	}
	if !answered {
		return
	}
	u.performanceW += r.w
	u.performance += r.w * r.performance
	if r.outcome == r.outcome {
		wx, wy := r.w*r.performance, r.w*r.outcome
		u.w += r.w
		u.x += wx
		u.y += wy
		u.xx += wx * r.performance
		u.yy += wy * r.outcome
		u.xy += wx * r.outcome
	}
}

// crossProducts are the sums and products of some columns over complete rows.
type crossProducts struct {
	w        float64
	sums     []float64
	products [][]float64
	partial  []float64 // worked out once
}

func newCrossProducts(n int) *crossProducts {
	c := &crossProducts{sums: make([]float64, n), products: make([][]float64, n)}
	for i := range c.products {
		c.products[i] = make([]float64, i+1)
	}
	return c
}

func (c *crossProducts) add(x []float64, w float64) {
	c.w += w
	for i, v := range x {
		wv := w * v
		c.sums[i] += wv
		row := c.products[i]
		for j := range row {
			row[j] += wv * x[j]
		}
	}
}

func (c *crossProducts) merge(o *crossProducts) {
	c.w += o.w
	for i := range c.sums {
		c.sums[i] += o.sums[i]
		for j := range c.products[i] {
			c.products[i][j] += o.products[i][j]
		}
	}
}

// covariances is the symmetric matrix of Σw(x−x̄)(y−ȳ).
func (c *crossProducts) covariances() [][]float64 {
	out := make([][]float64, len(c.sums))
	for i := range out {
		out[i] = make([]float64, len(c.sums))
	}
	for i := range out {
		for j := range i + 1 {
			out[i][j] = c.products[i][j] - c.sums[i]*c.sums[j]/c.w
			out[j][i] = out[i][j]
		}
	}
	return out
}

// products adds up the rows that have every performance and the outcome.
func (p *statusPlan) products(g groups, out []*statusSums) {
	columns := append(slices.Clone(p.performance), p.outcome)
	parts := spans(len(g.of), gapBlocks)
	found := make([][]*crossProducts, len(parts))
	each(len(parts), func(i int) {
		found[i] = make([]*crossProducts, len(out))
		for k := range found[i] {
			found[i][k] = newCrossProducts(len(columns))
		}
		p.completeRows(columns, parts[i], g, found[i])
	})
	for k, s := range out {
		s.complete = newCrossProducts(len(columns))
		for i := range found {
			s.complete.merge(found[i][k])
		}
	}
}

func (p *statusPlan) completeRows(columns []values, span [2]int, g groups, into []*crossProducts) {
	buffers := make([][]float64, len(columns))
	for c := range buffers {
		buffers[c] = make([]float64, gapChunk)
	}
	x := make([]float64, len(columns))
	for from := span[0]; from < span[1]; from += gapChunk {
		n := min(gapChunk, span[1]-from)
		for c, v := range columns {
			v.fill(buffers[c][:n], from)
		}
		for j := range n {
			k, w := g.of[from+j], p.wave.weight(from+j)
			if k < 0 || !(w > 0) {
				continue
			}
			sum := 0.0
			for c := range columns {
				x[c] = buffers[c][j]
				sum += x[c]
			}
			if sum == sum { // every one is a number
				into[k].add(x, w)
			}
		}
	}
}

// partial is the correlation of an item with the outcome, given the other items.
func (s *statusSums) partial(item int) float64 {
	if s.complete == nil {
		return math.NaN()
	}
	if s.complete.partial == nil {
		s.complete.partial = stat.Partial(s.complete.covariances())
	}
	return s.complete.partial[item]
}
