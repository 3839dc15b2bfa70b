package report

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
)

// modelLevers is the importance–performance map of the constructs and of their questions.
func (b *builder) modelLevers(m modelled) []Block {
	if len(m.result.IPMA) == 0 {
		return []Block{{Text: b.say("model.no_levers", "target", b.construct(m, m.result.Target))}}
	}
	blocks := []Block{{Text: b.say("model.lever_text", "target", b.construct(m, m.result.Target))}}
	if len(m.result.IPMA) < leastLevers { // no map of quadrants: the means would be the points themselves
		for _, l := range m.result.IPMA {
			blocks = append(blocks, Block{Text: b.say("model.lever_one", "lever", b.construct(m, l.Construct), "points", mean2.String(float64(l.Importance)), "interval", between(mean2, l.CI95),
				"target", b.construct(m, m.result.Target), "index", score1.String(float64(l.Performance)))})
		}
	} else {
		blocks = append(blocks, Block{Figure: b.leverFigure(m)})
	}
	if f := b.leverItems(m); f != nil {
		blocks = append(blocks, Block{Figure: f})
	}
	return blocks
}

// leastLevers is how many points a map of quadrants needs.
const leastLevers = 3

// lever is one point of a map.
type lever struct {
	label          string
	x, low, high   float64 // importance
	y, bottom, top float64 // performance
	undecided      bool
}

// settle finds whether an interval crosses a cut, so that the point has no quadrant.
func (l *lever) settle(x, y float64) {
	l.undecided = l.low <= x && l.high >= x || l.bottom <= y && l.top >= y
}

func (b *builder) leverFigure(m modelled) *chart.Figure {
	var all []lever
	for _, l := range m.result.IPMA {
		all = append(all, lever{
			label: b.construct(m, l.Construct), x: float64(l.Importance), low: float64(l.CI95[0]), high: float64(l.CI95[1]),
			y: float64(l.Performance), bottom: float64(l.PerfCI95[0]), top: float64(l.PerfCI95[1]),
		})
	}
	f := b.leverMap(m, "ipma", all)
	f.Note = b.say("model.lever_note", "target", b.construct(m, m.result.Target), "base", count(m.result.N), "weighted", b.weightedNote())
	f.Title = b.leverTitle(m, all, f.Cuts)
	return f
}

// leverTitle names what is clearly important and clearly weak, else the most important.
func (b *builder) leverTitle(m modelled, all []lever, cuts *chart.Cuts) string {
	first, best := fixFirst(all, cuts), all[0]
	for _, l := range all {
		if l.x > best.x {
			best = l
		}
	}
	if len(first) > 0 {
		return b.say("model.lever_first", "levers", b.join(first))
	}
	if best.low <= 0 {
		return b.say("model.lever_unclear", "target", b.construct(m, m.result.Target))
	}
	return b.say("model.lever_title", "lever", best.label, "points", mean2.String(best.x), "target", b.construct(m, m.result.Target))
}

// fixFirst names what is clearly important and clearly weak.
func fixFirst(all []lever, cuts *chart.Cuts) (first []string) {
	for _, l := range all {
		if l.x > cuts.X && l.y < cuts.Y && !l.undecided {
			first = append(first, l.label)
		}
	}
	return first
}

// leverItems is the same map of the single questions, nil where constructs have one each.
func (b *builder) leverItems(m modelled) *chart.Figure {
	var all []lever
	for _, l := range m.result.IPMA {
		for _, i := range l.Indicators {
			all = append(all, lever{
				label: b.indicator(i.ID), x: float64(i.Importance), low: float64(i.CI95[0]), high: float64(i.CI95[1]),
				y: float64(i.Performance), bottom: float64(i.PerfCI95[0]), top: float64(i.PerfCI95[1]),
			})
		}
	}
	if len(all) == len(m.result.IPMA) || len(all) < leastLevers {
		return nil
	}
	f := b.leverMap(m, "ipma-items", all)
	f.Words.Row = b.say("figure.item")
	best := slices.MaxFunc(all, func(x, y lever) int { return cmp.Compare(x.x, y.x) })
	f.Title = b.say("model.lever_item_title", "item", best.label)
	if first := fixFirst(all, f.Cuts); len(first) > 0 {
		f.Title = b.say("model.lever_item_first", "items", b.fewNames(first))
	}
	f.Note = b.say("model.lever_item_note", "target", b.construct(m, m.result.Target), "base", count(m.result.N), "weighted", b.weightedNote())
	return f
}

// leverMap is importance across and performance up, cut at their means.
func (b *builder) leverMap(m modelled, id string, all []lever) *chart.Figure {
	x, y := 0.0, 0.0
	for _, l := range all {
		x, y = x+l.x/float64(len(all)), y+l.y/float64(len(all))
	}
	f := &chart.Figure{
		ID: m.id(id), Kind: chart.Scatter, Lang: b.lang, Words: b.chartWords(b.say("model.construct")),
		Columns: []chart.Column{
			{ID: "importance", Label: b.say("model.importance"), Role: chart.X, Format: mean2},
			{ID: "importance_low", Label: b.say("figure.low"), Role: chart.XLow, Format: mean2},
			{ID: "importance_high", Label: b.say("figure.high"), Role: chart.XHigh, Format: mean2},
			{ID: "performance", Label: b.say("model.performance"), Role: chart.Y, Format: score1},
			{ID: "performance_low", Label: b.say("figure.low"), Role: chart.YLow, Format: score1},
			{ID: "performance_high", Label: b.say("figure.high"), Role: chart.YHigh, Format: score1},
		},
		Axis: chart.Axis{Label: b.say("model.performance"), Reference: math.NaN()}, Across: chart.Axis{Label: b.say("model.importance"), Reference: math.NaN()},
		Cuts: &chart.Cuts{
			X: x, Y: y, XLabel: b.say("model.cut", "mean", mean2.String(x)), YLabel: b.say("model.cut", "mean", score1.String(y)),
			Quadrants: [4]chart.Quadrant{{Name: b.say("model.overkill")}, {Name: b.say("model.keep_up")}, {Name: b.say("model.low_priority")}, {Name: b.say("model.fix_first"), Tone: chart.First}},
		},
	}
	for i := range all {
		l := &all[i]
		l.settle(x, y)
		r := chart.Row{Label: l.label, Cells: []float64{l.x, l.low, l.high, l.y, l.bottom, l.top}}
		if l.undecided {
			r.State = chart.Undecided
		}
		f.Rows = append(f.Rows, r)
	}
	return f
}

// modelDiagnostics is the diagnostic questions under each construct, nil without any.
func (b *builder) modelDiagnostics(m modelled) []Block {
	var blocks []Block
	for _, c := range m.result.Constructs {
		if len(c.Diagnostics) > 0 {
			blocks = append(blocks, Block{Figure: b.diagnosticFigure(m, c)}, Block{Table: b.diagnosticTable(m, c)})
		}
	}
	if blocks == nil {
		return nil
	}
	return append([]Block{{Text: b.say("model.diagnostics_text")}}, blocks...)
}

// byStrength are the questions from the strongest relation to the weakest.
func byStrength(c *measure.ModelConstruct) []*measure.Diagnostic {
	return slices.SortedStableFunc(slices.Values(c.Diagnostics), func(x, y *measure.Diagnostic) int {
		return cmp.Compare(strength(y), strength(x))
	})
}

func strength(d *measure.Diagnostic) float64 {
	if math.IsNaN(float64(d.R)) {
		return -1
	}
	return math.Abs(float64(d.R))
}

func (b *builder) diagnosticFigure(m modelled, c *measure.ModelConstruct) *chart.Figure {
	f := &chart.Figure{
		ID: m.id(slug("diagnostics", c.ID)), Kind: chart.Dots, Lang: b.lang, Note: b.say("model.diagnostic_note", "construct", b.construct(m, c.ID), "weighted", b.weightedNote()),
		Columns: b.valueColumns("r", b.say("model.r"), mean2), Words: b.chartWords(b.say("figure.item")), Axis: chart.Axis{Reference: 0, Max: 1},
	}
	order := byStrength(c)
	f.Title = b.say("model.diagnostic_none", "construct", b.construct(m, c.ID))
	if best := order[0]; best.RCI95[0] > 0 || best.RCI95[1] < 0 {
		f.Title = b.say("model.diagnostic_title", "item", b.indicator(best.ID), "construct", b.construct(m, c.ID))
	}
	for _, d := range order {
		row := chart.Row{Label: b.indicator(d.ID), Cells: []float64{float64(d.R), float64(d.RCI95[0]), float64(d.RCI95[1]), float64(d.N)}}
		if math.IsNaN(float64(d.R)) {
			row.State, row.Why = chart.Empty, b.say("model.no_relation")
		}
		if f.Axis.Min = min(f.Axis.Min, row.Cells[1]); math.IsNaN(f.Axis.Min) {
			f.Axis.Min = 0
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}

func (b *builder) diagnosticTable(m modelled, c *measure.ModelConstruct) *Table {
	t := &Table{ID: m.id(slug("diagnostics", c.ID, "table")), Caption: b.say("model.diagnostic_table", "construct", b.construct(m, c.ID)), Note: b.say("model.diagnostic_table_note"), Head: []string{
		b.say("figure.item"), b.say("model.performance_word"), b.say("model.r"), b.say("model.beta"), b.say("figure.base"),
	}}
	for _, d := range byStrength(c) {
		t.Rows = append(t.Rows, Row{Label: b.indicator(d.ID), Cells: []Cell{
			{Text: score1.String(float64(d.Mean))},
			{Text: mean2.String(float64(d.R)), Mark: between(mean2, d.RCI95)},
			{Text: mean2.String(float64(d.Beta)), Mark: between(mean2, d.BetaCI95)},
			{Text: count(d.N), Tone: "quiet"},
		}})
	}
	return t
}
