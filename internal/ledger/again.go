package ledger

import (
	"fmt"
	"hash/maphash"
	"strconv"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// again reports and counts a record whose key was there before: with the same
// content it is a duplicate, with another a conflict, of which the first record
// is kept.
func (f *file) again(values []parsed, e *table.Entry) bool {
	key, ok := f.key(values)
	if !ok {
		return false
	}
	now := content(values)
	keys := f.joins.keys
	if f.form {
		keys = f.joins.answers
	}
	first, seen := keys[key]
	if !seen {
		keys[key] = now
		if f.form {
			f.joins.rows[key] = f.ledger.Rows // where it is about to stand
		}
		return false
	}
	if first == now {
		f.ledger.Count.Duplicate++
		f.problems.Add(diag.Problem{
			Severity: diag.Note, Code: "duplicates", Place: diag.Place{File: f.source.Name, Line: e.Line},
			Summary: diag.Say("the record repeats another one of ledger %q", f.schema.Name), Cure: diag.Say("each is counted once"),
		})
		return true
	}
	f.ledger.Count.Conflict++
	f.problems.Add(diag.Problem{
		Severity: diag.Warning, Code: "conflict", Place: diag.Place{File: f.source.Name, Line: e.Line},
		Summary: diag.Say("ledger %q has another record with the same %s and other content; the first is kept", f.schema.Name, strings.Join(f.schema.Key, " + ")),
		Cure:    diag.Say("correct one of them or delete it"),
	})
	return true
}

// key is the key of a record; false where the first column of the key is empty.
func (f *file) key(values []parsed) (string, bool) {
	var b strings.Builder
	for i, name := range f.schema.Key {
		for k, c := range f.schema.Columns {
			if c.Name != name {
				continue
			}
			if values[k].text == "" && i == 0 {
				return "", false
			}
			b.WriteString(values[k].text + "\x00")
		}
	}
	return b.String(), true
}

// content is a hash of what a record says.
func content(values []parsed) uint64 {
	var b strings.Builder
	for _, v := range values {
		fmt.Fprintf(&b, "%s\x00%s\x00%d\x00%q\x00", v.text, strconv.FormatFloat(v.number, 'g', -1, 64), v.time.UnixNano(), v.list)
	}
	return maphash.String(seed, b.String())
}
