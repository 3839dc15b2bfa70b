package report

import (
	"math"
	"slices"
	"strings"
	"time"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// fieldwork is the page of how the responses came: when, in which version,
// language and mode, where they broke off, how long they took. Nil where the
// files say nothing of it.
func (b *builder) fieldwork() *Page {
	f := b.fieldworkOf(b.latest())
	if f == nil || !b.fieldKnown() {
		return nil
	}
	page := &Page{Name: "fieldwork", Title: b.say("page.fieldwork"), Kicker: b.kicker(), Heading: b.fieldHeading(f)}
	page.Sections = append(page.Sections, Section{ID: "returns", Title: b.say("fieldwork.returns"), Blocks: b.fieldReturns(f)})
	page.Sections = append(page.Sections, Section{ID: "ways", Title: b.say("fieldwork.ways"), Blocks: b.fieldWays(f)})
	page.Sections = append(page.Sections, Section{ID: "break-off", Title: b.say("fieldwork.break_off"), Blocks: b.fieldBreaks(f)})
	page.Sections = append(page.Sections, Section{ID: "time", Title: b.say("fieldwork.time"), Blocks: b.fieldTime(f)})
	return page
}

func (b *builder) fieldworkOf(w wave) *measure.Fieldwork {
	if w.block == nil {
		return nil
	}
	f, _ := w.block.Analyses["fieldwork"].(*measure.Fieldwork)
	return f
}

// fieldKnown reports whether any wave says more than how many responses it has.
func (b *builder) fieldKnown() bool {
	for _, w := range b.waves {
		if f := b.fieldworkOf(w); f != nil && (len(f.Periods) > 0 || f.Partial > 0 || f.Versions != nil || f.Languages != nil || f.Modes != nil || f.Seconds != nil || f.Invited > 0) {
			return true
		}
	}
	return false
}

func (b *builder) fieldHeading(f *measure.Fieldwork) string {
	text := b.say("fieldwork.heading", "n", f.Complete, "count", count(f.Complete))
	if f.ResponseRate != nil {
		text += b.say("fieldwork.heading_rate", "rate", percent.String(known(f.ResponseRate)))
	}
	switch {
	case f.Completion != nil:
		text += b.say("fieldwork.heading_completion", "share", percent.String(known(f.Completion)))
	case f.ResponseRate == nil && f.Seconds != nil && !f.Seconds.Suppressed:
		text += b.say("fieldwork.heading_time", "time", b.minutes(float64(f.Seconds.Median)))
	}
	return text + b.say("csi.stop")
}

// minutes writes seconds as minutes and seconds.
func (b *builder) minutes(seconds float64) string {
	s := int(math.Round(seconds))
	if s < 60 {
		return b.say("fieldwork.seconds_only", "s", s)
	}
	return b.say("fieldwork.minutes", "m", s/60, "s", s%60)
}

// fieldReturns are the responses over time and by wave.
func (b *builder) fieldReturns(f *measure.Fieldwork) []Block {
	var out []Block
	if fig := b.fieldPeriods(f); fig != nil {
		out = append(out, Block{Figure: fig})
	} else {
		out = append(out, Block{Text: b.say("fieldwork.no_days")})
	}
	t := &Table{
		ID: "fieldwork-waves", Caption: b.say("fieldwork.waves"), Note: b.say("fieldwork.waves_note"),
		Head: []string{b.say("figure.wave"), b.say("fieldwork.complete"), b.say("fieldwork.partial"), b.say("fieldwork.completion"), b.say("fieldwork.invited"), b.say("fieldwork.rate")},
	}
	for _, w := range b.waves {
		f := b.fieldworkOf(w)
		label := w.label
		if label == "" {
			label = b.say("fieldwork.all_responses")
		}
		dash := Cell{Text: "–", Tone: "quiet"}
		if f == nil {
			t.Rows = append(t.Rows, Row{Label: label, Cells: []Cell{{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}, dash, dash, dash, dash}})
			continue
		}
		row := Row{Label: label, Cells: []Cell{{Text: count(f.Complete)}, dash, {Text: b.say("fieldwork.unknown"), Tone: "quiet"}, {Text: b.say("fieldwork.unknown"), Tone: "quiet"}, dash}}
		if f.Completion != nil {
			row.Cells[1] = Cell{Text: count(f.Partial)}
			row.Cells[2] = Cell{Text: percent.String(known(f.Completion)), Mark: between(percent, *f.CI95)}
		}
		if f.Invited > 0 {
			row.Cells[3], row.Cells[4] = Cell{Text: count(f.Invited)}, Cell{Text: percent.String(known(f.ResponseRate))}
		}
		t.Rows = append(t.Rows, row)
	}
	return append(out, Block{Table: t})
}

// fieldPeriods is the complete responses by day or week, as a line; as bars of
// an average week where some weeks are taken together, which a line would draw
// as if they were as long as the others.
func (b *builder) fieldPeriods(f *measure.Fieldwork) *chart.Figure {
	if len(f.Periods) < 2 {
		return nil
	}
	all := 0
	most := f.Periods[0]
	for _, p := range f.Periods {
		if all += p.N; p.N > most.N {
			most = p
		}
	}
	var fig *chart.Figure
	if slices.ContainsFunc(f.Periods, func(p *measure.FieldPeriod) bool { return p.Pooled }) {
		fig = b.fieldSpans(f)
		fig.Title = b.say("fieldwork.periods_title_few", "n", all, "count", count(all))
	} else {
		fig = b.fieldCourse(f, most.N)
		fig.Title = b.say("fieldwork.periods_title_"+f.Unit, "count", count(most.N), "period", b.fieldSpan(f, most))
	}
	if f.Undated > 0 {
		fig.Note += b.say("fieldwork.undated", "n", f.Undated, "count", count(f.Undated))
	}
	return fig
}

// fieldSpan is the day of a period, or its first and last day.
func (b *builder) fieldSpan(f *measure.Fieldwork, p *measure.FieldPeriod) string {
	if f.Unit == "week" {
		return b.shortDay(p.From) + "–" + b.shortDay(p.To)
	}
	return b.shortDay(p.From)
}

// fieldCourse is the line of periods that are equally long, each named by its first day.
func (b *builder) fieldCourse(f *measure.Fieldwork, most int) *chart.Figure {
	head := map[string]string{"day": "fieldwork.day", "week": "fieldwork.week_from"}[f.Unit]
	fig := &chart.Figure{
		ID: "fieldwork-periods", Kind: chart.Lines, Lang: b.lang, Words: b.chartWords(b.say(head)), Axis: chart.Axis{Reference: math.NaN(), Max: float64(most) * 1.1},
		Columns: []chart.Column{{ID: "n", Label: b.say("fieldwork.complete"), Role: chart.Value, Format: whole}}, Note: b.say("fieldwork.periods_note_" + f.Unit),
	}
	for _, p := range f.Periods {
		fig.Rows = append(fig.Rows, chart.Row{Label: b.shortDay(p.From), Series: b.say("fieldwork.complete"), Cells: []float64{float64(p.N)}})
	}
	return fig
}

// fieldSpans is the complete responses of an average week of each span of weeks.
func (b *builder) fieldSpans(f *measure.Fieldwork) *chart.Figure {
	fig := &chart.Figure{
		ID: "fieldwork-periods", Kind: chart.Bars, Lang: b.lang, Words: b.chartWords(b.say("fieldwork.weeks")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{{ID: "per_week", Label: b.say("fieldwork.per_week"), Role: chart.Value, Format: score1}, {ID: "n", Label: b.say("fieldwork.complete"), Role: chart.Base, Format: whole}, {ID: "weeks", Label: b.say("fieldwork.weeks_n"), Format: whole}},
		Note:    b.say("fieldwork.periods_pooled", "min", b.results.MinCell),
	}
	fig.Words.Base = b.say("fieldwork.complete")
	for _, p := range f.Periods {
		weeks := fieldWeeks(p)
		fig.Rows = append(fig.Rows, chart.Row{Label: b.fieldSpan(f, p), Cells: []float64{float64(p.N) / weeks, float64(p.N), weeks}})
	}
	return fig
}

// fieldWeeks is how many weeks a period has.
func fieldWeeks(p *measure.FieldPeriod) float64 {
	from, err := time.Parse(time.DateOnly, p.From)
	if err != nil {
		return 1
	}
	to, err := time.Parse(time.DateOnly, p.To)
	if err != nil {
		return 1
	}
	return max(math.Round(to.Sub(from).Hours()/24+1)/7, 1)
}

// shortDay is the month and day of a date, the month by its name where the
// order of two numbers could be taken for another.
func (b *builder) shortDay(date string) string {
	return b.say("fieldwork.short_day", "day", strings.TrimLeft(date[8:], "0"), "month", b.say("fieldwork.month."+strings.TrimLeft(date[5:7], "0")))
}

// fieldWays are the responses by version, language and mode.
func (b *builder) fieldWays(f *measure.Fieldwork) []Block {
	var out []Block
	for _, kind := range []struct {
		name string
		list []*measure.FieldGroup
	}{{"version", f.Versions}, {"language", f.Languages}, {"mode", f.Modes}} {
		if kind.list == nil {
			continue
		}
		if g := kind.list[0]; len(kind.list) == 1 && !g.Suppressed {
			out = append(out, Block{Text: b.say("fieldwork.one_"+kind.name, "name", b.fieldName(kind.name, g.ID))})
			continue
		}
		t := &Table{
			ID: "fieldwork-" + kind.name, Caption: b.say("fieldwork.by_" + kind.name),
			Head: []string{b.say("fieldwork." + kind.name), b.say("fieldwork.complete"), b.say("figure.share"), b.say("fieldwork.partial"), b.say("fieldwork.completion")},
		}
		for _, g := range kind.list {
			t.Rows = append(t.Rows, b.fieldGroupRow(kind.name, g, f.Partial > 0))
		}
		out = append(out, Block{Table: t})
	}
	if len(out) == 0 {
		return []Block{{Text: b.say("fieldwork.no_ways")}}
	}
	return out
}

func (b *builder) fieldGroupRow(kind string, g *measure.FieldGroup, partials bool) Row {
	dash := Cell{Text: "–", Tone: "quiet"}
	hidden := Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
	if g.Suppressed {
		return Row{Label: b.say("fieldwork.others"), Cells: []Cell{hidden, dash, dash, dash}}
	}
	row := Row{Label: b.fieldName(kind, g.ID), Cells: []Cell{{Text: count(g.N)}, {Text: percent.String(float64(g.Share))}, dash, dash}}
	switch {
	case g.PartialHidden:
		row.Cells[2] = hidden
	case partials:
		row.Cells[2] = Cell{Text: count(g.Partial)}
		if g.Completion != nil {
			row.Cells[3] = Cell{Text: percent.String(known(g.Completion))}
		}
	}
	return row
}

// fieldName is what a version, language or mode is called.
func (b *builder) fieldName(kind, id string) string {
	key := "fieldwork." + kind + "_name." + id
	switch {
	case id == "":
		return b.say("fieldwork.unknown")
	case kind == "version":
		return b.say("fieldwork.version_number", "number", id)
	case b.locale.Has(key):
		return b.say(key)
	}
	return isolated(id)
}

// fieldBreaks are the pages and questions at which responses end.
func (b *builder) fieldBreaks(f *measure.Fieldwork) []Block {
	if f.Partial == 0 {
		return []Block{{Text: b.say("fieldwork.no_partials")}}
	}
	out := []Block{{Text: b.say("fieldwork.partial_text", "n", f.Partial, "count", count(f.Partial), "all", count(f.Complete+f.Partial), "share", percent.String(float64(f.Partial)/float64(f.Complete+f.Partial)))}}
	pages := b.breakTable("pages", f.Pages)
	pages.Note = b.say("fieldwork.break_note")
	out = append(out, Block{Table: pages})
	if len(f.Questions) > 0 {
		out = append(out, Block{Table: b.breakTable("questions", f.Questions)})
	}
	return out
}

func (b *builder) breakTable(kind string, list []*measure.BreakOff) *Table {
	t := &Table{
		ID: "fieldwork-" + kind, Caption: b.say("fieldwork.by_" + kind),
		Head: []string{b.say("fieldwork." + kind), b.say("fieldwork.ended"), b.say("fieldwork.of_begun")},
	}
	hidden := 0
	for _, x := range list {
		switch {
		case x.Suppressed:
			hidden++
			continue
		case x.N == 0:
			continue
		}
		t.Rows = append(t.Rows, Row{Label: b.breakName(kind, x), Cells: []Cell{{Text: count(x.N)}, {Text: percent.String(float64(x.Share)), Mark: between(percent, x.CI95)}}})
	}
	if hidden > 0 {
		t.Rows = append(t.Rows, Row{Label: b.say("fieldwork.elsewhere"), Cells: []Cell{{Text: b.say("fieldwork.few", "min", b.results.MinCell), Tone: "quiet"}, {Text: "–", Tone: "quiet"}}})
	}
	return t
}

func (b *builder) breakName(kind string, x *measure.BreakOff) string {
	if x.ID == "" {
		return b.say("fieldwork.before_first")
	}
	for i := range b.survey.Pages {
		p := &b.survey.Pages[i]
		if kind == "pages" && p.ID == x.ID {
			if title := b.text(p.Title); title != "" {
				return isolated(title)
			}
			return p.ID
		}
		for _, q := range p.Questions {
			if kind == "questions" && q.ID == x.ID {
				return b.questionName(q)
			}
		}
	}
	return x.ID
}

func (b *builder) questionName(q *survey.Question) string {
	if label := b.text(q.Label); label != "" {
		return isolated(label)
	}
	return isolated(b.text(q.Text))
}

// fieldTime is how long the responses took, by wave.
func (b *builder) fieldTime(f *measure.Fieldwork) []Block {
	t := &Table{
		ID: "fieldwork-time", Caption: b.say("fieldwork.time_table"), Note: b.say("fieldwork.time_note"),
		Head: []string{b.say("figure.wave"), b.say("fieldwork.median"), b.say("fieldwork.p90"), b.say("fieldwork.quick"), b.say("figure.base")},
	}
	for _, w := range b.waves {
		f := b.fieldworkOf(w)
		if f == nil || f.Seconds == nil || f.Seconds.Suppressed {
			continue
		}
		s := f.Seconds
		label := w.label
		if label == "" {
			label = b.say("fieldwork.all_responses")
		}
		row := Row{Label: label, Cells: []Cell{{Text: b.minutes(float64(s.Median))}, {Text: b.minutes(float64(s.P90))}, {Text: "–", Tone: "quiet"}, {Text: count(s.N), Tone: "quiet"}}}
		if s.Quick != nil {
			row.Cells[2] = Cell{Text: percent.String(known(s.Quick)), Mark: b.say("fieldwork.less_than", "time", b.minutes(known(s.Limit)))}
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		return []Block{{Text: b.say("fieldwork.no_time")}}
	}
	return []Block{{Table: t}}
}
