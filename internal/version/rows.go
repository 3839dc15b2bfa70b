package version

import (
	"slices"
	"strconv"
	"strings"

	"manyi/internal/diag"
)

// rows compares the parts of a question that have columns of their own: rows,
// items, features, levels, and the scales of a matrix_dual.
func (c *comparison) rows(q, key string, old, latest object) {
	before, after := list(old, key), list(latest, key)
	if before == nil && after == nil {
		return
	}
	before, after = numbered(before), numbered(after)
	name := func(r object) string { return q + "_" + str(r, "id") }
	was, is := map[string]object{}, map[string]object{}
	var a, b []string
	for _, r := range before {
		was[str(r, "id")] = r
	}
	for _, r := range after {
		is[str(r, "id")] = r
		if was[str(r, "id")] != nil {
			b = append(b, str(r, "id"))
		}
	}
	for _, r := range before {
		if is[str(r, "id")] != nil {
			a = append(a, str(r, "id"))
		}
	}
	if !slices.Equal(a, b) {
		c.add(rowsMoved(q, key, a, b, str(old, "randomize") == key && str(latest, "randomize") == key))
	}
	for _, r := range after {
		x := was[str(r, "id")]
		if x == nil {
			c.add(Change{Item: name(r), Part: Row, Of: []string{q}, Kind: Added, Verdict: rowVerdict(latest, Same), Reason: rowReason(latest, diag.Say("its own series begins; the others are as they were")), New: c.firstText(r["label"])})
			continue
		}
		c.keys(x, r, Change{Item: name(r), Part: Row, Of: []string{q}})
		c.answers(x["answers"], r["answers"], answered{item: q, part: Question, rated: true})
	}
	for _, r := range before {
		if is[str(r, "id")] == nil {
			c.add(Change{Item: name(r), Part: Row, Of: []string{q}, Kind: Removed, Verdict: rowVerdict(old, Marked), Reason: rowReason(old, diag.Say("no answers come any more: its series ends here")), Old: c.firstText(r["label"])})
		}
	}
}

// numbered gives parts without an id, the levels of a cascade, their number.
func numbered(parts []object) []object {
	for i, p := range parts {
		if p["id"] == nil {
			p["id"] = strconv.Itoa(i + 1)
		}
	}
	return parts
}

// compared reports whether the items of a question are judged against each
// other, so that one more or less changes what all of them get.
func compared(q object) bool {
	return slices.Contains([]string{"ranking", "constant_sum", "max_diff"}, str(q, "type"))
}

func rowVerdict(q object, otherwise Verdict) Verdict {
	if compared(q) {
		return New
	}
	return otherwise
}

func rowReason(q object, otherwise diag.Phrase) diag.Phrase {
	if compared(q) {
		return diag.Say("the items are judged against each other: all of them change")
	}
	return otherwise
}

func rowsMoved(q, key string, a, b []string, shuffled bool) Change {
	x := Change{Item: q, Part: Question, Kind: Moved, Key: key, Verdict: Marked, Old: strings.Join(a, " "), New: strings.Join(b, " "), Reason: diag.Say("what is asked before can colour the answers")}
	if shuffled {
		x.Verdict, x.Reason = Same, diag.Say("they are shuffled anyway")
	}
	return x
}

// branches compares the tree of a cascade by the codes on the way to each leaf.
func (c *comparison) branches(q string, old, latest any) {
	a, b := paths(old, ""), paths(latest, "")
	was, is := map[string]object{}, map[string]object{}
	for _, p := range a {
		was[p.way] = p.form
	}
	for _, p := range b {
		is[p.way] = p.form
		if o := was[p.way]; o != nil {
			c.answer(o, p.form, answered{item: q, part: Question})
			continue
		}
		c.offered(p.form, answered{item: q, part: Question}, Added)
	}
	for _, p := range a {
		if is[p.way] == nil {
			c.offered(p.form, answered{item: q, part: Question}, Removed)
		}
	}
	if x, y := ways(a, is), ways(b, was); !slices.Equal(x, y) {
		c.add(Change{Item: q, Part: Question, Kind: Moved, Key: "branches", Verdict: Marked, Reason: diag.Say("answers that stand first are chosen more often")})
	}
}

type branch struct {
	way  string
	form object
}

func paths(v any, above string) []branch {
	var out []branch
	entries, _ := v.([]any)
	for _, e := range entries {
		if o, ok := e.(object); ok {
			way := above + "/" + str(o, "code")
			out = append(append(out, branch{way, o}), paths(o["branches"], way)...)
		}
	}
	return out
}

// ways are the ways of paths that the other version has, too.
func ways(all []branch, other map[string]object) []string {
	var out []string
	for _, p := range all {
		if other[p.way] != nil {
			out = append(out, p.way)
		}
	}
	return out
}
