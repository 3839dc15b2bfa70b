package gallery

import (
	"math"

	"manyi/internal/chart"
)

// pick chooses the words of a sample by its language.
func pick(lang, zh, en string) string { return sampler{zh: lang == "zh-CN"}.say(zh, en) }

func why(lang string) string { return sampler{zh: lang == "zh-CN"}.why() }

func few(lang string) string {
	return pick(lang, "基数不足 30，谨慎解读", "base under 30: read with care")
}

// filled is a sample that fill completes, with the note that it is one.
func (s sampler) filled(kind chart.Kind, fill func(f *chart.Figure, lang string)) *chart.Figure {
	f := &chart.Figure{ID: string(kind) + "-sample", Kind: kind, Lang: s.lang, Axis: chart.Axis{Reference: math.NaN()}}
	fill(f, s.lang)
	f.Note = s.say("示例，数字为虚构。", "A sample: the numbers are invented. ") + f.Note
	return f
}

// relations are the kinds of points, ranks, boxes and flows.
func (s sampler) relations() []Group {
	better := kano(s.lang)
	better.Note = s.say("示例，数字为虚构。", "A sample: the numbers are invented. ") + better.Note
	return []Group{
		{chart.Scatter, s.say("四象限散点", "Scatter with quadrants"), []*chart.Figure{s.filled(chart.Scatter, scatterSample), better}},
		{chart.Pareto, s.say("帕累托图", "Pareto"), []*chart.Figure{s.filled(chart.Pareto, paretoSample)}},
		{chart.Radar, s.say("雷达图", "Radar"), []*chart.Figure{s.filled(chart.Radar, radarSample)}},
		{chart.Path, s.say("路径图", "Path diagram"), []*chart.Figure{s.filled(chart.Path, pathSample)}},
		{chart.Tree, s.say("原因树", "Tree"), []*chart.Figure{s.filled(chart.Tree, treeSample)}},
		{chart.Fishbone, s.say("鱼骨图", "Fishbone"), []*chart.Figure{s.filled(chart.Fishbone, treeSample)}},
		{chart.Flow, s.say("流程图", "Flow"), []*chart.Figure{s.filled(chart.Flow, flowSample)}},
		{chart.Transitions, s.say("状态迁移", "Transitions"), []*chart.Figure{s.filled(chart.Transitions, transitionSample)}},
	}
}
