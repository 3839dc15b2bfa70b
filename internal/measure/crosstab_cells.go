package measure

import (
	"slices"

	"manyi/internal/stat"
)

// hiddenCells says which cells and totals of a table are not shown.
type hiddenCells struct {
	cells         [][]bool
	rows, columns []bool
}

// hideCells decides which cells of a table may be shown. A cell or total of 1 to
// k−1 responses is hidden. No hidden cell may be had by subtraction in any
// direction: a line hides none or at least two, which hold k responses together;
// and the hidden ones must hang together in circles of rows and columns, for
// what does not lie on a circle follows from the rest. Where that fails, the
// smallest cell that helps is hidden too, a zero where there is no other. Totals
// cover nothing: they follow from the answers of everyone, which are public.
//
// Of a multiple choice (apart) the rows overlap: only its rows add up, and a cell
// is also hidden where 1 to k−1 of its column did not tick it.
// Source of the circles: Gusfield, SIAM J. Comput. 17 (1988) 552-571.
func hideCells(n [][]int, rows, columns []int, total, k int, apart bool) hiddenCells {
	return hideMoreCells(nil, n, rows, columns, total, k, apart)
}

// hideMoreCells hides some cells from the start.
func hideMoreCells(hidden [][]bool, n [][]int, rows, columns []int, total, k int, apart bool) hiddenCells {
	s := &suppression{k: k, apart: apart, n: make([][]int, len(n)+1), hidden: make([][]bool, len(n)+1)}
	for i := range n {
		s.n[i] = append(append([]int(nil), n[i]...), rows[i])
	}
	s.n[len(n)] = append(append([]int(nil), columns...), total)
	small := func(x int) bool { return x > 0 && x < k }
	for i, row := range s.n {
		s.hidden[i] = make([]bool, len(row))
		for j, x := range row {
			s.hidden[i][j] = small(x) && i < len(n) && j < len(columns)
			if apart && i < len(n) && j < len(columns) {
				of := s.n[len(n)][j]
				s.hidden[i][j] = s.hidden[i][j] || x > 0 && small(of-x)
			}
			if i < len(hidden) && j < len(hidden[i]) && hidden[i][j] {
				s.hidden[i][j] = true
			}
		}
	}
	for s.cover() {
	}
	return s.result()
}

// small are the totals of 1 to k−1 responses.
func (s *suppression) small(totals []int) []bool {
	out := make([]bool, len(totals))
	for i, x := range totals {
		out[i] = x > 0 && x < s.k
	}
	return out
}

// result is what is hidden, cells and totals apart.
func (s *suppression) result() hiddenCells {
	height, width := len(s.n)-1, len(s.n[0])-1
	out := hiddenCells{cells: make([][]bool, height), columns: s.small(s.n[height][:width])}
	var totals []int
	for i := range height {
		out.cells[i], totals = s.hidden[i][:width], append(totals, s.n[i][width])
	}
	out.rows = s.small(totals)
	return out
}

// pools are the rows and columns that are taken as one: those with a hidden
// total and, by rows or by columns, those with a hidden cell.
func (h hiddenCells) pools(byRows bool) (rows, columns []bool) {
	rows, columns = append([]bool(nil), h.rows...), append([]bool(nil), h.columns...)
	for i := range h.cells {
		for j, hidden := range h.cells[i] {
			rows[i] = rows[i] || hidden && byRows
			columns[j] = columns[j] || hidden && !byRows
		}
	}
	return rows, columns
}

// suppression is a table whose last row and column are totals.
type suppression struct {
	k      int
	apart  bool
	n      [][]int
	hidden [][]bool
}

// cell is a place of the table.
type cell struct{ i, j int }

// cover hides one more cell where a hidden one is given away, and reports whether it did.
func (s *suppression) cover() bool {
	last, width := len(s.n)-1, len(s.n[0])-1
	for i := range s.n {
		line := make([]cell, 0, width+1)
		for j := range width + 1 {
			line = append(line, cell{i, j})
		}
		if s.coverLine(line) {
			return true
		}
	}
	for j := range width + 1 {
		if s.apart && j < width {
			continue
		}
		if s.apart {
			break // the totals of options do not add up either
		}
		line := make([]cell, 0, last+1)
		for i := range last + 1 {
			line = append(line, cell{i, j})
		}
		if s.coverLine(line) {
			return true
		}
	}
	return !s.apart && (s.coverBridge() || s.coverPool())
}

// coverPool looks for 1 to k−1 responses in what the lines with something hidden
// hold together, which follows from the totals of the others.
func (s *suppression) coverPool() bool {
	h := s.result()
	for _, byRows := range []bool{true, false} {
		rows, columns := h.pools(byRows)
		sums := map[cell]int{}
		for i := range h.cells {
			for j := range h.columns {
				sums[pooledCell(i, j, rows, columns)] += s.n[i][j]
			}
		}
		var line []cell
		for i := range h.cells {
			for j := range h.columns {
				at := pooledCell(i, j, rows, columns)
				if x := sums[at]; x > 0 && x < s.k && (at.i < 0 || at.j < 0) {
					line = append(line, s.around(i, j)...)
				}
			}
		}
		if s.hideSmallest(line) {
			return true
		}
	}
	return false
}

// pooledCell is the place of a cell after pooling, −1 for the pooled lines.
func pooledCell(i, j int, rows, columns []bool) cell {
	if rows[i] {
		i = -1
	}
	if columns[j] {
		j = -1
	}
	return cell{i, j}
}

// around are the cells in the row and the column of a cell.
func (s *suppression) around(i, j int) []cell {
	var out []cell
	for b := range len(s.n[i]) - 1 {
		out = append(out, cell{i, b})
	}
	for a := range len(s.n) - 1 {
		out = append(out, cell{a, j})
	}
	return out
}

// coverLine looks after one line, whose last cell is the total of the others.
func (s *suppression) coverLine(line []cell) bool {
	units, sum := 0, 0
	for _, c := range line {
		if s.hidden[c.i][c.j] {
			units, sum = units+1, sum+s.n[c.i][c.j]
		}
	}
	if units == 0 || units > 1 && sum >= s.k {
		return false
	}
	return s.hideSmallest(line[:len(line)-1])
}

// hideSmallest hides the smallest cell of a line that is shown, one of 0 last.
func (s *suppression) hideSmallest(line []cell) bool {
	best := -1
	for k, c := range line {
		x := s.n[c.i][c.j]
		if s.hidden[c.i][c.j] {
			continue
		}
		if best < 0 || x > 0 && (x < s.of(line[best]) || s.of(line[best]) == 0) {
			best = k
		}
	}
	if best < 0 {
		return false
	}
	s.hidden[line[best].i][line[best].j] = true
	return true
}

func (s *suppression) of(c cell) int { return s.n[c.i][c.j] }

// coverBridge looks for a hidden cell that no circle of hidden cells holds, and
// hides another one of its row or else of its column.
func (s *suppression) coverBridge() bool {
	for i := range s.n {
		for j := range s.n[i] {
			if !s.hidden[i][j] || s.circled(i, j) {
				continue
			}
			var row, column []cell
			for b := range s.n[i] {
				row = append(row, cell{i, b})
			}
			for a := range s.n {
				column = append(column, cell{a, j})
			}
			if s.hideSmallest(row[:len(row)-1]) || s.hideSmallest(column[:len(column)-1]) {
				return true
			}
		}
	}
	return false
}

// circled reports whether row i and column j hang together by hidden cells other than their own.
func (s *suppression) circled(i, j int) bool {
	rows, columns := make([]bool, len(s.n)), make([]bool, len(s.n[0]))
	rows[i] = true
	queue := []cell{{i, -1}}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if at.j < 0 {
			for b, h := range s.hidden[at.i] {
				if h && !columns[b] && !(at.i == i && b == j) {
					columns[b] = true
					queue = append(queue, cell{-1, b})
				}
			}
			continue
		}
		for a := range s.n {
			if s.hidden[a][at.j] && !rows[a] && !(a == i && at.j == j) {
				rows[a] = true
				queue = append(queue, cell{a, -1})
			}
		}
	}
	return columns[j]
}

// pooled is the table for the test: the rows, or the columns where they are
// fewer, that have a hidden cell are one, and so are those with a hidden total.
// All its cells can be had from what is shown.
func (c *Crossed) pooled(h hiddenCells) [][]stat.Point {
	rows, columns := h.pools(true)
	if !anyOf(rows) && !anyOf(columns) {
		return c.cells
	}
	if r, k := h.pools(false); countOf(k) < countOf(rows) {
		rows, columns = r, k
	}
	c.Pooled = &Pooled{Rows: named(c.Table.Rows, rows), Columns: named(c.Table.Columns, columns)}
	c.Notes = append(c.Notes, CellsPooled)
	to, width := places(columns)
	at, height := places(rows)
	out := make([][]stat.Point, height)
	for i := range out {
		out[i] = make([]stat.Point, width)
	}
	for i, row := range c.cells {
		for j, p := range row {
			out[at[i]][to[j]] = join(out[at[i]][to[j]], p)
		}
	}
	return out
}

func anyOf(list []bool) bool { return slices.Contains(list, true) }

func countOf(list []bool) int {
	n := 0
	for _, x := range list {
		if x {
			n++
		}
	}
	return n
}

// named are the codes that are pooled, nil of none.
func named(codes []string, pooled []bool) []string {
	var out []string
	for i, p := range pooled {
		if p {
			out = append(out, codes[i])
		}
	}
	return out
}

// places numbers lines anew; the pooled ones share the last place.
func places(pooled []bool) (to []int, n int) {
	to = make([]int, len(pooled))
	for i, p := range pooled {
		if !p {
			to[i] = n
			n++
		}
	}
	if anyOf(pooled) {
		for i, p := range pooled {
			if p {
				to[i] = n
			}
		}
		n++
	}
	return to, n
}
