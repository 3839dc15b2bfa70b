package measure

// cellTable is a distribution of the groups whose cells are hidden one by one: by
// cell, split and group a portion, nil where there is none; by cell that of
// everyone; and what else a group's cells add up to.
type cellTable struct {
	whole  []*portion
	cells  [][][]*portion
	within []family
}

func newCellTable(whole [][]int) *cellTable {
	t := &cellTable{cells: make([][][]*portion, len(whole))}
	for _, counts := range whole {
		t.whole = append(t.whole, &portion{counts: counts, public: true})
	}
	return t
}

// hide hides until no cell follows, neither from the groups of any segment nor
// within a group.
func (t *cellTable) hide(l lineage, k int) {
	for again := true; again; {
		for c, parts := range t.cells {
			l.hide(t.whole[c], parts, k)
		}
		again = coverFamilies(t.within, k)
	}
}

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

// protectCurve hides points of the curve of which 1 to k−1 are loyal, or are not.
// The points of the high answers add up to the loyalists and the mercenaries,
// those of the others to the hostages and the defectors.
func protectCurve(l lineage, splits []split, whole *Loyalty, id string, k int) {
	pair := func(p *CurvePoint) []int { return []int{p.loyal, p.all - p.loyal} }
	t := newCellTable(countsOf2(whole.Curve, pair))
	for c := range whole.Curve {
		t.cells[c] = portions(splits, func(s split, g int) *portion {
			x, hidden := shownOf[*Loyalty](s.blocks[g], id)
			if x == nil {
				return nil
			}
			p := x.Curve[c]
			return &portion{counts: pair(p), hidden: hidden || s.blocks[g].Suppressed || p.Suppressed || few(pair(p), k)}
		})
	}
	for i, s := range splits {
		for g, b := range s.blocks {
			if x, _ := shownOf[*Loyalty](b, id); x != nil {
				t.within = append(t.within, x.families(t, i, g)...)
			}
		}
	}
	t.hide(l, k)
	for i, s := range splits {
		for g, b := range s.blocks {
			if x, hidden := shownOf[*Loyalty](b, id); x != nil && !hidden {
				x.hidePoints(t, i, g)
			}
		}
	}
}

// families are the sums of the points of a group's curve.
func (l *Loyalty) families(t *cellTable, split, group int) []family {
	low := family{parent: &portion{counts: []int{l.cells[1], l.cells[0]}, hidden: l.Groups == nil}}
	high := family{parent: &portion{counts: []int{l.cells[3], l.cells[2]}, hidden: l.Groups == nil}}
	for c, p := range l.Curve {
		f := &low
		if p.high {
			f = &high
		}
		f.children = append(f.children, t.cells[c][split][group])
	}
	return []family{low, high}
}

func (l *Loyalty) hidePoints(t *cellTable, split, group int) {
	for c, p := range l.Curve {
		if p.Suppressed = p.Suppressed || t.cells[c][split][group].hidden && p.all > 0; !p.Suppressed {
			continue
		}
		if r := l.Ratio; r != nil && (r.Best == p.Code || r.Next == p.Code) {
			l.Ratio = nil
		}
	}
}

func countsOf2[T any](list []T, counts func(T) []int) [][]int {
	var out [][]int
	for _, x := range list {
		out = append(out, counts(x))
	}
	return out
}

// protectBrands hides brands of groups that 1 to k−1 rated, and what gives them
// back: those of a group, and of a brand those of all groups. Where one falls,
// what compares the others with it falls too.
func protectBrands(l lineage, splits []split, whole *Competitors, id string, k int) {
	t := newCellTable(nil)
	var names []string
	for _, b := range whole.Brands {
		if b.Source == "responses" {
			names = append(names, b.ID)
			t.whole = append(t.whole, &portion{counts: []int{b.rows, b.N}, public: true})
		}
	}
	for _, name := range names {
		t.cells = append(t.cells, portions(splits, func(s split, g int) *portion {
			x, hidden := shownOf[*Competitors](s.blocks[g], id)
			if x == nil || x.brand(name) == nil {
				return nil
			}
			b := x.brand(name)
			return &portion{counts: []int{b.rows, b.N}, hidden: hidden || s.blocks[g].Suppressed || b.Suppressed}
		}))
	}
	for i, s := range splits {
		for g, b := range s.blocks {
			x, hidden := shownOf[*Competitors](b, id)
			if x == nil {
				continue
			}
			f := family{parent: &portion{counts: []int{x.rows, x.N}, hidden: hidden || b.Suppressed}}
			for c := range names {
				f.children = append(f.children, t.cells[c][i][g])
			}
			f.children = present(f.children)
			t.within = append(t.within, f)
		}
	}
	t.hide(l, k)
	for c, name := range names {
		eachHidden(splits, t.cells[c], func(b *Block) {
			if x, _ := shownOf[*Competitors](b, id); !x.brand(name).Suppressed {
				x.brand(name).Suppressed, x.Industry = true, nil
			}
		})
	}
}

// brand is a brand by name, nil without.
func (c *Competitors) brand(id string) *Brand {
	for _, b := range c.Brands {
		if b.ID == id {
			return b
		}
	}
	return nil
}
