package measure

import (
	"math"
	"testing"
)

func TestPriceToleranceRunsFromTheLargestCutToTheLargestRise(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct{ rise, cut, want float64 }{
		{0, nan, 5.5},
		{25, nan, 10},
		{80, nan, 10},
		{nan, 25, 1},
		{nan, 90, 1},
		{nan, 0, 5.5},
		{10, nan, 7.3},
		{10, 20, 7.3}, // who names a rise would buy again
		{nan, nan, nan},
	} {
		if got := tolerance(c.rise, c.cut); math.Abs(got-c.want) > 1e-12 || math.IsNaN(got) != math.IsNaN(c.want) {
			t.Errorf("rise %v, cut %v: got %v, want %v", c.rise, c.cut, got, c.want)
		}
	}
}

func TestIndicesOfAModelCanBeFollowed(t *testing.T) {
	var a Analysis = &PathModel{Common: Common{N: 50}, Constructs: []*ModelConstruct{{ID: "value", Index: 60, IndexSE: 1.5, IndexCI95: Interval{57, 63}}}}
	f, ok := a.(figured)
	if !ok {
		t.Fatal("a path model has no figures to follow")
	}
	got := f.figures()
	if len(got) != 1 || got[0].path != "constructs.value.index" || got[0].kind != "index" || got[0].estimate.SE != 1.5 || got[0].estimate.DF != 49 {
		t.Errorf("got %+v", got)
	}
}
