package chart

import (
	"fmt"
	"math"
)

// pick chooses the words of a fixture by its language.
func pick(lang, zh, en string) string {
	if lang == "zh-CN" {
		return zh
	}
	return en
}

// scatterFixture is a status matrix with points of every state.
func scatterFixture(f *Figure, lang string) {
	f.Title = pick(lang, "无线网络重要却评价低，是首要改进项", "Wi-Fi matters and is rated low: fix it first")
	f.Note = pick(lang, "横轴为推导重要性，纵轴为满意度均值；虚线为各项均值", "Derived importance across, mean satisfaction up; dashed: mean of all items")
	f.Columns = []Column{
		{ID: "importance", Label: pick(lang, "重要性", "Importance"), Role: X, Format: Format{Decimals: 2}},
		{ID: "importance_low", Label: pick(lang, "重要性下限", "Importance, low"), Role: XLow, Format: Format{Decimals: 2}},
		{ID: "importance_high", Label: pick(lang, "重要性上限", "Importance, high"), Role: XHigh, Format: Format{Decimals: 2}},
		{ID: "mean", Label: pick(lang, "满意度", "Satisfaction"), Role: Y, Format: Format{Decimals: 2}},
		{ID: "priority", Label: pick(lang, "优先度", "Priority"), Format: Format{Decimals: 2, Signed: true}},
		{ID: "n", Label: pick(lang, "基数", "Base"), Role: Base},
	}
	f.Axis, f.Across = Axis{}, Axis{}
	f.Cuts = &Cuts{
		X: .368, Y: 3.79, XLabel: pick(lang, "均值 0.37", "mean 0.37"), YLabel: pick(lang, "均值 3.79", "mean 3.79"),
		Quadrants: [4]Quadrant{
			{Name: pick(lang, "可能过度", "Possible overkill")},
			{Name: pick(lang, "保持优势", "Keep up")},
			{Name: pick(lang, "低优先级", "Low priority")},
			{Name: pick(lang, "优先改进", "Fix first"), Tone: First},
		},
	}
	f.Words.TooFew = texts[lang].fewExplanation
	for _, r := range []struct {
		zh, en string
		x, y   float64
		state  State
	}{
		{"艺术展览", "Art displays", .17, 3.92, Normal},
		{"机场捷运", "Airport train", .22, 3.98, Normal},
		{"步行道", "Walkways", .29, 4.05, Normal},
		{"航班信息屏", "Flight information screens", .31, 4.22, Normal},
		{"商店", "Shops", .24, 3.58, TooFew},
		{"安检秩序", "Order at security", .44, 4.02, Normal},
		{"路标指引", "Signs and directions", .47, 3.95, Undecided},
		{"洗手间清洁", "Clean restrooms", .52, 4.18, Normal},
		{"道路", "Roads", .37, 3.49, Undecided},
		{"餐饮选择", "Choice of food", .41, 3.52, Normal},
		{"停车", "Parking", .43, 3.31, Normal},
		{"无线网络", "Wi-Fi", .55, 3.21, Normal},
	} {
		f.Rows = append(f.Rows, Row{Label: pick(lang, r.zh, r.en), Cells: []float64{r.x, r.x - .03, r.x + .04, r.y, r.x*10 - r.y, 2810}, State: r.state})
	}
	f.Rows = append(f.Rows, Row{Label: pick(lang, "贵宾休息室", "Lounge"), Cells: []float64{.9, .9, .9, 1, 1, 4}, State: Suppressed, Why: texts[lang].why})
}

// kano has bubbles, author's axes and cuts at one half.
func kano(lang string) *Figure {
	f := &Figure{
		ID: "kano", Kind: Scatter, Lang: lang, Title: pick(lang, "洗手间清洁是必备，无线网络是期望", "Clean restrooms are a must, Wi-Fi a performance need"),
		Columns: []Column{
			{ID: "worse", Label: pick(lang, "没有时不满意（Worse 绝对值）", "Dissatisfied without it (Worse, absolute)"), Role: X, Format: Format{Decimals: 2}},
			{ID: "better", Label: pick(lang, "有时满意（Better）", "Satisfied with it (Better)"), Role: Y, Format: Format{Decimals: 2}},
			{ID: "stated", Label: pick(lang, "自述重要性", "Stated importance"), Role: Area, Format: Format{Decimals: 1}},
		},
		Axis: Axis{Min: 0, Max: 1}, Across: Axis{Min: 0, Max: 1},
		Cuts: &Cuts{X: .5, Y: .5, Quadrants: [4]Quadrant{
			{Name: pick(lang, "魅力", "Attractive")},
			{Name: pick(lang, "期望", "Performance")},
			{Name: pick(lang, "无差异", "Indifferent")},
			{Name: pick(lang, "必备", "Must-be"), Tone: First},
		}},
	}
	for i, p := range [][3]float64{{.66, .71, 7.2}, {.82, .31, 8.6}, {.21, .72, 4.1}, {.3, .28, 2.2}, {.58, .62, 5.5}} {
		f.Rows = append(f.Rows, Row{Label: texts[lang].items[i], Cells: p[:], Strong: i == 0})
	}
	return f
}

// crowd has 24 points with long names.
func crowd(lang string) *Figure {
	f := fixture(Scatter, lang)
	f.ID, f.Rows = "crowd", nil
	t := texts[lang]
	for i := range 24 {
		label := []string{t.longA, t.longB, t.items[i%5], t.longB}[i%4] + fmt.Sprint(" ", i+1)
		x, y := .36+.2*math.Sin(float64(i*i)), 3.8+.5*math.Cos(float64(3*i))
		r := Row{Label: label, Cells: []float64{x, math.NaN(), math.NaN(), y, x - y, 2810}}
		if i%7 == 3 {
			r.State = Undecided
		}
		f.Rows = append(f.Rows, r)
	}
	return f
}

// scatterCases are the hard cases of a Scatter figure.
func scatterCases(lang string) []*Figure {
	line := kano(lang)
	line.ID, line.Axis, line.Across, line.Columns = "diagonal", Axis{}, Axis{}, line.Columns[:2]
	line.Cuts.Diagonal = &Diagonal{X1: .21, Y1: .28, X2: .82, Y2: .72, Label: pick(lang, "同等优先线", "equal priority")}
	plain := fixture(Scatter, lang)
	plain.ID, plain.Cuts = "no-cuts", nil
	one := fixture(Scatter, lang)
	one.ID, one.Rows = "one-point", one.Rows[:1]
	one.Cuts.X, one.Cuts.Y = one.Rows[0].Cells[0], one.Rows[0].Cells[3]
	equal := crowd(lang)
	equal.ID = "one-place"
	for i := range equal.Rows {
		equal.Rows[i].Cells = []float64{.4, .4, .4, 3.8, 0, 10}
	}
	none := fixture(Scatter, lang)
	none.ID = "no-points"
	for i := range none.Rows {
		none.Rows[i].Cells = []float64{math.NaN(), 1, 1, math.Inf(1), 0, 10}
	}
	bubbles := kano(lang)
	bubbles.ID, bubbles.Rows = "bubbles", nil
	for i := range 29 {
		bubbles.Rows = append(bubbles.Rows, Row{Label: texts[lang].longA + fmt.Sprint(" ", i+1), Cells: []float64{.6 + .2*math.Sin(float64(i*i)), .6 + .1*math.Cos(float64(3*i)), 4 + float64(i%3)}})
	}
	return []*Figure{kano(lang), crowd(lang), bubbles, line, plain, one, equal, none}
}
