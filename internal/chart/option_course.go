package chart

import (
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// columns builds the twin of a Histogram: its classes as bars, and its places
// as lines on a second axis that has the numbers of the edges.
func (t *twin) columns() {
	_, most := t.bounds(t.shape)
	low, high := t.classes()
	all := 0
	t.x = []axisOption{
		{
			XAxis:     opts.XAxis{Type: "category"},
			AxisLabel: axisLabel{Show: true, HideOverlap: true, FontSize: 13, Color: token("ink3")},
			AxisLine:  axisLine{Show: true, Style: lineStyle{Color: token("line")}},
		},
		{XAxis: opts.XAxis{Type: "value", Min: low, Max: high, Position: "bottom"}, AxisLabel: axisLabel{Interval: &all}},
	}
	t.y = []axisOption{{XAxis: opts.XAxis{Type: "value", Min: 0, Max: most}}}
	t.height = 320
	t.grid = gridOption{Left: 44, Right: 12, Top: 44, Bottom: 32}
	bars := seriesOption{SingleSeries: charts.SingleSeries{Type: "bar", BarWidth: "98%"}, ItemStyle: &itemStyle{Color: token("accent")}, Data: []item{}}
	lines := seriesOption{SingleSeries: charts.SingleSeries{Type: "scatter", XAxisIndex: 1}, Silent: true, Data: []item{}}
	var marked []markItem
	for i := range t.Rows {
		r := &t.Rows[i]
		drawn := t.drawn(t.shape, r)
		switch {
		case r.Place && drawn:
			v := r.cell(t.shape.low)
			m := markItem{X: &v, Line: lineStyle{Color: token("ink"), Width: 1.5, Type: []int{4, 3}}}
			m.Label = labelOption{Show: true, Position: "end", Formatter: verbatim(r.Label + " " + t.Columns[t.shape.low].text(v)), Color: token("ink2"), FontSize: 13}
			marked = append(marked, m)
			lines.Data = append(lines.Data, item{Rest: t.rest(r, t.shape.low)})
		case drawn:
			t.x[0].Data = append(t.x[0].Data, category{Value: r.Label})
			datum := item{Value: r.cell(t.shape.value), Tooltip: t.tip(r), Rest: t.rest(r, t.shape.value)}
			if r.State == TooFew {
				datum.Style = &itemStyle{Color: token("paper"), BorderColor: token("accent"), BorderWidth: 1.2, BorderType: "dashed"}
			}
			bars.Data = append(bars.Data, datum)
		default:
			t.x[0].Data = append(t.x[0].Data, category{Value: r.Label})
			label := t.missingLabel(r)
			label.Position = "top"
			bars.Data = append(bars.Data, item{Value: 0, Label: label, Rest: t.rest(r)})
		}
	}
	t.plates(most, bars, lines, marked)
}

// plates adds the grid of the counts, the bars and the places.
func (t *twin) plates(most float64, bars, lines seriesOption, marked []markItem) {
	for i := 1; i < len(marked); i++ { // one label for all, as they often lie close together
		marked[0].Label.Formatter += " · " + marked[i].Label.Formatter
		marked[i].Label.Show = false
	}
	lines.MarkLine = marks(marked...)
	lines.MarkLine.Z = 10
	grid := seriesOption{SingleSeries: charts.SingleSeries{Type: "scatter"}, Silent: true, Data: []item{}}
	grid.MarkLine = t.gridMarks(0, most, func(m *markItem, v float64) { m.Y = &v; m.Label.Position = "start" })
	t.series = append(t.series, grid, bars, lines)
}

// contributions builds the twin of a Waterfall: a line from level to level for each
// contribution, muted where it cannot be told from none, and points for the start and the end.
func (t *twin) contributions() {
	low, high := t.bounds(t.shape)
	var numbers []int
	if t.shape.value >= 0 {
		numbers = []int{t.shape.value}
	}
	slots := t.axisSlots(low, high, numbers)
	level := t.axisColumn(t.shape)
	if level < 0 {
		return
	}
	moves := seriesOption{
		SingleSeries: charts.SingleSeries{Type: "custom"}, RenderItem: "@fn:whisker", Z: 3, Data: []item{},
		Encode: &encode{X: []int{0, 1}, Y: []int{2}}, ItemStyle: &itemStyle{Color: token("ink3")},
	}
	points := seriesOption{SingleSeries: charts.SingleSeries{Type: "scatter", SymbolSize: 12}, Z: 5, ItemStyle: &itemStyle{Color: token("accent")}, Data: []item{}}
	last, started := 0.0, false
	for i, r := range slots {
		if r == nil || !t.drawn(t.shape, r) {
			continue
		}
		v := r.cell(level)
		datum := item{Value: []float64{v, float64(i)}, Tooltip: t.tip(r), Rest: t.rest(r, level)}
		if change := r.cell(t.shape.value); finite(change) && started {
			color := token("d7")
			switch {
			case r.doubtful(t.shape) || r.State == TooFew || t.shape.leftOver(r):
				color = token("muted")
			case change < 0:
				color = token("d1")
			}
			datum.Style = &itemStyle{Color: color}
			moves.Data = append(moves.Data, item{Value: []float64{last, v, float64(i)}})
		}
		points.Data = append(points.Data, datum)
		last, started = v, true
	}
	t.series = append(t.series, moves, points)
}

// slopes builds the twin of a Slope: a line a row over two waves.
func (t *twin) slopes() {
	t.x = []axisOption{{XAxis: opts.XAxis{Type: "category"}, AxisLabel: axisLabel{Show: true, FontSize: 13, Color: token("ink3")}}}
	low, high := t.bounds(t.shape)
	t.y = []axisOption{{XAxis: opts.XAxis{Type: "value", Min: low, Max: high}}}
	t.height, t.grid = 340, gridOption{Left: 44, Right: 40, Top: 56, Bottom: 32}
	words := seriesOption{SingleSeries: charts.SingleSeries{Type: "line"}, Silent: true, Data: []item{}}
	words.MarkLine = t.gridMarks(low, high, func(m *markItem, v float64) { m.Y = &v; m.Label.Position = "start" })
	var notes [][]string
	var names []string
	var lines []seriesOption
	if len(t.shape.parts) >= 2 {
		for _, part := range t.shape.parts[:2] {
			t.x[0].Data = append(t.x[0].Data, category{Value: t.Columns[part].Label})
		}
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		if !t.drawn(t.shape, r) {
			words.Data = append(words.Data, item{Rest: t.rest(r)})
			names, notes = append(names, r.Label), append(notes, []string{t.absent(t.words, r)})
			continue
		}
		color := token("accent")
		if r.doubtful(t.shape) || !r.Strong && t.anyStrong() {
			color = token("muted")
		}
		s := seriesOption{SingleSeries: charts.SingleSeries{Type: "line", Name: r.Label, SymbolSize: 8, ShowSymbol: opts.Bool(true)}, ItemStyle: &itemStyle{Color: color}, LineStyle: &lineStyle{Color: color, Width: 2}}
		s.Emphasis, s.Layout = &emphasis{Focus: "series"}, &labelLayout{HideOverlap: true}
		for k, part := range t.shape.parts[:2] {
			at := []string{"left", "right"}[k]
			datum := item{Value: r.cell(part), Tooltip: t.tip(r), Label: &labelOption{Show: true, Position: at, Formatter: t.Columns[part].text(r.cell(part)), Color: token("ink2"), FontSize: 13}}
			if k == 0 {
				datum.Rest = t.rest(r, t.shape.parts[:2]...)
			}
			s.Data = append(s.Data, datum)
		}
		t.legend = append(t.legend, r.Label)
		lines = append(lines, s)
	}
	t.series = append(append(t.series, words), lines...)
	t.noteMissing(notes, names)
}

// events adds what happened at a wave, or between two, as upright lines on an axis
// of numbers: an axis of names has no places between them.
func (t *twin) events(labels []string) {
	var marked []markItem
	for _, e := range t.Events {
		at := slices.Index(labels, e.At)
		if at < 0 {
			continue
		}
		x := float64(at)
		if e.Before && at > 0 {
			x -= 0.5
		}
		marked = append(marked, markItem{
			X: &x, Line: lineStyle{Color: token("ink3"), Width: 1, Type: "solid"},
			Label: labelOption{Show: true, Position: "end", Formatter: verbatim(e.Text), Color: token("ink2"), FontSize: 13},
		})
	}
	if len(marked) == 0 {
		return
	}
	t.grid.Top = max(t.grid.Top, 40)
	t.x = append(t.x, axisOption{XAxis: opts.XAxis{Type: "value", Show: opts.Bool(false), Min: -0.5, Max: float64(len(labels)) - 0.5}})
	t.series = append(t.series, seriesOption{
		SingleSeries: charts.SingleSeries{Type: "scatter", XAxisIndex: 1}, Silent: true, Data: []item{}, MarkLine: marks(marked...),
	})
}

// goals adds the target of every wave as a dashed line.
func (t *twin) goals(labels []string) {
	if t.shape.goal < 0 {
		return
	}
	s := seriesOption{
		SingleSeries: charts.SingleSeries{Type: "line", Name: t.Columns[t.shape.goal].Label, ShowSymbol: opts.Bool(false), Step: "middle"}, Silent: true,
		LineStyle: &lineStyle{Color: token("ink2"), Width: 1.4, Type: []int{5, 3}}, ItemStyle: &itemStyle{Color: token("ink2")},
		Data: make([]item, len(labels)),
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		if v := r.cell(t.shape.goal); finite(v) {
			s.Data[slices.Index(labels, r.Label)] = item{Value: v}
		}
	}
	t.series = append(t.series, s)
}
