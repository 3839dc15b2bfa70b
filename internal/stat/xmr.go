package stat

import "math"

// Chart is an individuals chart of a figure over time (XmR).
type Chart struct {
	Mean, Low, High float64
	Outside         []bool // beyond a limit
	Run             []bool // the eighth or a later value in a row on one side of the mean
}

// xmrFewest is how many values limits need.
const xmrFewest = 8

// XmR returns the natural process limits of values in their order:
//
//	mean ± 2.66·mean of |x_i − x_(i−1)|
//
// NaN are left out, and no difference is taken over them. Fewer than eight
// values: limits NaN, no signals. Source: Wheeler, Understanding Variation
// (1993); the constant is 3/1.128; the run of eight is Western Electric's rule 4.
func XmR(values []float64) Chart {
	c := Chart{Mean: math.NaN(), Low: math.NaN(), High: math.NaN(), Outside: make([]bool, len(values)), Run: make([]bool, len(values))}
	n, sum, moves, moved := 0, 0.0, 0, 0.0
	for i, x := range values {
		if math.IsNaN(x) {
			continue
		}
		n, sum = n+1, sum+x
		if i > 0 && !math.IsNaN(values[i-1]) {
			moves, moved = moves+1, moved+math.Abs(x-values[i-1])
		}
	}
	if n < xmrFewest || moves == 0 {
		return c
	}
	c.Mean = sum / float64(n)
	half := 2.66 * moved / float64(moves)
	c.Low, c.High = c.Mean-half, c.Mean+half
	run, side := 0, 0
	for i, x := range values {
		if math.IsNaN(x) {
			continue
		}
		c.Outside[i] = x < c.Low || x > c.High
		now := 0
		if x > c.Mean {
			now = 1
		} else if x < c.Mean {
			now = -1
		}
		if now != side || now == 0 {
			run, side = 0, now
		}
		if now != 0 {
			run++
		}
		c.Run[i] = run >= 8
	}
	return c
}
