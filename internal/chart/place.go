package chart

import (
	"cmp"
	"math"
	"slices"
)

// box is the room of a text or mark.
type box struct{ x, y, w, h float64 }

func (b box) meets(o box) bool {
	return b.x < o.x+o.w && o.x < b.x+b.w && b.y < o.y+o.h && o.y < b.y+b.h
}

// crossed reports whether the line from a to c passes through the box
// (Liang–Barsky clipping).
func (b box) crossed(a, c spot) bool {
	enter, leave := 0.0, 1.0
	clip := func(direction, distance float64) bool {
		if direction == 0 {
			return distance >= 0
		}
		t := distance / direction
		if direction < 0 {
			enter = max(enter, t)
		} else {
			leave = min(leave, t)
		}
		return enter <= leave
	}
	dx, dy := c.x-a.x, c.y-a.y
	return clip(-dx, a.x-b.x) && clip(dx, b.x+b.w-a.x) && clip(-dy, a.y-b.y) && clip(dy, b.y+b.h-a.y)
}

// obstacles is what a new label must not cover.
type obstacles struct {
	boxes  []box
	paths  [][2]spot
	frame  box
	events [][2]spot // lines of events, which a label avoids where it can
	points []spot    // of all series: a label stands in the column of its own
	grey   int       // the first boxes belong to grey series, and so do the first paths
	greys  int
}

// without returns the obstacles without the grey series, which a value that
// must be shown may cover.
func (o *obstacles) without() *obstacles {
	return &obstacles{boxes: o.boxes[o.grey:], paths: o.paths[o.greys:], frame: o.frame, points: o.points}
}

func (o *obstacles) free(b box) bool {
	f := o.frame
	if b.x < f.x || b.y < f.y || b.x+b.w > f.x+f.w || b.y+b.h > f.y+f.h {
		return false
	}
	if slices.ContainsFunc(o.boxes, b.meets) {
		return false
	}
	for _, path := range o.paths {
		if b.crossed(path[0], path[1]) {
			return false
		}
	}
	return true
}

// labelPoints writes the values at the points where there is room: the latest
// point of every series before earlier ones, first and strong series before the others. A
// value without room stays in the table and in the point's title.
func (p *plate) labelPoints(t *trend) {
	o := p.obstacles(t)
	order := make([]*series, 0, len(t.lines))
	for i := range t.lines {
		order = append(order, &t.lines[i])
	}
	slices.SortStableFunc(order, func(a, b *series) int { return rank(a) - rank(b) })
	drawn, boxes := len(p.buf), len(o.boxes)
	if !p.labelLatest(t, o, order, false) { // beside the points, where one finds no room above or below
		p.buf, o.boxes = p.buf[:drawn], o.boxes[:boxes]
		p.labelLatest(t, o, order, true)
	}
	for _, s := range order {
		if len(s.points) > 1 && s.class != "grey" { // titles speak of both ends
			p.labelPoint(o, s.points[0], t.valueClass(s), p.valueText(s, 0), false)
		}
		for i := len(s.points) - 2; i > 0 && s.class != "grey"; i-- {
			p.labelPoint(o, s.points[i], t.valueClass(s), p.valueText(s, i), false)
		}
	}
}

// labelLatest writes the values at the latest points, the first series' and
// strong ones' over grey lines where nothing else is free; it reports whether all stand.
func (p *plate) labelLatest(t *trend, o *obstacles, order []*series, beside bool) bool {
	all := true
	for _, s := range order {
		last := len(s.points) - 1
		if last < 0 || s.class == "grey" {
			continue
		}
		placed := p.labelPoint(o, s.points[last], t.valueClass(s), p.valueText(s, last), beside)
		if !placed && s.front {
			placed = p.labelPoint(o.without(), s.points[last], t.valueClass(s), p.valueText(s, last), beside)
		}
		all = all && placed
	}
	return all
}

func (p *plate) valueText(s *series, i int) string {
	return p.valueFormat(p.shape).String(s.points[i].row.cell(p.shape.value))
}

// valueClass is the class of the values of a series.
func (t *trend) valueClass(s *series) string {
	if len(t.lines) > 1 {
		return "val " + s.class
	}
	return "val"
}

func rank(s *series) int {
	switch {
	case s.front:
		return 0
	case s.class != "grey":
		return 1
	}
	return 2
}

// obstacles returns the points, lines and the reference line of the plot.
func (p *plate) obstacles(t *trend) *obstacles {
	o := &obstacles{frame: box{t.plotX - 2, t.top - 20, t.plot + 4, t.bottom - t.top + 16}}
	for _, grey := range []bool{true, false} {
		for i := range t.lines {
			if s := &t.lines[i]; grey == (s.class == "grey") {
				o.add(s)
			}
		}
		if grey {
			o.grey, o.greys = len(o.boxes), len(o.paths)
		}
	}
	o.events = t.events
	if p.referenced() {
		y := t.y.at(p.Axis.Reference)
		o.paths = append(o.paths, [2]spot{{t.plotX, y}, {t.plotX + t.plot, y}})
		p.labelReference(t, o, y)
	}
	o.paths = append(o.paths, t.strokes...)
	return o
}

// add takes in the points and lines of a series, and single points' whiskers.
func (o *obstacles) add(s *series) {
	for i, q := range s.points {
		o.boxes = append(o.boxes, box{q.x - 5, q.y - 5, 10, 10})
		o.points = append(o.points, q.spot)
		if q.joined {
			o.paths = append(o.paths, [2]spot{s.points[i-1].spot, q.spot})
			continue
		}
		if alone := i == len(s.points)-1 || !s.points[i+1].joined; alone && q.interval && s.class != "grey" {
			o.boxes = append(o.boxes, box{q.x - 5, q.high.y - 1, 10, q.low.y - q.high.y + 2})
		}
	}
}

// elsewhere reports whether a label stands nearer to another point, or to its
// column unless that may be, than to its own, and would be read as the other's.
func (o *obstacles) elsewhere(at, own spot, beyond bool) bool {
	far := math.Hypot(at.x-own.x, at.y-own.y)
	return slices.ContainsFunc(o.points, func(q spot) bool {
		return !beyond && math.Abs(q.x-at.x) < math.Abs(own.x-at.x)-.5 || q.x != own.x && math.Hypot(at.x-q.x, at.y-q.y) < far-.5
	})
}

// onEvent reports whether the line of an event runs through the box.
func (o *obstacles) onEvent(b box) bool {
	return slices.ContainsFunc(o.events, func(e [2]spot) bool { return b.crossed(e[0], e[1]) })
}

// besideValue reports whether a text would stand where values of points are
// written, and be read together with one.
func (o *obstacles) besideValue(b box) bool {
	return slices.ContainsFunc(o.points, func(q spot) bool { return b.meets(box{q.x - 36, q.y - 36, 72, 62}) })
}

// labelReference writes the label of the reference line above or below it, at
// the end of the line that is free.
func (p *plate) labelReference(t *trend, o *obstacles, y float64) {
	if p.Axis.RefLabel == "" {
		return
	}
	lines := fit("ref", p.Axis.RefLabel, t.plot)
	size, bold := fontSize("ref")
	w, step := widest(lines, size, bold), leading("ref")
	h := float64(len(lines)) * step
	tries := []spot{
		{t.plotX + t.plot - w, y - h - 3},
		{t.plotX + t.plot - w, y + 3},
		{t.plotX, y - h - 3},
		{t.plotX, y + 3},
		{t.plotX + (t.plot-w)/2, y - h - 3},
		{t.plotX + (t.plot-w)/2, y + 3},
	}
	for n, try := range slices.Concat(tries, tries) {
		if n == len(tries) && !p.wide {
			break // below the drawing rather than beside a value
		}
		b := box{try.x, try.y, w, h}
		if o.free(b) && !o.onEvent(b) && (n >= len(tries) || !o.besideValue(b)) {
			o.boxes = append(o.boxes, b)
			p.lines("ref", start, b.x, b.y+13, lines)
			return
		}
	}
	p.note(key{glyphCut, p.Axis.RefLabel})
}

// labelPoint writes one value at the first free place around its point, at the
// right of it first where that is asked for.
func (p *plate) labelPoint(o *obstacles, q point, class, text string, beside bool) bool {
	const high = 16.0
	w := width("val", text)
	around := []spot{
		{0, -17},
		{0, 17},
		{w/2 + 2, -16},
		{-w/2 - 2, -16},
		{w/2 + 2, 16},
		{-w/2 - 2, 16},
		{w/2 + 10, 0},
		{-w/2 - 10, 0},
		{0, -28},
		{0, 28},
		{-8, -22},
		{8, -22},
		{-8, 22},
		{8, 22},
	}
	if beside {
		around = append([]spot{{w/2 + 10, 0}}, around...)
	}
	held := o.onEvent(box{q.x - 2, q.y - 30, 4, 60})
	for _, may := range []struct{ beyond, struck bool }{{}, {beyond: true}, {struck: true}} { // first off the lines of events
		for _, offset := range around {
			at := spot{q.x + offset.x, q.y + offset.y}
			b := box{at.x - w/2, at.y - high/2, w, high}
			if o.free(b) && !o.elsewhere(at, q.spot, may.beyond && held) && (may.struck || !o.onEvent(b)) {
				o.boxes = append(o.boxes, b)
				p.text(class, middle, at.x, at.y+5, text)
				return true
			}
		}
	}
	return false
}

const nameGap = 4.0 // between the names of two series

// nameLines writes the names of the series at the right of their last points,
// pushed apart where they would overlap and then joined by a thin leader.
func (p *plate) nameLines(t *trend) {
	room := p.nameWidth(t)
	if room == 0 {
		return
	}
	type name struct {
		s     *series
		lines []string
		want  float64 // middle
		box
	}
	var names []name
	for i := range t.lines {
		s := &t.lines[i]
		if len(s.points) == 0 {
			continue
		}
		lines := fit("name", s.name, room)
		h := float64(len(lines))*leading("name") + nameGap
		want := s.points[len(s.points)-1].y
		names = append(names, name{s, lines, want, box{p.width - room, want - h/2, room, h}})
	}
	slices.SortStableFunc(names, func(a, b name) int { return cmp.Compare(a.want, b.want) })
	below := t.top - 6
	for i := range names {
		names[i].y = max(names[i].y, below)
		below = names[i].y + names[i].h
	}
	above := t.bottom + 4
	for i := len(names) - 1; i >= 0; i-- {
		names[i].y = min(names[i].y, above-names[i].h)
		above = names[i].y
	}
	for _, n := range names {
		last := n.s.points[len(n.s.points)-1]
		mid := n.y + n.h/2
		if max(mid-n.want, n.want-mid) > 3 || last.column < len(t.labels)-1 {
			p.poly("polyline", "leader", []spot{{last.x + 8, last.y}, {p.width - room - 14, last.y}, {p.width - room - 4, mid}})
		}
		p.lines("name "+n.s.class, start, n.x, n.y+nameGap/2+13, n.lines)
	}
}
