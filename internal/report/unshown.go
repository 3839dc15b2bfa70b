package report

import (
	"slices"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// shownCodes are the groups that have a column in a table: a column of nothing
// but "not shown" tells no more than the note below it.
func (b *builder) shownCodes(segment survey.Item, blocks map[string]*measure.Block) []string {
	return slices.DeleteFunc(groupCodes(segment, blocks), func(code string) bool {
		return b.silent(blocks[code]) || blocks[code].Base.Responses == 0
	})
}

// silent reports whether no rating of a group may be shown.
func (b *builder) silent(block *measure.Block) bool {
	return block.Suppressed || !slices.ContainsFunc(b.survey.Items(), func(item survey.Item) bool {
		q := block.Questions[item.ID]
		return item.Rated() && (q == nil || !q.Suppressed)
	})
}

// unshown names the groups without a column, and why they have none.
func (b *builder) unshown(segment survey.Item, blocks map[string]*measure.Block) string {
	var hidden, empty []string
	for _, code := range groupCodes(segment, blocks) {
		name := b.say("priorities.quoted", "item", b.groupLabel(segment, code))
		switch {
		case b.silent(blocks[code]):
			hidden = append(hidden, name)
		case blocks[code].Base.Responses == 0:
			empty = append(empty, name)
		}
	}
	text := ""
	if len(hidden) > 0 {
		text += b.say("table.groups_hidden", "min", b.results.MinCell, "groups", b.join(hidden))
	}
	if len(empty) > 0 {
		text += b.say("table.groups_empty", "groups", b.join(empty))
	}
	return text
}
