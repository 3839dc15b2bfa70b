package report

import (
	"math"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// muchUncoded is the share of comments without a topic from which the words deserve work.
const muchUncoded = 0.3

// goodAgreement is the kappa from which rules are said to do (Landis & Koch 1977: substantial).
const goodAgreement = 0.6

// commentLessons are what to take away from the page.
func (b *builder) commentLessons(a survey.Analysis, v *measure.Verbatim) []string {
	var out []string
	switch top := leading(v); {
	case len(top) > mostLeading:
		out = append(out, b.say("words.lesson_most_level", "n", len(top), "low", percent0.String(float64(top[len(top)-1].Share)), "high", percent0.String(float64(top[0].Share))))
	case len(top) > 1:
		out = append(out, b.say("words.lesson_near", "topics", b.shared(a, top)))
	case len(top) == 1:
		out = append(out, b.say("words.lesson_most", "topic", b.set(b.topicName(a, top[0].ID)), "n", count(top[0].N), "share", percent0.String(float64(top[0].Share)), "interval", between(percent0, top[0].CI95)))
	}
	low, high := clearer(v, -1), clearer(v, 1)
	if len(low) > 0 {
		out = append(out, b.say("words.lesson_low", "topic", b.set(b.topicName(a, low[0].ID)), "difference", score1.String(-float64(*low[0].Difference)), "interval", between(points, *low[0].DifferenceCI), "outcome", b.itemName(v.Outcome)))
	}
	if len(high) > 0 {
		out = append(out, b.say("words.lesson_high", "topic", b.set(b.topicName(a, high[0].ID)), "difference", score1.String(float64(*high[0].Difference)), "interval", between(points, *high[0].DifferenceCI), "outcome", b.itemName(v.Outcome)))
	}
	if v.Outcome != "" && len(low)+len(high) == 0 {
		out = append(out, b.say("words.lesson_level", "outcome", b.itemName(v.Outcome)))
	}
	if c := v.Contrast; c != nil {
		_, worst := b.contrastSides(c)
		if less := b.oddsOf(a, c, -1); less != "" {
			out = append(out, b.say("words.lesson_contrast", "worst", worst, "less", less))
		}
	}
	if len(b.waves) > 1 {
		out = append(out, b.say("words.lesson_waves", "text", b.waveTitle(a, v)))
	}
	if !v.Uncoded.Suppressed && float64(v.Uncoded.Share) > muchUncoded {
		out = append(out, b.say("words.lesson_uncoded", "share", percent0.String(float64(v.Uncoded.Share))))
	}
	if g := v.Agreement; g != nil && !math.IsNaN(float64(g.Kappa)) {
		key := "words.lesson_agree"
		if float64(g.Kappa) < goodAgreement {
			key = "words.lesson_disagree"
		}
		out = append(out, b.say(key, "kappa", mean2.String(float64(g.Kappa)), "n", count(g.N)))
	}
	return out
}
