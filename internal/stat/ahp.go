package stat

import "math"

// Judged is weights from pairwise comparisons. Lambda is the principal
// eigenvalue, CI = (λ − n)/(n − 1) the consistency index, CR = CI/RI its ratio
// to that of random matrices: by Saaty's table of 1980 and by that of 2007.
type Judged struct {
	Weights         []float64
	Lambda, CI      float64
	RI, CR          float64 // Saaty (1980); NaN beyond 10 rows
	RI2007, CR2007  float64 // Saaty and Tran (2007)
	GeometricWeight []float64
}

// randomIndex is the mean consistency index of random matrices of n rows, from n = 3.
var (
	randomIndex1980 = []float64{.58, .90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49}
	randomIndex2007 = []float64{.5252, .8837, 1.1081, 1.2493, 1.3416, 1.4048, 1.4507, 1.4857}
)

// AHP returns the weights that a matrix of comparisons implies: the principal
// eigenvector w of A w = λ w with sum 1, by power iteration to a change of
// 1e-15 (a positive matrix has one such vector, by Perron's theorem).
//
// n = 1: the weight is 1. n < 3: two rows cannot contradict each other, so CI
// is 0 and CR is 0. A matrix that is empty, not square or not positive: all NaN.
// Source: Saaty, The Analytic Hierarchy Process (1980) ch. 2–3; random indices of
// Saaty (1980) and of Saaty and Tran, Math. Comput. Modelling 46 (2007) 962–975.
func AHP(a [][]float64) Judged {
	nan := math.NaN()
	n := len(a)
	out := Judged{Lambda: nan, CI: nan, RI: nan, CR: nan, RI2007: nan, CR2007: nan}
	if !comparisons(a) {
		return out
	}
	w := make([]float64, n)
	for i := range w {
		w[i] = 1 / float64(n)
	}
	next := make([]float64, n)
	for range 10_000 {
		change := iterate(a, w, next)
		w, next = next, w
		if change < 1e-15 {
			break
		}
	}
	out.Weights, out.Lambda = w, eigenvalue(a, w)
	out.GeometricWeight = geometric(a)
	if n < 3 {
		out.CI, out.CR, out.CR2007 = 0, 0, 0
		return out
	}
	out.CI = (out.Lambda - float64(n)) / float64(n-1)
	if n-3 < len(randomIndex1980) {
		out.RI, out.RI2007 = randomIndex1980[n-3], randomIndex2007[n-3]
		out.CR, out.CR2007 = out.CI/out.RI, out.CI/out.RI2007
	}
	return out
}

// comparisons reports whether a is a square matrix of finite numbers above 0.
func comparisons(a [][]float64) bool {
	for _, row := range a {
		if len(row) != len(a) {
			return false
		}
		for _, x := range row {
			if !(x > 0) || math.IsInf(x, 0) {
				return false
			}
		}
	}
	return len(a) > 0
}

// iterate sets next to a·w with sum 1 and returns the largest change.
func iterate(a [][]float64, w, next []float64) float64 {
	sum := 0.0
	for i, row := range a {
		next[i] = 0
		for j, x := range row {
			next[i] += x * w[j]
		}
		sum += next[i]
	}
	change := 0.0
	for i := range next {
		next[i] /= sum
		change = max(change, math.Abs(next[i]-w[i]))
	}
	return change
}

// eigenvalue is the sum of a·w, as w sums to 1.
func eigenvalue(a [][]float64, w []float64) float64 {
	sum := 0.0
	for _, row := range a {
		for j, x := range row {
			sum += x * w[j]
		}
	}
	return sum
}

// geometric is the geometric means of the rows with sum 1, which agree with the
// eigenvector where the comparisons are consistent.
func geometric(a [][]float64) []float64 {
	out, sum := make([]float64, len(a)), 0.0
	for i, row := range a {
		for _, x := range row {
			out[i] += math.Log(x)
		}
		out[i] = math.Exp(out[i] / float64(len(a)))
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// GroupJudgement joins the matrices of several people by the geometric mean of
// each comparison, which keeps the reverse of a comparison its reverse. Matrices
// of other sizes than the first: nil. Source: Aczél and Saaty, J. Math. Psych. 27 (1983) 93–102.
func GroupJudgement(matrices [][][]float64) [][]float64 {
	if len(matrices) == 0 {
		return nil
	}
	n := len(matrices[0])
	out := make([][]float64, n)
	for i := range out {
		out[i] = make([]float64, n)
		for j := range out[i] {
			log := 0.0
			for _, m := range matrices {
				if len(m) != n || len(m[i]) != n {
					return nil
				}
				log += math.Log(m[i][j])
			}
			out[i][j] = math.Exp(log / float64(len(matrices)))
		}
	}
	return out
}

// Student returns the estimate of n answers with a known standard error and its
// interval value ± t(.975, df)·se; df NaN is normal, se NaN has no interval.
func Student(n int, value, se, df float64) Estimate {
	return withInterval(Estimate{N: n, Value: value, SE: se, DF: df})
}
