package measure_test

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

const calculating = `manyi: 1
id: cafe
languages: [en]
title: Cafe
pages:
  - id: all
    questions:
      - {id: osat, type: rating, scale: sat5, text: overall}
      - {id: age, type: number, text: age}
      - {id: p, type: multiple_choice, text: problems, options: [{code: late, label: late}, {code: rude, label: rude}]}
hidden:
  - {id: visited}
  - {id: region, from: rg, allow: [east, west]}
calculated:
  - {id: unhappy, expr: osat <= 2}
  - {id: mood, expr: 'unhappy ? "bad" : (osat == 3 ? "fair" : "good")'}
  - {id: double, expr: age * 2}
  - {id: half, expr: double / 4}
  - {id: troubles, expr: count(p)}
  - {id: recent, expr: 'visited >= "2026-02-01" and visited <= today()'}
  - {id: from_east, expr: 'param("rg") == "east"'}
segments: [mood]
privacy: {anonymous: true}
`

const calculatedData = `_id,_submitted,_lang,osat,age,visited,p_late,p_rude,region,unhappy
1,2026-02-20,en,1,20,2026-01-05,1,1,east,no
2,2026-03-20,en,3,40,2026-03-01,0,0,west,yes
3,2026-02-20,de,5,,2026-03-01,1,0,east,
4,2026-03-20,en,,30,2026-03-01,,,,
5,,en,4,50,2026-03-01,0,1,east,
`

// computed measures the definition, with lines added, over the data.
func computed(t *testing.T, more string) *measure.Results {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/cafe/survey.yaml": {Data: []byte(calculating + more)}}, "surveys/cafe", nil, &problems)
	if problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	source := table.Source{Name: "responses/a.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(calculatedData)), nil }}
	answers, err := table.Read(s.Schema(), []table.Source{source}, table.Options{Partials: s.Report.Partials, Days: s.UsesToday()}, &problems)
	if err != nil || problems.Has(diag.Error) {
		t.Fatal(err, problems.Problems())
	}
	if len(answers.Unknown) > 0 {
		t.Errorf("unknown columns %v, want none: what is calculated may stand in a file", answers.Unknown)
	}
	return measure.Compute(s, answers, measure.Options{MinCell: 1})
}

func TestCalculatedColumnsAreComputedAnew(t *testing.T) {
	r := computed(t, "report: {partials: true}\n")
	for id, want := range map[string]map[string]int{
		"unhappy":   {"yes": 1, "no": 4},
		"mood":      {"bad": 1, "fair": 1, "good": 3},
		"recent":    {"yes": 2, "no": 3}, // those of 20 March; the fifth has no day
		"from_east": {"yes": 3, "no": 2},
	} {
		if got := r.Questions[id].Counts; !same(got, want) {
			t.Errorf("%s %v, want %v", id, got, want)
		}
	}
	for id, want := range map[string]float64{"double": 70, "half": 17.5, "troubles": 0.8} {
		if q := r.Questions[id]; q == nil || q.Mean == nil || float64(*q.Mean) != want {
			t.Errorf("mean of %s %v, want %g", id, q, want)
		}
	}
	if got := r.BySegment["mood"]["good"]; got == nil || got.Base.Responses != 3 {
		t.Errorf("a calculated column splits into %v, want good with 3", got)
	}
}

func TestTheFilterLeavesOutAndCounts(t *testing.T) {
	for filter, want := range map[string][4]int{ // counted, excluded, complete, n of osat
		"report: {partials: true}\n":                                            {5, 0, 4, 4},
		"report: {partials: true, filter: 'age >= 30'}\n":                       {3, 2, 2, 2},
		"report: {partials: true, filter: '_lang == \"en\" and answered(p)'}\n": {2, 3, 1, 2},
		"report: {filter: not unhappy}\n":                                       {3, 2, 3, 2},
		"report: {filter: 'mood == \"good\" and double > 59'}\n":                {1, 4, 1, 0},
	} {
		r := computed(t, filter)
		got := [4]int{r.Count.Counted, r.Count.Excluded, r.Base.Complete, r.Questions["osat"].N}
		if got != want || r.Count.Read != 5 || r.Base.Counted != got[0] || r.Base.Responses != got[0] {
			body, _ := json.Marshal(r.Base)
			t.Errorf("%sgives counted, excluded, complete, n %v, want %v; base %s", filter, got, want, body)
		}
	}
}

func same(a, b map[string]int) bool {
	var keys []string
	for k := range a {
		keys = append(keys, k)
	}
	for k := range b {
		keys = append(keys, k)
	}
	return !slices.ContainsFunc(keys, func(k string) bool { return a[k] != b[k] })
}
