package report

import (
	"slices"
	"strings"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// gapTable is every item with its numbers, dimension by dimension.
func (b *builder) gapTable(a survey.Analysis, g *measure.Gap) *Table {
	t := &Table{ID: slug(a.ID, "table"), Caption: b.say("gaps.table"), Head: []string{b.say("figure.item"), b.say("gaps.perceived")}}
	if !g.PerformanceOnly {
		t.Head = []string{b.say("figure.item"), b.say("gaps.expected"), b.say("gaps.perceived"), b.say("gaps.gap"), b.say("gaps.holm")}
		t.Note = b.say("gaps.table_note")
	}
	t.Head = append(t.Head, b.say("figure.base"))
	for d, dim := range g.Dimensions {
		if !onePairEach(a) {
			t.Rows = append(t.Rows, Row{Label: b.dimensionLabel(a.Gap.Dimensions[d])})
		}
		for i, item := range dim.Items {
			t.Rows = append(t.Rows, Row{Label: b.pairLabel(a.Gap.Dimensions[d].Pairs[i]), Cells: b.gapCells(&item.GapLevel, g.PerformanceOnly)})
		}
		if len(dim.Items) > 1 {
			t.Rows = append(t.Rows, Row{Label: b.say("gaps.dimension_row"), Cells: b.gapCells(&dim.GapLevel, g.PerformanceOnly)})
		}
	}
	return t
}

// onePairEach reports whether dimensions are items, so that nothing need be said twice.
func onePairEach(a survey.Analysis) bool {
	return !slices.ContainsFunc(a.Gap.Dimensions, func(d survey.GapDimension) bool { return len(d.Pairs) != 1 })
}

func (b *builder) gapCells(l *measure.GapLevel, only bool) []Cell {
	blankCells := func(text string) []Cell {
		n := 5
		if only {
			n = 2
		}
		out := make([]Cell, n)
		out[0] = Cell{Text: text, Tone: "quiet"}
		return out
	}
	switch {
	case l.Suppressed:
		return blankCells(b.say("table.hidden", "min", b.results.MinCell))
	case l.N == 0:
		return blankCells("–")
	}
	perceived := Cell{Text: mean2.String(float64(l.Perceived)), Mark: between(mean2, l.PerceivedCI95)}
	if only {
		return []Cell{perceived, {Text: count(l.N), Tone: "quiet"}}
	}
	gap := Cell{Text: change2.String(float64(l.Gap)), Mark: between(change2, l.CI95), Tone: "quiet"}
	if l.Holds() {
		gap.Tone = "good"
		if l.Gap < 0 {
			gap.Tone = "bad"
		}
	}
	perceived.Mark = ""
	return []Cell{{Text: mean2.String(float64(l.Expected))}, perceived, gap, {Text: strings.TrimPrefix(p(l.Holm), "=\u00a0"), Tone: "quiet"}, {Text: count(l.N), Tone: "quiet"}}
}

// gapReliability is alpha of each side and of the gap.
func (b *builder) gapReliability(a survey.Analysis, g *measure.Gap) []Block {
	t := &Table{ID: slug(a.ID, "alpha"), Caption: b.say("gaps.alpha"), Head: []string{b.say("gaps.dimension"), b.say("gaps.pairs"), b.say("gaps.perceived")}}
	if !g.PerformanceOnly {
		t.Head = append(t.Head, b.say("gaps.expected"), b.say("gaps.gap"))
	}
	t.Head = append(t.Head, b.say("figure.base"))
	for d, dim := range g.Dimensions {
		if len(dim.Items) < 2 {
			continue
		}
		row := Row{Label: b.dimensionLabel(a.Gap.Dimensions[d]), Cells: []Cell{{Text: count(len(dim.Items)), Tone: "quiet"}}}
		alphas := []measure.Number{dim.Alpha.Perceived, dim.Alpha.Expected, dim.Alpha.Gap}
		if g.PerformanceOnly {
			alphas = alphas[:1]
		}
		for _, v := range alphas {
			cell := Cell{Text: mean2.String(float64(v))}
			if dim.Suppressed || dim.Alpha.N < b.results.MinCell {
				cell = Cell{Text: "–", Tone: "quiet"}
			} else if float64(v) < .7 {
				cell.Tone = "bad"
			}
			row.Cells = append(row.Cells, cell)
		}
		row.Cells = append(row.Cells, Cell{Text: count(dim.Alpha.N), Tone: "quiet"})
		if dim.Suppressed {
			row.Cells[len(row.Cells)-1].Text = "–"
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	out := []Block{{Table: t}, {Note: b.say("gaps.alpha_note")}}
	if !g.PerformanceOnly {
		out = append(out, Block{Note: b.say("gaps.alpha_gap")})
	}
	return out
}
