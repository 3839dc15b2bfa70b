package survey

import "strconv"

// several reports whether a question of type t has more than one data column.
func (t Type) several() bool {
	switch t {
	case MultipleChoice, Cascade, Matrix, MatrixMultiple, MatrixDual, Differential, Ranking, ConstantSum, MaxDiff, KanoPairs, MultiText:
		return true
	}
	return false
}

// written reports whether the answer is a text that stays on disk.
func (t Type) written() bool {
	switch t {
	case ShortText, LongText, MultiText, Email, Phone, URL, Date, Time:
		return true
	}
	return false
}

// parts are the data columns of q below its own name: rows, items, options,
// tasks, and the texts beside options. Who enters them names the question.
func (q *Question) parts() []column {
	var out []column
	switch q.Type {
	case Matrix, Differential:
		out = q.each(q.Rows, func(c column) []column { c.scale = q.Scale; return []column{c} })
	case MatrixMultiple:
		out = q.each(q.Rows, q.tickRow)
	case MatrixDual:
		out = q.each(q.Rows, q.dualRow)
	case Ranking, ConstantSum:
		out = q.each(q.Items, func(c column) []column { c.number = true; return []column{c} })
	case MultiText:
		out = q.each(q.Items, func(c column) []column { c.text = true; return []column{c} })
	case KanoPairs:
		out = q.each(q.Features, q.pair)
	case MaxDiff:
		for task := range q.Tasks {
			for _, end := range []string{"_best", "_worst"} {
				out = append(out, column{id: q.ID + taskColumn(task) + end, at: q.At, scale: q.Scale})
			}
		}
	case Cascade:
		for i, level := range q.Levels {
			out = append(out, column{id: q.ID + "_" + level.ID, at: level.At, scale: q.LevelScale(i)})
		}
	default:
		return q.optionParts()
	}
	return out
}

// taskColumn is what stands between the id of a max_diff and _best or _worst.
func taskColumn(task int) string { return "_t" + strconv.Itoa(task+1) }

func (q *Question) each(rows []Row, columns func(c column) []column) []column {
	var out []column
	for _, row := range rows {
		if row.ID != "" {
			out = append(out, columns(column{id: q.ID + "_" + row.ID, at: row.At})...)
		}
	}
	return out
}

func (q *Question) tickRow(c column) []column {
	c.role, c.scale = group, q.Scale
	out := []column{c}
	if q.Scale == nil {
		return out
	}
	for _, o := range q.Scale.Options {
		out = append(out, column{id: c.id + "_" + o.Code, at: c.at, role: tick})
	}
	return out
}

func (q *Question) dualRow(c column) []column {
	var out []column
	for _, dual := range q.Columns {
		if dual.ID != "" {
			out = append(out, column{id: c.id + "_" + dual.ID, at: c.at, scale: dual.Scale})
		}
	}
	return out
}

func (q *Question) pair(c column) []column {
	return []column{{id: c.id + "_f", at: c.at, scale: q.Scale}, {id: c.id + "_d", at: c.at, scale: q.Scale}}
}

// optionParts are the options of a multiple choice and the texts beside the
// options of the question's own list.
func (q *Question) optionParts() []column {
	if q.Scale == nil || q.Scale.ID != "" && q.Type != MultipleChoice {
		return nil
	}
	var out []column
	for _, o := range q.Scale.Options {
		if q.Type == MultipleChoice {
			out = append(out, column{id: q.ID + "_" + o.Code, at: o.At, role: tick})
		}
		if o.WriteIn {
			out = append(out, column{id: q.ID + "_" + o.Code + "_text", at: o.At, role: writeIn, text: true})
		}
	}
	return out
}
