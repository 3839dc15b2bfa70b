package stat

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// missing is a cell beyond every list of codes.
const missing = 0xF0

// codesOf are the cells of a column of the simulated survey, in codes from low.
func codesOf(numbers []float64, low float64) []uint8 {
	var cells []uint8
	for _, v := range numbers {
		if math.IsNaN(v) {
			cells = append(cells, missing)
			continue
		}
		cells = append(cells, uint8(v-low))
	}
	return cells
}

func TestPairwiseCorrelationsAgreeWithR(t *testing.T) {
	data := readCSV(t, "testdata/satisfaction/data.csv")
	want := readJSON(t, "testdata/satisfaction/expected.json")
	book := newLedger(t)
	var names []string
	for _, name := range want.at("pearson_pairwise").value["rows"].([]any) {
		names = append(names, name.(string))
	}
	var columns [][]uint8
	for _, name := range names {
		columns = append(columns, codesOf(data.numbers(name), 0))
	}
	got := Correlations(columns, []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
	joints := Joints(columns, 11)
	expected, pairs := want.matrix("pearson_pairwise"), want.matrix("pairwise_n")
	for i := range names {
		for j := range names {
			book.near("Correlations", simulated, got[i][j], expected[i][j])
			if j <= i {
				book.near("Joints N", simulated, float64(total(joints[i*(i+1)/2+j].N)), pairs[i][j])
			}
		}
	}
	book.print()
}

func total(counts []int) (n int) {
	for _, count := range counts {
		n += count
	}
	return n
}

func TestJointCountsAreThoseOfTheRows(t *testing.T) {
	const codes = 3
	r := rand.New(rand.NewPCG(1, 2))
	for _, rows := range []int{0, 1, 63, 64, 65, 64*blockWords - 1, 64*blockWords + 1, 3*64*blockWords + 7} {
		columns := make([][]uint8, 3)
		for i := range columns {
			for range rows {
				columns[i] = append(columns[i], []uint8{0, 1, 2, 3, missing, 255}[r.IntN(6)])
			}
		}
		var want []Joint
		for i := range columns {
			for j := range i + 1 {
				joint := Joint{codes, make([]int, codes*codes)}
				for row := range rows {
					a, b := int(columns[i][row]), int(columns[j][row])
					if a < codes && b < codes {
						joint.N[a*codes+b]++
					}
				}
				want = append(want, joint)
			}
		}
		for _, n := range []int{1, 4} {
			before := runtime.GOMAXPROCS(n)
			got := Joints(columns, codes)
			runtime.GOMAXPROCS(before)
			if !slices.EqualFunc(got, want, func(a, b Joint) bool { return slices.Equal(a.N, b.N) }) {
				t.Errorf("%d rows on %d processors: got %v, want %v", rows, n, got, want)
			}
		}
	}
}

func TestCorrelationsWithoutVariationAreUndefined(t *testing.T) {
	values := []float64{1, 2, 3}
	r := Correlations([][]uint8{
		{0, 1, 2, missing},
		{1, 1, 1, 2},               // does not vary where the first is answered
		{missing, missing, 0, 1},   // one row in common with the first
		{2, 1, 0, 0},               // the first upside down
		{missing, 0, missing, 200}, // one answer
	}, values)
	for _, pair := range [][2]int{{0, 1}, {0, 2}, {0, 4}, {4, 4}, {2, 4}} {
		if got := r[pair[0]][pair[1]]; !math.IsNaN(got) {
			t.Errorf("correlation of %v: got %v, want NaN", pair, got)
		}
	}
	if r[0][0] != 1 || r[0][3] != -1 || r[3][0] != -1 {
		t.Errorf("got %v and %v, want 1 and -1", r[0][0], r[0][3])
	}
	if len(Correlations(nil, values)) != 0 {
		t.Error("correlations of no columns")
	}
}

func BenchmarkCorrelations(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 4))
	columns := make([][]uint8, 40)
	for i := range columns {
		for range 100_000 {
			columns[i] = append(columns[i], uint8(r.IntN(8)))
		}
	}
	values := []float64{1, 2, 3, 4, 5, 6, 7}
	for b.Loop() {
		Correlations(columns, values)
	}
}
