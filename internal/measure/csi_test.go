package measure_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// indexDefinition is the simulated survey as an index in three levels; KEYS are
// more keys of the analysis, TOP more of the survey.
const indexDefinition = `manyi: 1
id: simulated
version: 1
languages: [en]
title: Simulated
scales:
  seven: {points: 1..7, low: low, high: high}
pages:
  - id: all
    questions:
      - {id: overall, type: rating, scale: seven, text: overall}
ITEMS
hidden:
  - {id: region, from: r, allow: [East, North, South, West]}
segments: [region]
TOP
analyses:
  - id: index
    method: csi
KEYS
    facets:
      - id: product
        weight: 0.6
        facets:
          - {id: quality, weight: 0.55, items: [{id: q1, weight: 0.5, importance: i1}, {id: q2, weight: 0.3, importance: i2}, {id: q3, weight: 0.2, importance: i3}]}
          - {id: value, weight: 0.45, items: [{id: q4, weight: 0.4, importance: i4}, {id: q5, weight: 0.4, importance: i5}, {id: q6, weight: 0.2, importance: i6}]}
      - id: service
        weight: 0.4
        facets:
          - {id: staff, weight: 0.6, items: [{id: q7, weight: 0.5, importance: i7}, {id: q8, weight: 0.25, importance: i8}, {id: q9, weight: 0.25, importance: i9}]}
          - {id: process, weight: 0.4, items: [{id: q10, weight: 0.34, importance: i10}, {id: q11, weight: 0.33, importance: i11}, {id: q12, weight: 0.33, importance: i12}]}
  - id: flat
    method: csi
    outcome: overall
    facets:
      - {id: all, items: [FLAT]}
`

// flatWeights are the products of the weights on the paths.
var flatWeights = []float64{.165, .099, .066, .108, .108, .054, .12, .06, .06, .0544, .0528, .0528}

// indices measures the simulated survey.
func indices(t *testing.T, keys, top string, data func() (io.ReadCloser, error), flatKeys ...string) *measure.Results {
	t.Helper()
	var items, flat []string
	columns := map[string]string{"id": "_id", "weight": "w", "wave": "_wave"}
	if !strings.Contains(top, "waves:") {
		delete(columns, "wave")
	}
	for i := range 12 {
		for _, prefix := range []string{"q", "i"} {
			items = append(items, fmt.Sprintf("      - {id: %s%d, type: rating, scale: seven, text: %[1]s%d}", prefix, i+1))
		}
		flat = append(flat, fmt.Sprintf("{id: q%d, weight: %v, importance: i%[1]d}", i+1, flatWeights[i]))
	}
	text := strings.NewReplacer("ITEMS", strings.Join(items, "\n"), "KEYS\n", keys, "TOP\n", top, "FLAT", strings.Join(flat, ", ")).Replace(indexDefinition)
	return measured(t, strings.Replace(text, "    outcome: overall\n", "    outcome: overall\n"+strings.Join(flatKeys, ""), 1), columns, data)
}

func measured(t *testing.T, text string, columns map[string]string, data func() (io.ReadCloser, error)) *measure.Results {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/simulated/survey.yaml": {Data: []byte(text)}}, "surveys/simulated", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	complain := func() {
		t.Helper()
		if problems.Has(diag.Error) {
			var b strings.Builder
			_ = problems.WriteText(&b, "en")
			t.Fatal(b.String())
		}
	}
	complain()
	opt := table.Options{Weight: s.Weight}
	for _, w := range s.Waves {
		opt.Waves = append(opt.Waves, w.ID)
	}
	answers, err := table.Read(s.Schema(), []table.Source{{Name: "data.csv", Columns: columns, Whole: true, Open: data}}, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	complain()
	return measure.Compute(s, answers, measure.Options{MinCell: 5})
}

func simulatedData() (io.ReadCloser, error) { return os.Open(oracle + "data.csv") }

func literal(text string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

// drivers is what make_drivers.R computed.
func drivers(t *testing.T) map[string]any {
	t.Helper()
	data, err := os.ReadFile("testdata/satisfaction/expected_drivers.json")
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// comparison collects the differences from an oracle.
type comparison struct {
	t    *testing.T
	keys int
	most float64
	at   string
}

func (c *comparison) of(key string, got float64, want any, tolerance float64) {
	c.t.Helper()
	x, ok := want.(float64)
	if !ok {
		c.t.Fatalf("%s: the oracle has %v", key, want)
	}
	c.keys++
	d := math.Abs(got - x)
	if d > c.most {
		c.most, c.at = d, key
	}
	if !(d <= tolerance) {
		c.t.Errorf("%s: got %.15g, want %.15g", key, got, x)
	}
}

func (c *comparison) done(method, oracle string) {
	c.t.Logf("%s × %s: %d keys, largest difference %.2g %s", method, oracle, c.keys, c.most, c.at)
}

// mean compares a figure with its oracle of n, mean, sd and interval.
func (c *comparison) mean(key string, want any, n int, value, sd measure.Number, ci measure.Interval) {
	c.t.Helper()
	w := want.(map[string]any)
	c.of(key+".n", float64(n), w["n"], 0)
	c.of(key+".mean", float64(value), w["mean"], 1e-9)
	if !math.IsNaN(float64(sd)) {
		c.of(key+".sd", float64(sd), w["sd"], 1e-9)
	}
	c.of(key+".ci95_t_low", float64(ci[0]), w["ci95_t_low"], 1e-9)
	c.of(key+".ci95_t_high", float64(ci[1]), w["ci95_t_high"], 1e-9)
}

func csiOf(t *testing.T, b *measure.Block, id string) *measure.CSI {
	t.Helper()
	c, ok := b.Analyses[id].(*measure.CSI)
	if !ok {
		t.Fatalf("%s is %T", id, b.Analyses[id])
	}
	return c
}

func TestIndexAgreesWithR(t *testing.T) {
	c := &comparison{t: t}
	want := drivers(t)["index"].(map[string]any)
	nested, flat := want["nested_renormalised"].(map[string]any), want["flat_renormalised"].(map[string]any)
	r := indices(t, "", "", simulatedData)
	nan := measure.Number(math.NaN())

	index := csiOf(t, r.Block, "index")
	c.mean("nested.index", nested["index"], index.N, index.Score, index.SD, index.CI95)
	for _, f := range index.Facets {
		c.mean("nested."+f.ID, nested[f.ID], f.N, f.Score, nan, f.CI95)
		for _, g := range f.Facets {
			c.mean("nested."+g.ID, nested[g.ID], g.N, g.Score, nan, g.CI95)
			for _, i := range g.Items {
				c.of("item_weights."+i.ID, float64(i.Overall), want["item_weights"].(map[string]any)[i.ID], 1e-12)
			}
		}
	}
	one := csiOf(t, r.Block, "flat")
	c.mean("flat", flat, one.N, one.Score, one.SD, one.CI95)
	for region, expected := range flat["by_region"].(map[string]any) {
		part := csiOf(t, r.BySegment["region"][region], "flat")
		c.mean("flat.by_region."+region, expected, part.N, part.Score, part.SD, part.CI95)
	}
	byMeans := 0.0
	for i, item := range one.Facets[0].Items {
		byMeans += flatWeights[i] * float64(item.Score)
	}
	c.of("from_item_means", byMeans, want["from_item_means"], 1e-9)
	c.of("n_missing_flat", float64(600-one.N), want["n_missing_flat"], 0)
	c.of("n_missing_nested", float64(600-index.N), want["n_missing_nested"], 0)

	complete := csiOf(t, indices(t, "", "", simulatedData, "    min_answered: 1\n").Block, "flat")
	c.mean("complete_rows_only", want["complete_rows_only"], complete.N, complete.Score, complete.SD, complete.CI95)

	waves := indices(t, "", "waves:\n  - {id: \"1\"}\n  - {id: \"2\"}\n", simulatedData)
	for wave, expected := range flat["by_wave"].(map[string]any) {
		part := csiOf(t, waves.ByWave[wave], "flat")
		c.mean("flat.by_wave."+wave, expected, part.N, part.Score, part.SD, part.CI95)
	}
	c.done("csi", "satisfaction/expected_drivers.json index")
}

func TestMeasuredWeightsAgreeWithR(t *testing.T) {
	c := &comparison{t: t}
	want := drivers(t)
	stated := want["stated_importance_normalised"].(map[string]any)
	r := want["ipa_derived_pearson"].(map[string]any)["importance"].(map[string]any)
	sum := 0.0
	for _, x := range r {
		sum += x.(float64)
	}
	flat := csiOf(t, indices(t, "", "", simulatedData).Block, "flat")
	for _, s := range flat.Schemes {
		for i := range 12 {
			id := fmt.Sprintf("q%d", i+1)
			switch got := float64(s.Weights[id]); s.Scheme {
			case "stated":
				c.of("stated."+id, got, stated[id], 1e-12)
			case "derived":
				c.of("derived."+id, got, r[id].(float64)/sum, 1e-12)
			case "equal":
				c.of("equal."+id, got, 1.0/12, 1e-15)
			}
		}
	}
	if c.keys != 36 {
		t.Errorf("compared %d weights, want 36", c.keys)
	}
	c.done("csi weights stated and derived", "satisfaction/expected_drivers.json")
}

func TestAHPAgreesWithR(t *testing.T) {
	c := &comparison{t: t}
	matrices := map[string][][]float64{}
	for _, name := range []string{"consistent", "inconsistent", "group_geometric_mean"} {
		w := drivers(t)["ahp"].(map[string]any)[name]
		want := w.(map[string]any)
		var matrix [][]float64
		data, _ := json.Marshal(want["matrix_rows"])
		if err := json.Unmarshal(data, &matrix); err != nil {
			t.Fatal(err)
		}
		matrices[name] = matrix
		if name == "group_geometric_mean" { // of the other two
			for i, row := range stat.GroupJudgement([][][]float64{matrices["consistent"], matrices["inconsistent"]}) {
				for k, x := range row {
					c.of(fmt.Sprint(name, ".matrix_rows.", i, ".", k), x, matrix[i][k], 1e-12)
				}
			}
		}
		j := stat.AHP(matrix)
		for i, x := range want["weights"].([]any) {
			c.of(fmt.Sprint(name, ".weights.", i), j.Weights[i], x, 1e-12)
			c.of(fmt.Sprint(name, ".weights_geometric_mean.", i), j.GeometricWeight[i], want["weights_geometric_mean"].([]any)[i], 1e-12)
		}
		c.of(name+".lambda_max", j.Lambda, want["lambda_max"], 1e-12)
		c.of(name+".ci", j.CI, want["ci"], 1e-12)
		c.of(name+".cr_ri_saaty_1980_0.90", j.CR, want["cr_ri_saaty_1980_0.90"], 1e-12)
		c.of(name+".cr_ri_saaty_tran_2007_0.8837", j.CR2007, want["cr_ri_saaty_tran_2007_0.8837"], 1e-12)
	}
	c.done("ahp", "satisfaction/expected_drivers.json")
}
