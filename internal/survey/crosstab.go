package survey

import (
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Crosstab is the settings of method crosstab: questions down the side and
// across the top. A matrix stands for its rows, a multiple choice for its options.
type Crosstab struct {
	Rows, Columns []string
}

var crosstabMethod = method{name: "crosstab", keys: []key[analysisDraft]{
	{"rows", "column or columns down the side", formed(either(plainShape("column"), listOf(plainShape("column"))), func(r *reader, n *yaml.Node, a *analysisDraft) {
		a.crosstab().Rows = r.tabulated(n, false)
	}), required},
	{"columns", "column or columns across the top", formed(either(plainShape("column"), listOf(plainShape("column"))), func(r *reader, n *yaml.Node, a *analysisDraft) {
		a.crosstab().Columns = r.tabulated(n, true)
	}), required},
}}

func (a *analysisDraft) crosstab() *Crosstab {
	if a.Crosstab == nil {
		a.Crosstab = &Crosstab{}
	}
	return a.Crosstab
}

// tabulated reads a column or a list of columns with answers to count.
func (r *reader) tabulated(n *yaml.Node, across bool) []string {
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = nil
		for e := range r.list(n) {
			nodes = append(nodes, e)
		}
	}
	var out []string
	for _, e := range nodes {
		s, ok := r.str(e)
		if !ok {
			continue
		}
		out = append(out, s)
		r.reference(e, diag.Say("item"), func(c *column) {
			switch {
			case c.pii || c.text && c.role != hidden:
				r.breaks(e, c.at, "wrong-question", diag.Say("use a question with a list of answers"), diag.Say("column %q has no list of codes", c.id))
			case c.number:
				r.breaks(e, c.at, "wrong-question", diag.Say("make bands of %s under derived, and use those", c.id), diag.Say("column %q has no list of codes", c.id))
			case across && (c.role == group || c.role == tick) && c.question.Type == MultipleChoice:
				r.breaks(e, c.at, "wrong-question", diag.Say("put it under rows"), diag.Say("%q is a multiple choice, so its columns would overlap", c.id))
			case across && c.role == group:
				r.breaks(e, c.at, "wrong-question", diag.Say("name one of its rows, such as %s_…", c.id), diag.Say("%q is more than one column", c.id))
			}
		})
	}
	return out
}
