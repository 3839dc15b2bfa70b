package importer

import (
	"slices"
	"strings"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// kind is how an item takes answers.
type kind uint8

const (
	takesCode kind = iota
	takesCodes
	takesNumber
	takesText
	takesRank
)

// item is a place in the survey that columns fill.
type item struct {
	id       string // key of the record
	kind     kind
	field    *table.Field
	answers  *answers
	question *survey.Question
	row      *survey.Row
	titles   []string // of the question, and its short name, in every language
	parts    []string // of the row
	texts    map[string]string
	ranks    map[string]string // ranking: folded label or id of an item -> column
	taken    bool
}

func writeInOf(field, item string) (code string, ok bool) {
	code, ok = strings.CutPrefix(field, item+"_")
	if !ok {
		return "", false
	}
	return strings.CutSuffix(code, "_text")
}

// rank adds the items of a ranking to one place for cells that hold it whole.
func (m *matcher) rank(rankings map[string]*item, it *item) {
	q := it.question
	whole := rankings[q.ID]
	if whole == nil {
		whole = &item{id: q.ID, kind: takesRank, question: q, ranks: map[string]string{}, titles: it.titles}
		rankings[q.ID] = whole
		m.items = append(m.items, whole)
		m.byID[strings.ToLower(q.ID)] = whole
	}
	for _, p := range append(slices.Clone(it.parts), it.row.ID) {
		whole.ranks[fold(p)] = it.id
		whole.ranks[loose(p)] = it.id
	}
}

// name collects the wordings of an item.
func (it *item) name(i survey.Item) {
	add := func(to *[]string, t survey.Text) {
		for _, s := range t {
			if s = survey.Unpiped(s); s != "" {
				*to = append(*to, s)
			}
		}
	}
	if q := i.Question; q != nil {
		add(&it.titles, q.Text)
		add(&it.titles, q.Label)
	} else {
		it.titles = append(it.titles, i.Label("zh-CN"), i.Label("en"))
	}
	if i.Row != nil {
		add(&it.parts, i.Row.Label)
		it.parts = append(it.parts, i.Row.ID)
	}
	slices.Sort(it.titles) // they come from maps
	slices.Sort(it.parts)
}

func kindOf(it *item, i survey.Item) kind {
	switch {
	case i.Type == survey.MultipleChoice:
		return takesCodes
	case it.field == nil:
		return takesText
	}
	switch it.field.Kind {
	case table.Number:
		return takesNumber
	case table.Choice:
		return takesCode
	}
	return takesText
}
