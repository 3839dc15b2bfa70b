package survey

import "gopkg.in/yaml.v3"

// Drivers is the settings of method drivers.
type Drivers struct {
	Outcome   string
	Items     []string
	Weights   string // the shares that reports lead with: johnson or shapley
	Top       int    // how many items are the core
	Bootstrap Resampling
}

// defaultCore is how many items are called the core where the definition does not say.
const defaultCore = 3

var driversMethod = method{name: "drivers", judge: (*reader).judgeDrivers, keys: []key[analysisDraft]{
	outcomeKey(func(a *analysisDraft) *string { return &a.drivers().Outcome }, required),
	{"items", "questions or matrix rows", measuredColumns(func(a *analysisDraft) *[]string { return &a.drivers().Items }, hasNumbers), required},
	{"weights", "how the explained part is shared out", word(func(a *analysisDraft) *string { return &a.drivers().Weights }, "johnson", "shapley"), optional},
	{"top", "how many items are the core", whole(func(a *analysisDraft) *int { return &a.drivers().Top }, 1, 100), optional},
	resamplingKey(func(a *analysisDraft) *Resampling { return &a.drivers().Bootstrap }),
}}

func (a *analysisDraft) drivers() *Drivers {
	if a.Drivers == nil {
		a.Drivers = &Drivers{Weights: "johnson", Top: defaultCore, Bootstrap: Resampling{defaultDraws, defaultDrawSeed}}
	}
	return a.Drivers
}

// outcomeKey is the key of what a method explains.
func outcomeKey(at func(*analysisDraft) *string, rule rule) key[analysisDraft] {
	return key[analysisDraft]{"outcome", "what is explained", outcomeColumn(at), rule}
}

// outcomeColumn is the outcome; its place is kept.
func outcomeColumn(at func(*analysisDraft) *string) value[analysisDraft] {
	column := measuredColumn(at, hasNumbers)
	return formed(column.shape, func(r *reader, n *yaml.Node, a *analysisDraft) {
		a.outcome = n
		column.read(r, n, a)
	})
}

func (r *reader) judgeDrivers(a *analysisDraft, into *Analysis) {
	d := a.Drivers
	if d == nil {
		return
	}
	r.apartFrom(a.outcome, d.Items)
}
