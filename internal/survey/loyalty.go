package survey

// Loyalty is the settings of method loyalty.
type Loyalty struct{}

var loyaltyMethod = method{name: "loyalty", later: true, keys: []key[analysisDraft]{
	{"satisfaction", "question of satisfaction", reference(), required},
	{"repurchase", "question of buying again", reference(), required},
	{"recommend", "question of recommending", reference(), optional},
	{"cuts", "where high begins", formed(mapOf(numbered(0, 0)), readNumbers), optional},
}}
