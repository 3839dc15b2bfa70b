package survey

import (
	"maps"
	"slices"
	"strconv"
)

// partItems are the items of a question of several columns; whole is the question as one.
func (q *Question) partItems(whole Item) []Item {
	switch q.Type {
	case MatrixMultiple:
		whole.Type = MultipleChoice
	case Ranking, ConstantSum:
		whole.Type = Number
	case MultiText:
		whole.Type = ShortText
	case MaxDiff:
		return q.taskItems(whole)
	}
	var out []Item
	for _, rows := range [][]Row{q.Rows, q.Items, q.Features, q.Levels} {
		for i := range rows {
			out = append(out, q.rowItems(whole, i, &rows[i])...)
		}
	}
	return out
}

// rowItems are the items of one row, item, feature or level.
func (q *Question) rowItems(whole Item, at int, row *Row) []Item {
	as := whole
	as.ID, as.Row, as.label = q.ID+"_"+row.ID, row, row.name()
	switch q.Type {
	case MatrixDual:
		var out []Item
		for _, c := range q.Columns {
			one := as
			one.ID, one.Scale, one.label = as.ID+"_"+c.ID, c.Scale, joined(as.label, " · ", c.Label)
			out = append(out, one)
		}
		return out
	case KanoPairs:
		with, without := as, as
		with.ID, with.label = as.ID+"_f", joined(as.label, " ", Text{"": "(+)"})
		without.ID, without.label = as.ID+"_d", joined(as.label, " ", Text{"": "(−)"})
		return []Item{with, without}
	case Cascade:
		as.Scale = q.LevelScale(at)
	}
	return []Item{as}
}

func (q *Question) taskItems(whole Item) []Item {
	var out []Item
	for task := range q.Tasks {
		for i, end := range []string{"_best", "_worst"} {
			as := whole
			as.ID = TaskColumn(q.ID, task) + end
			as.label = joined(whole.label, " · ", Text{"": strconv.Itoa(task+1) + []string{" +", " −"}[i]})
			out = append(out, as)
		}
	}
	return out
}

// name is what a row is called: its label, else its two ends.
func (row *Row) name() Text {
	if len(row.Label) > 0 || len(row.Low) == 0 || len(row.High) == 0 {
		return row.Label
	}
	return joined(row.Low, " – ", row.High)
}

// joined puts two texts together in every language that either has.
func joined(a Text, between string, b Text) Text {
	out := Text{}
	for _, lang := range slices.Concat(slices.Sorted(maps.Keys(a)), slices.Sorted(maps.Keys(b))) {
		if lang != "" {
			out[lang] = a.In(lang) + between + b.In(lang)
		}
	}
	if len(out) == 0 {
		return Text{"": a[""] + between + b[""]}
	}
	return out
}
