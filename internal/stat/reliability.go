package stat

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Reliability says how far items measure one thing. What is undefined is NaN;
// the notes at ReliabilityOf say when.
type Reliability struct {
	N, K         int
	Alpha        float64 // Cronbach, of the covariances
	Low, High    float64 // its 95 % interval (Feldt)
	Standardised float64 // Cronbach, of the correlations
	AverageR     float64
	SplitHalf    float64 // odd against even items, Spearman–Brown
	Items        []ItemReliability
	KMO          float64 // Kaiser–Meyer–Olkin, of all items
	Bartlett     Test    // of sphericity: chi-squared, df, p
}

// ItemReliability is the part of one item.
type ItemReliability struct {
	Mean, SD       float64
	ItemTotal      float64 // correlation with the sum of all items, itself included
	ItemRest       float64 // with the sum of the others
	AlphaIfDropped float64
	KMO            float64
}

// ReliabilityOf computes the reliability of k items from their means and their
// matrix of covariances (n−1) over n rows.
//
//	α = k/(k−1)·(1 − Σs²_i/s²_T),  standardised: k·r̄/(1 + (k−1)r̄)
//	interval (Feldt): 1 − (1−α)·F(.975; n−1, (n−1)(k−1)) … 1 − (1−α)·F(.025; …)
//	split half: 2r/(1+r), r between the sums of the items at odd and at even places
//	KMO = Σr²/(Σr² + Σq²) off the diagonal, q_ij = −v_ij/√(v_ii v_jj), V = R⁻¹
//	Bartlett: χ² = −(n − 1 − (2k+5)/6)·ln det R, df = k(k−1)/2
//
// Fewer than two items or rows, or a sum that does not vary: all NaN. An item
// without variance leaves Alpha defined; what needs correlations is NaN.
// Correlations without an inverse: KMO and Bartlett NaN. Two items have no
// AlphaIfDropped. Alpha may be negative. Weights are not looked at.
// Source: Cronbach, Psychometrika 16 (1951); Feldt, Psychometrika 30 (1965);
// Kaiser & Rice, Educ. Psychol. Meas. 34 (1974); Bartlett, JRSS B 16 (1954);
// R psych::alpha, KMO, cortest.bartlett.
func ReliabilityOf(n int, means []float64, covariance [][]float64) Reliability {
	nan, k := math.NaN(), len(covariance)
	out := Reliability{
		N: n, K: k, Alpha: nan, Low: nan, High: nan, Standardised: nan, AverageR: nan, SplitHalf: nan, KMO: nan,
		Bartlett: undefinedTest(nan), Items: make([]ItemReliability, k),
	}
	rows, total, trace := make([]float64, k), 0.0, 0.0 // sums of covariances by row
	for i, row := range covariance {
		for _, c := range row {
			rows[i] += c
		}
		total += rows[i]
		trace += row[i]
	}
	for i := range out.Items {
		out.Items[i] = itemOf(k, means[i], covariance[i][i], rows[i], total, trace)
	}
	if k < 2 || n < 2 || !(total > 0) {
		return out
	}
	out.Alpha = alpha(k, trace, total)
	out.Low, out.High = feldt(out.Alpha, n, k)
	out.SplitHalf = splitHalf(covariance)
	r := correlationOf(covariance)
	if r == nil {
		return out
	}
	sum := 0.0
	for i := range k {
		for j := range i {
			sum += r.At(i, j)
		}
	}
	out.AverageR = sum / float64(k*(k-1)/2)
	out.Standardised = float64(k) * out.AverageR / (1 + float64(k-1)*out.AverageR)
	out.sampling(r)
	return out
}

func alpha(k int, trace, total float64) float64 {
	if k < 2 || !(total > 0) {
		return math.NaN()
	}
	return float64(k) / float64(k-1) * (1 - trace/total)
}

// itemOf is the part of one item: its variance, its row's sum of covariances
// and the sums of the whole matrix tell all of it.
func itemOf(k int, mean, variance, row, total, trace float64) ItemReliability {
	rest := total - 2*row + variance
	out := ItemReliability{
		Mean: mean, SD: math.Sqrt(variance), KMO: math.NaN(), AlphaIfDropped: math.NaN(),
		ItemTotal: row / math.Sqrt(variance*total), ItemRest: (row - variance) / math.Sqrt(variance*rest),
	}
	if !(variance > 0) || !(total > 0) {
		out.ItemTotal = math.NaN()
	}
	if !(variance > 0) || !(rest > 0) {
		out.ItemRest = math.NaN()
	}
	if k > 2 {
		out.AlphaIfDropped = alpha(k-1, trace-variance, rest)
	}
	return out
}

// feldt is the 95 % interval of alpha.
func feldt(a float64, n, k int) (low, high float64) {
	d1, d2 := float64(n-1), float64((n-1)*(k-1))
	return 1 - (1-a)*fQuantile(.975, d1, d2), 1 - (1-a)*fQuantile(.025, d1, d2)
}

// fQuantile is the quantile of F, improved from gonum's by Newton's steps on
// the tail of this package until it stands to the last digits.
func fQuantile(p, d1, d2 float64) float64 {
	f := distuv.F{D1: d1, D2: d2}
	x := f.Quantile(p)
	for range 4 {
		step := (1 - p - fTail(x, d1, d2)) / f.Prob(x)
		if math.IsNaN(step) || math.IsInf(step, 0) || x+step <= 0 {
			break
		}
		x += step
	}
	return x
}

// splitHalf is the correlation of the sums of every other item, stepped up to full length.
func splitHalf(covariance [][]float64) float64 {
	var half [2][2]float64
	for i, row := range covariance {
		for j, c := range row {
			half[i%2][j%2] += c
		}
	}
	if !(half[0][0] > 0 && half[1][1] > 0) {
		return math.NaN()
	}
	r := half[0][1] / math.Sqrt(half[0][0]*half[1][1])
	return 2 * r / (1 + r)
}

// correlationOf returns the correlations of a covariance matrix, nil where an item does not vary.
func correlationOf(covariance [][]float64) *mat.SymDense {
	k := len(covariance)
	r := mat.NewSymDense(k, nil)
	for i := range k {
		for j := range i + 1 {
			v := covariance[i][i] * covariance[j][j]
			if !(v > 0) {
				return nil
			}
			r.SetSym(i, j, covariance[i][j]/math.Sqrt(v))
		}
	}
	return r
}

// sampling fills in KMO and Bartlett's test.
func (out *Reliability) sampling(r *mat.SymDense) {
	var c mat.Cholesky
	if !c.Factorize(r) || c.Cond() > 1e14 {
		return
	}
	k := out.K
	df := float64(k*(k-1)) / 2
	out.Bartlett.Statistic = -(float64(out.N) - 1 - float64(2*k+5)/6) * c.LogDet()
	out.Bartlett.DF = df
	out.Bartlett.P = chiSquaredTail(out.Bartlett.Statistic, df)
	inverse := mat.NewSymDense(k, nil)
	if c.InverseTo(inverse) != nil {
		return
	}
	rr, qq := 0.0, 0.0
	for i := range k {
		r2, q2 := 0.0, 0.0
		for j := range k {
			if i != j {
				q := inverse.At(i, j) / math.Sqrt(inverse.At(i, i)*inverse.At(j, j))
				r2, q2 = r2+r.At(i, j)*r.At(i, j), q2+q*q
			}
		}
		out.Items[i].KMO = r2 / (r2 + q2)
		rr, qq = rr+r2, qq+q2
	}
	out.KMO = rr / (rr + qq)
}
