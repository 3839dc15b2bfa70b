package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// commonSections are the indices on the items that two waves share, beside those on all items.
func (b *builder) commonSections() []Section {
	t, ok := b.latest().block.Analyses["trend"].(*measure.Trend)
	if !ok || len(t.Shared) == 0 {
		return nil
	}
	if text := b.commonAll(t); text != nil {
		return []Section{{ID: "common-items", Title: b.say("history.common"), Blocks: text}}
	}
	out := Section{ID: "common-items", Title: b.say("history.common"), Blocks: []Block{{Text: b.say("history.common_text")}}}
	table := &Table{
		ID: "common-table", Caption: b.say("history.common_table"), Note: b.say("history.common_note"),
		Head: []string{b.say("history.figure"), b.say("history.steps"), b.say("history.all_items"), b.say("history.common_items"), b.say("history.change"), b.say("table.p")},
	}
	for _, c := range t.Shared {
		at := slices.IndexFunc(b.survey.Analyses, func(a survey.Analysis) bool { return a.ID == c.Analysis })
		if at < 0 {
			continue
		}
		a := b.survey.Analyses[at]
		out.Blocks = append(out.Blocks, Block{Text: b.commonText(a, c)})
		for _, f := range c.Figures {
			table.Rows = append(table.Rows, b.commonRow(a, c, f))
		}
	}
	if len(table.Rows) > 0 {
		out.Blocks = append(out.Blocks, Block{Table: table})
	}
	return []Section{out}
}

// commonAll says of every index that all waves asked the same items; nil where
// one of them did not.
func (b *builder) commonAll(t *measure.Trend) []Block {
	var out []Block
	told := map[string]bool{}
	for _, c := range t.Shared {
		at := slices.IndexFunc(b.survey.Analyses, func(a survey.Analysis) bool { return a.ID == c.Analysis })
		if at < 0 || c.Reason != "" || len(c.LeftOut) > 0 || !sameChange(t, c) {
			return nil
		}
		if !told[c.Analysis] {
			out = append(out, Block{Text: b.say("history.common_all", "name", b.analysisName(b.survey.Analyses[at], "csi.name"), "n", len(c.Items))})
		}
		told[c.Analysis] = true
	}
	return out
}

// sameChange reports whether the common items change as all items do.
func sameChange(t *measure.Trend, c *measure.CommonItems) bool {
	for _, f := range c.Figures {
		for _, x := range t.Figures {
			if x.Figure != "analyses."+c.Analysis+"."+f.Figure {
				continue
			}
			if slices.ContainsFunc(x.Steps, func(s *measure.Step) bool {
				return s.From == c.From && s.To == c.To && math.Abs(float64(s.Difference-f.Difference)) > 0.005
			}) {
				return false
			}
		}
	}
	return true
}

func (b *builder) commonText(a survey.Analysis, c *measure.CommonItems) string {
	name, from, to := b.analysisName(a, "csi.name"), b.waveName(c.From), b.waveName(c.To)
	switch {
	case c.Reason == measure.NoCommonItems:
		return b.say("history.common_none", "name", name, "from", from, "to", to)
	case len(c.LeftOut) == 0:
		return b.say("history.common_same", "name", name, "from", from, "to", to, "n", len(c.Items))
	}
	var names []string
	for _, l := range c.LeftOut {
		item, _ := b.survey.Item(l.Item)
		names = append(names, b.say("history.left", "item", b.name(item), "reason", b.say("reason."+l.Reason)))
	}
	return b.say("history.common_out", "name", name, "from", from, "to", to, "items", b.join(names))
}

func (b *builder) commonRow(a survey.Analysis, c *measure.CommonItems, f *measure.CommonFigure) Row {
	name := b.analysisName(a, "csi.name")
	if id, of := strings.CutPrefix(f.Figure, "facets."); of {
		name = b.facetName(a, strings.TrimSuffix(id, ".score"))
	}
	row := Row{Label: name, Cells: []Cell{{Text: b.say("history.step", "from", b.waveName(c.From), "to", b.waveName(c.To)), Tone: "quiet"}, b.allItemsCell(a, c, f)}}
	if f.Reason != "" {
		dash := Cell{Text: "–", Tone: "quiet"}
		return Row{Label: row.Label, Cells: append(row.Cells, Cell{Text: b.say("reason." + f.Reason), Tone: "quiet"}, dash, dash)}
	}
	change := Cell{Text: change2.String(float64(f.Difference)), Mark: between(change2, f.CI95), Tone: "quiet"}
	if f.Holm < 0.05 {
		change.Tone = "good"
		if f.Difference < 0 {
			change.Tone = "bad"
		}
	}
	row.Cells = append(row.Cells,
		Cell{Text: score1.String(float64(f.Scores[0])) + " → " + score1.String(float64(f.Scores[1]))}, change,
		Cell{Text: strings.TrimPrefix(p(f.Holm), "=\u00a0"), Tone: "quiet"})
	return row
}

// allItemsCell is the same figure on all items in the two waves, and whether it compares.
func (b *builder) allItemsCell(a survey.Analysis, c *measure.CommonItems, f *measure.CommonFigure) Cell {
	from, ok := b.results.ByWave[c.From].Figure(a.ID, f.Figure)
	to, also := b.results.ByWave[c.To].Figure(a.ID, f.Figure)
	if !ok || !also {
		return Cell{Text: "–", Tone: "quiet"}
	}
	cell := Cell{Text: score1.String(from.Value) + " → " + score1.String(to.Value)}
	t := b.latest().block.Analyses["trend"].(*measure.Trend)
	for _, x := range t.Figures {
		if x.Figure != "analyses."+a.ID+"."+f.Figure {
			continue
		}
		for _, s := range x.Steps {
			switch {
			case s.From != c.From || s.To != c.To:
			case s.Comparable:
				cell.Mark = change2.String(float64(s.Difference))
			default:
				cell.Mark, cell.Tone = b.say("history.not"), "quiet"
			}
		}
	}
	return cell
}
