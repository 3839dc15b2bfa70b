package measure

import (
	"fmt"

	"manyi/internal/survey"
)

// sameItems tells which columns speak of one item: those that an analysis pairs
// (performance and importance, perceived and expected, the pair of a feature
// with its importance), and rows of one name and label in several matrices,
// unless an analysis has two of them as items of their own, such as one service
// at two places. It maps a column to the first of its item.
func (w *wave) sameItems() map[string]string {
	u := union{}
	lists := map[string][]string{} // analysis -> the columns that are its items
	for _, a := range w.survey.Analyses {
		items, pairs := pairedColumns(a)
		lists[a.ID] = items
		times := map[string]int{} // an importance that several items share pairs none of them
		for _, p := range pairs {
			for _, id := range p {
				times[id]++
			}
		}
		for _, p := range pairs {
			for _, id := range p[1:] {
				if id != "" && times[id] == 1 {
					u.join(p[0], id)
				}
			}
		}
	}
	for _, rows := range w.namesakes() {
		if !apart(rows, lists) {
			for _, id := range rows[1:] {
				u.join(rows[0], id)
			}
		}
	}
	out := map[string]string{}
	for id := range u {
		out[id] = u.first(id)
	}
	return out
}

// pairedColumns are the columns that an analysis treats as its items, and the
// columns that belong to each.
func pairedColumns(a survey.Analysis) (items []string, pairs [][]string) {
	switch {
	case a.ImportancePerformance != nil:
		for _, i := range a.ImportancePerformance.Items {
			pairs = append(pairs, []string{i.Performance, i.Importance})
		}
	case a.Gap != nil:
		for _, d := range a.Gap.Dimensions {
			for _, p := range d.Pairs {
				pairs = append(pairs, []string{p.Perceived, p.Expected, p.Adequate})
			}
		}
	case a.Kano != nil:
		for _, f := range a.Kano.Features {
			pairs = append(pairs, []string{f.Functional, f.Dysfunctional, f.Importance})
		}
	case a.CSI != nil:
		for _, i := range a.CSI.Leaves() {
			items = append(items, i.ID)
		}
	case a.Drivers != nil:
		items = a.Drivers.Items
	case a.PenaltyReward != nil:
		items = a.PenaltyReward.Items
	}
	for _, p := range pairs {
		items = append(items, p[0])
	}
	return items, pairs
}

// namesakes are the rows of one name and label, in the order of the survey.
func (w *wave) namesakes() [][]string {
	at := map[string]int{}
	var out [][]string
	for _, a := range w.items {
		if a.item.Row == nil || len(a.item.Row.Label) == 0 {
			continue
		}
		key := a.item.Row.ID + "\x00" + fmt.Sprint(a.item.Row.Label)
		i, known := at[key]
		if !known {
			i, out = len(out), append(out, nil)
			at[key] = i
		}
		out[i] = append(out[i], a.item.ID)
	}
	return out
}

// apart reports whether an analysis has two of the columns as items.
func apart(ids []string, lists map[string][]string) bool {
	for _, items := range lists {
		n := 0
		for _, item := range items {
			for _, id := range ids {
				if item == id {
					n++
				}
			}
		}
		if n > 1 {
			return true
		}
	}
	return false
}

// union is columns that point to another of the same item, to themselves at the end.
type union map[string]string

func (u union) first(id string) string {
	for u[id] != "" && u[id] != id {
		id = u[id]
	}
	return id
}

func (u union) join(a, b string) {
	a, b = u.first(a), u.first(b)
	u[a], u[b] = a, a
}
