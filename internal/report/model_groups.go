package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/measure"
)

// modelGroups compares paths and indices between groups and waves, nil where
// nothing was compared.
func (b *builder) modelGroups(m modelled) []Block {
	if len(m.result.Groups) == 0 {
		return nil
	}
	var found []string
	for _, g := range m.result.Groups {
		found = append(found, b.contrasts(m, g)...)
	}
	list := List{Title: b.say("model.differences"), Items: found, Empty: b.say("model.no_differences")}
	blocks := []Block{{Lists: []List{list}}}
	for i, g := range m.result.Groups {
		blocks = append(blocks, Block{Table: b.groupTable(m, g, i)})
	}
	return blocks
}

// pairNames are the names of the two groups.
func (b *builder) pairNames(g *measure.ModelGroups) (string, string) {
	if g.Segment == "" {
		name := func(id string) string {
			for _, w := range b.waves {
				if w.id == id {
					return cmp.Or(w.label, id)
				}
			}
			return id
		}
		return name(g.A), name(g.B)
	}
	item, ok := b.survey.Item(g.Segment)
	if !ok {
		return g.A, g.B
	}
	return b.groupLabel(item, g.A), b.groupLabel(item, g.B)
}

// contrasts words what stands up to Holm's adjustment.
func (b *builder) contrasts(m modelled, g *measure.ModelGroups) []string {
	var out []string
	one, two := b.pairNames(g)
	for _, x := range g.Index {
		if x.Holm < 0.05 {
			out = append(out, b.say("model.index_differs", "construct", b.construct(m, x.Construct), "a", one, "b", two, "in_a", score1.String(float64(x.InA)), "in_b", score1.String(float64(x.InB)), "p", p(x.Holm)))
		}
	}
	for _, x := range g.Paths {
		if x.Holm < 0.05 {
			out = append(out, b.say("model.path_differs", "path", b.arrow(m, x.From, x.To), "a", one, "b", two, "in_a", mean2.String(float64(x.InA)), "in_b", mean2.String(float64(x.InB)), "p", p(x.Holm)))
		}
	}
	return out
}

func (b *builder) groupTable(m modelled, g *measure.ModelGroups, at int) *Table {
	one, two := b.pairNames(g)
	t := &Table{ID: m.id(slug("pair", strconv.Itoa(at+1))), Caption: b.say("model.pair", "a", one, "b", two), Head: []string{b.say("model.figure"), one, two, b.say("model.difference"), "p", b.say("table.p")}, Note: b.say("model.pair_note")}
	t.Rows = append(t.Rows, Row{Label: b.say("model.index_word")})
	for _, x := range g.Index {
		t.Rows = append(t.Rows, Row{Label: b.construct(m, x.Construct), Cells: b.contrastCells(x.Contrast, score1.String(float64(x.InA)), score1.String(float64(x.InB)), points.String(float64(x.Difference)))})
	}
	t.Rows = append(t.Rows, Row{Label: b.say("model.coefficient")})
	ordered := slices.SortedStableFunc(slices.Values(g.Paths), func(x, y *measure.GroupPath) int {
		return cmp.Compare(math.Abs(float64(y.Difference)), math.Abs(float64(x.Difference)))
	})
	for _, x := range ordered {
		t.Rows = append(t.Rows, Row{Label: b.arrow(m, x.From, x.To), Cells: b.contrastCells(x.Contrast, mean2.String(float64(x.InA)), mean2.String(float64(x.InB)), change2.String(float64(x.Difference)))})
	}
	return t
}

func (b *builder) contrastCells(c measure.Contrast, one, two, difference string) []Cell {
	cell := Cell{Text: difference, Tone: "quiet"}
	if c.Holm < 0.05 {
		cell.Tone = "moved"
	}
	p1, p2 := strings.TrimPrefix(p(c.P), "=\u00a0"), strings.TrimPrefix(p(c.Holm), "=\u00a0")
	return []Cell{{Text: one}, {Text: two}, cell, {Text: p1, Tone: "quiet"}, {Text: p2, Tone: "quiet"}}
}
