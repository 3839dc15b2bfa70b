package survey

import (
	"slices"

	"manyi/internal/diag"
)

// guard is an expression that must be true, or must not, for another to be asked.
type guard struct {
	*Expression
	holds bool
}

// decision is a condition with what it decides.
type decision struct {
	*Expression
	guards []guard
	never  diag.Phrase // what is wrong where it is never true
	part   bool        // a value, not a condition: only its parts are judged
}

// logic warns of conditions, and parts of them, that are always or never true
// whatever is answered. It tries every combination of the answers that matter,
// respecting which questions are shown; where those are too many, or numbers
// are reckoned with, it says nothing.
func (r *reader) logic(s *Survey) {
	for _, j := range r.conditions(s) {
		if j.Expression == nil {
			continue
		}
		w := newWorld(s, r.def)
		if !w.take(j.Expression, j.guards) {
			continue
		}
		w.try(j)
		r.tell(j, w.seen)
	}
}

// conditions are all expressions of the definition with what guards them.
func (r *reader) conditions(s *Survey) []decision {
	var out []decision
	for _, p := range s.Pages {
		out = append(out, decision{Expression: p.ShowIf, never: diag.Say("no path reaches page %q: its condition is never true", p.ID)})
		onPage := shownBy(nil, p.ShowIf)
		for _, q := range p.Questions {
			out = append(out, decision{Expression: q.ShowIf, guards: onPage, never: diag.Say("question %q is never shown: its condition is never true", q.ID)})
			asked := shownBy(onPage, q.ShowIf)
			out = append(out, decision{Expression: q.RequiredIf, guards: asked, never: diag.Say("the condition is never true")})
			for _, row := range slices.Concat(q.Rows, q.Items, q.Features) {
				out = append(out, decision{Expression: row.ShowIf, guards: asked, never: diag.Say("%q is never shown: its condition is never true", row.ID)})
			}
		}
	}
	for _, c := range s.Calculated {
		out = append(out, decision{Expression: c.Expr, part: true})
	}
	out = append(out, r.endings(s)...)
	return append(out, decision{Expression: s.Report.Filter, never: diag.Say("the filter leaves no response: it is never true")})
}

func shownBy(guards []guard, e *Expression) []guard {
	if e == nil {
		return guards
	}
	return append(slices.Clone(guards), guard{e, true})
}

// endings are shown where those before them are not; behind one without a condition none is.
func (r *reader) endings(s *Survey) []decision {
	var out []decision
	var before []guard
	var open *Ending
	for i := range s.Endings {
		e := &s.Endings[i]
		if open != nil {
			r.report(diag.Problem{
				Severity: diag.Warning, Code: "never-true", Place: e.At, Rule: open.At, Summary: diag.Say("ending %q is never shown", e.ID),
				Cure: diag.Say("put it before %q, which is shown to everybody left", open.ID),
			})
			continue
		}
		out = append(out, decision{Expression: e.ShowIf, guards: slices.Clone(before), never: diag.Say("ending %q is never shown: its condition is never true", e.ID)})
		if e.ShowIf == nil {
			open = e
			continue
		}
		before = append(before, guard{e.ShowIf, false})
	}
	return out
}

// tell tells what was seen of one condition: the whole, else its smallest parts.
func (r *reader) tell(j decision, seen map[*term]*outcomes) {
	whole := seen[j.tree]
	switch {
	case !j.part && whole.times > 0 && whole.held == 0:
		r.report(diag.Problem{Severity: diag.Warning, Code: "never-true", Place: j.tree.at, Summary: j.never, Cure: diag.Say("change or delete it")})
		return
	case !j.part && whole.times > 0 && whole.held == whole.times:
		r.report(diag.Problem{Severity: diag.Warning, Code: "always-true", Place: j.tree.at, Summary: diag.Say("the condition is always true"), Cure: diag.Say("delete it")})
		return
	}
	j.tree.each(func(t *term) {
		o := seen[t]
		if o == nil || o.answered == 0 {
			return
		}
		switch {
		case o.answeredHeld == 0:
			r.report(diag.Problem{Severity: diag.Warning, Code: "never-true", Place: t.at, Summary: diag.Say("this part is never true"), Cure: diag.Say("change or delete it")})
		case o.answeredHeld == o.answered:
			r.report(diag.Problem{Severity: diag.Warning, Code: "always-true", Place: t.at, Summary: diag.Say("this is true for every answer"), Cure: diag.Say("write answered(q) if that is meant, else change it")})
		}
	})
}
