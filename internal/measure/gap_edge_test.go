package measure_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// pairsOf is a survey of two dimensions, of two pairs and of one, with an
// adequate level, an outcome, a role and a segment.
const pairsOf = `manyi: 1
id: simulated
languages: [en]
title: Pairs
scales:
  seven: {points: 1..7, low: low, high: high}
pages:
  - id: all
    questions:
      - {id: p1, type: rating, scale: seven, text: t}
      - {id: p2, type: rating, scale: seven, text: t}
      - {id: p3, type: rating, scale: seven, text: t}
      - {id: e1, type: rating, scale: seven, text: t}
      - {id: e2, type: rating, scale: seven, text: t}
      - {id: e3, type: rating, scale: seven, text: t}
      - {id: a1, type: rating, scale: seven, text: t}
      - {id: c1, type: number, text: t}
      - {id: c2, type: number, text: t}
      - {id: again, type: rating, scale: seven, text: t}
hidden:
  - {id: role, from: r, allow: [m, c]}
  - {id: region, from: g, allow: [n, s]}
segments: [region]
weights: {column: w}
analyses:
  - id: gaps
    method: gap
    outcome: again
    dimensions:
      - {id: two, points: c1, pairs: [{perceived: p1, expected: e1, adequate: a1}, {perceived: p2, expected: e2}]}
      - {id: one, points: c2, pairs: [{perceived: p3, expected: e3}]}
VIEW
  - {id: performance, method: gap, performance_only: true, dimensions: [{id: two, pairs: [{perceived: p1, expected: e1}, {perceived: p2, expected: e2}]}]}
  - id: matrix
    method: importance_performance
    outcome: again
    importance: stated
    items: [{id: a, performance: p1, importance: e1}, {id: b, performance: p2, importance: e2, competitor: 4}, {id: c, performance: p3, importance: e3}]
  - {id: derived, method: importance_performance, outcome: again, thresholds: target, target: 5, items: [{id: a, performance: p1}]}
`

const pairsHead = "p1,e1,a1,p2,e2,p3,e3,c1,c2,again,role,region,w\n"

func pairsStudy(t *testing.T, view bool, rows ...string) *measure.Results {
	t.Helper()
	text := strings.Replace(pairsOf, "VIEW\n", "", 1)
	if view {
		text = strings.Replace(pairsOf, "VIEW", "    view: {column: role, internal: m, external: c}", 1)
	}
	return study(t, text, func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(pairsHead + strings.Join(rows, "\n") + "\n")), nil
	}, nil)
}

// repeat is n rows.
func repeat(n int, row string) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = row
	}
	return out
}

func TestGapsOfHardCasesNeverFail(t *testing.T) {
	varied := func(n int) []string {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprintf("%d,%d,%d,%d,%d,%d,%d,40,60,%d,%s,%s,%d", 1+i%7, 1+i*3%7, 1+i*5%7, 1+i*2%7, 1+i*4%7, 1+i*6%7, 1+(i+2)%7, 1+i*i%7, []string{"m", "c"}[i%2], []string{"n", "s"}[i/2%2], 1+i%3))
		}
		return out
	}
	for name, rows := range map[string][]string{
		"nobody":               nil,
		"one":                  varied(1),
		"two":                  varied(2),
		"all missing":          repeat(20, ",,,,,,,,,,c,n,1"),
		"zero variance":        repeat(20, "4,6,3,4,6,4,6,40,60,5,c,n,1"),
		"no weight at all":     repeat(20, "4,6,3,4,6,4,6,40,60,5,c,n,0"),
		"some without weight":  append(varied(20), repeat(20, "4,6,3,4,6,4,6,40,60,5,c,n,0")...),
		"one side only":        repeat(20, "4,,3,4,,4,,40,60,5,c,n,1"),
		"a segment of one":     append(varied(40), "4,6,3,4,6,4,6,40,60,5,c,,1"),
		"contrary zones":       repeat(20, "4,3,6,4,6,4,6,40,60,5,c,n,1"),
		"no points given":      repeat(20, "4,6,3,4,6,4,6,,,5,c,n,1"),
		"one dimension absent": repeat(20, "4,6,3,4,6,,,40,60,5,c,n,1"),
	} {
		for _, view := range []bool{false, true} {
			b, err := json.Marshal(pairsStudy(t, view, rows...))
			if err != nil || strings.Contains(string(b), "NaN") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestZeroVarianceHasAGapAndNoTest(t *testing.T) {
	g := pairsStudy(t, false, repeat(20, "4,6,3,4,6,4,6,40,60,5,c,n,1")...).Analyses["gaps"].(*measure.Gap)
	if g.Gap != -2 || g.CI95[0] != -2 || g.CI95[1] != -2 || g.WeightedGap != -2 || g.FarBelow != 1 {
		t.Errorf("gap %v (%v), weighted %v, far below %v: want −2 without spread", g.Gap, g.CI95, g.WeightedGap, g.FarBelow)
	}
	i := g.Dimensions[0].Items[0]
	if !math.IsNaN(float64(i.P)) || i.Holds() || i.Zone.Within != 1 || i.Zone.MSA != 1 || g.MSS != -2 {
		t.Errorf("p %v, zone %+v, mss %v: want no test and all within", i.P, i.Zone, g.MSS)
	}
	if w := g.Dimensions[0].Weight; math.Abs(float64(w)-.4) > 1e-12 {
		t.Errorf("weight from questions is %v, want 0.4", w)
	}
	s := pairsStudy(t, false, repeat(20, "4,6,3,4,6,4,6,40,60,5,c,n,1")...).Analyses["matrix"].(*measure.Status)
	for _, item := range s.Items {
		if item.Quadrant != measure.KeepUp || !item.Undecided || !math.IsNaN(float64(item.Priority)) {
			t.Errorf("%s is %s, undecided %v, priority %v: at both lines is high, unsure and without priority", item.ID, item.Quadrant, item.Undecided, item.Priority)
		}
	}
}

func TestAPairOfFewAnswersIsHiddenWithItsDimension(t *testing.T) {
	rows := append(repeat(40, "4,6,3,,,4,6,40,60,5,c,n,1"), repeat(3, "4,6,3,2,7,4,6,40,60,5,c,n,1")...)
	r := pairsStudy(t, false, rows...)
	g := r.Analyses["gaps"].(*measure.Gap)
	if !g.Dimensions[0].Suppressed || !g.Dimensions[0].Items[0].Suppressed || g.Dimensions[1].Suppressed || !math.IsNaN(float64(g.Gap)) || g.Why != "min_cell" {
		t.Errorf("dimensions hidden: %v %v, gap %v: want the first, and no whole", g.Dimensions[0].Suppressed, g.Dimensions[1].Suppressed, g.Gap)
	}
	s := r.Analyses["matrix"].(*measure.Status)
	if !s.Items[1].Suppressed || s.Items[0].Suppressed || float64(s.Thresholds.Performance) != 4 {
		t.Errorf("items hidden: %v %v, line %v: want the second alone, and a line of the others", s.Items[0].Suppressed, s.Items[1].Suppressed, s.Thresholds.Performance)
	}
	b, _ := json.Marshal(g)
	if strings.Contains(string(b), `"perceived":2`) {
		t.Error("a hidden figure is in results.json")
	}
}

func TestAZoneOfFewAnswersIsHidden(t *testing.T) {
	rows := append(repeat(40, "4,6,,4,6,4,6,40,60,5,c,n,1"), repeat(3, "4,6,3,4,6,4,6,40,60,5,c,n,1")...)
	g := pairsStudy(t, false, rows...).Analyses["gaps"].(*measure.Gap)
	if d := g.Dimensions[0]; d.Suppressed || d.Zone != nil || d.Items[0].Zone != nil || !math.IsNaN(float64(g.MSA)) || !math.IsNaN(float64(d.MSA)) {
		t.Errorf("zone %+v of three answers is shown", d.Zone)
	}
}

func TestViewsAreToldApartOnlyWhereBothAreLarge(t *testing.T) {
	served, serving := repeat(30, "4,6,3,4,6,4,6,40,60,5,c,n,1"), repeat(10, "6,5,3,6,5,6,5,40,60,5,m,n,1")
	served = append(served, "5,6,3,4,6,4,6,40,60,5,c,n,1")
	g := pairsStudy(t, true, append(served, serving...)...).Analyses["gaps"].(*measure.Gap)
	if g.N != 31 || g.View == nil || len(g.View.Comparisons) != 2 || g.View.Comparisons[0].N != 3 {
		t.Fatalf("n %d, view %+v: want the served alone and both comparisons", g.N, g.View)
	}
	if d := g.View.Comparisons[0].Items[0].Difference; d != -1 {
		t.Errorf("expectations differ by %v, want −1", d)
	}
	g = pairsStudy(t, true, append(served, serving[:3]...)...).Analyses["gaps"].(*measure.Gap)
	if g.N != 34 || g.View != nil || len(g.Warnings) != 1 || g.Warnings[0] != measure.SmallView {
		t.Errorf("n %d, view %v, warnings %v: three must not be told apart", g.N, g.View, g.Warnings)
	}
}

func TestGapBandsBeginWhereTheyAreSaidTo(t *testing.T) {
	rows := strings.Fields("7,6 6,6 5,6 4,6 1,6 2,6 6,1")
	for i, r := range rows {
		rows[i] = r + ",1,4,4,4,4,1,1,1,c,n,1"
	}
	i := pairsStudy(t, false, rows...).Analyses["gaps"].(*measure.Gap).Dimensions[0].Items[0]
	if n := measure.Number(7); i.Exceed != 2/n || i.Meet != 1/n || i.Below != 1/n || i.FarBelow != 3/n {
		t.Errorf("bands %+v, want 2, 1, 1 and 3 of 7: far below begins at 2", i.Classes)
	}
}

func TestResamplesDependOnTheSeedAlone(t *testing.T) {
	text := quality(statusAnalysis("mean", "derived", 200))
	a, b := simulatedStudy(t, text).Analyses["matrix"].(*measure.Status), simulatedStudy(t, text).Analyses["matrix"].(*measure.Status)
	c := simulatedStudy(t, strings.Replace(text, "seed: 7", "seed: 8", 1)).Analyses["matrix"].(*measure.Status)
	same := true
	for i := range a.Items {
		if a.Items[i].CI95 != b.Items[i].CI95 {
			t.Errorf("%s: %v and %v from one seed", a.Items[i].ID, a.Items[i].CI95, b.Items[i].CI95)
		}
		same = same && a.Items[i].CI95 == c.Items[i].CI95
	}
	if same {
		t.Error("another seed gives the same intervals")
	}
}
