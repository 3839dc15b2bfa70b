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

const definition = `manyi: 1
id: cafe
version: 1
languages: [zh-CN, en]
title: {zh-CN: 咖啡馆, en: Café}
pages:
  - id: one
    questions:
      - id: osat
        type: rating
        scale: sat5
        metric: csat
        label: {zh-CN: 总体, en: Overall}
        text: {zh-CN: 总的来说, en: All in all}
      - id: aspects
        type: matrix
        scale: sat5
        text: {zh-CN: 各方面, en: Aspects}
        rows:
          - {id: coffee, label: {zh-CN: 咖啡, en: Coffee}}
          - {id: staff, label: {zh-CN: 员工, en: Staff}}
          - {id: price, label: {zh-CN: 价格, en: Price}}
          - {id: seats, label: {zh-CN: 座位, en: Seats}}
hidden:
  - id: region
    from: r
    label: {zh-CN: 地区, en: Region}
    allow:
      - {code: n, label: {zh-CN: 北, en: North}}
      - {code: s, label: {zh-CN: 南, en: South}}
segments: [region]
waves:
  - {id: "1", label: {zh-CN: 第一期, en: First}}
  - {id: "2", label: {zh-CN: 第二期, en: Second}}
`

// answers writes n rows of a wave: alternating the two overall ratings, all else fixed.
func answers(wave string, n int, region string, first, second int) string {
	var b strings.Builder
	for i := range n {
		osat := first
		if i%2 == 1 {
			osat = second
		}
		fmt.Fprintf(&b, "%s%s%d,%s,%s,%d,5,%d,%d,%d\n", wave, region, i, wave, region, osat, 3+i%2, 1+i%3, 2+i%3)
	}
	return b.String()
}

// build makes the report of the answers in a language.
func build(t *testing.T, lang string, rows ...string) *report.Report {
	t.Helper()
	return buildOf(t, definition, lang, rows...)
}

func buildOf(t *testing.T, definition, lang string, rows ...string) *report.Report {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/cafe/survey.yaml": {Data: []byte(definition)}}, "surveys/cafe", &survey.Workspace{Languages: []string{"zh-CN", "en"}, MinCell: 5}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	source := table.Source{Name: "a.csv", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("_id,_wave,region,osat,aspects_coffee,aspects_staff,aspects_price,aspects_seats\n" + strings.Join(rows, ""))), nil
	}}
	read, err := table.Read(s.Schema(), []table.Source{source}, table.Options{Waves: []string{"1", "2"}}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	if problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	l, err := survey.LoadLocale(templates.Files, lang)
	if err != nil {
		t.Fatal(err)
	}
	return report.Build(s, measure.Compute(s, read, measure.Options{MinCell: 5}), l, report.Options{})
}

// page returns the page of a name, nil where there is none.
func page(r *report.Report, name string) *report.Page {
	for _, p := range r.Pages {
		if p.Name == name {
			return p
		}
	}
	return nil
}

func TestHeadingSaysOnlyWhatHoldsUp(t *testing.T) {
	for _, c := range []struct {
		name, lang, want string
		rows             []string
	}{
		{"a clear rise", "en", "**100%** rate “Overall” 4–5 of 5. The mean rating rose by 1.00 to 4.50 since First.", []string{answers("1", 80, "n", 3, 4), answers("2", 80, "n", 4, 5)}},
		{"a clear fall", "en", "**50%** rate “Overall” 4–5 of 5. The mean rating fell by 1.00 to 3.50 since First.", []string{answers("1", 80, "n", 4, 5), answers("2", 80, "n", 3, 4)}},
		{"no change", "en", "**50%** rate “Overall” 4–5 of 5. The mean rating, 3.50, shows no clear change since First.", []string{answers("1", 80, "n", 3, 4), answers("2", 80, "n", 3, 4)}},
		{"too few before", "en", "**50%** rate “Overall” 4–5 of 5. The mean rating is 3.50. Rated best", []string{answers("1", 3, "n", 3, 4), answers("2", 80, "n", 3, 4)}},
		{"no change, in Chinese", "zh-CN", "**50%** 的受访者给“总体”打了 4–5 分（满分 5 分）。平均评分 3.50，与第一期相比没有明显变化。", []string{answers("1", 80, "n", 3, 4), answers("2", 80, "n", 3, 4)}},
		{"too few to show", "en", "Fewer than 5 people have answered.", []string{answers("1", 80, "n", 3, 4), answers("2", 3, "n", 3, 4)}},
		{"nothing", "en", "No answers have come in yet.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := build(t, c.lang, c.rows...).Pages[0].Heading; !strings.HasPrefix(got, c.want) {
				t.Errorf("got  %s\nwant %s…", got, c.want)
			}
		})
	}
}

func TestGroupsAreComparedInWordsAndLetters(t *testing.T) {
	r := build(t, "en", answers("1", 40, "n", 4, 5), answers("1", 40, "s", 2, 3), answers("2", 60, "n", 4, 5), answers("2", 60, "s", 2, 3))
	p := page(r, "segments")
	if want := "**“Overall” clearly differs** by Region."; p.Heading != want {
		t.Errorf("heading %q, want %q", p.Heading, want)
	}
	if got, want := r.Figures["osat-by-region"].Title, "Overall by Region: “North” is 2.00 above “South”"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	row := p.Sections[0].Blocks[1].Table.Rows[0]
	if north, south := row.Cells[1], row.Cells[2]; north.Mark != "b" || north.Tone != "good" || south.Mark != "" || south.Tone != "bad" {
		t.Errorf("north %+v, south %+v: want b, good and bad", north, south)
	}
}

func TestSmallGroupsAreNamedNotShown(t *testing.T) {
	r := build(t, "en", answers("1", 40, "n", 4, 5), answers("2", 60, "n", 4, 5), answers("2", 3, "s", 1, 1))
	for _, row := range r.Figures["osat-by-region"].Rows {
		if row.State != "suppressed" || row.Why == "" {
			t.Errorf("%s is %q (%s), want both groups hidden: one is small, the other would give it away", row.Label, row.State, row.Why)
		}
	}
}

func TestTextThatTurnsTheDirectionIsIsolated(t *testing.T) {
	turned := strings.Replace(definition, "en: Coffee", `en: "\u202ecoffee"`, 1)
	if turned == definition {
		t.Fatal("the definition has no such label")
	}
	r := buildOf(t, turned, "en", answers("1", 40, "n", 4, 5), answers("2", 60, "n", 4, 5))
	if got, want := r.Figures["aspects-distribution"].Rows[0].Label, "\u2068\u202ecoffee\u2069"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEveryLanguageHasTheSamePagesAndFigures(t *testing.T) {
	rows := []string{answers("1", 40, "n", 4, 5), answers("2", 60, "s", 4, 5)}
	zh, en := build(t, "zh-CN", rows...), build(t, "en", rows...)
	if len(zh.Pages) != len(en.Pages) || len(zh.Figures) != len(en.Figures) {
		t.Fatalf("zh-CN has %d pages and %d figures, en %d and %d", len(zh.Pages), len(zh.Figures), len(en.Pages), len(en.Figures))
	}
	for id, f := range zh.Figures {
		other := en.Figures[id]
		if other == nil || len(other.Rows) != len(f.Rows) {
			t.Errorf("figure %q differs between the languages", id)
		}
	}
}

// TestGroupsOfWhichNothingIsShownAreNamedOnce has a large group and two small
// ones that would give each other away.
func TestGroupsOfWhichNothingIsShownAreNamedOnce(t *testing.T) {
	three := strings.Replace(definition, "      - {code: s, label: {zh-CN: 南, en: South}}\n", "      - {code: s, label: {zh-CN: 南, en: South}}\n      - {code: e, label: {zh-CN: 东, en: East}}\n", 1)
	for lang, names := range map[string][2]string{"en": {"South", "East"}, "zh-CN": {"南", "东"}} {
		r := buildOf(t, three, lang, answers("1", 40, "n", 4, 5), answers("2", 60, "n", 4, 5), answers("2", 3, "s", 1, 1), answers("2", 2, "e", 2, 2))
		f := r.Figures["osat-by-region"]
		shown := 0
		for _, row := range f.Rows {
			if row.State == "suppressed" {
				t.Errorf("%s: %s has a row of nothing", lang, row.Label)
			}
			shown++
		}
		if shown != 1 || !strings.Contains(f.Note, names[0]) || !strings.Contains(f.Note, names[1]) {
			t.Errorf("%s: %d rows; %s", lang, shown, f.Note)
		}
	}
}

// TestAnAnswerLeadsOnlyWhereItIsClear has shares that chance may order, and others that it does not.
func TestAnAnswerLeadsOnlyWhereItIsClear(t *testing.T) {
	for _, c := range []struct {
		lang         string
		north, south int
		want         string
	}{
		{"en", 66, 64, "None is clearly ahead: “North” 51% and “South” 49%"},
		{"zh-CN", 66, 64, "没有哪一项明显领先：“北”占 51% 和“南”占 49%"},
		{"en", 90, 40, "“North” is the most frequent, with 69%"},
	} {
		r := build(t, c.lang, answers("1", 40, "n", 4, 5), answers("2", c.north, "n", 4, 5), answers("2", c.south, "s", 4, 5))
		if f := r.Figures["region-shares"]; f == nil || f.Title != c.want {
			t.Errorf("%d and %d: want %s, got %+v", c.north, c.south, c.want, f)
		}
	}
}

// TestHeadingOfGroupsNamesWhatDiffersBesideTheHeadline has groups alike in the
// overall rating, and far apart in one row of the matrix.
func TestHeadingOfGroupsNamesWhatDiffersBesideTheHeadline(t *testing.T) {
	var rows strings.Builder
	for i := range 80 {
		region, staff := "n", 4+i/2%2
		if i%2 == 1 {
			region, staff = "s", 1+i/2%2
		}
		fmt.Fprintf(&rows, "a%d,2,%s,%d,5,%d,%d,%d\n", i, region, 3+i/2%2, staff, 2+i/2%3, 2+i/2%3)
	}
	for lang, want := range map[string]string{
		"en":    "Ratings of “Overall” do not clearly differ between the groups compared. But **“Staff”** clearly differs between groups.",
		"zh-CN": "“总体”在所比较的各组之间没有明显差异。但**“员工”**在组间有明显差异。",
	} {
		if got := page(build(t, lang, answers("1", 20, "n", 3, 4), rows.String()), "segments").Heading; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
