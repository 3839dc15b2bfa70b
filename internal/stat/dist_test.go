package stat

import (
	"math"
	"testing"
)

// The reference is mpmath to 50 digits: testdata/tails/make.py. The tolerance is
// 1e-12 of the tail: what is left is a few hundred roundings in the exponent of
// tails as small as 1e-300.
func TestTailsAgreeWithMpmathToTwelveDigits(t *testing.T) {
	const oracle = "mpmath"
	book := newLedger(t)
	want := readJSON(t, "testdata/tails/expected.json")
	for _, r := range want.list("normal") {
		book.relative("normal tails", oracle, 1e-12, normalTails(r.number("z")), r.number("p"))
	}
	for _, r := range want.list("t") {
		book.relative("t tails", oracle, 1e-12, studentTails(r.number("t"), r.number("df")), r.number("p"))
	}
	for _, r := range want.list("f") {
		got := fTail(r.number("f"), r.number("df1"), r.number("df2"))
		book.relative("F tail", oracle, 1e-12, got, r.number("p"))
	}
	for _, r := range want.list("chi_squared") {
		book.relative("chi-squared tail", oracle, 1e-12, chiSquaredTail(r.number("x"), r.number("df")), r.number("p"))
	}
	for _, r := range want.list("t_quantile") {
		book.relative("t quantile", oracle, 1e-12, quantile95(r.number("df")), r.number("t"))
	}
	book.print()
}

func TestTailsAreDefinedAtTheEnds(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"t of 0", studentTails(0, 7), 1},
		{"t of infinity", studentTails(inf, 7), 0},
		{"t of minus infinity", studentTails(-inf, 7), 0},
		{"t whose square overflows", studentTails(1e200, 7), 0},
		{"t of NaN", studentTails(nan, 7), nan},
		{"t without degrees of freedom", studentTails(1, 0), nan},
		{"Cauchy tail far out", studentTails(1e12, 1), 2 / math.Pi * 1e-12},
		{"F of 0", fTail(0, 3, 9), 1},
		{"F of infinity", fTail(inf, 3, 9), 0},
		{"F below 0", fTail(-1, 3, 9), nan},
		{"chi-squared of 0", chiSquaredTail(0, 3), 1},
		{"chi-squared below 0", chiSquaredTail(-1, 3), 1},
		{"chi-squared of infinity", chiSquaredTail(inf, 3), 0},
		{"chi-squared without degrees of freedom", chiSquaredTail(1, 0), nan},
		{"quantile of the normal", quantile95(nan), z95},
		{"quantile at infinite df", quantile95(inf), z95},
		{"quantile without df", quantile95(0), nan},
	} {
		if !same(c.got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
}
