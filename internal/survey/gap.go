package survey

import "manyi/internal/diag"

// Gap is the settings of method gap.
type Gap struct{}

var gapMethod = method{name: "gap", later: true, keys: []key[analysisDraft]{{"dimensions", "dimensions with pairs of questions", list(diag.Say("a dimension"), nameKey, labelKey,
	key[none]{"pairs", "perceived and expected", list(diag.Say("a pair"),
		key[none]{"perceived", "what was met", reference(), required},
		key[none]{"expected", "what was expected", reference(), required},
		key[none]{"adequate", "what would do", reference(), optional}), required},
	key[none]{"points", "points of 100 given to it", quantity(), optional}), required}}}
