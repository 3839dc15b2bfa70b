package measure

import (
	"math"

	"manyi/internal/pls"
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// diagnose relates the diagnostic questions of every construct to its score:
// a regression with the questions as causes, the score being made with the
// weights of the model.
func (w *wave) diagnose(m *survey.PathModel, r *PathModel, items []modelItem, rows []int32) {
	if r.study == nil || r.Why != "" {
		return
	}
	at := 0
	for c, d := range m.Constructs {
		n := len(itemIDs(d))
		if len(d.Diagnostics) > 0 {
			weights := r.study.Fit.Unstandardised[at : at+n]
			r.Constructs[c].Diagnostics = w.diagnostics(m, items[at:at+n], weights, w.modelItems(d.Diagnostics, nil), rows)
		}
		at += n
	}
}

func (w *wave) diagnostics(m *survey.PathModel, own []modelItem, weights []float64, causes []modelItem, rows []int32) []*Diagnostic {
	nan, out := Number(math.NaN()), make([]*Diagnostic, len(causes))
	for k, i := range causes {
		out[k] = &Diagnostic{ID: i.id, Mean: nan, R: nan, RCI95: Interval{nan, nan}, Beta: nan, BetaCI95: Interval{nan, nan}, VIF: nan}
		// Each alone, over the responses that answer it.
		study := w.regressed(m, own, weights, causes[k:k+1], w.answered(causes[k], rows))
		if study == nil {
			continue
		}
		out[k].N, out[k].Mean, out[k].R = study.Fit.N, Number(study.Fit.Mean[0]), Number(study.Fit.Paths[0])
		out[k].RCI95 = within(study.Bootstrap(pls.BootstrapOptions{Resamples: m.Resamples, Seed: m.Seed}).Paths[0])
	}
	if study := w.regressed(m, own, weights, causes, rows); study != nil {
		b := study.Bootstrap(pls.BootstrapOptions{Resamples: m.Resamples, Seed: m.Seed})
		for k := range causes {
			out[k].Beta, out[k].BetaCI95, out[k].VIF = Number(study.Fit.Paths[k]), within(b.Paths[k]), Number(study.Fit.VIF[k])
		}
	}
	return out
}

// answered are the rows in which an item is answered.
func (w *wave) answered(i modelItem, rows []int32) []int32 {
	var out []int32
	for _, row := range rows {
		if !math.IsNaN(i.at(int(row))) {
			out = append(out, row)
		}
	}
	return out
}

// regressed is the regression of a score on questions, nil where there is none.
func (w *wave) regressed(m *survey.PathModel, own []modelItem, weights []float64, causes []modelItem, rows []int32) *pls.Study {
	model := pls.Model{}
	for k := range causes {
		model.Constructs = append(model.Constructs, pls.Construct{Items: 1})
		model.Paths = append(model.Paths, pls.Path{From: k, To: len(causes)})
	}
	model.Constructs = append(model.Constructs, pls.Construct{Items: len(own), Fixed: weights})
	all := append(append([]modelItem(nil), causes...), own...)
	study, err := pls.Estimate(model, w.rowsOf(all, rows), missingOf(m))
	if err != nil || study.Fit.N < leastModelled {
		return nil
	}
	return study
}

// contrasts fills the p-values adjusted over a family.
func contrasts(all []*Contrast) {
	p := make([]float64, len(all))
	for i, c := range all {
		p[i] = float64(c.P)
	}
	for i, adjusted := range stat.Holm(p) {
		all[i].Holm = Number(adjusted)
	}
}
