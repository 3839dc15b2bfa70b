package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// gapView is those who serve beside those who are served.
func (b *builder) gapView(a survey.Analysis, g *measure.Gap) []Block {
	if g.View == nil {
		return nil
	}
	labels := map[string]string{}
	for _, d := range a.Gap.Dimensions {
		for _, pair := range d.Pairs {
			labels[pair.Perceived] = b.pairLabel(pair)
		}
	}
	internal, external := b.codeLabel(g.View.Column, g.View.Internal), b.codeLabel(g.View.Column, g.View.External)
	var out []Block
	for _, c := range g.View.Comparisons {
		f := b.gapFigure(chart.Slope, b.say("figure.item"), a.ID, "view", c.Measure)
		f.Columns = []chart.Column{
			{ID: "external", Label: external, Role: chart.Part, Format: mean2},
			{ID: "internal", Label: internal, Role: chart.Part, Format: mean2},
			{ID: "difference", Label: b.say("gaps.view_difference"), Role: chart.Value, Format: change2},
			{ID: "ci95_low", Label: b.say("figure.low"), Role: chart.Low, Format: change2},
			{ID: "ci95_high", Label: b.say("figure.high"), Role: chart.High, Format: change2},
			{ID: "n_external", Label: b.say("gaps.view_base", "group", external), Format: whole},
			{ID: "n_internal", Label: b.say("gaps.view_base", "group", internal), Format: whole},
		}
		items := slices.Clone(c.Items)
		slices.SortStableFunc(items, func(x, y *measure.GapViewed) int {
			return compareFloat(math.Abs(float64(y.Difference)), math.Abs(float64(x.Difference)))
		})
		for _, i := range items {
			row := chart.Row{Label: labels[i.ID], Cells: []float64{float64(i.External), float64(i.Internal), float64(i.Difference), float64(i.CI95[0]), float64(i.CI95[1]), float64(i.N[1]), float64(i.N[0])}}
			if math.IsNaN(float64(i.Difference)) {
				row.State, row.Why, row.Cells = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell), blank(len(f.Columns))
			}
			f.Rows = append(f.Rows, row)
		}
		f.Title = b.viewTitle(c, items, labels, internal, external)
		f.Note = b.say("gaps.view_note", "measure", b.say("gaps."+c.Measure), "rho", mean2.String(float64(c.Spearman)), "n", c.N)
		out = append(out, Block{Figure: f}, Block{Text: b.viewOrder(c)}, Block{Table: b.viewRanks(a, c, labels, internal, external)})
	}
	return append(out, Block{Note: b.say("views.note")})
}

// viewOrder says how far both sides put the items in one order.
func (b *builder) viewOrder(c *measure.GapComparison) string {
	key, rho := "views.order_none", float64(c.Spearman)
	switch {
	case rho >= 0.8:
		key = "views.order_same"
	case rho >= 0.5:
		key = "views.order_near"
	case !math.IsNaN(rho):
		key = "views.order_other"
	}
	return b.say(key, "rho", mean2.String(rho), "n", c.N, "measure", b.say("gaps."+c.Measure))
}

// viewRanks is the place of each item on both sides, as those who are served see it.
func (b *builder) viewRanks(a survey.Analysis, c *measure.GapComparison, labels map[string]string, internal, external string) *Table {
	t := &Table{
		ID: slug(a.ID, "ranks", c.Measure), Caption: b.say("views.table", "measure", b.say("gaps."+c.Measure)),
		Head: []string{b.say("figure.item"), b.say("views.rank", "group", external), b.say("views.rank", "group", internal), b.say("views.places"), b.say("views.difference", "internal", internal, "external", external)},
	}
	items := slices.Clone(c.Items)
	slices.SortStableFunc(items, func(x, y *measure.GapViewed) int { return compareFloat(float64(x.Ranks[1]), float64(y.Ranks[1])) })
	for _, i := range items {
		row := Row{Label: labels[i.ID]}
		if math.IsNaN(float64(i.Difference)) {
			quiet := Cell{Text: "–", Tone: "quiet"}
			row.Cells = []Cell{quiet, quiet, quiet, quiet}
		} else {
			difference := Cell{Text: change2.String(float64(i.Difference)), Mark: between(change2, i.CI95)}
			if float64(i.Holm) < 0.05 {
				difference.Tone = "moved"
			}
			row.Cells = []Cell{{Text: rankText(i.Ranks[1])}, {Text: rankText(i.Ranks[0])}, {Text: rankText(measure.Number(math.Abs(float64(i.Ranks[0] - i.Ranks[1]))))}, difference}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func compareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// rankText is a place; ties share the mean of theirs.
func rankText(place measure.Number) string {
	if float64(place) != math.Floor(float64(place)) {
		return score1.String(float64(place))
	}
	return whole.String(float64(place))
}

// viewTitle says where the two sides differ most, if they clearly do.
func (b *builder) viewTitle(c *measure.GapComparison, items []*measure.GapViewed, labels map[string]string, internal, external string) string {
	for _, i := range items {
		if float64(i.Holm) >= 0.05 || math.IsNaN(float64(i.Holm)) {
			continue
		}
		key := "gaps.view_more"
		if i.Difference < 0 {
			key = "gaps.view_less"
		}
		return b.say(key, "internal", internal, "external", external, "item", labels[i.ID], "difference", mean2.String(math.Abs(float64(i.Difference))), "measure", b.say("gaps."+c.Measure))
	}
	return b.say("gaps.view_same", "internal", internal, "external", external, "measure", b.say("gaps."+c.Measure))
}
