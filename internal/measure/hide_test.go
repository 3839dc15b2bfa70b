package measure

import (
	"slices"
	"testing"
)

func TestSmallGroupsAndWhatWouldGiveThemAwayAreHidden(t *testing.T) {
	for _, c := range []struct {
		name  string
		n     []int
		total int
		want  []bool
	}{
		{"nothing small", []int{40, 30, 30}, 100, []bool{false, false, false}},
		{"one small group takes the next smallest with it", []int{60, 37, 3}, 100, []bool{false, true, true}},
		{"two small groups that hold enough together", []int{92, 4, 4}, 100, []bool{false, true, true}},
		{"two small groups that hold too little", []int{60, 36, 2, 2}, 100, []bool{false, true, true, true}},
		{"an empty group hides nothing", []int{60, 40, 0}, 100, []bool{false, false, false}},
		{"enough rows without a group cover one small group", []int{60, 30, 3}, 100, []bool{false, false, true}},
		{"a rest too small to stand alone", []int{97}, 100, []bool{true}},
		{"few rows without a group are covered by the smallest one", []int{20, 15}, 36, []bool{false, true}},
		{"few rows without a group are covered by one group of two", []int{50, 47}, 100, []bool{false, true}},
		{"enough rows without a group need no cover", []int{50, 40}, 100, []bool{false, false}},
		{"only small groups", []int{2, 2}, 4, []bool{true, true}},
		{"no groups", nil, 0, nil},
	} {
		if got := hide(c.n, c.total, 5); !slices.Equal(got, c.want) {
			t.Errorf("%s: hide(%v of %d) = %v, want %v", c.name, c.n, c.total, got, c.want)
		}
	}
}
