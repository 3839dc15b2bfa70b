package stat_test

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"manyi/internal/stat"
)

// The numbers are those of R's poisson.test; testdata/rates/make.R has the lines.
func TestRatesAgreeWithR(t *testing.T) {
	f, err := os.Open("testdata/rates/rates.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	largest := 0.0
	for _, row := range rows[1:] {
		v := make([]float64, len(row))
		for i, cell := range row {
			if v[i], err = strconv.ParseFloat(cell, 64); err != nil {
				t.Fatal(err)
			}
		}
		got := stat.RateRatio(int(v[0]), v[1], int(v[2]), v[3])
		for i, pair := range [][2]float64{
			{got.Ratio, v[4]}, {got.RatioLow, v[5]}, {got.RatioHigh, v[6]}, {got.P, v[7]}, {got.Difference, v[8]}, {got.DifferenceLow, v[9]}, {got.DifferenceHigh, v[10]},
		} {
			d := math.Abs(pair[0]-pair[1]) / math.Max(1, math.Abs(pair[1]))
			if math.IsInf(pair[0], 1) && math.IsInf(pair[1], 1) {
				d = 0
			}
			largest = math.Max(largest, d)
			if !(d <= 1e-9) {
				t.Errorf("%v: figure %d: got %.15g, want %.15g", row[:4], i, pair[0], pair[1])
			}
		}
	}
	t.Logf("rate ratio × R poisson.test, qgamma × largest difference %.2g", largest)
}

func TestRatesAtTheEdges(t *testing.T) {
	for _, c := range []struct {
		x1 int
		t1 float64
		x2 int
		t2 float64
	}{{0, 1, 0, 1}, {-1, 1, 2, 1}, {1, 0, 2, 1}, {1, 1, 2, math.NaN()}, {1, math.Inf(1), 2, 1}} {
		if got := stat.RateRatio(c.x1, c.t1, c.x2, c.t2); !math.IsNaN(got.P) || !math.IsNaN(got.Ratio) {
			t.Errorf("%v: got %+v, want no ratio and no p", c, got)
		}
	}
	if got := stat.RateRatio(600_000, 10, 601_000, 10); !(got.P > .3 && got.P < .4) {
		t.Errorf("two tails of a large count: got p = %v, want about .36", got.P)
	}
	if e := stat.PoissonRate(0, 2); e.Low != 0 || math.Abs(e.High-1.8444397270569682) > 1e-12 { // R: qgamma(.975, 1)/2
		t.Errorf("no event: got %v–%v", e.Low, e.High)
	}
}
