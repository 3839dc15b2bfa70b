package gallery

import (
	"math"

	"manyi/internal/chart"
)

// trend has a target that changes, an event, a break with its reason and a
// wave without answers.
func (s sampler) trend() *chart.Figure {
	f := s.figure("trend", chart.Lines, s.say("指数回升；最近一期人数太少，还不能断定是否达标", "The index is up again; too few answers yet to say whether it meets its target"), s.say("满意度指数 0–100，带 95% 置信区间", "Satisfaction index, 0–100, with its 95% interval"))
	f.Columns = append(s.estimate(s.say("指数", "Index"), one), chart.Column{ID: "target", Label: s.say("目标", "Target"), Role: chart.Goal, Format: one})
	f.Events = []chart.Event{{At: "2024 H2", Text: s.say("启用新预约系统", "New booking system")}}
	f.Words.Row = s.say("期次", "Wave")
	nan := math.NaN()
	data := [][]float64{{74.1, 73, 75.2, 612, 76}, {73.6, 72.4, 74.8, 590, 76}, {71.2, 70, 72.4, 641, 76}, {73.9, 72.8, 75, 655, 76}, {nan, nan, nan, 0, 77}, {76.4, 75.3, 77.5, 640, 77}, {77.8, 74.1, 81.5, 27, 78}}
	for i, label := range []string{"2022 H2", "2023 H1", "2023 H2", "2024 H1", "2024 H2", "2025 H1", "2025 H2"} {
		f.Rows = append(f.Rows, chart.Row{Label: label, Cells: data[i]})
	}
	f.Rows[2].Break, f.Rows[2].Why = true, s.say("题目措辞已改", "the wording was changed")
	f.Rows[4].State, f.Rows[4].Why = chart.Empty, s.say("未调查", "not asked")
	f.Rows[6].State = chart.TooFew
	return f
}

func (s sampler) twoLines() *chart.Figure {
	f := s.figure("two-lines", chart.Lines, s.say("两类客户的评价正在接近", "The two kinds of customer are drawing closer"), s.say("总体满意度均值，1–5", "Mean overall satisfaction, 1–5"))
	f.Columns = s.estimate(s.say("均值", "Mean"), two)
	f.Words.Row = s.say("期次", "Wave")
	for k, name := range []string{s.say("个人客户", "Private"), s.say("单位客户", "Companies")} {
		for i, label := range []string{"2022", "2023", "2024", "2025"} {
			v := []float64{4.2, 4.18, 4.21, 4.2, 3.6, 3.74, 3.9, 4.02}[k*4+i]
			f.Rows = append(f.Rows, chart.Row{Label: label, Series: name, Cells: []float64{v, v - .09, v + .09, 420}})
		}
	}
	return f
}

// multiples is seven items over five waves.
func (s sampler) multiples() *chart.Figure {
	f := s.figure("multiples", chart.Multiples, s.say("七项之中只有费用说明在变差", "Of seven items only the explanation of charges is getting worse"), s.say("最高两档占比，同一刻度", "Share of the top two grades, all on one scale"))
	f.Columns = s.estimate(s.say("占比", "Share"), percent)
	f.Words.Row = s.say("期次", "Wave")
	from, by := []float64{.7, .42, .66, .74, .6, .35, .5}, []float64{.02, .015, -.03, .01, .005, .03, .02}
	for k, item := range s.items() {
		for i, label := range []string{"2021", "2022", "2023", "2024", "2025"} {
			v := math.Round((from[k]+by[k]*float64(i)+.02*math.Sin(float64(3*i+k)))*1000) / 1000
			r := chart.Row{Label: label, Series: item, Cells: []float64{v, v - .04, v + .04, 540}}
			switch {
			case k == 5 && i == 2:
				r.State, r.Why = chart.Suppressed, s.why()
			case k == 6 && i == 4:
				r.State = chart.TooFew
			case k == 1 && i == 3:
				r.Break, r.Why = true, s.say("题目措辞已改", "the wording was changed")
			}
			f.Rows = append(f.Rows, r)
		}
	}
	return f
}

func (s sampler) slope() *chart.Figure {
	f := s.figure("slope", chart.Slope, s.say("投诉处理进步最大，费用说明退步", "Complaints improved most, the explanation of charges fell back"), s.say("均值 1–5；灰线的变化无法与 0 区分", "Means, 1–5; a grey line's change cannot be told from none"))
	f.Columns = []chart.Column{
		{ID: "w2025", Label: "2025", Role: chart.Part, Format: two},
		{ID: "w2026", Label: "2026", Role: chart.Part, Format: two},
		{ID: "change", Label: s.say("变化", "Change"), Role: chart.Value, Format: signed2},
		{ID: "ci95_low", Label: s.say("下限", "95% low"), Role: chart.Low, Format: signed2},
		{ID: "ci95_high", Label: s.say("上限", "95% high"), Role: chart.High, Format: signed2},
		s.base(),
	}
	data := [][]float64{{4.31, 4.35, .04, -.05, .13, 640}, {3.41, 3.6, .19, .09, .29, 640}, {3.88, 3.62, -.26, -.36, -.16, 640}, {4.29, 4.33, .04, -.04, .12, 640}, {3.9, 3.93, .03, -.3, .36, 28}, {3.02, 3.49, .47, .36, .58, 640}}
	for i, cells := range data {
		f.Rows = append(f.Rows, chart.Row{Label: s.items()[i], Cells: cells})
	}
	f.Rows[4].State = chart.TooFew
	f.Rows = append(f.Rows, chart.Row{Label: s.items()[6], Cells: make([]float64, 6), State: chart.Suppressed, Why: s.why()})
	return f
}

func (s sampler) waterfall() *chart.Figure {
	f := s.figure("waterfall", chart.Waterfall, s.say("指数上升 2.1 分，多来自一次修好率", "The index rose by 2.1, mostly from repairs done right the first time"), s.say("各项对指数变化的贡献，分", "Contributions to the change of the index, points"))
	f.Columns = []chart.Column{
		{ID: "change", Label: s.say("贡献", "Contribution"), Role: chart.Value, Format: signed1},
		{ID: "ci95_low", Label: s.say("下限", "95% low"), Role: chart.Low, Format: signed1},
		{ID: "ci95_high", Label: s.say("上限", "95% high"), Role: chart.High, Format: signed1},
		{ID: "level", Label: s.say("累计", "Level"), Role: chart.Part, Format: one},
	}
	nan := math.NaN()
	f.Rows = []chart.Row{
		{Label: s.say("2025 年指数", "Index 2025"), Cells: []float64{nan, nan, nan, 74.3}, Strong: true},
		{Label: s.items()[0], Cells: []float64{1.8, 1.2, 2.4, 76.1}},
		{Label: s.items()[3], Cells: []float64{.7, .2, 1.2, 76.8}},
		{Label: s.items()[4], Cells: []float64{.2, -.2, .6, 77}},
		{Label: s.items()[2], Cells: []float64{-.9, -1.4, -.4, 76.1}},
		{Label: s.say("其他", "Others"), Cells: []float64{.3, -.1, .7, 76.4}},
		{Label: s.say("2026 年指数", "Index 2026"), Cells: []float64{nan, nan, nan, 76.4}, Strong: true},
	}
	return f
}
