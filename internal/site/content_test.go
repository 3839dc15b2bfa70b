package site_test

import (
	"maps"
	"strings"
	"testing"

	"manyi/internal/site"
)

// six is a survey with an index and six answers, and a group of one.
var six = map[string]string{
	"manyi.yaml": "manyi: 1\ntitle: Centre\nlanguages: [en]\n",
	"surveys/cafe/survey.yaml": `manyi: 1
id: cafe
languages: [en]
title: Café
pages:
  - id: p
    questions:
      - {id: osat, type: rating, scale: sat5, metric: csat, text: All in all}
hidden: [{id: shop, from: s, allow: [a, b]}]
segments: [shop]
analyses:
  - {id: index, method: csi, facets: [{id: service, weight: 1, items: [osat]}]}
report: {filter: "osat >= 1"}
`,
	"surveys/cafe/responses/w.csv": "_id,_submitted,osat,shop\n1,2026-01-01,5,a\n2,2026-01-01,4,a\n3,2026-01-01,4,a\n4,2026-01-01,2,a\n5,2026-01-01,5,a\n6,2026-01-01,1,b\n",
}

func contentSite(t *testing.T, texts map[string]string) (files map[string]string, said string) {
	t.Helper()
	all := map[string]string{}
	maps.Copy(all, six)
	for name, text := range texts {
		all["content/cafe/"+name] = text
	}
	dir := workspaceWith(t, all)
	_, said = told(t, dir)
	return tree(t, dir), said
}

func TestTextsOfAuthorsHoldFiguresByName(t *testing.T) {
	files, said := contentSite(t, map[string]string{"note.en.md": "The index is {{index.score}} ({{ index.ci95 | 0 }}), the share {{osat_csat.share}} or {{osat_csat.share | 0%}}, " +
		"the facet {{index.facets.service.score|2}}, the base {{base.responses}}; hidden {{by_segment.shop.b.base.responses}}; `{{code}}`.\n\n```\n{{index.score}}\n```\n"})
	page := files["site/reports/cafe/note-note.html"]
	for _, want := range []string{"The index is 62.5 (", `the share 66.7% or 67%, the facet 62.50, the <span class="nb">base 6</span>; hidden (not shown); <code>{{code}}</code>.`, `<pre tabindex="0"><code>{{index.score}}` + "\n</code></pre>"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s\n%s", want, page, said)
		}
	}
}

func TestTextsOfAuthorsJoinPagesOrTakeTheirPlace(t *testing.T) {
	files, said := contentSite(t, map[string]string{
		"top.en.md":  "---\npage: index\nheading: The café scores {{index.score}}\n---\nRead **this** first.\n",
		"best.en.md": "---\npage: questions\nreplace: true\n---\nAll is said.\n",
	})
	overview, questions := files["site/reports/cafe/index.html"], files["site/reports/cafe/questions.html"]
	if !strings.Contains(overview, "<h1>The café scores 62.5</h1>") || !strings.Contains(overview, "Read <strong>this</strong> first.") || !strings.Contains(overview, `class="cards`) {
		t.Errorf("%s\n%s", overview, said)
	}
	if !strings.Contains(questions, "All is said.") || strings.Contains(questions, "<section") {
		t.Errorf("%s\n%s", questions, said)
	}
	if !strings.Contains(files["site/reports/index.html"], "The café scores 62.5") {
		t.Error("the index of reports has the old sentence")
	}
}

func TestFaultsInTextsOfAuthorsAreNamed(t *testing.T) {
	_, said := contentSite(t, map[string]string{
		"a.en.md": "Line one\nand {{index.scor}} there, {{nothing}}.\n",
		"b.en.md": "---\npage: overvew\n---\nText\n",
		"c.en.md": "---\ntitel: x\n---\nText\n",
	})
	for _, want := range []string{
		`content/cafe/a.en.md:2:5: error: the results have no {{index.scor}}`, `did you mean "index.score"?`, `a.en.md:2:27: error: the results have no {{nothing}}`,
		`content/cafe/b.en.md:2:7: error: the report has no page "overvew"`, `content/cafe/c.en.md:1: error: the head of the page cannot be read`,
	} {
		if !strings.Contains(said, want) {
			t.Errorf("no %s in\n%s", want, said)
		}
	}
}

func TestASingleFileNeedsNoOther(t *testing.T) {
	dir := workspaceWith(t, six)
	build(t, dir, site.Options{Program: "test", Single: true})
	body := tree(t, dir)["site/reports/cafe/cafe-report.html"]
	if n := strings.Count(body, "<script"); n != 1 || !strings.Contains(body, "sha256-") {
		t.Errorf("the file has %d scripts, want that of the switch alone, under its hash", n)
	}
	for _, bad := range []string{"<script src", "<link rel=\"stylesheet\"", ".html\"", ".csv\"", "src=\"a"} {
		if strings.Contains(body, bad) {
			t.Errorf("the file holds %q", bad)
		}
	}
	for _, want := range []string{"Only responses with: osat &gt;= 1", "Base 6 responses", `href="#questions"`, `<article id="method">`} {
		if !strings.Contains(body, want) {
			t.Errorf("the file lacks %q", want)
		}
	}
}
