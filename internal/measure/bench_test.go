package measure_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// BenchmarkWhole measures a million responses to 40 items in two waves, by two
// segments: all that is always computed, with two crosstabs and a list of 40 items.
func BenchmarkWhole(b *testing.B) {
	for _, rows := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			s, answers := million(b, rows)
			for b.Loop() {
				measure.Compute(s, answers, measure.Options{MinCell: 5})
			}
			b.ReportMetric(float64(rows*40)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcells/s")
		})
	}
}

func million(b *testing.B, rows int) (*survey.Survey, *table.Answers) {
	b.Helper()
	var y strings.Builder
	y.WriteString("manyi: 1\nid: big\nlanguages: [en]\ntitle: Big\npages:\n  - id: main\n    questions:\n")
	var items []string
	for q := range 4 {
		fmt.Fprintf(&y, "      - id: q%d\n        type: matrix\n        scale: sat5\n        text: battery\n        rows:\n", q)
		for i := range 10 {
			fmt.Fprintf(&y, "          - {id: i%d, label: item %d}\n", i, i)
			items = append(items, fmt.Sprintf("q%d_i%d", q, i))
		}
	}
	y.WriteString("hidden:\n  - {id: region, allow: [east, west, north, south]}\n  - {id: kind, allow: [new, old]}\nsegments: [region, kind]\nwaves: [{id: \"1\"}, {id: \"2\"}]\nanalyses:\n")
	fmt.Fprintf(&y, "  - {id: one, method: crosstab, rows: q0, columns: [region, kind]}\n  - {id: list, method: reliability, items: [%s]}\n", strings.Join(items, ", "))
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/big/survey.yaml": {Data: []byte(y.String())}}, "surveys/big", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	if problems.Has(diag.Error) {
		b.Fatal(problems.Problems()[0])
	}
	random := rand.New(rand.NewPCG(1, 1))
	answers := &table.Answers{}
	for _, id := range []string{"1", "2"} {
		w := &table.Wave{ID: id, Rows: rows / 2, Columns: map[string]*table.Column{}}
		for _, f := range s.Schema().Fields {
			c := &table.Column{Field: f, Codes: f.Codes, Cells: make([]uint8, w.Rows)}
			for i := range c.Cells {
				c.Cells[i] = uint8(random.IntN(len(f.Codes)))
			}
			w.Columns[f.ID] = c
		}
		w.Aside.Seconds = make([]float32, w.Rows)
		for i := range w.Aside.Seconds {
			w.Aside.Seconds[i] = float32(60 + random.IntN(600))
		}
		w.Count = table.Count{Read: w.Rows, Counted: w.Rows, Complete: w.Rows}
		answers.Waves = append(answers.Waves, w)
		answers.Count = answers.Count.Add(w.Count)
	}
	return s, answers
}
