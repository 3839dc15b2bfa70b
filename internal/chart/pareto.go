package chart

import "math"

// pareto is the geometry of a Pareto figure in columns.
type pareto struct {
	frame box
	pitch float64
	total float64 // of all rows: where the cumulative share is 1
	y     scale
	busy  obstacles
}

const vitalShare = .8 // of the vital few, unless Axis.Reference says otherwise

// vital returns the share that the vital few make up; NaN for no such line.
func (f *Figure) vital() float64 {
	if f.Axis.Reference == 0 {
		return vitalShare
	}
	return f.Axis.Reference
}

// vitalFew returns which rows are emphasised: the Strong ones, or else the
// fewest from the top that together reach the share of the vital few.
func (f *Figure) vitalFew() []bool {
	few := make([]bool, len(f.Rows))
	strong, before := f.anyStrong(), 0.0
	for i := range f.Rows {
		r := &f.Rows[i]
		few[i] = r.Strong || !strong && finite(f.vital()) && before < f.vital()-1e-9 && f.drawn(f.shape(), r)
		if share := f.of(r, Cumulative); finite(share) {
			before = share
		}
	}
	return few
}

// whole returns what all rows add up to, those not shown included: the number
// at which the cumulative share is 1.
func (f *Figure) whole() float64 {
	sum, whole := 0.0, 0.0
	for i := range f.Rows {
		r := &f.Rows[i]
		if v := f.of(r, Value); v > 0 {
			sum += v
		}
		if share := f.of(r, Cumulative); share > .01 {
			whole = max(whole, sum/share)
		}
	}
	if f.with(Cumulative) < 0 {
		sum = 0
		for i := range f.Rows {
			sum = math.Max(sum, max(f.of(&f.Rows[i], Value), 0))
		}
	}
	if whole = max(whole, sum); whole > 0 && !math.IsInf(whole, 0) {
		return whole
	}
	return 1
}

// pareto draws columns with their cumulative line, or rows where the names
// would not fit under columns; it returns the height.
func (p *plate) pareto() float64 {
	if !p.marked(p.shape) || !p.wide || !p.namesFit() {
		return p.paretoRows()
	}
	g := &pareto{total: p.whole()}
	p.paretoFrame(g)
	few := p.vitalFew()
	for i := range p.Rows {
		p.paretoColumn(g, i, few[i])
	}
	p.cumulative(g)
	p.line("axis", g.frame.x, g.frame.y+g.frame.h, g.frame.x+g.frame.w, g.frame.y+g.frame.h)
	below := g.frame.y + g.frame.h
	for i := range p.Rows {
		lines := fit("tick", p.Rows[i].Label, g.pitch-nameMargin)
		p.lines("tick", middle, g.center(i), g.frame.y+g.frame.h+18, lines)
		below = max(below, g.frame.y+g.frame.h+6+float64(len(lines))*leading("tick"))
	}
	p.noteUndrawn()
	return below + 2
}

func (g *pareto) center(i int) float64 { return g.frame.x + (float64(i)+.5)*g.pitch }

const (
	nameMargin   = 6.0 // between two names under columns
	mostUnder    = 5   // lines of a name under a column
	paretoHeight = 300.0
	columnPart   = .7 // of the pitch
)

// namesFit reports whether every name fits under its column without a broken word.
func (p *plate) namesFit() bool {
	left, right := p.paretoSides()
	room := (p.width-left-right)/float64(len(p.Rows)) - nameMargin
	size, bold := fontSize("tick")
	for i := range p.Rows {
		label := p.Rows[i].Label
		if longestWord(label, size, bold) > room || len(fit("tick", label, room)) > mostUnder {
			return false
		}
	}
	return true
}

// paretoSides returns the room of the numbers at both sides.
func (p *plate) paretoSides() (left, right float64) {
	at, format := p.axisTicks(p.shape, 0, p.whole(), 4)
	for _, v := range append(at, p.whole()) {
		left = max(left, width("tick", p.paretoTick(format, v)))
	}
	if p.with(Cumulative) >= 0 {
		right = width("tick", Format{Percent: true}.String(1)) + 10
	}
	return left + 10, right
}

// paretoTick writes a number of the left axis as its column would.
func (p *plate) paretoTick(format Format, v float64) string {
	return Column{Role: Base, Format: format}.text(v)
}

// paretoFrame draws the axes: counts at the left up to the total, which is at
// the height of 100% at the right.
func (p *plate) paretoFrame(g *pareto) {
	left, right := p.paretoSides()
	top := 22.0
	names := 0.0
	if p.shape.value >= 0 {
		lines := fit("tick", p.axisName(p.Axis, Value), p.width*.45)
		p.lines("tick", start, 0, 13, lines)
		names = float64(len(lines))
	}
	if i := p.with(Cumulative); i >= 0 {
		lines := fit("tick", p.Columns[i].Label, p.width*.45)
		p.lines("tick", end, p.width, 13, lines)
		names = max(names, float64(len(lines)))
	}
	top += names * leading("tick")
	g.frame = box{left, top, p.width - left - right, paretoHeight}
	g.pitch = g.frame.w / float64(len(p.Rows))
	g.y = scale{0, g.total, g.frame.y + g.frame.h, g.frame.y}
	g.busy.frame = box{g.frame.x, g.frame.y - 20, g.frame.w + right, g.frame.h + 20}
	at, format := p.axisTicks(p.shape, 0, g.total, 4)
	for _, v := range at {
		if g.y.at(v)-g.frame.y > 18 {
			p.line("axis", left-5, g.y.at(v), left, g.y.at(v)) // the lines of the grid are those of the shares
			p.text("tick", end, left-8, g.y.at(v)+4.5, p.paretoTick(format, v))
		}
	}
	whole := p.paretoTick(p.valueFormat(p.shape), g.total)
	p.text("amount", end, max(left-8, width("amount", whole)), g.frame.y+4.5, whole)
	if right == 0 {
		return
	}
	for part := range 6 {
		share := float64(part) / 5
		y := g.y.at(share * g.total)
		p.line("grid", left, y, left+g.frame.w, y)
		p.text("tick", end, p.width, y+4.5, Format{Percent: true}.String(share))
		g.busy.boxes = append(g.busy.boxes, box{p.width - right, y - 8, right, 16})
	}
}

// paretoColumn draws one column with its number above it.
func (p *plate) paretoColumn(g *pareto, i int, vital bool) {
	r := &p.Rows[i]
	p.open("row", p.hover(p.words, r))
	defer p.close()
	v := p.of(r, Value)
	if !finite(v) {
		return
	}
	w, top := min(g.pitch*columnPart, 72), g.y.at(max(v, 0))
	p.rect("bar"+p.vitalTone(r, vital), g.center(i)-w/2, top, w, g.frame.y+g.frame.h-top)
	text := p.Columns[p.shape.value].text(v)
	label := box{g.center(i) - width("val", text)/2, top - 19, width("val", text), 16}
	class := "val"
	switch tone := p.vitalTone(r, vital); {
	case i == 0 && tone == "" && label.w < w && g.frame.y+g.frame.h-top > 30 && p.with(Cumulative) >= 0: // in its column, clear of the first share
		class, label.y = "num", top+4
	case i == 0: // beside the first point of the line
		label.x = max(g.center(i)-w/2, g.frame.x+2)
	}
	p.text(class, start, label.x+(label.w-width(class, text))/2, label.y+13, text)
	g.busy.boxes = append(g.busy.boxes, label, box{g.center(i) - w/2, top, w, g.frame.y + g.frame.h - top})
}

// vitalTone is the class of a bar: grey beyond the vital few, hollow when few answered.
func (p *plate) vitalTone(r *Row, vital bool) string {
	tone := ""
	if !vital {
		tone = " muted"
	}
	if r.State == TooFew {
		tone += " hollow"
		p.note(key{glyphPale, p.words.TooFew})
	}
	return tone
}

// cumulative draws the line of the cumulative share with its numbers and the
// line of the vital few.
func (p *plate) cumulative(g *pareto) {
	column := p.with(Cumulative)
	if column < 0 {
		return
	}
	var path []spot
	var texts []string
	for i := range p.Rows {
		if share := p.Rows[i].cell(column); finite(share) {
			at := spot{g.center(i) + min(g.pitch*columnPart, 72)/2, g.y.at(min(max(share, 0), 1.05) * g.total)}
			path = append(path, at)
			texts = append(texts, p.Columns[column].text(share))
			g.busy.boxes = append(g.busy.boxes, box{at.x - 4, at.y - 4, 8, 8})
		}
	}
	for i := 1; i < len(path); i++ {
		g.busy.paths = append(g.busy.paths, [2]spot{path[i-1], path[i]})
	}
	p.vitalLine(g)
	if len(path) > 1 {
		p.poly("polyline", "cum", path)
	}
	for i, at := range path {
		p.circle("dot cumdot", at, 4)
		if i > 0 && texts[i] == texts[i-1] { // the same is said once
			continue
		}
		w := width("tick", texts[i])
		for _, try := range []spot{{-w / 2, -22}, {-w + 6, -21}, {-w - 7, -13}, {-w - 2, -17}, {-4, -22}, {7, 0}, {7, 6}} {
			b := box{at.x + try.x, at.y + try.y, w, 15}
			if g.busy.free(b) {
				g.busy.boxes = append(g.busy.boxes, b)
				p.text("pt", start, b.x, b.y+12, texts[i])
				break
			}
		}
	}
}

// vitalLine draws the share of the vital few across the frame, with its label
// at the right end where the line of the shares is above it.
func (p *plate) vitalLine(g *pareto) {
	share := p.vital()
	if !finite(share) || share <= 0 || share > 1 {
		return
	}
	y := g.y.at(share * g.total)
	p.line("cut", g.frame.x, y, g.frame.x+g.frame.w, y)
	text := p.vitalLabel()
	w := width("ref", text)
	for _, b := range []box{
		{g.frame.x + g.frame.w - w - 4, y + 3, w, 16},
		{g.frame.x + 4, y - 19, w, 16},
		{g.frame.x + g.frame.w - w - 4, y - 19, w, 16},
	} {
		if w < g.frame.w*.6 && g.busy.free(b) {
			g.busy.boxes = append(g.busy.boxes, b)
			p.text("ref", start, b.x, b.y+13, text)
			g.busy.paths = append(g.busy.paths, [2]spot{{g.frame.x, y}, {g.frame.x + g.frame.w, y}})
			return
		}
	}
	p.note(key{glyphCut, text})
	g.busy.paths = append(g.busy.paths, [2]spot{{g.frame.x, y}, {g.frame.x + g.frame.w, y}})
}

// vitalLabel is what the line of the vital few says.
func (f *Figure) vitalLabel() string {
	if f.Axis.RefLabel != "" {
		return f.Axis.RefLabel
	}
	text := Format{Percent: true}.String(f.vital())
	if f.chinese() {
		return "累计 " + text
	}
	return text + " of the total"
}

// noteUndrawn says under the drawing which rows have no mark and why.
func (p *plate) noteUndrawn() {
	for i := range p.Rows {
		if r := &p.Rows[i]; !p.drawn(p.shape, r) {
			p.open("row", p.hover(p.words, r))
			p.close()
			p.note(key{glyphNone, r.Label + p.colon() + p.absent(p.words, r)})
		}
	}
}
