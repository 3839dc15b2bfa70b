package survey

import (
	"slices"
	"strings"

	"manyi/internal/diag"
)

// cycles reports conditions and formulas that in the end depend on themselves,
// and conditions that read a question which is asked later.
func (r *reader) cycles(s *Survey) {
	uses := map[string][]*Expression{}
	var order []string
	add := func(id string, e *Expression) {
		if e != nil {
			uses[id] = append(uses[id], e)
			order = append(order, id)
		}
	}
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			add(q.ID, p.ShowIf)
			add(q.ID, q.ShowIf)
		}
	}
	for _, c := range s.Calculated {
		add(c.ID, c.Expr)
	}
	done := map[string]bool{}
	for _, id := range order {
		r.follow(id, nil, uses, done)
	}
	r.askedLater(s)
}

// owner is the question or calculated column that the name belongs to.
func (d *definition) owner(name string) string {
	if c := d.column(name); c != nil && c.question != nil {
		return c.question.ID
	}
	return name
}

func (r *reader) follow(id string, path []string, uses map[string][]*Expression, done map[string]bool) {
	if done[id] || uses[id] == nil {
		return
	}
	path = append(path, id)
	for _, e := range uses[id] {
		r.followNames(e, path, uses, done)
	}
	done[id] = true
}

func (r *reader) followNames(e *Expression, path []string, uses map[string][]*Expression, done map[string]bool) {
	for _, name := range e.Names {
		next := r.def.owner(name)
		if i := slices.Index(path, next); i >= 0 {
			r.report(diag.Problem{
				Code: "cycle", Place: e.uses[name],
				Summary: diag.Say("%q depends on itself: %s", next, strings.Join(append(slices.Clone(path[i:]), next), " → ")),
				Cure:    diag.Say("break the circle: let one of them not read the other"),
			})
			continue
		}
		r.follow(next, path, uses, done)
	}
}

// askedLater warns of conditions that cannot be true when what they show is reached.
func (r *reader) askedLater(s *Survey) {
	position := map[string]int{}
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			position[q.ID] = len(position) + 1
		}
	}
	later := func(e *Expression, at int, of func(other string) diag.Phrase) {
		if e == nil {
			return
		}
		for _, name := range e.Names {
			if other := r.def.owner(name); position[other] > at {
				r.report(diag.Problem{
					Severity: diag.Warning, Code: "asked-later", Place: e.uses[name], Rule: r.def.column(name).at,
					Summary: of(other), Cure: diag.Say("move it behind that question"),
				})
			}
		}
	}
	for _, p := range s.Pages {
		if len(p.Questions) > 0 {
			last := position[p.Questions[len(p.Questions)-1].ID] // one of the page itself is a cycle
			later(p.ShowIf, last, func(other string) diag.Phrase {
				return diag.Say("page %q is shown by the answer to %q, which is asked later", p.ID, other)
			})
		}
		for _, q := range p.Questions {
			at := position[q.ID]
			later(q.ShowIf, at, func(other string) diag.Phrase {
				return diag.Say("question %q is shown by the answer to %q, which is asked later", q.ID, other)
			})
			for _, part := range q.conditions() {
				later(part.ShowIf, at, func(other string) diag.Phrase {
					return diag.Say("%q of question %q is shown by the answer to %q, which is asked later", part.ID, q.ID, other)
				})
			}
		}
	}
}

// conditions are the rows, items, features and options of q that have a condition, as rows.
func (q *Question) conditions() []Row {
	var out []Row
	for _, row := range slices.Concat(q.Rows, q.Items, q.Features) {
		if row.ShowIf != nil {
			out = append(out, row)
		}
	}
	if q.Scale != nil {
		for _, o := range q.Scale.Options {
			if o.ShowIf != nil {
				out = append(out, Row{ID: o.Code, ShowIf: o.ShowIf})
			}
		}
	}
	return out
}
