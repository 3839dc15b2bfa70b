package measure

import "math"

// hideGrid decides which cells of groups × answers may be shown: those of few
// are hidden, and so are as many others that none follows by subtraction, along
// a group (whose total is shown) or along an answer (whose total over all groups
// is). Total is the answers of the whole wave; with one group, the wave itself,
// only the group counts.
func hideGrid(n [][]int, total []int, k int) [][]bool {
	hidden := make([][]bool, len(n))
	for g, row := range n {
		hidden[g] = make([]bool, len(row))
		for c, x := range row {
			hidden[g][c] = x > 0 && x < k
		}
	}
	for changed := true; changed; {
		changed = false
		for g := range n {
			changed = cover(n[g], hidden[g], 0, k) || changed
		}
		for c := range total {
			if len(n) < 2 {
				break
			}
			column, covered, rest := make([]int, len(n)), make([]bool, len(n)), total[c]
			for g := range n {
				column[g], covered[g], rest = n[g][c], hidden[g][c], rest-n[g][c]
			}
			if cover(column, covered, rest, k) {
				changed = true
				for g := range n {
					hidden[g][c] = covered[g]
				}
			}
		}
	}
	return hidden
}

// cover hides one more cell where those hidden, with the rest that is never
// shown, could be had by subtraction: they hold fewer than k, or are but one.
func cover(n []int, hidden []bool, rest, k int) bool {
	units, unshown := 0, max(rest, 0)
	if rest > 0 {
		units = 1
	}
	any := false
	for i, h := range hidden {
		if h {
			units, unshown, any = units+1, unshown+n[i], true
		}
	}
	if !any && (rest <= 0 || rest >= k) || unshown >= k && units > 1 {
		return false
	}
	next := -1
	for i, x := range n {
		if !hidden[i] && x > 0 && (next < 0 || x < n[next]) {
			next = i
		}
	}
	if next < 0 {
		return false
	}
	hidden[next] = true
	return true
}

// hideParts takes from each group the parts that few have answered, and what
// would give them away: a group may be large and one of its questions not.
func (w *wave) hideParts(out []*Loyalty, tallies []*loyaltyTally, design *loyaltyTally) {
	for _, part := range []struct {
		n    func(*loyaltyTally) int
		drop func(*Loyalty)
	}{
		{func(t *loyaltyTally) int { return addedUp(t.high[0][:]).N }, func(l *Loyalty) { l.Satisfaction = nil }},
		{func(t *loyaltyTally) int { return addedUp(t.high[1][:]).N }, func(l *Loyalty) { l.Repurchase, l.Bands = nil, nil }},
		{func(t *loyaltyTally) int { return addedUp(t.high[2][:]).N }, func(l *Loyalty) { l.Recommend, l.Net = nil, nil }},
		{func(t *loyaltyTally) int { return addedUp(t.nps[:]).N }, func(l *Loyalty) { l.NPS = nil }},
		{func(t *loyaltyTally) int { return t.whole.n() }, (*Loyalty).dropScore},
	} {
		n := make([]int, len(out))
		for k := range out {
			n[k] = part.n(tallies[k])
		}
		for k, h := range hide(n, part.n(design), w.minCell) {
			if h {
				part.drop(out[k])
				out[k].warn(PartHidden)
			}
		}
	}
	grid, total := make([][]int, len(out)), make([]int, len(design.curve))
	for k := range out {
		for _, c := range tallies[k].curve {
			grid[k] = append(grid[k], c.rows)
		}
	}
	for c := range total {
		total[c] = design.curve[c].rows
	}
	for k, row := range hideGrid(grid, total, w.minCell) {
		for c, h := range row {
			out[k].Curve[c].Suppressed = h
		}
		out[k].Ratio = ratio(out[k].Curve, tallies[k].gauges.indicators[0])
	}
}

// PartHidden warns that a question of the scorecard was answered by few.
const PartHidden = "part_hidden"

func (l *Loyalty) dropScore() {
	nan := Number(math.NaN())
	l.Score, l.CI95, l.ScoreN = nan, Interval{nan, nan}, 0
	l.score.Value, l.score.SE = math.NaN(), math.NaN()
}
