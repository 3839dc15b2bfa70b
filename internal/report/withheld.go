package report

import (
	"manyi/internal/chart"
	"manyi/internal/measure"
)

// withheld is the state of a row of classes of which fewer people than the
// threshold are in one (see measure/protect_classes.go), and what it says.
func (b *builder) withheld() (chart.State, string) {
	return chart.Suppressed, b.say("withheld.classes", "min", b.results.MinCell)
}

// gapClassCards are how many had their expectations met, and how many by far not.
func (b *builder) gapClassCards(g *measure.Gap) []Card {
	return []Card{
		{Label: b.say("gaps.card_met"), Value: percent0.String(float64(g.Exceed + g.Meet)), Interval: b.say("gaps.card_base", "base", count(g.N))},
		{Label: b.say("gaps.card_far"), Value: percent0.String(float64(g.FarBelow)), Interval: b.say("gaps.card_base", "base", count(g.N))},
	}
}
