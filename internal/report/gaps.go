package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// gaps is one section for each analysis of gaps, in parts: the dimensions, the
// items, how many fall short, the zone of tolerance, what follows from it, and
// the view of those who serve. Nil without such an analysis.
func (b *builder) gaps() *Page {
	page := &Page{Name: "gaps", Title: b.say("page.gaps"), Kicker: b.kicker()}
	several := len(b.analysesOf("gap")) > 1
	for _, a := range b.analysesOf("gap") {
		g := b.gapOf(b.latest(), a.ID)
		if page.Heading == "" {
			page.Heading = b.gapHeading(a, g)
		}
		if g == nil || g.N == 0 {
			why := b.say("gaps.empty")
			if _, hidden := b.latest().block.Analyses[a.ID].(*measure.Hidden); hidden {
				why = b.say("figure.suppressed", "min", b.results.MinCell)
			}
			page.Sections = append(page.Sections, Section{ID: slug(a.ID), Title: b.analysisLabel(a), Blocks: []Block{{Text: why}}})
			continue
		}
		sections := b.gapSections(a, g)
		if several {
			for i := range sections {
				sections[i].Title = b.say("item.of", "battery", b.analysisLabel(a), "item", sections[i].Title)
			}
		}
		page.Sections = append(page.Sections, sections...)
	}
	if len(page.Sections) == 0 {
		return nil
	}
	return page
}

// analysesOf are the analyses of a method that the latest wave has a result of.
func (b *builder) analysesOf(method string) []survey.Analysis {
	var out []survey.Analysis
	for _, a := range b.survey.Analyses {
		if a.Method == method && a.Built && b.latest().block.Analyses[a.ID] != nil {
			out = append(out, a)
		}
	}
	return out
}

// analysisLabel is what an analysis is called, its page's name where it has no label.
func (b *builder) analysisLabel(a survey.Analysis) string {
	if s := b.text(a.Label); s != "" {
		return isolated(s)
	}
	return a.ID
}

func (b *builder) gapOf(w wave, id string) *measure.Gap {
	if w.block == nil || w.block.Suppressed {
		return nil
	}
	g, _ := w.block.Analyses[id].(*measure.Gap)
	return g
}

// pairLabel is what a pair is called: its own label, else that of the question of what was met.
func (b *builder) pairLabel(p survey.GapPair) string {
	if s := b.text(p.Label); s != "" {
		return isolated(s)
	}
	return b.itemLabel(p.Perceived)
}

// itemLabel is the label of a column.
func (b *builder) itemLabel(id string) string {
	if item, ok := b.survey.Item(id); ok {
		return b.label(item)
	}
	return id
}

func (b *builder) dimensionLabel(d survey.GapDimension) string {
	if s := b.text(d.Label); s != "" {
		return isolated(s)
	}
	return d.ID
}

// gapRow is one item or dimension with its name.
type gapRow struct {
	label string
	of    string // its dimension, "" of a dimension
	level *measure.GapLevel
}

// value is the gap, or the performance where expectations are not asked.
func (r gapRow) value(only bool) float64 {
	if only {
		return float64(r.level.Perceived)
	}
	return float64(r.level.Gap)
}

func (r gapRow) shown() bool { return !r.level.Suppressed && r.level.N > 0 }

// gapItems are the items of all dimensions, the worst first.
func (b *builder) gapItems(a survey.Analysis, g *measure.Gap) []gapRow {
	var out []gapRow
	for d, dim := range g.Dimensions {
		for i, item := range dim.Items {
			out = append(out, gapRow{b.pairLabel(a.Gap.Dimensions[d].Pairs[i]), b.dimensionLabel(a.Gap.Dimensions[d]), &item.GapLevel})
		}
	}
	worstFirst(out, g.PerformanceOnly)
	return out
}

// gapDimensions are the dimensions, the worst first.
func (b *builder) gapDimensions(a survey.Analysis, g *measure.Gap) []gapRow {
	var out []gapRow
	for d, dim := range g.Dimensions {
		out = append(out, gapRow{b.dimensionLabel(a.Gap.Dimensions[d]), "", &dim.GapLevel})
	}
	worstFirst(out, g.PerformanceOnly)
	return out
}

// worstFirst sorts by what is measured; rows without a number come last.
func worstFirst(rows []gapRow, only bool) {
	key := func(r gapRow) float64 {
		if v := r.value(only); r.shown() && !math.IsNaN(v) {
			return v
		}
		return math.Inf(1)
	}
	slices.SortStableFunc(rows, func(x, y gapRow) int {
		switch a, b := key(x), key(y); {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	})
}

// gapHeading says how many items fall clearly short, and which most.
func (b *builder) gapHeading(a survey.Analysis, g *measure.Gap) string {
	if g == nil || g.N == 0 {
		return b.say("gaps.heading_empty")
	}
	rows := slices.DeleteFunc(b.gapItems(a, g), func(r gapRow) bool { return !r.shown() })
	if len(rows) == 0 {
		return b.say("gaps.heading_hidden", "min", b.results.MinCell)
	}
	if g.PerformanceOnly {
		if len(rows) == 1 {
			return b.say("gaps.heading_one", "item", rows[0].label, "mean", mean2.String(rows[0].value(true)))
		}
		return b.say("gaps.heading_performance", "best", rows[len(rows)-1].label, "worst", rows[0].label)
	}
	short := 0
	for _, r := range rows {
		if r.level.Holds() && r.level.Gap < 0 {
			short++
		}
	}
	switch {
	case short == 0:
		return b.say("gaps.heading_met")
	case short == len(rows):
		return b.sayWidest("gaps.heading_all", rows, "all", len(rows), "worst", rows[0].label, "gap", change2.String(rows[0].value(false)))
	}
	return b.sayWidest("gaps.heading_short", rows, "n", short, "all", len(rows), "worst", rows[0].label, "gap", change2.String(rows[0].value(false)))
}

// sayWidest is a sentence that names the first of some rows as that with the
// widest gap, with how many others may be as wide: those whose 95% interval
// overlaps with its own.
func (b *builder) sayWidest(key string, rows []gapRow, args ...any) string {
	others := 0
	for _, r := range rows[1:] {
		if r.shown() && r.level.CI95[0] <= rows[0].level.CI95[1] {
			others++
		}
	}
	if others == 0 {
		return b.say(key, args...)
	}
	return b.say(key+"_open", append(args, "others", b.say("gaps.others", "n", others))...)
}

// gapSections are the parts of one analysis.
func (b *builder) gapSections(a survey.Analysis, g *measure.Gap) []Section {
	first := Section{ID: slug(a.ID), Title: b.say("gaps.dimensions"), Blocks: b.gapIntroduction(a, g)}
	if len(g.Dimensions) > 1 {
		first.Blocks = append(first.Blocks, Block{Figure: b.gapDimensionFigure(a, g)})
		if f := b.gapRadar(a, g); f != nil {
			first.Blocks = append(first.Blocks, Block{Figure: f})
		}
		if f := b.gapWeights(a, g); f != nil {
			first.Blocks = append(first.Blocks, Block{Figure: f}, Block{Note: b.say("gaps.weights_note")})
		}
	}
	items := Section{ID: slug(a.ID, "items"), Title: b.say("gaps.items"), Blocks: []Block{{Table: b.gapTable(a, g)}}}
	if len(g.Dimensions) < 2 || !onePairEach(a) {
		items.Blocks = append([]Block{{Figure: b.gapItemFigure(a, g)}}, items.Blocks...)
	}
	out := []Section{first, items}
	add := func(id, title string, blocks []Block) {
		if len(blocks) > 0 {
			out = append(out, Section{ID: slug(a.ID, id), Title: title, Blocks: blocks})
		}
	}
	if !g.PerformanceOnly {
		add("classes", b.say("gaps.classes"), []Block{{Figure: b.gapClasses(a, g)}, {Note: b.say("gaps.classes_note", "far", whole.String(float64(g.Far)))}})
	}
	add("zone", b.say("gaps.zone"), b.gapZone(a, g))
	add("outcomes", b.say("gaps.outcomes"), b.gapOutcomes(a, g))
	add("view", b.say("gaps.view"), b.gapView(a, g))
	add("reliability", b.say("gaps.reliability"), b.gapReliability(a, g))
	add("waves", b.say("gaps.waves"), b.gapWaves(a, g))
	add("groups", b.say("gaps.groups"), b.gapGroups(a))
	return out
}

// gapIntroduction is the headline numbers and what they are.
func (b *builder) gapIntroduction(a survey.Analysis, g *measure.Gap) []Block {
	var out []Block
	scale := []any{"low", whole.String(float64(g.Scale[0])), "high", whole.String(float64(g.Scale[1]))}
	if g.Why != "" {
		return []Block{{Note: b.say("gaps.whole_hidden", "min", b.results.MinCell)}, {Text: b.say("gaps.how", scale...)}}
	}
	card := func(label string, v measure.Number, ci measure.Interval, f chart.Format) Card {
		return Card{Label: label, Value: f.String(float64(v)), Interval: b.cardInterval(between(f, ci), g.N)}
	}
	var cards []Card
	if g.PerformanceOnly {
		cards = append(cards, card(b.say("gaps.card_performance"), g.Perceived, g.CI95, mean2))
		if !math.IsNaN(float64(g.Weighted)) {
			cards = append(cards, card(b.say("gaps.card_weighted_performance"), g.Weighted, g.WeightedCI95, mean2))
		}
	} else {
		cards = append(cards, card(b.say("gaps.card_gap"), g.Gap, g.CI95, change2))
		if !math.IsNaN(float64(g.WeightedGap)) {
			cards = append(cards, card(b.say("gaps.card_weighted"), g.WeightedGap, g.WeightedCI95, change2))
		}
		if g.Withheld {
			out = append(out, Block{Note: b.say("withheld.note", "min", b.results.MinCell)})
		} else {
			cards = append(cards, b.gapClassCards(g)...)
		}
	}
	out = append([]Block{{Cards: cards}}, out...)
	key := "gaps.how"
	if g.PerformanceOnly {
		key = "gaps.how_performance"
	}
	out = append(out, Block{Text: b.say(key, scale...)})
	if g.View != nil {
		out = append(out, Block{Note: b.say("gaps.only_served", "group", b.codeLabel(g.View.Column, g.View.External))})
	}
	return append(out, b.gapCautions(g)...)
}

// gapCautions word the warnings of a result.
func (b *builder) gapCautions(g *measure.Gap) []Block {
	var out []Block
	for _, w := range g.Warnings {
		switch w {
		case measure.Base30:
			out = append(out, Block{Note: b.say("warning.base_under_30")})
		case measure.SmallView:
			out = append(out, Block{Note: b.say("gaps.small_view", "min", b.results.MinCell)})
		}
	}
	return out
}

// codeLabel is the label of a code of a column.
func (b *builder) codeLabel(id, code string) string {
	if item, ok := b.survey.Item(id); ok && item.Scale != nil {
		return b.optionLabel(item.Scale, code)
	}
	return code
}
