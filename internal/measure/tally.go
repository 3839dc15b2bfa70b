package measure

import (
	"manyi/internal/stat"
	"manyi/internal/table"
)

// groups assigns every row of a wave to one group of a segment, or to none.
type groups struct {
	codes []string
	of    []int32  // group of the row, -1 without an answer
	pair  *pairing // of two segments at once, nil of one
}

func everyone(rows int) groups {
	return groups{codes: []string{""}, of: make([]int32, rows)}
}

func segment(c *table.Column, rows int) groups {
	g := groups{codes: c.Codes, of: make([]int32, rows)}
	for i := range g.of {
		code, _ := c.Code(i)
		g.of[i] = int32(code)
	}
	return g
}

// tally is the counts of one column in one group: all that the methods of this
// package need of the rows.
type tally struct {
	counts  []int        // answers by code, every row
	n       int          // all answers, every row
	points  []stat.Point // the same for rows of positive weight, with their weights
	valid   stat.Point   // sums of points
	missing [7]int       // by table.Reason
	numbers []float64    // Number columns: the answers with their weights, in row order
	weights []float64
}

// tallies counts column c by group in one pass over its rows. Weights are nil
// or one a row, already scaled.
func tallies(c *table.Column, g groups, weights []float64) []tally {
	out := make([]tally, len(g.codes))
	for k := range out {
		out[k].counts = make([]int, len(c.Codes))
		out[k].points = make([]stat.Point, len(c.Codes))
	}
	for i, k := range g.of {
		if k < 0 {
			continue
		}
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		out[k].add(c, i, w)
	}
	return out
}

func (t *tally) add(c *table.Column, row int, w float64) {
	if c.Field.Kind == table.Number {
		v, why := c.Number(row)
		if why != table.Answered {
			t.missing[why]++
			return
		}
		t.numbers, t.weights = append(t.numbers, v), append(t.weights, w)
		t.n++
		t.valid = plus(t.valid, w)
		return
	}
	code, why := c.Code(row)
	if why != table.Answered {
		t.missing[why]++
		return
	}
	t.n++
	t.valid = plus(t.valid, w)
	if code < len(t.counts) { // a text has no codes
		t.counts[code]++
		t.points[code] = plus(t.points[code], w)
	}
}

// plus adds one row of weight w; a row without weight is no part of a weighted figure.
func plus(p stat.Point, w float64) stat.Point {
	if w <= 0 {
		return p
	}
	p.N++
	p.W += w
	p.W2 += w * w
	return p
}

func sum(ps []stat.Point, at []int) stat.Point {
	var out stat.Point
	for _, i := range at {
		out.N += ps[i].N
		out.W += ps[i].W
		out.W2 += ps[i].W2
	}
	return out
}
