package page

import (
	"testing"

	"manyi/internal/report"
)

func TestNumbersStayWithWhatTheyCount(t *testing.T) {
	for text, want := range map[string]string{
		"the oldest for 153 days": "the oldest for 153\u00a0days",
		"其中 9 件已逾期":               "其中 9\u00a0件已逾期",
		"15 dayship":              "15 dayship",
		"since 2026-11-22":        "since <time>2026-11-22</time>",
	} {
		if got := titled(text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestCardsNameColumnsByTheHeadingAboveWhereTwoAreAlike(t *testing.T) {
	table := &report.Table{Head: []string{"Stage", "Waiting", "Median", "Median"}, Groups: []report.Span{{Label: "", Of: 1}, {Label: "Complaints", Of: 1}, {Label: "From receipt", Of: 1}, {Label: "From the stage before", Of: 1}}}
	for i, want := range []string{"Waiting", "From receipt · Median", "From the stage before · Median", ""} {
		if got := column(table, i); got != want {
			t.Errorf("cell %d: got %q, want %q", i, got, want)
		}
	}
}
