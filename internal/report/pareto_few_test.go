package report

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/survey"
	"manyi/templates"
)

func paretoBuilder(t *testing.T) *builder {
	t.Helper()
	locale, err := survey.LoadLocale(templates.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	return &builder{survey: &survey.Survey{ID: "care", Languages: []string{"en"}}, results: &measure.Results{MinCell: 5}, locale: locale, lang: "en", report: &Report{}, options: Options{AsOf: "2026-11-22"}}
}

// strongRows are which rows of a figure are emphasised, a digit each.
func strongRows(f *chart.Figure) string {
	var out strings.Builder
	for _, r := range f.Rows {
		out.WriteString(map[bool]string{true: "1", false: "0"}[r.Strong])
	}
	return out.String()
}

// A title that says there are no vital few stands over columns that look alike.
func TestNoColumnIsAVitalOneWhereTheTitleSaysThereAreNone(t *testing.T) {
	stratum := func(counts ...int) *service.ComplaintStratum {
		s := &service.ComplaintStratum{Column: "category", Limit: .8}
		total, sum := 0, 0
		for _, n := range counts {
			total += n
		}
		for i, n := range counts {
			if float64(sum) < .8*float64(total)-1e-9 {
				s.Vital++
			}
			sum += n
			s.Groups = append(s.Groups, &service.ComplaintGroup{Code: fmt.Sprint("c", i), N: n, Cumulative: measure.Number(float64(sum) / float64(total)), Share: measure.Number(float64(n) / float64(total))})
		}
		return s
	}
	b := paretoBuilder(t)
	for _, c := range []struct {
		s             *service.ComplaintStratum
		strong, title string
	}{
		{stratum(27, 13, 7, 5, 3), "11111", "No vital few: it takes 3 of 5"},
		{stratum(60, 25, 5, 4, 3, 3), "110000", "2 of 6 make up 85%"},
		{stratum(68, 10, 10, 6, 3, 3), "111000", "3 of 6 make up 88%"}, // the third equals the second
	} {
		f := b.paretoByCount(c.s)
		if strongRows(f) != c.strong || !strings.HasPrefix(f.Title, c.title) || strings.Contains(f.Note, "vital few") != strings.Contains(c.strong, "0") {
			t.Errorf("%s %q %q", strongRows(f), f.Title, f.Note)
		}
	}
}

// Of few complaints no share is a title, of a month as of all.
func TestAMonthsParetoSaysWhatItsCountsCarry(t *testing.T) {
	b := paretoBuilder(t)
	draw := func(unrecorded int, counts ...int) *chart.Figure {
		p, s, total, sum := &service.Period{ID: "2026-11"}, &service.Stratum{Column: "category"}, 0, 0
		for _, n := range counts {
			total += n
		}
		for i, n := range counts {
			sum += n
			s.Rows = append(s.Rows, &service.StratumRow{Code: fmt.Sprint("c", i), N: n, Cumulative: measure.Number(float64(sum) / float64(total))})
		}
		if unrecorded > 0 {
			s.Rows = append(s.Rows, &service.StratumRow{N: unrecorded, Cumulative: measure.Number(math.NaN())})
		}
		return b.periodPareto(p, s)
	}
	for _, c := range []struct {
		f             *chart.Figure
		strong, title string
	}{
		{draw(0, 2, 1, 1, 1), "1111", "Most often: c0, 2 of 5 complaints"},
		{draw(0, 2, 2, 1), "111", "Most often: c0 and c1, 2 each of 5 complaints"},
		{draw(0, 2, 2, 2), "111", "6 complaints; no category stands out"},
		{draw(7, 27, 13, 7, 5, 3), "11111", "No vital few: it takes 3 of 5"},
		{draw(7, 68, 10, 10, 6, 3, 3), "111000", "3 of 6 make up 88%"},
	} {
		if strongRows(c.f) != c.strong || !strings.HasPrefix(c.f.Title, c.title) {
			t.Errorf("%s %q", strongRows(c.f), c.f.Title)
		}
	}
	if f := draw(7, 27, 13, 7, 5, 3); !strings.Contains(f.Note, "Base 55 complaints") || !strings.Contains(f.Note, "; 7 for which") {
		t.Error(f.Note)
	}
}

// Two of two in time are no 100 %.
func TestAMonthOfFewDueSaysHowMany(t *testing.T) {
	b := paretoBuilder(t)
	if got := b.periodHeading(&service.Period{ID: "2026-11", Running: true, Received: 5, Due: 2, OnTime: 2, Share: 1}); strings.Contains(got, "100%") || !strings.Contains(got, "2 of the 2 due") {
		t.Error(got)
	}
	if got := b.periodHeading(&service.Period{ID: "2026-q3", Received: 35, Due: 35, OnTime: 27, Share: 27. / 35}); !strings.Contains(got, "77%") {
		t.Error(got)
	}
}

// Where nothing waits, the estimate with what waits is the plain one.
func TestNothingWaitingIsOneMedian(t *testing.T) {
	if x := (&service.ComplaintTimes{N: 38, Median: 10.3, P90: 15.4, KaplanMedian: 10.2, KaplanP90: 15.6}); kaplanMedian(x) != 10.3 || kaplanP90(x) != 15.4 {
		t.Error("two numbers for the same")
	}
	if x := (&service.ComplaintTimes{N: 38, Waiting: 2, Median: 10.3, KaplanMedian: 10.9}); kaplanMedian(x) != 10.9 {
		t.Error("those who wait are left out")
	}
}
