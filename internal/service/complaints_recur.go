package service

import (
	"cmp"
	"slices"

	"manyi/internal/ledger"
)

// complaintsKeys are the columns by which a complaint is the same again; the
// first is the headline.
var complaintsKeys = [][]string{{"customer", "category"}, {"customer"}, {"product", "defect"}}

// recurrence counts complaints that come again within the window. A period
// looks back over its beginning; what follows is counted for the whole ledger only.
func (b *complaintsBase) recurrence() {
	keys := complaintsKeys
	if !b.whole {
		keys = keys[:1]
	}
	for _, key := range keys {
		if !slices.ContainsFunc(key, func(name string) bool { return !b.ledger.Of(name).Present }) {
			b.out.Recurrence = append(b.out.Recurrence, b.recurring(key))
		}
	}
}

type complaintsPoint struct {
	key uint64
	at  int64
	row int32
}

func (b *complaintsBase) recurring(key []string) *ComplaintRecurrence {
	window := complaintsSeconds(b.out.Limits.Recurrence)
	out := &ComplaintRecurrence{Key: key}
	points := b.points(key, window)
	slices.SortFunc(points, func(x, y complaintsPoint) int {
		return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.at, y.at), cmp.Compare(x.row, y.row))
	})
	next := make([]int64, len(points)) // time to the next later one of the same key, 0 without
	for i := len(points) - 2; i >= 0; i-- {
		if points[i].key == points[i+1].key {
			if next[i] = points[i+1].at - points[i].at; next[i] == 0 {
				next[i] = next[i+1]
			}
		}
	}
	n, full, followed := 0, 0, 0
	latest := int64(0) // of the same key, before the moment at hand
	for i, p := range points {
		same := i > 0 && points[i-1].key == p.key
		if same && points[i-1].at < p.at {
			latest = points[i-1].at
		} else if !same {
			latest = p.at
		}
		if p.at >= b.from && p.at < b.to {
			n++
			if latest < p.at && p.at-latest <= window {
				out.rows = append(out.rows, p.row)
			}
		}
		if b.waited(b.received, int(p.row)) < window {
			continue
		}
		if full++; next[i] > 0 && next[i] <= window {
			followed++
		}
	}
	slices.Sort(out.rows)
	out.NoKey = len(b.rows) - n
	out.Repeats = complaintsShare(len(out.rows), n)
	if b.whole {
		out.Followed = complaintsShare(followed, full)
	}
	return out
}

// points are the complaints that have the columns of a key, those of the
// window before a period too.
func (b *complaintsBase) points(key []string, window int64) []complaintsPoint {
	columns := make([]*ledger.Values, len(key))
	numbers := make([]map[string]uint64, len(key)) // of texts
	for i, name := range key {
		columns[i], numbers[i] = b.ledger.Of(name), map[string]uint64{}
	}
	var points []complaintsPoint
	for row := range b.ledger.Rows {
		t, ok := b.received.Seconds(row)
		if !ok || t >= b.end || t >= b.to || !b.whole && t < b.from-window {
			continue
		}
		p := complaintsPoint{at: t, row: int32(row)}
		for i, v := range columns {
			text := v.Text(row)
			if ok = ok && text != ""; !ok {
				break
			}
			n, known := numbers[i][text]
			if !known {
				n = uint64(len(numbers[i]))
				numbers[i][text] = n
			}
			p.key = p.key<<32 | n
		}
		if ok {
			points = append(points, p)
		}
	}
	return points
}
