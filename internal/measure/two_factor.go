package measure

import (
	"math"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// TwoFactor is Herzberg's two kinds of factors: the scores 0–100 of the factors
// declared as hygiene and as motivators, and what each is found to be by its
// asymmetry. N counts the respondents with either score.
// Source: Herzberg, Mausner and Snyderman, The Motivation to Work (1959).
type TwoFactor struct {
	Common
	Hygiene        Number         `json:"hygiene"`
	HygieneCI95    Interval       `json:"hygiene_ci95"`
	HygieneN       int            `json:"hygiene_n"`
	Motivators     Number         `json:"motivators"`
	MotivatorsCI95 Interval       `json:"motivators_ci95"`
	MotivatorsN    int            `json:"motivators_n"`
	Outcome        string         `json:"outcome,omitempty"`
	Cut            Number         `json:"cut"`
	Items          []*Factor      `json:"items"`
	Bootstrap      DriversSamples `json:"bootstrap"`

	Found               *PenaltyReward `json:"-"` // nil without an outcome
	hygiene, motivators stat.Estimate
}

// Factor is one item: what it is declared to be and what it is found to be,
// null where that is undecided or cannot be computed.
type Factor struct {
	ID       string `json:"id"`
	Declared class  `json:"declared"`
	Found    class  `json:"found"`
	Agrees   *bool  `json:"agrees"` // null where nothing is found

	Evidence *Asymmetry `json:"evidence,omitempty"` // as method penalty_reward has it
}

// The kinds of factors.
const (
	HygieneFactor = "hygiene"
	Motivator     = "motivator"
	BothFactors   = "both" // as much a penalty as a reward
)

// leastAnswered is the share of a respondent's items that must be answered for
// a score of them (METHODS B0).
const leastAnswered = .5

func (w *wave) twoFactor(a survey.Analysis, g groups) []Analysis {
	if a.TwoFactor == nil {
		return nil
	}
	hygiene, motivators := w.factorScores(a.TwoFactor.Hygiene, g), w.factorScores(a.TwoFactor.Motivators, g)
	bases := w.eitherScore(a.TwoFactor, g)
	var found []*PenaltyReward
	if a.TwoFactor.Outcome != "" {
		found = w.asymmetries(a.PenaltyReward, g)
	}
	out := make([]Analysis, len(g.codes))
	for k := range out {
		f := &TwoFactor{Common: Common{Method: a.Method, N: bases[k].weighted, Warnings: []string{}, rows: bases[k].rows}, Outcome: a.TwoFactor.Outcome, Cut: Number(a.PenaltyReward.Cut)}
		f.hygiene, f.motivators = hygiene[k], motivators[k]
		f.Hygiene, f.HygieneCI95, f.HygieneN = Number(f.hygiene.Value), interval(f.hygiene), f.hygiene.N
		f.Motivators, f.MotivatorsCI95, f.MotivatorsN = Number(f.motivators.Value), interval(f.motivators), f.motivators.N
		if found != nil {
			f.Found, f.Bootstrap = found[k], found[k].Bootstrap
		}
		f.list(a.TwoFactor)
		if f.N < 30 {
			f.warn(Base30)
		}
		out[k] = f
	}
	return out
}

// list sets what is declared beside what is found.
func (f *TwoFactor) list(d *survey.TwoFactor) {
	for i, id := range append(append([]string{}, d.Hygiene...), d.Motivators...) {
		item := &Factor{ID: id, Declared: HygieneFactor}
		if i >= len(d.Hygiene) {
			item.Declared = Motivator
		}
		if f.Found != nil {
			item.find(f.Found.Items[i])
		}
		f.Items = append(f.Items, item)
	}
}

func (item *Factor) find(a *Asymmetry) {
	item.Evidence = a
	if a.Suppressed {
		return
	}
	switch a.Class {
	case BasicFactor:
		item.Found = HygieneFactor
	case AttractiveFactor:
		item.Found = Motivator
	case PerformanceFactor:
		item.Found = BothFactors
	default:
		return
	}
	agrees := item.Found == item.Declared
	item.Agrees = &agrees
}

// factorScores is, by group, the mean over respondents of the mean score of
// their answered items; at least half of the items must be answered.
func (w *wave) factorScores(items []string, g groups) []stat.Estimate {
	numbers, weights := make([][]float64, len(g.codes)), make([][]float64, len(g.codes))
	bases, all := make([]based, len(g.codes)), based{}
	score := w.scoreOf(items)
	for row, k := range g.of {
		x := score(row)
		if math.IsNaN(x) {
			continue
		}
		all.add(w.weight(row))
		if k >= 0 {
			bases[k].add(w.weight(row))
			numbers[k], weights[k] = append(numbers[k], x), append(weights[k], w.weight(row))
		}
	}
	out := make([]stat.Estimate, len(g.codes))
	for k, hidden := range w.hiddenParts(bases, all) {
		if hidden {
			numbers[k], weights[k] = nil, nil
		}
		out[k] = w.meanOf(grouped(numbers[k], weights[k]), all.weighted)
	}
	return out
}

// scoreOf returns the mean score of a row's answered items, NaN where fewer than
// half are answered.
func (w *wave) scoreOf(items []string) func(row int) float64 {
	var columns []values
	for _, id := range items {
		v, _ := w.scores(id)
		columns = append(columns, v)
	}
	return func(row int) float64 {
		sum, n := 0.0, 0
		for _, v := range columns {
			if x := v.at(row); !math.IsNaN(x) {
				sum, n = sum+x, n+1
			}
		}
		if n == 0 || float64(n) < leastAnswered*float64(len(columns)) {
			return math.NaN()
		}
		return sum / float64(n)
	}
}

// eitherScore counts the rows with one of the two scores.
func (w *wave) eitherScore(d *survey.TwoFactor, g groups) []based {
	out := make([]based, len(g.codes))
	hygiene, motivators := w.scoreOf(d.Hygiene), w.scoreOf(d.Motivators)
	for row, k := range g.of {
		if k >= 0 && !(math.IsNaN(hygiene(row)) && math.IsNaN(motivators(row))) {
			out[k].add(w.weight(row))
		}
	}
	return out
}

// figures are the two scores.
func (f *TwoFactor) figures() []figure {
	return []figure{{"hygiene", "score", f.hygiene}, {"motivators", "score", f.motivators}}
}
