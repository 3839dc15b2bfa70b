package stat

import (
	"math"
	"slices"
)

// Holm returns the p-values adjusted by Holm's step-down method: with the i-th
// smallest of m, max over j <= i of (m-j+1)·p_j, at most 1. NaN stay NaN and do not
// count in m. The order of p is kept.
// Source: Holm, Scand. J. Statistics 6 (1979) 65-70; R p.adjust("holm").
func Holm(p []float64) []float64 {
	adjusted, order := ordered(p)
	worst := 0.0
	for rank, i := range order {
		worst = max(worst, float64(len(order)-rank)*p[i])
		adjusted[i] = min(worst, 1)
	}
	return adjusted
}

// BenjaminiHochberg returns the p-values adjusted for the false discovery rate:
// with the i-th smallest of m, min over j >= i of m/j·p_j, at most 1. NaN stay NaN
// and do not count in m. The order of p is kept.
// Source: Benjamini & Hochberg, JRSS B 57 (1995) 289-300; R p.adjust("BH").
func BenjaminiHochberg(p []float64) []float64 {
	adjusted, order := ordered(p)
	best := 1.0
	for rank, i := range slices.Backward(order) {
		best = min(best, float64(len(order))/float64(rank+1)*p[i])
		adjusted[i] = best
	}
	return adjusted
}

// ordered returns a copy of p and the positions of its numbers, smallest first.
func ordered(p []float64) (adjusted []float64, order []int) {
	adjusted = slices.Clone(p)
	for i, v := range p {
		if !math.IsNaN(v) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return byValue(Point{Value: p[a]}, Point{Value: p[b]})
	})
	return adjusted, order
}
