package survey

import "manyi/internal/diag"

// PathModel is the settings of method path_model.
type PathModel struct{}

var pathModelMethod = method{name: "path_model", later: true, keys: []key[analysisDraft]{
	{"preset", "a known model", oneOf("scsb", "acsi", "ecsi", "ccsi6", "ccsi7"), optional},
	{"constructs", "constructs with their items", formed(mapOf(keyed(constructKeys)), readConstructs), optional},
	{"paths", "pairs from, to", formed(listOf(plainShape("pair")), readPaths), optional},
	{"scheme", "inner weights", oneOf("path", "centroid", "factorial"), optional},
	{"missing", "treatment of missing answers", oneOf("mean", "listwise"), optional},
	{"bootstrap", "resamples and seed", object[none](diag.Say("bootstrap"), nil, []key[none]{
		{"resamples", "how many", whole[none](nil, 100, 100_000), required},
		{"seed", "start of the random numbers", whole[none](nil, 0, 1<<31-1), optional},
	}), optional},
	{"target", "the construct that matters", str[none](nil), optional},
	{"diagnostics", "construct -> items only looked at", formed(mapOf(listOf(plainShape("column"))), readDiagnostics), optional},
}}
