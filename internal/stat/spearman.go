package stat

import (
	"math"
	"slices"
)

// Spearman returns the rank correlation of two columns: Pearson's correlation
// of their mid-ranks, over the rows in which both are numbers. With weights,
// ranks are of the weighted sample: the weight below a value and half of that
// at it. NaN with fewer than two rows or where one does not vary. Weights are
// nil or one a row; rows without weight are left out.
// Source: Spearman, Am. J. Psychology 15 (1904) 72-101; R cor(method = "spearman").
func Spearman(x, y, weights []float64) float64 {
	var a, b, w []float64
	for i := range x {
		v := 1.0
		if weights != nil {
			v = weights[i]
		}
		if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) && v > 0 {
			a, b, w = append(a, x[i]), append(b, y[i]), append(w, v)
		}
	}
	return Pearson(midRanks(a, w), midRanks(b, w), w)
}

// midRanks is the weight below each value and half of the weight at it.
func midRanks(x, w []float64) []float64 {
	at := map[float64]float64{}
	for i, v := range x {
		at[v] += w[i]
	}
	values := make([]float64, 0, len(at))
	for v := range at {
		values = append(values, v)
	}
	slices.Sort(values)
	below, rank := 0.0, make(map[float64]float64, len(at))
	for _, v := range values {
		rank[v] = below + at[v]/2
		below += at[v]
	}
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = rank[v]
	}
	return out
}

// Pearson returns the product-moment correlation of two columns of numbers
// with weights, nil for none; NaN with fewer than two rows or where one does
// not vary. Source: Pearson, Proc. R. Soc. 58 (1895) 240-242; R cor.
func Pearson(x, y, w []float64) float64 {
	at := func(i int) float64 {
		if w == nil {
			return 1
		}
		return w[i]
	}
	n, mx, my := 0.0, 0.0, 0.0
	for i := range x {
		n, mx, my = n+at(i), mx+at(i)*x[i], my+at(i)*y[i]
	}
	mx, my = mx/n, my/n
	xx, yy, xy := 0.0, 0.0, 0.0
	for i := range x {
		dx, dy := x[i]-mx, y[i]-my
		xx, yy, xy = xx+at(i)*dx*dx, yy+at(i)*dy*dy, xy+at(i)*dx*dy
	}
	if len(x) < 2 || !(xx > 0) || !(yy > 0) {
		return math.NaN()
	}
	return clip(xy/math.Sqrt(xx*yy), -1, 1)
}
