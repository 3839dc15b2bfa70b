package measure

import (
	"slices"

	"manyi/internal/survey"
)

// headline is the item that the report leads with: the first with a csat
// analysis, else the first rated question alone, else any rated one.
func (w *wave) headline() (asked, bool) {
	for _, m := range w.survey.Metrics() {
		if m.Method == "csat" {
			return w.askedOf(m.Question)
		}
	}
	single := func(a asked) bool { return a.item.Rated() && a.item.Row == nil && a.item.Type != survey.NPS }
	for _, fits := range []func(asked) bool{single, func(a asked) bool { return a.item.Rated() }} {
		if k := slices.IndexFunc(w.items, fits); k >= 0 {
			return w.items[k], true
		}
	}
	return asked{}, false
}

// askedOf returns the item with the given id.
func (w *wave) askedOf(id string) (asked, bool) {
	i := slices.IndexFunc(w.items, func(a asked) bool { return a.item.ID == id })
	if i < 0 {
		return asked{}, false
	}
	return w.items[i], true
}
