package report_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/report"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/templates"
)

// reported makes the report of answers to a definition in a language.
func reported(t *testing.T, definition, lang, rows string) *report.Report {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/x/survey.yaml": {Data: []byte(definition)}}, "surveys/x", &survey.Workspace{Languages: []string{"zh-CN", "en"}, MinCell: 5}, &problems)
	if s == nil || problems.Has(diag.Error) {
		var b strings.Builder
		_ = problems.WriteText(&b, "en")
		t.Fatal(b.String())
	}
	source := table.Source{Name: "a.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(rows)), nil }}
	read, err := table.Read(s.Schema(), []table.Source{source}, table.Options{Weight: s.Weight}, &problems)
	if err != nil || problems.Has(diag.Error) {
		t.Fatal(err, problems.Problems())
	}
	l, err := survey.LoadLocale(templates.Files, lang)
	if err != nil {
		t.Fatal(err)
	}
	return report.Build(s, measure.Compute(s, read, measure.Options{MinCell: 5}), l, report.Options{})
}

// texts are all words of a page: headings, sentences, tables, lists and figures.
func texts(p *report.Page) []string {
	out := []string{p.Heading, p.Kicker}
	for _, s := range p.Sections {
		out = append(out, s.Title, s.Short)
		for _, b := range s.Blocks {
			out = append(out, b.Text, b.Note)
			for _, l := range b.Lists {
				out = append(append(out, l.Title, l.Empty), l.Items...)
			}
			for _, c := range b.Cards {
				out = append(out, c.Label, c.Value, c.Interval)
			}
			if b.Table != nil {
				out = append(append(out, b.Table.Caption, b.Table.Note), b.Table.Head...)
				for _, r := range b.Table.Rows {
					for _, c := range r.Cells {
						out = append(out, c.Text, c.Mark)
					}
				}
			}
			if b.Figure != nil {
				out = append(out, b.Figure.Title, b.Figure.Note, b.Figure.Description())
				_, rows := b.Figure.Table()
				for _, r := range rows {
					for _, c := range r {
						out = append(out, c.Text)
					}
				}
			}
		}
	}
	return out
}

// sound fails where a page shows what is no word, or a table whose rows are ragged.
func sound(t *testing.T, p *report.Page) {
	t.Helper()
	for _, s := range texts(p) {
		if strings.Contains(s, "NaN") || strings.Contains(s, "⟨") || strings.Contains(s, "{") || strings.Contains(s, "Inf") {
			t.Errorf("page %q shows %q", p.Name, s)
		}
	}
	for _, s := range p.Sections {
		for _, b := range s.Blocks {
			if b.Table == nil {
				continue
			}
			for _, r := range b.Table.Rows {
				if len(r.Cells) > 0 && len(r.Cells) != len(b.Table.Head)-1 {
					t.Errorf("table %q: row %q has %d cells under %d heads", b.Table.ID, r.Label, len(r.Cells), len(b.Table.Head)-1)
				}
			}
		}
	}
}

func says(p *report.Page, want string) bool {
	return strings.Contains(strings.Join(texts(p), "\n"), want)
}

// rated is a survey of an outcome and three items.
const rated = `manyi: 1
id: x
languages: [zh-CN, en]
title: {zh-CN: 题, en: x}
pages:
  - id: p
    questions:
      - {id: y, type: rating, scale: sat7, label: {zh-CN: 总体, en: Overall}, text: {zh-CN: 总体, en: overall}}
      - id: x
        type: matrix
        scale: sat7
        text: {zh-CN: 各项, en: items}
        rows:
          - {id: a, label: {zh-CN: 甲, en: Alpha}}
          - {id: b, label: {zh-CN: 乙, en: Beta}}
          - {id: c, label: {zh-CN: 丙, en: Gamma}}
analyses:
  - {id: d, method: drivers, outcome: y, items: [x_a, x_b, x_c], top: 1}
  - {id: r, method: penalty_reward, outcome: y, items: [x_a, x_b, x_c]}
  - {id: t, method: two_factor, hygiene: [x_a, x_b], motivators: [x_c], outcome: y}
  - {id: u, method: two_factor, hygiene: [x_a, x_b], motivators: [x_c]}
`

func TestDriversPageSaysWhatTheAnswersCannotCarry(t *testing.T) {
	for _, c := range []struct {
		name string
		n    int
		row  func(i int) string
		want []string
	}{
		{"a clear driver", 300, func(i int) string { return fmt.Sprintf("%d,%d,%d,%d", 1+i%7, 1+max(0, i%7-i%2), 1+i/7%7, 1+i/49%7) }, []string{
			"Most closely tied to “Overall”: **“Alpha”**. They stay in the top 1 in at least 80% of the resamples.", "not clear",
		}},
		{"nothing explained", 300, func(i int) string { return fmt.Sprintf("%d,%d,%d,%d", 1+i%7, 1+(i+i/50)%7, 1+i/7%7, 1+i/49%7) }, []string{
			"These answers do not show which items are more closely tied to “Overall”.", "The items explain no more of “Overall” than chance would",
		}},
		{"the same item twice", 300, func(i int) string { return fmt.Sprintf("%d,%d,%d,%d", 1+(i+i/9)%7, 1+i%7, 1+i%7, 1+i/49%7) }, []string{
			"An exact linear relation ties these items: Alpha and Beta.", "no test exists",
		}},
		{"a constant outcome", 60, func(i int) string { return fmt.Sprintf("4,%d,%d,%d", 1+i%7, 1+i/7%7, 1+i/49%7) }, []string{
			"These answers do not show which items are more closely tied to “Overall”.", "Everybody gave the same answer to “Overall”",
		}},
		{"few answers", 40, func(i int) string { return fmt.Sprintf("%d,%d,%d,5", 1+i%7, 1+(i+i/50)%7, 1+i/7%7) }, []string{
			"With only 40 complete answers, where 100 are needed", "Everybody gave the same answer to Gamma", "no low, no middle or no high answers",
		}},
		{"no complete answer", 40, func(i int) string { return fmt.Sprintf("%d,,,", 1+i%7) }, []string{"Fewer than 5 people answered everything"}},
		{"six answers", 6, func(i int) string { return fmt.Sprintf("%d,%d,%d,%d", 1+i, 7-i, 1+i*3%7, 1+i%2) }, []string{"6 complete answers are fewer than the 100"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rows strings.Builder
			rows.WriteString("_id,y,x_a,x_b,x_c\n")
			for i := range c.n {
				fmt.Fprintf(&rows, "%d,%s\n", i, c.row(i))
			}
			p := page(reported(t, rated, "en", rows.String()), "drivers")
			sound(t, p)
			for _, want := range c.want {
				if !says(p, want) {
					t.Errorf("the page does not say %q\n%s", want, strings.Join(texts(p)[:12], "\n"))
				}
			}
			sound(t, page(reported(t, rated, "zh-CN", rows.String()), "drivers"))
		})
	}
}
