package measure

import (
	"encoding/json"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// TopicContrast is which topics the best answers to a question write of more
// than the worst: log-odds-ratios of the topics with an informative Dirichlet
// prior (Monroe, Colaresi & Quinn 2008). Mentions are counted, not weighted;
// comments without a topic are one more kind of mention.
type TopicContrast struct {
	Question string       `json:"question"`
	Best     []string     `json:"best"` // codes
	Worst    []string     `json:"worst"`
	N        [2]int       `json:"n"` // of either who commented
	Topics   []*TopicOdds `json:"topics"`
	Uncoded  *TopicOdds   `json:"uncoded"`
}

// TopicOdds is one topic: positive where the best answers write of it more.
type TopicOdds struct {
	ID      string    `json:"id,omitempty"`
	N       [2]int    `json:"n"`      // best, worst
	Shares  [2]Number `json:"shares"` // of those who commented
	LogOdds Number    `json:"log_odds"`
	CI95    Interval  `json:"ci95"`
	Z       Number    `json:"z"`
	P       Number    `json:"p"`
	Holm    Number    `json:"p_holm"` // over the topics

	Suppressed bool `json:"-"`
}

// MarshalJSON leaves the name and the reason of a hidden topic.
func (o *TopicOdds) MarshalJSON() ([]byte, error) {
	if o.Suppressed {
		return json.Marshal(map[string]any{"id": o.ID, "suppressed": true, "reason": "min_cell"})
	}
	type plain TopicOdds
	return json.Marshal((*plain)(o))
}

// topicContrast is nil where the definition has none, or one side is too small.
func (w *wave) topicContrast(v *survey.Verbatim, t *comments, r *Verbatim) *TopicContrast {
	c := w.columns[v.Contrast]
	item, ok := w.itemOf(v.Contrast)
	if v.Contrast == "" || c == nil || c.Absent || !ok {
		return nil
	}
	out := &TopicContrast{Question: v.Contrast}
	out.Best, out.Worst = item.Ends()
	var y [3][]int // mentions of the best, of the worst, of the others who commented
	for side := range y {
		y[side] = make([]int, t.topics+1)
	}
	sizes := make([]int, 3)
	for row, state := range t.state {
		if state < commented || w.weight(row) <= 0 {
			continue
		}
		side := 2
		if i, _ := c.Code(row); i >= 0 && slices.Contains(out.Best, c.Codes[i]) {
			side = 0
		} else if i >= 0 && slices.Contains(out.Worst, c.Codes[i]) {
			side = 1
		}
		sizes[side]++
		for _, topic := range t.of[row] {
			y[side][topic]++
		}
		if len(t.of[row]) == 0 {
			y[side][t.topics]++
		}
	}
	if few(sizes, w.minCell) || sizes[0] == 0 || sizes[1] == 0 {
		return nil
	}
	out.N = [2]int{sizes[0], sizes[1]}
	out.fill(r, y, sizes, w.minCell)
	return out
}

// fill computes the odds and hides what few stand behind.
func (c *TopicContrast) fill(r *Verbatim, y [3][]int, sizes []int, k int) {
	tests := stat.LogOdds(y[0], y[1])
	hidden := hideOdds(r, y, sizes, k)
	p := make([]float64, len(tests))
	for i, test := range tests {
		o := &TopicOdds{
			ID: r.all()[i].ID, N: [2]int{y[0][i], y[1][i]}, Suppressed: hidden[i],
			Shares:  [2]Number{Number(float64(y[0][i]) / float64(sizes[0])), Number(float64(y[1][i]) / float64(sizes[1]))},
			LogOdds: Number(test.Difference), CI95: Interval{Number(test.Low), Number(test.High)}, Z: Number(test.Statistic), P: Number(test.P), Holm: undefined(),
		}
		if p[i] = test.P; hidden[i] {
			p[i] = float64(undefined())
		}
		c.Topics = append(c.Topics, o)
	}
	last := len(c.Topics) - 1
	for i, adjusted := range stat.Holm(p[:last]) {
		c.Topics[i].Holm = Number(adjusted)
	}
	c.Topics, c.Uncoded = c.Topics[:last], c.Topics[last]
}
