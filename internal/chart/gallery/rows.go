package gallery

import (
	"math"

	"manyi/internal/chart"
)

func (s sampler) diverging() *chart.Figure {
	f := s.figure("diverging", chart.Diverging, s.say("“一次修好”评价最高，“预约等候”最低", "Repairs are rated best, waiting for an appointment worst"), s.say("五级评分的分布，行右为最高两档占比", "Distribution over five grades; share of the top two at the right"))
	labels := []string{s.say("很差", "Poor"), s.say("较差", "Fair"), s.say("一般", "Average"), s.say("较好", "Good"), s.say("很好", "Very good")}
	for i, label := range labels {
		f.Columns = append(f.Columns, chart.Column{ID: "share_" + string(rune('1'+i)), Label: label, Role: chart.Level, Format: percent, Tone: float64(i)/2 - 1})
	}
	f.Columns = append(f.Columns, chart.Column{ID: "top", Label: s.say("满意率", "Satisfied"), Role: chart.Total, Format: percent}, s.base())
	for i, cells := range [][]float64{{.02, .05, .16, .42, .35, .77, 1290}, {.03, .08, .2, .4, .29, .69, 1287}, {.04, .11, .27, .37, .21, .58, 1280}, {.09, .17, .29, .28, .17, .45, 1266}} {
		f.Rows = append(f.Rows, chart.Row{Label: s.items()[[]int{0, 3, 2, 1}[i]], Cells: cells})
	}
	f.Rows = append(
		f.Rows,
		chart.Row{Label: s.long(), Cells: []float64{.1, .2, .3, .25, .15, .4, 27}, State: chart.TooFew},
		chart.Row{Label: s.items()[5], Cells: make([]float64, 7), State: chart.Suppressed, Why: s.why()},
	)
	return f
}

// nps is the parts of the net promoter score by wave.
func (s sampler) nps() *chart.Figure {
	f := s.figure("nps", chart.Stacked, s.say("推荐者三年间增加了 11 个百分点", "Promoters have grown by 11 points in three years"), s.say("推荐意愿 0–10；净值 = 推荐者 − 贬损者", "Likelihood to recommend, 0–10; net score = promoters − detractors"))
	f.Columns = []chart.Column{
		{ID: "detractors", Label: s.say("贬损者 0–6", "Detractors 0–6"), Role: chart.Level, Format: percent, Tone: -1},
		{ID: "passives", Label: s.say("中立者 7–8", "Passives 7–8"), Role: chart.Level, Format: percent},
		{ID: "promoters", Label: s.say("推荐者 9–10", "Promoters 9–10"), Role: chart.Level, Format: percent, Tone: 1},
		{ID: "nps", Label: s.say("净推荐值", "Net score"), Role: chart.Total, Format: chart.Format{Signed: true}},
		{ID: "nps_low", Label: s.say("下限", "95% low"), Format: chart.Format{Signed: true}},
		{ID: "nps_high", Label: s.say("上限", "95% high"), Format: chart.Format{Signed: true}},
		s.base(),
	}
	f.Words.Row = s.say("期次", "Wave")
	f.Rows = []chart.Row{
		{Label: "2023", Cells: []float64{.22, .38, .4, 18, 12, 24, 812}},
		{Label: "2024", Cells: []float64{.2, .37, .43, 23, 17, 29, 840}},
		{Label: "2025", Cells: []float64{.19, .34, .47, 28, 8, 48, 28}, State: chart.TooFew},
		{Label: "2026", Cells: []float64{.17, .32, .51, 34, 28, 40, 866}, Strong: true},
		{Label: s.say("2026 试点门店", "2026, pilot shops"), Cells: make([]float64, 7), State: chart.Suppressed, Why: s.why()},
	}
	return f
}

func (s sampler) reasons() *chart.Figure {
	f := s.figure("reasons", chart.Bars, s.say("等候是最多的投诉原因", "Waiting is what customers complain of most"), s.say("占投诉的比例，可多选", "Share of complaints, several reasons possible"))
	f.Columns = s.estimate(s.say("占比", "Share"), percent)
	for i, cells := range [][]float64{{.41, .36, .46, 402}, {.29, .25, .34, 402}, {.17, .13, .21, 402}, {.06, .04, .09, 402}} {
		f.Rows = append(f.Rows, chart.Row{Label: s.items()[[]int{1, 2, 0, 6}[i]], Cells: cells, Strong: i == 0})
	}
	return f
}

// channels compares three ways of contact.
func (s sampler) channels() *chart.Figure {
	f := s.figure("channels", chart.Grouped, s.say("门店在每一项上都好于电话与线上", "The shop beats telephone and online on every item"), s.say("最高两档占比，按渠道", "Share of the top two grades, by channel"))
	f.Columns = []chart.Column{
		{ID: "shop", Label: s.say("门店", "Shop"), Role: chart.Part, Format: percent},
		{ID: "phone", Label: s.say("电话", "Telephone"), Role: chart.Part, Format: percent},
		{ID: "online", Label: s.say("线上", "Online"), Role: chart.Part, Format: percent},
		s.base(),
	}
	f.Axis.Max = 1
	data := [][]float64{{.77, .71, .66, 1290}, {.69, .58, .61, 1287}, {.58, .51, math.NaN(), 902}, {.45, .4, .37, 26}}
	for i, cells := range data {
		f.Rows = append(f.Rows, chart.Row{Label: s.items()[i], Cells: cells})
	}
	f.Rows[3].State = chart.TooFew
	f.Rows = append(f.Rows, chart.Row{Label: s.long(), Cells: make([]float64, 4), State: chart.Suppressed, Why: s.why()})
	return f
}

func (s sampler) regions() *chart.Figure {
	f := s.figure("regions", chart.Dots, s.say("华南明显高于西南", "The South is rated clearly above the Southwest"), s.say("总体满意度均值，1–5", "Mean overall satisfaction, 1–5"))
	f.Columns = s.estimate(s.say("均值", "Mean"), two)
	f.Axis.Reference, f.Axis.RefLabel = 3.9, s.say("全部 3.90", "All 3.90")
	for i, cells := range [][]float64{{3.92, 3.83, 4.01, 410}, {3.98, 3.9, 4.06, 522}, {4.16, 4.05, 4.27, 301}, {3.61, 3.48, 3.74, 240}, {3.8, 3.4, 4.2, 24}} {
		f.Rows = append(f.Rows, chart.Row{Label: s.groups()[i], Cells: cells})
	}
	f.Rows[4].State = chart.TooFew
	return f
}

// gaps is expectation and perception with the gap between them.
func (s sampler) gaps() *chart.Figure {
	f := s.figure("expectations", chart.Dumbbell, s.say("期望落空最多的是预约等候", "Waiting falls furthest behind what customers expect"), s.say("差距 = 感知 − 期望，均值 1–5；灰色差距无法与 0 区分", "Gap = perceived − expected, means 1–5; a grey gap cannot be told from none"))
	f.Columns = []chart.Column{
		{ID: "expected", Label: s.say("期望", "Expected"), Role: chart.Part, Format: two},
		{ID: "perceived", Label: s.say("感知", "Perceived"), Role: chart.Part, Format: two},
		{ID: "gap", Label: s.say("差距", "Gap"), Role: chart.Value, Format: signed2},
		{ID: "ci95_low", Label: s.say("下限", "95% low"), Role: chart.Low, Format: signed2},
		{ID: "ci95_high", Label: s.say("上限", "95% high"), Role: chart.High, Format: signed2},
		s.base(),
	}
	data := [][]float64{{4.62, 3.41, -1.21, -1.33, -1.09, 640}, {4.48, 3.88, -.6, -.71, -.49, 652}, {4.35, 4.29, -.06, -.15, .03, 649}, {4.05, 4.31, .26, .15, .37, 633}, {4.21, 3.9, -.31, -.72, .1, 27}}
	for i, cells := range data {
		f.Rows = append(f.Rows, chart.Row{Label: s.items()[[]int{1, 2, 0, 3, 4}[i]], Cells: cells})
	}
	f.Rows[4].State = chart.TooFew
	f.Rows = append(f.Rows, chart.Row{Label: s.long(), Cells: make([]float64, 6), State: chart.Suppressed, Why: s.why()})
	return f
}
