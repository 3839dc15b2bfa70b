package survey

// TwoFactor is the settings of method two_factor.
type TwoFactor struct{}

var twoFactorMethod = method{name: "two_factor", later: true, keys: []key[analysisDraft]{
	{"hygiene", "questions of hygiene factors", references(), required},
	{"motivators", "questions of motivators", references(), required},
	{"outcome", "what is explained", reference(), optional},
}}
