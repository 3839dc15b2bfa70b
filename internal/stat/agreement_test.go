package stat_test

import (
	"math"
	"testing"

	"manyi/internal/stat"
)

// TestKappaOfTheBook is R 4.2.2, base: kappa(40, 10, 5, 45) = .7, its standard
// error .071056315693962077 by Fleiss, Cohen & Everitt; of (7, 21, 3, 60)
// .1004617, which the delta method by numeric derivatives gives as well.
func TestKappaOfTheBook(t *testing.T) {
	e := stat.Kappa(40, 10, 5, 45)
	if e.N != 100 || math.Abs(e.Value-.7) > 1e-12 || math.Abs(e.SE-.071056315693962077) > 1e-12 {
		t.Errorf("got %+v", e)
	}
	if e := stat.Kappa(7, 21, 3, 60); math.Abs(e.SE-.1004617) > 1e-7 {
		t.Errorf("got %+v", e)
	}
	for _, none := range []stat.Estimate{stat.Kappa(0, 0, 0, 0), stat.Kappa(9, 0, 0, 0), stat.Kappa(0, 0, 0, 4), stat.PooledKappa(nil), stat.PooledKappa([][4]int{{1, 0, 0, 0}})} {
		if !math.IsNaN(none.Value) || !math.IsNaN(none.SE) || !math.IsNaN(none.Low) {
			t.Errorf("got %+v", none)
		}
	}
	if e := stat.Kappa(5, 0, 0, 5); e.Value != 1 || e.Low > 1 || e.High != 1 {
		t.Errorf("got %+v", e)
	}
	if e := stat.PooledKappa([][4]int{{2, 1, 0, 3}}); e.N != 1 || math.IsNaN(e.Value) || !math.IsNaN(e.SE) {
		t.Errorf("got %+v", e)
	}
}

func TestLogOddsAtTheEdges(t *testing.T) {
	for _, c := range [][2][]int{{{}, {}}, {{0, 0}, {0, 0}}, {{5, 0}, {4, 0}}, {{0, 0}, {3, 2}}} {
		for i, x := range stat.LogOdds(c[0], c[1]) {
			if !math.IsNaN(x.Difference) || !math.IsNaN(x.P) {
				t.Errorf("%v %d: got %+v", c, i, x)
			}
		}
	}
	got := stat.LogOdds([]int{10, 0, 5}, []int{10, 0, 5})
	if got[0].Difference != 0 || got[0].P != 1 || !math.IsNaN(got[1].Difference) {
		t.Errorf("got %+v", got)
	}
	swapped, plain := stat.LogOdds([]int{7, 1, 3}, []int{2, 9, 4}), stat.LogOdds([]int{2, 9, 4}, []int{7, 1, 3})
	for i := range plain {
		if math.Abs(swapped[i].Difference+plain[i].Difference) > 1e-12 {
			t.Errorf("%d: %v and %v", i, swapped[i].Difference, plain[i].Difference)
		}
	}
}
