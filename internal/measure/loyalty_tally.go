package measure

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// bag is a sample of numbers as points, by value.
type bag map[float64]*stat.Point

func (b bag) add(v, weight float64) {
	if math.IsNaN(v) || weight <= 0 {
		return
	}
	p := b[v]
	if p == nil {
		p = &stat.Point{Value: v}
		b[v] = p
	}
	*p = plus(*p, weight)
}

// points are the points in the order of their values.
func (b bag) points() []stat.Point {
	out := make([]stat.Point, 0, len(b))
	for _, p := range b {
		out = append(out, *p)
	}
	slices.SortFunc(out, func(x, y stat.Point) int { return cmp.Compare(x.Value, y.Value) })
	return out
}

func (b bag) n() int {
	n := 0
	for _, p := range b {
		n += p.N
	}
	return n
}

// loyaltyTally is the sums of one group.
type loyaltyTally struct {
	gauges *loyaltyGauges
	rows   int // responses with satisfaction and loyalty, with or without weight
	scores [3]bag
	high   [3][2]stat.Point // not high, high
	whole  bag              // composite
	cells  [4]stat.Point    // of Jones and Sasser
	bands  [3]stat.Point
	net    [3]stat.Point
	nps    [3]stat.Point
	curve  []curveTally // by code of satisfaction
	ranks  []stat.Point
}

type curveTally struct {
	rows       int
	loyal, all stat.Point
	scores     bag
}

func newLoyaltyTally(l *survey.Loyalty, g *loyaltyGauges) *loyaltyTally {
	t := &loyaltyTally{gauges: g, whole: bag{}, ranks: make([]stat.Point, len(l.Ladder))}
	for i := range t.scores {
		t.scores[i] = bag{}
	}
	if s := g.indicators[0]; s != nil {
		t.curve = make([]curveTally, len(s.codes))
		for i := range t.curve {
			t.curve[i].scores = bag{}
		}
	}
	return t
}

func (t *loyaltyTally) add(a loyaltyAnswer, weight float64) {
	sum, weights, answered := 0.0, 0.0, 0.0
	for i := range a.scores {
		if t.gauges.indicators[i] == nil {
			continue
		}
		weights += t.gauges.weights[i]
		if !math.IsNaN(a.scores[i]) {
			t.scores[i].add(a.scores[i], weight)
			sum, answered = sum+t.gauges.weights[i]*a.scores[i], answered+t.gauges.weights[i]
		}
		if a.high[i] >= 0 {
			t.high[i][a.high[i]] = plus(t.high[i][a.high[i]], weight)
		}
	}
	if answered > 0 && answered >= weights/2 { // METHODS B0: half of the weight must be answered
		t.whole.add(sum/answered, weight)
	}
	countAt(t.bands[:], a.band, weight)
	countAt(t.net[:], a.net, weight)
	countAt(t.nps[:], a.nps, weight)
	countAt(t.ranks, a.rank, weight)
	if a.high[0] >= 0 && a.loyal >= 0 {
		t.rows++
		countAt(t.cells[:], 2*a.high[0]+a.loyal, weight)
	}
	if a.sat >= 0 && a.loyal >= 0 && a.sat < len(t.curve) {
		t.curve[a.sat].add(a, weight)
	}
}

func countAt(points []stat.Point, at int, weight float64) {
	if at >= 0 && at < len(points) {
		points[at] = plus(points[at], weight)
	}
}

func (c *curveTally) add(a loyaltyAnswer, weight float64) {
	c.rows++
	c.all = plus(c.all, weight)
	if a.loyal == 1 {
		c.loyal = plus(c.loyal, weight)
	}
	c.scores.add(a.scores[1], weight)
}

func addedUp(points []stat.Point) stat.Point {
	var out stat.Point
	for _, p := range points {
		out.N, out.W, out.W2 = out.N+p.N, out.W+p.W, out.W2+p.W2
	}
	return out
}

// shareOf is the share of points: Wilson, or linearised with weights.
func (w *wave) shareOf(hit, all stat.Point, design int) stat.Estimate {
	if w.weights != nil {
		return stat.WeightedShare(hit, all, design)
	}
	return stat.Share(hit.N, all.N)
}

// bagMean is the mean of a bag: Student, or linearised with weights.
func (w *wave) bagMean(b bag, design int) stat.Estimate {
	if w.weights != nil {
		return stat.WeightedMean(b.points(), design)
	}
	return stat.Mean(b.points())
}

// result is the figures of a group; design is the tally of the whole wave.
func (t *loyaltyTally) result(w *wave, l *survey.Loyalty, design *loyaltyTally) *Loyalty {
	all := addedUp(t.cells[:])
	r := &Loyalty{Common: Common{Method: "loyalty", N: all.N, Warnings: []string{}, rows: t.rows}, Loyal: l.Loyal, Weights: map[string]float64{}, Groups: map[string]*LoyalPart{}, Curve: []*CurvePoint{}}
	lines := [3]**LoyaltyLine{&r.Satisfaction, &r.Repurchase, &r.Recommend}
	for i, id := range [3]string{l.Satisfaction, l.Repurchase, l.Recommend} {
		if t.gauges.indicators[i] == nil {
			continue
		}
		*lines[i] = t.indicator(w, l, i, id, design)
		r.Weights[indicatorNames[i]] = t.gauges.weights[i]
	}
	r.score = w.bagMean(t.whole, design.whole.n())
	r.Score, r.CI95, r.ScoreN = Number(r.score.Value), interval(r.score), r.score.N
	for i, name := range loyalGroups {
		r.Groups[name] = w.loyalPart(t.cells[i], all, addedUp(design.cells[:]).N)
	}
	if sum := addedUp(t.bands[:]); sum.N > 0 {
		r.Bands = map[string]*LoyalPart{}
		for i, name := range bandNames {
			r.Bands[name] = w.loyalPart(t.bands[i], sum, addedUp(design.bands[:]).N)
		}
	}
	r.Net = w.net(l.Recommend, t.net, addedUp(design.net[:]).N)
	r.NPS = w.net(l.NPS, t.nps, addedUp(design.nps[:]).N)
	r.Curve = t.curvePoints(w, design)
	if sum := addedUp(t.ranks); sum.N > 0 {
		for i, g := range l.Ladder {
			r.Ladder = append(r.Ladder, &LadderStep{ID: g.ID, LoyalPart: *w.loyalPart(t.ranks[i], sum, addedUp(design.ranks).N)})
		}
	}
	r.cells, r.banded, r.rungs = [4]int(counted(t.cells[:])), [3]int(counted(t.bands[:])), counted(t.ranks)
	switch {
	case r.N == 0:
		r.warn(NoAnswers)
	case r.N < 30:
		r.warn(Base30)
	}
	return r
}

func (t *loyaltyTally) indicator(w *wave, l *survey.Loyalty, i int, id string, design *loyaltyTally) *LoyaltyLine {
	score := w.bagMean(t.scores[i], design.scores[i].n())
	all := addedUp(t.high[i][:])
	share := w.shareOf(t.high[i][1], all, addedUp(design.high[i][:]).N)
	out := &LoyaltyLine{Question: id, N: all.N, High: l.High[id], Score: Number(score.Value), CI95: interval(score), Share: Number(share.Value), ShareCI: interval(share)}
	if from, ok := l.From[id]; ok {
		out.From, out.High = pointer(from), []string{}
	}
	return out
}

func (w *wave) loyalPart(hit, all stat.Point, design int) *LoyalPart {
	e := w.shareOf(hit, all, design)
	return &LoyalPart{N: hit.N, Share: Number(e.Value), CI95: interval(e), estimate: e}
}

// net is %top − %bottom in points, with the interval of the NPS (METHODS B10); nil without answers.
func (w *wave) net(question string, p [3]stat.Point, design int) *Net {
	all := addedUp(p[:])
	if all.N == 0 {
		return nil
	}
	e := stat.NPS(p[0].N, p[1].N, p[2].N)
	if w.weights != nil {
		e = stat.WeightedNPS(p[0], p[1], p[2], design)
	}
	return &Net{Question: question, N: all.N, Top: part(p[0], all), Middle: part(p[1], all), Bottom: part(p[2], all), Score: Number(e.Value), CI95: interval(e), estimate: e}
}
