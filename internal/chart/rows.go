package chart

import (
	"math"
	"strings"
)

// side is a column of numbers right of the plot.
type side struct {
	class string
	head  string
	text  func(r *Row) string
	tone  func(r *Row) string // more class of a row's text, nil for none
	lines []string            // of the head
	width float64
}

// classOf is the class of a row's text.
func (c *side) classOf(r *Row) string {
	if c.tone == nil {
		return c.class
	}
	return c.class + c.tone(r)
}

// layout is where the parts of a figure of one mark a row stand.
type layout struct {
	labels      [][]string // lines of every row's label
	plotX, plot float64
	sides       []side
	pitch       float64 // least height of a row
	thick       float64 // height of a mark
	before      float64 // room for words before the line of zero; 0 for all of the plot
}

const (
	sideGap    = 18.0
	leastWords = 130.0 // narrower than this, words run over the line of zero
	mostHead   = 104.0 // widest heading of a column of numbers

	// The label column is as narrow as lets every label end within mostLines.
	leastName, mostName = 200.0, 320.0
	mostLines           = 3
	manyRows            = 16

	whyIndent = 16.0 // of the words of a missing mark, from the axis
)

// layout divides the width. Columns of numbers are written beside the plot when
// wide; when narrow the first stands on the label's line and the others only
// in the table.
func (p *plate) layout(sides []side, pitch, thick float64) layout {
	l := layout{pitch: pitch, thick: thick, sides: sides, plot: p.width}
	for i := range l.sides {
		c := &l.sides[i]
		for j := range p.Rows {
			if !p.Rows[j].hidden() {
				c.width = max(c.width, width(c.class, c.text(&p.Rows[j])))
			}
		}
		c.lines = fit("tick", c.head, max(c.width, min(width("tick", c.head), mostHead)))
		size, bold := fontSize("tick")
		c.width = max(c.width, widest(c.lines, size, bold))
	}
	if !p.wide {
		room := p.width
		if len(l.sides) > 0 {
			room -= l.sides[0].width + sideGap
		}
		p.fitLabels(&l, room)
		return l
	}
	if p.shared() { // the shares need the room: names stand in two lines, and gaps hold what fonts differ by
		l.plotX = p.fitLabels(&l, p.shareNames())/slack + sideGap
	} else {
		l.plotX = p.fitLabels(&l, p.nameRoom(len(sides) > 0 && p.many())) + sideGap
	}
	l.plot = p.width - l.plotX
	for _, c := range l.sides {
		l.plot -= c.width + sideGap
	}
	return l
}

// many says that the rows are set closer, so that they fit a sheet of paper.
func (p *plate) many() bool { return p.wide && len(p.Rows) > manyRows }

// shared reports whether rows are bars of shares with figures in them.
func (p *plate) shared() bool { return p.Kind == Diverging || p.Kind == Stacked }

// shareNames is the width of the label column beside bars of shares: many rows
// get a little more, so that fewer of their names take two lines.
func (p *plate) shareNames() float64 {
	room := p.nameRoom(false)
	if p.many() {
		room = max(room, leastName+40)
	}
	return room
}

// nameRoom returns the least width of the label column, in steps, at which
// every label ends within mostLines, or on one line where it can.
func (p *plate) nameRoom(oneLine bool) float64 {
	room, mostLines := leastName, mostLines
	if oneLine {
		mostLines = 1
	}
	for i := range p.Rows {
		size, bold := fontSize("lbl")
		em := emWidth(size, bold || p.Rows[i].Strong)
		runes := spaced(p.Rows[i].Label)
		for room < mostName && countLines(runes, room/em) > mostLines {
			room += 40
		}
	}
	return room
}

// fitLabels breaks the labels into lines and returns the width they take.
func (p *plate) fitLabels(l *layout, room float64) float64 {
	most := 0.0
	l.labels = make([][]string, len(p.Rows))
	size, bold := fontSize("lbl")
	for i := range p.Rows {
		bold, room := bold || p.Rows[i].Strong, room
		if !p.wide && p.Rows[i].hidden() {
			room = p.width // no number stands beside it
		}
		l.labels[i] = balance(p.Rows[i].Label, room, size, bold)
		most = max(most, widest(l.labels[i], size, bold))
	}
	return most
}

// heads writes the headings of the columns of numbers with their last line at
// the bottom and returns the y below; nothing when narrow.
func (p *plate) heads(l layout, y float64) float64 {
	if !p.wide {
		return y
	}
	most := 0
	for _, c := range l.sides {
		most = max(most, len(c.lines))
	}
	step := leading("tick")
	x := p.width
	for i := len(l.sides) - 1; i >= 0; i-- {
		c := l.sides[i]
		p.lines("tick", end, x, y+15.5+float64(most-len(c.lines))*step, c.lines)
		x -= c.width + sideGap
	}
	return y + float64(most)*step + 4
}

// heading writes the group heading of a row when the group begins there.
func (p *plate) heading(i int, y float64) float64 {
	group := p.Rows[i].Series
	if group == "" || i > 0 && p.Rows[i-1].Series == group {
		return y
	}
	if i > 0 {
		y += 10
	}
	lines := fit("head", group, p.width)
	p.lines("head", start, 0, y+18, lines)
	return y + 8 + float64(len(lines))*leading("head")
}

// reaches reports whether the group heading of a row runs over the plot, where
// lines of the axis would strike it through.
func (p *plate) reaches(l layout, r *Row) bool { return width("head", r.Series) > l.plotX-sideGap/2 }

// between returns what is left of top to bottom beside the gaps, which are in order.
func between(gaps [][2]float64, top, bottom float64) [][2]float64 {
	var out [][2]float64
	for _, gap := range gaps {
		if gap[0] > top {
			out = append(out, [2]float64{top, gap[0]})
		}
		top = gap[1]
	}
	return append(out, [2]float64{top, bottom})
}

// row writes the label and the numbers of a row at y, and its words when it
// has no mark; it returns the middle of the mark and the y of the next row.
func (p *plate) row(l layout, i int, y float64) (mid, next float64) {
	if !p.wide {
		return p.narrowRow(l, i, y)
	}
	r, lines, step := &p.Rows[i], l.labels[i], leading("lbl")
	why := p.why(l, r)
	room := 14.0
	if p.shared() && p.many() {
		room = 8
	}
	height := max(l.pitch, float64(max(len(lines), len(why)))*step+room)
	mid = y + height/2
	p.lines("lbl", start, 0, mid-float64(len(lines)-1)*step/2+5, lines)
	p.reason(l, why, mid)
	x := p.width
	for j := len(l.sides) - 1; j >= 0 && !r.hidden(); j-- {
		p.text(l.sides[j].classOf(r), end, x, mid+5, l.sides[j].text(r))
		x -= l.sides[j].width + sideGap
	}
	return mid, y + height
}

// reason writes the words of a missing mark on paper, so that no grid line
// runs through them.
func (p *plate) reason(l layout, lines []string, mid float64) {
	if lines == nil {
		return
	}
	size, bold := fontSize("why")
	step := leading("why")
	height := float64(len(lines)) * step
	p.rect("ground", l.plotX+whyIndent-3, mid-height/2, widest(lines, size, bold)+6, height)
	p.lines("why", start, l.plotX+whyIndent, mid-height/2+step-4.5, lines)
}

// narrowRow writes the label and the first number above the mark.
func (p *plate) narrowRow(l layout, i int, y float64) (mid, next float64) {
	r, lines, value, class := &p.Rows[i], l.labels[i], "", "val"
	if len(l.sides) > 0 && !r.hidden() {
		value, class = l.sides[0].text(r), l.sides[0].classOf(r)
	}
	p.lines("lbl", start, 0, y+15, lines)
	p.text(class, end, p.width, y+15, value)
	y += float64(len(lines))*leading("lbl") + 4
	if why := p.why(l, r); why != nil {
		p.lines("why", start, 0, y+14, why)
		return y, y + float64(len(why))*leading("why") + 16
	}
	return y + l.thick/2, y + l.thick + 16
}

// why returns the words that stand in the place of a missing mark.
func (p *plate) why(l layout, r *Row) []string {
	if p.drawn(p.shape, r) {
		return nil
	}
	room := l.plot - whyIndent
	if l.before > leastWords && p.wide {
		room = l.before - whyIndent
	}
	return fit("why", p.absent(p.words, r), room)
}

// hover returns every number of a row in words.
func (f *Figure) hover(words Words, r *Row) string {
	var b strings.Builder
	b.Grow(160)
	if r.Series != "" {
		b.WriteString(r.Series + " · ")
	}
	b.WriteString(r.Label)
	if r.hidden() {
		return b.String() + "\n" + f.absent(words, r)
	}
	for i, column := range f.Columns {
		if f.boxed() && !finite(r.cell(i)) {
			continue
		}
		b.WriteString("\n" + column.Label + " " + f.cellText(r, i))
		if m := r.mark(i); m.Letters != "" {
			b.WriteString(" (" + m.Letters + ")")
		}
	}
	if list := f.outlierText(r); list != "" {
		b.WriteString("\n" + f.say("离群值", "outliers") + " " + list)
	}
	if r.State == TooFew {
		b.WriteString("\n" + words.TooFew)
	}
	if r.State == Undecided {
		b.WriteString("\n" + words.Undecided)
	}
	return b.String()
}

// column returns a column of numbers for the side; false without the role.
func (p *plate) column(class string, i int) (side, bool) {
	if i < 0 {
		return side{}, false
	}
	c := p.Columns[i]
	head := c.Label
	if c.Role == Base && p.words.Base != "" {
		head = p.words.Base
	}
	return side{class: class, head: head, text: func(r *Row) string { return c.text(r.cell(i)) }}, true
}

// sides returns the columns beside the plot: the numbers that matter in bold,
// then the interval and the base.
func (p *plate) sides(bold ...int) []side {
	var sides []side
	for _, i := range bold {
		if c, ok := p.column("val", i); ok {
			sides = append(sides, c)
		}
	}
	if s := p.shape; p.Kind != Diverging && p.Kind != Stacked && p.Kind != Box && s.low >= 0 && s.high >= 0 && s.value >= 0 {
		format := p.Columns[s.value].Format
		sides = append(sides, side{class: "tick", head: p.words.Interval, text: func(r *Row) string {
			return format.span(r.cell(s.low), r.cell(s.high))
		}})
	}
	if c, ok := p.column("tick", p.shape.base); ok {
		sides = append(sides, c)
	}
	return sides
}

// clamp keeps the middle of something that wide within from and to.
func clamp(mid, wide, from, to float64) float64 {
	return math.Max(from+wide/2, math.Min(mid, to-wide/2))
}
