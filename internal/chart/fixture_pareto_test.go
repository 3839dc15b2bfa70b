package chart

import (
	"fmt"
	"math"
)

// paretoFixture has causes in falling order; the last is suppressed.
func paretoFixture(f *Figure, lang string) {
	f.Title = pick(lang, "四个原因带来八成以上的投诉", "Four causes make up over eighty percent of complaints")
	f.Note = pick(lang, "本期投诉件数与累计占比", "Complaints of this wave and their cumulative share")
	f.Axis = Axis{}
	f.Columns = []Column{
		{ID: "n", Label: pick(lang, "投诉件数", "Complaints"), Role: Value},
		{ID: "cumulative", Label: pick(lang, "累计占比", "Cumulative share"), Role: Cumulative, Format: Format{Percent: true, Decimals: 1}},
		{ID: "cost", Label: pick(lang, "损失（元）", "Cost (yuan)"), Format: Format{}},
	}
	f.Words.TooFew = texts[lang].fewExplanation
	counts := []float64{182, 121, 74, 38, 25, 17, 11, 9}
	names := [][2]string{
		{"等候时间过长", "Waiting too long"},
		{"客服响应慢", "Slow customer service"},
		{"价格偏高", "Price too high"},
		{"物流破损", "Damaged in transit"},
		{"退换货流程复杂", "Returns are complicated"},
		{"产品说明不清", "Unclear product manual"},
		{"发票问题", "Invoices"},
		{"其他", "Other"},
	}
	sum := 0.0
	for i, n := range counts {
		sum += n
		f.Rows = append(f.Rows, Row{Label: pick(lang, names[i][0], names[i][1]), Cells: []float64{n, sum / 477, 310 * n}})
	}
	f.Rows[6].State = TooFew
}

// paretoCases are the hard cases of a Pareto figure.
func paretoCases(lang string) []*Figure {
	t := texts[lang]
	with := func(id string, rows []Row) *Figure {
		f := fixture(Pareto, lang)
		f.ID, f.Rows = id, rows
		return f
	}
	twelve := fixture(Pareto, lang)
	twelve.ID = "twelve"
	for i := range 4 {
		twelve.Rows[7].Label = pick(lang, "发错商品", "Wrong goods")
		twelve.Rows = append(twelve.Rows, Row{Label: fmt.Sprint(t.items[i], " ", i), Cells: []float64{6 - float64(i), 1, 800}})
	}
	sum := 0.0
	for i := range twelve.Rows {
		sum += twelve.Rows[i].Cells[0]
		twelve.Rows[i].Cells[1] = sum / 495
	}
	long := fixture(Pareto, lang)
	long.ID = "long-causes"
	long.Rows[1].Label, long.Rows[3].Label = t.longA, t.longB
	long.Rows = append(long.Rows, Row{Label: t.series[1], Cells: []float64{7, 7, 7}, State: Suppressed, Why: t.why})
	target := fixture(Pareto, lang)
	target.ID, target.Axis = "pareto-90", Axis{Reference: .9, RefLabel: pick(lang, "关键少数 90%", "vital few 90%")}
	bare := fixture(Pareto, lang)
	bare.ID, bare.Columns = "no-shares", bare.Columns[:1]
	return []*Figure{
		twelve, long, target, bare,
		with("one-cause", []Row{{Label: t.items[0], Cells: []float64{12, 1, 40}}}),
		with("same-causes", []Row{{Label: "A", Cells: []float64{5, .5, 1}}, {Label: "B", Cells: []float64{5, 1, 1}}}),
		with("no-causes", []Row{{Label: "A", Cells: []float64{math.NaN(), math.NaN(), 1}}}),
		with("zero-causes", []Row{{Label: "A", Cells: []float64{0, math.NaN(), 1}}, {Label: "B", Cells: []float64{0, math.Inf(1), 1}}}),
	}
}
