package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// The types below are go-echarts' with the fields they lack or have with a
// type that ECharts does not read; an outer field replaces an embedded one.

type seriesOption struct {
	charts.SingleSeries
	Silent     bool         `json:"silent,omitempty"`
	Encode     *encode      `json:"encode,omitempty"`
	Data       []item       `json:"data"`
	Label      *labelOption `json:"label,omitempty"`
	ItemStyle  *itemStyle   `json:"itemStyle,omitempty"`
	LineStyle  *lineStyle   `json:"lineStyle,omitempty"`
	Emphasis   *emphasis    `json:"emphasis,omitempty"`
	MarkLine   *markLine    `json:"markLine,omitempty"`
	MarkArea   *markArea    `json:"markArea,omitempty"`
	Layout     *labelLayout `json:"labelLayout,omitempty"`
	Tooltip    *showOption  `json:"tooltip,omitempty"`
	RenderItem string       `json:"renderItem,omitempty"`
	Iterations *int         `json:"layoutIterations,omitempty"` // of a sankey
	EdgeShape  string       `json:"edgeShape,omitempty"`
	Z          int          `json:"z,omitempty"`
}

// item is one datum.
type item struct {
	Value   any                `json:"value"` // number, list of numbers, or nil
	Label   *labelOption       `json:"label,omitempty"`
	Style   *itemStyle         `json:"itemStyle,omitempty"`
	Tooltip *tipOption         `json:"tooltip,omitempty"`
	Rest    map[string]float64 `json:"rest,omitempty"` // numbers ECharts has no place for

	SymbolSize any `json:"symbolSize,omitempty"`

	ID       string `json:"id,omitempty"` // of a node
	Name     string `json:"name,omitempty"`
	Symbol   string `json:"symbol,omitempty"`
	Children []item `json:"children,omitempty"`

	Line      *lineStyle `json:"lineStyle,omitempty"` // of a series that is one datum
	AreaStyle *itemStyle `json:"areaStyle,omitempty"`
}

type labelOption struct {
	Show       bool    `json:"show"`
	Position   string  `json:"position,omitempty"`
	Formatter  string  `json:"formatter,omitempty"`
	Color      string  `json:"color,omitempty"`
	Background string  `json:"backgroundColor,omitempty"`
	FontSize   int     `json:"fontSize,omitempty"`
	FontWeight int     `json:"fontWeight,omitempty"`
	Opacity    float64 `json:"opacity,omitempty"`
	LineHeight int     `json:"lineHeight,omitempty"`
	Rotate     *int    `json:"rotate,omitempty"`
}

type labelLayout struct {
	HideOverlap bool `json:"hideOverlap"`
}

type itemStyle struct {
	Color       string  `json:"color,omitempty"`
	BorderColor string  `json:"borderColor,omitempty"`
	BorderWidth float64 `json:"borderWidth,omitempty"`
	BorderType  string  `json:"borderType,omitempty"`
	Opacity     float64 `json:"opacity,omitempty"`
}

type lineStyle struct {
	Color string  `json:"color,omitempty"`
	Width float64 `json:"width,omitempty"`
	Type  any     `json:"type,omitempty"`
}

type emphasis struct {
	Disabled bool   `json:"disabled,omitempty"`
	Focus    string `json:"focus,omitempty"`
}

type encode struct {
	X []int `json:"x"`
	Y []int `json:"y"`
}

type showOption struct {
	Show bool `json:"show"`
}

type tipOption struct {
	Formatter string `json:"formatter"`
}

// markLine holds the grid and the reference line: unlike the lines of an
// axis they have labels written here, in the figure's formats.
type markLine struct {
	Silent    bool       `json:"silent"`
	Animation bool       `json:"animation"`
	Symbol    string     `json:"symbol"`
	Z         int        `json:"z"`
	Data      []markItem `json:"data"`
}

type markItem struct {
	X     *float64    `json:"xAxis,omitempty"`
	Y     *float64    `json:"yAxis,omitempty"`
	Line  lineStyle   `json:"lineStyle"`
	Label labelOption `json:"label"`
}

type axisOption struct {
	opts.XAxis
	Data      []category `json:"data,omitempty"`
	NameStyle *textStyle `json:"nameTextStyle,omitempty"`
	AxisLabel axisLabel  `json:"axisLabel"`
	AxisLine  axisLine   `json:"axisLine"`
	AxisTick  showOption `json:"axisTick"`
	SplitLine showOption `json:"splitLine"`
}

// category is one label of a category axis.
type category struct {
	Value string     `json:"value"`
	Style *textStyle `json:"textStyle,omitempty"`
}

type axisLabel struct {
	Show        bool   `json:"show"`
	Interval    *int   `json:"interval,omitempty"`
	HideOverlap bool   `json:"hideOverlap,omitempty"`
	Width       int    `json:"width,omitempty"`
	Overflow    string `json:"overflow,omitempty"`
	LineHeight  int    `json:"lineHeight,omitempty"`
	FontSize    int    `json:"fontSize,omitempty"`
	FontWeight  int    `json:"fontWeight,omitempty"`
	Color       string `json:"color,omitempty"`
}

type axisLine struct {
	Show  bool      `json:"show"`
	Style lineStyle `json:"lineStyle"`
}

type gridOption struct {
	Left          float64 `json:"left"`
	Right         float64 `json:"right"`
	Top           float64 `json:"top"`
	Bottom        float64 `json:"bottom"`
	BoundsMode    string  `json:"outerBoundsMode,omitempty"`
	BoundsContain string  `json:"outerBoundsContain,omitempty"`
}

type tooltipOption struct {
	opts.Tooltip
	RenderMode string    `json:"renderMode"`
	Confine    bool      `json:"confine"`
	TextStyle  textStyle `json:"textStyle"`
}

type textStyle struct {
	Color      string `json:"color,omitempty"`
	FontSize   int    `json:"fontSize,omitempty"`
	FontWeight string `json:"fontWeight,omitempty"`
	LineHeight int    `json:"lineHeight,omitempty"`
	Align      string `json:"align,omitempty"`
}

type titleOption struct {
	Text      string    `json:"text"`
	Left      string    `json:"left,omitempty"`
	Bottom    string    `json:"bottom,omitempty"`
	TextStyle textStyle `json:"textStyle"`
}

// mediaOption replaces parts of the option on a narrow screen.
type mediaOption struct {
	Query  mediaQuery  `json:"query"`
	Option mediaChange `json:"option"`
}

type mediaQuery struct {
	MaxWidth int `json:"maxWidth"`
}

type mediaChange struct {
	Y []mediaAxis `json:"yAxis,omitempty"`
}

type mediaAxis struct {
	AxisLabel mediaLabel `json:"axisLabel"`
}

type mediaLabel struct {
	Width    int    `json:"width,omitempty"`
	Overflow string `json:"overflow,omitempty"`
}

// markArea tints parts of the plot.
type markArea struct {
	Silent bool            `json:"silent"`
	Data   [][2]markCorner `json:"data"`
}

type markCorner struct {
	X     float64      `json:"xAxis"`
	Y     float64      `json:"yAxis"`
	Style *itemStyle   `json:"itemStyle,omitempty"`
	Label *labelOption `json:"label,omitempty"`
}

// linkOption is an arrow between nodes, by their ids.
type linkOption struct {
	Source  string             `json:"source"`
	Target  string             `json:"target"`
	Value   any                `json:"value,omitempty"`
	Symbol  []string           `json:"symbol,omitempty"` // at its ends
	Line    *curveStyle        `json:"lineStyle,omitempty"`
	Label   *labelOption       `json:"label,omitempty"`
	Tooltip *tipOption         `json:"tooltip,omitempty"`
	Rest    map[string]float64 `json:"rest,omitempty"`
}

type curveStyle struct {
	lineStyle
	Opacity float64 `json:"opacity,omitempty"`
}
