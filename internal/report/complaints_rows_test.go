package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/templates"
)

// complaintsBuilder is what makes the pages of a ledger of complaints, as of asOf.
func complaintsBuilder(t testing.TB, lang, asOf, rows string) *builder {
	t.Helper()
	var problems diag.List
	s := &survey.Survey{ID: "care", Languages: []string{"zh-CN", "en"}}
	source := ledger.Source{Ledger: "complaints", Source: table.Source{Name: "complaints.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(rows)), nil }}}
	l, err := ledger.Read([]ledger.Source{source}, ledger.Options{}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	r := &measure.Results{AsOf: asOf, MinCell: 5}
	locale, err := survey.LoadLocale(templates.Files, lang)
	if err != nil {
		t.Fatal(err)
	}
	return &builder{survey: s, results: r, locale: locale, lang: lang, options: Options{Service: service.Analyse(service.Input{Survey: s, Ledgers: l, Results: r, Zone: time.UTC})}, report: &Report{}}
}

func TestCostTitlesCountGroupsThatAreShownTogether(t *testing.T) {
	// 3 categories of 5 complaints with 400, 230 and 160, and two of 4 with 105 each: 790 of 1000 are below 80%.
	costs := func(of ...[2]int) string {
		var b strings.Builder
		b.WriteString("id,received,category,cost\n")
		for g, x := range of {
			for k := range x[0] {
				cost := 0
				if k == 0 {
					cost = x[1]
				}
				fmt.Fprintf(&b, "%d-%d,2026-01-%02d,c%d,%d\n", g, k, k+1, g, cost)
			}
		}
		return b.String()
	}
	for want, rows := range map[string]string{
		"It takes at most 4 of 5 to reach 80% of the cost; of those shown alone “c0” costs most (40%)": costs([2]int{5, 400}, [2]int{5, 230}, [2]int{5, 160}, [2]int{4, 105}, [2]int{4, 105}),
		"It takes at most 3 of 4 to reach 80% of the cost; of those shown alone “c0” costs most (36%)": costs([2]int{9, 355}, [2]int{6, 297}, [2]int{4, 174}, [2]int{4, 174}),
		"It takes at most 3 of 4 to reach 80% of the cost; of those shown alone “c0” costs most (20%)": costs([2]int{9, 20}, [2]int{6, 20}, [2]int{4, 30}, [2]int{4, 30}),
		"No vital few: it takes 3 of 4 to reach 80% of the cost; “c0” costs most (31%)":                costs([2]int{9, 31}, [2]int{9, 30}, [2]int{9, 23}, [2]int{9, 16}),
		"2 make up 90% of the cost; “c0” costs most (60%)":                                             costs([2]int{9, 60}, [2]int{9, 30}, [2]int{9, 6}, [2]int{9, 4}),
	} {
		b := complaintsBuilder(t, "en", "2026-03-31", rows)
		if got := b.paretoByCost(b.complaintsResult().Strata[0]).Title; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestCountTitlesCountGroupsBeyondTheLargest(t *testing.T) {
	var rows strings.Builder // 100 categories, one complaint each: it takes 80 of them
	rows.WriteString("id,received,category\n")
	for i := range 100 {
		fmt.Fprintf(&rows, "%d,2026-01-02,c%d\n", i, i)
	}
	b := complaintsBuilder(t, "en", "2026-03-31", rows.String())
	s := b.complaintsResult().Strata[0]
	if got := b.paretoByCount(s).Title; !strings.HasPrefix(got, "No vital few: it takes 80 of 100 to reach 80%") {
		t.Errorf("got %s", got)
	}
}

func TestTablesOfComplaintsAddUpToAll(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("id,received,closed,severity,department\n")
	for i := range 12 {
		severity, department, closed := strconv.Itoa(i%3+1), "d"+strconv.Itoa(i%2), "2026-01-20"
		if i < 5 {
			closed = ""
		}
		if i%4 == 0 {
			severity, department = "", ""
		}
		rows.WriteString(fmt.Sprintf("%d,2026-01-%02d,%s,%s,%s\n", i, i+1, closed, severity, department))
	}
	for lang, last := range map[string]string{"en": "Not recorded", "zh-CN": "未记录"} {
		b := complaintsBuilder(t, lang, "2026-03-31", rows.String())
		c := b.complaintsResult()
		sums := map[string][]int{}
		for _, s := range b.complaints().Sections {
			for _, x := range s.Blocks {
				if x.Table == nil || x.Table.ID != "complaints-departments" && x.Table.ID != "complaints-times-severity" {
					continue
				}
				sum := make([]int, 3)
				for _, r := range x.Table.Rows {
					for i := range sum {
						n, _ := strconv.Atoi(r.Cells[i].Text)
						sum[i] += n
					}
				}
				sums[x.Table.ID] = sum
				if end := x.Table.Rows[len(x.Table.Rows)-1]; end.Label != last || !end.Foot {
					t.Errorf("%s: %s ends with %q", lang, x.Table.ID, end.Label)
				}
			}
		}
		if got := sums["complaints-departments"]; len(got) == 0 || got[0] != c.N || got[1] != c.State.Open || got[2] != c.State.Overdue {
			t.Errorf("%s: departments add up to %v, want %d, %d, %d", lang, got, c.N, c.State.Open, c.State.Overdue)
		}
		if got := sums["complaints-times-severity"]; len(got) == 0 || got[0] != c.State.Closed || got[1] != c.State.Open {
			t.Errorf("%s: severities add up to %v, want %d, %d", lang, got, c.State.Closed, c.State.Open)
		}
	}
}

func TestTitlesOfMonthsLeaveOutOneThatStillRuns(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("id,received,channel\n")
	for month, n := range map[string]int{"2026-01": 6, "2026-02": 9, "2026-03": 2} {
		for i := range n {
			channel := "web"
			if i == 0 {
				channel = "hotline"
			}
			rows.WriteString(fmt.Sprintf("%s-%d,%s-%02d,%s\n", month, i, month, i+1, channel))
		}
	}
	for asOf, want := range map[string][2]string{
		"2026-03-12": {"“web”, the largest channel: 5 in 2026-01, 8 in 2026-02", "Most complaints: 9 in 2026-02; 2 so far in 2026-03"},
		"2026-03-31": {"“web”, the largest channel: 5 in 2026-01, 1 in 2026-03", "Most complaints: 9 in 2026-02; 2 in the latest month, 2026-03"},
	} {
		b := complaintsBuilder(t, "en", asOf, rows.String())
		c := b.complaintsResult()
		if got := b.channelMonths(c, c.Strata[0]).Title; got != want[0] {
			t.Errorf("%s: got %s, want %s", asOf, got, want[0])
		}
		if got := b.complaintMonths(c).Title; got != want[1] {
			t.Errorf("%s: got %s, want %s", asOf, got, want[1])
		}
	}
}

func TestOtherStandsLastInAParetoUnlessItIsOfTheVitalFew(t *testing.T) {
	names := func(rows ...string) string {
		b := complaintsBuilder(t, "en", "2026-03-31", "id,received,category\n"+strings.Join(rows, ""))
		f := b.paretoByCount(b.complaintsResult().Strata[0])
		var out strings.Builder
		for _, r := range f.Rows {
			out.WriteString(fmt.Sprintf("%s %.0f%%, ", r.Label, 100*r.Cells[1]))
		}
		return out.String()
	}
	many := func(code string, n int) string {
		var out strings.Builder
		for i := range n {
			out.WriteString(fmt.Sprintf("%s-%d,2026-01-02,%s\n", code, i, code))
		}
		return out.String()
	}
	if got, want := names(many("a", 80), many("other", 10), many("b", 6), many("c", 4)), "a 80%, b 86%, c 90%, other 100%, "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := names(many("a", 40), many("other", 50), many("b", 10)), "other 50%, a 90%, b 100%, "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTitlesOfChannelsSayWhatIsDrawn(t *testing.T) {
	b := complaintsBuilder(t, "en", "2026-05-10", "id,received\n1,2026-01-02\n")
	b.options.Service.Desk = &service.Desk{AsOf: "2026-05-10"}
	c := &service.DeskChannels{Months: []string{"2026-01", "2026-02", "2026-03", "2026-04", "2026-05"}}
	rising := &service.DeskTrend{Statistic: 2.5, P: 0.012}
	c.Posts = []*service.DeskPost{{ID: "hotline", Months: []int{10, 4, 20, 8, 30}, Trend: rising}}
	if got, want := b.deskVolume(c).Title, "More in the later half of the months than in the earlier: Hotline (7.0 → 14.0 a month)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	c.Posts[0].Months = []int{21, 9, 9, 20, 1} // a test for more, and a line that ends where it began
	if got := b.deskVolume(c).Title; strings.Contains(got, "More") {
		t.Errorf("got %s", got)
	}
}
