package measure

import "slices"

// protectLoyalty protects the groups of Jones and Sasser, the bands of buying
// again, the ladder, and how many of each answer on satisfaction are loyal.
func protectLoyalty(l lineage, splits []split, whole *Loyalty, id string, k int) {
	protect := func(counts func(x *Loyalty) []int, drop func(x *Loyalty)) {
		protectClasses(l, splits, counts(whole), k, func(b *Block) *sorted {
			x, hidden := shownOf[*Loyalty](b, id)
			if x == nil {
				return nil
			}
			return &sorted{counts(x), hidden, func() { drop(x) }}
		})
	}
	protect(func(x *Loyalty) []int { return x.cells[:] }, func(x *Loyalty) { x.Groups = nil; x.withhold() })
	protect(func(x *Loyalty) []int { return x.banded[:] }, func(x *Loyalty) { x.Bands = nil; x.withhold() })
	protect(func(x *Loyalty) []int { return x.rungs }, func(x *Loyalty) { x.Ladder = nil; x.withhold() })
	protectCurve(l, splits, whole, id, k)
}

// withhold marks a result of a group that lacks some classes.
func (l *Loyalty) withhold() { l.Withheld = true }

// protectCurve hides the curve of a group in which, of one answer, 1 to k−1 are
// loyal or 1 to k−1 are not. Its points add up to the loyal groups, so it falls
// with them.
func protectCurve(l lineage, splits []split, whole *Loyalty, id string, k int) {
	counts := func(x *Loyalty) []int {
		var out []int
		for _, p := range x.Curve {
			out = append(out, p.loyal, p.all-p.loyal)
		}
		return out
	}
	protectClasses(l, splits, counts(whole), k, func(b *Block) *sorted {
		x, hidden := shownOf[*Loyalty](b, id)
		if x == nil {
			return nil
		}
		if x.Groups == nil {
			x.hideCurve()
			hidden = true
		}
		return &sorted{counts(x), hidden, x.hideCurve}
	})
}

func (l *Loyalty) hideCurve() {
	l.Ratio = nil
	for _, p := range l.Curve {
		p.Suppressed = true
	}
	l.withhold()
}

// protectBrands hides the comparison in groups of which 1 to k−1 rated a brand,
// and where it would give such a group away.
func protectBrands(l lineage, splits []split, whole *Competitors, id string, k int) {
	var names []string
	for _, b := range whole.Brands {
		if b.Source == "responses" {
			names = append(names, b.ID)
		}
	}
	counts := func(c *Competitors) []int {
		out := make([]int, len(names))
		for i, name := range names {
			if at := slices.IndexFunc(c.Brands, func(b *Brand) bool { return b.ID == name }); at >= 0 {
				out[i] = c.Brands[at].N
			}
		}
		return out
	}
	protectClasses(l, splits, counts(whole), k, func(b *Block) *sorted {
		c, hidden := shownOf[*Competitors](b, id)
		if c == nil {
			return nil
		}
		return &sorted{counts(c), hidden, func() {
			b.Analyses[id] = &Hidden{Common: Common{Method: c.Method, N: c.N, rows: c.rows}, was: c}
		}}
	})
}
