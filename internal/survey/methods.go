package survey

import (
	"slices"

	"gopkg.in/yaml.v3"
)

// method is one way to compute figures that an analysis can ask for.
type method struct {
	name string
	keys []key[analysisDraft] // beside the common ones
	// judge checks an analysis when all columns are known, and completes what is kept of it.
	judge func(r *reader, a *analysisDraft, into *Analysis)
	later bool // known and checked, not computed yet
}

// methods are csat, ces and nps, which a question can ask for by its metric, then the others by name.
var methods = []method{
	{name: "csat", keys: []key[analysisDraft]{questionKey, topKey}, judge: (*reader).judgeQuestionAnalysis},
	{name: "ces", keys: []key[analysisDraft]{questionKey, topKey}, judge: (*reader).judgeQuestionAnalysis},
	{name: "nps", keys: []key[analysisDraft]{questionKey}, judge: (*reader).judgeQuestionAnalysis},
	competitorsMethod, crosstabMethod, customersMethod, csiMethod, driversMethod, enterpriseMethod, gapMethod, importancePerformanceMethod, kanoMethod,
	loyaltyMethod, pathModelMethod, penaltyRewardMethod, reliabilityMethod, serviceEvaluationMethod, twoFactorMethod, verbatimMethod,
}

// methodNames are their names, apart because the key method is one of the keys of every method.
var methodNames = []string{
	"csat", "ces", "nps", "competitors", "crosstab", "customers", "csi", "drivers", "enterprise", "gap", "importance_performance", "kano",
	"loyalty", "path_model", "penalty_reward", "reliability", "service_evaluation", "two_factor", "verbatim",
}

// methodOf returns the method of that name, nil where there is none.
func methodOf(name string) *method {
	if i := slices.IndexFunc(methods, func(m method) bool { return m.name == name }); i >= 0 {
		return &methods[i]
	}
	return nil
}

// none stands for what is checked and not kept.
type none = analysisDraft

// readCodeList reads one code, or a list of them.
func readCodeList(r *reader, n *yaml.Node, a *none) {
	if n.Kind == yaml.ScalarNode {
		code(r, n)
		return
	}
	items[none](nil, shape{}, code).read(r, n, a)
}
