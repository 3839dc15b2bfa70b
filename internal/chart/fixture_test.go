package chart

import "math"

// kinds are those with a fixture and a golden.
var kinds = []Kind{
	Diverging, Bars, Dots, Lines,
	Scatter, Pareto, Path, Tree, Fishbone, Flow, Radar, Transitions,
}

// fixture returns one figure of each kind in that language, with rows of every
// state; all numbers are invented.
func fixture(kind Kind, lang string) *Figure {
	switch kind {
	case Grouped, Stacked, Dumbbell, Multiples, Heat, Histogram, Box, Waterfall, Slope, Funnel, Pyramid:
		return sampled(kind, lang)
	}
	f := &Figure{ID: "fig-" + string(kind), Kind: kind, Lang: lang, Axis: Axis{Reference: math.NaN()}}
	t := texts[lang]
	f.Title, f.Note = t.titles[kind], t.note
	switch kind {
	case Diverging:
		fillDiverging(f, t)
	case Lines:
		fillTrend(f, t)
	case Scatter:
		scatterFixture(f, lang)
	case Pareto:
		paretoFixture(f, lang)
	case Path:
		pathFixture(f, lang)
	case Transitions:
		transitionFixture(f, lang)
	case Radar:
		radarFixture(f, lang)
	case Flow:
		flowFixture(f, lang)
	case Tree, Fishbone:
		treeFixture(f, lang)
	default:
		fillValues(f, t)
	}
	return f
}

// fixtureText is the words of the fixtures in one language.
type fixtureText struct {
	titles         map[Kind]string
	note           string
	levels         []string
	items          []string
	series         []string
	total, base    string
	mean, low      string
	high, target   string
	axis           string
	groups         []string
	why            string
	longA, longB   string
	fewExplanation string
}

var texts = map[string]fixtureText{
	"zh-CN": {
		titles: map[Kind]string{
			Diverging: "半数以上旅客对清洁给出最高两档",
			Bars:      "等候时间是投诉最多的原因",
			Dots:      "华北与华东的评价高于其余地区",
			Lines:     "三年来总体满意度变化不大",
		},
		note:   "各题分布，行右为满意率；基数 2,402–2,890",
		levels: []string{"很差", "较差", "一般", "较好", "出色"},
		items:  []string{"登机区清洁", "洗手间清洁", "路标指引", "餐饮选择", "无线网络"},
		series: []string{"总体", "国内", "国际"},
		total:  "满意率", base: "基数", mean: "均值", low: "下限", high: "上限", target: "目标 80", axis: "满意度指数（0–100）",
		groups: []string{"北方", "南方"}, why: "人数少于 10，不显示",
		longA: "在办理值机、托运行李和通过安全检查的全过程中，工作人员对您的询问是否给予了及时、耐心而准确的答复", longB: "候机楼内（含卫星厅）的无线网络连接速度与稳定性",
		fewExplanation: "基数不足 30，谨慎解读",
	},
	"en": {
		titles: map[Kind]string{
			Diverging: "More than half give cleanliness the top two grades",
			Bars:      "Waiting is what customers complain of most",
			Dots:      "North and East are rated above the other regions",
			Lines:     "Overall satisfaction has hardly moved in three years",
		},
		note:   "Distribution by item; satisfied share at the right; base 2,402–2,890",
		levels: []string{"Poor", "Fair", "Average", "Good", "Outstanding"},
		items:  []string{"Boarding areas clean", "Restrooms clean", "Signs", "Choice of food", "Wi-Fi"},
		series: []string{"All passengers", "Domestic", "International"},
		total:  "Satisfied", base: "Base", mean: "Mean", low: "Low", high: "High", target: "Target 80", axis: "Satisfaction index (0–100)",
		groups: []string{"Northern regions", "Southern regions"}, why: "fewer than 10 people: not shown",
		longA: "Throughout check-in, baggage drop and the security check, how promptly, patiently and accurately did our staff answer your questions", longB: "Speed and stability of the wireless network in the terminal, satellite halls included",
		fewExplanation: "base under 30: read with care",
	},
}

func fillDiverging(f *Figure, t fixtureText) {
	percent := Format{Percent: true}
	for i, label := range t.levels {
		f.Columns = append(f.Columns, Column{ID: "share_" + string(rune('1'+i)), Label: label, Role: Level, Format: percent, Tone: float64(i)/2 - 1})
	}
	f.Columns = append(f.Columns, Column{ID: "top", Label: t.total, Role: Total, Format: percent}, Column{ID: "n", Label: t.base, Role: Base})
	f.Words.TooFew = t.fewExplanation
	data := [][]float64{
		{.02, .05, .17, .41, .35, .76, 2890},
		{.031, .062, .178, .401, .328, .729, 2811},
		{.02, .06, .22, .43, .27, .7, 2755},
		{.05, .11, .33, .34, .17, .51, 2402},
		{.11, .17, .31, .26, .15, .41, 2876},
	}
	for i, cells := range data {
		f.Rows = append(f.Rows, Row{Label: t.items[i], Cells: cells})
	}
	f.Rows = append(f.Rows,
		Row{Label: t.longA, Cells: []float64{.1, .2, .3, .25, .15, .4, 27}, State: TooFew},
		Row{Label: t.longB, Cells: []float64{1, 1, 1, 1, 1, 1, 4}, State: Suppressed, Why: t.why})
}

func fillValues(f *Figure, t fixtureText) {
	one := Format{Decimals: 2}
	f.Columns = []Column{
		{ID: "mean", Label: t.mean, Role: Value, Format: one},
		{ID: "ci95_low", Label: t.low, Role: Low, Format: one},
		{ID: "ci95_high", Label: t.high, Role: High, Format: one},
		{ID: "n", Label: t.base, Role: Base},
	}
	f.Words.TooFew = t.fewExplanation
	data := [][]float64{{4.18, 4.11, 4.25, 2890}, {4.02, 3.95, 4.09, 1811}, {3.52, 3.4, 3.64, 402}, {3.214, 2.9, 3.53, 28}}
	for i, cells := range data {
		f.Rows = append(f.Rows, Row{Label: t.items[i], Cells: cells, Strong: i == 2})
	}
	f.Rows[3].State = TooFew
	f.Rows = append(f.Rows,
		Row{Label: t.longB, Cells: []float64{math.NaN(), math.NaN(), math.NaN(), 0}, State: Empty},
		Row{Label: t.items[4], Cells: []float64{9, 9, 9, 4}, State: Suppressed, Why: t.why})
	f.Axis.Reference, f.Axis.RefLabel = 3.75, t.series[0]+" 3.75"
	if f.Kind == Dots {
		f.Axis.Label = t.axis
		for i := range f.Rows {
			f.Rows[i].Series = t.groups[i/3]
		}
	}
}

func fillTrend(f *Figure, t fixtureText) {
	one := Format{Decimals: 1}
	f.Columns = []Column{
		{ID: "score", Label: t.mean, Role: Value, Format: one},
		{ID: "ci95_low", Label: t.low, Role: Low, Format: one},
		{ID: "ci95_high", Label: t.high, Role: High, Format: one},
		{ID: "n", Label: t.base, Role: Base},
	}
	f.Words.TooFew = t.fewExplanation
	f.Axis = Axis{Reference: 80, RefLabel: t.target, Label: t.axis}
	for i, cells := range [][]float64{{74.9, 74, 75.8, 2610}, {76.1, 75.3, 76.9, 2733}, {75.8, 75, 76.6, 2919}} {
		f.Rows = append(f.Rows, Row{Label: []string{"2014", "2015", "2016"}[i], Cells: cells})
	}
}
