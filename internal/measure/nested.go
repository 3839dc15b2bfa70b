package measure

import "manyi/internal/table"

// split is the breakdown of a wave by one segment.
type split struct {
	id     string
	column *table.Column
	breakdown
}

// lineage says how the groups of the segments lie in each other.
type lineage struct {
	within []nest  // groups of one segment that are made up of groups of another
	near   [][2]at // groups of two segments that are the same people but for fewer than k
}

// at is a group: its split and its place among its groups.
type at struct{ split, group int }

// nest is a group of one segment and the groups of another that lie in it.
type nest struct {
	parent   at
	children []at
}

// lineage compares every two segments. Two segments of which one is a coarser
// form of the other can be subtracted from each other by anyone who knows it;
// so can two groups that are nearly the same people.
func (w *wave) lineage(splits []split) lineage {
	var out lineage
	for a := range splits {
		for b := range splits {
			if a != b {
				out.add(splits, a, b, w.minCell)
			}
		}
	}
	return out
}

// add looks for groups of b within groups of a.
func (l *lineage) add(splits []split, a, b, k int) {
	x, y := splits[a].groups, splits[b].groups
	both, ofA, ofB := make([]int, len(x.codes)*len(y.codes)), make([]int, len(x.codes)), make([]int, len(y.codes))
	for row, i := range x.of {
		j := y.of[row]
		if i >= 0 {
			ofA[i]++
		}
		if j >= 0 {
			ofB[j]++
		}
		if i >= 0 && j >= 0 {
			both[int(i)*len(y.codes)+int(j)]++
		}
	}
	for i := range ofA {
		n := nest{parent: at{a, i}}
		for j := range ofB {
			o := both[i*len(y.codes)+j]
			if o > 0 && o == ofB[j] {
				n.children = append(n.children, at{b, j})
			} else if differ := ofA[i] + ofB[j] - 2*o; a < b && o > 0 && o < ofA[i] && differ < k {
				l.near = append(l.near, [2]at{{a, i}, {b, j}})
			}
		}
		if n.children != nil {
			l.within = append(l.within, n)
		}
	}
}

// hide covers the portions of all groups, by split and group, of which each may
// be nil; all is that of everyone.
func (l lineage) hide(all *portion, of [][]*portion, k int) {
	var families []family
	for _, groups := range of {
		families = append(families, family{all, present(groups)})
	}
	for _, n := range l.within {
		f := family{parent: of[n.parent.split][n.parent.group]}
		for _, c := range n.children {
			f.children = append(f.children, of[c.split][c.group])
		}
		if f.children = present(f.children); f.parent != nil && f.children != nil {
			families = append(families, f)
		}
	}
	for again := true; again; {
		again = coverFamilies(families, k)
		for _, pair := range l.near {
			x, y := of[pair[0].split][pair[0].group], of[pair[1].split][pair[1].group]
			if x == nil || y == nil || x.hidden || y.hidden {
				continue
			}
			if y.size() < x.size() {
				x = y
			}
			x.hidden, again = true, true
		}
	}
}

func present(list []*portion) []*portion {
	var out []*portion
	for _, p := range list {
		if p != nil {
			out = append(out, p)
		}
	}
	return out
}
