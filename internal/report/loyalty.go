package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// loyalty is the loyalty page: scorecard, the groups of Jones and Sasser, how
// loyalty depends on satisfaction, bands, ladder and what loyalty is worth. Nil
// where no analysis measures it.
func (b *builder) loyalty() *Page {
	page := &Page{Name: "loyalty", Title: b.say("page.loyalty"), Kicker: b.kicker()}
	for _, a := range b.survey.Analyses {
		if a.Method != "loyalty" || a.Loyalty == nil {
			continue
		}
		l := b.loyaltyOf(b.latest(), a.ID)
		if l == nil {
			page.Sections = append(page.Sections, Section{ID: slug(a.ID), Title: b.text(a.Label), Blocks: []Block{{Note: b.say("figure.suppressed", "min", b.results.MinCell)}}})
			page.Heading = b.say("loyalty.none")
			continue
		}
		if page.Heading == "" {
			page.Heading = b.loyaltyHeading(l)
		}
		page.Sections = append(page.Sections, b.loyaltySections(a, l)...)
	}
	if len(page.Sections) == 0 {
		return nil
	}
	return page
}

// loyaltyOf is the result of an analysis in a wave, nil where there is none to show.
func (b *builder) loyaltyOf(w wave, id string) *measure.Loyalty {
	if w.block == nil || w.block.Suppressed {
		return nil
	}
	l, _ := w.block.Analyses[id].(*measure.Loyalty)
	return l
}

func (b *builder) loyaltyHeading(l *measure.Loyalty) string {
	if l.N == 0 {
		return b.say("loyalty.none")
	}
	if l.Groups == nil {
		return b.say("withheld.loyalty")
	}
	return b.say("loyalty.heading", "loyal", percent0.String(float64(l.Groups["loyalist"].Share)), "mercenary", percent0.String(float64(l.Groups["mercenary"].Share)))
}

func (b *builder) loyaltySections(a survey.Analysis, l *measure.Loyalty) []Section {
	out := []Section{b.scorecardSection(a, l)}
	if l.N == 0 {
		return out
	}
	groups := Section{ID: slug(a.ID, "groups"), Title: b.say("loyalty.groups"), Blocks: []Block{{Figure: b.loyalGroupBars(a, l)}, {Table: b.loyalMeaning()}, {Note: b.loyalRule(a, l)}}}
	if l.Groups == nil {
		groups.Blocks[0] = Block{Note: b.say("withheld.note", "min", b.results.MinCell)}
	}
	for _, id := range b.survey.Segments {
		if f := b.loyalBySegment(a, id); f != nil {
			groups.Blocks = append(groups.Blocks, Block{Figure: f})
		}
	}
	out = append(out, groups)
	league := Section{ID: slug(a.ID, "league"), Title: b.say("loyalty.league")}
	for _, id := range b.survey.Segments {
		if f := b.league(a, l, id); f != nil {
			league.Blocks = append(league.Blocks, Block{Figure: f})
		}
	}
	if len(league.Blocks) > 0 {
		out = append(out, league)
	}
	out = append(out, b.curveSection(a, l))
	if l.Bands != nil {
		out = append(out, Section{ID: slug(a.ID, "bands"), Title: b.say("loyalty.bands"), Blocks: []Block{{Figure: b.statedBands(a, l)}}})
	}
	if l.Ladder != nil {
		out = append(out, Section{ID: slug(a.ID, "ladder"), Title: b.say("loyalty.ladder"), Blocks: []Block{{Figure: b.statedLadder(a, l)}, {Note: b.say("loyalty.ladder_rule")}}})
	}
	if l.Economics != nil {
		out = append(out, b.economicsSection(a, l.Economics))
	}
	return out
}

// scorecardSection is the indicators, their composite and what limits them.
func (b *builder) scorecardSection(a survey.Analysis, l *measure.Loyalty) Section {
	card := Section{ID: slug(a.ID, "scorecard"), Title: b.say("loyalty.scorecard"), Blocks: []Block{{Cards: b.loyaltyCards(l)}, {Table: b.scorecard(a, l)}, {Note: b.compositeNote(l)}}}
	if f := b.compositeWaves(a); f != nil {
		card.Blocks = append(card.Blocks, Block{Figure: f})
	}
	if l.NPS != nil && l.Net != nil {
		card.Blocks = append(card.Blocks, Block{Note: b.say("loyalty.never_mixed")})
	}
	if slices.Contains(l.Warnings, measure.PartHidden) {
		card.Blocks = append(card.Blocks, Block{Note: b.say("loyalty.part_hidden", "min", b.results.MinCell)})
	}
	if l.Withheld {
		card.Blocks = append(card.Blocks, Block{Note: b.say("withheld.note", "min", b.results.MinCell)})
	}
	if l.N > 0 && l.N < 30 {
		card.Blocks = append(card.Blocks, Block{Note: b.say("warning.base_under_30")})
	}
	return card
}

// loyaltyCards are the composite and the indicators.
func (b *builder) loyaltyCards(l *measure.Loyalty) []Card {
	var out []Card
	if !math.IsNaN(float64(l.Score)) {
		out = append(out, Card{
			Label: b.say("loyalty.composite"), Value: score1.String(float64(l.Score)), Unit: "/ 100", Interval: b.cardInterval(between(score1, l.CI95), l.ScoreN),
			Whisker: &Whisker{Min: 0, Max: 100, Value: float64(l.Score), Low: float64(l.CI95[0]), High: float64(l.CI95[1]), Target: math.NaN()},
		})
	}
	for _, i := range []struct {
		key string
		of  *measure.LoyaltyLine
	}{{"loyalty.card_satisfied", l.Satisfaction}, {"loyalty.card_repurchase", l.Repurchase}} {
		if i.of != nil && i.of.N > 0 {
			out = append(out, Card{Label: b.say(i.key), Value: percent.String(float64(i.of.Share)), Interval: b.cardInterval(between(percent, i.of.ShareCI), i.of.N)})
		}
	}
	for _, n := range []struct {
		key string
		of  *measure.Net
	}{{"loyalty.card_net", l.Net}, {"card.nps", l.NPS}} {
		if n.of != nil && len(out) < 4 {
			out = append(out, Card{Label: b.say(n.key), Value: points.String(float64(n.of.Score)), Interval: b.cardInterval(between(points, n.of.CI95), n.of.N)})
		}
	}
	return out
}

// scorecard is the three indicators with their weights (METHODS A33).
func (b *builder) scorecard(a survey.Analysis, l *measure.Loyalty) *Table {
	t := &Table{
		ID: slug(a.ID, "scorecard-table"), Caption: b.say("loyalty.scorecard_caption", "weighted", b.weightedNote()),
		Head: []string{b.say("loyalty.indicator"), b.say("figure.base"), b.say("loyalty.score"), b.say("loyalty.high"), b.say("loyalty.share_high"), b.say("loyalty.weight")},
	}
	weights := 0.0
	for _, w := range []string{"satisfaction", "repurchase", "recommend"} {
		weights += l.Weights[w]
	}
	for _, i := range []struct {
		name string
		of   *measure.LoyaltyLine
	}{{"satisfaction", l.Satisfaction}, {"repurchase", l.Repurchase}, {"recommend", l.Recommend}} {
		if i.of == nil {
			continue
		}
		t.Rows = append(t.Rows, Row{Label: b.itemName(i.of.Question), Cells: []Cell{
			{Text: count(i.of.N)},
			{Text: score1.String(float64(i.of.Score)), Mark: between(score1, i.of.CI95)},
			{Text: b.highAnswers(i.of), Tone: "text"},
			{Text: percent.String(float64(i.of.Share)), Mark: between(percent, i.of.ShareCI)},
			{Text: percent0.String(l.Weights[i.name] / weights), Tone: "quiet"},
		}})
	}
	for _, n := range []*measure.Net{l.Net, l.NPS} {
		if n != nil {
			t.Rows = append(t.Rows, Row{Label: b.netName(n, l), Cells: []Cell{{Text: count(n.N)}, {Text: points.String(float64(n.Score)), Mark: between(points, n.CI95)}, {Text: "–", Tone: "text"}, {Text: percent.String(float64(n.Top))}, {Text: "–", Tone: "quiet"}}})
		}
	}
	return t
}

func (b *builder) netName(n *measure.Net, l *measure.Loyalty) string {
	if n == l.NPS {
		return b.say("loyalty.row_nps", "item", b.itemName(n.Question))
	}
	return b.say("loyalty.row_net", "item", b.itemName(n.Question))
}

// highAnswers names the answers that count as high.
func (b *builder) highAnswers(i *measure.LoyaltyLine) string {
	if i.From != nil {
		return b.say("loyalty.from", "value", whole.String(float64(*i.From)))
	}
	item, ok := b.survey.Item(i.Question)
	if !ok || item.Scale == nil {
		return codes(i.High)
	}
	var names []string
	for _, c := range i.High {
		names = append(names, b.optionLabel(item.Scale, c))
	}
	if len(names) > 3 {
		return codes(i.High)
	}
	return b.join(names)
}

func (b *builder) compositeNote(l *measure.Loyalty) string {
	weights := b.say("loyalty.weights_given")
	first, same := math.NaN(), true
	for _, w := range l.Weights {
		if math.IsNaN(first) {
			first = w
		}
		same = same && w == first
	}
	if same {
		weights = b.say("loyalty.weights_equal")
	}
	return b.say("loyalty.composite_note", "weights", weights)
}

// loyalOrder is the groups from the best.
var loyalOrder = []string{"loyalist", "mercenary", "hostage", "defector"}

// partColumns are the columns of a share with its interval and count.
func (b *builder) partColumns() []chart.Column {
	return append(b.valueColumns("share", b.say("figure.share"), percent), chart.Column{ID: "base", Label: b.say("figure.base"), Format: whole})
}

func partRow(label string, p *measure.LoyalPart, n int) chart.Row {
	return chart.Row{Label: label, Cells: []float64{float64(p.Share), float64(p.CI95[0]), float64(p.CI95[1]), float64(p.N), float64(n)}}
}

// partFigure is bars of shares, one base for all.
func (b *builder) partFigure(id string, kind chart.Kind, row string) *chart.Figure {
	f := &chart.Figure{ID: id, Kind: kind, Lang: b.lang, Columns: b.partColumns(), Words: b.chartWords(row), Axis: chart.Axis{Reference: math.NaN()}}
	f.Columns[3].ID, f.Columns[3].Label, f.Words.Base = "count", b.say("figure.answers"), b.say("figure.answers")
	return f
}

func (b *builder) loyalGroupBars(a survey.Analysis, l *measure.Loyalty) *chart.Figure {
	if l.Groups == nil {
		return nil
	}
	f := b.partFigure(slug(a.ID, "groups"), chart.Bars, b.say("figure.group"))
	f.Title = b.say("loyalty.groups_title", "loyal", percent0.String(float64(l.Groups["loyalist"].Share)), "risk", percent0.String(float64(l.Groups["mercenary"].Share)+float64(l.Groups["hostage"].Share)))
	f.Note = b.say("loyalty.groups_note", "base", count(l.N), "weighted", b.weightedNote())
	for _, name := range loyalOrder {
		f.Rows = append(f.Rows, partRow(b.say("loyalty."+name), l.Groups[name], l.N))
	}
	f.Rows[0].Strong = true
	return f
}

// loyalMeaning says what the groups are and what to do for each.
func (b *builder) loyalMeaning() *Table {
	t := &Table{ID: "loyal-groups-table", Caption: b.say("loyalty.meaning"), Head: []string{b.say("figure.group"), b.say("loyalty.is"), b.say("loyalty.do")}}
	for _, name := range loyalOrder {
		t.Rows = append(t.Rows, Row{Label: b.say("loyalty." + name), Cells: []Cell{{Text: b.say("loyalty." + name + "_is"), Tone: "text"}, {Text: b.say("loyalty." + name + "_do"), Tone: "text"}}})
	}
	return t
}

func (b *builder) loyalRule(_ survey.Analysis, l *measure.Loyalty) string {
	if l.Satisfaction == nil {
		return b.say("loyalty.source")
	}
	text := b.say("loyalty.rule_satisfied", "item", b.itemName(l.Satisfaction.Question), "answers", b.set(b.highAnswers(l.Satisfaction)))
	if l.Loyal != "recommend" && l.Repurchase != nil {
		text += b.say("loyalty.rule_loyal", "item", b.itemName(l.Repurchase.Question), "answers", b.set(b.highAnswers(l.Repurchase)))
	}
	if l.Loyal != "repurchase" && l.Recommend != nil {
		key := map[string]string{"recommend": "loyalty.rule_loyal", "both": "loyalty.rule_and", "either": "loyalty.rule_or"}[l.Loyal]
		text += b.say(key, "item", b.itemName(l.Recommend.Question), "answers", b.set(b.highAnswers(l.Recommend)))
	}
	return text + b.say("loyalty.source")
}

// loyalBySegment is the groups in each group of a segment.
func (b *builder) loyalBySegment(a survey.Analysis, segment string) *chart.Figure {
	item, ok := b.survey.Item(segment)
	blocks := b.latest().block.BySegment[segment]
	if !ok || len(blocks) == 0 {
		return nil
	}
	f := &chart.Figure{ID: slug(a.ID, "groups", "by", segment), Kind: chart.Stacked, Lang: b.lang, Words: b.chartWords(b.label(item)), Axis: chart.Axis{Reference: math.NaN()}}
	tones := map[string]float64{"defector": -1, "hostage": -0.4, "mercenary": 0.3, "loyalist": 1}
	for _, name := range slices.Backward(loyalOrder) {
		f.Columns = append(f.Columns, chart.Column{ID: name, Label: b.say("loyalty." + name), Role: chart.Level, Format: percent0, Tone: tones[name]})
	}
	f.Columns = append(f.Columns, chart.Column{ID: "loyalist_low", Label: b.say("loyalty.low"), Format: percent}, chart.Column{ID: "loyalist_high", Label: b.say("loyalty.upper"), Format: percent}, chart.Column{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole})
	for _, code := range groupCodes(item, blocks) {
		row := chart.Row{Label: b.groupLabel(item, code), Cells: blank(len(f.Columns))}
		l := b.loyaltyOf(wave{block: blocks[code]}, a.ID)
		switch {
		case l == nil:
			row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
		case l.N == 0:
			row.State, row.Why = chart.Empty, b.say("reason.no_answers")
		case l.Groups == nil:
			row.State, row.Why = b.withheld()
		default:
			for i, name := range loyalOrder {
				row.Cells[3-i] = float64(l.Groups[name].Share)
			}
			ci := l.Groups["loyalist"].CI95
			row.Cells[4], row.Cells[5], row.Cells[6] = float64(ci[0]), float64(ci[1]), float64(l.N)
			if l.N < 30 {
				row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
			}
		}
		f.Rows = append(f.Rows, row)
	}
	f.Title, f.Note = b.loyalByTitle(item, f.Rows), b.say("loyalty.by_note", "weighted", b.weightedNote())
	return f
}

// loyalByTitle names the groups with the most and the fewest loyalists, where
// their intervals stand apart.
func (b *builder) loyalByTitle(segment survey.Item, rows []chart.Row) string {
	most, least := -1, -1
	for i, r := range rows {
		if math.IsNaN(r.Cells[3]) {
			continue
		}
		if most < 0 || r.Cells[3] > rows[most].Cells[3] {
			most = i
		}
		if least < 0 || r.Cells[3] < rows[least].Cells[3] {
			least = i
		}
	}
	if most < 0 || rows[most].Cells[4] <= rows[least].Cells[5] {
		return b.say("loyalty.by_title", "segment", b.label(segment))
	}
	return b.say("loyalty.by_differ", "most", b.set(rows[most].Label), "share", percent0.String(rows[most].Cells[3]), "least", b.set(rows[least].Label), "other", percent0.String(rows[least].Cells[3]))
}
