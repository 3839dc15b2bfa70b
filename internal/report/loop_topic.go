package report

import (
	"cmp"
	"math"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
)

// topicFindings lead to the pages of the topics.
func (l *loopPages) topicFindings() []Finding {
	var out []Finding
	for k, t := range l.loop.Topics {
		out = append(out, Finding{Page: l.topicNames[k], Title: l.topicTitle(t), Heading: l.topicHeading(t)})
	}
	return out
}

func (l *loopPages) topicTitle(t *service.LoopTopic) string {
	return cmp.Or(l.worded("topic", t.ID, t.Title), isolated(t.ID))
}

// topicHeading says what became of the figure of a topic.
func (l *loopPages) topicHeading(t *service.LoopTopic) string {
	name, e := l.metricLabel(t.Of), t.Effect
	switch {
	case t.Metric == "":
		return l.say("loop.topic_no_metric")
	case e.Verdict == "":
		return l.say("loop.topic_unknown", "figure", name, "why", l.why(e.Why))
	}
	format, _, _ := loopFormat(t.Of, e.After)
	return l.say("loop.topic_"+e.Verdict, "figure", name, "before", format.String(float64(e.Before.Value)), "after", l.counted(t.Of, e.After, format.String(float64(e.After.Value))))
}

// counted is a value of complaints with what it is per; others say so elsewhere.
func (l *loopPages) counted(m *service.LoopMetric, f *service.LoopFigure, value string) string {
	if !m.Complaints {
		return value
	}
	return l.say("loop.counted", "value", value, "unit", l.unitWord(m, f))
}

// topicPage is one PDCA topic: what was planned, done, checked and kept, the
// figure over time, and the actions.
func (l *loopPages) topicPage(k int) *Page {
	t := l.loop.Topics[k]
	page := &Page{Name: l.topicNames[k], Title: l.topicTitle(t), Under: "actions", Heading: l.topicHeading(t), Kicker: l.say("loop.topic_kicker", "owner", dash(l.worded("owner", t.Owner, t.Owner)), "state", dash(l.topicState(t.State)))}
	steps := &Table{ID: slug("pdca", l.topicNames[k]), Caption: l.topicTitle(t), Head: []string{l.say("loop.pdca.step"), l.say("loop.pdca.what")}}
	for _, step := range []struct{ key, text string }{{"plan", t.Plan}, {"do", t.Do}, {"check", t.Check}, {"act", t.Act}} {
		cell := Cell{Text: l.say("loop.pdca.empty"), Tone: "text"}
		if step.text != "" {
			cell.Text = l.worded("topic_"+step.key, t.ID, step.text)
		}
		steps.Rows = append(steps.Rows, Row{Label: l.say("loop.pdca." + step.key), Cells: []Cell{cell}})
	}
	page.Sections = append(page.Sections, Section{ID: "pdca", Title: l.say("loop.pdca.title"), Blocks: []Block{{Table: steps}}})
	effect := Section{ID: "effect", Title: l.say("loop.before_after")}
	if t.Of.Known {
		effect.Blocks = append(effect.Blocks, Block{Cards: l.effectCards(t.Of, t.Effect)})
	}
	if f := l.courseFigure(t.Of, t.Course, l.eventsOf(t.Actions), t.Effect.Target, "topic", l.topicNames[k]); f != nil {
		effect.Blocks = append(effect.Blocks, Block{Figure: f})
	}
	if !math.IsNaN(float64(t.Before)) || !math.IsNaN(float64(t.After)) {
		number := func(v float64) string {
			if math.IsNaN(v) {
				return "–"
			}
			return chart.Format{Decimals: 1}.String(v)
		}
		effect.Blocks = append(effect.Blocks, Block{Note: l.say("loop.topic_written", "before", number(float64(t.Before)), "after", number(float64(t.After)))})
	}
	if len(effect.Blocks) > 0 {
		effect.Blocks = append(effect.Blocks, Block{Note: l.say("loop.effects_note")})
		page.Sections = append(page.Sections, effect)
	}
	var actions []*service.LoopAction
	for _, id := range t.Actions {
		actions = append(actions, l.action(id))
	}
	s := Section{ID: "actions", Title: l.say("loop.topic_actions"), Blocks: []Block{{Text: l.say("loop.topic_no_actions")}}}
	if len(actions) > 0 {
		s.Blocks = []Block{{Table: l.counterTable(slug("actions", l.topicNames[k]), actions)}}
	}
	page.Sections = append(page.Sections, s)
	return page
}

// topicState is a word of ours for the states that are usual, else the author's.
func (l *loopPages) topicState(state string) string {
	switch state {
	case "plan", "do", "check", "act", "standardised", "closed":
		return l.say("loop.topic_states." + state)
	}
	return isolated(state)
}

// effectCards are the figure before, after, and its change.
func (l *loopPages) effectCards(m *service.LoopMetric, e *service.LoopEffect) []Card {
	card := func(key string, f *service.LoopFigure) Card {
		c := Card{Label: l.say("loop." + key), Value: "–", Interval: l.when(f)}
		if f == nil {
			return c
		}
		format, _, _ := loopFormat(m, f)
		if f.Why == "" {
			c.Value, c.Unit = format.String(float64(f.Value)), l.cardUnit(m, f)
			c.Interval = l.say("loop.card_interval", "when", l.when(f), "interval", between(format, f.CI95), "base", count(f.N))
			if m.Complaints {
				c.Interval = l.say("loop.card_complaints", "when", l.when(f), "interval", between(format, f.CI95), "base", count(f.N))
			}
		}
		return c
	}
	change := l.changeOf(m, e)
	last := Card{Label: l.say("loop.change"), Value: "–", Interval: change.Text}
	if e.Verdict != "" {
		last.Value, last.Interval, last.Change = change.Text, l.say("loop.interval", "interval", change.Mark), l.say("loop.verdict."+e.Verdict)
		if change.Mark == "" {
			last.Interval = ""
		}
	}
	return []Card{card("before", e.Before), card("after", e.After), last}
}

// eventsOf are the days on which actions were done: at the wave or the quarter
// they fall into, else between the waves before and after them.
func (l *loopPages) eventsOf(ids []string) func(course []*service.LoopFigure) []chart.Event {
	return func(course []*service.LoopFigure) []chart.Event {
		var out []chart.Event
		for _, id := range ids {
			a := l.action(id)
			if a == nil || a.Done == "" || a.State != service.Done && a.State != service.DoneLate {
				continue
			}
			for _, f := range course {
				if f.To >= a.Done {
					out = append(out, chart.Event{At: l.mark(f), Before: f.Wave != "" && f.From > a.Done, Text: l.say("loop.event", "id", isolated(a.ID), "day", a.Done)})
					break
				}
			}
		}
		return out
	}
}

// mark is a time of a course: a wave, or the quarter that begins with a month.
func (l *loopPages) mark(f *service.LoopFigure) string {
	if f.Wave != "" {
		return l.waveLabel(f.Wave)
	}
	quarter := map[string]string{"01": "1", "04": "2", "07": "3", "10": "4"}[f.From[5:7]]
	return l.say("loop.quarter", "year", f.From[:4], "quarter", quarter)
}

// courseFigure is a figure over waves or quarters; nil with fewer than two.
func (l *loopPages) courseFigure(m *service.LoopMetric, course []*service.LoopFigure, events func([]*service.LoopFigure) []chart.Event, target measure.Number, id ...string) *chart.Figure {
	if len(course) < 2 {
		return nil
	}
	format, _, _ := loopFormat(m, nil)
	f := &chart.Figure{
		ID: slug(append(id, "course")...), Kind: chart.Lines, Lang: l.lang, Title: l.courseTitle(m, course), Note: l.say("loop.course_note", "unit", l.unitWord(m, course[0])),
		Columns: l.valueColumns("value", l.unitWord(m, course[0]), format), Words: l.chartWords(l.say("figure.wave")), Axis: chart.Axis{Reference: float64(target)},
		Events: events(course),
	}
	if m.Complaints {
		f.Columns[3].Label, f.Words.Row = l.say("loop.complaints"), l.say("loop.quarter_word")
	}
	if !math.IsNaN(float64(target)) {
		f.Axis.RefLabel = l.say("figure.target_at", "target", format.String(float64(target)))
	}
	for i, x := range course {
		row := chart.Row{Label: l.mark(x), Series: l.metricLabel(m), Cells: []float64{float64(x.Value), float64(x.CI95[0]), float64(x.CI95[1]), float64(x.N)}}
		switch {
		case x.Why == "min_cell":
			row.State, row.Why = chart.Suppressed, l.say("figure.suppressed", "min", l.results.MinCell)
		case x.Why != "":
			row.State, row.Why = chart.Empty, l.why(x.Why)
		case x.N < 30 && !m.Complaints:
			row.State = chart.TooFew
		}
		if i > 0 && x.Wave != "" && x.Why == "" && course[i-1].Why == "" {
			row.Break = !l.results.Between(l.survey, m.Metric, course[i-1].Wave, x.Wave).Comparable
		}
		f.Rows = append(f.Rows, row)
	}
	f.Words.TooFew, f.Words.Break = l.say("warning.base_under_30"), l.say("loop.break")
	return f
}

// courseTitle says where a figure stood first and where it stands now.
func (l *loopPages) courseTitle(m *service.LoopMetric, course []*service.LoopFigure) string {
	var first, last *service.LoopFigure
	for _, x := range course {
		if x.Why == "" {
			if first == nil {
				first = x
			}
			last = x
		}
	}
	if first == nil || first == last {
		return l.metricLabel(m)
	}
	format, _, _ := loopFormat(m, nil)
	return l.say("loop.course", "figure", l.metricLabel(m), "from", format.String(float64(first.Value)), "first", strings.TrimLeft(l.spaced(l.mark(first)), " "), "to", format.String(float64(last.Value)), "last", strings.TrimLeft(l.spaced(l.mark(last)), " "))
}
