package importer

import (
	"strings"

	"manyi/internal/table"
)

// figure takes a number; full-width digits and units behind it are read.
func (p *Plan) figure(r *record, fate *ColumnFate, it *item, cell string) {
	text := fold(cell)
	if m := graded.FindStringSubmatch(text); m != nil && it.field.Integer {
		text = m[1]
	}
	text = strings.TrimRight(text, " 分元年岁次个人天%")
	if _, ok := table.ParseNumber(text); !ok {
		fate.Unknown++
		r.blank[it.id] = true
		return
	}
	fate.Answers++
	r.values[it.id] = text
}

// rank takes a ranking in one cell, or the item at one rank.
func (p *Plan) rank(r *record, fate *ColumnFate, it *item, cell string) {
	list := []string{cell}
	if fate.place.option == "" {
		for _, s := range []string{"→", "┋", "->", ">", listed, ";", ","} {
			if strings.Contains(cell, s) {
				list = pieces(cell, s)
				break
			}
		}
	}
	for i, s := range list {
		id := it.ranks[fold(s)]
		if id == "" {
			id = it.ranks[loose(s)]
		}
		if id == "" {
			fate.Unknown++
			continue
		}
		fate.Answers++
		at := itoa(i + 1)
		if fate.place.option != "" {
			at = fate.place.option
		}
		r.values[id] = at
	}
}

// meaning is what a cell stands for, remembered.
func (fate *ColumnFate) meaning(it *item, cell string) meaning {
	m, ok := fate.memo[cell]
	if !ok {
		m = it.answers.of(cell)
		if len(fate.memo) < memoLimit {
			fate.memo[strings.Clone(cell)] = m
		}
	}
	return m
}

func (fate *ColumnFate) tally(m meaning, cell string) {
	switch m.sure {
	case isUnknown:
		fate.Unknown++
		if cell != "" && len(cell) <= valueBytes {
			fate.unknowns.add(cell, valueLimit)
		}
	case isMissing:
		fate.Missing++
	case isGuessed:
		fate.Guesses++
		fate.Answers++
	case isWritten:
		fate.Written++
		fate.Answers++
	default:
		fate.Answers++
	}
}
