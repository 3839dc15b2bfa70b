package stat

import "math"

// Products are the weighted sums that a regression is made of: the weight, the
// sums of columns and of the products of each two of them. They add up over
// groups of rows.
//
//	[ Σw | Σw x_0 … Σw x_(c−1) | Σw x_0 x_0, Σw x_1 x_0, Σw x_1 x_1, … ]
//
// Columns are given less an origin of their own, such as the first row, so that
// large numbers lose no digits and a column without variance has exactly none.
type Products []float64

// NewProducts returns the sums of no rows of so many columns.
func NewProducts(columns int) Products {
	return make(Products, 1+columns+columns*(columns+1)/2)
}

// Add adds a row of weight w.
func (p Products) Add(w float64, row []float64) {
	p[0] += w
	at := 1 + len(row)
	for i, x := range row {
		wx := w * x
		p[1+i] += wx
		for _, y := range row[:i+1] {
			p[at] += wx * y
			at++
		}
	}
}

// Plus adds the sums of other rows k times.
func (p Products) Plus(k float64, other Products) {
	for i, x := range other {
		p[i] += k * x
	}
}

// Correlations writes the matrix of correlations of the columns into r, row by
// row, and their standard deviations (divisor Σw) into sd. Those of a column
// without variance are NaN; variance is none where it is below 1e-12 of the mean
// square about the origin, which rounding leaves of a constant.
func (p Products) Correlations(r, sd []float64) {
	c := len(sd)
	w := p[0]
	covariance := func(i, j int) float64 {
		return p[1+c+i*(i+1)/2+j]/w - p[1+i]/w*(p[1+j]/w)
	}
	for i := range c {
		variance := covariance(i, i)
		if !(variance > 1e-12*p[1+c+i*(i+1)/2+i]/w) {
			variance = math.NaN()
		}
		sd[i] = math.Sqrt(variance)
		for j := range i {
			v := clip(covariance(i, j)/(sd[i]*sd[j]), -1, 1)
			r[i*c+j], r[j*c+i] = v, v
		}
		r[i*c+i] = sd[i] / sd[i]
	}
}

// Mean is the mean of a column about its origin.
func (p Products) Mean(column int) float64 { return p[1+column] / p[0] }

// Blocks are the products of many rows in a limited number of groups, from which
// a bootstrap draws: a group is one row where there are at most as many rows as
// groups, and every limit-th row of them otherwise. A resample costs as much as
// the groups, however many rows there are.
//
// Sums of random groups of independent rows are independent and alike, so that a
// resample of groups has the variance of a resample of rows, less the share
// 1/limit that any bootstrap of so many units loses.
// Source: Davison and Hinkley, Bootstrap Methods (1997) 3.8, for groups as units.
type Blocks struct {
	groups []Products
	rows   int
}

// NewBlocks returns room for so many rows of so many columns in at most limit groups.
func NewBlocks(rows, columns, limit int) *Blocks {
	b := &Blocks{groups: make([]Products, min(rows, limit))}
	for i := range b.groups {
		b.groups[i] = NewProducts(columns)
	}
	return b
}

// Add adds the next row.
func (b *Blocks) Add(w float64, row []float64) {
	b.groups[b.rows%len(b.groups)].Add(w, row)
	b.rows++
}

// Groups is how many units a resample draws.
func (b *Blocks) Groups() int { return len(b.groups) }

// Sum writes the products of all rows into p.
func (b *Blocks) Sum(p Products) {
	clear(p)
	for _, g := range b.groups {
		p.Plus(1, g)
	}
}

// Draw writes the products of the groups that were drawn into p. times is
// scratch of one entry a group.
func (b *Blocks) Draw(drawn []int32, times []int32, p Products) {
	clear(p)
	clear(times)
	for _, i := range drawn {
		times[i]++
	}
	for i, k := range times {
		if k > 0 {
			p.Plus(float64(k), b.groups[i])
		}
	}
}
