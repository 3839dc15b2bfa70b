package stat

import (
	"math"
	"slices"
	"testing"
)

// The worked examples of METHODS.md (B10, B13, B14), to the digits printed there.
// R: 50/30/20 by the formulas of Rocks 2016; prop.test(c(328, 352), c(400, 400),
// correct = FALSE); p.adjust(c(.01, .02, .03, .2), "holm"), "BH".
func TestWorkedExamplesOfTheMethodsAreMet(t *testing.T) {
	score, few := NPS(50, 30, 20), NPS(9, 0, 1)
	low, high := Wilson(82, 100)
	waves := Proportions(328, 400, 352, 400)
	weights := []Point{heap(50, 1), heap(25, 2), heap(25, .5)}
	all := sumOf(weights, 0, 0)
	for _, c := range []struct {
		name            string
		got, want, unit float64
	}{
		{"score of 50/30/20", score.Value, 30, .01},
		{"its adjusted Wald low", score.Low, 14.05, .01},
		{"its adjusted Wald high", score.High, 44.20, .01},
		{"score of 9/0/1", few.Value, 80, .01},
		{"its adjusted Wald low", few.Low, 22.9, .1},
		{"its adjusted Wald high", few.High, 100, .01},
		{"Wilson low of 82/100", low, .733, .001},
		{"Wilson high of 82/100", high, .883, .001},
		{"z of .82 to .88 at 400", waves.Statistic, 2.376, .001},
		{"its p", waves.P, .0175, .0001},
		{"effective size", EffectiveN(all.W, all.W2), 81, 1},
		{"design effect", 100 / EffectiveN(all.W, all.W2), 1.235, .001},
		{"sample size at 5 points", float64(SampleSize(.05, 0)), 385, 0},
		{"sample size of 2000", float64(SampleSize(.05, 2000)), 323, 0},
	} {
		if math.Abs(c.got-c.want) > c.unit/2+1e-12 {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
	if p := Normal(NPS(50, 30, 20), NPS(60, 29, 11)).P; p < .05 {
		t.Errorf("score 30 to 49 at 100 answers: got p %v, want no significance", p)
	}
	if p := Normal(NPS(200, 120, 80), NPS(240, 116, 44)).P; p > .05 {
		t.Errorf("score 30 to 49 at 400 answers: got p %v, want significance", p)
	}
}

func TestAdjustedPValuesKeepOrderAndPassOverNaN(t *testing.T) {
	for _, c := range []struct {
		name        string
		p, holm, bh []float64
	}{
		{"worked example", []float64{.01, .02, .03, .2}, []float64{.04, .06, .06, .2}, []float64{.04, .04, .04, .2}},
		{"any order, NaN not counted", []float64{.2, nan, .03, .01, .02}, []float64{.2, nan, .06, .04, .06}, []float64{.2, nan, .04, .04, .04}},
		{"never above 1", []float64{.9, .8}, []float64{1, 1}, []float64{.9, .9}},
		{"ties", []float64{.02, .02}, []float64{.04, .04}, []float64{.02, .02}},
		{"one", []float64{.3}, []float64{.3}, []float64{.3}},
		{"only NaN", []float64{nan}, []float64{nan}, []float64{nan}},
		{"none", nil, nil, nil},
	} {
		before := slices.Clone(c.p)
		if got := Holm(c.p); !slices.EqualFunc(got, c.holm, same) {
			t.Errorf("%s: Holm got %v, want %v", c.name, got, c.holm)
		}
		if got := BenjaminiHochberg(c.p); !slices.EqualFunc(got, c.bh, same) {
			t.Errorf("%s: Benjamini-Hochberg got %v, want %v", c.name, got, c.bh)
		}
		if !slices.EqualFunc(c.p, before, same) {
			t.Errorf("%s: the argument was changed to %v", c.name, c.p)
		}
	}
}
