package pls

import "math"

// Missing says what becomes of a missing answer.
type Missing uint8

// The rules: the mean of the item's answers (of each resample its own), or the row is left out.
const (
	Mean Missing = iota
	Listwise
)

// Rows gives the answers row by row.
type Rows struct {
	N       int
	Read    func(row int, into []float64) // one number an item, NaN where missing
	Weights []float64                     // nil, or one a row; a row without positive weight is left out
}

func (r *Rows) weight(i int) float64 {
	if r.Weights == nil {
		return 1
	}
	return r.Weights[i]
}

// moments are what estimation needs of the rows: their weight, the means of the
// items and their covariances, missing answers being treated.
type moments struct {
	weight float64
	mean   []float64
	cov    []float64
}

func newMoments(p int) *moments {
	return &moments{mean: make([]float64, p), cov: make([]float64, p*p)}
}

// sums is what a set of rows adds up to; sums of sets add.
//
// The first part is of the complete rows: Σw, the p sums Σw x and the lower
// triangle of Σw x x'. The second, only where answers are missing at all, is of
// the others: Σw; the p×p sums of item j over the rows that have item k; the
// triangle of Σw over the rows that have both; that of Σw x_j x_k over these.
type sums struct {
	p int
	v []float64
}

func newSums(p int, holes bool) sums {
	n := plainSums(p)
	if holes {
		n += 1 + p*p + p*(p+1)
	}
	return sums{p, make([]float64, n)}
}

func plainSums(p int) int { return 1 + p + p*(p+1)/2 }

// add takes one row of weight w without missing answers.
func (s sums) add(x []float64, w float64) {
	s.v[0] += w
	sum, product := s.v[1:1+s.p], s.v[1+s.p:]
	for j, xj := range x {
		wx := w * xj
		sum[j] += wx
		into := product[:j+1]
		for k, xk := range x[:j+1] {
			into[k] += wx * xk
		}
		product = product[j+1:]
	}
}

// addSome takes one row with missing answers, which are NaN.
func (s sums) addSome(x []float64, w float64) {
	p, v := s.p, s.v[plainSums(s.p):]
	triangle := p * (p + 1) / 2
	with, both, product := v[1:1+p*p], v[1+p*p:1+p*p+triangle], v[1+p*p+triangle:]
	v[0] += w
	var few [64]int
	have := few[:0]
	for j, xj := range x {
		if !math.IsNaN(xj) {
			have = append(have, j)
		}
	}
	for n, j := range have {
		wx, row, at := w*x[j], with[j*p:j*p+p], j*(j+1)/2
		for _, k := range have {
			row[k] += wx
		}
		for _, k := range have[:n+1] {
			both[at+k] += w
			product[at+k] += wx * x[k]
		}
	}
}

// plus adds other times w.
func (s sums) plus(other []float64, w float64) {
	v := s.v[:len(other)]
	for i, x := range other {
		v[i] += w * x
	}
}

// into computes the moments; missing answers stand at the mean of their item.
func (s sums) into(m *moments) {
	p := s.p
	if len(s.v) > plainSums(p) {
		s.intoSome(m)
		return
	}
	m.weight = s.v[0]
	sum, product := s.v[1:1+p], s.v[1+p:]
	for j := range p {
		m.mean[j] = sum[j] / m.weight
	}
	at := 0
	for j := range p {
		for k := range j + 1 {
			c := (product[at] - sum[j]*m.mean[k]) / (m.weight - 1)
			m.cov[j*p+k], m.cov[k*p+j] = c, c
			at++
		}
	}
}

func (s sums) intoSome(m *moments) {
	p := s.p
	triangle := p * (p + 1) / 2
	whole, sum, product := s.v[0], s.v[1:1+p], s.v[1+p:]
	v := s.v[plainSums(p):]
	with, both, part := v[1:1+p*p], v[1+p*p:1+p*p+triangle], v[1+p*p+triangle:]
	m.weight = whole + v[0]
	at := 0
	for j := range p {
		at += j
		m.mean[j] = (sum[j] + with[j*p+j]) / (whole + both[at+j])
	}
	at = 0
	for j := range p {
		for k := range j + 1 {
			a, b := m.mean[j], m.mean[k]
			c := product[at] + part[at] - a*(sum[k]+with[k*p+j]) - b*(sum[j]+with[j*p+k]) + a*b*(whole+both[at])
			c /= m.weight - 1
			m.cov[j*p+k], m.cov[k*p+j] = c, c
			at++
		}
	}
}
