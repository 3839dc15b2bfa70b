package chart

// values draws one bar or dot a row with its interval; it returns the height.
func (p *plate) values() float64 {
	pitch, thick := 38.0, 20.0
	if p.Kind == Dots {
		pitch, thick = 36, 14
	}
	l := p.layout(p.sides(p.shape.value), pitch, thick)
	x := p.across(l, 7)
	if x.min < 0 && x.max > 0 {
		l.before = x.at(0) - l.plotX - 6
	}
	return p.plot(l, x, 0, func(i int, mid float64) { p.mark(&p.Rows[i], x, mid) })
}

// across is the scale of the value axis in the plot; inset keeps what stands
// at its ends inside.
func (p *plate) across(l layout, inset float64) scale {
	low, high := p.bounds(p.shape)
	x := scale{min: low, max: high, from: l.plotX + inset, to: l.plotX + l.plot - inset}
	if p.fromZero() && low == 0 {
		x.from = l.plotX + .5
	}
	return x
}

// plot draws the rows below top, their marks by mark, and the value axis; it
// returns the height.
func (p *plate) plot(l layout, x scale, top float64, mark func(i int, mid float64)) float64 {
	y := p.headroom(l, x, top)
	top, under := y, len(p.buf)           // grid and reference lie under the marks, and their length is known last
	spans := [][2]float64{{top - 4, top}} // of the reference, whose label stands there, and of the grid lines; when narrow they must not strike the labels
	var struck [][2]float64               // the headings that reach over the plot when wide
	for i := range p.Rows {
		r, above := &p.Rows[i], y
		if y = p.heading(i, y); y > above && p.wide && p.reaches(l, r) {
			struck = append(struck, [2]float64{above, y - 2})
		}
		p.open(rowClass(r), p.hover(p.words, r))
		var mid float64
		mid, y = p.row(l, i, y)
		if p.drawn(p.shape, r) {
			mark(i, mid)
			spans = append(spans, [2]float64{mid - l.thick/2 - 3, mid + l.thick/2 + 3})
		}
		p.close()
	}
	y += 2
	if p.wide {
		spans = between(struck, top, y)
	}
	p.insert(under, func() { y = p.grid(x, spans, y) })
	return y
}

// headroom writes the headings and the label of the reference line, and
// returns the y where the rows begin.
func (p *plate) headroom(l layout, x scale, top float64) float64 {
	below := p.heads(l, top)
	if !p.wide && len(l.sides) > 0 {
		lines := fit("tick", l.sides[0].head, p.width)
		p.lines("tick", end, p.width, top+13, lines)
		below = top + float64(len(lines))*leading("tick")
	}
	if p.referenced() && p.Axis.RefLabel != "" {
		lines := fit("ref", p.Axis.RefLabel, l.plot)
		size, bold := fontSize("ref")
		at := clamp(x.at(p.Axis.Reference), widest(lines, size, bold), l.plotX, l.plotX+l.plot)
		height := float64(len(lines))*leading("ref") + 4
		y := below // below the headings when narrow, beside them when wide
		if p.wide {
			below = max(below, top+height)
			y = below - height
		} else {
			below += height
		}
		p.lines("ref", middle, at, y+15.5, lines)
	}
	return below + 6
}

// grid draws the hairlines of the value axis and the reference line under the
// rows, and the axis with its numbers below; it returns the y below the axis.
func (p *plate) grid(x scale, spans [][2]float64, bottom float64) float64 {
	at, format := p.axisTicks(p.shape, x.min, x.max, max(3, int((x.to-x.from)/110)))
	for _, v := range at {
		class := "grid"
		if v == 0 {
			class = "zero"
		}
		for i, span := range spans {
			if i > 0 || p.wide {
				p.line(class, x.at(v), span[0], x.at(v), span[1])
			}
		}
		text := format.String(v)
		p.text("tick", middle, clamp(x.at(v), width("tick", text), 0, p.width), bottom+17, text)
	}
	if !p.wide {
		p.line("axis", 0, bottom, p.width, bottom)
	}
	for _, span := range spans {
		if p.referenced() {
			p.line("cut", x.at(p.Axis.Reference), span[0], x.at(p.Axis.Reference), span[1])
		}
	}
	bottom += 22
	if p.Axis.Label != "" {
		room := x.to - x.from
		lines := fit("tick", p.Axis.Label, room)
		p.lines("tick", middle, (x.from+x.to)/2, bottom+13, lines)
		bottom += float64(len(lines))*leading("tick") + 2
	}
	return bottom
}

// mark draws the bar or dot of one row with its interval.
func (p *plate) mark(r *Row, x scale, mid float64) {
	at := x.at(r.cell(p.shape.value))
	tone := ""
	if !r.Strong && p.anyStrong() {
		tone = " muted"
	}
	if r.State == TooFew {
		tone += " hollow"
		sign := glyphHollow
		if p.Kind == Bars {
			sign = glyphPale
		}
		p.note(key{sign, p.words.TooFew})
	}
	if p.Kind == Bars {
		from := x.at(min(max(0, x.min), x.max))
		p.rect("bar"+tone, min(from, at), mid-9, max(from, at)-min(from, at), 18)
	}
	p.whisker(r, x, mid, tone)
	if p.Kind == Dots {
		p.circle("dot"+tone, spot{at, mid}, 5.5)
	}
}

// whisker draws the interval of a row; bars need a halo to show it on them.
func (p *plate) whisker(r *Row, x scale, mid float64, tone string) {
	low, high := r.cell(p.shape.low), r.cell(p.shape.high)
	if !finite(low) || !finite(high) {
		return
	}
	from, to := x.at(low), x.at(high)
	if p.Kind == Bars {
		p.line("halo", from, mid, to, mid)
		tone = ""
	} else {
		tone = " own" + tone
	}
	p.line("ci"+tone, from, mid, to, mid)
	p.line("ci"+tone, from, mid-4, from, mid+4)
	p.line("ci"+tone, to, mid-4, to, mid+4)
	if !p.wide {
		p.note(key{glyphWhisker, p.words.Interval})
	}
}

func (f *Figure) anyStrong() bool {
	for i := range f.Rows {
		if f.Rows[i].Strong {
			return true
		}
	}
	return false
}
