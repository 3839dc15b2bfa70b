package survey

import "manyi/internal/diag"

// Kano is the settings of method kano.
type Kano struct{}

var kanoMethod = method{name: "kano", later: true, keys: []key[analysisDraft]{
	{"features", "features with their pair of questions", list(diag.Say("a feature"), nameKey, labelKey,
		key[none]{"functional", "the question if it is there", reference(), required},
		key[none]{"dysfunctional", "the question if it is not", reference(), required},
		key[none]{"importance", "the question of its importance", reference(), optional}), required},
	{"table", "evaluation table", oneOf("standard", "pouliot"), optional},
}}
