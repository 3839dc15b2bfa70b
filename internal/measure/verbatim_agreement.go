package measure

import (
	"math"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// TopicAgreement is how far the rules say what people say who coded by hand:
// Cohen's kappa by topic, and of all words together with a jackknife over
// comments. It is nil where fewer than min_cell comments are coded.
type TopicAgreement struct {
	N      int           `json:"n"` // comments coded by hand
	Kappa  Number        `json:"kappa"`
	CI95   Interval      `json:"ci95"`
	Topics []*TopicKappa `json:"topics"`
}

// TopicKappa is the agreement on one topic; null where few of the coded comments
// are about it, or not about it, by either way.
type TopicKappa struct {
	ID    string   `json:"id"`
	Kappa Number   `json:"kappa"`
	CI95  Interval `json:"ci95"`
}

func (w *wave) topicAgreement(v *survey.Verbatim, t *comments) *TopicAgreement {
	var pairs [][4]int
	cells := make([][4]int, t.topics) // both, rules alone, hand alone, neither
	for row, state := range t.state {
		if state != byHand {
			continue
		}
		var own [4]int
		for i := range t.topics {
			cell := 0
			if !mentions(t.rules[row], i) {
				cell += 2
			}
			if !mentions(t.of[row], i) {
				cell++
			}
			cells[i][cell]++
			own[cell]++
		}
		pairs = append(pairs, own)
	}
	if len(pairs) == 0 || len(pairs) < w.minCell {
		return nil
	}
	all := stat.PooledKappa(pairs)
	out := &TopicAgreement{N: len(pairs), Kappa: Number(all.Value), CI95: interval(all)}
	for i, topic := range v.Topics {
		k := &TopicKappa{topic.ID, undefined(), Interval{undefined(), undefined()}}
		rules, hand := cells[i][0]+cells[i][1], cells[i][0]+cells[i][2]
		if c := cells[i]; !few([]int{rules, hand, len(pairs) - rules, len(pairs) - hand}, w.minCell) {
			e := stat.Kappa(c[0], c[1], c[2], c[3])
			k.Kappa, k.CI95 = Number(e.Value), interval(e)
		}
		out.Topics = append(out.Topics, k)
	}
	if len(out.Topics) == 1 && math.IsNaN(float64(out.Topics[0].Kappa)) {
		return nil
	}
	return out
}
