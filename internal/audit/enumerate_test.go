package audit_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
)

// The check in this file shares nothing with the auditor: it reads results.json
// into structures of its own and looks for a second table that agrees with all
// that is shown. Where there is none, a hidden cell follows.

type block struct {
	Suppressed bool
	Base       struct{ Responses int }
	Questions  map[string]struct {
		Suppressed bool
		Type       string
		N          int
		Counts     map[string]int
	}
	Analyses  map[string]result
	BySegment map[string]map[string]*block `json:"by_segment"`
}

// result is what the check reads of an analysis.
type result struct {
	Suppressed bool
	N          int
	Tables     []struct {
		Rows, Columns string
		Table         struct {
			Rows, Columns []string
			Cells         [][]struct{ N *int }
		}
	}
	Features   []struct{ Counts map[string]int }
	Groups     map[string]struct{ N int }
	Exceed     *float64
	Meet       *float64
	Below      *float64
	FarBelow   *float64 `json:"far_below"`
	Dimensions []result
	Items      json.RawMessage
}

// divisions are the people in each class, by what is divided; nil where it is not shown.
func (r result) divisions() map[string][]int {
	out := map[string][]int{"kano": nil, "gap": r.bands(), "loyal": nil}
	for i, d := range r.Dimensions {
		out[fmt.Sprint("dimension", i)] = d.bands()
	}
	var items []struct {
		NLow    *int `json:"n_low"`
		NMiddle *int `json:"n_middle"`
		NHigh   *int `json:"n_high"`
	}
	_ = json.Unmarshal(r.Items, &items) // of other methods they are names
	for i, x := range items {
		name := fmt.Sprint("ends", i)
		if out[name] = nil; x.NLow != nil {
			out[name] = []int{*x.NLow, *x.NMiddle, *x.NHigh}
		}
	}
	if len(r.Features) > 0 && r.Features[0].Counts != nil {
		for _, c := range []string{"A", "O", "M", "I", "R", "Q"} {
			out["kano"] = append(out["kano"], r.Features[0].Counts[c])
		}
	}
	if r.Groups != nil {
		for _, c := range []string{"loyalist", "mercenary", "hostage", "defector"} {
			out["loyal"] = append(out["loyal"], r.Groups[c].N)
		}
	}
	return out
}

func (r result) bands() []int {
	if r.Exceed == nil {
		return nil
	}
	var out []int
	for _, share := range []*float64{r.Exceed, r.Meet, r.Below, r.FarBelow} {
		out = append(out, int(math.Round(*share*float64(r.N))))
	}
	return out
}

// tryDivisions tries the classes of every analysis in the groups of each segment.
func (b *block) tryDivisions(t *testing.T, about string) (hidden, cells int) {
	t.Helper()
	for _, id := range []string{"wishes", "gaps", "loyal", "ends"} {
		for name, whole := range b.Analyses[id].divisions() {
			if whole == nil {
				continue
			}
			for segment, groups := range b.BySegment {
				h, c := tryDivision(t, fmt.Sprint(about, ", ", id, " ", name, " by ", segment), whole, groups, func(x *block) []int {
					if x.Suppressed || x.Analyses[id].Suppressed {
						return nil
					}
					return x.Analyses[id].divisions()[name]
				})
				hidden, cells = hidden+h, cells+c
			}
		}
	}
	return hidden, cells
}

func tryDivision(t *testing.T, about string, whole []int, groups map[string]*block, of func(*block) []int) (hidden, cells int) {
	t.Helper()
	p := &puzzle{}
	for _, n := range whole {
		p.sum(n)
	}
	for group, x := range groups {
		for c := range whole {
			cells++
			found := of(x)
			if found == nil {
				hidden++
				p.add(fmt.Sprint(group, " class ", c), c)
				continue
			}
			if p.sums[c] -= found[c]; found[c] > 0 && found[c] < 5 && found[c] != whole[c] {
				t.Errorf("%s: %s is shown with %d in class %d", about, group, found[c], c)
			}
		}
	}
	for c := range whole {
		p.add("", c) // those in no group
	}
	p.judge(t, about)
	return hidden, cells
}

// puzzle is hidden counts of 0 or more that satisfy sums.
type puzzle struct {
	names []string
	sums  []int
	in    [][]int // by unknown: the sums it is part of
}

func (p *puzzle) add(name string, sums ...int) {
	p.names, p.in = append(p.names, name), append(p.in, sums)
}

func (p *puzzle) sum(x int) int {
	p.sums = append(p.sums, x)
	return len(p.sums) - 1
}

// values are the values that each unknown takes in some solution, at most two
// of each; budget bounds the search, which then says nothing.
func (p *puzzle) values(budget int) (seen []map[int]bool, whole bool) {
	seen = make([]map[int]bool, len(p.names))
	for i := range seen {
		seen[i] = map[int]bool{}
	}
	last := make([]int, len(p.sums)) // the last unknown of every sum
	for i, in := range p.in {
		for _, s := range in {
			last[s] = i
		}
	}
	at, steps := make([]int, len(p.names)), 0
	var try func(i int) bool
	try = func(i int) bool {
		if steps++; steps > budget {
			return false
		}
		if i == len(p.names) {
			for k, v := range at {
				seen[k][v] = true
			}
			return true
		}
		most, least := 1<<30, 0
		for _, s := range p.in[i] {
			most = min(most, p.sums[s])
			if last[s] == i {
				least = max(least, p.sums[s])
			}
		}
		for v := least; v <= most; v++ {
			at[i] = v
			for _, s := range p.in[i] {
				p.sums[s] -= v
			}
			ok := try(i + 1)
			for _, s := range p.in[i] {
				p.sums[s] += v
			}
			if !ok {
				return false
			}
		}
		return true
	}
	return seen, try(0)
}

// judge fails the test where an unknown can only be one number of 1 to 4.
func (p *puzzle) judge(t *testing.T, about string) {
	t.Helper()
	seen, whole := p.values(20_000)
	if !whole {
		return
	}
	for i, values := range seen {
		if len(values) != 1 || p.names[i] == "" {
			continue
		}
		for v := range values {
			if v > 0 && v < 5 {
				t.Errorf("%s: %s can only be %d", about, p.names[i], v)
			}
		}
	}
}

func tryAll(t *testing.T, seed int, body []byte) (hidden, cells, withheld, divided int) {
	t.Helper()
	var all struct {
		block
		ByWave map[string]*block `json:"by_wave"`
	}
	if err := json.Unmarshal(body, &all); err != nil {
		t.Fatal(err)
	}
	for wave, b := range all.ByWave {
		if b.Suppressed {
			continue
		}
		about := fmt.Sprintf("seed %d, wave %s", seed, wave)
		b.trySizes(t, about+", responses", func(x *block) (int, bool) { return x.Base.Responses, !x.Suppressed })
		for q := range b.Questions {
			b.trySizes(t, about+", "+q, func(x *block) (int, bool) {
				return x.Questions[q].N, !x.Suppressed && !x.Questions[q].Suppressed
			})
			if b.Questions[q].Type != "multiple_choice" {
				h, c := b.tryAnswers(t, about, q)
				hidden, cells = hidden+h, cells+c
			}
		}
		h, c := b.tryDivisions(t, about)
		divided, withheld = divided+c, withheld+h
		b.trySizes(t, about+", index", func(x *block) (int, bool) {
			return x.Analyses["index"].N, !x.Suppressed && !x.Analyses["index"].Suppressed
		})
	}
	return hidden, cells, withheld, divided
}

// trySizes tries the sizes of the groups of all segments at once.
func (b *block) trySizes(t *testing.T, about string, of func(*block) (int, bool)) {
	t.Helper()
	total, shown := of(b)
	if !shown {
		return
	}
	p := &puzzle{}
	regions := map[string]int{}
	for _, code := range []string{"north", "south"} {
		if x := b.BySegment["region"][code]; x != nil {
			if n, ok := of(x); ok {
				regions[code] = p.sum(n)
			}
		}
	}
	for _, segment := range []string{"city", "region", "role"} {
		s := p.sum(total)
		for code, x := range b.BySegment[segment] {
			if n, ok := of(x); ok {
				if n > 0 && n < 5 {
					t.Errorf("%s: %s is shown with %d", about, code, n)
				}
				p.sums[s] -= n
				if r, known := regions[regionOf(code)]; known && segment == "city" {
					p.sums[r] -= n
				}
				continue
			}
			if r, known := regions[regionOf(code)]; known && segment == "city" {
				p.add(code, s, r)
			} else {
				p.add(code, s)
			}
		}
		p.add("no "+segment, s)
	}
	p.judge(t, about)
}

func regionOf(city string) string {
	if city == "a" || city == "b" {
		return "north"
	}
	return "south"
}

// tryAnswers tries the answers by code in the groups of each segment.
func (b *block) tryAnswers(t *testing.T, about, q string) (hidden, cells int) {
	t.Helper()
	for segment, groups := range b.BySegment {
		if everyone(groups, q, b.Questions[q].N) {
			continue
		}
		p := &puzzle{}
		rows := map[string]int{}
		for code, n := range b.Questions[q].Counts {
			rows[code] = p.sum(n)
		}
		for group, x := range groups {
			found := x.Questions[q]
			column := -1
			if !x.Suppressed && !found.Suppressed {
				column = p.sum(found.N)
			}
			for code, row := range rows {
				n, ok := found.Counts[code]
				if m, also := b.crossed(q, segment, code, group); !ok && also {
					n, ok = m, true
				}
				cells++
				if ok {
					p.sums[row] -= n
					if column >= 0 {
						p.sums[column] -= n
					}
					if n > 0 && n < 5 {
						t.Errorf("%s: %s of %s is shown with %d", about, code, group, n)
					}
					continue
				}
				hidden++
				if column >= 0 {
					p.add(group+" "+code, row, column)
				} else {
					p.add(group+" "+code, row)
				}
			}
		}
		for _, row := range rows {
			p.add("", row) // those in no group, of whom nobody knows that they are
		}
		p.judge(t, about+", "+q+" by "+segment)
	}
	return hidden, cells
}

// everyone reports whether one group is the whole, whose answers are public.
func everyone(groups map[string]*block, q string, n int) bool {
	for _, x := range groups {
		if !x.Suppressed && x.Questions[q].N == n {
			return true
		}
	}
	return false
}

// crossed is what a crosstab shows of an answer in a group.
func (b *block) crossed(q, segment, code, group string) (int, bool) {
	for _, x := range b.Analyses["cross"].Tables {
		if x.Rows != q || x.Columns != segment {
			continue
		}
		for i, row := range x.Table.Rows {
			for j, column := range x.Table.Columns {
				if row == code && column == group && x.Table.Cells[i][j].N != nil {
					return *x.Table.Cells[i][j].N, true
				}
			}
		}
	}
	return 0, false
}
