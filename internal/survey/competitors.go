package survey

// Competitors is the settings of method competitors.
type Competitors struct{}

var competitorsMethod = method{name: "competitors", later: true, keys: []key[analysisDraft]{
	{"brand", "question that names the brand", reference(), optional},
	{"items", "questions or matrix rows", references(), optional},
}}
