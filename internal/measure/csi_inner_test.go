package measure

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"manyi/internal/survey"
	"manyi/internal/table"
)

func TestFiguresOfAnIndexAreThoseOfItsTree(t *testing.T) {
	c := &CSI{Facets: []*IndexFacet{{ID: "a", Facets: []*IndexFacet{{ID: "b"}}}, {ID: "hidden", Suppressed: true}}}
	e := &Enterprise{Components: []*Component{{ID: "return", Normaliser: ByShare}, {ID: "sales", Normaliser: ByRange}}}
	var got []string
	for _, a := range []figured{c, e} {
		for _, f := range a.figures() {
			got = append(got, f.kind+" "+f.path)
		}
	}
	want := "[index score facet facets.a.score facet facets.a.facets.b.score index score component components.return.rate]"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// BenchmarkCSI computes an index of 40 items in 8 facets over a million rows of
// which a tenth of the answers are missing.
func BenchmarkCSI(b *testing.B) {
	const rows, items = 1_000_000, 40
	w := &wave{survey: &survey.Survey{}, table: &table.Wave{Rows: rows}, columns: map[string]*table.Column{}, minCell: 5}
	scale := &survey.Scale{Level: survey.Ordinal}
	for code := 1; code <= 7; code++ {
		scale.Options = append(scale.Options, survey.Option{Code: fmt.Sprint(code)})
	}
	random := rand.New(rand.NewPCG(1, 2))
	settings := &survey.CSI{Weighting: "given", MinAnswered: .5}
	for i := range items {
		id := fmt.Sprintf("q%d", i)
		cells := make([]uint8, rows)
		for r := range cells {
			if cells[r] = uint8(random.IntN(7)); random.IntN(10) == 0 {
				cells[r] = table.MissingBase
			}
		}
		w.columns[id] = &table.Column{Field: table.Field{ID: id, Kind: table.Choice, Codes: scale.Codes()}, Codes: scale.Codes(), Cells: cells}
		w.items = append(w.items, describe(survey.Item{ID: id, Type: survey.Rating, Scale: scale, Question: &survey.Question{ID: id}}, false))
		if i%5 == 0 {
			weight := float64(1 + i)
			settings.Facets = append(settings.Facets, survey.Facet{ID: fmt.Sprintf("f%d", i), Weight: &weight})
		}
		f := &settings.Facets[len(settings.Facets)-1]
		f.Items = append(f.Items, survey.FacetItem{ID: id})
	}
	a := survey.Analysis{ID: "index", Method: "csi", Built: true, CSI: settings}
	four := groups{codes: []string{"a", "b", "c", "d"}, of: make([]int32, rows)}
	for r := range four.of {
		four.of[r] = int32(random.IntN(4))
	}
	for _, test := range []struct {
		name string
		of   []groups
	}{{"everyone", []groups{everyone(rows)}}, {"everyone and 4 groups", []groups{everyone(rows), four}}} {
		b.Run(test.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w.indices = nil
				for _, g := range test.of {
					w.csi(a, g)
				}
			}
		})
	}
}
