package survey

import (
	"maps"
	"slices"
	"strconv"
)

// partItems are the items of a question of several columns; whole is the question as one.
func (q *Question) partItems(whole Item) []Item {
	var out []Item
	add := func(row *Row, end string, label Text, as Item) {
		as.ID, as.Row, as.label = q.ID+"_"+row.ID+end, row, label
		out = append(out, as)
	}
	number, words, several := whole, whole, whole
	number.Type, words.Type, several.Type = Number, ShortText, MultipleChoice
	switch q.Type {
	case Matrix, Differential:
		for i := range q.Rows {
			add(&q.Rows[i], "", q.Rows[i].name(), whole)
		}
	case MatrixMultiple:
		for i := range q.Rows {
			add(&q.Rows[i], "", q.Rows[i].Label, several)
		}
	case MatrixDual:
		for i := range q.Rows {
			for _, c := range q.Columns {
				as := whole
				as.Scale = c.Scale
				add(&q.Rows[i], "_"+c.ID, joined(q.Rows[i].Label, " · ", c.Label), as)
			}
		}
	case Ranking, ConstantSum:
		for i := range q.Items {
			add(&q.Items[i], "", q.Items[i].Label, number)
		}
	case MultiText:
		for i := range q.Items {
			add(&q.Items[i], "", q.Items[i].Label, words)
		}
	case KanoPairs:
		for i := range q.Features {
			add(&q.Features[i], "_f", joined(q.Features[i].Label, " ", Text{"": "(+)"}), whole)
			add(&q.Features[i], "_d", joined(q.Features[i].Label, " ", Text{"": "(−)"}), whole)
		}
	case MaxDiff:
		return q.taskItems(whole)
	case Cascade:
		for i := range q.Levels {
			as := whole
			as.Scale = q.LevelScale(i)
			add(&q.Levels[i], "", q.Levels[i].Label, as)
		}
	}
	return out
}

func (q *Question) taskItems(whole Item) []Item {
	var out []Item
	for task := range q.Tasks {
		for i, end := range []string{"_best", "_worst"} {
			as := whole
			as.ID = q.ID + taskColumn(task) + end
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
