package measure_test

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// weakDefinition has four services, each asked for satisfaction, importance,
// perception and expectation, and as a Kano pair for the first two.
const weakDefinition = `manyi: 1
id: x
languages: [en]
title: x
scales:
  seven: {points: 1..7, low: a, high: b}
pages:
  - id: p
    questions:
      - {id: y, type: rating, scale: seven, text: y}
      - {id: s, type: matrix, scale: seven, text: s, rows: ROWS}
      - {id: i, type: matrix, scale: seven, text: i, rows: ROWS}
      - {id: p, type: matrix, scale: seven, text: p, rows: ROWS}
      - {id: e, type: matrix, scale: seven, text: e, rows: ROWS}
KANOREPORT
analyses:
`

const weakRows = "[{id: a, label: A}, {id: b, label: B}, {id: c, label: C}, {id: d, label: D}]"

const weakAnalyses = `  - id: matrix
    method: importance_performance
    importance: stated
    bootstrap: {resamples: 200}
    items: [{id: a, performance: s_a, importance: i_a}, {id: b, performance: s_b, importance: i_b}, {id: c, performance: s_c, importance: i_c}, {id: d, performance: s_d, importance: i_d}]
  - id: gaps
    method: gap
    dimensions: [{id: all, pairs: [{perceived: p_a, expected: e_a}, {perceived: p_b, expected: e_b}, {perceived: p_c, expected: e_c}, {perceived: p_d, expected: e_d}]}]
  - id: index
    method: csi
    facets:
      - {id: front, weight: 0.5, target: 90, items: [{id: s_a, owner: Desk}, {id: s_c, target: 60}]}
      - {id: back, weight: 0.5, items: [s_b, s_d]}
  - id: moved
    method: drivers
    outcome: y
    items: [s_a, s_b, s_c, s_d]
    bootstrap: {resamples: 200}
  - id: ends
    method: penalty_reward
    outcome: y
    items: [s_a, s_b, s_c, s_d]
    low: [1, 2, 3]
    high: [6, 7]
    bootstrap: {resamples: 200}
`

func weakSurvey(analyses, report string) string {
	pairs := ""
	if analyses == weakAnalyses {
		pairs = "      - {id: k, type: kano, text: k, features: [{id: a, label: A}, {id: b, label: B}]}\n"
	}
	return strings.NewReplacer("ROWS", weakRows, "KANO", pairs, "REPORT", report).Replace(weakDefinition) + analyses
}

// weakData answers so that item a is weak by every method: important, rated
// low, far below what is expected, driving y, basic and a must-be.
func weakData(n int) string {
	var b strings.Builder
	b.WriteString("_id,y,s_a,s_b,s_c,s_d,i_a,i_b,i_c,i_d,p_a,p_b,p_c,p_d,e_a,e_b,e_c,e_d,k_a_f,k_a_d,k_b_f,k_b_d\n")
	for i := range n {
		a := []int{2, 3, 4, 4, 5, 6}[i%6]
		y := min(a+1, 5) + i%2 // falls with low a, and rises no further with high a
		fmt.Fprintf(&b, "r%d,%d,%d,%d,%d,%d", i, y, a, 5+i/2%3, 5+i/3%3, 5+i/5%3)
		fmt.Fprintf(&b, ",%d,%d,%d,%d", 6+i%2, 4+i/3%3, 4+i/2%3, 4+i/7%3)                                                       // importance
		fmt.Fprintf(&b, ",%d,%d,%d,%d,%d,%d,%d,%d,2,5,1,5\n", 3+i%2, 5+i%2, 5+i/2%2, 5+i/3%2, 6+i/2%2, 6+i/3%2, 6+i%2, 6+i/5%2) // perceived, expected, Kano
	}
	return b.String()
}

func weigh(t *testing.T, definition, rows string) *measure.Results {
	t.Helper()
	return judged(t, definition, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(rows)), nil }, nil)
}

func weakOf(t *testing.T, definition, rows string) *measure.WeakItems {
	t.Helper()
	w, _ := weigh(t, definition, rows).Analyses["weak_items"].(*measure.WeakItems)
	return w
}

func whys(reasons []*measure.WeakReason) []string {
	var out []string
	for _, r := range reasons {
		out = append(out, r.Why)
	}
	return out
}

func TestWeakItemsJoinWhatEveryMethodSaysOfOneItem(t *testing.T) {
	w := weakOf(t, weakSurvey(weakAnalyses, ""), weakData(240))
	if w == nil || len(w.Items) == 0 {
		t.Fatalf("no list: %+v", w)
	}
	first := w.Items[0]
	want := []string{measure.InConcentrate, measure.DriverBelow, measure.BasicBelow, measure.WideGap, measure.MustBeBelow}
	if got := whys(first.Reasons); first.ID != "s_a" || first.Rank != 1 || !slices.Equal(got, want) {
		t.Errorf("first: %s %d %v, want s_a 1 %v; undecided %v", first.ID, first.Rank, got, want, whys(first.Undecided))
	}
	if first.Owner != "Desk" {
		t.Errorf("owner %q, want that of the index", first.Owner)
	}
	for _, r := range first.Reasons {
		if !(r.Value < r.Line) || !(r.CI95[1] < r.Line) || !(r.Strength > 1) {
			t.Errorf("%s: value %v, interval %v, line %v, strength %v: the interval must exclude the line", r.Why, r.Value, r.CI95, r.Line, r.Strength)
		}
	}
	facet := w.Items[slices.IndexFunc(w.Items, func(i *measure.WeakItem) bool { return i.Facet != "" })]
	if facet.ID != "front" || facet.Facet != "index" || !slices.Equal(whys(facet.Reasons), []string{measure.BelowTarget}) || facet.Owner != "" {
		t.Errorf("facet: %+v", facet)
	}
	for k, i := range w.Items {
		if i.Rank != k+1 || k > 0 && len(i.Methods()) > len(w.Items[k-1].Methods()) {
			t.Errorf("%s: rank %d out of order", i.ID, i.Rank)
		}
	}
}

func TestWeakItemsNeverRankWhatChanceMayExplain(t *testing.T) {
	target := "  - {id: index, method: csi, facets: [{id: front, weight: 1, items: [{id: s_a, target: 52}, {id: s_b, target: 99}]}]}\n"
	w := weakOf(t, weakSurvey(target, ""), weakData(36))
	if len(w.Items) != 1 || w.Items[0].ID != "s_b" || len(w.Open) != 1 || w.Open[0].ID != "s_a" || w.Open[0].Rank != 0 {
		t.Fatalf("items %+v, undecided %+v", w.Items, w.Open)
	}
	if r := w.Open[0].Undecided[0]; !(r.Value < r.Line) || !(r.CI95[1] >= r.Line) || !(r.Strength <= 1) {
		t.Errorf("undecided: %+v", r)
	}
}

func TestWeakItemsWithoutAnythingThatSpeaksOfPriorities(t *testing.T) {
	index := "  - {id: index, method: csi, facets: [{id: front, weight: 1, items: [s_a, s_b]}]}\n"
	if w := weakOf(t, weakSurvey(index, ""), weakData(60)); w != nil {
		t.Errorf("a list from an index without targets: %+v", w)
	}
	w := weakOf(t, weakSurvey(index, "report: {targets: {s_a: 6}}"), weakData(60))
	if w == nil || len(w.Items) != 1 || w.Items[0].Reasons[0].Method != "targets" {
		t.Fatalf("a target of a question: %+v", w)
	}
	near(t, "the line, 6 of 1–7 on 0–100", float64(w.Items[0].Reasons[0].Line), 500./6)
}

func TestWeakItemsOfFewAndEqualAnswers(t *testing.T) {
	for _, n := range []int{0, 1, 2, 4, 5, 6} {
		r := weigh(t, weakSurvey(weakAnalyses, "report: {targets: {s_a: 6}}"), weakData(n))
		raw, err := json.Marshal(r)
		if err != nil || strings.Contains(string(raw), "NaN") {
			t.Errorf("%d responses: %v", n, err)
		}
		if w, _ := r.Analyses["weak_items"].(*measure.WeakItems); w != nil && n < 5 && len(w.Items)+len(w.Open) > 0 {
			t.Errorf("%d responses are under the threshold and give %d items", n, len(w.Items))
		}
	}
	var same strings.Builder
	same.WriteString("_id,s_a,s_b\n")
	for i := range 40 {
		same.WriteString(fmt.Sprintf("r%d,2,5\n", i))
	}
	w := weakOf(t, strings.TrimSuffix(weakSurvey("", "report: {targets: {s_a: 6}}"), "analyses:\n"), same.String())
	if w == nil || len(w.Items) != 0 || len(w.Open) != 1 {
		t.Errorf("answers that are all alike have no interval, so nothing is sure: %+v", w)
	}
}

func TestWeakItemsKeepTwoPlacesApart(t *testing.T) {
	both := "  - {id: moved, method: drivers, outcome: y, items: [s_a, s_b, p_a, p_b], bootstrap: {resamples: 100}}\n"
	w := weakOf(t, weakSurvey(both, "report: {targets: {s_a: 7, p_a: 7}}"), weakData(120))
	var ids []string
	for _, i := range w.Items {
		ids = append(ids, i.ID)
	}
	if !slices.Contains(ids, "s_a") || !slices.Contains(ids, "p_a") {
		t.Errorf("rows that an analysis tells apart are two items: %v", ids)
	}
}
