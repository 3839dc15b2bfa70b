package chart

import (
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
)

type radarOption struct {
	Indicator []indicator `json:"indicator"`
	Radius    string      `json:"radius"`
	Center    []string    `json:"center"`
	AxisName  textStyle   `json:"axisName"`
	SplitArea showOption  `json:"splitArea"`
	SplitLine axisLine    `json:"splitLine"`
	AxisLine  axisLine    `json:"axisLine"`
	SplitNo   int         `json:"splitNumber"`
	Clockwise bool        `json:"clockwise"`
}

type indicator struct {
	Name string  `json:"name"`
	Min  float64 `json:"min"`
	Max  float64 `json:"max"`
}

// holed reports whether a series lacks a value on an axis: ECharts would draw
// it at the centre, as if it were the least.
func (f *Figure) holed() bool {
	for _, s := range f.web().values {
		for _, r := range s {
			if r == nil || !f.drawn(f.shape(), r) {
				return true
			}
		}
	}
	return false
}

// profile builds the twin of a Radar figure.
func (t *twin) profile() {
	p := &plate{Figure: t.Figure, shape: t.shape, words: t.words, wide: true, width: float64(Wide)}
	w := t.Figure.web()
	p.rings(w)
	hairline := axisLine{Show: true, Style: lineStyle{Color: token("line"), Width: 1}}
	t.radar = &radarOption{Clockwise: true, Radius: "62%", Center: []string{"50%", "54%"}, SplitLine: hairline, AxisLine: hairline, SplitNo: max(1, int((w.r.max-w.r.min)/w.by+.5))}
	t.radar.AxisName = textStyle{Color: token("ink2"), FontSize: 13}
	for _, axis := range w.axes {
		t.radar.Indicator = append(t.radar.Indicator, indicator{verbatim(strings.Join(fit("tick", axis, 150), "\n")), w.r.min, w.r.max})
	}
	t.height = 440
	s := seriesOption{SingleSeries: charts.SingleSeries{Type: "radar", SymbolSize: 8}, Emphasis: &emphasis{Focus: "self"}}
	for i, name := range w.names {
		s.Data = append(s.Data, t.profileItem(p, w, i))
		if name != "" {
			t.legend = append(t.legend, name)
		}
	}
	t.series = append(t.series, s)
	t.noteAbsent()
}

// profileItem is one series; numbers beside the values go by axis and column.
func (t *twin) profileItem(p *plate, w *web, i int) item {
	class := "s" + strconv.Itoa(i+1)
	color := token("accent")
	if i > 0 {
		color = token(class)
	}
	datum := item{Name: w.names[i], Symbol: symbol(class), Style: &itemStyle{Color: color, Opacity: 1}}
	datum.Line = &lineStyle{Color: color, Width: 2.5}
	if i > 0 {
		datum.Line.Width, datum.Line.Type = 1.8, [][]int{{6, 4}, {2, 3}, {8, 3, 2, 3}}[i-1]
	} else {
		datum.AreaStyle = &itemStyle{Color: color, Opacity: .14}
	}
	values, tip := []any{}, w.names[i]
	for axis, r := range w.values[i] {
		if r == nil || !finite(r.cell(t.shape.value)) {
			values = append(values, nil)
		} else {
			values = append(values, r.cell(t.shape.value))
		}
		if r == nil {
			continue
		}
		if !t.drawn(t.shape, r) {
			tip += "\n" + w.axes[axis] + " " + t.absent(t.words, r)
		} else {
			tip += "\n" + w.axes[axis] + " " + t.Columns[t.shape.value].text(r.cell(t.shape.value))
		}
		for id, v := range t.rest(r, t.shape.value) {
			if datum.Rest == nil {
				datum.Rest = map[string]float64{}
			}
			datum.Rest[strconv.Itoa(axis)+"."+id] = v
		}
	}
	datum.Value, datum.Tooltip = values, &tipOption{verbatim(tip)}
	return datum
}
