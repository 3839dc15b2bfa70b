package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// indexed is what an index of everyone leaves for its groups: the weights, which
// are those of the whole wave, and the answers behind every place.
type indexed struct {
	tree    *tree
	schemes []schemed
	ahp     []*IndexAHP
	rows, n []int // by place: all rows, rows of positive weight
}

// schemed is the weights by one way of weighting.
type schemed struct {
	name     string
	weights  weights
	warnings []string
}

// csi computes a satisfaction index in every group.
func (w *wave) csi(a survey.Analysis, g groups) []Analysis {
	if a.CSI == nil {
		return nil
	}
	whole := w.indices[a.ID]
	everyone := whole == nil
	if everyone {
		t := w.indexTree(a.CSI)
		whole = &indexed{tree: t, ahp: t.ahp()}
		for _, name := range a.CSI.Schemes() {
			whole.schemes = append(whole.schemes, w.weigh(t, name))
		}
		if w.indices == nil {
			w.indices = map[string]*indexed{}
		}
		w.indices[a.ID] = whole
	}
	sums := w.sum(whole, g, everyone)
	if everyone {
		for _, m := range sums.main {
			whole.rows, whole.n = append(whole.rows, m[0].rows), append(whole.n, m[0].n)
		}
	}
	out := make([]Analysis, len(g.codes))
	hidden := w.hiddenPlaces(whole, sums.main, g.pair)
	target := a.CSI.Target
	if t, ok := w.survey.Report.Targets[a.ID]; ok && target == nil {
		target = &t
	}
	for k := range out {
		out[k] = w.index(a, target, whole, sums, hidden, k)
	}
	return out
}

// index arranges the sums of one group as a result.
func (w *wave) index(a survey.Analysis, target *float64, whole *indexed, sums *indexSums, hidden [][]bool, k int) *CSI {
	t, main := whole.tree, whole.schemes[0]
	root := t.places() - 1
	b := &indexBuilder{wave: w, whole: whole, sums: sums, hidden: hidden, group: k}
	m := sums.main[root][k]
	e := b.estimate(root)
	c := &CSI{
		Common: Common{Method: a.Method, N: e.N, Warnings: []string{}, rows: m.rows}, Score: Number(e.Value), CI95: interval(e), SD: Number(m.sd()),
		Weighting: main.name, Mapping: a.CSI.Mapping, Range: t.bounds(), MinAnswered: Number(a.CSI.MinAnswered),
		estimate: e, weights: w.weights != nil, tree: t,
	}
	c.Target, c.Verdict = verdict(e, target)
	c.Facets = b.facets(t.root(), main.weights[len(t.nodes)-1], 1)
	c.Schemes = b.schemes(c)
	c.warn(main.warnings...)
	for _, a := range whole.ahp {
		if float64(a.CR) >= .10 {
			c.warn(Inconsistent + ":" + a.Node)
		}
	}
	switch {
	case m.rows == 0:
		c.warn(NoAnswers)
	case e.N == 1:
		c.warn(OneAnswer)
	case e.N < 30:
		c.warn(Base30)
	}
	if sums.effective != nil {
		c.AHP, c.effective = whole.ahp, effects(sums.effective)
	}
	return c
}

// bounds are the least and the most points that the index can be.
func (t *tree) bounds() [2]Number {
	if t.settings.Mapping == nil {
		return [2]Number{0, 100}
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, l := range t.leaves {
		for _, x := range l.values.of {
			if x == x {
				low, high = min(low, x), max(high, x)
			}
		}
	}
	if low > high {
		return [2]Number{0, 100}
	}
	return [2]Number{Number(low), Number(high)}
}

// indexBuilder arranges the figures of one group.
type indexBuilder struct {
	wave   *wave
	whole  *indexed
	sums   *indexSums
	hidden [][]bool
	group  int
}

func (b *indexBuilder) estimate(place int) stat.Estimate {
	return b.whole.cutOff(b.sums.main[place][b.group].estimate(b.wave.weights != nil, b.whole.n[place]))
}

// cutOff cuts an interval off at the least and the most points.
func (x *indexed) cutOff(e stat.Estimate) stat.Estimate {
	ends := x.tree.bounds()
	return cutOff(e, float64(ends[0]), float64(ends[1]))
}

// facets are the facets below a node; overall is the weight of the node in the index.
func (b *indexBuilder) facets(n *node, weights []float64, overall float64) []*IndexFacet {
	var out []*IndexFacet
	t := b.whole.tree
	for j, p := range n.below {
		if p < len(t.items) {
			continue
		}
		k := p - len(t.items)
		below, own := &t.nodes[k], b.whole.schemes[0].weights[k]
		e := b.estimate(p)
		f := &IndexFacet{
			ID: below.facet.ID, Weight: Number(weights[j]), Overall: Number(overall * weights[j]), Score: Number(e.Value), CI95: interval(e), N: e.N,
			Suppressed: b.hidden[p][b.group], estimate: e,
		}
		f.Target, f.Verdict = verdict(e, below.facet.Target)
		f.Items = b.items(below, own, overall*weights[j])
		f.Facets = b.facets(below, own, overall*weights[j])
		out = append(out, f)
	}
	return out
}

func (b *indexBuilder) items(n *node, weights []float64, overall float64) []*IndexItem {
	var out []*IndexItem
	t := b.whole.tree
	for j, p := range n.below {
		if p >= len(t.items) {
			continue
		}
		e := b.estimate(p)
		i := &IndexItem{
			ID: t.items[p].ID, Weight: Number(weights[j]), Overall: Number(overall * weights[j]), Score: Number(e.Value), CI95: interval(e), N: e.N,
			Suppressed: b.hidden[p][b.group], estimate: e,
		}
		i.Target, i.Verdict = verdict(e, t.items[p].Target)
		if !t.asked[p] {
			i.Why = NotAsked
		} else if e.N == 0 {
			i.Why = NoAnswers
		}
		out = append(out, i)
	}
	return out
}

// schemes puts the ways of weighting side by side, the chosen one first.
func (b *indexBuilder) schemes(c *CSI) []*IndexScheme {
	var out []*IndexScheme
	t := b.whole.tree
	for s, way := range b.whole.schemes {
		e := b.whole.cutOff(b.sums.roots[s][b.group].estimate(c.weights, b.whole.n[t.places()-1]))
		scheme := &IndexScheme{Scheme: way.name, N: e.N, Score: Number(e.Value), CI95: interval(e), Reversals: [][2]string{}}
		if b.sums.effective != nil {
			scheme.Weights = t.overall(way.weights)
		}
		for j, p := range t.root().below {
			f := &SchemeFacet{ID: t.nodes[p-len(t.items)].facet.ID, Weight: Number(way.weights[len(t.nodes)-1][j]), Score: Number(b.sums.tops[s][j][b.group].mean())}
			if b.hidden[p][b.group] {
				f.Score = Number(math.NaN())
			}
			scheme.Facets = append(scheme.Facets, f)
		}
		if s > 0 {
			scheme.Reversals = reversals(out[0].Facets, scheme.Facets)
		}
		out = append(out, scheme)
	}
	return out
}

// overall is the weight of each item in the index where everything is answered.
func (t *tree) overall(w weights) map[string]Number {
	out := map[string]Number{}
	at := make([]float64, t.places())
	at[len(at)-1] = 1
	for k := len(t.nodes) - 1; k >= 0; k-- {
		for j, p := range t.nodes[k].below {
			at[p] = at[len(t.items)+k] * w[k][j]
			if p < len(t.items) {
				out[t.items[p].ID] += Number(at[p])
			}
		}
	}
	return out
}

// reversals are the pairs that stand in another order: of each the one that is
// ahead by the first scheme comes first. Ties and undefined scores are no order.
func reversals(by, other []*SchemeFacet) [][2]string {
	out := [][2]string{}
	for i := range by {
		for j := range by {
			if by[i].Score > by[j].Score && other[i].Score < other[j].Score {
				out = append(out, [2]string{by[i].ID, by[j].ID})
			}
		}
	}
	return out
}

// Reversed are the pairs of groups that stand in another order by a scheme than
// by the chosen one. Groups that are hidden take no part.
func Reversed(blocks map[string]*Block, codes []string, id, scheme string) [][2]string {
	var by, other []*SchemeFacet
	for _, code := range codes {
		b := blocks[code]
		if b == nil || b.Suppressed {
			continue
		}
		c, ok := b.Analyses[id].(*CSI)
		if !ok {
			continue
		}
		if k := slices.IndexFunc(c.Schemes, func(s *IndexScheme) bool { return s.Scheme == scheme }); k >= 0 {
			by, other = append(by, &SchemeFacet{ID: code, Score: c.Score}), append(other, &SchemeFacet{ID: code, Score: c.Schemes[k].Score})
		}
	}
	return reversals(by, other)
}
