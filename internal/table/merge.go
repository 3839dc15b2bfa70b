package table

import (
	"math"
	"slices"

	"manyi/internal/diag"
)

// columns builds every column of every wave, a field at a time, and lets go
// of what the files held, so that answers are in memory little more than once.
func (j *joiner) columns() {
	fields := j.plan.schema.Fields
	made := make([][]*Column, len(fields))
	beyond := make([][]int, len(fields))
	each(len(fields), func(f int) {
		made[f] = make([]*Column, len(j.answers.Waves))
		for i := range made[f] {
			made[f][i] = j.newColumn(f, i)
		}
		if fields[f].Kind == Open {
			beyond[f] = j.fillOpen(made[f], f)
		} else {
			j.fill(made[f], f)
		}
		if fields[f].Mark != nil {
			j.fillMarks(made[f], f)
		}
		for _, p := range j.parts {
			p.columns[f] = nil
		}
	})
	for f := range fields {
		for i, w := range j.answers.Waves {
			w.Columns[fields[f].ID] = made[f][i]
			if fields[f].Kind == Open && beyond[f][i] > 0 {
				w.Count.BadCells += beyond[f][i]
				j.tooManyValues(&fields[f], w.ID)
			}
		}
	}
}

// newColumn returns the empty column of a field in a wave, with room for its rows.
func (j *joiner) newColumn(f, wave int) *Column {
	field, rows := &j.plan.schema.Fields[f], j.answers.Waves[wave].Rows
	c := &Column{Field: *field, Codes: field.Codes, Absent: true}
	for k, p := range j.parts {
		if j.shares[k][wave] && p.columns[f] != nil {
			c.Absent = false
		}
	}
	switch field.Kind {
	case Tick:
		c.Codes = []string{"0", "1"}
	case Number:
		c.Numbers = make([]float64, 0, rows)
	}
	if j.plan.codes[f].wide {
		c.Wide = make([]uint16, 0, rows)
	} else {
		c.Cells = make([]uint8, 0, rows)
	}
	return c
}

// fill gives the columns of a field the rows of every file.
func (j *joiner) fill(made []*Column, f int) {
	for _, p := range j.parts {
		from := p.columns[f]
		if p.only >= 0 && from != nil {
			c := made[p.only]
			c.Cells = append(c.Cells, from.cells...)
			c.Wide = append(c.Wide, from.wide...)
			c.Numbers = append(c.Numbers, from.numbers...)
			continue
		}
		for row, wave := range p.wave {
			if wave != dropped {
				made[wave].add(from, row)
			}
		}
	}
}

// add appends a row of a file's column, nil where the file has none.
func (c *Column) add(from *column, row int) {
	if from == nil {
		switch {
		case c.Wide != nil:
			c.Wide = append(c.Wide, WideBase+uint16(NotShown))
			return
		case c.Numbers != nil:
			c.Numbers = append(c.Numbers, math.NaN())
		}
		c.Cells = append(c.Cells, MissingBase+uint8(NotShown))
		return
	}
	if c.Wide != nil {
		c.Wide = append(c.Wide, from.wide[row])
		return
	}
	if c.Numbers != nil {
		c.Numbers = append(c.Numbers, from.numbers[row])
	}
	c.Cells = append(c.Cells, from.cells[row])
}

// fillOpen is fill for an Open field. It numbers the values of each wave in
// order of appearance, then sorted, and returns how many cells of each wave
// held a value beyond openLimit.
func (j *joiner) fillOpen(made []*Column, f int) (beyond []int) {
	beyond = make([]int, len(made))
	found := make([]map[string]uint16, len(made))
	for i, c := range made {
		found[i] = map[string]uint16{}
		c.Codes = nil
	}
	for _, p := range j.parts {
		from := p.columns[f]
		renumber := make([][]uint16, len(made)) // by wave and value of this file
		for row, wave := range p.wave {
			if wave == dropped {
				continue
			}
			c := made[wave]
			if from == nil || from.wide[row] >= WideBase {
				c.add(from, row)
				continue
			}
			if renumber[wave] == nil {
				renumber[wave] = slices.Repeat([]uint16{unlisted}, len(from.values))
			}
			to := &renumber[wave][from.wide[row]]
			if *to == unlisted {
				*to = c.number(found[wave], from.values[from.wide[row]])
			}
			if *to == WideBase+uint16(Invalid) {
				beyond[wave]++
			}
			c.Wide = append(c.Wide, *to)
		}
	}
	for _, c := range made {
		c.sort()
	}
	return beyond
}

// number returns the cell of a value of an Open column: the next number
// where it is new, Invalid where there are too many.
func (c *Column) number(found map[string]uint16, value string) uint16 {
	n, ok := found[value]
	if ok {
		return n
	}
	if len(c.Codes) >= openLimit {
		return WideBase + uint16(Invalid)
	}
	n = uint16(len(c.Codes))
	found[value] = n
	c.Codes = append(c.Codes, value)
	return n
}

// sort sorts the values of an Open column and stores short lists in one byte a row.
func (c *Column) sort() {
	sorted := slices.Sorted(slices.Values(c.Codes))
	to := make([]uint16, len(c.Codes))
	for i, value := range c.Codes {
		n, _ := slices.BinarySearch(sorted, value)
		to[i] = uint16(n)
	}
	c.Codes = sorted
	for i, v := range c.Wide {
		if v < WideBase {
			c.Wide[i] = to[v]
		}
	}
	if len(sorted) > narrowCodes {
		return
	}
	c.Cells = make([]uint8, len(c.Wide))
	for i, v := range c.Wide {
		c.Cells[i] = narrow(v)
	}
	c.Wide = nil
}

func (j *joiner) tooManyValues(f *Field, wave string) {
	j.problems.Add(diag.Problem{
		Severity: diag.Warning,
		Code:     "too-many-values",
		Place:    f.Rule,
		Summary:  diag.Say("column %q holds more than %d different values in wave %q", f.ID, openLimit, wave),
		Cure:     diag.Say("define it as text, or keep the column out of the files"),
	})
}
