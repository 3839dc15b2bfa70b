package measure

import (
	"math"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// weigh finds the weights of every node by one way:
//
//	given    as written, over their sum; equal where siblings have none
//	equal    1/k for each of k siblings
//	stated   mean importance over the sum of the means (I_i/ΣI)
//	rank     rank-sum: (k − r + 1) over its sum, r the mean rank
//	ahp      principal eigenvector of the comparisons
//	derived  Pearson's r with the outcome over the sum of the positive ones
//
// Those that are measured are of the whole wave. Source: METHODS B6, B8.
func (w *wave) weigh(t *tree, name string) schemed {
	out := schemed{name: name, weights: make(weights, len(t.nodes))}
	m := &weigher{wave: w, tree: t, out: &out}
	if name == "derived" {
		m.outcome()
	}
	for k := range t.nodes {
		raw := m.raw(name, k)
		if raw == nil {
			raw = m.fallback(name, k)
		}
		out.weights[k] = normalised(raw)
		if name == "derived" {
			m.score(k)
		}
	}
	return out
}

// normalised divides weights by their sum.
func normalised(raw []float64) []float64 {
	sum := 0.0
	for _, x := range raw {
		sum += x
	}
	out := make([]float64, len(raw))
	for i, x := range raw {
		out[i] = x / sum
	}
	return out
}

// weigher finds the weights of one way.
type weigher struct {
	*wave
	tree *tree
	out  *schemed
	y    []float64   // derived: the outcome by row
	x    [][]float64 // derived: scores by place and row
}

// raw is the weights below a node before they are normalised; nil where the way has nothing to go by.
func (m *weigher) raw(name string, k int) []float64 {
	switch name {
	case "given":
		return m.given(k)
	case "stated":
		return m.each(k, m.importance)
	case "rank":
		return m.ranks(k)
	case "ahp":
		if matrices := m.tree.judgements(k); len(matrices) > 0 {
			return stat.AHP(groupJudgement(matrices)).Weights
		}
		return nil
	case "derived":
		return m.each(k, m.correlation)
	}
	return nil
}

// fallback is the weights of a node without a basis for its way: equal, with a
// warning where they were to be measured; ahp takes the given ones.
func (m *weigher) fallback(name string, k int) []float64 {
	n := m.tree.nodes[k]
	switch name {
	case "stated", "rank":
		m.warn(NoImportance, n)
	case "derived":
		m.warn(NoDerived, n)
	case "ahp":
		if raw := m.given(k); raw != nil {
			return raw
		}
	}
	out := make([]float64, len(n.below))
	for i := range out {
		out[i] = 1
	}
	return out
}

func (m *weigher) warn(code string, n node) {
	id := ""
	if n.facet != nil {
		id = n.facet.ID
	}
	if len(n.below) > 1 {
		m.out.warnings = append(m.out.warnings, code+":"+id)
	}
}

func (m *weigher) given(k int) []float64 {
	out, sum := make([]float64, len(m.tree.nodes[k].below)), 0.0
	for i, p := range m.tree.nodes[k].below {
		x := m.tree.at(p).weight
		if x == nil {
			return nil
		}
		out[i] = *x
		sum += *x
	}
	if !(sum > 0) {
		return nil
	}
	return out
}

// each is a figure of every node below; nil where one is undefined or none is positive.
func (m *weigher) each(k int, f func(place int) float64) []float64 {
	out, sum := make([]float64, len(m.tree.nodes[k].below)), 0.0
	for i, p := range m.tree.nodes[k].below {
		x := f(p)
		if math.IsNaN(x) {
			return nil
		}
		out[i] = max(x, 0)
		sum += out[i]
	}
	if !(sum > 0) {
		return nil
	}
	return out
}

// ranks are rank-sum weights.
func (m *weigher) ranks(k int) []float64 {
	n := float64(len(m.tree.nodes[k].below))
	return m.each(k, func(p int) float64 { return n - m.stated(m.tree.at(p).rank) + 1 })
}

// importance is the stated importance of a place; of a facet without its own, the mean of those below it.
func (m *weigher) importance(place int) float64 {
	s := m.tree.at(place)
	if s.importance.Given() || place < len(m.tree.items) {
		return m.stated(s.importance)
	}
	sum, n := 0.0, 0.0
	for _, p := range m.tree.nodes[place-len(m.tree.items)].below {
		if x := m.importance(p); !math.IsNaN(x) {
			sum, n = sum+x, n+1
		}
	}
	return sum / n
}

// stated is a number of the author's, or the weighted mean of a column's codes
// as numbers, mirrored where the question is reversed; NaN without answers.
func (m *weigher) stated(s survey.Stated) float64 {
	if s.Value != nil {
		return *s.Value
	}
	v, known := m.values(s.Column)
	if !known {
		return math.NaN()
	}
	sum, weight := 0.0, 0.0
	for row := range m.table.Rows {
		if x := v.at(row); x == x {
			sum, weight = sum+x*m.weight(row), weight+m.weight(row)
		}
	}
	mean := sum / weight
	if item, ok := m.itemOf(s.Column); ok && item.Reverse && item.Scale != nil {
		low, high := extremes(item.Scale.Values())
		return low + high - mean
	}
	return mean
}

func extremes(of []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, x := range of {
		low, high = min(low, x), max(high, x)
	}
	return low, high
}

// outcome reads the outcome and the items by row.
func (m *weigher) outcome() {
	m.x = make([][]float64, m.tree.places())
	read := func(l *leaf, known bool) []float64 {
		out := make([]float64, m.table.Rows)
		for i := range out {
			out[i] = math.NaN()
		}
		if known {
			l.fill(0, out)
		}
		return out
	}
	y, known := m.leaf(m.tree.settings.Outcome, nil)
	m.y = read(&y, known)
	each(len(m.tree.items), func(i int) { m.x[i] = read(&m.tree.leaves[i], m.tree.asked[i]) })
}

// score computes the scores of node k by row from those below it.
func (m *weigher) score(k int) {
	s := &scorer{tree: m.tree, weights: m.out.weights}
	out := make([]float64, m.table.Rows)
	least := s.settings.MinAnswered - rounding
	for row := range out {
		sum, answered := 0.0, 0.0
		for j, p := range m.tree.nodes[k].below {
			if x := m.x[p][row]; x == x && m.out.weights[k][j] > 0 {
				sum, answered = sum+m.out.weights[k][j]*x, answered+m.out.weights[k][j]
			}
		}
		out[row] = math.NaN()
		if answered > 0 && answered >= least {
			out[row] = sum / answered
		}
	}
	m.x[len(m.tree.items)+k] = out
}

// correlation is Pearson's r of a place with the outcome over the rows that
// have both, weighted where the survey is; NaN where either does not vary.
func (m *weigher) correlation(place int) float64 {
	x := m.x[place]
	var w, mx, my float64
	for row, a := range x {
		if b := m.y[row]; a == a && b == b {
			weight := m.weight(row)
			w, mx, my = w+weight, mx+weight*a, my+weight*b
		}
	}
	mx, my = mx/w, my/w
	var xx, yy, xy float64
	for row, a := range x {
		if b := m.y[row]; a == a && b == b {
			weight := m.weight(row)
			xx, yy, xy = xx+weight*(a-mx)*(a-mx), yy+weight*(b-my)*(b-my), xy+weight*(a-mx)*(b-my)
		}
	}
	if !(xx > 1e-12*w) || !(yy > 1e-12*w) {
		return math.NaN()
	}
	return xy / math.Sqrt(xx*yy)
}

// standing is what a place has to be weighed by.
type standing struct {
	weight           *float64
	importance, rank survey.Stated
	id               string
}

func (t *tree) at(place int) standing {
	if place < len(t.items) {
		i := t.items[place]
		return standing{i.Weight, i.Importance, i.Rank, i.ID}
	}
	if f := t.nodes[place-len(t.items)].facet; f != nil {
		return standing{f.Weight, f.Importance, f.Rank, f.ID}
	}
	return standing{}
}

// judgements are the comparisons of what is below node k.
func (t *tree) judgements(k int) []survey.Judgement {
	if f := t.nodes[k].facet; f != nil {
		return f.Judgements
	}
	return t.settings.Judgements
}

// groupJudgement joins the matrices of several people.
func groupJudgement(matrices []survey.Judgement) [][]float64 {
	plain := make([][][]float64, len(matrices))
	for i, m := range matrices {
		plain[i] = m
	}
	if len(plain) == 1 {
		return plain[0]
	}
	return stat.GroupJudgement(plain)
}

// ahp is the comparisons of every node that has some, the top first.
func (t *tree) ahp() []*IndexAHP {
	var out []*IndexAHP
	for k := len(t.nodes) - 1; k >= 0; k-- {
		matrices := t.judgements(k)
		if len(matrices) == 0 {
			continue
		}
		j := stat.AHP(groupJudgement(matrices))
		a := &IndexAHP{
			Judges: len(matrices), Lambda: Number(j.Lambda), CI: Number(j.CI), RI: Number(j.RI), CR: Number(j.CR), CR2007: Number(j.CR2007), RITable: "Saaty 1980",
		}
		if f := t.nodes[k].facet; f != nil {
			a.Node = f.ID
		}
		for i, p := range t.nodes[k].below {
			a.Below = append(a.Below, t.at(p).id)
			a.Weights = append(a.Weights, Number(j.Weights[i]))
		}
		out = append(out, a)
	}
	return out
}
