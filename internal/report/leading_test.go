package report

import (
	"testing"

	"manyi/internal/measure"
)

// TestTopicsThatChanceMayOrderLeadTogether has a topic whose interval holds the
// share of the second, not of the third.
func TestTopicsThatChanceMayOrderLeadTogether(t *testing.T) {
	topic := func(id string, n int, share, low, high measure.Number) *measure.TopicFigure {
		return &measure.TopicFigure{ID: id, N: n, Share: share, CI95: measure.Interval{low, high}}
	}
	v := &measure.Verbatim{Topics: []*measure.TopicFigure{topic("b", 43, .197, .15, .255), topic("c", 20, .09, .06, .14), topic("a", 45, .206, .158, .265)}}
	if got := leading(v); len(got) != 2 || got[0].ID != "a" || got[1].ID != "b" {
		t.Errorf("got %d topics, want a and b", len(got))
	}
	if got := leading(&measure.Verbatim{Topics: []*measure.TopicFigure{topic("a", 0, 0, 0, .02)}}); got != nil {
		t.Errorf("nobody mentions anything, yet %d topics lead", len(got))
	}
}

func TestAProbabilityBelowOneIsNotPrintedAsOne(t *testing.T) {
	for x, want := range map[measure.Number]string{1: "=\u00a01.000", .9997: ">\u00a00.999", .999: "=\u00a00.999", .0003: "<\u00a00.001"} {
		if got := p(x); got != want {
			t.Errorf("%v: got %s, want %s", float64(x), got, want)
		}
	}
}
