package measure

import (
	"maps"
	"slices"
	"time"
)

// mostDays is for how many days each is shown by itself; mostPeriods how many
// periods are filled with those of no response.
const (
	mostDays    = 45
	mostPeriods = 400
)

// periods counts responses by day; by week from Monday where the days are many
// or one has 1 to least − 1 responses. A week that is still so small is taken
// together with the next ones, the last with those before.
func periods(days map[uint32]int, least int) (unit string, out []*FieldPeriod) {
	if len(days) == 0 {
		return "", nil
	}
	order := slices.Sorted(maps.Keys(days))
	first, last := dayTime(order[0]), dayTime(order[len(order)-1])
	small := slices.ContainsFunc(order, func(d uint32) bool { return days[d] < least })
	step := 1
	unit = "day"
	if small || last.Sub(first) > mostDays*24*time.Hour {
		unit, step = "week", 7
		first = first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
	}
	counts := map[int]int{}
	for _, d := range order {
		counts[int(dayTime(d).Sub(first).Hours()/24)/step] += days[d]
	}
	at := slices.Sorted(maps.Keys(counts))
	if end := at[len(at)-1]; end < mostPeriods { // and the empty ones between
		at = at[:0]
		for i := range end + 1 {
			at = append(at, i)
		}
	}
	for _, i := range at {
		from := first.AddDate(0, 0, i*step)
		out = append(out, &FieldPeriod{From: from.Format(time.DateOnly), To: from.AddDate(0, 0, step-1).Format(time.DateOnly), N: counts[i]})
	}
	return unit, pooled(out, least)
}

func dayTime(d uint32) time.Time {
	return time.Date(int(d/10000), time.Month(d/100%100), int(d%100), 0, 0, 0, 0, time.UTC)
}

// pooled joins small periods with the next one, the last with the one before.
func pooled(list []*FieldPeriod, least int) []*FieldPeriod {
	var out []*FieldPeriod
	var open *FieldPeriod // too small so far
	for _, p := range list {
		if open != nil {
			open.To, open.N, open.Pooled = p.To, open.N+p.N, true
			p = open
		}
		if open = p; p.N == 0 || p.N >= least {
			out, open = append(out, p), nil
		}
	}
	if open != nil {
		for len(out) > 0 && open.N < least {
			before := out[len(out)-1]
			out = out[:len(out)-1]
			open = &FieldPeriod{From: before.From, To: open.To, N: before.N + open.N, Pooled: true}
		}
		if open.N >= least {
			out = append(out, open)
		}
	}
	return out
}
