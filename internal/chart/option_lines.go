package chart

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// course builds the twin of a Lines figure. A line that is broken is several
// series of one name, which the legend shows once.
func (t *twin) course() {
	p := &plate{Figure: t.Figure, shape: t.shape, words: t.words, wide: true, width: float64(Wide)}
	c := p.chronology()
	low, high := p.onTicks(p.bounds(t.shape))
	c.y = scale{min: low, max: high}
	p.locate(c)
	t.x = []axisOption{{
		XAxis:     opts.XAxis{Type: "category"},
		AxisLabel: axisLabel{Show: true, HideOverlap: true, FontSize: 13, Color: token("ink3")},
		AxisLine:  axisLine{Show: true, Style: lineStyle{Color: token("line")}},
	}}
	for _, label := range c.labels {
		t.x[0].Data = append(t.x[0].Data, category{Value: label})
	}
	t.y = []axisOption{{XAxis: opts.XAxis{Type: "value", Min: low, Max: high}}}
	t.height = 320
	t.grid = gridOption{Left: c.plotX + 4, Right: 12, Top: 24, Bottom: 32}
	// The grid hangs on a series without data, which no legend switches off.
	t.series = append(t.series, seriesOption{
		SingleSeries: charts.SingleSeries{Type: "line"}, Silent: true, Data: []item{},
		MarkLine: t.gridMarks(low, high, func(m *markItem, v float64) { m.Y = &v }),
	})
	for i := range c.lines {
		t.line(&c.lines[i], len(c.labels))
	}
	if len(c.lines) > 1 {
		t.grid.Top = 56
		for _, s := range c.lines {
			t.legend = append(t.legend, s.name)
		}
	}
	t.events(c.labels)
	t.goals(c.labels)
	t.carryMissing()
	t.noteMissing(p.missing(c), c.labels)
}

// line adds the series of one line: its runs, its bands and its whiskers.
func (t *twin) line(s *series, columns int) {
	color := token("accent")
	switch s.class {
	case "grey":
		color = token("muted")
	case "s2", "s3", "s4":
		color = token(s.class)
	}
	common := func(kind string) seriesOption {
		return seriesOption{SingleSeries: charts.SingleSeries{Type: kind, Name: s.name}, ItemStyle: &itemStyle{Color: color}}
	}
	band := common("custom")
	band.RenderItem, band.Silent, band.Tooltip = "@fn:band", true, &showOption{}
	band.Encode = &encode{X: []int{0, 3}, Y: []int{1, 2, 4, 5}}
	whisker := common("custom")
	whisker.RenderItem, whisker.Silent, whisker.Tooltip = "@fn:whisker", true, &showOption{}
	whisker.Encode = &encode{X: []int{0}, Y: []int{1, 2}}
	for _, run := range s.runs() {
		line := common("line")
		line.LineStyle = &lineStyle{Color: color, Width: 2.5}
		line.Emphasis, line.Layout = &emphasis{Focus: "series"}, &labelLayout{HideOverlap: true}
		line.SymbolSize, line.Symbol, line.ShowSymbol, line.Z = 8, symbol(s.class), opts.Bool(true), 6
		line.Data = make([]item, columns)
		for _, q := range run {
			line.Data[q.column] = t.pointDatum(q, color, s.class != "grey")
		}
		t.series = append(t.series, line)
		for _, part := range intervals(run) {
			for i := 1; i < len(part); i++ {
				band.Data = append(band.Data, item{Value: append(t.ends(part[i-1]), t.ends(part[i])...)})
			}
			if len(part) == 1 {
				whisker.Data = append(whisker.Data, item{Value: t.ends(part[0])})
			}
		}
	}
	for _, extra := range []seriesOption{band, whisker} {
		if extra.Data != nil && s.class != "grey" {
			t.series = append(t.series, extra)
		}
	}
}

// symbol is the marker that the drawing has for a class.
func symbol(class string) string {
	switch class {
	case "s2":
		return "rect"
	case "s3":
		return "diamond"
	case "s4":
		return "triangle"
	}
	return "circle"
}

// ends returns the place and the interval of a point.
func (t *twin) ends(q point) []float64 {
	return []float64{float64(q.column), q.row.cell(t.shape.low), q.row.cell(t.shape.high)}
}

func (t *twin) pointDatum(q point, color string, coloured bool) item {
	carried := []int{t.shape.value}
	if q.interval && coloured {
		carried = append(carried, t.shape.low, t.shape.high)
	}
	v := q.row.cell(t.shape.value)
	datum := item{Value: v, Tooltip: t.tip(q.row), Rest: t.rest(q.row, carried...)}
	if coloured {
		datum.Label = &labelOption{Show: true, Position: "top", Formatter: t.valueFormat(t.shape).String(v), Color: color, FontSize: 13, FontWeight: 600}
	}
	if q.row.State == TooFew {
		datum.Style = &itemStyle{Color: token("paper"), BorderColor: color, BorderWidth: 1.8}
	}
	return datum
}

// carryMissing keeps the numbers of rows without a value, such as a base of
// none, with the series that holds the grid.
func (t *twin) carryMissing() {
	for i := range t.Rows {
		if r := &t.Rows[i]; !t.drawn(t.shape, r) {
			if rest := t.rest(r); rest != nil {
				t.series[0].Data = append(t.series[0].Data, item{Rest: rest})
			}
		}
	}
}

// noteMissing writes under the plot which points are missing and why.
func (t *twin) noteMissing(words [][]string, labels []string) {
	var notes []string
	for i, label := range labels {
		for _, word := range words[i] {
			notes = append(notes, label+t.colon()+word)
		}
	}
	t.noteLines(notes)
}

// noteLines writes lines under the plot.
func (t *twin) noteLines(notes []string) {
	if notes == nil {
		return
	}
	style := textStyle{Color: token("ink3"), FontSize: 13, FontWeight: "normal", LineHeight: 18}
	t.title = &titleOption{Text: strings.Join(notes, "\n"), Left: "0", Bottom: "0", TextStyle: style}
	t.grid.Bottom += float64(len(notes)) * 18
	t.height += len(notes) * 18
}
