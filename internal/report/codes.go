package report

import (
	"slices"

	"manyi/internal/chart"
)

// codeName is what a code of a ledger's column is called, in this order: by the
// author's labels, by the question, hidden field or scale of the survey that is
// named like the column, by our own word; else the code itself, cut where it is
// no code. So every page of the service calls it the same.
func (b *builder) codeName(column, code string) string {
	if s := b.authorCode(column, code); s != "" {
		return isolated(s)
	}
	if key := "complaints.code." + column + "_" + code; b.locale.Has(key) {
		return b.say(key)
	}
	const most = 60
	if runes := []rune(code); len(runes) > most {
		code = string(runes[:most]) + "…"
	}
	return isolated(code)
}

// authorCode is the author's word for a code, "" where there is none.
func (b *builder) authorCode(column, code string) string {
	if s := b.text(b.survey.Service.Complaints.Label(column, code)); s != "" {
		return s
	}
	if item, ok := b.survey.Item(column); ok && item.Scale != nil && slices.Contains(item.Scale.Codes(), code) {
		return b.optionLabel(item.Scale, code)
	}
	if sc := b.survey.Scales[column]; sc != nil && slices.Contains(sc.Codes(), code) {
		return b.optionLabel(sc, code)
	}
	return b.text(b.survey.Service.Desk.Labels[code])
}

// firstFigure is the first figure of a page, nil without one.
func firstFigure(p *Page) *chart.Figure {
	for _, s := range p.Sections {
		for _, block := range s.Blocks {
			if block.Figure != nil {
				return block.Figure
			}
		}
	}
	return nil
}
