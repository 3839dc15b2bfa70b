package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// effectText says how large the difference between groups is.
func (b *builder) effectText(c *measure.Compared) []Block {
	if c == nil || c.Effect == "" || c.BH >= 0.05 || math.IsNaN(float64(c.P)) {
		return nil
	}
	text := b.say("effect.groups", "item", b.itemName(c.Item), "eta", percent.String(float64(c.Eta2)), "size", b.say("effect."+c.Effect))
	var widest *measure.Pair
	for _, p := range c.Pairs {
		if p.Holm < 0.05 && (widest == nil || math.Abs(float64(p.D)) > math.Abs(float64(widest.D))) {
			widest = p
		}
	}
	if widest != nil && widest.Effect != "" {
		text += b.say("heading.next") + b.say("effect.pair", "d", mean2.String(math.Abs(float64(widest.D))), "size", b.say("effect."+widest.Effect))
	}
	return []Block{{Text: text}}
}

// comparedFigures are the figures of analyses by group.
func (b *builder) comparedFigures(segment survey.Item, blocks map[string]*measure.Block) []Block {
	c, ok := b.latest().block.Analyses["compare"].(*measure.Compare)
	if !ok {
		return nil
	}
	codes := groupCodes(segment, blocks)
	t := &Table{ID: slug(segment.ID, "figures"), Cards: true, Caption: b.say("effect.figures", "segment", b.label(segment)), Head: []string{b.say("effect.figure"), b.say("figure.all")}, Note: b.say("effect.figures_note")}
	shown := b.shownCodes(segment, blocks)
	for _, code := range shown {
		t.Head = append(t.Head, b.groupLabel(segment, code)+" ("+letter(slices.Index(codes, code))+")")
	}
	for _, f := range c.Figures {
		path, of := strings.CutPrefix(f.Figure, "analyses."+f.Item+".")
		if !of || f.Segment != segment.ID || b.topicsOfFew(f.Item, segment, blocks) {
			continue
		}
		row := Row{Label: b.figureName(f.Item, path), Cells: []Cell{b.figureCell(b.latest().block, f.Item, path)}}
		for _, code := range shown {
			cell := b.figureCell(blocks[code], f.Item, path)
			if cell.Tone == "" {
				cell.Mark = letters(f, code, codes, func(other string) bool {
					v, _ := blocks[other].Figure(f.Item, path)
					return v.N < 30
				})
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	t.Note += b.smallLetters(t)
	return []Block{{Table: t}}
}

// topicsOfFew reports whether an analysis is of topics that the page of comments
// does not show by this segment, because most of them are hidden.
func (b *builder) topicsOfFew(analysis string, segment survey.Item, blocks map[string]*measure.Block) bool {
	v, ok := b.latest().block.Analyses[analysis].(*measure.Verbatim)
	k := slices.IndexFunc(b.survey.Analyses, func(a survey.Analysis) bool { return a.ID == analysis })
	if !ok || k < 0 {
		return false
	}
	f, shown := b.topicHeat(b.survey.Analyses[k], v, segment, blocks)
	return heatOfFew(f, shown, len(blocks))
}

// figureCell is a figure of an analysis in one block.
func (b *builder) figureCell(block *measure.Block, analysis, path string) Cell {
	v, ok := block.Figure(analysis, path)
	switch {
	case block.Hidden(analysis):
		return Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
	case !ok && b.topicHidden(block, analysis, path):
		return Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
	case !ok || math.IsNaN(v.Value):
		return Cell{Text: "–", Tone: "quiet"}
	case v.N < 30:
		return Cell{Text: b.figureFormat(analysis).String(v.Value), Mark: b.say("table.few"), Tone: "quiet"}
	}
	return Cell{Text: b.figureFormat(analysis).String(v.Value)}
}

// topicHidden reports whether a figure is of a topic that is not shown in a block.
func (b *builder) topicHidden(block *measure.Block, analysis, path string) bool {
	v, ok := block.Analyses[analysis].(*measure.Verbatim)
	if !ok {
		return false
	}
	id := strings.TrimSuffix(strings.TrimPrefix(path, "topics."), ".share")
	if t, _, _ := topicIn(block, analysis, id); t != nil {
		return t.Suppressed
	}
	return path == "uncoded.share" && v.Uncoded.Suppressed
}

// figureFormat is how the figures of an analysis are written: scores on 0–100 and
// points with one decimal, as everywhere; shares of topics in percent; all else with two.
func (b *builder) figureFormat(analysis string) chart.Format {
	for _, a := range b.survey.Analyses {
		if a.ID == analysis && slices.Contains(scored, a.Method) {
			return score1
		}
		if a.ID == analysis && a.Verbatim != nil {
			return percent
		}
	}
	return mean2
}

// figureChange is the change of a figure of an analysis. That a topic is
// mentioned more is neither good nor bad.
func (b *builder) figureChange(step *measure.Step, analysis string) Cell {
	f := b.figureFormat(analysis)
	if !f.Percent {
		f.Signed = true
		return b.changeCell(step, f, 1, false)
	}
	cell := b.changeCell(step, points, 100, false)
	if cell.Tone == "good" || cell.Tone == "bad" {
		cell.Tone = ""
	}
	return cell
}

// scored are the methods whose figures are scores or points of 100.
var scored = []string{"csi", "enterprise", "service_evaluation", "nps"}

// followed are the sections of the trend page that say more of the changes:
// how large they are, the same respondents, figures of analyses, process limits.
func (b *builder) followed(moved []moving) []Section {
	t, ok := b.latest().block.Analyses["trend"].(*measure.Trend)
	if !ok {
		return nil
	}
	var out []Section
	if table := b.effectTable(moved, float64(t.Practical)); len(table.Rows) > 0 {
		out = append(out, Section{ID: "effects", Title: b.say("effect.title"), Blocks: []Block{{Text: b.practicalText(moved, float64(t.Practical))}, {Table: table}}})
	}
	if table := b.pairedTable(t); len(table.Rows) > 0 {
		out = append(out, Section{ID: "panel", Title: b.say("effect.panel_title"), Blocks: []Block{{Table: table}}})
	}
	if table := b.followedTable(t); len(table.Rows) > 0 {
		out = append(out, Section{ID: "figures", Title: b.say("effect.analyses"), Blocks: []Block{{Table: table}}})
	}
	if table := b.limitTable(t); len(table.Rows) > 0 {
		out = append(out, Section{ID: "limits", Title: b.say("effect.limits"), Blocks: []Block{{Text: b.say("effect.limits_text")}, {Table: table}}})
	}
	return out
}

func (b *builder) practicalText(moved []moving, practical float64) string {
	n := 0
	for _, m := range moved {
		if math.Abs(float64(m.step.Effect)) >= practical {
			n++
		}
	}
	key := "effect.some_matter"
	if n == 0 {
		key = "effect.none_matter"
	}
	return b.say(key, "n", n, "all", len(moved), "practical", mean2.String(practical))
}

// effectTable is how large the changes are that stand up.
func (b *builder) effectTable(moved []moving, practical float64) *Table {
	t := &Table{ID: "effect-table", Caption: b.say("effect.caption", "wave", b.before()), Head: []string{b.say("figure.item"), b.say("effect.change"), "d", b.say("effect.size"), b.say("effect.matters")}, Note: b.say("effect.note")}
	for _, m := range moved {
		matters := b.say("effect.no")
		if math.Abs(float64(m.step.Effect)) >= practical {
			matters = b.say("effect.yes")
		}
		t.Rows = append(t.Rows, Row{Label: b.name(m.item), Cells: []Cell{
			{Text: change2.String(float64(m.step.Difference)), Mark: between(change2, m.step.CI95)},
			{Text: change2.String(float64(m.step.Effect))},
			{Text: b.say("effect." + m.step.EffectSize)},
			{Text: matters},
		}})
	}
	return t
}

// pairedTable is the last change among those who are in both waves.
func (b *builder) pairedTable(t *measure.Trend) *Table {
	table := &Table{ID: "paired-table", Caption: b.say("effect.paired", "wave", b.before()), Head: []string{b.say("figure.item"), b.say("effect.change"), b.say("effect.paired_p"), b.say("effect.pairs")}, Note: b.say("effect.paired_note")}
	for _, item := range b.survey.Items() {
		f := t.Of(item.ID, "mean")
		if f == nil || len(f.Steps) == 0 || f.Steps[len(f.Steps)-1].Paired == nil {
			continue
		}
		p1 := f.Steps[len(f.Steps)-1].Paired
		table.Rows = append(table.Rows, Row{Label: b.name(item), Cells: []Cell{
			{Text: change2.String(float64(p1.Difference)), Mark: between(change2, p1.CI95)}, {Text: strings.TrimPrefix(p(p1.P), "=\u00a0")}, {Text: count(p1.N), Tone: "quiet"},
		}})
	}
	return table
}

// followedTable is the figures of analyses by wave.
func (b *builder) followedTable(t *measure.Trend) *Table {
	table := b.meansTable("followed", b.say("effect.followed"))
	table.Head[0] = b.say("effect.figure")
	for _, f := range t.Figures {
		path, of := strings.CutPrefix(f.Figure, "analyses."+f.Item+".")
		if !of || f.Kind == "score" || len(f.Steps) == 0 {
			continue
		}
		row := Row{Label: b.figureName(f.Item, path)}
		for _, w := range b.waves {
			row.Cells = append(row.Cells, b.figureCell(w.block, f.Item, path))
		}
		last := f.Steps[len(f.Steps)-1]
		value, base := "–", "–"
		if last.Comparable {
			value, base = strings.TrimPrefix(p(max(last.Holm, last.BH)), "=\u00a0"), count(last.N[1])
		}
		row.Cells = append(row.Cells, b.figureChange(last, f.Item), Cell{Text: value, Tone: "quiet"}, b.comparableCell(last), Cell{Text: base, Tone: "quiet"})
		table.Rows = append(table.Rows, row)
	}
	return b.likeEverywhere(table)
}

// limitTable is the process limits of the means that have them, those with signals first.
func (b *builder) limitTable(t *measure.Trend) *Table {
	table := &Table{ID: "limit-table", Caption: b.say("effect.limits_caption"), Head: []string{b.say("figure.item"), b.say("figure.mean"), b.say("effect.range"), b.say("effect.signals")}}
	for _, item := range b.survey.Items() {
		f := t.Of(item.ID, "mean")
		if f == nil || f.XmR == nil {
			continue
		}
		var names []string
		for _, id := range f.XmR.Signals {
			k := slices.IndexFunc(b.waves, func(w wave) bool { return w.id == id })
			names = append(names, b.waves[k].label)
		}
		cell := Cell{Text: b.say("effect.no_signal"), Tone: "quiet"}
		if len(names) > 0 {
			cell = Cell{Text: b.join(names), Tone: "text"}
		}
		table.Rows = append(table.Rows, Row{Label: b.name(item), Cells: []Cell{
			{Text: mean2.String(float64(f.XmR.Mean))}, {Text: mean2.Span(float64(f.XmR.Low), float64(f.XmR.High))}, cell,
		}})
	}
	return table
}
