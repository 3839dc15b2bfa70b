package measure_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// What history says of an item breaks every figure that is made of it, and only
// those: the dimension of a gap, the feature of a Kano question, the loyalty
// groups, an index; what it says of an analysis marks the analysis.
func TestHistoryReachesEveryFigureMadeOfAnItem(t *testing.T) {
	definition := `manyi: 1
id: s
version: 2
languages: [en]
title: Made
pages:
  - id: one
    questions:
      - {id: p, type: matrix, scale: sat5, text: Met, rows: [{id: a, label: A}, {id: b, label: B}]}
      - {id: e, type: matrix, scale: sat5, text: Wanted, rows: [{id: a, label: A}, {id: b, label: B}]}
      - {id: k, type: kano, text: Features, features: [{id: x, label: X, functional: With, dysfunctional: Without}, {id: y, label: Y, functional: With, dysfunctional: Without}]}
      - {id: again, type: rating, scale: sat5, text: Again}
analyses:
  - {id: index, method: csi, facets: [{id: f, weight: 1, items: [p_a, p_b]}, {id: g, weight: 1, items: [again]}]}
  - id: gaps
    method: gap
    dimensions:
      - {id: one, label: One, pairs: [{perceived: p_a, expected: e_a}]}
      - {id: two, label: Two, pairs: [{perceived: p_b, expected: e_b}]}
  - {id: wishes, method: kano, question: k}
  - {id: factors, method: two_factor, hygiene: [p_a], motivators: [p_b]}
history:
  - {wave: "2", item: e_a, change: wording}
  - {wave: "2", item: k_x_f, change: other}
  - {wave: "2", item: p_b, change: routing}
  - {wave: "2", item: index, change: weights, note: New weights.}
waves:
  - {id: "1"}
  - {id: "2"}
`
	var csv strings.Builder
	csv.WriteString("_id,_wave,p_a,p_b,e_a,e_b,k_x_f,k_x_d,k_y_f,k_y_d,again\n")
	for i := range 80 {
		fmt.Fprintf(&csv, "%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n", i, 1+i/40, 1+i%5, 1+i*3%5, 1+i*7%5, 1+i/3%5, 1+i%5, 1+i/5%5, 1+i*2%5, 1+i/2%5, 1+i*4%5)
	}
	r := compute(t, definition, nil, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(csv.String())), nil }, nil)
	got := map[string]string{}
	for _, f := range r.Analyses["trend"].(*measure.Trend).Figures {
		got[f.Figure] = f.Steps[0].Comparability
	}
	for figure, want := range map[string]string{
		"analyses.gaps.dimensions.one.gap":  measure.NotComparable,
		"analyses.gaps.dimensions.two.gap":  measure.MarkedStep,
		"analyses.gaps.gap":                 measure.NotComparable,
		"analyses.wishes.features.x.better": measure.MarkedStep,
		"analyses.wishes.features.y.better": measure.ComparableStep,
		"analyses.factors.hygiene":          measure.ComparableStep,
		"analyses.factors.motivators":       measure.MarkedStep,
		"analyses.index.score":              measure.MarkedStep,
		"analyses.index.facets.g.score":     measure.MarkedStep,
		"questions.p_b.mean":                measure.MarkedStep,
		"questions.again.mean":              measure.ComparableStep,
	} {
		if got[figure] != want {
			t.Errorf("%s: %q, want %q", figure, got[figure], want)
		}
	}
}
