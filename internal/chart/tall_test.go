package chart

import (
	"fmt"
	"strings"
	"testing"
)

// TestATallDrawingSaysSo: paper shows the table of what would be too small on it.
func TestATallDrawingSaysSo(t *testing.T) {
	for n, want := range map[int]bool{12: false, 80: true} {
		f := &Figure{ID: "t", Kind: Tree, Lang: "en", Columns: []Column{{ID: "v", Label: "Score", Role: Value}}}
		f.Rows = append(f.Rows, Row{Label: "Index", Node: "root", Cells: []float64{70}})
		for i := range n {
			f.Rows = append(f.Rows, Row{Label: fmt.Sprint("Item ", i), Node: fmt.Sprint(i), From: "root", Cells: []float64{60}})
		}
		if got := strings.Contains(string(f.SVG(Wide)), `class="plate tall"`); got != want {
			t.Errorf("a tree of %d items: tall is %v, want %v", n, got, want)
		}
		if strings.Contains(string(f.SVG(Narrow)), "tall") {
			t.Error("the narrow drawing is never on paper")
		}
	}
}
