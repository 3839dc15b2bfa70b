package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// CommonItems is an index of two waves on the items that both asked as the same
// measure. Weights are those of the later wave, renormalised at every node over
// the common items; a facet without any leaves the index. Only answers differ,
// so that the difference is no work of a changed questionnaire. Tests are
// Welch's; with weights on linearised standard errors.
type CommonItems struct {
	Analysis string          `json:"analysis"`
	From     string          `json:"from"`
	To       string          `json:"to"`
	Items    []string        `json:"items"`
	LeftOut  []*LeftOut      `json:"left_out"`
	Figures  []*CommonFigure `json:"figures"` // the index, then its top facets
	Reason   string          `json:"reason,omitempty"`
}

// LeftOut is an item that the two waves do not share, and why.
type LeftOut struct {
	Item   string `json:"item"`
	Reason string `json:"reason"`
}

// CommonFigure is the index or a top facet on common items.
type CommonFigure struct {
	Figure     string    `json:"figure"` // score, or facets.ID.score
	N          [2]int    `json:"n"`
	Scores     [2]Number `json:"scores"`
	Difference Number    `json:"difference"`
	CI95       Interval  `json:"ci95"`
	P          Number    `json:"p"`
	Holm       Number    `json:"p_holm"` // over the steps of this figure
	Reason     string    `json:"reason,omitempty"`
}

// NoCommonItems is why an index cannot be compared on common items.
const NoCommonItems = "no_common_items"

// sharedItems compares every index with the wave before on the common items.
func (t *Trend) sharedItems(s *survey.Survey, r *Results, waves []*wave) {
	for _, a := range s.Analyses {
		if a.CSI == nil {
			continue
		}
		var steps []*CommonItems
		for i := 1; i < len(waves); i++ {
			before, now := waves[i-1].indices[a.ID], waves[i].indices[a.ID]
			if before != nil && now != nil && r.shown(waves[i-1]) && r.shown(waves[i]) {
				steps = append(steps, commonStep(s, r, a.ID, waves[i-1], waves[i]))
			}
		}
		holmCommon(steps)
		t.Shared = append(t.Shared, steps...)
	}
}

// shown reports whether a wave has a block that may be seen.
func (r *Results) shown(w *wave) bool {
	b := r.ByWave[w.table.ID]
	return b != nil && !b.Suppressed
}

func holmCommon(steps []*CommonItems) {
	p, of := map[string][]float64{}, map[string][]*CommonFigure{}
	for _, c := range steps {
		for _, f := range c.Figures {
			p[f.Figure], of[f.Figure] = append(p[f.Figure], float64(f.P)), append(of[f.Figure], f)
		}
	}
	for figure, list := range of {
		for i, adjusted := range stat.Holm(p[figure]) {
			list[i].Holm = Number(adjusted)
		}
	}
}

func commonStep(s *survey.Survey, r *Results, id string, before, now *wave) *CommonItems {
	a, b := before.indices[id], now.indices[id]
	c := &CommonItems{Analysis: id, From: before.table.ID, To: now.table.ID, Items: []string{}, LeftOut: []*LeftOut{}}
	keep := make([]bool, len(b.tree.items))
	for p, leaf := range b.tree.items {
		item, _ := s.Item(leaf.ID)
		reason := breakOf(r.marksBetween(s, item, c.From, c.To))
		if !a.tree.asked[p] || !b.tree.asked[p] {
			reason = NotAsked
		}
		if keep[p] = reason == ""; keep[p] {
			c.Items = append(c.Items, leaf.ID)
		} else {
			c.LeftOut = append(c.LeftOut, &LeftOut{leaf.ID, reason})
		}
	}
	if len(c.Items) == 0 {
		c.Reason = NoCommonItems
		return c
	}
	weights := b.tree.renormalised(b.schemes[0].weights, keep)
	from, to := before.commonSums(a.tree, weights, keep), now.commonSums(b.tree, weights, keep)
	root := b.tree.places() - 1
	c.Figures = append(c.Figures, commonFigure("score", from[root], to[root], before, now))
	for _, p := range b.tree.root().below {
		k := p - len(b.tree.items)
		if path := "facets." + b.tree.nodes[k].facet.ID + ".score"; slices.Max(append([]float64{0}, weights[k]...)) > 0 {
			c.Figures = append(c.Figures, commonFigure(path, from[p], to[p], before, now))
		}
	}
	return c
}

// renormalised are the weights with the items that are not kept at 0 and the
// rest of each node raised to the sum 1; a node of which nothing is kept has 0.
func (t *tree) renormalised(w weights, keep []bool) weights {
	out, alive := make(weights, len(w)), make([]bool, t.places())
	copy(alive, keep)
	for k, n := range t.nodes {
		out[k] = make([]float64, len(n.below))
		sum := 0.0
		for j, p := range n.below {
			if alive[p] {
				out[k][j] = w[k][j]
				sum += w[k][j]
			}
		}
		for j := range out[k] {
			if sum > 0 {
				out[k][j] /= sum
			}
		}
		alive[len(t.items)+k] = sum > 0
	}
	return out
}

// commonSums are the sums of every place over the whole wave.
func (w *wave) commonSums(t *tree, by weights, keep []bool) []indexMoments {
	only := *t
	only.asked = keep
	sums := w.sum(&indexed{tree: &only, schemes: []schemed{{weights: by}}}, everyone(w.table.Rows), true)
	out := make([]indexMoments, t.places())
	for p := range out {
		out[p] = sums.main[p][0]
	}
	return out
}

func commonFigure(path string, a, b indexMoments, before, now *wave) *CommonFigure {
	nan := undefined()
	f := &CommonFigure{Figure: path, N: [2]int{a.n, b.n}, Scores: [2]Number{nan, nan}, Difference: nan, CI95: Interval{nan, nan}, P: nan, Holm: nan}
	switch least := min(a.rows, a.n, b.rows, b.n); {
	case least == 0:
		f.Reason = NoAnswers
		return f
	case least < now.minCell:
		f.Reason, f.N = "min_cell", [2]int{}
		return f
	}
	x, y := a.estimate(before.weights != nil, a.n), b.estimate(now.weights != nil, b.n)
	test := stat.Welch(x, y)
	f.Scores = [2]Number{Number(x.Value), Number(y.Value)}
	f.Difference, f.CI95, f.P = Number(test.Difference), Interval{Number(test.Low), Number(test.High)}, Number(test.P)
	if math.IsNaN(x.Value) || math.IsNaN(y.Value) {
		f.Reason = NoAnswers
	}
	return f
}
