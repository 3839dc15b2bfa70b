package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// distribution is the answers of rated items as diverging bars, one row each,
// from the best to the worst top share.
func (b *builder) distribution(id, title, note string, sc *survey.Scale, rows []distributed) *chart.Figure {
	f := &chart.Figure{ID: slug(id, "distribution"), Kind: chart.Diverging, Lang: b.lang, Title: title, Note: note, Words: b.chartWords(b.say("figure.item"))}
	all := sc.Codes()
	for i, code := range all {
		tone := 2*float64(i)/float64(max(len(all)-1, 1)) - 1
		f.Columns = append(f.Columns, chart.Column{ID: code, Label: b.optionLabel(sc, code), Role: chart.Level, Format: percent0, Tone: tone})
	}
	f.Columns = append(
		f.Columns,
		chart.Column{ID: "top_share", Label: b.topName(rows), Role: chart.Total, Format: percent0},
		chart.Column{ID: "top_low", Label: b.say("figure.low"), Format: percent},
		chart.Column{ID: "top_high", Label: b.say("figure.high"), Format: percent},
		chart.Column{ID: "mean", Label: b.say("figure.mean"), Format: mean2},
		chart.Column{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
	)
	for _, r := range rows {
		f.Rows = append(f.Rows, r.row(b, sc, len(f.Columns)))
	}
	if len(rows) > 0 && rows[0].item.Reverse {
		for i := range all {
			f.Columns[i].Tone *= -1
		}
		slices.Reverse(f.Columns[:len(all)])
		for _, r := range f.Rows {
			slices.Reverse(r.Cells[:len(all)])
		}
	}
	return f
}

// topName heads the share of the best answers: "satisfied" only where the
// question asks how satisfied somebody is.
func (b *builder) topName(rows []distributed) string {
	for _, d := range rows {
		if d.question == nil || d.question.Top == nil {
			continue
		}
		if b.asksSatisfaction(d.item) {
			return b.say("figure.top")
		}
		return b.say("figure.rated", "codes", codes(d.question.Top.Codes))
	}
	return b.say("figure.top")
}

func (b *builder) asksSatisfaction(item survey.Item) bool {
	if b.yardsticks()[item.ID] {
		return false
	}
	return strings.HasPrefix(item.Scale.ID, "sat") || item.Question != nil && item.Question.Metric == "csat"
}

// distributed is one row of a distribution.
type distributed struct {
	label    string
	item     survey.Item
	question *measure.Question
	strong   bool
}

func (d distributed) row(b *builder, sc *survey.Scale, columns int) chart.Row {
	row := chart.Row{Label: d.label, Cells: blank(columns), Strong: d.strong}
	q := d.question
	if row.State, row.Why = b.state(q); row.State == chart.Suppressed || row.State == chart.Empty {
		return row
	}
	if q.Withheld { // of a group: too few gave one of the answers
		row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
		return row
	}
	for i, s := range q.Levels(sc) {
		row.Cells[i] = s
	}
	k := len(sc.Codes())
	if q.Top != nil {
		row.Cells[k], row.Cells[k+1], row.Cells[k+2] = float64(q.Top.Share), float64(q.Top.CI95[0]), float64(q.Top.CI95[1])
	}
	row.Cells[k+3], row.Cells[k+4] = known(q.Mean), float64(q.N)
	return row
}

// state says whether a question can be drawn, and in words why not.
func (b *builder) state(q *measure.Question) (chart.State, string) {
	switch {
	case q == nil || !q.Asked && !q.Suppressed:
		return chart.Empty, b.say("reason.not_asked")
	case q.Suppressed:
		return chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
	case q.N == 0:
		return chart.Empty, b.say("reason.no_answers")
	case q.N < 30:
		return chart.TooFew, b.say("warning.base_under_30")
	}
	return chart.Normal, ""
}

// valueColumns are the columns of a figure of one value with its interval.
func (b *builder) valueColumns(id, label string, f chart.Format) []chart.Column {
	return []chart.Column{
		{ID: id, Label: label, Role: chart.Value, Format: f},
		{ID: "ci95_low", Label: b.say("figure.low"), Role: chart.Low, Format: f},
		{ID: "ci95_high", Label: b.say("figure.high"), Role: chart.High, Format: f},
		{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
	}
}

// overWaves is one figure of one item over the waves, as a line.
func (b *builder) overWaves(item survey.Item, kind string, title string) *chart.Figure {
	label, format := b.say("figure.mean"), mean2
	if kind == "top" {
		label, format = b.say("figure.top"), percent
	}
	f := &chart.Figure{
		ID: slug(item.ID, "trend"), Kind: chart.Lines, Lang: b.lang, Title: title,
		Note:    b.say("note.trend", "measure", b.measureName(item, kind), "weighted", b.weightedNote()),
		Columns: b.valueColumns(kind, label, format), Words: b.chartWords(b.say("figure.wave")), Axis: chart.Axis{Reference: math.NaN()},
	}
	if t, ok := b.survey.Report.Targets[item.ID]; ok && kind == "mean" {
		f.Axis.Reference, f.Axis.RefLabel = t, b.say("figure.target")
	}
	if item.Rated() {
		f.Axis.Min, f.Axis.Max = b.axis(item, kind)
	}
	step := b.steps(item.ID, kind)
	for _, w := range b.waves {
		row := b.valueRow(w.label, b.questionOf(w, item.ID), kind)
		row.Series = b.label(item)
		f.Rows = append(f.Rows, row)
	}
	b.tell(f, step)
	return f
}

// axis is the part of the scale a line is drawn on: all intervals and the target
// with some room, but never less than a fifth of the scale, so that chance does
// not look like change.
func (b *builder) axis(item survey.Item, kind string) (low, high float64) {
	values := item.Scale.Values()
	least, most := slices.Min(values), slices.Max(values)
	if kind == "top" {
		least, most = 0, 1
	}
	low, high = math.Inf(1), math.Inf(-1)
	for _, w := range b.waves {
		q := b.questionOf(w, item.ID)
		if q == nil || q.Suppressed || q.N < 2 {
			continue
		}
		ci := *q.CI95
		if kind == "top" && q.Top != nil {
			ci = q.Top.CI95
		}
		low, high = min(low, float64(ci[0])), max(high, float64(ci[1]))
	}
	if target, ok := b.survey.Report.Targets[item.ID]; ok && kind == "mean" {
		low, high = min(low, target), max(high, target)
	}
	if math.IsInf(low, 0) || math.IsNaN(high-low) {
		return 0, 0
	}
	room := max((most-least)/5-(high-low), (high-low)*0.2) / 2
	return max(low-room, least), min(high+room, most)
}

// steps are the changes of an item over the waves.
func (b *builder) steps(item, kind string) []*measure.Step {
	if t, ok := b.latest().block.Analyses["trend"].(*measure.Trend); ok {
		if f := t.Of(item, kind); f != nil {
			return f.Steps
		}
	}
	return nil
}

// valueRow is the mean or the top share of a question with its interval.
func (b *builder) valueRow(label string, q *measure.Question, kind string) chart.Row {
	row := chart.Row{Label: label, Cells: blank(4)}
	if row.State, row.Why = b.state(q); row.State == chart.Suppressed || row.State == chart.Empty {
		return row
	}
	row.Cells[3] = float64(q.N)
	if kind == "top" && q.Top != nil {
		row.Cells[0], row.Cells[1], row.Cells[2] = float64(q.Top.Share), float64(q.Top.CI95[0]), float64(q.Top.CI95[1])
	} else if q.Mean != nil {
		row.Cells[0] = known(q.Mean)
		if q.CI95[0] < q.CI95[1] { // all alike: no spread, no interval
			row.Cells[1], row.Cells[2] = float64(q.CI95[0]), float64(q.CI95[1])
		}
	}
	return row
}

// shareBars is the answers of a nominal question or multiple choice as bars.
func (b *builder) shareBars(item survey.Item, q *measure.Question, title, note string) *chart.Figure {
	f := &chart.Figure{
		ID: slug(item.ID, "shares"), Kind: chart.Bars, Lang: b.lang, Title: title, Note: note,
		Columns: append(b.valueColumns("share", b.say("figure.share"), percent), chart.Column{ID: "n", Label: b.say("figure.base"), Format: whole}),
		Words:   b.chartWords(b.say("figure.answer")), Axis: chart.Axis{Reference: math.NaN()},
	}
	f.Columns[3].ID, f.Columns[3].Label, f.Words.Base = "count", b.say("figure.answers"), b.say("figure.answers")
	if state, _ := b.state(q); state == chart.Suppressed || state == chart.Empty {
		return f
	}
	list := item.Scale.Codes()
	if item.Scale.Level != survey.Ordinal {
		list = slices.Clone(list)
		slices.SortStableFunc(list, func(x, y string) int { return q.Counts[y] - q.Counts[x] })
	}
	for _, code := range list {
		portion := q.Shares[code]
		if portion == nil {
			continue
		}
		f.Rows = append(f.Rows, chart.Row{
			Label: b.optionLabel(item.Scale, code),
			Cells: []float64{float64(portion.Share), float64(portion.CI95[0]), float64(portion.CI95[1]), float64(q.Counts[code]), float64(q.N)},
		})
	}
	return f
}

func (b *builder) questionOf(w wave, id string) *measure.Question {
	if w.block == nil || w.block.Suppressed {
		return &measure.Question{Suppressed: true}
	}
	return w.block.Questions[id]
}

// measureName says what is measured, with its unit.
func (b *builder) measureName(item survey.Item, kind string) string {
	if item.Scale == nil {
		return b.say("measure.mean_number")
	}
	if kind == "top" {
		if q := b.questionOf(b.latest(), item.ID); q != nil && q.Top != nil {
			return b.say("measure.top", "codes", codes(q.Top.Codes))
		}
	}
	values := item.Scale.Values()
	return b.say("measure.mean", "low", whole.String(slices.Min(values)), "high", whole.String(slices.Max(values)))
}

func (b *builder) weightedNote() string {
	if b.survey.Weighted() {
		return b.say("note.weighted")
	}
	return b.say("note.unweighted")
}

func blank(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}
