package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// ranked builds the twin of a Pareto figure: columns and the line of their
// cumulative share, whose axis ends where the columns' axis has the total.
func (t *twin) ranked() {
	total, few, all := t.whole(), t.vitalFew(), 0
	t.x = []axisOption{{
		XAxis:     opts.XAxis{Type: "category"},
		AxisLabel: axisLabel{Show: true, Interval: &all, Width: max(40, 680/len(t.Rows)), Overflow: "break", LineHeight: 17, FontSize: 13, Color: token("ink3")},
		AxisLine:  axisLine{Show: true, Style: lineStyle{Color: token("line")}},
	}}
	for i := range t.Rows {
		t.x[0].Data = append(t.x[0].Data, category{Value: t.Rows[i].Label})
	}
	t.y = []axisOption{{XAxis: opts.XAxis{Type: "value", Min: 0, Max: total}}, {XAxis: opts.XAxis{Type: "value", Min: 0, Max: 1, Position: "right"}}}
	t.grid = gridOption{Left: 64, Right: 56, Top: 30, Bottom: 8, BoundsMode: "same", BoundsContain: "axisLabel"}
	t.height = 420
	bars := seriesOption{SingleSeries: charts.SingleSeries{Type: "bar", BarWidth: "70%"}, Emphasis: &emphasis{Focus: "none"}}
	line := seriesOption{SingleSeries: charts.SingleSeries{Type: "line", YAxisIndex: 1, SymbolSize: 8}, Z: 5, Layout: &labelLayout{HideOverlap: true}}
	line.Symbol, line.ShowSymbol = "circle", opts.Bool(true)
	line.LineStyle, line.ItemStyle = &lineStyle{Color: token("ink2"), Width: 2}, &itemStyle{Color: token("ink2")}
	shares := t.with(Cumulative)
	for i := range t.Rows {
		r := &t.Rows[i]
		bars.Data = append(bars.Data, t.rankedBar(r, few[i]))
		if share := r.cell(shares); finite(share) {
			datum := item{Value: share, Tooltip: t.tip(r)}
			datum.Label = &labelOption{Show: true, Position: "top", Formatter: t.Columns[shares].Format.String(share), Color: token("ink2"), FontSize: 13}
			line.Data = append(line.Data, datum)
		} else {
			line.Data = append(line.Data, item{})
		}
	}
	bars.MarkLine = t.totalMarks(total)
	t.series = append(t.series, bars)
	if shares >= 0 {
		line.MarkLine = t.shareMarks()
		t.series = append(t.series, line)
	}
}

// rankedBar is one column; a row without a value carries its words.
func (t *twin) rankedBar(r *Row, vital bool) item {
	v := r.cell(t.shape.value)
	if !finite(v) {
		datum := item{Value: 0, Label: t.missingLabel(r), Rest: t.rest(r, t.with(Cumulative))}
		datum.Label.Position = "top"
		return datum
	}
	color := token("accent")
	if !vital {
		color = token("muted")
	}
	datum := item{Value: v, Tooltip: t.tip(r), Rest: t.rest(r, t.shape.value, t.with(Cumulative)), Style: &itemStyle{Color: color, Opacity: 1}}
	datum.Label = &labelOption{Show: true, Position: "insideTop", Formatter: t.Columns[t.shape.value].text(v), Color: token("ink"), FontSize: 13, FontWeight: 600}
	if v < t.whole()/10 {
		datum.Label.Position = "top"
	} else if vital {
		datum.Label.Color = token("paper")
	}
	if r.State == TooFew {
		datum.Style = &itemStyle{Color: token("paper"), BorderColor: color, BorderWidth: 1.5, BorderType: "dashed", Opacity: 1}
		datum.Label.Color = token("ink")
	}
	return datum
}

// totalMarks returns the numbers of the left axis, the total on top.
func (t *twin) totalMarks(total float64) *markLine {
	at, format := t.axisTicks(t.shape, 0, total, 4)
	var items []markItem
	for _, v := range append(at, total) {
		if v != total && total-v < total/15 {
			continue
		}
		m := markItem{Y: &v, Line: lineStyle{Color: token("line"), Width: .01, Type: "solid"}}
		text := format.String(v)
		if v == total {
			text = t.valueFormat(t.shape).String(v)
		}
		m.Label = labelOption{Show: true, Position: "start", Formatter: text, Color: token("ink3"), FontSize: 13}
		items = append(items, m)
	}
	return marks(items...)
}

// shareMarks returns the numbers of the right axis and the line of the vital few.
func (t *twin) shareMarks() *markLine {
	var items []markItem
	for part := range 6 {
		v := float64(part) / 5
		m := markItem{Y: &v, Line: lineStyle{Color: token("line"), Width: 1, Type: "solid"}}
		m.Label = labelOption{Show: true, Position: "end", Formatter: Format{Percent: true}.String(v), Color: token("ink3"), FontSize: 13}
		items = append(items, m)
	}
	if v := t.vital(); finite(v) {
		m := markItem{Y: &v, Line: lineStyle{Color: token("ink2"), Width: 1, Type: []int{4, 4}}}
		m.Label = labelOption{Show: true, Position: "insideEndBottom", Formatter: verbatim(t.vitalLabel()), Color: token("ink2"), FontSize: 13}
		items = append(items, m)
	}
	return marks(items...)
}
