package chart

import (
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// moves builds the twin of a Transitions figure.
func (t *twin) moves() {
	p := &plate{Figure: t.Figure, shape: t.shape, words: t.words, wide: true, width: float64(Wide)}
	a := t.alluvium()
	if a.manyStates() {
		t.title = &titleOption{Text: t.crowded(), TextStyle: textStyle{Color: token("ink3"), FontSize: 14, FontWeight: "normal"}}
		return
	}
	none := 0
	s := seriesOption{SingleSeries: charts.SingleSeries{
		Type: "sankey", Left: "120", Right: "120", Top: "16", Bottom: "16", NodeGap: opts.Int(16), NodeWidth: opts.Int(10), Draggable: opts.Bool(false),
	}, Iterations: &none}
	for side, position := range []string{"left", "right"} {
		for state := range a.sides[side] {
			if !a.sides[side][state].present {
				continue
			}
			datum := item{Name: strconv.Itoa(side) + "." + strconv.Itoa(state), Style: &itemStyle{Color: token("ink2")}}
			datum.Label = &labelOption{Show: true, Position: position, Formatter: verbatim(a.states[state]), Color: token("ink"), FontSize: 13}
			datum.Tooltip = &tipOption{verbatim(a.states[state])}
			s.Data = append(s.Data, datum)
		}
	}
	links := []linkOption{}
	for i := range a.moves {
		m := &a.moves[i]
		if !finite(m.value) {
			continue
		}
		color := map[string]string{"gained": "accent", "lost": "bad", "kept": "muted"}[p.moveClass(m)]
		l := linkOption{Source: "0." + strconv.Itoa(m.from), Target: "1." + strconv.Itoa(m.to), Value: m.value, Tooltip: t.tip(m.row), Rest: t.rest(m.row, t.shape.value)}
		l.Line = &curveStyle{lineStyle: lineStyle{Color: token(color)}, Opacity: .35}
		l.Label = &labelOption{Show: m.value > 0, Formatter: t.Columns[t.shape.value].text(m.value), Color: token("ink"), FontSize: 13}
		links = append(links, l)
	}
	s.Links = links
	t.series = append(t.series, s)
	t.height = 360
	t.carryRows(nil)
	if t.title != nil {
		t.series[0].Bottom = "60"
	}
}
