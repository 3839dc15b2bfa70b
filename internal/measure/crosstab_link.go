package measure

import (
	"math"

	"manyi/internal/stat"
)

// residuals fills in the adjusted standardised residuals of the cells that are
// shown; with weights of the shares scaled to the effective sample (Kish).
func (c *Crossed) residuals(h hiddenCells) {
	counts, all := make([][]float64, len(c.cells)), stat.Point{}
	for _, p := range c.totals {
		all = join(all, p)
	}
	effective := stat.EffectiveN(all.W, all.W2)
	for i, row := range c.cells {
		for _, p := range row {
			counts[i] = append(counts[i], p.W/all.W*effective)
		}
	}
	var r [][]float64
	if !c.Multiple {
		r = stat.ChiSquared(counts).Residuals
	}
	c.Residuals = make([][]Number, len(c.cells))
	for i := range c.cells {
		for j := range c.totals {
			x := undefined()
			if r != nil && !h.cells[i][j] && !h.rows[i] && !h.columns[j] {
				x = Number(r[i][j])
			}
			c.Residuals[i] = append(c.Residuals[i], x)
		}
	}
}

// test tests the table, hidden cells pooled.
func (c *Crossed) test(h hiddenCells) {
	c.ChiSquared, c.DF, c.P, c.CramersV, c.Corrected = undefined(), undefined(), undefined(), undefined(), undefined()
	if c.Multiple {
		return
	}
	cells := c.pooled(h)
	counts := make([][]float64, len(cells))
	for i, row := range cells {
		for _, p := range row {
			counts[i] = append(counts[i], float64(p.N))
		}
	}
	a := stat.ChiSquared(counts)
	c.Test = "chi_squared"
	statistic, p := a.Statistic, a.P
	if c.weights {
		t, _ := stat.RaoScott(cells)
		statistic, p, c.Test = t.Statistic, t.P, "rao_scott_f"
	}
	if math.IsNaN(statistic) {
		c.Test = ""
		c.Notes = append(c.Notes, NoTest)
		return
	}
	r, k := filledLines(a.Expected)
	c.ChiSquared, c.DF, c.P = Number(statistic), Number(a.DF), Number(p)
	c.CramersV = Number(math.Sqrt(statistic / float64(c.design) / float64(min(r, k)-1)))
	c.Corrected = Number(stat.CramersV(statistic, float64(c.design), r, k))
	c.Effect = size(float64(c.CramersV)*math.Sqrt(float64(min(r, k)-1)), .1, .3, .5)
	tiny, low := false, 0
	for _, row := range a.Expected {
		for _, e := range row {
			if e > 0 && e < 5 {
				low++
				tiny = tiny || e < 1
			}
		}
	}
	c.LowCells = low
	if tiny || 5*low > r*k {
		c.Notes = append(c.Notes, ExpectedLow)
	}
}

// filledLines counts the rows and columns that hold anything.
func filledLines(expected [][]float64) (rows, columns int) {
	filled := map[int]bool{}
	for _, row := range expected {
		found := false
		for j, e := range row {
			if e > 0 {
				found, filled[j] = true, true
			}
		}
		if found {
			rows++
		}
	}
	return rows, len(filled)
}
