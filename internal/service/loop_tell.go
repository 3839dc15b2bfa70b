package service

import (
	"slices"

	"manyi/internal/diag"
)

// tell reports what is wrong in the ledgers of actions and topics, row by row.
func (l *loopInput) tell(out *Loop) {
	if l.Problems == nil {
		return
	}
	for _, x := range out.Actions {
		l.tellDays(x)
		l.tellMetric(x.Metric, x.Of, x.at, "action", x.ID)
		l.tellDepartment(x)
		if _, circles := causesOf(x.Cause); len(circles) > 0 {
			l.warn("cycle", x.at, diag.Say("action %q has a cause that is under itself", loopShorten(x.ID)), diag.Say("write cause < parent so that every chain ends at the problem"))
		}
		if x.finished() && !x.Of.Complaints && x.Effect.Why == NoWaveAfter {
			l.note("no-wave-after", x.at, diag.Say("action %q is done, but no wave of the survey begins after it", loopShorten(x.ID)), diag.Say("its effect is shown as soon as there is one"))
		}
	}
	for _, t := range out.Topics {
		l.tellMetric(t.Metric, t.Of, t.at, "topic", t.ID)
	}
	for _, p := range l.Survey.Service.Loop.Reports {
		if m := l.metric(p.Item); !m.Known {
			l.unknownMetric(p.Item, m, p.At)
		}
	}
}

func (l *loopInput) tellDays(x *LoopAction) {
	switch {
	case !x.opened.IsZero() && !x.due.IsZero() && x.due.Before(x.opened):
		l.warn("wrong-order", x.at, diag.Say("action %q is due before it was opened", loopShorten(x.ID)), diag.Say("correct due or opened"))
	case !x.opened.IsZero() && !x.done.IsZero() && x.done.Before(x.opened):
		l.warn("wrong-order", x.at, diag.Say("action %q was done before it was opened", loopShorten(x.ID)), diag.Say("correct done or opened"))
	case !x.done.IsZero() && !x.finished():
		l.warn("wrong-order", x.at, diag.Say("action %q was done after the day of the report", loopShorten(x.ID)), diag.Say("correct done, or as_of in manyi.yaml; until then it counts as open"))
	}
}

func (l *loopInput) tellMetric(text string, m *LoopMetric, at diag.Place, what, id string) {
	switch {
	case text == "" && what == "action":
		l.note("no-metric", at, diag.Say("action %q names no metric, so its effect cannot be shown", loopShorten(id)), diag.Say("add metric: with a question, an index or complaints.category:CODE"))
	case text != "" && !m.Known:
		l.unknownMetric(text, m, at)
	}
}

func (l *loopInput) unknownMetric(text string, m *LoopMetric, at diag.Place) {
	cure := diag.Say("name a question, an analysis of the survey, index.facet or complaints.category:CODE")
	if m.Near != "" {
		cure = diag.Say("did you mean %q?", m.Near)
	}
	l.warn("unknown-metric", at, diag.Say("there is no figure %q", loopShorten(text)), cure)
}

func (l *loopInput) tellDepartment(x *LoopAction) {
	var known []string
	for _, d := range l.Survey.Service.Loop.Departments {
		known = append(known, d.ID)
	}
	if x.Department == "" || len(known) == 0 || slices.Contains(known, x.Department) {
		return
	}
	cure := diag.Say("add it under service: loop: departments")
	if near := diag.Nearest(x.Department, known); near != "" {
		cure = diag.Say("did you mean %q?", near)
	}
	l.warn("unknown-name", x.at, diag.Say("action %q names the department %q, which is not declared", loopShorten(x.ID), loopShorten(x.Department)), cure)
}

func (l *loopInput) warn(code string, at diag.Place, summary, cure diag.Phrase) {
	l.Problems.Add(diag.Problem{Severity: diag.Warning, Code: code, Place: at, Summary: summary, Cure: cure})
}

func (l *loopInput) note(code string, at diag.Place, summary, cure diag.Phrase) {
	l.Problems.Add(diag.Problem{Severity: diag.Note, Code: code, Place: at, Summary: summary, Cure: cure})
}

// loopShorten cuts a name of the author's for a message.
func loopShorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
