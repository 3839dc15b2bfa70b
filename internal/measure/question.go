package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// asked is one item with what the question figures need to know of it.
type asked struct {
	item    survey.Item
	values  []float64 // numbers of the codes, nil for nominal scales
	top     []int     // indices of the best codes
	bottom  []int     // and of the worst, as many
	lo, hi  float64   // ends of the scale
	weights bool
}

func describe(item survey.Item, weights bool) asked {
	a := asked{item: item, weights: weights}
	if !item.Rated() {
		return a
	}
	a.values = item.Scale.Values()
	a.lo, a.hi = slices.Min(a.values), slices.Max(a.values)
	a.top = indices(item.Scale, survey.TopCodes(item.Scale, item.Reverse))
	a.bottom = indices(item.Scale, survey.TopCodes(item.Scale, !item.Reverse))
	return a
}

func indices(sc *survey.Scale, codes []string) []int {
	all := sc.Codes()
	var out []int
	for _, c := range codes {
		if i := slices.Index(all, c); i >= 0 {
			out = append(out, i)
		}
	}
	return out
}

// question computes the figures of one item from its tally. Design is the
// number of weighted answers in the whole wave, of which a segment is a domain.
func (a asked) question(t *tally, design int) *Question {
	q := &Question{Type: string(a.item.Type), N: t.valid.N, Missing: missing(t), Asked: true, weights: a.weights}
	if a.item.Scale != nil {
		q.Counts = counts(a.item.Scale.Codes(), t.counts)
		q.tallied = &tallied{a, t, design}
	}
	switch {
	case a.item.Type == survey.Number:
		q.points = distinct(t)
		a.moments(q, t, design, false)
	case a.item.Rated():
		q.points = valued(a.values, t.points)
		a.moments(q, t, design, true)
		if levels := q.Levels(a.item.Scale); a.weights && levels != nil {
			q.Weighted = map[string]Number{}
			for i, code := range a.item.Scale.Codes() {
				q.Weighted[code] = Number(levels[i])
			}
		}
	case a.item.Scale != nil:
		q.Shares = shares(a.item.Scale.Codes(), t, design, a.weights)
	}
	q.warn(a)
	return q
}

// moments fills mean, sd, median and, for scales, score and top share.
func (a asked) moments(q *Question, t *tally, design int, scale bool) {
	q.mean = stat.Mean(q.points)
	if a.weights {
		q.mean = stat.WeightedMean(q.points, design)
	}
	if scale {
		q.mean = cutOff(q.mean, a.lo, a.hi)
	}
	q.Mean, q.SD, q.Median = pointer(q.mean.Value), pointer(stat.SD(q.points)), pointer(stat.Median(q.points))
	ci := interval(q.mean)
	q.CI95 = &ci
	if scale {
		q.Score = a.score(q.mean)
		if len(a.top) > 0 {
			q.top = share(t, a.top, design, a.weights)
			q.Top = a.best(q.top, a.top)
			q.bottom = share(t, a.bottom, design, a.weights)
			q.Bottom = a.best(q.bottom, a.bottom)
		}
	}
	if a.weights {
		q.Unweighted = a.plain(t)
	}
}

// cutOff cuts an interval off at the ends of a scale: no mean lies beyond them, so
// that the interval covers it as often as before. The standard error stays.
func cutOff(e stat.Estimate, low, high float64) stat.Estimate {
	e.Low, e.High = min(max(e.Low, low), high), min(max(e.High, low), high)
	return e
}

// score maps a mean to 0–100: (mean − worst)/(best − worst)·100 (METHODS B0).
func (a asked) score(m stat.Estimate) *Score {
	to := func(x float64) Number {
		if a.item.Reverse {
			return Number((a.hi - x) / (a.hi - a.lo) * 100)
		}
		return Number((x - a.lo) / (a.hi - a.lo) * 100)
	}
	low, high := to(m.Low), to(m.High)
	if a.item.Reverse {
		low, high = high, low
	}
	return &Score{Value: to(m.Value), CI95: Interval{low, high}}
}

func (a asked) best(e stat.Estimate, at []int) *Top {
	codes := make([]string, len(at))
	for i, k := range at {
		codes[i] = a.item.Scale.Codes()[k]
	}
	return &Top{Codes: codes, Share: Number(e.Value), CI95: interval(e)}
}

// plain computes the unweighted figures beside weighted ones.
func (a asked) plain(t *tally) *Unweighted {
	u := &Unweighted{N: t.n, Share: Number(math.NaN())}
	var points []stat.Point
	if a.item.Type == survey.Number {
		points = grouped(t.numbers, nil)
	} else {
		points = make([]stat.Point, len(t.counts))
		for i, n := range t.counts {
			points[i] = stat.Point{Value: a.values[i], N: n, W: float64(n), W2: float64(n)}
		}
		if len(a.top) > 0 && t.n > 0 {
			u.Share = Number(float64(sumInts(t.counts, a.top)) / float64(t.n))
		}
	}
	u.Mean, u.SD = Number(stat.Mean(points).Value), Number(stat.SD(points))
	return u
}

// warn says what the base cannot carry.
func (q *Question) warn(a asked) {
	switch {
	case q.N == 0:
		q.Why = NoAnswers
		return
	case q.N == 1 && q.Mean != nil:
		q.Why = OneAnswer
	}
	if q.N < 30 {
		q.Warnings = append(q.Warnings, Base30)
	}
	if q.N > 1 && q.SD != nil && *q.SD == 0 {
		q.Warnings = append(q.Warnings, NoVariance)
	}
	if len(a.values) > 2 && q.N >= 30 && len(a.top) > 0 { // without a share of the best it is no scale of satisfaction
		best := len(q.points) - 1
		if a.item.Reverse {
			best = 0
		}
		if float64(q.points[best].N) > 0.4*float64(q.N) {
			q.Warnings = append(q.Warnings, Ceiling)
		}
	}
}

func share(t *tally, at []int, design int, weights bool) stat.Estimate {
	hit := sum(t.points, at)
	if weights {
		return stat.WeightedShare(hit, t.valid, design)
	}
	return stat.Share(hit.N, t.valid.N)
}

func shares(codes []string, t *tally, design int, weights bool) map[string]*Portion {
	out := make(map[string]*Portion, len(codes))
	for i, c := range codes {
		e := share(t, []int{i}, design, weights)
		out[c] = &Portion{Share: Number(e.Value), CI95: interval(e), estimate: e, hit: t.points[i]}
	}
	return out
}

func valued(values []float64, points []stat.Point) []stat.Point {
	out := slices.Clone(points)
	for i := range out {
		out[i].Value = values[i]
	}
	return out
}

// distinct groups the answers of a number by value, rows without weight left out.
func distinct(t *tally) []stat.Point { return grouped(t.numbers, t.weights) }

func grouped(numbers, weights []float64) []stat.Point {
	order := make([]int, len(numbers))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case numbers[a] < numbers[b]:
			return -1
		case numbers[a] > numbers[b]:
			return 1
		}
		return 0
	})
	var out []stat.Point
	for _, i := range order {
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		if w <= 0 {
			continue
		}
		if len(out) == 0 || out[len(out)-1].Value != numbers[i] {
			out = append(out, stat.Point{Value: numbers[i]})
		}
		last := &out[len(out)-1]
		*last = plus(*last, w)
	}
	return out
}

func counts(codes []string, n []int) map[string]int {
	out := make(map[string]int, len(codes))
	for i, c := range codes {
		out[c] = n[i]
	}
	return out
}

func missing(t *tally) map[string]int {
	out := map[string]int{}
	for _, r := range table.Reasons {
		if t.missing[r] > 0 {
			out[r.String()] = t.missing[r]
		}
	}
	return out
}

func sumInts(n []int, at []int) int {
	total := 0
	for _, i := range at {
		total += n[i]
	}
	return total
}

func pointer(x float64) *Number {
	n := Number(x)
	return &n
}
