package ledger

import (
	"cmp"
	"math"
	"slices"
	"time"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// joins is what is known of the records of a ledger by their key. The answer to
// a form is a record that has just begun: a row of the ledger's own files with
// the same key adds what the staff know (METHODS A16).
type joins struct {
	keys    map[keyHash]uint64 // of the files: key -> hash of the content
	answers map[keyHash]uint64 // of the forms
	rows    map[keyHash]int    // of the forms: key -> row
}

// formsFirst puts answers to forms before the files that add to them.
func formsFirst(sources []Source) []Source {
	out := slices.Clone(sources)
	slices.SortStableFunc(out, func(a, b Source) int {
		rank := func(s Source) int {
			if s.Form != nil {
				return 0
			}
			return 1
		}
		return cmp.Compare(rank(a), rank(b))
	})
	return out
}

// preset fills a cell that says nothing with what the mapping sets.
func (f *file) preset(c *Column, e *table.EntryCell) {
	if text := f.mapping.Set[c.Name]; !e.Has && text != "" {
		e.Text, e.Has = text, true
	}
}

// submits reports whether an answer to a form is none without the column: its
// number, and the time at which it was sent.
func (f *file) submits(column string) bool { return column == "id" || column == "received" }

// joined adds a row to the record that the answer to a form began; false where
// there is no such record. What contradicts the answer is told and not taken.
func (f *file) joined(values []parsed, e *table.Entry) bool {
	key, ok := f.key(values)
	if !ok || f.form {
		return false
	}
	at, ok := f.joins.rows[key]
	now := f.content(values)
	if before, seen := f.joins.keys[key]; !ok || seen && before == now {
		return false // a record of its own, or a row that is there twice
	}
	f.joins.keys[key] = now
	f.ledger.Count.Joined++
	for i := range values {
		v, column := &values[i], f.ledger.columns[i]
		column.fill(f.ledger.Rows)
		switch {
		case v.empty():
		case !column.Has(at):
			column.put(at, v)
		case !column.says(at, v) && f.mapping.Set[column.Column.Name] == "":
			f.problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "conflict", Place: e.Cells[i].Place(),
				Summary: diag.Say("column %q says otherwise than the answer to the form; the answer stands", column.Column.Name),
				Cure:    diag.Say("leave the cell empty, or take the complaint out of the form's answers"),
			})
		}
	}
	return true
}

// put writes a cell of a row that is there.
func (v *Values) put(at int, p *parsed) {
	switch {
	case v.Numbers != nil:
		v.Numbers[at] = p.number
	case v.moments != nil:
		v.moments[at], v.Days[at] = p.moment, p.day
	case v.Lists != nil:
		v.Lists[at] = p.list
	case v.codes != nil:
		v.codes[at] = p.code
	default:
		v.Texts[at] = p.text
	}
}

// says reports whether a row holds the same; a day agrees with a time of that day.
func (v *Values) says(at int, p *parsed) bool {
	switch {
	case v.Numbers != nil:
		return v.Numbers[at] == p.number || math.IsNaN(v.Numbers[at]) && math.IsNaN(p.number)
	case v.moments != nil:
		if v.Days[at] || p.day {
			day := time.Unix(p.moment, 0).In(v.zone).Format(time.DateOnly)
			return v.Time(at).Format(time.DateOnly) == day
		}
		return v.moments[at] == p.moment
	case v.Lists != nil:
		return slices.Equal(v.Lists[at], p.list)
	case v.codes != nil:
		return v.codes[at] == p.code
	}
	return v.Texts[at] == p.text
}
