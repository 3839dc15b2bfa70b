package survey

// Verbatim is the settings of method verbatim.
type Verbatim struct{}

var verbatimMethod = method{name: "verbatim", later: true, keys: []key[analysisDraft]{
	{"questions", "questions answered in words", references(), required},
	{"topics", "topics with their words", special("any", readAny), optional},
}}
