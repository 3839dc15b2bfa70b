package service

import (
	"encoding/json"
	"math"
	"slices"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/stat"
	"manyi/internal/survey"
)

type deskRules = survey.DeskRules

func deskJSON(v any) ([]byte, error) { return json.Marshal(v) }

// deskHits is what a key figure says of each record: 1, 0, or NaN where the record
// is not of its base.
type deskHits []float64

func deskNoHits(n int) deskHits {
	h := make(deskHits, n)
	for i := range h {
		h[i] = math.NaN()
	}
	return h
}

// deskYes is 1 for true.
func deskYes(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}

// share counts the hits of the rows that take part; nil is all of them.
func (h deskHits) share(part func(row int) bool) *DeskFigure {
	n, count := 0, 0
	for i, v := range h {
		if math.IsNaN(v) || part != nil && !part(i) {
			continue
		}
		n++
		if v == 1 {
			count++
		}
	}
	return deskFigure(stat.Share(count, n), count)
}

// deskGroupsOf are the values of a column with something in them, sorted, and the
// group of each row, −1 for none.
func deskGroupsOf(v *ledger.Values, rows int) (codes []string, of []int) {
	of = make([]int, rows)
	for i := range of {
		if t := v.Text(i); t != "" {
			codes = append(codes, t)
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	for i := range of {
		of[i] = -1
		if t := v.Text(i); t != "" {
			of[i], _ = slices.BinarySearch(codes, t)
		}
	}
	return codes, of
}

// deskAnswers are the key figures that customers' own answers make.
var deskAnswers = map[string]bool{"satisfied": true}

// byGroup is the share of each group. Groups under the privacy threshold are
// hidden; where customers' answers are counted, also those that would give a
// hidden group away. Records of the firm's own work have no such secret: there
// a small group is hidden because it says nothing.
func (c *deskContext) byGroup(h deskHits, groups int, of []int, answers bool) []*DeskFigure {
	out := make([]*DeskFigure, groups)
	n := make([]int, groups)
	for k := range out {
		out[k] = h.share(func(row int) bool { return of[row] == k })
		n[k] = out[k].N
	}
	hidden := make([]bool, groups)
	if answers {
		hidden = measure.HiddenGroups(n, h.share(nil).N, c.least)
	}
	for k := range out {
		if hidden[k] {
			out[k] = &DeskFigure{Suppressed: true}
		}
		out[k] = c.hide(out[k])
	}
	return out
}

// months are the months from the first to the last of the times, none skipped,
// and the month of each row, −1 without a time. More than ten years back from the
// last are left out.
func (c *deskContext) months(v *ledger.Values, rows int) (names []string, of []int) {
	of = make([]int, rows)
	first, last := math.MaxInt, math.MinInt
	for i := range of {
		of[i] = -1
		if t := v.Time(i); !t.IsZero() && (c.now.IsZero() || t.Before(c.now)) {
			m := deskMonthNumber(t.In(c.Zone))
			of[i] = m
			first, last = min(first, m), max(last, m)
		}
	}
	if first > last {
		return nil, of
	}
	const most = 120
	first = max(first, last-most+1)
	for i := range of {
		of[i] = max(of[i]-first, -1)
	}
	for m := first; m <= last; m++ {
		names = append(names, time.Date(m/12, time.Month(m%12+1), 1, 0, 0, 0, 0, time.UTC).Format("2006-01"))
	}
	return names, of
}

func deskMonthNumber(t time.Time) int { return t.Year()*12 + int(t.Month()) - 1 }

// deskDays is a time span in days.
func deskDays(from, to time.Time) float64 { return to.Sub(from).Minutes() / 1440 }

// deskInTime reports whether something happened within a limit. Where one of the two
// has no time of day, the days are compared.
func deskInTime(happened, limit time.Time, days bool) bool {
	if days {
		return !deskDayOf(happened).After(deskDayOf(limit))
	}
	return !happened.After(limit)
}

func deskDayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// deskDayOnly reports whether a moment has no time of day.
func deskDayOnly(v *ledger.Values, row int) bool { return len(v.Days) > row && v.Days[row] }
