package gallery

import (
	"manyi/internal/chart"
)

// scatterSample is a status matrix with points of every state.
func scatterSample(f *chart.Figure, lang string) {
	f.Title = pick(lang, "无线网络重要却评价低，是首要改进项", "Wi-Fi matters and is rated low: fix it first")
	f.Note = pick(lang, "横轴为推导重要性，纵轴为满意度均值；虚线为各项均值", "Derived importance across, mean satisfaction up; dashed: mean of all items")
	f.Columns = []chart.Column{
		{ID: "importance", Label: pick(lang, "重要性", "Importance"), Role: chart.X, Format: chart.Format{Decimals: 2}},
		{ID: "importance_low", Label: pick(lang, "重要性下限", "Importance, low"), Role: chart.XLow, Format: chart.Format{Decimals: 2}},
		{ID: "importance_high", Label: pick(lang, "重要性上限", "Importance, high"), Role: chart.XHigh, Format: chart.Format{Decimals: 2}},
		{ID: "mean", Label: pick(lang, "满意度", "Satisfaction"), Role: chart.Y, Format: chart.Format{Decimals: 2}},
		{ID: "priority", Label: pick(lang, "优先度", "Priority"), Format: chart.Format{Decimals: 2, Signed: true}},
		{ID: "n", Label: pick(lang, "基数", "Base"), Role: chart.Base},
	}
	f.Axis, f.Across = chart.Axis{}, chart.Axis{}
	f.Cuts = &chart.Cuts{
		X: .368, Y: 3.79, XLabel: pick(lang, "均值 0.37", "mean 0.37"), YLabel: pick(lang, "均值 3.79", "mean 3.79"),
		Quadrants: [4]chart.Quadrant{
			{Name: pick(lang, "可能过度", "Possible overkill")},
			{Name: pick(lang, "保持优势", "Keep up")},
			{Name: pick(lang, "低优先级", "Low priority")},
			{Name: pick(lang, "优先改进", "Fix first"), Tone: chart.First},
		},
	}
	f.Words.TooFew = few(lang)
	for _, r := range []struct {
		zh, en string
		x, y   float64
		state  chart.State
	}{
		{"艺术展览", "Art displays", .17, 3.92, chart.Normal},
		{"机场捷运", "Airport train", .22, 3.98, chart.Normal},
		{"步行道", "Walkways", .29, 4.05, chart.Normal},
		{"航班信息屏", "Flight information screens", .31, 4.22, chart.Normal},
		{"商店", "Shops", .24, 3.58, chart.TooFew},
		{"安检秩序", "Order at security", .44, 4.02, chart.Normal},
		{"路标指引", "Signs and directions", .47, 3.95, chart.Undecided},
		{"洗手间清洁", "Clean restrooms", .52, 4.18, chart.Normal},
		{"道路", "Roads", .37, 3.49, chart.Undecided},
		{"餐饮选择", "Choice of food", .41, 3.52, chart.Normal},
		{"停车", "Parking", .43, 3.31, chart.Normal},
		{"无线网络", "Wi-Fi", .55, 3.21, chart.Normal},
	} {
		f.Rows = append(f.Rows, chart.Row{Label: pick(lang, r.zh, r.en), Cells: []float64{r.x, r.x - .03, r.x + .04, r.y, r.x*10 - r.y, 2810}, State: r.state})
	}
	f.Rows = append(f.Rows, chart.Row{Label: pick(lang, "贵宾休息室", "Lounge"), Cells: []float64{.9, .9, .9, 1, 1, 4}, State: chart.Suppressed, Why: why(lang)})
}

// kano has bubbles, author's axes and cuts at one half.
func kano(lang string) *chart.Figure {
	f := &chart.Figure{
		ID: "kano-sample", Kind: chart.Scatter, Lang: lang, Title: pick(lang, "预约等候时间是必备，一次修好是期望", "A short wait for an appointment is a must, a repair right the first time a performance need"),
		Columns: []chart.Column{
			{ID: "worse", Label: pick(lang, "没有时不满意（Worse 绝对值）", "Dissatisfied without it (Worse, absolute)"), Role: chart.X, Format: chart.Format{Decimals: 2}},
			{ID: "better", Label: pick(lang, "有时满意（Better）", "Satisfied with it (Better)"), Role: chart.Y, Format: chart.Format{Decimals: 2}},
			{ID: "stated", Label: pick(lang, "自述重要性", "Stated importance"), Role: chart.Area, Format: chart.Format{Decimals: 1}},
		},
		Axis: chart.Axis{Min: 0, Max: 1}, Across: chart.Axis{Min: 0, Max: 1},
		Cuts: &chart.Cuts{X: .5, Y: .5, Quadrants: [4]chart.Quadrant{
			{Name: pick(lang, "魅力", "Attractive")},
			{Name: pick(lang, "期望", "Performance")},
			{Name: pick(lang, "无差异", "Indifferent")},
			{Name: pick(lang, "必备", "Must-be")},
		}},
	}
	for i, p := range [][3]float64{{.66, .71, 7.2}, {.82, .31, 8.6}, {.21, .72, 4.1}, {.3, .28, 2.2}, {.58, .62, 5.5}} {
		f.Rows = append(f.Rows, chart.Row{Label: sampler{lang: lang, zh: lang == "zh-CN"}.items()[i], Cells: p[:], Strong: i == 0})
	}
	return f
}
