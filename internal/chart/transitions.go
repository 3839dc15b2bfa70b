package chart

import (
	"math"
	"slices"
)

// alluvium is the geometry of a Transitions figure.
type alluvium struct {
	states []string
	moves  []move
	sides  [2][]bank // from, to
	left   float64   // x of the bars
	right  float64
}

// move is one row with its place on both sides.
type move struct {
	row      *Row
	from, to int
	value    float64
	y        [2]float64
	h        float64
}

// bank is one state on one side.
type bank struct {
	total   float64
	secret  bool // a row of it is hidden, and with it the total
	y, h    float64
	next    float64 // where the next band begins
	lines   []string
	number  string
	label   float64 // middle of its name
	present bool
}

const (
	mostStates = 4
	bankWidth  = 10.0
	bankGap    = 16.0
)

// alluvium collects states, in the order of first appearance (good ones
// first), and moves.
func (f *Figure) alluvium() *alluvium {
	a := &alluvium{}
	at := func(s string) int {
		i := slices.Index(a.states, s)
		if i < 0 {
			i = len(a.states)
			a.states = append(a.states, s)
		}
		return i
	}
	for i := range f.Rows {
		if r := &f.Rows[i]; r.From != "" {
			at(r.From)
		}
	}
	for i := range f.Rows {
		r := &f.Rows[i]
		if r.From == "" || r.To == "" {
			continue
		}
		m := move{row: r, from: at(r.From), to: at(r.To), value: max(f.of(r, Value), 0)}
		if !f.drawn(shape{}, r) {
			m.value = math.NaN()
		}
		a.moves = append(a.moves, m)
	}
	for side := range a.sides {
		a.sides[side] = make([]bank, len(a.states))
	}
	for _, m := range a.moves {
		for side, state := range []int{m.from, m.to} {
			b := &a.sides[side][state]
			b.present = true
			if finite(m.value) {
				b.total += m.value
			} else {
				b.secret = true
			}
		}
	}
	return a
}

// manyStates reports whether there are too many states for bands.
func (a *alluvium) manyStates() bool {
	for _, side := range a.sides {
		n := 0
		for _, b := range side {
			if b.present {
				n++
			}
		}
		if n > mostStates {
			return true
		}
	}
	return false
}

// crowded are the words for transitions that only the table shows.
func (f *Figure) crowded() string {
	if f.chinese() {
		return "状态超过 4×4，请看数据表"
	}
	return "more than 4 × 4 states: see the table"
}

// transitions draws bands from states to states and returns the height.
func (p *plate) transitions() float64 {
	a := p.alluvium()
	if a.manyStates() || !p.marked(p.shape) {
		if a.manyStates() {
			p.text("why", start, 0, 24, p.crowded())
			p.line("axis", 0, 38, p.width, 38)
			return 40
		}
		p.noteUndrawn()
		return 4
	}
	height := p.layBanks(a)
	for i := range a.moves {
		p.drawMove(a, &a.moves[i])
	}
	for side := range a.sides {
		for state := range a.sides[side] {
			p.drawBank(a, side, state)
		}
	}
	p.moveNumbers(a)
	p.noteUndrawn()
	return height
}

// layBanks sizes and places the states and the bands; it returns the height.
func (p *plate) layBanks(a *alluvium) float64 {
	y := p.bankHeads()
	widestName := p.bankNames(a)
	a.left, a.right = widestName+10, p.width-widestName-10-bankWidth
	height := 300.0
	if !p.wide {
		height = 280
	}
	below := y
	for side := range a.sides {
		below = max(below, p.stackBanks(a, side, y, height))
	}
	for i := range a.moves {
		m := &a.moves[i]
		if !finite(m.value) {
			continue
		}
		m.h = m.value * a.unit(height)
		b := &a.sides[0][m.from]
		m.y[0] = b.next
		b.next += m.h
	}
	for state := range a.states { // arrivals in the order of their origins
		for i := range a.moves {
			if m := &a.moves[i]; m.to == state && finite(m.value) {
				b := &a.sides[1][state]
				m.y[1] = b.next
				b.next += m.h
			}
		}
	}
	return below + 4
}

// bankHeads writes what the sides are and returns the y below.
func (p *plate) bankHeads() float64 {
	lines := 0
	for side, text := range [2]string{p.Axis.Label, p.Across.Label} {
		if text == "" {
			continue
		}
		head := fit("head", text, p.width/2-12)
		at, x := start, 0.0
		if side == 1 {
			at, x = end, p.width
		}
		p.lines("head", at, x, 15, head)
		lines = max(lines, len(head))
	}
	return 4 + float64(lines)*(leading("head")+2)
}

// bankNames breaks the names of the states and returns the room they take.
func (p *plate) bankNames(a *alluvium) float64 {
	room, most := 150.0, 0.0
	if !p.wide {
		room = 84
	}
	size, bold := fontSize("name")
	for side := range a.sides {
		for state := range a.sides[side] {
			b := &a.sides[side][state]
			if !b.present {
				continue
			}
			b.lines = fit("name", a.states[state], room)
			if !b.secret {
				b.number = p.Columns[p.shape.value].text(b.total)
			}
			most = max(most, widest(b.lines, size, bold), width("tick", b.number))
		}
	}
	return most
}

// unit returns the height of one, the same on both sides.
func (a *alluvium) unit(height float64) float64 {
	most := 0.0
	for _, side := range a.sides {
		sum := 0.0
		for _, b := range side {
			sum += b.total
		}
		most = max(most, sum)
	}
	if most == 0 {
		return 0
	}
	return height / most
}

// stackBanks places the states of one side below each other and their names
// apart; it returns the y below.
func (p *plate) stackBanks(a *alluvium, side int, y, height float64) float64 {
	unit, above := a.unit(height), y-2
	for state := range a.sides[side] {
		b := &a.sides[side][state]
		if !b.present {
			continue
		}
		b.y, b.h = y, b.total*unit
		high := float64(len(b.lines))*leading("name") + leading("tick")
		b.label = max(b.y+b.h/2, above+high/2)
		above = b.label + high/2 + 2
		b.next = b.y
		y = max(y+b.h, b.label+high/2-b.h/2) + bankGap
	}
	return max(y-bankGap, above)
}

// moveClass is improved, worse or unchanged: states go from good to bad.
func (p *plate) moveClass(m *move) string {
	switch {
	case m.to < m.from:
		return "gained"
	case m.to > m.from:
		return "lost"
	}
	return "kept"
}

// drawMove draws one band.
func (p *plate) drawMove(a *alluvium, m *move) {
	p.open("row", p.hover(p.words, m.row))
	defer p.close()
	if !finite(m.value) || m.h <= 0 {
		return
	}
	class := p.moveClass(m)
	p.note(key{"flowband " + class, p.moveWord(class)})
	x1, x2 := a.left+bankWidth, a.right
	mid := (x1 + x2) / 2
	p.begin("path", "flowband "+class)
	p.raw(` d="`)
	for i, q := range []spot{
		{x1, m.y[0]},
		{mid, m.y[0]},
		{mid, m.y[1]},
		{x2, m.y[1]},
		{x2, m.y[1] + m.h},
		{mid, m.y[1] + m.h},
		{mid, m.y[0] + m.h},
		{x1, m.y[0] + m.h},
	} {
		p.raw([]string{"M", "C", " ", " ", "L", "C", " ", " "}[i])
		p.number(q.x)
		p.raw(",")
		p.number(q.y)
	}
	p.raw(`Z"/>`)
}

// moveWord is what a class of bands means.
func (f *Figure) moveWord(class string) string {
	words := map[string][2]string{"gained": {"变好", "better"}, "lost": {"变差", "worse"}, "kept": {"不变", "unchanged"}}[class]
	if f.chinese() {
		return words[0]
	}
	return words[1]
}

// drawBank draws the bar of a state with its name and total.
func (p *plate) drawBank(a *alluvium, side, state int) {
	b := &a.sides[side][state]
	if !b.present {
		return
	}
	x, at, text := a.left, end, a.left-8
	if side == 1 {
		x, at, text = a.right, start, a.right+bankWidth+8
	}
	p.rect("bank", x, b.y, bankWidth, max(b.h, 1))
	y := b.label - (float64(len(b.lines))*leading("name")+leading("tick"))/2 + 13
	if b.number == "" {
		y += leading("tick") / 2
	}
	p.lines("name boxname", at, text, y, b.lines)
	p.text("tick", at, text, y+float64(len(b.lines))*leading("name"), b.number)
}

// moveNumbers writes the numbers on the bands: near their start, their end or
// between, where they have room.
func (p *plate) moveNumbers(a *alluvium) {
	o := obstacles{frame: box{a.left + bankWidth, 0, a.right - a.left - bankWidth, math.Inf(1)}}
	x1, x2 := a.left+bankWidth, a.right
	for i := range a.moves {
		m := &a.moves[i]
		if !finite(m.value) || m.h < 6 {
			continue
		}
		text := p.Columns[p.shape.value].text(m.value)
		w := width("tick", text)
		for _, part := range []float64{.06, .94, .14, .86, .24, .76, .5} {
			x := x1 + (x2-x1-w)*part + w/2
			t := (x - x1) / (x2 - x1)
			y := m.y[0] + (m.y[1]-m.y[0])*smooth(t) + m.h/2
			b := box{x - w/2, y - 8, w, 16}
			if o.free(b) {
				o.boxes = append(o.boxes, b)
				p.text("pt bandno", middle, x, y+4.5, text)
				break
			}
		}
	}
}

// smooth returns how far a band has come down at the part t of its way: the
// Bézier curve of drawMove, whose x is 1.5t(1−t)+t³ and y 3t²−2t³ in its own
// parameter, solved for x by bisection.
func smooth(x float64) float64 {
	low, high := 0.0, 1.0
	for range 24 {
		t := (low + high) / 2
		if 1.5*t*(1-t)+t*t*t < x {
			low = t
		} else {
			high = t
		}
	}
	t := (low + high) / 2
	return 3*t*t - 2*t*t*t
}
