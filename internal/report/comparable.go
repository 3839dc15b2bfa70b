package report

import (
	"math"
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
	var figures []Block
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
		if f := b.unevenFigure(item); f != nil && len(figures) < mostUneven {
			figures = append(figures, Block{Figure: f})
		}
	}
	if len(t.Rows) == 0 {
		out.Blocks = []Block{{Text: b.say("history.all", "count", all)}}
		return out
	}
	out.Blocks = []Block{{Text: b.say("history.some", "count", all, "comparable", all-marked-broken, "marked", marked, "broken", broken)}, {Table: t}}
	out.Blocks = append(out.Blocks, figures...)
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
	if text == "" && m.Source != "" {
		text = b.say("history.source", "change", b.changeWord(m), "source", m.Source)
	}
	if text == "" {
		return ""
	}
	if strings.Contains(text, m.Wave) {
		return text
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
func (b *builder) tell(f *chart.Figure, steps []*measure.Step) { b.tellLine(f, 0, steps) }

// tellLine does so for the line whose first wave is row first.
func (b *builder) tellLine(f *chart.Figure, first int, steps []*measure.Step) {
	for i, s := range steps {
		row := first + 1 + i
		if row >= len(f.Rows) {
			return
		}
		switch r := &f.Rows[row]; s.Comparability {
		case measure.NotComparable:
			if before := &f.Rows[row-1]; before.State == chart.Empty { // no line to break: the reason belongs to what is missing
				if strings.HasSuffix(s.Reason, "_changed") {
					before.Why = b.say("history.missing", "reason", b.say("reason."+s.Reason))
				}
				continue
			}
			r.Break = true
			if r.Why == "" {
				r.Why = b.say("history.broken", "reason", b.say("reason."+s.Reason))
			}
		case measure.MarkedStep:
			e := chart.Event{At: r.Label, Text: b.marksText(s)}
			if !slices.Contains(f.Events, e) {
				f.Events = append(f.Events, e)
			}
		}
	}
}

// stepsOf are the steps of a figure of an analysis, named by its path; nil
// where it is not followed.
func (b *builder) stepsOf(analysis, path string) []*measure.Step {
	t, ok := b.latest().block.Analyses["trend"].(*measure.Trend)
	if !ok {
		return nil
	}
	i := slices.IndexFunc(t.Figures, func(f *measure.Followed) bool { return f.Figure == "analyses."+analysis+"."+path })
	if i < 0 {
		return nil
	}
	return t.Figures[i].Steps
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

// likeEverywhere says of a table of means once that its rows compare: the column
// on comparability names those that do not, and is left out where there is none.
func (b *builder) likeEverywhere(t *Table) *Table {
	at := len(t.Head) - 2 // before the base
	plain := func(r Row) bool { return len(r.Cells) == 0 || r.Cells[at-1].Text == b.say("history.comparable") }
	if slices.ContainsFunc(t.Rows, func(r Row) bool { return !plain(r) }) {
		for _, r := range t.Rows {
			if len(r.Cells) > 0 && plain(r) {
				r.Cells[at-1] = Cell{}
			}
		}
		t.Note += b.say("history.blank")
		return t
	}
	t.Head = slices.Delete(t.Head, at, at+1)
	for i, r := range t.Rows {
		if len(r.Cells) > 0 {
			t.Rows[i].Cells = slices.Delete(r.Cells, at-1, at)
		}
	}
	return t
}

// indexReason says why an index does not compare with a wave.
func (b *builder) indexReason(reason, wave string) string {
	if strings.HasSuffix(reason, "_changed") {
		return b.say("history.index_changed", "wave", wave, "reason", b.say("reason."+reason))
	}
	return b.say("csi.change_"+reason, "wave", wave)
}

// mostUneven is how many lines with breaks or marks are drawn.
const mostUneven = 8

// unevenFigure is the line of an item that is broken or marked somewhere: the
// mean of a rated one, else the share of the answer that the latest wave gives
// most often. Nil where there is nothing to draw, or the line is drawn elsewhere.
func (b *builder) unevenFigure(item survey.Item) *chart.Figure {
	steps := b.anySteps(item)
	if !slices.ContainsFunc(steps, func(s *measure.Step) bool { return s.Comparability != measure.ComparableStep }) {
		return nil
	}
	if head, ok := b.survey.Headline(); ok && head.ID == item.ID {
		return nil
	}
	if item.Rated() {
		if item.Type == survey.NPS || b.isMoved(item.ID) {
			return nil
		}
		return b.overWaves(item, "mean", b.trendTitle(item))
	}
	return b.shareOverWaves(item, steps)
}

func (b *builder) isMoved(id string) bool {
	moved, _ := b.movedItems()
	return slices.ContainsFunc(moved, func(m moving) bool { return m.item.ID == id })
}

// shareOverWaves is the share of the answer given most often, as a line.
func (b *builder) shareOverWaves(item survey.Item, steps []*measure.Step) *chart.Figure {
	q := b.questionOf(b.latest(), item.ID)
	if q == nil || q.Suppressed || item.Scale == nil {
		return nil
	}
	most := ""
	for _, code := range item.Scale.Codes() {
		if q.Shares[code] != nil && (most == "" || shareOf(q, code) > shareOf(q, most)) {
			most = code
		}
	}
	if most == "" {
		return nil
	}
	f := &chart.Figure{
		ID: slug(item.ID, "share-trend"), Kind: chart.Lines, Lang: b.lang,
		Title:   b.say("history.share_title", "item", b.name(item), "answer", b.optionLabel(item.Scale, most), "share", percent.String(shareOf(q, most))),
		Note:    b.say("history.share_note", "weighted", b.weightedNote()),
		Columns: b.valueColumns("share", b.say("figure.share"), percent), Words: b.chartWords(b.say("figure.wave")), Axis: chart.Axis{Reference: math.NaN()},
	}
	if was := b.questionOf(b.waves[len(b.waves)-2], item.ID); was != nil && !was.Suppressed && was.Shares[most] != nil && was.N > 0 {
		f.Title = b.shareTitle(item, most, shareOf(q, most), shareOf(was, most))
	}
	for _, w := range b.waves {
		row := chart.Row{Label: w.label, Series: b.optionLabel(item.Scale, most), Cells: blank(4)}
		have := b.questionOf(w, item.ID)
		if row.State, row.Why = b.state(have); have != nil && have.Shares[most] != nil && row.State != chart.Suppressed {
			x := have.Shares[most]
			row.Cells = []float64{float64(x.Share), float64(x.CI95[0]), float64(x.CI95[1]), float64(have.N)}
		}
		f.Rows = append(f.Rows, row)
	}
	b.tell(f, steps)
	return f
}

// shareTitle is the title of the share of one answer beside that of the wave
// before: clearly changed, not clearly, or alone where the two do not compare.
func (b *builder) shareTitle(item survey.Item, code string, now, was float64) string {
	key := "history.share_title"
	if t, ok := b.latest().block.Analyses["trend"].(*measure.Trend); ok {
		f := t.Share(item.ID, code)
		switch {
		case f == nil || len(f.Steps) == 0 || !f.Steps[len(f.Steps)-1].Comparable:
		case !f.Steps[len(f.Steps)-1].Holds():
			key += "_same"
		case now > was:
			key += "_up"
		default:
			key += "_down"
		}
	}
	return b.say(key, "item", b.name(item), "answer", b.optionLabel(item.Scale, code), "share", percent.String(now), "before", percent.String(was), "wave", b.before())
}
