package report

import (
	"fmt"
	"strings"
	"testing"

	"manyi/internal/chart"
)

func TestHeatMarksOnlyWhatIsBeyondChanceAmongAllCells(t *testing.T) {
	days := []float64{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	// 5 of 14 lies beyond 3 standard errors of the mean 1.2 but is no rarity among 36 cells:
	// R: binom.test(5, 14, 30/365)$p.value = 0.0040, times 36.
	// 24 of 45: binom.test(24, 45, 31/365)$p.value < 1e-12.
	rows := []chart.Row{
		{Cells: []float64{1, 1, 0, 1, 1, 5, 1, 1, 0, 1, 1, 1}},
		{Cells: []float64{2, 2, 2, 2, 2, 2, 24, 2, 2, 1, 2, 2}},
		{Cells: make([]float64, 12)},
	}
	complaintMarks(rows, days)
	for i, r := range rows {
		for m, mark := range r.Marks {
			want := 0
			if i == 1 && m == 6 {
				want = -1
			}
			if int(mark.Tone) != want {
				t.Errorf("row %d, month %d: tone %v, want %d", i, m, mark.Tone, want)
			}
		}
	}
}

func TestSharesOfThoseWithAnEntryNameTheirBase(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("id,received,category,channel\n")
	for i := range 20 {
		category, channel := "late", "web"
		switch {
		case i < 8:
			category, channel = "", ""
		case i < 11:
			category, channel = "slow", "line"
		}
		fmt.Fprintf(&rows, "%d,2026-01-%02d,%s,%s\n", i, i+1, category, channel)
	}
	b := complaintsBuilder(t, "en", "2026-03-31", rows.String())
	text := complaintsWords(b.complaintCauses())
	for _, want := range []string{"comes first with 75% of the 12 complaints with an entry", "to reach 80% of the 12 with an entry"} {
		if !strings.Contains(text, want) {
			t.Errorf("not said: %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "75% of the complaints") {
		t.Error("a share of those with an entry is called one of all complaints")
	}
}
