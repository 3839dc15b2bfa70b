package stat

import "math"

// Kappa returns Cohen's kappa of two raters who say yes or no, from the counts
// of their four pairs of words:
//
//	κ = (po-pe)/(1-pe),  po = (both+neither)/n,  pe = chance agreement of the margins
//
// with the large-sample standard error of Fleiss, Cohen and Everitt and the
// normal interval, cut at 1. No pairs, or both raters always the same word: the
// chance agreement is 1 and κ undefined.
// Source: Cohen, Educ. Psychol. Meas. 20 (1960) 37-46; Fleiss, Cohen & Everitt,
// Psychol. Bull. 72 (1969) 323-327, eq. 13.
func Kappa(both, first, second, neither int) Estimate {
	n := both + first + second + neither
	if n <= 0 {
		return undefinedEstimate(0)
	}
	all := float64(n)
	p := [2][2]float64{{float64(both) / all, float64(first) / all}, {float64(second) / all, float64(neither) / all}}
	rows := [2]float64{p[0][0] + p[0][1], p[1][0] + p[1][1]}
	columns := [2]float64{p[0][0] + p[1][0], p[0][1] + p[1][1]}
	chance := rows[0]*columns[0] + rows[1]*columns[1]
	value := kappaOf(float64(both), float64(first), float64(second), float64(neither))
	if math.IsNaN(value) {
		return undefinedEstimate(n)
	}
	sum := 0.0
	for i := range 2 {
		x := 1 - (rows[i]+columns[i])*(1-value)
		sum += p[i][i] * x * x
		x = (columns[1-i] + rows[i]) * (1 - value)
		sum += p[1-i][i] * x * x
	}
	x := value - chance*(1-value)
	variance := math.Max(sum-x*x, 0) / (all * (1 - chance) * (1 - chance))
	e := withInterval(Estimate{N: n, Value: value, SE: math.Sqrt(variance), DF: math.NaN()})
	return clipped(e, -1, 1)
}

// kappaOf is κ of four counts, NaN where it is undefined.
func kappaOf(both, first, second, neither float64) float64 {
	n := both + first + second + neither
	agreed := (both + neither) / n
	chance := ((both+first)*(both+second) + (second+neither)*(first+neither)) / (n * n)
	if !(chance < 1) {
		return math.NaN()
	}
	return (agreed - chance) / (1 - chance)
}

// PooledKappa is the kappa of all words of two raters about the same things,
// each thing judged several times: pairs are the four counts of each thing, in
// the order of Kappa. Words about one thing hang together, so the standard error
// is that of the jackknife over things,
//
//	SE² = (n-1)/n · sum((κ(i) - mean κ(·))²),  κ(i) without thing i,
//
// with the t interval of n-1 degrees of freedom, cut to [-1, 1]. Fewer than two
// things, or a κ(i) that is undefined: SE NaN.
// Source: Efron, The Jackknife, the Bootstrap (1982) ch. 3.
func PooledKappa(pairs [][4]int) Estimate {
	var total [4]float64
	for _, p := range pairs {
		for i, x := range p {
			total[i] += float64(x)
		}
	}
	e := Estimate{N: len(pairs), Value: kappaOf(total[0], total[1], total[2], total[3]), SE: math.NaN(), DF: float64(len(pairs) - 1)}
	if len(pairs) < 2 || math.IsNaN(e.Value) {
		return withInterval(e)
	}
	n, sum := float64(len(pairs)), 0.0
	without := make([]float64, len(pairs))
	for i, p := range pairs {
		without[i] = kappaOf(total[0]-float64(p[0]), total[1]-float64(p[1]), total[2]-float64(p[2]), total[3]-float64(p[3]))
		sum += without[i]
	}
	squares := 0.0
	for _, x := range without {
		squares += (x - sum/n) * (x - sum/n)
	}
	e.SE = math.Sqrt((n - 1) / n * squares)
	return clipped(withInterval(e), -1, 1)
}
