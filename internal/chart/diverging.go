package chart

// diverging draws stacked shares around the middle of the neutral level, all
// rows on one scale that uses the width the data need; it returns the height.
func (p *plate) diverging() float64 {
	tones := p.tones(p.shape)
	colours := p.colours(tones)
	pitch, thick := 42.0, 28.0
	if p.many() {
		pitch, thick = 34, 24
	}
	l := p.layout(p.sides(p.shape.totals...), pitch, thick)
	y := p.levels(l, colours)
	left, right := 0.0, 0.0
	for i := range p.Rows {
		before, whole := p.leftOf(&p.Rows[i], p.shape, tones)
		left, right = max(left, before), max(right, whole-before)
	}
	x := scale{min: -left, max: right, from: l.plotX, to: l.plotX + l.plot}
	top, under := y, len(p.buf) // the zero line lies under the bars, and its length is known last
	var struck [][2]float64
	for i := range p.Rows {
		r, above := &p.Rows[i], y
		if y = p.heading(i, y); y > above && p.reaches(l, r) {
			struck = append(struck, [2]float64{above, y - 2})
		}
		p.open(rowClass(r), p.hover(p.words, r))
		var mid float64
		mid, y = p.row(l, i, y)
		if p.drawn(p.shape, r) {
			p.stack(l, r, tones, colours, x, mid)
		}
		p.close()
	}
	if left+right > 0 && p.wide {
		p.insert(under, func() {
			for _, span := range between(struck, top, y) {
				p.line("zero", x.at(0), span[0], x.at(0), span[1])
			}
		})
	}
	return y
}

func rowClass(r *Row) string {
	class := "row"
	if r.State == TooFew {
		class += " few"
	}
	if r.Strong {
		class += " strong"
	}
	return class
}

// levels writes the legend and the headings and returns the y below.
func (p *plate) levels(l layout, colours []string) float64 {
	keys := make([]key, len(p.shape.levels))
	for i, level := range p.shape.levels {
		keys[i] = key{"d" + colours[i], p.Columns[level].Label}
	}
	switch {
	case !p.wide && len(l.sides) > 0:
		// The totals' heading stands in the legend's place at the right: which
		// share the bold number is must not be guessed.
		below := p.flow(keys, 0, p.width, 0)
		lines := fit("tick", l.sides[0].head, p.width)
		p.lines("tick", end, p.width, below+17, lines)
		return below + 4 + float64(len(lines))*leading("tick")
	case !p.wide || oneLine(keys) > l.plotX+l.plot:
		return p.heads(l, p.flow(keys, 0, p.width, 0)) + 6
	}
	// On the line of the headings, over the bars and as far left as it needs.
	below := p.heads(l, 0)
	x := min(l.plotX, l.plotX+l.plot-oneLine(keys))
	return max(below, p.flow(keys, x, l.plotX+l.plot-x+1, max(below-leading("tick")-4, 0))) + 6
}

// stack draws one bar of segments around x.at(0).
func (p *plate) stack(l layout, r *Row, tones []float64, colours []string, x scale, mid float64) {
	left, whole := p.leftOf(r, p.shape, tones)
	at := -left
	top := mid - l.thick/2
	if r.State == TooFew { // paper under the pale bar, or the zero line would show through
		p.rect("ground", x.at(-left), top, x.at(whole-left)-x.at(-left), l.thick)
	}
	for i, level := range p.shape.levels {
		share := r.cell(level)
		if !(share > 0) {
			continue
		}
		from, to := x.at(at), x.at(at+share)
		at += share
		gap := 0.0 // a hairline of paper to the next segment
		if to-from > 3 && at < whole-left-1e-9 {
			gap = 1
		}
		p.rect("d"+colours[i], from, top, to-from-gap, l.thick)
		text := p.Columns[level].Format.String(share)
		if width("in", text)+2 <= to-from {
			p.text("in o"+colours[i], middle, (from+to-gap)/2, mid+4.5, text)
		}
	}
	if r.State == TooFew {
		p.rect("outline", x.at(-left)-1, top-1, x.at(whole-left)-x.at(-left)+2, l.thick+2)
		p.note(key{glyphPale, p.words.TooFew})
	}
}
