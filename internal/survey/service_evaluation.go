package survey

import "manyi/internal/diag"

// ServiceEvaluation is the settings of method service_evaluation.
type ServiceEvaluation struct{}

var serviceEvaluationMethod = method{name: "service_evaluation", later: true, keys: []key[analysisDraft]{
	{"items", "clauses with weight and score", list(diag.Say("an item"), nameKey, labelKey,
		key[none]{"weight", "points it can earn", quantity(), optional},
		key[none]{"score", "points it earned", quantity(), optional},
		key[none]{"standard", "the clause", str[none](nil), optional},
		key[none]{"evidence", "what proves it", str[none](nil), optional},
		key[none]{"involved", "it applies here", boolean[none](nil), optional}), required},
	{"deductions", "points taken off", list(diag.Say("a deduction"),
		key[none]{"label", "what for", text[none](nil), required},
		key[none]{"points", "how many", quantity(), required}), optional},
}}
