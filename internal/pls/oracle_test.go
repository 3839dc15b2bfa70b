package pls

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// tolerance9 is that of all comparisons: the iterations stop at 1e-12 and at
// 1e-14 there, and nothing later loses more than three digits. It is absolute
// below 1 in size and relative above.
const tolerance9 = 1e-9

const free = "testdata/pls_ccsi"

func ccsi(t *testing.T) (expected node, names []string) {
	return read(t, filepath.Join(free, "expected.json")), []string{"image", "expectation", "product_quality", "service_quality", "value", "satisfaction", "loyalty"}
}

func TestSimulatedModelAgreesWithR(t *testing.T) {
	e, names := ccsi(t)
	complete, holed := readAnswers(t, filepath.Join(free, "data.csv")), readAnswers(t, filepath.Join(free, "data_missing.csv"))
	for _, scheme := range []string{"path", "centroid", "factorial"} {
		for _, c := range []struct {
			name    string
			want    node
			data    answers
			missing Missing
			b       string
		}{
			{"schemes", e.at("schemes", scheme), complete, Mean, ""},
			{"mode_b", e.at("mode_b_product_quality", scheme), complete, Mean, "product_quality"},
			{"missing_mean", e.at("missing_mean_replacement", scheme), holed, Mean, ""},
			{"missing_listwise", e.at("missing_listwise", scheme), holed, Listwise, ""},
		} {
			t.Run(c.name+"/"+scheme, func(t *testing.T) {
				d := makeDesign(names, e.at("blocks"), e.at("edges"), func(n string) string {
					if n == c.b {
						return "B"
					}
					return "A"
				}, scheme)
				l := newLedger(t, "pls_ccsi/"+c.name+"/"+scheme)
				s := d.estimate(t, c.data, c.missing)
				d.compareFree(l, s.Fit, c.want)
			})
		}
	}
}

// compareFree compares with an entry of oracle-free/pls_ccsi.
func (d design) compareFree(l *ledger, f *Fit, want node) {
	names, at := d.endogenous()
	l.is("n", float64(f.N), want.at("n").number())
	l.are("weights_std", f.Weights, want.at("weights_std").by(d.items))
	l.are("weights_unstd_sum1", f.Unstandardised, want.at("weights_unstd_sum1").by(d.items))
	l.are("loadings", f.Loadings, want.at("loadings").by(d.items))
	l.are("construct_correlations", f.Correlations, want.at("construct_correlations").grid(d.names, d.names))
	l.are("paths", f.Paths, d.byPath(want.at("paths")))
	l.are("r2", pick(f.R2, at), want.at("r2").by(names))
	l.are("r2_adj", pick(f.AdjustedR2, at), want.at("r2_adj").by(names))
	l.are("index_0_100", scale(f.Index, 1), want.at("index_0_100").by(d.names))
	if !want.has("ols") {
		return
	}
	l.are("cross_loadings", f.Cross, want.at("cross_loadings").grid(d.items, d.names))
	for k, p := range d.Paths {
		ols, from := want.at("ols", d.names[p.To]), d.names[p.From]
		l.is("ols.df", f.DF[k], ols.at("df").number())
		l.is("ols.se", f.SE[k], ols.at("se", from).number())
		l.is("ols.t", f.T[k], ols.at("t", from).number())
		l.is("ols.p", f.P[k], ols.at("p", from).number())
	}
	l.are("f2_scores_fixed", f.FSquared, d.byPath(want.at("f2_scores_fixed")))
	l.are("vif_inner", f.VIF, d.byPath(want.at("vif_inner")))
	l.are("vif_items", f.ItemVIF, want.at("vif_items").by(d.items))
	l.are("total_effects", f.Total, want.at("total_effects_from_row_to_col").grid(d.names, d.names))
	l.are("indirect_effects", minus(f.Total, f.Direct), want.at("indirect_effects_from_row_to_col").grid(d.names, d.names))
	l.are("alpha_covariance", f.Alpha, want.at("alpha_covariance").by(d.names))
	l.are("alpha_standardised", f.AlphaStandardised, want.at("alpha_standardised").by(d.names))
	l.are("rho_A", f.RhoA, want.at("rho_A").by(d.names))
	l.are("rho_C", f.RhoC, want.at("rho_C").by(d.names))
	l.are("ave", f.AVE, want.at("ave").by(d.names))
	l.below("htmt_mean_abs_r", d, f.HTMT, want.at("htmt_mean_abs_r"), false)
	l.below("fornell_larcker", d, outerDiagonal(f.Correlations, roots(f.AVE)), want.at("fornell_larcker"), true)
	l.is("gof", f.GoF, want.at("gof").number())
	l.are("index_0_100_sd", scale(f.IndexSD, 0), want.at("index_0_100_sd").by(d.names))
	l.are("ipma_performance", scale(f.Index, 1), want.at("ipma_performance").by(d.names))
	l.are("ipma_unstandardised_total_effects", f.Points, want.at("ipma_unstandardised_total_effects_from_row_to_col").grid(d.names, d.names))
	for _, target := range []string{"satisfaction", "loyalty"} {
		for from, x := range want.at("ipma_importance_" + target).v.(map[string]any) {
			l.is("ipma_importance", f.Points[slices.Index(d.names, from)*len(d.names)+slices.Index(d.names, target)], x.(float64))
		}
	}
}

func minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

func roots(x []float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = math.Sqrt(v)
	}
	return out
}

// resamples reads lists of row numbers from 1.
func resamples(t *testing.T, name string, head bool) [][]int32 {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]int32
	for i, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if head && i == 0 {
			continue
		}
		var rows []int32
		for cell := range strings.SplitSeq(line, ",") {
			var k int32
			if _, err := fmt.Sscan(cell, &k); err != nil {
				t.Fatal(err)
			}
			rows = append(rows, k-1)
		}
		out = append(out, rows)
	}
	return out
}

// redo estimates the given resamples: out[figure][resample].
func (st *Study) redo(lists [][]int32) (layout, [][]float64) {
	l := st.plan.layout(false)
	run, figures := st.resampler(&l), make([]float64, l.size)
	out := make([][]float64, l.size)
	for _, rows := range lists {
		times := make([]uint16, st.sample.size())
		for _, r := range rows {
			times[r]++
		}
		run(func(into sums) { st.sample.draw(times, into) }, figures)
		for f, x := range figures {
			out[f] = append(out[f], x)
		}
	}
	return l, out
}

func TestFixedResamplesAgreeWithR(t *testing.T) {
	e, names := ccsi(t)
	data, lists := readAnswers(t, filepath.Join(free, "data.csv")), resamples(t, filepath.Join(free, "resamples.csv"), false)
	for _, scheme := range []string{"path", "centroid", "factorial"} {
		t.Run(scheme, func(t *testing.T) {
			d := makeDesign(names, e.at("blocks"), e.at("edges"), func(string) string { return "A" }, scheme)
			l := newLedger(t, "pls_ccsi/resamples/"+scheme)
			lay, got := d.estimate(t, data, Mean).redo(lists)
			want := e.at("resamples_1_based", scheme)
			for k, p := range d.Paths {
				label := names[p.From] + " -> " + names[p.To]
				if want.has("paths_by_resample") {
					m := want.at("paths_by_resample")
					for b := range lists {
						l.is("paths_by_resample", got[lay.paths+k][b], m.cell(strconv.Itoa(b+1), label))
					}
				}
				l.spread(want, label, got[lay.paths+k])
			}
			for c, name := range names {
				l.spread(want, "index "+name, scale(got[lay.index+c], 1))
			}
		})
	}
}

func (l *ledger) spread(want node, label string, x []float64) {
	s, sum := spreadOf(x), 0.0
	for _, v := range x {
		sum += v
	}
	l.is("mean", sum/float64(len(x)), want.at("mean", label).number())
	l.is("se_sd_n_minus_1", s.SE, want.at("se_sd_n_minus_1", label).number())
	l.is("q025_type7", s.Low, want.at("q025_type7", label).number())
	l.is("q975_type7", s.High, want.at("q975_type7", label).number())
}
