package chart

import "math"

// shape is where the roles of a figure stand among its columns; -1 without.
type shape struct {
	levels, totals         []int
	value, low, high, base int
	parts                  []int
	goal, q1, q3           int
}

func (f *Figure) shape() shape {
	s := shape{value: -1, low: -1, high: -1, base: -1, goal: -1, q1: -1, q3: -1}
	single := map[Role]*int{Value: &s.value, Low: &s.low, High: &s.high, Base: &s.base, Goal: &s.goal, Q1: &s.q1, Q3: &s.q3}
	for i, column := range f.Columns {
		switch column.Role {
		case Level:
			s.levels = append(s.levels, i)
		case Total:
			s.totals = append(s.totals, i)
		case Part:
			s.parts = append(s.parts, i)
		case Plain:
		default:
			if at := single[column.Role]; at != nil && *at < 0 {
				*at = i
			}
		}
	}
	return s
}

// hidden reports whether the row shows words in the place of numbers. Its
// cells are then never read: a suppressed number must not leave by any door.
func (r *Row) hidden() bool { return r.State == Suppressed || r.State == Empty }

// cell returns the row's number in that column; NaN when it has none.
func (r *Row) cell(column int) float64 {
	if column < 0 || column >= len(r.Cells) || r.hidden() || !finite(r.Cells[column]) {
		return math.NaN()
	}
	if column < len(r.Marks) && r.Marks[column].hidden() {
		return math.NaN()
	}
	return r.Cells[column]
}

// drawn reports whether the row has a mark in this kind of figure.
func (f *Figure) drawn(s shape, r *Row) bool {
	switch f.Kind {
	case Scatter:
		return finite(f.of(r, X)) && finite(f.of(r, Y))
	case Tree, Fishbone:
		return !r.hidden()
	case Transitions:
		return r.From != "" && r.To != "" && f.of(r, Value) >= 0
	case Path, Flow:
		return !r.hidden() && (r.Node != "" || r.From != "" && r.To != "")
	}
	if f.Kind != Diverging && f.Kind != Stacked {
		return f.marks(s, r)
	}
	for _, level := range s.levels {
		if r.cell(level) > 0 {
			return true
		}
	}
	return false
}

// marked reports whether any row has a mark.
func (f *Figure) marked(s shape) bool {
	for i := range f.Rows {
		if f.drawn(s, &f.Rows[i]) {
			return true
		}
	}
	return false
}

// absent returns the words for a row without a mark.
func (f *Figure) absent(words Words, r *Row) string {
	switch {
	case r.Why != "" && !r.Break:
		return r.Why
	case r.State == Suppressed:
		return words.Suppressed
	}
	return words.NoData
}

// tones returns the tone of every level, -1 worst to 1 best: the columns' own,
// or by position when none is set.
func (f *Figure) tones(s shape) []float64 {
	tones := make([]float64, len(s.levels))
	set := false
	for i, level := range s.levels {
		tones[i] = f.Columns[level].Tone
		set = set || tones[i] != 0
	}
	if last := float64(len(tones) - 1); !set && last > 0 {
		for i := range tones {
			tones[i] = 2*float64(i)/last - 1
		}
	}
	return tones
}

// toneClass returns the tint of a cell of a grid by its tone, 1 worst to 7 best:
// monotone, and 4 only for a neutral one.
func toneClass(tone float64) int {
	class := 4 + int(math.Round(3*min(max(tone, -1), 1)))
	switch {
	case class == 4 && tone < -1e-9:
		return 3
	case class == 4 && tone > 1e-9:
		return 5
	}
	return class
}

// leftOf returns the part of the row that lies left of the middle of its
// neutral level, or of the border between the halves, and the row's whole;
// Stacked rows begin at 0.
func (f *Figure) leftOf(r *Row, s shape, tones []float64) (left, whole float64) {
	for i, level := range s.levels {
		share := r.cell(level)
		if !(share > 0) {
			continue
		}
		whole += share
		switch {
		case tones[i] < -1e-9:
			left += share
		case tones[i] <= 1e-9:
			left += share / 2
		}
	}
	if f.Kind == Stacked {
		left = 0
	}
	return left, whole
}
