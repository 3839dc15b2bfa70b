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
