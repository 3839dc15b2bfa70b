package measure

import (
	"maps"
	"math"
	"slices"

	"manyi/internal/survey"
)

// status takes the items of the quadrant to act on.
func (l *weakList) status(a survey.Analysis, s *Status) {
	for k, spec := range a.ImportancePerformance.Items {
		item := s.Items[k]
		known := l.item(spec.Performance)
		if known.Matrix != Concentrate && !item.Suppressed && item.Quadrant != "" {
			known.Matrix = item.Quadrant
			if item.Undecided {
				known.Matrix = "undecided"
			}
		}
		if item.Suppressed || item.Quadrant != Concentrate {
			continue
		}
		known.add(WeakReason{
			Method: a.Method, Analysis: a.ID, Why: InConcentrate, Value: item.Performance, CI95: item.PerformanceCI95, Line: s.Thresholds.Performance,
		}, func(WeakReason) bool { return !item.Undecided })
	}
}

// index takes facets and items of an index that miss their targets.
func (l *weakList) index(id string, facets []*IndexFacet) {
	for _, f := range facets {
		l.index(id, f.Facets)
		l.looked = l.looked || f.Target != nil
		if !f.Suppressed && f.Target != nil {
			l.facet(id, f).add(WeakReason{Method: "csi", Analysis: id, Why: BelowTarget, Value: f.Score, CI95: f.CI95, Line: *f.Target}, excludes)
		}
		for _, i := range f.Items {
			known := l.item(i.ID)
			l.looked = l.looked || i.Target != nil
			if !i.Suppressed && i.Target != nil {
				known.add(WeakReason{Method: "csi", Analysis: id, Why: BelowTarget, Value: i.Score, CI95: i.CI95, Line: *i.Target}, excludes)
			}
		}
	}
}

func (l *weakList) facet(index string, f *IndexFacet) *WeakItem {
	i := &WeakItem{ID: f.ID, Facet: index, Score: f.Score, CI95: f.CI95, Reasons: []*WeakReason{}, Undecided: []*WeakReason{}}
	l.order = append(l.order, i)
	return i
}

// targets takes the questions that miss a target of report.targets, in points
// of their scale. What the other items are to explain is the end, not an item to
// work on.
func (l *weakList) targets() {
	for _, id := range slices.Sorted(maps.Keys(l.wave.survey.Report.Targets)) {
		item, ok := l.wave.itemOf(id)
		if !ok || !item.Rated() || l.explained(id) {
			continue
		}
		l.looked = true
		s := l.score(id)
		if s == nil {
			continue
		}
		values := item.Scale.Values()
		low, high := slices.Min(values), slices.Max(values)
		if item.Reverse {
			low, high = high, low
		}
		line := (l.wave.survey.Report.Targets[id] - low) / (high - low) * 100
		l.item(id).add(WeakReason{Method: "targets", Why: BelowTarget, Value: s.Value, CI95: s.CI95, Line: Number(line)}, excludes)
	}
}

// explained reports whether a column is the outcome of an analysis of the list.
func (l *weakList) explained(id string) bool {
	return slices.ContainsFunc(l.wave.survey.Analyses, func(a survey.Analysis) bool {
		return a.Drivers != nil && a.Drivers.Outcome == id || a.PenaltyReward != nil && a.PenaltyReward.Outcome == id ||
			a.ImportancePerformance != nil && a.ImportancePerformance.Outcome == id
	})
}

// means are the mean scores of items by scale: items of different scales are
// never set against one line. An item alone has no line.
func (l *weakList) means(ids []string) map[*survey.Scale]Number {
	sum, n := map[*survey.Scale]Number{}, map[*survey.Scale]Number{}
	for _, id := range ids {
		item, ok := l.wave.itemOf(id)
		if s := l.score(id); ok && s != nil && !math.IsNaN(float64(s.Value)) {
			sum[item.Scale], n[item.Scale] = sum[item.Scale]+s.Value, n[item.Scale]+1
		}
	}
	out := map[*survey.Scale]Number{}
	for scale, k := range n {
		out[scale] = sum[scale] / k
	}
	return out
}

// below is the score of a column against the mean of its analysis' items.
func (l *weakList) below(a survey.Analysis, id, why string, means map[*survey.Scale]Number) (WeakReason, bool) {
	item, ok := l.wave.itemOf(id)
	s := l.score(id)
	if !ok || s == nil {
		return WeakReason{}, false
	}
	return WeakReason{Method: a.Method, Analysis: a.ID, Why: why, Value: s.Value, CI95: s.CI95, Line: means[item.Scale]}, true
}

// drivers takes the items that move the outcome by themselves and are rated
// below the others. Too few rows for a regression make nothing sure.
func (l *weakList) drivers(a survey.Analysis, d *Drivers) {
	means := l.means(a.Drivers.Items)
	few := slices.Contains(d.Warnings, FewForDrivers)
	for _, i := range d.Items {
		known := l.item(i.ID)
		if r, ok := l.below(a, i.ID, DriverBelow, means); ok && i.Distinguished && i.Beta > 0 {
			known.add(r, clearIf(!few))
		}
	}
}

// penalties takes basic factors that are rated below the others. Thin cells
// make nothing sure.
func (l *weakList) penalties(a survey.Analysis, p *PenaltyReward) {
	means := l.means(a.PenaltyReward.Items)
	for _, i := range p.Items {
		known := l.item(i.ID)
		if i.Suppressed || i.Nearest != BasicFactor {
			continue
		}
		if r, ok := l.below(a, i.ID, BasicBelow, means); ok {
			known.add(r, clearIf(i.Class == BasicFactor && !slices.Contains(i.Warnings, FewCells)))
		}
	}
}

// leastPairs is how many items make an average gap worth comparing with.
const leastPairs = 3

// gaps takes items that fall short of what is expected, by more than the items
// do on average: on most questionnaires nearly all fall short.
func (l *weakList) gaps(a survey.Analysis, g *Gap) {
	var items []*GapItem
	mean := Number(0)
	for _, d := range g.Dimensions {
		for _, i := range d.Items {
			if !d.Suppressed && !i.Suppressed && !math.IsNaN(float64(i.Gap)) {
				items, mean = append(items, i), mean+i.Gap
			}
		}
	}
	mean /= Number(len(items))
	if len(items) < leastPairs {
		mean = 0
	}
	for _, i := range items {
		r := WeakReason{Method: a.Method, Analysis: a.ID, Why: WideGap, Value: i.Gap, CI95: i.CI95, Line: min(mean, 0)}
		l.item(i.ID).add(r, clearIf(i.Holds() && i.Gap < 0))
	}
}

// kano takes must-be and one-dimensional features that are rated below the
// others; a feature that is rated nowhere is no evidence.
func (l *weakList) kano(a survey.Analysis, k *Kano) {
	var columns []string
	rated := map[string]string{} // feature -> the column of its rating
	for _, f := range a.Kano.Features {
		if i := l.found[l.key(f.Functional)]; i != nil {
			rated[f.ID] = i.ID
			columns = append(columns, i.ID)
		}
	}
	l.looked = l.looked || len(columns) > 0
	means := l.means(columns)
	for n, spec := range a.Kano.Features {
		f := k.Features[n]
		why := map[class]string{MustBe: MustBeBelow, OneDimensional: OneDimensionalBelow}[f.Category]
		if f.Suppressed || why == "" || rated[spec.ID] == "" {
			continue
		}
		if r, ok := l.below(a, rated[spec.ID], why, means); ok {
			l.item(rated[spec.ID]).add(r, clearIf(f.Stands()))
		}
	}
}

// Stands reports whether the class of a feature stands up: it is not mixed, its
// count can be told from the second, and the block rule says the same.
func (f *KanoFeature) Stands() bool {
	if f.Withheld {
		return f.stands
	}
	return !f.Suppressed && f.Category != "" && f.Category == f.CategoryBlock && !f.Mixed && f.Fong != nil && f.Fong.Significant
}
