package service

import (
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
	if !x.done.IsZero() && !x.finished() { // the order of days is judged where the ledger is read
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
