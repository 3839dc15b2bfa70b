package survey

import (
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Reliability is the settings of method reliability.
type Reliability struct{ Items []string }

var reliabilityMethod = method{name: "reliability", keys: []key[analysisDraft]{
	{"items", "questions or matrix rows", formed(listOf(plainShape("column")), readReliabilityItems), required},
}}

func readReliabilityItems(r *reader, n *yaml.Node, a *analysisDraft) {
	a.Reliability = &Reliability{}
	var seen places
	for e := range r.list(n) {
		s, ok := r.str(e)
		if !ok {
			continue
		}
		seen.unique(r, e, diag.Say("item"))
		a.Reliability.Items = append(a.Reliability.Items, s)
		r.reference(e, diag.Say("item"), func(c *column) {
			switch {
			case c.role == group:
				r.breaks(e, c.at, "wrong-question", diag.Say("name its rows, such as %s_…", c.id), diag.Say("%q is more than one column", c.id))
			case c.role == derived || c.number:
			case c.scale == nil || !c.scale.ordered():
				r.breaks(e, c.at, "not-ordered", diag.Say("name questions with a scale of ordered numbers"), diag.Say("column %q is not rated", c.id))
			}
		})
	}
	if n.Kind == yaml.SequenceNode && len(n.Content) == 1 {
		r.fail(n, "too-few-options", diag.Say("name two items or more"), diag.Say("one item has no reliability"))
	}
}
