package table

import (
	"strings"
	"testing"
)

func TestYAMLResponsesReadAsTheyStand(t *testing.T) {
	text := "\uFEFF# answers\n---\n" +
		"- _id: a\n  osat: 5\n  why: \"a\\\"b中\"\n  problems: [late, rude]\n  age: 20\n\n" +
		"# another\n-\n  _id: b\n  osat: \"5.0\"\n  plan: 01\n  why: |\n    two\n\n    li\n  problems:\n    - other\n" +
		"- {_id: c, osat: null, plan: '01', why: , problems: [], problems_x: yes}\r\n" +
		"- osat: ~\n  age: 5e1\n  region: no\n  _order: [1, 2]\n"
	a, problems := read(t, cafe(), Options{}, file("r.yaml", text))
	same(t, "problems", words(problems), "")
	same(t, "osat", cells(a, "osat"), "5 5 [skipped] [skipped]")
	same(t, "plan", cells(a, "plan"), "[not_shown] 01 01 [not_shown]")
	same(t, "why", cells(a, "why"), "x x [skipped] [not_shown]")
	same(t, "late", cells(a, "problems_late"), "1 0 0 [not_shown]")
	same(t, "other", cells(a, "problems_other"), "0 1 0 [not_shown]")
	same(t, "age", cells(a, "age"), "20 [not_shown] [not_shown] 50")
	same(t, "region", cells(a, "region"), "[not_shown] [not_shown] [not_shown] no")
	same(t, "unknown", len(a.Unknown), 1)
}

func TestYAMLFaultsHaveTheirPlace(t *testing.T) {
	text := "- osat: 7\n  why: 多行\n- why: 很好\n  plan: 金\n  age: [5]\n  spend:\n    a: 1\n- {why: 多行, osat: 7}\n- osat: 1\n  osat: 2\n"
	a, problems := read(t, cafe(), Options{}, file("r.yaml", text))
	same(t, "problems", words(problems), `warning r.yaml:1:9 unknown-code
warning r.yaml:4:9 unknown-code
warning r.yaml:5:8 bad-form
warning r.yaml:7:5 bad-form
warning r.yaml:8:19 unknown-code
warning r.yaml:10:9 bad-form
`)
	same(t, "counts", a.Count, Count{Read: 4, Counted: 4, Complete: 4, BadCells: 6})
}

func TestBrokenYAMLItemsAreRejectedAlone(t *testing.T) {
	for _, item := range []string{
		"- a: &x 1\n  b: *x",
		"- &x {a: 1}",
		"- *x",
		"- <<: {osat: 5}",
		"- osat: !!str 5",
		"- osat: !!binary aGVsbG8=",
		"- [osat, 5]",
		"- osat",
		"-",
		"- osat: \"5",
		"- osat: [5",
		"- osat: 5\n wrong: 1",
		"- osat: 5\n\n  \tplan: 1",
		"- why: \"\xff\"",
		"- why: a\x00",
		"- ? [a]\n  : 5",
		"- osat: " + strings.Repeat("[", 2000) + strings.Repeat("]", 2000),
		"- why: " + strings.Repeat("x", yamlLimit),
		"- why: >\n" + strings.Repeat("    x\n", yamlLimit/5),
		"- _id: a\n  _id: b",
		"---",
		"osat: 3",
	} {
		a, problems := read(t, cafe(), Options{}, file("r.yaml", "- osat: 1\n"+item+"\n- osat: 2\n"))
		name := item[:min(len(item), 40)]
		same(t, name, cells(a, "osat"), "1 2")
		same(t, name, a.Count, Count{Read: 3, Counted: 2, Rejected: 1, Complete: 2})
		same(t, name, len(problems), 1)
		same(t, name, problems[0].Place.String(), "r.yaml:2")
	}
}

func TestRefusedYAMLSaysWhatIsRefused(t *testing.T) {
	for item, want := range map[string]string{
		"- {a: &x 1, b: *x}":                           "the response has an alias, an anchor, a merge key or a tag",
		"- osat: !!int 5":                              "the response has an alias, an anchor, a merge key or a tag",
		"- why: " + strings.Repeat("x", yamlLimit):     "the response is too long",
		"- why: " + strings.Repeat("x", lineLimit):     "the line is too long",
		"- why: \"torn":                                "the line is not a whole record",
		"- why: " + strings.Repeat("[a,", yamlDepth+1): "the line is not a whole record",
	} {
		_, problems := read(t, cafe(), Options{}, file("r.yaml", item+"\n- osat: 2\n"))
		same(t, item[:min(len(item), 40)], problems[0].Summary.String(), want)
	}
}

func TestAListOfNothingIsNoFault(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "",
		"# none yet\n\n":     "",
		"[]\n":               "error r.yaml:1 not-a-list\n",
		"osat: 5\n":          "error r.yaml:1 not-a-list\n",
		"- osat: 5\n  - x\n": "warning r.yaml:1 broken-record\n",
	} {
		_, problems := read(t, cafe(), Options{}, file("r.yaml", text))
		same(t, text, words(problems), want)
	}
}

func FuzzReadYAML(f *testing.F) {
	for _, text := range []string{
		"- osat: 5\n  problems: [late, null, [{}]]\n- {why: \"\\ud800\", age: 1e2}\n", "---\n  -\n    a: *x\n  - &a b: c\n", "- _wave: 2026\n  w: []\n  w: 2\n  ? x\n",
	} {
		f.Add(text, "")
	}
	f.Fuzz(func(t *testing.T, text, wave string) {
		fuzzRead(t, "r.yaml", text, wave)
	})
}
