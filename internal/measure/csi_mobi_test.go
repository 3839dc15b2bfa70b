package measure_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// foreign reads an oracle that other programs made of data that is not ours to
// copy; where it is absent, the test is skipped.
func foreign(t *testing.T, name string) map[string]any {
	t.Helper()
	data, err := os.ReadFile("../../../shared/oracle/" + name + "/expected.json")
	if err != nil {
		t.Skipf("the oracle %s is not beside the repository", name)
	}
	var out map[string]any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// mobi measures constructs of the mobile phone survey as facets.
func mobi(t *testing.T, folder, top, facets string, items []string) *measure.Results {
	t.Helper()
	data, err := os.ReadFile("../../../shared/oracle/" + folder + "/data.csv")
	if err != nil {
		t.Skip(err)
	}
	var questions strings.Builder
	for _, i := range items {
		fmt.Fprintf(&questions, "      - {id: %s, type: rating, scale: ten, text: %[1]s}\n", i)
	}
	text := "manyi: 1\nid: simulated\nversion: 1\nlanguages: [en]\ntitle: Mobi\nscales:\n  ten: {points: 1..10, low: low, high: high}\npages:\n  - id: all\n    questions:\n" +
		questions.String() + top + "analyses:\n  - id: index\n    method: csi\n    facets:\n" + facets
	return measured(t, text, map[string]string{"id": "_id"}, literal(string(data)))
}

// An index with the weights of a path model is the index of its construct: the
// weights are given, so this checks scores, spread, intervals and groups.
func TestIndexOfConstructsAgreesWithR(t *testing.T) {
	model := foreign(t, "pls_mobi_ecsi")["schemes"].(map[string]any)["path"].(map[string]any)
	c := &comparison{t: t}
	blocks, weights := model["blocks"].(map[string]any), model["weights_unstd_sum1"].(map[string]any)
	thirds := "hidden:\n  - {id: segment3, from: s, allow: [S0, S1, S2]}\nsegments: [segment3]\n"
	for construct, block := range blocks {
		var items, list []string
		for _, x := range block.([]any) {
			id := x.(string)
			items, list = append(items, id), append(list, fmt.Sprintf("{id: %s, weight: %.17g}", id, weights[id]))
		}
		r := mobi(t, "mobi_descriptives", thirds, fmt.Sprintf("      - {id: one, items: [%s]}\n", strings.Join(list, ", ")), items)
		index := csiOf(t, r.Block, "index")
		c.of(construct, float64(index.Score), model["index_0_100"].(map[string]any)[construct], 1e-9)
		c.of(construct+".sd", float64(index.SD), model["index_0_100_sd_n_minus_1"].(map[string]any)[construct], 1e-9)
		for third, x := range model["index_0_100_by_row_mod3"].(map[string]any) {
			want, part := x.(map[string]any), csiOf(t, r.BySegment["segment3"]["S"+strings.TrimPrefix(third, "mod")], "index")
			c.of(construct+third+".n", float64(part.N), want["n"], 0)
			c.of(construct+third+".mean", float64(part.Score), want["mean"].(map[string]any)[construct], 1e-9)
			c.of(construct+third+".se", float64(part.SD)/math.Sqrt(float64(part.N)), want["se"].(map[string]any)[construct], 1e-9)
		}
	}
	c.done("csi of constructs", "oracle/pls_mobi_ecsi")
}

func TestItemScoresAgreeWithR(t *testing.T) {
	want := foreign(t, "mobi_descriptives")["descriptives"].(map[string]any)
	var items []string
	for id := range want {
		items = append(items, id)
	}
	r := mobi(t, "mobi_descriptives", "", "      - {id: all, items: ["+strings.Join(items, ", ")+"]}\n", items)
	c := &comparison{t: t}
	for _, i := range csiOf(t, r.Block, "index").Facets[0].Items {
		c.of(i.ID+".index_0_100", float64(i.Score), want[i.ID].(map[string]any)["index_0_100"], 1e-9)
	}
	c.done("csi items", "oracle/mobi_descriptives")
}

func TestWeightedIndexAgreesWithR(t *testing.T) {
	want := foreign(t, "weighting_mobi")["base_weights_only"].(map[string]any)["estimates"].(map[string]any)
	items := []string{"CUSA1", "CUSA2", "PERQ1", "PERV1"}
	var facets strings.Builder
	for _, i := range items {
		fmt.Fprintf(&facets, "      - {id: f%s, items: [%[1]s]}\n", i)
	}
	r := mobi(t, "weighting_mobi", "weights: {column: base_weight}\n", facets.String(), items)
	c := &comparison{t: t}
	for _, f := range csiOf(t, r.Block, "index").Facets {
		w, ok := want[strings.TrimPrefix(f.ID, "f")].(map[string]any)
		if !ok {
			continue
		}
		ci := w["ci95_t_df_n_minus_1"].([]any)
		c.of(f.ID+".mean", float64(f.Score)*.09+1, w["mean"], 1e-9)
		c.of(f.ID+".ci95.low", float64(f.CI95[0])*.09+1, ci[0], 1e-9)
		c.of(f.ID+".ci95.high", float64(f.CI95[1])*.09+1, ci[1], 1e-9)
	}
	c.done("weighted csi", "oracle/weighting_mobi")
}

// The simulated survey's own oracle for weights: everyone, and regions as domains.
func TestWeightedIndexOfRegionsAgreesWithR(t *testing.T) {
	data, err := os.ReadFile(oracle + "expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	want := all["weighted"].(map[string]any)
	text := strings.NewReplacer("ITEMS\n", "", "TOP\n", "weights: {column: w}\n", "KEYS\n", "").Replace(indexDefinition)
	text = text[:strings.Index(text, "    facets:")] + "    facets: [{id: all, items: [overall]}]\n"
	r := measured(t, text, map[string]string{"id": "_id", "weight": "w"}, simulatedData)
	c := &comparison{t: t}
	index, w := csiOf(t, r.Block, "index"), want["overall"].(map[string]any)
	c.of("overall.n", float64(index.N), w["n"], 0)
	c.of("overall.mean", float64(index.Score)*.06+1, w["mean"], 1e-9)
	c.of("overall.ci95_t_low", float64(index.CI95[0])*.06+1, w["ci95_t_low"], 1e-9)
	c.of("overall.ci95_t_high", float64(index.CI95[1])*.06+1, w["ci95_t_high"], 1e-9)
	se := w["se_linearised"].(float64)
	for region, x := range want["overall_by_region"].(map[string]any) {
		part, w := csiOf(t, r.BySegment["region"][region], "index"), x.(map[string]any)
		c.of(region+".n", float64(part.N), w["n"], 0)
		c.of(region+".mean", float64(part.Score)*.06+1, w["mean"], 1e-9)
		ratio := float64((part.CI95[1] - part.CI95[0]) / (index.CI95[1] - index.CI95[0])) // both by t on 599 degrees of freedom
		c.of(region+".se", ratio*se, w["se_domain_n_total"], 1e-9)
	}
	c.done("weighted csi by region", "satisfaction/expected.json")
}
