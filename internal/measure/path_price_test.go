package measure_test

import (
	"fmt"
	"math"
	"testing"

	"manyi/internal/survey"
)

const priced = `manyi: 1
id: cafe
languages: [en]
title: x
scales:
  ten: {points: 1..10, level: interval, low: low, high: high}
pages:
  - id: a
    questions:
      - {id: s1, type: rating, scale: ten, text: one}
      - {id: s2, type: rating, scale: ten, reverse: true, text: two}
      - {id: again, type: number, min: 0, max: 10, text: again}
      - {id: rise, type: number, min: 0, max: 100, text: rise}
      - {id: cut, type: number, min: 0, max: 100, text: cut}
analyses:
  - id: model
    method: path_model
    bootstrap: {resamples: 100}
    constructs:
      satisfaction: {items: [s1, s2]}
      loyalty: {items: [again], price_tolerance: {rise: rise, cut: cut}}
    paths: [[satisfaction, loyalty]]
    target: loyalty
`

func TestPriceToleranceReversedItemsAndNumbersAreOnOneScale(t *testing.T) {
	rows := [][]string{{"id", "s1", "s2", "again", "rise", "cut"}}
	for i := range 60 {
		x := i%10 + 1 // 1 … 10
		row := []string{fmt.Sprint(i), fmt.Sprint(x), fmt.Sprint(11 - min(10, max(1, x+i%3-1))), fmt.Sprint(x - i%2), "", ""}
		if x > 5 {
			row[4] = fmt.Sprint((x - 5) * 5) // 5 … 25 %
		} else {
			row[5] = fmt.Sprint((5 - x) * 5) // 0 … 20 %
		}
		rows = append(rows, row)
	}
	m := modelIn(t, pathMeasured(t, priced, rows).Block)
	if m.Why != "" {
		t.Fatal(m.Why)
	}
	price := m.Constructs[1].Indicators[1]
	if price.ID != survey.PriceItem || math.Abs(float64(price.Mean)-55) > 1e-9 { // mean 2.5 % of ±25 %
		t.Errorf("got %s with mean %v, want 55", price.ID, price.Mean)
	}
	if again := m.Constructs[1].Indicators[0]; math.Abs(float64(again.Mean)-50) > 1e-9 {
		t.Errorf("number from 0 to 10: mean %v of 100, want 50", again.Mean)
	}
	for _, i := range m.Constructs[0].Indicators {
		if i.Loading < .9 {
			t.Errorf("%s: loading %v; a reversed item must turn round", i.ID, i.Loading)
		}
	}
	if m.Paths[0].Coefficient < .9 || m.Target != "loyalty" {
		t.Errorf("path %v to %s", m.Paths[0].Coefficient, m.Target)
	}
}
