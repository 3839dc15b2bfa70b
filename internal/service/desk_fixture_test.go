package service

import (
	"io"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// deskDefinition is the survey of testdata/desk; WEIGHTS is replaced.
const deskDefinition = `manyi: 1
id: desk
languages: [en]
title: Desk
pages:
  - id: one
    questions:
      - {id: had, type: yes_no, text: Had}
      - {id: voiced, type: yes_no, text: Voiced}
      - id: did
        type: single_choice
        text: Did
        options:
          - {code: none, label: None}
          - {code: left, label: Left}
          - {code: told, label: Told}
          - {code: firm, label: Firm}
          - {code: media, label: Media}
          - {code: court, label: Court}
      - {id: where, type: single_choice, text: Where, options: [{code: us, label: Us}, {code: dealer, label: Dealer}]}
WEIGHTS
service:
  desk:
    recorded: 0.8
    targets: {on_time: 0.8, repeat: 0.02, satisfied: 0.9, visit: 80}
    problem:
      experienced: {question: had}
      voiced: {question: voiced}
      where: {question: where, codes: [us]}
    ladder: {question: did, silent: [none], leave: [left], tell: [told], voice: [firm, media], legal: [court]}
    visits:
      critical_rule: cap
      items:
        - {id: greet, weight: 1, max: 10}
        - {id: price, weight: 2, max: 10, critical: true}
        - {id: clean, weight: 0.5, max: 5}
`

// deskRead analyses texts by file name; answers.csv is the answers.
func deskRead(t testing.TB, definition, asOf string, files map[string]string) *Desk {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/desk/survey.yaml": {Data: []byte(definition)}}, "surveys/desk", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	open := func(text string) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
	}
	var sources []ledger.Source
	for _, name := range ledger.Names() {
		if text, ok := files[name+".csv"]; ok {
			sources = append(sources, ledger.Source{Ledger: name, Source: table.Source{Name: name + ".csv", Open: open(text)}})
		}
	}
	books, err := ledger.Read(sources, ledger.Options{Zone: time.UTC}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	var answers []table.Source
	if text := files["answers.csv"]; text != "" {
		answers = append(answers, table.Source{Name: "answers.csv", Open: open(text)})
	}
	read, err := table.Read(s.Schema(), answers, table.Options{Weight: s.Weight, WeightRule: s.WeightAt}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	results := measure.Compute(s, read, measure.Options{MinCell: 5, AsOf: asOf, Ledgers: books})
	return desk(Input{Survey: s, Ledgers: books, Results: results, Zone: time.UTC})
}

// deskFiles are the files of testdata/desk.
func deskFiles(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range []string{"tickets", "suggestions", "visits", "lost", "transactions", "complaints", "answers"} {
		b, err := os.ReadFile("testdata/desk/" + name + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		out[name+".csv"] = string(b)
	}
	return out
}

func deskPlain() string { return strings.Replace(deskDefinition, "WEIGHTS\n", "", 1) }
