// Package gallery holds sample figures: every kind of chart in every state and
// in both languages, with invented numbers. The site can show them as a page,
// and the tests of package chart draw them.
package gallery

import (
	"math"
	"strings"

	"manyi/internal/chart"
)

// Group is the samples of one kind.
type Group struct {
	Kind    chart.Kind
	Title   string
	Figures []*chart.Figure
}

// Groups returns the samples in the order of the page, in "zh-CN" or any other
// language for English.
func Groups(lang string) []Group {
	s := sampler{lang: lang, zh: lang == "zh" || strings.HasPrefix(lang, "zh-")}
	groups := []Group{
		{chart.Diverging, s.say("背离条形", "Diverging bars"), []*chart.Figure{s.diverging()}},
		{chart.Stacked, s.say("百分比堆积条形", "Stacked to 100%"), []*chart.Figure{s.nps()}},
		{chart.Bars, s.say("条形", "Bars"), []*chart.Figure{s.reasons()}},
		{chart.Grouped, s.say("分组条形", "Grouped bars"), []*chart.Figure{s.channels()}},
		{chart.Dots, s.say("点图", "Dots"), []*chart.Figure{s.regions()}},
		{chart.Dumbbell, s.say("差距图", "Gaps"), []*chart.Figure{s.gaps()}},
		{chart.Lines, s.say("趋势线", "Lines"), []*chart.Figure{s.trend(), s.twoLines()}},
		{chart.Multiples, s.say("小型组图", "Small multiples"), []*chart.Figure{s.multiples()}},
		{chart.Slope, s.say("坡度图", "Slope"), []*chart.Figure{s.slope()}},
		{chart.Heat, s.say("交叉表热力图", "Banner as a heat grid"), []*chart.Figure{s.banner(), s.shares()}},
		{chart.Histogram, s.say("直方图", "Histogram"), []*chart.Figure{s.histogram()}},
		{chart.Box, s.say("箱线图", "Box plot"), []*chart.Figure{s.boxes()}},
		{chart.Waterfall, s.say("瀑布图", "Waterfall"), []*chart.Figure{s.waterfall()}},
		{chart.Funnel, s.say("漏斗图", "Funnel"), []*chart.Figure{s.funnel()}},
		{chart.Pyramid, s.say("金字塔", "Pyramid"), []*chart.Figure{s.pyramid()}},
	}
	groups = append(groups, s.relations()...)
	for i := range groups {
		groups[i].Figures = append(groups[i].Figures, s.hidden(groups[i].Figures[0]), s.none(groups[i].Figures[0]))
	}
	return groups
}

// Figures returns every sample in the language.
func Figures(lang string) []*chart.Figure {
	var out []*chart.Figure
	for _, g := range Groups(lang) {
		out = append(out, g.Figures...)
	}
	return out
}

// Of returns the first sample of a kind; nil without one.
func Of(kind chart.Kind, lang string) *chart.Figure {
	for _, g := range Groups(lang) {
		if g.Kind == kind {
			return g.Figures[0]
		}
	}
	return nil
}

// sampler writes samples in one language.
type sampler struct {
	lang string
	zh   bool
}

func (s sampler) say(zh, en string) string {
	if s.zh {
		return zh
	}
	return en
}

// figure is the frame of a sample; its note says that the numbers are invented.
func (s sampler) figure(id string, kind chart.Kind, title, note string) *chart.Figure {
	return &chart.Figure{
		ID: id, Kind: kind, Lang: s.lang, Title: title, Note: s.say("示例，数字为虚构。", "A sample: the numbers are invented. ") + note,
		Axis: chart.Axis{Reference: math.NaN()}, Words: chart.Words{TooFew: s.say("基数不足 30，谨慎解读", "base under 30: read with care")},
	}
}

// hidden is the figure with every row under the privacy threshold.
func (s sampler) hidden(f *chart.Figure) *chart.Figure {
	out := *f
	out.ID, out.Events = f.ID+"-hidden", nil
	out.Title = s.say("同一图形：所有分组人数过少", "The same figure where every group is too small to show")
	out.Rows = nil
	for _, r := range f.Rows[:min(3, len(f.Rows))] {
		r.State, r.Why, r.Break = chart.Suppressed, s.why(), false
		out.Rows = append(out.Rows, r)
	}
	return &out
}

// none is the figure before anyone has answered.
func (s sampler) none(f *chart.Figure) *chart.Figure {
	out := *f
	out.ID, out.Rows, out.Events = f.ID+"-none", nil, nil
	out.Title = s.say("同一图形：尚无回答", "The same figure before anyone has answered")
	return &out
}

func (s sampler) why() string {
	return s.say("少于 10 人，不显示", "fewer than 10 people: not shown")
}

func (s sampler) base() chart.Column {
	return chart.Column{ID: "n", Label: s.say("基数", "Base"), Role: chart.Base}
}

// estimate is the columns of a value with its interval and base.
func (s sampler) estimate(label string, f chart.Format) []chart.Column {
	return []chart.Column{
		{ID: "value", Label: label, Role: chart.Value, Format: f},
		{ID: "ci95_low", Label: s.say("下限", "95% low"), Role: chart.Low, Format: f},
		{ID: "ci95_high", Label: s.say("上限", "95% high"), Role: chart.High, Format: f},
		s.base(),
	}
}

// items are the rated items of the samples.
func (s sampler) items() []string {
	if s.zh {
		return []string{"维修一次修好", "预约等候时间", "费用说明清楚", "接待人员态度", "交车时车辆清洁", "投诉处理结果", "配件供应速度"}
	}
	return []string{"Repaired right the first time", "Wait for an appointment", "Charges explained", "Manner of the staff", "Car clean at handover", "Outcome of complaints", "Speed of parts"}
}

// groups are the regions of the samples.
func (s sampler) groups() []string {
	if s.zh {
		return []string{"华北", "华东", "华南", "西南", "东北"}
	}
	return []string{"North", "East", "South", "Southwest", "Northeast"}
}

func (s sampler) long() string {
	return s.say("在办理预约、接待、维修和交车的全过程中，工作人员是否给予了及时、耐心而准确的答复", "From the appointment to the handover, how promptly, patiently and accurately did our staff answer your questions")
}

var (
	whole   = chart.Format{}
	one     = chart.Format{Decimals: 1}
	two     = chart.Format{Decimals: 2}
	signed1 = chart.Format{Decimals: 1, Signed: true}
	signed2 = chart.Format{Decimals: 2, Signed: true}
	percent = chart.Format{Percent: true}
)
