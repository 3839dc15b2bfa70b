package survey

// Enterprise is the settings of method enterprise.
type Enterprise struct{}

var enterpriseMethod = method{name: "enterprise", later: true, keys: []key[analysisDraft]{
	{"reputation", "source of the component", special("any", readAny), optional},
	{"naming", "source of the component", special("any", readAny), optional},
	{"return", "source of the component", special("any", readAny), optional},
	{"complaint", "source of the component", special("any", readAny), optional},
	{"sales", "source of the component", special("any", readAny), optional},
	{"weights", "weight of each component", formed(mapOf(numbered(0, 0)), readNumbers), optional},
}}
