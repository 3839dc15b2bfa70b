package chart

import (
	"math"
	"slices"
)

// place is where a label was put.
type place struct {
	box
	lines  []string
	anchor anchor
	leader []spot
}

func (l *place) textX() float64 {
	switch l.anchor {
	case middle:
		return l.x + l.w/2
	case end:
		return l.x + l.w
	}
	return l.x
}

const (
	numberRadius = 10.0 // of a point with its number in it
	mostNameRows = 3    // lines of a name at its point
)

// placeNames finds a place for every name. Names without one become numbers:
// all of them when the drawing is narrow or many have none.
func (p *plate) placeNames(m *matrix) {
	for i := range m.marks {
		k := &m.marks[i]
		m.busy.boxes = append(m.busy.boxes, box{k.x - k.r - 1, k.y - k.r - 1, 2*k.r + 2, 2*k.r + 2})
	}
	p.quadrantNames(m)
	p.cutLabel(m)
	room := 156.0
	if !p.wide {
		room = 118
	}
	free := m.busy.copy()
	failed := p.nameAll(m, p.hardestFirst(m), room)
	if failed > 0 && failed*5 <= len(m.marks) { // those without a place come first
		order := p.hardestFirst(m)
		slices.SortStableFunc(order, func(a, b int) int { return named(&m.marks[a]) - named(&m.marks[b]) })
		m.busy = free.copy()
		failed = p.nameAll(m, order, room)
	}
	if failed == 0 {
		return
	}
	all := !p.wide || 5*failed > len(m.marks)
	if all {
		m.busy = free
	}
	for i := range m.marks {
		if k := &m.marks[i]; all || !k.placed {
			k.number, k.placed = i+1, false
			if p.with(Area) < 0 && p.alone(m, i) {
				k.r = max(k.r, numberRadius)
			}
		}
	}
	p.seatNumbers(m)
}

// nameAll finds places for the names in an order and returns how many have none.
func (p *plate) nameAll(m *matrix, order []int, room float64) (failed int) {
	for _, i := range order {
		m.marks[i].placed = false
	}
	for _, i := range order {
		if !p.placeName(m, &m.marks[i], room) {
			failed++
		}
	}
	return failed
}

// named is 1 for a point with a name at it, else 0.
func named(k *blob) int {
	if k.placed {
		return 1
	}
	return 0
}

func (o *obstacles) copy() obstacles {
	return obstacles{boxes: slices.Clone(o.boxes), paths: slices.Clone(o.paths), frame: o.frame}
}

// hardestFirst orders the points: those to act on, the emphasised, then by the
// number of near neighbours.
func (p *plate) hardestFirst(m *matrix) []int {
	near := make([]int, len(m.marks))
	for i := range m.marks {
		for j := range m.marks {
			if math.Hypot(m.marks[i].x-m.marks[j].x, m.marks[i].y-m.marks[j].y) < 60 {
				near[i]++
			}
		}
		if m.marks[i].row.Strong {
			near[i] += 1000
		}
		if m.marks[i].urgent {
			near[i] += 2000
		}
	}
	order := m.largestFirst()
	slices.Sort(order)
	slices.SortStableFunc(order, func(a, b int) int { return near[b] - near[a] })
	return order
}

// alone reports whether a numbered circle at the point meets no other mark.
func (p *plate) alone(m *matrix, i int) bool {
	a := &m.marks[i]
	inside := box{a.x - numberRadius, a.y - numberRadius, 2 * numberRadius, 2 * numberRadius}
	for j := range m.marks {
		b := &m.marks[j]
		if i != j && math.Hypot(a.x-b.x, a.y-b.y) < numberRadius+max(b.r, numberRadius)+1 {
			return false
		}
		if j != i && b.placed && inside.meets(b.place.box) {
			return false
		}
	}
	return a.x-numberRadius >= 0 && a.x+numberRadius <= p.width && a.y-numberRadius >= 0 && m.apart(inside)
}

func (p *plate) placeName(m *matrix, k *blob, room float64) bool {
	class := "pt"
	if k.urgent || k.row.Strong {
		class = "name"
	}
	for _, try := range []struct {
		room float64
		seek
	}{
		{room, seek{}},
		{room * .6, seek{}}, // more lines rather than a leader across a cut
		{room, seek{across: true}},
		{room, seek{over: true}},
		{room, seek{struck: true}},
		{room, seek{struck: true, across: true, over: true}},
	} {
		if try.struck && !p.wide && len(m.crosses) > 0 {
			break // numbers in their points are easier to read
		}
		lines := fit(class, k.row.Label, try.room)
		if len(lines) <= mostNameRows && p.tryPlaces(m, k, lines, class, try.seek) {
			return true
		}
	}
	return false
}

// seek is what the place of a name may have: an interval through it, a leader
// across a cut or over an interval.
type seek struct{ struck, across, over bool }

// tryPlaces puts the lines at the first of eight places around the point, and
// of the same farther away with a leader, that is free.
func (p *plate) tryPlaces(m *matrix, k *blob, lines []string, class string, may seek) bool {
	size, bold := fontSize(class)
	w, h := widest(lines, size, bold), float64(len(lines))*leading(class)
	for _, away := range []float64{0, 10, 20, 32, 46} {
		if away > 32 && !may.struck {
			break
		}
		gap := k.r + 4 + away
		slant := k.r*.7 + 2 + away*.8
		for _, try := range []place{
			{box: box{k.x + gap, k.y - h/2, w, h}},
			{box: box{k.x - gap - w, k.y - h/2, w, h}, anchor: end},
			{box: box{k.x - w/2, k.y - gap - h + 3, w, h}, anchor: middle},
			{box: box{k.x - w/2, k.y + gap - 2, w, h}, anchor: middle},
			{box: box{k.x + slant, k.y - slant - h + 4, w, h}},
			{box: box{k.x + slant, k.y + slant - 3, w, h}},
			{box: box{k.x - slant - w, k.y - slant - h + 4, w, h}, anchor: end},
			{box: box{k.x - slant - w, k.y + slant - 3, w, h}, anchor: end},
		} {
			if b := try.box; !m.busy.free(box{b.x - 3, b.y, b.w + 6, b.h}) || !may.struck && m.struck(box{b.x - 3, b.y, b.w + 6, b.h}) {
				continue
			}
			if away > 0 && !m.lead(k, &try, may) {
				continue
			}
			try.lines = lines
			k.place, k.placed = try, true
			m.busy.boxes = append(m.busy.boxes, try.box)
			return true
		}
	}
	return false
}

// lead joins a far label to its point unless the leader would run through
// another label or point, or across a cut or an interval where that may not be.
func (m *matrix) lead(k *blob, l *place, may seek) bool {
	to := spot{min(max(k.x, l.x-2), l.x+l.w+2), min(max(k.y, l.y+1), l.y+l.h-1)}
	length := math.Hypot(to.x-k.x, to.y-k.y)
	if length <= k.r+2 {
		return true
	}
	from := spot{k.x + (to.x-k.x)*(k.r+1)/length, k.y + (to.y-k.y)*(k.r+1)/length}
	own := box{k.x - k.r - 1, k.y - k.r - 1, 2*k.r + 2, 2*k.r + 2}
	for _, b := range m.busy.boxes {
		if b != own && b.crossed(from, to) {
			return false
		}
	}
	cuts := func(path [2]spot) bool { return crossing(path, [2]spot{from, to}) }
	if !may.across && slices.ContainsFunc(m.busy.paths, cuts) || !may.over && !may.struck && slices.ContainsFunc(m.crosses, cuts) {
		return false
	}
	l.leader = []spot{from, to}
	m.busy.paths = append(m.busy.paths, [2]spot{from, to})
	return true
}

// struck reports whether an interval runs through the box.
func (m *matrix) struck(b box) bool {
	return slices.ContainsFunc(m.crosses, func(path [2]spot) bool { return b.crossed(path[0], path[1]) })
}
