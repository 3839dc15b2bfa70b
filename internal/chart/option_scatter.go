package chart

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// points builds the twin of a Scatter figure: points, cuts as mark lines,
// quadrants to act on as mark areas.
func (t *twin) points() {
	p := &plate{Figure: t.Figure, shape: t.shape, words: t.words, wide: true, width: float64(Wide)}
	m := p.field()
	p.locatePoints(m)
	axis := func(s scale, name string, role Role) axisOption {
		low, high := s.min, s.max
		a := axisOption{XAxis: opts.XAxis{Type: "value", Name: name, NameLocation: "middle", NameGap: 28, Min: low, Max: high}}
		a.NameStyle = &textStyle{Color: token("ink3"), FontSize: 13}
		a.AxisLabel = axisLabel{Show: false}
		a.AxisLine = axisLine{Show: true, Style: lineStyle{Color: token("line")}}
		return a
	}
	t.x = []axisOption{axis(m.x, t.axisName(t.Across, X), X)}
	t.y = []axisOption{axis(m.y, t.axisName(t.Axis, Y), Y)}
	t.y[0].NameGap = 44
	t.grid = gridOption{Left: 64, Right: 16, Top: 28, Bottom: 52}
	t.height = 480
	s := seriesOption{SingleSeries: charts.SingleSeries{Type: "scatter", SymbolSize: 12}, Layout: &labelLayout{HideOverlap: true}, Z: 5}
	s.MarkLine = t.cutLines(m)
	s.MarkArea = t.zones(m)
	drawn := 0
	for i := range t.Rows {
		r := &t.Rows[i]
		if !t.drawn(t.shape, r) {
			s.Data = append(s.Data, item{Rest: t.rest(r), Tooltip: t.tip(r)})
			continue
		}
		s.Data = append(s.Data, t.pointItem(p, &m.marks[drawn]))
		drawn++
	}
	t.series = append(t.series, s)
	t.noteAbsent()
}

// pointItem is one point with its name.
func (t *twin) pointItem(p *plate, k *blob) item {
	color, ink := token("accent"), token("ink2")
	switch p.pointTone(k) {
	case " warn":
		color, ink = token("bad"), token("bad")
	case " muted":
		color = token("muted")
	}
	datum := item{Value: []float64{t.of(k.row, X), t.of(k.row, Y)}, Tooltip: t.tip(k.row), Rest: t.rest(k.row, t.with(X), t.with(Y)), SymbolSize: 2 * k.r}
	datum.Label = &labelOption{Show: true, Position: "right", Formatter: verbatim(k.row.Label), Color: ink, FontSize: 13}
	if k.urgent || k.row.Strong {
		datum.Label.FontWeight = 600
	}
	datum.Style = &itemStyle{Color: color, Opacity: 1}
	switch {
	case k.row.State == TooFew || k.row.State == Undecided:
		datum.Style = &itemStyle{Color: token("paper"), BorderColor: color, BorderWidth: 1.8, Opacity: 1}
	case t.with(Area) >= 0:
		datum.Style.Opacity = .55
	}
	return datum
}

// cutLines returns the numbers of both axes and the cuts.
func (t *twin) cutLines(m *matrix) *markLine {
	var items []markItem
	add := func(role Role, s scale, position string, place func(*markItem, float64)) {
		at, format := t.fieldTicks(role, s.min, s.max, 5)
		for _, v := range at {
			k := markItem{Line: lineStyle{Color: token("line"), Width: 0.01, Type: "solid"}}
			if t.Cuts == nil {
				k.Line.Width = 1
			}
			k.Label = labelOption{Show: true, Position: position, Formatter: format.String(v), Color: token("ink3"), FontSize: 13}
			place(&k, v)
			items = append(items, k)
		}
	}
	x := func(k *markItem, v float64) { k.X = &v }
	y := func(k *markItem, v float64) { k.Y = &v }
	add(X, m.x, "start", x)
	add(Y, m.y, "start", y)
	cut := func(v float64, label string, place func(*markItem, float64)) {
		if !finite(v) {
			return
		}
		k := markItem{Line: lineStyle{Color: token("ink2"), Width: 1, Type: []int{4, 4}}}
		k.Label = labelOption{Show: label != "", Position: "insideEndTop", Formatter: verbatim(label), Color: token("ink2"), FontSize: 13}
		place(&k, v)
		items = append(items, k)
	}
	if c := t.Cuts; c != nil {
		cut(c.X, c.XLabel, func(k *markItem, v float64) { x(k, v); k.Label.Position = "end" })
		cut(c.Y, c.YLabel, y)
	}
	return marks(items...)
}

// zones returns the quadrants with their names.
func (t *twin) zones(m *matrix) *markArea {
	c := t.Cuts
	if c == nil || !finite(c.X) || !finite(c.Y) {
		return nil
	}
	area := &markArea{Silent: true}
	x := [4][2]float64{{m.x.min, c.X}, {c.X, m.x.max}, {m.x.min, c.X}, {c.X, m.x.max}}
	y := [4][2]float64{{c.Y, m.y.max}, {c.Y, m.y.max}, {m.y.min, c.Y}, {m.y.min, c.Y}}
	place := [4]string{"insideTopLeft", "insideTopRight", "insideBottomLeft", "insideBottomRight"}
	for i, q := range c.Quadrants {
		from := markCorner{X: x[i][0], Y: y[i][0], Style: &itemStyle{Color: "transparent"}}
		from.Label = &labelOption{Show: q.Name != "", Position: place[i], Formatter: verbatim(q.Name), Color: token("ink3"), FontSize: 13}
		if q.Tone == First {
			from.Style.Color, from.Label.Color, from.Label.FontWeight = token("zone"), token("bad"), 600
		}
		area.Data = append(area.Data, [2]markCorner{from, {X: x[i][1], Y: y[i][1]}})
	}
	return area
}

// noteAbsent writes under the chart which rows have no mark and why.
func (t *twin) noteAbsent() {
	var notes []string
	for i := range t.Rows {
		if r := &t.Rows[i]; !t.drawn(t.shape, r) {
			notes = append(notes, r.Label+t.colon()+t.absent(t.words, r))
		}
	}
	t.noteLines(notes)
}
