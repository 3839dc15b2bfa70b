package audit

// answers audits the answers by code of a question in the groups of every
// segment, together with the crosstabs of the same two questions.
func (a *auditor) answers(b, segments node, q, at string) {
	whole := b.of("questions").of(q)
	codes := whole.of("counts").keys()
	if whole.text("type") == "multiple_choice" || len(codes) == 0 {
		a.options(b, segments, q, at)
		return
	}
	for _, segment := range segments.keys() {
		g := &grid{name: at + q + " · " + segment, rows: codes, columns: segments.of(segment).keys()}
		for _, code := range codes {
			g.rowSums = append(g.rowSums, whole.of("counts").number(code))
		}
		for _, group := range g.columns {
			x := segments.of(segment).of(group)
			found := x.of("questions").of(q)
			if x.hidden() || found.hidden() || !found.there() {
				g.columnSums = append(g.columnSums, -1)
			} else {
				g.columnSums = append(g.columnSums, rowsOf(found))
			}
			column := make([]float64, len(codes))
			for i, code := range codes {
				column[i] = -1
				if n, ok := found.of("counts").of(code).value.(float64); ok && !x.hidden() {
					column[i] = n
				}
			}
			g.cells = append(g.cells, column)
		}
		g.crossed(b, q, segment)
		a.grid(g)
	}
}

// grid is answers by code (rows) in groups (columns); −1 is what is not shown.
// What belongs to no group is a column that is never shown.
type grid struct {
	name                string
	rows, columns       []string
	cells               [][]float64 // by column
	rowSums, columnSums []float64
}

// crossed takes over the cells that a crosstab of the question and the segment
// shows; only where both tables have the same people.
func (g *grid) crossed(b node, q, segment string) {
	for _, id := range b.of("analyses").keys() {
		for _, t := range b.of("analyses").of(id).of("tables").list() {
			table, flip := t.of("table"), false
			switch {
			case t.text("rows") == q && t.text("columns") == segment:
			case t.text("rows") == segment && t.text("columns") == q:
				flip = true
			default:
				continue
			}
			if t.of("multiple").there() {
				continue
			}
			g.take(table, flip)
		}
	}
}

func (g *grid) take(table node, flip bool) {
	rows, columns, cells := table.texts("rows"), table.texts("columns"), table.of("cells").list()
	for i, line := range cells {
		for j, c := range line.list() {
			code, group := i, j
			if flip {
				code, group = j, i
			}
			names, groups := rows, columns
			if flip {
				names, groups = columns, rows
			}
			n, ok := c.of("n").value.(float64)
			if r, k := index(g.rows, names[code]), index(g.columns, groups[group]); ok && r >= 0 && k >= 0 && g.cells[k][r] < 0 {
				g.cells[k][r] = n
			}
		}
	}
}

func index[T comparable](list []T, x T) int {
	for i := range list {
		if list[i] == x {
			return i
		}
	}
	return -1
}

// everyone reports whether one group is the whole, whose answers are public.
func (g *grid) everyone() bool {
	total := 0.0
	for _, n := range g.rowSums {
		total += n
	}
	return index(g.columnSums, total) >= 0
}

// grid looks for cells that are small or follow from the sums.
func (a *auditor) grid(g *grid) {
	if g.everyone() {
		return
	}
	s := &system{}
	byRow := make([]equation, len(g.rows))
	for i, code := range g.rows {
		byRow[i] = equation{sum: g.rowSums[i], about: g.name + " · " + code + " · " + rest}
	}
	for k, group := range g.columns {
		e := equation{sum: g.columnSums[k], about: g.name + " = " + group + " · " + rest}
		for i, code := range g.rows {
			where := g.name + " = " + group + " · " + code
			if n := g.cells[k][i]; n >= 0 {
				a.small(where, n)
				byRow[i].sum -= n
				e.sum -= n
				continue
			}
			u := s.unknown(where)
			e.of, byRow[i].of = append(e.of, u), append(byRow[i].of, u)
		}
		if g.columnSums[k] >= 0 && len(e.of) > 0 {
			s.equations = append(s.equations, e)
		}
	}
	for i := range g.rows {
		if byRow[i].sum == g.rowSums[i] || len(byRow[i].of) == 0 { // the sum is that of everyone, or of those in no group
			byRow[i].about = ""
		}
		byRow[i].of = append(byRow[i].of, s.unknown("")) // those in no group, of whom nobody knows that they are
		s.equations = append(s.equations, byRow[i])
	}
	a.solve(s)
}

// options audits a multiple choice: its options overlap, so each is a table of
// two rows, chosen and not chosen.
func (a *auditor) options(b, segments node, q, at string) {
	whole := b.of("questions").of(q)
	for _, code := range whole.of("counts").keys() {
		for _, segment := range segments.keys() {
			n := whole.of("counts").number(code)
			g := &grid{name: at + q + " · " + segment, rows: []string{code, "not " + code}, columns: segments.of(segment).keys(), rowSums: []float64{n, rowsOf(whole) - n}}
			for _, group := range g.columns {
				x := segments.of(segment).of(group)
				found := x.of("questions").of(q)
				ticks, ok := found.of("counts").of(code).value.(float64)
				if ok && !x.hidden() {
					g.cells, g.columnSums = append(g.cells, []float64{ticks, rowsOf(found) - ticks}), append(g.columnSums, rowsOf(found))
				} else {
					g.cells, g.columnSums = append(g.cells, []float64{-1, -1}), append(g.columnSums, -1)
				}
			}
			a.grid(g)
		}
	}
}
