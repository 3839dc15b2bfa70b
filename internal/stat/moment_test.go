package stat

import (
	"math"
	"testing"
)

func TestMomentsEqualTheEstimatesOfPoints(t *testing.T) {
	for name, rows := range map[string][][2]float64{
		"none": nil, "one": {{3, 1}}, "two": {{3, 1}, {5, 1}}, "equal": {{1. / 3, 1}, {1. / 3, 1}, {1. / 3, 1}},
		"plain": {{1, 1}, {2, 1}, {2, 1}, {7, 1}}, "weighted": {{1, .3}, {2, 2.5}, {4, 1.1}, {-7, .9}}, "some without weight": {{1, .3}, {2, 2.5}, {4, 0}},
	} {
		var all, first, second Moment
		var points []Point
		for i, r := range rows {
			all.Add(r[0], r[1])
			if i%2 == 0 {
				first.Add(r[0], r[1])
			} else {
				second.Add(r[0], r[1])
			}
			points = append(points, Point{Value: r[0], N: 1, W: r[1], W2: r[1] * r[1]})
		}
		first.Merge(second)
		for form, m := range map[string]Moment{"added": all, "merged": first} {
			got, want := m.Estimate(10), WeightedMean(points, 10)
			for what, pair := range map[string][2]float64{"value": {got.Value, want.Value}, "SE": {got.SE, want.SE}, "low": {got.Low, want.Low}, "DF": {got.DF, want.DF}} {
				if pair[0] != pair[1] && !(math.Abs(pair[0]-pair[1]) < 1e-12) && !(math.IsNaN(pair[0]) && math.IsNaN(pair[1])) {
					t.Errorf("%s %s: %s is %v, want %v", name, form, what, pair[0], pair[1])
				}
			}
		}
		if len(rows) != all.Rows {
			t.Errorf("%s: %d rows, want %d", name, all.Rows, len(rows))
		}
	}
}

func TestPairedTestEqualsTheClosedForm(t *testing.T) {
	// Student's t of 3 degrees of freedom: p = 1 − 2/π·(atan(u) + u/(1+u²)), u = t/√3; t = mean/(sd/√n).
	var m Moment
	for _, y := range []float64{1, 2, 2, 7} {
		m.Add(y, 1)
	}
	got, want := AgainstZero(m.Estimate(0)), 3/math.Sqrt(22./3/4)
	u := want / math.Sqrt(3)
	p := 1 - 2/math.Pi*(math.Atan(u)+u/(1+u*u))
	if math.Abs(got.Statistic-want) > 1e-12 || got.DF != 3 || math.Abs(got.P-p) > 1e-12 {
		t.Errorf("t %v, df %v, p %v, want %v, 3 and %v", got.Statistic, got.DF, got.P, want, p)
	}
	if got := AgainstZero(Estimate{N: 5, Value: 2, SE: 0, DF: 4}); !math.IsNaN(got.P) || got.Difference != 2 {
		t.Errorf("without spread p is %v, want none", got.P)
	}
}

func TestRankAndPartialCorrelationsOfHardCases(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name    string
		x, y, w []float64
		want    float64
	}{
		{"none", nil, nil, nil, nan},
		{"one", []float64{1}, []float64{2}, nil, nan},
		{"no spread", []float64{1, 1, 1}, []float64{2, 3, 4}, nil, nan},
		{"rising", []float64{1, 2, 9}, []float64{0, 5, 6}, nil, 1},
		{"falling, one missing", []float64{1, 2, nan, 9}, []float64{6, 5, 1, 0}, nil, -1},
		{"weight 0 is left out", []float64{1, 2, 3}, []float64{1, 2, 0}, []float64{1, 1, 0}, 1},
		{"a weight of 2 is two rows", []float64{1, 2, 3}, []float64{2, 1, 3}, []float64{2, 1, 1}, Spearman([]float64{1, 1, 2, 3}, []float64{2, 2, 1, 3}, nil)},
	} {
		if got := Spearman(c.x, c.y, c.w); math.Abs(got-c.want) > 1e-12 || math.IsNaN(got) != math.IsNaN(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := Partial([][]float64{{1, 1, .5}, {1, 1, .5}, {.5, .5, 1}}); !math.IsNaN(got[0]) {
		t.Errorf("a variable that is another has the partial correlation %v, want none", got[0])
	}
	// With two variables nothing is held constant.
	if got := Partial([][]float64{{4, 1}, {1, 1}}); math.Abs(got[0]-.5) > 1e-12 {
		t.Errorf("partial %v, want the plain 0.5", got[0])
	}
}
