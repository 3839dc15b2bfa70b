package measure

import (
	"math"

	"manyi/internal/stat"
	"manyi/internal/table"
)

func (p *gapPlan) outcomes(s *gapSums) []*GapOutcome {
	var out []*GapOutcome
	for i, c := range p.outcome {
		if c != nil {
			out = append(out, p.outcomeOf(p.spec.Outcomes[i], c, s.outcome[i]))
		}
	}
	return out
}

// outcomeOf is a table of classes by answers, whose cells are hidden as those of
// a crosstab are.
func (p *gapPlan) outcomeOf(id string, c *table.Column, cells [gapClasses][]outcomeCell) *GapOutcome {
	o := &GapOutcome{Question: id, Codes: c.Codes}
	n, tested := make([][]int, gapClasses), make([][]stat.Point, gapClasses)
	rows, weighted, columns := make([]int, gapClasses), make([]int, gapClasses), make([]int, len(c.Codes))
	total := 0
	for k := range cells {
		class := &GapOutcomeClass{Class: gapClassNames[k]}
		all := addedUp(outcomePoints(cells[k]))
		for j, cell := range cells[k] {
			n[k], tested[k] = append(n[k], cell.rows), append(tested[k], cell.Point)
			rows[k], columns[j], total = rows[k]+cell.rows, columns[j]+cell.rows, total+cell.rows
			class.Shares = append(class.Shares, Number(cell.W/all.W))
		}
		class.N, weighted[k] = all.N, all.N
		o.N += all.N
		o.Classes = append(o.Classes, class)
	}
	hidden := hideCells(n, rows, columns, total, p.wave.minCell, false)
	small := either(hide(rows, total, p.wave.minCell), hide(weighted, o.N, p.wave.minCell))
	for k, class := range o.Classes {
		if small[k] {
			class.Suppressed, class.Shares, class.N = true, nil, 0
		}
		for j := range class.Shares {
			if hidden.cells[k][j] {
				class.Shares[j] = Number(math.NaN())
			}
		}
	}
	crossed := &Crossed{Table: &CrossTable{Rows: gapClassNames[:], Columns: c.Codes}, cells: tested}
	o.test(countsOfPoints(crossed.pooled(hidden)))
	o.Pooled = crossed.Pooled
	return o
}

func (o *GapOutcome) test(counts [][]float64) {
	a := stat.ChiSquared(counts)
	o.Chi2, o.DF, o.P, o.CramersV = Number(a.Statistic), Number(a.DF), Number(a.P), Number(a.CramersV)
	o.Sparse = sparse(counts)
}

func outcomePoints(cells []outcomeCell) []stat.Point {
	out := make([]stat.Point, len(cells))
	for i, c := range cells {
		out[i] = c.Point
	}
	return out
}

func countsOfPoints(points [][]stat.Point) [][]float64 {
	out := make([][]float64, len(points))
	for i, row := range points {
		for _, p := range row {
			out[i] = append(out[i], float64(p.N))
		}
	}
	return out
}
