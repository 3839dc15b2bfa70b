package stat

import (
	"math"
	"testing"
)

var nan = math.NaN()

// rows is an unweighted sample; every value is a point of its own.
func rows(values ...float64) []Point {
	points := make([]Point, len(values))
	for i, v := range values {
		points[i] = Point{Value: v, N: 1, W: 1, W2: 1}
	}
	return points
}

// weightless is rows without weight.
func weightless(values ...float64) []Point {
	points := rows(values...)
	for i := range points {
		points[i].W, points[i].W2 = 0, 0
	}
	return points
}

// heap is n rows of the same weight.
func heap(n int, weight float64) Point {
	return Point{N: n, W: float64(n) * weight, W2: float64(n) * weight * weight}
}

// estimateCase is one line of a table of estimates.
type estimateCase struct {
	name      string
	got, want Estimate
}

func (c estimateCase) check(t *testing.T) {
	t.Helper()
	g, w := c.got, c.want
	if g.N != w.N || !same(g.Value, w.Value) || !same(g.SE, w.SE) || !same(g.DF, w.DF) ||
		!same(g.Low, w.Low) || !same(g.High, w.High) {
		t.Errorf("%s: got %+v, want %+v", c.name, g, w)
	}
}

func TestMeansAreDefinedForSmallAndConstantSamples(t *testing.T) {
	nothing := undefinedEstimate(0)
	for _, c := range []estimateCase{
		{"mean of nothing", Mean(nil), nothing},
		{"mean of one", Mean(rows(4)), Estimate{1, 4, nan, 0, nan, nan}},
		{"mean of two", Mean(rows(4, 6)), Estimate{2, 5, 1, 1, 5 - quantile95(1), 5 + quantile95(1)}},
		{"mean of equal values that floats cannot hold", Mean(rows(.1, .1, .1)), Estimate{3, .1, 0, 2, .1, .1}},
		{"mean looks past weights", Mean(weightless(1, 1)), Estimate{2, 1, 0, 1, 1, 1}},
		{"mean with a point of no rows", Mean([]Point{{Value: 9}, {Value: 2, N: 1}}), Estimate{1, 2, nan, 0, nan, nan}},
		{"mean of NaN", Mean(rows(1, nan)), Estimate{2, nan, nan, 1, nan, nan}},
		{"weighted mean of nothing", WeightedMean(nil, 10), nothing},
		{"weighted mean without weight", WeightedMean(weightless(1, 2), 10), nothing},
		{"weighted mean of one in a design of ten", WeightedMean(rows(4), 10), Estimate{1, 4, nan, 9, nan, nan}},
		{"weighted mean of equal values", WeightedMean(rows(.1, .1, .1), 10), Estimate{3, .1, 0, 9, .1, .1}},
		{"weighted mean of a design below its rows", WeightedMean(rows(4, 6), 0), Mean(rows(4, 6))},
		{"weighted mean with a NaN weight", WeightedMean([]Point{{1, 2, nan, nan}}, 2), Estimate{2, nan, nan, 1, nan, nan}},
	} {
		c.check(t)
	}
}

func TestSharesAndScoresAreDefinedForNoneOneAndAll(t *testing.T) {
	nothing := undefinedEstimate(0)
	for _, c := range []estimateCase{
		{"share of nothing", Share(0, 0), nothing},
		{"share of more than all", Share(3, 2), undefinedEstimate(2)},
		{"share of none", Share(0, 5), Estimate{5, 0, 0, nan, 0, .43448246478317465}},
		{"share of all, 5 of 5 of METHODS B10", Share(5, 5), Estimate{5, 1, 0, nan, .5655175352168252, 1}},
		{"weighted share of nothing", WeightedShare(Point{}, Point{}, 5), nothing},
		{"weighted share without weight", WeightedShare(Point{N: 1}, Point{N: 3}, 5), undefinedEstimate(3)},
		{"weighted share of more than all", WeightedShare(heap(3, 1), heap(2, 1), 5), undefinedEstimate(2)},
		{"weighted share of none takes Wilson", WeightedShare(Point{}, heap(5, .7), 5), Share(0, 5)},
		{"weighted share of all takes Wilson", WeightedShare(heap(5, .7), heap(5, .7), 5), Share(5, 5)},
		{"weighted share of one", WeightedShare(heap(1, 2), heap(1, 2), 9), Estimate{1, 1, nan, nan, 1 / (1 + z95*z95), 1}},
		{"weighted share is cut to 1", WeightedShare(heap(2, 1), heap(3, 1), 3), Estimate{3, 2. / 3, 1. / 3, 2, 0, 1}},
		{"score of nothing", NPS(0, 0, 0), nothing},
		{"score of a negative count", NPS(5, -1, 0), undefinedEstimate(4)},
		{"score of promoters only", NPS(10, 0, 0), Estimate{10, 100, 0, nan, 47.50355154479021, 100}},
		{"weighted score of nothing", WeightedNPS(Point{}, Point{}, Point{}, 5), nothing},
		{"weighted score without weight", WeightedNPS(Point{N: 2}, Point{}, Point{}, 5), nothing},
		{"weighted score of promoters only", WeightedNPS(heap(10, .3), Point{}, Point{}, 10), NPS(10, 0, 0)},
		{"weighted score of passives only", WeightedNPS(Point{}, heap(10, .3), Point{}, 10), NPS(0, 10, 0)},
		{"weighted score of detractors only", WeightedNPS(Point{}, Point{}, heap(10, .3), 10), NPS(0, 0, 10)},
		{"weighted score is cut to ±100", WeightedNPS(heap(1, 1), Point{}, heap(1, 1), 2), Estimate{2, 0, 100, 1, -100, 100}},
	} {
		c.check(t)
	}
}

// figureCase is one line of a table of figures.
type figureCase struct {
	name      string
	got, want float64
}

func (c figureCase) check(t *testing.T) {
	t.Helper()
	if !same(c.got, c.want) {
		t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
	}
}

func TestDeviationsAndMediansAreDefinedAtTheirEdges(t *testing.T) {
	for _, c := range []figureCase{
		{"SD of nothing", SD(nil), nan},
		{"SD of one", SD(rows(3)), nan},
		{"SD of two", SD(rows(3, 5)), math.Sqrt2},
		{"SD of equal values", SD(rows(.1, .1, .1)), 0},
		{"SD without weight", SD(weightless(1, 2)), nan},
		{"median of nothing", Median(nil), nan},
		{"median of one", Median(rows(3)), 3},
		{"median of two", Median(rows(5, 3)), 4},
		{"median of three", Median(rows(5, 3, 4)), 4},
		{"median without weight", Median(weightless(1, 2)), nan},
		{"median of NaN", Median(rows(1, nan, 2)), nan},
		{"median by weight", Median([]Point{{1, 1, 1, 1}, {2, 1, 1, 1}, {3, 1, 5, 25}}), 3},
		{"median at exactly half", Median([]Point{{1, 1, 1, 1}, {2, 1, 1, 1}, {3, 1, 2, 4}}), 2.5},
		{"median at half but for rounding", Median([]Point{{1, 3, .1 + .1 + .1, .03}, {2, 1, .3, .09}}), 1.5},
		{"median skips a value without weight", Median([]Point{{1, 1, 1, 1}, {2, 1, 0, 0}, {3, 1, 1, 1}}), 2},
	} {
		c.check(t)
	}
}

func TestOtherFiguresAreDefinedAtTheirEdges(t *testing.T) {
	low, high := Wilson(3, 2)
	for _, c := range []figureCase{
		{"quantile of nothing", Quantile(nil, .5), nan},
		{"quantile of one", Quantile([]float64{7}, .3), 7},
		{"quantile below 0", Quantile([]float64{1, 2}, -.1), nan},
		{"quantile above 1", Quantile([]float64{1, 2}, 1.1), nan},
		{"quantile at NaN", Quantile([]float64{1, 2}, nan), nan},
		{"quantile 0", Quantile([]float64{1, 2}, 0), 1},
		{"quantile 1", Quantile([]float64{1, 2}, 1), 2},
		{"quantile between", Quantile([]float64{1, 2, 4}, .75), 3},
		{"Wilson of too many, low", low, nan},
		{"Wilson of too many, high", high, nan},
		{"effective size of nothing", EffectiveN(0, 0), nan},
		{"effective size of equal weights", EffectiveN(7*.3, 7*.09), 7},
		{"d of nothing", CohenD(nil, rows(1, 2)), nan},
		{"d of one and one", CohenD(rows(1), rows(2)), nan},
		{"d without variance", CohenD(rows(1, 1), rows(2, 2)), nan},
		{"d of one and two", CohenD(rows(4), rows(1, 3)), -2 / math.Sqrt2},
		{"h of a share above 1", CohenH(.5, 1.5), nan},
		{"h from none to all", CohenH(0, 1), math.Pi},
		{"sample size at no margin", float64(SampleSize(0, 0)), 0},
		{"sample size at NaN", float64(SampleSize(nan, 0)), 0},
		{"sample size at half", float64(SampleSize(.5, 0)), 4},
		{"sample size at a margin above 1", float64(SampleSize(2, 0)), 1},
		{"sample size of a population of one", float64(SampleSize(.05, 1)), 1},
		{"sample size at a margin beyond reach", float64(SampleSize(1e-12, 0)), math.MaxInt32},
		{"sample size of a negative population", float64(SampleSize(.05, -3)), 385},
		{"margin of nobody", Margin(0, 0), nan},
		{"margin of everybody", Margin(50, 50), 0},
		{"margin of one", Margin(1, nan), z95 / 2},
		{"margin in an infinite population", Margin(100, math.Inf(1)), z95 / 20},
	} {
		c.check(t)
	}
}

func TestTestsAreDefinedForSmallAndConstantGroups(t *testing.T) {
	two, one, still := rows(1, 3), rows(5), rows(2, 2, 2)
	only := undefinedTest
	for _, c := range []struct {
		name      string
		got, want Test
	}{
		{"Welch with nothing", Welch(Mean(nil), Mean(two)), only(nan)},
		{"Welch with one", Welch(Mean(one), Mean(two)), only(-3)},
		{"Welch without variance", Welch(Mean(still), Mean(rows(4, 4))), only(2)},
		{"Welch of equal groups", Welch(Mean(two), Mean(two)), Test{0, 0, 2, nan, 1, -quantile95(2) * math.Sqrt2, quantile95(2) * math.Sqrt2}},
		{"Welch with one still group", Welch(Mean(still), Mean(two)), Test{0, 0, 1, nan, 1, -quantile95(1), quantile95(1)}},
		{"normal without error", Normal(NPS(3, 0, 0), NPS(0, 0, 3)), only(-200)},
		{"normal with nothing", Normal(NPS(0, 0, 0), NPS(1, 1, 1)), only(nan)},
		{"shares of nothing", Proportions(0, 0, 1, 2), only(nan)},
		{"shares both 0", Proportions(0, 3, 0, 4), only(0)},
		{"shares both 1", Proportions(3, 3, 4, 4), only(0)},
		{"shares of 0 and 1", Proportions(0, 8, 8, 8), Test{1, 4, nan, nan, normalTails(4), nan, nan}},
		{"shares interval is cut to 1", Proportions(1, 2, 2, 2), Test{.5, .5 / math.Sqrt(.1875), nan, nan, normalTails(.5 / math.Sqrt(.1875)), .5 - z95*math.Sqrt(.125), 1}},
		{"ranks with nothing", MannWhitney(nil, two), only(nan)},
		{"ranks of equal values", MannWhitney(still, rows(2)), only(0)},
		{"ranks of one and one", MannWhitney(rows(1), rows(2)), Test{.5, 1, nan, nan, normalTails(1), nan, nan}},
		{"ranks of NaN", MannWhitney(rows(1, nan), two), only(nan)},
		{"Kruskal-Wallis of nothing", KruskalWallis(nil), only(nan)},
		{"Kruskal-Wallis of one group", KruskalWallis([][]Point{two, nil}), only(nan)},
		{"Kruskal-Wallis of equal values", KruskalWallis([][]Point{still, rows(2)}), only(nan)},
		{"Kruskal-Wallis leaves out empty groups", KruskalWallis([][]Point{rows(1, 2), nil, rows(3, 4)}), Test{nan, 2.4, 1, nan, chiSquaredTail(2.4, 1), nan, nan}},
		{"Welch ANOVA of nothing", WelchANOVA(nil), only(nan)},
		{"Welch ANOVA with one answer", WelchANOVA(meansOf([][]Point{two, one})), only(nan)},
		{"Welch ANOVA with a still group", WelchANOVA(meansOf([][]Point{two, still})), only(nan)},
		{"Welch ANOVA leaves out empty groups", WelchANOVA(meansOf([][]Point{two, nil, rows(2, 4)})), Test{nan, .5, 1, 2, studentTails(math.Sqrt(.5), 2), nan, nan}},
	} {
		g, w := c.got, c.want
		if !same(g.Difference, w.Difference) || !same(g.Statistic, w.Statistic) || !same(g.DF, w.DF) || !same(g.DF2, w.DF2) ||
			!same(g.P, w.P) || !same(g.Low, w.Low) || !same(g.High, w.High) {
			t.Errorf("%s: got %+v, want %+v", c.name, g, w)
		}
	}
}

func TestANOVAIsDefinedForSmallAndConstantGroups(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want Anova
	}{
		{"nothing", ANOVA(nil), Anova{0, 0, 0, 0, nan, nan, nan}},
		{"one group", ANOVA([][]Point{rows(1, 3), nil}), Anova{0, 2, 0, 1, nan, nan, nan}},
		{"a row a group", ANOVA([][]Point{rows(1), rows(3)}), Anova{2, 0, 1, 0, nan, nan, 1}},
		{"still groups", ANOVA([][]Point{rows(1, 1), rows(3, 3)}), Anova{4, 0, 1, 2, nan, nan, 1}},
		{"equal values", ANOVA([][]Point{rows(1, 1), rows(1)}), Anova{0, 0, 1, 1, nan, nan, nan}},
		{"two groups", ANOVA([][]Point{rows(1, 3), rows(2, 4)}), Anova{1, 4, 1, 2, .5, studentTails(math.Sqrt(.5), 2), .2}},
	} {
		g, w := c.got, c.want
		if g.DF1 != w.DF1 || g.DF2 != w.DF2 || !same(g.Between, w.Between) || !same(g.Within, w.Within) ||
			!same(g.F, w.F) || !same(g.P, w.P) || !same(g.Eta2, w.Eta2) {
			t.Errorf("%s: got %+v, want %+v", c.name, g, w)
		}
	}
}

func TestChiSquaredLeavesOutRowsAndColumnsOfZeros(t *testing.T) {
	full := ChiSquared([][]float64{{10, 20}, {30, 5}})
	gaps := ChiSquared([][]float64{{10, 0, 20}, {0, 0, 0}, {30, 0, 5}})
	if !same(full.Statistic, gaps.Statistic) || full.DF != gaps.DF || !same(full.P, gaps.P) || !same(full.CramersV, gaps.CramersV) {
		t.Errorf("got %+v with zeros, want %+v", gaps, full)
	}
	if !same(gaps.Residuals[2][2], full.Residuals[1][1]) || !math.IsNaN(gaps.Residuals[1][0]) || gaps.Expected[1][0] != 0 {
		t.Errorf("cells with zeros: got %v and %v", gaps.Expected, gaps.Residuals)
	}
	for name, counts := range map[string][][]float64{
		"nothing":          nil,
		"zeros":            {{0, 0}, {0, 0}},
		"one row":          {{3, 4}},
		"one column":       {{3}, {4}},
		"one row left":     {{3, 4}, {0, 0}},
		"a negative count": {{3, -1}, {2, 2}},
		"a NaN":            {{3, nan}, {2, 2}},
		"ragged one row":   {{3, 1, 2}, {}},
	} {
		got := ChiSquared(counts)
		if !math.IsNaN(got.Statistic) || !math.IsNaN(got.P) || !math.IsNaN(got.CramersV) {
			t.Errorf("%s: got %+v, want NaN", name, got)
		}
	}
	ragged, filled := ChiSquared([][]float64{{3, 4}, {5}}), ChiSquared([][]float64{{3, 4}, {5, 0}})
	if !same(ragged.Statistic, filled.Statistic) {
		t.Errorf("ragged: got %v, want %v", ragged.Statistic, filled.Statistic)
	}
}

// meansOf is the plain means of groups, as WelchANOVA takes them.
func meansOf(groups [][]Point) []Estimate {
	out := make([]Estimate, len(groups))
	for i, g := range groups {
		out[i] = Mean(g)
	}
	return out
}
