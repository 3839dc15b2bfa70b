package survey

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// ImportancePerformance is the settings of method importance_performance.
type ImportancePerformance struct {
	Items      []StatusItem
	Importance string // stated or derived
	Outcome    string // what derived importance is of, "" without
	Thresholds string // mean, median, midpoint or target
	Target     *float64
	Needed     *float64 // the cut of importance where Thresholds is target; nil: the mean
	Resamples  int
	Seed       int
}

// StatusItem is one item of the status matrix. ID names its figures.
type StatusItem struct {
	ID          string
	Label       Text
	Performance string
	Importance  string   // "" without
	Rival       *float64 // the competitor's mean on the item; nil without
}

// DefaultResamples is how many bootstrap samples are drawn where the author says nothing.
const DefaultResamples = 1000

func statusOf(a *analysisDraft) *ImportancePerformance {
	if a.ImportancePerformance == nil {
		a.ImportancePerformance = &ImportancePerformance{Thresholds: "mean", Resamples: DefaultResamples, Seed: 1}
	}
	return a.ImportancePerformance
}

var importancePerformanceMethod = method{name: "importance_performance", judge: (*reader).judgeStatus, keys: []key[analysisDraft]{
	{"importance", "stated or derived", word(func(a *analysisDraft) *string { return &statusOf(a).Importance }, "stated", "derived"), optional},
	{"outcome", "the outcome that derived importance is of", rated(func(a *analysisDraft) *string { return &statusOf(a).Outcome }), optional},
	{"thresholds", "where the quadrants are cut", word(func(a *analysisDraft) *string { return &statusOf(a).Thresholds }, "mean", "median", "midpoint", "target"), optional},
	{"target", "the performance to reach, in points of the scale", number(func(a *analysisDraft) **float64 { return &statusOf(a).Target }, -maxWhole, maxWhole), optional},
	{"important", "the importance that counts as high; else the mean", number(func(a *analysisDraft) **float64 { return &statusOf(a).Needed }, -maxWhole, maxWhole), optional},
	{"bootstrap", "how the intervals are drawn", formed(keyed(statusBootstrapKeys), func(r *reader, n *yaml.Node, a *analysisDraft) {
		mapping(r, n, diag.Say("bootstrap"), statusBootstrapKeys, a)
	}), optional},
	{"items", "items with questions", formed(listOf(keyed(statusItemKeys)), readStatusItems), required},
}}

var statusItemKeys = []key[StatusItem]{
	{"id", "name of it", pattern(func(i *StatusItem) *string { return &i.ID }, "speed", columnPattern), required},
	{"label", "what reports call it", text(func(i *StatusItem) *Text { return &i.Label }), optional},
	{"performance", "the question of performance", rated(func(i *StatusItem) *string { return &i.Performance }), required},
	{"importance", "the question of importance", rated(func(i *StatusItem) *string { return &i.Importance }), optional},
	{"competitor", "the mean of the strongest competitor on this item", number(func(i *StatusItem) **float64 { return &i.Rival }, -maxWhole, maxWhole), optional},
}

var statusBootstrapKeys = []key[analysisDraft]{
	{"resamples", "how many samples are drawn", whole(func(a *analysisDraft) *int { return &statusOf(a).Resamples }, 100, 20_000), optional},
	{"seed", "where the random numbers begin", whole(func(a *analysisDraft) *int { return &statusOf(a).Seed }, 0, 1_000_000_000), optional},
}

func readStatusItems(r *reader, n *yaml.Node, a *analysisDraft) {
	s := statusOf(a)
	var seen places
	var performance, importance *yaml.Node
	for e := range r.list(n) {
		var i StatusItem
		have := mapping(r, e, diag.Say("an item"), statusItemKeys, &i)
		if have == nil {
			continue
		}
		seen.unique(r, have["id"].value, diag.Say("item"))
		r.sameAsFirst(&performance, have["performance"].value)
		r.sameAsFirst(&importance, have["importance"].value)
		s.Items = append(s.Items, i)
	}
}

// sameAsFirst checks that a column has the scale of the first of its kind.
func (r *reader) sameAsFirst(first **yaml.Node, n *yaml.Node) {
	if *first == nil {
		*first = n
		return
	}
	r.sameScale(*first, n)
}

// judgeStatus settles where importance comes from: stated where every item
// asks for it, derived otherwise.
func (r *reader) judgeStatus(a *analysisDraft, _ *Analysis) {
	s, n := statusOf(a), r.def.analysisIDs[strings.ToLower(a.ID)]
	if n == nil || len(s.Items) == 0 {
		return
	}
	missing := slices.IndexFunc(s.Items, func(i StatusItem) bool { return i.Importance == "" })
	if s.Importance == "" {
		s.Importance = "stated"
		if missing >= 0 {
			s.Importance = "derived"
		}
	}
	switch {
	case s.Importance == "stated" && missing >= 0:
		r.fail(n, "missing-key", diag.Say("add importance: to it, or set importance: derived with an outcome"), diag.Say("item %q of %q has no question of importance", s.Items[missing].ID, a.ID))
	case s.Importance == "derived" && s.Outcome == "":
		r.fail(n, "missing-key", diag.Say("add outcome: a question of overall satisfaction, or importance: to every item"), diag.Say("analysis %q derives importance and names no outcome", a.ID))
	case s.Thresholds == "target" && s.Target == nil:
		r.fail(n, "missing-key", diag.Say("add target: with the performance to reach"), diag.Say("analysis %q cuts at a target and names none", a.ID))
	case slices.ContainsFunc(s.Items, func(i StatusItem) bool { return i.Performance == s.Outcome }):
		r.fail(n, "wrong-question", diag.Say("take it out of the items"), diag.Say("the outcome %q of %q is one of its items", s.Outcome, a.ID))
	}
}
