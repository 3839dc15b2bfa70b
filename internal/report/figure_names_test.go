package report

import (
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/survey"
	"manyi/templates"
)

// TestFiguresOfTopicsAreNamed holds the rows of topics among the figures of
// analyses to the names of the topics, and their shares to percent.
func TestFiguresOfTopicsAreNamed(t *testing.T) {
	locale, err := survey.LoadLocale(templates.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	v := &survey.Verbatim{Topics: []survey.Topic{{ID: "parts", Title: survey.Text{"en": "Spare parts"}}}}
	s := &survey.Survey{Analyses: []survey.Analysis{{ID: "comments", Method: "verbatim", Label: survey.Text{"en": "Comments"}, Verbatim: v}}}
	b := &builder{locale: locale, lang: "en", survey: s}
	for path, want := range map[string]string{"topics.parts.share": "Comments: Spare parts", "uncoded.share": "Comments: " + b.say("words.uncoded")} {
		if got := b.figureName("comments", path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	if got := b.figureFormat("comments").String(.284); got != "28.4%" {
		t.Errorf("got %s, want 28.4%%", got)
	}
	step := &measure.Step{Comparable: true, Difference: -.128, CI95: measure.Interval{-.2, -.05}}
	if got := b.figureChange(step, "comments"); got.Text != "−12.8" || got.Tone == "bad" {
		t.Errorf("got %s, tone %q, want −12.8 without a verdict", got.Text, got.Tone)
	}
}

// TestAnActionStandsAtItsDay has one done within a wave, one between two waves.
func TestAnActionStandsAtItsDay(t *testing.T) {
	locale, err := survey.LoadLocale(templates.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	l := &loopPages{builder: &builder{locale: locale, lang: "en", waves: []wave{{id: "a", label: "A"}, {id: "b", label: "B"}, {id: "c", label: "C"}}}}
	l.loop = &service.Loop{Actions: []*service.LoopAction{{ID: "in", State: service.Done, Done: "2026-03-20"}, {ID: "between", State: service.Done, Done: "2026-05-01"}}}
	course := []*service.LoopFigure{{Wave: "a", From: "2025-09-01", To: "2025-09-27"}, {Wave: "b", From: "2026-03-02", To: "2026-03-28"}, {Wave: "c", From: "2026-09-01", To: "2026-09-27"}}
	got := l.eventsOf([]string{"in", "between"})(course)
	if len(got) != 2 || got[0].At != "B" || got[0].Before || got[1].At != "C" || !got[1].Before {
		t.Errorf("got %+v, want the first at B and the second before C", got)
	}
}

// TestATurnedScoreSaysWhichAnswerIsBest has an item whose low answers are good.
func TestATurnedScoreSaysWhichAnswerIsBest(t *testing.T) {
	locale, err := survey.LoadLocale(templates.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	def := survey.Parse(fstest.MapFS{"surveys/a/survey.yaml": {Data: []byte(turned)}}, "surveys/a", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	if def == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	b := &builder{locale: locale, lang: "en", survey: def}
	if got := b.scoredName("bad"); got != "Severity (100 = Slight)" {
		t.Errorf("beside a score: got %q", got)
	}
	for id, want := range map[string]string{"bad": "Severity (1–3, lower is better)", "one": "One", "two": "Two"} {
		item, _ := def.Item(id)
		if got := b.onItsScale(item); got != want {
			t.Errorf("beside a mean: got %q, want %q", got, want)
		}
	}
}

const turned = `manyi: 1
id: a
version: 1
languages: [en]
title: {en: A}
privacy: {anonymous: true, contact: a@example.com, retain_months: 12, consent: none}
scales:
  serious:
    level: ordinal
    options:
      - {code: 1, label: {en: Slight}}
      - {code: 2, label: {en: Moderate}}
      - {code: 3, label: {en: Serious}}
pages:
  - id: p
    questions:
      - {id: one, type: rating, scale: sat5, text: {en: One}}
      - {id: two, type: rating, scale: sat5, text: {en: Two}}
      - {id: bad, type: rating, scale: serious, reverse: true, text: {en: Severity}}
`
