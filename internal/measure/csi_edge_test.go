package measure_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// smallIndex is an index of two facets over three items on five points; KEYS
// are more keys of the analysis, TOP more of the survey.
const smallIndex = `manyi: 1
id: simulated
version: 1
languages: [en]
title: Small
scales:
  five: {points: 1..5, low: low, high: high}
pages:
  - id: all
    questions:
      - {id: a, type: rating, scale: five, text: a}
      - {id: b, type: rating, scale: five, reverse: true, text: b}
      - {id: c, type: number, min: 0, max: 20, text: c}
hidden:
  - {id: region, from: r, allow: [x, y]}
segments: [region]
TOP
analyses:
  - id: index
    method: csi
KEYS
    facets:
      - {id: f, weight: 0.75, items: [{id: a, weight: 1}, {id: b, weight: 1}]}
      - {id: g, weight: 0.25, items: [c]}
`

func small(t *testing.T, keys, top string, rows ...string) *measure.CSI {
	t.Helper()
	r := smallResults(t, keys, top, rows...)
	return csiOf(t, r.Block, "index")
}

func smallResults(t *testing.T, keys, top string, rows ...string) *measure.Results {
	t.Helper()
	text := strings.NewReplacer("KEYS\n", keys, "TOP\n", top).Replace(smallIndex)
	text = strings.ReplaceAll(text, "weight: 1}", "weight: 0.5}")
	if strings.Contains(keys, "mapping") {
		text = strings.Replace(text, "items: [c]", "items: [a]", 1)
	}
	header := "_id,a,b,c,region,w,_wave\n"
	if !strings.Contains(top, "waves:") {
		header = "_id,a,b,c,region,w,nothing\n"
	}
	return measured(t, text, map[string]string{}, literal(header+strings.Join(rows, "\n")+"\n"))
}

func TestIndexOfFewAnswers(t *testing.T) {
	repeat := func(row string, n int) []string {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprintf("%d,%s", i, row))
		}
		return out
	}
	nan := math.NaN()
	for _, test := range []struct {
		name     string
		rows     []string
		n        int
		score    float64
		low      float64
		warnings string
	}{
		{"nobody", nil, 0, nan, nan, "[no_answers]"},
		{"all missing", repeat(",,,x,1,", 8), 0, nan, nan, "[no_answers]"},
		{"below half of the weight", repeat(",,10,x,1,", 8), 0, nan, nan, "[no_answers]"},
		// a = 4 is 75, b = 2 reversed is 75, c = 10 is 50
		{"alike", repeat("4,2,10,x,1,", 8), 8, .75*75 + .25*50, .75*75 + .25*50, "[base_under_30]"},
		{"a facet without answers", repeat("4,2,,x,1,", 8), 8, 75, 75, "[base_under_30]"},
		{"half of a facet", repeat("5,,20,x,1,", 8), 8, 100, 100, "[base_under_30]"},
		{"two differ", append(repeat("5,1,20,x,1,", 7), "9,1,5,0,x,1,"), 8, 87.5, 87.5 - 35.35533905932738*2.364624251592785/math.Sqrt(8), "[base_under_30]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := small(t, "", "", test.rows...)
			near := func(got measure.Number, want float64) bool {
				return math.IsNaN(float64(got)) && math.IsNaN(want) || math.Abs(float64(got)-want) < 1e-9
			}
			if c.N != test.n || !near(c.Score, test.score) || !near(c.CI95[0], test.low) || fmt.Sprint(c.Warnings) != test.warnings {
				t.Errorf("got n %d, score %v from %v, %v", c.N, c.Score, c.CI95[0], c.Warnings)
			}
			if _, err := json.Marshal(c); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestIndexWithATableOfPoints(t *testing.T) {
	keys := "    mapping: {1: 20, 2: 40, 3: 60, 4: 80, 5: 100}\n"
	var rows []string
	for i := range 6 {
		rows = append(rows, fmt.Sprintf("%d,1,5,,x,1,", i))
	}
	// a = 1 earns 20; b is reversed: its 5 is the worst and earns what 1 does
	c := small(t, keys, "", rows...)
	if c.Score != 20 || c.Range != [2]measure.Number{20, 100} {
		t.Errorf("score %v on %v, want 20 on [20 100]", c.Score, c.Range)
	}
}

func TestIndexLeavesOutRowsWithoutWeight(t *testing.T) {
	var rows []string
	for i := range 10 {
		a, w := 5, 1
		if i >= 6 {
			a, w = 1, 0
		}
		rows = append(rows, fmt.Sprintf("%d,%d,1,20,x,%d,", i, a, w))
	}
	c := small(t, "", "weights: {column: w}\n", rows...)
	if c.N != 6 || c.Score != 100 {
		t.Errorf("n %d, score %v, want 6 and 100", c.N, c.Score)
	}
}

func TestSmallGroupsOfAnIndexAreHidden(t *testing.T) {
	var rows []string
	for i := range 40 {
		region, c := "x", ""
		if i < 4 {
			region = "y"
		}
		if i < 3 {
			c = "10"
		}
		rows = append(rows, fmt.Sprintf("%d,%d,2,%s,%s,1,", i, 1+i%5, c, region))
	}
	r := smallResults(t, "", "", rows...)
	if _, ok := r.BySegment["region"]["y"].Analyses["index"].(*measure.Hidden); !ok {
		t.Error("the index of four people is shown")
	}
	c := csiOf(t, r.Block, "index")
	if !c.Facets[1].Suppressed || !c.Facets[1].Items[0].Suppressed {
		t.Error("a facet of three answers is shown")
	}
	data, err := json.Marshal(c.Facets[1])
	if err != nil || string(data) != `{"suppressed":true,"reason":"min_cell"}` {
		t.Errorf("got %s, %v", data, err)
	}
}

// The change of an index is the sum of its contributions and the rest, and
// where everything is answered the rest is 0 and each is weight times change.
func TestContributionsAddUp(t *testing.T) {
	waves := "waves:\n  - {id: \"1\"}\n  - {id: \"2\"}\n"
	for _, holes := range []bool{false, true} {
		var rows []string
		for i := range 80 {
			wave := 1 + i/40
			a, b, c := fmt.Sprint(1+(i*wave)%5), fmt.Sprint(1+(i/3)%5), fmt.Sprint((i*7+wave)%21)
			if holes && i%4 == wave {
				a = ""
			}
			if holes && i%7 == 0 {
				c = ""
			}
			rows = append(rows, fmt.Sprintf("%d,%s,%s,%s,x,1,%d", i, a, b, c, wave))
		}
		r := smallResults(t, "", waves, rows...)
		before, now := csiOf(t, r.ByWave["1"], "index"), csiOf(t, r.ByWave["2"], "index")
		d := now.Contributions
		sum := func(parts []*measure.Contribution, rest measure.Number) float64 {
			for _, p := range parts {
				rest += p.Contribution
			}
			return float64(rest)
		}
		want := float64(now.Score - before.Score)
		for _, got := range []float64{sum(d.Facets, d.FacetsRest), sum(d.Items, d.ItemsRest), float64(d.Difference)} {
			if math.Abs(got-want) > 1e-12 {
				t.Errorf("holes %v: contributions sum to %v, the change is %v", holes, got, want)
			}
		}
		if !d.Comparable {
			t.Errorf("not comparable: %s", d.Reason)
		}
		if holes {
			continue
		}
		if math.Abs(float64(d.ItemsRest)) > 1e-12 || math.Abs(float64(d.FacetsRest)) > 1e-12 {
			t.Errorf("rest %v, %v with complete answers", d.ItemsRest, d.FacetsRest)
		}
		item, was := now.Facets[0].Items[0], before.Facets[0].Items[0]
		if got, want := float64(d.Items[0].Contribution), .375*float64(item.Score-was.Score); math.Abs(got-want) > 1e-12 {
			t.Errorf("contribution %v, want weight times change %v", got, want)
		}
	}
}

func TestWavesWithOtherWeightsAreNotComparable(t *testing.T) {
	waves := "waves:\n  - {id: \"1\"}\n  - {id: \"2\"}\n"
	keys := "    weighting: derived\n    outcome: a\n"
	var rows []string
	for i := range 80 {
		wave := 1 + i/40
		rows = append(rows, fmt.Sprintf("%d,%d,%d,%d,x,1,%d", i, 1+i%5, 1+(i*wave)%5, (i*3)%21, wave))
	}
	r := smallResults(t, keys, waves, rows...)
	if d := csiOf(t, r.ByWave["2"], "index").Contributions; d.Comparable || d.Reason != measure.OtherWeights {
		t.Errorf("comparable %v, reason %q", d.Comparable, d.Reason)
	}
	rows = rows[:40]
	for i := range 40 {
		rows = append(rows, fmt.Sprintf("%d,,,,x,1,2", 100+i))
	}
	r = smallResults(t, "", waves, rows...)
	if d := csiOf(t, r.ByWave["2"], "index").Contributions; d.Comparable || d.Reason != measure.NoAnswers {
		t.Errorf("comparable %v, reason %q", d.Comparable, d.Reason)
	}
}

func TestIndexHasTheSameBytesOnOneProcessor(t *testing.T) {
	var rows []string
	for i := range 200_000 {
		rows = append(rows, fmt.Sprintf("%d,%d,%d,%d,%c,%d,", i, 1+i%5, 1+(i/7)%5, i%21, "xy"[i%2], 1+i%3))
	}
	var got [2][]byte
	for i, n := range []int{1, runtime.NumCPU()} {
		old := runtime.GOMAXPROCS(n)
		r := smallResults(t, "", "weights: {column: w}\n", rows...)
		runtime.GOMAXPROCS(old)
		var err error
		if got[i], err = json.Marshal(r.Analyses["index"]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(got[0], got[1]) {
		t.Errorf("one processor gives\n%s\nmore give\n%s", got[0], got[1])
	}
}

func TestReversalsOfGroupsAreNamed(t *testing.T) {
	var rows []string
	for i := range 40 {
		// f is 75 and 50, g is 10 and 60: x is ahead by .75 and .25, y by equal weights
		rows = append(rows, fmt.Sprintf("%d,4,2,2,x,1,", i), fmt.Sprintf("%d,3,3,12,y,1,", 100+i))
	}
	r := smallResults(t, "", "", rows...)
	got := measure.Reversed(r.BySegment["region"], []string{"x", "y"}, "index", "equal")
	if fmt.Sprint(got) != "[[x y]]" {
		t.Errorf("got %v, want [[x y]]", got)
	}
}
