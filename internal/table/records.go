package table

import (
	"bytes"
	"fmt"
	"math"

	"manyi/internal/diag"
)

// Entry is one row of a file of records: a cell for each column asked for, in
// that order. It is valid until the next row.
type Entry struct {
	Line  int
	Cells []EntryCell
	Left  int // about how many rows follow; 0 where nothing is known
}

// EntryCell is what stands in one cell. Text is trimmed.
type EntryCell struct {
	Text  string
	List  []string // the entries of a JSON or YAML list, nil where it is none
	Has   bool     // the file has the column and the cell holds something
	Given bool     // the row has the cell, though it may be empty or null
	Fault diag.Phrase

	cell cell
	from *reader
	rec  *record
}

// Place is where the cell stands in its file.
func (c *EntryCell) Place() diag.Place {
	if c.rec == nil || c.cell.form == absent {
		return diag.Place{}
	}
	return c.rec.place(c.from.part.source.Name, c.cell)
}

// Recorded accounts for one file of records: Read is all rows, Rejected those
// that are no record. Columns says which of the columns asked for it has.
type Recorded struct {
	Read, Rejected int
	Columns        []bool
	Unknown        []string // columns of the file that nobody asked for
}

// entrySample is how many rows tell how long a row is.
const entrySample = 500

// EachRecord reads one file of records, such as complaints or transactions, and
// hands every row to take. It reads the formats and encodings of Read, under
// the same limits; columns are names after the mapping of the source. The text
// of a cell is as it stands: what it means is the caller's matter.
func EachRecord(source Source, columns []string, problems *diag.List, take func(*Entry)) (Recorded, error) {
	schema := &Schema{}
	for _, name := range columns {
		schema.Fields = append(schema.Fields, Field{ID: name, Kind: Text})
	}
	p := newPlan(schema, Options{})
	p.records, p.chunk = true, math.MaxInt64
	in, err := open(&source)
	if err != nil {
		return Recorded{}, err
	}
	defer in.file.Close()
	r := newReader(p, &source)
	e := &Entry{}
	rows, size := 0, 0
	r.take = func(rec *record) {
		r.entry(e, rec, len(columns))
		if rows++; rows <= entrySample {
			size += len(rec.raw) + 1
			e.Left = int(max(in.size, 0)) * rows / size
		}
		e.Left--
		take(e)
	}
	if _, err := r.read(in); err != nil {
		return Recorded{}, fmt.Errorf("read records %q: %w", source.Name, err)
	}
	problems.Merge(&r.part.problems)
	out := Recorded{Read: r.part.count.Read, Rejected: r.part.count.Rejected, Columns: make([]bool, len(columns)), Unknown: r.part.unknown}
	for _, b := range r.fields {
		out.Columns[b.field] = true
	}
	return out, nil
}

// entry fills e with the cells of a record.
func (r *reader) entry(e *Entry, rec *record, columns int) {
	e.Line = rec.line
	if e.Cells == nil {
		e.Cells = make([]EntryCell, columns)
	}
	clear(e.Cells)
	for _, b := range r.fields {
		if b.column >= len(rec.cells) {
			continue
		}
		c := &e.Cells[b.field]
		c.cell, c.from, c.rec = rec.cells[b.column], r, rec
		c.Given = c.cell.form != absent
		switch c.cell.form {
		case absent, null:
		case object, repeated:
			c.Has, c.Fault = true, diag.Say("a list or an object stands where one value belongs")
		case list:
			c.List = append([]string{}, r.entries(rec, c.cell)...)
			c.Has = len(c.List) > 0
		default:
			r.single(c, trim(rec.text(c.cell)))
		}
	}
}

// single fills the cell of one value.
func (r *reader) single(c *EntryCell, text []byte) {
	c.Has, c.Text = len(text) > 0, string(text)
	if d := damagedName(text); d != whole {
		c.Fault = diag.Say("it looks damaged by a spreadsheet: %s", d.words())
	} else if r.garbled(text) {
		c.Fault = diag.Say("its text is in another encoding than the file")
	}
}

// entries are the single values of a JSON list.
func (r *reader) entries(rec *record, c cell) []string {
	var out []string
	at := int(c.from) + 1
	for {
		at = skipSpace(rec.raw, at)
		switch rec.raw[at] {
		case ']':
			return out
		case ',':
			at++
			continue
		}
		value, next := jsonValue(rec.raw, at)
		at = next
		if value.form == plain || value.form == inside || value.form == escaped {
			out = append(out, string(trim(rec.text(value))))
		}
	}
}

// ParseNumber reads a decimal as Read does: full-width digits count, thousands
// separators and units do not.
func ParseNumber(text string) (float64, bool) {
	var scratch []byte
	return parseNumber(fold(bytes.TrimSpace([]byte(text)), &scratch))
}
