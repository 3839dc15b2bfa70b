package chart

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// branches builds the twin of a Tree or Fishbone figure.
func (t *twin) branches() {
	p := &plate{Figure: t.Figure, shape: t.shape, words: t.words, wide: true, width: float64(Wide)}
	roots, circles := t.Figure.branches()
	s := seriesOption{SingleSeries: charts.SingleSeries{
		Type: "tree", Left: "120", Right: "230", Top: "24", Bottom: "12", Orient: "LR",
		ExpandAndCollapse: opts.Bool(true), InitialTreeDepth: -1, SymbolSize: 8, Roam: opts.Bool(false),
	}}
	s.EdgeShape = "polyline"
	s.LineStyle = &lineStyle{Color: token("line"), Width: 1}
	leaves := 0
	for _, root := range roots {
		root.each(func(b *branch) {
			if len(b.children) == 0 {
				leaves++
			}
		})
		s.Data = append(s.Data, t.branchItem(p, root))
	}
	if len(s.Data) > 1 {
		s.Data = []item{{Name: verbatim(t.Title), Children: s.Data, Style: &itemStyle{Color: token("muted")}}}
	}
	t.series = append(t.series, s)
	t.height = 60 + 52*leaves
	var notes []string
	for _, r := range circles {
		notes = append(notes, r.Label+t.colon()+t.closes())
	}
	t.noteLines(notes)
}

// branchItem is one node with those below it.
func (t *twin) branchItem(p *plate, b *branch) item {
	datum := item{Name: b.row.Label, Tooltip: t.tip(b.row), Rest: t.rest(b.row, t.with(Value))}
	if v := t.of(b.row, Value); finite(v) {
		datum.Value = v
	}
	text := strings.Join(append(fit("pt", b.row.Label, 190), p.branchNumbers(b.row, 190)...), "\n")
	datum.Label = &labelOption{Show: true, Position: "right", Formatter: verbatim(text), Color: token("ink"), Background: token("paper"), FontSize: 13, LineHeight: 16}
	if len(b.children) > 0 {
		datum.Label.Position = "top"
	}
	datum.Symbol = "circle"
	datum.Style = &itemStyle{Color: token("muted"), Opacity: 1}
	if b.row.Strong || b.depth == 0 {
		datum.Style.Color = token("accent")
	}
	if b.row.State == TooFew || b.row.hidden() {
		datum.Style = &itemStyle{Color: token("paper"), BorderColor: token("ink3"), BorderWidth: 1.5, Opacity: 1}
	}
	for _, c := range b.children {
		datum.Children = append(datum.Children, t.branchItem(p, c))
	}
	return datum
}
