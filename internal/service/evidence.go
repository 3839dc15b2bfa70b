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
func evidence(in Input, cases []flowCase, actions []flowAction) *Evidence {
	var numbered []int32
	for i := range cases {
		if in.Ledgers.Of("complaints").Of("id").Has(int(cases[i].row)) {
			numbered = append(numbered, int32(i))
		}
	}
	e := &Evidence{Of: len(numbered), Trail: []*TrailStep{}}
	n := min(trailSample, len(numbered))
	for k := range n {
		at := (2*k + 1) * len(numbered) / (2 * n)
		e.Trail = append(e.Trail, trailOf(in, &cases[numbered[at]], cases, actions))
	}
	e.Sampled = n
	return e
}

func trailOf(in Input, c *flowCase, cases []flowCase, actions []flowAction) *TrailStep {
	l, now := in.Ledgers.Of("complaints"), flowNow(in)
	day := func(column string) string {
		if t := l.Of(column).Time(int(c.row)); !t.IsZero() && t.Before(now) {
			return t.Format(time.DateOnly)
		}
		return ""
	}
	category, received := l.Of("category").Text(int(c.row)), time.Unix(c.received, 0)
	t := &TrailStep{ID: l.Of("id").Text(int(c.row)), Category: category, Reopened: day("reopened")}
	for _, stage := range TrailStages {
		t.Stages = append(t.Stages, day(stage))
	}
	i := slices.IndexFunc(actions, func(a flowAction) bool { return a.metric != "" && a.metric == category && a.done.After(received) })
	if i < 0 {
		i = slices.IndexFunc(actions, func(a flowAction) bool { return a.metric != "" && a.metric == category && a.done.IsZero() })
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
	from, first := a.done.AddDate(0, 0, 1), time.Unix(cases[0].received, 0)
	days := min(trailDays, int(now.Sub(from).Hours()/24), int(from.Sub(first).Hours()/24))
	if days < 30 {
		return nil
	}
	e := &Effect{Days: days}
	start, middle, end := from.AddDate(0, 0, -days).Unix(), from.Unix(), from.AddDate(0, 0, days).Unix()
	category := in.Ledgers.Of("complaints").Of("category")
	for i := range cases {
		c := &cases[i]
		if c.received < start || c.received >= end {
			continue
		}
		same := flowOne(category.Text(int(c.row)) == a.metric)
		if c.received < middle {
			e.Before, e.AllBefore = e.Before+same, e.AllBefore+1
		} else {
			e.After, e.AllAfter = e.After+same, e.AllAfter+1
		}
	}
	return e
}
