package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// comments is what respondents write about; nil where no analysis asks. No
// answer stands on it: topics are counted, and quotes are the author's.
func (b *builder) comments() *Page {
	page := &Page{Name: "words", Title: b.say("page.words"), Kicker: b.kicker()}
	for _, a := range b.analysesOf("verbatim") {
		v, _ := b.latest().block.Analyses[a.ID].(*measure.Verbatim)
		if page.Heading == "" {
			page.Heading = b.commentsHeading(a, v)
		}
		page.Sections = append(page.Sections, b.commentSections(a, v)...)
	}
	if len(page.Sections) == 0 {
		return nil
	}
	return page
}

// topicName is the title of a topic, its id where it has none; "" is no topic.
func (b *builder) topicName(a survey.Analysis, id string) string {
	for _, t := range a.Verbatim.Topics {
		if t.ID == id && len(t.Title) > 0 {
			return isolated(b.text(t.Title))
		}
	}
	if id == "" {
		return b.say("words.uncoded")
	}
	return id
}

// mostMentioned are the topics that are shown, the most mentioned first.
func mostMentioned(v *measure.Verbatim) []*measure.TopicFigure {
	var out []*measure.TopicFigure
	for _, t := range v.Topics {
		if !t.Suppressed {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(x, y *measure.TopicFigure) int { return y.N - x.N })
	return out
}

// leftOver are the topics that are hidden, then who has no topic.
func leftOver(v *measure.Verbatim) []*measure.TopicFigure {
	var out []*measure.TopicFigure
	for _, t := range v.Topics {
		if t.Suppressed {
			out = append(out, t)
		}
	}
	return append(out, v.Uncoded)
}

// clearer are the topics with a clear difference of the outcome, the largest first.
func clearer(v *measure.Verbatim, sign float64) []*measure.TopicFigure {
	var out []*measure.TopicFigure
	for _, t := range mostMentioned(v) {
		if t.Holm != nil && *t.Holm < 0.05 && float64(*t.Difference)*sign > 0 {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(x, y *measure.TopicFigure) int {
		if math.Abs(float64(*x.Difference)) > math.Abs(float64(*y.Difference)) {
			return -1
		}
		return 1
	})
	return out
}

// commentsHeading says what is written about most, and with what the lowest satisfaction goes.
func (b *builder) commentsHeading(a survey.Analysis, v *measure.Verbatim) string {
	switch {
	case v == nil:
		return b.say("words.hidden", "min", b.results.MinCell)
	case v.N == 0:
		return b.say("words.none")
	}
	top := mostMentioned(v)
	if len(top) == 0 || top[0].N == 0 {
		return b.say("words.no_topic", "n", count(v.N))
	}
	text, near := "", leading(v)
	switch {
	case len(near) > mostLeading:
		text = b.say("words.heading_level", "topics", len(near), "low", percent0.String(float64(near[len(near)-1].Share)), "high", percent0.String(float64(near[0].Share)), "n", count(v.N))
	case len(near) > 1:
		text = b.say("words.heading_near", "topics", b.shared(a, near), "n", count(v.N))
	default:
		text = b.say("words.heading", "topic", b.set(b.topicName(a, top[0].ID)), "share", percent0.String(float64(top[0].Share)), "n", count(v.N))
	}
	if low := clearer(v, -1); len(low) > 0 {
		key := "words.heading_low"
		if low[0] == top[0] && len(near) == 1 {
			key = "words.heading_same"
		}
		text += b.say(key, "topic", b.set(b.topicName(a, low[0].ID)), "outcome", b.itemName(v.Outcome), "difference", score1.String(-float64(*low[0].Difference)))
	}
	return text
}

func (b *builder) commentSections(a survey.Analysis, v *measure.Verbatim) []Section {
	first := Section{ID: slug(a.ID, "topics"), Title: b.analysisName(a, "words.name")}
	if v == nil || v.N == 0 {
		text := b.say("words.none")
		if v == nil {
			text = b.say("words.hidden", "min", b.results.MinCell)
		}
		first.Blocks = []Block{{Text: text}}
		return []Section{first}
	}
	first.Blocks = []Block{
		{Cards: b.commentCards(a, v)},
		{Lists: []List{{Title: b.say("words.lessons"), Items: b.commentLessons(a, v)}}},
		{Figure: b.topicShares(a, v)},
		{Table: b.topicTable(a, v)},
	}
	if v.N < 30 {
		first.Blocks = slices.Insert(first.Blocks, 1, Block{Note: b.say("warning.base_under_30")})
	}
	if slices.ContainsFunc(v.Topics, func(t *measure.TopicFigure) bool { return t.Suppressed }) {
		first.Blocks = append(first.Blocks, Block{Note: b.say("words.some_hidden", "min", b.results.MinCell)})
	}
	out := []Section{first}
	if slices.ContainsFunc(v.Topics, func(t *measure.TopicFigure) bool { return t.Difference != nil }) {
		out = append(out, Section{ID: slug(a.ID, "means"), Title: b.say("words.means"), Blocks: []Block{{Figure: b.topicMeans(a, v)}, {Note: b.say("look.relation")}}})
	}
	if v.Contrast != nil {
		out = append(out, Section{ID: slug(a.ID, "contrast"), Title: b.say("words.contrast"), Blocks: []Block{{Figure: b.topicContrast(a, v.Contrast)}}})
	}
	if f := b.topicWaves(a, v); f != nil {
		out = append(out, Section{ID: slug(a.ID, "waves"), Title: b.say("words.waves"), Blocks: []Block{{Figure: f}}})
	}
	if blocks := b.topicGroups(a, v); len(blocks) > 0 {
		out = append(out, Section{ID: slug(a.ID, "groups"), Title: b.say("words.groups"), Blocks: blocks})
	}
	if blocks := b.topicQuotes(a, v); len(blocks) > 0 {
		out = append(out, Section{ID: slug(a.ID, "quotes"), Title: b.say("words.quotes"), Blocks: blocks})
	}
	return append(out, Section{ID: slug(a.ID, "coding"), Title: b.say("words.coding"), Blocks: b.topicCoding(a, v)})
}

// commentCards are how many commented, the topics that stand out, and what is left over.
func (b *builder) commentCards(a survey.Analysis, v *measure.Verbatim) []Card {
	out := []Card{{Label: b.say("words.commented"), Value: count(v.N), Interval: b.say("words.of_asked", "share", percent0.String(float64(v.Commented.Share)), "asked", count(v.Asked))}}
	share := func(label string, t *measure.TopicFigure) {
		out = append(out, Card{Label: label, Value: percent0.String(float64(t.Share)), Interval: b.cardInterval(between(percent0, t.CI95), v.N)})
	}
	if top := leading(v); len(top) == 1 {
		share(b.say("words.card_most", "topic", b.topicName(a, top[0].ID)), top[0])
	}
	if low := clearer(v, -1); len(low) > 0 {
		out = append(out, Card{Label: b.say("words.card_low", "topic", b.topicName(a, low[0].ID)), Value: points.String(float64(*low[0].Difference)), Interval: b.cardInterval(between(points, *low[0].DifferenceCI), low[0].MeanN[0]+low[0].MeanN[1])})
	}
	if !v.Uncoded.Suppressed {
		share(b.say("words.uncoded"), v.Uncoded)
	}
	return out
}

// topicTable is every topic with its figures.
func (b *builder) topicTable(a survey.Analysis, v *measure.Verbatim) *Table {
	t := &Table{ID: b.figureID(a, "topics", "table"), Caption: b.say("words.table"), Cards: true, Head: []string{b.say("words.topic"), b.say("words.mentions"), b.say("figure.share")}}
	means := v.Outcome != "" && slices.ContainsFunc(append(mostMentioned(v), v.Uncoded), func(f *measure.TopicFigure) bool { return f.Difference != nil })
	if means {
		t.Head = append(t.Head, b.say("words.mentioned"), b.say("words.otherwise"), b.say("words.difference"), b.say("words.p"))
		t.Note = b.say("words.table_note", "outcome", b.itemName(v.Outcome))
	}
	for _, f := range append(mostMentioned(v), leftOver(v)...) {
		row := Row{Label: b.topicName(a, f.ID), Foot: f.ID == ""}
		if f.Suppressed {
			row.Cells = append(row.Cells, Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"})
			row.Cells = append(row.Cells, make([]Cell, len(t.Head)-2)...)
			t.Rows = append(t.Rows, row)
			continue
		}
		row.Cells = []Cell{{Text: count(f.N)}, {Text: percent.String(float64(f.Share)), Mark: between(percent, f.CI95)}}
		if means {
			row.Cells = append(row.Cells, b.meanCells(f)...)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// meanCells are the means of who mention a topic and of who do not.
func (b *builder) meanCells(f *measure.TopicFigure) []Cell {
	dash := Cell{Text: "–", Tone: "quiet"}
	if f.Difference == nil || math.IsNaN(float64(*f.Difference)) {
		return []Cell{dash, dash, dash, dash}
	}
	out := []Cell{{Text: score1.String(float64(*f.Mean))}, {Text: score1.String(float64(*f.Otherwise))}, {Text: points.String(float64(*f.Difference)), Mark: intervalMark(points, *f.DifferenceCI)}, dash}
	if f.Holm == nil || math.IsNaN(float64(*f.Holm)) {
		return out
	}
	out[3] = Cell{Text: pValue(*f.Holm)}
	if *f.Holm < 0.05 {
		out[2].Tone = "good"
		if *f.Difference < 0 {
			out[2].Tone = "bad"
		}
	}
	return out
}

// topicQuotes are the sentences that the author has written, by topic.
func (b *builder) topicQuotes(a survey.Analysis, v *measure.Verbatim) []Block {
	var lists []List
	for _, t := range a.Verbatim.Topics {
		l := List{Title: b.topicName(a, t.ID)}
		for _, q := range v.Quotes {
			if q.Topic == t.ID {
				l.Items = append(l.Items, b.say("words.quote", "text", isolated(b.text(q.Text))))
			}
		}
		if len(l.Items) > 0 {
			lists = append(lists, l)
		}
	}
	if len(lists) == 0 {
		return nil
	}
	return []Block{{Lists: lists}, {Note: b.say("words.quotes_note")}}
}

// topicCoding says how topics were told, and how well rules and people agree.
func (b *builder) topicCoding(a survey.Analysis, v *measure.Verbatim) []Block {
	blocks := []Block{{Text: b.say("words.rules", "topics", len(v.Topics))}}
	if v.Nothing > 0 {
		blocks = append(blocks, Block{Text: b.say("words.nothing", "n", v.Nothing, "count", count(v.Nothing))})
	}
	g := v.Agreement
	if g == nil {
		return append(blocks, Block{Note: b.say("words.no_hand")})
	}
	t := &Table{ID: b.figureID(a, "agreement", "table"), Caption: b.say("words.agreement"), Cards: true, Head: []string{b.say("words.topic"), b.say("words.kappa"), b.say("figure.interval")}, Note: b.say("words.agreement_note")}
	row := func(label string, kappa measure.Number, ci measure.Interval, foot bool) {
		cells := []Cell{{Text: "–", Tone: "quiet"}, {Text: "–", Tone: "quiet"}}
		if !math.IsNaN(float64(kappa)) {
			cells = []Cell{{Text: mean2.String(float64(kappa))}, {Text: intervalMark(mean2, ci), Tone: "quiet"}}
		}
		t.Rows = append(t.Rows, Row{Label: label, Cells: cells, Foot: foot})
	}
	for _, k := range g.Topics {
		row(b.topicName(a, k.ID), k.Kappa, k.CI95, false)
	}
	row(b.say("words.all_topics"), g.Kappa, g.CI95, true)
	return append(blocks, Block{Text: b.say("words.hand", "n", count(g.N), "kappa", mean2.String(float64(g.Kappa)))}, Block{Table: t})
}

// topicChart is an empty figure of topics.
func (b *builder) topicChart(a survey.Analysis, kind chart.Kind, columns []chart.Column, parts ...string) *chart.Figure {
	f := &chart.Figure{ID: b.figureID(a, parts...), Kind: kind, Lang: b.lang, Columns: columns, Words: b.chartWords(b.say("words.topic")), Axis: chart.Axis{Reference: math.NaN()}}
	f.Words.TooFew = b.say("warning.base_under_30")
	return f
}
