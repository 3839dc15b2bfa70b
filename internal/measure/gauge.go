package measure

import (
	"math"
	"slices"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// gauge reads one column of the loyalty method row by row: a list of answers,
// with or without numbers, or a number.
type gauge struct {
	column   *table.Column
	values   []float64 // numbers of the codes, nil without
	scores   []float64 // 0–100 of each code
	isHigh   []bool
	extremes []int8 // of each code: 0 top, 2 bottom, 1 between; nil without
	codes    []string
	from     float64 // a number: high from here on
}

// gauge returns the reader of a column, nil where no file has it. Answers
// without numbers score 100 where they are high or of the first extreme, 0
// where of the second, 50 between.
func (w *wave) gauge(id string, high []string, from map[string]float64, extremes [2][]string) *gauge {
	c := w.columns[id]
	if c == nil || c.Absent {
		return nil
	}
	g := &gauge{column: c, from: math.NaN()}
	if c.Field.Kind == table.Number {
		if v, ok := from[id]; ok {
			g.from = v
		}
		return g
	}
	item, _ := w.itemOf(id)
	g.codes = c.Codes
	if item.Scale != nil && len(item.Scale.Values()) == len(c.Codes) {
		g.values = item.Scale.Values()
	}
	g.isHigh, g.scores = make([]bool, len(c.Codes)), make([]float64, len(c.Codes))
	for i, code := range c.Codes {
		g.isHigh[i] = slices.Contains(high, code)
		if extremes[0] != nil {
			g.extremes = append(g.extremes, extremeOf(code, extremes))
		}
	}
	g.fillScores(item)
	return g
}

func extremeOf(code string, extremes [2][]string) int8 {
	switch {
	case slices.Contains(extremes[0], code):
		return 0
	case slices.Contains(extremes[1], code):
		return 2
	}
	return 1
}

func (g *gauge) fillScores(item survey.Item) {
	if item.Rated() && g.values != nil {
		low, high := slices.Min(g.values), slices.Max(g.values)
		if item.Reverse {
			low, high = high, low
		}
		for i, v := range g.values {
			g.scores[i] = (v - low) / (high - low) * 100
		}
		return
	}
	for i := range g.scores {
		switch {
		case g.extremes != nil:
			g.scores[i] = float64(2-g.extremes[i]) * 50
		case g.isHigh[i]:
			g.scores[i] = 100
		}
	}
}

// code is the index of the answer, −1 without one.
func (g *gauge) code(row int) int {
	if g.column.Field.Kind == table.Number {
		return -1
	}
	code, _ := g.column.Code(row)
	return code
}

// number is the answer as a number, NaN without one.
func (g *gauge) number(row int) float64 {
	if g.column.Field.Kind == table.Number {
		v, _ := g.column.Number(row)
		return v
	}
	if code := g.code(row); code >= 0 && g.values != nil {
		return g.values[code]
	}
	return math.NaN()
}

// score is the answer on 0–100; a number counts as a percentage.
func (g *gauge) score(row int) float64 {
	if g.column.Field.Kind == table.Number {
		return math.Min(math.Max(g.number(row), 0), 100)
	}
	if code := g.code(row); code >= 0 {
		return g.scores[code]
	}
	return math.NaN()
}

// high is 1 for a high answer, 0 for another, −1 for none.
func (g *gauge) high(row int) int {
	if g.column.Field.Kind == table.Number {
		return trit(g.number(row) >= g.from, math.IsNaN(g.number(row)))
	}
	code := g.code(row)
	return trit(code >= 0 && g.isHigh[code], code < 0)
}

// extreme is 0 for a top answer, 2 for a bottom one, 1 between, −1 for none.
func (g *gauge) extreme(row int) int {
	if code := g.code(row); code >= 0 && g.extremes != nil {
		return int(g.extremes[code])
	}
	return -1
}

func trit(yes, missing bool) int {
	switch {
	case missing:
		return -1
	case yes:
		return 1
	}
	return 0
}
