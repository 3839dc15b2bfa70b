package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// gapPlan is the columns of a gap analysis, ready to be read.
type gapPlan struct {
	wave    *wave
	spec    *survey.Gap
	expects bool // gaps are measured, not performance alone
	pairs   []gapColumns
	first   []int // of each dimension, its first pair; one more at the end
	points  []values
	low     float64 // ends of the scale
	high    float64
	far     float64
	outcome []*table.Column
}

type gapColumns struct {
	perceived, expected, adequate values
	zoned                         bool // adequate is asked
}

func (w *wave) gapPlan(spec *survey.Gap) *gapPlan {
	p := &gapPlan{wave: w, spec: spec, expects: spec.Expects(), low: math.NaN(), high: math.NaN()}
	for _, d := range spec.Dimensions {
		p.first = append(p.first, len(p.pairs))
		for _, pair := range d.Pairs {
			c := gapColumns{perceived: w.ratings(pair.Perceived), zoned: pair.Adequate != ""}
			if p.expects {
				c.expected, c.adequate = w.ratings(pair.Expected), w.ratings(pair.Adequate)
			}
			if len(c.perceived.of) > 0 {
				p.low, p.high = slices.Min(c.perceived.of), slices.Max(c.perceived.of)
			}
			p.pairs = append(p.pairs, c)
		}
		source, _ := w.values(d.Source)
		p.points = append(p.points, source)
	}
	p.first = append(p.first, len(p.pairs))
	p.far = spec.Far
	if p.far == 0 { // a third of the scale: 2 of 5 or 7 points, 3 of 10, 4 of 11
		p.far = max(2, math.Ceil((p.high-p.low)/3))
	}
	if math.IsNaN(p.far) {
		p.far = 2
	}
	for _, id := range spec.Outcomes {
		c := w.columns[id]
		if c != nil && (c.Absent || len(c.Codes) == 0) {
			c = nil
		}
		p.outcome = append(p.outcome, c)
	}
	return p
}

// ratings reads a column by its numbers, high ones the good ones.
func (w *wave) ratings(id string) values {
	v, known := w.values(id)
	if !known {
		return values{}
	}
	if item, ok := w.itemOf(id); ok && item.Reverse && len(v.of) > 0 {
		sum := slices.Min(v.of) + slices.Max(v.of)
		v.of = slices.Clone(v.of)
		for i, x := range v.of {
			v.of[i] = sum - x
		}
	}
	return v
}

// fill decodes the rows from row on.
func (v values) fill(into []float64, row int) {
	switch {
	case v.numbers != nil:
		copy(into, v.numbers[row:])
	case v.cells != nil:
		var of [256]float64
		for i := range of {
			of[i] = math.NaN()
		}
		copy(of[:], v.of)
		for i, c := range v.cells[row : row+len(into)] {
			into[i] = of[c]
		}
	default:
		for i := range into {
			into[i] = v.at(row + i)
		}
	}
}

// gapClasses are the bands of a gap, the best first.
const gapClasses = 4

// class is the band of a gap in whole points of the scale: exceed, meet, below,
// far below. A mean of thirds misses a half by rounding: 1e-9 forgives it.
func (p *gapPlan) class(gap float64) int {
	const slack = 1e-9
	switch {
	case gap >= .5-slack:
		return 0
	case gap > -.5+slack:
		return 1
	case gap > .5-p.far+slack:
		return 2
	}
	return 3
}

// gapSums is what one group adds up to.
type gapSums struct {
	pairs      []pairSums
	dimensions []dimensionSums
	points     []stat.Moment
	both       [][]crossSums // of dimensions d ≤ e
	classes    [gapClasses]stat.Point
	any        stat.Moment // of the respondent's mean over dimensions
	outcome    [][gapClasses][]outcomeCell
}

// levels are what is kept of a pair or a dimension: perceived, expected,
// adequate, gap, and perceived less adequate.
type levels struct {
	perceived, expected, gap stat.Moment
	adequate, above          stat.Moment // rows with all three
	zone                     [4]stat.Point
	classes                  [gapClasses]stat.Point
}

// The places of a rating in the zone of tolerance.
const (
	zoneBelow = iota
	zoneWithin
	zoneAbove
	zoneContrary // what would do is more than what one wants: no zone
)

type pairSums struct {
	levels
	whole [3]stat.Moment // perceived, expected, gap in rows that have every pair of the dimension
}

type dimensionSums struct {
	levels
	total [3]stat.Moment // sums over the pairs, in rows that have every one
}

// crossSums is the common rows of two dimensions, with squared weights.
type crossSums struct{ w, d, e, de float64 }

// outcomeCell is the rows of one class and one answer.
type outcomeCell struct {
	rows int
	stat.Point
}

func (p *gapPlan) sums() *gapSums {
	n := len(p.first) - 1
	s := &gapSums{pairs: make([]pairSums, len(p.pairs)), dimensions: make([]dimensionSums, n), points: make([]stat.Moment, n), both: make([][]crossSums, n)}
	for d := range s.both {
		s.both[d] = make([]crossSums, n-d)
	}
	for _, c := range p.outcome {
		var t [gapClasses][]outcomeCell
		for k := range t {
			if c != nil {
				t[k] = make([]outcomeCell, len(c.Codes))
			}
		}
		s.outcome = append(s.outcome, t)
	}
	return s
}
