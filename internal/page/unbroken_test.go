package page

import (
	"testing"

	"manyi/internal/report"
)

func TestNoLineBreaksInADayARangeOrAUnit(t *testing.T) {
	for in, want := range map[string]string{
		"since 2026-11-22.":            "since <time>2026-11-22</time>.",
		"“Late visit” in 2026-06 (14)": "“Late visit” in <time>2026-06</time> (14)",
		"21% (16–27%)":                 `21% (<span class="nb">16–27%</span>)`,
		"after 153 days of rest":       `after <span class="nb">153 days</span> of rest`,
		"12 daysailers":                "12 daysailers",
		"共 29 题，2026 年":                `共 <span class="nb">29 题</span>，<span class="nb">2026 年</span>`,
		"order 12345-67-89":            "order 12345-67-89",
	} {
		if got := unbroken(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"9 / 件":                      `<span class="nb">9 / 件</span>`,
		"153 / days":                 `<span class="nb">153 / days</span>`,
		"7.2":                        "7.2",
		"not recorded":               "not recorded",
		"closed after 12 days, late": `<span>closed after <span class="nb">12 days</span>, late</span>`,
	} {
		if got := string(value(in)); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
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

// A sentence below a figure wraps; an interval with its base does not.
func TestOnlySentencesWrapBelowAFigure(t *testing.T) {
	for text, want := range map[string]bool{
		"+0.41 – +0.70, improved, Supply of parts (mean, 1–5)": true,
		"+0.41 – +0.70，有改善，配件供应（均值，1–5 分）":                      true,
		"64.4–69.1 · n 1,420": false,
		"":                    false,
	} {
		if wordy(text) != want {
			t.Errorf("wordy(%q) is %v", text, !want)
		}
	}
}
