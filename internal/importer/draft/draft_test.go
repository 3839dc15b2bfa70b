package draft_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/importer/draft"
	"manyi/internal/survey"
)

// hostile are texts that would break a file written without care.
var hostile = []string{"a: b # c", "{{ x }}", "it's \"quoted\" \\ and\nbroken\t", "- list", "是", "yes", "\u2028 \u0085 \ufeff", "@x", "%a", "&a *b !c", "|", ">", "\xff", "😀"}

func TestADraftReadsAsASurvey(t *testing.T) {
	s := draft.Survey{
		Notes: []string{"from\nelsewhere"}, ID: "cafe", Languages: []string{"zh-CN", "en"},
		Title:  draft.Text{"zh-CN": "咖啡", "en": "Café"},
		Scales: []draft.Scale{{ID: "own", Level: "ordinal", Options: []draft.Option{{Code: "01", Label: draft.Plain("low")}, {Code: "2", Label: draft.Plain("high")}, {Code: "-9", Label: draft.Plain("?"), Missing: "dont_know"}}}},
		Pages: []draft.Page{{ID: "one", Title: draft.Plain("One"), Questions: []draft.Question{
			{ID: "osat", Type: "rating", Scale: "sat5", Metric: "csat", Text: draft.Plain("All in all?"), Notes: []string{"guessed: of the labels"}},
			{ID: "m", Type: "matrix", Scale: "own", Text: draft.Plain("Rate"), Rows: []draft.Row{{ID: "a", Label: draft.Plain("A")}, {ID: "b", Label: draft.Text{"zh-CN": "乙", "en": "B"}}}},
			{ID: "ten", Type: "rating", Points: "0..10", Low: draft.Plain("no"), High: draft.Plain("yes"), Text: draft.Plain("Ten?")},
			{ID: "n", Type: "number", Min: "0", Max: "1.5", Text: draft.Plain("How many?")},
		}}},
		Hidden:   []draft.Hidden{{ID: "region", Allow: []string{"n", "01"}}},
		Segments: []string{"region"}, SegmentsBy: []string{"guessed: few values"},
		Analyses: []draft.Analysis{{ID: "index", Method: "csi", Keys: []draft.Key{{Name: "facets", Below: []string{"- {id: all, weight: 1, items: [osat]}"}}}}},
	}
	for i, text := range hostile {
		q := draft.Question{ID: "h" + string(rune('a'+i)), Type: "multiple_choice", Text: draft.Text{"zh-CN": text, "en": text}, Notes: []string{text}}
		q.Options = []draft.Option{{Code: "y", Label: draft.Plain(text)}, {Code: "0x1", Label: draft.Plain(text + "2"), WriteIn: true}}
		s.Pages[0].Questions = append(s.Pages[0].Questions, q)
	}
	files := fstest.MapFS{
		"manyi.yaml":               {Data: []byte("manyi: 1\ntitle: T\nlanguages: [zh-CN, en]\n")},
		"surveys/cafe/survey.yaml": {Data: s.YAML()},
	}
	var problems diag.List
	ws := survey.ParseWorkspace(files, &problems)
	got := survey.Parse(files, "surveys/cafe", ws, &problems)
	for _, p := range problems.Problems() {
		if p.Severity == diag.Error {
			t.Errorf("%s: %s (%s)", p.Place, p.Summary, p.Cure)
		}
	}
	if got == nil {
		t.Fatalf("no survey of\n%s", s.YAML())
	}
	if code := got.Pages[0].Questions[1].Scale.Options[0].Code; code != "01" {
		t.Errorf("code is %q, want 01", code)
	}
	for i, text := range hostile {
		if strings.Contains(text, "{{") || strings.Contains(text, "\xff") {
			continue
		}
		if have := got.Pages[0].Questions[4+i].Text["en"]; strings.TrimSpace(have) != strings.TrimSpace(text) {
			t.Errorf("text %q was read as %q", text, have)
		}
	}
	if first, second := s.YAML(), s.YAML(); string(first) != string(second) {
		t.Error("two writings differ")
	}
}
