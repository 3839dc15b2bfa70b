package measure

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// BenchmarkGapAndStatus measures 20 pairs as gaps and as a status matrix with
// 1,000 resamples, importance stated and derived, of so many answers.
func BenchmarkGapAndStatus(b *testing.B) {
	for _, rows := range []int{1_000, 1_000_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			w := syntheticWave(b, rows)
			b.ReportAllocs()
			for b.Loop() {
				g := everyone(rows)
				for _, a := range w.survey.Analyses {
					if w.method(a, g) == nil {
						b.Fatal("no result")
					}
				}
			}
		})
	}
}

// syntheticWave is random answers to 20 pairs and an outcome.
func syntheticWave(b *testing.B, rows int) *wave {
	b.Helper()
	var text, pairs, items strings.Builder
	text.WriteString("manyi: 1\nid: big\nlanguages: [en]\ntitle: Big\nscales:\n  seven: {points: 1..7, low: low, high: high}\npages:\n  - id: all\n    questions:\n      - {id: again, type: rating, scale: seven, text: t}\n")
	columns, random := map[string]*table.Column{}, rand.New(rand.NewPCG(1, 2))
	add := func(id string) {
		c := &table.Column{Codes: strings.Fields("1 2 3 4 5 6 7"), Cells: make([]uint8, rows)}
		for i := range c.Cells {
			c.Cells[i] = uint8(random.IntN(7))
			if random.IntN(50) == 0 {
				c.Cells[i] = table.MissingBase
			}
		}
		columns[id] = c
	}
	add("again")
	for k := range 20 {
		for _, letter := range "pe" {
			fmt.Fprintf(&text, "      - {id: %c%d, type: rating, scale: seven, text: t}\n", letter, k)
			add(fmt.Sprintf("%c%d", letter, k))
		}
		if k%4 == 0 {
			fmt.Fprintf(&pairs, "      - id: d%d\n        pairs:\n", k)
		}
		fmt.Fprintf(&pairs, "          - {perceived: p%d, expected: e%d}\n", k, k)
		fmt.Fprintf(&items, "      - {id: i%d, performance: p%d, importance: e%d}\n", k, k, k)
	}
	text.WriteString("analyses:\n  - id: gaps\n    method: gap\n    dimensions:\n" + pairs.String())
	text.WriteString("  - id: matrix\n    method: importance_performance\n    outcome: again\n    importance: derived\n    items:\n" + items.String())
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/big/survey.yaml": {Data: []byte(text.String())}}, "surveys/big", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	if s == nil || problems.Has(diag.Error) {
		b.Fatal(problems.Problems())
	}
	return newWave(s, &table.Wave{Rows: rows, Columns: columns}, Options{MinCell: 5})
}
