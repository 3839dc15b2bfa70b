package service

import (
	"slices"
	"time"

	"manyi/internal/diag"
	"manyi/internal/measure"
)

// LoopAction is one action with its state at as_of and its effect.
type LoopAction struct {
	ID             string      `json:"id"`
	Kind           string      `json:"kind,omitempty"`
	Source         string      `json:"source,omitempty"`
	Metric         string      `json:"metric,omitempty"`
	Cause          []string    `json:"cause,omitempty"`
	Countermeasure string      `json:"countermeasure,omitempty"`
	Owner          string      `json:"owner,omitempty"`
	Department     string      `json:"department,omitempty"`
	Opened         string      `json:"opened,omitempty"`
	Due            string      `json:"due,omitempty"`
	Done           string      `json:"done,omitempty"`
	Verdict        string      `json:"verdict,omitempty"` // what the author judged
	Notes          string      `json:"notes,omitempty"`
	State          string      `json:"state"`
	DaysLate       int         `json:"days_late,omitempty"` // of overdue and late ones
	Round          int         `json:"round"`               // 1, or one more than the action before on the same metric that did not help
	Follows        string      `json:"follows,omitempty"`   // that action
	Effect         *LoopEffect `json:"effect"`

	Of                *LoopMetric `json:"-"`
	target            float64
	opened, due, done time.Time
	at                diag.Place
}

// States of an action at as_of.
const (
	Planned  = "planned" // opens later
	Open     = "open"
	Overdue  = "overdue" // not done, and due before as_of
	Done     = "done"
	DoneLate = "done_late" // done after it was due
)

// LoopStates are the states in the order of a board.
var LoopStates = []string{Overdue, Open, Planned, Done, DoneLate}

// LoopBoard is how many actions are in each state, and what became of those done.
type LoopBoard struct {
	Actions    int            `json:"actions"`
	States     map[string]int `json:"states"`
	Verdicts   map[string]int `json:"verdicts"`
	Loops      int            `json:"loops"`       // actions that follow one that did not help
	Reopened   int            `json:"reopened"`    // actions that did not help and have a follower
	OnTime     measure.Number `json:"on_time"`     // share of those done that were done by their due day
	MedianDays measure.Number `json:"median_days"` // from opened to done
}

// actions reads the ledger, in the order of its rows.
func (l *loopInput) actions() []*LoopAction {
	a := l.Ledgers.Of("actions")
	if a == nil {
		return nil
	}
	var out []*LoopAction
	for row := range a.Rows {
		text := func(column string) string { return a.Of(column).Text(row) }
		x := &LoopAction{
			ID: text("id"), Kind: text("kind"), Source: text("source"), Metric: text("metric"), Cause: a.Of("cause").Lists[row],
			Countermeasure: text("countermeasure"), Owner: text("owner"), Department: text("department"), Verdict: text("verdict"), Notes: text("notes"),
			opened: a.Of("opened").Time(row), due: a.Of("due").Time(row), done: a.Of("done").Time(row), target: a.Of("target").Number(row),
			Round: 1, at: a.Place(row),
		}
		x.Opened, x.Due, x.Done = loopDay(x.opened), loopDay(x.due), loopDay(x.done)
		x.State, x.DaysLate = x.standing(l.today)
		x.Of = l.metric(x.Metric)
		x.Effect = l.effect(x)
		out = append(out, x)
	}
	loopRounds(out)
	return out
}

// standing is the state of an action at a day, and how many days it is late. A day
// of done that lies after it counts as not yet done.
func (x *LoopAction) standing(today time.Time) (state string, late int) {
	finished := !x.done.IsZero() && (today.IsZero() || !x.done.After(today))
	switch {
	case finished && !x.due.IsZero() && x.done.After(x.due):
		return DoneLate, loopDays(x.due, x.done)
	case finished:
		return Done, 0
	case !today.IsZero() && x.opened.After(today):
		return Planned, 0
	case !today.IsZero() && !x.due.IsZero() && x.due.Before(today):
		return Overdue, loopDays(x.due, today)
	}
	return Open, 0
}

func (x *LoopAction) finished() bool { return x.State == Done || x.State == DoneLate }

// loopDays is how many days lie between two days, whatever the clock did between them.
func loopDays(from, to time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(to).Sub(day(from)).Hours() / 24)
}

// loopRounds joins each action with the one before on the same metric that was
// done and did not help: that is the loop back of the improvement process.
func loopRounds(all []*LoopAction) {
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b *LoopAction) int { return a.opened.Compare(b.opened) })
	for i, x := range order {
		for _, before := range slices.Backward(order[:i]) {
			if x.Metric == "" || before.Metric != x.Metric || !before.finished() || x.opened.Before(before.done) {
				continue
			}
			if v := before.Effect.Verdict; v == Worse || v == NoEvidence {
				x.Round, x.Follows = before.Round+1, before.ID
			}
			break
		}
	}
}

func (l *loopInput) board(all []*LoopAction) *LoopBoard {
	if l.Ledgers.Of("actions") == nil {
		return nil
	}
	b := &LoopBoard{Actions: len(all), States: map[string]int{}, Verdicts: map[string]int{}}
	followed := map[string]bool{}
	var days []float64
	onTime, dated := 0, 0
	for _, x := range all {
		b.States[x.State]++
		if x.Effect.Verdict != "" {
			b.Verdicts[x.Effect.Verdict]++
		}
		if x.Follows != "" {
			b.Loops++
			followed[x.Follows] = true
		}
		if !x.finished() {
			continue
		}
		if !x.opened.IsZero() {
			days = append(days, float64(loopDays(x.opened, x.done)))
		}
		if !x.due.IsZero() {
			dated++
			if x.State == Done {
				onTime++
			}
		}
	}
	b.Reopened = len(followed)
	b.OnTime, b.MedianDays = measure.Number(float64(onTime)/float64(dated)), measure.Number(loopMedian(days))
	return b
}
