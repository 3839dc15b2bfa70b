package measure

import (
	"slices"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// unshown tells empty cells apart: where the conditions of a question do not
// hold, it was not asked, whatever a file can say of an empty cell. Cells are
// changed in place, the same whenever it is done again.
func (w *wave) unshown() {
	var e *evaluator
	for _, p := range w.survey.Pages {
		for _, q := range p.Questions {
			var conditions []*survey.Expression
			for _, c := range []*survey.Expression{p.ShowIf, q.ShowIf} {
				if c != nil && len(c.Unkept(w.kind)) == 0 && len(c.Names) > 0 {
					conditions = append(conditions, c)
				}
			}
			if conditions == nil {
				continue
			}
			if e == nil {
				e = newEvaluator(w)
			}
			w.unshow(q, e, conditions)
		}
	}
}

// unshow marks the skipped cells of a question as not shown where a condition does not hold.
func (w *wave) unshow(q *survey.Question, e *evaluator, conditions []*survey.Expression) {
	var cells [][]uint8
	for _, id := range q.ColumnIDs() {
		if c := w.columns[id]; c != nil && !c.Absent && c.Cells != nil {
			cells = append(cells, c.Cells)
		}
	}
	const skipped, notShown = table.MissingBase + uint8(table.Skipped), table.MissingBase + uint8(table.NotShown)
	holds := make([]func(int) survey.Value, len(conditions))
	for i, c := range conditions {
		holds[i] = e.of(c)
	}
	for row := range w.table.Rows {
		if !slices.ContainsFunc(cells, func(c []uint8) bool { return c[row] == skipped }) {
			continue
		}
		if !slices.ContainsFunc(holds, func(h func(int) survey.Value) bool { return !h(row).True() }) {
			continue
		}
		for _, c := range cells {
			if c[row] == skipped {
				c[row] = notShown
			}
		}
	}
}
