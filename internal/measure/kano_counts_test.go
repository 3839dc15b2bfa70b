package measure

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"
)

// countedCase is what R made of one set of counts; the script stands beside the file.
type countedCase struct {
	Input             []int
	N                 int
	Category          string
	CategoryBlockRule string   `json:"category_block_rule"`
	Better            *float64 `json:"better"`
	Worse             *float64 `json:"worse"`
	Sensitivity       *float64 `json:"sensitivity"`
	CategoryStrength  *float64 `json:"category_strength"`
	Mixed             bool     `json:"mixed_below_6pct"`
	TotalStrength     *float64 `json:"total_strength"`
	Questionable      bool     `json:"questionable_over_10pct"`
	Fong              *struct {
		First, Second string
		A, B          int
		Threshold     float64 `json:"threshold_1.65"`
		Significant   bool
	} `json:"fong_all_six"`
}

// representative is a pair of answers of each class, in the order of KanoClasses.
var representative = [6][2]int{{0, 2}, {0, 4}, {1, 4}, {1, 1}, {1, 0}, {0, 0}}

func TestKanoOfCountsAloneEqualsR(t *testing.T) {
	raw, err := os.ReadFile("testdata/kano/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Cases []countedCase `json:"cases_from_counts"`
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	worst := 0.0
	same := func(what string, got Number, want *float64) {
		t.Helper()
		switch {
		case want == nil && math.IsNaN(float64(got)):
		case want == nil || !(math.Abs(float64(got)-*want) <= 1e-9):
			t.Errorf("%s: got %v, want %v", what, got, want)
		default:
			worst = max(worst, math.Abs(float64(got)-*want))
		}
	}
	for _, c := range want.Cases {
		var k kanoPairs
		for class, n := range c.Input {
			for range n {
				k.add(representative[class][0], representative[class][1], 1)
			}
		}
		f := (&wave{}).measureFeature(&k, "standard", k.n)
		if f.N != c.N || string(f.Category) != c.Category || string(f.CategoryBlock) != c.CategoryBlockRule || f.Mixed != c.Mixed {
			t.Errorf("%v: n %d, class %q, by blocks %q, mixed %v; want %d, %q, %q, %v", c.Input, f.N, f.Category, f.CategoryBlock, f.Mixed, c.N, c.Category, c.CategoryBlockRule, c.Mixed)
		}
		if c.N == 0 {
			if f.Fong != nil || !math.IsNaN(float64(f.Better)) || !math.IsNaN(float64(f.Functional)) {
				t.Errorf("no answers: %+v", f)
			}
			continue
		}
		same("better", f.Better, c.Better)
		same("worse", f.Worse, c.Worse)
		same("sensitivity", f.Sensitivity, c.Sensitivity)
		same("category strength", f.CategoryStrength, c.CategoryStrength)
		same("total strength", f.TotalStrength, c.TotalStrength)
		same("Fong's threshold", f.Fong.Threshold, &c.Fong.Threshold)
		if g := f.Fong; g.First != c.Fong.First || g.Second != c.Fong.Second || g.A != c.Fong.A || g.B != c.Fong.B || g.Significant != c.Fong.Significant {
			t.Errorf("%v: Fong %+v, want %+v", c.Input, g, c.Fong)
		}
		if got := contains(f.Warnings, KanoQuestionable); got != c.Questionable {
			t.Errorf("%v: questionable %v, want %v", c.Input, got, c.Questionable)
		}
	}
	t.Logf("kano from counts | kano (R) | %d cases | largest difference %.1e", len(want.Cases), worst)
}

func contains(list []string, one string) bool {
	return slices.Contains(list, one)
}

// METHODS B4 has this case, computed in R.
func TestKanoOfThePublishedCase(t *testing.T) {
	var k kanoPairs
	for class, n := range []int{25, 45, 20, 8, 1, 1} {
		for range n {
			k.add(representative[class][0], representative[class][1], 1)
		}
	}
	f := (&wave{}).measureFeature(&k, "standard", k.n)
	for what, pair := range map[string][2]float64{
		"better": {float64(f.Better), .7143}, "worse": {float64(f.Worse), -.6633}, "sensitivity": {float64(f.Sensitivity), .9748},
		"strength": {float64(f.CategoryStrength), .20}, "total": {float64(f.TotalStrength), .90},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-4 { // the sensitivity there is that of rounded coefficients
			t.Errorf("%s = %.6f, want %.4f", what, pair[0], pair[1])
		}
	}
	if math.Abs(float64(f.Fong.Threshold)-11.13) > .005 || !f.Fong.Significant || f.Category != OneDimensional {
		t.Errorf("Fong %+v, class %q", f.Fong, f.Category)
	}
}

func TestAWeightOfTwoIsTwoPairs(t *testing.T) {
	var weighted, repeated kanoPairs
	for i := range 40 {
		f, d := i*7%5, i*3%5
		w := float64(i % 3)
		weighted.add(f, d, w)
		for range i % 3 {
			repeated.add(f, d, 1)
		}
	}
	a, b := (&wave{weights: []float64{1}}).measureFeature(&weighted, "standard", weighted.valid.N), (&wave{}).measureFeature(&repeated, "standard", repeated.n)
	for what, pair := range map[string][2]Number{
		"better": {a.Better, b.Better}, "worse": {a.Worse, b.Worse}, "functional": {a.Functional, b.Functional}, "total": {a.TotalStrength, b.TotalStrength},
		"strength": {a.CategoryStrength, b.CategoryStrength}, "share of A": {a.Shares["A"], b.Shares["A"]},
	} {
		if math.Abs(float64(pair[0]-pair[1])) > 1e-12 {
			t.Errorf("%s = %v, want %v", what, pair[0], pair[1])
		}
	}
	if a.Category != b.Category || a.N >= a.Unweighted.N {
		t.Errorf("class %q, want %q; n %d and %d without weights", a.Category, b.Category, a.N, a.Unweighted.N)
	}
}

func TestFiguresToFollowStandWhereResultsHaveThem(t *testing.T) {
	var k kanoPairs
	for i := range 50 {
		k.add(i%5, i/5%5, 1)
	}
	f := (&wave{}).measureFeature(&k, "standard", k.n)
	f.ID = "speed"
	var followed figured = &Kano{Features: []*KanoFeature{f, {ID: "few", Suppressed: true}}}
	got := followed.figures()
	if len(got) != 2 || got[0].path != "features.speed.better" || got[0].estimate.Value != float64(f.Better) || got[1].kind != "worse" || got[1].estimate.Value != float64(f.Worse) {
		t.Errorf("kano follows %+v", got)
	}
	followed = &TwoFactor{}
	if got := followed.figures(); len(got) != 2 || got[0].path != "hygiene" || got[1].path != "motivators" {
		t.Errorf("two factors follow %+v", got)
	}
}
