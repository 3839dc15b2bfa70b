package chart

import "strings"

// drawStep draws one box: its name, its count at the right and what is overdue.
func (p *plate) drawStep(n *node, lines []string) {
	title, class := n.label, "box"
	if n.row != nil {
		title = p.hover(p.words, n.row)
		if n.row.Strong {
			class += " strongbox"
		}
		if n.row.State != Normal {
			class += " dashed"
		}
		if n.row.State == TooFew {
			p.note(key{glyphPale, p.words.TooFew})
		}
	}
	defer p.link(n)()
	p.open("row", title)
	defer p.close()
	b := n.box
	if p.decides(n) {
		p.drawQuestion(n, class, lines)
		return
	}
	p.rect(class, b.x, b.y, b.w, b.h)
	detail := p.detail(n, b.w-24-p.stepNumberWidth(n))
	y := b.y + (b.h-float64(len(lines))*leading("name")-float64(len(detail))*leading("tick"))/2 + 13
	p.lines("name boxname", start, b.x+12, y, lines)
	p.lines("tick", start, b.x+12, y+float64(len(lines))*leading("name"), detail)
	if n.row == nil {
		return
	}
	right, mid := b.x+b.w-12, b.y+b.h/2
	if n.row.hidden() {
		words := fit("tick", p.absent(p.words, n.row), 84)
		p.lines("tick", end, right, mid-float64(len(words))*leading("tick")/2+13, words)
		return
	}
	count := ""
	if i := p.with(Value); i >= 0 && finite(n.row.cell(i)) {
		count = p.Columns[i].text(n.row.cell(i))
	}
	late := p.late(n)
	if late == "" || count == "" {
		p.text("val", end, right, mid+5, count)
		p.text("pt warn", end, right, mid+5, late)
		return
	}
	p.text("val", end, right, mid-3, count)
	p.text("pt warn", end, right, mid+14, late)
}

// decides reports whether a box is a question.
func (p *plate) decides(n *node) bool { return n.row != nil && n.row.Decides }

// detail is the small lines under the name of a box.
func (p *plate) detail(n *node, room float64) []string {
	if n.row == nil || n.row.Detail == "" || n.row.hidden() {
		return nil
	}
	return fit("tick", n.row.Detail, room)
}

func (p *plate) detailHeight(n *node, room float64) float64 {
	return float64(len(p.detail(n, room))) * leading("tick")
}

const mostQuestion = 250.0 // width of a rhombus

// layQuestion places a rhombus in the middle of its lane; it returns the y below.
// Text fits into the middle half of a rhombus.
func (p *plate) layQuestion(r *river, l *lane, n int, y float64) float64 {
	w := min(l.w, mostQuestion)
	lines := fit("name", r.nodes[n].label, w/2)
	r.texts[n] = lines
	h := max(2*(float64(len(lines))*leading("name")+p.detailHeight(&r.nodes[n], w*.6)), 56)
	r.nodes[n].box = box{l.x + (l.w-w)/2, y, w, h}
	return y + h
}

// drawQuestion draws a rhombus with its words in the middle.
func (p *plate) drawQuestion(n *node, class string, lines []string) {
	b := n.box
	mid := spot{b.x + b.w/2, b.y + b.h/2}
	p.poly("polygon", class+" question", []spot{{mid.x, b.y}, {b.x + b.w, mid.y}, {mid.x, b.y + b.h}, {b.x, mid.y}})
	detail := p.detail(n, b.w*.6)
	y := mid.y - (float64(len(lines))*leading("name")+float64(len(detail))*leading("tick"))/2 + 13
	p.lines("name boxname", middle, mid.x, y, lines)
	p.lines("tick", middle, mid.x, y+float64(len(lines))*leading("name"), detail)
}

// link opens the way of a box; what it returns closes it.
func (p *plate) link(n *node) func() {
	if n.row == nil || !safeHref(n.row.Href) {
		return func() {}
	}
	p.raw(`<a href="`)
	p.escaped(n.row.Href)
	p.raw(`">`)
	return func() { p.raw("</a>") }
}

// safeHref reports whether an address leads to a place of the same report.
func safeHref(href string) bool {
	return href != "" && !strings.ContainsAny(href, ":\\ \"'<>") && !strings.HasPrefix(href, "/")
}

// linked reports whether any row leads somewhere: then the drawing is no mere image.
func (f *Figure) linked() bool {
	for i := range f.Rows {
		if safeHref(f.Rows[i].Href) {
			return f.Kind == Flow
		}
	}
	return false
}
