package chart

import (
	"math"
	"slices"
)

// matrix is the geometry of a Scatter figure.
type matrix struct {
	x, y  scale
	frame box
	marks []blob
	busy  obstacles

	fixed   []box     // texts of the field itself
	crosses [][2]spot // intervals: a name beside them is better than one on them
}

// blob is one point.
type blob struct {
	spot
	row    *Row
	r      float64
	urgent bool
	place  place
	placed bool
	number int // in the list below; 0 when its name stands at the point
	seat   seat
}

const (
	pointRadius = 5.0
	leastBubble = 4.0
	mostBubble  = 17.0
)

// scatter draws points in quadrants and returns the height.
func (p *plate) scatter() float64 {
	m := p.field()
	p.zones(m)
	p.fieldAxes(m)
	p.cuts(m)
	p.locatePoints(m)
	for i := range m.marks {
		p.cross(m, &m.marks[i])
	}
	p.placeNames(m)
	for _, i := range m.largestFirst() {
		p.point(m, &m.marks[i])
	}
	for i := range m.marks {
		p.nameMark(&m.marks[i])
		p.numberMark(&m.marks[i])
	}
	return p.listPoints(m, p.acrossLabels(m))
}

// field divides the width and chooses the axes.
func (p *plate) field() *matrix {
	m := &matrix{}

	lowX, highX := p.domain(p.Across, X, XLow, XHigh, p.cutX())
	lowY, highY := p.domain(p.Axis, Y, YLow, YHigh, p.cutY())
	top, left := 8.0, 0.0
	if label := p.axisName(p.Axis, Y); label != "" {
		lines := fit("tick", label, p.width)
		p.lines("tick", start, 0, 13, lines)
		top += float64(len(lines)) * leading("tick")
	}
	if p.Cuts != nil && p.Cuts.XLabel != "" {
		top += leading("ref") * float64(len(fit("ref", p.Cuts.XLabel, p.width*.6)))
	}
	at, format := p.fieldTicks(Y, lowY, highY, 5)
	for _, v := range at {
		left = max(left, width("tick", format.String(v)))
	}
	left += 10
	height := 400.0
	if !p.wide {
		height = 340
	}
	m.frame = box{left, top, p.width - left - 2, height}
	if !p.marked(p.shape) {
		m.frame.h = 60
	}
	m.x = scale{lowX, highX, m.frame.x, m.frame.x + m.frame.w}
	m.y = scale{lowY, highY, m.frame.y + m.frame.h, m.frame.y}
	m.busy.frame = m.frame
	return m
}

func (p *plate) cutX() float64 {
	if p.Cuts == nil {
		return math.NaN()
	}
	return p.Cuts.X
}

func (p *plate) cutY() float64 {
	if p.Cuts == nil {
		return math.NaN()
	}
	return p.Cuts.Y
}

// domain returns the ends of one axis: the author's, stretched where the data
// leave them, or the extent of points, intervals and cut with a margin.
func (f *Figure) domain(axis Axis, value, from, to Role, cut float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	take := func(v float64) {
		if finite(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	take(cut)
	for i := range f.Rows {
		if r := &f.Rows[i]; f.drawn(shape{}, r) {
			take(f.of(r, value))
			take(f.of(r, from))
			take(f.of(r, to))
		}
	}
	if low > high {
		low, high = 0, 1
	}
	if axis.Min < axis.Max {
		return min(low, axis.Min), max(high, axis.Max)
	}
	room := (high - low) * .07
	if high == low {
		if room = math.Abs(high) * .1; room == 0 {
			room = 1
		}
	}
	return low - room, high + room
}

// axisName is what an axis shows: its own label or its column's.
func (f *Figure) axisName(axis Axis, role Role) string {
	if i := f.with(role); axis.Label == "" && i >= 0 {
		return f.Columns[i].Label
	}
	return axis.Label
}

func (f *Figure) fieldTicks(role Role, low, high float64, most int) ([]float64, Format) {
	i := f.with(role)
	if i < 0 || !f.marked(f.shape()) {
		return nil, Format{}
	}
	at, by := ticks(low, high, most)
	for i, v := range at {
		if math.Abs(v) < by*1e-9 {
			at[i] = 0
		}
	}
	return at, f.Columns[i].Format.tickFormat(by)
}

// zones tints the quadrants that ask for something.
func (p *plate) zones(m *matrix) {
	if p.Cuts == nil || !finite(p.Cuts.X) || !finite(p.Cuts.Y) {
		return
	}
	for i := range p.Cuts.Quadrants {
		if p.Cuts.Quadrants[i].Tone == First {
			b := m.quadrant(i, p.Cuts)
			p.rect("zone", b.x, b.y, b.w, b.h)
		}
	}
}

// quadrant returns the room of a quadrant.
func (m *matrix) quadrant(i int, cuts *Cuts) box {
	x, y := m.x.at(cuts.X), m.y.at(cuts.Y)
	b := box{m.frame.x, m.frame.y, x - m.frame.x, y - m.frame.y}
	if i == UpperRight || i == LowerRight {
		b.x, b.w = x, m.frame.x+m.frame.w-x
	}
	if i == LowerLeft || i == LowerRight {
		b.y, b.h = y, m.frame.y+m.frame.h-y
	}
	return b
}

// fieldAxes draws the axes with the numbers of the y axis; a grid only where
// no cuts divide the field.
func (p *plate) fieldAxes(m *matrix) {
	f := m.frame
	at, format := p.fieldTicks(Y, m.y.min, m.y.max, 5)
	for _, v := range at {
		y := m.y.at(v)
		if p.Cuts == nil {
			p.line("grid", f.x, y, f.x+f.w, y)
		}
		p.text("tick", end, f.x-8, y+4.5, format.String(v))
	}
	across, _ := p.fieldTicks(X, m.x.min, m.x.max, 6)
	for _, v := range across {
		if p.Cuts == nil {
			p.line("grid", m.x.at(v), f.y, m.x.at(v), f.y+f.h)
		}
	}
	p.line("axis", f.x, f.y, f.x, f.y+f.h)
	p.line("axis", f.x, f.y+f.h, f.x+f.w, f.y+f.h)
}

// acrossLabels writes the numbers and the name of the x axis below the field
// and returns the y below them.
func (p *plate) acrossLabels(m *matrix) float64 {
	bottom := m.frame.y + m.frame.h
	most := 7
	if !p.wide {
		most = 4
	}
	at, format := p.fieldTicks(X, m.x.min, m.x.max, most)
	right := math.Inf(-1)
	for _, v := range at {
		text := format.String(v)
		w := width("tick", text)
		x := clamp(m.x.at(v), w, 0, p.width)
		if x-w/2 < right {
			continue
		}
		p.text("tick", middle, x, bottom+18, text)
		right = x + w/2 + 6
	}
	bottom += 24
	if label := p.axisName(p.Across, X); label != "" {
		lines := fit("tick", label, m.frame.w)
		p.lines("tick", end, m.frame.x+m.frame.w, bottom+14, lines)
		bottom += float64(len(lines))*leading("tick") + 2
	}
	return bottom
}

// locatePoints gives every point its place and its size.
func (p *plate) locatePoints(m *matrix) {
	largest := mostBubble
	if n := float64(len(p.Rows)); !p.wide && n > 12 { // or they would cover each other on a phone
		largest *= math.Sqrt(12 / n)
	}
	most := 0.0
	for i := range p.Rows {
		if v := p.area(&p.Rows[i]); v > most {
			most = v
		}
	}
	for i := range p.Rows {
		r := &p.Rows[i]
		if !p.drawn(p.shape, r) {
			continue
		}
		mark := blob{spot: spot{m.x.at(p.of(r, X)), m.y.at(p.of(r, Y))}, row: r, r: pointRadius, urgent: p.urgent(r)}
		if p.with(Area) >= 0 {
			mark.r = leastBubble
			if v := p.area(r); v > 0 {
				mark.r = max(leastBubble, largest*math.Sqrt(v/most))
			}
		}
		m.marks = append(m.marks, mark)
	}
}

func (p *plate) area(r *Row) float64 { return p.of(r, Area) }

// largestFirst orders the points so that small ones lie on large ones.
func (m *matrix) largestFirst() []int {
	order := make([]int, len(m.marks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case m.marks[a].r > m.marks[b].r:
			return -1
		case m.marks[a].r < m.marks[b].r:
			return 1
		}
		return 0
	})
	return order
}
