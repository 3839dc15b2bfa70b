package chart

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Option returns the figure's interactive twin: an ECharts option as JSON, safe inside
// <script type="application/json">. Colours are names of theme tokens that the page's script resolves.
//
// go-echarts only builds the option: its renderers write scripts into the page
// in which a label can become code, so they are never called. What its types
// lack, the twin adds as go-echarts' configuration visitor.
func (f *Figure) Option() ([]byte, error) {
	if f.Kind == Radar && len(f.Rows) > 0 && (!f.radiates() || f.holed()) {
		f = f.asDots()
	}
	t := &twin{Figure: f, shape: f.shape(), words: f.words()}
	switch {
	case len(f.Rows) == 0:
		t.title = &titleOption{Text: t.words.NoData, TextStyle: textStyle{Color: token("ink3"), FontSize: 14, FontWeight: "normal"}}
	case f.Kind == Diverging, f.Kind == Stacked:
		t.shares()
	case f.Kind == Lines:
		t.course()
	case f.Kind == Scatter:
		t.points()
	case f.Kind == Pareto:
		t.ranked()
	case f.Kind == Path:
		t.effects()
	case f.Kind == Transitions:
		t.moves()
	case f.Kind == Radar:
		t.profile()
	case f.Kind == Flow:
		t.process()
	case f.Kind == Tree || f.Kind == Fishbone:
		t.branches()
	case t.more():
	default:
		t.estimates()
	}
	frame := t.frame()
	frame.Accept(t)
	return json.Marshal(frame.JSON())
}

// frame is the option's tooltip and legend.
func (t *twin) frame() *charts.RectChart {
	// Of no type, as every series names its own, and without the defaults of
	// go-echarts, which it fills in by reflection and the twin replaces.
	var frame charts.RectChart
	frame.SetGlobalOptions(
		// The id is random unless set, and any theme but "white" keeps
		// go-echarts from writing a palette of its own.
		charts.WithInitializationOpts(opts.Initialization{ChartID: t.ID, Theme: "manyi"}),
		charts.WithTooltipOpts(opts.Tooltip{
			Show: opts.Bool(true), Trigger: "item",
			BackgroundColor: token("paper"), BorderColor: token("line"),
		}),
		charts.WithLegendOpts(opts.Legend{
			Show: opts.Bool(len(t.legend) > 0), Type: "scroll", Top: "0", Left: "0", Data: t.legend,
			ItemWidth: 12, ItemHeight: 12, Icon: t.icon, TextStyle: &opts.TextStyle{Color: token("ink2"), FontSize: 13},
		}),
	)
	return &frame
}

// twin collects the parts of an option and adds them to go-echarts' own.
type twin struct {
	charts.BaseConfigurationVisitor
	*Figure
	shape  shape
	words  Words
	title  *titleOption
	legend []string
	icon   string
	series []seriesOption
	x, y   []axisOption
	grid   gridOption
	media  []mediaOption
	height int // of the chart in CSS pixels
	radar  *radarOption
}

// Visit replaces what is always there but not wanted, and adds the rest.
func (t *twin) Visit(option map[string]any) {
	delete(option, "color")
	delete(option, "toolbox")
	delete(option, "title")
	if t.title != nil {
		option["title"] = t.title
	}
	option["grid"] = t.grid
	option["xAxis"], option["yAxis"] = t.x, t.y
	if t.radar != nil {
		option["radar"] = t.radar
	}
	if t.x == nil {
		delete(option, "xAxis")
		delete(option, "yAxis")
		delete(option, "grid")
	}
	option["animationDuration"] = 300
	option["height"] = max(t.height, 120) // for the page's script, which takes it out
	if t.media != nil {
		option["media"] = t.media
	}
}

// VisitTooltipOpt makes the tooltip drawn text: an HTML one needs inline styles.
func (t *twin) VisitTooltipOpt(tooltip opts.Tooltip) any {
	return tooltipOption{
		Tooltip: tooltip, RenderMode: "richText", Confine: true,
		TextStyle: textStyle{Color: token("ink"), FontSize: 13, LineHeight: 20},
	}
}

// VisitSeriesOpt returns the series with what their type lacks.
func (t *twin) VisitSeriesOpt(charts.MultiSeries) any {
	if t.series == nil {
		return []seriesOption{}
	}
	return t.series
}

// token names a colour of the theme. The page's script replaces such a string
// at the keys of colours only, so that a label of this form stays a label.
func token(name string) string { return "@token:" + name }

// verbatim keeps ECharts from reading a text as a template ({b}) or as rich
// text ({style|text}): an invisible joiner follows every opening brace.
func verbatim(s string) string { return strings.ReplaceAll(s, "{", "{\u2060") }

// tip is the tooltip of a row: every number in words.
func (t *twin) tip(r *Row) *tipOption { return &tipOption{verbatim(t.hover(t.words, r))} }

// rest returns the row's numbers that no mark carries, by column id, so that
// the twin holds the whole table.
func (t *twin) rest(r *Row, carried ...int) map[string]float64 {
	var rest map[string]float64
	for i, column := range t.Columns {
		v := r.cell(i)
		if !finite(v) || slices.Contains(carried, i) {
			continue
		}
		if rest == nil {
			rest = map[string]float64{}
		}
		rest[column.ID] = v
	}
	return rest
}
