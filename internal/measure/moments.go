package measure

import (
	"math"
)

// moments are sums over the rows in which every one of some columns is
// answered, about a value near their mean.
type moments struct {
	n, some int // rows that answered all, and any
	origin  []float64
	sums    []float64
	cross   []float64 // of columns i and j <= i at i(i+1)/2 + j
	waiting [4][]float64
	filled  int // rows waiting to be multiplied, four at once: that is what takes the time
}

// momentRows is how many rows are summed as one piece; pieces are added in their order.
const momentRows = 1 << 16

// jointMoments sums columns by group.
func jointMoments(columns []values, g groups) []moments {
	k := len(columns)
	origin := make([]float64, k)
	for i, c := range columns {
		for _, x := range c.of {
			origin[i] += x / float64(len(c.of))
		}
		origin[i] = math.Round(origin[i])
	}
	pieces := make([][]moments, (len(g.of)+momentRows-1)/momentRows)
	each(len(pieces), func(p int) {
		pieces[p] = newMoments(len(g.codes), origin)
		for i := p * momentRows; i < min((p+1)*momentRows, len(g.of)); i++ {
			if at := g.of[i]; at >= 0 {
				pieces[p][at].add(columns, i)
			}
		}
		for at := range pieces[p] {
			pieces[p][at].flush()
		}
	})
	out := newMoments(len(g.codes), origin)
	for _, piece := range pieces {
		for at := range piece {
			out[at].join(piece[at])
		}
	}
	return out
}

func newMoments(groups int, origin []float64) []moments {
	out := make([]moments, groups)
	for i := range out {
		k := len(origin)
		out[i] = moments{origin: origin, sums: make([]float64, k), cross: make([]float64, k*(k+1)/2)}
		for r := range out[i].waiting {
			out[i].waiting[r] = make([]float64, k)
		}
	}
	return out
}

// add sums one row.
func (m *moments) add(columns []values, row int) {
	answered, place := 0, m.waiting[m.filled]
	for i, c := range columns {
		x := c.at(row)
		if !math.IsNaN(x) {
			answered++
		}
		place[i] = x - m.origin[i]
	}
	if answered > 0 {
		m.some++
	}
	if answered < len(columns) {
		return
	}
	m.n++
	if m.filled++; m.filled == len(m.waiting) {
		m.flush()
	}
}

// flush multiplies the rows that wait.
func (m *moments) flush() {
	for _, free := range m.waiting[m.filled:] {
		clear(free)
	}
	m.filled = 0
	a, b, c, d := m.waiting[0], m.waiting[1], m.waiting[2], m.waiting[3]
	at := 0
	for i := range a {
		wa, wb, wc, wd := a[i], b[i], c[i], d[i]
		m.sums[i] += wa + wb + wc + wd
		line := m.cross[at : at+i+1]
		a, b, c, d := a[:len(line)], b[:len(line)], c[:len(line)], d[:len(line)]
		for j := range line {
			line[j] += wa*a[j] + wb*b[j] + wc*c[j] + wd*d[j]
		}
		at += i + 1
	}
}

func (m *moments) join(o moments) {
	m.n, m.some = m.n+o.n, m.some+o.some
	for i, x := range o.sums {
		m.sums[i] += x
	}
	for i, x := range o.cross {
		m.cross[i] += x
	}
}

// covariance returns the rows, the means and the matrix of covariances (n−1), NaN where there is none.
func (m *moments) covariance() (n int, means []float64, c [][]float64) {
	k, rows := len(m.sums), float64(m.n)
	means, c = make([]float64, k), make([][]float64, k)
	for i := range k {
		means[i] = m.origin[i] + m.sums[i]/rows
		c[i] = make([]float64, k)
	}
	at := 0
	for i := range k {
		for j := range i + 1 {
			x := (m.cross[at] - m.sums[i]*m.sums[j]/rows) / (rows - 1)
			if i == j {
				x = max(x, 0)
			}
			c[i][j], c[j][i] = x, x
			at++
		}
	}
	return m.n, means, c
}
