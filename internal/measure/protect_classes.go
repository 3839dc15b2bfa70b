package measure

import (
	"maps"
	"math"
	"slices"

	"manyi/internal/stat"
)

// sorted is one distribution of a group over classes: how many are in each,
// whether the analysis shows it at all, and what takes it away.
type sorted struct {
	counts   []int
	hidden   bool
	withhold func()
}

// protectClasses takes from the groups the distributions in which 1 to k−1 are
// in a class, and those that would give them back: a class of a group is a cell,
// as an answer by code is. That of everyone is public. A group that has no such
// distribution is nil.
func protectClasses(l lineage, splits []split, whole []int, k int, of func(b *Block) *sorted) {
	found := make([][]*sorted, len(splits))
	parts := portions(splits, func(s split, g int) *portion { return nil })
	for i, s := range splits {
		for g, b := range s.blocks {
			x := of(b)
			found[i] = append(found[i], x)
			if x != nil {
				parts[i][g] = &portion{counts: x.counts, hidden: x.hidden || b.Suppressed || few(x.counts, k)}
			}
		}
	}
	l.hide(&portion{counts: whole, public: true}, parts, k)
	for i, groups := range found {
		for g, x := range groups {
			if x != nil && parts[i][g].hidden && !x.hidden {
				x.withhold()
			}
		}
	}
}

// few reports whether one of some counts is 1 to k−1.
func few(counts []int, k int) bool {
	return slices.ContainsFunc(counts, func(x int) bool { return x > 0 && x < k })
}

// shownOf is an analysis of a block, and whether it is hidden; the zero value
// where there is none.
func shownOf[T Analysis](b *Block, id string) (found T, hidden bool) {
	a := b.Analyses[id]
	if h, ok := a.(*Hidden); ok {
		a, hidden = h.was, true
	}
	found, _ = a.(T)
	return found, hidden
}

// protectDistributions protects what analyses say of how a group divides.
func (w *wave) protectDistributions(l lineage, splits []split, all *breakdown) {
	whole := all.blocks[0]
	for _, id := range slices.Sorted(maps.Keys(whole.Analyses)) {
		switch a := whole.Analyses[id].(type) {
		case *Kano:
			protectKano(l, splits, a, id, w.minCell)
		case *Gap:
			protectGap(l, splits, a, id, w.minCell)
		case *Loyalty:
			protectLoyalty(l, splits, a, id, w.minCell)
		case *PenaltyReward:
			protectEnds(l, splits, a.Items, w.minCell, func(b *Block) ([]*Asymmetry, bool) {
				r, hidden := shownOf[*PenaltyReward](b, id)
				if r == nil {
					return nil, hidden
				}
				return r.Items, hidden
			})
		case *Verbatim:
			protectVerbatim(l, splits, a, id, w.minCell)
		case *TwoFactor:
			protectFactors(l, splits, a, id, w.minCell)
		case *MaxDiff:
			protectMaxDiff(l, splits, a, id, w.minCell)
		case *Competitors:
			protectBrands(l, splits, a, id, w.minCell)
		}
	}
}

// protectMissing takes from the groups why people gave no answer, where 1 to k−1
// gave a reason.
func (w *wave) protectMissing(l lineage, splits []split, all *breakdown, id string) {
	whole := all.blocks[0].Questions[id]
	reasons := slices.Sorted(maps.Keys(whole.Missing))
	counts := func(q *Question) []int {
		out := make([]int, len(reasons))
		for i, r := range reasons {
			out[i] = q.Missing[r]
		}
		return out
	}
	protectClasses(l, splits, counts(whole), w.minCell, func(b *Block) *sorted {
		q := b.Questions[id]
		return &sorted{counts(q), q.Suppressed, func() { q.Missing = nil }}
	})
}

// protectGap protects the bands of the gap and the places in the zone of
// tolerance, of the whole, the dimensions and the items.
func protectGap(l lineage, splits []split, whole *Gap, id string, k int) {
	in := func(b *Block, level func(g *Gap) *GapLevel, of func(x *GapLevel) *sorted) *sorted {
		g, hidden := shownOf[*Gap](b, id)
		if g == nil {
			return nil
		}
		out := of(level(g))
		out.hidden = out.hidden || hidden
		return out
	}
	protectClasses(l, splits, whole.bands[:], k, func(b *Block) *sorted {
		g, hidden := shownOf[*Gap](b, id)
		if g == nil {
			return nil
		}
		return &sorted{g.bands[:], hidden || g.Why != "", g.withhold}
	})
	for _, level := range whole.levels() {
		x := level(whole)
		protectClasses(l, splits, x.bands[:], k, func(b *Block) *sorted {
			return in(b, level, func(x *GapLevel) *sorted { return &sorted{x.bands[:], x.Suppressed, x.Classes.withhold} })
		})
		protectClasses(l, splits, x.places[:], k, func(b *Block) *sorted {
			return in(b, level, func(x *GapLevel) *sorted {
				return &sorted{x.places[:], x.Suppressed || x.Zone == nil, func() { x.Zone.withhold() }}
			})
		})
	}
}

// levels are the ways to every dimension and item of a result.
func (r *Gap) levels() []func(g *Gap) *GapLevel {
	var out []func(g *Gap) *GapLevel
	for d, dim := range r.Dimensions {
		out = append(out, func(g *Gap) *GapLevel { return &g.Dimensions[d].GapLevel })
		for i := range dim.Items {
			out = append(out, func(g *Gap) *GapLevel { return &g.Dimensions[d].Items[i].GapLevel })
		}
	}
	return out
}

func (c *Classes) withhold() {
	nan := Number(math.NaN())
	*c = Classes{nan, nan, nan, nan, true}
}

func (z *Zone) withhold() {
	nan := Number(math.NaN())
	z.Below, z.Within, z.Above, z.Contrary, z.Withheld = nan, nan, nan, nan, true
}

// countsOf is how many are in each of some classes.
func countsOf[T any](points []T, n func(T) int) []int {
	out := make([]int, len(points))
	for i, p := range points {
		out[i] = n(p)
	}
	return out
}

// protectEnds protects how many answered low, in the middle and high.
func protectEnds(l lineage, splits []split, whole []*Asymmetry, k int, in func(b *Block) ([]*Asymmetry, bool)) {
	ends := func(a *Asymmetry) []int { return []int{a.NLow, a.NMiddle, a.NHigh} }
	for i, x := range whole {
		protectClasses(l, splits, ends(x), k, func(b *Block) *sorted {
			items, hidden := in(b)
			if items == nil {
				return nil
			}
			a := items[i]
			return &sorted{ends(a), hidden || a.Suppressed, func() { a.Suppressed = true }}
		})
	}
}

func protectFactors(l lineage, splits []split, whole *TwoFactor, id string, k int) {
	if whole.Found == nil {
		return
	}
	in := func(b *Block) ([]*Asymmetry, bool) {
		f, hidden := shownOf[*TwoFactor](b, id)
		if f == nil || f.Found == nil {
			return nil, hidden
		}
		return f.Found.Items, hidden
	}
	protectEnds(l, splits, whole.Found.Items, k, in)
	for _, s := range splits {
		for _, b := range s.blocks {
			if f, _ := shownOf[*TwoFactor](b, id); f != nil {
				f.forget()
			}
		}
	}
}

// forget leaves nothing that was found of items that are not shown.
func (f *TwoFactor) forget() {
	for _, item := range f.Items {
		if item.Evidence != nil && item.Evidence.Suppressed {
			item.Found, item.Agrees = "", nil
		}
	}
}

// protectMaxDiff protects how often an item was taken as best and as worst.
func protectMaxDiff(l lineage, splits []split, whole *MaxDiff, id string, k int) {
	counts := func(i *MaxDiffItem) []int { return []int{i.Best, i.Worst, i.Shown - i.Best - i.Worst} }
	for i, x := range whole.Items {
		protectClasses(l, splits, counts(x), k, func(b *Block) *sorted {
			m, hidden := shownOf[*MaxDiff](b, id)
			if m == nil {
				return nil
			}
			item := m.Items[i]
			return &sorted{counts(item), hidden, func() { item.Withheld = true }}
		})
	}
}

// counted are the people in each of some points.
func counted(points []stat.Point) []int {
	return countsOf(points, func(p stat.Point) int { return p.N })
}
