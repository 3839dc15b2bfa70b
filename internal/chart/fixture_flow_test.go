package chart

import "fmt"

// flowFixture is the two-lane handling of complaints with loops back.
func flowFixture(f *Figure, lang string) {
	f.Title = pick(lang, "七件投诉已逾期，卡在限期解决", "Seven complaints are overdue, all waiting for a solution")
	f.Note = pick(lang, "每一步的在办件数与逾期件数", "Open and overdue records at each step")
	f.Columns = []Column{
		{ID: "n", Label: pick(lang, "在办", "Open"), Role: Value},
		{ID: "overdue", Label: pick(lang, "逾期", "overdue"), Role: Late},
		{ID: "reopened", Label: pick(lang, "重开", "Reopened")},
	}
	lanes := []string{pick(lang, "日常投诉", "Complaints received"), pick(lang, "未投诉的调查信息", "Survey answers without complaint")}
	names := map[string]string{}
	add := func(lane int, id, zh, en string, n, late float64) {
		names[id] = pick(lang, zh, en)
		f.Rows = append(f.Rows, Row{Node: id, Label: names[id], Series: lanes[lane], Cells: []float64{n, late, 0}})
	}
	link := func(from, to, zh, en string) {
		f.Rows = append(f.Rows, Row{From: from, To: to, Label: names[from] + " → " + names[to], Short: pick(lang, zh, en), Cells: []float64{nan, nan, nan}})
	}
	add(0, "record", "日常投诉记录：受理、处理、回访", "Complaint record: intake, handling, call back", 1204, 0)
	add(0, "count", "月度和季度统计", "Monthly and quarterly counts", 96, 0)
	add(0, "report", "分析报告", "Analysis report", 4, 0)
	add(0, "owner", "确定负责部门与人", "Assign department and person", 31, 2)
	add(0, "solve", "限期解决", "Solve within the term", 58, 5)
	add(0, "measure", "衡量效果", "Measure the effect", 12, 0)
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
	link("measure", "close", "是", "yes")
	link("measure", "owner", "否", "no")
	link("answers", "paper", "", "")
	link("paper", "find", "", "")
	link("find", "plan", "", "")
	link("plan", "effect", "", "")
	link("effect", "find", "未达目标", "target missed")
	link("paper", "owner", "有问题", "problem")
	f.Rows[4].Strong, f.Rows[5].State, f.Rows[2].State = true, TooFew, Suppressed
	f.Rows[2].Why = texts[lang].why
}

// flowCases are the hard cases of a Flow figure.
func flowCases(lang string) []*Figure {
	t := texts[lang]
	long := fixture(Flow, lang)
	long.ID = "flow-long"
	for i := range long.Rows {
		if long.Rows[i].Node != "" {
			long.Rows[i].Label, long.Rows[i].Series = t.longB, ""
		} else {
			long.Rows[i].Short = t.items[i%5]
		}
	}
	three := fixture(Flow, lang)
	three.ID = "flow-three"
	for i := range three.Rows {
		if three.Rows[i].Node != "" {
			three.Rows[i].Series = fmt.Sprint(t.groups[0], i/5)
		}
	}
	one := fixture(Flow, lang)
	one.ID, one.Rows = "flow-one", one.Rows[:1]
	none := fixture(Flow, lang)
	none.ID, none.Rows = "flow-none", []Row{{Label: "A", Cells: []float64{3, 1, 0}}, {From: "a", To: "a", Label: "a → a", Cells: []float64{nan, nan, 7}}}
	return []*Figure{long, three, one, none}
}
