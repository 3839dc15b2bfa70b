package chart_test

import (
	"testing"

	"manyi/internal/chart"
)

// An interval that leaves out 0 does not print 0 as its end.
func TestSpanShowsOnWhichSideOfZeroAnEndLies(t *testing.T) {
	change, share := chart.Format{Decimals: 2, Signed: true}, chart.Format{Decimals: 1, Signed: true, Percent: true}
	for _, c := range []struct {
		f         chart.Format
		low, high float64
		want      string
	}{
		{change, 0.0031, 0.0968, "+0.003 – +0.097"},
		{change, -0.26, -0.0004, "−0.2600 – −0.0004"},
		{change, 0.00001, 0.05, "0.0000 – +0.0500"},
		{change, -0.0031, 0.0968, "0.00 – +0.10"},
		{change, 0, 0.0968, "0.00 – +0.10"},
		{share, 0.0002, 0.05, "+0.02% – +5.00%"},
		{chart.Format{Decimals: 2}, 0.0001, 0.05, "0.00–0.05"},
	} {
		if got := c.f.Span(c.low, c.high); got != c.want {
			t.Errorf("%v to %v: %q, want %q", c.low, c.high, got, c.want)
		}
	}
}
