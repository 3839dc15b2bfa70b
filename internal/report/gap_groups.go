package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// gapWaves is the dimensions over the waves.
func (b *builder) gapWaves(a survey.Analysis, g *measure.Gap) []Block {
	if len(b.waves) < 2 {
		return nil
	}
	id, label, format := "gap", b.say("gaps.gap"), change2
	if g.PerformanceOnly {
		id, label, format = "perceived", b.say("gaps.perceived"), mean2
	}
	f := b.gapFigure(chart.Multiples, b.say("figure.wave"), a.ID, "waves")
	if len(g.Dimensions) > 12 || len(g.Dimensions) == 1 {
		f.Kind = chart.Lines
	}
	f.Columns = b.valueColumns(id, label, format)
	f.Title, f.Note = b.say("gaps.title_waves", "measure", label), b.say("note.trend", "measure", label, "weighted", b.weightedNote())
	for d, dim := range a.Gap.Dimensions[:min(12, len(a.Gap.Dimensions))] {
		for _, w := range b.waves {
			row := chart.Row{Label: w.label, Series: b.dimensionLabel(dim), Cells: blank(4), State: chart.Empty, Why: b.say("figure.no_data")}
			if then := b.gapOf(w, a.ID); then != nil {
				r := gapRow{"", "", &then.Dimensions[d].GapLevel}
				if row.State, row.Why = b.levelState(r.level.N, r.level.Suppressed); r.shown() {
					ci := r.level.CI95
					if g.PerformanceOnly {
						ci = r.level.PerceivedCI95
					}
					row.Cells = []float64{r.value(g.PerformanceOnly), float64(ci[0]), float64(ci[1]), float64(r.level.N)}
				}
			}
			f.Rows = append(f.Rows, row)
		}
		b.tellLine(f, len(f.Rows)-len(b.waves), b.stepsOf(a.ID, "dimensions."+dim.ID+"."+id))
	}
	return []Block{{Figure: f}}
}

// gapGroups is the dimensions by the groups of every segment.
func (b *builder) gapGroups(a survey.Analysis) []Block {
	g := b.gapOf(b.latest(), a.ID)
	var out []Block
	for _, id := range b.survey.Segments {
		segment, ok := b.survey.Item(id)
		blocks := b.latest().block.BySegment[id]
		if view := a.Gap.View; !ok || len(blocks) == 0 || view != nil && view.Column == id { // the gaps are of one side alone
			continue
		}
		f := b.gapFigure(chart.Heat, b.say("gaps.dimension"), a.ID, "by", id)
		format, label := change2, b.say("gaps.gap")
		if g.PerformanceOnly {
			format, label = mean2, b.say("gaps.perceived")
		}
		f.Columns = []chart.Column{{ID: "all", Label: b.say("figure.all"), Role: chart.Part, Format: format}}
		codes, groups := groupCodes(segment, blocks), []*measure.Gap{g}
		for _, code := range codes {
			f.Columns = append(f.Columns, chart.Column{ID: "g_" + code, Label: b.groupLabel(segment, code), Role: chart.Part, Format: format})
			groups = append(groups, b.gapOf(wave{block: blocks[code]}, a.ID))
		}
		f.Note = b.say("gaps.groups_note", "weighted", b.weightedNote())
		f.Rows = append(f.Rows, b.gapGroupBases(groups))
		var differ []string
		for d, dim := range a.Gap.Dimensions {
			row := b.gapGroupRow(b.dimensionLabel(dim), d, groups)
			if slices.ContainsFunc(row.Marks, func(m chart.Mark) bool { return m.Tone != 0 }) {
				differ = append(differ, b.say("priorities.quoted", "item", row.Label))
			}
			f.Rows = append(f.Rows, row)
		}
		f.Title = b.say("gaps.title_groups_same", "measure", label, "segment", b.label(segment))
		if countShown(groups[1:]) < 2 {
			f.Title = b.say("gaps.title_groups_one", "measure", label, "segment", b.label(segment))
		}
		if len(differ) > 0 {
			f.Title = b.say("gaps.title_groups_differ", "measure", label, "segment", b.label(segment), "items", b.join(differ[:min(3, len(differ))]))
		}
		out = append(out, Block{Figure: f})
	}
	return out
}

// countShown counts the groups that have a result.
func countShown(groups []*measure.Gap) int {
	n := 0
	for _, g := range groups {
		if g != nil && g.Why == "" {
			n++
		}
	}
	return n
}

func (b *builder) gapGroupBases(groups []*measure.Gap) chart.Row {
	row := chart.Row{Label: b.say("figure.base"), Cells: blank(len(groups)), Count: true, Marks: make([]chart.Mark, len(groups))}
	row.Marks[0].Tone = 1 // bases are never tinted; without any tone the grid would be tinted by its numbers
	for k, g := range groups {
		if g == nil {
			row.Marks[k].State = chart.Suppressed
			continue
		}
		row.Cells[k] = float64(g.N)
	}
	return row
}

func (b *builder) gapGroupRow(label string, d int, groups []*measure.Gap) chart.Row {
	row := chart.Row{Label: label, Cells: blank(len(groups)), Marks: make([]chart.Mark, len(groups))}
	intervals := make([]measure.Interval, len(groups))
	for k, g := range groups {
		intervals[k] = measure.Interval{measure.Number(math.NaN()), measure.Number(math.NaN())}
		if g == nil || g.Dimensions[d].Suppressed {
			row.Marks[k].State = chart.Suppressed
			continue
		}
		r := gapRow{"", "", &g.Dimensions[d].GapLevel}
		if row.Marks[k].State, _ = b.levelState(r.level.N, false); r.shown() {
			row.Cells[k] = r.value(g.PerformanceOnly)
			if intervals[k] = r.level.CI95; g.PerformanceOnly {
				intervals[k] = r.level.PerceivedCI95
			}
		}
	}
	for k := 1; k < len(groups); k++ { // the first column is all of them
		for _, other := range intervals[1:] {
			switch {
			case intervals[k][1] < other[0]:
				row.Marks[k].Tone = -.67
			case intervals[k][0] > other[1] && row.Marks[k].Tone == 0:
				row.Marks[k].Tone = .67
			}
		}
	}
	return row
}
