package report

import (
	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// gapZone is the zone of tolerance of every item that has one.
func (b *builder) gapZone(a survey.Analysis, g *measure.Gap) []Block {
	f := b.gapFigure(chart.Dots, b.say("figure.item"), a.ID, "zone")
	f.Axis.Min, f.Axis.Max = float64(g.Scale[0]), float64(g.Scale[1])
	f.Words.Interval = b.say("gaps.zone_legend")
	f.Columns = []chart.Column{
		{ID: "perceived", Label: b.say("gaps.perceived"), Role: chart.Value, Format: mean2},
		{ID: "adequate", Label: b.say("gaps.adequate"), Role: chart.Low, Format: mean2},
		{ID: "expected", Label: b.say("gaps.desired"), Role: chart.High, Format: mean2},
		{ID: "mss", Label: "MSS", Format: change2},
		{ID: "msa", Label: "MSA", Format: change2},
		{ID: "below", Label: b.say("gaps.zone_below"), Format: percent0},
		{ID: "within", Label: b.say("gaps.zone_within"), Format: percent0},
		{ID: "above", Label: b.say("gaps.zone_above"), Format: percent0},
		{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
	}
	within, below, contrary := 0, 0, 0
	for _, r := range b.gapItems(a, g) {
		z := r.level.Zone
		if z == nil {
			continue
		}
		row := chart.Row{Label: r.label, Cells: blank(len(f.Columns))}
		if row.State, row.Why = b.levelState(z.N, r.level.Suppressed); !r.level.Suppressed {
			row.Cells = []float64{float64(r.level.Perceived), float64(z.Adequate), float64(r.level.Expected), float64(r.level.Gap), float64(z.MSA), float64(z.Below), float64(z.Within), float64(z.Above), float64(z.N)}
			if !z.Withheld {
				contrary += int(z.Contrary)
			}
			if r.level.Perceived < z.Adequate {
				below++
			} else if r.level.Perceived <= r.level.Expected {
				within++
			}
		}
		f.Rows = append(f.Rows, row)
	}
	if len(f.Rows) == 0 {
		return nil
	}
	f.Title = b.say("gaps.title_zone", "within", within, "below", below, "all", len(f.Rows))
	f.Note = b.say("gaps.zone_note", "weighted", b.weightedNote())
	out := []Block{{Figure: f}, {Text: b.say("gaps.zone_text", "mss", change2.String(float64(g.MSS)), "msa", change2.String(float64(g.MSA)))}}
	if contrary > 0 {
		out = append(out, Block{Note: b.say("gaps.zone_contrary", "n", contrary)})
	}
	return out
}
