package measure

import (
	"math"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Loyalty is customer loyalty by what people say: the scorecard of
// satisfaction, buying again and recommending (METHODS A33), the bands of
// buying again (A31), the groups of Jones and Sasser (HBR, November 1995), how
// loyalty depends on satisfaction, and a ladder by rules (A108).
type Loyalty struct {
	Common
	Satisfaction *LoyaltyLine          `json:"satisfaction,omitempty"` // absent where few answered
	Repurchase   *LoyaltyLine          `json:"repurchase,omitempty"`
	Recommend    *LoyaltyLine          `json:"recommend,omitempty"`
	Net          *Net                  `json:"net,omitempty"` // of three answers: %top − %bottom
	NPS          *Net                  `json:"nps,omitempty"` // of 0 to 10, never mixed with it
	Weights      map[string]float64    `json:"weights"`
	Score        Number                `json:"score"` // composite of the indicators, 0–100
	ScoreN       int                   `json:"score_n"`
	CI95         Interval              `json:"ci95"`
	Loyal        string                `json:"loyal"`  // what makes an answer loyal
	Groups       map[string]*LoyalPart `json:"groups"` // loyalist, mercenary, hostage, defector; null where they are withheld
	Bands        map[string]*LoyalPart `json:"bands,omitempty"`
	Curve        []*CurvePoint         `json:"curve"`
	Ratio        *Ratio                `json:"ratio,omitempty"`
	Ladder       []*LadderStep         `json:"ladder,omitempty"`
	Economics    *Economics            `json:"economics,omitempty"`
	Withheld     bool                  `json:"withheld,omitempty"` // of a group: classes that fewer than min_cell people are in

	score  stat.Estimate
	cells  [4]int // people in each of loyalGroups, also where that is not shown
	banded [3]int
	rungs  []int
}

// LoyaltyLine is one line of the scorecard. Score is the mean on 0–100, Share the
// share of the codes that count as high.
type LoyaltyLine struct {
	Question string   `json:"question"`
	N        int      `json:"n"`
	High     []string `json:"high"`
	From     *Number  `json:"from,omitempty"` // a number: high from here on
	Score    Number   `json:"score"`
	CI95     Interval `json:"ci95"`
	Share    Number   `json:"share"`
	ShareCI  Interval `json:"share_ci95"`
}

// Net is a difference of two shares in points from −100 to 100.
type Net struct {
	Question string   `json:"question"`
	N        int      `json:"n"`
	Top      Number   `json:"top"`
	Middle   Number   `json:"middle"`
	Bottom   Number   `json:"bottom"`
	Score    Number   `json:"score"`
	CI95     Interval `json:"ci95"`

	estimate stat.Estimate
}

// LoyalPart is a share of the base with its count.
type LoyalPart struct {
	N     int      `json:"n"`
	Share Number   `json:"share"`
	CI95  Interval `json:"ci95"`

	estimate stat.Estimate
}

// LadderStep is one rank of a ladder.
type LadderStep struct {
	ID string `json:"id"`
	LoyalPart
}

// loyalGroups are the groups by whether satisfaction and loyalty are high.
var loyalGroups = [4]string{"defector", "hostage", "mercenary", "loyalist"}

// bandNames are the bands of repurchase from the best: ≥ 70 %, between, ≤ 30 %.
var bandNames = [3]string{"ge_70", "between", "le_30"}

func (w *wave) loyalty(a survey.Analysis, g groups) []Analysis {
	l := a.Loyalty
	if l == nil {
		return nil
	}
	gauges := w.loyaltyGauges(l)
	tallies := make([]*loyaltyTally, len(g.codes)+1)
	for k := range tallies {
		tallies[k] = newLoyaltyTally(l, gauges)
	}
	design := tallies[len(g.codes)] // every row of the wave
	rank := w.ladder(l.Ladder)
	for row, k := range g.of {
		x := w.weight(row)
		answer := gauges.read(row)
		answer.rank = rank(row)
		design.add(answer, x)
		if k >= 0 {
			tallies[k].add(answer, x)
		}
	}
	results, out := make([]*Loyalty, len(g.codes)), make([]Analysis, len(g.codes))
	for k := range out {
		results[k] = tallies[k].result(w, l, design)
		if g.codes[k] == "" {
			results[k].Economics = economics(l.Economics)
		}
		out[k] = results[k]
	}
	w.hideParts(results, tallies[:len(out)], design)
	return out
}

// loyaltyGauges are the columns of the method, read by row.
type loyaltyGauges struct {
	indicators [3]*gauge // satisfaction, repurchase, recommend; nil without
	nps        *gauge
	bands      func(g *gauge, row int) int
	loyal      string
	weights    [3]float64
}

// indicatorNames are in the order of loyaltyGauges.indicators.
var indicatorNames = [3]string{"satisfaction", "repurchase", "recommend"}

func (w *wave) loyaltyGauges(l *survey.Loyalty) *loyaltyGauges {
	g := &loyaltyGauges{loyal: l.Loyal}
	for i, id := range [3]string{l.Satisfaction, l.Repurchase, l.Recommend} {
		if id == "" {
			continue
		}
		var extremes [2][]string
		if i == 1 {
			extremes = [2][]string{l.Bands.High, l.Bands.Low}
		} else if i == 2 {
			extremes = [2][]string{l.Net.Top, l.Net.Bottom}
		}
		g.indicators[i] = w.gauge(id, l.High[id], l.From, extremes)
		g.weights[i] = l.Weights.Of(indicatorNames[i])
	}
	if l.NPS != "" {
		g.nps = w.gauge(l.NPS, nil, nil, [2][]string{})
	}
	g.bands = func(x *gauge, row int) int {
		if l.Bands.AtLeast != nil {
			return bandOfNumber(x.number(row), *l.Bands.AtLeast, *l.Bands.AtMost)
		}
		return x.extreme(row)
	}
	return g
}

// bandOfNumber is 0 from high on, 2 up to low, 1 between, −1 of no number.
func bandOfNumber(v, high, low float64) int {
	switch {
	case math.IsNaN(v):
		return -1
	case v >= high:
		return 0
	case v <= low:
		return 2
	}
	return 1
}

// loyaltyAnswer is what one response says; −1 and NaN where it says nothing.
type loyaltyAnswer struct {
	scores [3]float64
	high   [3]int
	sat    int // code of satisfaction
	loyal  int
	band   int
	net    int
	nps    int
	rank   int
}

func (g *loyaltyGauges) read(row int) loyaltyAnswer {
	a := loyaltyAnswer{sat: -1, loyal: -1, band: -1, net: -1, nps: -1, rank: -1}
	for i, x := range g.indicators {
		a.scores[i], a.high[i] = math.NaN(), -1
		if x != nil {
			a.scores[i], a.high[i] = x.score(row), x.high(row)
		}
	}
	if x := g.indicators[0]; x != nil {
		a.sat = x.code(row)
	}
	if x := g.indicators[1]; x != nil {
		a.band = g.bands(x, row)
	}
	if x := g.indicators[2]; x != nil {
		a.net = x.extreme(row)
	}
	if g.nps != nil {
		a.nps = npsPart(g.nps.number(row))
	}
	a.loyal = loyalBy(g.loyal, a.high[1], a.high[2])
	return a
}

// npsPart is 0 for a promoter, 1 for a passive, 2 for a detractor.
func npsPart(v float64) int {
	switch {
	case math.IsNaN(v):
		return -1
	case v >= 9:
		return 0
	case v >= 7:
		return 1
	}
	return 2
}

// loyalBy says whether an answer is loyal (1), not (0) or cannot be told (−1).
func loyalBy(rule string, repurchase, recommend int) int {
	switch {
	case rule == "repurchase" || rule == "":
		return repurchase
	case rule == "recommend":
		return recommend
	case repurchase < 0 || recommend < 0:
		return -1
	case rule == "both":
		return min(repurchase, recommend)
	}
	return max(repurchase, recommend)
}

// figures are what is followed over waves and compared between groups.
func (l *Loyalty) figures() []figure {
	out := []figure{{path: "score", kind: "loyalty.score", estimate: l.score}}
	if g := l.Groups["loyalist"]; g != nil {
		out = append(out, figure{path: "groups.loyalist.share", kind: "loyalty.share", estimate: g.estimate})
	}
	if l.Net != nil {
		out = append(out, figure{path: "net.score", kind: "loyalty.net", estimate: l.Net.estimate})
	}
	return out
}
