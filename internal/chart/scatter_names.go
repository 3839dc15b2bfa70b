package chart

import (
	"math"
	"slices"
	"strconv"
)

// cuts draws the lines between the quadrants, the label of the upright one and
// the diagonal.
func (p *plate) cuts(m *matrix) {
	if p.Cuts == nil {
		return
	}
	f, c := m.frame, p.Cuts
	if d := c.Diagonal; d != nil {
		p.diagonal(m, d)
	}
	if finite(c.X) {
		x := m.x.at(c.X)
		p.line("cut", x, f.y, x, f.y+f.h)
		m.busy.paths = append(m.busy.paths, [2]spot{{x, f.y}, {x, f.y + f.h}})
		lines := fit("ref", c.XLabel, p.width*.6)
		if c.XLabel != "" {
			size, bold := fontSize("ref")
			at := clamp(x, widest(lines, size, bold), 0, p.width)
			p.lines("ref", middle, at, f.y-4-float64(len(lines)-1)*leading("ref"), lines)
		}
	}
	if finite(c.Y) {
		y := m.y.at(c.Y)
		p.line("cut", f.x, y, f.x+f.w, y)
		m.busy.paths = append(m.busy.paths, [2]spot{{f.x, y}, {f.x + f.w, y}})
	}
}

// quadrantNames writes the names of the quadrants, each in a corner of its
// own: the outer one, or another that no point lies in.
func (p *plate) quadrantNames(m *matrix) {
	if p.Cuts == nil || !finite(p.Cuts.X) || !finite(p.Cuts.Y) {
		return
	}
	for i, q := range p.Cuts.Quadrants {
		p.quadrantName(m, i, q)
	}
}

// diagonal draws the line as far as the field reaches.
func (p *plate) diagonal(m *matrix, d *Diagonal) {
	a, b := spot{m.x.at(d.X1), m.y.at(d.Y1)}, spot{m.x.at(d.X2), m.y.at(d.Y2)}
	from, to, ok := m.frame.through(a, b)
	if !ok {
		return
	}
	p.line("diagonal", from.x, from.y, to.x, to.y)
	m.crosses = append(m.crosses, [2]spot{from, to}) // names on it can be read
	if d.Label != "" {
		p.note(key{glyphDiagonal, d.Label})
	}
}

// through returns the part of the endless line through a and b in the box.
func (b box) through(from, to spot) (enter, leave spot, ok bool) {
	dx, dy := to.x-from.x, to.y-from.y
	if !finite(dx) || !finite(dy) || dx == 0 && dy == 0 {
		return enter, leave, false
	}
	low, high := math.Inf(-1), math.Inf(1)
	for _, side := range [][3]float64{{dx, b.x - from.x, b.x + b.w - from.x}, {dy, b.y - from.y, b.y + b.h - from.y}} {
		if side[0] == 0 {
			if side[1] > 0 || side[2] < 0 {
				return enter, leave, false
			}
			continue
		}
		one, two := side[1]/side[0], side[2]/side[0]
		low, high = max(low, min(one, two)), min(high, max(one, two))
	}
	return spot{from.x + low*dx, from.y + low*dy}, spot{from.x + high*dx, from.y + high*dy}, low < high
}

// quadrantName writes the name in the outer corner of its quadrant; where it
// has no room there it is left to the description.
func (p *plate) quadrantName(m *matrix, i int, q Quadrant) {
	if q.Name == "" {
		return
	}
	class := "quad"
	if q.Tone == First {
		class = "quad warn"
	}
	b := m.quadrant(i, p.Cuts)
	lines := fit("quad", q.Name, max(b.w-16, 40))
	size, bold := fontSize("quad")
	w, h := widest(lines, size, bold), float64(len(lines))*leading("quad")
	if w > b.w-12 || h > b.h-10 {
		return
	}
	outer := [2]bool{i == UpperRight || i == LowerRight, i == LowerLeft || i == LowerRight} // right, bottom
	corners := [][2]bool{outer, {!outer[0], outer[1]}, {outer[0], !outer[1]}, {!outer[0], !outer[1]}}
	for n, try := range slices.Concat(corners, corners) { // first off all intervals
		room, at, x := box{b.x + 8, b.y + 6, w, h}, start, b.x+8
		if try[0] {
			room.x = b.x + b.w - 8 - w
			at, x = end, room.x+w
		}
		if try[1] {
			room.y = b.y + b.h - 6 - h
		}
		if n < len(corners) && m.struck(box{room.x - 8, room.y - 8, room.w + 16, room.h + 16}) {
			continue
		}
		if m.busy.free(room) || try == [2]bool{!outer[0], !outer[1]} && m.apart(room) {
			m.fixed = append(m.fixed, room)
			m.busy.boxes = append(m.busy.boxes, room)
			p.lines(class, at, x, room.y+13, lines)
			return
		}
	}
}

// apart reports whether a box meets no other text of the field.
func (m *matrix) apart(b box) bool { return !slices.ContainsFunc(m.fixed, b.meets) }

// cutLabel writes what the horizontal cut is, at an end that is free, or on the
// way there where an interval runs through both ends; below the drawing where
// intervals run through all of it.
func (p *plate) cutLabel(m *matrix) {
	if p.Cuts == nil || p.Cuts.YLabel == "" || !finite(p.Cuts.Y) {
		return
	}
	f, y := m.frame, m.y.at(p.Cuts.Y)
	lines := fit("ref", p.Cuts.YLabel, f.w*.45)
	size, bold := fontSize("ref")
	w, h := widest(lines, size, bold), float64(len(lines))*leading("ref")
	tries := []spot{{f.x + f.w - w - 4, y - h - 2}, {f.x + f.w - w - 4, y + 2}, {f.x + 6, y - h - 2}, {f.x + 6, y + 2}}
	for x := f.x + f.w - w - 16; x > f.x+6; x -= 12 {
		tries = append(tries, spot{x, y - h - 2}, spot{x, y + 2})
	}
	for _, try := range tries {
		if b := (box{try.x, try.y, w, h}); m.busy.free(box{b.x - 4, b.y, b.w + 8, b.h}) && !m.struck(b) {
			m.fixed = append(m.fixed, b)
			m.busy.boxes = append(m.busy.boxes, b)
			p.lines("ref", start, b.x, b.y+13, lines)
			return
		}
	}
	p.note(key{glyphCut, p.Cuts.YLabel})
}

// cross draws the intervals of a point as thin strokes.
func (p *plate) cross(m *matrix, k *blob) {
	class := "ci own thin" + p.pointTone(k)
	for _, ends := range [][2]spot{
		{{m.x.at(p.of(k.row, XLow)), k.y}, {m.x.at(p.of(k.row, XHigh)), k.y}},
		{{k.x, m.y.at(p.of(k.row, YLow))}, {k.x, m.y.at(p.of(k.row, YHigh))}},
	} {
		a, b := ends[0], ends[1]
		if finite(a.x+a.y+b.x+b.y) && a != b {
			p.line(class, a.x, a.y, b.x, b.y)
			m.crosses = append(m.crosses, ends)
			p.note(key{p.crossGlyph(), p.words.Interval})
		}
	}
}

// crossGlyph is the sign of the intervals as they are drawn.
func (p *plate) crossGlyph() string {
	switch {
	case p.with(XLow) < 0:
		return glyphUpright
	case p.with(YLow) < 0:
		return glyphWhisker
	}
	return glyphCross
}

// pointTone is the colour class of a point: a warning where it is first to act
// on, grey where others are emphasised.
func (p *plate) pointTone(k *blob) string {
	switch {
	case k.urgent:
		return " warn"
	case !k.row.Strong && p.anyStrong():
		return " muted"
	}
	return ""
}

// point draws one point.
func (p *plate) point(m *matrix, k *blob) {
	p.open("row", p.hover(p.words, k.row))
	class := "dot" + p.pointTone(k)
	if p.with(Area) >= 0 {
		class += " bubble"
	} else {
		class += " rimmed"
	}
	switch k.row.State {
	case TooFew:
		class += " hollow dashed"
		p.note(key{glyphDashed, p.words.TooFew})
	case Undecided:
		class += " hollow"
		p.note(key{glyphHollow, p.words.Undecided})
	}
	p.circle(class, k.spot, k.r)
	p.close()
}

// nameMark writes the name, or the number, of a point at its place.
func (p *plate) nameMark(k *blob) {
	if !k.placed {
		return
	}
	if k.place.leader != nil {
		p.poly("polyline", "leader", k.place.leader)
	}
	class := "pt"
	if k.urgent || k.row.Strong {
		class = "name pt" + p.pointTone(k)
	}
	p.lines(class, k.place.anchor, k.place.textX(), k.place.y+13, k.place.lines)
}

// listPoints writes the names of numbered points and the words of rows
// without a point, and returns the y below them.
func (p *plate) listPoints(m *matrix, y float64) float64 {
	type entry struct {
		number string
		lines  []string
	}
	columns, gap := 1, 24.0
	if p.wide {
		columns = 2
	}
	room := (p.width - gap*float64(columns-1)) / float64(columns)
	const indent = 26
	var entries []entry
	for i := range m.marks {
		if k := &m.marks[i]; k.number > 0 {
			entries = append(entries, entry{strconv.Itoa(k.number), fit("pt", k.row.Label, room-indent)})
		}
	}
	if len(entries) > 0 {
		y += 12
		per := (len(entries) + columns - 1) / columns
		below := y
		for i := 0; i < len(entries); i += per {
			x, at := float64(i/per)*(room+gap), y
			for _, e := range slices.Clone(entries[i:min(i+per, len(entries))]) {
				p.text("name", end, x+indent-8, at+13, e.number)
				p.lines("pt", start, x+indent, at+13, e.lines)
				at += float64(len(e.lines))*leading("pt") + 5
			}
			below = max(below, at)
		}
		y = below
	}
	for i := range p.Rows {
		if r := &p.Rows[i]; !p.drawn(p.shape, r) {
			p.open("row", p.hover(p.words, r))
			p.close()
			p.note(key{glyphNone, r.Label + p.colon() + p.absent(p.words, r)})
		}
	}
	return y
}
