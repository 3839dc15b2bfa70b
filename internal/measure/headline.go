package measure

import "slices"

// headline is the item that the report leads with.
func (w *wave) headline() (asked, bool) {
	item, ok := w.survey.Headline()
	if !ok {
		return asked{}, false
	}
	return w.askedOf(item.ID)
}

// askedOf returns the item with the given id.
func (w *wave) askedOf(id string) (asked, bool) {
	i := slices.IndexFunc(w.items, func(a asked) bool { return a.item.ID == id })
	if i < 0 {
		return asked{}, false
	}
	return w.items[i], true
}
