package chart

import (
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// more builds the twin of a kind beside the first ones; false for the others.
func (t *twin) more() bool {
	switch t.Kind {
	case Grouped:
		t.groups()
	case Dumbbell:
		t.gapPoints()
	case Multiples:
		t.course()
	case Heat:
		t.cells()
	case Histogram:
		t.columns()
	case Box:
		t.quartiles()
	case Waterfall:
		t.contributions()
	case Slope:
		t.slopes()
	case Pyramid, Funnel:
		t.ranks()
	default:
		return false
	}
	return true
}

// axisSlots builds the rows' axes; without, the words of a row without a mark
// stand at low.
func (t *twin) axisSlots(low, high float64, numbers []int) []*Row {
	slots := t.rowAxes(low, high, numbers)
	words := seriesOption{SingleSeries: charts.SingleSeries{Type: "scatter", SymbolSize: 1}, Silent: true, Data: []item{}, ItemStyle: &itemStyle{Color: "transparent"}}
	words.MarkLine = t.gridMarks(low, high, func(m *markItem, v float64) { m.X = &v })
	for i, r := range slots {
		if r != nil && !t.drawn(t.shape, r) {
			words.Data = append(words.Data, item{Value: []float64{low, float64(i)}, Label: t.missingLabel(r), Rest: t.rest(r)})
		}
	}
	t.series = append(t.series, words)
	return slots
}

// groups builds the twin of a Grouped figure: one series of bars a part.
func (t *twin) groups() {
	low, high := t.bounds(t.shape)
	slots := t.axisSlots(low, high, nil)
	t.icon, t.grid.Top = "rect", 48
	t.height += len(slots) * 12 * len(t.shape.parts)
	for k, part := range t.shape.parts {
		color := seriesColor(k)
		s := seriesOption{SingleSeries: charts.SingleSeries{Type: "bar", Name: t.Columns[part].Label, BarMaxWidth: "16"}, ItemStyle: &itemStyle{Color: color}}
		for _, r := range slots {
			s.Data = append(s.Data, t.part(r, part, k, color))
		}
		t.legend = append(t.legend, t.Columns[part].Label)
		t.series = append(t.series, s)
	}
}

// part is one bar of a group; the first carries what no bar does.
func (t *twin) part(r *Row, part, k int, color string) item {
	if r == nil || !finite(r.cell(part)) {
		return item{}
	}
	datum := item{Value: r.cell(part), Tooltip: t.tip(r)}
	datum.Label = &labelOption{Show: true, Position: "right", Formatter: t.Columns[part].text(r.cell(part)), Color: token("ink2"), FontSize: 13}
	if k == 0 {
		datum.Rest = t.rest(r, part)
	}
	if r.State == TooFew {
		datum.Style = &itemStyle{Color: token("paper"), BorderColor: color, BorderWidth: 1.2, BorderType: "dashed"}
	}
	return datum
}

func seriesColor(k int) string {
	if k == 0 {
		return token("accent")
	}
	return token("s" + strconv.Itoa(min(k+1, mostColours)))
}

// gapPoints builds the twin of a Dumbbell figure: two series of points on a
// line from one to the other.
func (t *twin) gapPoints() {
	low, high := t.bounds(t.shape)
	var numbers []int
	if t.shape.value >= 0 {
		numbers = []int{t.shape.value}
	}
	slots := t.axisSlots(low, high, numbers)
	if len(t.shape.parts) < 2 {
		return
	}
	t.grid.Top, t.y[1].NameGap = 56, 8
	link := seriesOption{
		SingleSeries: charts.SingleSeries{Type: "custom"}, RenderItem: "@fn:whisker", Silent: true, Z: 3, Data: []item{},
		Encode: &encode{X: []int{0, 1}, Y: []int{2}}, ItemStyle: &itemStyle{Color: token("ink3")}, Tooltip: &showOption{},
	}
	for i, r := range slots {
		if r != nil && t.drawn(t.shape, r) {
			link.Data = append(link.Data, item{Value: []float64{r.cell(t.shape.parts[0]), r.cell(t.shape.parts[1]), float64(i)}})
		}
	}
	t.series = append(t.series, link)
	for k, part := range t.shape.parts[:2] {
		color := seriesColor(1 - k)
		s := seriesOption{SingleSeries: charts.SingleSeries{Type: "scatter", Name: t.Columns[part].Label, SymbolSize: 12}, Z: 5, ItemStyle: &itemStyle{Color: color}, Data: []item{}}
		if k == 0 {
			s.Symbol = "rect"
		}
		for i, r := range slots {
			if r != nil && t.drawn(t.shape, r) {
				datum := item{Value: []float64{r.cell(part), float64(i)}, Tooltip: t.tip(r), Rest: t.rest(r, t.shape.parts[:2]...)}
				if r.State == TooFew {
					datum.Style = &itemStyle{Color: token("paper"), BorderColor: color, BorderWidth: 1.5}
				}
				s.Data = append(s.Data, datum)
			}
		}
		t.legend = append(t.legend, t.Columns[part].Label)
		t.series = append(t.series, s)
	}
}

// cells builds the twin of a Heat figure.
func (t *twin) cells() {
	slots := t.rowAxes(0, 1, nil)
	all := 0
	t.x = []axisOption{{XAxis: opts.XAxis{Type: "category", Position: "top"}, AxisLabel: axisLabel{Show: true, Interval: &all, FontSize: 13, Color: token("ink2")}}}
	for _, part := range t.shape.parts {
		label := t.Columns[part].Label
		if letter := t.Columns[part].Letter; letter != "" {
			label += " (" + letter + ")"
		}
		t.x[0].Data = append(t.x[0].Data, category{Value: label})
	}
	t.grid.Top = 12
	s := seriesOption{SingleSeries: charts.SingleSeries{Type: "heatmap"}, Data: []item{}}
	for i, r := range slots {
		if r == nil {
			continue
		}
		if r.hidden() && len(t.shape.parts) > 0 {
			s.Data = append(s.Data, item{Value: []any{0, i, 0}, Label: &labelOption{Show: true, Position: "insideLeft", Formatter: verbatim(t.absent(t.words, r)), Color: token("ink3"), FontSize: 13}, Style: &itemStyle{Color: "transparent"}})
			continue
		}
		for k, part := range t.shape.parts {
			s.Data = append(s.Data, t.heatDatum(r, part, k, i))
		}
	}
	t.series = append(t.series, s)
}

func (t *twin) heatDatum(r *Row, part, k, i int) item {
	v, mark := r.cell(part), r.mark(part)
	if !finite(v) {
		return item{Value: []any{k, i, "-"}}
	}
	text := t.cellText(r, part)
	if mark.Letters != "" {
		text += " " + mark.Letters
	}
	datum := item{Value: []any{k, i, v}, Tooltip: t.tip(r), Label: &labelOption{Show: true, Formatter: verbatim(text), Color: token("ink"), FontSize: 13}}
	datum.Style = &itemStyle{Color: "transparent", BorderColor: token("paper"), BorderWidth: 2}
	if k == 0 {
		datum.Rest = t.rest(r, t.shape.parts...)
	}
	if r.Count {
		datum.Label.Color = token("ink3")
		return datum
	}
	datum.Style.Color = token("wash")
	if mark.State == TooFew || r.State == TooFew {
		datum.Style.BorderColor, datum.Style.BorderWidth, datum.Style.BorderType = token("ink3"), 1, "dashed"
		return datum
	}
	if tone := t.heatTone(r, part); tone != 0 {
		datum.Style.Color = token("h" + strconv.Itoa(toneClass(tone)))
	}
	return datum
}

// quartiles builds the twin of a Box figure.
func (t *twin) quartiles() {
	low, high := t.bounds(t.shape)
	var numbers []int
	if t.shape.value >= 0 {
		numbers = []int{t.shape.value}
	}
	slots := t.axisSlots(low, high, numbers)
	s := t.shape
	boxes := seriesOption{SingleSeries: charts.SingleSeries{Type: "boxplot"}, ItemStyle: &itemStyle{Color: token("band"), BorderColor: token("accent"), BorderWidth: 1.5}, Data: []item{}}
	points := seriesOption{SingleSeries: charts.SingleSeries{Type: "scatter", SymbolSize: 7}, ItemStyle: &itemStyle{Color: token("accent")}, Data: []item{}}
	for i, r := range slots {
		if r == nil || !t.drawn(s, r) {
			boxes.Data = append(boxes.Data, item{})
			continue
		}
		five := []float64{r.cell(s.low), r.cell(s.q1), r.cell(s.value), r.cell(s.q3), r.cell(s.high)}
		whole := true
		for _, v := range five {
			whole = whole && finite(v)
		}
		if n := r.cell(s.base); whole && (!finite(n) || n >= leastQuartiles) {
			boxes.Data = append(boxes.Data, item{Value: five, Tooltip: t.tip(r), Rest: t.rest(r, s.low, s.q1, s.value, s.q3, s.high)})
		} else {
			boxes.Data = append(boxes.Data, item{})
			points.Data = append(points.Data, item{Value: []float64{r.cell(s.value), float64(i)}, Tooltip: t.tip(r), Rest: t.rest(r, s.value), Style: &itemStyle{Color: token("paper"), BorderColor: token("accent"), BorderWidth: 1.5}})
		}
		for _, v := range r.outliers() {
			if finite(v) {
				points.Data = append(points.Data, item{Value: []float64{v, float64(i)}, Tooltip: t.tip(r)})
			}
		}
	}
	t.series = append(t.series, boxes, points)
}

// ranks builds the twin of a Funnel or Pyramid: centred bars on an invisible one.
func (t *twin) ranks() {
	_, most := t.extent(t.shape)
	var numbers []int
	if t.shape.value >= 0 {
		numbers = []int{t.shape.value}
	}
	slots := t.rowAxes(0, max(most, 1e-9), numbers)
	shift := seriesOption{
		SingleSeries: charts.SingleSeries{Type: "bar", Stack: "ranks", BarWidth: "78%"}, Silent: true,
		ItemStyle: &itemStyle{Color: "transparent"}, Emphasis: &emphasis{Disabled: true}, Tooltip: &showOption{},
	}
	bars := seriesOption{SingleSeries: charts.SingleSeries{Type: "bar", Stack: "ranks", BarWidth: "78%"}, ItemStyle: &itemStyle{Color: token("accent")}}
	for _, r := range slots {
		switch {
		case r == nil:
			shift.Data, bars.Data = append(shift.Data, item{}), append(bars.Data, item{})
		case !t.drawn(t.shape, r):
			shift.Data, bars.Data = append(shift.Data, item{Value: 0, Label: t.missingLabel(r), Rest: t.rest(r)}), append(bars.Data, item{})
		default:
			v := r.cell(t.shape.value)
			datum := item{Value: v, Tooltip: t.tip(r), Rest: t.rest(r, t.shape.value)}
			switch {
			case r.State == TooFew:
				datum.Style = &itemStyle{Color: token("paper"), BorderColor: token("accent"), BorderWidth: 1.2, BorderType: "dashed"}
			case !r.Strong && t.anyStrong():
				datum.Style = &itemStyle{Color: token("muted")}
			}
			shift.Data, bars.Data = append(shift.Data, item{Value: max((most-v)/2, 0)}), append(bars.Data, datum)
		}
	}
	t.series = append(t.series, shift, bars)
}
