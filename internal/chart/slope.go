package chart

import "math"

// slope draws a line a row from the first to the second value, with labels at
// both ends that do not overlap.
func (p *plate) slope() float64 {
	if len(p.shape.parts) < 2 || !p.marked(p.shape) {
		return p.noSlope()
	}
	a, b := p.shape.parts[0], p.shape.parts[1]
	left, right := p.slopeEnds(a, b)
	x1, x2 := p.slopeRoom(left)+10, p.width-p.slopeRoom(right)-10
	heads := [2][]string{fit("head", p.Columns[a].Label, p.width/2-10), fit("head", p.Columns[b].Label, min(p.width-x2, p.width/2-10))}
	top := float64(max(len(heads[0]), len(heads[1])))*leading("head") + 12
	height := 0.0
	for i := range left {
		height += max(left[i].h, right[i].h)
	}
	bottom := top + max(height*1.25, 200)
	low, high := p.bounds(p.shape)
	y := scale{min: low, max: high, from: bottom - 14, to: top + 14}
	size, bold := fontSize("head")
	p.lines("head", end, max(x1, widest(heads[0], size, bold)), 16, heads[0])
	p.lines("head", start, x2, 16, heads[1])
	p.line("axis", x1, top, x1, bottom)
	p.line("axis", x2, top, x2, bottom)
	spread(left, func(i int) float64 { return y.at(left[i].value) }, top, bottom)
	spread(right, func(i int) float64 { return y.at(right[i].value) }, top, bottom)
	for i, l := range left {
		r := right[i]
		p.slopeLine(l.row, spot{x1, y.at(l.value)}, spot{x2, y.at(r.value)})
		p.slopeLabel(l, x1-10, spot{x1 - 3, y.at(l.value)}, end)
		p.slopeLabel(r, x2+10, spot{x2 + 3, y.at(r.value)}, start)
		p.close()
	}
	for i := range p.Rows {
		if r := &p.Rows[i]; !p.drawn(p.shape, r) {
			p.open("row", p.hover(p.words, r))
			p.close()
			p.note(key{glyphNone, r.Label + p.colon() + p.absent(p.words, r)})
		}
	}
	return bottom + 4
}

// noSlope says why nothing is drawn.
func (p *plate) noSlope() float64 {
	y := 0.0
	for i := range p.Rows {
		r := &p.Rows[i]
		p.open("row", p.hover(p.words, r))
		lines := fit("why", r.Label+p.colon()+p.absent(p.words, r), p.width)
		p.lines("why", start, 0, y+16, lines)
		y += float64(len(lines))*leading("why") + 6
		p.close()
	}
	return y + 4
}

// tag is the label at one end of a slope.
type tag struct {
	row   *Row
	value float64
	lines []string
	class string
	y, h  float64
}

// slopeEnds returns the labels of both ends: values at the left, with the
// names when wide; values, changes and names at the right.
func (p *plate) slopeEnds(a, b int) (left, right []tag) {
	const gap = 5
	for i := range p.Rows {
		r := &p.Rows[i]
		if !p.drawn(p.shape, r) {
			continue
		}
		name, first, second := r.Label, p.Columns[a].text(r.cell(a)), p.Columns[b].text(r.cell(b))
		class := "tick"
		if !r.doubtful(p.shape) && (r.Strong || !p.anyStrong()) {
			class = "amount"
		}
		room := 116.0
		if p.wide {
			first, room = name+"  "+first, 230
		}
		if change := r.cell(p.shape.value); finite(change) && p.wide {
			second += "  (" + p.Columns[p.shape.value].text(change) + ")"
		}
		l := tag{row: r, value: r.cell(a), class: class, lines: fit(class, first, room)}
		q := tag{row: r, value: r.cell(b), class: class, lines: fit(class, second+"  "+name, room)}
		l.h, q.h = float64(len(l.lines))*leading(class)+gap, float64(len(q.lines))*leading(class)+gap
		left, right = append(left, l), append(right, q)
	}
	return left, right
}

func (p *plate) slopeRoom(tags []tag) float64 {
	room := 0.0
	for _, t := range tags {
		size, bold := fontSize(t.class)
		room = max(room, widest(t.lines, size, bold))
	}
	return room
}

// slopeLine opens the row and draws its line; grey where the change cannot be
// told from none or another row is the strong one.
func (p *plate) slopeLine(r *Row, from, to spot) {
	p.open("row", p.hover(p.words, r))
	class := ""
	switch {
	case r.doubtful(p.shape):
		class = " grey"
		p.note(key{glyphQuiet, p.words.Undecided})
	case !r.Strong && p.anyStrong():
		class = " grey"
	}
	hollow := ""
	if r.State == TooFew {
		hollow = " hollow"
		p.note(key{glyphHollow, p.words.TooFew})
	}
	p.poly("polyline", "line"+class, []spot{from, to})
	p.circle("dot"+class+hollow, from, 4)
	p.circle("dot"+class+hollow, to, 4)
}

// slopeLabel writes the label, with a leader where it was pushed aside.
func (p *plate) slopeLabel(t tag, x float64, at spot, side anchor) {
	mid := t.y + t.h/2
	if math.Abs(mid-at.y) > 3 {
		edge := x - 2
		if side == end {
			edge = x + 2
		}
		p.line("leader", at.x, at.y, edge, mid)
	}
	step := leading(t.class)
	p.lines(t.class, side, x, mid-float64(len(t.lines)-1)*step/2+4.5, t.lines)
}

// spread places the labels at the heights they want, pushed apart between top
// and bottom where they would overlap.
func spread(tags []tag, want func(i int) float64, top, bottom float64) {
	order := make([]int, len(tags))
	for i := range tags {
		order[i] = i
		tags[i].y = want(i) - tags[i].h/2
	}
	for i := range order { // insertion sort: few labels, stable
		for j := i; j > 0 && want(order[j]) < want(order[j-1]); j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	below := top
	for _, i := range order {
		tags[i].y = max(tags[i].y, below)
		below = tags[i].y + tags[i].h
	}
	above := bottom
	for k := len(order) - 1; k >= 0; k-- {
		t := &tags[order[k]]
		t.y = min(t.y, above-t.h)
		above = t.y
	}
}
