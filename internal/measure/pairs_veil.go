package measure

// veil is what of a table of two segments is not shown: its cells, by rows, those
// without an answer among them, and the groups of the two segments themselves.
type veil struct {
	cells         []bool
	rows, columns []bool
}

// veil decides which cells of a table may be shown beside the two segments'
// own figures and those of everyone. The counts are of all rows and of rows of
// positive weight. A cell of 1 to k−1 answers is hidden, and every cell of a group
// that its segment hides; then, until none of 1 to k−1 answers can be had from
// sums and differences of what is shown, further cells (cover).
func (p *pairing) veil(rows, weighted []int) *veil {
	v := &veil{cells: make([]bool, len(rows)), rows: make([]bool, len(p.rows)), columns: make([]bool, len(p.columns))}
	if p.base != nil {
		v = &veil{append([]bool(nil), p.base.cells...), append([]bool(nil), p.base.rows...), append([]bool(nil), p.base.columns...)}
	}
	tables := []*veiled{p.veiled(rows, v), p.veiled(weighted, v)}
	for _, t := range tables {
		v.rows = either(v.rows, hide(t.rows[:len(p.rows)], t.total, p.k))
		v.columns = either(v.columns, hide(t.columns[:len(p.columns)], t.total, p.k))
	}
	for k := range v.cells {
		i, j := k/p.width(), k%p.width()
		unasked := i == len(p.rows) || j == len(p.columns)
		v.cells[k] = v.cells[k] || unasked || v.rows[i] || v.columns[j]
		for _, t := range tables {
			v.cells[k] = v.cells[k] || t.n[k] > 0 && t.n[k] < p.k
		}
	}
	for _, t := range tables {
		t.cover()
	}
	return v
}

// veiled is one table of counts below a veil.
type veiled struct {
	*veil
	n             []int // by rows
	rows, columns []int // sums, the last of those without an answer
	total, k      int
}

func (p *pairing) veiled(n []int, v *veil) *veiled {
	t := &veiled{veil: v, n: n, rows: make([]int, len(p.rows)+1), columns: make([]int, p.width()), k: p.k}
	for at, x := range n {
		t.rows[at/p.width()] += x
		t.columns[at%p.width()] += x
		t.total += x
	}
	return t
}

// cover hides further cells until nothing of 1 to k−1 answers follows.
//
// What is known are the sums of the hidden cells of every shown group, and the
// sum of the hidden groups of each segment. A set of hidden cells has a known sum
// exactly where it is a cut of the graph whose nodes are these equations and whose
// edges are the unknowns, all edges leaving in one direction; so the least sum with
// a given cell in it is the largest flow from one end of its edge to the other, with
// the counts as capacities and no limit against the direction. Hiding more cells
// makes no flow smaller, so one pass is enough.
// Source: the circles of Gusfield, SIAM J. Comput. 17 (1988) 552-571, with sums for
// single cells; Ford and Fulkerson 1956.
func (t *veiled) cover() {
	for i := range t.rows {
		for j := range t.columns {
			if x := t.n[i*len(t.columns)+j]; x > 0 && x < t.k {
				for t.flow(t.row(i), t.column(j)) < t.k && t.hideNear(i, j) {
				}
			}
		}
	}
	for i, h := range t.veil.rows {
		if x := t.rows[i]; h && x > 0 && x < t.k {
			for t.flow(t.row(-1), t.row(i)) < t.k && t.hideNear(i, -1) {
			}
		}
	}
	for j, h := range t.veil.columns {
		if x := t.columns[j]; h && x > 0 && x < t.k {
			for t.flow(t.column(j), t.column(-1)) < t.k && t.hideNear(-1, j) {
			}
		}
	}
}

// The nodes: the equation of the sums of rows, the rows, the columns, the
// equation of the sums of columns.
func (t *veiled) row(i int) int { return i + 1 }

func (t *veiled) column(j int) int {
	if j < 0 {
		j = len(t.columns)
	}
	return len(t.rows) + 1 + j
}

// capacities are the unknowns as edges with their counts. A cell of nobody is
// known, but of those without an answer nothing is; their sums are unknown as
// such, and so are the hidden groups.
func (t *veiled) capacities() [][]int {
	nodes := len(t.rows) + len(t.columns) + 2
	out := make([][]int, nodes)
	for i := range out {
		out[i] = make([]int, nodes)
	}
	join := func(from, to, n int) { out[from][to], out[to][from] = n, t.total+1 }
	for i, n := range t.rows {
		if i == len(t.veil.rows) || t.veil.rows[i] {
			join(t.row(-1), t.row(i), n)
		}
		for j := range t.columns {
			unasked := i == len(t.veil.rows) || j == len(t.veil.columns)
			if at := i*len(t.columns) + j; unasked || t.cells[at] && t.n[at] > 0 {
				join(t.row(i), t.column(j), t.n[at])
			}
		}
	}
	for j, n := range t.columns {
		if j == len(t.veil.columns) || t.veil.columns[j] {
			join(t.column(j), t.column(-1), n)
		}
	}
	return out
}

// flow is the largest flow between two nodes, or k where it is k or more.
func (t *veiled) flow(from, to int) int {
	left := t.capacities()
	for flow := 0; ; {
		before := reach(left, from, to)
		if before == nil || flow >= t.k {
			return flow
		}
		most := t.total + 1
		for at := to; at != from; at = before[at] {
			most = min(most, left[before[at]][at])
		}
		for at := to; at != from; at = before[at] {
			left[before[at]][at] -= most
			left[at][before[at]] += most
		}
		flow += most
	}
}

// reach finds a shortest way with capacity left, as the node before each; nil without one.
func reach(left [][]int, from, to int) []int {
	before := make([]int, len(left))
	for i := range before {
		before[i] = -1
	}
	before[from] = from
	queue := []int{from}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if at == to {
			return before
		}
		for next, c := range left[at] {
			if c > 0 && before[next] < 0 {
				before[next] = at
				queue = append(queue, next)
			}
		}
	}
	return nil
}

// hideNear hides the smallest cell shown in a row, else in a column, else
// anywhere, and reports whether there was one.
func (t *veiled) hideNear(row, column int) bool {
	for _, fits := range []func(i, j int) bool{
		func(i, _ int) bool { return i == row },
		func(_, j int) bool { return j == column },
		func(_, _ int) bool { return true },
	} {
		best := -1
		for at, x := range t.n {
			if !t.cells[at] && x > 0 && fits(at/len(t.columns), at%len(t.columns)) && (best < 0 || x < t.n[best]) {
				best = at
			}
		}
		if best >= 0 {
			t.cells[best] = true
			return true
		}
	}
	return false
}
