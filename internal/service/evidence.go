package service

import (
	"slices"
	"time"
)

// Evidence is what an auditor samples: the trail of some complaints from their
// number to the effect, and the counts behind the statements (METHODS B12).
type Evidence struct {
	Sampled int          `json:"sampled"`
	Of      int          `json:"of"` // complaints that could be drawn
	Trail   []*TrailStep `json:"trail"`
}

// TrailStep is one complaint of the sample. Its id is the firm's own number of the
// case; nothing of the customer is here.
type TrailStep struct {
	ID       string   `json:"id"`
	Category string   `json:"category"`
	Stages   []string `json:"stages"` // days: received, acknowledged, analysed, countermeasure, answered, closed, called_back; "" where it did not happen
	Reopened string   `json:"reopened"`
	Action   string   `json:"action"` // the action that answers complaints of this kind, "" without
	Verdict  string   `json:"verdict"`
	Effect   *Effect  `json:"effect,omitempty"` // complaints of this kind before and after, nil without an action that is done
}

// Effect is the complaints of one category among all, in equal times before and
// after an action was done: the share takes out what seasons do to all of them.
type Effect struct {
	Days      int `json:"days"`
	Before    int `json:"before"`
	AllBefore int `json:"all_before"`
	After     int `json:"after"`
	AllAfter  int `json:"all_after"`
}

// TrailStages are the stages of a trail, in their order.
var TrailStages = []string{"received", "acknowledged", "analysed", "countermeasure", "answered", "closed", "called_back"}

const (
	trailSample = 12  // complaints that are shown
	trailDays   = 180 // longest time on each side of an action
)

// evidence draws the sample: every k-th complaint of those with a number, by the
// order of reception, and the last one; the same for the same ledger.
func evidence(in Input, _ *Flow, cases []flowCase, actions []flowAction) *Evidence {
	var numbered []flowCase
	for _, c := range cases {
		if c.id != "" {
			numbered = append(numbered, c)
		}
	}
	e := &Evidence{Of: len(numbered), Trail: []*TrailStep{}}
	n := min(trailSample, len(numbered))
	for k := range n {
		at := (2*k + 1) * len(numbered) / (2 * n)
		e.Trail = append(e.Trail, trailOf(in, &numbered[at], cases, actions))
	}
	e.Sampled = n
	return e
}

func trailOf(in Input, c *flowCase, cases []flowCase, actions []flowAction) *TrailStep {
	t := &TrailStep{ID: c.id, Category: c.category, Reopened: flowDay(c.reopened)}
	for _, at := range []time.Time{c.received, c.acknowledged, c.analysed, c.countermeasure, c.answered, c.closed, c.calledBack} {
		t.Stages = append(t.Stages, flowDay(at))
	}
	i := slices.IndexFunc(actions, func(a flowAction) bool { return a.metric != "" && a.metric == c.category && a.done.After(c.received) })
	if i < 0 {
		i = slices.IndexFunc(actions, func(a flowAction) bool { return a.metric != "" && a.metric == c.category && a.done.IsZero() })
	}
	if i < 0 {
		return t
	}
	a := &actions[i]
	t.Action, t.Verdict = a.id, a.verdict
	t.Effect = effectOf(in, a, cases)
	return t
}

// effectOf counts the complaints of the action's category in as many days before
// its last day as have passed since, at most trailDays.
func effectOf(in Input, a *flowAction, cases []flowCase) *Effect {
	now := flowNow(in)
	if a.done.IsZero() || len(cases) == 0 {
		return nil
	}
	from := a.done.AddDate(0, 0, 1)
	days := min(trailDays, int(now.Sub(from).Hours()/24), int(from.Sub(cases[0].received).Hours()/24))
	if days < 30 {
		return nil
	}
	e := &Effect{Days: days}
	start, end := from.AddDate(0, 0, -days), from.AddDate(0, 0, days)
	for _, c := range cases {
		if c.received.Before(start) || !c.received.Before(end) {
			continue
		}
		same := flowOne(c.category == a.metric)
		if c.received.Before(from) {
			e.Before, e.AllBefore = e.Before+same, e.AllBefore+1
		} else {
			e.After, e.AllAfter = e.After+same, e.AllAfter+1
		}
	}
	return e
}

func flowDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
