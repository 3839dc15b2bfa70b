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
	"manyi/internal/survey"
	"manyi/internal/table"
)

// quality is the simulated survey with its pairs and importances as single ratings.
func quality(extra string) string {
	var b strings.Builder
	b.WriteString("manyi: 1\nid: simulated\nlanguages: [en]\ntitle: Simulated\nscales:\n  seven: {points: 1..7, low: low, high: high}\npages:\n  - id: all\n    questions:\n")
	for _, group := range []struct {
		letter string
		n      int
	}{{"q", 12}, {"i", 12}, {"e", 10}} {
		for k := range group.n {
			fmt.Fprintf(&b, "      - {id: %s%d, type: rating, scale: seven, text: t}\n", group.letter, k+1)
		}
	}
	b.WriteString("      - {id: overall, type: rating, scale: seven, text: t}\n")
	b.WriteString("      - {id: repurchase, type: single_choice, text: t, options: [{code: unlikely, label: a}, {code: possible, label: b}, {code: very_likely, label: c}]}\n")
	b.WriteString("hidden:\n  - {id: region, from: r, allow: [East, North, South, West]}\n")
	return b.String() + extra
}

// gapAnalysis is the four dimensions of the simulated survey; the last has one pair.
func gapAnalysis() string {
	return `analyses:
  - id: service
    method: gap
    outcome: repurchase
    dimensions:
      - {id: quality, points: 40, pairs: [{perceived: q1, expected: e1}, {perceived: q2, expected: e2}, {perceived: q3, expected: e3}]}
      - {id: value, points: 30, pairs: [{perceived: q4, expected: e4}, {perceived: q5, expected: e5}, {perceived: q6, expected: e6}]}
      - {id: staff, points: 20, pairs: [{perceived: q7, expected: e7}, {perceived: q8, expected: e8}, {perceived: q9, expected: e9}]}
      - {id: process, points: 10, pairs: [{perceived: q10, expected: e10}]}
`
}

// study measures a definition on a file of answers.
func study(t testing.TB, text string, open func() (io.ReadCloser, error), columns map[string]string) *measure.Results {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/simulated/survey.yaml": {Data: []byte(text)}}, "surveys/simulated", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	fail := func() {
		if problems.Has(diag.Error) {
			var b strings.Builder
			_ = problems.WriteText(&b, "en")
			t.Fatal(b.String())
		}
	}
	fail()
	answers, err := table.Read(s.Schema(), []table.Source{{Name: "data.csv", Columns: columns, Whole: true, Open: open}}, table.Options{Weight: s.Weight}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	fail()
	return measure.Compute(s, answers, measure.Options{MinCell: 5})
}

func simulatedStudy(t testing.TB, text string) *measure.Results {
	t.Helper()
	return study(t, text, func() (io.ReadCloser, error) { return os.Open(oracle + "data.csv") }, map[string]string{"id": "_id", "weight": "w"})
}

// tree reads a file of numbers.
func tree(t *testing.T, name string) map[string]any {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// oracleCheck keeps the largest difference from an oracle.
type oracleCheck struct {
	name  string
	n     int
	worst float64
}

func (c *oracleCheck) near(t *testing.T, what string, got measure.Number, want float64) {
	t.Helper()
	d := math.Abs(float64(got)-want) / max(1, math.Abs(want))
	if !(d <= 1e-9) {
		t.Errorf("%s = %.17g, want %.17g", what, float64(got), want)
	}
	c.n, c.worst = c.n+1, max(c.worst, d)
}

func (c *oracleCheck) done(t *testing.T) {
	t.Logf("%-52s %4d figures, largest difference %.1g", c.name, c.n, c.worst)
}

func TestGapsEqualR(t *testing.T) {
	c := oracleCheck{name: "gap: gaps, gaps_by_dimension_respondent_first (R)"}
	want := tree(t, oracle+"expected_drivers.json")
	g := simulatedStudy(t, quality(gapAnalysis())).Analyses["service"].(*measure.Gap)
	items := 0
	for _, d := range g.Dimensions {
		e := want["gaps_by_dimension_respondent_first"].(map[string]any)[d.ID]
		c.near(t, d.ID+" n", measure.Number(d.N), at(t, e, "n"))
		c.near(t, d.ID+" gap", d.Gap, at(t, e, "mean"))
		c.near(t, d.ID+" low", d.CI95[0], at(t, e, "ci95_t_low"))
		c.near(t, d.ID+" high", d.CI95[1], at(t, e, "ci95_t_high"))
		for _, i := range d.Items {
			e := want["gaps"].(map[string]any)[i.ID]
			c.near(t, i.ID+" n", measure.Number(i.N), at(t, e, "n"))
			c.near(t, i.ID+" gap", i.Gap, at(t, e, "mean"))
			c.near(t, i.ID+" low", i.CI95[0], at(t, e, "ci95_t_low"))
			c.near(t, i.ID+" high", i.CI95[1], at(t, e, "ci95_t_high"))
			c.near(t, i.ID+" perceived", i.Perceived, at(t, e, "mean_performance"))
			c.near(t, i.ID+" expected", i.Expected, at(t, e, "mean_expectation"))
			c.near(t, i.ID+" t", i.T, at(t, e, "t"))
			c.near(t, i.ID+" p", i.P, at(t, e, "p"))
			c.near(t, i.ID+" exceed", i.Exceed, at(t, e, "exceed"))
			c.near(t, i.ID+" meet", i.Meet, at(t, e, "meet"))
			c.near(t, i.ID+" below", i.Below+i.FarBelow, at(t, e, "below"))
			items++
		}
	}
	if items != 10 {
		t.Errorf("compared %d items, want 10", items)
	}
	c.done(t)
}

func TestGapsEqualAnotherProgram(t *testing.T) {
	want := tree(t, "testdata/gap_check.json")
	for _, form := range []string{"plain", "weighted"} {
		c := oracleCheck{name: "gap: " + form + " whole, alpha, bands, outcome (Python)"}
		text := quality(gapAnalysis())
		if form == "weighted" {
			text += "weights: {column: w}\n"
		}
		g := simulatedStudy(t, text).Analyses["service"].(*measure.Gap)
		half := func(i measure.Interval) measure.Number { return (i[1] - i[0]) / 2 }
		q := quantile(t)
		c.near(t, "n", measure.Number(g.N), at(t, want, form, "equal", "n"))
		c.near(t, "gap", g.Gap, at(t, want, form, "equal", "gap"))
		c.near(t, "gap se", half(g.CI95), q*at(t, want, form, "equal", "se"))
		c.near(t, "weighted gap", g.WeightedGap, at(t, want, form, "points", "gap"))
		c.near(t, "weighted gap se", half(g.WeightedCI95), q*at(t, want, form, "points", "se"))
		for _, d := range g.Dimensions {
			c.near(t, d.ID, d.Gap, at(t, want, form, "dimensions", d.ID))
		}
		if form == "plain" {
			plainGaps(t, &c, g, want)
		}
		c.done(t)
	}
}

func plainGaps(t *testing.T, c *oracleCheck, g *measure.Gap, want map[string]any) {
	t.Helper()
	for _, d := range g.Dimensions {
		if len(d.Items) > 1 {
			e := want["alpha"].(map[string]any)[d.ID]
			c.near(t, d.ID+" alpha n", measure.Number(d.Alpha.N), at(t, e, "perceived", "n"))
			c.near(t, d.ID+" alpha perceived", d.Alpha.Perceived, at(t, e, "perceived", "alpha"))
			c.near(t, d.ID+" alpha expected", d.Alpha.Expected, at(t, e, "expected", "alpha"))
			c.near(t, d.ID+" alpha gap", d.Alpha.Gap, at(t, e, "gap", "alpha"))
		} else if !math.IsNaN(float64(d.Alpha.Gap)) {
			t.Errorf("alpha of one pair is %v, want none", d.Alpha.Gap)
		}
		bands(t, c, d.ID, d.Classes, d.N, want["bands"].(map[string]any)[d.ID])
	}
	bands(t, c, "q1", g.Dimensions[0].Items[0].Classes, g.Dimensions[0].Items[0].N, want["q1_bands"])
	o, e := g.Outcomes[0], want["repurchase"]
	c.near(t, "outcome n", measure.Number(o.N), at(t, e, "n"))
	c.near(t, "chi squared", o.Chi2, at(t, e, "chi_squared"))
	c.near(t, "df", o.DF, at(t, e, "df"))
	for _, class := range o.Classes {
		if class.Suppressed {
			t.Errorf("class %s is hidden", class.Class)
			continue
		}
		for k, code := range o.Codes {
			c.near(t, class.Class+" "+code, class.Shares[k]*measure.Number(class.N), at(t, e, "table", class.Class, code))
		}
	}
}

func bands(t *testing.T, c *oracleCheck, what string, got measure.Classes, n int, want any) {
	t.Helper()
	for name, share := range map[string]measure.Number{"exceed": got.Exceed, "meet": got.Meet, "below": got.Below, "far_below": got.FarBelow} {
		c.near(t, what+" "+name, share*measure.Number(n), at(t, want, name))
	}
}

// quantile is the .975 quantile of Student's t with 599 degrees of freedom, off an interval of R.
func quantile(t *testing.T) float64 {
	t.Helper()
	d := expected(t)["descriptives"].(map[string]any)["overall"]
	if at(t, d, "n") != 600 {
		t.Fatal("the interval has other degrees of freedom")
	}
	return (at(t, d, "ci95_t_high") - at(t, d, "ci95_t_low")) / 2 / at(t, d, "se")
}

func TestStatusMatrixEqualsR(t *testing.T) {
	drivers, figures := tree(t, oracle+"expected_drivers.json"), expected(t)
	for _, mode := range []string{"mean", "median", "midpoint"} {
		for _, importance := range []string{"stated", "derived"} {
			if mode == "midpoint" && importance == "derived" {
				continue
			}
			key := map[string]string{"stated": "ipa_stated", "derived": "ipa_derived_pearson"}[importance]
			c := oracleCheck{name: "importance_performance: " + key + " " + mode + " (R)"}
			want := drivers[key].(map[string]any)
			s := simulatedStudy(t, quality(statusAnalysis(mode, importance, 100))).Analyses["matrix"].(*measure.Status)
			c.near(t, "importance threshold", s.Thresholds.Importance, at(t, want, mode, "threshold_importance"))
			c.near(t, "performance threshold", s.Thresholds.Performance, at(t, want, mode, "threshold_performance"))
			for _, i := range s.Items {
				c.near(t, i.ID+" importance", i.Importance, at(t, want, "importance", i.ID))
				c.near(t, i.ID+" performance", i.Performance, at(t, want, "performance", i.ID))
				c.near(t, i.ID+" priority", i.Priority, at(t, want, "priority_minmax", i.ID))
				c.near(t, i.ID+" priority z", i.PriorityZ, at(t, want, "priority_z", i.ID))
				c.near(t, i.ID+" rank", measure.Number(i.Rank), at(t, want, "priority_minmax_rank", i.ID))
				c.near(t, i.ID+" rank z", measure.Number(i.RankZ), at(t, want, "priority_z_rank", i.ID))
				if q := want[mode].(map[string]any)["quadrant"].(map[string]any)[i.ID]; i.Quadrant != q {
					t.Errorf("%s %s %s is in %s, want %s", mode, importance, i.ID, i.Quadrant, q)
				}
				c.near(t, i.ID+" derived", i.Derived, at(t, drivers, "ipa_derived_pearson", "importance", i.ID))
				c.near(t, i.ID+" spearman", i.Spearman, spearman(t, figures, i.ID))
				r := drivers["regression_overall_on_12_items"]
				tt, df := at(t, r, "t", i.ID), at(t, r, "df2")
				c.near(t, i.ID+" partial", i.Partial, tt/math.Sqrt(tt*tt+df))
			}
			c.done(t)
		}
	}
}

// spearman is the correlation of an item with the outcome in the matrix of R.
func spearman(t *testing.T, figures map[string]any, item string) float64 {
	t.Helper()
	m := figures["spearman_pairwise"].(map[string]any)
	index := func(list any, name string) int {
		for i, v := range list.([]any) {
			if v == name {
				return i
			}
		}
		t.Fatalf("no %s", name)
		return 0
	}
	return m["data"].([]any)[index(m["rows"], item)].([]any)[index(m["cols"], "overall")].(float64)
}

// statusAnalysis is the twelve items of the simulated survey.
func statusAnalysis(mode, importance string, resamples int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "analyses:\n  - id: matrix\n    method: importance_performance\n    importance: %s\n    outcome: overall\n    thresholds: %s\n    bootstrap: {resamples: %d, seed: 7}\n    items:\n", importance, mode, resamples)
	for k := range 12 {
		fmt.Fprintf(&b, "      - {id: q%d, performance: q%d, importance: i%d}\n", k+1, k+1, k+1)
	}
	return b.String()
}
