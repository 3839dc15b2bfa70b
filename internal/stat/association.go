package stat

import "math"

// Association is the chi-squared test of a table of counts. Expected and Residuals
// (adjusted) have the shape of the table; cells of rows and columns that are left
// out have an expected count of 0 and a residual of NaN.
type Association struct {
	Statistic, DF, P, CramersV float64
	Expected, Residuals        [][]float64
}

// ChiSquared tests whether rows and columns of a table of counts are independent,
// without Yates' correction.
//
//	X² = sum((o-e)²/e),  e = row·column/n,  DF = (r-1)(c-1),  V = sqrt(X²/(n·min(r-1, c-1)))
//	adjusted residual = (o-e)/sqrt(e(1-row/n)(1-column/n))
//
// Rows and columns of zeros are left out of r and c. With fewer than two of either
// left, or a negative or NaN count, Statistic, P, V and residuals are NaN. Rows may
// differ in length; what is missing is 0. The tail is an approximation that wants
// expected counts of about 5. Source: Pearson (1900); Haberman, Biometrics 29 (1973)
// 205-220; Cramér (1946) p. 282; R chisq.test(correct = FALSE).
func ChiSquared(counts [][]float64) Association {
	rows, columns, total := margins(counts)
	r, c := positive(rows), positive(columns)
	a := Association{
		Statistic: math.NaN(), P: math.NaN(), CramersV: math.NaN(),
		DF: float64(max(r-1, 0) * max(c-1, 0)),
	}
	statistic := 0.0
	for i, row := range rows {
		expected, residuals := make([]float64, len(columns)), make([]float64, len(columns))
		for j, column := range columns {
			e := row * (column / total)
			d := at(counts[i], j) - e
			expected[j] = e
			residuals[j] = d / math.Sqrt(e*(1-row/total)*(1-column/total))
			if row == 0 || column == 0 {
				expected[j], residuals[j] = 0, math.NaN()
			} else {
				statistic += d * d / e
			}
		}
		a.Expected, a.Residuals = append(a.Expected, expected), append(a.Residuals, residuals)
	}
	if r > 1 && c > 1 {
		a.Statistic = statistic
		a.P = chiSquaredTail(statistic, a.DF)
		a.CramersV = math.Sqrt(statistic / (total * float64(min(r, c)-1)))
	}
	return a
}

// margins returns the sums of a table; all NaN if a count is negative or NaN.
func margins(counts [][]float64) (rows, columns []float64, total float64) {
	rows = make([]float64, len(counts))
	for _, row := range counts {
		columns = append(columns, make([]float64, max(len(row)-len(columns), 0))...)
	}
	for i, row := range counts {
		for j, count := range row {
			if !(count >= 0) {
				count = math.NaN()
			}
			rows[i] += count
			columns[j] += count
			total += count
		}
	}
	return rows, columns, total
}

// positive counts the sums above zero.
func positive(sums []float64) int {
	n := 0
	for _, s := range sums {
		if s > 0 {
			n++
		}
	}
	return n
}

// at returns the j-th count of a row, 0 beyond its end.
func at(row []float64, j int) float64 {
	if j < len(row) {
		return row[j]
	}
	return 0
}
