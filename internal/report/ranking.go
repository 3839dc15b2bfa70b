package report

import (
	"slices"

	"manyi/internal/survey"
)

// minRanked is how many items a ranking needs to say anything.
const minRanked = 4

// ranking is rated items that share a scale, by their mean, the best first.
// Items of different scales are never ranked together.
type ranking struct {
	rows []distributed
	of   string // the battery all of them belong to, "" where there are several
}

// rank takes the scale with the most rated items beside the headline, which is
// no part of it: it stands for the whole.
func (b *builder) rank(head survey.Item) ranking {
	var best []distributed
	aside := b.yardsticks()
	byScale := map[*survey.Scale][]distributed{}
	for _, item := range b.survey.Items() {
		q := b.questionOf(b.latest(), item.ID)
		if !item.Rated() || item.ID == head.ID || item.Type == survey.NPS || aside[item.ID] || q == nil || q.Suppressed || q.N < 2 {
			continue
		}
		rows := append(byScale[item.Scale], distributed{label: b.name(item), item: item, question: q})
		if byScale[item.Scale] = rows; len(rows) > len(best) {
			best = rows
		}
	}
	r := ranking{rows: slices.Clone(best)}
	byScore(r.rows)
	other := func(d distributed) bool { return d.item.Row == nil || d.item.Question != r.rows[0].item.Question }
	if len(r.rows) > 0 && !slices.ContainsFunc(r.rows, other) {
		r.of = b.text(r.rows[0].item.Question.Label)
		for i := range r.rows {
			r.rows[i].label = b.label(r.rows[i].item)
		}
	}
	return r
}

// alike reports whether no item is rated higher than another, as far as a page shows.
func (r ranking) alike() bool {
	first, last := r.rows[0].question, r.rows[len(r.rows)-1].question
	return mean2.String(known(first.Mean)) == mean2.String(known(last.Mean))
}

// rankedScale is the ends of the scale that the ranked items share; other
// reports whether items of other scales were left out.
func (b *builder) rankedScale(r ranking) (low, high string, other bool) {
	values := r.rows[0].item.Scale.Values()
	aside := b.yardsticks()
	for _, item := range b.survey.Items() {
		if item.Rated() && item.Type != survey.NPS && !aside[item.ID] && item.Question != nil && !slices.Equal(item.Scale.Values(), values) {
			other = true
		}
	}
	return whole.String(slices.Min(values)), whole.String(slices.Max(values)), other
}

// best is the items at the top: those whose interval overlaps that of the
// first. Nil where they are more than three, or half of all: then none stands out.
func (r ranking) best() []distributed {
	first := r.rows[0].question.Score.CI95[0]
	return standOut(r.rows, func(d distributed) bool { return d.question.Score.CI95[1] >= first })
}

// worst is the same at the bottom.
func (r ranking) worst() []distributed {
	last := r.rows[len(r.rows)-1].question.Score.CI95[1]
	rows := slices.Clone(r.rows)
	slices.Reverse(rows)
	return standOut(rows, func(d distributed) bool { return d.question.Score.CI95[0] <= last })
}

func standOut(rows []distributed, level func(distributed) bool) []distributed {
	var out []distributed
	for _, d := range rows {
		if level(d) {
			out = append(out, d)
		}
	}
	if len(out) > 3 || 2*len(out) > len(rows) {
		return nil
	}
	return out
}

// byScore sorts by the mean on 0–100, the best first; rows without numbers last.
func byScore(rows []distributed) {
	slices.SortStableFunc(rows, func(x, y distributed) int {
		switch a, c := x.score(), y.score(); {
		case a > c:
			return -1
		case a < c:
			return 1
		}
		return 0
	})
}

// score is the mean on 0–100, −1 where there is none.
func (d distributed) score() float64 {
	if q := d.question; q != nil && !q.Suppressed && q.N > 0 && q.Score != nil {
		return float64(q.Score.Value)
	}
	return -1
}
