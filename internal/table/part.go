package table

import (
	"crypto/sha256"
	"encoding/binary"
	"math"

	"manyi/internal/diag"
)

// part is what one file gave, before rows are joined into waves.
type part struct {
	source   *Source
	problems diag.List
	count    Count     // Read, Rejected and Unmatched; the rest is known after joining
	open     int       // unmatched rows whose _submitted is empty
	keyless  int       // unmatched rows without _submitted
	unknown  []string  // columns
	columns  []*column // by field, nil where the file has none

	rows    int
	waves   []string // the waves of its rows
	wave    []uint16 // by row, index into waves
	state   []state  // by row
	days    []uint32 // by row, of _submitted as yyyymmdd, 0 where unknown; nil where the file has no _submitted
	weights []float64
	idents  []ident // by row; nil where the file has no _id
	bad     []badRow

	only         int // the wave all its rows count in, -1 where there are several or rows are dropped
	hasSubmitted bool
	hasWeight    bool
}

// state is how far a response got.
type state uint8

const (
	submitted   state = iota // _submitted holds something
	unsubmitted              // _submitted is empty
	unstamped                // the row has no _submitted
)

// partial reports whether a row is no complete response.
func (p *part) partial(s state) bool {
	return s == unsubmitted || s == unstamped && p.hasSubmitted && !p.source.Whole
}

// badRow is a row with cells that broke the definition.
type badRow struct{ row, cells int32 }

// ident is what tells responses apart: hashes, so that no text is kept.
type ident struct {
	id      [2]uint64 // zero without an id
	content uint64
	line    uint32
}

// column is the cells of one field in one file.
type column struct {
	field   *Field
	codes   *codes
	cells   []uint8
	wide    []uint16
	numbers []float64
	values  []string          // Open: in order of appearance
	index   map[string]uint16 // Open: value -> index into values
}

// put appends a cell value.
func (c *column) put(value uint16) {
	if c.codes.wide {
		c.wide = append(c.wide, value)
		return
	}
	c.cells = append(c.cells, narrow(value))
	if c.field.Kind == Number {
		c.numbers = append(c.numbers, math.NaN())
	}
}

func (c *column) miss(reason Reason) { c.put(WideBase + uint16(reason)) }

func (c *column) putNumber(v float64) {
	c.cells = append(c.cells, 0)
	c.numbers = append(c.numbers, v)
}

// column returns the part's column of a field, with NotShown in the rows before.
func (r *reader) column(field int) *column {
	c := r.part.columns[field]
	if c != nil {
		return c
	}
	f := &r.plan.schema.Fields[field]
	c = &column{field: f, codes: r.plan.codes[field]}
	if own := r.part.source.Codes[f.ID]; len(own) > 0 {
		c.codes = newCodes(f, own)
	}
	if f.Kind == Open {
		c.index = map[string]uint16{}
	}
	for range r.part.rows {
		c.miss(NotShown)
	}
	r.part.columns[field] = c
	return c
}

// hash returns the first 128 bits of the SHA-256 of b, never zero.
func hash(b []byte) [2]uint64 {
	sum := sha256.Sum256(b)
	h := [2]uint64{binary.LittleEndian.Uint64(sum[:]), binary.LittleEndian.Uint64(sum[8:])}
	if h == [2]uint64{} {
		h[0] = 1
	}
	return h
}

// addText counts an answer that its column does not show whole into the
// content of the row. Sums do not depend on the order of the columns.
func (r *reader) addText(field int, text []byte) {
	if r.metas[metaID] < 0 {
		return
	}
	r.scratch = binary.AppendUvarint(r.scratch[:0], uint64(field))
	r.scratch = append(r.scratch, text...)
	r.texts += hash(r.scratch)[0]
}

// content returns the hash of the last row's answers: equal whatever the
// file's form and order of columns.
func (r *reader) content() uint64 {
	b := r.scratch[:0]
	for _, c := range r.part.columns {
		if c == nil {
			b = append(b, MissingBase+uint8(NotShown))
			continue
		}
		b = c.appendContent(b)
	}
	b = binary.LittleEndian.AppendUint64(b, r.texts)
	r.scratch = b
	return hash(b)[0]
}

// appendContent appends the last cell so that it reads the same in every
// file. The index of an Open cell does not: its text goes through addText.
func (c *column) appendContent(b []byte) []byte {
	if !c.codes.wide {
		v := c.cells[len(c.cells)-1]
		b = append(b, v)
		if c.field.Kind == Number && v < MissingBase {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(c.numbers[len(c.numbers)-1]))
		}
		return b
	}
	v := c.wide[len(c.wide)-1]
	switch {
	case v >= WideBase:
		return append(b, narrow(v))
	case c.field.Kind == Open:
		return append(b, 0)
	}
	return binary.LittleEndian.AppendUint16(append(b, 0), v)
}
