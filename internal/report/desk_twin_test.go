package report

import (
	"strings"
	"testing"

	"manyi/internal/service"
	"manyi/internal/survey"
	"manyi/templates"
)

func TestAFigureAndItsComplementAreCountedOnce(t *testing.T) {
	locale, err := survey.LoadLocale(templates.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	b := &builder{survey: &survey.Survey{}, locale: locale, lang: "en"}
	kpis := map[string]*service.DeskFigure{
		"first_time":     {N: 100, Count: 89, Value: .89, Verdict: "met"},
		"several_visits": {N: 100, Count: 11, Value: .11, Verdict: "met"},
		"repeat":         {N: 80, Count: 1, Value: .0125, Verdict: "met"},
	}
	heading := b.deskServiceHeading(&service.DeskTickets{N: 100, KPIs: kpis})
	if !strings.Contains(heading, "Fixed first time 89.0%") || strings.Contains(heading, "More than one visit") || !strings.Contains(heading, "Repeat repairs") {
		t.Errorf("heading %q", heading)
	}
	if title := b.deskKPITitle(&service.DeskTickets{KPIs: kpis}); !strings.HasPrefix(title, "2 of 2 ") {
		t.Errorf("title %q", title)
	}
	kpis["several_visits"].Count = 12 // not the complement: some tickets have other reasons
	if !strings.Contains(b.deskServiceHeading(&service.DeskTickets{N: 100, KPIs: kpis}), "More than one visit") {
		t.Error("a figure of its own is left out")
	}
	if cell := b.deskVerdict(&service.DeskFigure{N: 4, Value: 89, Verdict: "met"}); cell.Tone != "" || cell.Text != "met, few records" {
		t.Errorf("four visits: %+v", cell)
	}
}
