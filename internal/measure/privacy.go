package measure

// hide decides which groups of a breakdown may be shown. A group with 1 to
// k−1 answers is hidden; so is one whose rest of the whole is that small. What
// is not shown, the hidden groups together with the rows that belong to no
// group, must not be had by subtraction from the whole: it must hold k answers
// and not be just one group, else the next smallest group is hidden too
// (METHODS B0). Empty groups have nothing to hide.
func hide(n []int, total, k int) []bool {
	hidden := make([]bool, len(n))
	rest := total // rows of no group, never shown
	for i, x := range n {
		rest -= x
		hidden[i] = x > 0 && (x < k || total-x > 0 && total-x < k)
	}
	for {
		units, unshown := 0, rest
		if rest > 0 {
			units = 1
		}
		for i, h := range hidden {
			if h {
				units, unshown = units+1, unshown+n[i]
			}
		}
		if unshown == 0 || unshown >= k && (units > 1 || unshown == rest) {
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

// either hides what one of two counts of the same groups would hide: all rows,
// and the rows of positive weight that weighted figures are made of.
func either(a, b []bool) []bool {
	out := make([]bool, len(a))
	for i := range a {
		out[i] = a[i] || b[i]
	}
	return out
}
