package stat_test

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"manyi/internal/stat"
)

// The numbers are those of R; testdata/two_shares/make.R has the lines.
func TestTwoSharesOfOneSampleAgreeWithR(t *testing.T) {
	f, err := os.Open("testdata/two_shares/two_shares.csv")
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
		point := func(i int) stat.Point { return stat.Point{N: int(v[i]), W: v[i+1], W2: v[i+2]} }
		got := stat.TwoShares(point(2), point(5), point(8), int(v[1]), v[0] == 1)
		for i, x := range []float64{got.Value, got.SE, got.Low, got.High} {
			d := math.Abs(x - v[11+i])
			largest = math.Max(largest, d)
			if !(d <= 1e-9) {
				t.Errorf("%v: figure %d: got %.15g, want %.15g", row[:11], i, x, v[11+i])
			}
		}
	}
	t.Logf("two shares of one sample × R, multinomial and linearised × largest difference %.2g", largest)
}

func TestTwoSharesAtTheEdges(t *testing.T) {
	one := stat.Point{N: 1, W: 2, W2: 4}
	if e := stat.TwoShares(one, stat.Point{}, one, 1, true); e.Value != 1 || !math.IsNaN(e.SE) || !math.IsNaN(e.Low) {
		t.Errorf("one answer under weights: %+v", e)
	}
	for _, weights := range []bool{false, true} {
		if e := stat.TwoShares(stat.Point{}, stat.Point{}, stat.Point{}, 0, weights); !math.IsNaN(e.Value) || !math.IsNaN(e.Low) {
			t.Errorf("no answers: %+v", e)
		}
	}
	// Of 10 people who may tick both, 8 tick one and 6 the other, 5 of them both: the error is no smaller than theirs.
	p := func(n int) stat.Point { return stat.Point{N: n, W: float64(n), W2: float64(n)} }
	exact := math.Sqrt((.8 + .6 - 2*.5 - .2*.2) / 10)
	if e := stat.TwoShares(p(8), p(6), p(10), 10, false); e.SE < exact {
		t.Errorf("an error of %v, that of answers that overlap is %v", e.SE, exact)
	}
}
