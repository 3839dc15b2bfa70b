package stat

import "math"

// Partial returns the correlation of the last variable with each other one,
// given all the rest, from a matrix of covariances:
//
//	−q_iy / √(q_ii q_yy),  q the inverse of the correlations
//
// NaN where a variable does not vary or is a sum of others (a pivot below 1e-10).
// Source: Whittaker, Graphical Models (1990) 5.8.
func Partial(covariances [][]float64) []float64 {
	n := len(covariances)
	q := make([][]float64, n)
	for i := range q {
		q[i] = make([]float64, 2*n)
		for j := range n {
			q[i][j] = covariances[i][j] / math.Sqrt(covariances[i][i]*covariances[j][j])
		}
		q[i][n+i] = 1
	}
	out := make([]float64, max(n-1, 0))
	if !invert(q, n) {
		for i := range out {
			out[i] = math.NaN()
		}
		return out
	}
	for i := range out {
		out[i] = -q[i][n+n-1] / math.Sqrt(q[i][n+i]*q[n-1][n+n-1])
	}
	return out
}

// invert turns the left half of rows of length 2n into the identity, and so
// the right half into its inverse; false where it has none.
func invert(q [][]float64, n int) bool {
	for c := range n {
		best := c
		for i := c; i < n; i++ {
			if math.Abs(q[i][c]) > math.Abs(q[best][c]) {
				best = i
			}
		}
		q[c], q[best] = q[best], q[c]
		if !(math.Abs(q[c][c]) > 1e-10) {
			return false
		}
		eliminate(q, c)
	}
	return true
}

func eliminate(q [][]float64, c int) {
	pivot := q[c][c]
	for j := range q[c] {
		q[c][j] /= pivot
	}
	for i := range q {
		f := q[i][c]
		if i == c || f == 0 {
			continue
		}
		for j := range q[i] {
			q[i][j] -= f * q[c][j]
		}
	}
}
