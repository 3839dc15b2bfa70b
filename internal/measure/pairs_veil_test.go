package measure

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestNoSmallSumOfAPairCanBeHadFromWhatIsShown(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	shown := 0
	for range 400 {
		p := &pairing{rows: make([]string, 2+random.IntN(3)), columns: make([]string, 2+random.IntN(2)), k: 5}
		n := make([]int, (len(p.rows)+1)*p.width())
		for k := range n {
			if n[k] = random.IntN(22); random.IntN(3) == 0 {
				n[k] = random.IntN(5)
			}
			if unasked := k/p.width() == len(p.rows) || k%p.width() == len(p.columns); unasked && random.IntN(2) == 0 {
				n[k] = 0
			}
		}
		v := p.veil(n, n)
		for _, h := range v.cells {
			if !h {
				shown++
			}
		}
		if sum, found := smallestKnown(p, n, v); found {
			t.Fatalf("%d × %d cells %v: a sum of %d can be had; hidden %v", len(p.rows), len(p.columns), n, sum, v.cells)
		}
	}
	if shown < 400 {
		t.Errorf("only %d cells are shown", shown)
	}
}

// smallestKnown looks for a set of up to four hidden cells, of 1 to 4 answers
// together, whose sum is a combination of the known sums: by elimination, another
// way than that of the program.
func smallestKnown(p *pairing, n []int, v *veil) (sum int, found bool) {
	height, width := len(p.rows)+1, p.width()
	unknowns := height*width + height + width
	var known [][]float64
	equation := func() []float64 {
		known = append(known, make([]float64, unknowns))
		return known[len(known)-1]
	}
	hidden := func(k int) bool {
		return v.cells[k] && (n[k] > 0 || k/width == height-1 || k%width == width-1)
	}
	all, across := equation(), equation()
	for i := range height {
		e := equation()
		for j := range width {
			if hidden(i*width + j) {
				e[i*width+j] = 1
			}
		}
		if i == height-1 || v.rows[i] {
			e[height*width+i], all[height*width+i] = -1, 1
		}
	}
	for j := range width {
		e := equation()
		for i := range height {
			if hidden(i*width + j) {
				e[i*width+j] = 1
			}
		}
		if j == width-1 || v.columns[j] {
			e[height*width+height+j], across[height*width+height+j] = -1, 1
		}
	}
	basis := eliminated(known)
	var try func(from, left, sum int, of []float64) (int, bool)
	try = func(from, left, sum int, of []float64) (int, bool) {
		if sum > 0 && spanned(basis, of) {
			return sum, true
		}
		for k := from; k < len(n) && left > 0; k++ {
			if !hidden(k) || sum+n[k] >= p.k || n[k] == 0 {
				continue
			}
			of[k] = 1
			if s, ok := try(k+1, left-1, sum+n[k], of); ok {
				return s, true
			}
			of[k] = 0
		}
		return 0, false
	}
	return try(0, 4, 0, make([]float64, unknowns))
}

// eliminated is a basis of the rows, each with a leading 1 where all others are 0.
func eliminated(rows [][]float64) [][]float64 {
	var basis [][]float64
	for _, row := range rows {
		rest := reduced(basis, row)
		lead := leading(rest)
		if lead < 0 {
			continue
		}
		scale(rest, 1/rest[lead])
		for _, b := range basis {
			without(b, rest, b[lead])
		}
		basis = append(basis, rest)
	}
	return basis
}

func spanned(basis [][]float64, row []float64) bool { return leading(reduced(basis, row)) < 0 }

func reduced(basis [][]float64, row []float64) []float64 {
	rest := append([]float64(nil), row...)
	for _, b := range basis {
		without(rest, b, rest[leading(b)])
	}
	return rest
}

func leading(row []float64) int {
	for i, x := range row {
		if math.Abs(x) > 1e-9 {
			return i
		}
	}
	return -1
}

func scale(row []float64, by float64) {
	for i := range row {
		row[i] *= by
	}
}

func without(row, other []float64, times float64) {
	for i := range row {
		row[i] -= times * other[i]
	}
}
