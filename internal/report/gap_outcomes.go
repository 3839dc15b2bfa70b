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
		if shown, hidden := outcomeCells(o); hidden > 0 {
			out = append(out, b.gapOutcomeTable(a, o, item, shown))
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

// outcomeCells counts the shares of an outcome that are shown and those that are
// hidden in classes that are shown.
func outcomeCells(o *measure.GapOutcome) (shown, hidden int) {
	for _, c := range o.Classes {
		for _, s := range c.Shares {
			switch {
			case c.Suppressed || c.N == 0:
			case math.IsNaN(float64(s)):
				hidden++
			default:
				shown++
			}
		}
	}
	return shown, hidden
}

// gapOutcomeTable is the shares of an outcome of which some are hidden: bars
// would close up over what they leave out. A sentence where all of them are.
func (b *builder) gapOutcomeTable(a survey.Analysis, o *measure.GapOutcome, item survey.Item, shown int) Block {
	label := b.label(item)
	if shown == 0 {
		return Block{Note: b.say("withheld.outcome_all", "item", label, "min", b.results.MinCell)}
	}
	t := &Table{ID: slug(a.ID, "by", o.Question), Caption: b.say("withheld.outcome_untested", "item", label), Head: []string{b.say("gaps.class")}, Cards: true}
	t.Note = b.say("withheld.outcome_note") + b.say("withheld.outcome_end") + b.say("withheld.outcome_cells", "min", b.results.MinCell)
	if !math.IsNaN(float64(o.Chi2)) {
		t.Note = b.say("gaps.outcome_note", "chi", mean2.String(float64(o.Chi2)), "df", whole.String(float64(o.DF)), "p", p(o.P), "v", mean2.String(float64(o.CramersV))) + b.say("withheld.outcome_end") + b.say("crosstab.hidden", "min", b.results.MinCell)
	}
	for _, code := range o.Codes {
		t.Head = append(t.Head, b.codeLabel(o.Question, code))
	}
	t.Head = append(t.Head, b.say("figure.base"))
	for _, c := range o.Classes {
		if c.N == 0 && !c.Suppressed { // nobody is in it
			continue
		}
		row := Row{Label: b.say("gaps." + c.Class)}
		if c.Suppressed {
			for range t.Head[1:] {
				row.Cells = append(row.Cells, Cell{Text: b.say("table.hidden"), Tone: "quiet"})
			}
			t.Rows = append(t.Rows, row)
			continue
		}
		for _, s := range c.Shares {
			cell := Cell{Text: b.say("table.hidden"), Tone: "quiet"}
			if !math.IsNaN(float64(s)) {
				cell = Cell{Text: percent0.String(float64(s))}
			}
			row.Cells = append(row.Cells, cell)
		}
		row.Cells = append(row.Cells, Cell{Text: count(c.N), Tone: "quiet"})
		t.Rows = append(t.Rows, row)
	}
	return Block{Table: t}
}
