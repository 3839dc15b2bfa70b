package pls

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

// rowsOf are rows given one by one.
func rowsOf(rows [][]float64) Rows {
	return Rows{N: len(rows), Read: func(i int, into []float64) { copy(into, rows[i]) }}
}

// chain is three constructs in a row, with so many items each.
func chain(items ...int) Model {
	m := Model{}
	for c, n := range items {
		m.Constructs = append(m.Constructs, Construct{Items: n})
		if c > 0 {
			m.Paths = append(m.Paths, Path{c - 1, c})
		}
	}
	return m
}

// noise is n rows of one factor and noise.
func noise(seed uint64, n, p int) [][]float64 {
	random, out := rand.New(rand.NewPCG(seed, 1)), make([][]float64, n)
	for i := range out {
		f := random.NormFloat64()
		for range p {
			out[i] = append(out[i], f+random.NormFloat64())
		}
	}
	return out
}

func TestModelsThatCannotBeEstimatedSayWhy(t *testing.T) {
	same := noise(1, 50, 4)
	for i := range same {
		same[i][2], same[i][3] = same[i][0], same[i][1] // the second construct is the first
	}
	constant, missing := noise(2, 50, 4), noise(3, 50, 4)
	for i := range constant {
		constant[i][3], missing[i][1] = 7, math.NaN()
	}
	twin := Model{Constructs: []Construct{{Items: 2}, {Items: 2}, {Items: 1}}, Paths: []Path{{0, 2}, {1, 2}}}
	for i := range same {
		same[i] = append(same[i], same[i][0]+float64(i%7))
	}
	formative := chain(2, 2)
	formative.Constructs[0].Mode = B
	double := noise(4, 50, 4)
	for i := range double {
		double[i][1] = 2 * double[i][0]
	}
	nothing := Rows{N: 9, Read: rowsOf(noise(6, 9, 4)).Read, Weights: make([]float64, 9)}
	for _, c := range []struct {
		name    string
		m       Model
		rows    Rows
		missing Missing
		want    Error
	}{
		{"no rows", chain(2, 2), rowsOf(nil), Mean, Error{TooFewRows, -1, -1}},
		{"one row", chain(2, 2), rowsOf(noise(1, 1, 4)), Mean, Error{TooFewRows, -1, -1}},
		{"two rows", chain(2, 2), rowsOf(noise(1, 2, 4)), Mean, Error{TooFewRows, -1, -1}},
		{"all weights zero", chain(2, 2), nothing, Mean, Error{TooFewRows, -1, -1}},
		{"constant item", chain(2, 2), rowsOf(constant), Mean, Error{ConstantItem, 3, 1}},
		{"item without answers", chain(2, 2), rowsOf(missing), Mean, Error{ConstantItem, 1, 0}},
		{"no complete row", chain(2, 2), rowsOf(missing), Listwise, Error{TooFewRows, -1, -1}},
		{"two causes that are one", twin, rowsOf(same), Mean, Error{Collinear, -1, 2}},
		{"formative items that are one", formative, rowsOf(double), Mean, Error{SingularItem, -1, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Estimate(c.m, c.rows, c.missing)
			var got *Error
			if !errors.As(err, &got) || *got != c.want {
				t.Errorf("got %v, want %v", err, &c.want)
			}
		})
	}
}

func TestASingleItemIsItsOwnConstruct(t *testing.T) {
	rows := noise(5, 80, 3)
	s, err := Estimate(chain(1, 1, 1), rowsOf(rows), Mean)
	if err != nil {
		t.Fatal(err)
	}
	f := s.Fit
	for c := range 3 {
		for name, got := range map[string]float64{"loading": f.Loadings[c], "alpha": f.Alpha[c], "rho_A": f.RhoA[c], "rho_C": f.RhoC[c], "AVE": f.AVE[c], "weight of the index": f.Unstandardised[c]} {
			if math.Abs(got-1) > 1e-12 {
				t.Errorf("%s: got %v, want 1", name, got)
			}
		}
		if math.Abs(f.Index[c]-f.Mean[c]) > 1e-12 {
			t.Errorf("index: got %v, want the mean %v", f.Index[c], f.Mean[c])
		}
	}
}

func TestFewerRowsThanItemsAreEstimated(t *testing.T) {
	s, err := Estimate(chain(10, 10), rowsOf(noise(6, 12, 20)), Mean)
	if err != nil || s.Fit.N != 12 || math.IsNaN(s.Fit.Paths[0]) {
		t.Errorf("got %v, %v", s, err)
	}
	if vif := s.Fit.ItemVIF[0]; !(vif >= 1) && !math.IsNaN(vif) {
		t.Errorf("VIF of an item: %v", vif)
	}
}

func TestWeightsAreCounts(t *testing.T) {
	rows := noise(7, 60, 6)
	m, weights := chain(2, 2, 2), make([]float64, len(rows))
	var repeated [][]float64
	for i, r := range rows {
		weights[i] = float64(i % 3)
		for range i % 3 {
			repeated = append(repeated, r)
		}
	}
	weighted := rowsOf(rows)
	weighted.Weights = weights
	a, err := Estimate(m, weighted, Mean)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Estimate(m, rowsOf(repeated), Mean)
	if err != nil {
		t.Fatal(err)
	}
	for k := range a.Fit.Paths {
		if math.Abs(a.Fit.Paths[k]-b.Fit.Paths[k]) > 1e-12 || math.Abs(a.Fit.P[k]-b.Fit.P[k]) > 1e-12 {
			t.Errorf("path %d: %v and %v", k, a.Fit.Paths[k], b.Fit.Paths[k])
		}
	}
	if a.Fit.N != 40 {
		t.Errorf("got %d rows, want the 40 of positive weight", a.Fit.N)
	}
}

func TestGivenWeightsStay(t *testing.T) {
	m := chain(2, 2)
	m.Constructs[0].Fixed = []float64{3, 1}
	s, err := Estimate(m, rowsOf(noise(8, 60, 4)), Mean)
	if err != nil {
		t.Fatal(err)
	}
	if u := s.Fit.Unstandardised; math.Abs(u[0]-.75) > 1e-12 || math.Abs(u[1]-.25) > 1e-12 {
		t.Errorf("got %v, want 0.75 and 0.25", u[:2])
	}
}

func TestLowestAnswersGiveTheLowestIndexAndHighestTheHighest(t *testing.T) {
	s, err := Estimate(chain(3, 3), rowsOf(noise(9, 60, 6)), Mean)
	if err != nil {
		t.Fatal(err)
	}
	low, high := 0.0, 0.0
	for _, u := range s.Fit.Unstandardised[:3] {
		low, high = low+u*0, high+u*100
	}
	if low != 0 || math.Abs(high-100) > 1e-12 {
		t.Errorf("got %v and %v", low, high)
	}
}

func TestBlocksOfRowsGiveTheSpreadOfRows(t *testing.T) {
	m := ecsi24()
	for _, share := range []float64{0, .1} {
		rows := invented(m, exactRows, share)
		exact, err := Estimate(m, rows, Mean)
		if err != nil {
			t.Fatal(err)
		}
		more := invented(m, exactRows+2000, share) // other rows, drawn alike
		blocked, err := Estimate(m, more, Mean)
		if err != nil {
			t.Fatal(err)
		}
		if exact.Blocks != 0 || blocked.Blocks != blocks {
			t.Fatalf("got %d and %d blocks", exact.Blocks, blocked.Blocks)
		}
		a, b := exact.Bootstrap(BootstrapOptions{Resamples: 200, Seed: 1}), blocked.Bootstrap(BootstrapOptions{Resamples: 200, Seed: 1})
		ratio := math.Sqrt(float64(exactRows+2000) / exactRows)
		for c := range a.Index {
			if r := a.Index[c].SE / b.Index[c].SE / ratio; r < .75 || r > 1.35 {
				t.Errorf("missing %g: index %d: standard error of rows over that of blocks, for equal n: %.2f", share, c, r)
			}
		}
	}
}

func TestTheBlocksDoNotChangeTheEstimate(t *testing.T) {
	m := ecsi24()
	for _, share := range []float64{0, .05} {
		rows := invented(m, exactRows+1, share)
		s, err := Estimate(m, rows, Mean)
		if err != nil {
			t.Fatal(err)
		}
		plain := &sample{p: s.plan.p}
		used := plain.measure(rows, Mean)
		plain.total = newSums(plain.p, plain.holes)
		plain.keep(rows, used)
		mo := newMoments(plain.p)
		plain.total.into(mo)
		plain.restore(mo)
		for i, x := range mo.cov {
			if math.Abs(x-s.moments.cov[i]) > 1e-9*math.Abs(x) {
				t.Fatalf("covariance %d: %v in one piece, %v in blocks", i, x, s.moments.cov[i])
			}
		}
	}
}

func TestTheBootstrapDependsOnItsSeedOnly(t *testing.T) {
	m := chain(2, 2, 2)
	s, err := Estimate(m, rowsOf(noise(10, 70, 6)), Mean)
	if err != nil {
		t.Fatal(err)
	}
	run := func(seed uint64) *Bootstrap {
		return s.Bootstrap(BootstrapOptions{Resamples: 100, Seed: seed, HTMT: true, BCa: true})
	}
	a, b, c := run(1), run(1), run(2)
	if !reflect.DeepEqual(a.Paths, b.Paths) || reflect.DeepEqual(a.Paths, c.Paths) {
		t.Errorf("got %v, again %v, with another seed %v", a.Paths, b.Paths, c.Paths)
	}
}

func TestPermutationsFindADifferenceThatIsThereAndNoOther(t *testing.T) {
	m := chain(2, 2)
	random := rand.New(rand.NewPCG(11, 1))
	group := func(n int, b, shift float64) Rows {
		var rows [][]float64
		for range n {
			x := random.NormFloat64()
			y := b*x + math.Sqrt(1-b*b)*random.NormFloat64()
			rows = append(rows, []float64{x + .4*random.NormFloat64(), x + .4*random.NormFloat64(), y + shift + .4*random.NormFloat64(), y + shift + .4*random.NormFloat64()})
		}
		return rowsOf(rows)
	}
	c, err := Compare(m, group(150, .8, 0), group(150, .2, 0), Mean, 400, 1)
	if err != nil {
		t.Fatal(err)
	}
	if c.Paths[0].P > .01 || c.Index[1].P < .01 {
		t.Errorf("got p %v of the path, %v of the index", c.Paths[0].P, c.Index[1].P)
	}
	if c, err = Compare(m, group(150, .5, 0), group(150, .5, 1), Mean, 400, 1); err != nil {
		t.Fatal(err)
	}
	if c.Paths[0].P < .01 || c.Index[1].P > .01 {
		t.Errorf("got p %v of the path, %v of the index", c.Paths[0].P, c.Index[1].P)
	}
}

func TestANegativeWeightIsShownAsItIs(t *testing.T) {
	rows := noise(12, 200, 4)
	for i := range rows {
		rows[i][1] = -rows[i][1] // asked the wrong way round
	}
	s, err := Estimate(chain(2, 2), rowsOf(rows), Mean)
	if err != nil {
		t.Fatal(err)
	}
	u := s.Fit.Unstandardised
	if u[0]*u[1] >= 0 {
		t.Errorf("weights %v: one of them must be negative", u[:2])
	}
	if got, want := s.Fit.Index[0], u[0]*s.Fit.Mean[0]+u[1]*s.Fit.Mean[1]; math.Abs(got-want) > 1e-12 {
		t.Errorf("index %v, want the contrast %v", got, want)
	}
}
