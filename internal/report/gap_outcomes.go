package report

import (
	"math"

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
		if math.IsNaN(float64(o.Chi2)) {
			key = "withheld.outcome_untested"
		}
		f.Title = b.say(key, "item", b.label(item))
		f.Note = b.say("gaps.outcome_note", "chi", mean2.String(float64(o.Chi2)), "df", whole.String(float64(o.DF)), "p", p(o.P), "v", mean2.String(float64(o.CramersV)))
		if math.IsNaN(float64(o.Chi2)) {
			f.Note = b.say("withheld.outcome_note")
		}
		out = append(out, Block{Figure: f})
		if o.Pooled != nil {
			out = append(out, Block{Note: b.say("crosstab.hidden", "min", b.results.MinCell)})
		}
		if o.Sparse && !math.IsNaN(float64(o.Chi2)) {
			out = append(out, Block{Note: b.say("gaps.outcome_sparse")})
		}
	}
	return out
}
