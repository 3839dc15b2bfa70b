package measure

import (
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// analyses computes every analysis that is more than one question, in every
// group of out, and hides those of too few answers. The whole is the breakdown
// of everyone, nil for itself.
func (w *wave) analyses(out, whole *breakdown) {
	for _, a := range w.survey.Analyses {
		if a.Built {
			w.enter(a.ID, a.Method, w.method(a, out.groups), out, whole)
		}
	}
	for _, p := range w.survey.Pages {
		for _, q := range p.Questions {
			if q.Type == survey.MaxDiff {
				w.enter(q.ID+"_max_diff", "max_diff", w.maxDiff(q, out.groups), out, whole)
			}
		}
	}
}

// enter puts the results of one analysis, one a group, into the blocks.
func (w *wave) enter(id, method string, results []Analysis, out, whole *breakdown) {
	if results == nil {
		return
	}
	rows, weighted := make([]int, len(results)), make([]int, len(results))
	for k, r := range results {
		rows[k], weighted[k] = max(r.common().rows, r.common().N), r.common().N
	}
	total, design := rows[0], weighted[0]
	if whole != nil {
		all := whole.blocks[0].Analyses[id].common()
		total, design = all.rows, all.N
	}
	for k, hidden := range either(hide(rows, total, w.minCell), hide(weighted, design, w.minCell)) {
		if r := results[k]; hidden {
			results[k] = &Hidden{Common: Common{Method: method, N: r.common().N, rows: rows[k]}, was: r}
		} else {
			r.common().rows = rows[k]
		}
		out.blocks[k].Analyses[id] = results[k]
	}
}

// method computes one analysis in every group of g, in the order of its codes.
// It is nil where the analysis is read off one question (see figures).
func (w *wave) method(a survey.Analysis, g groups) []Analysis {
	switch a.Method {
	case "competitors":
		return w.competitors(a, g)
	case "crosstab":
		return w.crosstab(a, g)
	case "csi":
		return w.csi(a, g)
	case "drivers":
		return w.drivers(a, g)
	case "enterprise":
		return w.enterprise(a, g)
	case "gap":
		return w.gap(a, g)
	case "importance_performance":
		return w.importancePerformance(a, g)
	case "kano":
		return w.kano(a, g)
	case "loyalty":
		return w.loyalty(a, g)
	case "path_model":
		return w.pathModel(a, g)
	case "penalty_reward":
		return w.penaltyReward(a, g)
	case "reliability":
		return w.reliability(a, g)
	case "service_evaluation":
		return w.serviceEvaluation(a, g)
	case "two_factor":
		return w.twoFactor(a, g)
	case "verbatim":
		return w.verbatim(a, g)
	}
	return nil
}

// figure is one number of an analysis that is followed over the waves and
// compared between groups.
type figure struct {
	path     string // below the analysis, as in results.json: "score", "facets.service.score"
	kind     string // figures of one kind share a family of adjusted p-values
	estimate stat.Estimate
}

// figured is an analysis with figures to follow.
type figured interface{ figures() []figure }
