package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// gapOutcomes is what respondents of each class answered.
func (b *builder) gapOutcomes(a survey.Analysis, g *measure.Gap) []Block {
	var out []Block
	for _, o := range g.Outcomes {
		f := b.gapFigure(chart.Stacked, b.say("gaps.class"), a.ID, "by", o.Question)
		item, ok := b.survey.Item(o.Question)
		if !ok || o.N == 0 {
			continue
		}
		for k, code := range o.Codes {
			tone := 2*float64(k)/float64(max(len(o.Codes)-1, 1)) - 1
			f.Columns = append(f.Columns, chart.Column{ID: code, Label: b.codeLabel(o.Question, code), Role: chart.Level, Format: percent0, Tone: tone})
		}
		f.Columns = append(f.Columns, chart.Column{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole})
		for _, c := range o.Classes {
			row := chart.Row{Label: b.say("gaps." + c.Class), Cells: blank(len(f.Columns))}
			row.State, row.Why = b.levelState(c.N, c.Suppressed)
			for k, s := range c.Shares {
				if c.N > 0 {
					row.Cells[k] = float64(s)
				}
			}
			if c.N > 0 {
				row.Cells[len(row.Cells)-1] = float64(c.N)
			}
			f.Rows = append(f.Rows, row)
		}
		key := "gaps.outcome_same"
		if float64(o.P) < 0.05 {
			key = "gaps.outcome_differs"
		}
		f.Title = b.say(key, "item", b.label(item))
		f.Note = b.say("gaps.outcome_note", "chi", mean2.String(float64(o.Chi2)), "df", whole.String(float64(o.DF)), "p", p(o.P), "v", mean2.String(float64(o.CramersV)))
		out = append(out, Block{Figure: f})
		if o.Sparse {
			out = append(out, Block{Note: b.say("gaps.outcome_sparse")})
		}
	}
	return out
}

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
		out = append(out, Block{Figure: f})
	}
	return out
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
