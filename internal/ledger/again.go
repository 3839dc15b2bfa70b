package ledger

import (
	"encoding/binary"
	"hash/maphash"
	"math"
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
	now := f.content(values)
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

// keyHash is the hash of a key: 128 bits, so that two keys of a ledger of any
// size do not meet.
type keyHash [2]uint64

var keySeeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// key is the key of a record; false where the first column of the key is empty.
func (f *file) key(values []parsed) (out keyHash, ok bool) {
	if len(f.keyColumns) == 0 || values[f.keyColumns[0]].text == "" {
		return out, false
	}
	f.buffer = f.buffer[:0]
	for _, k := range f.keyColumns {
		f.buffer = append(append(f.buffer, values[k].text...), 0)
	}
	return keyHash{maphash.Bytes(keySeeds[0], f.buffer), maphash.Bytes(keySeeds[1], f.buffer)}, true
}

// content is a hash of what a record says; columns that say nothing do not count.
func (f *file) content(values []parsed) uint64 {
	b := f.buffer[:0]
	for i := range values {
		v := &values[i]
		if v.empty() {
			continue
		}
		b = append(binary.LittleEndian.AppendUint64(b, uint64(i)), v.text...)
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v.number))
		b = binary.LittleEndian.AppendUint64(b, uint64(v.moment))
		for _, entry := range v.list {
			b = append(append(b, entry...), 0)
		}
	}
	f.buffer = b
	return maphash.Bytes(seed, b)
}
