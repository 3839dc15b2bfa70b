package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// severalBlocks shows a question of several columns by what its type asks;
// false where it has one.
func (b *builder) severalBlocks(q *survey.Question) ([]Block, bool) {
	switch q.Type {
	case survey.Matrix, survey.Differential:
		return b.batteryBlocks(q, q.Scale, ""), true
	case survey.MatrixDual:
		var blocks []Block
		for _, c := range q.Columns {
			blocks = append(blocks, Block{Text: "**" + b.text(c.Label) + "**"})
			blocks = append(blocks, b.batteryBlocks(q, c.Scale, c.ID)...)
		}
		return blocks, true
	case survey.MatrixMultiple:
		return b.tickedRows(q), true
	case survey.Ranking, survey.ConstantSum:
		return b.numbered(q), true
	case survey.MaxDiff:
		return b.bestWorst(q), true
	case survey.KanoPairs:
		return b.pairs(q), true
	case survey.Cascade:
		return b.each(b.parts(q, q.Levels, "")), true
	case survey.MultiText:
		return b.each(b.parts(q, q.Items, "")), true
	}
	return nil, false
}

// parts are the items of the rows of a question; column is the end of their ids, "" without.
func (b *builder) parts(q *survey.Question, rows []survey.Row, column string) []survey.Item {
	var out []survey.Item
	for _, row := range rows {
		id := q.ID + "_" + row.ID
		if column != "" {
			id += "_" + column
		}
		if item, ok := b.survey.Item(id); ok {
			out = append(out, item)
		}
	}
	return out
}

// each shows items one after the other, under their names.
func (b *builder) each(items []survey.Item) []Block {
	var out []Block
	for _, item := range items {
		out = append(out, Block{Text: "**" + b.label(item) + "**"})
		out = append(out, b.itemBlocks(item)...)
	}
	return out
}

// batteryBlocks are the distributions of the rows and, with waves, their means in each.
func (b *builder) batteryBlocks(q *survey.Question, sc *survey.Scale, column string) []Block {
	items := b.parts(q, q.Rows, column)
	id, name := q.ID, b.text(q.Label)
	if column != "" {
		id, name = slug(q.ID, column), b.columnName(q, column)
	}
	f := b.batteryOf(id, name, sc, items)
	if column != "" { // the heading above has the rest of the name
		for i := range f.Rows {
			f.Rows[i].Label = strings.TrimSuffix(f.Rows[i].Label, " · "+b.columnName(q, column))
		}
	}
	blocks := []Block{{Figure: f}}
	if len(b.waves) < 2 {
		return blocks
	}
	t := b.meansTable(slug(id, "means"), b.say("table.means", "item", b.called(q)))
	for _, item := range items {
		t.Rows = append(t.Rows, b.meansRow(item))
	}
	return append(blocks, Block{Table: b.likeEverywhere(t)})
}

func (b *builder) columnName(q *survey.Question, column string) string {
	i := slices.IndexFunc(q.Columns, func(c survey.DualColumn) bool { return c.ID == column })
	return b.text(q.Columns[i].Label)
}

func (b *builder) called(q *survey.Question) string {
	return cmp.Or(b.text(q.Label), b.text(q.Text))
}

// tickedRows is a matrix of ticks: the share of every option in every row.
func (b *builder) tickedRows(q *survey.Question) []Block {
	t := &Table{ID: slug(q.ID, "shares"), Caption: b.say("several.ticked", "weighted", b.weightedNote()), Head: []string{b.say("figure.item")}}
	codes := q.Scale.Codes()
	for _, code := range codes {
		t.Head = append(t.Head, b.optionLabel(q.Scale, code))
	}
	t.Head = append(t.Head, b.say("figure.base"))
	for _, item := range b.parts(q, q.Rows, "") {
		found := b.questionOf(b.latest(), item.ID)
		row := Row{Label: b.label(item)}
		state, _ := b.state(found)
		for _, code := range codes {
			cell := Cell{Text: "–", Tone: "quiet"}
			if state != chart.Suppressed && state != chart.Empty && found.Shares[code] != nil {
				cell = Cell{Text: percent.String(float64(found.Shares[code].Share))}
			}
			row.Cells = append(row.Cells, cell)
		}
		row.Cells = append(row.Cells, Cell{Text: b.baseOf(found), Tone: "quiet"})
		t.Rows = append(t.Rows, row)
	}
	return []Block{{Table: t}}
}

func (b *builder) baseOf(q *measure.Question) string {
	if state, _ := b.state(q); state == chart.Suppressed || state == chart.Empty {
		return "–"
	}
	return count(q.N)
}

// numbered is the means of a ranking or of points to give away, the best first.
func (b *builder) numbered(q *survey.Question) []Block {
	ranking := q.Type == survey.Ranking
	items := b.parts(q, q.Items, "")
	mean := func(i survey.Item) float64 { return known(b.questionOf(b.latest(), i.ID).Mean) }
	shown := slices.DeleteFunc(slices.Clone(items), func(i survey.Item) bool {
		state, _ := b.state(b.questionOf(b.latest(), i.ID))
		return state == chart.Suppressed || state == chart.Empty
	})
	slices.SortStableFunc(shown, func(x, y survey.Item) int {
		if ranking {
			return cmp.Compare(mean(x), mean(y))
		}
		return cmp.Compare(mean(y), mean(x))
	})
	key := "several.sum"
	if ranking {
		key = "several.rank"
	}
	f := &chart.Figure{
		ID: slug(q.ID, "means"), Kind: chart.Dots, Lang: b.lang, Title: b.say("reason.no_answers"), Note: b.say(key+"_note", "weighted", b.weightedNote()),
		Columns: b.valueColumns("mean", b.say(key), mean2), Words: b.chartWords(b.say("figure.item")), Axis: chart.Axis{Reference: math.NaN()},
	}
	if len(shown) > 0 {
		f.Title = b.say(key+"_title", "item", b.label(shown[0]), "mean", mean2.String(mean(shown[0])))
	}
	for _, item := range shown {
		f.Rows = append(f.Rows, b.valueRow(b.label(item), b.questionOf(b.latest(), item.ID), "mean"))
	}
	for _, item := range items {
		if !slices.ContainsFunc(shown, func(s survey.Item) bool { return s.ID == item.ID }) {
			f.Rows = append(f.Rows, b.valueRow(b.label(item), b.questionOf(b.latest(), item.ID), "mean"))
		}
	}
	return []Block{{Figure: f}}
}

// bestWorst is the scores of a best-worst question, the best first.
func (b *builder) bestWorst(q *survey.Question) []Block {
	m, ok := b.latest().block.Analyses[q.ID+"_max_diff"].(*measure.MaxDiff)
	if !ok || m.N == 0 {
		why := b.say("reason.no_answers")
		if _, hidden := b.latest().block.Analyses[q.ID+"_max_diff"].(*measure.Hidden); hidden {
			why = b.say("figure.suppressed", "min", b.results.MinCell)
		}
		return []Block{{Text: why}}
	}
	items := slices.Clone(m.Items)
	slices.SortStableFunc(items, func(x, y *measure.MaxDiffItem) int { return cmp.Compare(float64(y.Score), float64(x.Score)) })
	f := &chart.Figure{
		ID: slug(q.ID, "max-diff"), Kind: chart.Dots, Lang: b.lang, Note: b.say("several.max_diff_note", "weighted", b.weightedNote()),
		Columns: append(
			b.valueColumns("score", b.say("several.max_diff"), change2),
			chart.Column{ID: "best", Label: b.say("several.best"), Format: whole}, chart.Column{ID: "worst", Label: b.say("several.worst"), Format: whole},
			chart.Column{ID: "shown", Label: b.say("several.shown"), Format: whole},
		),
		Words: b.chartWords(b.say("figure.item")), Axis: chart.Axis{Reference: 0, Min: -1, Max: 1},
	}
	name := func(id string) string {
		i := slices.IndexFunc(q.Items, func(r survey.Row) bool { return r.ID == id })
		return isolated(b.text(q.Items[i].Label))
	}
	for _, item := range items {
		row := chart.Row{Label: name(item.ID), Cells: []float64{
			float64(item.Score), float64(item.CI95[0]), float64(item.CI95[1]), float64(item.N), float64(item.Best), float64(item.Worst), float64(item.Shown),
		}}
		if item.Withheld {
			row.Cells[4], row.Cells[5] = math.NaN(), math.NaN()
		}
		f.Rows = append(f.Rows, row)
	}
	f.Title = b.say("several.max_diff_title", "best", name(items[0].ID), "worst", name(items[len(items)-1].ID))
	return []Block{{Figure: f}}
}

// pairs is the answers to the pairs of questions about features, as they were given.
func (b *builder) pairs(q *survey.Question) []Block {
	t := &Table{ID: slug(q.ID, "answers"), Caption: b.say("several.pairs", "weighted", b.weightedNote()), Head: []string{b.say("figure.item")}}
	codes := q.Scale.Codes()
	for _, code := range codes {
		t.Head = append(t.Head, b.optionLabel(q.Scale, code))
	}
	t.Head = append(t.Head, b.say("figure.base"))
	for _, feature := range q.Features {
		t.Rows = append(t.Rows, Row{Label: b.text(feature.Label)})
		for _, end := range []string{"f", "d"} {
			found := b.questionOf(b.latest(), q.ID+"_"+feature.ID+"_"+end)
			row := Row{Label: b.say("several.pair_" + end)}
			for _, code := range codes {
				cell := Cell{Text: "–", Tone: "quiet"}
				if state, _ := b.state(found); state != chart.Suppressed && state != chart.Empty && found.Shares[code] != nil {
					cell = Cell{Text: percent.String(float64(found.Shares[code].Share))}
				}
				row.Cells = append(row.Cells, cell)
			}
			row.Cells = append(row.Cells, Cell{Text: b.baseOf(found), Tone: "quiet"})
			t.Rows = append(t.Rows, row)
		}
	}
	return []Block{{Table: t}}
}
