package pls

import (
	"math"
	"path/filepath"
	"slices"
	"testing"
)

func TestMobiBootstrapAgreesWithR(t *testing.T) {
	e := expectedOf(t, "pls_bootstrap_mobi")
	ecsi := expectedOf(t, "pls_mobi_ecsi")
	data := readAnswers(t, filepath.Join(mobi, "pls_bootstrap_mobi", "data.csv"))
	lists := resamples(t, filepath.Join(mobi, "pls_bootstrap_mobi", "resample_indices.csv"), true)
	for _, scheme := range []string{"path", "centroid", "factorial"} {
		t.Run(scheme, func(t *testing.T) {
			l := newLedger(t, "pls_bootstrap_mobi/"+scheme)
			want := e.at("exact_resamples", scheme)
			d := makeDesign(ecsi.at("latent_variables").texts(), ecsi.at("schemes", scheme, "blocks"), ecsi.at("edges"), func(string) string { return "A" }, scheme)
			s := d.estimate(t, data, Mean)
			lay, got := s.redo(lists)
			jack := s.jackknife(&lay)
			columns, all := want.at("paths", "cols").texts(), want.at("paths", "data").v.([]any)
			for k, p := range d.Paths {
				label := d.names[p.From] + " -> " + d.names[p.To]
				c := slices.Index(columns, label)
				for b, row := range all {
					l.is("paths", got[lay.paths+k][b], node{t, row}.numbers()[c])
				}
				l.spread(want, label, got[lay.paths+k])
				for key, level := range map[string]float64{"q025_type6": .025, "q975_type6": .975} {
					l.is(key, type6(got[lay.paths+k], level), want.at(key, label).number())
				}
				if scheme == "path" {
					w := e.at("exact_resamples", "bca_path_scheme")
					low, high := bca(got[lay.paths+k], jack[lay.paths+k], s.Fit.Paths[k])
					l.is("bca.original", s.Fit.Paths[k], w.at("original", label).number())
					l.is("bca.acceleration_jackknife", acceleration(jack[lay.paths+k]), w.at("acceleration_jackknife", label).number())
					below := 0.0
					for _, x := range got[lay.paths+k] {
						if x < s.Fit.Paths[k] {
							below++
						}
					}
					l.is("bca.z0", normalQuantile(below/float64(len(all))), w.at("z0", label).number())
					l.is("bca.low_type7", low, w.at("low_type7", label).number())
					l.is("bca.high_type7", high, w.at("high_type7", label).number())
				}
			}
		})
	}
}

func TestOwnResamplesAreNearThoseOfPackages(t *testing.T) {
	e := expectedOf(t, "pls_bootstrap_mobi").at("approximate", "seminr_path_2000_seed123")
	ecsi := expectedOf(t, "pls_mobi_ecsi")
	data := readAnswers(t, filepath.Join(mobi, "pls_bootstrap_mobi", "data.csv"))
	d := makeDesign(ecsi.at("latent_variables").texts(), ecsi.at("schemes", "path", "blocks"), ecsi.at("edges"), func(string) string { return "A" }, "path")
	b := d.estimate(t, data, Mean).Bootstrap(BootstrapOptions{Resamples: 2000, Seed: 1})
	for k, p := range d.Paths {
		label := d.names[p.From] + " -> " + d.names[p.To]
		if se := e.at("se", label).number(); math.Abs(b.Paths[k].SE/se-1) > .1 {
			t.Errorf("%s: standard error %.4f, seminr's %.4f", label, b.Paths[k].SE, se)
		}
		if low := e.at("q025", label).number(); math.Abs(b.Paths[k].Low-low) > .03 {
			t.Errorf("%s: low %.4f, seminr's %.4f", label, b.Paths[k].Low, low)
		}
	}
}

// type6 is the quantile of SPSS: of the sorted values the (n+1)p-th.
func type6(x []float64, p float64) float64 {
	x = slices.Sorted(slices.Values(x))
	h := float64(len(x)+1) * p
	i := int(h)
	return x[i-1] + (h-float64(i))*(x[i]-x[i-1])
}
