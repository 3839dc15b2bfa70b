package chart

import "strconv"

// Size is one of the two widths a figure is drawn in.
type Size int

// The sizes, in SVG user units (= CSS pixels at full size).
const (
	Wide   Size = 820
	Narrow Size = 358
)

// SVG draws the figure. The result uses CSS classes only (no style attribute),
// has a title and a description written from the numbers, and ids that start
// with the figure's id and the size.
func (f *Figure) SVG(size Size) []byte {
	p := &plate{Figure: f, shape: f.shape(), words: f.words(), wide: size != Narrow, width: float64(Wide)}
	if !p.wide {
		p.width = float64(Narrow)
	}
	p.buf = make([]byte, 0, 3<<10+1200*len(f.Rows))
	height := p.draw()
	p.raw("</svg>")
	p.insert(0, func() { p.frame(height) })
	return p.buf
}

// plate is one drawing under way.
type plate struct {
	canvas
	*Figure
	shape shape
	words Words
	wide  bool
	width float64
	keys  []key // signs of the drawing that the line under it explains
}

// tallest is the height to which letters are 6 pt or more on a sheet of A4, which
// is 190 mm high for a drawing; of a taller one paper shows the table.
const tallest = 1260

// frame writes the opening tag with the accessible name and description.
func (p *plate) frame(height float64) {
	id := p.ID + "-n"
	if p.wide {
		id = p.ID + "-w"
	}
	class := "plate"
	if p.wide && height > tallest {
		class += " tall"
	}
	p.raw(`<svg class="` + class + `" viewBox="0 0 ` + strconv.Itoa(int(p.width)) + ` `)
	p.number(height)
	role := "img"
	if p.linked() {
		role = "group"
	}
	if p.wide && height > p.width {
		p.raw(`" preserveAspectRatio="xMinYMin`) // paper makes a tall one smaller: it stays at the start of the line
	}
	p.raw(`" role="` + role + `" lang="`)
	p.escaped(p.Lang)
	p.raw(`" aria-labelledby="`)
	p.escaped(id + "-title " + id + "-desc")
	p.raw(`"><title id="`)
	p.escaped(id + "-title")
	p.raw(`">`)
	p.escaped(p.Title)
	p.raw(`</title><desc id="`)
	p.escaped(id + "-desc")
	p.raw(`">`)
	p.escaped(p.Description())
	p.raw(`</desc>`)
}

// draw returns the height of the drawing.
func (p *plate) draw() float64 {
	if len(p.Rows) == 0 {
		p.text("why", start, 0, 24, p.words.NoData)
		p.line("axis", 0, 38, p.width, 38)
		return 40
	}
	y := 0.0
	switch p.Kind {
	case Diverging, Stacked:
		y = p.diverging()
	case Lines:
		y = p.trend()
	case Scatter:
		y = p.scatter()
	case Pareto:
		y = p.pareto()
	case Path:
		y = p.paths()
	case Transitions:
		y = p.transitions()
	case Radar:
		y = p.radar()
	case Flow:
		y = p.process()
	case Tree:
		y = p.tree()
	case Fishbone:
		y = p.fishbone()
	case Grouped, Dumbbell, Heat, Histogram, Box, Waterfall, Slope, Funnel, Pyramid, Multiples:
		y = p.more()
	default:
		y = p.values()
	}
	return p.explain(y)
}

// explain writes the signs that were used and returns the final height.
func (p *plate) explain(y float64) float64 {
	if len(p.keys) == 0 {
		return y + 2
	}
	return p.flow(p.keys, 0, p.width, y+8) + 4
}
