package service

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"time"

	"manyi/internal/stat"
)

// complaintsUnits is the units sold in one period, in all and by unit.
type complaintsUnits struct {
	name     string
	from, to int64
	total    float64
	of       map[string]float64
}

var complaintsPeriod = regexp.MustCompile(`^([0-9]{4})(?:[-/]?(?:(0?[1-9]|1[0-2])|[Qq]([1-4])))?$`)

// complaintsPeriodOf reads 2026, 2026-Q3 and 2026-11 as their first and the
// month after their last.
func complaintsPeriodOf(text string) (from, to int, ok bool) {
	m := complaintsPeriod.FindStringSubmatch(text)
	if m == nil {
		return 0, 0, false
	}
	year, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	quarter, _ := strconv.Atoi(m[3])
	switch {
	case month > 0:
		return year*12 + month - 1, year*12 + month, true
	case quarter > 0:
		return year*12 + quarter*3 - 3, year*12 + quarter*3, true
	}
	return year * 12, year*12 + 12, true
}

// sold are the periods of the ledger of units that are over at AsOf, in their
// order, and how many are not. A row without a unit is the total of its period;
// without such a row the total is the sum.
func (b *complaintsBase) sold() (out []*complaintsUnits, partly int) {
	l := b.in.Ledgers.Of("units")
	if l == nil {
		return nil, 0
	}
	all, totals := map[[2]int]*complaintsUnits{}, map[[2]int]bool{}
	for row := range l.Rows {
		from, to, ok := complaintsPeriodOf(l.Of("period").Text(row))
		n := l.Of("sold").Number(row)
		if !ok || !(n >= 0) {
			continue
		}
		at := [2]int{from, to}
		if all[at] == nil {
			all[at] = &complaintsUnits{name: l.Of("period").Text(row), from: b.monthStart(from), to: b.monthStart(to), of: map[string]float64{}}
		}
		if unit := l.Of("unit").Text(row); unit != "" {
			all[at].of[unit] += n
		} else {
			all[at].total, totals[at] = all[at].total+n, true
		}
	}
	for at, u := range all {
		if !totals[at] {
			for _, unit := range slices.Sorted(maps.Keys(u.of)) {
				u.total += u.of[unit]
			}
		}
		switch {
		case u.to > b.end:
			partly++
		case u.to > b.from && u.from < b.to:
			out = append(out, u)
		}
	}
	slices.SortFunc(out, func(x, y *complaintsUnits) int { return int(x.from-y.from)/3600 + int(x.to-y.to)/86400 })
	return out, partly
}

func (b *complaintsBase) monthStart(m int) int64 {
	return time.Date(m/12, time.Month(m%12+1), 1, 0, 0, 0, 0, b.in.Zone).Unix()
}

// rates sets complaints against the units sold in the same period.
func (b *complaintsBase) rates() {
	periods, partly := b.sold()
	if len(periods) == 0 {
		return
	}
	r := &ComplaintRates{Partly: partly}
	counts := b.countIn(periods)
	u := &ComplaintChart{Kind: "u", Of: "received"}
	var x, n []float64
	all, units := 0, 0.0
	for i, p := range periods {
		all, units = all+counts[i], units+p.total
		r.Periods = append(r.Periods, &ComplaintRateTime{p.name, complaintsRate(counts[i], p.total)})
		u.Periods, u.X = append(u.Periods, p.name), append(u.X, counts[i])
		x, n = append(x, float64(counts[i])), append(n, p.total)
		if j := slices.IndexFunc(b.out.Months, func(m *ComplaintMonth) bool { return b.monthAt(m.Month) == p.from }); j >= 0 && b.monthAfter(p.from) == p.to {
			b.out.Months[j].Units, b.out.Months[j].Rate = measureNumber(p.total), complaintsRate(counts[i], p.total)
		}
	}
	u.fill(stat.UChart(x, n), n)
	r.Total, r.Chart, r.Without = complaintsRate(all, units), u, len(b.rows)-all
	if r.Total == nil {
		return
	}
	b.out.Rates = r
	b.ratesBy(periods)
}

func (b *complaintsBase) monthAt(name string) int64 {
	from, _, _ := complaintsPeriodOf(name)
	return b.monthStart(from)
}

func (b *complaintsBase) monthAfter(start int64) int64 {
	return time.Unix(start, 0).In(b.in.Zone).AddDate(0, 1, 0).Unix()
}

// countIn counts the complaints received in each period; where periods overlap
// a complaint counts in the first that holds it.
func (b *complaintsBase) countIn(periods []*complaintsUnits) []int {
	out := make([]int, len(periods))
	near := 0
	for _, r := range b.rows {
		t, _ := b.received.Seconds(int(r))
		if near >= len(periods) || t < periods[near].from || t >= periods[near].to {
			near = slices.IndexFunc(periods, func(p *complaintsUnits) bool { return t >= p.from && t < p.to })
		}
		if near < 0 {
			near = len(periods)
			continue
		}
		out[near]++
	}
	return out
}

// ratesBy gives the groups of one column their rates, where the units are sold
// by codes that all are groups of it.
func (b *complaintsBase) ratesBy(periods []*complaintsUnits) {
	units := map[string]float64{}
	for _, p := range periods {
		for unit, n := range p.of {
			units[unit] += n
		}
	}
	if len(units) == 0 {
		return
	}
	for _, s := range b.out.Strata {
		codes := map[string]*ComplaintGroup{}
		for _, g := range s.Groups {
			codes[g.Code] = g
		}
		known := 0
		for unit := range units {
			if codes[unit] != nil {
				known++
			}
		}
		if 2*known <= len(units) {
			continue
		}
		b.out.Rates.By = s.Column
		counts := b.countBy(s.Column, periods)
		for unit, n := range units {
			if g := codes[unit]; g != nil {
				g.Rate = complaintsRate(counts[unit], n)
			}
		}
		return
	}
}

// countBy counts the complaints of each code in the periods that sold units of it.
func (b *complaintsBase) countBy(column string, periods []*complaintsUnits) map[string]int {
	out, v := map[string]int{}, b.ledger.Of(column)
	for _, r := range b.rows {
		t, _ := b.received.Seconds(int(r))
		code := v.Text(int(r))
		if slices.ContainsFunc(periods, func(p *complaintsUnits) bool { return t >= p.from && t < p.to && p.of[code] > 0 }) {
			out[code]++
		}
	}
	return out
}

func complaintsFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
