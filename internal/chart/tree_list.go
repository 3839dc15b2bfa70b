package chart

// mostTreeLeaves is how many boxes stand below each other before a tree is
// written as a list: more would be a tall column beside empty paper.
const mostTreeLeaves = 12

func leaves(roots []*branch) int {
	n := 0
	for _, root := range roots {
		root.each(func(b *branch) {
			if len(b.children) == 0 {
				n++
			}
		})
	}
	return n
}

// listed writes a wide tree as a list: names indented by their level, a bar from
// 0, the value and the base, each in a column of its own.
func (p *plate) listed(roots []*branch, circles []*Row) float64 {
	const step, pitch = 22.0, 28.0
	value, base := p.with(Value), p.with(Base)
	baseRoom, valueRoom := p.treeRoom(base), p.treeRoom(value)
	right := p.width - baseRoom
	names := (p.width - baseRoom - valueRoom) * .62
	bar := box{x: names + 16, w: right - valueRoom - names - 16, h: 6}
	if value >= 0 {
		p.text("tick", end, right, 13, p.treeHead(value))
	}
	if base >= 0 {
		p.text("tick", end, p.width, 13, p.treeHead(base))
	}
	y, most := 22.0, p.largestBranch(roots)
	for _, root := range roots {
		root.each(func(b *branch) {
			x := min(float64(b.depth), 6) * step
			b.lines = fit("lbl", b.row.Label, names-x-16)
			b.box = box{x, y, p.width - x, max(pitch, float64(len(b.lines))*leading("lbl")+10)}
			bar.y = y + 6
			p.listedRow(b, bar, right, most)
			y += b.box.h
		})
		root.each(func(b *branch) {
			x := min(float64(b.depth), 6)*step + 5
			for _, c := range b.children {
				if b.depth < 6 {
					p.poly("polyline", "twig", []spot{{x, b.box.y + 14}, {x, c.box.y + 9}, {x + step - 5, c.box.y + 9}})
				}
			}
		})
	}
	p.noteCircles(circles)
	return y
}

// treeRoom is the width of a column of numbers with its gap.
func (p *plate) treeRoom(column int) float64 {
	if column < 0 {
		return 0
	}
	room := width("tick", p.treeHead(column))
	for i := range p.Rows {
		if r := &p.Rows[i]; finite(r.cell(column)) {
			room = max(room, width("val", p.Columns[column].text(r.cell(column))))
		}
	}
	return room + 20
}

func (p *plate) treeHead(column int) string {
	if p.Columns[column].Role == Base {
		return p.words.Base
	}
	return p.Columns[column].Label
}

// listedRow writes one line: right is the right end of the values.
func (p *plate) listedRow(b *branch, bar box, right, most float64) {
	p.open("row", p.hover(p.words, b.row))
	defer p.close()
	glyph, class := "dot", "lbl"
	if b.depth == 0 || b.row.Strong {
		class = "val lead"
	}
	if b.row.State == TooFew {
		glyph = "dot hollow dashed"
		p.note(key{glyphDashed, p.words.TooFew})
	}
	if b.row.hidden() {
		glyph = "dot hollow"
	}
	p.circle(glyph, spot{b.box.x + 5, b.box.y + 9}, 3.5)
	p.lines(class, start, b.box.x+16, b.box.y+14, b.lines)
	if b.row.hidden() {
		p.lines("tick", start, bar.x, b.box.y+14, fit("tick", p.absent(p.words, b.row), p.width-bar.x))
		return
	}
	if v := p.of(b.row, Value); v > 0 && most > 0 {
		p.rect("bar foot", bar.x, bar.y, bar.w*min(v/most, 1), bar.h)
	}
	if i := p.with(Value); i >= 0 && finite(b.row.cell(i)) {
		p.text("val", end, right, b.box.y+14, p.Columns[i].text(b.row.cell(i)))
	}
	if i := p.with(Base); i >= 0 && finite(b.row.cell(i)) {
		p.text("tick", end, p.width, b.box.y+14, p.Columns[i].text(b.row.cell(i)))
	}
}
