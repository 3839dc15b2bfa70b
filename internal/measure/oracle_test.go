package measure_test

import (
	"encoding/json"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// The data and the numbers of R are those of package stat: testdata/satisfaction
// there, with the script that made them.
const oracle = "../stat/testdata/satisfaction/"

// definition describes the simulated survey. The %s is empty, or weights.
const definition = `manyi: 1
id: simulated
version: 1
languages: [en]
title: Simulated
scales:
  seven:
    points: 1..7
    low: low
    high: high
  eleven:
    points: 0..10
    low: low
    high: high
pages:
  - id: all
    questions:
      - id: overall
        type: rating
        scale: seven
        text: overall
      - id: q
        type: matrix
        scale: seven
        text: items
        rows:
ROWS
      - id: nps
        type: nps
        metric: nps
        text: nps
      - id: repurchase
        type: single_choice
        text: repurchase
        options:
          - {code: unlikely, label: unlikely}
          - {code: possible, label: possible}
          - {code: very_likely, label: very likely}
hidden:
  - {id: region, from: r, allow: [East, North, South, West]}
  - {id: tenure, from: t, allow: [long, mid, new]}
segments: [region, tenure]
waves:
  - {id: "1", label: one}
  - {id: "2", label: two}
WEIGHTS
analyses:
  - {id: top2, method: csat, question: overall, top: [6, 7]}
`

// simulated measures the simulated survey, by wave or as one.
func simulated(t *testing.T, byWave, weights bool) *measure.Results {
	t.Helper()
	var rows strings.Builder
	columns := map[string]string{"id": "_id", "weight": "w"}
	for i := range strings.FieldsSeq("1 2 3 4 5 6 7 8 9 10 11 12") {
		rows.WriteString("          - {id: \"" + i + "\", label: q" + i + "}\n")
		columns["q"+i] = "q_" + i
	}
	text := strings.Replace(definition, "ROWS\n", rows.String(), 1)
	if weights {
		text = strings.Replace(text, "WEIGHTS", "weights: {column: w}", 1)
	}
	text = strings.Replace(text, "WEIGHTS\n", "", 1)
	if byWave {
		columns["wave"] = "_wave"
	} else {
		text = text[:strings.Index(text, "waves:")] + text[strings.Index(text, "analyses:"):]
		if weights {
			text += "weights: {column: w}\n"
		}
	}
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/simulated/survey.yaml": {Data: []byte(text)}}, "surveys/simulated", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	if problems.Has(diag.Error) {
		var b strings.Builder
		_ = problems.WriteText(&b, "en")
		t.Fatal(b.String())
	}
	source := table.Source{
		Name: "data.csv", Columns: columns, Whole: true,
		Open: func() (io.ReadCloser, error) { return os.Open(oracle + "data.csv") },
	}
	opt := table.Options{Weight: s.Weight}
	for _, w := range s.Waves {
		opt.Waves = append(opt.Waves, w.ID)
	}
	answers, err := table.Read(s.Schema(), []table.Source{source}, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	if problems.Has(diag.Error) {
		var b strings.Builder
		_ = problems.WriteText(&b, "en")
		t.Fatal(b.String())
	}
	return measure.Compute(s, answers, measure.Options{MinCell: 5})
}

// expected reads the numbers of R.
func expected(t *testing.T) map[string]any {
	t.Helper()
	b, err := os.ReadFile(oracle + "expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// at walks a tree of JSON objects.
func at(t *testing.T, tree any, path ...string) float64 {
	t.Helper()
	for _, key := range path {
		m, ok := tree.(map[string]any)
		if !ok {
			t.Fatalf("%v leads nowhere at %q", path, key)
		}
		tree = m[key]
	}
	v, ok := tree.(float64)
	if !ok {
		t.Fatalf("%v is no number: %v", path, tree)
	}
	return v
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

func TestUnweightedFiguresEqualR(t *testing.T) {
	r, want := simulated(t, false, false), expected(t)
	for item := range strings.FieldsSeq("q1 q2 q3 q4 q5 q6 q7 q8 q9 q10 q11 q12 overall") {
		id := item
		if strings.HasPrefix(item, "q") {
			id = "q_" + item[1:]
		}
		q := r.Questions[id]
		d := want["descriptives"].(map[string]any)[item]
		near(t, item+" n", float64(q.N), at(t, d, "n"))
		near(t, item+" missing", float64(q.Missing["skipped"]), at(t, d, "missing"))
		near(t, item+" mean", float64(*q.Mean), at(t, d, "mean"))
		near(t, item+" sd", float64(*q.SD), at(t, d, "sd"))
		near(t, item+" low", float64(q.CI95[0]), at(t, d, "ci95_t_low"))
		near(t, item+" high", float64(q.CI95[1]), at(t, d, "ci95_t_high"))
		near(t, item+" median", float64(*q.Median), at(t, d, "median"))
		near(t, item+" score", float64(q.Score.Value), at(t, d, "index_0_100"))
		near(t, item+" top3", float64(q.Top.Share), at(t, d, "top3", "share"))
		near(t, item+" top3 low", float64(q.Top.CI95[0]), at(t, d, "top3", "wilson_low"))
		near(t, item+" top3 high", float64(q.Top.CI95[1]), at(t, d, "top3", "wilson_high"))
		for code, n := range q.Counts {
			near(t, item+" code "+code, float64(n), at(t, want["frequencies"], item, code))
		}
	}
	a := r.Analyses["top2"].(*measure.Csat)
	near(t, "top2", float64(a.Share), at(t, want["descriptives"], "overall", "top2", "share"))
	near(t, "top2 low", float64(a.CI95[0]), at(t, want["descriptives"], "overall", "top2", "wilson_low"))
	n := r.Analyses["nps_nps"].(*measure.Nps)
	near(t, "nps", float64(n.Score), at(t, want["nps"], "total", "nps"))
	near(t, "nps se", float64(n.SE), at(t, want["nps"], "total", "se"))
	near(t, "nps low", float64(n.CI95[0]), at(t, want["nps"], "total", "adjusted_wald", "low"))
	near(t, "nps high", float64(n.CI95[1]), at(t, want["nps"], "total", "adjusted_wald", "high"))
}

func TestGroupDifferencesEqualR(t *testing.T) {
	r, want := simulated(t, false, false), expected(t)
	for item, id := range map[string]string{"overall": "overall", "q5": "q_5", "nps": "nps"} {
		c := r.Analyses["compare"].(*measure.Compare).Of("region", id)
		d := want["by_region"].(map[string]any)[item]
		near(t, item+" F", float64(c.Statistic), at(t, d, "welch_anova", "F"))
		near(t, item+" p", float64(c.P), at(t, d, "welch_anova", "p"))
		near(t, item+" Kruskal-Wallis", float64(*c.KruskalWallis), at(t, d, "kruskal_wallis", "p"))
		near(t, item+" eta²", float64(c.Eta2), at(t, d, "anova", "eta2"))
		for _, pair := range c.Pairs {
			name := pair.A + " - " + pair.B
			near(t, item+" "+name, float64(pair.Difference), at(t, d, "pairwise_welch", name, "difference"))
			near(t, item+" "+name+" p", float64(pair.P), at(t, d, "pairwise_welch", name, "p"))
			near(t, item+" "+name+" Holm", float64(pair.Holm), at(t, d, "pairwise_welch", name, "p_holm"))
		}
		for code, block := range r.BySegment["region"] {
			q := block.Questions[id]
			near(t, item+" "+code+" mean", float64(*q.Mean), at(t, d, "groups", code, "mean"))
			near(t, item+" "+code+" low", float64(q.CI95[0]), at(t, d, "groups", code, "ci95_t_low"))
		}
	}
}

func TestWaveDifferencesEqualR(t *testing.T) {
	r, want := simulated(t, true, false), expected(t)
	trend := r.ByWave["2"].Analyses["trend"].(*measure.Trend)
	for item, id := range map[string]string{"overall": "overall", "q5": "q_5"} {
		s, w := trend.Of(id, "mean").Steps[0], want["waves"].(map[string]any)[item]
		near(t, item+" difference", float64(s.Difference), at(t, w, "welch", "difference_2_minus_1"))
		near(t, item+" t", float64(s.Statistic), at(t, w, "welch", "t"))
		near(t, item+" df", float64(s.DF), at(t, w, "welch", "df"))
		near(t, item+" p", float64(s.P), at(t, w, "welch", "p"))
		near(t, item+" low", float64(s.CI95[0]), at(t, w, "welch", "ci95_low"))
		near(t, item+" Mann-Whitney", float64(*s.MannWhitney), at(t, w, "mann_whitney", "p_no_continuity"))
	}
	s, w := trend.Of("nps_nps", "score").Steps[0], want["waves"].(map[string]any)["nps"]
	near(t, "nps difference", float64(s.Difference), at(t, w, "difference_2_minus_1"))
	near(t, "nps p", float64(s.P), at(t, w, "p"))
	near(t, "nps high", float64(s.CI95[1]), at(t, w, "ci95_high"))
}

func TestWeightedFiguresEqualR(t *testing.T) {
	r, want := simulated(t, false, true), expected(t)
	w := want["weighted"].(map[string]any)
	near(t, "n_eff", float64(r.Base.Effective), at(t, w, "summary", "n_eff"))
	q := r.Questions["overall"]
	near(t, "mean", float64(*q.Mean), at(t, w, "overall", "mean"))
	near(t, "low", float64(q.CI95[0]), at(t, w, "overall", "ci95_t_low"))
	near(t, "high", float64(q.CI95[1]), at(t, w, "overall", "ci95_t_high"))
	near(t, "sd", float64(*q.SD)*math.Sqrt(599.0/600), at(t, w, "overall", "sd_weighted_n"))
	near(t, "unweighted mean", float64(q.Unweighted.Mean), at(t, want["descriptives"], "overall", "mean"))
	a := r.Analyses["top2"].(*measure.Csat)
	near(t, "top2", float64(a.Share), at(t, w, "top2_share", "mean"))
	near(t, "top2 low", float64(a.CI95[0]), at(t, w, "top2_share", "ci95_t_low"))
	n := r.Analyses["nps_nps"].(*measure.Nps)
	near(t, "nps", float64(n.Score), at(t, w, "nps", "mean"))
	near(t, "nps se", float64(n.SE), at(t, w, "nps", "se_linearised"))
	near(t, "nps low", float64(n.CI95[0]), at(t, w, "nps", "ci95_t_low"))
	// A domain's interval has the degrees of freedom of the whole design, 599, as the overall one.
	t599 := (at(t, w, "overall", "ci95_t_high") - at(t, w, "overall", "mean")) / at(t, w, "overall", "se_linearised")
	for code, block := range r.BySegment["region"] {
		q := block.Questions["overall"]
		near(t, code+" mean", float64(*q.Mean), at(t, w, "overall_by_region", code, "mean"))
		half := (float64(q.CI95[1]) - float64(q.CI95[0])) / 2
		near(t, code+" interval", half, at(t, w, "overall_by_region", code, "se_domain_n_total")*t599)
	}
}
