package survey

// Drivers is the settings of method drivers.
type Drivers struct{}

var driversMethod = method{name: "drivers", later: true, keys: []key[analysisDraft]{
	{"outcome", "what is explained", reference(), required},
	itemsKey,
	{"weights", "how the explained part is shared out", oneOf("johnson", "shapley"), optional},
}}
