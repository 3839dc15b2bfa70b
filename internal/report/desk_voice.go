package report

import (
	"math"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/survey"
)

// deskVoice is the page of what people do after a problem, what they suggest,
// and by which channels the firm hears of it.
func (b *builder) deskVoice(d *service.Desk) *Page {
	if d.Behaviour == nil && d.Suggestions == nil && d.Channels == nil {
		return nil
	}
	page := &Page{Name: "voice", Title: b.say("page.voice"), Kicker: b.say("desk.cards_kicker", "as_of", d.AsOf), Heading: b.deskVoiceHeading(d)}
	if v := d.Behaviour; v != nil {
		page.Sections = append(page.Sections, b.deskProblem(v)...)
		page.Sections = append(page.Sections, b.deskLadder(v)...)
		page.Sections = append(page.Sections, b.deskIceberg(v)...)
	}
	if d.Suggestions != nil {
		page.Sections = append(page.Sections, b.deskSuggestions(d.Suggestions))
	}
	if d.Channels != nil {
		page.Sections = append(page.Sections, b.deskChannels(d.Channels))
	}
	if d.Behaviour != nil {
		page.Sections = append(page.Sections, Section{ID: "voice-facts", Title: b.say("desk.facts"), Blocks: []Block{{Text: b.say("desk.facts_text")}, {Table: b.deskFacts("voice-facts-table", "silent", "resolved", "mouth", "cost")}}})
	}
	return page
}

func (b *builder) deskVoiceHeading(d *service.Desk) string {
	if v := d.Behaviour; v != nil {
		switch h := v.Hidden; {
		case h != nil && h.Recorded > 0 && !math.IsNaN(float64(h.Low+h.High)):
			return b.say("desk.voice_heading_hidden", "share", percent0.String(float64(v.Voiced.Value)), "recorded", count(h.Recorded), "low", deskRounded(h.Low), "high", deskRounded(h.High))
		case deskKnown(v.Voiced):
			return b.say("desk.voice_heading", "share", percent0.String(float64(v.Voiced.Value)), "interval", b.deskSpan(v.Voiced, percent0))
		case v.Ladder != nil && deskKnown(v.Ladder.Silent):
			return b.say("desk.voice_heading_silent", "share", percent0.String(float64(v.Ladder.Silent.Value)))
		}
	}
	switch s := d.Suggestions; {
	case s != nil && deskKnown(s.Adopted):
		return b.say("desk.voice_heading_ideas", "n", s.N, "count", count(s.N), "share", percent0.String(float64(s.Adopted.Value)))
	case s != nil:
		return b.say("desk.voice_heading_received", "n", s.N, "count", count(s.N))
	case d.Channels != nil && d.Channels.Registered:
		return b.say("desk.voice_heading_posts", "n", len(d.Channels.Posts), "silent", len(d.Channels.Silent))
	}
	return b.say("desk.voice_heading_none")
}

// deskRounded writes an estimate without the digits that it does not carry.
func deskRounded(v measure.Number) string {
	x := float64(v)
	if math.IsNaN(x) {
		return "–"
	}
	if step := math.Pow(10, math.Floor(math.Log10(math.Max(math.Abs(x), 1)))-1); step > 1 {
		x = math.Round(x/step) * step
	}
	return count(int(math.Round(x)))
}

// deskProblem is the survey's block of questions about a problem.
func (b *builder) deskProblem(v *service.DeskBehaviour) []Section {
	f := b.deskDots("voice-problem", "", b.say("desk.problem_note", "weighted", b.weightedNote()), b.say("desk.step"), percent)
	f.Axis.Min, f.Axis.Max = 0, 1
	for _, x := range []struct {
		id string
		of *service.DeskFigure
	}{{"experienced", v.Experienced}, {"voiced", v.Voiced}, {"reached", v.Reached}, {"resolved", v.Resolved}} {
		if x.of != nil {
			f.Rows = append(f.Rows, b.deskRow(b.say("desk.problem."+x.id), x.of))
		}
	}
	for _, h := range v.Handling {
		if h.Top != nil {
			f.Rows = append(f.Rows, b.deskRow(b.say("desk.problem.handling", "item", b.itemName(h.ID)), h.Top))
		}
	}
	if len(f.Rows) == 0 {
		return nil
	}
	f.Title = b.say("desk.problem_none")
	switch {
	case deskKnown(v.Experienced) && deskKnown(v.Voiced):
		f.Title = b.say("desk.problem_title", "problem", percent0.String(float64(v.Experienced.Value)), "voiced", percent0.String(float64(v.Voiced.Value)))
	case deskKnown(v.Experienced):
		f.Title = b.say("desk.problem_title_only", "problem", percent0.String(float64(v.Experienced.Value)))
	}
	blocks := []Block{{Figure: f}}
	if len(v.Handling) > 0 {
		blocks = append(blocks, Block{Table: b.deskHandling(v)})
	}
	for _, w := range v.Warnings {
		blocks = append(blocks, Block{Note: b.say("desk.warning." + w)})
	}
	blocks = append(blocks, Block{Note: b.say("desk.silence_note")})
	return []Section{{ID: "voice-problem-section", Title: b.say("desk.problem_section"), Blocks: blocks}}
}

func (b *builder) deskHandling(v *service.DeskBehaviour) *Table {
	t := &Table{ID: "voice-handling", Caption: b.say("desk.handling_caption"), Head: []string{b.say("figure.item"), b.say("desk.score"), b.say("figure.interval"), b.say("desk.top"), b.say("figure.interval"), b.say("figure.base")}}
	for _, h := range v.Handling {
		row := Row{Label: b.itemName(h.ID)}
		if !deskKnown(h.Score) {
			row.Cells = []Cell{{Text: b.deskValue(h.Score, score1), Tone: "quiet"}, {Text: "–"}, {Text: "–"}, {Text: "–"}, {Text: "–"}}
			t.Rows = append(t.Rows, row)
			continue
		}
		row.Cells = []Cell{{Text: score1.String(float64(h.Score.Value))}, {Text: b.deskSpan(h.Score, score1)}, {Text: "–"}, {Text: "–"}, {Text: count(h.Score.N), Tone: "quiet"}}
		if deskKnown(h.Top) {
			row.Cells[2], row.Cells[3] = Cell{Text: percent.String(float64(h.Top.Value))}, Cell{Text: b.deskSpan(h.Top, percent)}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// deskLadder is how far people went: a funnel of those who went at least so far,
// and the silent share beside the number that courses repeat.
func (b *builder) deskLadder(v *service.DeskBehaviour) []Section {
	var blocks []Block
	if l := v.Ladder; l != nil {
		if l.N == 0 {
			blocks = append(blocks, Block{Text: b.say("desk.ladder_none")})
		} else {
			blocks = append(blocks, Block{Figure: b.deskFunnel(l)})
			blocks = append(blocks, b.deskSilent(l)...)
		}
	}
	if v.Levels != nil {
		blocks = append(blocks, Block{Table: b.deskLevels(v.Levels)})
	}
	if len(blocks) == 0 {
		return nil
	}
	return []Section{{ID: "voice-ladder", Title: b.say("desk.ladder"), Blocks: blocks}}
}

func (b *builder) deskFunnel(l *service.DeskLadder) *chart.Figure {
	f := &chart.Figure{
		ID: "voice-funnel", Kind: chart.Funnel, Lang: b.lang, Words: b.deskWords(b.say("desk.rung_head")), Axis: chart.Axis{Reference: math.NaN()},
		Title: b.say("desk.funnel_title", "silent", percent0.String(float64(l.Silent.Value)), "legal", percent0.String(float64(l.Rungs[len(l.Rungs)-1].Share.Value))),
		Note:  b.say("desk.funnel_note", "item", b.itemName(l.Question), "weighted", b.weightedNote()),
		Columns: []chart.Column{
			{ID: "at_least", Label: b.say("desk.at_least"), Role: chart.Value, Format: percent},
			{ID: "at_least_low", Label: b.say("figure.low"), Format: percent},
			{ID: "at_least_high", Label: b.say("figure.high"), Format: percent},
			{ID: "share", Label: b.say("desk.exactly"), Role: chart.Total, Format: percent},
			{ID: "share_low", Label: b.say("figure.low"), Format: percent},
			{ID: "share_high", Label: b.say("figure.high"), Format: percent},
			{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
		},
	}
	if l.Several {
		f.Kind, f.Note = chart.Bars, b.say("desk.funnel_several", "item", b.itemName(l.Question), "weighted", b.weightedNote())
		f.Columns = b.valueColumns("share", b.say("figure.share"), percent)
	}
	for _, r := range l.Rungs {
		label, s := b.say("desk.rung."+r.ID), r.Share
		row := chart.Row{Label: label, Cells: blank(len(f.Columns))}
		if l.Several {
			row = b.deskRow(label, s)
		} else if a := r.AtLeast; a != nil {
			copy(row.Cells, []float64{float64(a.Value), float64(a.CI95[0]), float64(a.CI95[1]), float64(s.Value), float64(s.CI95[0]), float64(s.CI95[1]), float64(s.N)})
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}

// deskSilent is the silent share with the circulated number as a dashed line,
// and the index of escalation.
func (b *builder) deskSilent(l *service.DeskLadder) []Block {
	f := b.deskDots("voice-silent", b.say("desk.silent_title", "share", percent0.String(float64(l.Silent.Value)), "interval", b.deskSpan(l.Silent, percent0)), b.say("desk.silent_note"), b.say("desk.rung_head"), percent)
	f.Axis.Min, f.Axis.Max = 0, 1
	f.Rows = []chart.Row{b.deskRow(b.say("desk.rung.silent"), l.Silent)}
	if fact, ok := deskFact("silent"); ok {
		f.Axis.Reference, f.Axis.RefLabel = fact.Value, b.say("desk.folklore", "value", percent0.String(fact.Value))
	}
	out := []Block{{Figure: f}}
	if x := l.Index; deskKnown(x) {
		out = append(out, Block{Text: b.say("desk.escalation", "n", x.N, "index", score1.String(float64(x.Value)), "interval", b.deskSpan(x, score1), "base", count(x.N))})
	}
	return out
}

func (b *builder) deskLevels(l *service.DeskLevels) *Table {
	t := &Table{
		ID: "voice-levels", Caption: b.say("desk.levels_caption"), Head: []string{b.say("desk.rung_head"), b.say("desk.records"), b.say("figure.share")},
		Note: b.say("desk.levels_note", "n", l.Escalated.Count, "share", percent.String(float64(l.Escalated.Value)), "interval", b.deskSpan(l.Escalated, percent), "base", count(l.N)),
	}
	for _, id := range survey.DeskRungs {
		n := l.Counts[id]
		t.Rows = append(t.Rows, Row{Label: b.say("desk.rung." + id), Cells: []Cell{{Text: count(n)}, {Text: percent.String(float64(n) / float64(l.N))}}})
	}
	return t
}

// deskIceberg is the range of complaints that people had, recorded or not.
func (b *builder) deskIceberg(v *service.DeskBehaviour) []Section {
	h := v.Hidden
	if h == nil {
		return nil
	}
	t := &Table{ID: "voice-iceberg", Caption: b.say("desk.iceberg_caption"), Head: []string{b.say("desk.iceberg_what"), b.say("desk.value"), b.say("figure.interval"), b.say("desk.iceberg_source")}}
	add := func(key, value, span, source string) {
		t.Rows = append(t.Rows, Row{Label: b.say("desk.iceberg." + key), Cells: []Cell{{Text: value}, {Text: span}, {Text: source, Tone: "text"}}})
	}
	add("recorded", count(h.Recorded), "–", b.say("desk.iceberg.from_ledger", "from", h.From, "to", h.To))
	add("voice", percent.String(float64(h.Voice)), b.deskSpan(v.Voiced, percent), b.say("desk.iceberg.from_survey", "n", v.Voiced.N, "base", count(v.Voiced.N)))
	if deskKnown(v.Reached) {
		add("reach", percent.String(float64(h.Reach)), b.deskSpan(v.Reached, percent), b.say("desk.iceberg.from_survey", "n", v.Reached.N, "base", count(v.Reached.N)))
	} else {
		add("reach", percent0.String(1), "–", b.say("desk.iceberg.assumed"))
	}
	source := "desk.iceberg.assumed"
	if b.survey.Service.Desk.Recorded != nil {
		source = "desk.iceberg.given"
	}
	add("record", percent0.String(float64(h.Record)), "–", b.say(source))
	high := deskRounded(h.High)
	if math.IsNaN(float64(h.High)) {
		high = b.say("desk.iceberg.open")
	}
	text := b.say("desk.iceberg_none")
	if !math.IsNaN(float64(h.Estimate)) {
		add("estimate", deskRounded(h.Estimate), b.say("desk.iceberg.range", "low", deskRounded(h.Low), "high", high), b.say("desk.iceberg.formula"))
		unseen := deskRounded(h.UnseenTop)
		if math.IsNaN(float64(h.UnseenTop)) {
			unseen = high
		}
		text = b.say("desk.iceberg_text", "recorded", count(h.Recorded), "low", deskRounded(h.UnseenLow), "high", unseen)
	}
	return []Section{{ID: "voice-iceberg-section", Title: b.say("desk.iceberg_section"), Blocks: []Block{{Text: text}, {Table: t}, {Note: b.say("desk.iceberg_note")}}}}
}
