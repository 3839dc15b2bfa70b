package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// ends reads the answers of items as low, middle or high, beside the outcome.
type ends struct {
	outcome values
	turned  float64       // −1 where the outcome is rated in reverse
	items   []values      // 0 low, 1 middle, 2 high
	codes   [][2][]string // by item: those that are low and high
	joint   bool          // only rows with every item count
	weight  func(row int) float64
}

// noEnd is the cell of no answer.
const noEnd = 3

func (w *wave) endsOf(p *survey.PenaltyReward) *ends {
	e := &ends{turned: 1, joint: p.Regression == "joint", weight: w.weight}
	e.outcome, _ = w.values(p.Outcome)
	if item, ok := w.itemOf(p.Outcome); ok && item.Reverse {
		e.turned = -1
	}
	for _, id := range p.Items {
		v, _ := w.values(id)
		low, high := p.Low, p.High
		item, ok := w.itemOf(id)
		var codes []string
		if ok && item.Scale != nil {
			codes = item.Scale.Codes()
			l, h := survey.Extremes(item.Scale, item.Reverse)
			if low == nil {
				low = l
			}
			if high == nil {
				high = h
			}
		}
		v.of = make([]float64, len(codes)) // a code's cell now, not its number
		for i, c := range codes {
			switch {
			case slices.Contains(low, c):
			case slices.Contains(high, c):
				v.of[i] = 2
			default:
				v.of[i] = 1
			}
		}
		e.items, e.codes = append(e.items, v), append(e.codes, [2][]string{low, high})
	}
	return e
}

// read writes the cell of every item in a row and returns the outcome, NaN
// where there is none, or where no item is answered (joint: not every one).
func (e *ends) read(row int, cells []uint8) float64 {
	answered := 0
	for i := range e.items {
		cells[i] = noEnd
		if v := e.items[i].at(row); !math.IsNaN(v) {
			cells[i] = uint8(v)
			answered++
		}
	}
	if answered == 0 || e.joint && answered < len(e.items) {
		return math.NaN()
	}
	return e.outcome.at(row) * e.turned
}

// cellCounts is how many answers a group has.
type cellCounts struct {
	rows  []int32 // with the outcome, an item and weight
	base  based
	items [][3]based // low, middle, high
}

// cells counts by group.
func (e *ends) cells(g groups) []*cellCounts {
	out := make([]*cellCounts, len(g.codes))
	for k := range out {
		out[k] = &cellCounts{items: make([][3]based, len(e.items))}
	}
	cells := make([]uint8, len(e.items))
	for row, k := range g.of {
		if k < 0 || math.IsNaN(e.read(row, cells)) {
			continue
		}
		weight := e.weight(row)
		out[k].base.add(weight)
		if weight > 0 {
			out[k].rows = append(out[k].rows, int32(row))
		}
		for i, c := range cells {
			if c != noEnd {
				out[k].items[i][c].add(weight)
			}
		}
	}
	return out
}

// fill computes penalty, reward and asymmetry with their intervals.
func (r *PenaltyReward) fill(p *survey.PenaltyReward, e *ends, cells *cellCounts) {
	if len(cells.rows) == 0 {
		return
	}
	f := newEndsFit(e, cells)
	n := len(r.Items)
	r.Bootstrap = DriversSamples{p.Bootstrap.Resamples, p.Bootstrap.Seed, f.groups()}
	found := make([]float64, 2*n)
	f.solver()(nil, found)
	drawn := stat.Bootstrap(f.groups(), p.Bootstrap.Resamples, 3*n, p.Bootstrap.Seed, func() func(rows []int32, figures []float64) {
		solve, found := f.solver(), make([]float64, 2*n)
		return func(rows []int32, figures []float64) {
			solve(rows, found)
			copy(figures, found)
			for i := range n {
				figures[2*n+i] = asymmetryOf(found[2*i], found[2*i+1])
			}
		}
	})
	for i, item := range r.Items {
		if item.Why != "" {
			continue
		}
		item.estimate(found[2*i], found[2*i+1], p.Cut)
		item.PenaltyCI95, item.RewardCI95 = percentile(drawn[2*i]), percentile(drawn[2*i+1])
		item.decide(drawn[2*n+i], p.Cut)
	}
}

// endsFit is the sums of one group that its resamples are drawn from.
type endsFit struct {
	joint  bool
	items  int
	design []int        // joint: the items with low, middle and high answers
	blocks *stat.Blocks // joint: a low and a high column of each of them, then the outcome
	sums   [][]float64  // each: by unit, for every item and cell Σw and Σwy
}

func newEndsFit(e *ends, counted *cellCounts) *endsFit {
	f, rows := &endsFit{joint: e.joint, items: len(e.items)}, counted.rows
	for i, n := range counted.items {
		if n[0].weighted > 0 && n[1].weighted > 0 && n[2].weighted > 0 {
			f.design = append(f.design, i)
		}
	}
	cells := make([]uint8, f.items)
	origin := e.read(int(rows[0]), cells)
	if !f.joint {
		f.sums = make([][]float64, min(len(rows), driverUnits))
		for i := range f.sums {
			f.sums[i] = make([]float64, 6*f.items)
		}
		for at, row := range rows {
			y, w, into := e.read(int(row), cells)-origin, e.weight(int(row)), f.sums[at%len(f.sums)]
			for i, c := range cells {
				if c != noEnd {
					into[6*i+2*int(c)] += w
					into[6*i+2*int(c)+1] += w * y
				}
			}
		}
		return f
	}
	line := make([]float64, 2*len(f.design)+1)
	f.blocks = stat.NewBlocks(len(rows), len(line), driverUnits)
	for _, row := range rows {
		y := e.read(int(row), cells)
		clear(line)
		for at, i := range f.design {
			if c := cells[i]; c != 1 {
				line[2*at+int(c)/2] = 1
			}
		}
		line[len(line)-1] = y - origin
		f.blocks.Add(e.weight(int(row)), line)
	}
	return f
}

func (f *endsFit) groups() int {
	if f.joint {
		return f.blocks.Groups()
	}
	return len(f.sums)
}

// solver returns a function that writes penalty and reward of every item, of the
// units drawn or, of nil, of all.
func (f *endsFit) solver() func(drawn []int32, found []float64) {
	if f.joint {
		return f.jointSolver()
	}
	sums := make([]float64, 6*f.items)
	return func(drawn []int32, found []float64) {
		clear(sums)
		if drawn == nil {
			for _, unit := range f.sums {
				for i, x := range unit {
					sums[i] += x
				}
			}
		}
		for _, at := range drawn {
			for i, x := range f.sums[at] {
				sums[i] += x
			}
		}
		for i := range f.items {
			s := sums[6*i : 6*i+6]
			low, middle, high := s[1]/s[0], s[3]/s[2], s[5]/s[4] // 0/0 is NaN: no such answer
			found[2*i], found[2*i+1] = middle-low, high-middle
		}
	}
}

// jointSolver regresses on the low and high answers of all items at once: its β
// are turned back into points of the outcome.
func (f *endsFit) jointSolver() func(drawn []int32, found []float64) {
	c := 2*len(f.design) + 1
	m, sums := stat.NewImportance(c-1, false), stat.NewProducts(c)
	r, sd, times := make([]float64, c*c), make([]float64, c), make([]int32, f.blocks.Groups())
	return func(drawn []int32, found []float64) {
		if drawn == nil {
			f.blocks.Sum(sums)
		} else {
			f.blocks.Draw(drawn, times, sums)
		}
		sums.Correlations(r, sd)
		m.Fit(r)
		for at, i := range f.design {
			found[2*i], found[2*i+1] = -m.Beta[2*at]*sd[c-1]/sd[2*at], m.Beta[2*at+1]*sd[c-1]/sd[2*at+1]
		}
	}
}
