package stat

import "math"

// Moment is the sums of a sample that is read row by row, so that samples of
// any values, and not only of codes, merge. Rows counts every row, N those of
// positive weight; the sums are over the latter.
type Moment struct {
	Rows, N        int
	W, W2          float64 // sums of weights and of their squares
	Y, YY, Y2, YY2 float64 // sums of w·y, w·y², w²·y, w²·y²
}

// Add takes one row of value y and weight w; a row without weight is counted only.
func (m *Moment) Add(y, w float64) {
	m.Rows++
	if !(w > 0) {
		return
	}
	wy := w * y
	m.N++
	m.W += w
	m.W2 += w * w
	m.Y += wy
	m.YY += wy * y
	m.Y2 += w * wy
	m.YY2 += wy * wy
}

// Merge takes the rows of another part of the sample.
func (m *Moment) Merge(o Moment) {
	m.Rows += o.Rows
	m.N += o.N
	m.W += o.W
	m.W2 += o.W2
	m.Y += o.Y
	m.YY += o.YY
	m.Y2 += o.Y2
	m.YY2 += o.YY2
}

// Mean returns Σwy/Σw, NaN of nothing.
func (m Moment) Mean() float64 {
	if m.N == 0 {
		return math.NaN()
	}
	return m.Y / m.W
}

// Variance returns Σw(y−ȳ)²/Σw, the variance about the mean with divisor Σw;
// NaN of fewer than two rows. What is below 1e-12 of the mean square is rounding
// and taken as 0.
func (m Moment) Variance() float64 {
	if m.N < 2 {
		return math.NaN()
	}
	mean := m.Y / m.W
	return settled(m.YY-mean*m.Y, m.YY) / m.W
}

// Estimate returns the weighted mean with its linearised standard error and t
// interval, as WeightedMean does: with weights of 1 and a design of N rows, the
// plain mean with s/√n. The same edges hold; sums of squares below 1e-12 of
// their terms count as 0.
func (m Moment) Estimate(design int) Estimate {
	if m.N == 0 {
		return undefinedEstimate(0)
	}
	mean := m.Y / m.W
	doubly := settled(m.YY2-2*mean*m.Y2+mean*mean*m.W2, m.YY2+mean*mean*m.W2)
	return linearised(moments{n: m.N, w: m.W, mean: mean, doubly: doubly}, design)
}

// settled is a sum of squares, 0 where it is rounding of terms of that size.
func settled(sum, size float64) float64 {
	if sum <= 1e-12*size {
		return 0
	}
	return sum
}

// AgainstZero tests whether an estimate differs from 0: of a mean difference,
// Student's paired test.
//
//	t = value/SE,  df = N−1 or that of the estimate
//
// SE 0 or fewer than two answers: only the difference is defined.
// Source: Student, Biometrika 6 (1908) 1-25; R t.test(paired = TRUE).
func AgainstZero(e Estimate) Test {
	test := undefinedTest(e.Value)
	if e.N < 2 || !(e.SE > 0) {
		return test
	}
	test.DF = e.DF
	return finished(test, e.SE)
}

// Around returns e with the interval Value ± t(.975, DF)·SE; a DF that is NaN is normal.
func Around(e Estimate) Estimate { return withInterval(e) }
