package service

import (
	"cmp"
	"math"
	"time"

	"manyi/internal/survey"
)

// Flow is the counts of the complaint-information system (METHODS A23), its
// periods, and the evidence for an audit.
type Flow struct {
	Boxes     []*FlowBox   `json:"boxes"`
	Good      *FlowVerdict `json:"good"`     // what became of the actions of the lane of complaints
	Improved  *FlowVerdict `json:"improved"` // and of the lane of surveys
	CloseDays int          `json:"close_days"`
	Months    []*Period    `json:"months"`
	Quarters  []*Period    `json:"quarters"`
	Evidence  *Evidence    `json:"evidence"`
}

// FlowBox is one step of a lane with its live counts.
type FlowBox struct {
	ID    string     `json:"id"`
	Lane  string     `json:"lane"` // complaints or survey
	N     int        `json:"n"`
	Late  int        `json:"late"`  // overdue, or left without what the step is for
	Parts []FlowPart `json:"parts"` // of N, or beside it
}

// FlowPart is one count within a box.
type FlowPart struct {
	ID string `json:"id"`
	N  int    `json:"n"`
}

// FlowVerdict is the decision of a lane: is the effect good?
type FlowVerdict struct {
	Yes  int `json:"yes"`
	No   int `json:"no"`
	Open int `json:"open"` // done, without a verdict
}

func flow(in Input) *Flow {
	if !flowHas(in) {
		return nil
	}
	f := &Flow{CloseDays: flowCloseDays(in.Survey), Good: &FlowVerdict{}, Improved: &FlowVerdict{}, Months: []*Period{}, Quarters: []*Period{}}
	cases, actions := flowCases(in), flowActions(in)
	f.periods(in, cases)
	f.complaintLane(in, cases, actions)
	if in.Survey.Kind != survey.ComplaintKind || flowTally(actions, flowNow(in), "weak_item", "topic", "").all > 0 {
		f.surveyLane(in, actions) // those who fill in a complaint form are no survey
	}
	f.Evidence = evidence(in, cases, actions)
	return f
}

// flowHas reports whether there is a ledger that the flow is made of.
func flowHas(in Input) bool {
	for _, name := range []string{"complaints", "actions", "topics"} {
		if l := in.Ledgers.Of(name); l != nil && l.Rows > 0 {
			return true
		}
	}
	return false
}

// flowNow is the end of "today": what happened before it is known.
func flowNow(in Input) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, in.Results.AsOf, flowZone(in))
	if err != nil {
		return time.Time{} // nothing has a date
	}
	return day.AddDate(0, 0, 1)
}

func flowZone(in Input) *time.Location {
	if in.Zone == nil {
		return time.UTC
	}
	return in.Zone
}

func (f *Flow) box(lane, id string, n, late int, parts ...FlowPart) {
	if parts == nil {
		parts = []FlowPart{}
	}
	f.Boxes = append(f.Boxes, &FlowBox{ID: id, Lane: lane, N: n, Late: late, Parts: parts})
}

// complaintLane is the first lane: from the record of complaints to the effect
// of what was done about them.
func (f *Flow) complaintLane(in Input, cases []flowCase, actions []flowAction) {
	const lane = "complaints"
	now := flowNow(in)
	count := func(state ComplaintState) int {
		n := 0
		for i := range cases {
			n += flowOne(cases[i].state&state != 0)
		}
		return n
	}
	f.box(lane, "record", len(cases), count(ComplaintOverdue), FlowPart{"open", count(ComplaintOpen)}, FlowPart{"called_back", count(ComplaintCalledBack)}, FlowPart{"reopened", count(ComplaintReopened)})
	f.box(lane, "statistics", len(f.Months), 0)
	f.box(lane, "report", len(f.Months)+len(f.Quarters), 0)
	ended := 0
	for _, q := range f.Quarters {
		ended += flowOne(!q.Running)
	}
	f.box(lane, "management", ended, 0)
	t := flowTally(actions, now, "complaint", "audit")
	f.box(lane, "assign", t.all, t.unowned)
	f.box(lane, "solve", t.open, t.overdue)
	f.box(lane, "effect", t.done, 0, FlowPart{"unjudged", t.Open})
	f.box(lane, "good", t.Yes+t.No, 0)
	f.box(lane, "close", t.Yes, 0)
	*f.Good = t.FlowVerdict
}

// surveyLane is the second lane: from what surveys say to the next plan.
func (f *Flow) surveyLane(in Input, actions []flowAction) {
	const lane = "survey"
	now := flowNow(in)
	r := in.Results
	answers, asked := 0, 0
	if r.Block != nil && !r.Block.Suppressed {
		answers, asked = r.Base.Responses, len(r.Questions)
	}
	waves := len(r.Waves)
	if waves == 0 && answers > 0 {
		waves = 1
	}
	weak := flowWeak(r)
	topics := 0
	if l := in.Ledgers.Of("topics"); l != nil {
		topics = l.Rows
	}
	f.box(lane, "answers", answers, 0)
	f.box(lane, "process", asked, 0)
	f.box(lane, "paper", waves, 0)
	f.box(lane, "brief", weak, 0)
	t := flowTally(actions, now, "weak_item", "topic", "")
	f.box(lane, "find", t.all, 0, FlowPart{"topics", topics})
	f.box(lane, "evaluate", t.done, 0, FlowPart{"unjudged", t.Open})
	f.box(lane, "plan", t.open, t.overdue)
	*f.Improved = t.FlowVerdict
}

func flowOne(b bool) int {
	if b {
		return 1
	}
	return 0
}

// flowCloseDays is the limit within which a complaint of the survey is closed.
func flowCloseDays(s *survey.Survey) int {
	return int(math.Round(cmp.Or(s.Service.Complaints.Close, complaintsClose) / 24))
}
