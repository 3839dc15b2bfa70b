package measure

import (
	"slices"

	"manyi/internal/stat"
)

// Compare is every rated item compared between the groups of every segment, in
// one wave. Suppressed groups take no part.
type Compare struct {
	Common
	Figures []*Compared `json:"figures"`
}

// Compared is one item in one breakdown. The omnibus test is Welch's ANOVA on
// means and (with weights, linearised) standard errors, Kruskal–Wallis beside
// it without weights; eta² is the effect size, of the unweighted answers.
type Compared struct {
	Segment       string  `json:"segment"`
	Item          string  `json:"item"`
	Figure        string  `json:"figure"`
	Groups        int     `json:"groups"`
	Statistic     Number  `json:"statistic"`
	DF            Number  `json:"df"`
	DF2           Number  `json:"df2"`
	P             Number  `json:"p"`
	BH            Number  `json:"p_bh"` // over the items of this breakdown
	KruskalWallis *Number `json:"p_kruskal_wallis,omitempty"`
	Eta2          Number  `json:"eta_squared"`
	Pairs         []*Pair `json:"pairs"`
}

// Pair is the difference between two groups: A less B.
type Pair struct {
	A          string   `json:"a"`
	B          string   `json:"b"`
	Difference Number   `json:"difference"`
	CI95       Interval `json:"ci95"`
	P          Number   `json:"p"`
	Holm       Number   `json:"p_holm"` // over all pairs of this item in this breakdown
}

// add compares every rated item between the blocks of a segment.
func (c *Compare) add(segment string, codes []string, items []asked, blocks []*Block) {
	found := make([]*Compared, len(items))
	each(len(items), func(i int) {
		if items[i].item.Rated() {
			found[i] = compared(segment, items[i].item.ID, codes, blocks)
		}
	})
	for _, f := range found {
		if f != nil {
			c.Figures = append(c.Figures, f)
		}
	}
}

func compared(segment, item string, codes []string, blocks []*Block) *Compared {
	var shown []string
	var means []stat.Estimate
	var points, plain [][]stat.Point
	weights := false
	for k, b := range blocks {
		q := b.Questions[item]
		if b.Suppressed || q == nil || q.Suppressed || q.N < 2 {
			continue
		}
		shown, means, points = append(shown, codes[k]), append(means, q.mean), append(points, q.points)
		plain = append(plain, flat(q.points))
		weights = weights || q.weights
	}
	if len(shown) < 2 {
		return nil
	}
	test := stat.WelchANOVA(means)
	c := &Compared{
		Segment: segment, Item: item, Figure: "questions." + item + ".mean", Groups: len(shown),
		Statistic: Number(test.Statistic), DF: Number(test.DF), DF2: Number(test.DF2), P: Number(test.P), Eta2: Number(stat.ANOVA(plain).Eta2),
	}
	if !weights {
		c.KruskalWallis = pointer(stat.KruskalWallis(points).P)
	}
	var p []float64
	for i := range shown {
		for j := i + 1; j < len(shown); j++ {
			t := stat.Welch(means[j], means[i])
			c.Pairs = append(c.Pairs, &Pair{A: shown[i], B: shown[j], Difference: Number(t.Difference), CI95: Interval{Number(t.Low), Number(t.High)}, P: Number(t.P)})
			p = append(p, t.P)
		}
	}
	for i, adjusted := range stat.Holm(p) {
		c.Pairs[i].Holm = Number(adjusted)
	}
	return c
}

// flat returns the points as if every answer weighed 1.
func flat(points []stat.Point) []stat.Point {
	out := make([]stat.Point, len(points))
	for i, p := range points {
		out[i] = stat.Point{Value: p.Value, N: p.N, W: float64(p.N), W2: float64(p.N)}
	}
	return out
}

// adjust fills the p-values adjusted over the items of each breakdown.
func (c *Compare) adjust() {
	for start := 0; start < len(c.Figures); {
		end := start
		for end < len(c.Figures) && c.Figures[end].Segment == c.Figures[start].Segment {
			end++
		}
		p := make([]float64, end-start)
		for i := range p {
			p[i] = float64(c.Figures[start+i].P)
		}
		for i, adjusted := range stat.BenjaminiHochberg(p) {
			c.Figures[start+i].BH = Number(adjusted)
		}
		start = end
	}
}

// Of returns the comparison of an item in a segment, nil where there is none.
func (c *Compare) Of(segment, item string) *Compared {
	i := slices.IndexFunc(c.Figures, func(f *Compared) bool { return f.Segment == segment && f.Item == item })
	if i < 0 {
		return nil
	}
	return c.Figures[i]
}
