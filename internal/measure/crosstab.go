package measure

import (
	"encoding/json"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// Crosstab is questions by questions: a table for every pair of a row and a
// column question. With one pair its figures stand at the top too. It counts
// responses of positive weight that answered both, in the whole wave only: a
// split by a segment would be a table of three questions.
type Crosstab struct {
	Common
	*Crossed
	Tables []*Crossed `json:"tables"`
}

// Crossed is one row question by one column question. The test is Pearson's
// chi-squared; with weights Rao and Scott's F of it. Where cells are hidden, the
// rows or columns that have one are tested as one, so that the figures tell
// nothing that the table does not show.
type Crossed struct {
	Rows       string      `json:"rows"`
	Columns    string      `json:"columns"`
	Multiple   bool        `json:"multiple,omitempty"` // rows are options of a multiple choice: no test, column shares of those who were asked
	Table      *CrossTable `json:"table"`
	ChiSquared Number      `json:"chi_squared"`
	DF         Number      `json:"df"`
	P          Number      `json:"p"`
	CramersV   Number      `json:"cramers_v"`
	Corrected  Number      `json:"cramers_v_corrected"` // Bergsma's, without most of the upward bias
	Effect     string      `json:"effect_size,omitempty"`
	Residuals  [][]Number  `json:"residuals"` // adjusted and standardised
	Test       string      `json:"test,omitempty"`
	Pooled     *Pooled     `json:"pooled,omitempty"`
	LowCells   int         `json:"expected_under_5"` // cells of the tested table
	Notes      []string    `json:"notes,omitempty"`
	hidden     [][]bool
	cells      [][]stat.Point
	totals     []stat.Point // of the columns; of a multiple choice: who was asked
	design     int
	weights    bool
	minCell    int
	rowTotals  []stat.Point
}

// Pooled names the codes that the test takes as one, because cells are hidden.
type Pooled struct {
	Rows    []string `json:"rows,omitempty"`
	Columns []string `json:"columns,omitempty"`
}

// CrossTable is the cells with their totals.
type CrossTable struct {
	Rows         []string       `json:"rows"`
	Columns      []string       `json:"columns"`
	N            int            `json:"n"`
	Cells        [][]*CrossCell `json:"cells"`
	RowTotals    []*CrossCell   `json:"row_totals"`
	ColumnTotals []*CrossCell   `json:"column_totals"`
}

// CrossCell is one cell: its responses and its shares, weighted where the
// survey is. Above are the columns whose share is clearly lower.
type CrossCell struct {
	N           int
	RowShare    Number
	ColumnShare Number
	Above       []string
	Suppressed  bool
}

// MarshalJSON leaves nothing but the reason of a suppressed cell.
func (c *CrossCell) MarshalJSON() ([]byte, error) {
	if c.Suppressed {
		return suppressed, nil
	}
	return json.Marshal(struct {
		N           int      `json:"n"`
		RowShare    Number   `json:"row_share"`
		ColumnShare Number   `json:"column_share"`
		Above       []string `json:"above,omitempty"`
	}{c.N, c.RowShare, c.ColumnShare, c.Above})
}

// Notes on a table.
const (
	ExpectedLow = "expected_low" // over a fifth of the expected counts are under 5, or one is under 1
	CellsPooled = "cells_pooled"
	NoTest      = "no_test"
)

func (w *wave) crosstab(a survey.Analysis, g groups) []Analysis {
	if a.Crosstab == nil || len(g.codes) != 1 || g.codes[0] != "" {
		return nil
	}
	out := &Crosstab{Common: Common{Method: "crosstab", Warnings: []string{}}, Tables: []*Crossed{}}
	type pair struct{ row, column asked }
	var pairs []pair
	for _, row := range w.tabulated(a.Crosstab.Rows) {
		for _, column := range w.tabulated(a.Crosstab.Columns) {
			if row.item.ID != column.item.ID {
				pairs = append(pairs, pair{row, column})
			}
		}
	}
	found := make([]*Crossed, len(pairs))
	each(len(pairs), func(i int) {
		found[i] = w.cross(pairs[i].row, pairs[i].column)
	})
	for _, c := range found {
		if c != nil {
			out.Tables = append(out.Tables, c)
			out.N = max(out.N, c.Table.N)
		}
	}
	for _, ids := range [][]string{a.Crosstab.Rows, a.Crosstab.Columns} {
		for _, one := range w.tabulated(ids) {
			if c := w.columns[one.item.ID]; c != nil && len(c.Codes) > maxGroups {
				out.warn(TooManyGroups + ":" + one.item.ID)
			}
		}
	}
	if len(out.Tables) == 1 {
		out.Crossed = out.Tables[0]
	}
	return []Analysis{out}
}

// tabulated are the items of some names; a matrix stands for its rows.
func (w *wave) tabulated(ids []string) []asked {
	var out []asked
	for _, id := range ids {
		for _, a := range w.items {
			if a.item.ID == id || a.item.Row != nil && a.item.Question.ID == id {
				out = append(out, a)
			}
		}
	}
	return out
}

// categories are the codes of an item and, of a response, which it has: one,
// or some options of a multiple choice. Nil where no file has it.
type categories struct {
	codes   []string
	one     *table.Column
	options []*table.Column
}

func (w *wave) categories(a asked) *categories {
	if a.item.Type == survey.MultipleChoice {
		c := &categories{codes: a.item.Scale.Codes()}
		found := false
		for _, code := range c.codes {
			o := w.columns[a.item.ID+"_"+code]
			if o != nil && o.Absent {
				o = nil
			}
			found = found || o != nil
			c.options = append(c.options, o)
		}
		if !found {
			return nil
		}
		return c
	}
	c := w.columns[a.item.ID]
	if c == nil || c.Absent || c.Field.Kind == table.Number || c.Field.Kind == table.Text || len(c.Codes) > maxGroups {
		return nil
	}
	return &categories{codes: c.Codes, one: c}
}

// cross counts one pair of questions.
func (w *wave) cross(row, column asked) *Crossed {
	down, across := w.categories(row), w.categories(column)
	if down == nil || across == nil || across.one == nil {
		return nil
	}
	c := &Crossed{Rows: row.item.ID, Columns: column.item.ID, Multiple: down.one == nil, weights: w.weights != nil, minCell: w.minCell, hidden: w.finerCells(row.item.ID, column.item.ID)}
	c.cells = make([][]stat.Point, len(down.codes))
	for i := range c.cells {
		c.cells[i] = make([]stat.Point, len(across.codes))
	}
	c.totals, c.rowTotals = make([]stat.Point, len(across.codes)), make([]stat.Point, len(down.codes))
	for i := range w.table.Rows {
		j, why := across.one.Code(i)
		if why != table.Answered {
			continue
		}
		if down.one != nil {
			if k, reason := down.one.Code(i); reason == table.Answered {
				c.count(k, j, w.weight(i))
			}
			continue
		}
		c.countTicks(down.options, i, j, w.weight(i))
	}
	c.finish(down.codes, across.codes)
	return c
}

func (c *Crossed) count(row, column int, weight float64) {
	c.cells[row][column] = plus(c.cells[row][column], weight)
	c.rowTotals[row] = plus(c.rowTotals[row], weight)
	c.totals[column] = plus(c.totals[column], weight)
	if weight > 0 {
		c.design++
	}
}

// countTicks counts the options of one response to a multiple choice.
func (c *Crossed) countTicks(options []*table.Column, row, column int, weight float64) {
	answered := false
	for k, o := range options {
		if o == nil {
			continue
		}
		code, why := o.Code(row)
		answered = answered || why == table.Answered
		if code == 1 {
			c.cells[k][column] = plus(c.cells[k][column], weight)
			c.rowTotals[k] = plus(c.rowTotals[k], weight)
		}
	}
	if answered {
		c.totals[column] = plus(c.totals[column], weight)
		if weight > 0 {
			c.design++
		}
	}
}

// finish turns the counts into shares, tests and letters, and hides what is small.
func (c *Crossed) finish(rows, columns []string) {
	n := make([][]int, len(c.cells))
	for i, row := range c.cells {
		for _, p := range row {
			n[i] = append(n[i], p.N)
		}
	}
	h := hideMoreCells(c.hidden, n, pointCounts(c.rowTotals), pointCounts(c.totals), c.design, c.minCell, c.Multiple)
	c.hidden = h.cells
	c.Table = &CrossTable{Rows: rows, Columns: columns, N: c.design, Cells: make([][]*CrossCell, len(rows))}
	all := stat.Point{}
	for j, p := range c.totals {
		all = join(all, p)
		c.Table.ColumnTotals = append(c.Table.ColumnTotals, &CrossCell{N: p.N, ColumnShare: 1, Suppressed: h.columns[j]})
	}
	for j, cell := range c.Table.ColumnTotals {
		cell.RowShare = part(c.totals[j], all)
	}
	for i, row := range c.cells {
		c.Table.RowTotals = append(c.Table.RowTotals, &CrossCell{N: c.rowTotals[i].N, RowShare: 1, ColumnShare: part(c.rowTotals[i], all), Suppressed: h.rows[i]})
		for j, p := range row {
			c.Table.Cells[i] = append(c.Table.Cells[i], &CrossCell{N: p.N, RowShare: part(p, c.rowTotals[i]), ColumnShare: part(p, c.totals[j]), Suppressed: c.hidden[i][j]})
		}
		c.compareColumns(i)
	}
	c.residuals(h)
	c.test(h)
}

func join(a, b stat.Point) stat.Point {
	a.N, a.W, a.W2 = a.N+b.N, a.W+b.W, a.W2+b.W2
	return a
}

func pointCounts(points []stat.Point) []int {
	out := make([]int, len(points))
	for i, p := range points {
		out[i] = p.N
	}
	return out
}

// compareColumns compares the shares of one row between every two columns:
// pooled z, with weights Welch's form on linearised errors; Holm over the pairs.
func (c *Crossed) compareColumns(row int) {
	type pair struct{ a, b int }
	var pairs []pair
	var p []float64
	for a := range c.totals {
		for b := a + 1; b < len(c.totals); b++ {
			if c.hidden[row][a] || c.hidden[row][b] || c.totals[a].N < 2 || c.totals[b].N < 2 {
				continue
			}
			var t stat.Test
			if c.weights {
				t = stat.Welch(stat.WeightedShare(c.cells[row][a], c.totals[a], c.design), stat.WeightedShare(c.cells[row][b], c.totals[b], c.design))
			} else {
				t = stat.Proportions(c.cells[row][a].N, c.totals[a].N, c.cells[row][b].N, c.totals[b].N)
			}
			pairs, p = append(pairs, pair{a, b}), append(p, t.P)
		}
	}
	for k, adjusted := range stat.Holm(p) {
		if !(adjusted < .05) {
			continue
		}
		high, low := pairs[k].a, pairs[k].b
		cells := c.Table.Cells[row]
		if cells[high].ColumnShare < cells[low].ColumnShare {
			high, low = low, high
		}
		cells[high].Above = append(cells[high].Above, c.Table.Columns[low])
	}
	for _, cell := range c.Table.Cells[row] {
		slices.Sort(cell.Above)
	}
}
