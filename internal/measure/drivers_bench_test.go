package measure_test

import (
	"fmt"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// BenchmarkDrivers is 100,000 answers to 20 items, with 1,000 resamples: Johnson's
// shares of 20 items, Shapley's of 12, and both in one survey.
func BenchmarkDrivers(b *testing.B) {
	const rows, items = 100_000, 20
	var text strings.Builder
	text.WriteString("_id,y")
	for j := range items {
		fmt.Fprintf(&text, ",x_%d", j+1)
	}
	state := uint32(1)
	next := func(n uint32) int {
		state = state*1664525 + 1013904223
		return int((state >> 16) % n)
	}
	for i := range rows {
		latent := next(5)
		fmt.Fprintf(&text, "\n%d,%d", i, 1+latent+next(3))
		for range items {
			fmt.Fprintf(&text, ",%d", 1+latent/2+next(5))
		}
	}
	johnson := "  - {id: a, method: drivers, outcome: y, items: " + listed(20) + "}\n"
	shapley := "  - {id: b, method: drivers, outcome: y, items: " + listed(12) + ", weights: shapley}\n"
	for _, c := range []struct{ name, analyses string }{{"johnson20", johnson}, {"shapley12", shapley}, {"both", johnson + shapley}} {
		s, answers := read(b, driverDefinition(items, "", c.analyses), textOf(text.String()), nil)
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				measure.Compute(s, answers, measure.Options{MinCell: 5})
			}
		})
	}
}
