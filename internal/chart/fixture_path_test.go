package chart

import (
	"fmt"
	"math"
)

var nan = math.NaN()

// pathFixture is the European model: seven constructs and twelve effects.
func pathFixture(f *Figure, lang string) {
	f.Title = pick(lang, "感知质量是满意度的最大来源", "Quality is the largest source of satisfaction")
	f.Note = pick(lang, "箭头为标准化路径系数；虚线为不显著", "Arrows are standardised path coefficients; dashed: not significant")
	two := Format{Decimals: 2}
	f.Columns = []Column{
		{ID: "coefficient", Label: pick(lang, "路径系数", "Coefficient"), Role: Value, Format: two},
		{ID: "ci95_low", Label: pick(lang, "下限", "Low"), Role: Low, Format: two},
		{ID: "ci95_high", Label: pick(lang, "上限", "High"), Role: High, Format: two},
		{ID: "score", Label: pick(lang, "指数", "Index"), Role: Index, Format: Format{Decimals: 1}},
		{ID: "r2", Label: "R²", Role: Fit, Format: two},
	}
	names := map[string]string{}
	for _, n := range []struct {
		id, zh, en string
		score, r2  float64
	}{
		{"image", "品牌形象", "Image", 73.5, nan},
		{"expectation", "顾客期望", "Customer expectations", 72.5, .25},
		{"quality", "感知质量", "Perceived quality", 75, .31},
		{"value", "感知价值", "Perceived value", 62.4, .35},
		{"satisfaction", "顾客满意度", "Customer satisfaction", 72.5, .68},
		{"complaints", "顾客抱怨", "Complaint handling", 67.1, .28},
		{"loyalty", "顾客忠诚", "Loyalty", 70.9, .46},
	} {
		names[n.id] = pick(lang, n.zh, n.en)
		f.Rows = append(f.Rows, Row{Node: n.id, Label: names[n.id], Cells: []float64{nan, nan, nan, n.score, n.r2}, Strong: n.id == "satisfaction"})
	}
	addEffects(f, names)
}

// addEffects are the twelve effects of the European model.
func addEffects(f *Figure, names map[string]string) {
	for _, e := range []struct {
		from, to string
		v        float64
	}{
		{"image", "expectation", .5049},
		{"image", "satisfaction", .1787},
		{"image", "loyalty", .1958},
		{"expectation", "quality", .5567},
		{"expectation", "value", .05},
		{"expectation", "satisfaction", .0625},
		{"quality", "value", .5583},
		{"quality", "satisfaction", .512},
		{"value", "satisfaction", .1948},
		{"satisfaction", "complaints", .5281},
		{"satisfaction", "loyalty", .4855},
		{"complaints", "loyalty", .0669},
	} {
		r := Row{From: e.from, To: e.to, Label: names[e.from] + " → " + names[e.to], Cells: []float64{e.v, e.v - .1, e.v + .1, nan, nan}}
		if e.v < .1 {
			r.State = Undecided
		}
		f.Rows = append(f.Rows, r)
	}
}

// pathCases are the hard cases of a Path figure.
func pathCases(lang string) []*Figure {
	t := texts[lang]
	circle := fixture(Path, lang)
	circle.ID = "circle"
	circle.Rows = append(circle.Rows,
		Row{From: "loyalty", To: "image", Label: "loyalty → image", Cells: []float64{.31, nan, nan, nan, nan}},
		Row{From: "value", To: "value", Label: "value → value", Cells: []float64{.32, nan, nan, nan, nan}})
	circle.Rows[3].State, circle.Rows[5].State = TooFew, Suppressed
	circle.Rows[8].Cells[0] = -.41
	circle.Rows[9].State = Suppressed
	wide := fixture(Path, lang)
	wide.ID, wide.Rows = "drivers", nil
	for i := range 6 {
		id := fmt.Sprint("d", i)
		wide.Rows = append(wide.Rows, Row{Node: id, Label: []string{t.items[i%5], t.longB}[i/5], Cells: []float64{nan, nan, nan, 60 + float64(i), nan}},
			Row{From: id, To: "sat", Label: id + " → sat", Cells: []float64{.1 * float64(i), nan, nan, nan, nan}})
	}
	wide.Rows = append(wide.Rows, Row{From: "sat", To: "loyal", Label: "sat → loyal", Cells: []float64{.7, nan, nan, nan, nan}})
	chain := fixture(Path, lang)
	chain.ID, chain.Rows = "chain", nil
	for i := range 8 {
		for j := range 2 {
			id := fmt.Sprint("c", i, j)
			chain.Rows = append(chain.Rows, Row{Node: id, Label: t.items[(i+j)%5], Cells: []float64{nan, nan, nan, 70, .3}})
			if i > 0 {
				chain.Rows = append(chain.Rows, Row{From: fmt.Sprint("c", i-1, j), To: id, Label: id, Cells: []float64{.4, nan, nan, nan, nan}},
					Row{From: fmt.Sprint("c", i-1, 1-j), To: id, Label: id + "x", Cells: []float64{.2, nan, nan, nan, nan}})
			}
		}
	}
	one := fixture(Path, lang)
	one.ID, one.Rows = "one-box", one.Rows[:1]
	none := fixture(Path, lang)
	none.ID, none.Rows = "no-boxes", []Row{{Label: "A", Cells: []float64{.5, nan, nan, nan, nan}}}
	return []*Figure{circle, wide, chain, one, none}
}
