package survey

import (
	"slices"

	"manyi/internal/diag"
)

// judgeExpressions follows every expression to its columns and judges what it computes.
func (r *reader) judgeExpressions() {
	for _, e := range r.def.expressions {
		e.settle(r.def, e.tree)
		e.number()
	}
	for _, e := range r.def.expressions {
		if k := r.kinds(e.tree); e.where != computed {
			r.condition(e.tree, k)
		}
	}
}

// kinds judges the operands of a term and returns what it gives. What can
// only be wrong is an error: codes that are no numbers compared by size, a
// list compared as a whole, an answer where a condition is wanted.
func (r *reader) kinds(t *term) kind {
	operands := make([]kind, len(t.args))
	for i, a := range t.args {
		operands[i] = r.kinds(a)
	}
	switch t.op {
	case "number":
		return numberKind
	case "text", "today":
		return textKind
	case "param":
		return anyKind
	case "name":
		return r.kindOfName(t.text)
	case "and", "or", "not":
		for i, k := range operands {
			r.condition(t.args[i], k)
		}
	case "?":
		r.condition(t.args[0], operands[0])
		if operands[1] == operands[2] {
			return operands[1]
		}
		return anyKind
	case "==", "!=", "<", "<=", ">", ">=":
		r.comparable(t, operands)
	case "in":
		if k := operands[1]; t.args[1].op != "list" && k != listKind && k != anyKind {
			r.misfit(t.args[1], diag.Say(`write q in [1, 2], or "code" in q for a multiple choice`), diag.Say("behind in stands a list or a multiple choice"))
		}
	case "+", "-", "*", "/", "neg", "sum", "mean", "min", "max", "round":
		for i, k := range operands {
			if k != numberKind && k != anyKind {
				r.misfit(t.args[i], diag.Say("use numbers, or questions whose codes are whole numbers"), diag.Say("%s needs numbers", shown(t.op)))
			}
		}
		return numberKind
	case "count", "len":
		return numberKind
	case "list":
		return listKind
	}
	return truthKind
}

func shown(op string) string {
	if op == "neg" {
		return "-"
	}
	return op
}

// misfit reports an operand of the wrong kind.
func (r *reader) misfit(t *term, cure, summary diag.Phrase) {
	r.report(diag.Problem{Code: "type-mismatch", Place: t.at, Summary: summary, Cure: cure})
}

func (r *reader) kindOfName(id string) kind {
	c := r.def.column(id)
	switch {
	case c == nil:
		return anyKind
	case c.listed():
		return listKind
	case c.role == calculated:
		return r.kindOfFormula(id)
	case c.numeric():
		return numberKind
	case c.role == single && c.question != nil && c.scale == nil && !c.text:
		return anyKind // its answers are a fault of their own
	}
	return textKind
}

// kindOfFormula is what a calculated column holds; cycles are reported elsewhere.
func (r *reader) kindOfFormula(id string) kind {
	i := slices.IndexFunc(r.def.survey.Calculated, func(c Calculated) bool { return c.ID == id })
	if i < 0 || r.def.survey.Calculated[i].Expr == nil || r.def.typing[id] {
		return anyKind
	}
	if r.def.typing == nil {
		r.def.typing = map[string]bool{}
	}
	r.def.typing[id] = true
	defer delete(r.def.typing, id)
	quiet := *r
	quiet.problems = new(diag.List)
	return quiet.kinds(r.def.survey.Calculated[i].Expr.tree)
}

// condition reports an operand that is never true or false.
func (r *reader) condition(t *term, k kind) {
	if k != truthKind && k != anyKind {
		r.misfit(t, diag.Say("compare it, as in q == 1, or write answered(q)"), diag.Say("a condition is wanted here"))
	}
}

// comparable reports comparisons that can never hold by the kinds of their operands.
func (r *reader) comparable(t *term, k []kind) {
	for i := range k {
		switch {
		case k[i] == listKind:
			r.misfit(t.args[i], diag.Say(`write "code" in q, or count(q) >= 2`), diag.Say("several answers are not compared as one"))
			return
		case t.op == "==" || t.op == "!=":
		case k[i] == truthKind:
			r.misfit(t.args[i], diag.Say("use and, or, not"), diag.Say("true and false have no order"))
			return
		case k[i] == textKind && t.args[i].op == "name" && r.hasCodes(t.args[i].text):
			r.misfit(t.args[i], diag.Say("write q in [a, b], or give the answers whole numbers as codes"), diag.Say("the codes of %q are no numbers, so %s says nothing", t.args[i].text, t.op))
			return
		}
	}
	if ordered := t.op != "==" && t.op != "!="; len(k) == 2 && ordered && (k[0] == numberKind && k[1] == textKind || k[0] == textKind && k[1] == numberKind) {
		r.misfit(t, diag.Say("write the number without quotes"), diag.Say("a number and a text have no order"))
	}
}

// hasCodes reports whether the answers of a column are codes.
func (r *reader) hasCodes(id string) bool {
	c := r.def.column(id)
	return c != nil && (c.scale != nil || len(c.labels) > 0)
}
