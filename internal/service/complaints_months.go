package service

import (
	"fmt"
	"math"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/stat"
)

// complaintsMostMonths is how many months are shown one by one; of more the latest.
const complaintsMostMonths = 120

// placeMonths finds the month of receipt of each record.
func (b *complaintsBase) placeMonths(from, to time.Time) {
	first, last := complaintsMonth(from), complaintsMonth(to)
	if last-first >= complaintsMostMonths {
		first = last - complaintsMostMonths + 1
		b.out.Warnings = append(b.out.Warnings, ComplaintsMonthsCut)
	}
	b.first = first
	for m := first; m <= last; m++ {
		b.out.Months = append(b.out.Months, &ComplaintMonth{Month: complaintsMonthName(m), By: map[string][]int{}, Cost: complaintsNaN(), Units: complaintsNaN()})
	}
	starts := b.starts()
	b.month = make([]int16, len(b.rows))
	at := 0
	for i, r := range b.rows {
		t, _ := b.received.Seconds(int(r))
		b.month[i] = int16(complaintsPlace(starts, t, &at))
	}
}

// starts are the first seconds of the months, and of the one after them.
func (b *complaintsBase) starts() []int64 {
	var out []int64
	for i := range len(b.out.Months) + 1 {
		out = append(out, time.Date((b.first+i)/12, time.Month((b.first+i)%12+1), 1, 0, 0, 0, 0, b.in.Zone).Unix())
	}
	return out
}

// complaintsPlace is the month that holds t, −1 where none does; near is where to look first.
func complaintsPlace(starts []int64, t int64, near *int) int {
	last := len(starts) - 1
	if last < 1 || t < starts[0] || t >= starts[last] {
		return -1
	}
	if i := *near; t >= starts[i] && t < starts[i+1] {
		return i
	}
	low, high := 0, last-1
	for low < high {
		if mid := (low + high + 1) / 2; starts[mid] <= t {
			low = mid
		} else {
			high = mid - 1
		}
	}
	*near = low
	return low
}

func complaintsMonth(t time.Time) int { return t.Year()*12 + int(t.Month()) - 1 }

func complaintsMonthName(m int) string { return fmt.Sprintf("%04d-%02d", m/12, m%12+1) }

// months counts what came in, was closed and was in time, month by month.
func (b *complaintsBase) months() {
	n := len(b.out.Months)
	kept, due, known, dueKnown := make([]int, n), make([]int, n), make([]int, n), make([]int, n)
	for i := range b.rows {
		m := b.month[i]
		if m < 0 {
			continue
		}
		x := b.out.Months[m]
		x.Received++
		if b.states[i]&ComplaintClosed != 0 {
			x.Closed++
		}
		if in, isDue, _ := b.kept(i, "closed", b.out.Limits.Close); isDue {
			due[m]++
			if in {
				kept[m]++
			}
		}
		if in, isDue, _ := b.kept(i, "acknowledged", b.out.Limits.Acknowledge); isDue {
			dueKnown[m]++
			if in {
				known[m]++
			}
		}
	}
	for m, x := range b.out.Months {
		if b.closed.Present {
			x.OnTime = complaintsShare(kept[m], due[m])
		}
		if b.acknowledged.Present {
			x.Acknowledged = complaintsShare(known[m], dueKnown[m])
		}
	}
	if b.whole {
		b.endings()
	}
}

// endings counts closings in each month and what was open at its end. In a
// period they would count its own complaints only: Movement tells of the others.
func (b *complaintsBase) endings() {
	starts := b.starts()
	n := len(b.out.Months)
	change := make([]int, n+1) // of the open ones, by month
	before, near := 0, 0
	for i, r := range b.rows {
		row := int(r)
		if m := b.month[i]; m >= 0 {
			change[m]++
		} else {
			before++
		}
		closed, has := b.closed.Seconds(row)
		if !has || closed >= b.end {
			continue
		}
		received, _ := b.received.Seconds(row) // nothing is open before it, though dates may run backwards
		take := func(t int64, step int) {
			m := complaintsPlace(starts, t, &near)
			switch {
			case m >= 0:
				change[m] += step
			case n > 0 && t < starts[0]:
				before += step
			}
		}
		take(max(closed, received), -1)
		if m := complaintsPlace(starts, closed, &near); m >= 0 {
			b.out.Months[m].ClosedIn++
		}
		if b.happened(b.reopened, row) && ledger.SecondsBetween(b.closed, b.reopened, row) > 0 {
			t, _ := b.reopened.Seconds(row)
			take(max(t, received), 1)
		}
	}
	for m, x := range b.out.Months {
		before += change[m]
		x.OpenAtEnd = before
	}
}

// lateCharts are the p-charts of limits that were not kept, by month of receipt.
func (b *complaintsBase) lateCharts() {
	for _, x := range []struct {
		name string
		of   func(*ComplaintMonth) *ComplaintShare
	}{{"acknowledged", func(m *ComplaintMonth) *ComplaintShare { return m.Acknowledged }}, {"closed", func(m *ComplaintMonth) *ComplaintShare { return m.OnTime }}} {
		if b.out.OnTime[x.name] == nil {
			continue
		}
		c := &ComplaintChart{Kind: "p", Of: x.name}
		var late, due []float64
		for _, m := range b.out.Months {
			s := x.of(m)
			c.Periods, c.X = append(c.Periods, m.Month), append(c.X, s.N-s.X)
			late, due = append(late, float64(s.N-s.X)), append(due, float64(s.N))
		}
		c.fill(stat.PChart(late, due), due)
		b.out.Late = append(b.out.Late, c)
	}
}

func (c *ComplaintChart) fill(from stat.Control, n []float64) {
	c.Centre = measure.Number(from.Centre)
	c.Outside, c.Runs, c.Run = []int{}, []int{}, from.Run
	for i := range from.Value {
		c.N = append(c.N, measure.Number(n[i]))
		c.Value = append(c.Value, measure.Number(from.Value[i]))
		c.Upper, c.Lower = append(c.Upper, measure.Number(from.Upper[i])), append(c.Lower, measure.Number(from.Lower[i]))
		if from.Outside[i] {
			c.Outside = append(c.Outside, i)
		}
		if from.Signal(i) {
			c.Runs = append(c.Runs, i)
		}
	}
}

func complaintsRate(count int, units float64) *ComplaintRate {
	e := stat.PoissonRate(count, units/1000)
	if math.IsNaN(e.Value) {
		return nil
	}
	return &ComplaintRate{Count: count, Units: measure.Number(units), Per: measure.Number(e.Value), CI95: complaintsInterval(e)}
}
