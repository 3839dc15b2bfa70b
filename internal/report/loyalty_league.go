package report

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// league is the loyalty composite of every group of a segment, such as dealers,
// the best first, with that of all as a line (METHODS A42). Groups under the
// threshold are named and not ranked. Nil with fewer than two groups to show.
func (b *builder) league(a survey.Analysis, l *measure.Loyalty, segment string) *chart.Figure {
	item, ok := b.survey.Item(segment)
	blocks := b.latest().block.BySegment[segment]
	if !ok || math.IsNaN(float64(l.Score)) {
		return nil
	}
	f := &chart.Figure{
		ID: slug(a.ID, "league", segment), Kind: chart.Dots, Lang: b.lang, Columns: b.valueColumns("score", b.say("loyalty.score"), score1), Words: b.chartWords(b.label(item)),
		Axis: chart.Axis{Reference: float64(l.Score), RefLabel: b.say("figure.all")}, Note: b.say("loyalty.league_note", "weighted", b.weightedNote()),
	}
	shown := 0
	for _, code := range groupCodes(item, blocks) {
		row := chart.Row{Label: b.groupLabel(item, code), Cells: blank(4)}
		g := b.loyaltyOf(wave{block: blocks[code]}, a.ID)
		switch {
		case g == nil:
			row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
		case math.IsNaN(float64(g.Score)):
			row.State, row.Why = chart.Empty, b.say("reason.no_answers")
		default:
			shown++
			row.Cells = []float64{float64(g.Score), float64(g.CI95[0]), float64(g.CI95[1]), float64(g.ScoreN)}
			if g.ScoreN < 30 {
				row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
			}
		}
		f.Rows = append(f.Rows, row)
	}
	if shown < 2 {
		return nil
	}
	slices.SortStableFunc(f.Rows, func(x, y chart.Row) int { return cmp.Or(ranked(x)-ranked(y), byScoreOf(x, y)) })
	scoreAxis(f)
	f.Title = b.leagueTitle(item, f.Rows, float64(l.Score))
	return f
}

// ranked is 0 for a row with a score, 1 for one of few answers, 2 for none.
func ranked(r chart.Row) int {
	switch r.State {
	case chart.Normal:
		return 0
	case chart.TooFew:
		return 1
	}
	return 2
}

func byScoreOf(x, y chart.Row) int {
	if math.IsNaN(x.Cells[0]) || math.IsNaN(y.Cells[0]) {
		return 0
	}
	return cmp.Compare(y.Cells[0], x.Cells[0])
}

// leagueTitle names the groups whose interval lies above or below the score of all.
func (b *builder) leagueTitle(segment survey.Item, rows []chart.Row, all float64) string {
	var above, below []string
	for _, r := range rows {
		switch {
		case r.State != chart.Normal:
		case r.Cells[1] > all:
			above = append(above, r.Label)
		case r.Cells[2] < all:
			below = append(below, r.Label)
		}
	}
	const most = 3 // names in a title
	switch {
	case len(above) > 0 && len(below) > 0 && len(above) <= most && len(below) <= most:
		return b.say("loyalty.league_both", "above", b.set(b.join(above)), "below", b.set(b.join(below)))
	case len(above)+len(below) > 0:
		return b.say("loyalty.league_count", "segment", b.label(segment), "above", len(above), "below", len(below), "n", len(rows))
	}
	return b.say("loyalty.league_level", "segment", b.label(segment))
}
