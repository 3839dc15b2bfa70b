package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// shares builds the twin of a Diverging figure: bars stacked on an invisible
// one that shifts each row, so that the shares themselves stay as they are.
func (t *twin) shares() {
	tones := t.tones(t.shape)
	colours := t.colours(tones)
	left, right := 0.0, 0.0
	for i := range t.Rows {
		before, whole := t.leftOf(&t.Rows[i], t.shape, tones)
		left, right = max(left, before), max(right, whole-before)
	}
	t.icon = "rect"
	slots := t.rowAxes(0, left+right, t.shape.totals)
	t.grid.Top = 48 // for the legend
	shift := seriesOption{
		SingleSeries: charts.SingleSeries{Type: "bar", Stack: "shares", BarWidth: "62%", BarMaxWidth: "28"}, Silent: true,
		ItemStyle: &itemStyle{Color: "transparent"}, Emphasis: &emphasis{Disabled: true}, Tooltip: &showOption{},
	}
	if left > 0 {
		shift.MarkLine = marks(markItem{X: &left, Line: lineStyle{Color: token("ink3"), Width: 1, Type: "solid"}})
	}
	t.series = make([]seriesOption, 0, len(t.shape.levels)+1)
	shift.Data = make([]item, 0, len(slots))
	for _, r := range slots {
		shift.Data = append(shift.Data, t.shift(r, tones, left))
	}
	t.series = append(t.series, shift)
	for i, level := range t.shape.levels {
		s := seriesOption{
			SingleSeries: charts.SingleSeries{Type: "bar", Name: t.Columns[level].Label, Stack: "shares", BarWidth: "62%", BarMaxWidth: "28"},
			ItemStyle:    &itemStyle{Color: token("d" + colours[i]), BorderColor: token("paper"), BorderWidth: .5},
			Layout:       &labelLayout{HideOverlap: true},
		}
		s.Data = make([]item, 0, len(slots))
		for _, r := range slots {
			s.Data = append(s.Data, t.share(r, level, "on"+colours[i], left+right))
		}
		t.legend = append(t.legend, t.Columns[level].Label)
		t.series = append(t.series, s)
	}
}

// shift is the invisible part of a row's bar; the words of a row without
// shares stand on it.
func (t *twin) shift(r *Row, tones []float64, left float64) item {
	if r == nil {
		return item{}
	}
	before, _ := t.leftOf(r, t.shape, tones)
	datum := item{Value: left - before, Rest: t.rest(r, t.shape.levels...)}
	if !t.drawn(t.shape, r) {
		datum.Value = 0
		datum.Label = t.missingLabel(r)
	}
	return datum
}

// missingLabel writes the words of a row without a mark in the mark's place.
func (t *twin) missingLabel(r *Row) *labelOption {
	return &labelOption{Show: true, Position: "right", Formatter: verbatim(t.absent(t.words, r)), Color: token("ink3"), Background: token("paper"), FontSize: 13}
}

// share is one segment; it has a label when it is about wide enough for it.
func (t *twin) share(r *Row, level int, on string, whole float64) item {
	if r == nil || !finite(r.cell(level)) {
		return item{}
	}
	v := r.cell(level)
	datum := item{Value: v, Tooltip: t.shareTip(r, level)}
	if v > .07*whole {
		datum.Label = &labelOption{Show: true, Position: "inside", Formatter: t.Columns[level].Format.String(v), Color: token(on), FontSize: 13}
	}
	if r.State == TooFew {
		datum.Style = &itemStyle{Opacity: .4, BorderColor: token("ink3"), BorderWidth: 1, BorderType: "dashed"}
		if datum.Label != nil {
			datum.Label.Color, datum.Label.Opacity = token("ink"), 1
		}
	}
	return datum
}

// shareTip is the tooltip of a segment: its own share and the base; the total
// stands at the right anyway.
func (t *twin) shareTip(r *Row, level int) *tipOption {
	text := r.Label + "\n" + t.Columns[level].Label + " " + t.Columns[level].text(r.cell(level))
	if n := r.cell(t.shape.base); finite(n) {
		text += "\n" + t.words.Base + " " + t.Columns[t.shape.base].text(n)
	}
	if r.State == TooFew {
		text += "\n" + t.words.TooFew
	}
	return &tipOption{verbatim(text)}
}

const labelRoom = 220 // width of the labels at the left of a twin

// rowAxes builds a category axis with the rows' labels at the left and, where
// a figure has numbers for the right, a second one with those. It returns the
// rows of the axis; nil stands for a group heading.
func (t *twin) rowAxes(low, high float64, numbers []int) []*Row {
	slots := make([]*Row, 0, len(t.Rows)+4)
	labels, values := make([]category, 0, len(t.Rows)+4), make([]category, 0, len(t.Rows)+4)
	number := func(r *Row) string {
		if len(numbers) == 0 || r.hidden() {
			return ""
		}
		if level := t.axisColumn(t.shape); t.Kind == Waterfall && !finite(r.cell(numbers[0])) && level >= 0 {
			return t.Columns[level].text(r.cell(level))
		}
		return t.Columns[numbers[0]].text(r.cell(numbers[0]))
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		if r.Series != "" && (i == 0 || t.Rows[i-1].Series != r.Series) {
			slots = append(slots, nil)
			labels = append(labels, category{r.Series, &textStyle{FontWeight: "bold"}})
			values = append(values, category{})
		}
		slots = append(slots, r)
		labels = append(labels, category{Value: r.Label})
		values = append(values, category{Value: number(r)})
	}
	all := 0
	t.x = []axisOption{{XAxis: opts.XAxis{Type: "value", Min: low, Max: high}}}
	t.y = []axisOption{
		{
			XAxis: opts.XAxis{Type: "category", Inverse: opts.Bool(true)}, Data: labels,
			AxisLabel: axisLabel{Show: true, Interval: &all, Width: labelRoom, Overflow: "break", LineHeight: 18, FontSize: 13, Color: token("ink")},
		},
		{
			XAxis: opts.XAxis{Type: "category", Inverse: opts.Bool(true), Position: "right", Show: opts.Bool(len(numbers) > 0)}, Data: values,
			AxisLabel: axisLabel{Show: true, Interval: &all, FontSize: 14, FontWeight: 600, Color: token("ink")},
		},
	}
	if len(numbers) > 0 {
		right := &t.y[1]
		right.Name, right.NameLocation, right.NameGap = t.Columns[numbers[0]].Label, "start", 8
		right.NameStyle = &textStyle{Color: token("ink3"), FontSize: 13, Align: "right"}
	}
	t.grid = gridOption{Left: 0, Right: 4, Top: 30, Bottom: 28, BoundsMode: "same", BoundsContain: "axisLabel"}
	t.media = []mediaOption{{mediaQuery{480}, mediaChange{Y: []mediaAxis{{mediaLabel{Width: 110, Overflow: "truncate"}}, {}}}}}
	t.height = 90 + len(slots)*t.rowHeight()
	return slots
}

// rowHeight returns the height at which the longest label does not meet its
// neighbours: the rows of an ECharts axis are all of one height.
func (t *twin) rowHeight() int {
	lines := 1
	for i := range t.Rows {
		lines = max(lines, countLines(spaced(t.Rows[i].Label), labelRoom/emWidth(small, false)))
	}
	return max(40, lines*18+10)
}

// estimates builds the twin of a Bars or Dots figure: marks, and whiskers
// drawn by a function of the page's script.
func (t *twin) estimates() {
	low, high := t.bounds(t.shape)
	var values []int
	if t.shape.value >= 0 {
		values = []int{t.shape.value}
	}
	slots := t.rowAxes(low, high, values)
	if values == nil {
		return
	}
	mark := seriesOption{SingleSeries: charts.SingleSeries{Type: "bar", BarWidth: "52%", BarMaxWidth: "20"}, ItemStyle: &itemStyle{Color: token("accent")}}
	whisker := seriesOption{
		SingleSeries: charts.SingleSeries{Type: "custom"}, RenderItem: "@fn:whisker", Silent: true, Z: 4,
		Encode: &encode{X: []int{0, 1}, Y: []int{2}}, ItemStyle: &itemStyle{Color: token("ink")}, Tooltip: &showOption{},
	}
	if t.Kind == Dots {
		mark.SingleSeries = charts.SingleSeries{Type: "scatter", SymbolSize: 12}
		mark.Z, whisker.Z = 5, 4
		whisker.ItemStyle.Color = token("ink3")
	}
	mark.MarkLine = t.gridMarks(low, high, func(m *markItem, v float64) { m.X = &v })
	if t.referenced() && t.Axis.RefLabel != "" { // the heading stands above that label
		t.grid.Top, t.y[1].NameGap = 48, 26
	}
	t.series = make([]seriesOption, 0, 2)
	mark.Data = make([]item, 0, len(slots))
	for i, r := range slots {
		if r == nil {
			continue
		}
		mark.Data = append(mark.Data, t.estimate(r, i, low))
		from, to := r.cell(t.shape.low), r.cell(t.shape.high)
		if finite(from) && finite(to) {
			whisker.Data = append(whisker.Data, item{Value: []float64{from, to, float64(i)}})
		}
	}
	t.series = append(t.series, mark)
	if whisker.Data != nil {
		t.series = append(t.series, whisker)
	}
}

// estimate is the mark of one row, at its place on the category axis.
func (t *twin) estimate(r *Row, place int, low float64) item {
	v := r.cell(t.shape.value)
	if !finite(v) {
		return item{Value: []float64{max(low, 0), float64(place)}, Label: t.missingLabel(r), Style: &itemStyle{Color: "transparent"}, Rest: t.rest(r)}
	}
	carried := []int{t.shape.value}
	if finite(r.cell(t.shape.low)) && finite(r.cell(t.shape.high)) {
		carried = append(carried, t.shape.low, t.shape.high)
	}
	datum := item{Value: []float64{v, float64(place)}, Tooltip: t.tip(r), Rest: t.rest(r, carried...)}
	color := token("accent")
	if !r.Strong && t.anyStrong() {
		color = token("muted")
	}
	datum.Style = &itemStyle{Color: color, Opacity: 1}
	if r.State == TooFew {
		datum.Style = &itemStyle{Color: token("paper"), BorderColor: color, BorderWidth: 1.5, Opacity: 1}
		if t.Kind == Bars {
			datum.Style.BorderType = "dashed"
		}
	}
	return datum
}

// marks wraps lines that are drawn under the data.
func marks(items ...markItem) *markLine {
	return &markLine{Silent: true, Symbol: "none", Data: items}
}

// gridMarks returns the grid lines of the value axis and the reference line.
// On an inverted axis, as that of rows, a mark line starts at the top.
func (t *twin) gridMarks(low, high float64, place func(*markItem, float64)) *markLine {
	at, reference := "end", "start"
	if t.Kind == Lines {
		at, reference = "start", "insideEndTop"
	}
	values, format := t.axisTicks(t.shape, low, high, 4)
	var items []markItem
	for _, v := range values {
		m := markItem{Line: lineStyle{Color: token("line"), Width: 1, Type: "solid"}}
		m.Label = labelOption{Show: true, Position: at, Formatter: format.String(v), Color: token("ink3"), FontSize: 13}
		place(&m, v)
		items = append(items, m)
	}
	if t.referenced() {
		m := markItem{Line: lineStyle{Color: token("ink2"), Width: 1, Type: []int{4, 4}}}
		m.Label = labelOption{Show: t.Axis.RefLabel != "", Position: reference, Formatter: verbatim(t.Axis.RefLabel), Color: token("ink2"), FontSize: 13}
		place(&m, t.Axis.Reference)
		items = append(items, m)
	}
	return marks(items...)
}
