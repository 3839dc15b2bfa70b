package report

import (
	"math"

	"manyi/internal/measure"
)

// mostMoved is how many items a heading names of one direction.
const mostMoved = 4

// movedSentence says which ratings rose and which fell since the wave before, and
// whether all of it is small.
func (b *builder) movedSentence(moved []moving) string {
	from := b.before()
	if len(moved) == 0 {
		return b.say("trend.none", "wave", from)
	}
	var up, down []moving
	for _, m := range moved {
		if m.step.Difference > 0 {
			up = append(up, m)
		} else {
			down = append(down, m)
		}
	}
	text := b.say("trend.since", "wave", from)
	switch {
	case len(down) == 0:
		text += b.movedPart("trend.rose", up) + b.say("trend.stop")
	case len(up) == 0:
		text += b.movedPart("trend.fell", down) + b.say("trend.stop")
	default:
		text += b.movedPart("trend.fell", down) + b.say("trend.semicolon") + b.movedPart("trend.rose", up) + b.say("trend.stop")
	}
	if t, ok := b.latest().block.Analyses["trend"].(*measure.Trend); ok && t.Practical > 0 && !b.anyMatters(moved, float64(t.Practical)) {
		text += b.say("trend.small")
	}
	return text
}

func (b *builder) movedPart(key string, moved []moving) string {
	var names []string
	for _, m := range moved[:min(len(moved), mostMoved)] {
		names = append(names, b.say("priorities.quoted", "item", b.name(m.item)))
	}
	if rest := len(moved) - len(names); rest > 0 {
		names = append(names, b.say("trend.more", "n", rest))
	}
	return b.say(key, "n", len(moved), "items", b.join(names))
}

func (b *builder) anyMatters(moved []moving, practical float64) bool {
	for _, m := range moved {
		if math.Abs(float64(m.step.Effect)) >= practical {
			return true
		}
	}
	return false
}
