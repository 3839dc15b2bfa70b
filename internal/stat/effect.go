package stat

import "math"

// CohenD returns the difference of two means, b minus a, in pooled standard
// deviations:
//
//	d = (m_b - m_a) / sqrt(((n_a-1)s_a² + (n_b-1)s_b²)/(n_a+n_b-2))
//
// with the weighted means and SD; n is rows. An empty sample, no degree of freedom
// or no variance in either: NaN. A sample of one adds no variance.
// Source: Cohen, Statistical Power Analysis (1988) 2.5.
func CohenD(a, b []Point) float64 {
	first, second := weightedMoments(a), weightedMoments(b)
	if first.n == 0 || second.n == 0 || first.n+second.n < 3 {
		return math.NaN()
	}
	squares := 0.0
	for _, m := range []moments{first, second} {
		squares += m.squares / m.w * float64(m.n)
	}
	if squares == 0 {
		return math.NaN()
	}
	return (second.mean - first.mean) / math.Sqrt(squares/float64(first.n+second.n-2))
}

// CohenH returns the difference of two shares, second minus first, on the arcsine
// scale: 2·asin(√p2) - 2·asin(√p1), from -π to π. A share outside [0, 1]: NaN.
// Source: Cohen, Statistical Power Analysis (1988) 6.2.
func CohenH(p1, p2 float64) float64 {
	return 2*math.Asin(math.Sqrt(p2)) - 2*math.Asin(math.Sqrt(p1))
}

// Omega2 is the share of variance between the groups, freed of most of the bias
// of Eta2: (Between − DF1·MSW)/(Between + Within + MSW) with MSW = Within/DF2. It
// may be negative. No degree of freedom within: NaN.
// Source: Hays, Statistics (1963); R effectsize::omega_squared.
func (a Anova) Omega2() float64 {
	if a.DF1 < 1 || a.DF2 < 1 || a.Between+a.Within == 0 {
		return math.NaN()
	}
	msw := a.Within / float64(a.DF2)
	return (a.Between - float64(a.DF1)*msw) / (a.Between + a.Within + msw)
}

// CramersV returns Cramér's V with Bergsma's correction of its upward bias, of a
// chi-squared statistic of n answers in r rows and c columns: with
// φ² = max(0, X²/n − (r−1)(c−1)/(n−1)) and k̃ = k − (k−1)²/(n−1) it is
// √(φ²/min(r̃−1, c̃−1)). Fewer than two answers, rows or columns: NaN.
// Source: Bergsma, J. Korean Stat. Soc. 42 (2013) 323-328.
func CramersV(statistic, n float64, r, c int) float64 {
	if !(n > 1) || r < 2 || c < 2 {
		return math.NaN()
	}
	rows, columns := float64(r), float64(c)
	phi := math.Max(0, statistic/n-(rows-1)*(columns-1)/(n-1))
	least := math.Min(rows-(rows-1)*(rows-1)/(n-1), columns-(columns-1)*(columns-1)/(n-1)) - 1
	return math.Sqrt(phi / least)
}
