package audit

// pairs audits the cells of two segments at once against the groups of both:
// what is not shown of a group's cells must not follow from its size.
func (a *auditor) pairs(b node, at string) {
	if b.hidden() {
		return
	}
	for _, first := range b.of("by_pair").keys() {
		for _, second := range b.of("by_pair").of(first).keys() {
			name := at + first + " × " + second
			a.pair(b, first, second, name+" · responses", func(x node) (float64, bool) {
				return x.of("base").number("responses"), x.of("base").there() && !x.hidden()
			})
			for _, q := range b.of("questions").keys() {
				a.pair(b, first, second, name+" · "+q, func(x node) (float64, bool) {
					found := x.of("questions").of(q)
					return rowsOf(found), found.there() && !found.hidden() && !x.hidden()
				})
			}
		}
	}
}

// pair audits one count in the cells of two segments. A cell that is not there
// has nobody; those who are in no group of a segment are an unknown nobody minds.
func (a *auditor) pair(b node, first, second, name string, of func(node) (float64, bool)) {
	cells := b.of("by_pair").of(first).of(second)
	if !anyShown(cells, of) {
		return
	}
	s := &system{}
	columns := map[string]*equation{}
	add := func(e *equation, hidden bool) {
		if !hidden { // only those in no group are left
			e.about = ""
		}
		e.of = append(e.of, s.unknown(""))
		s.equations = append(s.equations, *e)
	}
	for _, c := range b.of("by_segment").of(second).keys() {
		if n, ok := of(b.of("by_segment").of(second).of(c)); ok {
			columns[c] = &equation{sum: n, about: name + " · " + c + " · " + rest}
		}
	}
	hiddenIn := map[string]bool{}
	for _, r := range b.of("by_segment").of(first).keys() {
		n, known := of(b.of("by_segment").of(first).of(r))
		row, hidden := &equation{sum: n, about: name + " · " + r + " · " + rest}, false
		for _, c := range cells.of(r).keys() {
			where := name + " = " + r + ", " + c
			if x, ok := of(cells.of(r).of(c)); ok {
				a.small(where, x)
				row.sum -= x
				if columns[c] != nil {
					columns[c].sum -= x
				}
				continue
			}
			i := s.unknown(where)
			row.of, hidden = append(row.of, i), true
			if columns[c] != nil {
				columns[c].of, hiddenIn[c] = append(columns[c].of, i), true
			}
		}
		if known {
			add(row, hidden)
		}
	}
	for _, c := range b.of("by_segment").of(second).keys() {
		if columns[c] != nil {
			add(columns[c], hiddenIn[c])
		}
	}
	a.solve(s)
}

func anyShown(cells node, of func(node) (float64, bool)) bool {
	for _, r := range cells.keys() {
		for _, c := range cells.of(r).keys() {
			if _, ok := of(cells.of(r).of(c)); ok {
				return true
			}
		}
	}
	return false
}
