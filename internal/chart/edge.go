package chart

import "math"

// edgeText is a word or number on an arrow.
type edgeText struct {
	class  string
	lines  []string
	points []spot
}

// arrow draws a line through the points, rounded at the bends, with a head at
// its end.
func (p *plate) arrow(class string, points []spot) {
	last := len(points) - 1
	if last < 1 {
		return
	}
	tip, from := points[last], points[last-1]
	length := math.Hypot(tip.x-from.x, tip.y-from.y)
	if length == 0 {
		return
	}
	const head, half = 8.0, 4.0
	ux, uy := (tip.x-from.x)/length, (tip.y-from.y)/length
	neck := spot{tip.x - head*ux, tip.y - head*uy}
	path := append(append([]spot{}, points[:last]...), spot{tip.x - (head-1)*ux, tip.y - (head-1)*uy})
	p.rounded("arrow"+class, path)
	p.poly("polygon", "head"+class, []spot{tip, {neck.x - half*uy, neck.y + half*ux}, {neck.x + half*uy, neck.y - half*ux}})
}

// rounded draws a line through the points with round bends.
func (p *plate) rounded(class string, points []spot) {
	const radius = 14.0
	p.begin("path", class)
	p.raw(` d="`)
	pen := func(letter string, at ...spot) {
		p.raw(letter)
		for i, q := range at {
			if i > 0 {
				p.raw(" ")
			}
			p.number(q.x)
			p.raw(",")
			p.number(q.y)
		}
	}
	pen("M", points[0])
	for i := 1; i < len(points); i++ {
		if i == len(points)-1 {
			pen("L", points[i])
			break
		}
		pen("L", toward(points[i], points[i-1], radius))
		pen("Q", points[i], toward(points[i], points[i+1], radius))
	}
	p.raw(`"/>`)
}

// toward returns the point so far from one point in the direction of another,
// at most half way.
func toward(from, to spot, far float64) spot {
	length := math.Hypot(to.x-from.x, to.y-from.y)
	if length == 0 {
		return from
	}
	part := min(far/length, .5)
	return spot{from.x + (to.x-from.x)*part, from.y + (to.y-from.y)*part}
}

// edgeTexts writes the texts of arrows on them, on paper, where they cover
// neither a box nor each other, and no other arrow if that can be.
func (p *plate) edgeTexts(texts []edgeText, boxes []box) {
	o := obstacles{boxes: append([]box{}, boxes...), frame: box{0, 0, p.width, math.Inf(1)}}
	for i, t := range texts {
		var others [][2]spot
		for j := range texts {
			for k := 1; k < len(texts[j].points) && j != i; k++ {
				others = append(others, [2]spot{texts[j].points[k-1], texts[j].points[k]})
			}
		}
		o.paths = others
		b, ok := t.room(&o)
		if !ok {
			o.paths = nil
			if b, ok = t.room(&o); !ok {
				continue
			}
		}
		o.boxes = append(o.boxes, b)
		p.rect("ground", b.x, b.y+1, b.w, b.h-2)
		p.lines(t.class, middle, b.x+b.w/2, b.y+13, t.lines)
	}
}

// room looks for a free place along the arrow: its longest parts first, from
// their middles outwards, and then beside it.
func (t *edgeText) room(o *obstacles) (box, bool) {
	size, bold := fontSize("tick")
	w, h := widest(t.lines, size, bold)+4, float64(len(t.lines))*leading("tick")
	for _, aside := range []float64{0, 11, -11, 22, -22} {
		for _, part := range []float64{.5, .4, .6, .3, .7, .2, .8} {
			for _, segment := range t.segments() {
				a, c := segment[0], segment[1]
				length := math.Hypot(c.x-a.x, c.y-a.y)
				if length < 20 {
					continue
				}
				nx, ny := -(c.y-a.y)/length, (c.x-a.x)/length
				x, y := a.x+(c.x-a.x)*part+nx*aside, a.y+(c.y-a.y)*part+ny*aside
				b := box{x - w/2, y - h/2, w, h}
				if o.free(b) {
					return b, true
				}
			}
		}
	}
	return box{}, false
}

// segments returns the straight parts, the longest first.
func (t *edgeText) segments() [][2]spot {
	var parts [][2]spot
	for i := 1; i < len(t.points); i++ {
		part := [2]spot{t.points[i-1], t.points[i]}
		at := len(parts)
		for at > 0 && long(parts[at-1]) < long(part)-1e-9 {
			at--
		}
		parts = append(parts[:at:at], append([][2]spot{part}, parts[at:]...)...)
	}
	return parts
}

func long(part [2]spot) float64 {
	return math.Hypot(part[1].x-part[0].x, part[1].y-part[0].y)
}
