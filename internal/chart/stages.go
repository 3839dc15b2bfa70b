package chart

import "strings"

// stages draws a Funnel, whose stages hang together, or a Pyramid, whose ranks
// lie on each other: centred bars as wide as their value.
func (p *plate) stages() float64 {
	pitch, thick := 52.0, 30.0
	if p.Kind == Pyramid {
		pitch, thick = 34, 30
	}
	sides := p.sides(append([]int{p.shape.value}, p.shape.totals...)...)
	if !p.wide {
		sides = p.joined(sides)
	}
	l := p.layout(sides, pitch, thick)
	_, most := p.extent(p.shape)
	x := scale{min: 0, max: max(most, 0), from: 0, to: l.plot - 2}
	y := p.heads(l, 0) + 4
	if !p.wide && len(sides) > 0 {
		lines := fit("tick", sides[0].head, p.width)
		p.lines("tick", end, p.width, 13, lines)
		y = float64(len(lines))*leading("tick") + 4
	}
	mid := l.plotX + l.plot/2
	var last box
	for i := range p.Rows {
		r := &p.Rows[i]
		y = p.heading(i, y)
		p.open(rowClass(r), p.hover(p.words, r))
		var at float64
		at, y = p.row(l, i, y)
		v := r.cell(p.shape.value)
		if p.drawn(p.shape, r) && v >= 0 && most > 0 {
			w := max(x.at(v), 1)
			b := box{mid - w/2, at - thick/2, w, thick}
			if p.Kind == Funnel && p.wide && last.w > 0 {
				p.poly("polygon", "band", []spot{{last.x, last.y + last.h}, {last.x + last.w, last.y + last.h}, {b.x + b.w, b.y}, {b.x, b.y}})
			}
			p.stage(r, b)
			last = b
		} else {
			last = box{}
		}
		p.close()
	}
	return y + 2
}

// joined writes the numbers of all bold columns beside each other.
func (p *plate) joined(sides []side) []side {
	if len(sides) == 0 {
		return nil
	}
	c := sides[0]
	var bold []side
	var heads []string
	for _, s := range sides {
		if s.class == "val" {
			bold, heads = append(bold, s), append(heads, s.head)
		}
	}
	c.head = strings.Join(heads, " · ")
	c.text = func(r *Row) string {
		parts := make([]string, len(bold))
		for i, s := range bold {
			parts[i] = s.text(r)
		}
		return strings.Join(parts, " · ")
	}
	return []side{c}
}

func (p *plate) stage(r *Row, b box) {
	class := "bar"
	if !r.Strong && p.anyStrong() {
		class += " muted"
	}
	if r.State == TooFew {
		class += " hollow"
		p.note(key{glyphPale, p.words.TooFew})
	}
	p.rect(class, b.x, b.y, b.w, b.h)
}
