package report

import (
	"cmp"
	"strconv"

	"manyi/internal/chart"
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
	for start := 0; start < len(m.result.Groups); {
		end := start + 1
		for end < len(m.result.Groups) && end-start < mostPairs && m.result.Groups[end].Segment == m.result.Groups[start].Segment {
			end++
		}
		blocks = append(blocks, Block{Table: b.groupTable(m, m.result.Groups[start:end], start)})
		start = end
	}
	return blocks
}

// mostPairs is how many pairs of groups stand side by side in a table.
const mostPairs = 3

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

// groupTable is the differences of some pairs, indices first, then paths.
func (b *builder) groupTable(m modelled, pairs []*measure.ModelGroups, at int) *Table {
	t := &Table{ID: m.id(slug("pairs", strconv.Itoa(at+1))), Caption: b.say("model.between_waves"), Head: []string{b.say("model.figure")}, Note: b.say("model.pair_note")}
	if item, ok := b.survey.Item(pairs[0].Segment); ok {
		t.Caption = b.say("model.between_groups", "segment", b.label(item))
	}
	for _, g := range pairs {
		one, two := b.pairNames(g)
		t.Head = append(t.Head, b.say("model.pair", "a", one, "b", two))
	}
	t.Rows = append(t.Rows, Row{Label: b.say("model.index_word")})
	for i, x := range pairs[0].Index {
		row := Row{Label: b.construct(m, x.Construct)}
		for _, g := range pairs {
			row.Cells = append(row.Cells, b.contrastCell(g.Index[i].Contrast, points))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, Row{Label: b.say("model.coefficient")})
	for i, x := range pairs[0].Paths {
		row := Row{Label: b.arrow(m, x.From, x.To)}
		for _, g := range pairs {
			row.Cells = append(row.Cells, b.contrastCell(g.Paths[i].Contrast, change2))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (b *builder) contrastCell(c measure.Contrast, f chart.Format) Cell {
	cell := Cell{Text: f.String(float64(c.Difference)), Mark: "p " + p(c.Holm), Tone: "quiet"}
	if c.Holm < 0.05 {
		cell.Tone = "moved"
	}
	return cell
}
