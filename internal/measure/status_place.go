package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
)

// placing is the matrix of one sample: where the items stand, the thresholds,
// and the priorities. Items that are NaN in one of the two have no part.
type placing struct {
	importance, performance []float64
	cutImportance           float64
	cutPerformance          float64
	priority, z             []float64
	rank, rankZ             []float64
}

func newPlacing(n int) *placing {
	make1 := func() []float64 { return make([]float64, n) }
	return &placing{importance: make1(), performance: make1(), priority: make1(), z: make1(), rank: make1(), rankZ: make1()}
}

// settle works everything out from importance and performance.
func (p *placing) settle(cut func(own []float64, other bool) float64) {
	for i := range p.importance {
		if math.IsNaN(p.importance[i]) || math.IsNaN(p.performance[i]) {
			p.importance[i], p.performance[i] = math.NaN(), math.NaN()
		}
	}
	p.cutImportance, p.cutPerformance = cut(p.importance, true), cut(p.performance, false)
	lowI, highI, meanI, sdI := p.spread(p.importance)
	lowP, highP, meanP, sdP := p.spread(p.performance)
	for i := range p.importance {
		p.priority[i] = (p.importance[i]-lowI)/(highI-lowI) - (p.performance[i]-lowP)/(highP-lowP)
		p.z[i] = (p.importance[i]-meanI)/sdI - (p.performance[i]-meanP)/sdP
	}
	ranks(p.priority, p.rank)
	ranks(p.z, p.rankZ)
}

// spread returns the ends, the mean and the standard deviation (n−1) of the numbers.
func (p *placing) spread(x []float64) (low, high, mean, sd float64) {
	low, high = math.Inf(1), math.Inf(-1)
	n := 0.0
	for _, v := range x {
		if v == v {
			low, high, mean, n = min(low, v), max(high, v), mean+v, n+1
		}
	}
	mean /= n
	for _, v := range x {
		if v == v {
			sd += (v - mean) * (v - mean)
		}
	}
	return low, high, mean, math.Sqrt(sd / (n - 1))
}

// ranks gives the highest 1 and equal ones the better rank; NaN has none.
func ranks(x, into []float64) {
	for i, v := range x {
		into[i] = math.NaN()
		if v == v {
			into[i] = 1
		}
		for _, o := range x {
			if o > v {
				into[i]++
			}
		}
	}
}

// cut is the threshold of one axis by the mode of the analysis. Where a mode
// has no meaning for importance (a correlation has no midpoint; no important: is
// given), it is the mean of the items.
func (p *statusPlan) cut(derived bool) func(x []float64, importance bool) float64 {
	var scratch []float64
	return func(x []float64, importance bool) float64 {
		scratch = scratch[:0]
		sum := 0.0
		for _, v := range x {
			if v == v {
				scratch, sum = append(scratch, v), sum+v
			}
		}
		mean := sum / float64(len(scratch))
		switch {
		case len(scratch) == 0:
			return math.NaN()
		case p.spec.Thresholds == "median":
			slices.Sort(scratch)
			return stat.Quantile(scratch, .5)
		case p.spec.Thresholds == "midpoint" && !importance && !math.IsNaN(p.low):
			return (p.low + p.high) / 2
		case p.spec.Thresholds == "midpoint" && importance && !derived && !math.IsNaN(p.least):
			return (p.least + p.most) / 2
		case p.spec.Thresholds == "target" && !importance:
			return *p.spec.Target
		case p.spec.Thresholds == "target" && p.spec.Needed != nil:
			return *p.spec.Needed
		}
		return mean
	}
}

// quadrant names the place of an item; "" without one. At a threshold is high.
func quadrant(importance, performance, cutImportance, cutPerformance float64) string {
	switch {
	case math.IsNaN(importance - cutImportance + performance - cutPerformance):
		return ""
	case importance >= cutImportance && performance >= cutPerformance:
		return KeepUp
	case importance >= cutImportance:
		return Concentrate
	case performance >= cutPerformance:
		return Overkill
	}
	return LowPriority
}

// conclude places the items that may be shown, with their intervals.
func (p *statusPlan) conclude(r *Status, s *statusSums) {
	if r.N == 0 {
		r.warn(NoAnswers)
		return
	}
	if r.N < 30 {
		r.warn(Base30)
	}
	derived := r.Importance == "derived"
	at, other := newPlacing(len(r.Items)), newPlacing(len(r.Items))
	placed, hidden := at.take(r, other, derived)
	at.settle(p.cut(derived))
	other.settle(p.cut(!derived))
	r.Thresholds = Thresholds{Number(at.cutImportance), Number(at.cutPerformance)}
	if !math.IsNaN(other.cutImportance) {
		r.Alternative = &Thresholds{Number(other.cutImportance), Number(other.cutPerformance)}
	}
	for i, item := range r.Items {
		item.Priority, item.PriorityZ = Number(at.priority[i]), Number(at.z[i])
		item.Quadrant = quadrant(at.importance[i], at.performance[i], at.cutImportance, at.cutPerformance)
		item.Alternative = quadrant(other.importance[i], other.performance[i], other.cutImportance, other.cutPerformance)
		item.Rank, item.RankZ = rankNumber(at.rank[i]), rankNumber(at.rankZ[i])
		item.Undecided = item.Quadrant != ""
		if hidden {
			item.Partial = Number(math.NaN())
		}
	}
	if placed > 0 && s.units > 1 {
		p.resample(r, s, derived)
	}
	if !derived && 2*r.CeilingItems >= len(r.Items) && r.CeilingItems > 0 {
		r.warn(StatedCeiling)
	}
}

// rankNumber is a rank as a whole number, 0 without one.
func rankNumber(rank float64) int {
	if math.IsNaN(rank) {
		return 0
	}
	return int(rank)
}

// take reads importance, and the other one, of the items that may be shown.
func (p *placing) take(r *Status, other *placing, derived bool) (placed int, hidden bool) {
	for i, item := range r.Items {
		p.importance[i], p.performance[i] = float64(item.Importance), float64(item.Performance)
		other.importance[i], other.performance[i] = float64(item.Derived), float64(item.Performance)
		if derived {
			other.importance[i] = float64(item.Stated)
		}
		if item.Suppressed {
			hidden = true
			p.importance[i], other.importance[i] = math.NaN(), math.NaN()
		}
		if !math.IsNaN(p.importance[i] + p.performance[i]) {
			placed++
		}
	}
	return placed, hidden
}

// The figures of an item that are drawn anew.
const (
	drawnImportance = iota
	drawnFromCut    // importance less its threshold
	drawnPerformance
	drawnPriority
	drawnZ
	drawnRank
	drawnFigures
)

// resample draws the units of a group with replacement and fills the intervals.
func (p *statusPlan) resample(r *Status, s *statusSums, derived bool) {
	shown := make([]bool, len(r.Items))
	for i, item := range r.Items {
		shown[i] = !item.Suppressed
	}
	drawn := stat.Bootstrap(s.units, p.spec.Resamples, drawnFigures*len(r.Items), uint64(p.spec.Seed), func() func([]int32, []float64) {
		at, times, cut := newPlacing(len(r.Items)), make([]float64, s.units), p.cut(derived)
		return func(units []int32, into []float64) {
			clear(times)
			for _, u := range units {
				times[u]++
			}
			for i := range r.Items {
				at.importance[i], at.performance[i] = math.NaN(), math.NaN()
				if shown[i] {
					at.importance[i], at.performance[i] = drawUnits(s.items[i].drawn, times, derived)
				}
			}
			at.settle(cut)
			for i := range r.Items {
				f := into[i*drawnFigures:]
				f[drawnImportance], f[drawnFromCut] = at.importance[i], at.importance[i]-at.cutImportance
				f[drawnPerformance] = at.performance[i] - at.cutPerformance
				f[drawnPriority], f[drawnZ], f[drawnRank] = at.priority[i], at.z[i], at.rank[i]
			}
		}
	})
	for i, item := range r.Items {
		of := func(figure int) Interval {
			low, high := stat.Percentile(drawn[i*drawnFigures+figure])
			return Interval{Number(low), Number(high)}
		}
		if item.Quadrant == "" {
			continue
		}
		item.CI95, item.PriorityZCI95, item.RankCI95 = of(drawnPriority), of(drawnZ), of(drawnRank)
		if derived {
			item.ImportanceCI95 = of(drawnImportance)
		}
		item.Undecided = !clear0(of(drawnFromCut)) || !clear0(of(drawnPerformance))
	}
}

// clear0 reports whether an interval is defined and does not hold 0.
func clear0(i Interval) bool { return i[0] > 0 || i[1] < 0 }

// drawUnits returns an item's importance and performance in one resample.
func drawUnits(units []statusUnit, times []float64, derived bool) (importance, performance float64) {
	var t statusUnit
	for u, n := range times {
		if n == 0 {
			continue
		}
		unit := &units[u]
		t.performanceW += n * unit.performanceW
		t.performance += n * unit.performance
		if !derived {
			t.statedW += n * unit.statedW
			t.stated += n * unit.stated
			continue
		}
		t.w += n * unit.w
		t.x += n * unit.x
		t.y += n * unit.y
		t.xx += n * unit.xx
		t.yy += n * unit.yy
		t.xy += n * unit.xy
	}
	performance = t.performance / t.performanceW
	if !derived {
		return t.stated / t.statedW, performance
	}
	xx, yy := t.xx-t.x*t.x/t.w, t.yy-t.y*t.y/t.w
	if xx <= 1e-12*t.xx || yy <= 1e-12*t.yy {
		return math.NaN(), performance
	}
	return (t.xy - t.x*t.y/t.w) / math.Sqrt(xx*yy), performance
}
