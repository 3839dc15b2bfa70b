package service

import (
	"cmp"
	"math"
	"sync"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Limits where the author names none, in hours.
const (
	complaintsAcknowledge = 48
	complaintsClose       = 15 * 24
	complaintsRecurrence  = 90 * 24
)

// Warnings of complaints.
const (
	ComplaintsNone      = "no_complaints"
	ComplaintsMonthsCut = "months_cut" // more months than are shown one by one
)

// complaintsBase is the complaints that count, and what their analyses share.
type complaintsBase struct {
	in     Input
	ledger *ledger.Ledger
	rules  *survey.ComplaintRules
	least  int   // min_cell
	end    int64 // the first second after AsOf
	asOf   int64 // the first second of AsOf

	whole    bool  // all complaints, not those of a period
	from, to int64 // of the period

	received, acknowledged, analysed, countermeasure, answered, closed, reopened, called *ledger.Values

	rows   []int32 // of the ledger
	states []ComplaintState
	first  int     // month of the first of months
	month  []int16 // of receipt, from first; −1 for those before
	out    *Complaints
}

func complaintsIn(in Input, from, to time.Time) *Complaints {
	l := in.Ledgers.Of("complaints")
	if l == nil {
		return nil
	}
	b := newComplaintsBase(in, l, from, to)
	b.choose()
	b.judge()
	o := b.out
	o.N, o.Rows, o.States = len(b.rows), b.rows, b.states
	b.count()
	if o.N == 0 {
		o.Warnings = append(o.Warnings, ComplaintsNone)
	}
	var aside sync.WaitGroup // it takes as long as all the others and touches nothing of theirs
	aside.Go(b.recurrence)
	b.stages()
	b.onTime()
	b.ages()
	b.months()
	b.strata()
	b.rates()
	b.lateCharts()
	b.costs()
	b.claims()
	b.handling()
	b.followUp()
	b.escalation()
	aside.Wait()
	if b.whole {
		for _, f := range l.Faults {
			o.Faults = append(o.Faults, &ComplaintFault{f.Kind, f.Column, f.Other, f.N})
		}
	} else {
		b.movement()
	}
	return o
}

func newComplaintsBase(in Input, l *ledger.Ledger, from, to time.Time) *complaintsBase {
	if in.Zone == nil {
		in.Zone = time.UTC
	}
	rules := &in.Survey.Service.Complaints
	b := &complaintsBase{in: in, ledger: l, rules: rules, least: in.Results.MinCell, whole: from.IsZero() && to.IsZero(), from: math.MinInt64, to: math.MaxInt64}
	if !from.IsZero() {
		b.from = from.Unix()
	}
	if !to.IsZero() {
		b.to = to.Unix()
	}
	day, err := time.ParseInLocation(time.DateOnly, cmp.Or(in.Results.AsOf, l.Last), in.Zone)
	if err != nil {
		day = time.Date(2200, 12, 31, 0, 0, 0, 0, in.Zone) // a ledger without a date
	}
	b.asOf, b.end = day.Unix(), day.AddDate(0, 0, 1).Unix()
	b.received, b.acknowledged, b.analysed, b.countermeasure = l.Of("received"), l.Of("acknowledged"), l.Of("analysed"), l.Of("countermeasure")
	b.answered, b.closed, b.reopened, b.called = l.Of("answered"), l.Of("closed"), l.Of("reopened"), l.Of("called_back")
	b.out = &Complaints{
		AsOf: cmp.Or(in.Results.AsOf, l.Last), OnTime: map[string]*ComplaintOnTime{}, Warnings: []string{}, Faults: []*ComplaintFault{}, Cost: complaintsNaN(),
		Stages: []*ComplaintStage{}, Recurrence: []*ComplaintRecurrence{}, Late: []*ComplaintChart{}, Months: []*ComplaintMonth{}, Strata: []*ComplaintStratum{},
		Limits: ComplaintLimits{
			Acknowledge: cmp.Or(rules.Acknowledge, complaintsAcknowledge), Answer: rules.Answer, Close: cmp.Or(rules.Close, complaintsClose),
			Recurrence: cmp.Or(rules.Recurrence, complaintsRecurrence), FollowUp: rules.FollowUp,
		},
	}
	return b
}

// choose takes the records received by AsOf, in the period.
func (b *complaintsBase) choose() {
	first, last := int64(math.MaxInt64), int64(math.MinInt64)
	for row := range b.ledger.Rows {
		t, ok := b.received.Seconds(row)
		switch {
		case !ok:
			b.out.Undated++
		case t >= b.end:
			b.out.Later++
		case t >= b.from && t < b.to:
			b.rows = append(b.rows, int32(row))
			first, last = min(first, t), max(last, t)
		}
	}
	if len(b.rows) == 0 {
		return
	}
	from, to := time.Unix(first, 0).In(b.in.Zone), time.Unix(last, 0).In(b.in.Zone)
	b.out.From, b.out.To = from.Format(time.DateOnly), to.Format(time.DateOnly)
	b.placeMonths(from, to)
}

// happened reports whether a stage of a record was reached by AsOf.
func (b *complaintsBase) happened(v *ledger.Values, row int) bool {
	t, ok := v.Seconds(row)
	return ok && t < b.end
}

// waited is the time in seconds from a moment to the end of AsOf, in whole days
// of the calendar where it has no time of day.
func (b *complaintsBase) waited(v *ledger.Values, row int) int64 {
	t, _ := v.Seconds(row)
	if !v.Day(row) {
		return b.end - t
	}
	return (b.asOf - t + 43200) / 86400 * 86400 // a day of 23 or 25 hours is a day
}

// judge finds the state of each record.
func (b *complaintsBase) judge() {
	limit := complaintsSeconds(b.out.Limits.Close)
	b.states = make([]ComplaintState, len(b.rows))
	for i, r := range b.rows {
		row, s := int(r), ComplaintReceived
		mark := func(has bool, state ComplaintState) {
			if has {
				s |= state
			}
		}
		closed, answered := b.happened(b.closed, row), b.happened(b.answered, row)
		again := b.happened(b.reopened, row)
		open := !closed || again && ledger.SecondsBetween(b.closed, b.reopened, row) > 0
		reopened := again || b.reopened.Undated(row) && closed
		mark(b.happened(b.acknowledged, row), ComplaintAcknowledged)
		mark(b.happened(b.analysed, row), ComplaintAnalysed)
		mark(b.happened(b.countermeasure, row), ComplaintPlanned)
		mark(answered || closed, ComplaintHandled)
		mark(b.happened(b.called, row) || b.called.Undated(row), ComplaintCalledBack)
		mark(s&ComplaintCalledBack != 0 && b.ledger.Of("reached").Number(row) == 1, ComplaintReached)
		mark(closed || reopened, ComplaintEverClosed)
		mark(reopened, ComplaintReopened)
		mark(!open, ComplaintClosed)
		mark(open, ComplaintOpen)
		mark(open && b.waited(b.received, row) >= limit, ComplaintOverdue)
		mark(!open && ledger.SecondsBetween(b.received, b.closed, row) > limit, ComplaintClosedLate)
		b.states[i] = s
	}
}

func (b *complaintsBase) count() {
	c := &b.out.State
	for _, s := range b.states {
		for _, x := range []struct {
			state ComplaintState
			n     *int
		}{
			{ComplaintReceived, &c.Received},
			{ComplaintAcknowledged, &c.Acknowledged},
			{ComplaintAnalysed, &c.Analysed},
			{ComplaintPlanned, &c.Planned},
			{ComplaintHandled, &c.Handled},
			{ComplaintCalledBack, &c.CalledBack},
			{ComplaintReached, &c.Reached},
			{ComplaintReopened, &c.Reopened},
			{ComplaintClosed, &c.Closed},
			{ComplaintOpen, &c.Open},
			{ComplaintOverdue, &c.Overdue},
		} {
			if s&x.state != 0 {
				*x.n++
			}
		}
	}
	ever := 0
	for _, s := range b.states {
		if s&ComplaintEverClosed != 0 {
			ever++
		}
	}
	b.out.Reopened = complaintsShare(c.Reopened, ever)
}

// movement is how the open complaints of the whole ledger changed in the period.
func (b *complaintsBase) movement() {
	m := &ComplaintMovement{}
	end := min(b.to, b.end)
	if b.from > math.MinInt64 {
		m.From = time.Unix(b.from, 0).In(b.in.Zone).Format(time.DateOnly)
	}
	m.To = time.Unix(end-1, 0).In(b.in.Zone).Format(time.DateOnly)
	for row := range b.ledger.Rows {
		r, ok := b.received.Seconds(row)
		if !ok || r >= end {
			continue
		}
		c, closed := b.closed.Seconds(row)
		o, again := b.reopened.Seconds(row)
		again = again && (!closed || o > c)
		if r >= b.from {
			m.Received++
		}
		within := func(t int64, has bool) bool { return has && t >= b.from && t < end }
		if within(c, closed) {
			m.Closed++
		}
		if closed && within(o, again) {
			m.Reopened++
		}
		openAt := func(t int64) bool { return r < t && (!closed || c >= t || again && o < t) }
		if openAt(b.from) {
			m.OpenBefore++
		}
		if openAt(end) {
			m.OpenAfter++
		}
	}
	b.out.Movement = m
}

func complaintsNaN() measure.Number { return measure.Number(math.NaN()) }

func complaintsSeconds(hours float64) int64 { return int64(math.Round(hours * 3600)) }

func complaintsShare(x, n int) *ComplaintShare {
	e := stat.Share(x, n)
	return &ComplaintShare{X: x, N: n, Share: measure.Number(e.Value), CI95: measure.Interval{measure.Number(e.Low), measure.Number(e.High)}}
}

func complaintsInterval(e stat.Estimate) measure.Interval {
	return measure.Interval{measure.Number(e.Low), measure.Number(e.High)}
}

// complaintsHidden says which groups are hidden: those of fewer records than
// least, and where they together are fewer than that, or one alone, the next
// smallest too, so that the total does not give them away. Empty groups count as shown.
func complaintsHidden(sizes []int, least int) []bool {
	hidden := make([]bool, len(sizes))
	sum, groups := 0, 0
	for i, n := range sizes {
		if n > 0 && n < least {
			hidden[i] = true
			sum, groups = sum+n, groups+1
		}
	}
	for groups > 0 && (groups < 2 || sum < least) {
		next := -1
		for i, n := range sizes {
			if !hidden[i] && n > 0 && (next < 0 || n < sizes[next]) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		hidden[next] = true
		sum, groups = sum+sizes[next], groups+1
	}
	return hidden
}
