package measure

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/stat"
)

// based is the answers behind a part of an analysis: all rows, and those of
// positive weight.
type based struct{ rows, weighted int }

func (b *based) add(w float64) {
	b.rows++
	if w > 0 {
		b.weighted++
	}
}

// hiddenParts says which groups of a part of an analysis may not be shown: those that
// are too small for themselves or would give another one away (see hide). all is
// the answers of the whole wave.
func (w *wave) hiddenParts(groups []based, all based) []bool {
	rows, weighted := make([]int, len(groups)), make([]int, len(groups))
	for k, b := range groups {
		rows[k], weighted[k] = b.rows, b.weighted
	}
	return either(hide(rows, all.rows, w.minCell), hide(weighted, all.weighted, w.minCell))
}

// statedImportance is the mean of a rating by group; groups that are too small have none.
func (w *wave) statedImportance(id string, g groups) []stat.Estimate {
	out, points := make([]stat.Estimate, len(g.codes)), make([]map[float64]stat.Point, len(g.codes))
	bases, all := make([]based, len(g.codes)), based{}
	for k := range points {
		points[k] = map[float64]stat.Point{}
	}
	v, _ := w.values(id)
	for row, k := range g.of {
		x := v.at(row)
		if math.IsNaN(x) {
			continue
		}
		all.add(w.weight(row))
		if k < 0 {
			continue
		}
		bases[k].add(w.weight(row))
		if p := plus(points[k][x], w.weight(row)); p.N > 0 {
			p.Value = x
			points[k][x] = p
		}
	}
	hidden := w.hiddenParts(bases, all)
	for k := range out {
		if hidden[k] {
			points[k] = nil
		}
		out[k] = w.meanOf(orderedPoints(points[k]), all.weighted)
	}
	return out
}

// orderedPoints lists points by value, so that sums do not depend on the order of a map.
func orderedPoints(points map[float64]stat.Point) []stat.Point {
	out := make([]stat.Point, 0, len(points))
	for _, p := range points {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b stat.Point) int { return cmp.Compare(a.Value, b.Value) })
	return out
}
