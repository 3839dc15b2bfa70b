package exporter_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"manyi/internal/exporter"
	"manyi/internal/simulate"
	"manyi/internal/survey"
)

// weighted is a survey with weights, a reversed item, a number, a multiple
// choice, missing codes, two waves, a segment, all metrics and two indices.
const weighted = `manyi: 1
id: s
version: 1
languages: [zh-CN, en]
title: t
scales:
  sat3na:
    level: ordinal
    options:
      - {code: 1, label: bad}
      - {code: 2, label: fair}
      - {code: 3, label: good}
      - {code: 98, label: na, missing: not_applicable}
pages:
  - id: p
    questions:
      - {id: osat, type: rating, scale: sat5, metric: csat, text: a}
      - {id: effort, type: rating, scale: agree7, metric: ces, text: b}
      - {id: rec, type: nps, metric: nps, text: c}
      - {id: part, type: rating, scale: sat3na, text: d}
      - {id: trouble, type: rating, points: 1..4, low: x, high: y, reverse: true, text: e}
      - {id: grid, type: matrix, scale: sat5, text: f, rows: [{id: a, label: x}, {id: b, label: y}]}
      - {id: problems, type: multiple_choice, text: g, options: [{code: late, label: l}, {code: rude, label: r}, {code: none, label: n, exclusive: true}]}
      - {id: why, type: long_text, show_if: osat <= 3, text: h}
      - {id: years, type: number, min: 0, max: 40, text: i}
hidden:
  - {id: region, from: r, allow: [east, west, north]}
calculated:
  - {id: unhappy, expr: "osat <= 2"}
derived:
  - {id: stay, from: years, bands: {short: 0..5, long: 6..40}}
segments: [region, stay]
waves:
  - {id: "2025", label: a, period: 2025-01-01..2025-12-31}
  - {id: "2026", label: b, period: 2026-01-01..2026-12-31}
WEIGHTS
analyses:
  - id: index
    method: csi
    facets:
      - {id: service, label: s, weight: 0.6, items: [grid_a, grid_b, trouble]}
      - {id: overall, label: o, weight: 0.4, items: [osat, part, years]}
  - {id: derived, method: csi, weighting: derived, outcome: osat, min_answered: 0.8, facets: [{id: x, label: x, items: [grid_a, grid_b, part]}]}
  - {id: low, method: csat, question: grid_a, top: [3, 4, 5]}
`

func TestTheRScriptComputesResultsJSON(t *testing.T) {
	program, err := exec.LookPath("Rscript")
	if err != nil {
		t.Skip("Rscript is not on this machine")
	}
	for name, weights := range map[string]string{"plain": "", "raked": "weights: {rake: {margins: {region: {east: 0.5, west: 0.3, north: 0.2}}, trim: 5}}", "column": "weights: {column: w}"} {
		t.Run(name, func(t *testing.T) {
			s := written(t, strings.Replace(weighted, "WEIGHTS", weights, 1))
			body := simulated(t, s, 500, simulate.CSV)
			if s.Weight != "" {
				body = withWeights(t, body)
			}
			in := input(t, s, source("x.csv", body))
			compare(t, program, s, in)
		})
	}
}

// withWeights adds a column of weights, some of them 0 or empty.
func withWeights(t *testing.T, body []byte) []byte {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(string(body))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for i, h := range rows[0] {
		if h == "w" {
			at = i
		}
	}
	if at < 0 {
		for i := range rows {
			rows[i] = append(rows[i], "w")
		}
		at = len(rows[0]) - 1
	}
	for i, r := range rows[1:] {
		r[at] = []string{"1", "0.5", "2.25", "0", "", "3.1"}[i%6]
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return []byte(b.String())
}

// compare runs the script and holds every number of its figures against results.json.
func compare(t *testing.T, program string, s *survey.Survey, in *exporter.Input) {
	t.Helper()
	out, _, _ := export(t, in, "r", exporter.Options{})
	dir := t.TempDir()
	for name, b := range out {
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := exec.Command(program, "--vanilla", filepath.Join(dir, "s.R")).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	f, err := os.Open(filepath.Join(dir, "s-figures.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	results, _, err := in.Measure()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(results)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	held, most, said := 0, 0.0, map[string]bool{}
	for _, r := range rows[1:] {
		said[strings.Join(r[:4], "|")] = true
		got, _ := strconv.ParseFloat(r[4], 64)
		at := []string{"by_wave", r[0]}
		if r[1] != "" {
			at = append(at, "by_segment", r[1], r[2])
		}
		want, shown := figure(all, append(at, strings.Split(r[3], ".")...))
		if !shown {
			continue
		}
		if !near(got, want) {
			t.Errorf("%v: R has %v, results.json %v", r[:4], got, want)
		}
		if held++; !math.IsNaN(want) {
			most = max(most, math.Abs(got-want)/max(1, math.Abs(want)))
		}
	}
	t.Logf("%s: %d of %d figures of R stand in results.json; largest difference %.1e", t.Name(), held, len(rows)-1, most)
	missed := unsaid(all["by_wave"].(map[string]any), said)
	for i, m := range missed {
		if i < 10 {
			t.Errorf("results.json has %s, which R does not", m)
		}
	}
}

// figure is a number of results.json by its path, NaN where it is null; shown
// is false where it is hidden.
func figure(v any, path []string) (number float64, shown bool) {
	for i, step := range path {
		switch at := v.(type) {
		case map[string]any:
			if at["suppressed"] == true {
				return 0, false
			}
			next, ok := at[step]
			if !ok && len(path) > i+1 { // a code with a point in it
				return 0, false
			}
			v = next
		case []any:
			k, err := strconv.Atoi(step)
			if err != nil || k >= len(at) {
				return 0, false
			}
			v = at[k]
		default:
			return 0, false
		}
	}
	if f, ok := v.(float64); ok {
		return f, true
	}
	return math.NaN(), v == nil
}

// unsaid are the numbers of base, questions, metrics and indices that R did not compute.
func unsaid(waves map[string]any, said map[string]bool) []string {
	var out []string
	var walk func(prefix, path string, v any)
	walk = func(prefix, path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				walk(prefix, strings.TrimPrefix(path+"."+k, "."), x)
			}
		case []any:
			for i, x := range v {
				walk(prefix, path+"."+strconv.Itoa(i), x)
			}
		case float64:
			if wanted(path) && !said[prefix+path] {
				out = append(out, prefix+path)
			}
		}
	}
	for wave, b := range waves {
		block := b.(map[string]any)
		walk(wave+"|||", "questions", block["questions"])
		for _, id := range []string{"osat_csat", "effort_ces", "rec_nps", "low"} {
			walk(wave+"|||", "analyses."+id, block["analyses"].(map[string]any)[id])
		}
		segments, _ := block["by_segment"].(map[string]any)
		for segment, groups := range segments {
			for group, g := range groups.(map[string]any) {
				walk(fmt.Sprintf("%s|%s|%s|", wave, segment, group), "questions", g.(map[string]any)["questions"])
			}
		}
	}
	return out
}

// wanted leaves out what is no figure: the codes of top and bottom.
func wanted(path string) bool {
	return !strings.Contains(path, ".codes.") && !strings.Contains(path, ".top.0") && !strings.Contains(path, ".top.1")
}
