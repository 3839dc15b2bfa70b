package stat

import (
	"strconv"
	"testing"
)

// BenchmarkImportance is one fit, as every resample makes it.
func BenchmarkImportance(b *testing.B) {
	for _, c := range []struct {
		items   int
		shapley bool
	}{{12, false}, {12, true}, {24, false}, {15, true}} {
		name := strconv.Itoa(c.items)
		if c.shapley {
			name += "shapley"
		}
		b.Run(name, func(b *testing.B) {
			r := identity(c.items + 1)
			for i := range r {
				if r[i] == 0 {
					r[i] = .3
				}
			}
			for i := range c.items { // no two alike
				r[i*(c.items+1)+c.items] = .2 + .01*float64(i)
				r[c.items*(c.items+1)+i] = r[i*(c.items+1)+c.items]
			}
			m := NewImportance(c.items, c.shapley)
			for b.Loop() {
				m.Fit(r)
			}
		})
	}
}
