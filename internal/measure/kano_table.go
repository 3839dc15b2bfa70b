package measure

import (
	"math"

	"manyi/internal/stat"
)

// The classes of Kano's table.
const (
	Attractive     = "A"
	OneDimensional = "O"
	MustBe         = "M"
	Indifferent    = "I"
	Reverse        = "R"
	Questionable   = "Q"
)

// KanoClasses are the classes in the order of tables and figures.
var KanoClasses = [...]string{Attractive, OneDimensional, MustBe, Indifferent, Reverse, Questionable}

// kanoTies is the order in which equal counts are settled: the class that asks
// most of a product goes first (METHODS B4).
var kanoTies = [...]int{2, 1, 0, 3, 4, 5} // M O A I R Q, as indices of KanoClasses

// KanoTable is the evaluation table: a row for each answer to the functional
// question, a column for each to the dysfunctional one, both in the order like,
// must-be, neutral, live with, dislike. The variant "pouliot" takes must-be
// twice and live with twice for contradictions.
// Sources: Kano, Seraku, Takahashi and Tsuji (1984); Berger et al., Center for
// Quality of Management J. 2(4) (1993); METHODS B4 for the variant.
func KanoTable(variant string) [5]string {
	if variant == "pouliot" {
		return [5]string{"QAAAO", "RQIIM", "RIIIM", "RIIQM", "RRRRQ"}
	}
	return [5]string{"QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"}
}

// The points of the five answers in the continuous analysis.
// Source: DuMouchel, in Berger et al. (1993).
var (
	functionalPoints    = [5]float64{4, 2, 0, -1, -2}
	dysfunctionalPoints = [5]float64{-2, -1, 0, 2, 4}
)

// kanoPairs is the answers to one pair of questions: by functional answer, then
// dysfunctional one.
type kanoPairs struct {
	all    [25]int        // every row
	points [25]stat.Point // rows of positive weight
	n      int
	valid  stat.Point
}

// add counts a row with both answers.
func (k *kanoPairs) add(functional, dysfunctional int, w float64) {
	at := functional*5 + dysfunctional
	k.all[at]++
	k.n++
	k.points[at] = plus(k.points[at], w)
	k.valid = plus(k.valid, w)
}

// classes sums the pairs by class.
func (k *kanoPairs) classes(table [5]string) (counts [6]int, points [6]stat.Point) {
	for i := range k.all {
		c := classAt(table, i)
		counts[c] += k.all[i]
		points[c].N += k.points[i].N
		points[c].W += k.points[i].W
		points[c].W2 += k.points[i].W2
	}
	return counts, points
}

func classAt(table [5]string, pair int) int {
	for c, name := range KanoClasses {
		if name[0] == table[pair/5][pair%5] {
			return c
		}
	}
	panic("measure: Kano's table has a class that is none")
}

// margin is the points of one of the two questions, valued.
func (k *kanoPairs) margin(values [5]float64, of func(pair int) int) []stat.Point {
	out := make([]stat.Point, 5)
	for i := range out {
		out[i].Value = values[i]
	}
	for i, p := range k.points {
		a := &out[of(i)]
		a.N, a.W, a.W2 = a.N+p.N, a.W+p.W, a.W2+p.W2
	}
	return out
}

// modeOf is the class with the largest share among some, -1 without answers.
// Shares that differ by rounding alone are equal.
func modeOf(shares [6]float64, among func(class int) bool) int {
	best := -1
	for _, c := range kanoTies {
		if among(c) && shares[c] > 0 && (best < 0 || shares[c] > shares[best]+1e-12) {
			best = c
		}
	}
	return best
}

// blockMode is the mode of A, O, M where they are more than I, R, Q together,
// of those where they are fewer; -1 where they are equal.
func blockMode(shares [6]float64) int {
	wanted := func(c int) bool { return c < 3 }
	difference := 0.0
	for c, s := range shares {
		if wanted(c) {
			difference += s
		} else {
			difference -= s
		}
	}
	switch {
	case difference > 1e-12:
		return modeOf(shares, wanted)
	case difference < -1e-12:
		return modeOf(shares, func(c int) bool { return !wanted(c) })
	}
	return -1
}

// Fong is the test of whether the most frequent class can be told from the
// second at 90 %: a − b ≥ 1.65 √((a+b)(2n−a−b)/(2n)), a and b being their
// counts, unweighted, and n all valid pairs.
// Source: Fong, Center for Quality of Management J. 5(3) (1996) 21-24.
type Fong struct {
	First       string `json:"first"`
	Second      string `json:"second"`
	A           int    `json:"a"`
	B           int    `json:"b"`
	N           int    `json:"n"`
	Threshold   Number `json:"threshold"`
	Significant bool   `json:"significant"`
}

// fong tests the two largest counts; nil without answers.
func fong(counts [6]int) *Fong {
	n, first, second := 0, -1, -1
	for _, c := range kanoTies {
		n += counts[c]
		switch {
		case first < 0 || counts[c] > counts[first]:
			first, second = c, first
		case second < 0 || counts[c] > counts[second]:
			second = c
		}
	}
	if n == 0 {
		return nil
	}
	f := &Fong{First: KanoClasses[first], Second: KanoClasses[second], A: counts[first], B: counts[second], N: n}
	both, all := float64(f.A+f.B), float64(2*n)
	f.Threshold = Number(1.65 * math.Sqrt(both*(all-both)/all))
	f.Significant = float64(f.A-f.B) >= float64(f.Threshold)
	return f
}
