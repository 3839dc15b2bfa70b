package page

import (
	"slices"

	"manyi/internal/report"
)

// column is the heading of the i-th cell of a row, by which it is named where a
// row is a card: with the heading above it where two columns are named alike.
func column(t *report.Table, i int) string {
	if i++; i >= len(t.Head) {
		return ""
	}
	head := t.Head[i]
	if !slices.Contains(t.Head[:i], head) && !slices.Contains(t.Head[i+1:], head) {
		return head
	}
	at := 0
	for _, g := range t.Groups {
		if at += g.Of; i < at {
			if g.Label == "" {
				return head
			}
			return g.Label + " · " + head
		}
	}
	return head
}
