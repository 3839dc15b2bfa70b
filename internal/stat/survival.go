package stat

import "math"

// Survival is the Kaplan–Meier estimate of how many last longer than a time.
type Survival struct {
	Times []float64 // at which something ended, ascending
	After []float64 // share that lasts longer
	N     int
}

// KaplanMeier returns S(t) = Π over end times u ≤ t of (1 − d(u)/r(u)), d the
// ends at u, r those with a time ≥ u. ends are the times of what is over,
// censored those of what still goes on, both ascending and without NaN.
// Something censored at u is at risk at u. No times: none.
// Source: Kaplan and Meier, JASA 53 (1958) 457-481; R survival::survfit.
func KaplanMeier(ends, censored []float64) Survival {
	s := Survival{N: len(ends) + len(censored)}
	left, gone := 1.0, 0 // censored before the time at hand
	for i := 0; i < len(ends); {
		j := i
		for j < len(ends) && ends[j] == ends[i] {
			j++
		}
		for gone < len(censored) && censored[gone] < ends[i] {
			gone++
		}
		left *= 1 - float64(j-i)/float64(s.N-i-gone)
		s.Times, s.After = append(s.Times, ends[i]), append(s.After, left)
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
