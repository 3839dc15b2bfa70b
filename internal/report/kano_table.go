package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

func plainAxis() chart.Axis { return chart.Axis{Reference: math.NaN()} }

// questionnaire is step 2: the pair of questions and the evaluation table.
func (v kanoView) questionnaire() []Block {
	blocks := []Block{{Text: v.say("kano.pair")}}
	if len(v.analysis.Kano.Features) > 0 {
		f := v.analysis.Kano.Features[0]
		functional, ok := v.survey.Item(f.Functional)
		dysfunctional, has := v.survey.Item(f.Dysfunctional)
		if ok && has && functional.Question != nil && dysfunctional.Question != nil {
			with, without := v.pairTexts(functional.Question, f.Functional)
			if with == "" {
				with, without = v.text(functional.Question.Text), v.text(dysfunctional.Question.Text)
			}
			blocks = append(blocks, Block{Lists: []List{{Title: v.say("kano.example", "feature", v.feature(0)), Items: []string{with, without}}}})
		}
	}
	return append(blocks, Block{Table: v.evaluation()}, Block{Note: v.say("kano.table_" + v.result.Table)})
}

// pairTexts are the two questions about the feature of a question of type kano whose first column is given; "" for other questions.
func (v kanoView) pairTexts(q *survey.Question, column string) (with, without string) {
	i := slices.IndexFunc(q.Features, func(f survey.Row) bool { return column == q.ID+"_"+f.ID+"_f" })
	if i < 0 {
		return "", ""
	}
	f := q.Features[i]
	usual := func(key string) string {
		return v.say("item.of", "battery", isolated(v.text(f.Label)), "item", v.say(key))
	}
	with, without = usual("ask.kano_with"), usual("ask.kano_without")
	if len(f.Functional) > 0 {
		with = v.text(f.Functional)
	}
	if len(f.Dysfunctional) > 0 {
		without = v.text(f.Dysfunctional)
	}
	return with, without
}

// evaluation is the table of five times five answers.
func (v kanoView) evaluation() *Table {
	answers := v.pairAnswers()
	t := &Table{ID: slug(v.analysis.ID, "evaluation"), Caption: v.say("kano.evaluation"), Head: []string{v.say("kano.with_without")}}
	tones := map[string]string{measure.Indifferent: "quiet"} // classes are no ratings
	for _, answer := range answers {
		t.Head = append(t.Head, v.say("kano.if_not", "answer", answer))
	}
	for i, line := range measure.KanoTable(v.result.Table) {
		row := Row{Label: v.say("kano.if_there", "answer", answers[i])}
		for _, c := range line {
			row.Cells = append(row.Cells, Cell{Text: v.kanoClass(string(c)), Tone: tones[string(c)]})
		}
		t.Rows = append(t.Rows, row)
	}
	t.Note = v.say("kano.evaluation_note")
	return t
}

// pairAnswers are the five answers as the questionnaire words them.
func (v kanoView) pairAnswers() []string {
	var out []string
	if len(v.analysis.Kano.Features) > 0 {
		if item, ok := v.survey.Item(v.analysis.Kano.Features[0].Functional); ok && item.Scale != nil {
			for _, c := range item.Scale.Codes() {
				out = append(out, v.optionLabel(item.Scale, c))
			}
		}
	}
	if len(out) != 5 {
		out = nil
		for _, key := range []string{"like", "must", "neutral", "live", "dislike"} {
			out = append(out, v.say("kano.answer."+key))
		}
	}
	return out
}

// answers is step 3: how many complete pairs each feature has, and which pairs
// contradict themselves or wish the feature away.
func (v kanoView) answers() []Block {
	t := &Table{
		ID: slug(v.analysis.ID, "pairs"), Caption: v.say("kano.pairs"),
		Head: []string{v.say("kano.feature"), v.say("kano.complete"), v.say("kano.class.Q"), v.say("kano.class.R")},
	}
	var questionable, reversed, small []string
	for i, f := range v.result.Features {
		row := Row{Label: v.feature(i)}
		if f.Hidden() || f.N == 0 {
			t.Rows = append(t.Rows, Row{Label: row.Label, Cells: []Cell{{Text: v.kanoWhy(f), Tone: "quiet"}, {}, {}}})
			continue
		}
		q, r := f.Shares[measure.Questionable], f.Shares[measure.Reverse]
		row.Cells = []Cell{{Text: count(f.N)}, {Text: percent.String(float64(q))}, {Text: percent.String(float64(r))}}
		if warned(f.Warnings, measure.KanoQuestionable) {
			row.Cells[1].Tone = "bad"
			questionable = append(questionable, v.feature(i))
		}
		if warned(f.Warnings, measure.KanoReversed) {
			row.Cells[2].Tone = "bad"
			reversed = append(reversed, v.feature(i))
		}
		if warned(f.Warnings, measure.Base30) {
			row.Cells[0].Mark = v.say("table.few")
			small = append(small, v.feature(i))
		}
		t.Rows = append(t.Rows, row)
	}
	blocks := []Block{{Text: v.say("kano.answered", "n", v.result.N, "count", count(v.result.N))}, {Table: t}}
	for _, c := range []struct {
		key   string
		names []string
	}{{"kano.questionable", questionable}, {"kano.reversed", reversed}, {"kano.small", small}} {
		if len(c.names) > 0 {
			blocks = append(blocks, Block{Text: v.say(c.key, "n", len(c.names), "features", v.join(c.names))})
		}
	}
	if len(questionable) == 0 {
		blocks = append(blocks, Block{Text: v.say("kano.consistent")})
	}
	return blocks
}

// kanoWhy says why a feature shows nothing.
func (v kanoView) kanoWhy(f *measure.KanoFeature) string {
	if f.Hidden() {
		return v.say("figure.suppressed", "min", v.results.MinCell)
	}
	return v.say("reason.no_answers")
}

// row is the frame of a feature's row in a figure; ok is false where it shows nothing.
func (v kanoView) row(i, columns int) (row chart.Row, ok bool) {
	f := v.result.Features[i]
	row = chart.Row{Label: v.feature(i), Cells: blank(columns)}
	switch {
	case f.Hidden():
		row.State, row.Why = chart.Suppressed, v.kanoWhy(f)
	case f.N == 0:
		row.State, row.Why = chart.Empty, v.kanoWhy(f)
	case f.N < 30:
		row.State, row.Why = chart.TooFew, v.say("warning.base_under_30")
		return row, true
	default:
		return row, true
	}
	return row, false
}

// how says what the figures rest on.
func (v kanoView) how() []Block {
	keys := []string{"kano.how_class", "kano.how_fong", "kano.how_better", "kano.how_continuous"}
	if v.survey.Weight != "" {
		keys = append(keys, "kano.how_weights")
	}
	var out []Block
	for _, key := range keys {
		out = append(out, Block{Text: v.say(key)})
	}
	return out
}
