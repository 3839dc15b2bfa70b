package chart

import (
	"math"
	"strings"
)

// degenerate returns every sample with one row, with equal, negative and
// undefined numbers, with long labels and with many rows.
func degenerate(lang string) []*Figure {
	if samples.of == nil {
		return nil
	}
	var out []*Figure
	for _, kind := range []Kind{Grouped, Stacked, Dumbbell, Multiples, Heat, Histogram, Box, Waterfall, Slope, Funnel, Pyramid} {
		change := func(name string, act func(f *Figure)) {
			f := sampled(kind, lang)
			f.ID = string(kind) + "-" + name
			act(f)
			out = append(out, f)
		}
		change("one", func(f *Figure) { f.Rows = f.Rows[:1] })
		change("equal", func(f *Figure) { fill(f, func(int) float64 { return .25 }) })
		change("negative", func(f *Figure) { fill(f, func(i int) float64 { return -.11 * float64(i+1) }) })
		change("undefined", func(f *Figure) { fill(f, func(int) float64 { return math.NaN() }) })
		change("zero", func(f *Figure) { fill(f, func(int) float64 { return 0 }) })
		change("long", func(f *Figure) {
			for i := range f.Rows {
				f.Rows[i].Label += " " + texts[lang].longB
			}
			for i := range f.Columns {
				if f.Columns[i].Role == Part || f.Columns[i].Role == Level {
					f.Columns[i].Label = strings.Repeat(f.Columns[i].Label+" ", 4)
				}
			}
		})
		change("many", func(f *Figure) {
			rows := f.Rows
			for range 2 {
				if kind == Histogram { // classes do not overlap
					break
				}
				f.Rows = append(f.Rows, rows...)
			}
		})
	}
	return out
}

// fill gives every visible cell of the figure the number of its row.
func fill(f *Figure, number func(row int) float64) {
	for i := range f.Rows {
		for j := range f.Rows[i].Cells {
			f.Rows[i].Cells[j] = number(i)
		}
		for j := range f.Rows[i].Points {
			f.Rows[i].Points[j] = number(i)
		}
	}
}
