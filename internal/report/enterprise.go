package report

import (
	"math"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// enterpriseOf is an enterprise index in a wave, nil where it has no score to show.
func (b *builder) enterpriseOf(w wave, id string) *measure.Enterprise {
	if w.block == nil || w.block.Suppressed {
		return nil
	}
	e, ok := w.block.Analyses[id].(*measure.Enterprise)
	if !ok || math.IsNaN(float64(e.Score)) {
		return nil
	}
	return e
}

func (b *builder) enterpriseSentence(a survey.Analysis, e *measure.Enterprise) string {
	if math.IsNaN(float64(e.Score)) {
		return b.say("csi.none")
	}
	text := b.say("csi.heading", "name", b.analysisName(a, "enterprise.name"), "score", score1.String(float64(e.Score)))
	if e.Target != nil {
		text += b.say("csi.verdict_"+e.Verdict, "target", score1.String(float64(*e.Target)))
	}
	return text + b.say("csi.stop")
}

// enterpriseSections is the composite: its card, a radar of the components, how each is made, its waves.
func (b *builder) enterpriseSections(a survey.Analysis) []Section {
	section := Section{ID: b.figureID(a), Title: b.analysisName(a, "enterprise.name")}
	switch e := b.latest().block.Analyses[a.ID].(type) {
	case *measure.Enterprise:
		if !math.IsNaN(float64(e.Score)) {
			section.Blocks = append(section.Blocks, Block{Cards: []Card{b.enterpriseCard(a, e)}})
		} else {
			section.Blocks = append(section.Blocks, Block{Note: b.say("enterprise.incomplete")})
		}
		section.Blocks = append(section.Blocks, Block{Figure: b.enterpriseRadar(a, e)}, Block{Table: b.componentTable(a, e)})
		if len(b.waves) > 1 {
			section.Blocks = append(section.Blocks, Block{Figure: b.enterpriseTrend(a)})
		}
		section.Blocks = append(section.Blocks, b.enterpriseGroups(a, e)...)
		section.Blocks = append(section.Blocks, Block{Note: b.say("enterprise.assumption")})
	case *measure.Hidden:
		section.Blocks = []Block{{Text: b.say("figure.suppressed", "min", b.results.MinCell)}}
	default:
		section.Blocks = []Block{{Text: b.say("csi.none")}}
	}
	return []Section{section}
}

func (b *builder) enterpriseCard(a survey.Analysis, e *measure.Enterprise) Card {
	w := &Whisker{Min: 0, Max: 100, Value: float64(e.Score), Low: float64(e.CI95[0]), High: float64(e.CI95[1]), Target: math.NaN()}
	label := b.say("csi.card", "name", b.analysisName(a, "enterprise.name"))
	if e.Target != nil {
		w.Target = float64(*e.Target)
		label = b.say("csi.card_"+e.Verdict, "name", b.analysisName(a, "enterprise.name"), "target", score1.String(w.Target))
	}
	card := Card{Label: label, Value: score1.String(float64(e.Score)), Unit: "/ 100", Interval: b.cardInterval(between(score1, e.CI95), e.Respondents), Whisker: w}
	if math.IsNaN(float64(e.CI95[0])) { // business data only
		card.Interval, card.Whisker = b.say("enterprise.no_interval"), nil
	}
	return card
}

// enterpriseRadar is the components on 0–100, the latest wave with the one before.
func (b *builder) enterpriseRadar(a survey.Analysis, e *measure.Enterprise) *chart.Figure {
	f := &chart.Figure{
		ID: b.figureID(a, "components"), Kind: chart.Radar, Lang: b.lang, Title: b.say("enterprise.radar"), Note: b.say("enterprise.radar_note"), Words: b.chartWords(b.say("enterprise.component")),
		Columns: []chart.Column{{ID: "score", Label: b.say("enterprise.score"), Role: chart.Value, Format: score1}, {ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole}},
		Axis:    chart.Axis{Min: 0, Max: 100, Reference: math.NaN()},
	}
	f.Words.TooFew = b.say("warning.base_under_30")
	low, name := math.Inf(1), ""
	for i := max(0, len(b.waves)-2); i < len(b.waves); i++ {
		w := b.waves[i]
		x, ok := w.block.Analyses[a.ID].(*measure.Enterprise)
		if !ok || w.block.Suppressed {
			continue
		}
		series := w.label
		if series == "" {
			series = b.analysisName(a, "enterprise.name")
		}
		for _, c := range x.Components {
			row := chart.Row{Label: b.say("enterprise." + c.ID), Series: series, Cells: []float64{float64(c.Score), float64(c.N)}, Strong: x == e}
			switch {
			case math.IsNaN(float64(c.Score)):
				row.State, row.Why, row.Cells = chart.Empty, b.say("reason.no_answers"), blank(2)
			case c.Normaliser == measure.ByRange:
				row.Cells[1] = math.NaN()
			case c.N < 30:
				row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
			}
			if x == e && float64(c.Score) < low {
				low, name = float64(c.Score), row.Label
			}
			f.Rows = append(f.Rows, row)
		}
	}
	if name != "" && len(e.Components) > 1 {
		f.Title = b.say("enterprise.radar_lowest", "component", name, "score", score1.String(low))
	}
	return f
}

// componentTable is how every component becomes points of the index.
func (b *builder) componentTable(a survey.Analysis, e *measure.Enterprise) *Table {
	t := &Table{
		ID: b.figureID(a, "components-table"), Caption: b.say("enterprise.table_caption"),
		Head: []string{b.say("enterprise.component"), b.say("enterprise.rate"), b.say("enterprise.normaliser"), b.say("enterprise.score"), b.say("csi.weights"), b.say("figure.base")},
	}
	for i, c := range e.Components {
		row := Row{Label: b.say("enterprise." + c.ID)}
		rate, base := Cell{Text: "–", Tone: "quiet"}, Cell{Text: "–", Tone: "quiet"}
		switch {
		case math.IsNaN(float64(c.Rate)):
		case c.Normaliser == measure.ByRange:
			rate = Cell{Text: chartNumber(float64(c.Rate)), Mark: b.text(a.Enterprise.Components[i].Source)}
		default:
			rate, base = Cell{Text: percent.String(float64(c.Rate)), Mark: between(percent, c.CI95)}, Cell{Text: count(c.N), Tone: "quiet"}
		}
		row.Cells = []Cell{rate, {Text: b.normaliser(c), Tone: "text"}, {Text: b.number(c.Score)}, {Text: percent0.String(float64(c.Weight)), Tone: "quiet"}, base}
		t.Rows = append(t.Rows, row)
		if c.Beside != nil {
			key := "enterprise.observed"
			if c.ID == survey.Complaint {
				key = "enterprise.voiced"
			}
			t.Rows = append(t.Rows, Row{Label: b.say(key), Cells: []Cell{
				{Text: percent.String(float64(c.Beside.Share)), Mark: between(percent, c.Beside.CI95)}, {Text: b.say("enterprise.beside"), Tone: "text"}, {Text: "–", Tone: "quiet"}, {Text: "–", Tone: "quiet"}, {Text: count(c.BesideN), Tone: "quiet"},
			}})
		}
	}
	return t
}

// normaliser says how a component is brought to 0–100.
func (b *builder) normaliser(c *measure.Component) string {
	switch c.Normaliser {
	case measure.ByNet:
		return b.say("enterprise.by_net", "off", percent.String(known(c.Off)))
	case measure.ByRange:
		return b.say("enterprise.by_range", "min", chartNumber(*c.Min), "max", chartNumber(*c.Max))
	}
	return b.say("enterprise.by_" + c.Normaliser)
}

// enterpriseGroups is the composite by group of every segment.
func (b *builder) enterpriseGroups(a survey.Analysis, e *measure.Enterprise) []Block {
	var out []Block
	for _, id := range b.survey.Segments {
		item, ok := b.survey.Item(id)
		blocks := b.latest().block.BySegment[id]
		if !ok || len(blocks) == 0 || math.IsNaN(float64(e.Score)) {
			continue
		}
		f := &chart.Figure{
			ID: b.figureID(a, "by", id), Kind: chart.Dots, Lang: b.lang, Title: b.say("enterprise.by_group", "segment", b.label(item)),
			Note:    b.say("note.groups", "measure", b.say("enterprise.measure"), "weighted", b.weightedNote()),
			Columns: b.valueColumns("score", b.say("enterprise.score"), score1), Words: b.chartWords(b.say("figure.group")),
			Axis: chart.Axis{Reference: float64(e.Score), RefLabel: b.say("figure.all")},
		}
		f.Words.TooFew = b.say("warning.base_under_30")
		for _, code := range groupCodes(item, blocks) {
			x := b.enterpriseOf(wave{block: blocks[code]}, a.ID)
			if x == nil {
				f.Rows = append(f.Rows, b.scoreRow(b.groupLabel(item, code), blocks[code].Suppressed || hidden(blocks[code].Analyses[a.ID]), 0, 0, measure.Interval{}))
				continue
			}
			f.Rows = append(f.Rows, b.scoreRow(b.groupLabel(item, code), false, x.Respondents, x.Score, x.CI95))
		}
		out = append(out, Block{Figure: f})
	}
	return out
}

// enterpriseTrend is the composite over the waves.
func (b *builder) enterpriseTrend(a survey.Analysis) *chart.Figure {
	name := b.analysisName(a, "enterprise.name")
	f := &chart.Figure{
		ID: b.figureID(a, "trend"), Kind: chart.Lines, Lang: b.lang, Columns: b.valueColumns("score", b.say("enterprise.score"), score1), Title: b.say("title.trend_unknown", "item", name),
		Note: b.say("note.trend", "measure", b.say("enterprise.measure"), "weighted", b.weightedNote()), Words: b.chartWords(b.say("figure.wave")), Axis: chart.Axis{Reference: math.NaN()},
	}
	for _, w := range b.waves {
		row := chart.Row{Label: w.label, Series: name, Cells: blank(4), State: chart.Empty, Why: b.say("reason.no_answers")}
		if x := b.enterpriseOf(w, a.ID); x != nil {
			row = b.scoreRow(w.label, false, x.Respondents, x.Score, x.CI95)
			row.Series = name
		}
		f.Rows = append(f.Rows, row)
	}
	b.tell(f, b.stepsOf(a.ID, "score"))
	now, before := b.enterpriseOf(b.latest(), a.ID), b.enterpriseOf(b.waves[len(b.waves)-2], a.ID)
	if now != nil && before != nil {
		key := "enterprise.trend_same"
		if now.CI95[0] > before.CI95[1] || now.CI95[1] < before.CI95[0] {
			key = "enterprise.trend_changed"
		}
		f.Title = b.say(key, "wave", b.before(), "from", score1.String(float64(before.Score)), "to", score1.String(float64(now.Score)))
	}
	return f
}
