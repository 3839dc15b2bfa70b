package report

import (
	"math"

	"manyi/internal/chart"
	"manyi/internal/measure"
)

// sensitivity is step 5: better and worse, their length, and the continuous
// analysis beside them.
func (v kanoView) sensitivity() []Block {
	return []Block{{Text: v.say("kano.sensitivity")}, {Figure: v.betterWorse()}, {Figure: v.ranking()}, {Figure: v.continuous()}}
}

// betterWorse places the features by better and the size of worse.
func (v kanoView) betterWorse() *chart.Figure {
	cuts := v.result.Thresholds
	f := &chart.Figure{
		ID: slug(v.analysis.ID, "better-worse"), Kind: chart.Scatter, Lang: v.lang, Words: v.kanoWords(),
		Axis: chart.Axis{Min: 0, Max: 1, Reference: math.NaN()}, Across: chart.Axis{Min: 0, Max: 1, Reference: math.NaN()},
		Note: v.say("kano.better_note_"+cuts.Rule, "weighted", v.weightedNote()),
		Cuts: &chart.Cuts{X: -float64(cuts.Worse), Y: float64(cuts.Better), Quadrants: v.quadrants()},
		Columns: []chart.Column{
			{ID: "worse_absolute", Label: v.say("kano.worse"), Role: chart.X, Format: mean2},
			{ID: "worse_absolute_low", Label: v.say("figure.low"), Role: chart.XLow, Format: mean2},
			{ID: "worse_absolute_high", Label: v.say("figure.high"), Role: chart.XHigh, Format: mean2},
			{ID: "better", Label: v.say("kano.better"), Role: chart.Y, Format: mean2},
			{ID: "better_low", Label: v.say("figure.low"), Role: chart.YLow, Format: mean2},
			{ID: "better_high", Label: v.say("figure.high"), Role: chart.YHigh, Format: mean2},
			{ID: "coefficient_n", Label: v.say("kano.coefficient_n"), Role: chart.Base, Format: whole},
		},
	}
	if cuts.Rule == "mean" {
		f.Cuts.XLabel = v.say("kano.mean_cut", "value", mean2.String(f.Cuts.X))
		f.Cuts.YLabel = v.say("kano.mean_cut", "value", mean2.String(f.Cuts.Y))
	}
	placed, all := 0, 0
	for i, r := range v.result.Features {
		row, ok := v.row(i, len(f.Columns))
		if ok && r.CoefficientN > 0 {
			row.Cells = []float64{
				-float64(r.Worse), -float64(r.WorseCI95[1]), -float64(r.WorseCI95[0]),
				float64(r.Better), float64(r.BetterCI95[0]), float64(r.BetterCI95[1]), float64(r.CoefficientN),
			}
			all++
			if crosses(r.BetterCI95, cuts.Better) || crosses(r.WorseCI95, cuts.Worse) {
				row.State = chart.Undecided
			} else {
				placed++
			}
		} else if ok {
			row.State, row.Why = chart.Empty, v.say("kano.no_coefficient")
		}
		f.Rows = append(f.Rows, row)
	}
	f.Title = v.say("kano.better_title", "n", placed, "all", all)
	return f
}

// crosses reports whether an interval holds the cut, or is unknown.
func crosses(ci measure.Interval, cut measure.Number) bool {
	return !(ci[1] < cut || ci[0] > cut)
}

// quadrants are the classes of both scatters.
func (v kanoView) quadrants() [4]chart.Quadrant {
	return [4]chart.Quadrant{
		chart.UpperLeft:  {Name: v.kanoClass(measure.Attractive)},
		chart.UpperRight: {Name: v.kanoClass(measure.OneDimensional)},
		chart.LowerLeft:  {Name: v.kanoClass(measure.Indifferent)},
		chart.LowerRight: {Name: v.kanoClass(measure.MustBe)},
	}
}

// ranking is the length of better and worse, the largest first.
func (v kanoView) ranking() *chart.Figure {
	f := &chart.Figure{
		ID: slug(v.analysis.ID, "sensitivity-rank"), Kind: chart.Bars, Lang: v.lang, Words: v.kanoWords(), Axis: plainAxis(),
		Columns: v.valueColumns("sensitivity", v.say("kano.sensitivity_head"), mean2), Note: v.say("kano.ranking_note", "weighted", v.weightedNote()),
		Title: v.say("kano.ranking_none"),
	}
	for i, r := range v.result.Features {
		row, ok := v.row(i, len(f.Columns))
		if ok && r.CoefficientN == 0 {
			row.State, row.Why = chart.Empty, v.say("kano.no_coefficient")
		} else if ok {
			row.Cells = []float64{float64(r.Sensitivity), float64(r.SensitivityCI95[0]), float64(r.SensitivityCI95[1]), float64(r.CoefficientN)}
		}
		f.Rows = append(f.Rows, row)
	}
	largestFirst(f.Rows, 0)
	n := 0
	for _, r := range f.Rows {
		if !math.IsNaN(r.Cells[0]) {
			n++
		}
	}
	if n > 1 {
		first, last, near := f.Rows[0], f.Rows[n-1], overlapping(f.Rows, 0)
		f.Title = v.say("kano.ranking_title", "first", first.Label, "last", last.Label, "high", mean2.String(first.Cells[0]), "low", mean2.String(last.Cells[0]))
		if near > 0 {
			f.Title = v.say("kano.ranking_near", "n", near, "first", first.Label, "high", mean2.String(first.Cells[0]))
		}
	}
	return f
}

// overlapping counts the rows whose interval, in the second and third column,
// overlaps with that of one of them.
func overlapping(rows []chart.Row, one int) int {
	n := 0
	for i, r := range rows {
		if i != one && r.Cells[1] <= rows[one].Cells[2] && r.Cells[2] >= rows[one].Cells[1] {
			n++
		}
	}
	return n
}

// continuous places the features by the means of DuMouchel's points, with one
// standard error to each side.
func (v kanoView) continuous() *chart.Figure {
	f := &chart.Figure{
		ID: slug(v.analysis.ID, "continuous"), Kind: chart.Scatter, Lang: v.lang, Words: v.kanoWords(),
		Axis: chart.Axis{Min: 0, Max: 4, Reference: math.NaN()}, Across: chart.Axis{Min: 0, Max: 4, Reference: math.NaN()},
		Cuts: &chart.Cuts{X: 2, Y: 2, Quadrants: v.quadrants()}, Note: v.say("kano.continuous_note", "weighted", v.weightedNote()),
		Columns: []chart.Column{
			{ID: "dysfunctional", Label: v.say("kano.dysfunctional"), Role: chart.X, Format: mean2},
			{ID: "dysfunctional_minus_se", Label: v.say("kano.minus_se"), Role: chart.XLow, Format: mean2},
			{ID: "dysfunctional_plus_se", Label: v.say("kano.plus_se"), Role: chart.XHigh, Format: mean2},
			{ID: "functional", Label: v.say("kano.functional"), Role: chart.Y, Format: mean2},
			{ID: "functional_minus_se", Label: v.say("kano.minus_se"), Role: chart.YLow, Format: mean2},
			{ID: "functional_plus_se", Label: v.say("kano.plus_se"), Role: chart.YHigh, Format: mean2},
			{ID: "n", Label: v.say("figure.base"), Role: chart.Base, Format: whole},
		},
	}
	f.Words.Interval = v.say("kano.one_se")
	if v.rated() {
		f.Columns = append(f.Columns, chart.Column{ID: "importance", Label: v.say("kano.importance"), Role: chart.Area, Format: mean2})
		f.Note += v.say("kano.area_note")
	}
	same, all := 0, 0
	for i, r := range v.result.Features {
		row, ok := v.row(i, len(f.Columns))
		if ok {
			x, y, sx, sy := float64(r.Dysfunctional), float64(r.Functional), float64(r.DysfunctionalSE), float64(r.FunctionalSE)
			copy(row.Cells, []float64{x, x - sx, x + sx, y, y - sy, y + sy, float64(r.N), float64(r.Importance)}[:len(row.Cells)])
			if math.Abs(x-2) <= sx || math.Abs(y-2) <= sy {
				row.State = chart.Undecided
			}
			all++
			if r.Zone == r.Category {
				same++
			}
		}
		f.Rows = append(f.Rows, row)
	}
	f.Title = v.say("kano.continuous_title", "n", same, "all", all)
	return f
}

// rated reports whether features have stated importance.
func (v kanoView) rated() bool {
	for _, r := range v.result.Features {
		if !r.Hidden() && r.ImportanceN > 0 {
			return true
		}
	}
	return false
}
