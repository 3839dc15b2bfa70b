package chart

import "strings"

// branch is one box of a Tree or Fishbone figure with those below it.
type branch struct {
	row      *Row
	depth    int
	children []*branch
	lines    []string
	numbers  []string
	box      box
}

// branches returns the boxes without one above, in the order of rows. Rows
// that would only hang on themselves are taken for such, and returned too.
func (f *Figure) branches() (roots []*branch, circles []*Row) {
	all := make([]*branch, len(f.Rows))
	known := map[string]*branch{}
	for i := range f.Rows {
		r := &f.Rows[i]
		all[i] = &branch{row: r}
		if known[r.Node] == nil && r.Node != "" {
			known[r.Node] = all[i]
		}
	}
	above := map[*branch]*branch{}
	for _, b := range all {
		parent := known[b.row.From]
		for at := parent; at != nil && parent != nil; at = above[at] {
			if at == b {
				circles = append(circles, b.row)
				parent = nil
			}
		}
		if parent == nil {
			roots = append(roots, b)
			continue
		}
		above[b] = parent
		parent.children = append(parent.children, b)
	}
	for _, b := range roots {
		b.deepen(0)
	}
	return roots, circles
}

func (b *branch) deepen(depth int) {
	b.depth = depth
	for _, c := range b.children {
		c.deepen(depth + 1)
	}
}

// each visits the box and those below it, in order.
func (b *branch) each(visit func(*branch)) {
	visit(b)
	for _, c := range b.children {
		c.each(visit)
	}
}

// deepest returns how many levels the branches have.
func deepest(roots []*branch) int {
	most := 0
	for _, root := range roots {
		root.each(func(b *branch) { most = max(most, b.depth+1) })
	}
	return most
}

const (
	leastTreeBox = 128.0
	treeGap      = 44.0 // between two levels, for the lines
	branchGap    = 12.0
)

// tree draws boxes from left to right, or as an indented list where they would
// be too small; it returns the height.
func (p *plate) tree() float64 {
	roots, circles := p.branches()
	levels := float64(deepest(roots))
	w := min((p.width-treeGap*(levels-1))/levels, 210)
	switch {
	case !p.wide || w < leastTreeBox:
		return p.indented(roots, circles)
	case leaves(roots) > mostTreeLeaves:
		return p.listed(roots, circles)
	}
	pitch := w + treeGap
	y, most := 2.0, p.largestBranch(roots)
	for _, root := range roots {
		root.each(func(b *branch) {
			b.lines = fit("name", b.row.Label, w-20)
			b.numbers = p.branchNumbers(b.row, w-20)
			b.box = box{float64(b.depth) * pitch, 0, w, float64(len(b.lines))*leading("name") + float64(len(b.numbers))*leading("tick") + 16}
		})
		y = root.stack(y) + branchGap
		root.each(func(b *branch) { p.joinChildren(b, pitch) })
		root.each(func(b *branch) { p.branchBox(b, most) })
	}
	p.noteCircles(circles)
	return y
}

// stack places the box in the middle of those below it and returns the y below.
func (b *branch) stack(y float64) float64 {
	below := y
	for i, c := range b.children {
		if i > 0 {
			below += branchGap
		}
		below = c.stack(below)
	}
	if len(b.children) == 0 {
		b.box.y = y
		return y + b.box.h
	}
	first, last := b.children[0].box, b.children[len(b.children)-1].box
	b.box.y = (first.y+first.h/2+last.y+last.h/2)/2 - b.box.h/2
	if b.box.y < y { // a tall box beside few small ones: all move down
		shift := y - b.box.y
		b.each(func(c *branch) { c.box.y += shift })
		below += shift
	}
	return max(below, b.box.y+b.box.h)
}

// joinChildren draws the lines to the boxes below.
func (p *plate) joinChildren(b *branch, pitch float64) {
	from := spot{b.box.x + b.box.w, b.box.y + b.box.h/2}
	for _, c := range b.children {
		to := spot{c.box.x, c.box.y + c.box.h/2}
		mid := b.box.x + pitch - treeGap/2
		if from.y == to.y {
			p.rounded("twig", []spot{from, to})
			continue
		}
		p.rounded("twig", []spot{from, {mid, from.y}, {mid, to.y}, to})
	}
}

// branchBox draws one box: name, numbers and, where the values are shares of
// the first, a bar along its foot.
func (p *plate) branchBox(b *branch, most float64) {
	p.open("row", p.hover(p.words, b.row))
	class := "box"
	if b.row.Strong {
		class += " strongbox"
	}
	if b.row.State == TooFew || b.row.hidden() {
		class += " dashed"
	}
	if b.row.State == TooFew {
		p.note(key{glyphPale, p.words.TooFew})
	}
	p.rect(class, b.box.x+.5, b.box.y, b.box.w-1, b.box.h)
	if v := p.of(b.row, Value); v > 0 && most > 0 {
		p.rect("bar foot", b.box.x+3, b.box.y+b.box.h-4, (b.box.w-6)*min(v/most, 1), 3)
	}
	y := b.box.y + 19
	p.lines("name boxname", start, b.box.x+10, y, b.lines)
	y += float64(len(b.lines)) * leading("name")
	p.lines("tick", start, b.box.x+10, y, b.numbers)
	p.close()
}

// largestBranch returns the end of the scale, or without one the largest value,
// which the bars are shares of; 0 when a value is negative.
func (p *plate) largestBranch(roots []*branch) float64 {
	most, negative := max(p.Axis.Max, 0), false
	for _, root := range roots {
		root.each(func(b *branch) {
			v := p.of(b.row, Value)
			negative = negative || v < 0
			if v > most {
				most = v
			}
		})
	}
	if negative {
		return 0
	}
	return most
}

// branchNumbers returns the value and the base of a box in lines.
func (p *plate) branchNumbers(r *Row, room float64) []string {
	if r.hidden() {
		return fit("tick", p.absent(p.words, r), room)
	}
	var parts []string
	if i := p.with(Value); i >= 0 && finite(r.cell(i)) {
		parts = append(parts, p.Columns[i].text(r.cell(i)))
	}
	if i := p.with(Base); i >= 0 && finite(r.cell(i)) {
		parts = append(parts, p.words.Base+" "+p.Columns[i].text(r.cell(i)))
	}
	if parts == nil {
		return nil
	}
	return fit("tick", strings.Join(parts, " · "), room)
}

func (p *plate) noteCircles(circles []*Row) {
	for _, r := range circles {
		p.note(key{glyphNone, r.Label + p.colon() + p.closes()})
	}
}

// indented draws the branches as a list with lines from each to those below it.
func (p *plate) indented(roots []*branch, circles []*Row) float64 {
	const step = 20.0
	y, most := 4.0, p.largestBranch(roots)
	for n, root := range roots {
		if n > 0 {
			y += 8
		}
		root.each(func(b *branch) {
			x := min(float64(b.depth), 6) * step
			y = p.indentedRow(b, x, y, most)
		})
		root.each(func(b *branch) {
			x := min(float64(b.depth), 6)*step + 5
			for _, c := range b.children {
				if b.depth < 6 {
					p.poly("polyline", "twig", []spot{{x, b.box.y + b.box.h}, {x, c.box.y + 9}, {x + step - 9, c.box.y + 9}})
				}
			}
		})
	}
	p.noteCircles(circles)
	return y
}

// indentedRow writes one line of the list and returns the y of the next.
func (p *plate) indentedRow(b *branch, x, y, most float64) float64 {
	p.open("row", p.hover(p.words, b.row))
	defer p.close()
	value := ""
	if i := p.with(Value); i >= 0 && finite(b.row.cell(i)) {
		value = p.Columns[i].text(b.row.cell(i))
	}
	class, glyph := "lbl", "dot"
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
	measure := strings.Fields(class)[0]
	lines := fit(measure, b.row.Label, p.width-x-16-width("val", value)-14)
	p.circle(glyph, spot{x + 5, y + 9}, 3.5)
	p.lines(class, start, x+16, y+14, lines)
	p.text("val", end, p.width, y+14, value)
	b.box = box{x, y, p.width - x, 14}
	y += float64(len(lines)) * leading(measure)
	if base := p.with(Base); b.row.hidden() || base >= 0 && finite(b.row.cell(base)) {
		text := p.absent(p.words, b.row)
		if !b.row.hidden() {
			text = p.words.Base + " " + p.Columns[base].text(b.row.cell(base))
		}
		lines := fit("tick", text, p.width-x-16)
		p.lines("tick", start, x+16, y+13, lines)
		y += float64(len(lines)) * leading("tick")
	}
	if v := p.of(b.row, Value); v > 0 && most > 0 {
		p.rect("bar foot", x+16, y+4, (p.width-x-16)*min(v/most, 1), 4)
		y += 8
	}
	return y + 12
}
