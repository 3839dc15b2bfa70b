package chart

import "fmt"

// treeFixture is a problem with causes of two levels.
func treeFixture(f *Figure, lang string) {
	f.Title = pick(lang, "满意度下降主要来自人员和流程", "Staff and process explain most of the drop")
	f.Note = pick(lang, "各原因的投诉件数", "Complaints by cause")
	f.Columns = []Column{
		{ID: "complaints", Label: pick(lang, "投诉件数", "Complaints"), Role: Value},
		{ID: "n", Label: pick(lang, "基数", "Base"), Role: Base},
	}
	if f.Kind == Fishbone {
		f.Columns = f.Columns[:1]
	}
	f.Words.TooFew = texts[lang].fewExplanation
	add := func(id, from, zh, en string, v, n float64, state State) {
		f.Rows = append(f.Rows, Row{Node: id, From: from, Label: pick(lang, zh, en), Cells: []float64{v, n}[:len(f.Columns)], State: state, Strong: id == "staff"})
	}
	add("drop", "", "顾客满意度下降", "Customer satisfaction has dropped", 215, 2810, Normal)
	add("staff", "drop", "人员", "Staff", 88, 1204, Normal)
	add("training", "staff", "培训不足", "Too little training", 52, 800, Normal)
	add("turnover", "staff", "流失率高", "High turnover", 36, 404, Normal)
	add("process", "drop", "流程", "Process", 61, 905, Normal)
	add("steps", "process", "审批环节多", "Many approval steps", 41, 605, Normal)
	add("returns", "process", "退货规则复杂", "Complicated rules for returns", 20, 300, Normal)
	add("product", "drop", "产品", "Product", 30, 411, Normal)
	add("batch", "product", "批次质量波动", "Quality differs from batch to batch", 30, 411, Normal)
	add("place", "drop", "环境", "Surroundings", 22, 27, TooFew)
	add("peak", "place", "高峰期拥挤", "Crowded at peak times", 14, 15, TooFew)
	add("parking", "place", "停车难", "Parking is difficult", 8, 12, TooFew)
	add("system", "drop", "系统", "Systems", 14, 190, Normal)
	add("app", "system", "APP 闪退", "The app crashes", 14, 190, Normal)
	add("price", "drop", "价格", "Price", 9, 9, Suppressed)
}

// treeCases are the hard cases of Tree and Fishbone figures.
func treeCases(lang string) []*Figure {
	t := texts[lang]
	var figures []*Figure
	for _, kind := range []Kind{Tree, Fishbone} {
		name := func(s string) string { return s + "-" + string(kind) }
		long := fixture(kind, lang)
		long.ID = name("long")
		for i := range long.Rows {
			if i%3 == 0 {
				long.Rows[i].Label = t.longB
			}
		}
		circle := fixture(kind, lang)
		circle.ID = name("circle")
		circle.Rows[0].From = "training"
		deep := fixture(kind, lang)
		deep.ID, deep.Rows = name("deep"), nil
		for i := range 9 {
			deep.Rows = append(deep.Rows, Row{Node: fmt.Sprint("n", i), From: fmt.Sprint("n", i-1), Label: t.items[i%5], Cells: []float64{float64(9 - i), nan}})
		}
		one := fixture(kind, lang)
		one.ID, one.Rows = name("one"), one.Rows[:1]
		eight := fixture(kind, lang)
		eight.ID, eight.Rows = name("eight"), eight.Rows[:1]
		for i := range 8 {
			eight.Rows = append(eight.Rows, Row{Node: fmt.Sprint("c", i), From: "drop", Label: t.items[i%5], Cells: []float64{nan, nan}})
			for j := range 3 {
				eight.Rows = append(eight.Rows, Row{From: fmt.Sprint("c", i), Label: t.items[(i+j)%5] + "，" + t.series[j], Cells: []float64{float64(i*j) - 4, nan}})
			}
		}
		figures = append(figures, long, circle, deep, one, eight)
	}
	return figures
}
