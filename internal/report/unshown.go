package report

import (
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// shownCodes are the groups that have a column in a table: a column of nothing
// but "not shown" tells no more than the note below it.
func (b *builder) shownCodes(segment survey.Item, blocks map[string]*measure.Block) []string {
	return slices.DeleteFunc(groupCodes(segment, blocks), func(code string) bool {
		return b.silent(blocks[code]) || blocks[code].Base.Responses == 0
	})
}

// silent reports whether no rating of a group may be shown.
func (b *builder) silent(block *measure.Block) bool {
	return block.Suppressed || !slices.ContainsFunc(b.survey.Items(), func(item survey.Item) bool {
		q := block.Questions[item.ID]
		return item.Rated() && (q == nil || !q.Suppressed)
	})
}

// unshown names the groups without a column, and why they have none.
func (b *builder) unshown(segment survey.Item, blocks map[string]*measure.Block) string {
	var hidden, empty []string
	for _, code := range groupCodes(segment, blocks) {
		name := b.say("priorities.quoted", "item", b.groupLabel(segment, code))
		switch {
		case b.silent(blocks[code]):
			hidden = append(hidden, name)
		case blocks[code].Base.Responses == 0:
			empty = append(empty, name)
		}
	}
	text := ""
	if len(hidden) > 0 {
		text += b.say("table.groups_hidden", "min", b.results.MinCell, "groups", b.join(hidden))
	}
	if len(empty) > 0 {
		text += b.say("table.groups_empty", "groups", b.join(empty))
	}
	return text
}

// dropUnshown leaves groups out of a figure of which nothing may be shown, and
// names them in its note: rows of dots, columns of a grid.
func (b *builder) dropUnshown(f *chart.Figure) {
	var names []string
	hide := func(label string) { names = append(names, b.say("priorities.quoted", "item", label)) }
	switch {
	case f.Kind == chart.Dots && f.Words.Row == b.say("figure.group"):
		hidden := func(r chart.Row) bool { return r.State == chart.Suppressed }
		if !slices.ContainsFunc(f.Rows, func(r chart.Row) bool { return !hidden(r) }) {
			return
		}
		f.Rows = slices.DeleteFunc(f.Rows, func(r chart.Row) bool {
			if hidden(r) {
				hide(r.Label)
			}
			return hidden(r)
		})
	case f.Kind == chart.Heat:
		for k := len(f.Columns) - 1; k > 0; k-- {
			if !strings.HasPrefix(f.Columns[k].ID, "g_") || slices.ContainsFunc(f.Rows, func(r chart.Row) bool { return r.Marks[k].State != chart.Suppressed }) {
				continue
			}
			hide(f.Columns[k].Label)
			f.Columns = slices.Delete(f.Columns, k, k+1)
			for i := range f.Rows {
				f.Rows[i].Cells, f.Rows[i].Marks = slices.Delete(f.Rows[i].Cells, k, k+1), slices.Delete(f.Rows[i].Marks, k, k+1)
			}
		}
		slices.Reverse(names)
	}
	if len(names) > 0 {
		f.Note += b.say("withheld.groups", "min", b.results.MinCell, "groups", b.join(names))
	}
}
