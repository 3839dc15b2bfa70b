package chart

import (
	"math"
	"slices"
	"strings"
)

// routes is the geometry of a Path figure. It is computed lying (layers from
// left to right) and turned when they run from top to bottom.
type routes struct {
	*graph
	down       bool
	boxW, boxH float64 // of a node
	pitch      float64 // from layer to layer
	texts      map[int][]string
}

const leastPathBox = 84.0 // width of a box that can be read

// pathInset is the room between the two edges of a box and its text, together.
const pathInset = 5.0

const mostAcross = 5 // layers from left to right; more run down

// paths draws constructs and their effects and returns the height.
func (p *plate) paths() float64 {
	r := &routes{graph: p.graph(false)}
	if len(r.nodes) == 0 {
		p.noteUndrawn()
		p.text("why", start, 0, 24, p.words.NoData)
		return 38
	}
	height := p.route(r)
	for i := range r.edges {
		p.drawEdge(&r.edges[i], r)
	}
	var boxes []box
	for i := range r.nodes {
		p.drawNode(&r.nodes[i], r.texts[i])
		b := r.nodes[i].box
		boxes = append(boxes, box{b.x - 2, b.y - 2, b.w + 4, b.h + 4})
	}
	var texts []edgeText
	for i := range r.edges {
		e := &r.edges[i]
		if v := p.of(e.row, Value); finite(v) {
			class := "pt coef" + p.edgeTone(e.row)
			texts = append(texts, edgeText{class, []string{p.Columns[p.shape.value].text(v)}, e.points})
		}
	}
	p.edgeTexts(texts, boxes)
	p.noteClosing(r.graph)
	p.noteUndrawn()
	return height
}

// route layers the boxes, places them and leads the arrows; it returns the height.
func (p *plate) route(r *routes) float64 {
	for most := p.mostBeside(r.graph); ; most-- { // fewer where boxes would be slivers
		r.layer(most)
		r.down = !p.wide || len(r.layers) > mostAcross
		if height := p.layRoutes(r); r.boxW >= leastPathBox || most == 1 {
			return height
		}
	}
}

// mostBeside returns how many boxes a layer may have: fewer where the drawing
// is narrow and a name has a long word.
func (p *plate) mostBeside(g *graph) int {
	if p.wide {
		return 7
	}
	size, bold := fontSize("name")
	for _, n := range g.nodes {
		if longestWord(n.label, size, bold) > 68 {
			return 2
		}
	}
	return 3
}

// sizeBoxes chooses the width of the boxes; it returns the room of an arrow
// that passes a layer by and the room around a box.
func (p *plate) sizeBoxes(r *routes) (pass, gap float64) {
	most := 1
	for _, l := range r.layers {
		most = max(most, len(l))
	}
	pass, gap = 22, 26
	layers := float64(len(r.layers))
	r.boxH = 0
	switch {
	case !r.down:
		r.boxW = min(150, (p.width-60*(layers-1))/layers)
		r.pitch = (p.width - r.boxW) / max(layers-1, 1)
	case p.wide:
		r.boxW = min(170, p.width/float64(most)-40)
	default:
		r.boxW = min(150, p.width/float64(most)-18)
		pass, gap = 18, 22
	}
	if r.paired() {
		gap = 48 // for the number between the two
		if !p.wide {
			gap = 44
		}
	}
	return pass, gap
}

// layRoutes sizes the boxes, places them and leads the arrows; it returns the height.
func (p *plate) layRoutes(r *routes) float64 {
	pass, gap := p.sizeBoxes(r)
	p.nodeTexts(r)
	if r.down {
		r.pitch = r.boxH + 62
	}
	size := func(int) float64 { return r.boxH + gap }
	if r.down {
		size = func(int) float64 { return r.boxW + gap }
	}
	w := r.weave(size, pass)
	if room := w.nodeRoom(p.width-2, gap); r.down && room < r.boxW {
		r.boxW, r.boxH = max(room, 56), 0
		p.nodeTexts(r)
		r.pitch = r.boxH + 62
		w = r.weave(size, pass)
	}
	if r.down {
		w.narrow(p.width - 2)
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range w.slots {
		half := s.size/2 - gap/2
		if s.node < 0 {
			half = 8
		}
		low, high = min(low, s.at-half), max(high, s.at+half)
	}
	p.place(r, w, low, high)
	r.lead(w)
	if r.down {
		return float64(len(r.layers)-1)*r.pitch + r.boxH + 10
	}
	return high - low + 10
}

// paired reports whether an arrow joins two boxes of one layer.
func (g *graph) paired() bool {
	return slices.ContainsFunc(g.edges, func(e edge) bool { return g.nodes[e.from].layer == g.nodes[e.to].layer })
}

// place turns the woven layers into boxes on the drawing.
func (p *plate) place(r *routes, w *weave, low, high float64) {
	shift := 4 - low
	if r.down {
		shift = p.width / 2 // layers lie around 0
		if w.rows != nil && high-low <= p.width {
			shift = p.width/2 - (low+high)/2
		}
	}
	for at, row := range w.rows {
		for _, s := range row {
			slot := &w.slots[s]
			slot.at += shift
			if slot.node < 0 {
				continue
			}
			b := box{float64(at) * r.pitch, slot.at - r.boxH/2, r.boxW, r.boxH}
			if r.down {
				b = box{slot.at - r.boxW/2, 4 + float64(at)*r.pitch, r.boxW, r.boxH}
				b.x = max(1, min(b.x, p.width-1-b.w))
			}
			r.nodes[slot.node].box = b
		}
	}
}

// nodeTexts breaks the names of the boxes and finds the height all share.
func (p *plate) nodeTexts(r *routes) {
	r.texts = map[int][]string{}
	for i := range r.nodes {
		lines := fit("name", r.nodes[i].label, r.boxW-pathInset)
		r.texts[i] = lines
		h := float64(len(lines))*leading("name") + 16
		if numbers := p.nodeNumbers(&r.nodes[i], r.boxW-pathInset); numbers != nil {
			h += float64(len(numbers))*leading("tick") + 2
		}
		r.boxH = max(r.boxH, h, 46)
	}
}

// nodeNumbers returns the lines under a box's name: its score and its R², on
// one line where it has room.
func (p *plate) nodeNumbers(n *node, room float64) []string {
	if n.row == nil {
		return nil
	}
	if n.row.hidden() {
		return fit("tick", p.absent(p.words, n.row), room)
	}
	var parts []string
	for _, role := range []Role{Index, Fit} {
		if i := p.with(role); i >= 0 && finite(n.row.cell(i)) {
			text := p.Columns[i].text(n.row.cell(i))
			if role == Fit {
				text = "R² " + text
			}
			parts = append(parts, text)
		}
	}
	if joined := strings.Join(parts, " · "); width("tick", joined) <= room && len(parts) > 0 {
		return []string{joined}
	}
	return parts
}

// drawNode draws a box with its name and numbers.
func (p *plate) drawNode(n *node, lines []string) {
	title, class := n.label, "box"
	if n.row != nil {
		title = p.hover(p.words, n.row)
		if n.row.Strong {
			class = "box strongbox"
		}
		if n.row.State == TooFew || n.row.hidden() {
			class += " dashed"
		}
		if n.row.State == TooFew {
			p.note(key{glyphPale, p.words.TooFew})
		}
	}
	p.open("row", title)
	b := n.box
	p.rect(class, b.x, b.y, b.w, b.h)
	numbers := p.nodeNumbers(n, b.w-pathInset)
	h := float64(len(lines))*leading("name") + float64(len(numbers))*leading("tick")
	y := b.y + (b.h-h)/2 + 13
	p.lines("name boxname", middle, b.x+b.w/2, y, lines)
	p.lines("tick", middle, b.x+b.w/2, y+float64(len(lines))*leading("name"), numbers)
	p.close()
}

// drawEdge draws an arrow as thick as its coefficient: grey and dashed when it
// is not distinguishable from 0, in the warning colour when negative.
func (p *plate) drawEdge(e *edge, r *routes) {
	p.open("row", p.hover(p.words, e.row))
	p.arrow(p.edgeTone(e.row)+p.thickness(e.row), e.points)
	p.close()
}

func (p *plate) edgeTone(r *Row) string {
	v := p.of(r, Value)
	switch {
	case r.State == Undecided:
		p.note(key{glyphDashedLine, p.words.Undecided})
		return " grey dashed"
	case !finite(v):
		return " grey dashed"
	case r.State == TooFew:
		p.note(key{glyphDashedLine, p.words.TooFew})
		return " s1 dashed"
	case v < 0:
		return " warn"
	}
	return " s1"
}

// thickness grows with the coefficient, relative to 1 or the largest.
func (p *plate) thickness(r *Row) string {
	most := 1.0
	for i := range p.Rows {
		if v := math.Abs(p.of(&p.Rows[i], Value)); v > most {
			most = v
		}
	}
	v := math.Abs(p.of(r, Value)) / most
	switch {
	case r.State == Undecided || !finite(v) || v < .2:
		return " w1"
	case v < .4:
		return " w2"
	case v < .6:
		return " w3"
	}
	return " w4"
}

// noteClosing says which arrows are left out because they close a circle.
func (p *plate) noteClosing(g *graph) {
	for _, r := range g.closing {
		p.open("row", p.hover(p.words, r))
		p.close()
		p.note(key{glyphNone, r.Label + p.colon() + p.closes()})
	}
}

// closes are the words for an arrow that is left out.
func (f *Figure) closes() string {
	if f.chinese() {
		return "会形成回路，未画出"
	}
	return "not drawn, it would close a circle"
}
