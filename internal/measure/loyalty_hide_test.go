package measure

import (
	"fmt"
	"testing"
)

func TestCellsOfFewAndWhatGivesThemAwayAreHidden(t *testing.T) {
	for _, c := range []struct {
		name  string
		n     [][]int
		total []int
		want  string
	}{
		{"nothing small", [][]int{{9, 8}, {7, 6}}, []int{16, 14}, "[[false false] [false false]]"},
		{"one group: a small cell takes the next smallest", [][]int{{30, 2, 9}}, []int{30, 2, 9}, "[[false true true]]"},
		{"a small cell is had neither along its group nor along its answer", [][]int{{30, 2, 9}, {20, 10, 11}}, []int{50, 12, 20}, "[[false true true] [false true true]]"},
		{"few rows of no group: in a table of two by two one hidden cell takes all", [][]int{{30, 20}, {20, 10}}, []int{52, 30}, "[[true true] [true true]]"},
		{"empty cells hide nothing", [][]int{{30, 0}, {20, 0}}, []int{50, 0}, "[[false false] [false false]]"},
		{"all small", [][]int{{1, 1}, {1, 1}}, []int{2, 2}, "[[true true] [true true]]"},
	} {
		if got := fmt.Sprint(hideGrid(c.n, c.total, 5)); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
