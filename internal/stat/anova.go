package stat

import "math"

// Anova is the analysis of variance of one factor: sums of squares between and
// within the groups, their degrees of freedom, F, its upper tail and
// Eta2 = Between/(Between+Within).
type Anova struct {
	Between, Within float64
	DF1, DF2        int
	F, P, Eta2      float64
}

// ANOVA compares the plain means of groups whose variances are taken as equal.
//
//	F = (Between/(k-1)) / (Within/(N-k))
//
// Weights are not looked at. Empty groups are left out; a group of one answer
// adds nothing to Within. Fewer than two groups or N = k: F and P NaN. Within 0:
// F and P NaN, Eta2 1; all values equal: Eta2 NaN too.
// Source: Fisher, Statistical Methods for Research Workers (1925) ch. 7; R anova(lm).
func ANOVA(groups [][]Point) Anova {
	parts := filled(groups)
	means := make([]Point, len(parts))
	within := 0.0
	for i, m := range parts {
		means[i] = Point{Value: m.mean, N: m.n, W: m.w, W2: m.w}
		within += m.squares
	}
	grand := sums(means)
	a := Anova{
		Between: grand.squares, Within: within,
		DF1: max(len(parts)-1, 0), DF2: grand.n - len(parts),
		F: math.NaN(), P: math.NaN(), Eta2: math.NaN(),
	}
	if len(parts) < 2 {
		return a
	}
	a.Eta2 = a.Between / (a.Between + a.Within)
	if a.DF2 > 0 && a.Within > 0 {
		a.F = a.Between / float64(a.DF1) / (a.Within / float64(a.DF2))
		a.P = fTail(a.F, float64(a.DF1), float64(a.DF2))
	}
	return a
}

// filled returns the plain moments of the groups that have answers.
func filled(groups [][]Point) []moments {
	parts := make([]moments, 0, len(groups))
	for _, points := range groups {
		if m := plainMoments(points); m.n > 0 {
			parts = append(parts, m)
		}
	}
	return parts
}

// WelchANOVA compares means of groups whose variances may differ. With
// u_j = 1/SE_j², U = sum(u), ȳ the mean of the means with weights u and
// B = sum((1-u_j/U)²/(n_j-1)):
//
//	F = sum(u_j(m_j-ȳ)²)/(k-1) / (1 + 2(k-2)/(k²-1)·B),  DF = k-1,  DF2 = (k²-1)/(3B)
//
// From Mean it is Welch's test; from WeightedMean it is the same on linearised
// errors. Groups without answers are left out. The whole test is NaN if a group
// has one answer or no variance (its u would be infinite) or if fewer than two
// groups are left: the caller decides which groups to drop.
// Source: Welch, Biometrika 38 (1951) 330-336; R oneway.test.
func WelchANOVA(groups []Estimate) Test {
	test := undefinedTest(math.NaN())
	var means []Point
	for _, g := range groups {
		if g.N == 0 {
			continue
		}
		u := 1 / (g.SE * g.SE)
		if g.N < 2 || math.IsNaN(u) || math.IsInf(u, 0) {
			return test
		}
		means = append(means, Point{Value: g.Value, N: g.N, W: u})
	}
	if len(means) < 2 {
		return test
	}
	all, k := sums(means), float64(len(means))
	b := 0.0
	for _, p := range means {
		rest := 1 - p.W/all.w
		b += rest * rest / float64(p.N-1)
	}
	test.Statistic = all.squares / (k - 1) / (1 + 2*(k-2)/(k*k-1)*b)
	test.DF, test.DF2 = k-1, (k*k-1)/(3*b)
	test.P = fTail(test.Statistic, test.DF, test.DF2)
	return test
}
