package measure

import (
	"encoding/json"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// MaxDiff is what a best-worst question says of its items.
type MaxDiff struct {
	Common
	Question string         `json:"question"`
	Items    []*MaxDiffItem `json:"items"`
}

// MaxDiffItem is one item: how often it was shown in an answered set, and how
// often it was taken as best and as worst. Score is the mean over respondents of
// (best − worst)/shown, from −1 to 1, with Student's interval: the sets of one
// respondent are not independent.
// Source: Marley and Louviere, J. Math. Psychol. 49 (2005) 464-480.
type MaxDiffItem struct {
	ID    string   `json:"id"`
	Shown int      `json:"shown"`
	Best  int      `json:"best"`
	Worst int      `json:"worst"`
	Score Number   `json:"score"`
	CI95  Interval `json:"ci95"`
	N     int      `json:"n"` // respondents who saw it in an answered set

	Withheld bool `json:"withheld,omitempty"` // of a group: best and worst are not shown, fewer than min_cell times one or the other

	scores, weights []float64
}

// MarshalJSON leaves out what is withheld.
func (i *MaxDiffItem) MarshalJSON() ([]byte, error) {
	type plain MaxDiffItem
	if !i.Withheld {
		return json.Marshal((*plain)(i))
	}
	return json.Marshal(struct {
		*plain
		Best  *int `json:"best"`
		Worst *int `json:"worst"`
	}{plain: (*plain)(i)})
}

// task is the two columns of one set.
type task struct {
	best, worst *table.Column
	items       []int // indices of the items of the set
	of          []int // code of the columns -> item
}

func (w *wave) maxDiff(q *survey.Question, g groups) []Analysis {
	tasks := w.tasks(q)
	if tasks == nil {
		return nil
	}
	found := make([]*MaxDiff, len(g.codes))
	for k := range found {
		found[k] = &MaxDiff{Common: Common{Method: "max_diff", Warnings: []string{}}, Question: q.ID}
		for _, item := range q.Items {
			found[k].Items = append(found[k].Items, &MaxDiffItem{ID: item.ID})
		}
	}
	for row, k := range g.of {
		if k >= 0 {
			found[k].add(tasks, row, w.weight(row))
		}
	}
	out := make([]Analysis, len(found))
	for k, m := range found {
		m.estimate(w.weights != nil)
		out[k] = m
	}
	return out
}

// tasks are the sets that the data has columns of, nil where it has none.
func (w *wave) tasks(q *survey.Question) []task {
	var out []task
	for t, set := range q.Design() {
		name := survey.TaskColumn(q.ID, t)
		one := task{best: w.columns[name+"_best"], worst: w.columns[name+"_worst"]}
		if one.best == nil || one.worst == nil || one.best.Absent && one.worst.Absent {
			continue
		}
		at := func(id string) int { return slices.IndexFunc(q.Items, func(r survey.Row) bool { return r.ID == id }) }
		for _, id := range set {
			one.items = append(one.items, at(id))
		}
		for _, code := range one.best.Codes {
			one.of = append(one.of, at(code))
		}
		out = append(out, one)
	}
	return out
}

// add counts one response; a set counts where both ends are answered, differ and were shown in it.
func (m *MaxDiff) add(tasks []task, row int, weight float64) {
	shown, net := make([]int, len(m.Items)), make([]int, len(m.Items))
	answered := false
	for _, t := range tasks {
		b, whyBest := t.best.Code(row)
		x, whyWorst := t.worst.Code(row)
		if whyBest != table.Answered || whyWorst != table.Answered || b == x || !slices.Contains(t.items, t.of[b]) || !slices.Contains(t.items, t.of[x]) {
			continue
		}
		answered = true
		for _, i := range t.items {
			shown[i]++
			m.Items[i].Shown++
		}
		best, worst := t.of[b], t.of[x]
		m.Items[best].Best++
		m.Items[worst].Worst++
		net[best]++
		net[worst]--
	}
	if !answered {
		return
	}
	m.rows++
	if weight > 0 {
		m.N++
	}
	for i, n := range shown {
		if n > 0 {
			m.Items[i].scores = append(m.Items[i].scores, float64(net[i])/float64(n))
			m.Items[i].weights = append(m.Items[i].weights, weight)
		}
	}
}

func (m *MaxDiff) estimate(weights bool) {
	for _, item := range m.Items {
		points := grouped(item.scores, item.weights)
		e := stat.Mean(points)
		if weights {
			e = stat.WeightedMean(points, e.N)
		}
		item.N, item.Score, item.CI95 = e.N, Number(e.Value), interval(e)
	}
	if m.N < 30 {
		m.warn(Base30)
	}
}
