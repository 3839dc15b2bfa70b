package service

import (
	"slices"

	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/stat"
)

// DeskSuggestions is what became of suggestions (METHODS A51). Their texts are
// private and are not read.
type DeskSuggestions struct {
	N        int            `json:"n"`
	Adopted  *DeskFigure    `json:"adopted"` // of the decided ones
	Received *DeskFigure    `json:"adopted_of_received"`
	Open     int            `json:"open"` // without a decision
	Lead     *DeskLead      `json:"lead_time,omitempty"`
	Waiting  *DeskLead      `json:"waiting,omitempty"` // adopted ones that are not done, to the day of the report
	Channels []*DeskOwner   `json:"channels,omitempty"`
	Subjects []*DeskOwner   `json:"categories,omitempty"`
	Months   []*DeskCounted `json:"months,omitempty"`
}

// DeskLead is days from received to done: median and ninth decile of type 7.
type DeskLead struct {
	N      int            `json:"n"`
	Median measure.Number `json:"median_days"`
	P90    measure.Number `json:"p90_days"`
}

// DeskCounted is the number of records of a month.
type DeskCounted struct {
	Month string `json:"month"`
	N     int    `json:"n"`
}

func (c *deskContext) suggestions() *DeskSuggestions {
	l := c.of("suggestions")
	if l == nil {
		return nil
	}
	adopted := deskEach(l.Rows, l.Of("adopted").Number, func(x float64) bool { return x == 1 })
	out := &DeskSuggestions{N: l.Rows}
	f := adopted.share(nil)
	out.Open = l.Rows - f.N
	out.Received = c.hide(deskFigure(stat.Share(f.Count, l.Rows), f.Count))
	out.Adopted = c.judge(c.hide(f), "adopted", false)
	var lead, waiting []float64
	received, done := l.Of("received"), l.Of("done")
	for i := range l.Rows {
		switch {
		case !received.Has(i) || adopted[i] != 1:
		case done.Has(i) && !done.Time(i).After(c.now):
			lead = append(lead, max(deskDays(deskDayOf(received.Time(i)), done.Time(i)), 0))
		case !received.Time(i).After(c.now):
			waiting = append(waiting, max(deskDays(deskDayOf(received.Time(i)), c.now.AddDate(0, 0, -1)), 0))
		}
	}
	out.Lead, out.Waiting = c.lead(lead), c.lead(waiting)
	out.Channels = c.part(l.Of("channel"), adopted, l.Rows)
	out.Subjects = c.part(l.Of("category"), adopted, l.Rows)
	names, of := c.months(received, l.Rows)
	out.Months = deskCount(names, of)
	return out
}

// lead is nil where fewer than the privacy threshold are behind it.
func (c *deskContext) lead(days []float64) *DeskLead {
	if len(days) < c.least {
		return nil
	}
	slices.Sort(days)
	return &DeskLead{N: len(days), Median: measure.Number(stat.Quantile(days, .5)), P90: measure.Number(stat.Quantile(days, .9))}
}

// part is the adopted share of each code of a column.
func (c *deskContext) part(v *ledger.Values, h deskHits, rows int) []*DeskOwner {
	codes, of := deskGroupsOf(v, rows)
	if len(codes) < 1 {
		return nil
	}
	return c.owners(codes, of, map[string]deskHits{"adopted": h}, []string{"adopted"})
}

func deskCount(names []string, of []int) []*DeskCounted {
	var out []*DeskCounted
	for _, m := range names {
		out = append(out, &DeskCounted{Month: m})
	}
	for _, k := range of {
		if k >= 0 {
			out[k].N++
		}
	}
	return out
}
