package report

import (
	"math"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// facetFigure is the facets with their intervals, the subfacets below their facet.
func (b *builder) facetFigure(a survey.Analysis, c *measure.CSI) *chart.Figure {
	f := &chart.Figure{
		ID: b.figureID(a, "facets"), Kind: chart.Dots, Lang: b.lang, Note: b.say("csi.facets_note", "weighted", b.weightedNote()),
		Columns: b.valueColumns("score", b.say("csi.score"), score1), Words: b.chartWords(b.say("csi.facet")), Axis: chart.Axis{Reference: math.NaN()},
	}
	f.Columns = append(f.Columns, chart.Column{ID: "weight", Label: b.say("csi.overall_weight"), Format: percent})
	f.Axis.Reference, f.Axis.RefLabel = float64(c.Score), b.say("csi.short")
	if c.Target != nil {
		f.Axis.Reference, f.Axis.RefLabel = float64(*c.Target), b.say("figure.target_at", "target", score1.String(float64(*c.Target)))
	}
	f.Words.TooFew = b.say("warning.base_under_30")
	if own := b.ownTargets(a, c); own != "" {
		f.Note += b.say("csi.own_targets", "targets", own)
	}
	missed := b.missedFacets(a, c)
	switch {
	case len(missed) > 0:
		f.Title = b.say("csi.facets_missed", "n", len(missed), "facets", b.join(missed))
	default:
		f.Title = b.say("csi.facets_title")
		if best, worst := facetExtremes(c); best != nil {
			f.Title = b.say("look.facets_ends", "best", b.facetName(a, best.ID), "high", score1.String(float64(best.Score)), "worst", b.facetName(a, worst.ID), "low", score1.String(float64(worst.Score)))
		}
	}
	var add func(facets []*measure.IndexFacet, defined []survey.Facet, group string)
	add = func(facets []*measure.IndexFacet, defined []survey.Facet, group string) {
		for i, x := range facets {
			label := b.facetName(a, defined[i].ID)
			f.Rows = append(f.Rows, b.scoreRow(label, x.Suppressed, x.N, x.Score, x.CI95, float64(x.Overall)))
			f.Rows[len(f.Rows)-1].Series = group
		}
		for i, x := range facets {
			if len(x.Facets) > 0 {
				add(x.Facets, defined[i].Facets, b.facetName(a, defined[i].ID))
			}
		}
	}
	group := ""
	if a.CSI.Depth() > 1 {
		group = b.analysisName(a, "csi.name")
	}
	add(c.Facets, a.CSI.Facets, group)
	return f
}

// facetRadar is the top facets of the latest wave over those of the wave before.
func (b *builder) facetRadar(a survey.Analysis) *chart.Figure {
	f := &chart.Figure{
		ID: b.figureID(a, "radar"), Kind: chart.Radar, Lang: b.lang, Title: b.say("csi.radar_one"), Note: b.say("csi.radar_note", "weighted", b.weightedNote()),
		Words: b.chartWords(b.say("csi.facet")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{{ID: "score", Label: b.say("csi.score"), Role: chart.Value, Format: score1}, {ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole}},
	}
	f.Words.TooFew = b.say("warning.base_under_30")
	for i := max(0, len(b.waves)-2); i < len(b.waves); i++ {
		w := b.waves[i]
		c := b.indexOf(w, a.ID)
		if c == nil {
			continue
		}
		f.Axis.Min, f.Axis.Max = float64(c.Range[0]), float64(c.Range[1])
		series := w.label
		if series == "" {
			series = b.analysisName(a, "csi.name")
		}
		for k, x := range c.Facets {
			row := b.scoreRow(b.facetName(a, a.CSI.Facets[k].ID), x.Suppressed, x.N, x.Score, x.CI95)
			row.Series, row.Strong = series, i == len(b.waves)-1
			row.Cells = []float64{row.Cells[0], row.Cells[3]}
			f.Rows = append(f.Rows, row)
		}
	}
	if len(b.waves) > 1 {
		f.Title = b.say("csi.radar", "wave", strings.TrimLeft(b.spaced(b.latest().label), " "))
	}
	return f
}

// ownTargets lists the facets with a target of their own.
func (b *builder) ownTargets(a survey.Analysis, c *measure.CSI) string {
	var out []string
	for i, f := range c.Facets {
		if f.Target != nil {
			out = append(out, b.facetName(a, a.CSI.Facets[i].ID)+"\u00a0"+chartNumber(float64(*f.Target)))
		}
	}
	return strings.Join(out, b.say("list.comma"))
}

// missedFacets are the top facets whose interval lies below their target or that of the index.
func (b *builder) missedFacets(a survey.Analysis, c *measure.CSI) []string {
	var out []string
	for i, f := range c.Facets {
		target := f.Target
		if target == nil {
			target = c.Target
		}
		if target != nil && !f.Suppressed && f.N > 1 && f.CI95[1] < *target {
			out = append(out, b.facetName(a, a.CSI.Facets[i].ID))
		}
	}
	return out
}

// scoreRow is one score with interval, base and more cells.
func (b *builder) scoreRow(label string, hidden bool, n int, score measure.Number, ci measure.Interval, more ...float64) chart.Row {
	row := chart.Row{Label: label, Cells: append(blank(4), more...)}
	switch {
	case hidden:
		row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
		row.Cells = blank(len(row.Cells))
		return row
	case n == 0:
		row.State, row.Why = chart.Empty, b.say("reason.no_answers")
		return row
	case n < 30:
		row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
	}
	copy(row.Cells, []float64{float64(score), float64(ci[0]), float64(ci[1]), float64(n)})
	return row
}

// indexTree is the whole tree with score and weight in every box.
func (b *builder) indexTree(a survey.Analysis, c *measure.CSI) *chart.Figure {
	f := &chart.Figure{
		ID: b.figureID(a, "tree"), Kind: chart.Tree, Lang: b.lang, Title: b.treeTitle(a), Note: b.say("csi.tree_note"), Words: b.chartWords(b.say("csi.node")), Axis: chart.Axis{Max: 100, Reference: math.NaN()},
		Columns: []chart.Column{
			{ID: "score", Label: b.say("csi.score"), Role: chart.Value, Format: score1},
			{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
			{ID: "weight", Label: b.say("csi.weight"), Format: percent},
			{ID: "overall_weight", Label: b.say("csi.overall_weight"), Format: percent},
		},
	}
	f.Words.TooFew = b.say("warning.base_under_30")
	add := func(id, from, label string, hidden bool, n int, score, weight, overall measure.Number) {
		row := b.scoreRow(label, hidden, n, score, measure.Interval{}, 0)
		row.Node, row.From, row.Cells = id, from, []float64{float64(score), float64(n), float64(weight), float64(overall)}
		if row.State == chart.Suppressed || row.State == chart.Empty {
			row.Cells = blank(4)
		}
		f.Rows = append(f.Rows, row)
	}
	add("index", "", b.analysisName(a, "csi.name"), false, c.N, c.Score, 1, 1)
	f.Rows[0].Strong = true
	var below func(from string, facets []*measure.IndexFacet, defined []survey.Facet)
	below = func(from string, facets []*measure.IndexFacet, defined []survey.Facet) {
		for i, x := range facets {
			id := slug(from, defined[i].ID)
			add(id, from, b.weighed(b.facetName(a, defined[i].ID), x.Weight), x.Suppressed, x.N, x.Score, x.Weight, x.Overall)
			below(id, x.Facets, defined[i].Facets)
			for k, y := range x.Items {
				add(slug(id, defined[i].Items[k].ID), id, b.weighed(b.leafName(defined[i].Items[k]), y.Weight), y.Suppressed, y.N, y.Score, y.Weight, y.Overall)
			}
		}
	}
	below("index", c.Facets, a.CSI.Facets)
	return f
}

// treeTitle counts what the index is made of.
func (b *builder) treeTitle(a survey.Analysis) string {
	facets, items := 0, 0
	var below func([]survey.Facet)
	below = func(list []survey.Facet) {
		for _, f := range list {
			facets, items = facets+1, items+len(f.Items)
			below(f.Facets)
		}
	}
	below(a.CSI.Facets)
	if facets < 2 {
		return b.say("csi.tree_title")
	}
	return b.say("look.tree", "facets", facets, "items", items)
}

// weighed is a name with its weight among its siblings.
func (b *builder) weighed(name string, weight measure.Number) string {
	return b.say("csi.weighed", "name", name, "weight", percent0.String(float64(weight)))
}
