package report_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
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

const modelDefinition = `manyi: 1
id: cafe
version: 1
languages: [zh-CN, en]
title: {zh-CN: 咖啡馆, en: Café}
scales:
  ten:
    level: interval
    points: 1..10
    low: {zh-CN: 低, en: low}
    high: {zh-CN: 高, en: high}
pages:
  - id: one
    questions:
      - {id: q1, type: rating, scale: ten, text: {zh-CN: 质量一, en: Quality one}}
      - {id: q2, type: rating, scale: ten, text: {zh-CN: 质量二, en: Quality two}}
      - {id: v1, type: rating, scale: ten, text: {zh-CN: 价值一, en: Value one}}
      - {id: v2, type: rating, scale: ten, text: {zh-CN: 价值二, en: Value two}}
      - {id: s1, type: rating, scale: ten, text: {zh-CN: 满意一, en: Satisfied one}}
      - {id: s2, type: rating, scale: ten, text: {zh-CN: 满意二, en: "<script>alert(1)</script>"}}
      - {id: d1, type: rating, scale: ten, text: {zh-CN: 诊断一, en: Diagnostic one}}
      - {id: d2, type: rating, scale: ten, text: {zh-CN: 诊断二, en: Diagnostic two}}
analyses:
  - id: model
    method: path_model
    bootstrap: {resamples: 100, seed: 1}
    constructs:
      quality: {label: {zh-CN: 质量, en: Quality}, items: [q1, q2]}
      value: {label: {zh-CN: 价值, en: Value}, items: [v1, v2]}
      satisfaction: {label: {zh-CN: 满意, en: Satisfaction}, items: [s1, s2], target: 50}
    paths: [[quality, value], [quality, satisfaction], [value, satisfaction]]
    diagnostics: {quality: [d1, d2]}
`

// modelAnswers are n rows: quality drives value and satisfaction; alike makes
// quality and satisfaction the same but for noise, constant gives an item one answer.
func modelAnswers(n int, alike, constant bool) string {
	random := rand.New(rand.NewPCG(5, uint64(n)))
	var b strings.Builder
	b.WriteString("_id,q1,q2,v1,v2,s1,s2,d1,d2\n")
	ten := func(x float64) int { return int(min(10, max(1, 5.5+2*x))) }
	for i := range n {
		e := random.NormFloat64
		q := e()
		v := .5*q + .8*e()
		s := .5*q + .3*v + .5*e()
		if alike {
			s = q
		}
		q1 := ten(q + .4*e())
		if constant {
			q1 = 7
		}
		fmt.Fprintf(&b, "r%d,%d,%d,%d,%d,%d,%d,%d,%d\n", i, q1, ten(q+.4*e()), ten(v+.4*e()), ten(v+.4*e()), ten(s+.4*e()), ten(s+.4*e()), ten(q+e()), ten(e()))
	}
	return b.String()
}

func buildModel(t *testing.T, lang, data string) *report.Report {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/cafe/survey.yaml": {Data: []byte(modelDefinition)}}, "surveys/cafe", &survey.Workspace{Languages: []string{"zh-CN", "en"}, MinCell: 5}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	source := table.Source{Name: "a.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(data)), nil }}
	read, err := table.Read(s.Schema(), []table.Source{source}, table.Options{}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	l, err := survey.LoadLocale(templates.Files, lang)
	if err != nil {
		t.Fatal(err)
	}
	return report.Build(s, measure.Compute(s, read, measure.Options{MinCell: 5}), l, report.Options{})
}

// modelSaid is every text of a page.
func modelSaid(p *report.Page) string {
	var b strings.Builder
	b.WriteString(p.Heading + "\n")
	for _, s := range p.Sections {
		b.WriteString(s.Title + "\n")
		for _, x := range s.Blocks {
			b.WriteString(x.Text + "\n" + x.Note + "\n")
			for _, c := range x.Cards {
				b.WriteString(strings.Join([]string{c.Label, c.Value, c.Interval, c.Change}, "\n") + "\n")
			}
			for _, l := range x.Lists {
				b.WriteString(l.Title + "\n" + strings.Join(l.Items, "\n") + "\n" + l.Empty + "\n")
			}
			if x.Figure != nil {
				b.WriteString(x.Figure.Title + "\n" + x.Figure.Note + "\n")
			}
			if x.Table != nil {
				for _, r := range x.Table.Rows {
					if len(r.Cells) > 0 && len(r.Cells) != len(x.Table.Head)-1 {
						b.WriteString("NaN: a row has more or fewer cells than the head: " + x.Table.Caption + "\n")
					}
				}
				b.WriteString(x.Table.Caption + "\n" + x.Table.Note + "\n")
				for _, r := range x.Table.Rows {
					b.WriteString(r.Label)
					for _, c := range r.Cells {
						b.WriteString(" | " + c.Text + " " + c.Mark)
					}
					b.WriteString("\n")
				}
			}
		}
	}
	return b.String()
}

func TestModelPageSaysWhereToLookFirst(t *testing.T) {
	p := page(buildModel(t, "en", modelAnswers(300, false, false)), "model")
	if want := regexp.MustCompile(`^The index of “Satisfaction” is \*\*[0-9.]+\*\* of 100 \(95% interval .*\)\. The strongest tie: one point more of “Quality” goes with 0\.[0-9]+ points more of “Satisfaction”, direct and indirect ways together\.$`); !want.MatchString(p.Heading) {
		t.Errorf("heading %q", p.Heading)
	}
	for _, want := range []string{"“Diagnostic one” goes most closely with “Quality”", "Target 50: ", "Quality → Value", "All lowest answers give 0"} {
		if !strings.Contains(modelSaid(p), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestModelPageSaysThatTwoConstructsAreOne(t *testing.T) {
	text := modelSaid(page(buildModel(t, "en", modelAnswers(300, true, false)), "model"))
	if !regexp.MustCompile(`HTMT of “Quality” and “Satisfaction” is [01]\.[0-9]+: respondents do not tell these two apart\.`).MatchString(text) {
		t.Errorf("HTMT is not in words:\n%s", text)
	}
}

func TestModelPageSaysWhyThereIsNoModel(t *testing.T) {
	for _, c := range []struct{ name, lang, data, want string }{
		{"few", "en", modelAnswers(20, false, false), "Only 20 usable responses: a path model needs at least 30"},
		{"few, in Chinese", "zh-CN", modelAnswers(20, false, false), "可用答卷只有 20 份"},
		{"constant", "en", modelAnswers(60, false, true), "“Quality one” has no differing answers"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := page(buildModel(t, c.lang, c.data), "model")
			if !strings.HasPrefix(p.Heading, c.want) || len(p.Sections) != 1 {
				t.Errorf("heading %q and %d sections, want %q… and one", p.Heading, len(p.Sections), c.want)
			}
		})
	}
}

func TestModelPageHasNoUndefinedNumberAndNoForeignMark(t *testing.T) {
	for _, lang := range []string{"zh-CN", "en"} {
		for _, n := range []int{30, 31, 60, 300} {
			r := buildModel(t, lang, modelAnswers(n, false, false))
			text := modelSaid(page(r, "model"))
			for _, bad := range []string{"NaN", "Inf", "model.", "ACSI score", "CCSI score", "ACSI 得分", "CCSI 得分"} {
				if strings.Contains(text, bad) {
					t.Errorf("%s, n = %d: the page holds %q", lang, n, bad)
				}
			}
		}
	}
}
