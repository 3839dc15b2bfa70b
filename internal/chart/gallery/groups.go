package gallery

import (
	"math"

	"manyi/internal/chart"
)

// banner is means by group with letters, a base row, a small and a hidden group.
func (s sampler) banner() *chart.Figure {
	f := s.figure("banner", chart.Heat, s.say("华南多项领先，西南多项落后", "The South leads on most items, the Southwest trails"), s.say("均值 1–5，按地区；色彩仅标显著高低", "Means, 1–5, by region; only what is clearly high or low is tinted"))
	f.Columns = []chart.Column{{ID: "all", Label: s.say("全部", "All"), Role: chart.Part, Format: two}}
	for i, g := range s.groups() {
		f.Columns = append(f.Columns, chart.Column{ID: "g" + string(rune('a'+i)), Label: g, Role: chart.Part, Format: two, Letter: string(rune('A' + i))})
	}
	data := [][]float64{{4.18, 4.2, 4.16, 4.41, 3.92, 4.1}, {3.52, 3.5, 3.61, 3.78, 3.12, 3.4}, {3.74, 3.71, 3.8, 3.79, 3.64, 3.7}, {4.29, 4.31, 4.26, 4.5, 4.02, 4.3}}
	letters := [][]string{{"", "D", "D", "A B D", "", ""}, {"", "D", "D", "A D", "", ""}, {}, {"", "D", "D", "A B D", "", ""}}
	f.Rows = append(f.Rows, chart.Row{Label: s.say("基数", "Base"), Cells: []float64{1497, 410, 522, 301, 240, 24}, Count: true})
	for i, cells := range data {
		r := chart.Row{Label: s.items()[i], Cells: cells, Marks: make([]chart.Mark, 6)}
		for k, l := range letters[i] {
			r.Marks[k].Letters = l
			switch {
			case k == 3:
				r.Marks[k].Tone = .67
			case k == 4:
				r.Marks[k].Tone = -.67
			}
		}
		r.Marks[5].State = chart.TooFew
		f.Rows = append(f.Rows, r)
	}
	f.Rows[3].Marks[5].State = chart.Suppressed
	f.Rows = append(f.Rows, chart.Row{Label: s.long(), Cells: make([]float64, 6), State: chart.Suppressed, Why: s.why()})
	return f
}

// shares is a grid without letters, tinted by value.
func (s sampler) shares() *chart.Figure {
	f := s.figure("shares", chart.Heat, s.say("年轻客户对等候更不满", "Younger customers mind waiting more"), s.say("最高两档占比，按年龄；色彩按数值", "Share of the top two grades, by age; tinted by value"))
	for i, label := range []string{"18–24", "25–34", "35–49", s.say("50 以上", "50 and over")} {
		f.Columns = append(f.Columns, chart.Column{ID: "age_" + string(rune('1'+i)), Label: label, Role: chart.Part, Format: percent})
	}
	for i, cells := range [][]float64{{.63, .78, .82, .76}, {.31, .42, .55, .62}, {.58, .6, .57, .66}, {.79, .82, .77, .81}, {.55, .52, .61, math.NaN()}} {
		f.Rows = append(f.Rows, chart.Row{Label: s.items()[i], Cells: cells})
	}
	return f
}

func (s sampler) histogram() *chart.Figure {
	f := s.figure("histogram", chart.Histogram, s.say("评分集中在 70 以上，少数很低", "Most scores lie above 70, a few are very low"), s.say("每位客户的指数 0–100", "Index of every customer, 0–100"))
	f.Axis.Label = s.say("人数", "Customers")
	f.Columns = []chart.Column{
		{ID: "from", Label: s.say("从", "From"), Role: chart.Low, Format: whole},
		{ID: "to", Label: s.say("到", "To"), Role: chart.High, Format: whole},
		{ID: "count", Label: s.say("人数", "Customers"), Role: chart.Value, Format: whole},
		{ID: "share", Label: s.say("占比", "Share"), Format: percent},
	}
	f.Words.Row = s.say("分组", "Class")
	counts := []float64{4, 7, 9, 15, 31, 62, 118, 201, 184, 96}
	for i, n := range counts {
		low := float64(10 * i)
		f.Rows = append(f.Rows, chart.Row{Label: whole.String(low) + "–" + whole.String(low+10), Cells: []float64{low, low + 10, n, math.Round(n/727*1000) / 1000}})
	}
	nan := math.NaN()
	f.Rows = append(
		f.Rows,
		chart.Row{Label: s.say("均值", "Mean"), Place: true, Cells: []float64{72.4, nan, nan, nan}},
		chart.Row{Label: s.say("中位数", "Median"), Place: true, Cells: []float64{75.1, nan, nan, nan}},
	)
	f.Columns[0].Format = one
	return f
}

func (s sampler) boxes() *chart.Figure {
	f := s.figure("boxes", chart.Box, s.say("东北的评分分散，华南集中", "Scores are scattered in the Northeast and close together in the South"), s.say("每位客户的指数 0–100；箱体为中间一半", "Index of every customer, 0–100; the box holds the middle half"))
	f.Columns = []chart.Column{
		{ID: "median", Label: s.say("中位数", "Median"), Role: chart.Value, Format: whole},
		{ID: "low", Label: s.say("下须", "Low whisker"), Role: chart.Low, Format: whole},
		{ID: "q1", Label: s.say("下四分位", "Lower quartile"), Role: chart.Q1, Format: whole},
		{ID: "q3", Label: s.say("上四分位", "Upper quartile"), Role: chart.Q3, Format: whole},
		{ID: "high", Label: s.say("上须", "High whisker"), Role: chart.High, Format: whole},
		s.base(),
	}
	f.Words.Row = s.say("地区", "Region")
	data := [][]float64{{76, 35, 62, 86, 100, 410}, {79, 42, 68, 88, 100, 522}, {82, 58, 74, 91, 99, 301}, {70, 20, 55, 82, 98, 28}, {66, 15, 48, 78, 95, 14}}
	for i, cells := range data {
		f.Rows = append(f.Rows, chart.Row{Label: s.groups()[i], Cells: cells})
	}
	f.Rows[0].Points, f.Rows[2].Points, f.Rows[3].State = []float64{12}, []float64{21, 33, 38}, chart.TooFew
	f.Rows = append(f.Rows, chart.Row{Label: s.say("海外", "Abroad"), Cells: make([]float64, 6), State: chart.Suppressed, Why: s.why()})
	return f
}

func (s sampler) funnel() *chart.Figure {
	f := s.figure("funnel", chart.Funnel, s.say("投诉的人里四成多没有得到答复", "Over four in ten of those who complained were not answered"), s.say("投诉的各阶段，人数与留存", "Stages of a complaint: people, and how many are left"))
	f.Columns = []chart.Column{
		{ID: "n", Label: s.say("人数", "People"), Role: chart.Value, Format: whole},
		{ID: "of_first", Label: s.say("占首阶段", "Of the first"), Role: chart.Total, Format: percent},
		{ID: "of_before", Label: s.say("占上阶段", "Of the step before"), Role: chart.Total, Format: percent},
	}
	labels := []string{s.say("遇到问题", "Had a problem"), s.say("提出投诉", "Complained"), s.say("得到答复", "Were answered"), s.say("问题解决", "Problem solved"), s.say("对结果满意", "Satisfied with the outcome")}
	data := [][]float64{{940, 1, math.NaN()}, {412, .438, .438}, {236, .251, .573}, {171, .182, .725}, {118, .126, .69}}
	f.Words.Row = s.say("阶段", "Stage")
	for i, cells := range data {
		f.Rows = append(f.Rows, chart.Row{Label: labels[i], Cells: cells})
	}
	f.Rows = append(f.Rows, chart.Row{Label: s.say("再次投诉", "Complained again"), Cells: make([]float64, 3), State: chart.Suppressed, Why: s.why()})
	return f
}

func (s sampler) pyramid() *chart.Figure {
	f := s.figure("pyramid", chart.Pyramid, s.say("每九位客户中有一位是忠诚者", "One customer in nine is loyal"), s.say("忠诚度阶梯，占全部客户", "Loyalty ladder, share of all customers"))
	f.Columns = []chart.Column{{ID: "share", Label: s.say("占比", "Share"), Role: chart.Value, Format: percent}, s.base()}
	labels := []string{s.say("忠诚：只选我们", "Loyal: chooses only us"), s.say("偏好：首先想到", "Prefers us"), s.say("满意：愿意再来", "Satisfied, would return"), s.say("习惯：尚未离开", "Here by habit"), s.say("随时可能离开", "May leave at any time")}
	f.Words.Row = s.say("层级", "Rank")
	for i, cells := range [][]float64{{.11, 141}, {.16, 206}, {.21, 270}, {.24, 309}, {.28, 360}} {
		f.Rows = append(f.Rows, chart.Row{Label: labels[i], Cells: cells, Strong: i == 0})
	}
	return f
}
