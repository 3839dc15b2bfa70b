package survey

import (
	"slices"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// metaFields are the columns of metadata that a filter may read.
var metaFields = map[string]table.Field{
	"_lang": {ID: "_lang", Kind: table.Open}, "_mode": {ID: "_mode", Kind: table.Open}, "_version": {ID: "_version", Kind: table.Open},
}

// presence are the functions that ask only whether there is an answer.
var presence = []string{"answered", "missing", "count"}

// Unkept returns the names whose text the expression needs and the program
// does not hold: free text stays on disk. Kind tells how a column is stored.
func (e *Expression) Unkept(kind func(name string) table.Kind) []string {
	var out []string
	e.tree.each(func(t *term) {
		for _, a := range t.args {
			if a.op == "name" && !slices.Contains(presence, t.op) && kind(a.text) == table.Text && !slices.Contains(out, a.text) {
				out = append(out, a.text)
			}
		}
	})
	if t := e.tree; t.op == "name" && kind(t.text) == table.Text {
		out = append(out, t.text)
	}
	return out
}

// UsesToday reports whether the expression asks for the day of the answer.
func (e *Expression) UsesToday() bool { return e.tree.uses("today") }

// UsesToday reports whether reading needs the day of each response.
func (s *Survey) UsesToday() bool {
	return s.Report.Filter != nil && s.Report.Filter.UsesToday() || slices.ContainsFunc(s.Calculated, func(c Calculated) bool { return c.Expr != nil && c.Expr.UsesToday() })
}

// computeAgain notes what the report cannot compute from the kept answers.
func (r *reader) computeAgain(s *Survey) {
	kinds := map[string]table.Kind{}
	for _, f := range s.Schema().Fields {
		kinds[f.ID] = f.Kind
	}
	kind := func(name string) table.Kind {
		if k, ok := kinds[name]; ok {
			return k
		}
		return table.Choice
	}
	for _, c := range s.Calculated {
		if c.Expr == nil {
			continue
		}
		for _, name := range c.Expr.Unkept(kind) {
			r.report(diag.Problem{
				Severity: diag.Note, Code: "free-text", Place: c.Expr.At, Summary: diag.Say("reports have no %q: it compares the free text %q, which is not kept in memory", c.ID, name),
				Cure: diag.Say("right if only the page needs it; else ask with a list of answers"),
			})
		}
	}
	f := s.Report.Filter
	if f == nil {
		return
	}
	for _, name := range f.Unkept(kind) {
		r.report(diag.Problem{
			Code: "free-text", Place: f.At, Summary: diag.Say("the filter compares the free text %q, which is not kept in memory", name),
			Cure: diag.Say("ask answered(%s), or filter by a question with a list of answers", name),
		})
	}
	if f.tree.uses("param") {
		r.report(diag.Problem{
			Code: "unknown-name", Place: f.At, Summary: diag.Say("a filter cannot read parameters of the address: answers are kept without it"),
			Cure: diag.Say("declare the parameter under hidden, and filter by its column"),
		})
	}
	for name, at := range f.uses {
		if _, ok := metaFields[name]; !ok && slices.Contains(metadata, name) {
			r.report(diag.Problem{Code: "unknown-name", Place: at, Summary: diag.Say("a filter cannot read %q", name), Cure: diag.Say("it reads %s of the metadata", "_lang, _mode, _version")})
		}
	}
}

// settled is the scale of what a calculated column gives: yes and no of a
// condition, the texts of a choice between texts; nil of numbers and of what
// is not known before.
func (r *reader) settled(c *Calculated) {
	if c.Expr == nil {
		return
	}
	switch c.kind = r.kinds(c.Expr.tree); c.kind {
	case truthKind:
		c.scale = shipped()["yes_no"]
	case textKind:
		if texts := c.Expr.tree.results(); texts != nil {
			c.scale = &Scale{Level: Nominal, At: c.At}
			for _, s := range texts {
				c.scale.Options = append(c.scale.Options, Option{Code: s, At: c.At})
			}
		}
	}
}

// results are the texts that a choice between texts can give, nil where others are possible.
func (t *term) results() []string {
	switch t.op {
	case "text":
		return []string{t.text}
	case "?":
		a, b := t.args[1].results(), t.args[2].results()
		if a == nil || b == nil {
			return nil
		}
		for _, s := range b {
			if !slices.Contains(a, s) {
				a = append(a, s)
			}
		}
		return a
	}
	return nil
}
