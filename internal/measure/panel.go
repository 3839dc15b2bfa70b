package measure

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Paired is the change among the respondents who are in both waves: paired t of
// means, McNemar's exact test of shares. Weights are not looked at.
type Paired struct {
	Test       string   `json:"test"` // paired_t or mcnemar
	N          int      `json:"n"`
	Difference Number   `json:"difference"`
	CI95       Interval `json:"ci95"`
	Statistic  Number   `json:"statistic"`
	DF         Number   `json:"df"`
	P          Number   `json:"p"`
}

// panel adds, beside the tests of independent samples, those of the pairs.
func (r *Results) panel(s *survey.Survey, waves []*wave) {
	t, ok := r.trendOf()
	if !ok || s.Sample.Panel == "" {
		return
	}
	for i := 1; i < len(waves); i++ {
		pairs := members(waves[i-1].table.Aside.Panel, waves[i].table.Aside.Panel)
		if len(pairs) == 0 {
			continue
		}
		each(len(t.Figures), func(k int) {
			f := t.Figures[k]
			if i-1 >= len(f.Steps) || !f.Steps[i-1].Comparable || !strings.HasPrefix(f.Figure, "questions.") {
				return
			}
			f.Steps[i-1].Paired = paired(f, waves[i-1], waves[i], pairs)
		})
	}
}

func (r *Results) trendOf() (*Trend, bool) {
	if r.Block == nil || r.Analyses == nil {
		return nil, false
	}
	t, ok := r.Analyses["trend"].(*Trend)
	return t, ok
}

// members are the rows of two waves that have the same hash, which each has once.
func members(before, after []uint64) [][2]int32 {
	at := make(map[uint64]int32, len(before))
	for i, h := range before {
		if h == 0 {
			continue
		}
		if _, twice := at[h]; twice {
			at[h] = -1
			continue
		}
		at[h] = int32(i)
	}
	var out [][2]int32
	for i, h := range after {
		if k, ok := at[h]; ok && h != 0 && k >= 0 {
			out = append(out, [2]int32{k, int32(i)})
			at[h] = -1
		}
	}
	return out
}

// paired tests one figure on pairs of rows, nil where there are too few.
func paired(f *Followed, before, after *wave, pairs [][2]int32) *Paired {
	a, known := before.values(f.Item)
	b, also := after.values(f.Item)
	if !known || !also {
		return nil
	}
	p := &Paired{Test: "paired_t"}
	var test stat.Test
	if f.Kind == "mean" {
		sums := map[float64]int{}
		for _, at := range pairs {
			if d := b.at(int(at[1])) - a.at(int(at[0])); !math.IsNaN(d) {
				sums[d]++
				p.N++
			}
		}
		test = stat.Paired(countedPoints(sums))
	} else {
		test = p.shares(f, after, a, b, pairs)
	}
	few := func(all int) bool { return p.N > 0 && hide([]int{p.N}, max(all, p.N), before.minCell)[0] }
	step := f.Steps[slices.IndexFunc(f.Steps, func(s *Step) bool { return s.To == after.table.ID })]
	if p.N < 2 || few(step.N[0]) || few(step.N[1]) {
		return nil
	}
	p.Difference, p.CI95, p.Statistic, p.DF, p.P = Number(test.Difference), Interval{Number(test.Low), Number(test.High)}, Number(test.Statistic), Number(test.DF), Number(test.P)
	return p
}

// shares counts who came to and who left the codes of a share.
func (p *Paired) shares(f *Followed, w *wave, a, b values, pairs [][2]int32) stat.Test {
	p.Test = "mcnemar"
	item, ok := w.askedOf(f.Item)
	if !ok {
		return stat.McNemar(0, 0, 0)
	}
	at := item.top
	switch f.Kind {
	case "bottom":
		at = item.bottom
	case "share":
		at = indices(item.item.Scale, []string{f.Code})
	}
	of := item.values
	if of == nil {
		of = item.item.Scale.Values()
	}
	gained, lost := 0, 0
	for _, pair := range pairs {
		x, y := a.at(int(pair[0])), b.at(int(pair[1]))
		if math.IsNaN(x) || math.IsNaN(y) {
			continue
		}
		p.N++
		in := func(v float64) bool { return slices.ContainsFunc(at, func(k int) bool { return of[k] == v }) }
		switch before, after := in(x), in(y); {
		case after && !before:
			gained++
		case before && !after:
			lost++
		}
	}
	return stat.McNemar(gained, lost, p.N)
}

// countedPoints are the values of a count, in their order.
func countedPoints(counts map[float64]int) []stat.Point {
	out := make([]stat.Point, 0, len(counts))
	for v, n := range counts {
		out = append(out, stat.Point{Value: v, N: n, W: float64(n), W2: float64(n)})
	}
	slices.SortFunc(out, func(x, y stat.Point) int {
		switch {
		case x.Value < y.Value:
			return -1
		case x.Value > y.Value:
			return 1
		}
		return 0
	})
	return out
}
