package service

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"manyi/internal/measure"
	"manyi/internal/stat"
)

// Period is the complaints of one month or quarter (METHODS A24). Every figure
// but those of deadlines depends on what happened within it alone, so that later
// records leave it as it is; deadlines are judged once they have passed.
type Period struct {
	ID       string           `json:"id"` // 2025-03, 2025-q1: the end of its address
	From     string           `json:"from"`
	To       string           `json:"to"`              // its last day
	Running  bool             `json:"running"`         // today lies in it
	Since    string           `json:"since,omitempty"` // month of the first record, of a quarter that began before it
	Received int              `json:"received"`
	Closed   int              `json:"closed"` // in the period, whenever received
	Reopened int              `json:"reopened"`
	Returned int              `json:"returned"` // of those, not closed again since: they add to the open ones
	Start    int              `json:"open_at_start"`
	Open     int              `json:"open"` // at its end, or today: start + received + returned − closed
	Due      int              `json:"due"`  // of those received, whose limit has passed
	OnTime   int              `json:"on_time"`
	Share    measure.Number   `json:"on_time_share"` // of those due
	CI95     measure.Interval `json:"on_time_ci95"`
	Days     measure.Number   `json:"median_days"` // from reception to closure, of those closed in the period
	Sold     measure.Number   `json:"sold"`        // units, null where no month of the period has them all
	Rate     measure.Number   `json:"rate"`        // complaints in 1,000 units sold
	RateCI95 measure.Interval `json:"rate_ci95"`
	Change   *PeriodChange    `json:"change,omitempty"` // nil for the first period and a running one
	Strata   []*Stratum       `json:"strata"`
}

// PeriodChange compares the number received with the period before: as rates a
// unit sold where both periods know their units, else as rates a day.
type PeriodChange struct {
	Before   string         `json:"before"` // id of that period
	Received int            `json:"received"`
	Per      string         `json:"per"`  // what the rates are of: units or days
	Rate     measure.Number `json:"rate"` // complaints in 1,000 units sold in that period; null where the rates are of days
	P        measure.Number `json:"p"`    // exact test of two Poisson rates
	Clear    bool           `json:"clear"`
}

// Stratum is the complaints of a period by one column: a Pareto order.
type Stratum struct {
	Column string        `json:"column"`
	Rows   []*StratumRow `json:"rows"` // falling, ties by code; "" is not stated and stands last
}

// StratumRow is one code with its count here and in the period before.
type StratumRow struct {
	Code       string         `json:"code"`
	N          int            `json:"n"`
	Cumulative measure.Number `json:"cumulative"`       // of those stated; null for ""
	Before     *int           `json:"before,omitempty"` // nil without a period before
}

// periodStrata are the five ways to sort complaints (METHODS A17): content,
// defect, product, region and department.
var periodStrata = []string{"category", "defect", "product", "region", "department"}

const (
	periodGap   = 12   // months without any complaint that are still shown between two that have some
	periodClear = 0.05 // a change is told where chance makes it rarer than this
)

// periods fills the months and quarters from the first complaint to today.
func (f *Flow) periods(in Input, cases []flowCase) {
	if len(cases) == 0 {
		return
	}
	first := time.Unix(cases[0].received, 0).In(flowZone(in))
	tallies := periodTallies(in, cases, time.Date(first.Year(), first.Month()-(first.Month()-1)%3, 1, 0, 0, 0, 0, flowZone(in)))
	f.Quarters = periodsOf(in, tallies, 3)
	if (first.Month()-1)%3 > 0 { // the records begin within it: it is no measure of the next
		f.Quarters[0].Since = first.Format("2006-01")
		if len(f.Quarters) > 1 {
			f.Quarters[1].uncompare()
		}
	}
	f.Months = periodsOf(in, tallies[(first.Month()-1)%3:], 1)
}

// periodsOf are the periods of so many months each.
func periodsOf(in Input, tallies []*periodTally, months int) []*Period {
	now := flowNow(in)
	out := []*Period{}
	var before *Period
	idle := 0
	for i := 0; i < len(tallies); i += months {
		part := tallies[i:min(i+months, len(tallies))]
		if slices.ContainsFunc(part, func(t *periodTally) bool { return t.received+t.closed > 0 }) {
			idle = 0
		} else if idle += months; idle > periodGap {
			before = nil
			continue
		}
		to := part[0].from.AddDate(0, months, 0)
		p := periodOf(in, part, to)
		if i > 0 {
			p.Start = tallies[i-1].open
		}
		p.Running = now.Before(to)
		p.compare(before)
		out, before = append(out, p), p
	}
	for _, p := range out { // once all are compared
		for _, s := range p.Strata {
			s.merge()
		}
	}
	return out
}

// periodID is 2025-03 for a month, 2025-q1 for a quarter.
func periodID(from, to time.Time) string {
	if from.AddDate(0, 1, 0).Equal(to) {
		return from.Format("2006-01")
	}
	return strconv.Itoa(from.Year()) + "-q" + strconv.Itoa((int(from.Month())+2)/3)
}

// periodOf adds up the months of a period that ends before a moment.
func periodOf(in Input, part []*periodTally, to time.Time) *Period {
	from := part[0].from
	p := &Period{ID: periodID(from, to), From: from.Format(time.DateOnly), To: to.AddDate(0, 0, -1).Format(time.DateOnly)}
	var took []float64
	for _, t := range part {
		p.Received += t.received
		p.Closed += t.closed
		p.Reopened += t.reopened
		p.Returned += t.returned
		p.Due += t.due
		p.OnTime += t.onTime
		p.Open = t.open
		took = append(took, t.took...)
	}
	share := stat.Share(p.OnTime, p.Due)
	p.Share, p.CI95 = measure.Number(share.Value), measure.Interval{measure.Number(share.Low), measure.Number(share.High)}
	slices.Sort(took)
	p.Days = measure.Number(stat.Quantile(took, .5))
	p.rate(periodSold(in, from, to))
	for k, column := range periodStrata {
		counts := map[string]int{}
		for _, t := range part {
			for code, n := range t.codes[k] {
				counts[code] += n
			}
		}
		if s := stratumOf(column, counts); s != nil {
			p.Strata = append(p.Strata, s)
		}
	}
	return p
}

func (p *Period) rate(sold float64) {
	e := stat.PoissonRate(p.Received, sold/1000)
	p.Sold, p.Rate, p.RateCI95 = measure.Number(sold), measure.Number(e.Value), measure.Interval{measure.Number(e.Low), measure.Number(e.High)}
}

// periodSold is the units sold, NaN unless the ledger of units has every month.
func periodSold(in Input, from, to time.Time) float64 {
	l := flowLedger(in, "units")
	if l == nil {
		return math.NaN()
	}
	sum := 0.0
	for month := from; month.Before(to); month = month.AddDate(0, 1, 0) {
		found := false
		for i := range l.Rows {
			if n := l.Of("sold").Number(i); l.Of("period").Text(i) == month.Format("2006-01") && n >= 0 {
				sum, found = sum+n, true
			}
		}
		if !found {
			return math.NaN()
		}
	}
	return sum
}

// stratumOf orders the codes of a column; nil where none is stated.
func stratumOf(column string, counts map[string]int) *Stratum {
	if len(counts) == 0 || len(counts) == 1 && counts[""] > 0 {
		return nil
	}
	s := &Stratum{Column: column}
	for code, n := range counts {
		s.Rows = append(s.Rows, &StratumRow{Code: code, N: n})
	}
	s.order()
	return s
}

// periodRest stands for the codes beyond the largest.
const periodRest = "…"

// merge makes one row of the codes beyond the largest.
func (s *Stratum) merge() {
	if len(s.Rows) <= complaintsMostGroups {
		return
	}
	end := len(s.Rows)
	if s.Rows[end-1].Code == "" { // what is not stated is no group
		end--
	}
	tail, unstated := s.Rows[complaintsMostGroups-1:end], s.Rows[end:]
	rest := &StratumRow{Code: periodRest, Cumulative: tail[len(tail)-1].Cumulative}
	before := 0
	for _, r := range tail {
		rest.N += r.N
		if r.Before != nil {
			before += *r.Before
			rest.Before = &before
		}
	}
	s.Rows = append(append(s.Rows[:complaintsMostGroups-1:complaintsMostGroups-1], rest), unstated...)
}

func (s *Stratum) order() {
	slices.SortFunc(s.Rows, func(a, b *StratumRow) int {
		if (a.Code == "") != (b.Code == "") {
			return flowOne(a.Code == "") - flowOne(b.Code == "")
		}
		return cmp.Or(b.N-a.N, cmp.Compare(a.Code, b.Code))
	})
	sum, all := 0, 0
	for _, r := range s.Rows {
		if r.Code != "" {
			all += r.N
		}
	}
	for _, r := range s.Rows {
		if r.Code == "" {
			r.Cumulative = measure.Number(math.NaN())
			continue
		}
		sum += r.N
		r.Cumulative = measure.Number(float64(sum) / float64(all))
	}
}

// uncompare takes the period before away.
func (p *Period) uncompare() {
	p.Change = nil
	for _, s := range p.Strata {
		s.Rows = slices.DeleteFunc(s.Rows, func(r *StratumRow) bool { return r.N == 0 })
		for _, r := range s.Rows {
			r.Before = nil
		}
	}
}

// compare adds what the period before had. A period that still runs is not held
// against a whole one.
func (p *Period) compare(before *Period) {
	if before == nil || p.Running {
		return
	}
	length := func(x *Period) float64 {
		a, _ := time.Parse(time.DateOnly, x.From)
		b, _ := time.Parse(time.DateOnly, x.To)
		return b.Sub(a).Hours()/24 + 1
	}
	per, first, second, rate := "days", length(before), length(p), measure.Number(math.NaN())
	if before.Sold > 0 && p.Sold > 0 {
		per, first, second, rate = "units", float64(before.Sold), float64(p.Sold), before.Rate
	}
	t := stat.RateRatio(before.Received, first, p.Received, second)
	p.Change = &PeriodChange{Before: before.ID, Received: before.Received, Per: per, Rate: rate, P: measure.Number(t.P), Clear: t.P < periodClear}
	for _, s := range p.Strata {
		known := map[string]int{}
		i := slices.IndexFunc(before.Strata, func(x *Stratum) bool { return x.Column == s.Column })
		if i >= 0 {
			for _, r := range before.Strata[i].Rows {
				known[r.Code] = r.N
			}
		}
		for _, r := range s.Rows {
			n := known[r.Code]
			r.Before = &n
			delete(known, r.Code)
		}
		for code, n := range known { // gone since
			s.Rows = append(s.Rows, &StratumRow{Code: code, Before: &n})
		}
		s.order()
	}
}
