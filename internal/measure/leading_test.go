package measure

import (
	"math"
	"slices"
	"testing"

	"manyi/internal/stat"
)

// TestAnswersThatChanceMayOrderLeadTogether has 1,465 against 1,468 of 2,933,
// and shares of which the third is far below the first.
func TestAnswersThatChanceMayOrderLeadTogether(t *testing.T) {
	question := func(counts ...int) (*Question, []string) {
		q := &Question{Shares: map[string]*Portion{}}
		for _, x := range counts {
			q.N += x
		}
		var codes []string
		for i, x := range counts {
			e := stat.Share(x, q.N)
			codes = append(codes, string(rune('a'+i)))
			q.Shares[codes[i]] = &Portion{Share: Number(e.Value), estimate: e}
		}
		return q, codes
	}
	for _, c := range []struct {
		counts []int
		want   []string
	}{
		{[]int{1465, 1468}, []string{"b", "a"}},
		{[]int{1465, 1768}, []string{"b"}},
		{[]int{100, 330, 350, 150}, []string{"c", "b"}},
		// 60 − 40 of 100: 20 points against 1.96·sqrt((1−.04)/100) = 19.2
		{[]int{60, 40}, []string{"a"}},
		{[]int{59, 41}, []string{"a", "b"}},
		{[]int{4, 0}, []string{"a"}},
		{nil, nil},
	} {
		q, codes := question(c.counts...)
		if got := q.Leading(codes); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v lead, want %v", c.counts, got, c.want)
		}
	}
	q, codes := question(600, 400) // weights that make 1,000 answers worth 40
	q.Shares["a"].estimate.SE = math.Sqrt(.6 * .4 / 40)
	if got := q.Leading(codes); len(got) != 2 {
		t.Errorf("weighted: %v lead, want both", got)
	}
}
