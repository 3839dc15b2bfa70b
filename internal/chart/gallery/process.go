package gallery

import (
	"math"

	"manyi/internal/chart"
)

// flowSample is the two-lane handling of complaints with loops back.
func flowSample(f *chart.Figure, lang string) {
	f.Title = pick(lang, "逾期最多的一步是限期解决：5 件", "Most overdue records wait for a solution: 5 of 8")
	f.Note = pick(lang, "每一步的在办件数与逾期件数", "Open and overdue records at each step")
	f.Columns = []chart.Column{
		{ID: "n", Label: pick(lang, "在办", "Open"), Role: chart.Value},
		{ID: "overdue", Label: pick(lang, "逾期", "overdue"), Role: chart.Late},
		{ID: "reopened", Label: pick(lang, "重开", "Reopened")},
	}
	lanes := []string{pick(lang, "日常投诉", "Complaints received"), pick(lang, "未投诉的调查信息", "Survey answers without complaint")}
	names := map[string]string{}
	add := func(lane int, id, zh, en string, n, late float64) {
		names[id] = pick(lang, zh, en)
		f.Rows = append(f.Rows, chart.Row{Node: id, Label: names[id], Series: lanes[lane], Cells: []float64{n, late, 0}})
	}
	link := func(from, to, zh, en string) {
		f.Rows = append(f.Rows, chart.Row{From: from, To: to, Label: names[from] + " → " + names[to], Short: pick(lang, zh, en), Cells: []float64{math.NaN(), math.NaN(), math.NaN()}})
	}
	add(0, "record", "日常投诉记录：受理、处理、回访", "Complaint record: intake, handling, call back", 1204, 0)
	add(0, "count", "月度和季度统计", "Monthly and quarterly counts", 96, 0)
	add(0, "report", "分析报告", "Analysis report", 4, 0)
	add(0, "owner", "确定负责部门与人", "Assign department and person", 31, 2)
	add(0, "solve", "限期解决", "Solve within the term", 58, 5)
	add(0, "measure", "衡量效果", "Measure the effect", 12, 0)
	add(0, "good", "效果好吗？", "Is it good?", 11, 0)
	add(0, "close", "关闭", "Close", 1003, 0)
	add(1, "answers", "每次调查后处理：频数、状态矩阵、竞争比对", "After each survey: counts, status matrix, competitors", 2810, 0)
	add(1, "paper", "调查报告", "Survey report", 1, 0)
	add(1, "find", "发掘问题与潜在需求", "Find problems and latent needs", 9, 0)
	add(1, "plan", "制定并落实新方案", "Make and carry out a new plan", 6, 1)
	add(1, "effect", "评价效果", "Evaluate the effect", 3, 0)
	link("record", "count", "", "")
	link("count", "report", "", "")
	link("report", "owner", "", "")
	link("owner", "solve", "", "")
	link("solve", "measure", "", "")
	link("measure", "good", "", "")
	link("good", "close", "是", "yes")
	link("good", "owner", "否", "no")
	link("answers", "paper", "", "")
	link("paper", "find", "", "")
	link("find", "plan", "", "")
	link("plan", "effect", "", "")
	link("effect", "find", "未达目标", "target missed")
	link("paper", "owner", "有问题", "problem")
	f.Rows[6].Decides, f.Rows[0].Detail = true, pick(lang, "受理 1,204 · 回访 960 · 重开 12", "1,204 taken in · 960 called back · 12 reopened")
	f.Rows[4].Strong, f.Rows[5].State, f.Rows[2].State = true, chart.TooFew, chart.Suppressed
	f.Rows[2].Why = why(lang)
}

// transitionSample is the moves between the groups of the net promoter score.
func transitionSample(f *chart.Figure, lang string) {
	f.Title = pick(lang, "变好的顾客多于变差的", "More customers moved up than down")
	f.Note = pick(lang, "两期都作答的 612 位顾客", "612 customers who answered in both waves")
	f.Axis, f.Across = chart.Axis{Label: "2025"}, chart.Axis{Label: "2026"}
	f.Columns = []chart.Column{
		{ID: "customers", Label: pick(lang, "顾客数", "Customers"), Role: chart.Value},
		{ID: "share", Label: pick(lang, "占比", "Share"), Format: chart.Format{Percent: true, Decimals: 1}},
	}
	states := [][2]string{{"推荐者", "Promoters"}, {"中立者", "Passives"}, {"贬损者", "Detractors"}}
	for i, row := range [][]float64{{188, 31, 9}, {64, 120, 32}, {18, 45, 105}} {
		for j, v := range row {
			from, to := pick(lang, states[i][0], states[i][1]), pick(lang, states[j][0], states[j][1])
			f.Rows = append(f.Rows, chart.Row{From: from, To: to, Label: from + " → " + to, Cells: []float64{v, v / 612}})
		}
	}
	for _, i := range []int{2, 6} { // the small one, and another: the total would give it away
		f.Rows[i].State, f.Rows[i].Why = chart.Suppressed, why(lang)
	}
}
