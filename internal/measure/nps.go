package measure

import (
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Nps is the net promoter score: the share of promoters (9–10) less the share
// of detractors (0–6), in points from −100 to 100. The interval is adjusted
// Wald (METHODS B10), linearised with weights, clamped to ±100.
// Source: Reichheld, HBR 81(12), 2003.
type Nps struct {
	Common
	Question   string   `json:"question"`
	Promoters  Number   `json:"promoters"` // shares of the base
	Passives   Number   `json:"passives"`
	Detractors Number   `json:"detractors"`
	Score      Number   `json:"score"`
	SE         Number   `json:"se"`
	CI95       Interval `json:"ci95"`
	Target     *Number  `json:"target,omitempty"`
	Verdict    string   `json:"verdict,omitempty"` // met, missed or not_shown

	score stat.Estimate
}

func nps(a asked, q *Question, t *tally, design int) *Nps {
	var promoters, passives, detractors []int
	for i, v := range a.values {
		switch {
		case v >= 9:
			promoters = append(promoters, i)
		case v >= 7:
			passives = append(passives, i)
		default:
			detractors = append(detractors, i)
		}
	}
	p, m, d := sum(t.points, promoters), sum(t.points, passives), sum(t.points, detractors)
	e := stat.NPS(p.N, m.N, d.N)
	if a.weights {
		e = stat.WeightedNPS(p, m, d, design)
	}
	n := &Nps{
		Common: Common{Method: string(survey.NPS), N: q.N, Warnings: []string{}}, Question: a.item.ID,
		Promoters: part(p, t.valid), Passives: part(m, t.valid), Detractors: part(d, t.valid),
		Score: Number(e.Value), SE: Number(e.SE), CI95: interval(e), score: e,
	}
	n.warn(q.Warnings...)
	return n
}

// part is a weighted share, NaN of nothing.
func part(p, all stat.Point) Number { return Number(p.W / all.W) }
