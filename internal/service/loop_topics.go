package service

import (
	"math"
	"slices"
	"time"

	"manyi/internal/diag"
	"manyi/internal/measure"
)

// LoopTopic is a PDCA improvement topic (METHODS A43): what the author wrote, its
// figure in every wave, and the effect of its actions.
type LoopTopic struct {
	ID      string         `json:"id"`
	Title   string         `json:"title,omitempty"`
	Plan    string         `json:"plan,omitempty"`
	Do      string         `json:"do,omitempty"`
	Check   string         `json:"check,omitempty"`
	Act     string         `json:"act,omitempty"`
	Metric  string         `json:"metric,omitempty"`
	Before  measure.Number `json:"before"` // as the author wrote it
	After   measure.Number `json:"after"`
	Owner   string         `json:"owner,omitempty"`
	State   string         `json:"state,omitempty"` // as the author wrote it
	Actions []string       `json:"actions,omitempty"`
	Effect  *LoopEffect    `json:"effect"`
	Course  []*LoopFigure  `json:"course,omitempty"` // by wave, or by quarter of complaints

	Of *LoopMetric `json:"-"`
	at diag.Place
}

// topics reads the ledger. The actions of a topic are those on its figure: its
// effect is that from before the first of them was opened to after the last that
// is done.
func (l *loopInput) topics(actions []*LoopAction) []*LoopTopic {
	a := l.Ledgers.Of("topics")
	if a == nil {
		return nil
	}
	var out []*LoopTopic
	for row := range a.Rows {
		text := func(column string) string { return a.Of(column).Text(row) }
		t := &LoopTopic{
			ID: text("id"), Title: text("title"), Plan: text("plan"), Do: text("do"), Check: text("check"), Act: text("act"), Metric: text("metric"),
			Before: measure.Number(a.Of("before").Number(row)), After: measure.Number(a.Of("after").Number(row)), Owner: text("owner"), State: text("state"),
			at: a.Place(row),
		}
		t.Of = l.metric(t.Metric)
		whole := &LoopAction{Metric: t.Metric, Of: t.Of, target: math.NaN(), State: Open}
		for _, x := range actions {
			if x.Metric == t.Metric && t.Metric != "" {
				t.Actions = append(t.Actions, x.ID)
				whole.join(x)
			}
		}
		if t.Effect = l.effect(whole); len(t.Actions) == 0 && t.Of.Known {
			t.Effect.Why = NoActions
		}
		t.Course = l.course(t.Of)
		out = append(out, t)
	}
	return out
}

// join widens what is taken for one action by another.
func (x *LoopAction) join(other *LoopAction) {
	if !other.opened.IsZero() && (x.opened.IsZero() || other.opened.Before(x.opened)) {
		x.opened = other.opened
	}
	if other.finished() && other.done.After(x.done) {
		x.done, x.Done, x.State = other.done, other.Done, Done
	}
	if math.IsNaN(x.target) {
		x.target = other.target
	}
}

// course is a figure in every wave; of complaints in every quarter that the ledger
// covers as a whole.
func (l *loopInput) course(m *LoopMetric) []*LoopFigure {
	if !m.Known {
		return nil
	}
	if m.Complaints {
		return l.quarters(m)
	}
	var out []*LoopFigure
	waves := l.dated()
	for _, id := range l.Results.Waves {
		v, why := l.Results.At(l.Survey, m.Metric, id)
		f := &LoopFigure{Wave: id, Value: measure.Number(v.Value), CI95: measure.Interval{measure.Number(v.Low), measure.Number(v.High)}, N: v.N, Why: why}
		for i := range waves {
			if waves[i].ID == id {
				f.From, f.To = waves[i].From, waves[i].To
			}
		}
		out = append(out, f)
	}
	return out
}

// mostQuarters is how far back complaints are shown.
const mostQuarters = 16

func (l *loopInput) quarters(m *LoopMetric) []*LoopFigure {
	c := l.Ledgers.Of("complaints")
	if c == nil || c.First == "" || l.today.IsZero() {
		return nil
	}
	first, err := time.ParseInLocation(time.DateOnly, c.First, l.Zone)
	if err != nil {
		return nil
	}
	first = l.loopMonth(first)
	for (int(first.Month())-1)%3 != 0 { // a quarter of which only a part is covered would look like few complaints
		first = first.AddDate(0, 1, 0)
	}
	var out []*LoopFigure
	last := l.loopMonth(l.today)
	units := true
	for at := first; !at.AddDate(0, 3, 0).After(last); at = at.AddDate(0, 3, 0) {
		units = units && l.sold(at, at.AddDate(0, 3, 0)) > 0
	}
	for at := first; !at.AddDate(0, 3, 0).After(last); at = at.AddDate(0, 3, 0) {
		end, over, per := at.AddDate(0, 3, 0), 3.0, PerMonth
		if units {
			over, per = l.sold(at, end)/1000, PerUnits
		}
		out = append(out, loopRate(at, end, l.counts(m, at, end), over, per))
	}
	return out[max(0, len(out)-mostQuarters):]
}

// loopLatest is the figure of the latest wave that has one, nil where none has.
func loopLatest(course []*LoopFigure) *LoopFigure {
	for _, f := range slices.Backward(course) {
		if f.Why == "" {
			return f
		}
	}
	return nil
}
