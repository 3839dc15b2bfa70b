package report

import (
	"math"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// gapFigure begins a figure of an analysis.
func (b *builder) gapFigure(kind chart.Kind, row string, parts ...string) *chart.Figure {
	return &chart.Figure{ID: slug(parts...), Kind: kind, Lang: b.lang, Words: b.chartWords(row), Axis: chart.Axis{Reference: math.NaN()}}
}

// levelState says whether a row may be drawn, and why not.
func (b *builder) levelState(n int, suppressed bool) (chart.State, string) {
	switch {
	case suppressed:
		return chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
	case n == 0:
		return chart.Empty, b.say("figure.no_data")
	case n < 30:
		return chart.TooFew, b.say("warning.base_under_30")
	}
	return chart.Normal, ""
}

// bothSides are the columns of what was expected and met, with the gap.
func (b *builder) bothSides() []chart.Column {
	return []chart.Column{
		{ID: "expected", Label: b.say("gaps.expected"), Role: chart.Part, Format: mean2},
		{ID: "perceived", Label: b.say("gaps.perceived"), Role: chart.Part, Format: mean2},
		{ID: "gap", Label: b.say("gaps.gap"), Role: chart.Value, Format: change2},
		{ID: "ci95_low", Label: b.say("figure.low"), Role: chart.Low, Format: change2},
		{ID: "ci95_high", Label: b.say("figure.high"), Role: chart.High, Format: change2},
		{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
	}
}

// sides is one row of both sides.
func (b *builder) sides(r gapRow) chart.Row {
	row := chart.Row{Label: r.label, Cells: blank(6)}
	if row.State, row.Why = b.levelState(r.level.N, r.level.Suppressed); !r.shown() {
		return row
	}
	row.Cells = []float64{float64(r.level.Expected), float64(r.level.Perceived), float64(r.level.Gap), float64(r.level.CI95[0]), float64(r.level.CI95[1]), float64(r.level.N)}
	return row
}

// performanceRow is one row of performance with its interval.
func (b *builder) performanceRow(r gapRow) chart.Row {
	row := chart.Row{Label: r.label, Cells: blank(4)}
	if row.State, row.Why = b.levelState(r.level.N, r.level.Suppressed); !r.shown() {
		return row
	}
	row.Cells = []float64{float64(r.level.Perceived), float64(r.level.PerceivedCI95[0]), float64(r.level.PerceivedCI95[1]), float64(r.level.N)}
	return row
}

// gapDimensionFigure is both sides of every dimension, the widest gap first.
func (b *builder) gapDimensionFigure(a survey.Analysis, g *measure.Gap) *chart.Figure {
	return b.gapSides(slug(a.ID, "dimensions"), b.say("gaps.dimension"), b.gapDimensions(a, g), g)
}

// gapItemFigure is the gap of every item as bars from 0; the performance where that is all.
func (b *builder) gapItemFigure(a survey.Analysis, g *measure.Gap) *chart.Figure {
	rows := b.gapItems(a, g)
	if g.PerformanceOnly {
		return b.gapSides(slug(a.ID, "items"), b.say("figure.item"), rows, g)
	}
	f := b.gapFigure(chart.Bars, b.say("figure.item"), a.ID, "items")
	f.Columns = b.valueColumns("gap", b.say("gaps.gap"), change2)
	f.Title, f.Note = b.gapTitle(rows), b.say("gaps.items_note", "weighted", b.weightedNote())
	for _, r := range rows {
		row := chart.Row{Label: r.label, Cells: blank(4)}
		if row.State, row.Why = b.levelState(r.level.N, r.level.Suppressed); r.shown() {
			row.Cells = []float64{float64(r.level.Gap), float64(r.level.CI95[0]), float64(r.level.CI95[1]), float64(r.level.N)}
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}

// gapSides is a dumbbell a row, or dots of performance.
func (b *builder) gapSides(id, row string, rows []gapRow, g *measure.Gap) *chart.Figure {
	f := b.gapFigure(chart.Dumbbell, row, id)
	f.Axis.Min, f.Axis.Max = float64(g.Scale[0]), float64(g.Scale[1])
	if g.PerformanceOnly {
		f.Kind, f.Columns = chart.Dots, b.valueColumns("perceived", b.say("gaps.perceived"), mean2)
		f.Title = b.performanceTitle(rows)
		f.Note = b.say("gaps.performance_note", "low", whole.String(float64(g.Scale[0])), "high", whole.String(float64(g.Scale[1])), "weighted", b.weightedNote())
	} else {
		f.Columns = b.bothSides()
		f.Title = b.gapTitle(rows)
		f.Note = b.say("gaps.sides_note", "low", whole.String(float64(g.Scale[0])), "high", whole.String(float64(g.Scale[1])), "weighted", b.weightedNote())
	}
	for _, r := range rows {
		if g.PerformanceOnly {
			f.Rows = append(f.Rows, b.performanceRow(r))
		} else {
			f.Rows = append(f.Rows, b.sides(r))
		}
	}
	return f
}

// gapTitle says which row falls shortest, if any does for certain.
func (b *builder) gapTitle(rows []gapRow) string {
	if len(rows) == 0 || !rows[0].shown() {
		return b.say("gaps.title_none")
	}
	worst, short := rows[0], 0
	for _, r := range rows {
		if r.shown() && r.level.Holds() && r.level.Gap < 0 {
			short++
		}
	}
	switch {
	case short == 0:
		return b.say("gaps.title_met")
	case short == len(rows) && short > 1:
		return b.sayWidest("gaps.title_all", rows, "item", worst.label, "gap", change2.String(float64(worst.level.Gap)))
	}
	return b.sayWidest("gaps.title_short", rows, "item", worst.label, "gap", change2.String(float64(worst.level.Gap)))
}

func (b *builder) performanceTitle(rows []gapRow) string {
	var shown []gapRow
	for _, r := range rows {
		if r.shown() {
			shown = append(shown, r)
		}
	}
	if len(shown) < 2 {
		return b.say("gaps.title_performance_one")
	}
	return b.say("gaps.title_performance", "worst", shown[0].label, "best", shown[len(shown)-1].label)
}

// gapRadar is the dimensions as a web: expected around perceived. It needs
// three dimensions and both sides; more than ten would be no web.
func (b *builder) gapRadar(a survey.Analysis, g *measure.Gap) *chart.Figure {
	if len(g.Dimensions) < 3 || len(g.Dimensions) > 10 || g.PerformanceOnly {
		return nil
	}
	f := b.gapFigure(chart.Radar, b.say("gaps.dimension"), a.ID, "radar")
	f.Axis.Min, f.Axis.Max = float64(g.Scale[0]), float64(g.Scale[1])
	f.Columns = []chart.Column{
		{ID: "mean", Label: b.say("figure.mean"), Role: chart.Value, Format: mean2},
		{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
	}
	f.Note = b.say("gaps.radar_note", "low", whole.String(float64(g.Scale[0])), "high", whole.String(float64(g.Scale[1])), "weighted", b.weightedNote())
	f.Title = b.radarTitle(a, g)
	for _, side := range []string{"perceived", "expected"} {
		for d, dim := range g.Dimensions {
			row := chart.Row{Label: b.dimensionLabel(a.Gap.Dimensions[d]), Series: b.say("gaps." + side), Cells: blank(2), Strong: side == "perceived"}
			row.State, row.Why = b.levelState(dim.N, dim.Suppressed)
			if !dim.Suppressed && dim.N > 0 {
				v := dim.Perceived
				if side == "expected" {
					v = dim.Expected
				}
				row.Cells = []float64{float64(v), float64(dim.N)}
			}
			f.Rows = append(f.Rows, row)
		}
	}
	return f
}

// radarTitle says where what was met comes nearest to what was expected.
func (b *builder) radarTitle(a survey.Analysis, g *measure.Gap) string {
	rows := b.gapDimensions(a, g)
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].shown() {
			return b.say("gaps.title_nearest", "item", rows[i].label, "gap", change2.String(float64(rows[i].level.Gap)))
		}
	}
	return b.say("gaps.title_none")
}

// gapWeights ranks the dimensions by gap times weight; nil without points.
func (b *builder) gapWeights(a survey.Analysis, g *measure.Gap) *chart.Figure {
	if g.PerformanceOnly || math.IsNaN(float64(g.WeightedGap)) {
		return nil
	}
	f := b.gapFigure(chart.Bars, b.say("gaps.dimension"), a.ID, "weighted")
	f.Columns = []chart.Column{
		{ID: "weighted", Label: b.say("gaps.contribution"), Role: chart.Value, Format: change2},
		{ID: "weight", Label: b.say("gaps.weight"), Format: percent},
		{ID: "gap", Label: b.say("gaps.gap"), Format: change2},
		{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
	}
	f.Note = b.say("gaps.weighted_note", "gap", change2.String(float64(g.WeightedGap)))
	f.Title = b.say("gaps.title_met")
	worst := math.Inf(1)
	for d, dim := range g.Dimensions {
		row := chart.Row{Label: b.dimensionLabel(a.Gap.Dimensions[d]), Cells: []float64{float64(dim.Weighted), float64(dim.Weight), float64(dim.Gap), float64(dim.N)}}
		row.State, row.Why = b.levelState(dim.N, dim.Suppressed)
		f.Rows = append(f.Rows, row)
		if v := float64(dim.Weighted); v < worst && v < 0 {
			worst, f.Title = v, b.say("gaps.title_weighted", "item", row.Label, "share", percent0.String(float64(dim.Weighted/g.WeightedGap)))
		}
	}
	sortRows(f.Rows, 0)
	return f
}

// sortRows puts the lowest number of a column first.
func sortRows(rows []chart.Row, column int) {
	for i := range rows {
		for j := i; j > 0 && rows[j].Cells[column] < rows[j-1].Cells[column]; j-- {
			rows[j], rows[j-1] = rows[j-1], rows[j]
		}
	}
}

// gapClasses is how many fall short, item by item.
func (b *builder) gapClasses(a survey.Analysis, g *measure.Gap) *chart.Figure {
	f := b.gapFigure(chart.Diverging, b.say("figure.item"), a.ID, "classes")
	f.Columns = []chart.Column{
		{ID: "far_below", Label: b.say("gaps.far_below"), Role: chart.Level, Format: percent0, Tone: -1},
		{ID: "below", Label: b.say("gaps.below"), Role: chart.Level, Format: percent0, Tone: -.5},
		{ID: "meet", Label: b.say("gaps.meet"), Role: chart.Level, Format: percent0},
		{ID: "exceed", Label: b.say("gaps.exceed"), Role: chart.Level, Format: percent0, Tone: 1},
		{ID: "met", Label: b.say("gaps.met"), Role: chart.Total, Format: percent0},
		{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
	}
	rows := b.gapItems(a, g)
	f.Note = b.say("gaps.bands_note", "weighted", b.weightedNote())
	f.Title = b.say("gaps.title_none")
	most := -1.0
	for _, r := range rows {
		row := chart.Row{Label: r.label, Cells: blank(6)}
		if row.State, row.Why = b.levelState(r.level.N, r.level.Suppressed); r.shown() {
			c := r.level.Classes
			if c.Withheld {
				row.State, row.Why = b.withheld()
				f.Rows = append(f.Rows, row)
				continue
			}
			row.Cells = []float64{float64(c.FarBelow), float64(c.Below), float64(c.Meet), float64(c.Exceed), float64(c.Meet + c.Exceed), float64(r.level.N)}
			if short := float64(c.FarBelow + c.Below); short > most {
				most, f.Title = short, b.say("gaps.title_classes", "share", percent0.String(short), "item", r.label)
			}
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}
