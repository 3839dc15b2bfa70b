package measure

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/survey"
	"manyi/internal/table"
)

// The marks of a careless response, a bit each, in the order of survey.QualityMarks.
const (
	speeder uint8 = 1 << iota
	straightLiner
	duplicate
	inattentive
	contradictory
)

// The bounds of the marks (METHODS B15).
const (
	speedPart     = 1. / 3 // of the median time
	batteryFewest = 5      // answers of a battery that can be a straight line
	sameFewest    = 10     // answers that two responses must have alike
	nearFewest    = 20     // answers of which one may differ
	nearMost      = 50     // responses that share half of their answers: more are no pattern of a copy
)

// marks says which responses of a wave look careless, and why.
type marks struct {
	of        []uint8
	known     uint8 // the marks that could be looked for
	seconds   timing
	batteries []*StraightLines
}

// timing is how long responses took.
type timing struct {
	n             int
	median, limit float64
}

// StraightLines is one battery: how many gave one answer throughout. Longstring
// is the mean length of the longest run of equal answers, IRV the mean standard
// deviation within a response; both are of the responses that answered five rows or more.
type StraightLines struct {
	ID         string `json:"id"`
	N          int    `json:"n"`
	Straight   int    `json:"straight_liners"`
	Longstring Number `json:"longstring"`
	IRV        Number `json:"irv"`
}

// mark looks for every mark.
func (w *wave) mark() *marks {
	rule := w.survey.Quality
	m := &marks{of: make([]uint8, w.table.Rows)}
	m.speeders(w.table.Aside.Seconds, rule)
	w.straightLines(m)
	w.copies(m)
	w.inattention(m, rule.Attention)
	for _, c := range rule.Contradictions {
		w.contradiction(m, c)
	}
	return m
}

// count is how many responses have any of the marks.
func (m *marks) count(bits uint8) int {
	n := 0
	for _, x := range m.of {
		if x&bits != 0 {
			n++
		}
	}
	return n
}

// bits are the marks of some names.
func bits(names []string) uint8 {
	out := uint8(0)
	for _, name := range names {
		out |= 1 << slices.Index(survey.QualityMarks, name)
	}
	return out
}

// speeders marks who took less than the limit: a part of the median, or seconds.
func (m *marks) speeders(seconds []float32, rule survey.QualityRule) {
	var known []float32
	for _, s := range seconds {
		if s > 0 {
			known = append(known, s)
		}
	}
	m.seconds = timing{n: len(known), median: math.NaN(), limit: math.NaN()}
	if len(known) == 0 {
		return
	}
	m.known |= speeder
	slices.Sort(known)
	k := len(known) / 2
	m.seconds.median = float64(known[k])
	if len(known)%2 == 0 {
		m.seconds.median = (float64(known[k-1]) + float64(known[k])) / 2
	}
	part := speedPart
	if rule.Speed != nil {
		part = *rule.Speed
	}
	m.seconds.limit = max(part*m.seconds.median, float64(rule.Seconds))
	if rule.Seconds > 0 && rule.Speed == nil {
		m.seconds.limit = float64(rule.Seconds)
	}
	for i, s := range seconds {
		if s > 0 && float64(s) < m.seconds.limit {
			m.of[i] |= speeder
		}
	}
}

// straightLines marks who gave one answer throughout in every battery of which
// they answered five rows or more.
func (w *wave) straightLines(m *marks) {
	batteries := w.matrices()
	found := make([][]uint8, len(batteries)) // by row: 0 too few answers, 1 varied, 2 straight
	lines := make([]*StraightLines, len(batteries))
	each(len(batteries), func(b int) {
		found[b], lines[b] = w.straightIn(batteries[b])
	})
	for b, line := range lines {
		if line == nil || line.N == 0 {
			continue
		}
		m.known |= straightLiner
		m.batteries = append(m.batteries, line)
		for i, x := range found[b] {
			if x == 2 {
				m.of[i] |= straightLiner
			}
		}
	}
	for b, line := range lines {
		if line == nil {
			continue
		}
		for i, x := range found[b] {
			if x == 1 {
				m.of[i] &^= straightLiner
			}
		}
	}
}

// straightIn looks at one battery.
func (w *wave) straightIn(b matrix) ([]uint8, *StraightLines) {
	var columns []values
	for _, id := range b.items {
		if v, ok := w.values(id); ok {
			columns = append(columns, v)
		}
	}
	if len(columns) < batteryFewest {
		return nil, nil
	}
	out, line := make([]uint8, w.table.Rows), &StraightLines{ID: b.id}
	runs, spread := 0.0, 0.0
	for i := range out {
		n, run, longest, same := 0, 0, 0, true
		first, last, mean, squares := math.NaN(), math.NaN(), 0.0, 0.0
		for _, c := range columns {
			x := c.at(i)
			if math.IsNaN(x) {
				continue
			}
			if n == 0 {
				first = x
			}
			if x != last {
				run = 0
			}
			run, last = run+1, x
			n, longest, same = n+1, max(longest, run), same && x == first
			d := x - mean
			mean += d / float64(n)
			squares += d * (x - mean)
		}
		if n < batteryFewest {
			continue
		}
		out[i] = 1
		line.N, runs, spread = line.N+1, runs+float64(longest), spread+math.Sqrt(squares/float64(n-1))
		if same {
			out[i] = 2
			line.Straight++
		}
	}
	line.Longstring, line.IRV = Number(runs/float64(line.N)), Number(spread/float64(line.N))
	return out, line
}

// copies marks responses that repeat an earlier one: its token, or its answers.
func (w *wave) copies(m *marks) {
	if tokens := w.table.Aside.Tokens; tokens != nil {
		m.known |= duplicate
		seen := make(map[uint64]bool, len(tokens))
		for i, t := range tokens {
			if t != 0 && seen[t] {
				m.of[i] |= duplicate
			}
			seen[t] = true
		}
	}
	columns := w.answerColumns()
	if len(columns) < sameFewest {
		return
	}
	m.known |= duplicate
	halves := [2][]*table.Column{columns[:len(columns)/2], columns[len(columns)/2:]}
	var hashes [2][]uint64
	var answered [2][]uint8
	each(2, func(h int) {
		hashes[h], answered[h] = hashRows(halves[h], w.table.Rows)
	})
	seen := make(map[[2]uint64]bool, w.table.Rows)
	for i := range w.table.Rows {
		if int(answered[0][i])+int(answered[1][i]) < sameFewest || m.of[i]&straightLiner != 0 {
			continue
		}
		key := [2]uint64{hashes[0][i], hashes[1][i]}
		if seen[key] {
			m.of[i] |= duplicate
		}
		seen[key] = true
	}
	if len(columns) < nearFewest {
		return
	}
	for h := range halves {
		m.near(hashes[h], halves[1-h], answered)
	}
}

// answerColumns are the columns with a list of answers to questions.
func (w *wave) answerColumns() []*table.Column {
	var out []*table.Column
	for _, a := range w.items {
		c := w.columns[a.item.ID]
		if a.item.Question != nil && a.item.Scale != nil && c != nil && !c.Absent && c.Cells != nil && len(out) < 255 {
			out = append(out, c)
		}
	}
	return out
}

// hashRows hashes the cells of each row, and counts its answers.
func hashRows(columns []*table.Column, rows int) ([]uint64, []uint8) {
	hashes, answered := make([]uint64, rows), make([]uint8, rows)
	for _, c := range columns {
		for i, v := range c.Cells[:rows] {
			hashes[i] = (hashes[i] ^ uint64(v)) * 0x9E3779B97F4A7C15
			hashes[i] ^= hashes[i] >> 29
			if v < table.MissingBase {
				answered[i]++
			}
		}
	}
	return hashes, answered
}

// near marks responses that have the same hash of one half of the answers as
// an earlier one and differ from it in one answer of the other half.
func (m *marks) near(hashes []uint64, other []*table.Column, answered [2][]uint8) {
	order := make([]int32, 0, len(hashes))
	for i := range hashes {
		if int(answered[0][i])+int(answered[1][i]) >= nearFewest && m.of[i]&straightLiner == 0 {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(hashes[a], hashes[b]), cmp.Compare(a, b)) })
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && hashes[order[to]] == hashes[order[from]] {
			to++
		}
		if to-from <= nearMost {
			for k := from + 1; k < to; k++ {
				m.nearOne(order[from:k], order[k], other)
			}
		}
		from = to
	}
}

func (m *marks) nearOne(earlier []int32, row int32, columns []*table.Column) {
	for _, e := range earlier {
		differ := 0
		for _, c := range columns {
			if c.Cells[e] != c.Cells[row] {
				if differ++; differ > 1 {
					break
				}
			}
		}
		if differ <= 1 {
			m.of[row] |= duplicate
			return
		}
	}
}

// inattention marks who answered an attention item otherwise than it says.
func (w *wave) inattention(m *marks, items []survey.CodesOf) {
	for _, item := range items {
		c := w.columns[item.Column]
		if c == nil || c.Absent || c.Field.Kind == table.Number {
			continue
		}
		m.known |= inattentive
		for i := range m.of {
			if code, why := c.Code(i); why == table.Answered && !slices.Contains(item.Codes, c.Codes[code]) {
				m.of[i] |= inattentive
			}
		}
	}
}

// contradiction marks who gave all of some answers that exclude each other.
func (w *wave) contradiction(m *marks, items []survey.CodesOf) {
	var columns []*table.Column
	for _, item := range items {
		c := w.columns[item.Column]
		if c == nil || c.Absent || c.Field.Kind == table.Number {
			return
		}
		columns = append(columns, c)
	}
	m.known |= contradictory
	for i := range m.of {
		all := true
		for k, c := range columns {
			code, why := c.Code(i)
			if all = why == table.Answered && slices.Contains(items[k].Codes, c.Codes[code]); !all {
				break
			}
		}
		if all {
			m.of[i] |= contradictory
		}
	}
}

// without returns the wave without the responses that have any of the marks.
func (w *wave) without(m *marks, marked uint8) *table.Wave {
	keep := make([]bool, len(m.of))
	for i, x := range m.of {
		keep[i] = x&marked == 0
	}
	return w.table.Keep(keep)
}
