package report

import (
	"math"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/survey"
)

// desk is the pages of tickets, scorecards, voices, visits and lost customers.
func (b *builder) desk() []*Page {
	if b.options.Service == nil || b.options.Service.Desk == nil {
		return nil
	}
	d := b.options.Service.Desk
	var out []*Page
	for _, p := range []*Page{b.deskService(d), b.deskScorecards(d), b.deskVoice(d), b.deskVisits(d), b.deskLost(d)} {
		if p != nil {
			out = append(out, p)
		}
	}
	return out
}

// deskName is what a code of a ledger is called: by the author, by us, or as it is written.
func (b *builder) deskName(code string, columns ...string) string {
	if s := b.text(b.survey.Service.Desk.Labels[code]); s != "" {
		return isolated(s)
	}
	for _, column := range columns {
		if s := b.authorCode(column, code); s != "" {
			return isolated(s)
		}
	}
	if b.locale.Has("desk.code." + code) {
		return b.say("desk.code." + code)
	}
	return isolated(code)
}

// deskKPI is the name of a key figure.
func (b *builder) deskKPI(id string) string {
	switch id {
	case "on_time":
		hours := b.survey.Service.Desk.OnTimeHours
		if hours == 0 {
			hours = 24
		}
		return b.say("desk.kpi.on_time", "hours", hours)
	case "survey":
		return b.deskMeasure(b.survey.Service.Desk.Visits.Compare)
	}
	return b.say("desk.kpi." + id)
}

// deskMeasure is the name of an index or a question of the survey.
func (b *builder) deskMeasure(id string) string {
	for _, a := range b.survey.Analyses {
		if a.ID == id {
			return b.analysisName(a, "page.index")
		}
	}
	return b.itemName(id)
}

func deskFormat(id string) chart.Format {
	if id == "visit" || id == "survey" {
		return score1
	}
	return percent
}

// deskValue is a figure in words: its value, or why there is none.
func (b *builder) deskValue(f *service.DeskFigure, format chart.Format) string {
	switch {
	case f == nil:
		return b.say("desk.nothing")
	case f.Suppressed && f.Few():
		return b.say("desk.few_visits")
	case f.Suppressed:
		return b.say("figure.suppressed", "min", b.results.MinCell)
	case f.N == 0:
		return b.say("desk.nothing")
	}
	return format.String(float64(f.Value))
}

// deskKnown reports whether a figure has a value that may be shown.
func deskKnown(f *service.DeskFigure) bool {
	return f != nil && !f.Suppressed && f.N > 0 && !math.IsNaN(float64(f.Value))
}

// deskSpan is the interval of a figure, or words where there is none.
func (b *builder) deskSpan(f *service.DeskFigure, format chart.Format) string {
	if text := format.Span(float64(f.CI95[0]), float64(f.CI95[1])); text != "" && f.CI95[0] != f.CI95[1] {
		return text
	}
	return b.say("desk.no_interval")
}

// deskCard is a headline number with its interval, base and target.
func (b *builder) deskCard(label string, f *service.DeskFigure, format chart.Format) Card {
	c := Card{Label: label, Value: b.deskValue(f, format)}
	if !deskKnown(f) {
		return c
	}
	c.Interval = b.say("desk.card_interval", "interval", b.deskSpan(f, format), "base", count(f.N))
	target := math.NaN()
	if f.Target != nil {
		target = float64(*f.Target)
		c.Change = b.say("desk.card_"+f.Verdict, "target", format.String(target))
	}
	most := 1.0
	if format == score1 {
		most = 100
	}
	if f.CI95[1] > f.CI95[0] {
		c.Whisker = &Whisker{Min: 0, Max: most, Value: float64(f.Value), Low: float64(f.CI95[0]), High: float64(f.CI95[1]), Target: target}
	}
	return c
}

// deskCards keeps the scale of the first card only: it is the wide one.
func deskCards(cards []Card) Block {
	for i := range cards {
		if i > 0 {
			cards[i].Whisker = nil
		}
	}
	return Block{Cards: cards}
}

// deskRow is a figure as a row of a chart with the columns of valueColumns.
func (b *builder) deskRow(label string, f *service.DeskFigure) chart.Row {
	row := chart.Row{Label: label, Cells: blank(4)}
	switch {
	case f == nil || !f.Suppressed && f.N == 0:
		row.State, row.Why = chart.Empty, b.say("desk.nothing")
	case f.Suppressed && f.Few():
		row.State, row.Why = chart.Suppressed, b.say("desk.few_visits")
	case f.Suppressed:
		row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
	default:
		row.Cells = []float64{float64(f.Value), float64(f.CI95[0]), float64(f.CI95[1]), float64(f.N)}
		if f.CI95[0] == f.CI95[1] {
			row.Cells[1], row.Cells[2] = math.NaN(), math.NaN()
		}
		if f.N < 30 {
			row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
		}
	}
	return row
}

// deskDots is a chart of figures with their intervals, without rows.
func (b *builder) deskDots(id, title, note, rows string, format chart.Format) *chart.Figure {
	return &chart.Figure{
		ID: id, Kind: chart.Dots, Lang: b.lang, Title: title, Note: note,
		Columns: b.valueColumns("value", b.say("desk.value"), format), Words: b.deskWords(rows), Axis: chart.Axis{Reference: math.NaN()},
	}
}

// deskWords are the words of a chart of records, which are no answers.
func (b *builder) deskWords(row string) chart.Words {
	w := b.chartWords(row)
	w.NoData = b.say("desk.nothing")
	return w
}

// deskVerdict is the verdict of a figure as a cell.
func (b *builder) deskVerdict(f *service.DeskFigure) Cell {
	if f == nil || f.Verdict == "" {
		return Cell{Text: "–", Tone: "quiet"}
	}
	text := b.say("desk.verdict." + f.Verdict)
	if f.N < 30 && f.Verdict != "not_shown" {
		return Cell{Text: b.say("desk.verdict_few", "verdict", text)}
	}
	return Cell{Text: text, Tone: map[string]string{"met": "good", "missed": "bad"}[f.Verdict]}
}

// deskKicker is the small line above the heading.
func (b *builder) deskKicker(key string, n int, asOf string) string {
	return b.say(key, "n", n, "count", count(n), "as_of", asOf)
}

// deskFacts are the circulated numbers of some topics: rows with provenance.
func (b *builder) deskFacts(id string, topics ...string) *Table {
	t := &Table{ID: id, Caption: b.say("desk.facts_caption"), Head: []string{b.say("desk.facts_claim"), b.say("desk.facts_source"), b.say("desk.facts_caveat")}, Note: b.say("desk.facts_note")}
	for _, topic := range topics {
		for _, f := range survey.Facts() {
			if f.Topic == topic {
				t.Rows = append(t.Rows, Row{Label: b.text(f.Statement), Cells: []Cell{{Text: b.text(f.Provenance), Tone: "text"}, {Text: b.text(f.Caveat), Tone: "text"}}})
			}
		}
	}
	return t
}

// deskFact is one circulated number.
func deskFact(id string) (survey.Fact, bool) {
	for _, f := range survey.Facts() {
		if f.ID == id {
			return f, true
		}
	}
	return survey.Fact{}, false
}

func deskMoney(v measure.Number) string {
	if math.IsNaN(float64(v)) {
		return "–"
	}
	return money(v)
}
