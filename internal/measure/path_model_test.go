package measure_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// ccsi is the folder of the simulated index model with its numbers of R.
const ccsi = "../pls/testdata/pls_ccsi/"

// block is one construct of that model.
var ccsiBlocks = []struct {
	id    string
	items []string
}{
	{"image", []string{"im1", "im2", "im3", "im4"}},
	{"expectation", []string{"ex1", "ex2", "ex3"}},
	{"product_quality", []string{"pq1", "pq2", "pq3", "pq4"}},
	{"service_quality", []string{"sq1", "sq2", "sq3", "sq4"}},
	{"value", []string{"va1", "va2", "va3"}},
	{"satisfaction", []string{"sa1", "sa2", "sa3"}},
	{"loyalty", []string{"lo1", "lo2", "lo3", "lo4"}},
}

const ccsiPaths = `[[image, expectation], [image, satisfaction], [image, loyalty], [expectation, product_quality], [expectation, service_quality],
      [expectation, value], [product_quality, value], [product_quality, satisfaction], [service_quality, value], [service_quality, satisfaction], [value, satisfaction], [satisfaction, loyalty]]`

// modelSurvey is the definition of that survey; more is appended to the
// analysis, top to the survey.
func modelSurvey(more, top string) string {
	var b strings.Builder
	b.WriteString("manyi: 1\nid: cafe\nlanguages: [en]\ntitle: x\nscales:\n  ten: {points: 1..10, level: interval, low: low, high: high}\npages:\n  - id: a\n    questions:\n")
	for _, c := range ccsiBlocks {
		for _, i := range c.items {
			fmt.Fprintf(&b, "      - {id: %s, type: rating, scale: ten, text: %s}\n", i, i)
		}
	}
	b.WriteString(top + "analyses:\n  - id: model\n    method: path_model\n    bootstrap: {resamples: 200, seed: 3}\n    paths: " + ccsiPaths + "\n    constructs:\n")
	for _, c := range ccsiBlocks {
		mode := ""
		if strings.Contains(more, "B:"+c.id) {
			mode = ", mode: B"
		}
		fmt.Fprintf(&b, "      %s: {items: [%s]%s}\n", c.id, strings.Join(c.items, ", "), mode)
	}
	for line := range strings.SplitSeq(more, "\n") {
		if line != "" && !strings.HasPrefix(line, "B:") {
			b.WriteString("    " + line + "\n")
		}
	}
	return b.String()
}

// measured computes a survey from a table of answers with a header.
func pathMeasured(t *testing.T, definition string, rows [][]string) *measure.Results {
	t.Helper()
	var problems diag.List
	fail := func() {
		if problems.Has(diag.Error) {
			var b strings.Builder
			_ = problems.WriteText(&b, "en")
			t.Fatal(b.String())
		}
	}
	s := survey.Parse(fstest.MapFS{"surveys/cafe/survey.yaml": {Data: []byte(definition)}}, "surveys/cafe", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	fail()
	var text strings.Builder
	w := csv.NewWriter(&text)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	source := table.Source{Name: "a.csv", Columns: map[string]string{"id": "_id"}, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text.String())), nil }}
	opt := table.Options{Weight: s.Weight}
	for _, w := range s.Waves {
		opt.Waves = append(opt.Waves, w.ID)
	}
	answers, err := table.Read(s.Schema(), []table.Source{source}, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	fail()
	return measure.Compute(s, answers, measure.Options{MinCell: 5})
}

func csvRows(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func modelIn(t *testing.T, b *measure.Block) *measure.PathModel {
	t.Helper()
	m, ok := b.Analyses["model"].(*measure.PathModel)
	if !ok {
		t.Fatalf("got %T", b.Analyses["model"])
	}
	return m
}

// worst keeps the largest difference of each figure.
type worst map[string]float64

func (w worst) is(t *testing.T, key string, got measure.Number, want float64) {
	t.Helper()
	d := math.Abs(float64(got)-want) / max(1, math.Abs(want))
	w[key] = max(w[key], d)
	if !(d <= 1e-9) {
		t.Errorf("%s: got %v, want %v", key, got, want)
	}
}

func TestPathModelAgreesWithR(t *testing.T) {
	raw, err := os.ReadFile(ccsi + "expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	for _, scheme := range []string{"path", "centroid", "factorial"} {
		for _, c := range []struct{ key, file, more string }{
			{"schemes", "data.csv", ""},
			{"mode_b_product_quality", "data.csv", "B:product_quality"},
			{"missing_mean_replacement", "data_missing.csv", "missing: mean"},
			{"missing_listwise", "data_missing.csv", "missing: listwise"},
		} {
			t.Run(c.key+"/"+scheme, func(t *testing.T) {
				m := modelIn(t, pathMeasured(t, modelSurvey(c.more+"\nscheme: "+scheme, ""), csvRows(t, ccsi+c.file)).Block)
				e, w := want[c.key].(map[string]any)[scheme], worst{}
				compareModel(t, w, m, e)
				keys := make([]string, 0, len(w))
				for k := range w {
					keys = append(keys, k)
				}
				slices.Sort(keys)
				for _, k := range keys {
					t.Logf("path_model × pls_ccsi/%s/%s × %-24s largest difference %.1e", c.key, scheme, k, w[k])
				}
			})
		}
	}
}

func compareModel(t *testing.T, w worst, m *measure.PathModel, e any) {
	t.Helper()
	w.is(t, "n", measure.Number(m.N), at(t, e, "n"))
	for _, p := range m.Paths {
		w.is(t, "paths.coefficient", p.Coefficient, at(t, e, "paths", p.To, p.From))
	}
	for _, c := range m.Constructs {
		w.is(t, "index", c.Index, at(t, e, "index_0_100", c.ID))
		if c.ID != "image" {
			w.is(t, "r_squared", c.RSquared, at(t, e, "r2", c.ID))
			w.is(t, "adjusted_r_squared", c.Adjusted, at(t, e, "r2_adj", c.ID))
		}
		for _, i := range c.Indicators {
			w.is(t, "weight", i.Weight, at(t, e, "weights_std", i.ID))
			w.is(t, "index_weight", i.Share, at(t, e, "weights_unstd_sum1", i.ID))
			w.is(t, "loading", i.Loading, at(t, e, "loadings", i.ID))
		}
	}
	if _, full := e.(map[string]any)["ols"]; !full {
		return
	}
	for _, p := range m.Paths {
		w.is(t, "f_squared", p.FSquared, at(t, e, "f2_scores_fixed", p.To, p.From))
		w.is(t, "vif", p.VIF, at(t, e, "vif_inner", p.To, p.From))
		w.is(t, "ols.se", p.OLS.SE, at(t, e, "ols", p.To, "se", p.From))
		w.is(t, "ols.t", p.OLS.T, at(t, e, "ols", p.To, "t", p.From))
		w.is(t, "ols.p", p.OLS.P, at(t, e, "ols", p.To, "p", p.From))
	}
	for _, c := range m.Constructs {
		w.is(t, "alpha", c.Alpha, at(t, e, "alpha_covariance", c.ID))
		w.is(t, "alpha_standardised", c.AlphaStd, at(t, e, "alpha_standardised", c.ID))
		w.is(t, "rho_a", c.RhoA, at(t, e, "rho_A", c.ID))
		w.is(t, "rho_c", c.RhoC, at(t, e, "rho_C", c.ID))
		w.is(t, "ave", c.AVE, at(t, e, "ave", c.ID))
		w.is(t, "index_sd", c.IndexSD, at(t, e, "index_0_100_sd", c.ID))
		for _, i := range c.Indicators {
			w.is(t, "indicator.vif", i.VIF, at(t, e, "vif_items", i.ID))
		}
	}
	w.is(t, "gof", m.GoF, at(t, e, "gof"))
	for _, l := range m.IPMA {
		w.is(t, "ipma.importance", l.Importance, at(t, e, "ipma_importance_satisfaction", l.Construct))
		w.is(t, "ipma.performance", l.Performance, at(t, e, "ipma_performance", l.Construct))
	}
	cell := func(key, row, col string) float64 {
		g := e.(map[string]any)[key].(map[string]any)
		r, c := slices.Index(g["rows"].([]any), any(row)), slices.Index(g["cols"].([]any), any(col))
		v, _ := g["data"].([]any)[r].([]any)[c].(float64)
		return v
	}
	for _, x := range m.Effects {
		w.is(t, "effects.total", x.Total, cell("total_effects_from_row_to_col", x.From, x.To))
		w.is(t, "effects.indirect", x.Indirect, cell("indirect_effects_from_row_to_col", x.From, x.To))
		w.is(t, "effects.points", x.Points, cell("ipma_unstandardised_total_effects_from_row_to_col", x.From, x.To))
	}
	for _, h := range m.HTMT {
		w.is(t, "htmt", h.Value, cell("htmt_mean_abs_r", h.B, h.A))
		w.is(t, "fornell_larcker", m.Larcker[h.B][h.A], cell("fornell_larcker", h.B, h.A))
	}
	for item, row := range m.Cross {
		for construct, x := range row {
			w.is(t, "cross_loadings", x, cell("cross_loadings", item, construct))
		}
	}
}

func TestWeightsOfASurveyAreCountsUpToTheirScale(t *testing.T) {
	rows := csvRows(t, ccsi+"data.csv")
	weighted, repeated := [][]string{append(slices.Clone(rows[0]), "w")}, [][]string{rows[0]}
	for i, row := range rows[1:] {
		n := i % 3 // 0, 1 or 2
		weighted = append(weighted, append(slices.Clone(row), fmt.Sprint(n)))
		for k := range n {
			again := slices.Clone(row)
			again[0] = fmt.Sprintf("%s-%d", row[0], k)
			repeated = append(repeated, again)
		}
	}
	a := modelIn(t, pathMeasured(t, modelSurvey("", "weights: {column: w}\n"), weighted).Block)
	b := modelIn(t, pathMeasured(t, modelSurvey("", ""), repeated).Block)
	w := worst{}
	for k := range a.Paths {
		w.is(t, "coefficient", a.Paths[k].Coefficient, float64(b.Paths[k].Coefficient))
	}
	for k := range a.Constructs {
		w.is(t, "index", a.Constructs[k].Index, float64(b.Constructs[k].Index))
	}
	if a.N != 266 {
		t.Errorf("base %d, want the 266 responses with a weight", a.N)
	}
}

// grouped is the data with a region: the first n rows are small, the rest a or b.
func grouped(rows [][]string, n int) [][]string {
	out := [][]string{append(slices.Clone(rows[0]), "region")}
	for i, row := range rows[1:] {
		code := []string{"a", "b"}[i%2]
		if i < n {
			code = "small"
		}
		out = append(out, append(slices.Clone(row), code))
	}
	return out
}

const regions = "hidden:\n  - {id: region, from: r, allow: [a, b, small]}\nsegments: [region]\n"

func TestSegmentsHaveTheWeightsOfTheWholeWave(t *testing.T) {
	r := pathMeasured(t, modelSurvey("", regions), grouped(csvRows(t, ccsi+"data.csv"), 40))
	whole := modelIn(t, r.Block)
	sum := map[string]float64{}
	for _, code := range []string{"a", "b", "small"} {
		m := modelIn(t, r.BySegment["region"][code])
		if m.Why != "" || m.Weights != "whole_wave" {
			t.Fatalf("%s: %q, weights %q", code, m.Why, m.Weights)
		}
		for k, c := range m.Constructs {
			sum[c.ID] += float64(c.Index) * float64(m.N) / float64(whole.N)
			for i := range c.Indicators {
				if d := math.Abs(float64(c.Indicators[i].Share - whole.Constructs[k].Indicators[i].Share)); d > 1e-12 {
					t.Errorf("%s: %s: another weight", code, c.Indicators[i].ID)
				}
			}
		}
	}
	for _, c := range whole.Constructs {
		if math.Abs(sum[c.ID]-float64(c.Index)) > 1e-9 {
			t.Errorf("%s: groups make %v together, all %v", c.ID, sum[c.ID], c.Index)
		}
	}
	if len(whole.Groups) != 3 {
		t.Errorf("%d pairs compared, want 3", len(whole.Groups))
	}
}

func TestSmallGroupsAreNotModelledNorCompared(t *testing.T) {
	r := pathMeasured(t, modelSurvey("", regions), grouped(csvRows(t, ccsi+"data.csv"), 12))
	if m := modelIn(t, r.BySegment["region"]["small"]); m.Why != measure.TooFewModelled || len(m.Constructs) != 0 {
		t.Errorf("12 responses: %q, %d constructs", m.Why, len(m.Constructs))
	}
	if g := modelIn(t, r.Block).Groups; len(g) != 1 || g[0].A != "a" || g[0].B != "b" {
		t.Errorf("got %v", g)
	}
	r = pathMeasured(t, modelSurvey("", regions), grouped(csvRows(t, ccsi+"data.csv"), 3))
	body, err := json.Marshal(r.BySegment["region"]["small"])
	if err != nil || strings.Contains(string(body), "constructs") {
		t.Errorf("3 responses are shown: %s", body)
	}
	if g := modelIn(t, r.Block).Groups; len(g) > 0 && (g[0].A == "small" || g[0].B == "small") {
		t.Errorf("a hidden group is compared: %v", g[0])
	}
}

func TestModelsWithoutAnEstimateSayWhy(t *testing.T) {
	rows := csvRows(t, ccsi+"data.csv")
	column := slices.Index(rows[0], "va2")
	change := func(do func(row []string)) [][]string {
		out := [][]string{rows[0]}
		for _, r := range rows[1:] {
			r = slices.Clone(r)
			do(r)
			out = append(out, r)
		}
		return out
	}
	for _, c := range []struct {
		name, why string
		rows      [][]string
	}{
		{"nobody", measure.TooFewModelled, rows[:1]},
		{"one", measure.TooFewModelled, rows[:2]},
		{"two", measure.TooFewModelled, rows[:3]},
		{"twenty-nine", measure.TooFewModelled, rows[:30]},
		{"an item that all answer alike", measure.ConstantItem + ":va2", change(func(r []string) { r[column] = "7" })},
		{"an item without answers", measure.ConstantItem + ":va2", change(func(r []string) { r[column] = "" })},
		{"nothing answered", measure.TooFewModelled, change(func(r []string) { clear(r[1:]) })},
		{"thirty", "", rows[:31]},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := pathMeasured(t, modelSurvey("", ""), c.rows).Block
			m, ok := b.Analyses["model"].(*measure.PathModel)
			if !ok { // hidden: fewer than five responses
				if len(c.rows) > 5 {
					t.Fatalf("got %T", b.Analyses["model"])
				}
				return
			}
			if m.Why != c.why {
				t.Errorf("got %q, want %q", m.Why, c.why)
			}
			if _, err := json.Marshal(m); err != nil {
				t.Error(err)
			}
		})
	}
	m := modelIn(t, pathMeasured(t, modelSurvey("", ""), rows[:31]).Block)
	if !slices.Contains(m.Warnings, measure.FewForArrows+":40") {
		t.Errorf("30 responses for 4 arrows: warnings %v", m.Warnings)
	}
}

func TestWavesAreComparedByPermutation(t *testing.T) {
	rows := csvRows(t, ccsi+"data.csv")
	out := [][]string{append(slices.Clone(rows[0]), "_wave")}
	for i, r := range rows[1:] {
		out = append(out, append(slices.Clone(r), []string{"1", "2"}[i%2]))
	}
	r := pathMeasured(t, modelSurvey("", "waves:\n  - {id: \"1\", label: one}\n  - {id: \"2\", label: two}\n"), out)
	m := modelIn(t, r.Block)
	if len(m.Groups) != 1 || m.Groups[0].Segment != "" || m.Groups[0].Permutations != 200 {
		t.Fatalf("got %+v", m.Groups)
	}
	first := modelIn(t, r.ByWave["1"])
	for k, x := range m.Groups[0].Index {
		if math.Abs(float64(x.InA-first.Constructs[k].Index)) > 1e-9 || math.Abs(float64(x.InB-m.Constructs[k].Index)) > 1e-9 {
			t.Errorf("%s: %v and %v, in the waves %v and %v", x.Construct, x.InA, x.InB, first.Constructs[k].Index, m.Constructs[k].Index)
		}
		if !(x.P > 0 && x.P <= x.Holm && x.Holm <= 1) {
			t.Errorf("%s: p %v, adjusted %v", x.Construct, x.P, x.Holm)
		}
	}
}
