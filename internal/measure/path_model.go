package measure

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"manyi/internal/pls"
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// leastModelled is how many responses a path model needs at the least; below it
// neither weights nor intervals mean anything.
const leastModelled = 30

// Warnings and reasons of path models, followed by ":" and what they are about.
const (
	FewForArrows     = "few_for_arrows" // fewer responses than 10 for every arrow at one construct
	NegativeWeight   = "negative_weight"
	ResamplesFailed  = "resamples_failed"
	UnconfirmedPaths = "unconfirmed_paths"
	MostlyReplaced   = "mostly_replaced" // a construct that under 80 % answered anything of
	TooManyModels    = "too_many_groups_to_compare"
	ItemsChanged     = "items_changed" // since the wave before: the two are not compared
	TooFewModelled   = "too_few_rows"
	SingularItems    = "singular_items"
	Unrelated        = "unrelated"
	NoSolution       = "no_solution"
	Inadmissible     = "inadmissible"
)

// pathModel estimates the model of the whole wave, and in a segment that of
// every group with the outer weights of the whole wave.
func (w *wave) pathModel(a survey.Analysis, g groups) []Analysis {
	m := a.PathModel
	if m == nil {
		return nil
	}
	var items []modelItem
	for _, c := range m.Constructs {
		items = append(items, w.modelItems(c.Items, c.Price)...)
	}
	whole := len(g.codes) == 1 && g.codes[0] == ""
	out := make([]Analysis, len(g.codes))
	for k, rows := range g.members() {
		var weights []float64
		if !whole {
			if weights = w.wholeWeights(a.ID); weights == nil {
				out[k] = unmodelled(m, w.answering(items, rows), w.wholeWhy(a.ID))
				continue
			}
		}
		r := w.modelled(m, items, rows, weights)
		if whole {
			w.diagnose(m, r, items, rows)
			if w.models == nil {
				w.models = map[string]*PathModel{}
			}
			w.models[a.ID] = r
			r.judge(w.survey, a)
		}
		out[k] = r
	}
	return out
}

// wholeWeights are the weights of the index of the whole wave, nil without a model.
func (w *wave) wholeWeights(id string) []float64 {
	if r := w.models[id]; r != nil && r.study != nil {
		return r.study.Fit.Unstandardised
	}
	return nil
}

func (w *wave) wholeWhy(id string) string {
	if r := w.models[id]; r != nil {
		return r.Why
	}
	return TooFewModelled
}

// answering counts the rows with any answer, and those of them with weight.
func (w *wave) answering(items []modelItem, rows []int32) (n [2]int) {
	for _, row := range rows {
		if slices.ContainsFunc(items, func(i modelItem) bool { return !math.IsNaN(i.at(int(row))) }) {
			n[0]++
			if w.weight(int(row)) > 0 {
				n[1]++
			}
		}
	}
	return n
}

// unmodelled is the result without an estimate.
func unmodelled(m *survey.PathModel, n [2]int, why string) *PathModel {
	nan := Number(math.NaN())
	r := &PathModel{
		Common: Common{Method: "path_model", N: n[1], Warnings: []string{}, rows: n[0]},
		Preset: m.Preset, Confirmed: m.Confirmed, Scheme: m.Scheme, Missing: m.Missing, Consistent: m.Consistent, Weights: "own",
		Target: m.Constructs[m.Target].ID, Seed: m.Seed, Why: why, GoF: nan, SRMR: nan, SRMRFull: nan,
		Constructs: []*ModelConstruct{}, Paths: []*ModelPath{}, Effects: []*Effect{}, HTMT: []*Likeness{}, IPMA: []*Lever{}, Checks: []*Check{},
	}
	for c := range m.Constructs {
		n := 0
		for _, p := range m.Paths {
			if p[1] == c {
				n++
			}
		}
		r.Arrows = max(r.Arrows, n)
	}
	return r
}

// modelled estimates the model in some rows, with given weights or its own.
func (w *wave) modelled(m *survey.PathModel, items []modelItem, rows []int32, weights []float64) *PathModel {
	r := unmodelled(m, w.answering(items, rows), "")
	if r.N < leastModelled {
		r.Why = TooFewModelled
		return r
	}
	study, err := pls.Estimate(modelOf(m, weights), w.rowsOf(items, rows), missingOf(m))
	var e *pls.Error
	if errors.As(err, &e) {
		r.Why = reason(m, items, e)
		return r
	}
	r.N, r.study = study.Fit.N, study
	if r.N < leastModelled { // after rows with missing answers were left out
		r.Why = TooFewModelled
		return r
	}
	if weights != nil {
		r.Weights = "whole_wave"
	}
	b := study.Bootstrap(pls.BootstrapOptions{Resamples: m.Resamples, Seed: m.Seed, HTMT: true, BCa: weights == nil})
	r.fill(m, items, study, b)
	r.answered(w, items, rows)
	return r
}

// mostAnswered is the share of responses below which a construct is said to
// rest on replaced answers.
const mostAnswered = 0.8

// answered counts the responses behind each construct: where questions were
// not asked of everybody, the others only have the means.
func (r *PathModel) answered(w *wave, items []modelItem, rows []int32) {
	first := 0
	for _, c := range r.Constructs {
		own := items[first : first+len(c.Indicators)]
		first += len(own)
		if c.N = w.answering(own, rows)[1]; float64(c.N) < mostAnswered*float64(r.N) {
			r.warn(MostlyReplaced + ":" + c.ID)
		}
	}
}

// modelOf is the model for the engine.
func modelOf(m *survey.PathModel, weights []float64) pls.Model {
	out := pls.Model{Target: m.Target, Scheme: map[string]pls.Scheme{"centroid": pls.Centroid, "factorial": pls.Factorial}[m.Scheme], Consistent: m.Consistent && weights == nil}
	for _, c := range m.Constructs {
		ids := itemIDs(c)
		b := pls.Construct{Items: len(ids)}
		if c.Formative {
			b.Mode = pls.B
		}
		for _, id := range ids {
			if c.Weights != nil {
				b.Fixed = append(b.Fixed, c.Weights[id])
			}
		}
		if weights != nil {
			b.Fixed, weights = weights[:len(ids)], weights[len(ids):]
		}
		out.Constructs = append(out.Constructs, b)
	}
	for _, p := range m.Paths {
		out.Paths = append(out.Paths, pls.Path{From: p[0], To: p[1]})
	}
	return out
}

// itemIDs are the items of a construct, price tolerance last.
func itemIDs(c survey.PathConstruct) []string {
	if c.Price == nil {
		return c.Items
	}
	return append(slices.Clone(c.Items), survey.PriceItem)
}

func missingOf(m *survey.PathModel) pls.Missing {
	if m.Missing == "listwise" {
		return pls.Listwise
	}
	return pls.Mean
}

// reason is the code of what keeps a model from being estimated.
func reason(m *survey.PathModel, items []modelItem, e *pls.Error) string {
	code := [...]string{TooFewModelled, ConstantItem, Collinear, SingularItems, Unrelated, NoSolution, Inadmissible}[e.Fault]
	switch {
	case e.Item >= 0:
		return code + ":" + items[e.Item].id
	case e.Construct >= 0:
		return code + ":" + m.Constructs[e.Construct].ID
	}
	return code
}

// fill copies an estimate with its doubt.
func (r *PathModel) fill(m *survey.PathModel, items []modelItem, study *pls.Study, b *pls.Bootstrap) {
	f := study.Fit
	r.Iterations, r.Resamples, r.Failed, r.Blocks = f.Iterations, b.Resamples, b.Failed, study.Blocks
	r.GoF, r.SRMR, r.SRMRFull = Number(f.GoF), Number(f.SRMR), Number(f.SRMRSaturated)
	at := 0
	for c := range m.Constructs {
		n := len(itemIDs(m.Constructs[c]))
		r.Constructs = append(r.Constructs, r.construct(m, c, items[at:at+n], at, f, b))
		at += n
	}
	for k, p := range m.Paths {
		s := b.Paths[k]
		r.Paths = append(r.Paths, &ModelPath{
			From: m.Constructs[p[0]].ID, To: m.Constructs[p[1]].ID, Coefficient: Number(f.Paths[k]), SE: Number(s.SE), CI95: within(s),
			BCa: Interval{Number(s.BCaLow), Number(s.BCaHigh)}, P: Number(stat.TwoSidedZ(f.Paths[k] / s.SE)), FSquared: Number(f.FSquared[k]), VIF: Number(f.VIF[k]),
			OLS: &Regressed{Number(f.SE[k]), Number(f.T[k]), Number(f.DF[k]), Number(f.P[k])},
		})
	}
	r.relate(m, items, f, b)
	r.levers(m, f, b)
	r.check()
	r.caution(m)
}

func within(s pls.Spread) Interval { return Interval{Number(s.Low), Number(s.High)} }

// construct copies what is known of one construct; first is its first item.
func (r *PathModel) construct(m *survey.PathModel, c int, items []modelItem, first int, f *pls.Fit, b *pls.Bootstrap) *ModelConstruct {
	d, nan := m.Constructs[c], Number(math.NaN())
	out := &ModelConstruct{
		ID: d.ID, Mode: "A", Index: Number(f.Index[c]), IndexCI95: within(b.Index[c]), IndexSE: Number(b.Index[c].SE), IndexSD: Number(f.IndexSD[c]),
		IndexBCa: Interval{Number(b.Index[c].BCaLow), Number(b.Index[c].BCaHigh)}, Alpha: Number(f.Alpha[c]), AlphaCI95: within(b.Alpha[c]), AlphaStd: Number(f.AlphaStandardised[c]),
		RhoA: Number(f.RhoA[c]), RhoC: Number(f.RhoC[c]), AVE: Number(f.AVE[c]),
		RSquared: Number(f.R2[c]), RSquaredCI95: within(b.R2[c]), Adjusted: Number(f.AdjustedR2[c]),
	}
	if r.Weights != "own" || d.Weights != nil {
		out.RhoA = nan // it is of weights that the data give
	}
	if d.Formative {
		out.Mode, out.Alpha, out.AlphaCI95, out.AlphaStd, out.RhoA, out.RhoC, out.AVE = "B", nan, Interval{nan, nan}, nan, nan, nan, nan
	}
	for k, i := range items {
		at := first + k
		l := f.Loadings[at]
		redundancy := 0.0
		if !math.IsNaN(f.R2[c]) {
			redundancy = l * l * f.R2[c]
		}
		out.Indicators = append(out.Indicators, &Indicator{
			ID: i.id, Mean: Number(f.Mean[at]), Weight: Number(f.Weights[at]), Share: Number(f.Unstandardised[at]), Loading: Number(l),
			CI95: within(b.Loadings[at]), Communality: Number(l * l), Redundancy: Number(redundancy), VIF: Number(f.ItemVIF[at]),
		})
		if f.Unstandardised[at] < 0 {
			r.warn(NegativeWeight + ":" + i.id)
		}
	}
	return out
}

// relate copies effects, HTMT, Fornell–Larcker and cross-loadings.
func (r *PathModel) relate(m *survey.PathModel, items []modelItem, f *pls.Fit, b *pls.Bootstrap) {
	j := len(m.Constructs)
	r.Larcker, r.Cross = map[string]map[string]Number{}, map[string]map[string]Number{}
	for x := range j {
		from := m.Constructs[x].ID
		r.Larcker[from] = map[string]Number{}
		for y := range j {
			to, at := m.Constructs[y].ID, x*j+y
			r.Larcker[from][to] = Number(f.Correlations[at])
			if f.Total[at] != 0 {
				r.Effects = append(r.Effects, &Effect{
					From: from, To: to, Direct: Number(f.Direct[at]), Indirect: Number(f.Total[at] - f.Direct[at]), Total: Number(f.Total[at]), CI95: within(b.Total[at]),
					Points: Number(f.Points[at]), PointsCI95: within(b.Points[at]),
				})
			}
			if y < x {
				r.HTMT = append(r.HTMT, &Likeness{A: to, B: from, Value: Number(f.HTMT[at]), CI95: within(b.HTMT[at])})
			}
		}
		r.Larcker[from][from] = Number(math.Sqrt(float64(r.Constructs[x].AVE)))
	}
	for i := range items {
		r.Cross[items[i].id] = map[string]Number{}
		for c := range j {
			r.Cross[items[i].id][m.Constructs[c].ID] = Number(f.Cross[i*j+c])
		}
	}
}

// levers is the importance–performance map of the target. An item's
// importance is its share of the index times the effect of its construct.
// Source: Ringle and Sarstedt, Industrial Management & Data Systems 116 (2016) 1865-1886.
func (r *PathModel) levers(m *survey.PathModel, f *pls.Fit, b *pls.Bootstrap) {
	j, item := len(m.Constructs), 0
	for c, construct := range r.Constructs {
		at, first := c*j+m.Target, item
		item += len(construct.Indicators)
		if f.Total[at] == 0 {
			continue
		}
		l := &Lever{
			Construct: construct.ID, Importance: Number(f.Points[at]), CI95: within(b.Points[at]),
			Performance: construct.Index, PerfCI95: construct.IndexCI95,
		}
		for k, i := range construct.Indicators {
			n := first + k
			l.Indicators = append(l.Indicators, &LeverItem{i.ID, Number(f.Levers[n]), within(b.Levers[n]), i.Mean, within(b.Means[n])})
		}
		r.IPMA = append(r.IPMA, l)
	}
}

// caution warns of few responses, failed resamples and unconfirmed arrows.
func (r *PathModel) caution(m *survey.PathModel) {
	if need := 10 * r.Arrows; r.N < need {
		r.warn(FewForArrows + ":" + strconv.Itoa(need))
	}
	if r.Failed > 0 {
		r.warn(ResamplesFailed + ":" + strconv.Itoa(r.Failed))
	}
	if !m.Confirmed {
		r.warn(UnconfirmedPaths)
	}
}

// judge holds the indices against their targets: those of the constructs, and
// the report's target of the analysis for the construct that matters.
func (r *PathModel) judge(s *survey.Survey, a survey.Analysis) {
	for i, c := range r.Constructs {
		target := a.PathModel.Constructs[i].Target
		if t, ok := s.Report.Targets[a.ID]; ok && target == nil && c.ID == r.Target {
			target = &t
		}
		if target == nil {
			continue
		}
		c.Target, c.Verdict = pointer(*target), "not_shown"
		switch t := Number(*target); {
		case c.IndexCI95[0] >= t:
			c.Verdict = "met"
		case c.IndexCI95[1] < t:
			c.Verdict = "missed"
		}
	}
}
