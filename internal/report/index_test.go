package report_test

import (
	"fmt"
	"strings"
	"testing"

	"manyi/internal/report"
)

const indexDefinition = definition + `analyses:
  - id: index
    method: csi
    target: 80
    outcome: osat
    judgements: [[1, 7], [1/7, 1]]
    facets:
      - {id: product, label: {zh-CN: 产品, en: Product}, weight: 0.6, items: [{id: aspects_coffee, importance: 3, owner: Barista}, {id: aspects_price, importance: 5}]}
      - {id: place, weight: 0.4, items: [{id: aspects_staff, importance: 4}, {id: aspects_seats, importance: 2, target: 90}]}
  - id: points
    label: {zh-CN: 锚定指数, en: Anchored index}
    method: csi
    extends: restaurant
    mapping: {1: 0, 2: 30, 3: 60, 4: 80, 5: 100}
    facets: [{id: food, items: [{id: aspects_coffee, factor: taste}]}]
  - id: firm
    method: enterprise
    return: {question: osat, codes: [4, 5], beside: {question: osat, codes: [5]}}
    complaint: {question: osat, codes: [1, 2]}
    sales: {value: 90, min: 0, max: 100}
  - id: audit
    method: service_evaluation
    target: 95
    items: [{id: a, weight: 10, score: 9, stage: before}, {id: b, weight: 5, stage: after}, {id: c, weight: 5, involved: false}]
    deductions: [{label: x, points: 1}]
`

// allTexts are all words of a page.
func allTexts(p *report.Page) string {
	var b strings.Builder
	fmt.Fprintln(&b, p.Heading)
	for _, s := range p.Sections {
		fmt.Fprintln(&b, s.Title)
		for _, block := range s.Blocks {
			fmt.Fprintln(&b, block.Text, block.Note, block.Cards, block.Lists)
			if f := block.Figure; f != nil {
				fmt.Fprintln(&b, f.Title, f.Note)
				for _, r := range f.Rows {
					fmt.Fprintln(&b, r.Label, r.Why)
				}
			}
			if t := block.Table; t != nil {
				fmt.Fprintln(&b, t.Caption, t.Head, t.Rows, t.Note)
			}
		}
	}
	return b.String()
}

func pageOf(r *report.Report, name string) *report.Page {
	for _, p := range r.Pages {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// Whatever the answers are, the page has words for all it says and no number that is none.
func TestIndexPageHasWordsForEverything(t *testing.T) {
	for name, rows := range map[string][]string{
		"two waves":          {answers("1", 40, "n", 4, 5), answers("1", 30, "s", 2, 3), answers("2", 40, "n", 3, 4), answers("2", 30, "s", 3, 5)},
		"one wave":           {answers("2", 40, "n", 4, 5)},
		"alike":              {answers("1", 6, "n", 4, 4), answers("2", 6, "n", 4, 4)},
		"a group too small":  {answers("2", 40, "n", 4, 5), answers("2", 3, "s", 2, 3)},
		"few":                {answers("2", 5, "n", 4, 5)},
		"nobody rated items": {blankRows(20)},
	} {
		for _, lang := range []string{"zh-CN", "en"} {
			t.Run(name+" "+lang, func(t *testing.T) {
				p := pageOf(buildOf(t, indexDefinition, lang, rows...), "satisfaction-index")
				if p == nil {
					t.Fatal("no page")
				}
				for _, wrong := range []string{"(csi.", "(enterprise.", "(service.", "(reason.", "(title.", "(unit.", "NaN", "{"} {
					if s := allTexts(p); strings.Contains(strings.ReplaceAll(s, "[{", "["), wrong) && (wrong != "{" || strings.Contains(s, "{name}")) {
						t.Errorf("the page says %q in\n%s", wrong, s)
					}
				}
			})
		}
	}
}

// blankRows are responses that rate nothing but the whole.
func blankRows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "2b%d,2,n,4,,,,\n", i)
	}
	return b.String()
}

func TestIndexLeadsTheOverview(t *testing.T) {
	rows := []string{answers("1", 40, "n", 4, 5), answers("2", 40, "n", 3, 4)}
	without, with := build(t, "en", rows...), buildOf(t, indexDefinition, "en", rows...)
	if got := pageOf(with, "index").Heading; !strings.HasPrefix(got, "**Satisfaction index: ") {
		t.Errorf("the heading begins %q", got)
	}
	card := pageOf(with, "index").Sections[0].Blocks[0].Cards[0]
	if !strings.HasPrefix(card.Label, "Satisfaction index: target 80.0") || card.Whisker == nil || card.Whisker.Target != 80 {
		t.Errorf("the first card is %+v", card)
	}
	if got := pageOf(without, "index").Heading; strings.Contains(got, "index") {
		t.Errorf("without an index the heading is %q", got)
	}
	if pageOf(without, "satisfaction-index") != nil {
		t.Error("there is a page of no index")
	}
}

// Figures of analyses stand on other pages under the names of their parts.
func TestFiguresOfAnalysesAreCalledByName(t *testing.T) {
	r := buildOf(t, indexDefinition, "en", answers("1", 40, "n", 4, 5), answers("1", 30, "s", 2, 3), answers("2", 40, "n", 3, 4), answers("2", 30, "s", 3, 5))
	for _, name := range []string{"trend", "segments"} {
		said := allTexts(pageOf(r, name))
		if !strings.Contains(said, "Product") {
			t.Errorf("the page %s does not name the facet in\n%s", name, said)
		}
		if strings.Contains(said, ": product") || strings.Contains(said, "facets") {
			t.Errorf("the page %s shows a key in\n%s", name, said)
		}
	}
}
