package stat

import (
	"math"
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
)

// blockWords is how many rows, in words of 64, are counted at a time, so that
// the bits of some dozens of columns stay in the processor's cache.
const blockWords = 256

// Joint counts the rows of two columns by both their codes: N[a*Codes+b] rows
// have code a in the first and code b in the second.
type Joint struct {
	Codes int
	N     []int
}

// Correlations returns the matrix of Pearson's correlations of columns of
// codes, each pair over the rows in which both are answered (pairwise complete).
// values[c] is the score of code c; cells of len(values) and more are missing.
// Columns are equally long. A correlation is NaN where fewer than two rows have
// both or where one of the two does not vary among them; it is within
// [−1, 1] and 1 in the diagonal wherever it is defined.
//
// r = Σ n_ab (x_a − x̄)(y_b − ȳ) / √(Σ n_ab (x_a − x̄)² · Σ n_ab (y_b − ȳ)²) over the joint
// counts n_ab, which are integers: the order of rows does not matter.
// Source: R, cor(use = "pairwise.complete.obs").
func Correlations(columns [][]uint8, values []float64) [][]float64 {
	r := make([][]float64, len(columns))
	for i := range r {
		r[i] = make([]float64, len(columns))
	}
	joints := Joints(columns, len(values))
	for i := range columns {
		for j := range i + 1 {
			r[i][j] = joints[i*(i+1)/2+j].Pearson(values)
			r[j][i] = r[i][j]
		}
	}
	return r
}

// Joints returns the joint counts of every column i with every column j <= i,
// at i*(i+1)/2 + j. Cells of codes and more are missing. Columns are equally long.
func Joints(columns [][]uint8, codes int) []Joint {
	joints := make([]Joint, len(columns)*(len(columns)+1)/2)
	for i := range joints {
		joints[i] = Joint{codes, make([]int, codes*codes)}
	}
	if len(columns) == 0 {
		return joints
	}
	blocks := (len(columns[0]) + 64*blockWords - 1) / (64 * blockWords)
	var next atomic.Int64
	var sum sync.Mutex
	var workers sync.WaitGroup
	for range min(blocks, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			t := newCounter(columns, codes)
			for b := int(next.Add(1)) - 1; b < blocks; b = int(next.Add(1)) - 1 {
				t.count(b * 64 * blockWords)
			}
			sum.Lock()
			defer sum.Unlock()
			for i := range t.counts {
				joints[i/(codes*codes)].N[i%(codes*codes)] += t.counts[i]
			}
		})
	}
	workers.Wait()
	return joints
}

// Pearson returns the correlation of the two columns.
func (j Joint) Pearson(values []float64) float64 {
	n, x, y := 0.0, 0.0, 0.0
	for i, count := range j.N {
		c := float64(count)
		n += c
		x += c * values[i/j.Codes]
		y += c * values[i%j.Codes]
	}
	x, y = x/n, y/n
	xx, yy, xy := 0.0, 0.0, 0.0
	for i, count := range j.N {
		c, dx, dy := float64(count), values[i/j.Codes]-x, values[i%j.Codes]-y
		xx += c * dx * dx
		yy += c * dy * dy
		xy += c * dx * dy
	}
	if n < 2 || xx <= 0 || yy <= 0 {
		return math.NaN()
	}
	return clip(xy/math.Sqrt(xx*yy), -1, 1)
}

// counter counts blocks of rows. A plane is one bit a row: whether a column
// holds a code there. Two planes have as many rows in common as their
// conjunction has bits.
type counter struct {
	columns [][]uint8
	codes   int
	planes  [][blockWords]uint64 // by column, then code
	counts  []int                // by pair, then both codes
}

func newCounter(columns [][]uint8, codes int) *counter {
	pairs := len(columns) * (len(columns) + 1) / 2
	return &counter{
		columns: columns, codes: codes,
		planes: make([][blockWords]uint64, len(columns)*codes),
		counts: make([]int, pairs*codes*codes),
	}
}

// count counts the rows from a first one to the end of its block.
func (t *counter) count(first int) {
	clear(t.planes)
	for i, column := range t.columns {
		planes := t.planes[i*t.codes : (i+1)*t.codes]
		for row, v := range column[first:min(first+64*blockWords, len(column))] {
			if int(v) < len(planes) {
				planes[v][row/64] |= 1 << (row % 64)
			}
		}
	}
	at := 0
	for i := range t.columns {
		for j := range i + 1 {
			for a := range t.codes {
				for b := range t.codes {
					t.counts[at] += common(&t.planes[i*t.codes+a], &t.planes[j*t.codes+b])
					at++
				}
			}
		}
	}
}

// common counts the bits that two planes have in common.
func common(a, b *[blockWords]uint64) int {
	n := 0
	for i := 0; i < blockWords; i += 4 {
		n += bits.OnesCount64(a[i]&b[i]) + bits.OnesCount64(a[i+1]&b[i+1]) +
			bits.OnesCount64(a[i+2]&b[i+2]) + bits.OnesCount64(a[i+3]&b[i+3])
	}
	return n
}
