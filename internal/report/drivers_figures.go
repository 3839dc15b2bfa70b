package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// shareFigure is the share of every item in what all explain, those whose effect
// can be told from zero first. Nil where no share exists.
func (b *builder) shareFigure(a survey.Analysis, d *measure.Drivers) *chart.Figure {
	f := &chart.Figure{
		ID: slug(a.ID, "importance"), Kind: chart.Bars, Lang: b.lang, Words: b.chartWords(b.say("figure.item")), Axis: plainAxis(),
		Columns: b.valueColumns(d.Weights+"_share", b.say("drivers.share"), percent),
		Note: b.say("drivers.share_note", "weights", b.say("drivers.weights."+d.Weights), "resamples", count(d.Bootstrap.Resamples),
			"base", count(d.N), "weighted", b.weightedNote()),
	}
	f.Words.TooFew = b.say("drivers.few_mark")
	if f.Rows = b.shareRows(d, f.Words.TooFew); len(f.Rows) == 0 {
		return nil
	}
	most := 0
	for i, r := range f.Rows {
		if r.Cells[0] > f.Rows[most].Cells[0] {
			most = i
		}
	}
	near, key := overlapping(f.Rows, most), "drivers.share_title"
	if near > 0 {
		key = "drivers.share_near"
	}
	f.Title = b.say(key, "n", near, "item", f.Rows[most].Label, "share", percent0.String(f.Rows[most].Cells[0]), "outcome", b.itemName(d.Outcome))
	if len(f.Rows) == 1 {
		f.Title = b.say("drivers.one_title", "item", f.Rows[0].Label, "r2", percent0.String(float64(d.RSquared)), "outcome", b.itemName(d.Outcome))
	}
	return f
}

// shareRows are the shares, the largest first, in two groups: items whose own
// effect can be told from zero, and the others.
func (b *builder) shareRows(d *measure.Drivers, few string) []chart.Row {
	var sure, unsure []chart.Row
	for _, i := range d.Items {
		share := float64(i.Share(d.Weights))
		if math.IsNaN(share) {
			continue
		}
		row := chart.Row{Label: b.itemName(i.ID), Cells: []float64{share, float64(i.CI95[0]), float64(i.CI95[1]), float64(d.N)}}
		if warned(d.Warnings, measure.FewForDrivers) {
			row.State, row.Why = chart.TooFew, few
		}
		switch {
		case len(d.Dependent) > 0: // no test exists
			unsure = append(unsure, row)
		case i.Distinguished:
			row.Series = b.say("drivers.distinguished")
			sure = append(sure, row)
		default:
			row.Series = b.say("drivers.undistinguished")
			unsure = append(unsure, row)
		}
	}
	largestFirst(sure, 0)
	largestFirst(unsure, 0)
	return append(sure, unsure...)
}

// stability places the items by their share and by how often they are of the core.
func (b *builder) stability(a survey.Analysis, d *measure.Drivers) *chart.Figure {
	f := &chart.Figure{
		ID: slug(a.ID, "stability"), Kind: chart.Scatter, Lang: b.lang, Words: b.chartWords(b.say("figure.item")),
		Across: chart.Axis{Min: 0, Max: 1, Reference: math.NaN()}, Axis: plainAxis(),
		Note: b.say("drivers.stability_note", "k", d.Top, "resamples", count(d.Bootstrap.Resamples)),
		Columns: []chart.Column{
			{ID: "in_top", Label: b.say("drivers.in_top", "k", d.Top), Role: chart.X, Format: percent0},
			{ID: d.Weights + "_share", Label: b.say("drivers.share"), Role: chart.Y, Format: percent},
			{ID: "ci95_low", Label: b.say("figure.low"), Role: chart.YLow, Format: percent},
			{ID: "ci95_high", Label: b.say("figure.high"), Role: chart.YHigh, Format: percent},
		},
	}
	rows, firm := 0, 0
	for _, i := range d.Items {
		share := float64(i.Share(d.Weights))
		if math.IsNaN(share) {
			continue
		}
		if rows++; i.InTop < .01 {
			continue
		}
		f.Rows = append(f.Rows, chart.Row{Label: b.itemName(i.ID), Cells: []float64{float64(i.InTop), share, float64(i.CI95[0]), float64(i.CI95[1])}, Strong: firmPlace(i)})
		if firmPlace(i) {
			firm++
		}
	}
	f.Cuts = &chart.Cuts{X: .8, Y: 1 / float64(max(rows, 1)), XLabel: b.say("drivers.firm_cut"), YLabel: b.say("drivers.equal_cut"), Quadrants: [4]chart.Quadrant{
		chart.UpperLeft: {Name: b.say("drivers.open_place")}, chart.UpperRight: {Name: b.say("drivers.core")}, chart.LowerLeft: {Name: b.say("drivers.others")},
	}}
	f.Title = b.say("drivers.stability_title", "n", firm, "k", d.Top)
	if firm == 0 {
		f.Title = b.say("drivers.stability_none", "k", d.Top)
	}
	return f
}

// diagnostics is everything that the regression says of every item.
func (b *builder) diagnostics(a survey.Analysis, d *measure.Drivers) *Table {
	t := &Table{ID: slug(a.ID, "diagnostics-table"), Cards: true, Caption: b.say("drivers.diagnostics"), Note: b.say("drivers.diagnostics_note"), Head: []string{
		b.say("figure.item"), b.say("drivers.johnson"), b.say("drivers.shapley"), b.say("drivers.r"), b.say("drivers.beta"), b.say("drivers.p"), b.say("drivers.vif"), b.say("drivers.verdict"),
	}}
	order := make([]*measure.Driver, len(d.Items))
	copy(order, d.Items)
	sortDrivers(order)
	for _, i := range order {
		row := Row{Label: b.itemName(i.ID)}
		if warned(d.Constant, i.ID) {
			row.Cells = []Cell{{Text: b.say("drivers.constant"), Tone: "quiet"}, {}, {}, {}, {}, {}, {}}
			t.Rows = append(t.Rows, row)
			continue
		}
		johnson, shapley := Cell{Text: percent.String(float64(i.JohnsonShare))}, Cell{Text: percent.String(float64(i.ShapleyShare))}
		if ci := between(percent, i.CI95); d.Weights == "shapley" {
			shapley.Mark = ci
		} else {
			johnson.Mark = ci
		}
		beta := Cell{Text: change2.String(float64(i.Beta)), Mark: b.say("drivers.se", "se", mean2.String(float64(i.SE)))}
		if math.IsNaN(float64(i.SE)) {
			beta.Mark = ""
		}
		row.Cells = []Cell{johnson, shapley, {Text: mean2.String(float64(i.R))}, beta, {Text: b.pCell(i.BH)}, {Text: mean2.String(float64(i.VIF))}, b.driverVerdict(i)}
		if i.VIF >= 5 {
			row.Cells[5].Tone = "bad"
		}
		t.Rows = append(t.Rows, row)
	}
	if !slices.ContainsFunc(d.Items, func(i *measure.Driver) bool { return !math.IsNaN(float64(i.ShapleyShare)) }) {
		t.without(2)
	}
	return t
}

// without takes a column out of a table, counted from the names of its rows.
func (t *Table) without(k int) {
	t.Head = slices.Delete(t.Head, k, k+1)
	for i := range t.Rows {
		t.Rows[i].Cells = slices.Delete(t.Rows[i].Cells, k-1, k)
	}
}

// pCell is a p-value alone in a cell.
func (b *builder) pCell(v measure.Number) string {
	switch x := float64(v); {
	case math.IsNaN(x):
		return "–"
	case x < .001:
		return "< 0.001"
	default:
		return p3.String(x)
	}
}

// driverVerdict says whether the effect of an item can be told from zero.
func (b *builder) driverVerdict(i *measure.Driver) Cell {
	switch {
	case math.IsNaN(float64(i.P)):
		return Cell{Text: b.say("drivers.no_test"), Tone: "quiet"}
	case !i.Distinguished:
		return Cell{Text: b.say("drivers.not_distinguishable"), Tone: "quiet"}
	case i.Beta < 0:
		return Cell{Text: b.say("drivers.negative"), Tone: "bad"}
	}
	return Cell{Text: b.say("drivers.shown")}
}

// driverHow says what the figures rest on.
func (b *builder) driverHow(d *measure.Drivers) []Block {
	keys := []string{"drivers.how_shares", "drivers.how_rows"}
	if !slices.ContainsFunc(d.Items, func(i *measure.Driver) bool { return !math.IsNaN(float64(i.ShapleyShare)) }) {
		keys[0] = "drivers.how_johnson"
	}
	if d.Bootstrap.Units < d.N {
		keys[1] = "drivers.how_groups"
	}
	keys = append(keys, "drivers.how_missing")
	if b.survey.Weight != "" {
		keys = append(keys, "drivers.how_weights")
	} else {
		keys = append(keys, "drivers.how_least")
	}
	var out []Block
	for _, key := range keys {
		out = append(out, Block{Text: b.say(key, "resamples", count(d.Bootstrap.Resamples), "units", count(d.Bootstrap.Units), "seed", d.Bootstrap.Seed)})
	}
	return out
}
