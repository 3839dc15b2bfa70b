package report

import (
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// comparableSection says which items compare across the waves and which do not, and why.
func (b *builder) comparableSection() Section {
	out := Section{ID: "comparable", Title: b.say("history.title")}
	t := &Table{ID: "comparable-table", Caption: b.say("history.table"), Head: []string{b.say("figure.item")}, Note: b.say("history.table_note")}
	for _, w := range b.waves[1:] {
		t.Head = append(t.Head, w.label)
	}
	t.Head = append(t.Head, b.say("history.notes"))
	all, marked, broken := 0, 0, 0
	for _, item := range b.survey.Items() {
		steps := b.anySteps(item)
		if steps == nil || !slices.ContainsFunc(steps, func(s *measure.Step) bool { return s.Reason != measure.NotAsked }) && !b.everAsked(item) {
			continue
		}
		all++
		switch {
		case slices.ContainsFunc(steps, func(s *measure.Step) bool { return s.Comparability == measure.NotComparable }):
			broken++
		case slices.ContainsFunc(steps, func(s *measure.Step) bool { return s.Comparability == measure.MarkedStep }):
			marked++
		case !slices.ContainsFunc(steps, func(s *measure.Step) bool { return len(s.Marks) > 0 }):
			continue
		}
		t.Rows = append(t.Rows, b.comparableRow(item, steps))
	}
	if len(t.Rows) == 0 {
		out.Blocks = []Block{{Text: b.say("history.all", "count", all)}}
		return out
	}
	out.Blocks = []Block{{Text: b.say("history.some", "count", all, "comparable", all-marked-broken, "marked", marked, "broken", broken)}, {Table: t}}
	return out
}

// everAsked reports whether a wave has the item.
func (b *builder) everAsked(item survey.Item) bool {
	return slices.ContainsFunc(b.waves, func(w wave) bool {
		q := b.questionOf(w, item.ID)
		return q != nil && (q.Asked || q.Suppressed)
	})
}

// anySteps are the steps of the first figure that is followed of an item.
func (b *builder) anySteps(item survey.Item) []*measure.Step {
	t, ok := b.latest().block.Analyses["trend"].(*measure.Trend)
	if !ok {
		return nil
	}
	for _, f := range t.Figures {
		if f.Item == item.ID && strings.HasPrefix(f.Figure, "questions.") {
			return f.Steps
		}
	}
	return nil
}

func (b *builder) comparableRow(item survey.Item, steps []*measure.Step) Row {
	row := Row{Label: b.name(item)}
	var notes []string
	for _, s := range steps {
		cell := Cell{Text: b.say("history." + s.Comparability), Tone: "quiet"}
		switch s.Comparability {
		case measure.NotComparable:
			cell.Tone, cell.Mark = "bad", b.say("reason."+s.Reason)
		case measure.MarkedStep:
			cell.Tone, cell.Mark = "", b.marksText(s)
		}
		row.Cells = append(row.Cells, cell)
		for _, m := range s.Marks {
			if note := b.markNote(m); note != "" && !slices.Contains(notes, note) {
				notes = append(notes, note)
			}
		}
	}
	row.Cells = append(row.Cells, Cell{Lines: notes, Tone: "text"})
	return row
}

// markNote is the author's note of a change, with the wave; "" without.
func (b *builder) markNote(m *measure.Mark) string {
	text := b.text(m.Note)
	if m.Change == measure.Spliced {
		text = b.say("history.equivalent") + b.say("history.colon") + m.Old
	}
	if text == "" {
		return ""
	}
	return b.waveName(m.Wave) + b.say("history.colon") + text
}

func (b *builder) waveName(id string) string {
	for _, w := range b.waves {
		if w.id == id {
			return w.label
		}
	}
	return id
}

// marksText names the kinds of change that a step crosses.
func (b *builder) marksText(s *measure.Step) string {
	var out []string
	for _, m := range s.Marks {
		if m.Series == survey.SameSeries {
			continue
		}
		text := b.changeWord(m)
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return b.join(out)
}

func (b *builder) changeWord(m *measure.Mark) string {
	if m.Change == measure.Spliced {
		return b.say("history.equivalent")
	}
	return b.say("reason." + m.Change + "_changed")
}

// tell breaks the line of a figure where waves do not compare, with the reason,
// and marks the waves at which something else changed. Row i is wave i.
func (b *builder) tell(f *chart.Figure, steps []*measure.Step) {
	for i := range f.Rows {
		if i == 0 || i > len(steps) {
			continue
		}
		switch s := steps[i-1]; s.Comparability {
		case measure.NotComparable:
			f.Rows[i].Break = true
			if f.Rows[i].Why == "" {
				f.Rows[i].Why = b.say("history.broken", "reason", b.say("reason."+s.Reason))
			}
		case measure.MarkedStep:
			f.Events = append(f.Events, chart.Event{At: f.Rows[i].Label, Text: b.marksText(s)})
		}
	}
}

// comparableCell says whether the last change is one of the same measure.
func (b *builder) comparableCell(s *measure.Step) Cell {
	switch {
	case s == nil:
		return Cell{}
	case s.Comparability == measure.MarkedStep:
		return Cell{Text: b.say("history.marked"), Mark: b.marksText(s)}
	case !s.Comparable:
		return Cell{Text: b.say("history.not"), Tone: "quiet"}
	}
	return Cell{Text: b.say("history.comparable"), Tone: "quiet"}
}

// indexReason says why an index does not compare with a wave.
func (b *builder) indexReason(reason, wave string) string {
	if strings.HasSuffix(reason, "_changed") {
		return b.say("history.index_changed", "wave", wave, "reason", b.say("reason."+reason))
	}
	return b.say("csi.change_"+reason, "wave", wave)
}
