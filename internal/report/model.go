package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// modelled is one path model as it is shown.
type modelled struct {
	analysis survey.Analysis
	def      *survey.PathModel
	result   *measure.PathModel // of the latest wave
	several  bool               // the survey has more than one: ids and titles tell them apart
}

// model is the page of satisfaction index models: indices, paths, effects,
// levers, diagnostic questions, groups, quality of measurement, method. Nil
// without a path model.
func (b *builder) model() *Page {
	var all []modelled
	for _, a := range b.survey.Analyses {
		if a.PathModel != nil && a.Built {
			all = append(all, modelled{analysis: a, def: a.PathModel, result: b.modelOf(b.latest(), a.ID)})
		}
	}
	if len(all) == 0 {
		return nil
	}
	page := &Page{Name: "model", Title: b.say("page.model"), Kicker: b.kicker()}
	if name := cmp.Or(b.text(all[0].analysis.Label), b.text(all[0].def.Title)); name != "" {
		page.Kicker = isolated(name) + " · " + page.Kicker
	}
	for i, m := range all {
		m.several = len(all) > 1
		if i == 0 {
			page.Heading = b.modelHeading(m)
		}
		page.Sections = append(page.Sections, b.modelSections(m)...)
	}
	return page
}

// modelOf is the model of a wave, nil where it is hidden or not there.
func (b *builder) modelOf(w wave, id string) *measure.PathModel {
	if w.block == nil || w.block.Suppressed {
		return nil
	}
	m, _ := w.block.Analyses[id].(*measure.PathModel)
	return m
}

func (b *builder) modelSections(m modelled) []Section {
	if m.result == nil || m.result.Why != "" {
		return []Section{{ID: m.id("index"), Title: b.modelTitle(m, "model.index"), Blocks: []Block{{Text: b.unmodelled(m)}, {Note: b.modelSource(m)}}}}
	}
	out := []Section{
		{ID: m.id("index"), Title: b.modelTitle(m, "model.index"), Blocks: b.modelIndices(m)},
		{ID: m.id("paths"), Title: b.modelTitle(m, "model.paths"), Blocks: b.modelPaths(m)},
		{ID: m.id("levers"), Title: b.modelTitle(m, "model.levers"), Blocks: b.modelLevers(m)},
	}
	if blocks := b.modelDiagnostics(m); blocks != nil {
		out = append(out, Section{ID: m.id("diagnostics"), Title: b.modelTitle(m, "model.diagnostics"), Blocks: blocks})
	}
	if blocks := b.modelGroups(m); blocks != nil {
		out = append(out, Section{ID: m.id("groups"), Title: b.modelTitle(m, "model.groups"), Blocks: blocks})
	}
	return append(
		out,
		Section{ID: m.id("quality"), Title: b.modelTitle(m, "model.quality"), Blocks: b.modelQuality(m)},
		Section{ID: m.id("how"), Title: b.modelTitle(m, "model.how"), Blocks: b.modelMethod(m)},
	)
}

// id is the address of a part of the page.
func (m modelled) id(part string) string {
	return slug(m.analysis.ID, part)
}

func (b *builder) modelTitle(m modelled, key string) string {
	if !m.several {
		return b.say(key)
	}
	return b.say("model.of", "model", b.modelName(m), "part", b.say(key))
}

// modelName is what the author calls the model, else what its preset is called.
func (b *builder) modelName(m modelled) string {
	return isolated(cmp.Or(b.text(m.analysis.Label), b.text(m.def.Title), b.say("page.model")))
}

// construct is the name of a construct.
func (b *builder) construct(m modelled, id string) string {
	i := slices.IndexFunc(m.def.Constructs, func(c survey.PathConstruct) bool { return c.ID == id })
	if i < 0 {
		return id
	}
	return isolated(cmp.Or(b.text(m.def.Constructs[i].Label), id))
}

// indicator is the name of an item.
func (b *builder) indicator(id string) string {
	if item, ok := b.survey.Item(id); ok {
		return b.name(item)
	}
	if id == survey.PriceItem {
		return b.say("model.price")
	}
	return id
}

// modelHeading says where the target stands and what moves it most.
func (b *builder) modelHeading(m modelled) string {
	if m.result == nil || m.result.Why != "" {
		return b.unmodelled(m)
	}
	target := m.result.Construct(m.result.Target)
	text := b.say("model.heading", "construct", b.construct(m, target.ID), "index", score1.String(float64(target.Index)), "interval", between(score1, target.IndexCI95))
	if l := b.strongest(m); l != nil {
		text += b.say("model.heading_lever", "lever", b.construct(m, l.Construct), "points", mean2.String(float64(l.Importance)), "construct", b.construct(m, target.ID))
	}
	return text
}

// strongest is the lever with the largest effect whose interval leaves out 0, nil without.
func (b *builder) strongest(m modelled) *measure.Lever {
	var best *measure.Lever
	for _, l := range m.result.IPMA {
		if l.CI95[0] > 0 && (best == nil || l.Importance > best.Importance) {
			best = l
		}
	}
	return best
}

// unmodelled says why there is no model.
func (b *builder) unmodelled(m modelled) string {
	if m.result == nil {
		return b.say("figure.suppressed", "min", b.results.MinCell)
	}
	code, about, _ := strings.Cut(m.result.Why, ":")
	name := b.construct(m, about)
	if code == measure.ConstantItem {
		name = b.indicator(about)
	}
	return b.say("model.why."+code, "about", name, "n", m.result.N, "count", count(m.result.N))
}

// modelIndices is the index of every construct.
func (b *builder) modelIndices(m modelled) []Block {
	order := []*measure.ModelConstruct{m.result.Construct(m.result.Target)}
	for _, c := range m.result.Constructs {
		if c.ID != m.result.Target {
			order = append(order, c)
		}
	}
	var cards []Card
	for _, c := range order {
		if len(cards) < 4 && (c.ID == m.result.Target || c.Target != nil || len(order) <= 4) {
			cards = append(cards, b.constructCard(m, c))
		}
	}
	blocks := []Block{{Cards: cards}, {Figure: b.indexFigure(m)}}
	if len(b.waves) > 1 {
		blocks = append(blocks, Block{Table: b.indexByWave(m)})
	}
	for _, id := range b.survey.Segments {
		if t := b.indexBySegment(m, id); t != nil {
			blocks = append(blocks, Block{Table: t})
		}
	}
	return append(blocks, b.modelCautions(m)...)
}

// modelCard is the leading index of the first path model, for the overview.
func (b *builder) modelCard() (Card, bool) {
	for _, a := range b.survey.Analyses {
		if a.PathModel == nil {
			continue
		}
		r, ok := b.latest().block.Analyses[a.ID].(*measure.PathModel)
		if !ok || r.N == 0 || r.Construct(r.Target) == nil {
			continue
		}
		card := b.constructCard(modelled{analysis: a, def: a.PathModel, result: r}, r.Construct(r.Target))
		card.Whisker = nil
		return card, true
	}
	return Card{}, false
}

func (b *builder) constructCard(m modelled, c *measure.ModelConstruct) Card {
	w := &Whisker{Min: 0, Max: 100, Value: float64(c.Index), Low: float64(c.IndexCI95[0]), High: float64(c.IndexCI95[1]), Target: math.NaN()}
	card := Card{
		Label: b.say("model.card", "construct", b.construct(m, c.ID)), Value: score1.String(float64(c.Index)), Unit: "/ 100", Whisker: w,
		Interval: b.cardInterval(between(score1, c.IndexCI95), c.N),
	}
	if c.Target != nil {
		w.Target = float64(*c.Target)
		card.Change = b.say("model.verdict."+c.Verdict, "target", plainNumber(float64(*c.Target)))
	}
	if g := b.waveContrast(m, c.ID); g != nil {
		key := "model.change_none"
		if g.Holm < 0.05 {
			key = "model.change_holds"
		}
		if card.Change != "" {
			card.Change += b.say("model.sentence")
		}
		card.Change += b.say(key, "wave", b.before(), "difference", points.String(float64(g.Difference)), "p", p(g.Holm))
	}
	return card
}

// plainNumber writes a target as the author did: 65, 62.5.
func plainNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// waveContrast is the change of an index since the wave before, nil without.
func (b *builder) waveContrast(m modelled, id string) *measure.GroupIndex {
	for _, g := range m.result.Groups {
		if g.Segment != "" {
			continue
		}
		for _, x := range g.Index {
			if x.Construct == id {
				return x
			}
		}
	}
	return nil
}

// indexFigure is every index with its interval, from the best to the worst.
func (b *builder) indexFigure(m modelled) *chart.Figure {
	order := slices.SortedStableFunc(slices.Values(m.result.Constructs), func(x, y *measure.ModelConstruct) int { return cmp.Compare(y.Index, x.Index) })
	f := &chart.Figure{
		ID: m.id("indices"), Kind: chart.Dots, Lang: b.lang, Note: b.say("model.index_note", "base", count(m.result.N), "weighted", b.weightedNote()),
		Columns: b.valueColumns("index", b.say("model.index_word"), score1), Words: b.chartWords(b.say("model.construct")), Axis: chart.Axis{Reference: math.NaN()},
	}
	first, last := order[0], order[len(order)-1]
	var high, low []string // the first and the last, with those whose intervals overlap theirs
	for _, c := range order {
		if c.IndexCI95[1] >= first.IndexCI95[0] {
			high = append(high, b.construct(m, c.ID))
		}
		if c.IndexCI95[0] <= last.IndexCI95[1] {
			low = append(low, b.construct(m, c.ID))
		}
	}
	f.Title = b.say("model.index_title", "high", b.fewNames(high), "low", b.fewNames(low))
	if first.IndexCI95[0] <= last.IndexCI95[1] {
		f.Title = b.say("model.index_level", "low", score1.String(float64(last.Index)), "high", score1.String(float64(first.Index)))
	}
	for _, c := range order {
		f.Rows = append(f.Rows, chart.Row{
			Label: b.construct(m, c.ID), Cells: []float64{float64(c.Index), float64(c.IndexCI95[0]), float64(c.IndexCI95[1]), float64(m.result.N)}, Strong: c.ID == m.result.Target,
		})
	}
	return f
}

// indexByWave is every index in every wave, with the latest change.
func (b *builder) indexByWave(m modelled) *Table {
	t := &Table{ID: m.id("waves"), Caption: b.say("model.by_wave"), Head: []string{b.say("model.construct")}, Note: b.say("model.wave_note")}
	for _, w := range b.waves {
		t.Head = append(t.Head, w.label)
	}
	t.Head = append(t.Head, b.say("table.change", "wave", b.before()), b.say("table.p"))
	for _, c := range m.result.Constructs {
		row := Row{Label: b.construct(m, c.ID)}
		for _, w := range b.waves {
			row.Cells = append(row.Cells, b.indexCell(b.modelOf(w, m.analysis.ID), c.ID))
		}
		change, value := Cell{Text: "–", Tone: "quiet"}, "–"
		if g := b.waveContrast(m, c.ID); g != nil {
			change.Text, value = points.String(float64(g.Difference)), strings.TrimPrefix(p(g.Holm), "=\u00a0")
			if g.Holm < 0.05 {
				if change.Tone = "good"; g.Difference < 0 {
					change.Tone = "bad"
				}
			}
		}
		row.Cells = append(row.Cells, change, Cell{Text: value, Tone: "quiet"})
		t.Rows = append(t.Rows, row)
	}
	base := Row{Label: b.say("figure.base")}
	for _, w := range b.waves {
		base.Cells = append(base.Cells, b.modelBase(b.modelOf(w, m.analysis.ID)))
	}
	t.Rows = append(t.Rows, Row{Label: base.Label, Cells: append(base.Cells, Cell{}, Cell{})})
	return t
}

func (b *builder) indexCell(r *measure.PathModel, id string) Cell {
	if r == nil {
		return Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
	}
	c := r.Construct(id)
	if c == nil {
		return Cell{Text: "–", Tone: "quiet"}
	}
	return Cell{Text: score1.String(float64(c.Index)), Mark: between(score1, c.IndexCI95)}
}

func (b *builder) modelBase(r *measure.PathModel) Cell {
	if r == nil {
		return Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
	}
	return Cell{Text: count(r.N), Tone: "quiet"}
}

// indexBySegment is every index in every group, nil where there is no group to show.
func (b *builder) indexBySegment(m modelled, id string) *Table {
	item, ok := b.survey.Item(id)
	blocks := b.latest().block.BySegment[id]
	if !ok || blocks == nil {
		return nil
	}
	groups := groupCodes(item, blocks)
	t := &Table{ID: m.id(slug("by", id)), Caption: b.say("model.by_segment", "segment", b.label(item)), Head: []string{b.say("model.construct")}, Note: b.say("model.segment_note")}
	for _, code := range groups {
		t.Head = append(t.Head, b.groupLabel(item, code))
	}
	of := func(code string) *measure.PathModel { return b.modelOf(wave{block: blocks[code]}, m.analysis.ID) }
	for _, c := range m.result.Constructs {
		row := Row{Label: b.construct(m, c.ID)}
		for _, code := range groups {
			row.Cells = append(row.Cells, b.indexCell(of(code), c.ID))
		}
		t.Rows = append(t.Rows, row)
	}
	base := Row{Label: b.say("figure.base")}
	for _, code := range groups {
		base.Cells = append(base.Cells, b.modelBase(of(code)))
	}
	t.Rows = append(t.Rows, base)
	return t
}
