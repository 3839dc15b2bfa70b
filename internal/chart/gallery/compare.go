package gallery

import (
	"manyi/internal/chart"
)

// paretoSample has causes in falling order; the last is suppressed.
func paretoSample(f *chart.Figure, lang string) {
	f.Title = pick(lang, "四个原因带来八成以上的投诉", "Four causes make up over eighty percent of complaints")
	f.Note = pick(lang, "本期投诉件数与累计占比", "Complaints of this wave and their cumulative share")
	f.Axis = chart.Axis{}
	f.Columns = []chart.Column{
		{ID: "n", Label: pick(lang, "投诉件数", "Complaints"), Role: chart.Value},
		{ID: "cumulative", Label: pick(lang, "累计占比", "Cumulative share"), Role: chart.Cumulative, Format: chart.Format{Percent: true, Decimals: 1}},
		{ID: "cost", Label: pick(lang, "损失（元）", "Cost (yuan)"), Format: chart.Format{}},
	}
	f.Words.TooFew = few(lang)
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
		f.Rows = append(f.Rows, chart.Row{Label: pick(lang, names[i][0], names[i][1]), Cells: []float64{n, sum / 477, 310 * n}})
	}
	f.Rows[6].State = chart.TooFew
}

// radarSample compares us with two competitors on six axes.
func radarSample(f *chart.Figure, lang string) {
	f.Title = pick(lang, "服务领先，价格落后", "Ahead in service, behind in price")
	f.Note = pick(lang, "各维度满意度均值（1–5）", "Mean satisfaction by dimension (1–5)")
	f.Columns = []chart.Column{
		{ID: "mean", Label: pick(lang, "均值", "Mean"), Role: chart.Value, Format: chart.Format{Decimals: 2}},
		{ID: "n", Label: pick(lang, "基数", "Base"), Role: chart.Base},
	}
	f.Words.TooFew = few(lang)
	axes := [][2]string{{"产品质量", "Product quality"}, {"售后服务", "After-sales service"}, {"品牌形象", "Brand image"}, {"物流时效", "Delivery time"}, {"价格", "Price"}, {"服务态度", "Friendly staff"}}
	names := []string{pick(lang, "本公司", "We"), pick(lang, "竞品甲", "Competitor A"), pick(lang, "竞品乙", "Competitor B")}
	values := [][]float64{{4.31, 4.22, 3.98, 3.71, 3.42, 4.45}, {4.12, 3.81, 4.05, 3.92, 3.77, 4.01}, {3.61, 3.72, 3.41, 3.88, 4.11, 3.9}}
	for s, row := range values {
		for i, v := range row {
			f.Rows = append(f.Rows, chart.Row{Label: pick(lang, axes[i][0], axes[i][1]), Series: names[s], Cells: []float64{v, 400 + float64(i)}, Strong: s == 0})
		}
	}
	f.Rows[8].State, f.Rows[14].State, f.Rows[14].Why = chart.TooFew, chart.Suppressed, why(lang)
}
