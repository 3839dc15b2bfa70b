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
		row := make([]float64, k)
		for i := p * momentRows; i < min((p+1)*momentRows, len(g.of)); i++ {
			if at := g.of[i]; at >= 0 {
				pieces[p][at].add(columns, i, row)
			}
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
	}
	return out
}

// add sums one row; scratch has a place for each column.
func (m *moments) add(columns []values, row int, scratch []float64) {
	answered := 0
	for i, c := range columns {
		x := c.at(row)
		if !math.IsNaN(x) {
			answered++
		}
		scratch[i] = x - m.origin[i]
	}
	if answered > 0 {
		m.some++
	}
	if answered < len(columns) {
		return
	}
	m.n++
	at := 0
	for i, x := range scratch {
		m.sums[i] += x
		line := m.cross[at : at+i+1]
		for j := range line {
			line[j] += x * scratch[j]
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
