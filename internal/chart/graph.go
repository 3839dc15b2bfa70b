package chart

import (
	"math"
	"slices"
)

// graph is the boxes and arrows of a figure.
type graph struct {
	nodes   []node
	edges   []edge
	closing []*Row // arrows left out: they would close a circle
	layers  [][]int
}

// node is one box.
type node struct {
	id    string
	label string
	row   *Row // nil for a box that only arrows name
	layer int
	box   box
}

// edge is one arrow between nodes.
type edge struct {
	row      *Row
	from, to int
	back     bool // Flow: against the direction of the steps
	points   []spot
}

// graph collects the boxes and arrows of the rows. Where circles are not
// wanted, the arrow that would close one is left out, in the order of rows.
func (f *Figure) graph(circles bool) *graph {
	g := &graph{}
	known := map[string]int{}
	for i := range f.Rows {
		r := &f.Rows[i]
		if _, seen := known[r.Node]; r.Node != "" && !seen {
			known[r.Node] = len(g.nodes)
			g.nodes = append(g.nodes, node{id: r.Node, label: r.Label, row: r})
		}
	}
	at := func(id string) int {
		i, ok := known[id]
		if !ok {
			i = len(g.nodes)
			known[id] = i
			g.nodes = append(g.nodes, node{id: id, label: id})
		}
		return i
	}
	for i := range f.Rows {
		r := &f.Rows[i]
		if r.Node != "" || r.From == "" || r.To == "" {
			continue
		}
		e := edge{row: r, from: at(r.From), to: at(r.To)}
		if e.from == e.to || g.reaches(e.to, e.from) {
			if !circles || e.from == e.to {
				g.closing = append(g.closing, r)
				continue
			}
			e.back = true
		}
		g.edges = append(g.edges, e)
	}
	return g
}

// reaches reports whether arrows lead from one node to another.
func (g *graph) reaches(from, to int) bool {
	seen := make([]bool, len(g.nodes))
	queue := []int{from}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if at == to {
			return true
		}
		for _, e := range g.edges {
			if e.from == at && !e.back && !seen[e.to] {
				seen[e.to] = true
				queue = append(queue, e.to)
			}
		}
	}
	return false
}

// layer puts every node one layer after the last of its causes (longest
// path), at most so many nodes in one, and then joins neighbouring layers of
// one node each into pairs while that leaves fewer arrows to pass a layer by.
func (g *graph) layer(most int) {
	for i := range g.nodes {
		g.nodes[i].layer = 0
	}
	for range g.nodes {
		for _, e := range g.edges {
			if !e.back {
				g.nodes[e.to].layer = max(g.nodes[e.to].layer, g.nodes[e.from].layer+1)
			}
		}
	}
	var layers [][]int
	for i, n := range g.nodes {
		for len(layers) <= n.layer {
			layers = append(layers, nil)
		}
		layers[n.layer] = append(layers[n.layer], i)
	}
	var split [][]int
	for _, l := range layers {
		for parts := (len(l) + most - 1) / most; len(l) > 0; parts-- {
			n := (len(l) + parts - 1) / parts
			split = append(split, l[:n:n])
			l = l[n:]
		}
	}
	g.layers = g.pair(split)
	for at, l := range g.layers {
		for _, n := range l {
			g.nodes[n].layer = at
		}
	}
}

const mostPaired = 10 // single layers that are tried in every combination

// pair returns the joined layers of least cost: every layer costs one, and
// every layer that an arrow passes by three.
func (g *graph) pair(layers [][]int) [][]int {
	if len(layers) > mostPaired {
		return layers
	}
	best, least := layers, math.Inf(1)
	var try func(done [][]int, i int)
	try = func(done [][]int, i int) {
		if i == len(layers) {
			if cost := g.cost(done); cost < least {
				best, least = slices.Clone(done), cost
			}
			return
		}
		try(append(slices.Clip(done), layers[i]), i+1)
		if i+1 < len(layers) && len(layers[i]) == 1 && len(layers[i+1]) == 1 {
			try(append(slices.Clip(done), []int{layers[i][0], layers[i+1][0]}), i+2)
		}
	}
	try(nil, 0)
	return best
}

func (g *graph) cost(layers [][]int) float64 {
	at := make([]int, len(g.nodes))
	cost := 0.0
	for i, l := range layers {
		cost += 2 + .01*float64(i*(2-min(len(l), 2))) // singles rather early
		for _, n := range l {
			at[n] = i
		}
	}
	for _, e := range g.edges {
		cost += float64(max(at[e.to]-at[e.from]-1, 0))
	}
	return cost
}

// slot is a place in a layer: a node, or where an arrow passes by.
type slot struct {
	node     int // −1 for an arrow
	edge     int
	at, size float64 // middle and room across the layer
	links    [2][]int
}

// weave is the layers with the arrows that pass them.
type weave struct {
	slots []slot
	rows  [][]int // slots by layer, in order
}

// weave orders the layers so that few arrows cross: barycentres back and
// forth, then exchanges of neighbours (Sugiyama, Tagawa and Toda 1981).
func (g *graph) weave(size func(int) float64, pass float64) *weave {
	w := &weave{rows: make([][]int, len(g.layers))}
	place := make([]int, len(g.nodes))
	for at, l := range g.layers {
		for _, n := range l {
			place[n] = len(w.slots)
			w.rows[at] = append(w.rows[at], len(w.slots))
			w.slots = append(w.slots, slot{node: n, edge: -1, size: size(n)})
		}
	}
	link := func(a, b int) {
		w.slots[a].links[1] = append(w.slots[a].links[1], b)
		w.slots[b].links[0] = append(w.slots[b].links[0], a)
	}
	for i, e := range g.edges {
		before := place[e.from]
		if e.back || g.nodes[e.from].layer == g.nodes[e.to].layer {
			continue
		}
		for at := g.nodes[e.from].layer + 1; at < g.nodes[e.to].layer; at++ {
			w.slots = append(w.slots, slot{node: -1, edge: i, size: pass})
			w.rows[at] = append(w.rows[at], len(w.slots)-1)
			link(before, len(w.slots)-1)
			before = len(w.slots) - 1
		}
		link(before, place[e.to])
	}
	w.order()
	w.spread()
	return w
}

func (w *weave) order() {
	best, least := w.copy(), w.crossings()
	for round := range 12 {
		side := round % 2 // 0: by the layer before, 1: by the layer after
		for i := range w.rows {
			row := w.rows[i]
			if side == 1 {
				row = w.rows[len(w.rows)-1-i]
			}
			w.sortRow(row, side)
		}
		w.exchange()
		if n := w.crossings(); n < least {
			best, least = w.copy(), n
		}
	}
	w.rows = best
}

func (w *weave) copy() [][]int {
	rows := make([][]int, len(w.rows))
	for i := range rows {
		rows[i] = slices.Clone(w.rows[i])
	}
	return rows
}

// ranks returns every slot's place in its layer, from 0 to 1.
func (w *weave) ranks() []float64 {
	rank := make([]float64, len(w.slots))
	for _, row := range w.rows {
		for i, s := range row {
			rank[s] = (float64(i) + .5) / float64(len(row))
		}
	}
	return rank
}

func (w *weave) sortRow(row []int, side int) {
	rank := w.ranks()
	weight := map[int]float64{}
	for _, s := range row {
		weight[s] = rank[s]
		if links := w.slots[s].links[side]; len(links) > 0 {
			sum := 0.0
			for _, l := range links {
				sum += rank[l]
			}
			weight[s] = sum / float64(len(links))
		}
	}
	slices.SortStableFunc(row, func(a, b int) int {
		switch {
		case weight[a] < weight[b]-1e-9:
			return -1
		case weight[a] > weight[b]+1e-9:
			return 1
		}
		return 0
	})
}

// exchange swaps neighbours as long as that removes crossings.
func (w *weave) exchange() {
	for changed, rounds := true, 0; changed && rounds < 8; rounds++ {
		changed = false
		rank := w.ranks()
		for _, row := range w.rows {
			for i := 1; i < len(row); i++ {
				a, b := row[i-1], row[i]
				if w.gain(rank, a, b) > 0 {
					row[i-1], row[i] = b, a
					rank[a], rank[b] = rank[b], rank[a]
					changed = true
				}
			}
		}
	}
}

// gain returns how many crossings fewer the links of neighbours a and b have
// when they change places.
func (w *weave) gain(rank []float64, a, b int) int {
	n := 0
	for side := range 2 {
		for _, x := range w.slots[a].links[side] {
			for _, y := range w.slots[b].links[side] {
				switch {
				case rank[x] > rank[y]:
					n++
				case rank[x] < rank[y]:
					n--
				}
			}
		}
	}
	return n
}

// crossings counts the pairs of arrows between neighbouring layers that cross.
func (w *weave) crossings() int {
	rank, n := w.ranks(), 0
	for _, row := range w.rows {
		var lines [][2]float64
		for _, s := range row {
			for _, l := range w.slots[s].links[1] {
				lines = append(lines, [2]float64{rank[s], rank[l]})
			}
		}
		for i, a := range lines {
			for _, b := range lines[:i] {
				if (a[0]-b[0])*(a[1]-b[1]) < 0 {
					n++
				}
			}
		}
	}
	return n
}

// spread places the slots across the layers: each as near to the middle of
// its links as its neighbours leave room.
func (w *weave) spread() {
	for _, row := range w.rows {
		at := 0.0
		for _, s := range row {
			w.slots[s].at = at + w.slots[s].size/2
			at += w.slots[s].size
		}
		for _, s := range row {
			w.slots[s].at -= at / 2
		}
	}
	for range 16 {
		for _, row := range w.rows {
			w.pull(row)
		}
	}
}

// pull moves one layer's slots towards their links, in order and apart.
func (w *weave) pull(row []int) {
	want := make([]float64, len(row))
	for i, s := range row {
		n := 0
		for _, links := range w.slots[s].links {
			for _, l := range links {
				want[i] += w.slots[l].at
				n++
			}
		}
		if n > 0 {
			want[i] /= float64(n)
		} else {
			want[i] = w.slots[s].at
		}
	}
	low, high := slices.Clone(want), slices.Clone(want)
	for i := 1; i < len(row); i++ {
		low[i] = max(low[i], low[i-1]+(w.slots[row[i-1]].size+w.slots[row[i]].size)/2)
	}
	for i := len(row) - 2; i >= 0; i-- {
		high[i] = min(high[i], high[i+1]-(w.slots[row[i+1]].size+w.slots[row[i]].size)/2)
	}
	for i, s := range row {
		w.slots[s].at = (low[i] + high[i]) / 2
	}
}
