package survey

// Reliability is the settings of method reliability.
type Reliability struct{}

var reliabilityMethod = method{name: "reliability", later: true, keys: []key[analysisDraft]{itemsKey}}
