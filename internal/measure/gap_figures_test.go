package measure

import (
	"testing"

	"manyi/internal/stat"
)

func TestGapsAreFollowedByWholeAndDimension(t *testing.T) {
	var followed figured = &Gap{
		Common: Common{N: 9}, expects: true, weighted: stat.Estimate{Value: -1},
		Dimensions: []*GapDimension{{GapLevel: GapLevel{ID: "a", N: 9}}, {GapLevel: GapLevel{ID: "b", N: 9, Suppressed: true}}},
	}
	want := []string{"gap", "weighted_gap", "dimensions.a.gap"}
	got := followed.figures()
	if len(got) != len(want) {
		t.Fatalf("%d figures, want %v", len(got), want)
	}
	for i, f := range got {
		if f.path != want[i] || f.kind == "" {
			t.Errorf("figure %d is %q of kind %q, want %q", i, f.path, f.kind, want[i])
		}
	}
}
