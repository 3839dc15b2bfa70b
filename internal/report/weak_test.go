package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"manyi/internal/report"
)

// weakDefinition has two rated services and a target for one of them, no matrix.
const weakDefinition = `manyi: 1
id: x
languages: [en, zh-CN]
title: x
pages:
  - id: p
    questions:
      - {id: y, type: rating, points: 1..7, low: a, high: b, text: Overall, label: Overall}
      - {id: s, type: rating, points: 1..7, low: a, high: b, text: Staff, label: "<b>Staff</b>"}
report: {targets: {s: %s}}
`

func weakAnswers(n int) string {
	var b strings.Builder
	b.WriteString("_id,y,s\n")
	for i := range n {
		fmt.Fprintf(&b, "r%d,%d,%d\n", i, 5+i%2, 3+i%2)
	}
	return b.String()
}

func namedPage(r *report.Report, name string) *report.Page {
	i := slices.IndexFunc(r.Pages, func(p *report.Page) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return r.Pages[i]
}

func TestTheImprovementListHasAPageAndAPlaceOnTheOverview(t *testing.T) {
	for lang, first := range map[string]string{"en": "What to work on first", "zh-CN": "先改什么"} {
		r := reported(t, fmt.Sprintf(weakDefinition, "6"), lang, weakAnswers(60))
		page := namedPage(r, "priorities")
		if page == nil || page.Sections[0].ID != "weak-items" {
			t.Fatalf("%s: no page for the list", lang)
		}
		all := strings.Join(texts(page), "\n")
		if strings.Contains(all, "weak.") || strings.Contains(all, "NaN") || !strings.Contains(page.Heading, "<b>Staff</b>") {
			t.Errorf("%s: %s", lang, all)
		}
		lists := namedPage(r, "index").Sections[0].Blocks[1].Lists
		if last := lists[len(lists)-1]; last.Title != first || len(last.Items) != 1 || last.More.Href != "priorities.html#weak-items" {
			t.Errorf("%s: overview: %+v", lang, last)
		}
	}
}

func TestAListWithoutAReasonNamesNothingFirst(t *testing.T) {
	met := reported(t, fmt.Sprintf(weakDefinition, "2"), "en", weakAnswers(60))
	if p := namedPage(met, "priorities"); p != nil {
		t.Errorf("a met target has a page: %s", p.Heading)
	}
	open := reported(t, fmt.Sprintf(weakDefinition, "3.51"), "en", weakAnswers(60))
	p := namedPage(open, "priorities")
	if p == nil || !strings.Contains(p.Heading, "No item is clearly weak") || len(p.Sections) != 2 {
		t.Fatalf("an undecided target: %+v", p)
	}
	for _, b := range namedPage(open, "index").Sections[0].Blocks {
		for _, l := range b.Lists {
			if l.More.Href != "" {
				t.Errorf("the overview names %v first, though nothing is sure", l.Items)
			}
		}
	}
}

// TestTheHeadingNamesOnlyWhatTheMatrixDoesNotDoubt has a and b below their
// targets; a is to fix first by the matrix, b lies on its line.
func TestTheHeadingNamesOnlyWhatTheMatrixDoesNotDoubt(t *testing.T) {
	definition := `manyi: 1
id: x
languages: [en, zh-CN]
title: x
pages:
  - id: p
    questions:
      - {id: ia, type: rating, points: 1..7, low: a, high: b, text: A matters, label: A matters}
      - {id: ib, type: rating, points: 1..7, low: a, high: b, text: B matters, label: B matters}
      - {id: ic, type: rating, points: 1..7, low: a, high: b, text: C matters, label: C matters}
      - {id: a, type: rating, points: 1..7, low: a, high: b, text: Alpha, label: Alpha}
      - {id: b, type: rating, points: 1..7, low: a, high: b, text: Beta, label: Beta}
      - {id: c, type: rating, points: 1..7, low: a, high: b, text: Gamma, label: Gamma}
report: {targets: {a: 6, b: 6}}
analyses:
  - id: matrix
    method: importance_performance
    bootstrap: {resamples: 100}
    items: [{id: a, performance: a, importance: ia}, {id: b, performance: b, importance: ib}, {id: c, performance: c, importance: ic}]
`
	var rows strings.Builder
	rows.WriteString("_id,ia,ib,ic,a,b,c\n")
	for i := range 60 {
		fmt.Fprintf(&rows, "r%d,%d,%d,%d,%d,%d,%d\n", i, 6+i%2, 6+i%2, 2+i%2, 1+i%2, 3+i%2, 5+i%2)
	}
	r := reported(t, definition, "en", rows.String())
	page := namedPage(r, "priorities")
	if !strings.Contains(page.Heading, "Alpha") || strings.Contains(page.Heading, "Beta") || !strings.Contains(page.Heading, "One more in front on the list is left out") {
		t.Errorf("the heading names what the matrix cannot place: %s", page.Heading)
	}
	for _, l := range namedPage(r, "index").Sections[0].Blocks[1].Lists {
		if l.More.Href == "priorities.html#weak-items" && (len(l.Items) != 1 || !strings.Contains(l.Items[0], "Alpha") || l.Note == "") {
			t.Errorf("the overview: %+v", l)
		}
	}
}
