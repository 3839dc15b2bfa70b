package stat

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// sample draws up to 40 rows of codes 1..7 with weights of one decimal, as rows and
// as the tally of them.
func sample(random *rand.Rand) (values, weights []float64, points []Point) {
	for range 2 + random.IntN(39) {
		values = append(values, float64(1+random.IntN(7)))
		weights = append(weights, float64(1+random.IntN(30))/10)
	}
	return values, weights, tally(values, weights, nil)
}

// seeded calls check with 300 generators that are the same in every run.
func seeded(check func(random *rand.Rand)) {
	for seed := range uint64(300) {
		check(rand.New(rand.NewPCG(20260421, seed)))
	}
}

func TestScaleOfTheWeightsDoesNotMatter(t *testing.T) {
	seeded(func(random *rand.Rand) {
		_, _, points := sample(random)
		scaled := slices.Clone(points)
		for i := range scaled {
			scaled[i].W *= 1000
			scaled[i].W2 *= 1e6
		}
		for name, pair := range map[string][2]float64{
			"mean":   {WeightedMean(points, 90).Value, WeightedMean(scaled, 90).Value},
			"SE":     {WeightedMean(points, 90).SE, WeightedMean(scaled, 90).SE},
			"SD":     {SD(points), SD(scaled)},
			"median": {Median(points), Median(scaled)},
		} {
			if !near(pair[0], pair[1]) {
				t.Fatalf("%s: got %v, want %v for %v", name, pair[1], pair[0], points)
			}
		}
	})
}

func TestEqualWeightsGiveThePlainFigures(t *testing.T) {
	seeded(func(random *rand.Rand) {
		values, _, _ := sample(random)
		points := tally(values, slices.Repeat([]float64{.7}, len(values)), nil)
		plain, weighted := Mean(points), WeightedMean(points, 0)
		if !near(plain.Value, weighted.Value) || !near(plain.SE, weighted.SE) || !near(plain.Low, weighted.Low) {
			t.Fatalf("weighted mean: got %+v, want %+v", weighted, plain)
		}
		if got, want := SD(points), plain.SE*math.Sqrt(float64(plain.N)); !near(got, want) {
			t.Fatalf("SD: got %v, want %v", got, want)
		}
		if got, want := Median(points), Quantile(slices.Sorted(slices.Values(values)), .5); got != want {
			t.Fatalf("median: got %v, want %v of %v", got, want, values)
		}
	})
}

func TestRowsTalliesAndAnyOrderAgree(t *testing.T) {
	seeded(func(random *rand.Rand) {
		values, weights, points := sample(random)
		split := make([]Point, len(values))
		for i, v := range values {
			split[i] = Point{Value: v, N: 1, W: weights[i], W2: weights[i] * weights[i]}
		}
		random.Shuffle(len(split), func(i, j int) { split[i], split[j] = split[j], split[i] })
		before := slices.Clone(split)
		other := rows(2, 4, 4, 5, 7)
		for name, pair := range map[string][2]float64{
			"mean":           {Mean(points).High, Mean(split).High},
			"weighted mean":  {WeightedMean(points, 60).High, WeightedMean(split, 60).High},
			"SD":             {SD(points), SD(split)},
			"median":         {Median(points), Median(split)},
			"Mann-Whitney":   {MannWhitney(points, other).Statistic, MannWhitney(split, other).Statistic},
			"Kruskal-Wallis": {KruskalWallis([][]Point{points, other}).P, KruskalWallis([][]Point{split, other}).P},
			"ANOVA":          {ANOVA([][]Point{points, other}).P, ANOVA([][]Point{split, other}).P},
			"d":              {CohenD(points, other), CohenD(split, other)},
		} {
			if !near(pair[0], pair[1]) {
				t.Fatalf("%s: got %v of rows, %v of the tally %v", name, pair[1], pair[0], points)
			}
		}
		if !slices.Equal(split, before) {
			t.Fatalf("the points were changed from %v to %v", before, split)
		}
	})
}

// Two groups are the common case of two methods each, which gives a second way.
func TestTwoGroupsGiveTheTestsOfTwoGroups(t *testing.T) {
	seeded(func(random *rand.Rand) {
		_, _, a := sample(random)
		_, _, b := sample(random)
		groups := [][]Point{a, b}
		welch, rank := Welch(Mean(a), Mean(b)), MannWhitney(a, b)
		if math.IsNaN(welch.P) || math.IsNaN(WelchANOVA(meansOf(groups)).P) {
			return
		}
		for name, pair := range map[string][2]float64{
			"F is t squared":          {welch.Statistic * welch.Statistic, WelchANOVA(meansOf(groups)).Statistic},
			"DF2 is DF":               {welch.DF, WelchANOVA(meansOf(groups)).DF2},
			"p of Welch":              {welch.P, WelchANOVA(meansOf(groups)).P},
			"H is z squared":          {rank.Statistic * rank.Statistic, KruskalWallis(groups).Statistic},
			"p of ranks":              {rank.P, KruskalWallis(groups).P},
			"swapped groups, mean":    {-welch.Statistic, Welch(Mean(b), Mean(a)).Statistic},
			"swapped groups, ranks":   {-rank.Difference, MannWhitney(b, a).Difference},
			"swapped groups, Cohen":   {-CohenD(a, b), CohenD(b, a)},
			"superiority, row by row": {superiority(a, b), rank.Difference},
		} {
			if !near(pair[0], pair[1]) {
				t.Fatalf("%s: got %v, want %v for %v", name, pair[1], pair[0], groups)
			}
		}
	})
}

// superiority is P(b>a) + P(b=a)/2 - 1/2 by counting pairs.
func superiority(a, b []Point) float64 {
	won, pairs := 0.0, 0.0
	for _, p := range a {
		for _, q := range b {
			n := float64(p.N * q.N)
			pairs += n
			won += n * float64(1+byValue(q, p)) / 2
		}
	}
	return won/pairs - .5
}

// The shares and the score are means of a 0/1 and a ±100 variable.
func TestWeightedSharesAndScoresAreWeightedMeans(t *testing.T) {
	seeded(func(random *rand.Rand) {
		values, weights, points := sample(random)
		top, kind := make([]float64, len(values)), make([]float64, len(values))
		for i, v := range values {
			if v >= 6 {
				top[i], kind[i] = 1, 100
			} else if v <= 4 {
				kind[i] = -100
			}
		}
		want := WeightedMean(tally(top, weights, nil), 77)
		if got := WeightedShare(sumOf(points, 6, 7), sumOf(points, 1, 7), 77); !near(got.Value, want.Value) || !near(got.SE, want.SE) {
			t.Fatalf("share: got %+v, want %+v", got, want)
		}
		want = WeightedMean(tally(kind, weights, nil), 77)
		if got := WeightedNPS(sumOf(points, 6, 7), sumOf(points, 5, 5), sumOf(points, 1, 4), 77); !near(got.Value, want.Value) || !near(got.SE, want.SE) {
			t.Fatalf("score: got %+v, want %+v", got, want)
		}
	})
}

// near allows for sums in another order: 1e-11, relative above 1.
func near(a, b float64) bool {
	return same(a, b) || math.Abs(a-b) <= 1e-11*math.Max(1, math.Abs(a))
}
