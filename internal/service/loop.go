package service

import (
	"time"

	"manyi/internal/measure"
)

// Loop is the improvement loop (METHODS A25, A41–A45): what is weak, what is
// done about it by whom, and whether it helped.
type Loop struct {
	Board     *LoopBoard      `json:"board,omitempty"`
	Actions   []*LoopAction   `json:"actions,omitempty"`
	Topics    []*LoopTopic    `json:"topics,omitempty"`
	Proposals []*LoopProposal `json:"proposals,omitempty"`
	FourPart  []*LoopReport   `json:"four_part,omitempty"`
	Units     *LoopUnits      `json:"units,omitempty"`
}

// loopInput is what every part of the loop needs.
type loopInput struct {
	Input
	today   time.Time // start of the day of as_of, the zero time where it is unknown
	metrics map[string]*LoopMetric
}

func loop(in Input, _ *Results) *Loop {
	l := &loopInput{Input: in, metrics: map[string]*LoopMetric{}}
	if in.Zone == nil {
		l.Zone = time.UTC
	}
	if in.Results == nil || in.Results.Block == nil {
		return nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, in.Results.AsOf, l.Zone); err == nil {
		l.today = t
	}
	out := &Loop{}
	out.Actions = l.actions()
	out.Board = l.board(out.Actions)
	out.Topics = l.topics(out.Actions)
	out.Proposals = l.proposals(out.Actions)
	out.FourPart = l.reports(out)
	out.Units = l.units(out.Actions)
	l.tell(out)
	if out.Board == nil && out.Topics == nil && out.Proposals == nil && out.FourPart == nil && out.Units == nil {
		return nil
	}
	return out
}

// LoopFigure is a metric at one time: a wave, or a run of months.
type LoopFigure struct {
	Wave  string           `json:"wave,omitempty"`
	From  string           `json:"from,omitempty"` // first and last day
	To    string           `json:"to,omitempty"`
	Value measure.Number   `json:"value"`
	CI95  measure.Interval `json:"ci95"`
	N     int              `json:"n"`              // answers, or complaints
	Over  measure.Number   `json:"over,omitempty"` // months, or thousands of units sold, of complaints
	Per   string           `json:"per,omitempty"`  // month, or units: thousands of units sold
	Why   string           `json:"why,omitempty"`  // why there is no value
}

// loopDay writes a date, "" for the zero time.
func loopDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// loopDate reads a day that loopDay wrote.
func loopDate(day string) time.Time {
	t, _ := time.Parse(time.DateOnly, day)
	return t
}
