package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// npsOf is the net promoter score of an analysis in a wave, nil where there is none to show.
func (b *builder) npsOf(w wave, id string) *measure.Nps {
	if w.block == nil || w.block.Suppressed {
		return nil
	}
	n, ok := w.block.Analyses[id].(*measure.Nps)
	if !ok || n.N == 0 {
		return nil
	}
	return n
}

// npsGroups is detractors, passives and promoters wave by wave, with the score at the right.
func (b *builder) npsGroups(m survey.Analysis) *chart.Figure {
	f := &chart.Figure{
		ID: slug(m.ID, "groups"), Kind: chart.Diverging, Lang: b.lang, Words: b.chartWords(b.say("figure.wave")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{
			{ID: "detractors", Label: b.say("nps.detractors"), Role: chart.Level, Format: percent0, Tone: -1},
			{ID: "passives", Label: b.say("nps.passives"), Role: chart.Level, Format: percent0},
			{ID: "promoters", Label: b.say("nps.promoters"), Role: chart.Level, Format: percent0, Tone: 1},
			{ID: "score", Label: b.say("nps.short"), Role: chart.Total, Format: points},
			{ID: "ci95_low", Label: b.say("figure.low"), Format: points},
			{ID: "ci95_high", Label: b.say("figure.high"), Format: points},
			{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
		},
	}
	for i, w := range b.waves {
		row := chart.Row{Label: w.label, Cells: blank(len(f.Columns)), Strong: i == len(b.waves)-1}
		if row.Label == "" {
			row.Label = b.say("figure.all")
		}
		if n := b.npsOf(w, m.ID); n != nil {
			copy(row.Cells, []float64{float64(n.Detractors), float64(n.Passives), float64(n.Promoters), float64(n.Score), float64(n.CI95[0]), float64(n.CI95[1]), float64(n.N)})
		} else {
			row.State, row.Why = b.state(b.questionOf(w, m.Question))
		}
		f.Rows = append(f.Rows, row)
	}
	slices.Reverse(f.Rows)
	if n := b.npsOf(b.latest(), m.ID); n != nil {
		f.Title = b.say("nps.title", "score", points.String(float64(n.Score)), "interval", between(points, n.CI95))
		note := "nps.note"
		if len(b.waves) == 1 {
			note = "look.nps_one"
		}
		f.Note = b.say(note, "base", count(n.N), "weighted", b.weightedNote())
	}
	return f
}

// npsTrend is the score over the waves; nil for other methods.
func (b *builder) npsTrend(m survey.Analysis) *chart.Figure {
	if m.Method != string(survey.NPS) || b.npsOf(b.latest(), m.ID) == nil {
		return nil
	}
	f := &chart.Figure{
		ID: slug(m.ID, "trend"), Kind: chart.Lines, Lang: b.lang, Columns: b.valueColumns("score", b.say("nps.short"), points),
		Note: b.say("note.trend", "measure", b.say("nps.measure"), "weighted", b.weightedNote()), Words: b.chartWords(b.say("figure.wave")), Axis: chart.Axis{Reference: math.NaN()},
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, w := range b.waves {
		row := chart.Row{Label: w.label, Series: b.say("nps.short"), Cells: blank(4)}
		if n := b.npsOf(w, m.ID); n != nil {
			row.Cells = []float64{float64(n.Score), float64(n.CI95[0]), float64(n.CI95[1]), float64(n.N)}
			low, high = min(low, row.Cells[1]), max(high, row.Cells[2])
		} else {
			row.State, row.Why = b.state(b.questionOf(w, m.Question))
		}
		f.Rows = append(f.Rows, row)
	}
	if room := max(40-(high-low), (high-low)*0.2) / 2; !math.IsNaN(room) && !math.IsInf(room, 0) {
		f.Axis.Min, f.Axis.Max = max(low-room, -100), min(high+room, 100)
	}
	b.tell(f, b.stepsOf(m.ID, "score"))
	step, from := b.lastStep(m.ID, "score")
	f.Title = b.say("nps.trend", "change", b.changed(step, from, points, 1, "unit.score"))
	return f
}
