package measure

import (
	"fmt"
	"strings"
	"testing"

	"manyi/internal/survey"
	"manyi/internal/table"
)

func TestPeriodsShowNoSmallCount(t *testing.T) {
	for _, test := range []struct {
		name string
		days map[uint32]int
		want string
	}{
		{"none", nil, " []"},
		{"days", map[uint32]int{20260301: 5, 20260303: 9}, "day [2026-03-01..2026-03-01 5, 2026-03-02..2026-03-02 0, 2026-03-03..2026-03-03 9]"},
		{"a small day makes weeks", map[uint32]int{20260302: 4, 20260303: 9, 20260309: 6}, "week [2026-03-02..2026-03-08 13, 2026-03-09..2026-03-15 6]"},
		{"a small week joins the next", map[uint32]int{20260302: 2, 20260309: 6}, "week [2026-03-02..2026-03-15 8 pooled]"},
		{"a small last week joins those before", map[uint32]int{20260302: 6, 20260309: 1}, "week [2026-03-02..2026-03-15 7 pooled]"},
		{"too few in all", map[uint32]int{20260302: 2}, "week []"},
	} {
		unit, list := periods(test.days, 5)
		var got strings.Builder
		got.WriteString(unit + " [")
		for i, p := range list {
			if i > 0 {
				got.WriteString(", ")
			}
			got.WriteString(fmt.Sprintf("%s..%s %d", p.From, p.To, p.N))
			if p.Pooled {
				got.WriteString(" pooled")
			}
		}
		if got.WriteString("]"); got.String() != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got.String(), test.want)
		}
	}
}

func TestFieldworkOfDaysFarApartIsNoEndlessList(t *testing.T) {
	if _, list := periods(map[uint32]int{10101: 9, 99991231: 9}, 5); len(list) != 2 {
		t.Errorf("got %d periods, want 2", len(list))
	}
}

func TestBreakOffsHideWhatIsSmall(t *testing.T) {
	s := &survey.Survey{Pages: []survey.Page{
		{ID: "one", Questions: []*survey.Question{{ID: "a", Type: survey.Number}, {ID: "b", Type: survey.Number}}},
		{ID: "two", Questions: []*survey.Question{{ID: "c", Type: survey.Number}}},
	}}
	cells := []table.FieldCell{{N: 80, Last: -1}, {Partial: true, Last: 0, N: 7}, {Partial: true, Last: 1, N: 2}, {Partial: true, Last: 2, N: 11}, {Partial: true, Last: -1, N: 6}}
	f := fieldwork(s, &table.Wave{Rows: 80, Field: cells}, &Block{Analyses: map[string]Analysis{}}, 5, true)
	if f.Complete != 80 || f.Partial != 26 || f.Completion == nil {
		t.Fatalf("got %d complete, %d partial", f.Complete, f.Partial)
	}
	var got []string
	for _, x := range append(append([]*BreakOff{}, f.Pages...), f.Questions...) {
		got = append(got, fmt.Sprint(x.ID, " ", x.N, " ", x.Suppressed))
	}
	if want := "[ 6 false one 9 false two 11 false a 0 true b 0 true c 11 false]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestFieldworkOfNothing(t *testing.T) {
	f := fieldwork(&survey.Survey{}, &table.Wave{}, &Block{Analyses: map[string]Analysis{}}, 5, true)
	if f.Complete != 0 || f.Completion != nil || f.Seconds != nil || f.Periods != nil || f.ResponseRate != nil {
		t.Errorf("got %+v", f)
	}
}

func TestGroupsThatFewUsedHaveNoName(t *testing.T) {
	cells := []table.FieldCell{{Language: "en", N: 40}, {Language: "zh-CN", N: 30}, {Language: "fr", N: 2}}
	var got []string
	for _, g := range fieldGroups(cells, 5, func(c table.FieldCell) string { return c.Language }) {
		got = append(got, fmt.Sprint(g.ID, " ", g.N, " ", g.Suppressed))
	}
	if want := "[en 40 false … 0 true]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
