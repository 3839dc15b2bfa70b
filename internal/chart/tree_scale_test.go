package chart

import (
	"bytes"
	"testing"
)

func TestBarsOfATreeReachToTheEndOfTheScale(t *testing.T) {
	f := &Figure{
		ID: "tree", Kind: Tree, Lang: "en", Title: "Tree", Axis: Axis{Max: 100},
		Columns: []Column{{ID: "score", Label: "Score", Role: Value}},
		Rows:    []Row{{Node: "a", Label: "All", Cells: []float64{50}}},
	}
	if want := []byte(`width="102" height="3"`); !bytes.Contains(f.SVG(Wide), want) { // half of 210 less the margins
		t.Errorf("the bar of 50 of 100 is not half of its box: %s", f.SVG(Wide))
	}
}
