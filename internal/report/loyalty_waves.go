package report

import (
	"math"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// compositeWaves is the loyalty composite over the waves; nil with fewer than
// two waves to show.
func (b *builder) compositeWaves(a survey.Analysis) *chart.Figure {
	f := b.scoreLines(slug(a.ID, "waves"))
	shown := 0
	for _, w := range b.waves {
		row := chart.Row{Label: w.label, Series: b.say("loyalty.composite"), Cells: blank(4)}
		l := b.loyaltyOf(w, a.ID)
		switch {
		case l == nil:
			row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
		case math.IsNaN(float64(l.Score)):
			row.State, row.Why = chart.Empty, b.say("reason.no_answers")
		default:
			row.Cells = []float64{float64(l.Score), float64(l.CI95[0]), float64(l.CI95[1]), float64(l.ScoreN)}
			shown++
		}
		f.Rows = append(f.Rows, row)
	}
	if shown < 2 {
		return nil
	}
	b.tell(f, b.stepsOf(a.ID, "score"))
	scoreAxis(f)
	f.Title, f.Note = b.say("loyalty.waves_title"), b.say("loyalty.waves_note", "weighted", b.weightedNote())
	return f
}

// scoreLines is a figure of scores over the waves, on a part of 0–100.
func (b *builder) scoreLines(id string) *chart.Figure {
	return &chart.Figure{ID: id, Kind: chart.Lines, Lang: b.lang, Columns: b.valueColumns("score", b.say("loyalty.score"), score1), Words: b.chartWords(b.say("figure.wave")), Axis: chart.Axis{Reference: math.NaN()}}
}

// scoreAxis lets the axis of a figure of scores hold every score and interval, a
// fifth of 0–100 or more, so that chance does not look like a difference.
func scoreAxis(f *chart.Figure) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, r := range f.Rows {
		for _, v := range r.Cells[:3] {
			if !math.IsNaN(v) {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	if math.IsInf(low, 0) {
		return
	}
	room := max(20-(high-low), (high-low)*0.2) / 2
	f.Axis.Min, f.Axis.Max = max(low-room, 0), min(high+room, 100)
}

// brandWaves is the score of the brands over the waves; nil with fewer than two
// waves to show.
func (b *builder) brandWaves(a survey.Analysis, c *measure.Competitors) *chart.Figure {
	f := b.scoreLines(slug(a.ID, "waves"))
	shown := map[string]bool{}
	const most = 5 // lines
	for i, x := range c.Brands {
		if x.Suppressed || x.Source != "responses" || i >= most {
			continue
		}
		for _, w := range b.waves {
			row := chart.Row{Label: w.label, Series: b.brandName(a, x.ID), Cells: blank(4), Strong: x.ID == c.Own}
			y := b.brandOf(w, a.ID, x.ID)
			switch {
			case y == nil:
				row.State, row.Why = chart.Empty, b.say("reason.no_answers")
			case y.Suppressed:
				row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
			case !math.IsNaN(float64(y.Score)):
				row.Cells = []float64{float64(y.Score), float64(y.CI95[0]), float64(y.CI95[1]), float64(y.N)}
				shown[w.id] = true
			}
			f.Rows = append(f.Rows, row)
		}
		b.tellLine(f, len(f.Rows)-len(b.waves), b.stepsOf(a.ID, "brands."+x.ID+".score"))
	}
	if len(shown) < 2 {
		return nil
	}
	scoreAxis(f)
	f.Title, f.Note = b.say("competitors.waves_title"), b.say("competitors.waves_note", "weighted", b.weightedNote())
	return f
}

// brandOf is a brand in a wave, nil where the wave does not have it.
func (b *builder) brandOf(w wave, analysis, brand string) *measure.Brand {
	if w.block == nil || w.block.Suppressed {
		return nil
	}
	c, ok := w.block.Analyses[analysis].(*measure.Competitors)
	if !ok {
		return nil
	}
	for _, x := range c.Brands {
		if x.ID == brand {
			return x
		}
	}
	return nil
}
