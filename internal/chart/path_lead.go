package chart

import (
	"cmp"
	"math"
	"slices"
)

// nodeRoom returns how wide boxes may be for every layer to fit.
func (w *weave) nodeRoom(room, gap float64) float64 {
	least := math.Inf(1)
	for _, row := range w.rows {
		nodes, passes := 0.0, 0.0
		for _, s := range row {
			if w.slots[s].node >= 0 {
				nodes++
			} else {
				passes += w.slots[s].size
			}
		}
		if nodes > 0 {
			least = min(least, (room-passes)/nodes-gap)
		}
	}
	return least
}

// narrow presses layers that are wider than the room together.
func (w *weave) narrow(room float64) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range w.slots {
		low, high = min(low, s.at-s.size/2), max(high, s.at+s.size/2)
	}
	if high-low <= room {
		return
	}
	for _, row := range w.rows {
		total := 0.0
		for _, s := range row {
			total += w.slots[s].size
		}
		first, last := w.slots[row[0]], w.slots[row[len(row)-1]]
		left, right := first.at-first.size/2, last.at+last.size/2
		if total > room || right-left > room { // evenly over the whole room
			gap, at := (room-total)/float64(len(row)), -room/2
			for _, s := range row {
				at += gap/2 + w.slots[s].size/2
				w.slots[s].at = at
				at += gap/2 + w.slots[s].size/2
			}
			continue
		}
		shift := max(-room/2-left, 0) + min(room/2-right, 0)
		for _, s := range row {
			w.slots[s].at += shift
		}
	}
}

// lead gives every arrow its points: from the side of its box, through the
// slots of the layers it passes by, to the side of the other box, the ends at
// a side ordered as their arrows come.
func (r *routes) lead(w *weave) {
	for i := range r.edges {
		e := &r.edges[i]
		from, to := r.nodes[e.from].box, r.nodes[e.to].box
		if r.nodes[e.from].layer == r.nodes[e.to].layer {
			e.points = beside(from, to, r.down)
			continue
		}
		e.points = []spot{{from.x + from.w, from.y + from.h/2}}
		if r.down {
			e.points[0] = spot{from.x + from.w/2, from.y + from.h}
		}
		for at := r.nodes[e.from].layer + 1; at < r.nodes[e.to].layer; at++ {
			for _, s := range w.rows[at] {
				if w.slots[s].edge != i {
					continue
				}
				if r.down {
					y := 4 + float64(at)*r.pitch
					e.points = append(e.points, spot{w.slots[s].at, y - 6}, spot{w.slots[s].at, y + r.boxH + 6})
				} else {
					x := float64(at) * r.pitch
					e.points = append(e.points, spot{x - 6, w.slots[s].at}, spot{x + r.boxW + 6, w.slots[s].at})
				}
			}
		}
		end := spot{to.x - 1, to.y + to.h/2}
		if r.down {
			end = spot{to.x + to.w/2, to.y - 1}
		}
		e.points = append(e.points, end)
	}
	for n := range r.nodes {
		r.ports(n, true)
		r.ports(n, false)
	}
}

// beside joins two boxes of one layer.
func beside(from, to box, down bool) []spot {
	switch {
	case down && from.x < to.x:
		return []spot{{from.x + from.w, from.y + from.h/2}, {to.x - 1, to.y + to.h/2}}
	case down:
		return []spot{{from.x, from.y + from.h/2}, {to.x + to.w + 1, to.y + to.h/2}}
	case from.y < to.y:
		return []spot{{from.x + from.w/2, from.y + from.h}, {to.x + to.w/2, to.y - 1}}
	}
	return []spot{{from.x + from.w/2, from.y}, {to.x + to.w/2, to.y + to.h + 1}}
}

// port is an end of an arrow at a side, and where the arrow comes from.
type port struct {
	edge int
	want float64
}

// ports spreads the arrows that leave, or reach, a box over its side.
func (r *routes) ports(n int, leaving bool) {
	var ports []port
	for i, e := range r.edges {
		if (leaving && e.from != n) || (!leaving && e.to != n) || r.nodes[e.from].layer == r.nodes[e.to].layer {
			continue
		}
		next := e.points[1]
		if !leaving {
			next = e.points[len(e.points)-2]
		}
		want := next.y
		if r.down {
			want = next.x
		}
		ports = append(ports, port{i, want})
	}
	slices.SortStableFunc(ports, func(a, b port) int { return cmp.Compare(a.want, b.want) })
	b := r.nodes[n].box
	side := b.h
	if r.down {
		side = b.w
	}
	for i, port := range ports {
		shift := side * (float64(i+1)/float64(len(ports)+1) - .5) * .9
		points := r.edges[port.edge].points
		at := &points[0]
		if !leaving {
			at = &points[len(points)-1]
		}
		if r.down {
			at.x += shift
		} else {
			at.y += shift
		}
	}
}
