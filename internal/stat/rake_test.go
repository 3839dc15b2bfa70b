package stat

import (
	"math"
	"slices"
	"testing"
)

// marginsOf reads targets of columns of a sheet, every row a unit.
func marginsOf(data sheet, targets object, names ...string) (margins []RakeMargin, count []int) {
	for _, name := range names {
		codes := targets.at(name).keys()
		m := RakeMargin{Of: make([]int32, data.rows)}
		for i, code := range data.columns[name] {
			m.Of[i] = int32(slices.Index(codes, code))
		}
		for _, code := range codes {
			m.Target = append(m.Target, targets.at(name).number(code))
		}
		margins = append(margins, m)
	}
	for range data.rows {
		count = append(count, 1)
	}
	return margins, count
}

func TestRakingOfMobiAgreesWithR(t *testing.T) {
	want, data := sharedOracle(t, "weighting_mobi")
	l := newLedger(t)
	margins, count := marginsOf(data, want.at("targets"), "gender", "age", "region") // their order matters once weights are cut
	for _, c := range []struct {
		key   string
		start []float64
		trim  float64
	}{
		{"raked_weights_mean1", nil, 0},
		{"raked_from_base_weights_mean1", data.numbers("base_weight"), 0},
		{"raked_capped_1.8_mean1", nil, 1.8},
	} {
		got := Rake(count, c.start, margins, c.trim)
		if !got.Converged {
			t.Errorf("%s: did not converge in %d passes", c.key, got.Iterations)
		}
		for i, w := range want.numbers(c.key) {
			l.near(c.key, "weighting_mobi", got.Weights[i], w)
		}
		t.Logf("%s: %d passes, residual %.2g, trimmed %d", c.key, got.Iterations, got.Residual, got.Trimmed)
	}
	l.print()
}

func TestRakingOfTheSimulatedSurveyAgreesWithR(t *testing.T) {
	want := readJSON(t, "testdata/satisfaction/expected.json")
	data := readCSV(t, "testdata/satisfaction/data.csv")
	l := newLedger(t)
	margins, count := marginsOf(data, want.at("raking_targets"), "region", "tenure")
	for key, start := range map[string][]float64{"raked_from_equal_weights": nil, "raked_from_weight_column": data.numbers("weight")} {
		got := Rake(count, start, margins, 0)
		for i, w := range want.at(key).numbers("weights_mean_1_first_20") {
			l.near(key, "satisfaction", got.Weights[i], w)
		}
		sum, squares := 0.0, 0.0
		for _, w := range got.Weights {
			sum, squares = sum+w, squares+w*w
		}
		l.near(key+" n_eff", "satisfaction", EffectiveN(sum, squares), want.at(key, "summary").number("n_eff"))
	}
	l.print()
}

func TestRaoScottOfMobiAgreesWithR(t *testing.T) {
	want, data := sharedOracle(t, "weighting_mobi")
	l := newLedger(t)
	const oracle = "weighting_mobi"
	cusa := data.numbers("CUSA1")
	for key, weights := range map[string][]float64{
		"raked": want.numbers("raked_weights_mean1"), "raked_from_base": want.numbers("raked_from_base_weights_mean1"),
		"base_weights_only": data.numbers("base_weight"), "unweighted": slices.Repeat([]float64{1}, data.rows),
	} {
		cells := [][]Point{make([]Point, 2), make([]Point, 2)}
		for i, w := range weights {
			r, c := 0, 0
			if data.columns["gender"][i] == "M" {
				r = 1
			}
			if cusa[i] >= 9 {
				c = 1
			}
			p := &cells[r][c]
			p.N, p.W, p.W2 = p.N+1, p.W+w, p.W2+w*w
		}
		got, first := RaoScott(cells)
		w := want.at(key, "rao_scott_gender_by_top")
		l.near("Rao–Scott X²", oracle, got.Statistic, w.number("chisq_pearson_weighted_n_scaled"))
		l.relative("Rao–Scott F p", oracle, 1e-8, got.P, w.at("p").number("X-squared"))
		l.relative("Rao–Scott first-order p", oracle, 1e-8, first, w.at("p_first_order").number("X-squared"))
	}
	l.print()
}

func TestRakingHoldsAtItsEdges(t *testing.T) {
	m := RakeMargin{Of: []int32{0, 1, -1}, Target: []float64{.3, .7}}
	got := Rake([]int{50, 50, 100}, nil, []RakeMargin{m}, 0)
	if share := 50 * got.Weights[0] / (50*got.Weights[0] + 50*got.Weights[1]); math.Abs(share-.3) > 1e-12 {
		t.Errorf("share among the rows that have a category: %v, want .3", share)
	}
	if math.Abs(got.Weights[2]-1) > 1e-12 {
		t.Errorf("a row without category: weight %v, want 1", got.Weights[2])
	}
	zero := Rake([]int{5, 5}, nil, []RakeMargin{{Of: []int32{0, 1}, Target: []float64{0, 1}}}, 0)
	if zero.Weights[0] != 0 || math.Abs(zero.Weights[1]-2) > 1e-12 || !zero.Converged {
		t.Errorf("a target of 0: %+v", zero)
	}
	if none := Rake(nil, nil, []RakeMargin{{Target: m.Target}}, 5); len(none.Weights) != 0 {
		t.Errorf("no rows: %+v", none)
	}
}

func TestProcessLimitsAreThoseOfWheeler(t *testing.T) {
	// Mean 52, mean moving range 28/7 = 4, so 52 ± 10.64.
	got := XmR([]float64{50, 54, 50, 54, 50, 54, 50, 54})
	if math.Abs(got.Mean-52) > 1e-12 || math.Abs(got.High-62.64) > 1e-12 || math.Abs(got.Low-41.36) > 1e-12 {
		t.Errorf("limits %+v", got)
	}
	if got := XmR([]float64{1, 2, 3}); !math.IsNaN(got.Mean) {
		t.Errorf("three values: %+v", got)
	}
	far := XmR([]float64{50, 51, 50, 51, 50, 51, 50, 51, 70})
	if !far.Outside[8] || far.Outside[0] {
		t.Errorf("a value far off: %+v", far)
	}
}
