package chart

// lane is one column of steps, in the order of rows.
type lane struct {
	name  string
	steps []int
	x, w  float64 // of its boxes
	right bool    // its loops run at the right, else at the left
	room  float64 // beside the boxes, for the loops
}

// river is the geometry of a Flow figure.
type river struct {
	*graph
	lanes []lane
	in    []int // lane of each node
	at    []int // place of each node in its lane
	texts [][]string
	words []edgeText
	heads []box // names of the lanes
}

const (
	stepGap   = 26.0 // between two steps, for the arrow
	loopGap   = 14.0 // between two loops
	mostLanes = 2    // side by side
	mostStep  = 380.0
)

// process draws steps with live counts in lanes and returns the height.
func (p *plate) process() float64 {
	r := &river{graph: p.graph(true)}
	if len(r.nodes) == 0 {
		p.noteUndrawn()
		p.text("why", start, 0, 24, p.words.NoData)
		return 38
	}
	r.divide()
	height := p.layLanes(r)
	for i := range r.edges {
		p.drawStepArrow(&r.edges[i], r)
	}
	boxes := r.heads
	for i := range r.nodes {
		p.drawStep(&r.nodes[i], r.texts[i])
		boxes = append(boxes, r.nodes[i].box)
	}
	p.edgeTexts(r.words, boxes)
	p.noteClosing(r.graph)
	p.noteUndrawn()
	return height
}

// divide puts the nodes in lanes, in the order of their first appearance.
func (r *river) divide() {
	known := map[string]int{}
	r.in, r.at = make([]int, len(r.nodes)), make([]int, len(r.nodes))
	for i := range r.nodes {
		name := ""
		if r.nodes[i].row != nil {
			name = r.nodes[i].row.Series
		}
		at, ok := known[name]
		if !ok {
			at = len(r.lanes)
			known[name] = at
			r.lanes = append(r.lanes, lane{name: name})
		}
		r.in[i], r.at[i] = at, len(r.lanes[at].steps)
		r.lanes[at].steps = append(r.lanes[at].steps, i)
	}
}

// straight reports whether the arrow runs from one step to the next.
func (r *river) straight(e *edge) bool {
	return r.in[e.from] == r.in[e.to] && r.at[e.to] == r.at[e.from]+1
}

// word is what stands on an arrow, in lines.
func (p *plate) word(e *edge, room float64) []string {
	text := e.row.Short
	if i := p.with(Value); i >= 0 && finite(e.row.cell(i)) {
		if text != "" {
			text += " "
		}
		text += p.Columns[i].text(e.row.cell(i))
	}
	if text == "" {
		return nil
	}
	return fit("tick", text, room)
}

// layLanes places the lanes, side by side when wide and at most two, else one
// below the other; it returns the height.
func (p *plate) layLanes(r *river) float64 {
	beside := p.wide && len(r.lanes) <= mostLanes
	columns := 1.0
	if beside {
		columns = float64(len(r.lanes))
	}
	const gutter = 56.0
	whole := (p.width - gutter*(columns-1)) / columns
	most := 0.0
	for i := range r.lanes {
		r.lanes[i].room = p.loopRoom(r, i)
		most = max(most, r.lanes[i].room)
	}
	for i := range r.lanes {
		l := &r.lanes[i]
		l.right = !beside || i > 0 || len(r.lanes) == 1
		if !beside { // boxes of one width below each other
			l.room = most
		}
		l.w = whole - l.room - 1
		if len(r.lanes) > 1 {
			l.w = min(l.w, mostStep)
		}
		l.x = .5
		if beside {
			l.x += float64(i) * (whole + gutter)
		}
		if !l.right {
			l.x += l.room
		}
	}
	if !beside && len(r.lanes) > 1 { // arrows between lanes run at the left
		room := p.crossRoom(r)
		for i := range r.lanes {
			r.lanes[i].x += room
			r.lanes[i].w -= room
		}
	}
	return p.stackLanes(r, beside)
}

// stackLanes places the steps of the lanes and their arrows; it returns the height.
func (p *plate) stackLanes(r *river, beside bool) float64 {
	top, below := 0.0, 0.0
	r.texts = make([][]string, len(r.nodes))
	for i := range r.lanes {
		y := p.layLane(r, &r.lanes[i], top)
		below = max(below, y)
		if !beside {
			top = y + 26
		}
	}
	p.routeSteps(r, beside)
	return below + 4
}

// loopRoom returns the room beside a lane for its loops and their words.
func (p *plate) loopRoom(r *river, lane int) float64 {
	loops, widestWord := 0.0, 0.0
	size, bold := fontSize("tick")
	for i := range r.edges {
		e := &r.edges[i]
		if r.in[e.from] == lane && r.in[e.to] == lane && !r.straight(e) {
			loops++
			widestWord = max(widestWord, widest(p.word(e, 84), size, bold))
		}
	}
	if loops == 0 {
		return 0
	}
	return max(widestWord+10, 26) + loopGap*(loops-1) + 4
}

// crossRoom returns the room at the left for arrows between lanes that lie
// below each other, and their words.
func (p *plate) crossRoom(r *river) float64 {
	room := 0.0
	size, bold := fontSize("tick")
	for i := range r.edges {
		if e := &r.edges[i]; r.in[e.from] != r.in[e.to] {
			room = max(room, 22, widest(p.word(e, 60), size, bold)+8)
		}
	}
	return room
}

// layLane writes the name of a lane and places its steps; it returns the y below.
func (p *plate) layLane(r *river, l *lane, y float64) float64 {
	if l.name != "" {
		lines := fit("head", l.name, l.w)
		p.lines("head", start, l.x, y+15, lines)
		r.heads = append(r.heads, box{l.x, y, l.w, float64(len(lines)) * leading("head")})
		y += float64(len(lines))*leading("head") + 8
	}
	y++
	for _, n := range l.steps {
		if p.decides(&r.nodes[n]) {
			y = p.layQuestion(r, l, n, y) + p.gapBelow(r, n)
			continue
		}
		number := p.stepNumberWidth(&r.nodes[n])
		lines := fit("name", r.nodes[n].label, l.w-24-number)
		r.texts[n] = lines
		h := float64(len(lines))*leading("name") + 18 + p.detailHeight(&r.nodes[n], l.w-24-number)
		if p.late(&r.nodes[n]) != "" {
			h = max(h, 2*leading("tick")+16)
		}
		if row := r.nodes[n].row; row != nil && row.hidden() {
			h = max(h, float64(len(fit("tick", p.absent(p.words, row), 84)))*leading("tick")+16)
		}
		r.nodes[n].box = box{l.x, y, l.w, h}
		y += h + p.gapBelow(r, n)
	}
	return y - stepGap
}

// gapBelow is larger where words stand on the arrow to the next step.
func (p *plate) gapBelow(r *river, n int) float64 {
	gap := stepGap
	for i := range r.edges {
		if e := &r.edges[i]; e.from == n && r.straight(e) {
			if lines := p.word(e, r.nodes[n].box.w/2-20); lines != nil {
				gap = max(gap, float64(len(lines))*leading("tick")+12)
			}
		}
	}
	return gap
}

// stepNumberWidth is the room of the numbers at the right of a box.
func (p *plate) stepNumberWidth(n *node) float64 {
	if n.row == nil {
		return 0
	}
	if n.row.hidden() {
		return 96
	}
	w := 0.0
	if i := p.with(Value); i >= 0 && finite(n.row.cell(i)) {
		w = width("val", p.Columns[i].text(n.row.cell(i)))
	}
	if w = max(w, width("tick", p.late(n))); w > 0 {
		w += 12
	}
	return w
}

// late returns the words for what is overdue in a box; "" for nothing.
func (p *plate) late(n *node) string {
	i := p.with(Late)
	if i < 0 || n.row == nil || !(n.row.cell(i) > 0) {
		return ""
	}
	return p.Columns[i].Label + " " + p.Columns[i].text(n.row.cell(i))
}

// routeSteps gives every arrow its points.
func (p *plate) routeSteps(r *river, beside bool) {
	for i := range r.edges {
		e := &r.edges[i]
		from, to := r.nodes[e.from].box, r.nodes[e.to].box
		l := &r.lanes[r.in[e.from]]
		switch {
		case r.straight(e):
			mid := from.x + from.w/2
			e.points = []spot{{mid, from.y + from.h}, {mid, to.y - 1}}
			if lines := p.word(e, from.w/2-20); lines != nil {
				y := (from.y+from.h+to.y)/2 - float64(len(lines)-1)*leading("tick")/2 + 4.5
				p.lines("pt", start, mid+9, y, lines)
			}
			continue
		case r.in[e.from] == r.in[e.to]:
			first := max((l.room-loopGap*float64(p.loops(r, r.in[e.from])-1))/2, 13)
			beyond := loopGap * float64(r.inside(i))
			track := l.x + l.w + first + beyond
			side, enter := from.x+from.w, to.x+to.w+1
			if !l.right {
				track = l.x - first - beyond
				side, enter = from.x, to.x-1
			}
			a, b := from.y+from.h*.62, to.y+to.h*.38
			if p.decides(&r.nodes[e.from]) {
				a = from.y + from.h/2 // the corner
			}
			if e.from == e.to {
				a, b = from.y+from.h*.75, from.y+from.h*.25
			}
			e.points = []spot{{side, a}, {track, a}, {track, b}, {enter, b}}
		case beside && from.x < to.x:
			mid := (from.x + from.w + to.x) / 2
			e.points = elbow(spot{from.x + from.w, from.y + from.h/2}, mid, spot{to.x - 1, to.y + to.h/2})
		case beside:
			mid := (to.x + to.w + from.x) / 2
			e.points = elbow(spot{from.x, from.y + from.h/2}, mid, spot{to.x + to.w + 1, to.y + to.h/2})
		default:
			e.points = elbow(spot{from.x, from.y + from.h*.6}, from.x/2, spot{to.x - 1, to.y + to.h*.4})
		}
		if lines := p.word(e, r.wordRoom(e, beside)); lines != nil {
			r.words = append(r.words, edgeText{"pt", lines, e.points})
		}
	}
}

// wordRoom is the width of the words on an arrow beside the boxes.
func (r *river) wordRoom(e *edge, beside bool) float64 {
	if !beside && r.in[e.from] != r.in[e.to] {
		return 60
	}
	return 84
}

func elbow(from spot, x float64, to spot) []spot {
	if from.y == to.y && (x-from.x)*(to.x-x) > 0 {
		return []spot{from, to}
	}
	return []spot{from, {x, from.y}, {x, to.y}, to}
}

// loops counts the arrows of a lane that run beside it.
func (p *plate) loops(r *river, lane int) int {
	n := 0
	for i := range r.edges {
		if e := &r.edges[i]; r.in[e.from] == lane && r.in[e.to] == lane && !r.straight(e) {
			n++
		}
	}
	return n
}

// inside counts the loops of the lane that lie between an arrow and its boxes:
// those over fewer steps.
func (r *river) inside(loop int) int {
	span := func(i int) int {
		e := &r.edges[i]
		return max(r.at[e.from]-r.at[e.to], r.at[e.to]-r.at[e.from])
	}
	n := 0
	for i := range r.edges {
		e := &r.edges[i]
		if r.in[e.from] != r.in[r.edges[loop].from] || r.in[e.from] != r.in[e.to] || r.straight(e) {
			continue
		}
		if span(i) < span(loop) || span(i) == span(loop) && i < loop {
			n++
		}
	}
	return n
}

// drawStepArrow draws one arrow; those that lead back in the accent colour.
func (p *plate) drawStepArrow(e *edge, r *river) {
	p.open("row", p.hover(p.words, e.row))
	class := " step"
	if r.in[e.from] == r.in[e.to] && r.at[e.to] <= r.at[e.from] {
		class = " s1"
	}
	if e.row.State != Normal {
		class += " dashed"
	}
	p.arrow(class, e.points)
	p.close()
}
