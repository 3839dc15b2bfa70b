package chart

import (
	"math"
	"strconv"
)

// point is one defined value of a series.
type point struct {
	spot
	row       *Row
	column    int  // place on the x axis
	low, high spot // ends of the interval
	interval  bool
	joined    bool // to the point before: next to it and comparable
}

// series is one line.
type series struct {
	name   string
	points []point
	class  string // colour class: s1 … s4, or grey
	front  bool   // first or strong: its labels come first
}

// trend is the geometry of a Lines figure.
type trend struct {
	labels      []string // of the x axis
	lines       []series
	plotX, plot float64
	top, bottom float64
	y           scale
	pad         float64   // from the ends of the plot to the first and last point
	eventTop    float64   // where the words of events begin
	strokes     [][2]spot // targets of waves
	events      [][2]spot
}

const mostColours = 4 // series above this number are grey but the first and strong ones

// trend draws values over waves and returns the height.
func (p *plate) trend() float64 {
	t := p.chronology()
	t.bottom = t.top + p.plotHeight(t)
	low, high := p.onTicks(p.bounds(p.shape))
	t.y = scale{min: low, max: high, from: t.bottom, to: t.top}
	p.horizontals(t)
	t.pad = min(t.plot/float64(2*max(len(t.labels), 1)), 26)
	if p.wide {
		t.pad = min(t.plot/float64(2*max(len(t.labels), 1)), 56)
	}
	t.pad = max(t.pad, min(p.valueRoom(t)/2, t.plot/6))
	p.locate(t)
	p.goals(t)
	p.breaks(t)
	for i := range t.lines {
		p.band(&t.lines[i])
	}
	// Grey lines lie under coloured ones, and the first on top.
	for i := len(t.lines) - 1; i >= 0; i-- {
		p.drawLine(&t.lines[i])
	}
	p.labelPoints(t)
	p.nameLines(t)
	return p.xLabels(t)
}

// valueRoom is the width of the widest value at either end of a line, which is
// to find room over its point.
func (p *plate) valueRoom(t *trend) float64 {
	room := 0.0
	for i := range t.lines {
		s := &t.lines[i]
		for _, at := range []int{0, len(s.points) - 1} {
			if v := s.points[at].row.cell(p.shape.value); s.class != "grey" && finite(v) {
				room = max(room, width("val", p.valueFormat(p.shape).String(v)))
			}
		}
	}
	return room
}

// chronology collects the labels of the x axis and the series in the order of
// first appearance, and divides the width.
func (p *plate) chronology() *trend {
	t := &trend{}
	columns, known := map[string]int{}, map[string]int{}
	for i := range p.Rows {
		r := &p.Rows[i]
		if _, ok := columns[r.Label]; !ok {
			columns[r.Label] = len(t.labels)
			t.labels = append(t.labels, r.Label)
		}
		at, ok := known[r.Series]
		if !ok {
			at = len(t.lines)
			known[r.Series] = at
			t.lines = append(t.lines, series{name: r.Series})
		}
		s := &t.lines[at]
		s.front = s.front || r.Strong || at == 0
		s.points = append(s.points, point{row: r, column: columns[r.Label]})
	}
	for i := range t.lines {
		t.lines[i].class = "s" + strconv.Itoa(i+1)
		if len(t.lines) > mostColours {
			t.lines[i].class = "grey"
			if t.lines[i].front {
				t.lines[i].class = "s1"
			}
		}
	}
	p.margins(t)
	return t
}

// margins leaves room for the numbers of the y axis at the left and the names
// of the series, or of the reference line, at the right.
func (p *plate) margins(t *trend) {
	low, high := p.bounds(p.shape)
	at, format := p.axisTicks(p.shape, low, high, 4)
	for _, v := range at {
		t.plotX = max(t.plotX, width("tick", format.String(v)))
	}
	t.plotX += 10
	right := 4.0
	if names := p.nameWidth(t); names > 0 {
		right = names + 14
	}
	t.plot = p.width - t.plotX - right
	t.top = 22
	if p.Axis.Label != "" {
		lines := fit("tick", p.Axis.Label, p.width)
		p.lines("tick", start, 0, 13, lines)
		t.top += float64(len(lines)) * leading("tick")
	}
	t.eventTop = t.top - 18
	t.top += p.eventRoom(t)
}

// nameWidth returns the width of the column of series names; 0 for one series.
func (p *plate) nameWidth(t *trend) float64 {
	if len(t.lines) < 2 {
		return 0
	}
	most, widest := 92.0, 0.0
	if p.wide {
		most = 170
	}
	size, bold := fontSize("name")
	for _, s := range t.lines {
		widest = max(widest, width("name", s.name))
		most = max(most, min(longestWord(s.name, size, bold), most*1.3))
	}
	return min(widest, most)
}

// plotHeight grows with the names at the right, which must not overlap.
func (p *plate) plotHeight(t *trend) float64 {
	height := 190.0
	switch {
	case !p.marked(p.shape):
		return 24 // only the labels and why nothing stands above them
	case p.wide:
		height = 220
	}
	if w := p.nameWidth(t); w > 0 {
		names := 0.0
		for _, s := range t.lines {
			names += float64(len(fit("name", s.name, w)))*leading("name") + nameGap
		}
		height = max(height, names)
	}
	return height
}

// horizontals draws the light grid with its numbers and the reference line.
func (p *plate) horizontals(t *trend) {
	at, format := p.axisTicks(p.shape, t.y.min, t.y.max, 4)
	for _, v := range at {
		p.line("grid", t.plotX, t.y.at(v), t.plotX+t.plot, t.y.at(v))
		p.text("tick", end, t.plotX-8, t.y.at(v)+4.5, format.String(v))
	}
	if p.referenced() {
		y := t.y.at(p.Axis.Reference)
		p.line("cut", t.plotX, y, t.plotX+t.plot, y)
	}
}

// locate gives every point its place and keeps those with a value.
func (p *plate) locate(t *trend) {
	x := scale{min: 0, max: float64(len(t.labels) - 1), from: t.plotX + t.pad, to: t.plotX + t.plot - t.pad}
	for i := range t.lines {
		s := &t.lines[i]
		kept := s.points[:0]
		broken := false
		for _, q := range s.points {
			broken = broken || q.row.Break
			value := q.row.cell(p.shape.value)
			if !finite(value) {
				continue
			}
			q.spot = spot{x.at(float64(q.column)), t.y.at(value)}
			low, high := q.row.cell(p.shape.low), q.row.cell(p.shape.high)
			if q.interval = finite(low) && finite(high); q.interval {
				q.low, q.high = spot{q.x, t.y.at(low)}, spot{q.x, t.y.at(high)}
			}
			q.joined = len(kept) > 0 && !broken && kept[len(kept)-1].column == q.column-1
			broken = false
			kept = append(kept, q)
		}
		s.points = kept
	}
}

// breaks marks on the x axis where waves are not comparable.
func (p *plate) breaks(t *trend) {
	x := scale{min: 0, max: float64(len(t.labels) - 1), from: t.plotX + t.pad, to: t.plotX + t.plot - t.pad}
	seen := map[string]bool{}
	for i := range p.Rows {
		r := &p.Rows[i]
		if !r.Break || seen[r.Label] {
			continue
		}
		seen[r.Label] = true
		for column, label := range t.labels {
			if label == r.Label && column > 0 {
				at := x.at(float64(column) - .5)
				p.line("gapline", at, t.top, at, t.bottom-7)
				t.events = append(t.events, [2]spot{{at, t.top}, {at, t.bottom - 7}})
				p.gapMark(at, t.bottom)
				p.note(key{glyphGap, p.brokenBy(p.words, r)})
			}
		}
	}
}

// runs returns the stretches of points that are joined.
func (s *series) runs() [][]point {
	var runs [][]point
	for i, q := range s.points {
		if i == 0 || !q.joined {
			runs = append(runs, s.points[i:i:len(s.points)])
		}
		runs[len(runs)-1] = runs[len(runs)-1][:len(runs[len(runs)-1])+1]
	}
	return runs
}

// band draws the intervals: a band along joined points, a whisker at a single
// one. Grey lines have none, or the plate would be a fog.
func (p *plate) band(s *series) {
	if s.class == "grey" {
		return
	}
	for _, run := range s.runs() {
		for _, part := range intervals(run) {
			if len(part) == 1 {
				q := part[0]
				p.line("ci own "+s.class, q.x, q.low.y, q.x, q.high.y)
				p.line("ci own "+s.class, q.x-4, q.low.y, q.x+4, q.low.y)
				p.line("ci own "+s.class, q.x-4, q.high.y, q.x+4, q.high.y)
				p.note(key{glyphWhisker, p.words.Interval})
				continue
			}
			var outline []spot
			for _, q := range part {
				outline = append(outline, q.high)
			}
			for i := len(part) - 1; i >= 0; i-- {
				outline = append(outline, part[i].low)
			}
			p.poly("polygon", "band "+s.class, outline)
			p.note(key{"band s1", p.words.Interval})
		}
	}
}

// intervals cuts a run where a point has no interval.
func intervals(run []point) [][]point {
	var parts [][]point
	from := 0
	for i := 0; i <= len(run); i++ {
		if i < len(run) && run[i].interval {
			continue
		}
		if i > from {
			parts = append(parts, run[from:i])
		}
		from = i + 1
	}
	return parts
}

// drawLine draws one series: its line and its points.
func (p *plate) drawLine(s *series) {
	p.open("series "+s.class, "")
	for _, run := range s.runs() {
		if len(run) > 1 {
			path := make([]spot, len(run))
			for i, q := range run {
				path[i] = q.spot
			}
			p.poly("polyline", "line", path)
		}
	}
	for _, q := range s.points {
		p.open("row", p.hover(p.words, q.row))
		class := "dot"
		switch q.row.State {
		case TooFew:
			class += " hollow"
			p.note(key{glyphHollow, p.words.TooFew})
		case Undecided:
			class += " hollow"
			p.note(key{glyphHollow, p.words.Undecided})
		}
		p.marker(class, s.class, q.spot)
		p.close()
	}
	p.close()
}

// marker draws a point; the shape tells series apart where colour cannot.
func (p *plate) marker(class, series string, at spot) {
	const r = 4.5
	switch series {
	case "s2":
		p.rect(class, at.x-r+.5, at.y-r+.5, 2*r-1, 2*r-1)
	case "s3":
		p.poly("polygon", class, []spot{{at.x, at.y - r - 1}, {at.x + r + 1, at.y}, {at.x, at.y + r + 1}, {at.x - r - 1, at.y}})
	case "s4":
		p.poly("polygon", class, []spot{{at.x, at.y - r - 1}, {at.x + r + .5, at.y + r - .5}, {at.x - r - .5, at.y + r - .5}})
	case "grey":
		p.circle(class, at, 3)
	default:
		p.circle(class, at, math.Round(r))
	}
}
