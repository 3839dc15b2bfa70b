package chart

import "math"

// mostPanels is how many little lines one figure has room for.
const mostPanels = 12

// multiples draws a little line for every series, all on one scale.
func (p *plate) multiples() float64 {
	t := &trend{}
	p.collect(t)
	low, high := p.bounds(p.shape)
	high, parts := panelTop(low, high)
	at, format := p.axisTicks(p.shape, low, high, parts)
	for _, v := range at {
		t.plotX = max(t.plotX, width("tick", format.String(v)))
	}
	t.plotX += 8
	across := 4
	if !p.wide {
		across = 2
	}
	across = min(across, max(len(t.lines), 1))
	const gap = 22.0
	wide := (p.width - t.plotX - gap*float64(across-1)) / float64(across)
	y := p.axisWords()
	shown := t.lines[:min(len(t.lines), mostPanels)]
	for i := 0; i < len(shown); i += across {
		row := shown[i:min(i+across, len(shown))]
		names, most := make([][]string, len(row)), 0
		for k, s := range row {
			names[k] = fit("amount", s.name, wide)
			most = max(most, len(names[k]))
		}
		top := y + float64(most)*leading("amount") + 26
		bottom := top + 76
		for k := range row {
			x := t.plotX + float64(k)*(wide+gap)
			p.lines("amount", start, x, y+14, names[k])
			panel := trend{labels: t.labels, lines: row[k : k+1], plotX: x, plot: wide, top: top, bottom: bottom, pad: 22, y: scale{min: low, max: high, from: bottom, to: top}}
			p.panel(&panel, at, format, k == 0)
		}
		y = bottom + 30 + p.endLines(row, wide)
	}
	if len(t.lines) > mostPanels {
		p.rest(t.lines[mostPanels:])
	}
	return y
}

// panelTop raises the end of an axis to a tick that is near, so that no peak stands
// far above the highest number, and returns how many parts the ticks make.
func panelTop(low, high float64) (top float64, parts int) {
	for parts := 2; parts <= 4; parts++ {
		by := step(low, high, parts)
		if up := math.Ceil(high/by-1e-9) * by; up-high <= .4*by {
			return up, parts
		}
	}
	return high, 2
}

// endWaves are the names of the first and the last wave of a little line, in one
// line each where both fit beside each other, else broken.
func (p *plate) endWaves(ends []point, plot float64) [][]string {
	var out [][]string
	all := 0.0
	for _, q := range ends {
		all += width("tick", q.row.Label)
	}
	for _, q := range ends {
		room := plot
		if all+6 > plot && len(ends) > 1 {
			room = (plot - 10) / 2
		}
		out = append(out, fit("tick", q.row.Label, room))
	}
	return out
}

// endLines is the height of what endWaves adds below a row of little lines.
func (p *plate) endLines(row []series, plot float64) float64 {
	most := 1
	for i := range row {
		for _, lines := range p.endWaves(row[i].ends(), plot) {
			most = max(most, len(lines))
		}
	}
	return float64(most-1) * leading("tick")
}

// ends are the first and the last point that is drawn.
func (s *series) ends() []point {
	if len(s.points) < 2 {
		return s.points
	}
	return []point{s.points[0], s.points[len(s.points)-1]}
}

// rest carries the lines that have no room: they stand in the table.
func (p *plate) rest(lines []series) {
	for _, s := range lines {
		for _, q := range s.points {
			p.open("row", p.hover(p.words, q.row))
			p.close()
		}
	}
	p.note(key{glyphNone, p.say("其余各项见数据表", "the others stand in the table")})
}

// collect reads the labels of the x axis and the series.
func (p *plate) collect(t *trend) {
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
			t.lines = append(t.lines, series{name: r.Series, class: "s1"})
		}
		t.lines[at].points = append(t.lines[at].points, point{row: r, column: columns[r.Label]})
	}
}

// panel draws one little line with its first and last value and the first and
// last wave.
func (p *plate) panel(t *trend, at []float64, format Format, first bool) {
	for _, v := range at {
		p.line("grid", t.plotX, t.y.at(v), t.plotX+t.plot, t.y.at(v))
		if first {
			p.text("tick", end, t.plotX-6, t.y.at(v)+4.5, format.String(v))
		}
	}
	if p.referenced() {
		p.line("cut", t.plotX, t.y.at(p.Axis.Reference), t.plotX+t.plot, t.y.at(p.Axis.Reference))
		if p.Axis.RefLabel != "" {
			p.note(key{glyphCut, p.Axis.RefLabel})
		}
	}
	s := &t.lines[0]
	all := s.points
	t.lines = []series{{name: s.name, class: "s1", points: append([]point{}, all...)}}
	p.locate(t)
	s = &t.lines[0]
	p.band(s)
	p.drawLine(s)
	for _, q := range all { // the words of the points without a mark
		if !p.drawn(p.shape, q.row) {
			p.open("row", p.hover(p.words, q.row))
			p.close()
			p.note(key{glyphNone, s.name + " " + q.row.Label + p.colon() + p.absent(p.words, q.row)})
		}
		if q.row.Break {
			p.gapMark(scale{min: 0, max: float64(len(t.labels) - 1), from: t.plotX + t.pad, to: t.plotX + t.plot - t.pad}.at(float64(q.column)-.5), t.bottom)
			p.note(key{glyphGap, p.brokenBy(p.words, q.row)})
		}
	}
	p.line("axis", t.plotX, t.bottom, t.plotX+t.plot, t.bottom)
	p.panelWords(t, s)
}

// panelWords writes the numbers over the first and the last point, clear of
// the line, and their waves below.
func (p *plate) panelWords(t *trend, s *series) {
	if len(s.points) == 0 {
		p.text("tick", start, t.plotX, t.top+36, dash)
		return
	}
	value := p.Columns[p.shape.value]
	ends := s.ends()
	free := math.Inf(-1)
	for k := len(ends) - 1; k >= 0; k-- {
		q := ends[k]
		class := "amount"
		if k == 0 && len(ends) > 1 {
			class = "tick"
		}
		text := value.text(q.row.cell(p.shape.value))
		w := width(class, text)
		at := clamp(q.x, w, t.plotX, t.plotX+t.plot)
		if k == len(ends)-1 || at+w/2 < free-6 {
			p.text(class, middle, at, t.top-6, text)
		}
		free = at - w/2
	}
	for k, lines := range p.endWaves(ends, t.plot) {
		size, bold := fontSize("tick")
		w := widest(lines, size, bold)
		p.lines("tick", middle, clamp(ends[k].x, w, t.plotX, t.plotX+t.plot), t.bottom+18, lines)
	}
}

// brokenBy says why a wave is not comparable with the one before.
func (f *Figure) brokenBy(words Words, r *Row) string {
	if r.Why != "" && !r.hidden() {
		return r.Why
	}
	return words.Break
}

// Sparkline draws the first series of the figure's rows without axes, labels
// or ids, to stand in a line of text; its name is its description.
func (f *Figure) Sparkline() []byte {
	const wide, high, pad = 96.0, 24.0, 4.0
	p := &plate{Figure: f, shape: f.shape(), words: f.words(), wide: true, width: wide}
	t := &trend{}
	p.collect(t)
	p.raw(`<svg class="plate spark" viewBox="0 0 96 24" role="img" lang="`)
	p.escaped(f.Lang)
	p.raw(`" aria-label="`)
	p.escaped(f.Title + p.colon() + f.Description())
	p.raw(`">`)
	if len(t.lines) > 0 {
		low, high2 := p.extent(p.shape)
		panel := trend{labels: t.labels, lines: t.lines[:1], plot: wide, pad: pad, y: scale{min: low, max: high2, from: high - pad, to: pad}}
		p.locate(&panel)
		s := &panel.lines[0]
		for _, run := range s.runs() {
			path := make([]spot, len(run))
			for i, q := range run {
				path[i] = q.spot
			}
			if len(path) > 1 {
				p.poly("polyline", "line", path)
			}
		}
		if n := len(s.points); n > 0 {
			p.circle("dot", s.points[n-1].spot, 3)
		}
	}
	p.raw("</svg>")
	return p.buf
}
