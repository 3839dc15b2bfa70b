package survey

import (
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// DeskVisitRules say how mystery visits are scored (METHODS A53).
type DeskVisitRules struct {
	Items         []DeskVisitItem
	Max           *float64 // points of an item that names none; nil: read from the scores
	CriticalRule  string   // what a failed critical item does: fail ("" too), zero or cap
	CriticalBelow *float64 // a critical item fails below this part of its points, in percent; nil for 60
	Cap           *float64 // cap: the most that such a visit scores; nil for 59
	Pass          *float64 // a visit passes from here on, nil for 80
	MinVisits     int      // units of fewer visits are not ranked, 0 for 3
	Segment       string   // segment of the survey whose groups are the units, "" without
	Compare       string   // index or rated question that visits are set against, "" without
}

// DeskVisitItem is one item of the checklist.
type DeskVisitItem struct {
	ID       string
	Label    Text
	Weight   *float64 // nil for 1
	Max      *float64
	Critical bool
}

var deskVisitKeys = []key[DeskVisitRules]{
	{"items", "the checklist", formed(listOf(keyed(deskVisitItemKeys)), func(r *reader, n *yaml.Node, v *DeskVisitRules) {
		var ids places
		for e := range r.list(n) {
			var item DeskVisitItem
			if have := mapping(r, e, diag.Say("an item"), deskVisitItemKeys, &item); have != nil {
				ids.unique(r, have["id"].value, diag.Say("item"))
				v.Items = append(v.Items, item)
			}
		}
	}), optional},
	{"max", "points of an item that names none", number(func(v *DeskVisitRules) **float64 { return &v.Max }, 0.001, maxWhole), optional},
	{"critical_rule", "what a failed critical item does: fail (the visit does not pass), zero or cap", word(func(v *DeskVisitRules) *string { return &v.CriticalRule }, "fail", "zero", "cap"), optional},
	{"critical_below", "a critical item fails below this percentage of its points; 60 where nothing is said", number(func(v *DeskVisitRules) **float64 { return &v.CriticalBelow }, 0, 100), optional},
	{"cap", "the most that a visit with a failed critical item scores; 59 where nothing is said", number(func(v *DeskVisitRules) **float64 { return &v.Cap }, 0, 100), optional},
	{"pass", "a visit passes from this score on; 80 where nothing is said", number(func(v *DeskVisitRules) **float64 { return &v.Pass }, 0, 100), optional},
	{"min_visits", "units of fewer visits are not ranked; 3 where nothing is said", whole(func(v *DeskVisitRules) *int { return &v.MinVisits }, 1, 10000), optional},
	{"segment", "segment of the survey whose groups are the units", special("column", readDeskSegment), optional},
	{"compare", "index or rated question that visits are set against", formed(plainShape("string"), readDeskCompare), optional},
}

var deskVisitItemKeys = []key[DeskVisitItem]{
	{"id", "its name in the ledger", special("code", func(r *reader, n *yaml.Node, i *DeskVisitItem) { i.ID, _ = code(r, n) }), required},
	{"label", "what reports call it", text(func(i *DeskVisitItem) *Text { return &i.Label }), optional},
	{"weight", "its weight; 1 where nothing is said", number(func(i *DeskVisitItem) **float64 { return &i.Weight }, 0, maxWhole), optional},
	{"max", "points that it can earn", number(func(i *DeskVisitItem) **float64 { return &i.Max }, 0.001, maxWhole), optional},
	{"critical", "it must not fail", boolean(func(i *DeskVisitItem) *bool { return &i.Critical }), optional},
}

func readDeskSegment(r *reader, n *yaml.Node, v *DeskVisitRules) {
	if s, ok := r.str(n); ok {
		v.Segment = s
		r.reference(n, diag.Say("segment"), nil)
	}
}

func readDeskCompare(r *reader, n *yaml.Node, v *DeskVisitRules) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	v.Compare = s
	r.def.check(func() {
		if _, known := r.def.analysisIDs[strings.ToLower(s)]; known {
			return
		}
		if c := r.def.column(s); c == nil || c.scale == nil || !c.scale.ordered() {
			r.fail(n, "unknown-name", diag.Say("write the id of an analysis of method csi, or a rated question"), diag.Say("%q is neither an analysis nor a rated question", shorten(s)))
		}
	})
}
