package stat

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// RaoScott tests whether rows and columns of a weighted table are independent.
// Cells are sums (N, W, W2) of rows of a design in which weights are as given.
//
//	X² = n·Σ(p−e)²/e of the weighted shares p;  F = X²/tr(Δ) on d₀ and d₀(n−1)
//	degrees of freedom, d₀ = tr(Δ)²/tr(Δ²), Δ the generalised design effects
//
// Statistic of the Test is X², DF is (r−1)(c−1), P is that of F; first is the p of
// X²/(tr(Δ)/DF) against chi-squared. Δ = (C'D⁻¹C/n)⁻¹·C'D⁻¹VD⁻¹C with D the shares,
// V their linearised covariance and C the interaction contrasts orthogonal to
// the main effects. Rows and columns without weight are left out. Fewer than two of either:
// NaN. Source: Rao & Scott, Ann. Statist. 12 (1984) 46-60; R survey::svychisq,
// statistic = "F" and "Chisq".
func RaoScott(cells [][]Point) (test Test, first float64) {
	table := shrunk(cells)
	test, first = undefinedTest(math.NaN()), math.NaN()
	if len(table) < 2 || len(table[0]) < 2 {
		return test, first
	}
	r, c := len(table), len(table[0])
	var all Point
	flat := make([]Point, 0, r*c)
	for _, row := range table {
		for _, p := range row {
			flat = append(flat, p)
			all.N, all.W, all.W2 = all.N+p.N, all.W+p.W, all.W2+p.W2
		}
	}
	n := float64(all.N)
	counts := make([][]float64, r)
	for i, row := range table {
		for _, p := range row {
			counts[i] = append(counts[i], p.W/all.W*n)
		}
	}
	a := ChiSquared(counts)
	test.Statistic, test.DF = a.Statistic, a.DF
	trace, square := designEffects(flat, all, contrasts(r, c))
	if !(trace > 0) || !(square > 0) {
		return test, first
	}
	d0 := trace * trace / square
	test.P = fTail(a.Statistic/trace, d0, d0*(n-1))
	return test, chiSquaredTail(a.Statistic/(trace/a.DF), a.DF)
}

// shrunk leaves out rows and columns without weight.
func shrunk(cells [][]Point) [][]Point {
	weight := make([][]float64, len(cells))
	for i, row := range cells {
		for _, p := range row {
			weight[i] = append(weight[i], p.W)
		}
	}
	rows, columns, _ := margins(weight)
	var out [][]Point
	for i, row := range cells {
		if !(rows[i] > 0) {
			continue
		}
		var kept []Point
		for j, p := range row {
			if columns[j] > 0 {
				kept = append(kept, p)
			}
		}
		out = append(out, kept)
	}
	return out
}

// contrasts spans the interactions of r rows and c columns: one column for each
// of (r−1)(c−1) cells against the last row and column, which is orthogonal to all main effects.
func contrasts(r, c int) *mat.Dense {
	out := mat.NewDense(r*c, (r-1)*(c-1), nil)
	for i := range r - 1 {
		for j := range c - 1 {
			k := i*(c-1) + j
			out.Set(i*c+j, k, 1)
			out.Set(i*c+c-1, k, -1)
			out.Set((r-1)*c+j, k, -1)
			out.Set(r*c-1, k, 1)
		}
	}
	return out
}

// designEffects returns tr(Δ) and tr(Δ²).
func designEffects(cells []Point, all Point, contrast *mat.Dense) (trace, square float64) {
	n, m := float64(all.N), len(cells)
	p := make([]float64, m)
	scaled := mat.DenseCopyOf(contrast) // D⁻¹C; a cell without weight has no part
	_, k := contrast.Dims()
	for i, cell := range cells {
		p[i] = cell.W / all.W
		for j := range k {
			x := 0.0
			if p[i] > 0 {
				x = contrast.At(i, j) / p[i]
			}
			scaled.Set(i, j, x)
		}
	}
	v := mat.NewDense(m, m, nil)
	factor := n / (n - 1) / (all.W * all.W)
	for a := range m {
		for b := range m {
			x := p[a]*p[b]*all.W2 - p[b]*cells[a].W2 - p[a]*cells[b].W2
			if a == b {
				x += cells[a].W2
			}
			v.Set(a, b, factor*x)
		}
	}
	var denominator, numerator, half, delta, squared mat.Dense
	denominator.Mul(contrast.T(), scaled)
	denominator.Scale(1/n, &denominator)
	half.Mul(v, scaled)
	numerator.Mul(scaled.T(), &half)
	if delta.Solve(&denominator, &numerator) != nil {
		return math.NaN(), math.NaN()
	}
	squared.Mul(&delta, &delta)
	return mat.Trace(&delta), mat.Trace(&squared)
}
