package measure_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// driverDefinition is a survey of an outcome y and items x_1 … x_p of seven points.
func driverDefinition(p int, more, analyses string) string {
	var rows strings.Builder
	for i := range p {
		fmt.Fprintf(&rows, "          - {id: \"%d\", label: x%d}\n", i+1, i+1)
	}
	return "manyi: 1\nid: x\nlanguages: [en]\ntitle: x\nscales:\n  seven: {points: 1..7, low: a, high: b}\npages:\n  - id: p\n    questions:\n" +
		"      - {id: y, type: rating, scale: seven, text: y}\n      - id: x\n        type: matrix\n        scale: seven\n        text: x\n        rows:\n" +
		rows.String() + more + "analyses:\n" + strings.ReplaceAll(analyses, "ITEMS", listed(p))
}

func listed(p int) string {
	items := make([]string, p)
	for i := range items {
		items[i] = fmt.Sprintf("x_%d", i+1)
	}
	return "[" + strings.Join(items, ", ") + "]"
}

const threeAnalyses = `  - {id: drivers, method: drivers, outcome: y, items: ITEMS, bootstrap: {resamples: 200}}
  - {id: each, method: penalty_reward, outcome: y, items: ITEMS, low: [1, 2], high: [6, 7], bootstrap: {resamples: 200}}
  - {id: joint, method: penalty_reward, outcome: y, items: ITEMS, low: [1, 2], high: [6, 7], regression: joint, bootstrap: {resamples: 200}}
`

// explainedData are the columns of the simulated survey by the names of driverDefinition.
func explainedData() map[string]string {
	columns := map[string]string{"id": "_id", "overall": "y", "weight": "w"}
	for i := range 12 {
		columns[fmt.Sprintf("q%d", i+1)] = fmt.Sprintf("x_%d", i+1)
	}
	return columns
}

func TestDriversAndPenaltiesEqualR(t *testing.T) {
	book := newOracleBook(t, "satisfaction (R)")
	r := judged(t, driverDefinition(12, "", threeAnalyses), fileOf(oracle+"data.csv"), explainedData())
	want := readTree(t, oracle+"expected_drivers.json")
	d, regression := r.Analyses["drivers"].(*measure.Drivers), below(want, "regression_overall_on_12_items")
	book.near("drivers n", measure.Number(d.N), below(regression, "n"))
	book.near("drivers R²", d.RSquared, below(regression, "r2"))
	book.near("drivers R² adjusted", d.Adjusted, below(regression, "r2_adj"))
	for _, i := range d.Items {
		id := "q" + strings.TrimPrefix(i.ID, "x_")
		book.near("drivers r", i.R, below(regression, "zero_order_r", id))
		book.near("drivers β", i.Beta, below(regression, "beta_standardised", id))
		book.near("drivers SE", i.SE, below(regression, "se_beta_scaled_data", id))
		book.near("drivers p", i.P, below(regression, "p", id))
		book.near("drivers VIF", i.VIF, below(regression, "vif", id))
		book.near("drivers Johnson", i.Johnson, below(regression, "johnson_raw", id))
		book.near("drivers Johnson %", i.JohnsonShare*100, below(regression, "johnson_percent", id))
		book.near("drivers Shapley", i.Shapley, below(regression, "lmg_raw", id))
		book.near("drivers Shapley %", i.ShapleyShare*100, below(regression, "lmg_percent", id))
		if !(i.CI95[0] < i.JohnsonShare && i.JohnsonShare < i.CI95[1]) {
			t.Errorf("%s: share %v outside its interval %v", i.ID, i.JohnsonShare, i.CI95)
		}
	}
	each, joint := r.Analyses["each"].(*measure.PenaltyReward), r.Analyses["joint"].(*measure.PenaltyReward)
	book.near("penalty (joint) n", measure.Number(joint.N), below(want, "penalty_reward_joint", "n"))
	for k := range each.Items {
		id := fmt.Sprintf("q%d", k+1)
		comparePenalty(book, "penalty", each.Items[k], below(want, "penalty_reward_one_regression_per_item", id))
		comparePenalty(book, "penalty (joint)", joint.Items[k], below(want, "penalty_reward_joint", "items", id))
		book.near("penalty n", measure.Number(each.Items[k].N), below(want, "penalty_reward_one_regression_per_item", id, "n"))
	}
	book.print()
}

func comparePenalty(book *oracleBook, what string, a *measure.Asymmetry, want any) {
	book.t.Helper()
	book.near(what+" cells", measure.Number(a.NLow), below(want, "n_low"))
	book.near(what+" cells", measure.Number(a.NHigh), below(want, "n_high"))
	book.near(what, a.Penalty, below(want, "penalty"))
	book.near(what+": reward", a.Reward, below(want, "reward"))
	book.near(what+": range", a.Range, below(want, "range_of_impact"))
	book.near(what+": asymmetry", a.Asymmetry, below(want, "impact_asymmetry"))
	book.same(what+": class", string(a.Nearest), below(want, "class_cut_0.2"))
	if a.Class != "" && a.Class != a.Nearest || a.Undecided == (a.Class != "") {
		book.t.Errorf("%s: class %q, nearest %q, undecided %v", a.ID, a.Class, a.Nearest, a.Undecided)
	}
}

// Weights of 1 give the plain figures, but linearised standard errors; zero
// weights leave their rows out.
func TestDriversTakeWeights(t *testing.T) {
	weights := "weights: {column: w}\n"
	r := judged(t, driverDefinition(12, weights, threeAnalyses), fileOf(oracle+"data.csv"), explainedData())
	d := r.Analyses["drivers"].(*measure.Drivers)
	if d.N != 440 || math.IsNaN(float64(d.Items[0].SE)) || d.Items[0].SE <= 0 {
		t.Fatalf("n %d, SE %v", d.N, d.Items[0].SE)
	}
	plain, weighted := weightedRows(0), weightedRows(1)
	a := judged(t, driverDefinition(3, "", threeAnalyses), textOf(plain), nil).Analyses
	b := judged(t, driverDefinition(3, weights, threeAnalyses), textOf(weighted), nil).Analyses
	x, y := a["drivers"].(*measure.Drivers), b["drivers"].(*measure.Drivers)
	if x.N != y.N || math.Abs(float64(x.RSquared-y.RSquared)) > 1e-12 {
		t.Errorf("n %d, R² %v; want %d, %v", y.N, y.RSquared, x.N, x.RSquared)
	}
	for i := range x.Items {
		if math.Abs(float64(x.Items[i].Beta-y.Items[i].Beta)) > 1e-12 {
			t.Errorf("β %v, want %v", y.Items[i].Beta, x.Items[i].Beta)
		}
		if !(y.Items[i].SE > 0) {
			t.Errorf("linearised SE %v", y.Items[i].SE)
		}
		p, q := a["each"].(*measure.PenaltyReward).Items[i], b["each"].(*measure.PenaltyReward).Items[i]
		if math.Abs(float64(p.Penalty-q.Penalty)) > 1e-12 {
			t.Errorf("penalty %v, want %v", q.Penalty, p.Penalty)
		}
	}
}

// weightedRows is 300 answers; with extra, as many more of weight 0.
func weightedRows(extra int) string {
	var b strings.Builder
	b.WriteString("_id,y,x_1,x_2,x_3,w\n")
	for i := range 300 * (1 + extra) {
		x1, x2, x3 := 1+i*5%7, 1+i*3%7, 1+(i/7)%7
		w := 1
		if i >= 300 {
			x1, w = 1, 0
		}
		fmt.Fprintf(&b, "%d,%d,%d,%d,%d,%d\n", i, min(7, max(1, (2*x1+x2+i%3)/3)), x1, x2, x3, w)
	}
	return b.String()
}

func TestDriversAtTheEdges(t *testing.T) {
	data := func(n int, row func(i int) string) string {
		var b strings.Builder
		b.WriteString("_id,y,x_1,x_2,x_3\n")
		for i := range n {
			fmt.Fprintf(&b, "%d,%s\n", i, row(i))
		}
		return b.String()
	}
	for _, c := range []struct {
		name, rows string
		warnings   []string
		n          int
	}{
		{"nobody", "_id,y,x_1,x_2,x_3\n", []string{}, 0},
		{"a constant outcome", data(150, func(i int) string { return fmt.Sprintf("4,%d,%d,%d", 1+i%7, 1+i%5, 1+i%3) }), []string{measure.ConstantResult}, 150},
		{"six answers", data(6, func(i int) string { return fmt.Sprintf("%d,%d,%d,%d", 1+i, 1+i*i%7, 1+i%5, 1+i%3) }), []string{measure.FewForDrivers}, 6},
		{"a constant item", data(150, func(i int) string { return fmt.Sprintf("%d,%d,5,%d", 1+(i+i/7)%7, 1+i%7, 1+i/3%7) }), []string{measure.ConstantItem}, 150},
		{"the same item twice", data(150, func(i int) string { return fmt.Sprintf("%d,%d,%d,%d", 1+(i+i/7)%7, 1+i%7, 1+i%7, 1+i/3%7) }), []string{measure.Collinear}, 150},
		{"nothing but missing items", data(150, func(i int) string { return fmt.Sprintf("%d,,,", 1+i%7) }), []string{}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := judged(t, driverDefinition(3, "", threeAnalyses), textOf(c.rows), nil)
			if _, err := json.Marshal(r); err != nil {
				t.Fatal(err)
			}
			d := r.Analyses["drivers"].(*measure.Drivers)
			if d.N != c.n {
				t.Errorf("n %d, want %d", d.N, c.n)
			}
			for _, w := range c.warnings {
				if !slices.Contains(d.Warnings, w) {
					t.Errorf("warnings %v lack %q", d.Warnings, w)
				}
			}
		})
	}
	r := judged(t, driverDefinition(3, "", threeAnalyses), textOf(data(150, func(i int) string { return fmt.Sprintf("%d,%d,%d,%d", 1+(i+i/7)%7, 1+i%7, 1+i%7, 1+i/3%7) })), nil)
	d := r.Analyses["drivers"].(*measure.Drivers)
	if first := d.Items[0]; first.Beta == first.Beta || first.VIF == first.VIF || first.Johnson == first.Johnson || !(first.Shapley > 0) || d.Weights != "shapley" {
		t.Errorf("the same item twice: %+v", first)
	}
}

// Thirty items are too many for Shapley's exact values: Johnson's lead.
func TestManyDrivers(t *testing.T) {
	var b strings.Builder
	b.WriteString("_id,y")
	for j := range 30 {
		fmt.Fprintf(&b, ",x_%d", j+1)
	}
	b.WriteByte('\n')
	state := uint32(7)
	next := func(n uint32) int {
		state = state*1664525 + 1013904223
		return 1 + int(state>>16%n)
	}
	for i := range 400 {
		fmt.Fprintf(&b, "%d,%d", i, next(7))
		for range 30 {
			fmt.Fprintf(&b, ",%d", next(7))
		}
		b.WriteByte('\n')
	}
	r := judged(t, driverDefinition(30, "", "  - {id: drivers, method: drivers, outcome: y, items: ITEMS, weights: shapley, bootstrap: {resamples: 100}}\n"), textOf(b.String()), nil)
	d := r.Analyses["drivers"].(*measure.Drivers)
	if d.Weights != "johnson" || !slices.Contains(d.Warnings, measure.NoShapley) || len(d.Core) != 3 || math.IsNaN(float64(d.Items[0].JohnsonShare)) {
		t.Errorf("weights %q, warnings %v, core %v", d.Weights, d.Warnings, d.Core)
	}
}

// A cell of fewer than five answers would tell their mean: the item is hidden,
// and no figure of it stands in results.json.
func TestSmallCellsOfPenaltiesAreHidden(t *testing.T) {
	var b strings.Builder
	b.WriteString("_id,y,x_1,x_2,x_3\n")
	for i := range 120 {
		x1 := 3 + i%4
		if i < 3 {
			x1 = 1
		}
		fmt.Fprintf(&b, "%d,%d,%d,%d,4\n", i, 1+i%7, x1, 1+i%7)
	}
	p := judged(t, driverDefinition(3, "", threeAnalyses), textOf(b.String()), nil).Analyses["each"].(*measure.PenaltyReward)
	if !p.Items[0].Suppressed || p.Items[1].Suppressed || p.Items[2].Why != measure.EmptyCells {
		t.Fatalf("hidden %v %v, why %q", p.Items[0].Suppressed, p.Items[1].Suppressed, p.Items[2].Why)
	}
	if got, _ := json.Marshal(p.Items[0]); string(got) != `{"suppressed":true,"reason":"min_cell"}` {
		t.Errorf("got %s", got)
	}
}

// The eleven factors of the short variant, and what each is found to be.
func TestTwoFactorsFindWhatIsDeclared(t *testing.T) {
	var b strings.Builder
	b.WriteString("_id,y")
	for j := range 11 {
		fmt.Fprintf(&b, ",x_%d", j+1)
	}
	b.WriteByte('\n')
	for i := range 900 {
		x1, x2 := 1+i%7, 1+i/7%7
		y := 4
		if x1 <= 2 { // x_1 only punishes
			y -= 2
		}
		if x2 >= 6 { // x_2 only rewards
			y += 2
		}
		fmt.Fprintf(&b, "%d,%d,%d,%d", i, y, x1, x2)
		for j := range 9 {
			fmt.Fprintf(&b, ",%d", 1+(i*(j+2)+i/49)%7)
		}
		b.WriteByte('\n')
	}
	analysis := "  - {id: two, method: two_factor, hygiene: [x_1, x_3, x_4, x_5, x_6], motivators: [x_2, x_7, x_8, x_9, x_10, x_11], outcome: y}\n"
	f := judged(t, driverDefinition(11, "", analysis), textOf(b.String()), nil).Analyses["two"].(*measure.TwoFactor)
	if len(f.Items) != 11 || f.HygieneN != 900 || math.Abs(float64(f.Hygiene)-50) > 2 {
		t.Fatalf("%d items, hygiene %v of %d", len(f.Items), f.Hygiene, f.HygieneN)
	}
	if a, m := f.Items[0], f.Items[5]; a.Found != measure.HygieneFactor || m.Found != measure.Motivator || !*a.Agrees || !*m.Agrees {
		t.Errorf("found %q and %q, want hygiene and motivator", a.Found, m.Found)
	}
	if turned := strings.Replace(strings.Replace(analysis, "[x_1,", "[x_2,", 1), "[x_2, x_7", "[x_1, x_7", 1); turned != analysis {
		f := judged(t, driverDefinition(11, "", turned), textOf(b.String()), nil).Analyses["two"].(*measure.TwoFactor)
		if f.Items[0].Found != measure.Motivator || *f.Items[0].Agrees {
			t.Errorf("a motivator declared as hygiene: found %q, agrees %v", f.Items[0].Found, *f.Items[0].Agrees)
		}
	}
}
