package survey

import (
	"slices"
	"strings"

	"manyi/internal/diag"
)

// cycles reports conditions and formulas that in the end depend on themselves,
// and conditions that read a question which is asked later.
func (r *reader) cycles(s *Survey) {
	uses := map[string]*Expression{}
	var order []string
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			if q.ShowIf != nil {
				uses[q.ID] = q.ShowIf
				order = append(order, q.ID)
			}
		}
	}
	for _, c := range s.Calculated {
		if c.Expr != nil {
			uses[c.ID] = c.Expr
			order = append(order, c.ID)
		}
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

func (r *reader) follow(id string, path []string, uses map[string]*Expression, done map[string]bool) {
	if done[id] || uses[id] == nil {
		return
	}
	path = append(path, id)
	for _, name := range uses[id].Names {
		next := r.def.owner(name)
		if i := slices.Index(path, next); i >= 0 {
			r.report(diag.Problem{
				Code: "cycle", Place: uses[id].uses[name],
				Summary: diag.Say("%q depends on itself: %s", next, strings.Join(append(slices.Clone(path[i:]), next), " → ")),
				Cure:    diag.Say("break the circle: let one of them not read the other"),
			})
			continue
		}
		r.follow(next, path, uses, done)
	}
	done[id] = true
}

// askedLater warns of conditions that cannot be true when their question is reached.
func (r *reader) askedLater(s *Survey) {
	position := map[string]int{}
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			position[q.ID] = len(position) + 1
		}
	}
	for _, p := range s.Pages {
		for _, q := range p.Questions {
			if q.ShowIf == nil {
				continue
			}
			for _, name := range q.ShowIf.Names {
				other := r.def.owner(name)
				if at := position[other]; at > position[q.ID] {
					r.report(diag.Problem{
						Severity: diag.Warning, Code: "asked-later", Place: q.ShowIf.uses[name], Rule: r.def.column(name).at,
						Summary: diag.Say("question %q is shown by the answer to %q, which is asked later", q.ID, other),
						Cure:    diag.Say("move it behind that question"),
					})
				}
			}
		}
	}
}
