package service

import (
	"math"
	"testing"
)

func TestTrendsThatAreReadTogetherAreAdjusted(t *testing.T) {
	// R: p.adjust(c(.03, .004, .5), "holm") = .06, .012, .5
	trends := []*DeskTrend{{P: .03}, nil, {P: .004}, {P: .5}}
	deskHolm(trends)
	for i, want := range []float64{.06, math.NaN(), .012, .5} {
		if x := trends[i]; x != nil && math.Abs(float64(x.Holm)-want) > 1e-12 || x.Holds() != (i == 2) {
			t.Errorf("trend %d: %+v, want %v", i, x, want)
		}
	}
}
