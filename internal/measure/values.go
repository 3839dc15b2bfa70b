package measure

import (
	"math"
	"slices"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// values is one column read as numbers, row by row, without a copy of it.
type values struct {
	cells   []uint8
	wide    []uint16
	numbers []float64
	of      []float64 // the number of each code
}

// at returns the number in a row, NaN where there is none.
func (v values) at(row int) float64 {
	code := 0
	switch {
	case v.numbers != nil:
		return v.numbers[row]
	case v.wide != nil:
		code = int(v.wide[row])
	case v.cells != nil:
		code = int(v.cells[row])
	default:
		return math.NaN()
	}
	if code < len(v.of) {
		return v.of[code]
	}
	return math.NaN()
}

// values reads a column by the numbers of its codes: those of its scale, 0 and
// 1 of a tick, or a column of numbers as it is. A column that no file has, or
// whose codes are no numbers, is NaN in every row; known reports whether it
// has any.
func (w *wave) values(id string) (v values, known bool) {
	c := w.columns[id]
	switch {
	case c == nil || c.Absent:
		return v, false
	case c.Field.Kind == table.Number:
		return values{numbers: c.Numbers}, true
	case c.Field.Kind == table.Tick:
		return values{cells: c.Cells, wide: c.Wide, of: []float64{0, 1}}, true
	}
	item, ok := w.itemOf(id)
	if !ok || item.Scale == nil || item.Scale.Values() == nil {
		return v, false
	}
	return values{cells: c.Cells, wide: c.Wide, of: item.Scale.Values()}, true
}

// scores reads a rated column on 0–100, 0 the worst answer and 100 the best
// (METHODS B0); known is false where values says so or the scale has no order.
func (w *wave) scores(id string) (v values, known bool) {
	item, ok := w.itemOf(id)
	if !ok || !item.Rated() {
		return v, false
	}
	if v, known = w.values(id); !known || v.of == nil {
		return v, false
	}
	low, high := slices.Min(v.of), slices.Max(v.of)
	if item.Reverse {
		low, high = high, low
	}
	v.of = slices.Clone(v.of)
	for i, x := range v.of {
		v.of[i] = (x - low) / (high - low) * 100
	}
	return v, true
}

// itemOf returns the item with the given id.
func (w *wave) itemOf(id string) (survey.Item, bool) {
	i := slices.IndexFunc(w.items, func(a asked) bool { return a.item.ID == id })
	if i < 0 {
		return survey.Item{}, false
	}
	return w.items[i].item, true
}
