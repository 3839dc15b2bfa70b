package measure

// hide decides which groups of a breakdown may be shown. A group with 1 to
// k−1 answers is hidden; so is one whose rest of the whole is that small. What
// is hidden must not be had by subtraction from the whole: together with the
// rows that belong to no group, hidden groups must hold k answers and not be
// just one group, else the next smallest is hidden too (METHODS B0). Empty
// groups have nothing to hide.
func hide(n []int, total, k int) []bool {
	hidden := make([]bool, len(n))
	rest := total // rows of no group
	for i, x := range n {
		rest -= x
		hidden[i] = x > 0 && (x < k || total-x > 0 && total-x < k)
	}
	for {
		groups, sum := 0, 0
		for i, h := range hidden {
			if h {
				groups, sum = groups+1, sum+n[i]
			}
		}
		if groups == 0 || sum+rest >= k && (groups > 1 || rest > 0) {
			return hidden
		}
		next := -1
		for i, x := range n {
			if !hidden[i] && x > 0 && (next < 0 || x < n[next]) {
				next = i
			}
		}
		if next < 0 {
			return hidden
		}
		hidden[next] = true
	}
}
