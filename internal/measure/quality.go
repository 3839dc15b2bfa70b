package measure

import (
	"slices"

	"manyi/internal/stat"
	"manyi/internal/table"
)

// Quality is what happened to the rows and cells of a wave before anything was
// measured: nothing is dropped without a count.
type Quality struct {
	Common
	Count     table.Count    `json:"count"`
	Partial   int            `json:"partial"`
	NoWeight  int            `json:"no_weight"`
	BadCells  int            `json:"invalid_cells"`
	Invalid   map[string]int `json:"invalid"`   // column -> cells that broke the definition
	Absent    []string       `json:"not_asked"` // columns that no file of the wave has
	First     string         `json:"first_day"`
	Last      string         `json:"last_day"`
	WeightMin Number         `json:"weight_min"` // of the scaled weights
	WeightMax Number         `json:"weight_max"`
	Effective Number         `json:"effective"`
	Deff      Number         `json:"design_effect"` // Kish: n Σw²/(Σw)²
}

func (w *wave) quality(count table.Count) *Quality {
	q := &Quality{
		Common: Common{Method: "quality", N: w.table.Rows, Warnings: []string{}}, Count: count, Partial: count.Partial, NoWeight: count.NoWeight,
		BadCells: count.BadCells, Invalid: map[string]int{}, Absent: []string{}, First: w.table.First, Last: w.table.Last,
	}
	for id, c := range w.table.Columns {
		if id[0] == '_' { // metadata that the filter reads
			continue
		}
		if c.Absent {
			q.Absent = append(q.Absent, id)
			continue
		}
		if n := invalid(c, w.table.Rows); n > 0 {
			q.Invalid[id] = n
		}
	}
	slices.Sort(q.Absent)
	var p stat.Point
	least, most := 0.0, 0.0
	for _, x := range w.weights {
		if x > 0 {
			p = plus(p, x)
			most = max(most, x)
			if least == 0 || x < least {
				least = x
			}
		}
	}
	if w.weights != nil {
		q.WeightMin, q.WeightMax = Number(least), Number(most)
		q.Effective = Number(stat.EffectiveN(p.W, p.W2))
		q.Deff = Number(float64(p.N)) / q.Effective
	}
	return q
}

func invalid(c *table.Column, rows int) int {
	n := 0
	for i := range rows {
		var why table.Reason
		if c.Field.Kind == table.Number {
			_, why = c.Number(i)
		} else {
			_, why = c.Code(i)
		}
		if why == table.Invalid {
			n++
		}
	}
	return n
}
