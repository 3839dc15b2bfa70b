package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// Equivalent is a column that goes on where another one ended.
type Equivalent struct {
	New, Old string
	At       diag.Place

	foreign bool // the definition does not have the old column any more
}

func readEquivalent(r *reader, n *yaml.Node, s *Survey) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write {q_new: q_old}"), diag.Say("equivalent must be new columns with old ones, not %s", kindOf(n)))
		return
	}
	olds := places{}
	for p := range pairs(r, n) {
		old, ok := r.str(p.value)
		if !ok {
			continue
		}
		if !columnPattern.MatchString(old) {
			r.fail(p.value, "wrong-id", diag.Say("name the column as the older files have it"), diag.Say("%q is no id of a column", shorten(old)))
			continue
		}
		olds.unique(r, p.value, diag.Say("old column"))
		at := len(s.Equivalent)
		s.Equivalent = append(s.Equivalent, Equivalent{New: p.key.Value, Old: old, At: r.place(p.key)})
		r.reference(p.key, diag.Say("column"), func(c *column) { r.judgeEquivalent(p, c, &s.Equivalent[at]) })
	}
}

// judgeEquivalent checks that two columns can be one series.
func (r *reader) judgeEquivalent(p pair, c *column, e *Equivalent) {
	switch {
	case c.role == calculated || c.role == derived:
		r.breaks(p.key, c.at, "wrong-target", diag.Say("name a column that is asked"), diag.Say("column %q is not read from files", e.New))
		return
	case len(c.columns(r.def)) != 1 || c.role == group:
		r.breaks(p.key, c.at, "wrong-question", diag.Say("name its columns one by one, such as %s_…", e.New), diag.Say("%q is more than one column", e.New))
		return
	}
	old := r.def.column(e.Old)
	if old == nil {
		e.foreign = true
		return
	}
	if e.New == e.Old {
		r.fail(p.value, "wrong-value", diag.Say("name the column as the older files have it"), diag.Say("%q goes on where itself ended", shorten(e.Old)))
		return
	}
	if !slices.Equal(c.codes(), old.codes()) || c.number != old.number || c.text != old.text {
		r.breaks(p.value, old.at, "other-scale", diag.Say("only columns with the same codes can be one series; for others leave the line broken"), diag.Say("%q is not asked on the scale of %q", e.Old, e.New))
	}
}

// oldFields are the fields of columns that only older files have.
func (s *Survey) oldFields(fields []table.Field) []table.Field {
	var out []table.Field
	for _, e := range s.Equivalent {
		i := slices.IndexFunc(fields, func(f table.Field) bool { return f.ID == e.New })
		taken := slices.ContainsFunc(fields, func(f table.Field) bool { return f.ID == e.Old })
		if e.foreign && i >= 0 && !taken {
			f := fields[i]
			f.ID, f.Rule = e.Old, e.At
			out = append(out, f)
		}
	}
	return out
}

// GoesOn reports whether a column that the wave lacks has its answers under an
// equivalent name, or is an old one whose successor the wave has.
func (s *Survey) GoesOn(w *table.Wave, id string) bool {
	return slices.ContainsFunc(s.Equivalent, func(e Equivalent) bool {
		other := e.Old
		if id == e.Old {
			other = e.New
		}
		c := w.Columns[other]
		return (id == e.New || id == e.Old) && c != nil && !c.Absent
	})
}
