package measure

import (
	"math/rand/v2"
	"testing"

	"manyi/internal/stat"
)

// margins are the totals of a table.
func margins(n [][]int) (rows, columns []int, total int) {
	rows, columns = make([]int, len(n)), make([]int, len(n[0]))
	for i, row := range n {
		for j, x := range row {
			rows[i] += x
			columns[j] += x
			total += x
		}
	}
	return rows, columns, total
}

func TestNoHiddenCellOfATableCanBeHadFromTheOthers(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const k = 5
	for trial := range 3000 {
		n := make([][]int, 2+random.IntN(5))
		for i := range n {
			n[i] = make([]int, 2+trial%4)
			for j := range n[i] {
				n[i][j] = random.IntN(1 + random.IntN(30))
			}
		}
		rows, columns, total := margins(n)
		if total < k {
			continue
		}
		h := hideCells(n, rows, columns, total, k, false)
		for i := range n {
			for j, x := range n[i] {
				if x > 0 && x < k && !h.cells[i][j] {
					t.Fatalf("a cell of %d is shown in %v", x, n)
				}
			}
		}
		// The solver of the reader: what is alone in a line follows from the rest, again and again.
		if i, j, found := given(h); found {
			t.Fatalf("cell %d %d of %v follows from the others: %+v", i, j, n, h)
		}
		// The test's table has no more in it than what is shown.
		c := &Crossed{Table: &CrossTable{Rows: make([]string, len(n)), Columns: make([]string, len(columns))}}
		for i := range n {
			c.cells = append(c.cells, nil)
			for _, x := range n[i] {
				c.cells[i] = append(c.cells[i], plusMany(x))
			}
		}
		pooled := c.pooled(h)
		if len(pooled) == 1 || len(pooled[0]) == 1 {
			continue // totals only, which are public
		}
		for _, row := range pooled {
			for _, p := range row {
				if p.N > 0 && p.N < k {
					t.Fatalf("the pooled table of %v has a cell of %d", n, p.N)
				}
			}
		}
	}
}

// given finds a hidden cell that follows from lines with one unknown left; the
// totals are known from the answers of everyone.
func given(h hiddenCells) (row, column int, found bool) {
	height, width := len(h.cells), len(h.columns)
	unknown := func(i, j int) bool {
		return i < height && j < width && h.cells[i][j]
	}
	for i := range height + 1 {
		alone, at := 0, 0
		for j := range width + 1 {
			if unknown(i, j) {
				alone, at = alone+1, j
			}
		}
		if alone == 1 {
			return i, at, true
		}
	}
	for j := range width + 1 {
		alone, at := 0, 0
		for i := range height + 1 {
			if unknown(i, j) {
				alone, at = alone+1, i
			}
		}
		if alone == 1 {
			return at, j, true
		}
	}
	return 0, 0, false
}

func TestTwoCirclesJoinedByOneCellDoNotGiveItAway(t *testing.T) {
	// Two blocks of four small cells and one small cell between them: it lies on
	// no circle, so rows 1 and 2 and columns 1 and 2 together would give it away.
	n := [][]int{{3, 3, 40, 40}, {3, 3, 3, 40}, {40, 40, 3, 3}, {40, 40, 3, 3}}
	rows, columns, total := margins(n)
	s := hideCells(n, rows, columns, total, 5, false)
	full := &suppression{n: make([][]int, 5), hidden: make([][]bool, 5)}
	for i := range 5 {
		full.n[i], full.hidden[i] = make([]int, 5), make([]bool, 5)
		for j := range 5 {
			full.hidden[i][j] = i < 4 && j < 4 && s.cells[i][j]
		}
	}
	for i, row := range full.hidden {
		for j, hidden := range row {
			if hidden && !full.circled(i, j) {
				t.Errorf("cell %d %d lies on no circle: %+v", i, j, s)
			}
		}
	}
}

// plusMany is x responses of weight 1.
func plusMany(x int) (p stat.Point) {
	for range x {
		p = plus(p, 1)
	}
	return p
}
