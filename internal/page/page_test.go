package page_test

import (
	"html/template"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/chart"
	"manyi/internal/diag"
	"manyi/internal/page"
	"manyi/internal/report"
	"manyi/internal/survey"
	"manyi/templates"
)

func theme(t *testing.T) (*page.Theme, *survey.Locale) {
	t.Helper()
	th, err := page.Load(templates.Files, survey.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := survey.LoadLocale(templates.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	return th, l
}

// golden compares with testdata/name; UPDATE=1 writes it. Styles, the
// script with its model and the names of hashed assets are not part of it.
func golden(t *testing.T, name string, got []byte, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	text := string(got)
	if from := strings.Index(text, "<style>"); from >= 0 {
		text = text[:from+7] + "…" + text[strings.Index(text, "</style>"):]
	}
	if from := strings.Index(text, `<script type="application/json" id="model"`); from >= 0 {
		text = text[:from] + "…\n" + text[strings.LastIndex(text, "</body>"):]
	}
	words := strings.FieldsSeq(text)
	for w := range words {
		for _, asset := range []string{"report.", "explore.", "echarts.", "scheme."} {
			if at := strings.Index(w, "assets/"+asset); at >= 0 {
				text = strings.ReplaceAll(text, w[at+len("assets/"+asset):][:8], "HASH")
			}
		}
		if strings.Contains(w, "sha256-") {
			text = strings.ReplaceAll(text, w, "sha256-…")
		}
	}
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s differs; UPDATE=1 go test ./internal/page writes it, then read the diff", name)
	}
}

func TestReportPage(t *testing.T) {
	th, l := theme(t)
	f := &chart.Figure{
		ID: "osat-trend", Kind: chart.Bars, Lang: "en", Title: "A <title>", Note: "A note",
		Columns: []chart.Column{{ID: "share", Label: "Share", Role: chart.Value, Format: chart.Format{Percent: true}}},
		Rows:    []chart.Row{{Label: "One & two", Cells: []float64{0.5}}},
		Axis:    chart.Axis{Reference: math.NaN()},
	}
	p := &report.Page{Name: "index", Title: "Overview", Kicker: "2026", Heading: "**81%** are <satisfied>.", Sections: []report.Section{{ID: "all", Title: "All blocks", Blocks: []report.Block{
		{Text: "A sentence with **emphasis**."},
		{Note: "A caution."},
		{Cards: []report.Card{{Label: "Score", Value: "76.3", Unit: "/ 100", Interval: "75–77", Change: "+0.2", Whisker: &report.Whisker{Max: 100, Value: 76.3, Low: 75, High: 77, Target: math.NaN()}}, {Label: "Share", Value: "81%"}}},
		{Lists: []report.List{{Title: "Best", Ordered: true, Items: []string{"One"}}, {Title: "Moved", Empty: "None."}}},
		{Figure: f},
		{Table: &report.Table{ID: "means", Caption: "Means", Head: []string{"Item", "Mean"}, Note: "How to read it.", Rows: []report.Row{{Label: "Group"}, {Label: "One", Cells: []report.Cell{{Text: "4.05", Mark: "B", Tone: "good"}}}}}},
	}}}}
	got, err := th.Report(page.Report{
		Report: &report.Report{Survey: "cafe", Title: "Café", Lang: "en"}, Page: p, Locale: l, Site: "Centre", Home: "../index.html", ToAssets: "../assets/", Limits: true, Results: "results.json", Built: "Built.", Search: "search.js",
		Nav: []page.Chapter{{Links: []page.Link{{Name: "Overview", Href: "index.html", Current: true}}}, {Name: "Breakdowns", Links: []page.Link{{Name: "Trend", Href: "trend.html"}, {Name: "A detail", Href: "detail.html", Detail: true, Away: true}}}}, Languages: []page.Link{{Name: "中文", Tag: "zh-CN", Href: "zh-CN/index.html"}, {Name: "English", Tag: "en", Href: "index.html", Current: true}},
	})
	golden(t, "report.html", got, err)
}

func TestSurveyPage(t *testing.T) {
	th, l := theme(t)
	definition := `manyi: 1
id: cafe
version: 2
languages: [en]
title: Café
intro: "About **3 minutes**. <b>No mark-up.</b>"
privacy: {anonymous: true, contact: cx@example.com, retain_months: 24}
collect:
  channel: {type: urlencoded, url: "http://127.0.0.1:8080/"}
scales:
  ten:
    points: 1..10
    low: Poor
    high: Excellent
pages:
  - id: one
    title: First
    questions:
      - {id: osat, type: rating, scale: sat5, required: true, text: All in all, help: One answer.}
      - {id: grade, type: rating, scale: ten, text: Grade}
      - {id: again, type: yes_no, text: Again}
      - id: aspects
        type: matrix
        scale: sat5
        text: Aspects
        rows: [{id: speed, label: Speed}]
      - id: why
        type: multiple_choice
        max_choices: 2
        show_if: again == "no"
        text: Why
        options: [{code: late, label: Late}, {code: other, label: Other, write_in: true}]
      - {id: where, type: dropdown, text: Where, options: [{code: n, label: North}, {code: s, label: South}]}
      - {id: visits, type: number, min: 0, max: 99, text: Visits}
      - {id: name, type: short_text, max_length: 40, text: Name}
      - {id: more, type: long_text, text: More}
      - {id: thanks, type: note, text: "*Thank you*"}
`
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/cafe/survey.yaml": {Data: []byte(definition)}}, "surveys/cafe", &survey.Workspace{Languages: []string{"en"}}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	got, err := th.Survey(page.Survey{Survey: s, Locales: []*survey.Locale{l}, Site: survey.Text{"": "Centre"}})
	golden(t, "survey.html", got, err)
}

func TestIndexPage(t *testing.T) {
	th, l := theme(t)
	got, err := th.Index(page.Index{Locale: l, Site: "Centre", Heading: "Reports", ToAssets: "assets/", Items: []page.Item{{Title: "Café", Href: "cafe/index.html", Message: "**81%** satisfied", Note: "250 responses"}}})
	golden(t, "index.html", got, err)
}

func TestMarkdownLetsNothingThrough(t *testing.T) {
	embed := func(name string) (template.HTML, error) { return template.HTML("<figure>" + name + "</figure>"), nil }
	for source, want := range map[string]string{
		"<script>alert(1)</script>":    "<!-- raw HTML omitted -->\n",
		"[x](javascript:alert(1))":     "<p><a href=\"\">x</a></p>\n",
		"[x](&#106;avascript:alert)":   "<p><a href=\"\">x</a></p>\n",
		"![x](https://evil.example/p)": "<p>x</p>\n",
		"![x](//evil.example/p)":       "<p>x</p>\n",
		`![](\\\\evil.example/c.png)`:  "<p></p>\n",
		"![x](< //evil/d.png>)":        "<p>x</p>\n",
		"![x](../../up.png)":           "<p>x</p>\n",
		"![x](data:text/html,y)":       "<p>x</p>\n",
		"![Trend](figure:osat-trend)":  "<figure>osat-trend</figure>\n",
		"![a \"b\"](pictures/x.png)":   "<p><img src=\"pictures/x.png\" alt=\"a &#34;b&#34;\"></p>\n",
		"| a |\n|--:|\n| 1 |":          "<table>\n<thead>\n<tr>\n<th align=\"right\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align=\"right\">1</td>\n</tr>\n</tbody>\n</table>\n",
	} {
		got, err := page.Markdown([]byte(source), page.Writing{Figure: embed})
		if err != nil || string(got) != want {
			t.Errorf("%q gives %q, %v; want %q", source, got, err, want)
		}
	}
}

func TestMarkdownLinksToMethodPagesThatAreThere(t *testing.T) {
	to := func(name string) string { return map[string]string{"gap": "../methods/gap.html"}[name] }
	for source, want := range map[string]string{
		"[the *gap*](method:gap)": "<p><a href=\"../methods/gap.html\">the <em>gap</em></a></p>\n",
		"a [b *c*](method:no) d":  "<p>a b <em>c</em> d</p>\n",
		"    x":                   "<pre tabindex=\"0\"><code>x\n</code></pre>\n",
		"| a |\n|---|\n| 1 |":     "<div class=\"scroll\" tabindex=\"0\"><table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table></div>\n",
	} {
		if got, err := page.Markdown([]byte(source), page.Writing{Method: to}); err != nil || string(got) != want {
			t.Errorf("%q gives %q, %v; want %q", source, got, err, want)
		}
	}
	if got, _ := page.Markdown([]byte("[x](method:gap)"), page.Writing{}); string(got) != "<p>x</p>\n" {
		t.Errorf("a survey's text gives %q", got)
	}
}

func TestFortyQuestionsFitTheBudget(t *testing.T) {
	th, l := theme(t)
	var b strings.Builder
	b.WriteString("manyi: 1\nid: cafe\nversion: 1\nlanguages: [en]\ntitle: Café\npages:\n  - id: one\n    questions:\n")
	for i := range 40 {
		b.WriteString("      - {id: q" + strings.Repeat("x", i+1)[:min(i+1, 30)] + string(rune('a'+i%26)) + ", type: rating, scale: sat7, text: How satisfied are you with the way this part of the service was provided on your last visit}\n")
	}
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/cafe/survey.yaml": {Data: []byte(b.String())}}, "surveys/cafe", &survey.Workspace{Languages: []string{"en"}}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	got, err := th.Survey(page.Survey{Survey: s, Locales: []*survey.Locale{l}, Site: survey.Text{"": "Centre"}})
	if err != nil {
		t.Fatal(err)
	}
	markup, _, script := apart(t, got)
	t.Logf("40 questions: %d bytes of HTML, style and model, %d of script, in gzip", zipped(t, markup), zipped(t, script))
	if size := zipped(t, script); size > 20<<10 { // with QR; TestTheBareScriptFitsTheBudget has it without
		t.Errorf("the script has %d bytes gzipped, the budget is %d", size, 20<<10)
	}
	if size := zipped(t, markup); size > 25<<10 {
		t.Errorf("a survey of 40 questions has %d bytes gzipped, the budget is %d", size, 25<<10)
	}
}
