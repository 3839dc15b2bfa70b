package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
)

// modelPaths is the diagram of the paths and the table of effects.
func (b *builder) modelPaths(m modelled) []Block {
	blocks := []Block{{Figure: b.pathFigure(m)}, {Text: b.explained(m)}, {Table: b.pathTable(m)}}
	if slices.ContainsFunc(m.result.Effects, func(e *measure.Effect) bool { return e.Indirect != 0 }) {
		blocks = append(blocks, Block{Table: b.effectsTable(m)})
	}
	return blocks
}

// pathFigure is the constructs with index and R², joined by their coefficients.
func (b *builder) pathFigure(m modelled) *chart.Figure {
	nan := math.NaN()
	f := &chart.Figure{
		ID: m.id("diagram"), Kind: chart.Path, Lang: b.lang, Title: b.pathTitle(m), Words: b.chartWords(b.say("model.path")), Axis: chart.Axis{Reference: nan},
		Note: b.say("model.path_note", "base", count(m.result.N), "resamples", count(m.result.Resamples), "weighted", b.weightedNote()),
		Columns: []chart.Column{
			{ID: "coefficient", Label: b.say("model.coefficient"), Role: chart.Value, Format: mean2},
			{ID: "ci95_low", Label: b.say("figure.low"), Role: chart.Low, Format: mean2},
			{ID: "ci95_high", Label: b.say("figure.high"), Role: chart.High, Format: mean2},
			{ID: "p", Label: "p", Format: p3, Probability: true},
			{ID: "index", Label: b.say("model.index_word"), Role: chart.Index, Format: score1},
			{ID: "r_squared", Label: "R²", Role: chart.Fit, Format: mean2},
		},
	}
	f.Words.Undecided = b.say("model.undecided")
	for _, c := range m.result.Constructs {
		f.Rows = append(f.Rows, chart.Row{
			Node: c.ID, Label: b.construct(m, c.ID), Strong: c.ID == m.result.Target,
			Cells: []float64{nan, nan, nan, nan, float64(c.Index), float64(c.RSquared)},
		})
	}
	for _, e := range m.result.Paths {
		r := chart.Row{
			From: e.From, To: e.To, Label: b.arrow(m, e.From, e.To),
			Cells: []float64{float64(e.Coefficient), float64(e.CI95[0]), float64(e.CI95[1]), float64(e.P), nan, nan},
		}
		if !e.Significant() {
			r.State = chart.Undecided
		}
		f.Rows = append(f.Rows, r)
	}
	return f
}

func (b *builder) arrow(m modelled, from, to string) string {
	return b.construct(m, from) + " → " + b.construct(m, to)
}

// pathTitle names the strongest direct path to the target.
func (b *builder) pathTitle(m modelled) string {
	var best *measure.ModelPath
	for _, e := range m.result.Paths {
		if e.To == m.result.Target && e.Significant() && e.Coefficient > 0 && (best == nil || e.Coefficient > best.Coefficient) {
			best = e
		}
	}
	if best == nil {
		return b.say("model.path_none", "target", b.construct(m, m.result.Target))
	}
	return b.say("model.path_title", "cause", b.construct(m, best.From), "target", b.construct(m, m.result.Target), "coefficient", mean2.String(float64(best.Coefficient)))
}

// explained says how much of the target its causes explain, and which paths
// cannot be told from none.
func (b *builder) explained(m modelled) string {
	c := m.result.Construct(m.result.Target)
	text := b.say("model.explained", "target", b.construct(m, c.ID), "share", percent0.String(float64(c.RSquared)), "interval", between(percent0, c.RSquaredCI95))
	var none []string
	for _, e := range m.result.Paths {
		if !e.Significant() {
			none = append(none, b.arrow(m, e.From, e.To))
		}
	}
	if len(none) == 0 {
		return text + b.say("model.all_paths", "n", len(m.result.Paths))
	}
	return text + b.say("model.no_paths", "n", len(none), "paths", strings.Join(none, b.say("list.comma")))
}

// pathTable is every path with its doubt.
func (b *builder) pathTable(m modelled) *Table {
	t := &Table{ID: m.id("path-table"), Caption: b.say("model.path_table"), Note: b.say("model.path_table_note"), Head: []string{
		b.say("model.path"), b.say("model.coefficient"), b.say("model.se"), "p", "f²", "VIF",
	}}
	for _, e := range m.result.Paths {
		coefficient := Cell{Text: mean2.String(float64(e.Coefficient)), Mark: between(mean2, e.CI95)}
		if !e.Significant() {
			coefficient.Tone = "quiet"
		}
		t.Rows = append(t.Rows, Row{Label: b.arrow(m, e.From, e.To), Cells: []Cell{
			coefficient,
			{Text: p3.String(float64(e.SE)), Tone: "quiet"},
			{Text: strings.TrimPrefix(p(e.P), "=\u00a0"), Tone: "quiet"},
			{Text: mean2.String(float64(e.FSquared)), Mark: b.effectSize(float64(e.FSquared)), Tone: "quiet"},
			{Text: mean2.String(float64(e.VIF)), Tone: "quiet"},
		}})
	}
	return t
}

// effectSize words f²: small from 0.02, medium from 0.15, large from 0.35 (Cohen 1988).
func (b *builder) effectSize(f float64) string {
	switch {
	case f >= .35:
		return b.say("model.large")
	case f >= .15:
		return b.say("model.medium")
	case f >= .02:
		return b.say("model.small")
	}
	return b.say("model.tiny")
}

// effectsTable is direct, indirect and total effects, the target's first.
func (b *builder) effectsTable(m modelled) *Table {
	t := &Table{ID: m.id("effects"), Caption: b.say("model.effects"), Note: b.say("model.effects_note"), Head: []string{
		b.say("model.from"), b.say("model.direct"), b.say("model.indirect"), b.say("model.total"), b.say("model.points"),
	}}
	add := func(to string) {
		group := Row{Label: b.say("model.on", "construct", b.construct(m, to))}
		for _, e := range m.result.Effects {
			if e.To != to {
				continue
			}
			if group.Label != "" {
				t.Rows, group.Label = append(t.Rows, group), ""
			}
			t.Rows = append(t.Rows, b.effectRow(m, e))
		}
	}
	add(m.result.Target)
	for _, c := range m.result.Constructs {
		if c.ID != m.result.Target {
			add(c.ID)
		}
	}
	return t
}

func (b *builder) effectRow(m modelled, e *measure.Effect) Row {
	number := func(v measure.Number) Cell {
		if v == 0 {
			return Cell{Text: "–", Tone: "quiet"}
		}
		return Cell{Text: mean2.String(float64(v))}
	}
	total := number(e.Total)
	total.Mark = between(mean2, e.CI95)
	if e.CI95[0] <= 0 && e.CI95[1] >= 0 {
		total.Tone = "quiet"
	}
	return Row{Label: b.construct(m, e.From), Cells: []Cell{
		number(e.Direct), number(e.Indirect), total, {Text: change2.String(float64(e.Points)), Mark: between(change2, e.PointsCI95)},
	}}
}
