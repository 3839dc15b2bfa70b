package chart

import (
	"bytes"
	"strings"
	"testing"
)

// transitionFixture is the moves between the groups of the net promoter score.
func transitionFixture(f *Figure, lang string) {
	f.Title = pick(lang, "变好的顾客多于变差的", "More customers moved up than down")
	f.Note = pick(lang, "两期都作答的 612 位顾客", "612 customers who answered in both waves")
	f.Axis, f.Across = Axis{Label: "2025"}, Axis{Label: "2026"}
	f.Columns = []Column{
		{ID: "customers", Label: pick(lang, "顾客数", "Customers"), Role: Value},
		{ID: "share", Label: pick(lang, "占比", "Share"), Format: Format{Percent: true, Decimals: 1}},
	}
	states := [][2]string{{"推荐者", "Promoters"}, {"被动者", "Passives"}, {"贬损者", "Detractors"}}
	for i, row := range [][]float64{{188, 31, 9}, {64, 120, 32}, {18, 45, 105}} {
		for j, v := range row {
			from, to := pick(lang, states[i][0], states[i][1]), pick(lang, states[j][0], states[j][1])
			f.Rows = append(f.Rows, Row{From: from, To: to, Label: from + " → " + to, Cells: []float64{v, v / 612}})
		}
	}
	f.Rows[2].State, f.Rows[2].Why = Suppressed, texts[lang].why
}

// transitionCases are the hard cases of a Transitions figure.
func transitionCases(lang string) []*Figure {
	t := texts[lang]
	four := fixture(Transitions, lang)
	four.ID, four.Rows = "moves-four", nil
	names := []string{t.items[0], t.longB, t.items[2], t.items[3]}
	for i := range 4 {
		for j := range 4 {
			v := 40.0
			if i != j {
				v = float64(1 + i + 2*j)
			}
			four.Rows = append(four.Rows, Row{From: names[i], To: names[j], Label: names[i] + " → " + names[j], Cells: []float64{v, v / 300}})
		}
	}
	one := fixture(Transitions, lang)
	one.ID, one.Rows = "moves-one", one.Rows[:1]
	zero := fixture(Transitions, lang)
	zero.ID = "moves-zero"
	for i := range zero.Rows {
		zero.Rows[i].Cells = []float64{0, nan}
	}
	none := fixture(Transitions, lang)
	none.ID = "moves-none"
	for i := range none.Rows {
		none.Rows[i].Cells = []float64{nan, nan}
	}
	return []*Figure{four, one, zero, none}
}

func TestFiveStatesAreATableOnly(t *testing.T) {
	f := fixture(Transitions, "en")
	for _, name := range []string{"a", "b"} {
		f.Rows = append(f.Rows, Row{From: name, To: name, Label: name + " → " + name, Cells: []float64{7, .01}})
	}
	svg := f.SVG(Wide)
	if bytes.Contains(svg, []byte("flowband")) || !bytes.Contains(svg, []byte("see the table")) {
		t.Error("five states are drawn, or the drawing does not say why they are not")
	}
	if got := f.Description(); !strings.Contains(got, "Promoters 188") {
		t.Errorf("description lacks the numbers: %q", got)
	}
}
