package stat

import (
	"math"
	"testing"
)

// Expected values of METHODS B6, recomputed in R 4.2.2:
//
//	A <- matrix(c(1,3,5, 1/3,1,2, 1/5,1/2,1), 3, byrow = TRUE); e <- eigen(A)
//	w <- Re(e$vectors[,1]); w/sum(w); Re(e$values[1])
func TestAHPOfThreeRows(t *testing.T) {
	j := AHP([][]float64{{1, 3, 5}, {1. / 3, 1, 2}, {.2, .5, 1}})
	for i, want := range []float64{.6483, .2297, .1220} {
		if math.Abs(j.Weights[i]-want) > 5e-5 {
			t.Errorf("weight %d is %.5f, want %.4f", i, j.Weights[i], want)
		}
	}
	if math.Abs(j.Lambda-3.0037) > 5e-5 || math.Abs(j.CR-.0032) > 5e-5 || math.Abs(j.CR2007-.0035) > 5e-5 {
		t.Errorf("λ %.5f, CR %.5f and %.5f", j.Lambda, j.CR, j.CR2007)
	}
}

func TestAHPAtItsEdges(t *testing.T) {
	if j := AHP([][]float64{{1}}); j.Weights[0] != 1 || j.Lambda != 1 || j.CR != 0 {
		t.Errorf("one row: %+v", j)
	}
	if j := AHP([][]float64{{1, 9}, {1. / 9, 1}}); math.Abs(j.Weights[0]-.9) > 1e-15 || j.CI != 0 || j.CR != 0 {
		t.Errorf("two rows: %+v", j)
	}
	for name, a := range map[string][][]float64{"empty": nil, "ragged": {{1, 2}, {1}}, "negative": {{1, -2}, {-.5, 1}}, "zero": {{1, 0}, {0, 1}}, "infinite": {{1, math.Inf(1)}, {0, 1}}, "NaN": {{math.NaN()}}} {
		if j := AHP(a); j.Weights != nil || !math.IsNaN(j.Lambda) || !math.IsNaN(j.CR) {
			t.Errorf("%s: %+v", name, j)
		}
	}
	eleven := make([][]float64, 11)
	for i := range eleven {
		eleven[i] = make([]float64, 11)
		for k := range eleven[i] {
			eleven[i][k] = 1
		}
	}
	if j := AHP(eleven); math.Abs(j.Lambda-11) > 1e-12 || !math.IsNaN(j.CR) {
		t.Errorf("eleven rows: λ %v, CR %v", j.Lambda, j.CR)
	}
}

func TestGroupJudgementKeepsReverses(t *testing.T) {
	g := GroupJudgement([][][]float64{{{1, 2}, {.5, 1}}, {{1, 8}, {.125, 1}}})
	if math.Abs(g[0][1]-4) > 1e-14 || math.Abs(g[1][0]-.25) > 1e-15 || g[0][0] != 1 {
		t.Errorf("got %v", g)
	}
	if GroupJudgement(nil) != nil || GroupJudgement([][][]float64{{{1}}, {{1, 2}, {.5, 1}}}) != nil {
		t.Error("nothing, or two sizes, give a matrix")
	}
}
