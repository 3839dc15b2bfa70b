package chart

// paretoRows draws a Pareto figure in rows: bars and the points of the
// cumulative share on one scale from 0 to the total.
func (p *plate) paretoRows() float64 {
	column := p.with(Cumulative)
	l := p.layout(p.paretoNumbers(), 34, 16)
	x := scale{min: 0, max: p.whole(), from: l.plotX + .5, to: l.plotX + l.plot - 7}
	if !p.wide && len(l.sides) > 0 {
		x.to -= l.sides[0].width + 4 // the line of the shares stays clear of the numbers
	}
	p.clearOfShares(l, x)
	y := p.rowsHead(l)
	top, above := y, p.buf
	few := p.vitalFew()
	var path []spot
	var bands [][2]float64 // of the bars
	p.buf = nil
	for i := range p.Rows {
		r := &p.Rows[i]
		p.open(rowClass(r), p.hover(p.words, r))
		var mid float64
		mid, y = p.paretoRow(l, i, y)
		if v := p.of(r, Value); finite(v) {
			p.rect("bar"+p.vitalTone(r, few[i]), x.from, mid-l.thick/2, max(x.at(max(v, 0))-x.from, 0), l.thick)
			bands = append(bands, [2]float64{mid - l.thick/2 - 3, mid + l.thick/2 + 3})
		}
		if share := r.cell(column); finite(share) {
			path = append(path, spot{x.at(min(max(share, 0), 1.02) * x.max), mid})
		}
		p.close()
	}
	rows := p.buf
	p.buf = above
	p.vitalCut(x, bands, top, y)
	if len(path) > 1 && p.wide {
		p.poly("polyline", "cum", path)
	} else if len(path) > 1 {
		p.poly("polyline", "cum", stairs(path, l.thick/2+7))
	}
	p.buf = append(p.buf, rows...)
	for _, at := range path {
		p.circle("dot cumdot", at, 4)
	}
	if len(path) > 0 {
		p.shareLabels(l, x, path)
		p.note(key{glyphCumulative, p.Columns[column].Label})
	}
	p.line("axis", l.plotX, y+1, l.plotX+l.plot, y+1)
	return y + 4
}

// stairs is a path that goes straight down from each point to below its bar,
// across, and down to the next: between the names, not through them.
func stairs(path []spot, below float64) []spot {
	out := []spot{path[0]}
	for i := 1; i < len(path); i++ {
		y := path[i-1].y + below
		out = append(out, spot{path[i-1].x, y}, spot{path[i].x, y}, path[i])
	}
	return out
}

// clearOfShares breaks the names above a narrow row's bar before the line of the
// shares comes down, where their words are short enough.
func (p *plate) clearOfShares(l layout, x scale) {
	if p.wide {
		return
	}
	size, bold := fontSize("lbl")
	for i := range p.Rows {
		share := p.Rows[i].cell(p.with(Cumulative))
		if i == 0 || !finite(share) {
			continue
		}
		room := x.at(min(max(share, 0), 1.02)*x.max) - 8
		if label := p.Rows[i].Label; longestWord(label, size, bold || p.Rows[i].Strong) <= room {
			if lines := balance(label, room, size, bold || p.Rows[i].Strong); len(lines) > len(l.labels[i]) {
				l.labels[i] = lines
			}
		}
	}
}

// paretoNumbers are the columns beside the rows: value and, when wide,
// cumulative share.
func (p *plate) paretoNumbers() []side {
	var sides []side
	if c, ok := p.column("val", p.shape.value); ok {
		sides = append(sides, c)
	}
	if c, ok := p.column("tick", p.with(Cumulative)); ok && p.wide {
		sides = append(sides, c)
	}
	return sides
}

// rowsHead writes the headings of the numbers and returns the y below.
func (p *plate) rowsHead(l layout) float64 {
	if p.wide || len(l.sides) == 0 {
		return p.heads(l, 0) + 6
	}
	lines := fit("tick", l.sides[0].head, p.width)
	p.lines("tick", end, p.width, 13, lines)
	return float64(len(lines))*leading("tick") + 6
}

// vitalCut draws the line of the vital few through the rows, or through the
// bars only when narrow, where it must not strike the names.
func (p *plate) vitalCut(x scale, bands [][2]float64, top, bottom float64) {
	share := p.vital()
	if !finite(share) || share <= 0 || share > 1 || p.with(Cumulative) < 0 || len(bands) == 0 {
		return
	}
	at := x.at(share * x.max)
	if p.wide {
		bands = [][2]float64{{top, bottom}}
	}
	for _, b := range bands {
		p.line("cut", at, b[0], at, b[1])
	}
	p.note(key{glyphCut, p.vitalLabel()})
}

// paretoRow is row with labels on paper when narrow, where the line of the
// shares runs behind them.
func (p *plate) paretoRow(l layout, i int, y float64) (mid, next float64) {
	if p.wide {
		return p.row(l, i, y)
	}
	r := &p.Rows[i]
	p.lines("lbl paper", start, 0, y+15, l.labels[i])
	if len(l.sides) > 0 && !r.hidden() {
		p.text("val", end, p.width, y+15, l.sides[0].text(r))
	}
	y += float64(len(l.labels[i]))*leading("lbl") + 4
	if why := p.why(l, r); why != nil {
		p.lines("why", start, 0, y+14, why)
		return y, y + float64(len(why))*leading("why") + 12
	}
	return y + l.thick/2, y + l.thick + 12
}

// shareLabels writes the cumulative shares beside their points when narrow,
// where they have no column of their own.
func (p *plate) shareLabels(l layout, x scale, path []spot) {
	if p.wide {
		return
	}
	edge := p.width
	if len(l.sides) > 0 { // not against the numbers
		edge -= l.sides[0].width + 6
	}
	column, at := p.with(Cumulative), 0
	for i := range p.Rows {
		r := &p.Rows[i]
		share := r.cell(column)
		if !finite(share) {
			continue
		}
		q := path[at]
		at++
		text := p.Columns[column].text(share)
		w := width("tick", text)
		cut := x.at(p.vital() * x.max) // NaN for no such line
		right := q.x+8+w <= edge
		left := q.x-8-w > x.at(max(p.of(r, Value), 0))
		struck := cut > q.x+4 && cut < q.x+12+w
		switch { // raised, for the line goes on downwards
		case right && !(struck && left):
			p.text("pt", start, q.x+8, q.y+.5, text)
		case left:
			p.text("pt", end, q.x-8, q.y+8.5, text)
		}
	}
}
