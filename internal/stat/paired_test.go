package stat

import (
	"math"
	"testing"
)

func TestPairsOfMobiAgreeWithR(t *testing.T) {
	want, data := sharedOracle(t, "mobi_group_tests")
	l := newLedger(t)
	const oracle = "mobi_group_tests"
	w := want.at("paired_CUSA1_vs_PERQ1")
	a, b := data.numbers("CUSA1"), data.numbers("PERQ1")
	var differences []float64
	gained, lost := 0, 0
	for i := range a {
		differences = append(differences, a[i]-b[i])
		switch {
		case a[i] >= 9 && b[i] < 9:
			gained++
		case a[i] < 9 && b[i] >= 9:
			lost++
		}
	}
	got, paired := Paired(rows(differences...)), w.at("paired_t")
	l.near("paired t", oracle, got.Statistic, paired.number("t"))
	l.near("paired t", oracle, got.DF, paired.number("df"))
	l.near("paired t", oracle, got.Difference, paired.number("mean_diff"))
	l.near("paired t", oracle, got.Low, paired.number("ci95_low"))
	l.near("paired t", oracle, got.High, paired.number("ci95_high"))
	l.p("paired t", oracle, got.P, paired.number("p"))
	m := McNemar(gained, lost, len(a))
	l.near("McNemar", oracle, m.Statistic, w.number("mcnemar_chisq"))
	l.p("McNemar exact", oracle, m.P, w.number("mcnemar_exact_binomial_p"))
	l.print()
}

func TestPairsAreDefinedAtTheirEdges(t *testing.T) {
	if got := McNemar(0, 0, 10); got.P != 1 || got.Difference != 0 || !math.IsNaN(got.Statistic) {
		t.Errorf("no change: %+v", got)
	}
	if got := McNemar(3, 3, 10); got.P != 1 {
		t.Errorf("as many up as down: p %v, want 1", got.P)
	}
	if got := McNemar(0, 0, 0); !math.IsNaN(got.P) {
		t.Errorf("no pairs: p %v", got.P)
	}
	if got := McNemar(5, 0, 5); math.Abs(got.P-.0625) > 1e-12 {
		t.Errorf("five of five: p %v, want 1/16", got.P)
	}
	if got := Paired(rows(1, 1, 1)); !math.IsNaN(got.P) || got.Difference != 1 {
		t.Errorf("equal differences: %+v", got)
	}
	if got := Paired(nil); !math.IsNaN(got.Difference) {
		t.Errorf("no pairs: %+v", got)
	}
}

func TestBiasCorrectedAssociationOfMobiAgreesWithR(t *testing.T) {
	want, _ := sharedOracle(t, "mobi_group_tests")
	l := newLedger(t)
	const oracle = "mobi_group_tests"
	for _, set := range want.at("sets").keys() {
		w := want.at("sets", set)
		for _, key := range []string{"chisq_2x2", "chisq_rx2"} {
			o := w.at(key)
			counts := o.matrix("table")
			a, n := ChiSquared(counts), 0.0
			for _, row := range counts {
				for _, x := range row {
					n += x
				}
			}
			l.near("chi-squared", oracle, a.Statistic, o.number("chisq"))
			l.near("Cramér's V", oracle, a.CramersV, o.number("cramers_v"))
			l.near("Cramér's V, Bergsma", oracle, CramersV(a.Statistic, n, len(counts), len(counts[0])), o.number("cramers_v_bias_corrected_bergsma"))
			if key == "chisq_2x2" {
				continue // R gives no residuals there
			}
			for i, row := range o.matrix("std_residuals_adjusted") {
				for j, x := range row {
					l.near("adjusted residual", oracle, a.Residuals[i][j], x)
				}
			}
		}
		v := w.at("anova")
		a := Anova{Between: v.number("ss_between"), Within: v.number("ss_within"), DF1: v.integer("df1"), DF2: v.integer("df2")}
		l.near("omega²", oracle, a.Omega2(), v.number("omega_squared"))
	}
	l.print()
}
