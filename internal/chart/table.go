package chart

import (
	"math"
	"strconv"
	"strings"
)

// Cell is one formatted cell of the figure's table.
type Cell struct {
	Text   string
	Number bool
	Mark   string  // letters beside the number
	Value  float64 // the number in full precision, NaN where the cell has none
	Format Format  // of Value
}

// Table returns the heading and the rows as they are shown: formatted numbers, words for missing ones.
func (f *Figure) Table() (head []Cell, rows [][]Cell) {
	words, grouped := f.words(), f.grouped()
	head = append(make([]Cell, 0, len(f.Columns)+2), Cell{Text: words.Row})
	if grouped {
		head = append([]Cell{{}}, head...)
	}
	for _, column := range f.Columns {
		label := column.Label
		if label == "" && column.Role == Base {
			label = words.Base
		}
		if column.Letter != "" {
			label += " (" + column.Letter + ")"
		}
		head = append(head, Cell{Text: label, Number: true})
	}
	if f.outlying() {
		head = append(head, Cell{Text: f.say("离群值", "Outliers")})
	}
	rows = make([][]Cell, len(f.Rows))
	for i := range f.Rows {
		rows[i] = f.tableRow(&f.Rows[i], words, grouped)
	}
	return head, rows
}

// grouped reports whether rows have a series, which is then the first column.
func (f *Figure) grouped() bool {
	for i := range f.Rows {
		if f.Rows[i].Series != "" {
			return true
		}
	}
	return false
}

// tableRow writes the words of a hidden row in its first number's place.
func (f *Figure) tableRow(r *Row, words Words, grouped bool) []Cell {
	cells := make([]Cell, 0, len(f.Columns)+2)
	if grouped {
		cells = append(cells, Cell{Text: r.Series})
	}
	cells = append(cells, Cell{Text: r.Label})
	for i, column := range f.Columns {
		cell := Cell{Text: f.cellText(r, i), Number: true, Mark: r.mark(i).Letters, Value: r.cell(i), Format: column.Format}
		if r.Count || column.Role == Base {
			cell.Format = Format{}
		}
		if f.boxed() && !finite(r.cell(i)) {
			cell.Text, cell.Value = "", math.NaN() // a column of arrows says nothing of a box
		}
		if m := r.mark(i); column.Role == Part && m.hidden() {
			cell.Text, cell.Value = f.absentCell(words, m), math.NaN()
		}
		if i == 0 && r.hidden() {
			cell = Cell{Text: f.absent(words, r), Value: math.NaN()}
		}
		cells = append(cells, cell)
	}
	if f.outlying() {
		cells = append(cells, Cell{Text: f.outlierText(r)})
	}
	return cells
}

// CSV returns the table with full-precision numbers: UTF-8 with BOM, RFC 4180,
// cells that a spreadsheet would take for a formula are prefixed with an apostrophe.
// Its headings are "label", the columns' ids and "state" (too_few, suppressed,
// empty or nothing); "series" comes first when a row has one.
func (f *Figure) CSV() []byte {
	b := append(make([]byte, 0, 1<<10), "\uFEFF"...)
	grouped := f.grouped()
	if grouped {
		b = append(b, "series,"...)
	}
	b = append(b, "label"...)
	for _, column := range f.Columns {
		b = appendText(append(b, ','), column.ID)
		if f.annotated() {
			b = appendText(append(b, ','), column.ID+"_mark")
		}
	}
	if f.outlying() {
		b = append(b, ",outliers"...)
	}
	b = append(b, ",state\r\n"...)
	for i := range f.Rows {
		r := &f.Rows[i]
		if grouped {
			b = append(appendText(b, r.Series), ',')
		}
		b = appendText(b, r.Label)
		for j := range f.Columns {
			b = append(b, ',')
			if v := r.cell(j); finite(v) {
				b = strconv.AppendFloat(b, v, 'f', -1, 64)
			}
			if f.annotated() {
				b = appendText(append(b, ','), r.mark(j).text())
			}
		}
		if f.outlying() {
			b = appendOutliers(append(b, ','), r)
		}
		b = append(append(append(b, ','), r.State...), "\r\n"...)
	}
	return b
}

// appendText appends a CSV field that no spreadsheet runs as a formula.
// Source: OWASP, "CSV Injection"; full-width signs count too.
func appendText(b []byte, s string) []byte {
	if strings.HasPrefix(s, "'") || strings.IndexAny(strings.TrimLeft(s, " \u00A0\u3000"), "=+-@\t\r\n＝＋－＠") == 0 {
		s = "'" + s
	}
	if !strings.ContainsAny(s, ",\"\r\n") && strings.TrimSpace(s) == s {
		return append(b, s...)
	}
	return append(append(append(b, '"'), strings.ReplaceAll(s, `"`, `""`)...), '"')
}
