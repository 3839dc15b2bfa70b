package chart

import "math"

// histogram draws counts or shares by class as columns that touch, and places
// such as the mean as lines with their words above.
func (p *plate) histogram() float64 {
	low, high := p.classes()
	_, most := p.bounds(p.shape)
	y0 := p.axisWords()
	places := p.places()
	left := 0.0
	at, format := p.axisTicks(p.shape, 0, most, 4)
	for _, v := range at {
		left = max(left, width("tick", format.String(v)))
	}
	left += 10
	x := scale{min: low, max: high, from: left, to: p.width - 4}
	top := p.placeWords(places, x, y0) + 20
	bottom := top + 180
	if !p.wide {
		bottom = top + 150
	}
	if !p.marked(p.shape) {
		return p.nothing(y0)
	}
	y := scale{min: 0, max: most, from: bottom, to: top}
	for _, v := range at {
		p.line("grid", left, y.at(v), p.width, y.at(v))
		p.text("tick", end, left-8, y.at(v)+4.5, format.String(v))
	}
	var counts []func()
	for i := range p.Rows {
		if write := p.class(&p.Rows[i], x, y); write != nil {
			counts = append(counts, write)
		}
	}
	p.line("axis", left, bottom, p.width, bottom)
	for _, place := range places {
		p.open("row", p.hover(p.words, place))
		at := x.at(place.cell(p.shape.low))
		p.line("under", at, top-18, at, bottom)
		p.line("place", at, top-18, at, bottom)
		p.close()
	}
	for _, write := range counts { // on top of the lines
		write()
	}
	p.edges(x, bottom)
	return bottom + 24
}

// nothing is the drawing of a figure without any mark.
func (p *plate) nothing(y float64) float64 {
	for i := range p.Rows {
		p.open("row", p.hover(p.words, &p.Rows[i]))
		p.close()
	}
	p.text("why", start, 0, y+24, p.absent(p.words, &p.Rows[0]))
	p.line("axis", 0, y+38, p.width, y+38)
	return y + 40
}

// axisWords writes what the columns count and returns the y below.
func (p *plate) axisWords() float64 {
	if p.Axis.Label == "" {
		return 0
	}
	lines := fit("tick", p.Axis.Label, p.width)
	p.lines("tick", start, 0, 13, lines)
	return float64(len(lines))*leading("tick") + 4
}

// classes returns the first and the last edge.
func (f *Figure) classes() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	s := f.shape()
	for i := range f.Rows {
		if r := &f.Rows[i]; f.drawn(s, r) {
			low = min(low, r.cell(s.low))
			if !r.Place {
				high = max(high, r.cell(s.high))
			} else {
				high = max(high, r.cell(s.low))
			}
		}
	}
	if low > high {
		return 0, 1
	}
	return low, high
}

// places are the rows that are lines and no classes.
func (f *Figure) places() []*Row {
	var places []*Row
	s := f.shape()
	for i := range f.Rows {
		if r := &f.Rows[i]; r.Place && f.drawn(s, r) {
			places = append(places, r)
		}
	}
	return places
}

// placeWords writes the names and numbers of the places above their lines, on
// lines of their own where they would meet, and returns the y below.
func (p *plate) placeWords(places []*Row, x scale, y float64) float64 {
	step := leading("ref")
	var taken []box
	below := y
	for _, place := range places {
		v := place.cell(p.shape.low)
		lines := fit("ref", place.Label+" "+p.Columns[p.shape.low].text(v), p.width)
		size, bold := fontSize("ref")
		w := widest(lines, size, bold)
		b := box{clamp(x.at(v), w, 0, p.width) - w/2, y, w + 8, float64(len(lines)) * step}
		for again := true; again; {
			again = false
			for _, o := range taken {
				if b.meets(o) {
					b.y, again = o.y+o.h, true
				}
			}
		}
		taken = append(taken, b)
		p.lines("ref", start, b.x, b.y+13, lines)
		below = max(below, b.y+b.h)
	}
	return below
}

// class draws one column and returns what writes its number above it; nil
// where there is no room.
func (p *plate) class(r *Row, x, y scale) func() {
	if r.Place && p.drawn(p.shape, r) {
		return nil
	}
	p.open(rowClass(r), p.hover(p.words, r))
	defer p.close()
	if !p.drawn(p.shape, r) {
		p.note(key{glyphNone, r.Label + p.colon() + p.absent(p.words, r)})
		return nil
	}
	v := r.cell(p.shape.value)
	from, to := x.at(r.cell(p.shape.low)), x.at(r.cell(p.shape.high))
	class := "bar"
	if r.State == TooFew {
		class += " hollow"
		p.note(key{glyphPale, p.words.TooFew})
	}
	p.rect(class, from+.5, min(y.at(v), y.at(0)), to-from-1, math.Abs(y.at(v)-y.at(0)))
	if text := p.Columns[p.shape.value].text(v); width("amount", text)+2 <= to-from {
		return func() {
			w := width("amount", text)
			for _, place := range p.places() {
				if at := x.at(place.cell(p.shape.low)); math.Abs(at-(from+to)/2) < w/2+2 { // its line stops at the number
					p.rect("ground", (from+to)/2-w/2-1, y.at(v)-16, w+2, 15)
					break
				}
			}
			p.text("amount", middle, (from+to)/2, y.at(v)-4, text)
		}
	}
	return nil
}

// edgeFormat has as many decimals as the edges need, however many the places
// have.
func (p *plate) edgeFormat() Format {
	format := p.Columns[p.shape.low].Format
	need := 0
	for i := range p.Rows {
		if r := &p.Rows[i]; !r.Place && p.drawn(p.shape, r) {
			for need < format.Decimals && (round(r.cell(p.shape.low), need) != r.cell(p.shape.low) || round(r.cell(p.shape.high), need) != r.cell(p.shape.high)) {
				need++
			}
		}
	}
	format.Decimals = need
	return format
}

// edges writes the numbers of the classes' edges, as many as have room.
func (p *plate) edges(x scale, bottom float64) {
	format := p.edgeFormat()
	free := math.Inf(-1)
	write := func(v float64) {
		text := format.String(v)
		w := width("tick", text)
		at := clamp(x.at(v), w, 0, p.width)
		if at-w/2 > free {
			p.line("axis", x.at(v), bottom, x.at(v), bottom+4)
			p.text("tick", middle, at, bottom+18, text)
			free = at + w/2 + 8
		}
	}
	last := math.NaN()
	for i := range p.Rows {
		if r := &p.Rows[i]; !r.Place && p.drawn(p.shape, r) {
			write(r.cell(p.shape.low))
			last = r.cell(p.shape.high)
		}
	}
	if finite(last) {
		write(last)
	}
}
