package pls

import (
	"errors"
	"math"
	"path/filepath"
	"slices"
	"testing"
)

// mobi is the folder of reference numbers on the data set mobi, whose packages
// are GPL: it is read where it is present and never copied here.
const mobi = "../../../shared/oracle"

func expectedOf(t *testing.T, name string) node {
	t.Helper()
	if found, _ := filepath.Glob(filepath.Join(mobi, name, "expected.json")); found == nil {
		t.Skipf("no %s/%s: the data set is not ours to ship", mobi, name)
	}
	return read(t, filepath.Join(mobi, name, "expected.json"))
}

func TestMobiAgreesWithFourPackages(t *testing.T) {
	for _, c := range []struct {
		folder, key string
		missing     Missing
	}{
		{"pls_mobi_ecsi", "schemes", Mean},
		{"pls_mobi_acsi", "schemes", Mean},
		{"pls_mobi_ccsi", "schemes", Mean},
		{"pls_mobi_modeB", "schemes", Mean},
		{"pls_mobi_weighted", "schemes", Mean},
		{"pls_mobi_missing", "missing_mean_replacement", Mean},
		{"pls_mobi_missing", "missing_listwise", Listwise},
	} {
		t.Run(c.folder+"/"+c.key, func(t *testing.T) {
			e := expectedOf(t, c.folder)
			data := readAnswers(t, filepath.Join(mobi, c.folder, "data.csv"))
			for _, scheme := range []string{"path", "centroid", "factorial"} {
				l := newLedger(t, c.folder+"/"+c.key+"/"+scheme)
				want := e.at(c.key, scheme)
				d := makeDesign(e.at("latent_variables").texts(), want.at("blocks"), e.at("edges"), func(n string) string { return want.at("modes", n).v.(string) }, scheme)
				s := d.estimate(t, data, c.missing)
				d.compareMobi(l, s, want)
				d.comparePeople(l, s.Fit, data.usable(d.items, c.missing), want)
				if want.has("plsc") {
					d.compareConsistent(l, data, c.missing, want)
				}
				if want.has("f_squared_seminr_reestimated") {
					l.are("f_squared_seminr_reestimated", d.reestimated(t, data, c.missing, s.Fit), d.byPath(want.at("f_squared_seminr_reestimated")))
				}
			}
		})
	}
}

// compareMobi compares what a Fit has; keys of other definitions are made from
// it by their formula, so that the table tells of every key.
func (d design) compareMobi(l *ledger, s *Study, want node) {
	f, j := s.Fit, len(d.names)
	names, at := d.endogenous()
	l.is("n", f.Weight, want.at("n").number())
	l.are("weights_std", f.Weights, want.at("weights_std").by(d.items))
	l.are("weights_unstd", over(f.Weights, f.SD), want.at("weights_unstd").by(d.items))
	l.are("weights_unstd_sum1", f.Unstandardised, want.at("weights_unstd_sum1").by(d.items))
	l.are("weights_std_sum1_plspm_rescale", d.blockShares(f.Weights), want.at("weights_std_sum1_plspm_rescale").by(d.items))
	l.are("loadings", f.Loadings, want.at("loadings").by(d.items))
	communality, redundancy := times(f.Loadings, f.Loadings), make([]float64, len(d.items))
	for i, c := range s.plan.owner {
		if r := f.R2[c]; !math.IsNaN(r) {
			redundancy[i] = communality[i] * r
		}
	}
	l.are("communality", communality, want.at("communality").by(d.items))
	l.are("redundancy", redundancy, want.at("redundancy").by(d.items))
	l.are("cross_loadings", f.Cross, want.at("cross_loadings").grid(d.items, d.names))
	l.are("lv_correlations", f.Correlations, want.at("lv_correlations").grid(d.names, d.names))
	l.are("path_coefficients", f.Paths, d.byPath(want.at("path_coefficients")))
	l.are("path_matrix", f.Direct, want.at("path_matrix_from_row_to_col").grid(d.names, d.names))
	l.are("total_effects", f.Total, want.at("total_effects_from_row_to_col").grid(d.names, d.names))
	l.are("indirect_effects", minus(f.Total, f.Direct), want.at("indirect_effects_from_row_to_col").grid(d.names, d.names))
	l.are("r_squared", pick(f.R2, at), want.at("r_squared").by(names))
	l.are("r_squared_adj", pick(f.AdjustedR2, at), want.at("r_squared_adj").by(names))
	d.compareRegressions(l, f, want)
	l.are("f_squared", f.FSquared, d.byPath(want.at("f_squared")))
	l.are("vif_antecedents", f.VIF, d.byPath(want.at("vif_antecedents")))
	l.are("vif_full_collinearity", diagonalOfInverse(f.Correlations, j), want.at("vif_full_collinearity").by(d.names))
	l.are("vif_items_within_block", f.ItemVIF, want.at("vif_items_within_block").by(d.items))
	l.are("alpha_standardised", f.AlphaStandardised, want.at("alpha_standardised").by(d.names))
	l.are("alpha_raw_covariance", f.Alpha, want.at("alpha_raw_covariance").by(d.names))
	l.are("rho_C", f.RhoC, want.at("rho_C").by(d.names))
	l.are("rho_A", f.RhoA, want.at("rho_A").by(d.names))
	l.are("ave", f.AVE, want.at("ave").by(d.names))
	l.below("htmt_signed_lower", d, d.otherHTMT(s, false), want.at("htmt_signed_lower"), false)
	l.below("htmt2_abs_lower", d, d.otherHTMT(s, true), want.at("htmt2_abs_lower"), false)
	l.below("htmt_abs_lower", d, f.HTMT, want.at("htmt_abs_lower"), false)
	l.below("fornell_larcker", d, outerDiagonal(f.Correlations, roots(f.AVE)), want.at("fornell_larcker_lower_sqrtAVE_diag"), true)
	l.is("gof_multi_item_blocks", f.GoFMultiItem, want.at("gof_multi_item_blocks").number())
	l.is("gof_all_blocks", f.GoF, want.at("gof_all_blocks").number())
	l.are("index_0_100", scale(f.Index, 1), want.at("index_0_100").by(d.names))
	l.are("index_0_100_sd_n_minus_1", scale(f.IndexSD, 0), want.at("index_0_100_sd_n_minus_1").by(d.names))
	direct := make([]float64, j*j)
	for k, b := range f.Direct {
		direct[k] = b * f.IndexSD[k%j] / f.IndexSD[k/j]
	}
	l.are("ipma_unstandardised_paths", direct, want.at("ipma_unstandardised_paths_from_row_to_col").grid(d.names, d.names))
	l.are("ipma_unstandardised_total_effects", f.Points, want.at("ipma_unstandardised_total_effects_from_row_to_col").grid(d.names, d.names))
	if want.has("srmr_csem_composite") {
		l.is("srmr_csem_composite.estimated", f.SRMR, want.at("srmr_csem_composite", "estimated").number())
		l.is("srmr_csem_composite.saturated", f.SRMRSaturated, want.at("srmr_csem_composite", "saturated").number())
	}
}

func (d design) compareRegressions(l *ledger, f *Fit, want node) {
	for k, p := range d.Paths {
		ols := want.at("inner_ols", d.names[p.To])
		i := slices.Index(ols.at("from").texts(), d.names[p.From])
		l.is("inner_ols.df", f.DF[k], ols.at("df").number())
		l.is("inner_ols.estimate", f.Paths[k], ols.at("estimate").numbers()[i])
		l.is("inner_ols.se", f.SE[k], ols.at("se").numbers()[i])
		l.is("inner_ols.t", f.T[k], ols.at("t").numbers()[i])
		l.is("inner_ols.p", f.P[k], ols.at("p").numbers()[i])
	}
}

// usable returns the rows as they are estimated, missing answers treated.
func (a answers) usable(items []string, missing Missing) [][]float64 {
	var out [][]float64
	means := make([]float64, len(items))
	for k, name := range items {
		n := 0.0
		for _, x := range a.columns[name] {
			if !math.IsNaN(x) {
				means[k], n = means[k]+x, n+1
			}
		}
		means[k] /= n
	}
	for i := range a.n {
		row, whole := make([]float64, len(items)), true
		for k, name := range items {
			row[k] = a.columns[name][i]
			if math.IsNaN(row[k]) {
				row[k], whole = means[k], false
			}
		}
		if whole || missing == Mean {
			out = append(out, row)
		}
	}
	return out
}

// comparePeople compares scores of single rows, which the weights give.
func (d design) comparePeople(l *ledger, f *Fit, rows [][]float64, want node) {
	if !want.has("scores_first5_var_n_minus_1") {
		return
	}
	n := float64(len(rows))
	score := func(row []float64, c int, w []float64, standard bool) float64 {
		s, first := 0.0, 0
		for k := range c {
			first += d.Constructs[k].Items
		}
		for i := first; i < first+d.Constructs[c].Items; i++ {
			if standard {
				s += w[i] * (row[i] - f.Mean[i]) / f.SD[i]
			} else {
				s += w[i] * row[i]
			}
		}
		return s
	}
	for c, name := range d.names {
		for r := range 5 {
			z := score(rows[r], c, f.Weights, true)
			l.is("scores_first5_var_n_minus_1", z, want.at("scores_first5_var_n_minus_1").cell(want.at("scores_first5_var_n_minus_1", "rows").texts()[r], name))
			l.is("scores_first5_var_n_plspm", z*math.Sqrt(n/(n-1)), want.at("scores_first5_var_n_plspm").cell(want.at("scores_first5_var_n_plspm", "rows").texts()[r], name))
			x := (score(rows[r], c, f.Unstandardised, false) - 1) / 9 * 100
			l.is("index_0_100_scores_first5", x, want.at("index_0_100_scores_first5").cell(want.at("index_0_100_scores_first5", "rows").texts()[r], name))
		}
		variant := 0.0
		for i, w := range d.blockShares(f.Weights) {
			if _, own := d.ownerOf(i); own == name {
				variant += w * (f.Mean[i] - 1) / 9 * 100
			}
		}
		l.is("index_0_100_weights_std_sum1_variant", variant, want.at("index_0_100_weights_std_sum1_variant", name).number())
		for mod := range 3 {
			var x []float64
			for i, row := range rows {
				if (i+1)%3 == mod {
					x = append(x, (score(row, c, f.Unstandardised, false)-1)/9*100)
				}
			}
			part := want.at("index_0_100_by_row_mod3", "mod"+string(rune('0'+mod)))
			s, mean := spreadOf(x), 0.0
			for _, v := range x {
				mean += v / float64(len(x))
			}
			l.is("index_0_100_by_row_mod3.mean", mean, part.at("mean", name).number())
			l.is("index_0_100_by_row_mod3.se", s.SE/math.Sqrt(float64(len(x))), part.at("se", name).number())
		}
	}
}

func (d design) ownerOf(item int) (int, string) {
	for c, b := range d.Constructs {
		if item < b.Items {
			return c, d.names[c]
		}
		item -= b.Items
	}
	return -1, ""
}

// compareConsistent compares consistent PLS.
func (d design) compareConsistent(l *ledger, data answers, missing Missing, want node) {
	d.Consistent = true
	s, err := Estimate(d.Model, data.rows(d.items), missing)
	if err != nil {
		l.t.Errorf("%s: consistent: %v", l.name, err)
		return
	}
	names, at := d.endogenous()
	f, w := s.Fit, want.at("plsc")
	l.are("plsc.lv_correlations", f.Correlations, w.at("lv_correlations").grid(d.names, d.names))
	l.are("plsc.path_coefficients", f.Paths, d.byPath(w.at("path_coefficients")))
	l.are("plsc.r_squared", pick(f.R2, at), w.at("r_squared").by(names))
	l.are("plsc.total_effects", f.Total, w.at("total_effects_from_row_to_col").grid(d.names, d.names))
	l.are("plsc.vif_antecedents", f.VIF, d.byPath(w.at("vif_antecedents")))
	l.are("plsc.loadings", f.Loadings, w.at("loadings").by(d.items))
	l.are("plsc.ave", f.AVE, w.at("ave").by(d.names))
	l.are("plsc.rho_C", f.RhoC, w.at("rho_C").by(d.names))
	if want.has("srmr_csem_plsc") {
		l.is("srmr_csem_plsc.estimated", f.SRMR, want.at("srmr_csem_plsc", "estimated").number())
		l.is("srmr_csem_plsc.saturated", f.SRMRSaturated, want.at("srmr_csem_plsc", "saturated").number())
	}
}

// reestimated is f² of every path with the whole model estimated again without it.
func (d design) reestimated(t *testing.T, data answers, missing Missing, f *Fit) []float64 {
	t.Helper()
	out := make([]float64, len(d.Paths))
	for k, p := range d.Paths {
		less := d
		less.Paths = slices.Delete(slices.Clone(d.Paths), k, k+1)
		r2 := 0.0
		s, err := Estimate(less.Model, data.rows(d.items), missing)
		var e *Error
		switch {
		case errors.As(err, &e) && e.Fault == Unrelated: // its only path: nothing is explained without it
		case err != nil:
			t.Fatal(err)
		case !math.IsNaN(s.Fit.R2[p.To]):
			r2 = s.Fit.R2[p.To]
		}
		out[k] = (f.R2[p.To] - r2) / (1 - f.R2[p.To])
	}
	return out
}

func over(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] / b[i]
	}
	return out
}

func times(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] * b[i]
	}
	return out
}

// blockShares divides weights by the sum of their block.
func (d design) blockShares(w []float64) []float64 {
	out, at := make([]float64, len(w)), 0
	for _, c := range d.Constructs {
		sum := 0.0
		for _, x := range w[at : at+c.Items] {
			sum += x
		}
		for i := range c.Items {
			out[at+i] = w[at+i] / sum
		}
		at += c.Items
	}
	return out
}

func diagonalOfInverse(m []float64, k int) []float64 {
	l, out := slices.Clone(m), make([]float64, k)
	if factor(l, k, 0) >= 0 {
		return nans(k)
	}
	inverseDiagonal(l, k, out, make([]float64, k))
	return out
}

// otherHTMT is the ratio by its two other definitions, from the correlations
// behind the estimate: signed arithmetic means, or geometric means of |r|.
func (d design) otherHTMT(s *Study, geometric bool) []float64 {
	e, j := newEngine(s.plan), len(d.names)
	if err := e.correlate(s.moments.cov); err != nil {
		return nil
	}
	mean := func(a, b int) float64 {
		sum, n := 0.0, 0.0
		for i := e.first[a]; i < e.first[a+1]; i++ {
			for k := e.first[b]; k < e.first[b+1]; k++ {
				if a == b && k >= i {
					continue
				}
				if r := e.r[i*e.p+k]; geometric {
					sum += math.Log(math.Abs(r))
				} else {
					sum += r
				}
				n++
			}
		}
		switch {
		case n == 0:
			return 1
		case geometric:
			return math.Exp(sum / n)
		}
		return sum / n
	}
	out := make([]float64, j*j)
	for a := range j {
		for b := range j {
			out[a*j+b] = mean(a, b) / math.Sqrt(mean(a, a)*mean(b, b))
		}
	}
	return out
}
