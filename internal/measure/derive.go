package measure

import (
	"slices"
	"strconv"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// derive recodes a column of the wave into the bands of d. An answer in no
// band is missing as not applicable; a missing answer keeps its reason.
func derive(d survey.Derived, from *table.Column, rows int) *table.Column {
	c := &table.Column{Field: table.Field{ID: d.ID, Kind: table.Choice, Rule: d.At}, Cells: make([]uint8, rows)}
	for _, b := range d.Bands {
		c.Codes = append(c.Codes, b.Code)
	}
	c.Field.Codes = c.Codes
	for i := range rows {
		c.Cells[i] = band(d.Bands, from, i)
	}
	return c
}

func band(bands []survey.Band, from *table.Column, row int) uint8 {
	if from.Field.Kind == table.Number {
		v, why := from.Number(row)
		if why != table.Answered {
			return table.MissingBase + uint8(why)
		}
		return place(bands, func(b survey.Band) bool { return b.Codes == nil && v >= b.Low && v <= b.High })
	}
	code, why := from.Code(row)
	if why != table.Answered {
		return table.MissingBase + uint8(why)
	}
	text := from.Codes[code]
	v, err := strconv.ParseFloat(text, 64)
	return place(bands, func(b survey.Band) bool {
		if b.Codes != nil {
			return slices.Contains(b.Codes, text)
		}
		return err == nil && v >= b.Low && v <= b.High
	})
}

func place(bands []survey.Band, in func(survey.Band) bool) uint8 {
	if i := slices.IndexFunc(bands, in); i >= 0 {
		return uint8(i)
	}
	return table.MissingBase + uint8(table.NotApplicable)
}
