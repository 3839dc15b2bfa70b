package chart

import (
	"math"
	"slices"
	"strconv"
)

// web is the geometry of a Radar figure.
type web struct {
	axes   []string
	names  []string
	values [][]*Row // by series and axis; nil without a row
	center spot
	radius float64
	r      scale
	by     float64
}

// What a radar can show; more is drawn as dots.
const (
	leastAxes  = 3
	mostAxes   = 10
	mostSpokes = 4 // series
)

// web collects the axes and the series in the order of first appearance; the
// series of the first Strong row comes first.
func (f *Figure) web() *web {
	w := &web{}
	axis, name := map[string]int{}, map[string]int{}
	take := func(known map[string]int, list *[]string, s string) {
		if _, ok := known[s]; !ok {
			known[s] = len(*list)
			*list = append(*list, s)
		}
	}
	if i := slices.IndexFunc(f.Rows, func(r Row) bool { return r.Strong }); i >= 0 {
		take(name, &w.names, f.Rows[i].Series)
	}
	for i := range f.Rows {
		take(axis, &w.axes, f.Rows[i].Label)
		take(name, &w.names, f.Rows[i].Series)
	}
	w.values = make([][]*Row, len(w.names))
	for i := range w.values {
		w.values[i] = make([]*Row, len(w.axes))
	}
	for i := range f.Rows {
		r := &f.Rows[i]
		if at := &w.values[name[r.Series]][axis[r.Label]]; *at == nil {
			*at = r
		}
	}
	return w
}

// radiates reports whether the figure can be read as a radar: at most ten
// axes and four series, every row a place of its own, and something to draw.
func (f *Figure) radiates() bool {
	w := f.web()
	rows := 0
	for _, s := range w.values {
		for _, r := range s {
			if r != nil {
				rows++
			}
		}
	}
	return len(w.axes) >= leastAxes && len(w.axes) <= mostAxes && len(w.names) <= mostSpokes && rows == len(f.Rows) && f.marked(f.shape())
}

// asDots returns the figure as dots: the axes as groups, the series as rows.
func (f *Figure) asDots() *Figure {
	w, g := f.web(), *f
	g.Kind, g.Rows = Dots, nil
	for _, axis := range w.axes {
		for i := range f.Rows {
			if r := f.Rows[i]; r.Label == axis {
				if r.Series != "" {
					r.Label, r.Series = r.Series, axis
				}
				g.Rows = append(g.Rows, r)
			}
		}
	}
	return &g
}

// instead are the words for a radar that is drawn as dots.
func (f *Figure) instead() string {
	if f.chinese() {
		return "轴或系列数不适合雷达图，改为点图"
	}
	return "drawn as dots: a radar holds three to ten axes and four series"
}

// radar draws a few series on a few axes and returns the height.
func (p *plate) radar() float64 {
	if !p.radiates() {
		dots := &plate{Figure: p.asDots(), shape: p.shape, words: p.words, wide: p.wide, width: p.width}
		y := dots.values()
		p.buf, p.keys = append(p.buf, dots.buf...), dots.keys
		p.note(key{glyphNone, p.instead()})
		return y
	}
	w := p.Figure.web()
	p.rings(w)
	for i, name := range w.names {
		if name != "" {
			p.note(key{glyphSeries + "s" + strconv.Itoa(i+1) + " dash" + strconv.Itoa(i+1), name})
		}
	}
	below := p.spokes(w)
	for i := len(w.names) - 1; i >= 0; i-- {
		p.drawSpokes(w, i)
	}
	p.ringNumbers(w)
	for i := range p.Rows {
		if r := &p.Rows[i]; !p.drawn(p.shape, r) {
			p.open("row", p.hover(p.words, r))
			p.close()
			label := r.Label
			if r.Series != "" {
				label = r.Series + " · " + label
			}
			p.note(key{glyphNone, label + p.colon() + p.absent(p.words, r)})
		}
	}
	return below
}

// rings chooses the scale: the author's ends, or whole steps around the data.
func (p *plate) rings(w *web) {
	low, high := p.bounds(p.shape)
	w.by = step(low, high, 4)
	if !(p.Axis.Min < p.Axis.Max) {
		low, high = math.Floor(low/w.by+1e-9)*w.by, math.Ceil(high/w.by-1e-9)*w.by
	}
	w.radius = 150
	if !p.wide {
		w.radius = 96
	}
	w.r = scale{low, high, 0, w.radius}
	w.center = spot{p.width / 2, 0}
}

// at returns the place of a value on an axis; the first axis points up.
func (w *web) at(axis int, v float64) spot {
	return w.toward(axis, w.r.at(v))
}

func (w *web) toward(axis int, far float64) spot {
	sin, cos := math.Sincos(2 * math.Pi * float64(axis) / float64(len(w.axes)))
	return spot{w.center.x + far*sin, w.center.y - far*cos}
}

// spoke is the name of an axis with the first series' number.
type spoke struct {
	axis   int
	anchor anchor
	x      float64
	lines  []string
	value  string
	box    box
}

// spokes places the names of the axes around the web and draws both; it
// returns the y below.
func (p *plate) spokes(w *web) float64 {
	w.center.y = 0
	var all []*spoke
	for i, name := range w.axes {
		tip := w.toward(i, w.radius+12)
		s := &spoke{axis: i, x: tip.x, anchor: middle}
		side := tip.x - w.center.x
		room := min(p.width*.5, 240)
		switch {
		case side > 4:
			s.anchor, room = start, p.width-tip.x
		case side < -4:
			s.anchor, room = end, tip.x
		}
		s.lines = fit("tick", name, min(room, 200))
		if len(s.lines) > mostNameRows+1 { // a number here, the name below
			s.lines = []string{strconv.Itoa(i + 1)}
			p.note(key{glyphNone, strconv.Itoa(i+1) + p.colon() + name})
		}
		if r := w.values[0][i]; r != nil && finite(r.cell(p.shape.value)) {
			s.value = p.Columns[p.shape.value].text(r.cell(p.shape.value))
		}
		s.box.h = float64(len(s.lines)) * leading("tick")
		if s.value != "" {
			s.box.h += leading("val")
		}
		// Above the web the name ends at its tip, below it begins there.
		s.box.y = tip.y - s.box.h*(1-tip.y/w.radius)/2
		all = append(all, s)
	}
	return p.writeSpokes(w, all)
}

// writeSpokes pushes the names apart and writes them; it returns the y below.
func (p *plate) writeSpokes(w *web, all []*spoke) float64 {
	top, below := -w.radius, w.radius
	for _, side := range []anchor{start, end} {
		top = min(top, apart(all, side, side == end))
	}
	for _, s := range all {
		s.clear(all)
		top, below = min(top, s.box.y), max(below, s.box.y+s.box.h)
	}
	w.center.y = 4 - top
	p.net(w)
	for _, s := range all {
		y := s.box.y + w.center.y + 13
		p.lines("tick", s.anchor, s.x, y, s.lines)
		p.text("val", s.anchor, s.x, y+float64(len(s.lines))*leading("tick")+1, s.value)
	}
	return below + w.center.y + 6
}

// room is the box of the name and the number.
func (s *spoke) room() box {
	size, bold := fontSize("val")
	b := s.box
	b.w = max(widest(s.lines, size, bold), width("val", s.value))
	switch s.anchor {
	case start:
		b.x = s.x
	case middle:
		b.x = s.x - b.w/2
	case end:
		b.x = s.x - b.w
	}
	return b
}

// clear moves a name above or below the web away from those of the sides.
func (s *spoke) clear(all []*spoke) {
	if s.anchor != middle {
		return
	}
	for _, o := range all {
		if o == s || !s.room().meets(o.room()) {
			continue
		}
		if s.box.y < 0 {
			s.box.y = o.box.y - s.box.h - 2
		} else {
			s.box.y = o.box.y + o.box.h + 2
		}
	}
}

// apart pushes the names of one side apart, from the middle outwards, and
// returns the least y. Names of the left side come from the bottom upwards.
func apart(all []*spoke, side anchor, reverse bool) float64 {
	var list []*spoke
	for _, s := range all {
		if s.anchor == side {
			list = append(list, s)
		}
	}
	if reverse {
		slices.Reverse(list)
	}
	mid := len(list) / 2
	for i := mid + 1; i < len(list); i++ {
		list[i].box.y = max(list[i].box.y, list[i-1].box.y+list[i-1].box.h+6)
	}
	for i := mid - 1; i >= 0; i-- {
		list[i].box.y = min(list[i].box.y, list[i+1].box.y-list[i].box.h-6)
	}
	if list == nil {
		return 0
	}
	return list[0].box.y
}

// net draws the rings and the axes.
func (p *plate) net(w *web) {
	for v := w.r.min + w.by; v <= w.r.max+w.by*1e-6; v += w.by {
		p.poly("polygon", "ring", w.ring(v))
	}
	for i := range w.axes {
		tip := w.toward(i, w.radius)
		p.line("grid", w.center.x, w.center.y, tip.x, tip.y)
	}
}

func (w *web) ring(v float64) []spot {
	points := make([]spot, len(w.axes))
	for i := range points {
		points[i] = w.at(i, v)
	}
	return points
}

// ringNumbers writes the scale on the rings, in the middle between the first axis
// and the last, where no points lie.
func (p *plate) ringNumbers(w *web) {
	format := p.valueFormat(p.shape).tickFormat(w.by)
	last := math.Inf(1)
	for v := w.r.min; v <= w.r.max+w.by*1e-6; v += w.by {
		a, b := w.at(0, v), w.at(len(w.axes)-1, v)
		at := spot{(a.x + b.x) / 2, (a.y + b.y) / 2}
		if last-at.y >= 15 {
			p.text("pt ringno", middle, at.x, at.y+4.5, format.String(v))
			last = at.y
		}
	}
}

// drawSpokes draws one series: the first filled and thick, the others told
// apart by dash and marker too.
func (p *plate) drawSpokes(w *web, i int) {
	class := "s" + strconv.Itoa(i+1)
	p.open("series "+class, "")
	points, run, whole := p.spokePoints(w, i)
	line := "line " + class + " dash" + strconv.Itoa(i+1)
	switch {
	case whole:
		if i == 0 {
			p.poly("polygon", "band "+class, points)
		}
		p.poly("polygon", line, points)
	default:
		for j := 1; j < len(run); j += 2 {
			p.line(line, run[j-1].x, run[j-1].y, run[j].x, run[j].y)
		}
	}
	at := 0
	for _, r := range w.values[i] {
		if r == nil || !finite(r.cell(p.shape.value)) {
			continue
		}
		p.open("row", p.hover(p.words, r))
		dot := "dot"
		if r.State == TooFew {
			dot = "dot hollow"
			p.note(key{glyphHollow, p.words.TooFew})
		}
		p.marker(dot, class, points[at])
		at++
		p.close()
	}
	p.close()
}

// spokePoints returns the places of a series, the ends of the strokes between
// neighbours, and whether none is missing.
func (p *plate) spokePoints(w *web, i int) (points, run []spot, whole bool) {
	whole = true
	value := func(r *Row) float64 { return min(max(r.cell(p.shape.value), w.r.min), w.r.max) }
	for axis, r := range w.values[i] {
		if r == nil || !finite(r.cell(p.shape.value)) {
			whole = false
			continue
		}
		at := w.at(axis, value(r))
		points = append(points, at)
		after := (axis + 1) % len(w.axes)
		if next := w.values[i][after]; next != nil && finite(next.cell(p.shape.value)) {
			run = append(run, at, w.at(after, value(next)))
		}
	}
	return points, run, whole
}
