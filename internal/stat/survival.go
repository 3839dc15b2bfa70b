package stat

import (
	"cmp"
	"math"
	"slices"
)

// Duration is how long something lasted, or has lasted so far.
type Duration struct {
	Time float64
	Over bool // it has ended; false: censored at Time
}

// Survival is the Kaplan–Meier estimate of how many last longer than a time.
type Survival struct {
	Times []float64 // at which something ended, ascending
	After []float64 // share that lasts longer
	N     int
}

// KaplanMeier returns S(t) = Π over end times u ≤ t of (1 − d(u)/r(u)), d the
// ends at u, r those with Time ≥ u. Something censored at u is at risk at u.
// Durations that are NaN or negative are left out. No durations: no times.
// Source: Kaplan and Meier, JASA 53 (1958) 457-481; R survival::survfit.
func KaplanMeier(durations []Duration) Survival {
	all := make([]Duration, 0, len(durations))
	for _, d := range durations {
		if d.Time >= 0 {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b Duration) int { return cmp.Compare(a.Time, b.Time) })
	s := Survival{N: len(all)}
	left := 1.0
	for i := 0; i < len(all); {
		j, ends := i, 0
		for j < len(all) && all[j].Time == all[i].Time {
			if all[j].Over {
				ends++
			}
			j++
		}
		if ends > 0 {
			left *= 1 - float64(ends)/float64(len(all)-i)
			s.Times, s.After = append(s.Times, all[i].Time), append(s.After, left)
		}
		i = j
	}
	return s
}

// Quantile returns the first time with S(t) ≤ 1 − p (within 1e-12); NaN where S
// never falls so low, because too much is still going on.
func (s Survival) Quantile(p float64) float64 {
	for i, left := range s.After {
		if left <= 1-p+1e-12 {
			return s.Times[i]
		}
	}
	return math.NaN()
}
