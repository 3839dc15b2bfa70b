package gallery

import (
	"math"

	"manyi/internal/chart"
)

// pathSample is the European model: seven constructs and twelve effects.
func pathSample(f *chart.Figure, lang string) {
	f.Title = pick(lang, "与满意度关系最强的是感知质量", "Satisfaction is most closely linked with perceived quality")
	f.Note = pick(lang, "箭头为标准化路径系数；虚线为不显著", "Arrows are standardised path coefficients; dashed: not significant")
	two := chart.Format{Decimals: 2}
	f.Columns = []chart.Column{
		{ID: "coefficient", Label: pick(lang, "路径系数", "Coefficient"), Role: chart.Value, Format: two},
		{ID: "ci95_low", Label: pick(lang, "下限", "Low"), Role: chart.Low, Format: two},
		{ID: "ci95_high", Label: pick(lang, "上限", "High"), Role: chart.High, Format: two},
		{ID: "score", Label: pick(lang, "指数", "Index"), Role: chart.Index, Format: chart.Format{Decimals: 1}},
		{ID: "r2", Label: "R²", Role: chart.Fit, Format: two},
	}
	names := map[string]string{}
	for _, n := range constructs {
		names[n.id] = pick(lang, n.zh, n.en)
		f.Rows = append(f.Rows, chart.Row{Node: n.id, Label: names[n.id], Cells: []float64{math.NaN(), math.NaN(), math.NaN(), n.score, n.r2}, Strong: n.id == "satisfaction"})
	}
	for _, e := range effects {
		r := chart.Row{From: e.from, To: e.to, Label: names[e.from] + " → " + names[e.to], Cells: []float64{e.v, e.v - .1, e.v + .1, math.NaN(), math.NaN()}}
		if e.v < .1 {
			r.State = chart.Undecided
		}
		f.Rows = append(f.Rows, r)
	}
}

// treeSample is a problem with causes of two levels.
func treeSample(f *chart.Figure, lang string) {
	f.Title = pick(lang, "多数投诉涉及人员和流程", "Most complaints are about staff and process")
	f.Note = pick(lang, "各原因的投诉件数", "Complaints by cause")
	f.Columns = []chart.Column{
		{ID: "complaints", Label: pick(lang, "投诉件数", "Complaints"), Role: chart.Value},
		{ID: "n", Label: pick(lang, "基数", "Base"), Role: chart.Base},
	}
	if f.Kind == chart.Fishbone {
		f.Columns = f.Columns[:1]
	}
	f.Words.TooFew = few(lang)
	add := func(id, from, zh, en string, v, n float64, state chart.State) {
		f.Rows = append(f.Rows, chart.Row{Node: id, From: from, Label: pick(lang, zh, en), Cells: []float64{v, n}[:len(f.Columns)], State: state, Strong: id == "staff"})
	}
	add("drop", "", "顾客满意度下降", "Customer satisfaction has dropped", 215, 2810, chart.Normal)
	add("staff", "drop", "人员", "Staff", 88, 1204, chart.Normal)
	add("training", "staff", "培训不足", "Too little training", 52, 800, chart.Normal)
	add("turnover", "staff", "流失率高", "High turnover", 36, 404, chart.Normal)
	add("process", "drop", "流程", "Process", 61, 905, chart.Normal)
	add("steps", "process", "审批环节多", "Many approval steps", 41, 605, chart.Normal)
	add("returns", "process", "退货规则复杂", "Complicated rules for returns", 20, 300, chart.Normal)
	add("product", "drop", "产品", "Product", 30, 411, chart.Normal)
	add("batch", "product", "批次质量波动", "Quality differs from batch to batch", 30, 411, chart.Normal)
	add("place", "drop", "环境", "Surroundings", 22, 27, chart.TooFew)
	add("peak", "place", "高峰期拥挤", "Crowded at peak times", 14, 15, chart.TooFew)
	add("parking", "place", "停车难", "Parking is difficult", 8, 12, chart.TooFew)
	add("system", "drop", "系统", "Systems", 14, 190, chart.Normal)
	add("app", "system", "APP 闪退", "The app crashes", 14, 190, chart.Normal)
	add("price", "drop", "价格", "Price", 9, 9, chart.Suppressed)
}

// constructs are the boxes of the path sample.
var constructs = []struct {
	id, zh, en string
	score, r2  float64
}{
	{"image", "品牌形象", "Image", 73.5, math.NaN()},
	{"expectation", "顾客期望", "Customer expectations", 72.5, .25},
	{"quality", "感知质量", "Perceived quality", 75, .31},
	{"value", "感知价值", "Perceived value", 62.4, .35},
	{"satisfaction", "顾客满意度", "Customer satisfaction", 72.5, .68},
	{"complaints", "顾客抱怨", "Complaint handling", 67.1, .28},
	{"loyalty", "顾客忠诚", "Loyalty", 70.9, .46},
}

// effects are its arrows.
var effects = []struct {
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
}
