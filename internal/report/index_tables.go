package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// indexItems is the table of items: the score (满意度) and, apart from it, the
// share of the best answers (满意率).
func (b *builder) indexItems(a survey.Analysis, c *measure.CSI) []Block {
	t := &Table{
		ID: b.figureID(a, "items-table"), Caption: b.say("csi.items_caption"), Note: b.say("csi.items_note"),
		Head: []string{b.say("figure.item"), b.say("csi.overall_weight"), b.say("csi.score"), b.say("csi.top_share"), b.say("figure.base")},
	}
	for _, i := range a.CSI.Leaves() {
		if item, ok := b.survey.Item(i.ID); ok && (item.Scale == nil || !b.asksSatisfaction(item)) {
			t.Head[3] = b.say("csi.top_rated") // not every item asks how satisfied somebody is
		}
	}
	rivals := slices.ContainsFunc(a.CSI.Leaves(), func(i survey.FacetItem) bool { return i.Competitor != nil })
	if rivals {
		t.Head = slices.Insert(t.Head, 3, b.say("csi.competitor"))
	}
	targets := false
	var add func(facets []*measure.IndexFacet, defined []survey.Facet)
	add = func(facets []*measure.IndexFacet, defined []survey.Facet) {
		for i, f := range facets {
			if len(f.Items) > 0 {
				t.Rows = append(t.Rows, Row{Label: b.facetName(a, defined[i].ID)})
			}
			for k, x := range f.Items {
				row := b.indexItem(defined[i].Items[k], x)
				if rivals {
					row.Cells = slices.Insert(row.Cells, 2, b.rival(defined[i].Items[k], x))
				}
				t.Rows = append(t.Rows, row)
				targets = targets || x.Target != nil
			}
			add(f.Facets, defined[i].Facets)
		}
	}
	add(c.Facets, a.CSI.Facets)
	if targets {
		t.Note = b.say("csi.items_targets") + t.Note
	}
	return []Block{{Table: t}}
}

// rival is the best competitor's score and how far ours is from it.
func (b *builder) rival(leaf survey.FacetItem, x *measure.IndexItem) Cell {
	if leaf.Competitor == nil {
		return Cell{Text: "–", Tone: "quiet"}
	}
	cell := Cell{Text: score1.String(*leaf.Competitor), Tone: "quiet"}
	if !x.Suppressed && x.N > 0 {
		cell.Mark = points.String(float64(x.Score) - *leaf.Competitor)
	}
	return cell
}

func (b *builder) indexItem(leaf survey.FacetItem, x *measure.IndexItem) Row {
	row := Row{Label: b.leafName(leaf)}
	quiet := func(s string) Cell { return Cell{Text: s, Tone: "quiet"} }
	switch {
	case x.Suppressed:
		row.Cells = []Cell{quiet("–"), quiet(b.say("table.hidden", "min", b.results.MinCell)), quiet("–"), quiet("–")}
		return row
	case x.N == 0:
		row.Cells = []Cell{quiet(percent.String(float64(x.Overall))), quiet(b.say("reason." + x.Why)), quiet("–"), quiet("0")}
		return row
	}
	score := Cell{Text: score1.String(float64(x.Score)), Mark: between(score1, x.CI95)}
	switch x.Verdict {
	case measure.Met:
		score.Tone = "good"
	case measure.Missed:
		score.Tone = "bad"
	}
	top := quiet("–")
	if q := b.questionOf(b.latest(), leaf.ID); q != nil && !q.Suppressed && q.Top != nil && q.N > 0 {
		top = Cell{Text: percent0.String(float64(q.Top.Share)), Mark: codes(q.Top.Codes)}
	}
	base := quiet(count(x.N))
	if x.N < 30 {
		base.Mark = b.say("table.few")
	}
	row.Cells = []Cell{quiet(percent.String(float64(x.Overall))), score, top, base}
	return row
}

// indexSchemes puts the ways of weighting side by side and names what changes places.
func (b *builder) indexSchemes(a survey.Analysis, c *measure.CSI) []Block {
	if len(c.Schemes) < 2 {
		return nil
	}
	t := &Table{ID: b.figureID(a, "schemes-table"), Caption: b.say("csi.schemes_caption"), Note: b.say("csi.schemes_note"), Head: []string{b.say("csi.way_head"), b.say("csi.score")}}
	for _, f := range a.CSI.Facets {
		t.Head = append(t.Head, b.facetName(a, f.ID))
	}
	low, high := math.Inf(1), math.Inf(-1)
	var turned []string
	for i, s := range c.Schemes {
		name := b.say("csi.way." + s.Scheme)
		row := Row{Label: name, Cells: []Cell{{Text: score1.String(float64(s.Score)), Mark: between(score1, s.CI95)}}}
		if i == 0 {
			row.Label = b.say("csi.chosen", "way", name)
		}
		low, high = min(low, float64(s.Score)), max(high, float64(s.Score))
		for _, f := range s.Facets {
			row.Cells = append(row.Cells, Cell{Text: b.number(f.Score), Mark: percent0.String(float64(f.Weight)), Tone: "quiet"})
		}
		t.Rows = append(t.Rows, row)
		turned = append(turned, b.reversals(a, s)...)
	}
	text := b.say("csi.schemes_text", "low", score1.String(low), "high", score1.String(high))
	blocks := []Block{{Text: text}, {Table: t}}
	if len(turned) == 0 {
		return append(blocks, Block{Text: b.say("csi.no_reversal")})
	}
	return append(blocks, Block{Lists: []List{{Title: b.say("csi.reversals"), Items: turned}}})
}

func (b *builder) number(x measure.Number) string {
	if math.IsNaN(float64(x)) {
		return "–"
	}
	return score1.String(float64(x))
}

// reversals says which facets and which groups a scheme puts in another order; at most four of each.
func (b *builder) reversals(a survey.Analysis, s *measure.IndexScheme) []string {
	var out []string
	tell := func(pairs [][2]string, name func(string) string) {
		for i, p := range pairs {
			if i == 4 {
				out = append(out, b.say("list.more", "n", len(pairs)-i))
				return
			}
			out = append(out, b.say("csi.reversal", "way", b.say("csi.way."+s.Scheme), "first", strings.TrimRight(b.spaced(name(p[0])), " "), "second", strings.TrimLeft(b.spaced(name(p[1])), " ")))
		}
	}
	tell(s.Reversals, func(id string) string { return b.facetName(a, id) })
	for _, id := range b.survey.Segments {
		item, ok := b.survey.Item(id)
		blocks := b.latest().block.BySegment[id]
		if ok && blocks != nil {
			tell(measure.Reversed(blocks, groupCodes(item, blocks), a.ID, s.Scheme), func(code string) string { return b.groupLabel(item, code) })
		}
	}
	return out
}

// indexAHP is the comparisons: weights and consistency of every node.
func (b *builder) indexAHP(a survey.Analysis, c *measure.CSI) []Block {
	if len(c.AHP) == 0 {
		return nil
	}
	names := map[string]string{}
	for _, i := range a.CSI.Leaves() {
		names[i.ID] = b.leafName(i)
	}
	t := &Table{
		ID: b.figureID(a, "ahp-table"), Caption: b.say("csi.ahp_caption"), Note: b.say("csi.ahp_note"),
		Head: []string{b.say("csi.node"), b.say("csi.judges"), b.say("csi.weights"), "λ", "CI", "RI", "CR"},
	}
	worst := 0.0
	for _, x := range c.AHP {
		node := b.say("csi.top")
		if x.Node != "" {
			node = b.facetName(a, x.Node)
		}
		var parts []string
		for i, id := range x.Below {
			name := b.facetName(a, id)
			if s, ok := names[id]; ok {
				name = s
			}
			parts = append(parts, b.weighed(name, x.Weights[i]))
		}
		cr := Cell{Text: b.fixed(x.CR)}
		if worst = max(worst, float64(x.CR)); float64(x.CR) >= .10 {
			cr.Tone = "bad"
		}
		t.Rows = append(t.Rows, Row{Label: node, Cells: []Cell{
			{Text: count(x.Judges), Tone: "quiet"},
			{Text: strings.Join(parts, b.say("list.comma")), Tone: "text"},
			{Text: b.fixed(x.Lambda)},
			{Text: b.fixed(x.CI)},
			{Text: b.fixed(x.RI), Tone: "quiet"},
			cr,
		}})
	}
	key := "csi.ahp_consistent"
	if worst >= .10 {
		key = "csi.ahp_inconsistent"
	}
	return []Block{{Text: b.say(key)}, {Table: t}}
}

// fixed writes a number with three decimals.
func (b *builder) fixed(x measure.Number) string {
	if math.IsNaN(float64(x)) {
		return "–"
	}
	return p3.String(float64(x))
}
