package audit

import (
	"math"
	"slices"
)

// system is what a reader of published tables knows: counts that are not shown,
// each 0 or more, and sums of them that follow from what is shown.
type system struct {
	names     []string // "" where nobody minds
	equations []equation
}

// equation says that some unknown counts add up to a sum.
type equation struct {
	of    []int
	sum   float64
	about string
}

func (s *system) unknown(name string) int {
	s.names = append(s.names, name)
	return len(s.names) - 1
}

// bounds returns the least and the most each unknown can be: by elimination
// (what follows exactly from several sums) and by propagation of intervals.
// Source: for tables, an exact value is one that lies on no circle of unknowns
// (Gusfield, SIAM J. Comput. 17 (1988) 552-571); elimination finds the same.
func (s *system) bounds() (low, high []float64) {
	low, high = make([]float64, len(s.names)), make([]float64, len(s.names))
	for i := range high {
		high[i] = math.Inf(1)
	}
	for range 40 * len(s.names) {
		if !s.propagate(low, high) {
			break
		}
	}
	for i, x := range s.determined() {
		if !math.IsNaN(x) {
			low[i], high[i] = x, x
		}
	}
	return low, high
}

// propagate narrows the bounds once by every sum and reports whether any changed.
func (s *system) propagate(low, high []float64) bool {
	for _, e := range s.equations {
		var least, most float64
		for _, i := range e.of {
			least, most = least+low[i], most+high[i]
		}
		for _, i := range e.of {
			if h := e.sum - (least - low[i]); h < high[i] {
				high[i] = h
				return true
			}
			if l := e.sum - (most - high[i]); !math.IsInf(most, 1) && l > low[i] {
				low[i] = l
				return true
			}
		}
	}
	return false
}

// mostUnknown bounds the elimination, whose cost grows with the third power.
const mostUnknown = 600

// determined are the unknowns that follow exactly from the sums, NaN for others.
func (s *system) determined() []float64 {
	out := make([]float64, len(s.names))
	for i := range out {
		out[i] = math.NaN()
	}
	if len(s.names) > mostUnknown {
		return out
	}
	rows := s.reduced()
	for _, r := range rows {
		at, n := -1, 0
		for i, x := range r[:len(s.names)] {
			if math.Abs(x) > 1e-9 {
				at, n = i, n+1
			}
		}
		if n == 1 {
			out[at] = r[len(s.names)] / r[at]
		}
	}
	return out
}

// reduced is the sums in reduced row echelon form, by partial pivoting.
func (s *system) reduced() [][]float64 {
	width := len(s.names)
	var rows [][]float64
	for _, e := range s.equations {
		row := make([]float64, width+1)
		for _, i := range e.of {
			row[i]++
		}
		row[width] = e.sum
		rows = append(rows, row)
	}
	top := 0
	for c := 0; c < width && top < len(rows); c++ {
		best := top
		for r := top + 1; r < len(rows); r++ {
			if math.Abs(rows[r][c]) > math.Abs(rows[best][c]) {
				best = r
			}
		}
		if math.Abs(rows[best][c]) < 1e-9 {
			continue
		}
		rows[top], rows[best] = rows[best], rows[top]
		eliminate(rows, top, c)
		top++
	}
	return rows[:top]
}

// eliminate makes the pivot 1 and the rest of its column 0.
func eliminate(rows [][]float64, top, c int) {
	pivot := rows[top][c]
	for i := range rows[top] {
		rows[top][i] /= pivot
	}
	for r := range rows {
		if f := rows[r][c]; r != top && f != 0 {
			for i := range rows[r] {
				rows[r][i] -= f * rows[top][i]
			}
		}
	}
}

// leak is a count below the threshold that can be had.
type leak struct {
	name  string
	value float64
}

// leaks are the unknowns and the sums of unknowns that are surely 1 to k−1.
func (s *system) leaks(k float64) []leak {
	var out []leak
	for _, e := range s.equations {
		if e.about != "" && e.sum > 0.5 && e.sum < k-0.5 {
			out = append(out, leak{e.about, e.sum})
		}
	}
	low, high := s.bounds()
	for i, name := range s.names {
		if name != "" && high[i]-low[i] < .5 && low[i] > .5 && low[i] < k-.5 {
			out = append(out, leak{name, math.Round(low[i])})
		}
	}
	slices.SortStableFunc(out, func(a, b leak) int {
		switch {
		case a.name < b.name:
			return -1
		case a.name > b.name:
			return 1
		}
		return 0
	})
	return slices.CompactFunc(out, func(a, b leak) bool { return a.name == b.name })
}
