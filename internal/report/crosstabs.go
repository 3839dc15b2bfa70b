package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// crosstabs is a section for each crosstab: who answered what, with the tests
// and the counts below. Nil without one.
func (b *builder) crosstabs() *Page {
	page := &Page{Name: "crosstabs", Title: b.say("page.crosstabs"), Kicker: b.kicker()}
	var strongest *measure.Crossed
	for _, a := range b.survey.Analyses {
		if a.Method != "crosstab" || !a.Built {
			continue
		}
		section := Section{ID: slug(a.ID), Title: b.shownName(a)}
		c, ok := b.latest().block.Analyses[a.ID].(*measure.Crosstab)
		if !ok || len(c.Tables) == 0 {
			section.Blocks = []Block{{Note: b.say("crosstab.none")}}
			page.Sections = append(page.Sections, section)
			continue
		}
		for _, t := range c.Tables {
			if t.P < 0.05 && (strongest == nil || t.CramersV > strongest.CramersV) {
				strongest = t
			}
		}
		section.Blocks = b.crossBlocks(a, c)
		page.Sections = append(page.Sections, section)
	}
	if len(page.Sections) == 0 {
		return nil
	}
	page.Heading = b.say("crosstab.nothing")
	if strongest != nil {
		page.Heading = b.say("crosstab.strongest", "rows", b.columnLabel(strongest.Rows), "columns", b.columnLabel(strongest.Columns), "size", b.say("effect."+strongest.Effect))
	}
	return page
}

// shownName is the label of an analysis, else what it is of.
func (b *builder) shownName(a survey.Analysis) string {
	if label := b.text(a.Label); label != "" {
		return isolated(label)
	}
	if a.Crosstab == nil {
		return a.ID
	}
	var names [2][]string
	for side, ids := range [][]string{a.Crosstab.Rows, a.Crosstab.Columns} {
		for _, id := range ids {
			names[side] = append(names[side], b.columnLabel(id))
		}
	}
	return b.say("crosstab.by", "rows", b.join(names[0]), "columns", b.join(names[1]))
}

// columnLabel is the name of an item, or of the question whose rows are items.
func (b *builder) columnLabel(id string) string {
	for _, item := range b.survey.Items() {
		switch {
		case item.ID == id:
			return b.name(item)
		case item.Question != nil && item.Question.ID == id:
			if label := b.text(item.Question.Label); label != "" {
				return isolated(label)
			}
			return isolated(strings.TrimRight(b.text(item.Question.Text), "？?。.！!：: "))
		}
	}
	return id
}

func (b *builder) crossBlocks(a survey.Analysis, c *measure.Crosstab) []Block {
	banner, counts := b.banners(c)
	banner.ID, banner.Caption = slug(a.ID, "shares"), b.say("crosstab.shares")
	counts.ID, counts.Caption = slug(a.ID, "counts"), b.say("crosstab.counts")
	banner.Note, counts.Note = b.say("crosstab.letters"), b.say("crosstab.residuals")
	if b.survey.Weighted() {
		banner.Note = b.say("crosstab.letters_weighted")
	}
	var blocks []Block
	for _, w := range c.Warnings {
		if id, ok := strings.CutPrefix(w, measure.TooManyGroups+":"); ok {
			blocks = append(blocks, Block{Note: b.columnLabel(id) + b.say("crosstab.colon") + b.say("segments.too_many")})
		}
	}
	if slices.ContainsFunc(c.Tables, func(t *measure.Crossed) bool { return t.Pooled != nil }) {
		counts.Note += " " + b.say("crosstab.hidden", "min", b.results.MinCell)
	}
	return append(blocks, Block{Table: banner}, Block{Table: b.crossTests(a, c)}, Block{Table: counts})
}

// crossColumns are the columns of one column question, with its letters.
type crossColumns struct {
	item  survey.Item
	codes []string
	at    int // of its first column among all
}

// banners are two tables of the same shape: shares with letters, counts with residuals.
func (b *builder) banners(c *measure.Crosstab) (shares, counts *Table) {
	var across []crossColumns
	var down []string
	for _, t := range c.Tables {
		if !slices.Contains(down, t.Rows) {
			down = append(down, t.Rows)
		}
		if slices.ContainsFunc(across, func(x crossColumns) bool { return x.item.ID == t.Columns }) {
			continue
		}
		item, _ := b.survey.Item(t.Columns)
		next := crossColumns{item: item, codes: t.Table.Columns}
		for _, x := range across {
			next.at += len(x.codes)
		}
		across = append(across, next)
	}
	shares, counts = b.crossHead(across), b.crossHead(across)
	for _, id := range down {
		item, _ := b.survey.Item(id)
		shares.Rows, counts.Rows = append(shares.Rows, Row{Label: b.name(item)}), append(counts.Rows, Row{Label: b.name(item)})
		b.crossRows(c, item, across, shares, counts)
	}
	return shares, counts
}

// crossHead is an empty table with two levels of headings.
func (b *builder) crossHead(across []crossColumns) *Table {
	t := &Table{Head: []string{b.say("figure.answer"), b.say("figure.all")}, Groups: []Span{{Of: 2}}}
	for _, x := range across {
		t.Groups = append(t.Groups, Span{b.name(x.item), len(x.codes)})
		for k, code := range x.codes {
			t.Head = append(t.Head, b.groupLabel(x.item, code)+" ("+letter(k)+")")
		}
	}
	return t
}

// crossRows adds the rows of one row question to both tables.
func (b *builder) crossRows(c *measure.Crosstab, item survey.Item, across []crossColumns, shares, counts *Table) {
	tables := make([]*measure.Crossed, len(across))
	var first *measure.Crossed
	for i, x := range across {
		for _, t := range c.Tables {
			if t.Rows == item.ID && t.Columns == x.item.ID {
				tables[i] = t
			}
		}
		if first == nil {
			first = tables[i]
		}
	}
	if first == nil {
		return
	}
	for k, code := range first.Table.Rows {
		all := first.Table.RowTotals[k]
		share, n := Row{Label: b.groupLabel(item, code)}, Row{Label: b.groupLabel(item, code)}
		share.Cells, n.Cells = []Cell{b.crossCell(all, percent0.String(float64(all.ColumnShare)), "")}, []Cell{b.crossCell(all, count(all.N), "")}
		for i, x := range across {
			for j := range x.codes {
				if tables[i] == nil {
					share.Cells, n.Cells = append(share.Cells, Cell{}), append(n.Cells, Cell{})
					continue
				}
				cell := tables[i].Table.Cells[k][j]
				share.Cells = append(share.Cells, b.shareCell(cell, x))
				n.Cells = append(n.Cells, b.crossCell(cell, count(cell.N), residual(tables[i].Residuals[k][j])))
			}
		}
		shares.Rows, counts.Rows = append(shares.Rows, share), append(counts.Rows, n)
	}
	base := b.crossBase(first, tables, across)
	shares.Rows, counts.Rows = append(shares.Rows, base), append(counts.Rows, base)
}

// crossBase is how many answered, by column.
func (b *builder) crossBase(first *measure.Crossed, tables []*measure.Crossed, across []crossColumns) Row {
	base := Row{Label: b.say("figure.base"), Cells: []Cell{{Text: count(first.Table.N), Tone: "quiet"}}}
	for i, x := range across {
		for j := range x.codes {
			cell := Cell{}
			if tables[i] != nil {
				total := tables[i].Table.ColumnTotals[j]
				cell = b.crossCell(total, count(total.N), "")
				cell.Tone = "quiet"
				if !total.Suppressed && total.N < 30 {
					cell.Mark = b.say("table.few")
				}
			}
			base.Cells = append(base.Cells, cell)
		}
	}
	return base
}

// shareCell is the share of a column with the letters of the columns it is above.
func (b *builder) shareCell(cell *measure.CrossCell, x crossColumns) Cell {
	var marks []string
	for _, code := range cell.Above {
		marks = append(marks, letter(slices.Index(x.codes, code)))
	}
	slices.Sort(marks)
	out := b.crossCell(cell, percent0.String(float64(cell.ColumnShare)), strings.Join(marks, " "))
	if len(marks) > 0 && 2*len(marks) >= len(x.codes)-1 {
		out.Tone = "moved"
	}
	return out
}

func (b *builder) crossCell(cell *measure.CrossCell, text, mark string) Cell {
	switch {
	case cell.Suppressed:
		return Cell{Text: b.say("crosstab.cell_hidden"), Tone: "quiet"}
	case text == "" || strings.Contains(text, "NaN"):
		return Cell{Text: "–", Tone: "quiet"}
	}
	return Cell{Text: text, Mark: mark}
}

func residual(r measure.Number) string {
	if math.IsNaN(float64(r)) {
		return ""
	}
	return points.String(float64(r))
}

// crossTests is one row a pair: the test and how strong the link is.
func (b *builder) crossTests(a survey.Analysis, c *measure.Crosstab) *Table {
	t := &Table{
		ID: slug(a.ID, "tests"), Caption: b.say("crosstab.tests"), Note: b.say("crosstab.test_note"),
		Head: []string{b.say("crosstab.pair"), "χ²", b.say("crosstab.df"), "p", b.say("crosstab.v"), b.say("crosstab.corrected"), b.say("figure.base")},
	}
	if b.survey.Weighted() {
		t.Note = b.say("crosstab.test_note_weighted")
	}
	for _, one := range c.Tables {
		row := Row{Label: b.say("crosstab.by", "rows", b.columnLabel(one.Rows), "columns", b.columnLabel(one.Columns))}
		if one.Test == "" {
			why := b.say("crosstab.no_test")
			if one.Multiple {
				why = b.say("crosstab.multiple")
			}
			row.Cells = []Cell{{Text: why, Tone: "text"}, {}, {}, {}, {}, {Text: count(one.Table.N), Tone: "quiet"}}
			t.Rows = append(t.Rows, row)
			continue
		}
		mark := ""
		if slices.Contains(one.Notes, measure.ExpectedLow) {
			mark = b.say("crosstab.low")
		}
		row.Cells = []Cell{
			{Text: score1.String(float64(one.ChiSquared)), Mark: mark},
			{Text: count(int(one.DF))},
			{Text: strings.TrimPrefix(p(one.P), "=\u00a0")},
			{Text: mean2.String(float64(one.CramersV)), Mark: b.say("effect." + one.Effect)},
			{Text: mean2.String(float64(one.Corrected))},
			{Text: count(one.Table.N), Tone: "quiet"},
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
