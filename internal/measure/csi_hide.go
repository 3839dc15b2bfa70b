package measure

// hiddenPlaces says by place and group what has too few answers to be shown. A
// node is the weighted mean of what is below it, so a hidden place that is the
// only one below a shown node would follow from the others: the one with the
// fewest answers beside it is hidden too, and then what groups give it away.
func (w *wave) hiddenPlaces(whole *indexed, sums [][]indexMoments, pair *pairing) [][]bool {
	places := make([][]*portion, len(sums))
	families := make([]family, len(sums))
	for p, of := range sums {
		rows, n := make([]int, len(of)), make([]int, len(of))
		for k, m := range of {
			rows[k], n[k] = m.rows, m.n
		}
		few := either(hide(rows, whole.rows[p], w.minCell), hide(n, whole.n[p], w.minCell))
		if pair != nil {
			few = pair.veil(rows, n).cells
		}
		for k, h := range few {
			places[p] = append(places[p], &portion{counts: []int{rows[k], n[k]}, hidden: h})
		}
		families[p] = family{&portion{counts: []int{whole.rows[p], whole.n[p]}, public: true}, places[p]}
	}
	for again := true; again; {
		again = false
		for i, node := range whole.tree.nodes {
			for k := range places[0] {
				again = hideBeside(places, node.below, len(whole.tree.items)+i, k) || again
			}
		}
		if again {
			coverFamilies(families, w.minCell)
		}
	}
	out := make([][]bool, len(places))
	for p := range places {
		for _, x := range places[p] {
			out[p] = append(out[p], x.hidden)
		}
	}
	return out
}

// hideBeside hides a second place below a node of which only one is hidden.
func hideBeside(places [][]*portion, below []int, node, group int) bool {
	if places[node][group].hidden {
		return false
	}
	hidden := 0
	var next *portion
	for _, p := range below {
		x := places[p][group]
		switch {
		case x.size() == 0:
		case x.hidden:
			hidden++
		case next == nil || x.size() < next.size():
			next = x
		}
	}
	if hidden != 1 || next == nil {
		return false
	}
	next.hidden = true
	return true
}
