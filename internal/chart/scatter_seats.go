package chart

import (
	"math"
	"strconv"
)

// seat is a small disc beside a point with the point's number in it, joined to
// it by a line: for points whose own mark has no room for the number.
type seat struct {
	spot
	leader [2]spot
	taken  bool
}

const seatRadius = 9.0

// What the disc of a number passes by rather than lies on, in units of distance.
const (
	onWhisker    = 5.0
	onCut        = 9.0
	leaderOnMark = 60.0
	leaderOnSeat = 80.0
	leadersCross = 40.0
	seatStep     = 9.0 // outwards
	seatAngles   = 24
	seatRounds   = 3 // each number is seated again when the others sit
)

// seatNumbers seats the numbers whose points have no room for them.
func (p *plate) seatNumbers(m *matrix) {
	var waiting []*blob
	for _, i := range p.hardestFirst(m) {
		if k := &m.marks[i]; k.number > 0 && !p.holds(m, i) {
			waiting = append(waiting, k)
		}
	}
	for range seatRounds {
		for _, k := range waiting {
			k.seat.taken = false
			m.sit(k)
		}
	}
	for _, k := range waiting {
		if k.seat.taken && p.with(Area) < 0 {
			k.r = min(k.r, pointRadius) // no room in it for a number that stands beside it
		}
	}
}

// holds reports whether the number stands in its own mark: the mark is large
// enough, and no other mark covers the number.
func (p *plate) holds(m *matrix, i int) bool {
	a := &m.marks[i]
	if a.r < seatRadius {
		return false
	}
	text := box{a.x - 9, a.y - 8, 18, 16}
	for j := range m.marks {
		if b := &m.marks[j]; j != i && text.touches(b.spot, b.r+1) {
			return false
		}
	}
	return true
}

// touches reports whether a disc reaches into the box.
func (b box) touches(at spot, r float64) bool {
	return math.Hypot(at.x-min(max(at.x, b.x), b.x+b.w), at.y-min(max(at.y, b.y), b.y+b.h)) < r
}

// sit finds the seat of a number: near its point, clear of marks, names and
// other numbers, off whiskers where it can be.
func (m *matrix) sit(k *blob) {
	best := math.Inf(1)
	farthest := m.frame.w + m.frame.h
	for away := k.r + seatRadius + 5; away < min(best, farthest); away += seatStep {
		for a := range seatAngles {
			angle := 2*math.Pi*float64(a)/seatAngles - math.Pi/4 // the upper right first
			at := spot{k.x + away*math.Cos(angle), k.y + away*math.Sin(angle)}
			if !m.vacant(k, at) {
				continue
			}
			leader := k.leaderTo(at)
			if cost := away + m.trouble(k, at, leader); cost < best-1e-9 {
				best, k.seat = cost, seat{at, leader, true}
			}
		}
	}
}

// leaderTo runs from the rim of the point to that of the seat; in a large disc,
// which others may overlap, from its middle.
func (k *blob) leaderTo(at spot) [2]spot {
	length := math.Hypot(at.x-k.x, at.y-k.y)
	ux, uy := (at.x-k.x)/length, (at.y-k.y)/length
	from := k.r
	if k.r > pointRadius+1 {
		from = 0
	}
	return [2]spot{{k.x + ux*from, k.y + uy*from}, {at.x - ux*seatRadius, at.y - uy*seatRadius}}
}

// vacant reports whether a disc at the spot meets no mark, text or other number.
func (m *matrix) vacant(k *blob, at spot) bool {
	const gap = 3
	f, r := m.frame, seatRadius+gap
	if at.x-r < f.x || at.x+r > f.x+f.w+2 || at.y-r < f.y-r || at.y+r > f.y+f.h {
		return false
	}
	for _, b := range m.fixed {
		if b.touches(at, r) {
			return false
		}
	}
	for j := range m.marks {
		o := &m.marks[j]
		switch {
		case math.Hypot(o.x-at.x, o.y-at.y) < o.r+r, o.placed && o.place.touches(at, r):
			return false
		case o != k && o.seat.taken && (math.Hypot(o.seat.x-at.x, o.seat.y-at.y) < seatRadius+r || near(o.seat.spot, at)):
			return false
		}
	}
	return true
}

// near reports whether numbers of two digits at both spots would touch.
func near(a, b spot) bool { return math.Abs(a.x-b.x) < 19 && math.Abs(a.y-b.y) < 14 }

// trouble is what a seat and its leader run into.
func (m *matrix) trouble(k *blob, at spot, leader [2]spot) float64 {
	sum := 0.0
	disc := box{at.x - seatRadius, at.y - seatRadius, 2 * seatRadius, 2 * seatRadius}
	for _, line := range m.crosses {
		if disc.crossed(line[0], line[1]) {
			sum += onWhisker
		}
	}
	for _, line := range m.busy.paths {
		if disc.crossed(line[0], line[1]) {
			sum += onCut
		}
	}
	for _, b := range m.fixed {
		if b.crossed(leader[0], leader[1]) {
			sum += leaderOnMark
		}
	}
	for j := range m.marks {
		o := &m.marks[j]
		if o == k {
			continue
		}
		if o.disc(o.spot, o.r).crossed(leader[0], leader[1]) || o.placed && o.place.crossed(leader[0], leader[1]) {
			sum += leaderOnMark
		}
		if !o.seat.taken {
			continue
		}
		if o.disc(o.seat.spot, seatRadius).crossed(leader[0], leader[1]) || disc.crossed(o.seat.leader[0], o.seat.leader[1]) {
			sum += leaderOnSeat
		}
		if crossing(leader, o.seat.leader) {
			sum += leadersCross
		}
	}
	return sum
}

// disc is the square inside a disc, a little larger.
func (k *blob) disc(at spot, r float64) box {
	r *= .85
	return box{at.x - r, at.y - r, 2 * r, 2 * r}
}

// crossing reports whether two lines cross.
func crossing(a, b [2]spot) bool {
	side := func(p, q, r spot) float64 { return (q.x-p.x)*(r.y-p.y) - (q.y-p.y)*(r.x-p.x) }
	return side(a[0], a[1], b[0])*side(a[0], a[1], b[1]) < 0 && side(b[0], b[1], a[0])*side(b[0], b[1], a[1]) < 0
}

// numberMark draws the number of a point: in its mark, or on a seat beside it.
func (p *plate) numberMark(k *blob) {
	if k.number == 0 {
		return
	}
	text := strconv.Itoa(k.number)
	if k.seat.taken {
		l := k.seat.leader
		p.poly("polyline", "leader", l[:])
		if k.r > pointRadius+1 {
			p.circle("pin", k.spot, 2)
		}
		class := "seat"
		if k.urgent {
			class = "seat warn"
		}
		p.circle(class, k.seat.spot, seatRadius)
		p.text("num seated"+p.pointTone(k), middle, k.seat.x, k.seat.y+4.5, text)
		return
	}
	class := "num"
	switch {
	case k.row.State != Normal || p.with(Area) >= 0:
		class = "num open"
	case p.pointTone(k) == " muted":
		class = "num dark"
	}
	p.text(class, middle, k.x, k.y+4.5, text)
}
