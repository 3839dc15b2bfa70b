package survey

import "slices"

// Headline is the item that stands for the whole: the first csat question, else
// the first rated question that is not part of a battery, else any rated item.
func (s *Survey) Headline() (Item, bool) {
	for _, m := range s.Metrics() {
		if m.Method == "csat" {
			return s.Item(m.Question)
		}
	}
	items := s.Items()
	single := func(i Item) bool { return i.Rated() && i.Row == nil && i.Type != NPS }
	for _, fits := range []func(Item) bool{single, Item.Rated} {
		if k := slices.IndexFunc(items, fits); k >= 0 {
			return items[k], true
		}
	}
	return Item{}, false
}
