package table

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"manyi/internal/diag"
)

// form is how a cell stands in its file.
type form uint8

const (
	absent   form = iota // the file or this row has no such cell
	plain                // the text as it stands
	quoted               // CSV in quotes
	doubled              // CSV in quotes, with doubled quotes inside
	inside               // a JSON string without escapes
	escaped              // a JSON string with escapes
	null                 // JSON null
	list                 // a JSON array
	object               // a JSON object
	repeated             // a JSON key that stands twice in the record
)

// cell is where the text of a cell stands in its record: without quotes.
type cell struct {
	from, to int32
	form     form
}

// record is one response: a row of CSV or a line of JSONL in the bytes of the
// file, or what was collected from YAML or a sheet.
type record struct {
	raw     []byte
	line    int // of raw's first byte, from 1
	cells   []cell
	spots   []spot // of collected cells; nil where raw is as in the file
	scratch []byte
}

// spot is where a collected cell stands in its file.
type spot struct {
	from                 int32 // of the cell in raw
	line, column, length int
}

// collect empties the record for the cells of a response that begins in a line.
func (r *record) collect(line int) {
	r.reset(0)
	r.raw, r.spots, r.line = r.raw[:0], append(r.spots[:0], spot{from: -1}), line
}

// put adds the cell of a column. A zero byte keeps cells apart.
func (r *record) put(column int, text string, f form, at spot) {
	at.from = int32(len(r.raw))
	r.raw = append(append(r.raw, text...), 0)
	r.pad(column + 1)
	if r.cells[column].form != absent {
		f = repeated
	}
	r.cells[column] = cell{at.from, int32(len(r.raw) - 1), f}
	r.spots = append(r.spots, at)
}

// text returns what a cell says; valid until the next call.
func (r *record) text(c cell) []byte {
	raw := r.raw[c.from:c.to]
	switch c.form {
	case doubled:
		r.scratch = appendUndoubled(r.scratch[:0], raw)
		return r.scratch
	case escaped:
		r.scratch = appendUnescaped(r.scratch[:0], r.raw[c.from-1:c.to+1])
		return r.scratch
	}
	return raw
}

// place returns where a cell stands, in characters.
func (r *record) place(file string, c cell) diag.Place {
	for _, s := range r.spots {
		if s.from == c.from {
			return diag.Place{File: file, Line: s.line, Column: s.column, Length: s.length}
		}
	}
	from, to := int(c.from), int(c.to)
	switch c.form {
	case quoted, doubled, inside, escaped:
		from, to = from-1, min(to+1, len(r.raw))
	}
	lineStart := bytes.LastIndexByte(r.raw[:from], '\n') + 1
	if i := bytes.IndexByte(r.raw[from:to], '\n'); i >= 0 {
		to = from + i
	}
	return diag.Place{
		File:   file,
		Line:   r.line + bytes.Count(r.raw[:from], []byte("\n")),
		Column: utf8.RuneCount(r.raw[lineStart:from]) + 1,
		Length: utf8.RuneCount(r.raw[from:to]),
	}
}

// reset empties the record for a row of n cells.
func (r *record) reset(n int) {
	clear(r.cells)
	r.cells = r.cells[:0]
	r.pad(n)
}

// pad gives the record n cells, absent where there were fewer.
func (r *record) pad(n int) {
	for len(r.cells) < n {
		r.cells = append(r.cells, cell{})
	}
}

func appendUndoubled(to, raw []byte) []byte {
	for {
		i := bytes.IndexByte(raw, '"')
		if i < 0 {
			return append(to, raw...)
		}
		to = append(to, raw[:i+1]...)
		raw = raw[i+2:]
	}
}

// appendUnescaped appends what a valid JSON string, with its quotes, says.
func appendUnescaped(to, raw []byte) []byte {
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		panic("table: unescape a string that is not JSON: " + err.Error())
	}
	return append(to, s...)
}
