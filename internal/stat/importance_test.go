package stat

import (
	"math"
	"path/filepath"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// explained is a regression of one column on others.
type explained struct {
	*Importance
	correlations []float64
	n            int
	products     Products
	rows         [][]float64
}

// explain fits the complete rows of the columns; weights nil is 1 a row.
func explain(columns [][]float64, outcome, weights []float64) explained {
	c := len(columns) + 1
	out := explained{Importance: NewImportance(len(columns), true), correlations: make([]float64, c*c), products: NewProducts(c)}
	for i, y := range outcome {
		row := make([]float64, c)
		for j, x := range columns {
			row[j] = x[i]
		}
		row[c-1] = y
		if slices.ContainsFunc(row, math.IsNaN) {
			continue
		}
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		out.products.Add(w, row)
		out.rows = append(out.rows, row)
		out.n++
	}
	out.products.Correlations(out.correlations, make([]float64, c))
	out.Fit(out.correlations)
	return out
}

// TestDriversOfSimulatedSurveyAgreeWithR: expected_drivers.json is made by
// make_drivers.R beside it (R 4.2.2; relaimpo 2.2-7 and car 3.1-1 agree there).
func TestDriversOfSimulatedSurveyAgreeWithR(t *testing.T) {
	book := newLedger(t)
	data := readCSV(t, "testdata/satisfaction/data.csv")
	want := readJSON(t, "testdata/satisfaction/expected_drivers.json").at("regression_overall_on_12_items")
	names := []string{"q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12"}
	var columns [][]float64
	for _, name := range names {
		columns = append(columns, data.numbers(name))
	}
	got := explain(columns, data.numbers("overall"), nil)
	compareDrivers(book, "satisfaction (R)", got, want, names, driverKeys{
		beta: []string{"beta_standardised"}, se: []string{"se_beta_scaled_data"}, p: []string{"p"}, adjusted: "r2_adj",
		johnson: "johnson_raw", shapley: "lmg_raw",
	})
	book.print()
}

func TestDriversOfMobiAgreeWithR(t *testing.T) {
	folder := foreign(t, "mobi_drivers")
	book := newLedger(t)
	data := readCSV(t, filepath.Join(folder, "data.csv"))
	all := readJSON(t, filepath.Join(folder, "expected.json"))
	for _, model := range []string{"model_a", "model_b", "model_c_12_drivers"} {
		want := all.at(model)
		var names []string
		var columns [][]float64
		for _, name := range want.value["drivers"].([]any) {
			names = append(names, name.(string))
			columns = append(columns, data.numbers(name.(string)))
		}
		compareDrivers(book, "mobi_drivers (R)", explain(columns, data.numbers(want.text("outcome")), nil), want, names, driverKeys{
			beta: []string{"standardised", "beta"}, se: []string{"standardised", "se"}, p: []string{"standardised", "p"}, adjusted: "r2_adj",
			johnson: "johnson_relative_weights_raw", shapley: "lmg_shapley_raw",
		})
	}
	book.print()
}

// driverKeys are where an oracle has its figures.
type driverKeys struct {
	beta, se, p                []string
	adjusted, johnson, shapley string
}

func compareDrivers(book ledger, oracle string, got explained, want object, names []string, keys driverKeys) {
	book.t.Helper()
	c := got.Coefficients(got.n)
	book.near("drivers n", oracle, float64(got.n), want.number("n"))
	book.near("drivers R²", oracle, got.RSquared, want.number("r2"))
	book.near("drivers R² adjusted", oracle, c.Adjusted, want.number(keys.adjusted))
	sum := 0.0
	for i, name := range names {
		book.near("drivers r", oracle, got.correlations[i*(len(names)+1)+len(names)], want.at("zero_order_r").number(name))
		book.near("drivers β", oracle, got.Beta[i], want.at(keys.beta...).number(name))
		book.near("drivers SE", oracle, c.SE[i], want.at(keys.se...).number(name))
		book.relative("drivers p", oracle, 1e-6, c.P[i], want.at(keys.p...).number(name))
		book.near("drivers VIF", oracle, got.VIF[i], want.at("vif").number(name))
		book.near("drivers Johnson", oracle, got.Johnson[i], want.at(keys.johnson).number(name))
		book.near("drivers Shapley", oracle, got.Shapley[i], want.at(keys.shapley).number(name))
		sum += got.Shapley[i]
	}
	book.near("drivers ΣShapley = R²", oracle, sum, got.RSquared)
}

// TestImportanceOfThreeItems has the numbers of METHODS B8, computed in R.
func TestImportanceOfThreeItems(t *testing.T) {
	m := NewImportance(3, true)
	m.Fit([]float64{1, .5, .3, .6, .5, 1, .4, .5, .3, .4, 1, .3, .6, .5, .3, 1})
	for _, c := range []struct {
		what      string
		got, want []float64
	}{
		{"R²", []float64{m.RSquared}, []float64{.416774}},
		{"Johnson", m.Johnson, []float64{.247124, .133338, .036313}},
		{"Shapley", m.Shapley, []float64{.246483, .134523, .035768}},
		{"β", m.Beta, []float64{.4581, .2452, .0645}},
	} {
		for i := range c.want {
			digits := 1e-6
			if c.what == "β" {
				digits = 5e-5
			}
			if math.Abs(c.got[i]-c.want[i]) > digits {
				t.Errorf("%s[%d] = %.7f, want %.7f", c.what, i, c.got[i], c.want[i])
			}
		}
	}
}

// Shapley's definition says what two equal items get: half each of what one
// alone would explain. β, VIF and Johnson's weights do not exist.
func TestItemsThatAreTheSameShareTheirPart(t *testing.T) {
	x := []float64{1, 2, 3, 4, 5, 3, 2, 4}
	z := []float64{2, 1, 2, 1, 3, 3, 1, 2}
	y := []float64{1, 3, 2, 5, 5, 3, 1, 4}
	one, two := explain([][]float64{x, z}, y, nil), explain([][]float64{x, z, x}, y, nil)
	if !slices.Equal(two.Dependent, []int{0, 2}) {
		t.Fatalf("dependent %v, want 0 and 2", two.Dependent)
	}
	for i := range 3 {
		if !math.IsNaN(two.Beta[i]) || !math.IsNaN(two.VIF[i]) || !math.IsNaN(two.Johnson[i]) {
			t.Errorf("item %d: β %v, VIF %v, Johnson %v: want none", i, two.Beta[i], two.VIF[i], two.Johnson[i])
		}
	}
	if math.Abs(two.RSquared-one.RSquared) > 1e-12 || math.Abs(two.Shapley[0]-two.Shapley[2]) > 1e-12 {
		t.Errorf("R² %v and Shapley %v, want R² %v and equal parts", two.RSquared, two.Shapley, one.RSquared)
	}
	c := two.Coefficients(two.n)
	if !math.IsNaN(c.SE[1]) || !math.IsNaN(c.P[1]) {
		t.Errorf("SE %v, p %v: want none", c.SE, c.P)
	}
}

func TestImportanceAtTheEdges(t *testing.T) {
	constant := []float64{3, 3, 3, 3}
	x, y := []float64{1, 2, 3, 5}, []float64{2, 1, 4, 3}
	for _, c := range []struct {
		name string
		got  explained
	}{
		{"a constant outcome", explain([][]float64{x}, constant, nil)},
		{"a constant item", explain([][]float64{x, constant}, y, nil)},
		{"no row", explain([][]float64{x}, []float64{math.NaN(), math.NaN(), math.NaN(), math.NaN()}, nil)},
		{"one row", explain([][]float64{{1}}, []float64{2}, nil)},
	} {
		if !math.IsNaN(c.got.RSquared) || !math.IsNaN(c.got.Beta[0]) || !math.IsNaN(c.got.Shapley[0]) {
			t.Errorf("%s: R² %v, β %v, Shapley %v: want none", c.name, c.got.RSquared, c.got.Beta, c.got.Shapley)
		}
	}
	two := explain([][]float64{{1, 2}}, []float64{5, 3}, nil)
	if c := two.Coefficients(2); math.Abs(two.RSquared-1) > 1e-12 || !math.IsNaN(c.SE[0]) || !math.IsNaN(c.Adjusted) {
		t.Errorf("two rows: R² %v, SE %v, adjusted %v: want 1 and none", two.RSquared, c.SE, c.Adjusted)
	}
	many := NewImportance(MostShapley+1, true)
	if many.Fit(identity(MostShapley + 2)); many.RSquared != 0 || !math.IsNaN(many.Shapley[0]) {
		t.Errorf("%d items: R² %v, Shapley %v: want 0 and none", MostShapley+1, many.RSquared, many.Shapley[0])
	}
}

func identity(n int) []float64 {
	out := make([]float64, n*n)
	for i := range n {
		out[i*n+i] = 1
	}
	return out
}

// Weights of whole numbers are rows that are there several times.
func TestWeightsAreRepeatedRows(t *testing.T) {
	data := readCSV(t, "testdata/satisfaction/data.csv")
	columns := [][]float64{data.numbers("q1"), data.numbers("q5"), data.numbers("q9")}
	weights := make([]float64, data.rows)
	var repeated [3][]float64
	var y []float64
	for i, v := range data.numbers("overall") {
		weights[i] = float64(i % 4)
		for range i % 4 {
			y = append(y, v)
			for j := range columns {
				repeated[j] = append(repeated[j], columns[j][i])
			}
		}
	}
	got, want := explain(columns, data.numbers("overall"), weights), explain(repeated[:], y, nil)
	for i := range columns {
		if math.Abs(got.Beta[i]-want.Beta[i]) > 1e-12 || math.Abs(got.Johnson[i]-want.Johnson[i]) > 1e-12 || math.Abs(got.Shapley[i]-want.Shapley[i]) > 1e-12 {
			t.Errorf("item %d: %v %v %v, want %v %v %v", i, got.Beta[i], got.Johnson[i], got.Shapley[i], want.Beta[i], want.Johnson[i], want.Shapley[i])
		}
	}
}

// The same standard errors by another way: the regression with an intercept in
// the units of the answers, V = (X'WX)⁻¹ Σ(w e x)(w e x)' (X'WX)⁻¹ n/(n−1), each
// coefficient then times sd(x)/sd(y).
func TestLinearisedErrorsAreThoseOfTheRegressionInRawUnits(t *testing.T) {
	data := readCSV(t, "testdata/satisfaction/data.csv")
	columns := [][]float64{data.numbers("q1"), data.numbers("q5"), data.numbers("q9")}
	weights := data.numbers("weight")
	got := explain(columns, data.numbers("overall"), weights)
	sd := make([]float64, 4)
	got.products.Correlations(make([]float64, 16), sd)
	var used []float64
	for i, y := range data.numbers("overall") {
		if !math.IsNaN(y + columns[0][i] + columns[1][i] + columns[2][i]) {
			used = append(used, weights[i])
		}
	}
	scores := got.Scores()
	a, score := mat.NewDense(4, 4, nil), mat.NewDense(4, 4, nil)
	b := mat.NewDense(4, 1, nil)
	for i, row := range got.rows {
		z := make([]float64, 4)
		for j := range z {
			z[j] = (row[j] - got.products.Mean(j)) / sd[j]
		}
		scores.Add(used[i], z)
		x := mat.NewDense(4, 1, []float64{1, row[0], row[1], row[2]})
		var outer mat.Dense
		outer.Mul(x, x.T())
		outer.Scale(used[i], &outer)
		a.Add(a, &outer)
		x.Scale(used[i]*row[3], x)
		b.Add(b, x)
	}
	var inverse, coefficient, v mat.Dense
	if err := inverse.Inverse(a); err != nil {
		t.Fatal(err)
	}
	coefficient.Mul(&inverse, b)
	for i, row := range got.rows {
		x := mat.NewDense(4, 1, []float64{1, row[0], row[1], row[2]})
		e := row[3]
		for j := range 4 {
			e -= coefficient.At(j, 0) * x.At(j, 0)
		}
		x.Scale(used[i]*e, x)
		var outer mat.Dense
		outer.Mul(x, x.T())
		score.Add(score, &outer)
	}
	v.Mul(&inverse, score)
	v.Mul(&v, &inverse)
	c := scores.Coefficients()
	n := float64(got.n)
	for j := range 3 {
		want := math.Sqrt(v.At(j+1, j+1)*n/(n-1)) * sd[j] / sd[3]
		if math.Abs(c.SE[j]-want) > 1e-12 || math.Abs(got.Beta[j]-coefficient.At(j+1, 0)*sd[j]/sd[3]) > 1e-12 {
			t.Errorf("item %d: SE %v, want %v", j, c.SE[j], want)
		}
	}
}
