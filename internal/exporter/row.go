package exporter

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// state says what a cell holds.
type state uint8

const (
	absent state = iota // not shown
	empty               // shown, not answered
	filled
)

// cell is one answer as it is written: a code of the definition, a number or a text.
type cell struct {
	text  string
	list  []string // _order: the entries of a list
	state state
}

// row is one response: a cell for each column, and the multiple choices that
// stand in one column of their file, nil where they do not.
type row struct {
	cells []cell
	lists [][]string // by export.lists, after the codes of the file were replaced
	nulls []bool     // by export.lists: shown, not answered
	whole bool       // the file says by its place that it is complete
}

// scan is what a first pass over the responses found.
type scan struct {
	has      []bool // by column: some row has it
	width    []int  // by column: most bytes of a cell
	chars    []int  // by column: most characters of a cell
	points   []int  // by column: most digits behind the point
	stamped  bool   // some row has _submitted
	unmarked int    // rows that are complete though they have none
	rows     int
	foreign  int // codes of a multiple choice that its definition does not have
}

// each reads the responses in the order of their files and hands every one
// that belongs to the survey to take; the row is valid until the next. Of rows
// with one id only the first is taken. It holds no more than one row and the
// hashes of the ids.
func (x *export) each(problems *diag.List, take func(*row) error) error {
	seed, seen := maphash.MakeSeed(), map[uint64]struct{}{}
	sum := x.sum
	sum.Rows, sum.Duplicate, sum.Unmatched, sum.Rejected = 0, 0, 0, 0
	names := x.reads()
	for i := range x.Sources {
		source := &x.Sources[i]
		t := &taker{export: x, source: source, row: &row{cells: make([]cell, len(x.columns)), lists: make([][]string, len(x.lists)), nulls: make([]bool, len(x.lists))}}
		var failed error
		got, err := table.EachRecord(*source, names, problems, func(e *table.Entry) {
			if failed != nil || !t.read(e) {
				return
			}
			if id := e.Cells[metaID]; id.Has {
				h := maphash.String(seed, t.at+"\x00"+id.Text) // an id may come again in another wave
				if _, twice := seen[h]; twice {
					sum.Duplicate++
					return
				}
				seen[h] = struct{}{}
			}
			sum.Rows++
			failed = take(t.row)
		})
		if err != nil || failed != nil {
			return cmpErr(failed, err)
		}
		sum.Rejected += got.Rejected
	}
	return nil
}

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// reads are the columns that are asked of a file: all metadata first, then
// those of the export, then the multiple choices.
func (x *export) reads() []string {
	names := slices.Clone(metaNames)
	for _, c := range x.columns {
		if !c.Meta {
			names = append(names, c.ID)
		}
	}
	return append(names, x.lists...)
}

// taker turns the records of one file into rows.
type taker struct {
	*export
	source *table.Source
	row    *row
	at     string // the wave of the row
}

// read fills the row; false where the record belongs elsewhere.
func (t *taker) read(e *table.Entry) bool {
	if survey := e.Cells[metaSurvey]; survey.Has && survey.Text != t.Survey.ID {
		t.sum.Unmatched++
		return false
	}
	wave, ok := t.wave(e)
	if !ok {
		t.sum.Unmatched++
		return false
	}
	if t.opt.Wave != "" && wave != t.opt.Wave {
		return false
	}
	t.at = wave
	at := len(metaNames)
	for i, c := range t.columns {
		if c.Meta {
			t.row.cells[i] = metaCell(&e.Cells[slices.Index(metaNames, c.ID)])
			if c.ID == "_wave" && wave != "" {
				t.row.cells[i] = cell{text: wave, state: filled}
			}
			continue
		}
		t.row.cells[i] = t.cell(c, &e.Cells[at])
		at++
	}
	for i, id := range t.lists {
		t.list(i, id, &e.Cells[at+i])
	}
	t.row.whole = !e.Cells[metaSubmitted].Given && (t.source.Whole || !e.Cells[metaSubmitted].Has)
	return true
}

func (t *taker) wave(e *table.Entry) (string, bool) {
	wave := t.source.Wave
	if wave == "" {
		wave = e.Cells[metaWave].Text
	}
	if wave == "" && t.Options.WaveOf != nil {
		wave = t.Options.WaveOf(e.Cells[metaSubmitted].Text)
	}
	return wave, len(t.Options.Waves) == 0 || slices.Contains(t.Options.Waves, wave)
}

func metaCell(c *table.EntryCell) cell {
	switch {
	case !c.Given:
		return cell{}
	case !c.Has:
		return cell{state: empty}
	case c.List != nil:
		return cell{text: strings.Join(c.List, ";"), list: c.List, state: filled}
	}
	return cell{text: c.Text, state: filled}
}

// cell is the answer of one column, the codes of the file replaced by ours.
func (t *taker) cell(c *Column, from *table.EntryCell) cell {
	out := cell{text: from.Text, state: filled}
	switch {
	case !from.Given:
		return cell{}
	case from.List != nil:
		out.text = strings.Join(from.List, ";")
	}
	if out.text == "" {
		out.state = empty
	}
	if to, ok := t.source.Codes[c.ID][out.text]; ok {
		out = recoded(c, to)
	}
	if c.Field.Kind == table.Tick && out.state == empty {
		out.state = absent
	}
	return out
}

// recoded is what a code of the file stands for: a code, or a reason that the
// scale has a code for, or an empty cell.
func recoded(c *Column, to table.Recode) cell {
	switch to.Missing {
	case table.Answered:
		return cell{text: to.Code, state: filled}
	case table.NotShown:
		return cell{}
	case table.Skipped:
		return cell{state: empty}
	}
	for _, o := range c.options() {
		if o.Missing == to.Missing {
			return cell{text: o.Code, state: filled}
		}
	}
	return cell{state: empty}
}

// list reads a multiple choice that stands in one column.
func (t *taker) list(at int, id string, from *table.EntryCell) {
	t.row.lists[at], t.row.nulls[at] = nil, false
	switch {
	case !from.Given:
		return
	case from.List == nil && !from.Has:
		t.row.nulls[at] = true
		return
	}
	codes := from.List
	if codes == nil {
		for code := range strings.SplitSeq(from.Text, ";") {
			if code = strings.TrimSpace(code); code != "" {
				codes = append(codes, code)
			}
		}
	}
	out := make([]string, 0, len(codes))
	for _, code := range codes {
		if to, ok := t.source.Codes[id][code]; ok {
			if to.Missing != table.Answered {
				t.row.nulls[at] = true
				return
			}
			code = to.Code
		}
		out = append(out, code)
	}
	t.row.lists[at] = out
	for i, c := range t.columns { // the same as ticks
		if c.Field.Kind != table.Tick || c.Field.Question != id {
			continue
		}
		tick := "0"
		if slices.Contains(out, c.Field.Option) {
			tick = "1"
		}
		t.row.cells[i] = cell{text: tick, state: filled}
	}
}

// look makes the first pass, once.
func (x *export) look() (*scan, error) {
	if x.scanned != nil {
		return x.scanned, nil
	}
	n := len(x.columns)
	s := &scan{has: make([]bool, n), width: make([]int, n), chars: make([]int, n), points: make([]int, n)}
	submitted := slices.IndexFunc(x.columns, func(c *Column) bool { return c.ID == "_submitted" })
	err := x.each(x.problems, func(r *row) error {
		s.rows++
		for i := range r.cells {
			s.cell(i, &r.cells[i])
		}
		for i, id := range x.lists {
			if r.nulls[i] || r.lists[i] != nil {
				x.listed(s, id, r.lists[i])
			}
		}
		if r.cells[submitted].state == absent {
			s.unmarked++
		} else {
			s.stamped = true
		}
		return nil
	})
	x.scanned = s
	if s.stamped && s.unmarked > 0 {
		x.lost(diag.Place{File: x.Survey.File}, diag.Say("%d complete responses have no time of submission: beside others that have one they will be read as partial", s.unmarked))
	}
	if s.foreign > 0 {
		x.lost(diag.Place{File: x.Survey.File}, diag.Say("%d ticks of options that the definition does not have are left out of columns of ticks", s.foreign))
	}
	return s, err
}

func (s *scan) cell(i int, c *cell) {
	if c.state == absent {
		return
	}
	s.has[i] = true
	s.width[i], s.chars[i] = max(s.width[i], len(c.text)), max(s.chars[i], utf8.RuneCountInString(c.text))
	if _, digits, ok := strings.Cut(c.text, "."); ok {
		s.points[i] = max(s.points[i], len(digits))
	}
}

// listed notes the columns of a multiple choice that came as one.
func (x *export) listed(s *scan, id string, codes []string) {
	known := 0
	for i, c := range x.columns {
		if c.Field.Kind == table.Tick && c.Field.Question == id {
			s.has[i], s.width[i] = true, max(s.width[i], 1)
			if slices.Contains(codes, c.Field.Option) {
				known++
			}
		}
	}
	s.foreign += len(codes) - known
}

// shown are the columns that some row has, by their places.
func (x *export) shown() ([]int, error) {
	s, err := x.look()
	if err != nil {
		return nil, err
	}
	var out []int
	for i := range x.columns {
		if s.has[i] {
			out = append(out, i)
		}
	}
	return out, nil
}

// labelOf is the label of a code, the code where there is none.
func (x *export) labelOf(c *Column, code string) string {
	if c.Field.Kind != table.Choice {
		return code
	}
	i := slices.IndexFunc(c.options(), func(o survey.Option) bool { return o.Code == code })
	if i < 0 {
		return code
	}
	if label := x.text(c.options()[i].Label); label != "" {
		return label
	}
	return code
}
