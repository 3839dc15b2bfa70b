package ledger

import (
	"slices"
	"time"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// Fault is something that is wrong with several records: their number, and
// never what stands in them.
type Fault struct {
	Kind   string // before_start, backwards, skipped, unlisted, circle
	Column string
	Other  string // the date it is earlier than, or the later one that is there
	N      int
}

// order judges the dates of a ledger: stages that run backwards or are skipped,
// and dates before the start.
type order struct {
	schema Schema
	chain  []int // columns
	start  []int
	names  []string
	pairs  map[pair]*pairs
}

type pair struct {
	kind          string
	column, other int
}

type pairs struct {
	n    int
	line int // of the first
}

func newOrder(s Schema, names []string) *order {
	if len(s.Chain) == 0 {
		return nil
	}
	o := &order{schema: s, names: names, pairs: map[pair]*pairs{}}
	for _, name := range s.Chain {
		o.chain = append(o.chain, slices.Index(names, name))
	}
	for _, name := range s.Start {
		o.start = append(o.start, slices.Index(names, name))
	}
	return o
}

// judge takes the dates of one record.
func (o *order) judge(values []parsed, e *table.Entry) {
	if o == nil {
		return
	}
	first := o.chain[0]
	latest, before := -1, -1
	for _, k := range o.chain {
		switch {
		case values[k].moment <= yesAtAll:
			continue
		case latest >= 0 && earlier(&values[k], &values[latest]) && latest == first:
			o.count(pair{"before_start", k, first}, e)
		case latest >= 0 && earlier(&values[k], &values[latest]):
			o.count(pair{"backwards", k, latest}, e)
		default:
			latest = k
		}
		before = k
	}
	for _, k := range o.start {
		if values[first].moment > yesAtAll && values[k].moment > yesAtAll && earlier(&values[k], &values[first]) {
			o.count(pair{"before_start", k, first}, e)
		}
	}
	for _, k := range o.chain {
		if k == before || before < 0 {
			break
		}
		if values[k].moment == noMoment {
			o.count(pair{"skipped", k, before}, e)
		}
	}
}

// earlier reports whether a lies before b; where one has no time of day, on an earlier day.
func earlier(a, b *parsed) bool {
	if a.moment >= b.moment {
		return false
	}
	if !a.day && !b.day {
		return true
	}
	if b.day { // b is the start of its day
		return true
	}
	return b.moment-a.moment >= 86400 // a is the start of its day
}

func (o *order) count(p pair, e *table.Entry) {
	if o.pairs[p] == nil {
		o.pairs[p] = &pairs{line: e.Line}
	}
	o.pairs[p].n++
}

// report tells each kind of fault of a file once, with the number of records.
// A stage that the file does not have is not skipped.
func (o *order) report(f *file, has []bool) {
	if o == nil {
		return
	}
	var found []pair
	for p := range o.pairs {
		if p.kind != "skipped" || has[p.column] {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b pair) int {
		if a.kind != b.kind {
			return map[bool]int{true: -1, false: 1}[a.kind < b.kind]
		}
		return (a.column-b.column)*1000 + a.other - b.other
	})
	for _, p := range found {
		c, other, n := o.names[p.column], o.names[p.other], o.pairs[p].n
		f.ledger.fault(Fault{p.kind, c, other, n})
		problem := diag.Problem{
			Severity: diag.Warning, Code: "wrong-order", Place: diag.Place{File: f.source.Name, Line: o.pairs[p].line},
			Summary: diag.Say("%s is earlier than %s in %d records of ledger %q, here first", c, other, n, f.schema.Name),
			Cure:    diag.Say("correct the dates: what cannot be timed is left out of durations"),
		}
		if p.kind == "skipped" {
			problem.Severity, problem.Code = diag.Note, "skipped-stage"
			problem.Summary = diag.Say("%d records of ledger %q have %s and no %s, here first", n, f.schema.Name, other, c)
			problem.Cure = diag.Say("fill in the date where the stage took place")
		}
		f.problems.Add(problem)
	}
}

// fault adds to the faults of the ledger.
func (l *Ledger) fault(x Fault) {
	i := slices.IndexFunc(l.Faults, func(y Fault) bool { return y.Kind == x.Kind && y.Column == x.Column && y.Other == x.Other })
	if i < 0 {
		l.Faults = append(l.Faults, x)
		return
	}
	l.Faults[i].N += x.N
}

// SecondsBetween is the time from one date to another in seconds, for rows that
// have both. Where one of them has no time of day it is whole days of the calendar.
func SecondsBetween(from, to *Values, row int) int64 {
	a, b := from.moments[row], to.moments[row]
	if !from.Days[row] && !to.Days[row] {
		return b - a
	}
	return date(time.Unix(b, 0).In(to.zone)) - date(time.Unix(a, 0).In(from.zone))
}

// date is the day of a time in seconds, as if it began in UTC.
func date(t time.Time) int64 {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix()
}
