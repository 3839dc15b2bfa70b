package measure

import (
	"slices"

	"manyi/internal/stat"
)

// Csat is customer satisfaction by one question: the share of the best answers
// (满意率), their mean, and the mean on 0–100 (满意度). CES, the customer effort
// score, is the same with its own rule for the best answers: 5 to 7 of 7
// (Dixon, Ponomareff, Turner and DeLisi 2013).
type Csat struct {
	Common
	Question string         `json:"question"`
	Top      []string       `json:"top"`
	Share    Number         `json:"share"`
	CI95     Interval       `json:"ci95"`
	Mean     Number         `json:"mean"`
	MeanCI95 Interval       `json:"mean_ci95"`
	Score    *Score         `json:"score"`
	Counts   map[string]int `json:"counts"`
	Target   *Number        `json:"target,omitempty"`  // of the share
	Verdict  string         `json:"verdict,omitempty"` // met, missed or not_shown

	share, mean stat.Estimate
}

// csat reads the analysis off its question; top nil keeps the question's own best answers.
func csat(method string, a asked, q *Question, t *tally, design int, top []string) *Csat {
	at := a.top
	if top != nil {
		at = indices(a.item.Scale, top)
	}
	e := share(t, at, design, a.weights)
	codes := make([]string, len(at))
	for i, k := range at {
		codes[i] = a.item.Scale.Codes()[k]
	}
	slices.Sort(codes)
	c := &Csat{
		Common: Common{Method: method, N: q.N, Warnings: []string{}}, Question: a.item.ID, Top: codes,
		Share: Number(e.Value), CI95: interval(e), Mean: Number(q.mean.Value), MeanCI95: interval(q.mean),
		Score: q.Score, Counts: q.Counts, share: e, mean: q.mean,
	}
	c.warn(q.Warnings...)
	return c
}
