package measure

// portion is a group of respondents as far as privacy is concerned: some counts
// of it, such as its size or its answers by code, and whether they are shown.
type portion struct {
	counts []int
	hidden bool
	public bool // everyone: never hidden here
}

func (p *portion) size() int {
	n := 0
	for _, x := range p.counts {
		n += x
	}
	return n
}

// family is a group of respondents and groups that lie in it without overlap:
// everyone and the groups of a segment, or a region and its cities. What the
// children leave over is never shown.
type family struct {
	parent   *portion
	children []*portion
}

// coverFamilies hides more portions until none that is hidden follows from what is
// shown, in any family. What is hidden together with what is left over must
// hold k people, or none, by every count, and must not be one hidden portion
// alone; and a hidden parent must not be the sum of its children. Where it
// fails, the smallest shown child is hidden too, at last the parent. It reports whether it hid anything.
func coverFamilies(families []family, k int) bool {
	changed := false
	for again := true; again; {
		again = false
		for _, f := range families {
			for f.tells(k) && f.hideOne() {
				again, changed = true, true
			}
		}
	}
	return changed
}

// tells reports whether the family gives a hidden portion away.
func (f family) tells(k int) bool {
	units, unshown, shown := 0, append([]int(nil), f.parent.counts...), 0
	left := append([]int(nil), f.parent.counts...)
	for _, c := range f.children {
		if c.size() == 0 {
			continue
		}
		subtract(left, c.counts)
		if c.hidden {
			units++
		} else {
			shown++
			subtract(unshown, c.counts)
		}
	}
	rest := positive(left)
	if f.parent.hidden {
		return units == 0 && !rest && shown > 0
	}
	if units == 1 && !rest {
		return true
	}
	for _, x := range unshown {
		if x > 0 && x < k && shown > 0 {
			return true
		}
	}
	return false
}

// hideOne hides the smallest child that is shown, else the parent.
func (f family) hideOne() bool {
	var best *portion
	for _, c := range f.children {
		if n := c.size(); !c.hidden && n > 0 && (best == nil || n < best.size()) {
			best = c
		}
	}
	if best == nil && (f.parent.hidden || f.parent.public) {
		return false
	}
	if best == nil {
		best = f.parent
	}
	best.hidden = true
	return true
}

func subtract(from, x []int) {
	for i := range from {
		from[i] -= x[i]
	}
}

func positive(x []int) bool {
	for _, v := range x {
		if v > 0 {
			return true
		}
	}
	return false
}
