package exporter

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// csv writes the responses under our own column names, so that the file is
// read back as it is: a tick is 0 or 1, an empty cell is not answered, and an
// empty cell of a tick was not shown. Texts that a spreadsheet would run are
// guarded, which the last column's header says (table.GuardColumn).
func (x *export) csv() error {
	if x.opt.Computed {
		return x.computed(x.Survey.ID+".csv", "")
	}
	return x.file(x.Survey.ID+".csv", x.writeCSV)
}

func (x *export) writeCSV(to io.Writer) error {
	shown, err := x.shown()
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(to, 1<<16)
	var line []byte
	if x.opt.Excel {
		line = append(line, "\uFEFF"...)
	}
	for _, i := range shown {
		line = append(appendCell(line, x.columns[i].ID), ',')
	}
	line = append(append(line, table.GuardColumn...), '\n')
	if _, err := w.Write(line); err != nil {
		return err
	}
	nulls := 0
	err = x.each(&diag.List{}, func(r *row) error {
		line = line[:0]
		if slices.Contains(r.nulls, true) {
			nulls++
		}
		for _, i := range shown {
			line = append(x.appendCSV(line, x.columns[i], &r.cells[i]), ',')
		}
		_, err := w.Write(append(line, '\n'))
		return err
	})
	if nulls > 0 {
		x.lost(diag.Place{File: x.Survey.File}, diag.Say("%d responses skipped a multiple choice that they were shown; CSV can only say that it was not shown, JSONL keeps it", nulls))
	}
	return cmpErr(err, w.Flush())
}

// appendCSV appends one cell: codes and numbers bare, texts guarded and in quotes.
func (x *export) appendCSV(to []byte, c *Column, v *cell) []byte {
	if v.text == "" {
		return to
	}
	switch c.Field.Kind {
	case table.Number, table.Tick:
		return appendCell(to, v.text)
	case table.Choice:
		if x.opt.Labels {
			return appendQuoted(to, table.Guard(x.labelOf(c, v.text)))
		}
		if integer.MatchString(v.text) {
			return append(to, v.text...)
		}
		return appendCell(to, table.Guard(v.text))
	}
	return appendQuoted(to, table.Guard(v.text))
}

// appendCell appends a cell, in quotes where it needs them.
func appendCell(to []byte, s string) []byte {
	if strings.ContainsAny(s, ",;\t|\"\r\n ") {
		return appendQuoted(to, s)
	}
	return append(to, s...)
}

func appendQuoted(to []byte, s string) []byte {
	to = append(to, '"')
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			return append(append(to, s...), '"')
		}
		to = append(append(to, s[:i+1]...), '"')
		s = s[i+1:]
	}
}

// jsonl writes canonical records: one object a line, multiple choices as
// lists; what was not shown is absent, what was shown and left empty is null.
func (x *export) jsonl() error {
	return x.file(x.Survey.ID+".jsonl", func(to io.Writer) error {
		w := bufio.NewWriterSize(to, 1<<16)
		j := newRecords(x)
		if _, err := x.shown(); err != nil { // the pass that tells what cannot be kept
			return err
		}
		err := x.each(&diag.List{}, func(r *row) error {
			_, err := w.Write(j.line(r))
			return err
		})
		return cmpErr(err, w.Flush())
	})
}

// records writes rows as JSON.
type records struct {
	*export
	buffer []byte
	ticks  [][]int // by list: the places of its ticks
	list   []int   // by column: the list it is a tick of, -1
}

func newRecords(x *export) *records {
	j := &records{export: x, ticks: make([][]int, len(x.lists)), list: make([]int, len(x.columns))}
	for i, c := range x.columns {
		j.list[i] = -1
		if c.Field.Kind == table.Tick {
			at := slices.Index(x.lists, c.Field.Question)
			j.list[i], j.ticks[at] = at, append(j.ticks[at], i)
		}
	}
	return j
}

func (j *records) line(r *row) []byte {
	j.buffer = append(j.buffer[:0], '{')
	for i, c := range j.columns {
		if at := j.list[i]; at >= 0 {
			if j.ticks[at][0] == i {
				j.choice(at, r)
			}
			continue
		}
		v := &r.cells[i]
		switch {
		case v.state == absent:
			continue
		case v.state == empty:
			j.key(c.ID)
			j.buffer = append(j.buffer, "null"...)
		case v.list != nil:
			j.key(c.ID)
			j.strings(v.list)
		default:
			j.key(c.ID)
			j.value(c, v.text)
		}
	}
	return append(j.buffer, "}\n"...)
}

func (j *records) key(name string) {
	if len(j.buffer) > 1 {
		j.buffer = append(j.buffer, ',')
	}
	j.string(name)
	j.buffer = append(j.buffer, ':')
}

// value is a number where the column holds numbers, else a string: a code stays as it is written.
func (j *records) value(c *Column, text string) {
	if (c.Field.Kind == table.Number || c.ID == "_version" || c.ID == "_ms") && json.Valid([]byte(text)) && (text[0] == '-' || text[0] >= '0' && text[0] <= '9') {
		j.buffer = append(j.buffer, text...)
		return
	}
	if c.Field.Kind == table.Choice && integer.MatchString(text) {
		j.buffer = append(j.buffer, text...)
		return
	}
	j.string(text)
}

func (j *records) string(s string) {
	b, err := json.Marshal(s)
	if err != nil {
		panic("exporter: a string that is no JSON: " + err.Error())
	}
	j.buffer = append(j.buffer, b...)
}

func (j *records) strings(list []string) {
	j.buffer = append(j.buffer, '[')
	for i, s := range list {
		if i > 0 {
			j.buffer = append(j.buffer, ',')
		}
		j.string(s)
	}
	j.buffer = append(j.buffer, ']')
}

// choice writes a multiple choice: as the list it came as, else its ticks as a
// list, else, where a tick is no tick, each for itself.
func (j *records) choice(at int, r *row) {
	if r.nulls[at] {
		j.key(j.lists[at])
		j.buffer = append(j.buffer, "null"...)
		return
	}
	codes, some := r.lists[at], r.lists[at] != nil
	if !some {
		for _, i := range j.ticks[at] {
			v := &r.cells[i]
			switch strings.ToLower(v.text) {
			case "1", "true", "1.0":
				codes = append(codes, j.columns[i].Field.Option)
			case "", "0", "false", "0.0":
			default:
				j.each(at, r)
				return
			}
			some = some || v.state == filled
		}
	}
	if some {
		j.key(j.lists[at])
		j.strings(codes)
	}
}

// each writes every tick as it stands.
func (j *records) each(at int, r *row) {
	for _, i := range j.ticks[at] {
		if v := &r.cells[i]; v.state == filled {
			j.key(j.columns[i].ID)
			j.string(v.text)
		}
	}
}
