package service

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/stat"
)

// LoopMetric is the figure that an action names: one of the survey's (see
// measure.Metric for the grammar), or complaints:
//
//	complaints                   all complaints
//	complaints.COLUMN:CODE       those with a code in a column, such as complaints.category:late
//
// Complaints are counted by the month they came in, per 1,000 units sold where
// the ledger of units covers the months, else per month. Less is better.
type LoopMetric struct {
	measure.Metric
	Complaints   bool
	Column, Part string // of complaints, "" for all
	Known        bool   // it names a figure
	Near         string // what was probably meant, where it does not
}

// metric reads the name of a figure.
func (l *loopInput) metric(text string) *LoopMetric {
	if m := l.metrics[text]; m != nil {
		return m
	}
	m := &LoopMetric{}
	l.metrics[text] = m
	if text == "complaints" || strings.HasPrefix(text, "complaints.") {
		if l.complaintMetric(m, text) {
			return m
		}
	}
	if text != "" {
		m.Metric, m.Near, m.Known = l.Results.ParseMetric(l.Survey, text)
	}
	return m
}

// complaintMetric reads a metric of complaints; false where the survey has a
// column or an analysis of that name, which goes first.
func (l *loopInput) complaintMetric(m *LoopMetric, text string) bool {
	rest, more := strings.CutPrefix(text, "complaints.")
	column, part, found := strings.Cut(rest, ":")
	if !found || !more {
		if _, _, ok := l.Results.ParseMetric(l.Survey, text); ok {
			return false
		}
	}
	*m = LoopMetric{Complaints: true, Metric: measure.Metric{Text: text, LowerIsBetter: true}}
	switch {
	case text == "complaints":
		m.Known = true
	case !found || part == "":
		m.Near = "complaints." + cmp.Or(diag.Nearest(column, loopCodes()), "category") + ":…"
	case !slices.Contains(loopCodes(), column):
		if near := diag.Nearest(column, loopCodes()); near != "" {
			m.Near = "complaints." + near + ":" + part
		}
	default:
		m.Column, m.Part, m.Known = column, part, true
	}
	return true
}

// loopCodes are the columns of complaints whose codes may be shown.
func loopCodes() []string {
	s, _ := ledger.SchemaOf("complaints")
	var out []string
	for _, c := range s.Columns {
		if (c.Kind == ledger.Code || c.Kind == ledger.Word) && !c.Private {
			out = append(out, c.Name)
		}
	}
	return out
}

// counts is the complaints of a metric that came in from a day on, before another.
func (l *loopInput) counts(m *LoopMetric, from, before time.Time) int {
	c := l.Ledgers.Of("complaints")
	if c == nil {
		return 0
	}
	n := 0
	for row := range c.Rows {
		at := c.Of("received").Time(row)
		if at.IsZero() || at.Before(from) || !at.Before(before) {
			continue
		}
		if m.Column == "" || c.Of(m.Column).Text(row) == m.Part {
			n++
		}
	}
	return n
}

// loopMonth is the first day of the month of a time.
func (l *loopInput) loopMonth(t time.Time) time.Time {
	t = t.In(l.Zone)
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, l.Zone)
}

// mostMonths is how many months are counted on each side of an action: a year
// has every season once.
const mostMonths = 12

// beforeAndAfter counts the complaints of whole months: up to twelve before the
// action was opened, from the first whole month of the ledger on, and up to
// twelve after it was done, until as_of. Both sides have as many months.
func (l *loopInput) beforeAndAfter(m *LoopMetric, opened, done time.Time) (before, after *LoopFigure, rates stat.Rates) {
	c := l.Ledgers.Of("complaints")
	first := time.Time{}
	if c != nil {
		if t, err := time.ParseInLocation(time.DateOnly, c.First, l.Zone); err == nil {
			first = l.loopMonth(t)
		}
	}
	until, since := l.loopMonth(opened), l.loopMonth(done).AddDate(0, 1, 0)
	months := min(mostMonths, loopMonths(first, until), loopMonths(since, l.loopMonth(l.today)))
	if c == nil || months < 1 {
		nan := measure.Number(math.NaN())
		why := NoMonths
		if c == nil {
			why = measure.NotAsked
		}
		none := func() *LoopFigure {
			return &LoopFigure{Value: nan, CI95: measure.Interval{nan, nan}, Over: nan, Why: why}
		}
		return none(), none(), stat.RateRatio(-1, 1, -1, 1)
	}
	start, end := until.AddDate(0, -months, 0), since.AddDate(0, months, 0)
	overBefore, overAfter := l.sold(start, until)/1000, l.sold(since, end)/1000
	per := PerUnits
	if !(overBefore > 0) || !(overAfter > 0) {
		overBefore, overAfter, per = float64(months), float64(months), PerMonth
	}
	x1, x2 := l.counts(m, start, until), l.counts(m, since, end)
	return loopRate(start, until, x1, overBefore, per), loopRate(since, end, x2, overAfter, per), stat.RateRatio(x1, overBefore, x2, overAfter)
}

// What a rate of complaints is per.
const (
	PerMonth = "month"
	PerUnits = "units" // 1,000 units sold
)

// loopRate is a count over an exposure with its exact interval.
func loopRate(from, before time.Time, n int, over float64, per string) *LoopFigure {
	rate := stat.PoissonRate(n, over)
	return &LoopFigure{
		From: loopDay(from), To: loopDay(before.AddDate(0, 0, -1)), N: n, Over: measure.Number(over), Per: per,
		Value: measure.Number(float64(n) / over), CI95: measure.Interval{measure.Number(rate.Low), measure.Number(rate.High)},
	}
}

// loopMonths is how many whole months lie between two first days, 0 where none does.
func loopMonths(from, before time.Time) int {
	if from.IsZero() || before.IsZero() || !from.Before(before) {
		return 0
	}
	return (before.Year()-from.Year())*12 + int(before.Month()) - int(from.Month())
}

// sold is the units sold in whole months, NaN where the ledger of units does not
// have every one of them. Its periods are days, months (2026-03), quarters
// (2026-Q1) or years; a quarter or a year counts where all its months are asked for.
func (l *loopInput) sold(from, before time.Time) float64 {
	u := l.Ledgers.Of("units")
	if u == nil {
		return math.NaN()
	}
	sum, covered := 0.0, map[string]bool{}
	for row := range u.Rows {
		start, end, ok := loopPeriod(u.Of("period").Text(row), l.Zone)
		if !ok || start.Before(from) || end.After(before) {
			continue
		}
		for t := l.loopMonth(start); t.Before(end); t = t.AddDate(0, 1, 0) {
			covered[t.Format("2006-01")] = true
		}
		sum += u.Of("sold").Number(row)
	}
	if len(covered) < loopMonths(from, before) {
		return math.NaN()
	}
	return sum
}

// loopPeriod reads a period of the ledger of units: its first day and the day after its last.
func loopPeriod(text string, zone *time.Location) (start, end time.Time, ok bool) {
	if year, quarter, found := strings.Cut(strings.ToUpper(text), "-Q"); found && len(quarter) == 1 && quarter >= "1" && quarter <= "4" {
		t, err := time.ParseInLocation("2006", year, zone)
		t = t.AddDate(0, 3*int(quarter[0]-'1'), 0)
		return t, t.AddDate(0, 3, 0), err == nil
	}
	for _, form := range []struct {
		layout              string
		years, months, days int
	}{{"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}, {time.DateOnly, 0, 0, 1}} {
		if t, err := time.ParseInLocation(form.layout, text, zone); err == nil {
			return t, t.AddDate(form.years, form.months, form.days), true
		}
	}
	return start, end, false
}
