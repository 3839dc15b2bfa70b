package measure

import (
	"math"

	"manyi/internal/stat"
)

// indexMoments are the sums of one figure in one group: of a part of the rows they
// are about its first value, so that equal values have a spread of exactly
// zero; parts are joined about their means (Chan, Golub and LeVeque 1979).
type indexMoments struct {
	n    int     // rows of positive weight
	rows int     // all rows
	w    float64 // Σw
	at   float64 // the first value, later the mean
	s    float64 // Σw(y − at)
	q    float64 // Σw(y − at)²
	c0   float64 // Σw²
	c1   float64 // Σw²(y − at)
	c2   float64 // Σw²(y − at)²
}

// add takes one row without weights.
func (m *indexMoments) add(y float64) {
	if m.n == 0 {
		m.at = y
	}
	m.n++
	d := y - m.at
	m.s += d
	m.c2 += d * d
}

// weigh takes one row with its weight; without weight it is counted only.
func (m *indexMoments) weigh(y, w float64) {
	m.rows++
	if w <= 0 {
		return
	}
	if m.n == 0 {
		m.at = y
	}
	m.n++
	d, w2 := y-m.at, w*w
	m.w += w
	m.s += w * d
	m.q += w * d * d
	m.c0 += w2
	m.c1 += w2 * d
	m.c2 += w2 * d * d
}

// close moves the sums to the mean. Plain sums, without weights, get theirs.
func (m *indexMoments) close(plain bool) {
	if m.n == 0 {
		return
	}
	if plain {
		m.rows, m.w, m.c0, m.c1, m.q = m.n, float64(m.n), float64(m.n), m.s, m.c2
	}
	m.move(m.at + m.s/m.w)
}

// move takes the sums about another value.
func (m *indexMoments) move(to float64) {
	d := to - m.at
	m.q = max(m.q+d*d*m.w-2*d*m.s, 0)
	m.s -= d * m.w
	m.c2 += d*d*m.c0 - 2*d*m.c1
	m.c1 -= d * m.c0
	m.at, m.c2 = to, max(m.c2, 0)
}

// join adds the closed moments of other rows.
func (m *indexMoments) join(o indexMoments) {
	rows := m.rows + o.rows
	switch {
	case o.n == 0:
	case m.n == 0:
		*m = o
	default:
		mean := m.at + (o.at-m.at)*(o.w/(m.w+o.w))
		m.move(mean)
		o.move(mean)
		m.n, m.w, m.s, m.q = m.n+o.n, m.w+o.w, m.s+o.s, m.q+o.q
		m.c0, m.c1, m.c2 = m.c0+o.c0, m.c1+o.c1, m.c2+o.c2
	}
	m.rows = rows
}

// estimate is the mean with its interval: Student's t, or linearised with
// weights, the rows being a domain of a design of so many answers.
func (m *indexMoments) estimate(weighted bool, design int) stat.Estimate {
	nan := math.NaN()
	if m.n == 0 {
		return stat.Estimate{Value: nan, SE: nan, DF: nan, Low: nan, High: nan}
	}
	n, se := float64(m.n), nan
	if weighted {
		n = float64(max(design, m.n))
	}
	if m.n > 1 {
		se = math.Sqrt(n/(n-1)*m.c2) / m.w
	}
	return stat.Student(m.n, m.at, se, n-1)
}

// mean is NaN without answers.
func (m *indexMoments) mean() float64 {
	if m.n == 0 {
		return math.NaN()
	}
	return m.at
}

// sd is the deviation with n − 1, of weighted rows as in stat.SD.
func (m *indexMoments) sd() float64 {
	if m.n < 2 {
		return math.NaN()
	}
	n := float64(m.n)
	return math.Sqrt(m.q / m.w * n / (n - 1))
}
