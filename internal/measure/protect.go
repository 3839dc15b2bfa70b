package measure

import (
	"maps"
	"slices"

	"manyi/internal/survey"
)

// protect hides, in the breakdowns of a wave, what follows from two of them
// together, and what a single one would tell of fewer than k people although
// each of its groups is large enough:
//   - groups of one segment that make up a group of another (see lineage);
//   - a question of a group of fewer than 2k of whom all gave the same answer;
//   - answers by code in a group where 1 to k−1 gave one of them: a breakdown's
//     answers by code are cells, like those of a crosstab of the same questions.
//
// Mean, spread, best and worst share of a group that is shown stay: they sum up
// k people or more.
func (w *wave) protect(splits []split, all *breakdown) {
	l := w.lineage(splits)
	w.protectBlocks(l, splits, all)
	for _, a := range w.items {
		w.protectQuestion(l, splits, all, a)
	}
	for _, id := range slices.Sorted(maps.Keys(all.blocks[0].Analyses)) {
		w.protectAnalysis(l, splits, all.blocks[0].Analyses[id], id)
	}
	for _, a := range w.items {
		w.protectAnswers(l, splits, all, a)
	}
	for _, id := range slices.Sorted(maps.Keys(all.blocks[0].Analyses)) {
		if k, ok := all.blocks[0].Analyses[id].(*Kano); ok {
			protectKano(l, splits, k, id, w.minCell)
		}
		if v, ok := all.blocks[0].Analyses[id].(*Verbatim); ok {
			protectVerbatim(l, splits, v, id, w.minCell)
		}
	}
}

// portions makes a portion of every group, nil where make is.
func portions(splits []split, of func(s split, k int) *portion) [][]*portion {
	out := make([][]*portion, len(splits))
	for i, s := range splits {
		for k := range s.blocks {
			out[i] = append(out[i], of(s, k))
		}
	}
	return out
}

// eachHidden calls do for the groups that are hidden.
func eachHidden(splits []split, of [][]*portion, do func(b *Block)) {
	for i, s := range splits {
		for k, b := range s.blocks {
			if p := of[i][k]; p != nil && p.hidden {
				do(b)
			}
		}
	}
}

func (w *wave) protectBlocks(l lineage, splits []split, all *breakdown) {
	whole := all.blocks[0].Base
	of := portions(splits, func(s split, k int) *portion {
		b := s.blocks[k]
		return &portion{counts: []int{b.Base.Responses, b.Base.positive}, hidden: b.Suppressed}
	})
	l.hide(&portion{counts: []int{whole.Responses, whole.positive}, public: true}, of, w.minCell)
	eachHidden(splits, of, func(b *Block) { b.Suppressed = true })
}

func (w *wave) protectQuestion(l lineage, splits []split, all *breakdown, a asked) {
	id, whole := a.item.ID, all.blocks[0].Questions[a.item.ID]
	of := portions(splits, func(s split, k int) *portion {
		q := s.blocks[k].Questions[id]
		return &portion{counts: []int{q.rows, q.N}, hidden: q.Suppressed || s.blocks[k].Suppressed || s.id != id && !w.derivedOf(s.id, id) && q.unanimous(w.minCell)}
	})
	l.hide(&portion{counts: []int{whole.rows, whole.N}, public: true}, of, w.minCell)
	eachHidden(splits, of, func(b *Block) {
		b.Questions[id].Suppressed = true
		for _, d := range w.survey.Metrics() {
			if r := b.Analyses[d.ID]; r != nil && d.Question == id {
				b.Analyses[d.ID] = &Hidden{Common: Common{Method: r.common().Method, N: r.common().N, rows: r.common().rows}}
			}
		}
	})
}

// derivedOf reports whether one of two columns is made of the other.
func (w *wave) derivedOf(a, b string) bool {
	return slices.ContainsFunc(w.survey.Derived, func(d survey.Derived) bool {
		return d.ID == a && d.From == b || d.ID == b && d.From == a
	})
}

// unanimous reports whether all of a group of fewer than 2k gave the same answer.
func (q *Question) unanimous(k int) bool {
	return q.tallied != nil && q.rows > 0 && q.rows < 2*k && slices.Max(q.tallied.tally.counts) == q.rows
}

func (w *wave) protectAnalysis(l lineage, splits []split, whole Analysis, id string) {
	size := func(c *Common) []int { return []int{max(c.rows, c.N), c.N} }
	of := portions(splits, func(s split, k int) *portion {
		r := s.blocks[k].Analyses[id]
		if r == nil {
			return nil
		}
		_, hidden := r.(*Hidden)
		return &portion{counts: size(r.common()), hidden: hidden || s.blocks[k].Suppressed}
	})
	l.hide(&portion{counts: size(whole.common()), public: true}, of, w.minCell)
	eachHidden(splits, of, func(b *Block) {
		r := b.Analyses[id].common()
		was := b.Analyses[id]
		if h, hidden := was.(*Hidden); hidden {
			was = h.was
		}
		b.Analyses[id] = &Hidden{Common: Common{Method: r.Method, N: r.N, rows: r.rows}, was: was}
	})
}

// protectAnswers takes the answers by code from the groups that must not show them.
func (w *wave) protectAnswers(l lineage, splits []split, all *breakdown, a asked) {
	id, whole := a.item.ID, all.blocks[0].Questions[a.item.ID]
	if whole.tallied == nil {
		return
	}
	crossed := w.crossedCells(all.blocks[0], id)
	of := portions(splits, func(s split, k int) *portion {
		q := s.blocks[k].Questions[id]
		if q.tallied == nil {
			return nil
		}
		p := &portion{counts: a.cells(q)}
		p.hidden = q.Suppressed || s.blocks[k].Suppressed || crossed[groupName{s.id, s.groups.codes[k]}]
		for _, x := range p.counts {
			p.hidden = p.hidden || x > 0 && x < w.minCell
		}
		return p
	})
	l.hide(&portion{counts: a.cells(whole), public: true}, of, w.minCell)
	eachHidden(splits, of, func(b *Block) {
		b.Questions[id].withhold()
		for _, d := range w.survey.Metrics() {
			if r, ok := b.Analyses[d.ID].(*Csat); ok && d.Question == id {
				r.Counts = nil
			}
		}
	})
}

// cells are the counts of the answers by code; of a multiple choice, whose
// options overlap, also how many did not choose each.
func (a asked) cells(q *Question) []int {
	out := slices.Clone(q.tallied.tally.counts)
	if a.item.Type == survey.MultipleChoice {
		for _, x := range q.tallied.tally.counts {
			out = append(out, q.rows-x)
		}
	}
	return out
}

// withhold leaves no answers by code.
func (q *Question) withhold() {
	q.Counts, q.Shares, q.Weighted, q.Withheld = nil, nil, nil, true
}

// groupName is a group of a segment by name.
type groupName struct{ segment, code string }

// crossedCells are the groups of segments in whose line a crosstab with the
// question hides a cell: there the answers by code would give it away.
func (w *wave) crossedCells(b *Block, id string) map[groupName]bool {
	out := map[groupName]bool{}
	for _, r := range b.Analyses {
		c, ok := r.(*Crosstab)
		if !ok {
			continue
		}
		for _, t := range c.Tables {
			for i, row := range t.hidden {
				for j, hidden := range row {
					if hidden && t.Rows == id {
						out[groupName{t.Columns, t.Table.Columns[j]}] = true
					} else if hidden && t.Columns == id {
						out[groupName{t.Rows, t.Table.Rows[i]}] = true
					}
				}
			}
		}
	}
	return out
}
