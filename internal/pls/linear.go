package pls

import "math"

// factor replaces the lower triangle of the symmetric k×k matrix a by its
// Cholesky factor; it returns the row whose pivot is below least times its
// diagonal, −1 where all are well.
func factor(a []float64, k int, least float64) int {
	for i := range k {
		row := a[i*k : i*k+k]
		whole := row[i]
		for j := range i {
			s := row[j]
			other := a[j*k : j*k+j]
			for l, x := range other {
				s -= row[l] * x
			}
			row[j] = s / a[j*k+j]
		}
		s := whole
		for _, x := range row[:i] {
			s -= x * x
		}
		if !(s > least*whole) {
			return i
		}
		row[i] = math.Sqrt(s)
	}
	return -1
}

// solve replaces b by the solution of L L' x = b.
func solve(l []float64, k int, b []float64) {
	for i := range k {
		s := b[i]
		for j, x := range l[i*k : i*k+i] {
			s -= x * b[j]
		}
		b[i] = s / l[i*k+i]
	}
	for i := k - 1; i >= 0; i-- {
		s := b[i]
		for j := i + 1; j < k; j++ {
			s -= l[j*k+i] * b[j]
		}
		b[i] = s / l[i*k+i]
	}
}

// inverseDiagonal fills into with the diagonal of (L L')⁻¹; column is scratch of k.
func inverseDiagonal(l []float64, k int, into, column []float64) {
	for i := range k {
		clear(column[:k])
		column[i] = 1
		s := 0.0
		for r := i; r < k; r++ { // column i of L⁻¹; its squares sum to the entry
			x := column[r]
			for c := i; c < r; c++ {
				x -= l[r*k+c] * column[c]
			}
			column[r] = x / l[r*k+r]
			s += column[r] * column[r]
		}
		into[i] = s
	}
}
