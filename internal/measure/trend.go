package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Trend is every figure followed over the waves.
type Trend struct {
	Common
	Practical Number         `json:"practical"` // smallest effect that matters, in standard deviations
	Figures   []*Followed    `json:"figures"`
	Shared    []*CommonItems `json:"common,omitempty"` // indices on the items that two waves share
}

// Followed is one figure over the waves.
type Followed struct {
	Figure string  `json:"figure"` // such as questions.osat.mean, as in results.json
	Item   string  `json:"item"`
	Kind   string  `json:"kind"` // mean, top, bottom, share or score
	Code   string  `json:"code,omitempty"`
	Steps  []*Step `json:"steps"`
	XmR    *XmR    `json:"xmr,omitempty"` // with eight comparable waves or more
}

// XmR is the limits within which a figure moves by chance alone, as its own
// moves from wave to wave show.
type XmR struct {
	Mean    Number   `json:"mean"`
	Low     Number   `json:"low"`
	High    Number   `json:"high"`
	From    string   `json:"from"`    // first wave: the one after the last break
	Signals []string `json:"signals"` // waves beyond a limit, or eighth and later in a row on one side of the mean
}

// Step is the change from one wave to the next. Means are compared by Welch's
// t, shares by the pooled z with an unpooled interval, NPS by z; with weights
// all by Welch's form on linearised standard errors (METHODS B13, B14). The
// two waves are taken as independent samples.
type Step struct {
	From        string   `json:"from"`
	To          string   `json:"to"`
	N           [2]int   `json:"n"`
	Difference  Number   `json:"difference"`
	CI95        Interval `json:"ci95"`
	Statistic   Number   `json:"statistic"`
	DF          Number   `json:"df"`
	P           Number   `json:"p"`
	Holm        Number   `json:"p_holm"` // over the steps of this figure
	BH          Number   `json:"p_bh"`   // over the figures of this kind in the same step
	MannWhitney *Number  `json:"p_mann_whitney,omitempty"`
	Effect      Number   `json:"effect"`                // d of means and scores, h of shares (Cohen)
	EffectSize  string   `json:"effect_size,omitempty"` // negligible, small, medium, large
	Paired      *Paired  `json:"paired,omitempty"`      // the same respondents in both waves
	Comparable  bool     `json:"comparable"`
	Reason      string   `json:"reason,omitempty"`

	Comparability string  `json:"comparability"`   // comparable, marked or not
	Marks         []*Mark `json:"marks,omitempty"` // changes of the questionnaire between the two waves
}

// Holds reports whether the change stands up to both adjustments at 5 %.
func (s *Step) Holds() bool { return s.Comparable && float64(max(s.Holm, s.BH)) < 0.05 }

// trend compares every wave with the one before.
func (r *Results) trend(s *survey.Survey, waves []*wave) {
	if len(r.Waves) < 2 {
		return
	}
	t := &Trend{Common: Common{Method: "trend", N: r.Base.Responses, Warnings: []string{}}, Practical: practical(s)}
	for _, item := range s.Items() {
		switch {
		case item.Rated():
			t.follow(r, "questions."+item.ID+".mean", item.ID, "mean", "")
			t.follow(r, "questions."+item.ID+".top.share", item.ID, "top", "")
			t.follow(r, "questions."+item.ID+".bottom.share", item.ID, "bottom", "")
		case item.Scale != nil:
			for _, code := range item.Scale.Codes() {
				t.follow(r, "questions."+item.ID+".shares."+code, item.ID, "share", code)
			}
		}
	}
	for _, m := range s.Metrics() {
		if m.Method == string(survey.NPS) {
			t.follow(r, "analyses."+m.ID+".score", m.ID, "score", "")
		}
	}
	for _, a := range s.Analyses {
		if a.Method != "path_model" { // compared by its own tests, on its own page
			t.followAnalysis(r, a.ID, a.Method)
		}
	}
	t.followAnalysis(r, "accounts", "accounts")
	t.judgeSteps(s, r)
	t.sharedItems(s, r, waves)
	t.adjust()
	t.limits(r)
	r.Analyses["trend"] = t
}

func (t *Trend) follow(r *Results, figure, item, kind, code string) {
	f := &Followed{Figure: figure, Item: item, Kind: kind, Code: code}
	for i := 1; i < len(r.Waves); i++ {
		from, to := r.Waves[i-1], r.Waves[i]
		f.Steps = append(f.Steps, step(from, to, estimate(r.ByWave[from], item, kind, code), estimate(r.ByWave[to], item, kind, code), kind))
	}
	t.Figures = append(t.Figures, f)
}

// found is one figure of one wave, ready to be compared.
type found struct {
	stat.Estimate
	points  []stat.Point
	weights bool
	reason  string // why it cannot be compared
	figure  bool   // of an analysis
}

func estimate(b *Block, item, kind, code string) found {
	none := found{Estimate: stat.Estimate{Value: math.NaN(), SE: math.NaN()}}
	if b == nil || b.Suppressed {
		none.reason = "min_cell"
		return none
	}
	if kind == "score" {
		n, ok := b.Analyses[item].(*Nps)
		if !ok {
			none.reason = NotAsked
			return none
		}
		return found{Estimate: n.score, weights: b.Questions[n.Question].weights}
	}
	q := b.Questions[item]
	switch {
	case q == nil || !q.Asked:
		none.reason = NotAsked
	case q.Suppressed:
		none.reason = "min_cell"
	case q.N == 0:
		none.reason = NoAnswers
	case kind == "mean":
		return found{Estimate: q.mean, points: q.points, weights: q.weights}
	case kind == "top" && q.Top != nil:
		return found{Estimate: q.top, weights: q.weights}
	case kind == "bottom" && q.Bottom != nil:
		return found{Estimate: q.bottom, weights: q.weights}
	case kind == "share" && q.Shares[code] != nil:
		return found{Estimate: q.Shares[code].estimate, weights: q.weights}
	default:
		none.reason = NotAsked
	}
	return none
}

func step(from, to string, a, b found, kind string) *Step {
	nan := Number(math.NaN())
	s := &Step{From: from, To: to, N: [2]int{a.N, b.N}, Difference: nan, CI95: Interval{nan, nan}, Statistic: nan, DF: nan, P: nan, Holm: nan, BH: nan, Effect: nan}
	if s.Reason = a.reason; s.Reason == "" {
		s.Reason = b.reason
	}
	if s.Reason != "" {
		return s
	}
	s.Comparable = true
	var t stat.Test
	switch {
	case a.weights || b.weights || kind == "mean" || a.figure && !math.IsNaN(a.DF):
		t = stat.Welch(a.Estimate, b.Estimate)
	case kind == "score" || a.figure && math.IsNaN(a.DF):
		t = stat.Normal(a.Estimate, b.Estimate)
	default:
		t = stat.Proportions(hits(a), a.N, hits(b), b.N)
	}
	s.Effect = Number(effect(a, b, kind))
	s.EffectSize = size(float64(s.Effect), .2, .5, .8)
	s.Difference, s.CI95, s.Statistic, s.DF, s.P = Number(t.Difference), Interval{Number(t.Low), Number(t.High)}, Number(t.Statistic), Number(t.DF), Number(t.P)
	if kind == "mean" && !a.weights && !b.weights {
		s.MannWhitney = pointer(stat.MannWhitney(a.points, b.points).P)
	}
	return s
}

func hits(f found) int { return int(math.Round(f.Value * float64(f.N))) }

// Of returns the followed figure of an item and kind, nil where there is none.
func (t *Trend) Of(item, kind string) *Followed {
	i := slices.IndexFunc(t.Figures, func(f *Followed) bool { return f.Item == item && f.Kind == kind })
	if i < 0 {
		return nil
	}
	return t.Figures[i]
}

// Share returns the followed share of one code, nil where there is none.
func (t *Trend) Share(item, code string) *Followed {
	i := slices.IndexFunc(t.Figures, func(f *Followed) bool { return f.Item == item && f.Kind == "share" && f.Code == code })
	if i < 0 {
		return nil
	}
	return t.Figures[i]
}
