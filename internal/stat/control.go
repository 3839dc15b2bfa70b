package stat

import "math"

// Control is a control chart of counts against what they could have been.
type Control struct {
	Value        []float64 // x/n, NaN without n
	Centre       float64   // Σx/Σn
	Lower, Upper []float64 // of each point
	Outside      []bool
	Run          []int // points in a row on one side of the centre, this one included; 0 on the line
}

// controlRun is how many points in a row on one side are a signal.
const controlRun = 8

// Signal reports whether a point is the eighth or later in a row on one side.
func (c Control) Signal(i int) bool { return c.Run[i] >= controlRun }

// UChart returns the chart of counts per unit, ū ± 3·sqrt(ū/n), the lower limit
// not below 0. A point on the centre line ends a run; points without units
// (n ≤ 0 or NaN) have no value and break it. No units at all: NaN.
// Source: Montgomery, Statistical Quality Control, ch. 7; METHODS B11.
func UChart(x, n []float64) Control {
	return control(x, n, func(centre, n float64) float64 { return math.Sqrt(centre / n) }, math.Inf(1))
}

// PChart returns the chart of shares, p̄ ± 3·sqrt(p̄(1−p̄)/n), limits clipped to
// 0 and 1; otherwise as UChart.
func PChart(x, n []float64) Control {
	return control(x, n, func(centre, n float64) float64 { return math.Sqrt(centre * (1 - centre) / n) }, 1)
}

func control(x, n []float64, se func(centre, n float64) float64, most float64) Control {
	c := Control{Value: make([]float64, len(x)), Lower: make([]float64, len(x)), Upper: make([]float64, len(x)), Outside: make([]bool, len(x)), Run: make([]int, len(x))}
	hits, all := 0.0, 0.0
	for i := range x {
		if n[i] > 0 {
			hits, all = hits+x[i], all+n[i]
		}
	}
	c.Centre = hits / all // 0/0 is NaN
	run, side := 0, 0
	for i := range x {
		if !(n[i] > 0) {
			c.Value[i], c.Lower[i], c.Upper[i] = math.NaN(), math.NaN(), math.NaN()
			run, side = 0, 0
			continue
		}
		half := 3 * se(c.Centre, n[i])
		c.Value[i], c.Lower[i], c.Upper[i] = x[i]/n[i], max(0, c.Centre-half), min(most, c.Centre+half)
		c.Outside[i] = c.Value[i] > c.Upper[i] || c.Value[i] < c.Lower[i]
		now := sign(c.Value[i] - c.Centre)
		if now != side {
			run, side = 0, now
		}
		if now != 0 {
			run++
		}
		c.Run[i] = run
	}
	return c
}

func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}
