package measure

import (
	"slices"
	"testing"

	"manyi/internal/stat"
)

// kind is one answer: how many people gave it, and the weight of each.
type kind struct {
	n int
	w float64
}

// nominal is a question with these answers, called a, b, c.
func nominal(weights bool, kinds ...kind) (*Question, []string) {
	t := &tally{points: make([]stat.Point, len(kinds))}
	var codes []string
	for i, k := range kinds {
		for range k.n {
			t.points[i], t.valid = plus(t.points[i], k.w), plus(t.valid, k.w)
		}
		codes = append(codes, string(rune('a'+i)))
	}
	q := &Question{N: t.valid.N, tallied: &tallied{tally: t, design: t.valid.N}, weights: weights}
	if q.N > 0 {
		q.Shares = shares(codes, t, q.N, weights)
	}
	return q, codes
}

// TestAnswersThatChanceMayOrderLeadTogether has 1,465 against 1,468 of 2,933,
// and shares of which the third is far below the first.
func TestAnswersThatChanceMayOrderLeadTogether(t *testing.T) {
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
		{[]int{30, 30, 12}, []string{"a", "b"}}, // a tie
		{[]int{4, 0}, []string{"a"}},
		{[]int{1, 0}, []string{"a"}},
		{[]int{1, 1}, []string{"a", "b"}},
		{[]int{2, 1, 1, 1, 0}, []string{"a", "b", "c", "d"}}, // what nobody answered does not lead
		{[]int{0, 0}, nil},
		{nil, nil},
	} {
		var kinds []kind
		for _, n := range c.counts {
			kinds = append(kinds, kind{n, 1})
		}
		q, codes := nominal(false, kinds...)
		if got := q.Leading(codes); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v lead, want %v", c.counts, got, c.want)
		}
	}
}

// TestWeightsDecideWhetherAnAnswerLeads has the cases of stat/testdata/two_shares.
func TestWeightsDecideWhetherAnAnswerLeads(t *testing.T) {
	for _, c := range []struct {
		kinds []kind
		want  []string
	}{
		{[]kind{{40, 1}, {3, 5}, {5, 1}}, []string{"a", "b"}}, // 67 % against 25 %, which three people of five each are
		{[]kind{{20, .25}, {20, 3}, {10, .5}}, []string{"b"}},
		{[]kind{{6, 1}, {4, 1}}, []string{"a", "b"}},
		{[]kind{{2, 3}, {5, 0}}, []string{"a"}}, // without weight it is no answer
		{[]kind{{1, 3}, {0, 1}}, []string{"a"}},
		{[]kind{{2, 0}, {1, 0}}, nil},
	} {
		q, codes := nominal(true, c.kinds...)
		if got := q.Leading(codes); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v lead, want %v", c.kinds, got, c.want)
		}
	}
}
