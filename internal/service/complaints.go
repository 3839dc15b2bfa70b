package service

import (
	"time"

	"manyi/internal/measure"
)

// Complaints is how complaints come in, are handled and closed (METHODS A12,
// A15, A17, A18, A121, B11), as of the end of the day AsOf: what lies after it
// has not happened yet. Counts of records are shown however few they are; money
// and satisfaction of fewer records than min_cell are hidden, and of one more
// group where the total would give the hidden one away.
type Complaints struct {
	AsOf    string            `json:"as_of"`
	From    string            `json:"from"` // first and last day of receipt, "" without complaints
	To      string            `json:"to"`
	N       int               `json:"n"`       // received
	Later   int               `json:"later"`   // received after as_of, left out
	Undated int               `json:"undated"` // without a day of receipt, left out
	Limits  ComplaintLimits   `json:"limits"`
	State   ComplaintCounts   `json:"state"`
	Stages  []*ComplaintStage `json:"stages"` // those that a file has
	// OnTime by name of the limit: acknowledged, answered, closed; only where a file has the stage.
	OnTime      map[string]*ComplaintOnTime `json:"on_time"`
	Severities  []*ComplaintTimes           `json:"closing_by_severity,omitempty"`
	Departments []*ComplaintTimes           `json:"closing_by_department,omitempty"`
	Ages        *ComplaintAges              `json:"open_ages,omitempty"`
	Reopened    *ComplaintShare             `json:"reopened"` // of those ever closed
	Recurrence  []*ComplaintRecurrence      `json:"recurrence"`
	Rates       *ComplaintRates             `json:"rates,omitempty"` // nil without units
	Late        []*ComplaintChart           `json:"late_charts"`     // p-charts by month
	Months      []*ComplaintMonth           `json:"months"`          // every month from the first to the last, empty ones too
	Strata      []*ComplaintStratum         `json:"strata"`          // category, defect, product, region, department, then others that a file has
	Claims      *ComplaintClaims            `json:"claims,omitempty"`
	Handling    *ComplaintHandling          `json:"handling,omitempty"`
	FollowUp    *ComplaintFollowUp          `json:"follow_up,omitempty"`
	Escalated   *ComplaintShare             `json:"escalated,omitempty"` // at a level that has left the firm; nil without such levels
	Movement    *ComplaintMovement          `json:"movement,omitempty"`  // of ComplaintsBetween
	Faults      []*ComplaintFault           `json:"faults"`
	Cost        measure.Number              `json:"cost"` // of all records with a cost, null where hidden
	Costed      int                         `json:"costed"`
	Warnings    []string                    `json:"warnings"`
	// Those without a severity, and without a department: with them Severities and Departments are all complaints.
	SeverityUnrecorded   *ComplaintTimes `json:"closing_severity_unrecorded,omitempty"`
	DepartmentUnrecorded *ComplaintTimes `json:"closing_department_unrecorded,omitempty"`

	// States are the states of the records at AsOf, one a complaint that counts
	// (N of them); Rows are their rows in the ledger.
	States []ComplaintState `json:"-"`
	Rows   []int32          `json:"-"`
}

// ComplaintState is what has happened to a complaint by AsOf.
type ComplaintState uint16

// The states; several hold at once.
const (
	ComplaintReceived     ComplaintState = 1 << iota
	ComplaintAcknowledged                // somebody has told the customer that it is there
	ComplaintHandled                     // answered or closed
	ComplaintCalledBack                  // a follow-up call was made
	ComplaintReached                     // … and somebody answered
	ComplaintEverClosed                  // closed at least once
	ComplaintReopened                    // reopened after a closing
	ComplaintClosed                      // closed and not open again
	ComplaintOpen                        // not closed, or open again
	ComplaintOverdue                     // open beyond the limit to close
	ComplaintClosedLate                  // closed beyond the limit
	ComplaintAnalysed                    // analysed
	ComplaintPlanned                     // has a countermeasure
)

// ComplaintCounts are numbers of complaints by state. Open + Closed = received.
type ComplaintCounts struct {
	Received     int `json:"received"`
	Acknowledged int `json:"acknowledged"`
	Analysed     int `json:"analysed"`
	Planned      int `json:"countermeasure"`
	Handled      int `json:"handled"` // answered or closed
	CalledBack   int `json:"called_back"`
	Reached      int `json:"reached"`
	Reopened     int `json:"reopened"`
	Closed       int `json:"closed"`
	Open         int `json:"open"`
	Overdue      int `json:"overdue"` // of the open
}

// ComplaintMonth is the complaints received in a month, and those closed in it.
type ComplaintMonth struct {
	Month        string           `json:"month"` // 2026-11
	Received     int              `json:"received"`
	Closed       int              `json:"closed"`         // received in it and closed by as_of
	ClosedIn     int              `json:"closed_in"`      // closed in it, whenever received
	OnTime       *ComplaintShare  `json:"on_time"`        // closed in time, of those received in it and due
	OpenAtEnd    int              `json:"open_at_end"`    // open at its end, whenever received
	Acknowledged *ComplaintShare  `json:"acknowledged"`   // acknowledged in time, of those due
	By           map[string][]int `json:"by,omitempty"`   // stratum -> counts of its groups, in the order of ComplaintStratum.Groups
	Cost         measure.Number   `json:"cost"`           // null where hidden or not known
	Units        measure.Number   `json:"units"`          // sold, null where not known
	Rate         *ComplaintRate   `json:"rate,omitempty"` // nil without units
}

// ComplaintShare is a share with its Wilson interval; null where N is 0.
type ComplaintShare struct {
	X     int              `json:"x"`
	N     int              `json:"n"`
	Share measure.Number   `json:"share"`
	CI95  measure.Interval `json:"ci95"`
}

// ComplaintStratum is one way to divide complaints: Pareto by count and by cost.
type ComplaintStratum struct {
	Column  string            `json:"column"`
	Groups  []*ComplaintGroup `json:"groups"`  // by falling count, ties by code
	Missing int               `json:"missing"` // records without a code
	Merged  int               `json:"merged"`  // groups beyond the largest, in the one with code ""
	Costs   []*ComplaintCost  `json:"costs"`   // by falling cost; nil without costs
	Vital   int               `json:"vital"`   // groups that make up the vital share of the count
	Limit   measure.Number    `json:"vital_share"`
	// Unrecorded are the records without a code: with them the groups are all complaints.
	Unrecorded *ComplaintGroup `json:"unrecorded,omitempty"`
}

// ComplaintGroup is the complaints of one code.
type ComplaintGroup struct {
	Code       string          `json:"code"` // "": the rest
	N          int             `json:"n"`
	Share      measure.Number  `json:"share"`      // of those with a code
	Cumulative measure.Number  `json:"cumulative"` // of this group and those before
	Class      string          `json:"class"`      // A while the share before is under the vital share, B under 0.95, else C
	Open       int             `json:"open"`
	Overdue    int             `json:"overdue"`
	OnTime     *ComplaintShare `json:"on_time"` // closed in time, of those due
	Rate       *ComplaintRate  `json:"rate,omitempty"`
}

// ComplaintCost is what the complaints of one code cost.
type ComplaintCost struct {
	Code       string         `json:"code"` // "": several that are too small to show alone
	Groups     int            `json:"groups"`
	N          int            `json:"n"` // records with a cost
	Cost       measure.Number `json:"cost"`
	Share      measure.Number `json:"share"`
	Cumulative measure.Number `json:"cumulative"`
	Class      string         `json:"class"`
}

// ComplaintMovement is the open complaints at the two ends of a period:
// OpenBefore + Received + Reopened − Closed = OpenAfter.
type ComplaintMovement struct {
	From       string `json:"from"` // first and last day
	To         string `json:"to"`
	OpenBefore int    `json:"open_before"`
	Received   int    `json:"received"`
	Reopened   int    `json:"reopened"` // open again
	Closed     int    `json:"closed"`
	OpenAfter  int    `json:"open_after"`
}

func complaints(in Input) *Complaints { return complaintsIn(in, time.Time{}, time.Time{}) }

// ComplaintsBetween analyses the complaints received from from up to, not
// including, to; nil without a ledger of complaints. Their state is that at
// AsOf, not at the end of the period; Movement tells of the period itself.
func ComplaintsBetween(in Input, from, to time.Time) *Complaints { return complaintsIn(in, from, to) }
