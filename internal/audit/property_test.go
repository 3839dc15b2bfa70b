package audit_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/audit"
	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// definition has a segment, a coarser form of it, one of its own, rated and
// named answers, several answers, and crosstabs of the same questions; and the
// methods that divide a group into classes.
const definition = `manyi: 1
id: random
version: 1
languages: [en]
title: Random
pages:
  - id: one
    questions:
      - {id: osat, type: rating, scale: sat5, metric: csat, text: "Overall?"}
      - {id: again, type: rating, scale: sat5, text: "Again?"}
      - {id: kind, type: single_choice, text: "Kind?", options: [{code: x, label: X}, {code: y, label: Y}, {code: z, label: Z}]}
      - {id: ticks, type: multiple_choice, text: "Which?", options: [{code: x, label: X}, {code: y, label: Y}]}
      - {id: met, type: rating, scale: sat5, text: "Met?"}
      - {id: hoped, type: rating, scale: sat5, text: "Hoped?"}
      - {id: enough, type: rating, scale: sat5, text: "Enough?"}
      - {id: wish, type: kano, text: "Wish?", features: [{id: w, label: W}]}
hidden:
  - {id: city, allow: [a, b, c, d, e]}
  - {id: role, allow: [boss, user]}
derived:
  - {id: region, from: city, bands: {north: [a, b], south: [c, d, e]}}
segments: [city, region, role]
report: {pairs: [[city, role], [region, role]]}
waves: [{id: "1"}, {id: "2"}]
analyses:
  - {id: index, method: csi, facets: [{id: f, label: F, items: [osat]}, {id: g, label: G, items: [again]}]}
  - {id: cross, method: crosstab, rows: [osat, kind], columns: [city, role]}
  - {id: gaps, method: gap, outcome: [kind], dimensions: [{id: d, label: D, pairs: [{perceived: met, expected: hoped, adequate: enough}, {perceived: osat, expected: hoped, adequate: enough}]}, {id: e, label: E, pairs: [{perceived: again, expected: hoped}]}]}
  - {id: wishes, method: kano, question: wish}
  - {id: loyal, method: loyalty, satisfaction: osat, repurchase: again, recommend: met}
  - {id: ends, method: penalty_reward, outcome: osat, items: [again, met], bootstrap: {resamples: 100}}
  - {id: factors, method: two_factor, outcome: osat, hygiene: [again], motivators: [met], bootstrap: {resamples: 100}}
  - {id: brands, method: competitors, brand: kind, own: x, items: [osat]}
`

// responses are random: groups of very different sizes, answers that lean to
// one end, some missing.
func responses(r *rand.Rand, least int) string {
	var b strings.Builder
	b.WriteString("_id,_wave,osat,again,kind,ticks_x,ticks_y,city,role,met,hoped,enough,wish_w_f,wish_w_d\n")
	cities, lean := "abcde"[:1+r.IntN(5)], 1+r.IntN(4)
	for i := range least + r.IntN(60) {
		maybe := func(s string) string {
			if r.IntN(12) == 0 {
				return ""
			}
			return s
		}
		rated := func() string { return maybe(fmt.Sprint(max(1, 5-r.IntN(lean)-r.IntN(2)))) }
		city := string(cities[r.IntN(1+r.IntN(len(cities)))])
		role := "user"
		if r.IntN(5) == 0 {
			role = "boss"
		}
		fmt.Fprintf(&b, "%d,%d,%s,%s,%s,%d,%d,%s,%s\n", i, 1+r.IntN(2), rated(), rated(), maybe(string("xyz"[r.IntN(1+r.IntN(3))])), r.IntN(2), r.IntN(3)/2, maybe(city), maybe(role))
		text := b.String()
		b.Reset()
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s\n", strings.TrimSuffix(text, "\n"), rated(), rated(), rated(), maybe(fmt.Sprint(1+r.IntN(lean))), maybe(fmt.Sprint(5-r.IntN(lean))))
	}
	return b.String()
}

// published is results.json of some responses.
func published(t *testing.T, text string) []byte {
	t.Helper()
	s, answers := answered(t, text)
	return written(t, measure.Compute(s, answers, measure.Options{MinCell: 5}))
}

func written(t *testing.T, r *measure.Results) []byte {
	t.Helper()
	body, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func answered(t *testing.T, text string) (*survey.Survey, *table.Answers) {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/random/survey.yaml": {Data: []byte(definition)}}, "surveys/random", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	if problems.Has(diag.Error) {
		t.Fatal(problems.Problems()[0])
	}
	source := table.Source{Name: "a.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
	answers, err := table.Read(s.Schema(), []table.Source{source}, table.Options{Waves: []string{"1", "2"}}, &problems)
	if err != nil || problems.Has(diag.Error) {
		t.Fatal(err, problems.Problems())
	}
	return s, answers
}

var known = audit.Options{Recodings: []audit.Recoding{{Segment: "region", From: "city", Of: map[string][]string{"north": {"a", "b"}, "south": {"c", "d", "e"}}}}}

// No figure of 1 to 4 people follows from what is published of random surveys,
// neither by the auditor nor by trying all tables that agree with it.
func TestNothingSmallFollowsFromWhatIsPublished(t *testing.T) {
	t.Parallel()
	trials, hidden, cells, withheld, divided := 150, 0, 0, 0, 0
	if testing.Short() {
		trials = 30
	}
	for seed := range trials {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		text := responses(r, 5)
		body := published(t, text)
		found, err := audit.Report(fstest.MapFS{"results.json": {Data: body}}, known)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			t.Errorf("seed %d: %s: %s", seed, f.Where, f.What)
		}
		h, c, w, d := tryAll(t, seed, body)
		hidden, cells, withheld, divided = hidden+h, cells+c, withheld+w, divided+d
		if t.Failed() {
			t.Log(text)
			return
		}
	}
	t.Logf("%d random surveys: %d of %d cells and %d of %d classes hidden, none below 5 follows", trials, hidden, cells, withheld, divided)
	if hidden == 0 || hidden == cells || withheld == 0 || withheld == divided {
		t.Error("the trials hide all or nothing")
	}
}
