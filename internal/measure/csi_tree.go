package measure

import (
	"math"
	"slices"

	"manyi/internal/survey"
)

// tree is the tree of a csi made flat for one wave: the items, then the nodes
// so that what is below a node stands before it, the root last. A place in the
// tree is the index of an item, or the number of items plus that of a node.
type tree struct {
	settings *survey.CSI
	items    []survey.FacetItem
	leaves   []leaf
	nodes    []node
	asked    []bool // by item: a file of the wave has the column
}

// node is a facet, or the root where facet is nil.
type node struct {
	facet *survey.Facet
	below []int // places
	top   bool  // right below the root
}

// leaf reads the points of one item; NaN where there is no answer.
type leaf struct {
	cells  []uint8
	points [256]float64
	values values // where the column is no bytes
}

// blockRows is how many rows are computed at a time: few enough for the cache.
const blockRows = 1024

// fill writes the points of rows from … to out.
func (l *leaf) fill(from int, out []float64) {
	if l.cells != nil {
		for i, c := range l.cells[from : from+len(out)] {
			out[i] = l.points[c]
		}
		return
	}
	for i := range out {
		out[i] = l.values.at(from + i)
	}
}

// tree flattens the tree of an index.
func (w *wave) indexTree(c *survey.CSI) *tree {
	t := &tree{settings: c, items: c.Leaves()}
	for _, i := range t.items {
		l, known := w.leaf(i.ID, c.Mapping)
		t.leaves, t.asked = append(t.leaves, l), append(t.asked, known)
	}
	item := 0
	var add func(facets []survey.Facet, items int, f *survey.Facet) int
	add = func(facets []survey.Facet, items int, f *survey.Facet) int {
		n := node{facet: f}
		for range items {
			n.below = append(n.below, item)
			item++
		}
		for i := range facets {
			n.below = append(n.below, add(facets[i].Facets, len(facets[i].Items), &facets[i]))
		}
		t.nodes = append(t.nodes, n)
		return len(t.items) + len(t.nodes) - 1
	}
	add(c.Facets, 0, nil)
	for _, p := range t.root().below {
		t.nodes[p-len(t.items)].top = true
	}
	return t
}

func (t *tree) root() *node { return &t.nodes[len(t.nodes)-1] }

// places is how many items and nodes there are.
func (t *tree) places() int { return len(t.items) + len(t.nodes) }

// leaf reads an item by the mapping: minmax gives 0 for the worst and 100 for
// the best answer; a table gives the points of each code, mirrored for a
// reversed item, whose worst code earns what the best would. A number is
// placed between its min and max. Source: METHODS B0.
func (w *wave) leaf(id string, mapping map[string]float64) (l leaf, known bool) {
	v, known := w.values(id)
	if !known {
		return l, false
	}
	item, _ := w.itemOf(id)
	if q := item.Question; v.of == nil {
		if q == nil || q.Min == nil || q.Max == nil {
			return l, false
		}
		l.values = values{numbers: placed(v.numbers, *q.Min, *q.Max, item.Reverse)}
		return l, true
	}
	v.of = pointsOf(item, mapping)
	if l.values = v; v.wide == nil {
		l.cells = v.cells
		for i := range l.points {
			l.points[i] = math.NaN()
		}
		copy(l.points[:], v.of)
	}
	return l, true
}

// placed maps numbers from low…high to 0…100.
func placed(numbers []float64, low, high float64, reverse bool) []float64 {
	if reverse {
		low, high = high, low
	}
	out := make([]float64, len(numbers))
	for i, x := range numbers {
		out[i] = (x - low) / (high - low) * 100
	}
	return out
}

// pointsOf is the points of each code of the item's scale.
func pointsOf(item survey.Item, mapping map[string]float64) []float64 {
	of := item.Scale.Values()
	out := make([]float64, len(of))
	if mapping == nil {
		low, high := slices.Min(of), slices.Max(of)
		if item.Reverse {
			low, high = high, low
		}
		for i, x := range of {
			out[i] = (x - low) / (high - low) * 100
		}
		return out
	}
	codes := item.Scale.Codes()
	for i, x := range of {
		code := codes[i]
		if item.Reverse { // the code as far from the other end
			rank := 0
			for _, y := range of {
				if y > x {
					rank++
				}
			}
			sorted := slices.Sorted(slices.Values(of))
			code = codes[slices.Index(of, sorted[rank])]
		}
		out[i] = math.NaN()
		if p, ok := mapping[code]; ok {
			out[i] = p
		}
	}
	return out
}

// weights are, by node, the shares of what is below it, with sum 1.
type weights [][]float64

// scorer computes the scores of all places for a block of rows.
type scorer struct {
	*tree
	weights weights
	scores  [][]float64 // by place
	sums    [][]float64 // by node: the answered weight
	share   [][]float64 // by place: its effective weight in the index of the row
}

func (t *tree) scorer(w weights) *scorer {
	s := &scorer{tree: t, weights: w, scores: make([][]float64, t.places()), sums: make([][]float64, len(t.nodes)), share: make([][]float64, t.places())}
	for p := range s.scores {
		s.scores[p], s.share[p] = make([]float64, blockRows), make([]float64, blockRows)
	}
	for n := range s.sums {
		s.sums[n] = make([]float64, blockRows)
	}
	return s
}

// read fills the points of the items for n rows from the row from.
func (s *scorer) read(from, n int) {
	for p := range s.items {
		if s.asked[p] {
			s.leaves[p].fill(from, s.scores[p][:n])
			continue
		}
		for i := range n {
			s.scores[p][i] = math.NaN()
		}
	}
}

// rounding guards the share of answered weight against rounding.
const rounding = 1e-9

// compute fills the scores of the nodes: the weighted mean of what is answered
// below, where at least min_answered of the weight is, else NaN.
func (s *scorer) compute(n int) {
	least := s.settings.MinAnswered - rounding
	for k, nd := range s.nodes {
		out, sum := s.scores[len(s.items)+k][:n], s.sums[k][:n]
		clear(out)
		clear(sum)
		for j, p := range nd.below {
			w := s.weights[k][j]
			if w == 0 {
				continue
			}
			for i, x := range s.scores[p][:n] {
				if x == x {
					sum[i] += w
					out[i] += w * x
				}
			}
		}
		for i, a := range sum {
			if a > 0 && a >= least {
				out[i] /= a
			} else {
				out[i] = math.NaN()
			}
		}
	}
}

// effective fills the weight that each place has in the index of each row: the
// product of the renormalised weights on its path; 0 where there is no index.
func (s *scorer) effective(n int) {
	for p := range s.share {
		clear(s.share[p][:n])
	}
	root := len(s.share) - 1
	for i, x := range s.scores[root][:n] {
		if x == x {
			s.share[root][i] = 1
		}
	}
	for k := len(s.nodes) - 1; k >= 0; k-- {
		above, sum := s.share[len(s.items)+k][:n], s.sums[k][:n]
		for j, p := range s.nodes[k].below {
			w := s.weights[k][j]
			out := s.share[p][:n]
			for i, x := range s.scores[p][:n] {
				if x == x && above[i] > 0 {
					out[i] = above[i] * w / sum[i]
				}
			}
		}
	}
}
