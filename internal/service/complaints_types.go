package service

import "manyi/internal/measure"

// ComplaintLimits are the limits by which complaints are judged, in hours; 0 is
// none.
type ComplaintLimits struct {
	Acknowledge float64 `json:"acknowledge_hours"`
	Answer      float64 `json:"answer_hours"`
	Close       float64 `json:"close_hours"`
	Recurrence  float64 `json:"recurrence_hours"`
	FollowUp    float64 `json:"follow_up_hours"`
}

// ComplaintTimes are the durations of what is done, in days, and of what still
// waits. Quantiles of the done alone flatter: the slow ones are still open. The
// Kaplan–Meier quantiles count them as lasting at least as long as they have.
type ComplaintTimes struct {
	Code         string         `json:"code,omitempty"`
	N            int            `json:"n"` // done
	Waiting      int            `json:"waiting"`
	Mean         measure.Number `json:"mean"`
	Median       measure.Number `json:"median"`
	P90          measure.Number `json:"p90"` // type 7
	Max          measure.Number `json:"max"`
	KaplanMedian measure.Number `json:"kaplan_meier_median"` // first time with S(t) ≤ 1 − p; null where never reached
	KaplanP90    measure.Number `json:"kaplan_meier_p90"`
}

// ComplaintStage is one stage of handling.
type ComplaintStage struct {
	Name     string          `json:"name"` // column of the ledger
	Reached  int             `json:"reached"`
	Skipped  int             `json:"skipped"` // a later stage is there and this one is not
	Waiting  int             `json:"waiting"` // open and not there yet
	Received *ComplaintTimes `json:"from_receipt"`
	Before   *ComplaintTimes `json:"from_stage_before"` // of records that have both
	Previous string          `json:"previous"`          // the stage before that a file has
}

// ComplaintOnTime is how often a limit was kept; the limit itself is in time.
type ComplaintOnTime struct {
	Hours    float64         `json:"hours"`
	Due      *ComplaintShare `json:"of_those_due"`      // limit over at as_of; what is not done is late
	Finished *ComplaintShare `json:"of_those_finished"` // flatters: what is not done does not count
	NotDue   int             `json:"not_yet_due"`
}

// ComplaintAges are the open complaints by age.
type ComplaintAges struct {
	ComplaintTimes
	Classes []ComplaintAge `json:"classes"`
}

// ComplaintAge is one class of age, in days, from From up to and including To; To 0 is open.
type ComplaintAge struct {
	From float64 `json:"from"`
	To   float64 `json:"to"`
	N    int     `json:"n"`
}

// ComplaintRecurrence is how often a complaint comes again within the window.
type ComplaintRecurrence struct {
	Key      []string        `json:"key"`      // columns that are the same
	Repeats  *ComplaintShare `json:"repeats"`  // complaints that repeat an earlier one
	Followed *ComplaintShare `json:"followed"` // complaints followed by another, of those with the full window
	NoKey    int             `json:"no_key"`   // records without the columns

	rows []int32 // rows of the ledger that repeat
}

// ComplaintRate is complaints per thousand units sold with the exact Poisson interval.
type ComplaintRate struct {
	Count int              `json:"count"`
	Units measure.Number   `json:"units"`
	Per   measure.Number   `json:"per_1000"`
	CI95  measure.Interval `json:"ci95"`
}

// ComplaintRates are complaints against units sold, by period of the ledger of units.
type ComplaintRates struct {
	Total   *ComplaintRate       `json:"total"`
	Periods []*ComplaintRateTime `json:"periods"`
	Chart   *ComplaintChart      `json:"u_chart"`
	By      string               `json:"by,omitempty"` // column of complaints that the units are sold by
	Without int                  `json:"without"`      // complaints outside the periods of units
	Partly  int                  `json:"partly"`       // periods that are not over at as_of, left out
}

// ComplaintRateTime is the rate of one period.
type ComplaintRateTime struct {
	Period string `json:"period"`
	*ComplaintRate
}

// ComplaintChart is a control chart: u (per unit) or p (share).
type ComplaintChart struct {
	Kind    string           `json:"kind"`    // u or p
	Of      string           `json:"of"`      // received; acknowledged, answered, closed: late
	Periods []string         `json:"periods"` // months
	X       []int            `json:"x"`
	N       []measure.Number `json:"n"`
	Value   []measure.Number `json:"value"`
	Centre  measure.Number   `json:"centre"`
	Upper   []measure.Number `json:"ucl"`
	Lower   []measure.Number `json:"lcl"`
	Outside []int            `json:"outside"` // places from 0
	Run     []int            `json:"run_length"`
	Runs    []int            `json:"flagged_from_8"` // places from 0
}

// ComplaintClaims is what was claimed from those who are responsible and came back.
type ComplaintClaims struct {
	*ComplaintClaim
	Open    int               `json:"open"` // claimed and nothing recovered
	Parties []*ComplaintClaim `json:"parties"`
	Ignored int               `json:"ignored"` // claims that are not positive
}

// ComplaintClaim is the claims against one party; Rate is recovered ÷ claimed.
type ComplaintClaim struct {
	Party     string           `json:"party,omitempty"`
	N         int              `json:"n"`
	Claimed   measure.Number   `json:"claimed"`
	Recovered measure.Number   `json:"recovered"`
	Rate      measure.Number   `json:"rate"`
	CI95      measure.Interval `json:"ci95"`
	Hidden    bool             `json:"suppressed,omitempty"`
}

// ComplaintHandling is how satisfied customers are with the handling.
type ComplaintHandling struct {
	Low, High float64                  `json:"-"`
	Top       float64                  `json:"top_from"`
	All       []*ComplaintSatisfaction `json:"all"`     // result, process, manner
	Methods   []*ComplaintMethod       `json:"methods"` // by falling count
	Outside   int                      `json:"outside"` // answers outside the scale, left out
}

// ComplaintMethod is the satisfaction where one method of handling was used.
type ComplaintMethod struct {
	Method string                   `json:"method"`
	N      int                      `json:"n"`
	Of     []*ComplaintSatisfaction `json:"satisfaction"`
}

// ComplaintSatisfaction is one of result, process and manner: mean on the
// scale with its t interval, 0–100 score, share in the top codes.
type ComplaintSatisfaction struct {
	Aspect string           `json:"aspect"`
	N      int              `json:"n"`
	Mean   measure.Number   `json:"mean"`
	CI95   measure.Interval `json:"ci95"`
	Score  measure.Number   `json:"score"`
	Top    *ComplaintShare  `json:"top"`
	Hidden bool             `json:"suppressed,omitempty"`
}

// ComplaintFollowUp is the follow-up calls (METHODS A121).
type ComplaintFollowUp struct {
	Called    *ComplaintShare `json:"called_back"` // of the handled
	InTime    *ComplaintShare `json:"in_time"`     // called within the limit after handling, of those due
	Reached   *ComplaintShare `json:"reached"`     // of the called back of whom it is known
	Satisfied *ComplaintShare `json:"satisfied"`   // with the result, of the reached who said
	Reopened  *ComplaintShare `json:"reopened"`    // after the call, of the called back
	Undated   int             `json:"undated"`     // reopened at an unknown time, not counted in Reopened
	Hidden    bool            `json:"satisfied_suppressed,omitempty"`
}

// ComplaintFault is what is wrong with the dates of some records.
type ComplaintFault struct {
	Kind  string `json:"kind"` // before_receipt, backwards, skipped
	Stage string `json:"stage"`
	Other string `json:"other,omitempty"`
	N     int    `json:"n"`
}
