package measure

import (
	"manyi/internal/stat"
	"manyi/internal/table"
)

// ticks counts a multiple choice by group: one tally whose codes are the
// options. The base of every share is the responses that say something of any
// option; within them an empty cell is an option that was not ticked. Nil where
// no file has a column of it.
func (w *wave) ticks(a asked, g groups) []tally {
	codes := a.item.Scale.Codes()
	columns := make([]*table.Column, len(codes))
	found := false
	for i, code := range codes {
		if c := w.columns[a.item.ID+"_"+code]; c != nil && !c.Absent {
			columns[i], found = c, true
		}
	}
	if !found {
		return nil
	}
	out := make([]tally, len(g.codes))
	for k := range out {
		out[k].counts, out[k].points = make([]int, len(codes)), make([]stat.Point, len(codes))
	}
	for row, k := range g.of {
		if k >= 0 {
			out[k].tick(columns, row, w.weight(row))
		}
	}
	return out
}

// tick adds one response of weight x to a multiple choice.
func (t *tally) tick(columns []*table.Column, row int, x float64) {
	why, answered := table.NotShown, false
	for _, c := range columns {
		if c == nil {
			continue
		}
		if _, reason := c.Code(row); reason == table.Answered {
			answered = true
		} else {
			why = reason
		}
	}
	if !answered {
		t.missing[why]++
		return
	}
	t.n++
	t.valid = plus(t.valid, x)
	for i, c := range columns {
		if c == nil {
			continue
		}
		if code, _ := c.Code(row); code == 1 {
			t.counts[i]++
			t.points[i] = plus(t.points[i], x)
		}
	}
}
