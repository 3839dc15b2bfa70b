package stat

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// shared is the folder of foreign oracles, which is read where it is present.
const shared = "../../../shared/oracle/"

// sharedOracle opens a folder of oracles or skips the test.
func sharedOracle(t *testing.T, name string) (object, sheet) {
	t.Helper()
	dir := filepath.Join(shared, name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no %s here", dir)
	}
	return readJSON(t, filepath.Join(dir, "expected.json")), readCSV(t, filepath.Join(dir, "data.csv"))
}

// complete returns the rows of columns in which all are answered.
func (s sheet) complete(names []string) [][]float64 {
	columns := make([][]float64, len(names))
	for i, name := range names {
		columns[i] = s.numbers(name)
	}
	var out [][]float64
	for row := range s.rows {
		var r []float64
		for _, c := range columns {
			r = append(r, c[row])
		}
		if !slices.ContainsFunc(r, math.IsNaN) {
			out = append(out, r)
		}
	}
	return out
}

// covariances returns n, means and covariances of rows.
func covariances(rows [][]float64, k int) (n int, means []float64, c [][]float64) {
	means, c = make([]float64, k), make([][]float64, k)
	for i := range c {
		c[i] = make([]float64, k)
	}
	for _, r := range rows {
		for i, x := range r {
			means[i] += x / float64(len(rows))
		}
	}
	for _, r := range rows {
		for i := range r {
			for j := range r {
				c[i][j] += (r[i] - means[i]) * (r[j] - means[j]) / float64(len(rows)-1)
			}
		}
	}
	return len(rows), means, c
}

func (s sheet) reliability(names []string) Reliability {
	return ReliabilityOf(covariances(s.complete(names), len(names)))
}

func TestReliabilityOfMobiAgreesWithR(t *testing.T) {
	want, data := sharedOracle(t, "mobi_reliability")
	l := newLedger(t)
	for _, block := range want.at("alpha").keys() {
		names := want.at("blocks").words(block)
		got := data.reliability(names)
		compareAlpha(l, "mobi_reliability", got, want.at("alpha", block), names)
	}
	blocks := want.at("blocks")
	for key, names := range map[string][]string{"Quality": blocks.words("Quality"), "Image_Quality": append(blocks.words("Image"), blocks.words("Quality")...)} {
		compareKMO(l, "mobi_reliability", data.reliability(names), want.at("kmo_bartlett", key), names)
	}
	all := want.at("kmo_bartlett", "All24", "msa_items").keys()
	compareKMO(l, "mobi_reliability", data.reliability(all), want.at("kmo_bartlett", "All24"), all)
	l.print()
}

// words reads a list of texts.
func (o object) words(key string) []string {
	var out []string
	for _, w := range o.value[key].([]any) {
		out = append(out, w.(string))
	}
	return out
}

func compareAlpha(l ledger, oracle string, got Reliability, want object, names []string) {
	l.t.Helper()
	l.near("alpha", oracle, got.Alpha, want.number("raw_alpha"))
	l.near("alpha standardised", oracle, got.Standardised, want.number("std_alpha"))
	l.near("average r", oracle, got.AverageR, want.number("average_r"))
	l.near("alpha interval", oracle, got.Low, want.number("feldt_ci95_low"))
	l.near("alpha interval", oracle, got.High, want.number("feldt_ci95_high"))
	for i, name := range names {
		item := want.at("item_stats", name)
		l.near("item-total r", oracle, got.Items[i].ItemTotal, item.number("raw_r_item_total"))
		l.near("item-rest r", oracle, got.Items[i].ItemRest, item.number("corrected_item_total_r_drop"))
		l.near("item mean", oracle, got.Items[i].Mean, item.number("mean"))
		l.near("item sd", oracle, got.Items[i].SD, item.number("sd"))
		if len(names) > 2 {
			l.near("alpha if dropped", oracle, got.Items[i].AlphaIfDropped, item.number("alpha_if_dropped_raw"))
		}
	}
}

func compareKMO(l ledger, oracle string, got Reliability, want object, names []string) {
	l.t.Helper()
	l.near("KMO", oracle, got.KMO, want.number("kmo_overall"))
	l.near("Bartlett", oracle, got.Bartlett.Statistic, want.number("bartlett_chisq"))
	l.near("Bartlett", oracle, got.Bartlett.DF, want.number("bartlett_df"))
	if p := want.number("bartlett_p"); p > 0 {
		l.relative("Bartlett p", oracle, 1e-6, got.Bartlett.P, p)
	}
	for i, name := range names {
		l.near("KMO", oracle, got.Items[i].KMO, want.at("msa_items").number(name))
	}
}

func TestReliabilityWithHolesAgreesWithR(t *testing.T) {
	want, data := sharedOracle(t, "mobi_missing")
	l := newLedger(t)
	names := []string{"PERQ1", "PERQ2", "PERQ3", "PERQ4", "PERQ5", "PERQ6", "PERQ7"}
	compareAlpha(l, "mobi_missing listwise", data.reliability(names), want.at("alpha_quality_listwise"), names)
	// The same figures from covariances over the rows that each pair has.
	k := len(names)
	means, c := make([]float64, k), make([][]float64, k)
	for i := range k {
		c[i] = make([]float64, k)
		for j := range k {
			_, m, pair := covariances(data.complete([]string{names[i], names[j]}), 2)
			c[i][j] = pair[0][1]
			if i == j {
				means[i] = m[0]
			}
		}
	}
	got, pairwise := ReliabilityOf(data.rows, means, c), want.at("alpha_quality_pairwise_psych")
	l.near("alpha", "mobi_missing pairwise", got.Alpha, pairwise.number("raw_alpha"))
	l.near("alpha standardised", "mobi_missing pairwise", got.Standardised, pairwise.number("std_alpha"))
	l.near("alpha interval", "mobi_missing pairwise", got.Low, pairwise.number("feldt_ci95_low"))
	l.near("alpha interval", "mobi_missing pairwise", got.High, pairwise.number("feldt_ci95_high"))
	l.print()
}

func TestReliabilityOfTheSimulatedSurveyAgreesWithR(t *testing.T) {
	want := readJSON(t, "testdata/satisfaction/expected.json")
	data := readCSV(t, "testdata/satisfaction/data.csv")
	l := newLedger(t)
	const oracle = "satisfaction"
	all := want.at("reliability", "all").words("items")
	rows := data.complete(all) // every facet is taken over the rows complete on all items
	for _, facet := range want.at("reliability").keys() {
		w := want.at("reliability", facet)
		names := w.words("items")
		var cut [][]float64
		for _, r := range rows {
			var part []float64
			for _, name := range names {
				part = append(part, r[slices.Index(all, name)])
			}
			cut = append(cut, part)
		}
		got := ReliabilityOf(covariances(cut, len(names)))
		l.near("alpha", oracle, float64(got.N), w.number("n"))
		l.near("alpha", oracle, got.Alpha, w.number("alpha"))
		l.near("alpha standardised", oracle, got.Standardised, w.number("alpha_standardised"))
		for i, name := range names {
			l.near("item-rest r", oracle, got.Items[i].ItemRest, w.at("item_rest_correlation").number(name))
			l.near("item-total r", oracle, got.Items[i].ItemTotal, w.at("item_total_correlation_uncorrected").number(name))
			l.near("alpha if dropped", oracle, got.Items[i].AlphaIfDropped, w.at("alpha_if_dropped").number(name))
		}
	}
	got := ReliabilityOf(covariances(rows, len(all)))
	l.near("KMO", oracle, got.KMO, want.at("kmo").number("overall"))
	l.near("Bartlett", oracle, got.Bartlett.Statistic, want.at("bartlett").number("chisq"))
	for i, name := range all {
		l.near("KMO", oracle, got.Items[i].KMO, want.at("kmo", "items").number(name))
	}
	l.print()
}

func TestReliabilityIsDefinedAtItsEdges(t *testing.T) {
	rows := [][]float64{{5, 4, 5}, {4, 4, 4}, {3, 3, 4}, {2, 3, 2}, {5, 5, 4}}
	if got := ReliabilityOf(covariances(rows, 3)); math.Abs(got.Alpha-.8864) > 5e-5 {
		t.Errorf("the demonstration of METHODS B15: alpha %v, want .8864", got.Alpha)
	}
	for name, c := range map[string]struct {
		rows    [][]float64
		k       int
		defined bool
	}{
		"none":              {nil, 3, false},
		"one row":           {[][]float64{{1, 2}}, 2, false},
		"one item":          {[][]float64{{1}, {2}, {3}}, 1, false},
		"all alike":         {[][]float64{{3, 3}, {3, 3}, {3, 3}}, 2, false},
		"a constant item":   {[][]float64{{1, 3}, {2, 3}, {5, 3}}, 2, true},
		"negative":          {[][]float64{{1, 5}, {2, 4}, {5, 2}, {3, 3}}, 2, true},
		"a repeated column": {[][]float64{{1, 1, 2}, {2, 2, 1}, {5, 5, 4}, {3, 3, 3}}, 3, true},
	} {
		got := ReliabilityOf(covariances(c.rows, c.k))
		if defined := !math.IsNaN(got.Alpha); defined != c.defined {
			t.Errorf("%s: alpha %v, want defined %v", name, got.Alpha, c.defined)
		}
		if name == "a repeated column" && !math.IsNaN(got.KMO) {
			t.Errorf("%s: KMO %v, want NaN: the correlations have no inverse", name, got.KMO)
		}
		if name == "negative" && !(got.Alpha < 0) {
			t.Errorf("%s: alpha %v", name, got.Alpha)
		}
	}
}
