package chart

import (
	"fmt"
	"strings"
	"testing"
)

// radarFixture compares us with two competitors on six axes.
func radarFixture(f *Figure, lang string) {
	f.Title = pick(lang, "服务领先，价格落后", "Ahead in service, behind in price")
	f.Note = pick(lang, "各维度满意度均值（1–5）", "Mean satisfaction by dimension (1–5)")
	f.Columns = []Column{
		{ID: "mean", Label: pick(lang, "均值", "Mean"), Role: Value, Format: Format{Decimals: 2}},
		{ID: "n", Label: pick(lang, "基数", "Base"), Role: Base},
	}
	f.Words.TooFew = texts[lang].fewExplanation
	axes := [][2]string{{"产品质量", "Product quality"}, {"售后服务", "After-sales service"}, {"品牌形象", "Brand image"}, {"物流时效", "Delivery time"}, {"价格", "Price"}, {"服务态度", "Friendly staff"}}
	names := []string{pick(lang, "本公司", "We"), pick(lang, "竞品甲", "Competitor A"), pick(lang, "竞品乙", "Competitor B")}
	values := [][]float64{{4.31, 4.22, 3.98, 3.71, 3.42, 4.45}, {4.12, 3.81, 4.05, 3.92, 3.77, 4.01}, {3.61, 3.72, 3.41, 3.88, 4.11, 3.9}}
	for s, row := range values {
		for i, v := range row {
			f.Rows = append(f.Rows, Row{Label: pick(lang, axes[i][0], axes[i][1]), Series: names[s], Cells: []float64{v, 400 + float64(i)}, Strong: s == 0})
		}
	}
	f.Rows[8].State, f.Rows[14].State, f.Rows[14].Why = TooFew, Suppressed, texts[lang].why
}

// radarCases are the hard cases of a Radar figure.
func radarCases(lang string) []*Figure {
	t := texts[lang]
	ten := fixture(Radar, lang)
	ten.ID, ten.Rows = "radar-ten", nil
	for s := range 4 {
		for i := range 10 {
			label := []string{t.items[i%5], t.longB}[i/5] + fmt.Sprint(" ", i)
			ten.Rows = append(ten.Rows, Row{Label: label, Series: fmt.Sprint(t.series[0], s), Cells: []float64{60 + float64((i*7+s*5)%30), nan}})
		}
	}
	eleven := fixture(Radar, lang)
	eleven.ID, eleven.Rows = "radar-eleven", nil
	for s := range 2 {
		for i := range 11 {
			eleven.Rows = append(eleven.Rows, Row{Label: t.items[i%5] + fmt.Sprint(" ", i), Series: t.series[s], Cells: []float64{60 + float64(i*(s+1)), 90}})
		}
	}
	one := fixture(Radar, lang)
	one.ID, one.Rows = "radar-one", one.Rows[:1]
	equal := fixture(Radar, lang)
	equal.ID, equal.Rows = "radar-equal", equal.Rows[:6]
	for i := range equal.Rows {
		equal.Rows[i].Cells, equal.Rows[i].Series = []float64{4, nan}, ""
	}
	none := fixture(Radar, lang)
	none.ID = "radar-none"
	for i := range none.Rows {
		none.Rows[i].Cells = []float64{nan, nan}
	}
	return []*Figure{ten, eleven, one, equal, none}
}

// The key of a series shows the marker and the dashes of its drawing.
func TestTheKeyOfARadarIsItsDrawing(t *testing.T) {
	f := fixture(Radar, "en")
	svg := string(f.SVG(Wide))
	for _, want := range []string{`<g class="series s1 dash1"><line class="line s1 dash1"`, `<g class="series s2 dash2"><line class="line s2 dash2"`} {
		if !strings.Contains(svg, want) {
			t.Errorf("no key %s", want)
		}
	}
	key := svg[strings.Index(svg, `<g class="series s2 dash2">`):]
	if key = key[:strings.Index(key, "</g>")]; !strings.Contains(key, `<rect class="dot"`) {
		t.Errorf("the second series is drawn with squares, its key is %s", key)
	}
}
