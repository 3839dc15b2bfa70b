package chart

// waterfall draws what a change is made of: points for the start, the end and
// anything between, bars from level to level for the contributions. Levels are
// points and not bars, as the axis need not start at 0.
func (p *plate) waterfall() float64 {
	sides := p.sides(p.shape.value)
	if len(sides) > 0 && p.shape.value >= 0 {
		sides[0] = p.levelSide(sides[0])
	}
	l := p.layout(sides, 36, 20)
	x := p.across(l, 8)
	level := p.axisColumn(p.shape)
	var last spot
	started := false
	return p.plot(l, x, 0, func(i int, mid float64) {
		r := &p.Rows[i]
		at := x.at(r.cell(level))
		if started && p.wide {
			p.line("leader", last.x, last.y, last.x, mid)
		}
		if change := r.cell(p.shape.value); finite(change) && started {
			p.contribution(r, last.x, at, mid)
		} else {
			class := "dot"
			if r.State == TooFew {
				class += " hollow"
				p.note(key{glyphHollow, p.words.TooFew})
			}
			p.circle(class, spot{at, mid}, 7)
		}
		last, started = spot{at, mid}, true
	})
}

// contribution draws one step; pale where it cannot be told from none.
func (p *plate) contribution(r *Row, from, to, mid float64) {
	class := "up"
	if r.cell(p.shape.value) < 0 {
		class = "down"
	}
	switch {
	case p.leftOver(r):
		class = "rest"
	case r.State == TooFew:
		class += " pale"
		p.note(key{glyphPale, p.words.TooFew})
	case r.doubtful(p.shape):
		class += " pale"
		p.note(key{glyphPale, p.words.Undecided})
	}
	p.rect(class, min(from, to), mid-9, max(max(from, to)-min(from, to), 2), 18)
}

// leftOver reports whether a step is no contribution but what the others leave:
// it has no interval where they have one.
func (p *plate) leftOver(r *Row) bool { return p.shape.leftOver(r) }

func (s shape) leftOver(r *Row) bool {
	return s.low >= 0 && finite(r.cell(s.value)) && !finite(r.cell(s.low))
}

// levelSide writes the change of a step and the level of a start or end.
func (p *plate) levelSide(c side) side {
	number, level := c.text, p.axisColumn(p.shape)
	c.text = func(r *Row) string {
		if finite(r.cell(p.shape.value)) || level < 0 {
			if s := p.shape; !p.wide && s.low >= 0 && finite(r.cell(s.low)) { // its own column has no room
				return number(r) + p.say("（", " (") + p.Columns[s.value].Format.span(r.cell(s.low), r.cell(s.high)) + p.say("）", ")")
			}
			return number(r)
		}
		return p.Columns[level].text(r.cell(level))
	}
	c.tone = func(r *Row) string {
		if r.doubtful(p.shape) || p.leftOver(r) {
			return " quiet"
		}
		return ""
	}
	return c
}
