package service

import (
	"math"
	"slices"
	"strings"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/stat"
)

// DeskKPIs are the key figures of tickets in their order; of those of
// deskLower fewer is better.
var DeskKPIs = []string{"satisfied", "on_time", "promised", "done_by_due", "first_time", "several_visits", "repeat"}

var deskLower = map[string]bool{"several_visits": true, "repeat": true}

// DeskTickets is what tickets say (METHODS A47, A66, B11).
type DeskTickets struct {
	N             int                    `json:"n"`
	OnTimeHours   int                    `json:"on_time_hours"`
	RepeatDays    int                    `json:"repeat_days"`
	SatisfiedFrom measure.Number         `json:"satisfied_from"`
	FirstTimeBy   string                 `json:"first_time_by,omitempty"` // recorded, or followed: no further ticket within RepeatDays
	KPIs          map[string]*DeskFigure `json:"kpis"`
	Visits        *DeskFigure            `json:"visits_until_done,omitempty"` // mean
	Months        []*DeskSeries          `json:"months,omitempty"`
	Kinds         []*DeskOwner           `json:"kinds,omitempty"`

	hits map[string]deskHits
}

// DeskOwner is one owner of figures: a provider, a department, a unit, a kind.
type DeskOwner struct {
	ID   string                 `json:"id"`
	N    int                    `json:"n"`
	KPIs map[string]*DeskFigure `json:"kpis"`
}

func (c *deskContext) tickets() *DeskTickets {
	l := c.of("tickets")
	if l == nil {
		return nil
	}
	t := &DeskTickets{N: l.Rows, OnTimeHours: c.rules.OnTimeHours, RepeatDays: c.rules.RepeatDays, KPIs: map[string]*DeskFigure{}, hits: map[string]deskHits{}}
	if t.OnTimeHours == 0 {
		t.OnTimeHours = 24
	}
	if t.RepeatDays == 0 {
		t.RepeatDays = 30
	}
	t.SatisfiedFrom = measure.Number(c.satisfiedFrom(l.Of("satisfied")))
	c.measureTickets(t, l)
	for _, id := range DeskKPIs {
		if h := t.hits[id]; h != nil {
			t.KPIs[id] = c.judge(c.hide(h.share(nil)), id, deskLower[id])
		}
	}
	if v := l.Of("visits"); v.Present {
		t.Visits = c.hide(deskFigure(stat.Mean(deskPoints(v.Numbers, deskPositive)), 0))
	}
	names, of := c.months(l.Of("opened"), l.Rows)
	for _, id := range DeskKPIs {
		if h := t.hits[id]; h != nil && len(names) > 1 {
			t.Months = append(t.Months, c.series(id, h, names, of))
		}
	}
	var trends []*DeskTrend
	for _, s := range t.Months {
		trends = append(trends, s.Trend)
	}
	deskHolm(trends)
	if codes, of := deskGroupsOf(l.Of("kind"), l.Rows); len(codes) > 0 {
		t.Kinds = c.owners(codes, of, t.hits, DeskKPIs)
	}
	return t
}

// satisfiedFrom is where satisfied begins: the author's number, else 1 where the
// ratings are 0 and 1 only, else 4.
func (c *deskContext) satisfiedFrom(v *ledger.Values) float64 {
	if c.rules.SatisfiedFrom != nil {
		return *c.rules.SatisfiedFrom
	}
	for i := range v.Numbers {
		if x := v.Number(i); !math.IsNaN(x) && x != 0 && x != 1 {
			return 4
		}
	}
	return 1
}

func deskPositive(x float64) bool { return x > 0 }

// deskPoints are the numbers that pass, as points.
func deskPoints(numbers []float64, pass func(float64) bool) []stat.Point {
	var out []stat.Point
	for _, x := range numbers {
		if !math.IsNaN(x) && (pass == nil || pass(x)) {
			out = append(out, stat.Point{Value: x, N: 1, W: 1, W2: 1})
		}
	}
	return out
}

// measureTickets finds the hits of every key figure whose columns are there.
func (c *deskContext) measureTickets(t *DeskTickets, l *ledger.Ledger) {
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return !l.Of(n).Present })
	}
	if has("satisfied") {
		t.hits["satisfied"] = deskEach(l.Rows, l.Of("satisfied").Number, func(x float64) bool { return x >= float64(t.SatisfiedFrom) })
	}
	if has("opened", "arrived") {
		t.hits["on_time"] = c.onTime(l, t.OnTimeHours)
	}
	if has("promised") {
		t.hits["promised"] = c.kept(l, c.promise(), "promised")
	}
	if has("due", "done") {
		t.hits["done_by_due"] = c.kept(l, "done", "due")
	}
	if has("visits") {
		t.hits["several_visits"] = deskEach(l.Rows, func(i int) float64 {
			if x := l.Of("visits").Number(i); x > 0 {
				return x
			}
			return math.NaN()
		}, func(x float64) bool { return x > 1 })
	}
	if has("opened", "asset", "fault") {
		before, after := c.repeats(l, t.RepeatDays)
		t.hits["repeat"] = before
		t.hits["first_time"], t.FirstTimeBy = after, "followed"
	}
	if has("first_time") {
		t.hits["first_time"], t.FirstTimeBy = deskEach(l.Rows, l.Of("first_time").Number, func(x float64) bool { return x == 1 }), "recorded"
	}
}

// deskEach judges a number of every row; NaN stays out.
func deskEach(rows int, of func(int) float64, hit func(float64) bool) deskHits {
	h := deskNoHits(rows)
	for i := range h {
		if x := of(i); !math.IsNaN(x) {
			h[i] = deskYes(hit(x))
		}
	}
	return h
}

func (c *deskContext) promise() string {
	if c.rules.Promise == "done" {
		return "done"
	}
	return "arrived"
}

// onTime is arrived within so many hours of opened, limit inclusive, calendar
// time; base: tickets whose limit has passed. Who has not come by then is late.
func (c *deskContext) onTime(l *ledger.Ledger, hours int) deskHits {
	opened, arrived, h := l.Of("opened"), l.Of("arrived"), deskNoHits(l.Rows)
	for i := range h {
		if opened.Has(i) {
			limit := opened.Time(i).Add(time.Duration(hours) * time.Hour)
			h[i] = c.within(arrived, i, limit, deskDayOnly(opened, i))
		}
	}
	return h
}

// kept is happened by the moment of a column; base: tickets whose moment has passed.
func (c *deskContext) kept(l *ledger.Ledger, happened, limit string) deskHits {
	at, by, h := l.Of(happened), l.Of(limit), deskNoHits(l.Rows)
	for i := range h {
		if by.Has(i) {
			h[i] = c.within(at, i, by.Time(i), deskDayOnly(by, i))
		}
	}
	return h
}

// within judges one record against its limit: NaN where the limit lies ahead.
func (c *deskContext) within(at *ledger.Values, row int, limit time.Time, days bool) float64 {
	end := limit
	if days {
		end = deskDayOf(limit).AddDate(0, 0, 1)
	}
	if end.After(c.now) {
		return math.NaN()
	}
	if !at.Has(row) || at.Time(row).After(c.now) {
		return 0
	}
	return deskYes(deskInTime(at.Time(row), limit, days || deskDayOnly(at, row)))
}

// repeats looks backward and forward along the tickets of the same fault of the
// same asset. Repeat: there is an earlier one, more than 0 and at most so many
// days before. Fixed at first: there is no later one within as many days, of
// tickets that are so many days old.
func (c *deskContext) repeats(l *ledger.Ledger, days int) (repeat, fixed deskHits) {
	opened, asset, fault := l.Of("opened"), l.Of("asset"), l.Of("fault")
	repeat, fixed = deskNoHits(l.Rows), deskNoHits(l.Rows)
	window := time.Duration(days) * 24 * time.Hour
	same := map[[2]string][]int{}
	for i := range repeat {
		if opened.Has(i) && asset.Has(i) && fault.Has(i) {
			k := [2]string{asset.Text(i), fault.Text(i)}
			same[k] = append(same[k], i)
		}
	}
	for _, rows := range same { // deskEach row is judged alone: the order of the map does not matter
		slices.SortFunc(rows, func(a, b int) int { return opened.Time(a).Compare(opened.Time(b)) })
		for k, i := range rows {
			repeat[i] = deskYes(slices.ContainsFunc(rows[:k], func(j int) bool {
				gap := opened.Time(i).Sub(opened.Time(j))
				return gap > 0 && gap <= window
			}))
			if opened.Time(i).Add(window).After(c.now) {
				continue
			}
			fixed[i] = deskYes(!slices.ContainsFunc(rows[k:], func(j int) bool {
				gap := opened.Time(j).Sub(opened.Time(i))
				return gap > 0 && gap <= window
			}))
		}
	}
	return repeat, fixed
}

// owners are the figures of each group, judged and ranked, by falling base, then by name.
func (c *deskContext) owners(codes []string, of []int, found map[string]deskHits, ids []string) []*DeskOwner {
	out := make([]*DeskOwner, len(codes))
	for k, code := range codes {
		out[k] = &DeskOwner{ID: code, KPIs: map[string]*DeskFigure{}}
	}
	for _, k := range of {
		if k >= 0 {
			out[k].N++
		}
	}
	for _, id := range ids {
		if found[id] == nil {
			continue
		}
		figures := c.byGroup(found[id], len(codes), of, deskAnswers[id])
		for k, f := range figures {
			out[k].KPIs[id] = c.judge(f, id, deskLower[id])
		}
		deskRank(figures, deskLower[id])
	}
	return deskShown(out)
}

// deskShown leaves out who has nothing but hidden figures, and sorts the rest.
func deskShown(owners []*DeskOwner) []*DeskOwner {
	owners = slices.DeleteFunc(owners, func(o *DeskOwner) bool {
		for _, f := range o.KPIs {
			if !f.Suppressed && f.N > 0 {
				return false
			}
		}
		return true
	})
	slices.SortFunc(owners, func(a, b *DeskOwner) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.ID, b.ID)
	})
	return owners
}
