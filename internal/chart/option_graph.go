package chart

import (
	"math"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// boxGraph builds a graph of boxes at the places of the wide drawing, on axes
// that are not shown. ECharts joins the middles of nodes by straight lines, so
// every arrow is a chain of nodes without size at its bends and ends.
func (t *twin) boxGraph(g *graph, height float64, text func(int) string, link func(*edge) linkOption) {
	t.hiddenAxes(float64(Wide), height)
	t.height = int(math.Ceil(height))
	s := seriesOption{SingleSeries: charts.SingleSeries{Type: "graph", CoordSystem: "cartesian2d"}, Z: 5}
	s.EdgeSymbolSize = []int{0, 9}
	var links []linkOption
	for i := range g.edges {
		e := &g.edges[i]
		longest, at := 0.0, 1
		for k := 1; k < len(e.points); k++ {
			if d := long([2]spot{e.points[k-1], e.points[k]}); d > longest {
				longest, at = d, k
			}
		}
		id := func(k int) string { return "e" + strconv.Itoa(i) + "." + strconv.Itoa(k) }
		full := link(e)
		for k, q := range e.points {
			s.Data = append(s.Data, item{ID: id(k), Symbol: "none", SymbolSize: .1, Value: []float64{q.x, q.y}, Tooltip: &tipOption{}})
			if k == 0 {
				continue
			}
			l := linkOption{Line: full.Line}
			if k == at { // the number stands on the longest part
				l = full
			}
			l.Source, l.Target, l.Tooltip = id(k-1), id(k), t.tip(e.row)
			if k == len(e.points)-1 {
				l.Symbol = []string{"none", "arrow"}
			}
			links = append(links, l)
		}
	}
	for i := range g.nodes {
		s.Data = append(s.Data, t.boxItem(&g.nodes[i], i, text(i)))
	}
	s.Links = links
	t.series = append(t.series, s)
	t.carryRows(g.closing)
}

// hiddenAxes places things by the units of the drawing.
func (t *twin) hiddenAxes(width, height float64) {
	hide := func(high float64) axisOption {
		return axisOption{XAxis: opts.XAxis{Type: "value", Show: opts.Bool(false), Min: 0, Max: high}}
	}
	t.x, t.y = []axisOption{hide(width)}, []axisOption{hide(height)}
	t.y[0].Inverse = opts.Bool(true)
	t.grid = gridOption{}
}

// boxItem is one box.
func (t *twin) boxItem(n *node, i int, text string) item {
	b := n.box
	datum := item{ID: strconv.Itoa(i), Name: n.label, Symbol: "rect", SymbolSize: []float64{b.w, b.h}, Value: []float64{b.x + b.w/2, b.y + b.h/2}}
	datum.Label = &labelOption{Show: true, Position: "inside", Formatter: verbatim(text), Color: token("ink"), FontSize: 13, LineHeight: 17}
	datum.Style = &itemStyle{Color: token("wash"), Opacity: 1} // a border would be stretched with the symbol
	if n.row == nil {
		return datum
	}
	datum.Tooltip, datum.Rest = t.tip(n.row), t.rest(n.row)
	if n.row.Strong {
		datum.Style.BorderColor, datum.Style.BorderWidth = token("accent"), 1
	}
	if n.row.State == TooFew || n.row.hidden() {
		datum.Style.BorderColor, datum.Style.BorderWidth, datum.Style.BorderType = token("ink3"), 1, "dashed"
	}
	return datum
}

// carryRows keeps the numbers and words of rows that the twin does not draw,
// and of arrows that would close a circle, with a series that has no mark.
func (t *twin) carryRows(closing []*Row) {
	s := seriesOption{SingleSeries: charts.SingleSeries{Type: "scatter"}, Silent: true}
	var notes []string
	carry := func(r *Row, words string) {
		s.Data = append(s.Data, item{Rest: t.rest(r), Tooltip: t.tip(r)})
		notes = append(notes, r.Label+t.colon()+words)
	}
	for _, r := range closing {
		carry(r, t.closes())
	}
	for i := range t.Rows {
		if r := &t.Rows[i]; !t.drawn(t.shape, r) {
			carry(r, t.absent(t.words, r))
		}
	}
	if notes != nil {
		if t.x == nil {
			t.hiddenAxes(1, 1)
		}
		t.series = append(t.series, s)
		t.noteLines(notes)
	}
}

// effects builds the twin of a Path figure.
func (t *twin) effects() {
	p := &plate{Figure: t.Figure, shape: t.shape, words: t.words, wide: true, width: float64(Wide)}
	r := &routes{graph: t.graph(false)}
	if len(r.nodes) == 0 {
		t.carryRows(nil)
		return
	}
	height := p.route(r)
	text := func(i int) string {
		n := &r.nodes[i]
		return strings.Join(append(append([]string{}, r.texts[i]...), p.nodeNumbers(n, n.box.w-10)...), "\n")
	}
	level := 0
	t.boxGraph(r.graph, height, text, func(e *edge) linkOption {
		l := linkOption{Line: &curveStyle{lineStyle: lineStyle{Color: token("accent"), Width: 2, Type: "solid"}, Opacity: 1}}
		v := t.of(e.row, Value)
		if finite(v) {
			l.Value = v
			l.Label = &labelOption{Show: true, Position: "middle", Formatter: t.Columns[t.shape.value].text(v), Color: token("ink"), Background: token("paper"), FontSize: 13, Rotate: &level}
			l.Line.Width = 1.2 + 3*min(math.Abs(v), 1)
		}
		l.Rest = t.rest(e.row, t.shape.value)
		switch tone := p.edgeTone(e.row); {
		case strings.Contains(tone, "grey"):
			l.Line.Color, l.Line.Type, l.Line.Width = token("muted"), "dashed", 1.2
		case strings.Contains(tone, "warn"):
			l.Line.Color = token("bad")
		}
		if e.row.State == TooFew {
			l.Line.Type = "dashed"
		}
		return l
	})
}

// process builds the twin of a Flow figure.
func (t *twin) process() {
	p := &plate{Figure: t.Figure, shape: t.shape, words: t.words, wide: true, width: float64(Wide)}
	r := &river{graph: t.graph(true)}
	if len(r.nodes) == 0 {
		t.carryRows(nil)
		return
	}
	r.divide()
	height := p.layLanes(r)
	text := func(i int) string {
		n, text := &r.nodes[i], strings.Join(r.texts[i], "\n")
		if n.row == nil {
			return text
		}
		if n.row.hidden() {
			return text + "\n" + t.absent(t.words, n.row)
		}
		if i := t.with(Value); i >= 0 && finite(n.row.cell(i)) {
			text += "  " + t.Columns[i].text(n.row.cell(i))
		}
		if late := p.late(n); late != "" {
			text += " · " + late
		}
		if detail := p.detail(n, n.box.w-24); detail != nil {
			text += "\n" + strings.Join(detail, "\n")
		}
		return text
	}
	level := 0
	t.boxGraph(r.graph, height, text, func(e *edge) linkOption {
		l := linkOption{Line: &curveStyle{lineStyle: lineStyle{Color: token("ink3"), Width: 1.5, Type: "solid"}, Opacity: 1}, Rest: t.rest(e.row)}
		if !r.straight(e) {
			l.Line.Color = token("accent")
		}
		if words := p.word(e, 84); words != nil {
			l.Label = &labelOption{Show: true, Position: "middle", Formatter: verbatim(strings.Join(words, "\n")), Color: token("ink2"), Background: token("paper"), FontSize: 13, Rotate: &level}
		}
		return l
	})
}
