package survey

import "manyi/internal/diag"

// ImportancePerformance is the settings of method importance_performance.
type ImportancePerformance struct{}

var importancePerformanceMethod = method{name: "importance_performance", later: true, keys: []key[analysisDraft]{
	{"items", "items with questions", list(diag.Say("an item"), nameKey, labelKey,
		key[none]{"performance", "the question of performance", reference(), required},
		key[none]{"importance", "the question of importance", reference(), optional}), required},
	{"importance", "stated or derived", oneOf("stated", "derived"), optional},
	{"outcome", "the outcome that derived importance is of", reference(), optional},
	{"thresholds", "where the quadrants are cut", oneOf("mean", "median", "midpoint", "target"), optional},
	targetKey,
}}
