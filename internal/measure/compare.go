package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Compare is every rated item compared between the groups of every segment, in
// one wave. Suppressed groups take no part.
type Compare struct {
	Common
	Practical Number      `json:"practical"` // smallest effect that matters, in standard deviations
	Figures   []*Compared `json:"figures"`
}

// Compared is one item in one breakdown. The omnibus test is Welch's ANOVA on
// means and (with weights, linearised) standard errors, Kruskal–Wallis beside
// it without weights; eta² is the effect size, of the unweighted answers.
type Compared struct {
	Segment       string  `json:"segment"`
	Item          string  `json:"item"`
	Figure        string  `json:"figure"`
	Kind          string  `json:"kind"` // figures of one kind are adjusted together
	Groups        int     `json:"groups"`
	Statistic     Number  `json:"statistic"`
	DF            Number  `json:"df"`
	DF2           Number  `json:"df2"`
	P             Number  `json:"p"`
	BH            Number  `json:"p_bh"` // over the items of this breakdown
	KruskalWallis *Number `json:"p_kruskal_wallis,omitempty"`
	Eta2          Number  `json:"eta_squared"`
	Omega2        Number  `json:"omega_squared"`
	Effect        string  `json:"effect_size,omitempty"` // of eta²: negligible, small, medium, large
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
	D          Number   `json:"d"`      // Cohen: the difference in pooled standard deviations
	Effect     string   `json:"effect_size,omitempty"`
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
	c := &Compared{Segment: segment, Item: item, Figure: "questions." + item + ".mean", Kind: "mean"}
	anova := stat.ANOVA(plain)
	c.Eta2, c.Omega2, c.Effect = Number(anova.Eta2), Number(anova.Omega2()), size(anova.Eta2, .01, .06, .14)
	if !weights {
		c.KruskalWallis = pointer(stat.KruskalWallis(points).P)
	}
	c.test(shown, means, func(i, j int) float64 { return stat.CohenD(points[j], points[i]) })
	return c
}

// test fills in the omnibus test and every pair; d is the effect of a pair.
func (c *Compared) test(shown []string, means []stat.Estimate, d func(i, j int) float64) {
	test := stat.WelchANOVA(means)
	c.Groups, c.Statistic, c.DF, c.DF2, c.P = len(shown), Number(test.Statistic), Number(test.DF), Number(test.DF2), Number(test.P)
	var p []float64
	for i := range shown {
		for j := i + 1; j < len(shown); j++ {
			t := stat.Welch(means[j], means[i])
			effect := d(i, j)
			c.Pairs = append(c.Pairs, &Pair{
				A: shown[i], B: shown[j], Difference: Number(t.Difference), CI95: Interval{Number(t.Low), Number(t.High)}, P: Number(t.P),
				D: Number(effect), Effect: size(effect, .2, .5, .8),
			})
			p = append(p, t.P)
		}
	}
	for i, adjusted := range stat.Holm(p) {
		c.Pairs[i].Holm = Number(adjusted)
	}
}

// addAnalyses compares every figure of every analysis that has some between the blocks of a segment.
func (c *Compare) addAnalyses(segment string, codes []string, analyses []survey.Analysis, blocks []*Block) {
	for _, a := range analyses {
		if a.Method == "path_model" { // compared by its own tests, on its own page
			continue
		}
		found := map[string]bool{}
		for _, b := range blocks {
			for _, f := range figuresOf(b, a.ID) {
				if !found[f.path] {
					found[f.path] = true
					c.addFigure(segment, a, f, codes, blocks)
				}
			}
		}
	}
}

// addFigure compares one figure of an analysis.
func (c *Compare) addFigure(segment string, a survey.Analysis, f figure, codes []string, blocks []*Block) {
	var shown []string
	var means []stat.Estimate
	for k, b := range blocks {
		if e, ok := figureOf(b, a.ID, f.path); ok && e.N > 1 && !math.IsNaN(e.SE) {
			shown, means = append(shown, codes[k]), append(means, e)
		}
	}
	if len(shown) < 2 {
		return
	}
	out := &Compared{
		Segment: segment, Item: a.ID, Figure: "analyses." + a.ID + "." + f.path, Kind: a.Method + "." + f.kind,
		Eta2: undefined(), Omega2: undefined(),
	}
	out.test(shown, means, func(i, j int) float64 { return spreadD(means[j], means[i]) })
	c.Figures = append(c.Figures, out)
}

// figuresOf are the figures of an analysis of a block, none where it is hidden or has none.
func figuresOf(b *Block, id string) []figure {
	if b == nil || b.Suppressed {
		return nil
	}
	f, ok := b.Analyses[id].(figured)
	if !ok {
		return nil
	}
	return f.figures()
}

// figureOf is one figure of an analysis of a block, if its base may be shown.
func figureOf(b *Block, id, path string) (stat.Estimate, bool) {
	for _, f := range figuresOf(b, id) {
		if f.path == path && f.estimate.N >= b.least {
			return f.estimate, true
		}
	}
	return stat.Estimate{}, false
}

// spreadD is Cohen's d of two estimates, b less a, from the standard deviations
// that their standard errors stand for, SE·√N.
func spreadD(a, b stat.Estimate) float64 {
	n := float64(a.N + b.N - 2)
	squares := float64(a.N-1)*a.SE*a.SE*float64(a.N) + float64(b.N-1)*b.SE*b.SE*float64(b.N)
	if !(n > 0) || !(squares > 0) {
		return math.NaN()
	}
	return (b.Value - a.Value) / math.Sqrt(squares/n)
}

// flat returns the points as if every answer weighed 1.
func flat(points []stat.Point) []stat.Point {
	out := make([]stat.Point, len(points))
	for i, p := range points {
		out[i] = stat.Point{Value: p.Value, N: p.N, W: float64(p.N), W2: float64(p.N)}
	}
	return out
}

// adjust fills the p-values adjusted over the figures of one kind in each breakdown.
func (c *Compare) adjust() {
	families := map[[2]string][]*Compared{}
	for _, f := range c.Figures {
		key := [2]string{f.Segment, f.Kind}
		families[key] = append(families[key], f)
	}
	for _, family := range families {
		p := make([]float64, len(family))
		for i, f := range family {
			p[i] = float64(f.P)
		}
		for i, adjusted := range stat.BenjaminiHochberg(p) {
			family[i].BH = Number(adjusted)
		}
	}
}

// Of returns the comparison of an item in a segment, nil where there is none.
func (c *Compare) Of(segment, item string) *Compared {
	i := slices.IndexFunc(c.Figures, func(f *Compared) bool { return f.Segment == segment && f.Item == item && f.Kind == "mean" })
	if i < 0 {
		return nil
	}
	return c.Figures[i]
}
