package measure

import (
	"encoding/json"
	"math"

	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Kano is what features mean to respondents: classes from pairs of questions.
// N counts respondents of positive weight with at least one complete pair.
type Kano struct {
	Common
	Table      string         `json:"table"`
	Thresholds KanoThresholds `json:"thresholds"`
	Features   []*KanoFeature `json:"features"`
}

// KanoThresholds are where better and worse divide the quadrants.
type KanoThresholds struct {
	Rule   string `json:"rule"` // midpoint or mean
	Better Number `json:"better"`
	Worse  Number `json:"worse"` // negative, as worse is
}

// KanoFeature is one feature. Counts are of all complete pairs; shares, the
// class, better, worse and the strengths are weighted where the survey is.
//
//	better = (A+O)/(A+O+M+I), worse = −(O+M)/(A+O+M+I), sensitivity = √(better²+worse²)
//
// Their intervals are Wilson's (with weights, linearised); that of the
// sensitivity is linearised. Category strength is the largest share less the
// second, total strength that of A, O and M (Lee and Newcomb 1997).
type KanoFeature struct {
	ID               string            `json:"id"`
	N                int               `json:"n"`
	Counts           map[string]int    `json:"counts"`
	Shares           map[string]Number `json:"shares"`
	Category         class             `json:"category"`
	CategoryBlock    class             `json:"category_block_rule"`
	CoefficientN     int               `json:"coefficient_n"` // A+O+M+I
	Better           Number            `json:"better"`
	BetterCI95       Interval          `json:"better_ci95"`
	Worse            Number            `json:"worse"`
	WorseCI95        Interval          `json:"worse_ci95"`
	Sensitivity      Number            `json:"sensitivity"`
	SensitivityCI95  Interval          `json:"sensitivity_ci95"`
	SensitivityRank  int               `json:"sensitivity_rank,omitempty"`
	CategoryStrength Number            `json:"category_strength"`
	Mixed            bool              `json:"mixed"`
	TotalStrength    Number            `json:"total_strength"`
	Fong             *Fong             `json:"fong"`
	Functional       Number            `json:"functional"`
	FunctionalSE     Number            `json:"functional_se"`
	Dysfunctional    Number            `json:"dysfunctional"`
	DysfunctionalSE  Number            `json:"dysfunctional_se"`
	Zone             class             `json:"zone"` // of the continuous analysis, cut at 2
	Importance       Number            `json:"importance"`
	ImportanceSE     Number            `json:"importance_se"`
	ImportanceCI95   Interval          `json:"importance_ci95"`
	ImportanceN      int               `json:"importance_n"`
	Unweighted       *KanoUnweighted   `json:"unweighted,omitempty"`
	Why              string            `json:"why,omitempty"`      // why figures are null
	Withheld         bool              `json:"withheld,omitempty"` // of a group: classes that fewer than min_cell people gave, and what they follow from
	Warnings         []string          `json:"warnings"`

	Suppressed    bool `json:"-"`
	better, worse stat.Estimate
	classes       [6]int // counts, also of a hidden feature
	stands        bool
}

// KanoUnweighted is the same without weights, beside weighted figures.
type KanoUnweighted struct {
	N        int    `json:"n"`
	Category class  `json:"category"`
	Better   Number `json:"better"`
	Worse    Number `json:"worse"`
}

// class is a class of Kano's table, null in JSON where there is none.
type class string

// MarshalJSON writes null for no class.
func (c class) MarshalJSON() ([]byte, error) {
	if c == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(c))
}

// MarshalJSON leaves nothing but the reason of a suppressed feature.
func (f *KanoFeature) MarshalJSON() ([]byte, error) {
	if f.Suppressed {
		return suppressed, nil
	}
	type plain KanoFeature
	return json.Marshal((*plain)(f))
}

// Warnings of features, besides those of every result.
const (
	KanoMixed        = "mixed"        // category strength under 6 %
	KanoQuestionable = "questionable" // over 10 % contradict themselves
	KanoReversed     = "reversed"     // over 10 %, or most, would rather not have it
	KanoWeak         = "weak"         // total strength under 60 %

	NoCoefficients = "no_coefficients" // all pairs are reverse or questionable: no better, no worse
)

const (
	mixedBelow        = .06
	questionableAbove = .1
	reversedAbove     = .1
	strongFrom        = .6
	zoneCut           = 2
)

func (w *wave) kano(a survey.Analysis, g groups) []Analysis {
	if a.Kano == nil {
		return nil
	}
	out, found := make([]Analysis, len(g.codes)), make([]*Kano, len(g.codes))
	for k := range found {
		found[k] = &Kano{
			Common: Common{Method: a.Method, Warnings: []string{}}, Table: a.Kano.Table, Features: make([]*KanoFeature, len(a.Kano.Features)),
			Thresholds: KanoThresholds{Rule: a.Kano.Thresholds, Better: .5, Worse: -.5},
		}
		out[k] = found[k]
	}
	each(len(a.Kano.Features), func(i int) {
		for k, f := range w.kanoFeature(a.Kano, a.Kano.Features[i], g) {
			found[k].Features[i] = f
		}
	})
	for k, base := range w.kanoBase(a.Kano, g) {
		found[k].rows, found[k].N = base.rows, base.weighted
		found[k].finish()
	}
	return out
}

// kanoBase counts, by group, the rows with at least one complete pair.
func (w *wave) kanoBase(a *survey.Kano, g groups) []based {
	out := make([]based, len(g.codes))
	type pair struct{ f, d *table.Column }
	var pairs []pair
	for _, f := range a.Features {
		if p := (pair{w.pairColumn(f.Functional), w.pairColumn(f.Dysfunctional)}); p.f != nil && p.d != nil {
			pairs = append(pairs, p)
		}
	}
	for row, k := range g.of {
		if k < 0 {
			continue
		}
		for _, p := range pairs {
			a, _ := p.f.Code(row)
			b, _ := p.d.Code(row)
			if a >= 0 && b >= 0 {
				out[k].add(w.weight(row))
				break
			}
		}
	}
	return out
}

// pairColumn is a column of five answers; nil where no file has it.
func (w *wave) pairColumn(id string) *table.Column {
	if c := w.columns[id]; c != nil && !c.Absent && len(c.Codes) == 5 {
		return c
	}
	return nil
}

// kanoFeature measures one feature by group and hides the groups that are too
// small, as this feature has fewer answers than the whole analysis.
func (w *wave) kanoFeature(a *survey.Kano, f survey.KanoFeature, g groups) []*KanoFeature {
	out, pairs, all := make([]*KanoFeature, len(g.codes)), make([]kanoPairs, len(g.codes)), based{}
	functional, dysfunctional := w.pairColumn(f.Functional), w.pairColumn(f.Dysfunctional)
	for row, k := range g.of {
		if functional == nil || dysfunctional == nil {
			break
		}
		x, _ := functional.Code(row)
		y, _ := dysfunctional.Code(row)
		if x < 0 || y < 0 {
			continue
		}
		all.add(w.weight(row))
		if k >= 0 {
			pairs[k].add(x, y, w.weight(row))
		}
	}
	importance := w.statedImportance(f.Importance, g)
	bases := make([]based, len(g.codes))
	for k := range pairs {
		bases[k] = based{pairs[k].n, pairs[k].valid.N}
		out[k] = w.measureFeature(&pairs[k], a.Table, all.weighted)
		out[k].ID = f.ID
		out[k].rate(importance[k])
	}
	for k, hidden := range w.hiddenParts(bases, all) {
		if hidden {
			out[k] = &KanoFeature{ID: f.ID, Suppressed: true, classes: out[k].classes}
		}
	}
	return out
}

// measureFeature computes what follows from the pairs.
func (w *wave) measureFeature(k *kanoPairs, variant string, design int) *KanoFeature {
	counts, points := k.classes(KanoTable(variant))
	f := &KanoFeature{N: k.valid.N, Counts: map[string]int{}, Shares: map[string]Number{}, Fong: fong(counts), Warnings: []string{}, classes: counts}
	var shares, plain [6]float64
	for c, name := range KanoClasses {
		f.Counts[name] = counts[c]
		shares[c], plain[c] = points[c].W/k.valid.W, float64(counts[c])/float64(k.n)
		f.Shares[name] = Number(shares[c])
	}
	f.classify(shares)
	f.coefficients(points, design, w.weights != nil)
	x := k.margin(functionalPoints, func(pair int) int { return pair / 5 })
	y := k.margin(dysfunctionalPoints, func(pair int) int { return pair % 5 })
	f.continuous(w.meanOf(x, design), w.meanOf(y, design))
	if w.weights != nil {
		other := KanoFeature{}
		other.classify(plain)
		other.coefficients(unweighted(counts), k.n, false)
		f.Unweighted = &KanoUnweighted{k.n, other.Category, other.Better, other.Worse}
	}
	f.caution(shares)
	return f
}

// meanOf is the mean of valued points: weighted where the survey is.
func (w *wave) meanOf(points []stat.Point, design int) stat.Estimate {
	if w.weights == nil {
		return stat.Mean(points)
	}
	return stat.WeightedMean(points, design)
}

func unweighted(counts [6]int) (out [6]stat.Point) {
	for c, n := range counts {
		out[c] = stat.Point{N: n, W: float64(n), W2: float64(n)}
	}
	return out
}

// classify settles the class and the strengths.
func (f *KanoFeature) classify(shares [6]float64) {
	nan := Number(math.NaN())
	f.CategoryStrength, f.TotalStrength = nan, nan
	first := modeOf(shares, func(int) bool { return true })
	if first < 0 {
		return
	}
	second := modeOf(shares, func(c int) bool { return c != first })
	f.Category = class(KanoClasses[first])
	if block := blockMode(shares); block >= 0 {
		f.CategoryBlock = class(KanoClasses[block])
	}
	strength := shares[first]
	if second >= 0 {
		strength -= shares[second]
	}
	f.CategoryStrength, f.TotalStrength = Number(strength), Number(shares[0]+shares[1]+shares[2])
	f.Mixed = strength < mixedBelow
}

// coefficients computes better, worse and the sensitivity over A, O, M and I.
func (f *KanoFeature) coefficients(points [6]stat.Point, design int, weights bool) {
	base := sum(points[:], []int{0, 1, 2, 3})
	f.CoefficientN = base.N
	share := func(at ...int) stat.Estimate {
		hit := sum(points[:], at)
		if weights {
			return stat.WeightedShare(hit, base, design)
		}
		return stat.Share(hit.N, base.N)
	}
	f.better, f.worse = share(0, 1), share(1, 2)
	f.worse.Value, f.worse.Low, f.worse.High = -f.worse.Value, -f.worse.High, -f.worse.Low
	f.Better, f.BetterCI95 = Number(f.better.Value), interval(f.better)
	f.Worse, f.WorseCI95 = Number(f.worse.Value), interval(f.worse)
	f.Sensitivity, f.SensitivityCI95 = Number(math.Hypot(f.better.Value, f.worse.Value)), Interval{Number(math.NaN()), Number(math.NaN())}
	if !(f.Sensitivity > 0) {
		return
	}
	// Linearised: dR = (better·d(better) + worse·d(worse)) / R, each d an indicator less its share.
	b, s, r := f.better.Value, -f.worse.Value, float64(f.Sensitivity)
	spread := make([]stat.Point, 4)
	for c := range spread {
		spread[c] = points[c]
		isBetter, isWorse := 0.0, 0.0
		if c == 0 || c == 1 {
			isBetter = 1
		}
		if c == 1 || c == 2 {
			isWorse = 1
		}
		spread[c].Value = (b*(isBetter-b) + s*(isWorse-s)) / r
	}
	e := stat.Mean(spread)
	if weights {
		e = stat.WeightedMean(spread, design)
	}
	half := Number(e.High - e.Value)
	f.SensitivityCI95 = Interval{max(0, f.Sensitivity-half), f.Sensitivity + half}
}

// continuous places the feature by the means of its points.
func (f *KanoFeature) continuous(x, y stat.Estimate) {
	f.Functional, f.FunctionalSE = Number(x.Value), Number(x.SE)
	f.Dysfunctional, f.DysfunctionalSE = Number(y.Value), Number(y.SE)
	switch functional, dysfunctional := x.Value >= zoneCut, y.Value >= zoneCut; {
	case math.IsNaN(x.Value) || math.IsNaN(y.Value):
	case functional && dysfunctional:
		f.Zone = OneDimensional
	case functional:
		f.Zone = Attractive
	case dysfunctional:
		f.Zone = MustBe
	default:
		f.Zone = Indifferent
	}
}

func (f *KanoFeature) rate(e stat.Estimate) {
	f.Importance, f.ImportanceSE, f.ImportanceCI95, f.ImportanceN = Number(e.Value), Number(e.SE), interval(e), e.N
}

// caution says what the answers cannot carry.
func (f *KanoFeature) caution(shares [6]float64) {
	for _, w := range []struct {
		holds bool
		code  string
	}{
		{f.N < 30, Base30},
		{f.Mixed, KanoMixed},
		{shares[5] > questionableAbove, KanoQuestionable},
		{shares[4] > reversedAbove || f.Category == Reverse, KanoReversed},
		{f.TotalStrength < strongFrom, KanoWeak},
	} {
		if w.holds {
			f.Warnings = append(f.Warnings, w.code)
		}
	}
	switch {
	case f.N == 0:
		f.Why, f.Warnings = NoAnswers, []string{NoAnswers}
	case f.CoefficientN == 0:
		f.Why = NoCoefficients
	}
}

// finish ranks the sensitivities and places the cuts.
func (k *Kano) finish() {
	better, worse, n := 0.0, 0.0, 0.0
	for _, f := range k.Features {
		if f.Suppressed || math.IsNaN(float64(f.Sensitivity)) {
			continue
		}
		better, worse, n = better+float64(f.Better), worse+float64(f.Worse), n+1
		f.SensitivityRank = 1
		for _, g := range k.Features {
			if !g.Suppressed && g.Sensitivity > f.Sensitivity {
				f.SensitivityRank++
			}
		}
	}
	if k.Thresholds.Rule == "mean" {
		k.Thresholds.Better, k.Thresholds.Worse = Number(better/n), Number(worse/n)
	}
	if k.N < 30 {
		k.warn(Base30)
	}
}

// figures are better and worse of every feature.
func (k *Kano) figures() []figure {
	var out []figure
	for _, f := range k.Features {
		if !f.Suppressed && f.Counts != nil {
			out = append(out, figure{"features." + f.ID + ".better", "better", f.better}, figure{"features." + f.ID + ".worse", "worse", f.worse})
		}
	}
	return out
}
