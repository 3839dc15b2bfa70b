package chart

import "strconv"

// grouped draws two to four bars a row, each with its number at its end.
func (p *plate) grouped() float64 {
	const each, bar = 19.0, 15.0
	parts := p.shape.parts
	thick := each*float64(max(len(parts), 1)) - (each - bar)
	l := p.layout(p.wideSides(), thick+18, thick)
	x := p.across(l, .5)
	room := p.partRoom() + 7
	x.to -= room
	if x.min < 0 {
		x.from += room
	}
	return p.plot(l, x, p.partKeys("bar s"), func(i int, mid float64) {
		r := &p.Rows[i]
		top := mid - thick/2
		for k, part := range parts {
			p.groupBar(r, x, part, "s"+strconv.Itoa(k+1), top+float64(k)*each, bar)
		}
	})
}

// wideSides are the columns beside a plot whose marks have their numbers by
// them: none when narrow.
func (p *plate) wideSides() []side {
	if !p.wide {
		return nil
	}
	return p.sides()
}

// groupBar draws one bar of a group from y.
func (p *plate) groupBar(r *Row, x scale, part int, class string, y, height float64) {
	v := r.cell(part)
	if !finite(v) {
		return
	}
	class = "bar " + class
	if r.State == TooFew {
		class += " hollow"
		p.note(key{glyphPale, p.words.TooFew})
	}
	zero, at := x.at(min(max(0, x.min), x.max)), x.at(v)
	p.rect(class, min(zero, at), y, max(zero, at)-min(zero, at), height)
	text := p.Columns[part].text(v)
	if v < 0 {
		p.text("amount", end, at-5, y+height-3, text)
	} else {
		p.text("amount", start, at+5, y+height-3, text)
	}
}

// partRoom is the width of the widest number of the parts.
func (p *plate) partRoom() float64 {
	room := 0.0
	for i := range p.Rows {
		for _, part := range p.shape.parts {
			room = max(room, width("amount", p.Columns[part].text(p.Rows[i].cell(part))))
		}
	}
	return room
}

// partKeys writes the legend of the parts and returns the y below it.
func (p *plate) partKeys(sign string) float64 {
	keys := make([]key, len(p.shape.parts))
	for i, part := range p.shape.parts {
		keys[i] = key{sign + strconv.Itoa(i+1), p.Columns[part].Label}
	}
	if len(keys) == 0 {
		return 0
	}
	return p.flow(keys, 0, p.width, 0) + 4
}

// dumbbell draws two points a row and the gap between them, whose number and
// interval stand beside it: grey where it cannot be told from none.
func (p *plate) dumbbell() float64 {
	sides := p.sides(p.shape.value)
	if len(sides) > 0 && p.shape.value >= 0 {
		sides[0].tone = func(r *Row) string {
			if r.doubtful(p.shape) {
				return " quiet"
			}
			return ""
		}
		if !p.wide {
			sides[0] = p.gapSide(sides[0])
		}
	}
	l := p.layout(sides, 36, 14)
	x := p.across(l, 8)
	var keys []key
	for k, part := range p.shape.parts[:min(2, len(p.shape.parts))] {
		keys = append(keys, key{"dot s" + strconv.Itoa(2-k), p.Columns[part].Label})
	}
	return p.plot(l, x, p.flow(keys, 0, p.width, 0)+4, func(i int, mid float64) {
		r := &p.Rows[i]
		from, to := x.at(r.cell(p.shape.parts[0])), x.at(r.cell(p.shape.parts[1]))
		class, few := "link", ""
		if r.doubtful(p.shape) {
			class += " quiet"
			p.note(key{glyphQuiet, p.words.Undecided})
		}
		if r.State == TooFew {
			few = " hollow"
			p.note(key{glyphHollow, p.words.TooFew})
		}
		p.line(class, from, mid, to, mid)
		p.marker("dot s2"+few, "s2", spot{from, mid})
		p.marker("dot s1"+few, "s1", spot{to, mid})
	})
}

// gapSide writes the gap with its interval, as there is no column for it.
func (p *plate) gapSide(c side) side {
	format, number := p.Columns[p.shape.value].Format, c.text
	c.text = func(r *Row) string {
		text := number(r)
		if span := format.span(r.cell(p.shape.low), r.cell(p.shape.high)); span != "" {
			text += " (" + span + ")"
		}
		return text
	}
	return c
}
