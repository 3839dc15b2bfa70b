package report

import (
	"io"
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

// complaintsPages builds the pages of a ledger of complaints in one language.
func complaintsPages(t testing.TB, lang, rows string) (text string, problems diag.List) {
	t.Helper()
	s := &survey.Survey{ID: "care", Languages: []string{"zh-CN", "en"}, Service: survey.Service{Complaints: survey.ComplaintRules{Answer: 168, FollowUp: 168, Escalated: []string{"media"}}}}
	source := ledger.Source{Ledger: "complaints", Source: table.Source{Name: "complaints.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(rows)), nil }}}
	l, err := ledger.Read([]ledger.Source{source}, ledger.Options{}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	r := &measure.Results{AsOf: "2026-03-31", MinCell: 5}
	found := service.Analyse(service.Input{Survey: s, Ledgers: l, Results: r, Zone: time.UTC})
	locale, err := survey.LoadLocale(templates.Files, lang)
	if err != nil {
		t.Fatal(err)
	}
	b := &builder{survey: s, results: r, locale: locale, lang: lang, options: Options{Service: found}, report: &Report{}}
	for _, page := range []*Page{b.complaints(), b.complaintCauses()} {
		if page == nil {
			continue
		}
		text += complaintsWords(page)
	}
	return text, problems
}

// complaintsWords are all words of a page, a line each.
func complaintsWords(page *Page) string {
	words := []string{page.Title, page.Kicker, page.Heading}
	for _, section := range page.Sections {
		words = append(words, section.Title, section.Short)
		for _, b := range section.Blocks {
			words = append(words, b.Text, b.Note)
			for _, c := range b.Cards {
				words = append(words, c.Label, c.Value, c.Interval)
			}
			for _, l := range b.Lists {
				words = append(append(words, l.Title), l.Items...)
			}
			if f := b.Figure; f != nil {
				words = append(words, f.Title, f.Note, f.Axis.RefLabel)
				for _, c := range f.Columns {
					words = append(words, c.Label)
				}
				for _, r := range f.Rows {
					words = append(words, r.Label, r.Series, r.Why)
				}
			}
			if b.Table == nil {
				continue
			}
			words = append(append(words, b.Table.Caption, b.Table.Note), b.Table.Head...)
			for _, r := range b.Table.Rows {
				words = append(words, r.Label)
				for _, c := range r.Cells {
					words = append(words, c.Text, c.Mark)
				}
			}
		}
	}
	return strings.Join(words, "\n")
}

const complaintsHead = "id,received,acknowledged,closed,reopened,called_back,reached,category,product,department,channel,level,severity,method,satisfied_result,cost,claimed,recovered,party,customer,contact,description\n"

func TestComplaintPagesSayEverythingInWords(t *testing.T) {
	for name, rows := range map[string]string{
		"none":    "",
		"one":     "1,2026-03-01,2026-03-02,,,,,late,,,,,,,,,,,,,,\n",
		"undated": "1,,,,,,,late,,,,,,,,,,,,,,\n",
		"closed":  "1,2026-01-01,2026-01-02,2026-01-05,yes,2026-01-07,yes,late,a,x,web,media,1,refund,5,10,100,50,carrier,K1,a@b.c,angry\n2,2026-02-01,2026-01-02,2026-01-05,,,,slow,b,y,web,firm,2,,9,,-5,,,K1,,\n",
	} {
		for _, lang := range []string{"zh-CN", "en"} {
			text, _ := complaintsPages(t, lang, complaintsHead+rows)
			for _, bad := range []string{"NaN", "⟨", "{", "a@b.c", "angry", "K1", "Inf"} {
				if strings.Contains(text, bad) {
					t.Errorf("%s, %s: shows %q", name, lang, bad)
				}
			}
			if text == "" {
				t.Errorf("%s, %s: no page", name, lang)
			}
		}
	}
}

func TestHostileComplaintsGiveTextOrDiagnostics(t *testing.T) {
	rows := complaintsHead +
		"=cmd|'/C calc'!A0,2026-03-01,2026-02-01,2025-01-01,perhaps,,,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",<script>alert(1)</script>,+1,@x,-2+3,1e308,refund,1e400,1e999,NaN,Inf,,,,\n" +
		"2,9999-99-99,,,,,,\u202egnp.exe," + strings.Repeat("长", 5000) + ",,,,,,,,,,,,,\n" +
		"2,2026-03-01,,,,,,x,,,,,,,,,,,,,,\n"
	text, problems := complaintsPages(t, "en", rows)
	if text == "" || strings.Contains(text, strings.Repeat("长", 100)) {
		t.Error("a code of five thousand letters is shown whole")
	}
	codes := map[string]bool{}
	for _, p := range problems.Problems() {
		codes[p.Code] = true
	}
	for _, want := range []string{"bad-date", "bad-number", "wrong-order", "conflict"} {
		if !codes[want] {
			t.Errorf("not told: %s in %v", want, codes)
		}
	}
}
