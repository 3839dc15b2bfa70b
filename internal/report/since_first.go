package report

import (
	"math"

	"manyi/internal/chart"
	"manyi/internal/measure"
)

// sinceFirst is the change of a figure since the first wave, for a title that
// finds none since the last one: small steps in one direction add up. It counts
// where p holds times the number of later waves (Bonferroni); the ending of the
// key is "", "_up" or "_down", and pairs fill its words.
func (b *builder) sinceFirst(m measure.Metric, format chart.Format) (ending string, pairs []any) {
	step, ok := b.stepSinceFirst(m, 1)
	if !ok {
		return "", nil
	}
	difference := float64(step.Difference)
	ending = "_up"
	if difference < 0 {
		ending = "_down"
	}
	return ending, []any{"difference", format.String(math.Abs(difference)), "first", b.spaced(b.waves[0].label)}
}

// stepSinceFirst is the change of one of so many figures since the first wave,
// where it holds up to Bonferroni's adjustment over the figures and the later waves.
func (b *builder) stepSinceFirst(m measure.Metric, figures int) (*measure.Step, bool) {
	later := len(b.waves) - 1
	if later < 2 {
		return nil, false
	}
	step := b.results.Between(b.survey, m, b.waves[0].id, b.waves[later].id)
	holds := step.Comparable && float64(step.P)*float64(later*figures) < 0.05 && step.Difference != 0
	return step, holds
}
