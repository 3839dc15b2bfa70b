package service

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"

	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/stat"
)

// complaintsStages are the dates of handling in their order.
var complaintsStages = []string{"forwarded", "acknowledged", "analysed", "countermeasure", "answered", "closed", "called_back"}

const complaintsDay = 86400.0

// stages are the durations of each stage that a file has.
func (b *complaintsBase) stages() {
	var present []string
	for _, name := range complaintsStages {
		if b.ledger.Of(name).Present {
			present = append(present, name)
		}
	}
	for i, name := range present {
		s := &ComplaintStage{Name: name, Previous: "received"}
		for _, before := range present[:i] {
			if before != "forwarded" {
				s.Previous = before
			}
		}
		b.stage(s, present[i+1:])
		b.out.Stages = append(b.out.Stages, s)
	}
}

// stage fills one stage. A record that has a later stage and not this one has
// skipped it: it waits no more.
func (b *complaintsBase) stage(s *ComplaintStage, later []string) {
	at, before := b.ledger.Of(s.Name), b.ledger.Of(s.Previous)
	var after []*ledger.Values
	for _, name := range later {
		after = append(after, b.ledger.Of(name))
	}
	var whole, part complaintsDurations
	for i, r := range b.rows {
		row := int(r)
		reached := b.happened(at, row)
		if s.Name == "closed" {
			reached = b.states[i]&ComplaintClosed != 0
		}
		skipped := !reached && b.states[i]&ComplaintClosed != 0 || !reached && s.Name != "closed" && slices.ContainsFunc(after, func(v *ledger.Values) bool { return b.happened(v, row) })
		switch {
		case reached:
			s.Reached++
			whole.over(ledger.SecondsBetween(b.received, at, row))
			if s.Previous != "received" && b.happened(before, row) {
				part.over(ledger.SecondsBetween(before, at, row))
			}
		case skipped:
			s.Skipped++
		default:
			s.Waiting++
			whole.going(b.waited(b.received, row))
		}
	}
	if s.Name == "called_back" { // not every customer is called: who is not does not wait
		whole.open, s.Skipped, s.Waiting = nil, 0, 0
	}
	s.Received = whole.times("")
	if s.Previous != "received" {
		s.Before = part.times("")
	}
}

// complaintsDurations collects durations in days.
type complaintsDurations struct{ done, open []float64 }

// over takes a duration that has ended; a negative one, of dates that run
// backwards, is left out.
func (d *complaintsDurations) over(seconds int64) {
	if seconds >= 0 {
		d.done = append(d.done, float64(seconds)/complaintsDay)
	}
}

func (d *complaintsDurations) going(seconds int64) {
	d.open = append(d.open, float64(max(seconds, 0))/complaintsDay)
}

func (d *complaintsDurations) times(code string) *ComplaintTimes {
	t := &ComplaintTimes{Code: code, N: len(d.done), Waiting: len(d.open)}
	slices.Sort(d.done)
	t.Mean, t.Median, t.P90, t.Max = complaintsSpread(d.done)
	slices.Sort(d.open)
	km := stat.KaplanMeier(d.done, d.open)
	t.KaplanMedian, t.KaplanP90 = measure.Number(km.Quantile(.5)), measure.Number(km.Quantile(.9))
	return t
}

// complaintsSpread is mean, median, P90 (type 7) and largest of sorted values.
func complaintsSpread(sorted []float64) (mean, median, p90, most measure.Number) {
	if len(sorted) == 0 {
		return complaintsNaN(), complaintsNaN(), complaintsNaN(), complaintsNaN()
	}
	sum := 0.0
	for _, x := range sorted {
		sum += x
	}
	return measure.Number(sum / float64(len(sorted))), measure.Number(stat.Quantile(sorted, .5)), measure.Number(stat.Quantile(sorted, .9)), measure.Number(sorted[len(sorted)-1])
}

// onTime judges the limits to acknowledge, answer and close.
func (b *complaintsBase) onTime() {
	for _, x := range []struct {
		name  string
		hours float64
	}{{"acknowledged", b.out.Limits.Acknowledge}, {"answered", b.out.Limits.Answer}, {"closed", b.out.Limits.Close}} {
		if x.hours == 0 || !b.ledger.Of(x.name).Present {
			continue
		}
		t := &ComplaintOnTime{Hours: x.hours}
		kept, due, done, finished := 0, 0, 0, 0
		for i := range b.rows {
			in, isDue, over := b.kept(i, x.name, x.hours)
			if over {
				finished++
			}
			if in {
				done++
			}
			if isDue {
				due++
				if in {
					kept++
				}
			} else {
				t.NotDue++
			}
		}
		t.Due, t.Finished = complaintsShare(kept, due), complaintsShare(done, finished)
		b.out.OnTime[x.name] = t
	}
}

// kept reports whether the i-th complaint reached a stage within its limit,
// whether the limit is over, and whether it reached the stage at all.
func (b *complaintsBase) kept(i int, stage string, hours float64) (in, due, over bool) {
	row, limit := int(b.rows[i]), complaintsSeconds(hours)
	at := b.ledger.Of(stage)
	over = b.happened(at, row)
	if stage == "closed" {
		over = b.states[i]&ComplaintClosed != 0
	}
	return over && ledger.SecondsBetween(b.received, at, row) <= limit, b.waited(b.received, row) >= limit, over
}

// complaintsAgeLimits end the classes of age, in days.
var complaintsAgeLimits = []float64{7, 15, 30, 60, 90}

// ages are the open complaints by age, and how long closing takes by severity and department.
func (b *complaintsBase) ages() {
	if !b.closed.Present {
		return
	}
	var open []float64
	bySeverity, byDepartment := map[string]*complaintsDurations{}, map[string]*complaintsDurations{}
	severity, department := b.ledger.Of("severity"), b.ledger.Of("department")
	for i, r := range b.rows {
		row, isOpen := int(r), b.states[i]&ComplaintOpen != 0
		for _, x := range []struct {
			of   map[string]*complaintsDurations
			code string
		}{{bySeverity, severity.Text(row)}, {byDepartment, department.Text(row)}} {
			if x.of[x.code] == nil {
				x.of[x.code] = &complaintsDurations{}
			}
			if isOpen {
				x.of[x.code].going(b.waited(b.received, row))
			} else {
				x.of[x.code].over(ledger.SecondsBetween(b.received, b.closed, row))
			}
		}
		if isOpen {
			open = append(open, float64(b.waited(b.received, row))/complaintsDay)
		}
	}
	b.out.Severities, b.out.SeverityUnrecorded = complaintsByCode(bySeverity)
	b.out.Departments, b.out.DepartmentUnrecorded = complaintsByCode(byDepartment)
	b.out.Ages = complaintsAges(open)
}

// complaintsAges divides the open complaints by age, in days.
func complaintsAges(open []float64) *ComplaintAges {
	slices.Sort(open)
	a := &ComplaintAges{ComplaintTimes: ComplaintTimes{N: len(open), KaplanMedian: complaintsNaN(), KaplanP90: complaintsNaN()}}
	a.Mean, a.Median, a.P90, a.Max = complaintsSpread(open)
	from := 0.0
	for _, to := range append(slices.Clone(complaintsAgeLimits), math.Inf(1)) {
		n := 0
		for _, x := range open {
			if (x > from || from == 0) && x <= to {
				n++
			}
		}
		c := ComplaintAge{From: from, To: to, N: n}
		if math.IsInf(to, 1) {
			c.To = 0
		}
		a.Classes = append(a.Classes, c)
		from = to
	}
	return a
}

// complaintsMostGroups is how many codes of a column are shown one by one.
const complaintsMostGroups = 50

// complaintsByCode are the times of each code: numbers in their order, else the
// codes with most records first, then those beyond the largest in one with code
// "". Apart are the records without a code; nil where all have one, or none has.
func complaintsByCode(of map[string]*complaintsDurations) (out []*ComplaintTimes, none *ComplaintTimes) {
	if d := of[""]; d != nil {
		if delete(of, ""); len(of) == 0 {
			return nil, nil
		}
		none = d.times("")
	}
	codes := slices.Collect(maps.Keys(of))
	numbers := !slices.ContainsFunc(codes, func(code string) bool { _, err := strconv.Atoi(code); return err != nil })
	size := func(code string) int { return len(of[code].done) + len(of[code].open) }
	slices.SortFunc(codes, func(x, y string) int {
		if numbers {
			a, _ := strconv.Atoi(x)
			c, _ := strconv.Atoi(y)
			return cmp.Or(a-c, compareCodes(x, y))
		}
		return cmp.Or(size(y)-size(x), compareCodes(x, y))
	})
	rest := &complaintsDurations{}
	for i, code := range codes {
		if len(codes) > complaintsMostGroups && i >= complaintsMostGroups-1 {
			rest.done, rest.open = append(rest.done, of[code].done...), append(rest.open, of[code].open...)
			continue
		}
		out = append(out, of[code].times(code))
	}
	if len(codes) > complaintsMostGroups {
		out = append(out, rest.times(""))
	}
	return out, none
}

func compareCodes(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
