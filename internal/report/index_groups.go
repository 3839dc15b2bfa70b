package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// indexGroups is the index and its facets by group of every segment.
func (b *builder) indexGroups(a survey.Analysis, c *measure.CSI) []Block {
	var out []Block
	for _, id := range b.survey.Segments {
		item, ok := b.survey.Item(id)
		blocks := b.latest().block.BySegment[id]
		if !ok || len(blocks) == 0 {
			continue
		}
		out = append(out, Block{Figure: b.indexByGroup(a, c, item, blocks)})
		if len(c.Facets) > 1 {
			out = append(out, Block{Figure: b.facetsByGroup(a, c, item, blocks)})
		}
	}
	return out
}

// groupIndex is the index of one group; hidden means that there are too few answers to show it.
func groupIndex(block *measure.Block, id string) (c *measure.CSI, hidden bool) {
	if block == nil || block.Suppressed {
		return nil, true
	}
	switch x := block.Analyses[id].(type) {
	case *measure.CSI:
		return x, false
	case *measure.Hidden:
		return nil, true
	}
	return nil, false
}

// indexByGroup is the score of every group with its interval.
func (b *builder) indexByGroup(a survey.Analysis, c *measure.CSI, segment survey.Item, blocks map[string]*measure.Block) *chart.Figure {
	f := &chart.Figure{
		ID: b.figureID(a, "by", segment.ID), Kind: chart.Dots, Lang: b.lang, Note: b.say("note.groups", "measure", b.say("csi.measure"), "weighted", b.weightedNote()),
		Columns: b.valueColumns("score", b.say("csi.score"), score1), Words: b.chartWords(b.say("figure.group")),
		Axis: chart.Axis{Reference: float64(c.Score), RefLabel: b.say("figure.all")},
	}
	f.Words.TooFew = b.say("warning.base_under_30")
	var high, low *measure.CSI
	var best, worst string
	for _, code := range groupCodes(segment, blocks) {
		label := b.groupLabel(segment, code)
		x, hidden := groupIndex(blocks[code], a.ID)
		if x == nil {
			f.Rows = append(f.Rows, b.scoreRow(label, hidden, 0, 0, measure.Interval{}))
			continue
		}
		f.Rows = append(f.Rows, b.scoreRow(label, false, x.N, x.Score, x.CI95))
		if x.N < 30 { // too few to lead a title
			continue
		}
		if high == nil || x.Score > high.Score {
			high, best = x, label
		}
		if low == nil || x.Score < low.Score {
			low, worst = x, label
		}
	}
	switch name := b.label(segment); {
	case b.comparedIndex(a, segment.ID) != nil:
		f.Title = b.groupTitle(b.calledAnalysis(a), segment, b.comparedIndex(a, segment.ID), "look.groups_points", score1)
	case high == nil || high == low:
		f.Title = b.say("title.groups_few", "segment", name)
	case high.CI95[0] > low.CI95[1]:
		f.Title = b.say("csi.groups_differ", "segment", name, "high", strings.TrimLeft(b.spaced(best), " "), "low", b.spaced(worst), "difference", score1.String(float64(high.Score-low.Score)))
	default:
		f.Title = b.say("csi.groups_same", "segment", name)
	}
	return f
}

// comparedIndex is the comparison of an index between the groups of a segment,
// adjusted with the other figures; nil where there is none.
func (b *builder) comparedIndex(a survey.Analysis, segment string) *measure.Compared {
	c, ok := b.latest().block.Analyses["compare"].(*measure.Compare)
	if !ok {
		return nil
	}
	at := slices.IndexFunc(c.Figures, func(f *measure.Compared) bool {
		return f.Segment == segment && f.Figure == "analyses."+a.ID+".score"
	})
	if at < 0 {
		return nil
	}
	return c.Figures[at]
}

// facetsByGroup is the score of every top facet in every group.
func (b *builder) facetsByGroup(a survey.Analysis, c *measure.CSI, segment survey.Item, blocks map[string]*measure.Block) *chart.Figure {
	f := &chart.Figure{
		ID: b.figureID(a, "facets", "by", segment.ID), Kind: chart.Heat, Lang: b.lang, Note: b.say("csi.heat_note"),
		Words: b.chartWords(b.say("csi.facet")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{{ID: "all", Label: b.say("figure.all"), Role: chart.Part, Format: score1}},
	}
	f.Words.TooFew = b.say("warning.base_under_30")
	groups := groupCodes(segment, blocks)
	for _, code := range groups {
		f.Columns = append(f.Columns, chart.Column{ID: "g_" + slug(code), Label: b.groupLabel(segment, code), Role: chart.Part, Format: score1})
	}
	for k, facet := range c.Facets {
		row := chart.Row{Label: b.facetName(a, a.CSI.Facets[k].ID), Cells: blank(len(f.Columns)), Marks: make([]chart.Mark, len(f.Columns))}
		row.Cells[0] = float64(facet.Score)
		if facet.Suppressed {
			row.Cells[0], row.Marks[0].State = math.NaN(), chart.Suppressed
		}
		for i, code := range groups {
			x, hidden := groupIndex(blocks[code], a.ID)
			mark := &row.Marks[i+1]
			switch {
			case hidden || x != nil && x.Facets[k].Suppressed:
				mark.State = chart.Suppressed
			case x == nil || x.Facets[k].N == 0:
				mark.State = chart.Empty
			default:
				row.Cells[i+1] = float64(x.Facets[k].Score)
				if x.Facets[k].N < fewest {
					mark.State = chart.TooFew
					break
				}
				mark.Tone = apart(x.Facets[k].CI95, facet.CI95)
			}
		}
		f.Rows = append(f.Rows, row)
	}
	b.apartTitle(f, segment, len(groups))
	return f
}

// apartTitle counts the groups that a tint sets apart from everyone.
func (b *builder) apartTitle(f *chart.Figure, segment survey.Item, groups int) {
	apart := 0
	for k := range f.Columns {
		if slices.ContainsFunc(f.Rows, func(r chart.Row) bool { return r.Marks[k].Tone != 0 }) {
			apart++
		}
	}
	if f.Title = b.say("look.heat_apart", "n", apart, "segment", b.label(segment), "all", groups); apart == 0 {
		f.Title, f.Plain = b.say("csi.heat_same", "segment", b.label(segment)), true
	}
}

// apart is the tone of a group whose interval does not meet that of everyone.
func apart(group, all measure.Interval) float64 {
	switch {
	case group[0] > all[1]:
		return .67
	case group[1] < all[0]:
		return -.67
	}
	return 0
}
