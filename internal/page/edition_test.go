package page_test

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"math"
	"regexp"
	"strings"
	"testing"

	"manyi/internal/chart"
	"manyi/internal/page"
	"manyi/internal/report"
)

// editionPage is a page with a figure of the same id as every other, a link to a
// page, to a part of this one, and out of the report.
func editionPage(name string) *report.Page {
	f := &chart.Figure{
		ID: "osat", Kind: chart.Bars, Lang: "en", Title: `A "title" href="trend.html" <b>`, Columns: []chart.Column{{ID: "share", Label: "Share", Role: chart.Value}},
		Rows: []chart.Row{{Label: "One", Cells: []float64{1}}}, Axis: chart.Axis{Reference: math.NaN()},
	}
	return &report.Page{Name: name, Title: name, Heading: "**" + name + "**", Sections: []report.Section{{ID: "all", Title: "All", Blocks: []report.Block{
		{Figure: f},
		{Findings: []report.Finding{{Page: "trend", Title: "Trend", Heading: "Up"}}},
		{Lists: []report.List{{Title: "L", Items: []string{"x"}, More: report.Link{Name: "more", Href: "trend.html#all"}}, {Title: "M", Items: []string{"x"}, More: report.Link{Name: "out", Href: "other.html#all"}}}},
	}}}}
}

func TestAnEditionIsOneDocumentWithItsLinksWithin(t *testing.T) {
	th, l := theme(t)
	got, err := th.Edition(page.Edition{
		Report: &report.Report{Survey: "cafe", Title: `Café "\</style>`, Lang: "en"}, Locale: l, Site: "Centre", Built: "Built.", Facts: []string{"base 10"},
		Chapters: []page.EditionChapter{{Pages: []page.EditionPage{{Page: editionPage("index")}}}, {Name: "Breakdowns", Pages: []page.EditionPage{{Page: editionPage("trend")}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	text := string(got)
	ids := map[string]int{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(text, -1) {
		if ids[m[1]]++; ids[m[1]] > 1 {
			t.Errorf("the id %q is there twice", m[1])
		}
	}
	for _, m := range regexp.MustCompile(` href="#([^"]+)"`).FindAllStringSubmatch(text, -1) {
		if ids[m[1]] == 0 {
			t.Errorf("a link leads to %q, which is nowhere", m[1])
		}
	}
	for _, want := range []string{` href="#trend"`, ` href="#trend--all"`, ` href="other.html#all"`, `<b data-page="trend"></b>`, `id="index--fig-osat"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Count(text, "</style>") != 1 || strings.Count(text, "<script") != 1 {
		t.Error("a title ends the style, or there is another script than the switch")
	}
	_, after, _ := strings.Cut(text, "<script>")
	script, _, _ := strings.Cut(after, "</script>")
	sum := sha256.Sum256([]byte(script))
	if hash := "script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(html.UnescapeString(text), hash) {
		t.Errorf("the policy does not let the switch run, want %s", hash)
	}
}
