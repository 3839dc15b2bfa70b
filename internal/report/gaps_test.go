package report_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/chart"
	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/report"
	"manyi/internal/survey"
	"manyi/internal/table"
	"manyi/templates"
)

// service is a survey of gaps with everything they can have, a performance
// battery, and a status matrix; its labels are hostile.
const service = `manyi: 1
id: cafe
languages: [zh-CN, en]
title: {zh-CN: 服务, en: Service}
pages:
  - id: one
    questions:
      - id: p
        type: matrix
        scale: sat7
        text: {zh-CN: 感知, en: Met}
        rows: [{id: a, label: {zh-CN: "<b>甲</b>", en: "<script>A"}}, {id: b, label: {zh-CN: 乙, en: B}}, {id: c, label: {zh-CN: 丙, en: C}}]
      - {id: e, type: matrix, scale: sat7, text: {zh-CN: 期望, en: Expected}, rows: [{id: a, label: {zh-CN: 甲, en: A}}, {id: b, label: {zh-CN: 乙, en: B}}, {id: c, label: {zh-CN: 丙, en: C}}]}
      - {id: d, type: matrix, scale: sat7, text: {zh-CN: 合意, en: Adequate}, rows: [{id: a, label: {zh-CN: 甲, en: A}}]}
      - {id: again, type: rating, scale: sat7, text: {zh-CN: 再来, en: Again}}
hidden:
  - {id: role, from: r, allow: [m, c]}
  - {id: region, from: g, allow: [n, s]}
segments: [region]
waves: [{id: "1", label: {zh-CN: 一, en: one}}, {id: "2", label: {zh-CN: 二, en: two}}]
analyses:
  - id: gaps
    method: gap
    outcome: again
    view: {column: role, internal: m, external: c}
    dimensions:
      - {id: x, label: {zh-CN: 甲维, en: X}, points: 70, pairs: [{perceived: p_a, expected: e_a, adequate: d_a}, {perceived: p_b, expected: e_b}]}
      - {id: y, label: {zh-CN: 乙维, en: Y}, points: 20, pairs: [{perceived: p_c, expected: e_c}]}
      - {id: z, label: {zh-CN: 丙维, en: Z}, points: 10, pairs: [{perceived: p_b, expected: e_b}]}
  - {id: only, method: gap, label: {zh-CN: 表现, en: Performance}, dimensions: [{id: x, pairs: [{perceived: p_a}, {perceived: p_b}]}]}
  - id: matrix
    method: importance_performance
    outcome: again
    bootstrap: {resamples: 100}
    items: [{id: a, performance: p_a, importance: e_a, competitor: 4}, {id: b, performance: p_b, importance: e_b}, {id: c, performance: p_c, importance: e_c}]
`

// serviceReport builds the report of n answers a wave.
func serviceReport(t *testing.T, lang string, rows []string) *report.Report {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/cafe/survey.yaml": {Data: []byte(service)}}, "surveys/cafe", &survey.Workspace{Languages: []string{"zh-CN", "en"}, MinCell: 5}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	source := table.Source{Name: "a.csv", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("_id,_wave,p_a,p_b,p_c,e_a,e_b,e_c,d_a,again,role,region\n" + strings.Join(rows, "\n") + "\n")), nil
	}}
	read, err := table.Read(s.Schema(), []table.Source{source}, table.Options{Waves: []string{"1", "2"}}, &problems)
	if err != nil || problems.Has(diag.Error) {
		t.Fatal(err, problems.Problems())
	}
	l, err := survey.LoadLocale(templates.Files, lang)
	if err != nil {
		t.Fatal(err)
	}
	return report.Build(s, measure.Compute(s, read, measure.Options{MinCell: 5}), l, report.Options{})
}

// servings are varied answers: A falls short, B is as expected, C exceeds.
func servings(wave string, n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("%s%d,%s,%d,%d,%d,%d,%d,%d,%d,%d,%s,%s", wave, i, wave, 2+i%3, 4+i%2, 6, 6+i%2, 4+(i+1)%2, 3+i%2, 3, 1+i%7, []string{"c", "c", "m"}[i%3], []string{"n", "s"}[i/2%2]))
	}
	return out
}

func TestGapsAndPrioritiesSayWhatHoldsUp(t *testing.T) {
	rows := append(servings("1", 60), servings("2", 90)...)
	for lang, want := range map[string][2]string{
		"en":    {"1 of 4 items falls clearly short of what was expected: **“<script>A”** (−4.00).", "Work first on **“<script>A”**."},
		"zh-CN": {"4 项中有 1 项明显低于期望：**“<b>甲</b>”**（−4.00 分）。", "最该先改：**“<b>甲</b>”**。"},
	} {
		r := serviceReport(t, lang, rows)
		g, p := page(r, "gaps"), page(r, "priorities")
		if g == nil || p == nil {
			t.Fatalf("%s lacks a page", lang)
		}
		if g.Heading != want[0] {
			t.Errorf("%s: gaps say %q, want %q", lang, g.Heading, want[0])
		}
		if p.Heading != want[1] {
			t.Errorf("%s: priorities say %q, want %q", lang, p.Heading, want[1])
		}
		for _, id := range []string{"gaps-dimensions", "gaps-radar", "gaps-weighted", "gaps-items", "gaps-classes", "gaps-zone", "gaps-view-expected", "gaps-waves", "gaps-by-region", "only-items", "matrix-matrix", "matrix-order", "matrix-alternative", "matrix-relative"} {
			if r.Figures[id] == nil {
				t.Errorf("%s lacks figure %s", lang, id)
			}
		}
	}
}

// TestOutcomesWithHiddenCellsAreNoBars: bars of the shares that are left would
// close up from 0 and look like all answers.
func TestOutcomesWithHiddenCellsAreNoBars(t *testing.T) {
	r := serviceReport(t, "en", servings("2", 900))
	if r.Figures["gaps-by-again"] == nil {
		t.Error("shares of large cells are not drawn")
	}
	var rows []string
	for i, row := range servings("2", 90) { // two people alone give the answer 7
		cells := strings.Split(row, ",")
		cells[9] = fmt.Sprint(3 + i%2)
		if i < 2 {
			cells[9] = "7"
		}
		rows = append(rows, strings.Join(cells, ","))
	}
	r = serviceReport(t, "en", rows)
	if r.Figures["gaps-by-again"] != nil {
		t.Error("shares of which some are hidden are drawn as bars")
	}
	var said strings.Builder
	for _, s := range page(r, "gaps").Sections {
		for _, b := range s.Blocks {
			if said.WriteString(b.Note); b.Table != nil {
				said.WriteString(b.Table.Caption)
			}
		}
	}
	if !strings.Contains(said.String(), "“Again” by how far expectations were met") {
		t.Errorf("the page does not say that they are hidden: %s", said.String())
	}
}

// TestTheWidestGapIsNoFactWhereIntervalsOverlap: B and C fall short alike.
func TestTheWidestGapIsNoFactWhereIntervalsOverlap(t *testing.T) {
	var rows []string
	for i := range 60 {
		rows = append(rows, fmt.Sprintf("w%d,2,%d,%d,%d,6,6,6,3,4,c,n", i, 2+i%3, 2+(i+1)%3, 3+i%3))
	}
	if h := page(serviceReport(t, "en", rows), "gaps").Heading; !strings.Contains(h, "by most on") || !strings.Contains(h, "may equal") {
		t.Errorf("gaps say %q", h)
	}
}

func TestGapsOfFewAndNoneNeverShowNaN(t *testing.T) {
	same := make([]string, 12)
	for i := range same {
		same[i] = fmt.Sprintf("s%d,2,4,4,4,4,4,4,4,4,c,n", i)
	}
	empty := make([]string, 12)
	for i := range empty {
		empty[i] = fmt.Sprintf("e%d,2,,,,,,,,,c,n", i)
	}
	for name, rows := range map[string][]string{
		"few": servings("2", 7), "too few": servings("2", 3), "none": nil, "all alike": same, "all empty": empty,
		"one side": {"o1,2,4,4,4,,,,,3,c,n", "o2,2,4,4,4,,,,,3,c,n", "o3,2,4,4,4,,,,,3,c,n", "o4,2,4,4,4,,,,,3,c,n", "o5,2,4,4,4,,,,,3,c,n"},
	} {
		for _, lang := range []string{"en", "zh-CN"} {
			r := serviceReport(t, lang, rows)
			for _, p := range r.Pages {
				for _, s := range p.Sections {
					for _, b := range s.Blocks {
						text, err := json.Marshal([]any{b.Text, b.Note, b.Lists, b.Table, p.Heading})
						if err != nil || strings.Contains(string(text), "NaN") {
							t.Errorf("%s, %s: %v %s", name, lang, err, text)
						}
						if b.Figure != nil && strings.Contains(string(b.Figure.SVG(chart.Wide)), "NaN") {
							t.Errorf("%s, %s: figure %s shows NaN", name, lang, b.Figure.ID)
						}
					}
				}
			}
		}
	}
}
