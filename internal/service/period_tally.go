package service

import (
	"time"

	"manyi/internal/ledger"
)

// periodTally is what happened in one month.
type periodTally struct {
	from                                                    time.Time
	received, closed, reopened, returned, due, onTime, open int
	took                                                    []float64 // days from reception to closure, of those closed in it
	codes                                                   []map[string]int
}

// periodMonths are the months from a first one to the last in which anything was
// received or closed, empty, with the seconds in which they begin and the last ends.
func periodMonths(cases []flowCase, first time.Time) (out []*periodTally, starts []int64) {
	last := first.Unix()
	for i := range cases {
		for _, t := range []int64{cases[i].received, cases[i].closed} {
			if t != flowNever {
				last = max(last, t)
			}
		}
	}
	starts = []int64{first.Unix()}
	for from := first; from.Unix() <= last; from = from.AddDate(0, 1, 0) {
		t := &periodTally{from: from}
		for range periodStrata {
			t.codes = append(t.codes, map[string]int{})
		}
		out, starts = append(out, t), append(starts, from.AddDate(0, 1, 0).Unix())
	}
	return out, starts
}

// periodTallies counts every month from a first one, in one pass.
func periodTallies(in Input, cases []flowCase, first time.Time) []*periodTally {
	out, starts := periodMonths(cases, first)
	var columns []*ledger.Values
	for _, name := range periodStrata {
		columns = append(columns, in.Ledgers.Of("complaints").Of(name))
	}
	near := 0
	at := func(t int64) *periodTally {
		if m := complaintsPlace(starts, t, &near); t != flowNever && m >= 0 {
			return out[m]
		}
		return &periodTally{} // it counts nowhere
	}
	for i := range cases {
		c := &cases[i]
		t := at(c.received)
		t.take(c)
		for k, v := range columns {
			t.codes[k][v.Text(int(c.row))]++
		}
		at(c.reopened).reopened++
		closed := at(c.closed)
		closed.closed++
		if c.closed == flowNever {
			continue
		}
		closed.took = append(closed.took, float64(max(0, c.closed-c.received))/complaintsDay)
		at(max(c.closed, c.received)).open--
		if c.again {
			again := at(max(c.reopened, c.received))
			again.open, again.returned = again.open+1, again.returned+1
		}
	}
	for i := 1; i < len(out); i++ {
		out[i].open += out[i-1].open // so far the change in the month
	}
	return out
}

// take counts a complaint that was received in the month.
func (t *periodTally) take(c *flowCase) {
	t.received++
	t.open++
	t.due += flowOne(c.due)
	t.onTime += flowOne(c.onTime)
}
