package table

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"slices"

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

	rows      int
	waves     []string // the waves of its rows
	wave      []uint16 // by row, index into waves
	state     []state  // by row
	days      []uint32 // by row, of _submitted as yyyymmdd, 0 where unknown; nil where the file has no _submitted
	weights   []float64
	idents    []ident // by row; nil where the file has no _id
	bad       []badRow
	aside     aside
	others    []int32 // rows of another version of the questionnaire
	simulated []int32
	turned    []turned
	used      []used
	field     []fieldRow // by row; nil where nothing is known of its fieldwork
	words     []string   // languages and modes of field
	wordAt    map[string]uint16
	alike     map[fieldKey]int // how many rows count alike

	only         int // the wave all its rows count in, -1 where there are several or rows are dropped
	hasSubmitted bool
	hasWeight    bool
	later        bool // not the first chunk of its file
}

// grow makes room for n more rows.
func (p *part) grow(n int) {
	for _, c := range p.columns {
		switch {
		case c == nil:
		case c.codes.wide:
			c.wide = slices.Grow(c.wide, n)
		default:
			c.cells = slices.Grow(c.cells, n)
			if c.field.Kind == Number {
				c.numbers = slices.Grow(c.numbers, n)
			}
		}
	}
	p.wave, p.state = slices.Grow(p.wave, n), slices.Grow(p.state, n)
	if p.idents != nil {
		p.idents = slices.Grow(p.idents, n)
	}
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
	id    [2]uint64 // zero without an id
	texts uint64    // of the answers that the columns do not show whole
	line  uint32
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
	marked  []int32           // Text: by row the number of its list in marks; may be shorter than the rows
	marks   marks
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

// hash returns 128 bits of a hash of b that nobody outside can foresee, never
// zero. Two texts have the same with a chance of 2⁻¹²⁸: results do not depend
// on the seed.
func (p *plan) hash(b []byte) [2]uint64 {
	h := [2]uint64{maphash.Bytes(p.seeds[0], b), maphash.Bytes(p.seeds[1], b)}
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
	r.texts += r.plan.hash(r.scratch)[0]
}

// sameAnswers reports whether two rows hold the same, whatever form and order
// of columns their files have.
func sameAnswers(p *part, row int, q *part, at int) bool {
	if p.idents[row].texts != q.idents[at].texts {
		return false
	}
	for f := range p.columns {
		if !p.columns[f].equal(row, q.columns[f], at) {
			return false
		}
	}
	return true
}

// equal compares two cells of a field; a column is nil where its file has none.
// The index of an Open cell differs from file to file: texts tell.
func (c *column) equal(row int, d *column, at int) bool {
	v, w := c.value(row), d.value(at)
	switch {
	case v >= WideBase || w >= WideBase || c.field.Kind == Choice || c.field.Kind == Tick:
		return v == w
	case c.field.Kind == Number:
		return c.numbers[row] == d.numbers[at]
	}
	return true
}

// value returns a cell as it was put.
func (c *column) value(row int) uint16 {
	switch {
	case c == nil:
		return WideBase + uint16(NotShown)
	case c.codes.wide:
		return c.wide[row]
	case c.cells[row] >= MissingBase:
		return WideBase + uint16(c.cells[row]-MissingBase)
	}
	return uint16(c.cells[row])
}
