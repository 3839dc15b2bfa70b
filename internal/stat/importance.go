package stat

import (
	"math"
	"math/bits"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// MostShapley is how many items the exact decomposition takes: it looks at all
// 2^p subsets.
const MostShapley = 15

// dependent is the share of an item's variance that the others leave unexplained
// below which it is taken as their linear combination; rounding of sums of small
// integers leaves about 1e-13.
const dependent = 1e-9

// Importance explains a standardised outcome by standardised items, from their
// correlations alone. One value is used for many resamples: Fit overwrites it.
//
// With r the correlations of the p items and y theirs with the outcome:
//
//	β = r⁻¹ y,  R² = y'β,  VIF_i = (r⁻¹)_ii
//	Johnson:  r = PΔP',  Λ = PΔ^½P',  ε = Λ^{∘2} (Λ⁻¹y)^{∘2},  Σε = R²
//	Shapley (LMG):  φ_i = Σ_{S∌i} |S|!(p−|S|−1)!/p! · [R²(S∪i) − R²(S)],  Σφ = R²
//
// Where an item is a linear combination of the others, Beta, VIF and Johnson are
// NaN, as they do not exist; R² and Shapley do. A correlation that is NaN makes
// everything NaN.
// Sources: Johnson, Multivariate Behavioral Research 35 (2000) 1-19; Lindeman,
// Merenda and Gold (1980) 119 ff.; Grömping, J. Statistical Software 17 (2006).
type Importance struct {
	RSquared  float64
	Beta, VIF []float64
	Johnson   []float64
	Shapley   []float64 // NaN with more than MostShapley items, or where it is not wanted
	Dependent []int     // items that are linear combinations of others

	p        int
	wanted   bool // Shapley
	r, y     []float64
	sym      *mat.SymDense
	eigen    mat.EigenSym
	vectors  mat.Dense
	subsets  []float64   // R² of every subset, by its bits
	partials [][]float64 // by how many items are in: covariances left of the others and the outcome
	weights  []float64   // w(k): of a step from a subset of k items, at k+1; 0 at both ends
}

// NewImportance returns room for p items.
func NewImportance(p int, shapley bool) *Importance {
	m := &Importance{p: p, wanted: shapley && p <= MostShapley, sym: mat.NewSymDense(max(p, 1), nil)}
	all := make([]float64, 5*p+p*p)
	for _, s := range []*[]float64{&m.Beta, &m.VIF, &m.Johnson, &m.Shapley, &m.y} {
		*s, all = all[:p:p], all[p:]
	}
	m.r = all
	if m.wanted {
		m.subsets, m.weights = make([]float64, 1<<p), make([]float64, p+2)
		for range p + 1 {
			m.partials = append(m.partials, make([]float64, (p+1)*(p+1)))
		}
		for s := range p {
			m.weights[s+1] = 1 / (float64(p) * binomial(p-1, s))
		}
	}
	return m
}

func binomial(n, k int) float64 {
	c := 1.0
	for i := range k {
		c = c * float64(n-i) / float64(i+1)
	}
	return c
}

// Fit computes all from the matrix of correlations of the items and, last, the
// outcome, row by row.
func (m *Importance) Fit(correlations []float64) {
	c := m.p + 1
	m.undefined()
	for i := range m.p {
		m.y[i] = correlations[i*c+m.p]
		for j := range m.p {
			m.r[i*m.p+j] = correlations[i*c+j]
			if j <= i {
				m.sym.SetSym(i, j, correlations[i*c+j])
			}
		}
	}
	if slices.ContainsFunc(correlations, math.IsNaN) {
		return
	}
	if m.wanted {
		m.shapley()
	}
	if m.p == 0 || !m.eigen.Factorize(m.sym, true) {
		return
	}
	m.eigen.VectorsTo(&m.vectors)
	m.solve(m.eigen.Values(nil))
}

func (m *Importance) undefined() {
	m.RSquared, m.Dependent = math.NaN(), nil
	for _, s := range [][]float64{m.Beta, m.VIF, m.Johnson, m.Shapley} {
		for i := range s {
			s[i] = math.NaN()
		}
	}
}

// solve computes what follows from the eigenvalues, leaving out the directions
// in which the items do not vary.
func (m *Importance) solve(values []float64) {
	flat := make([]float64, m.p)
	m.RSquared = 0
	along := make([]float64, m.p) // of y along each direction
	for k, v := range values {
		for i := range m.p {
			along[k] += m.row(i)[k] * m.y[i]
		}
		if v < dependent {
			for i := range m.p {
				flat[i] += m.row(i)[k] * m.row(i)[k]
			}
			continue
		}
		m.RSquared += along[k] * along[k] / v
	}
	m.RSquared = clip(m.RSquared, 0, 1)
	for i, share := range flat {
		if share > 1e-6 {
			m.Dependent = append(m.Dependent, i)
		}
	}
	if m.Dependent == nil {
		m.regress(values, along)
		m.johnson(values, along)
	}
}

// regress fills β and VIF.
func (m *Importance) regress(values, along []float64) {
	clear(m.Beta)
	clear(m.VIF)
	for i := range m.p {
		for k, x := range m.row(i) {
			m.Beta[i] += x * along[k] / values[k]
			m.VIF[i] += x * x / values[k]
		}
	}
}

// row is the entries of item i in every eigenvector.
func (m *Importance) row(i int) []float64 { return m.vectors.RawRowView(i) }

// inverse is r⁻¹, row by row.
func (m *Importance) inverse() []float64 {
	out, values := make([]float64, m.p*m.p), m.eigen.Values(nil)
	for i := range m.p {
		for j := range m.p {
			for k, x := range m.row(i) {
				out[i*m.p+j] += x * m.row(j)[k] / values[k]
			}
		}
	}
	return out
}

func (m *Importance) johnson(values, along []float64) {
	root := make([]float64, m.p)
	for k, v := range values {
		root[k] = math.Sqrt(v)
	}
	b, scaled := make([]float64, m.p), make([]float64, m.p)
	for j := range m.p {
		for k, x := range m.row(j) {
			b[j] += x * along[k] / root[k]
		}
		b[j] *= b[j]
	}
	clear(m.Johnson)
	for i := range m.p {
		for k, x := range m.row(i) {
			scaled[k] = x * root[k]
		}
		for j := range i + 1 { // Λ is symmetric
			loading := 0.0
			for k, x := range m.row(j) {
				loading += x * scaled[k]
			}
			loading *= loading
			m.Johnson[i] += loading * b[j]
			if j < i {
				m.Johnson[j] += loading * b[i]
			}
		}
	}
}

// shapley computes R² of every subset by adding items one after another: each
// one in takes its part out of the items that are not decided yet and out of
// the outcome. All subsets together cost about 2^p times six numbers.
func (m *Importance) shapley() {
	c := m.p + 1
	first := m.partials[0]
	for i := range m.p {
		copy(first[i*c:], m.r[i*m.p:(i+1)*m.p])
		first[i*c+m.p], first[m.p*c+i] = m.y[i], m.y[i]
	}
	first[m.p*c+m.p] = 1
	m.descend(0, 0, 0, 0)
	m.share()
}

// share turns the R² of the subsets into Shapley's values. A subset S counts
// w(|S|−1) R²(S) for each item in it and −w(|S|) R²(S) for each other one, so that
//
//	φ_i = Σ_{S∋i} (w(|S|−1) + w(|S|)) R²(S) − Σ_S w(|S|) R²(S)
//
// and the first sum is had for all items by folding the upper half of the
// subsets, those with the last item, onto the lower one, item by item.
func (m *Importance) share() {
	without := 0.0
	for set, r2 := range m.subsets {
		size := bits.OnesCount(uint(set))
		without += m.weights[size+1] * r2
		m.subsets[set] = (m.weights[size] + m.weights[size+1]) * r2
	}
	for i := m.p - 1; i >= 0; i-- {
		half := 1 << i
		sum, lower := 0.0, m.subsets[:half]
		for k, x := range m.subsets[half : 2*half] {
			sum += x
			lower[k] += x
		}
		m.Shapley[i] = sum - without
	}
}

// descend decides item i, with the items of set in and r2 explained by them.
func (m *Importance) descend(i, set, in int, r2 float64) {
	if i == m.p {
		m.subsets[set] = r2
		return
	}
	m.descend(i+1, set, in, r2)
	c, now := m.p+1, m.partials[in]
	left := now[i*c+i]
	if left < dependent { // nothing of its own: it explains nothing more
		m.descend(i+1, set|1<<i, in, r2)
		return
	}
	next := m.partials[in+1]
	for a := i + 1; a < c; a++ {
		k := now[i*c+a] / left
		for b := a; b < c; b++ {
			next[a*c+b] = now[a*c+b] - k*now[i*c+b]
		}
	}
	y := now[i*c+m.p]
	m.descend(i+1, set|1<<i, in+1, r2+y*y/left)
}
