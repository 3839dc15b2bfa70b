package report

import (
	"math"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// factorSections are the parts of one two-factor analysis and its sentence.
func (b *builder) factorSections(a survey.Analysis) (string, []Section) {
	title := b.text(a.Label)
	if title == "" {
		title = b.say("factors.title")
	}
	f, ok := b.latest().block.Analyses[a.ID].(*measure.TwoFactor)
	if !ok || f.N == 0 {
		return b.say("drivers.hidden", "min", b.results.MinCell), b.hiddenSection(a, title)
	}
	section := Section{ID: slug(a.ID, "factors"), Title: title, Blocks: []Block{
		{Text: b.say("factors.text")},
		{Cards: []Card{
			b.factorCard("factors.hygiene", f.Hygiene, f.HygieneCI95, f.HygieneN),
			b.factorCard("factors.motivators", f.Motivators, f.MotivatorsCI95, f.MotivatorsN),
		}},
		{Figure: b.factorDots(a, f)},
		{Table: b.factorTable(a, f)},
	}}
	if f.Found == nil {
		section.Blocks = append(section.Blocks, Block{Note: b.say("factors.no_outcome")})
		return b.factorHeading(f), []Section{section}
	}
	section.Blocks = append(section.Blocks, b.disagreements(f)...)
	section.Blocks = append(section.Blocks, Block{Note: b.endsNote(f.Found)}, Block{Text: b.say("factors.how", "outcome", b.itemName(f.Outcome), "cut", mean2.String(float64(f.Cut)))})
	return b.factorHeading(f), []Section{section}
}

// factorCard is one of the two scores.
func (b *builder) factorCard(key string, score measure.Number, ci measure.Interval, n int) Card {
	return Card{
		Label: b.say(key), Value: score1.String(float64(score)), Unit: "/ 100", Interval: b.cardInterval(between(score1, ci), n),
		Whisker: &Whisker{Min: 0, Max: 100, Value: float64(score), Low: float64(ci[0]), High: float64(ci[1]), Target: math.NaN()},
	}
}

// factorHeading compares the two scores: with intervals apart, one is lower.
func (b *builder) factorHeading(f *measure.TwoFactor) string {
	key := "factors.heading_same"
	switch {
	case math.IsNaN(float64(f.Hygiene)) || math.IsNaN(float64(f.Motivators)):
		return b.say("factors.heading_none")
	case f.HygieneCI95[1] < f.MotivatorsCI95[0]:
		key = "factors.heading_hygiene"
	case f.MotivatorsCI95[1] < f.HygieneCI95[0]:
		key = "factors.heading_motivators"
	}
	return b.say(key, "hygiene", score1.String(float64(f.Hygiene)), "motivators", score1.String(float64(f.Motivators)))
}

// factorDots is the score of every factor by its declared kind, the highest first.
func (b *builder) factorDots(a survey.Analysis, f *measure.TwoFactor) *chart.Figure {
	out := &chart.Figure{
		ID: slug(a.ID, "scores"), Kind: chart.Dots, Lang: b.lang, Words: b.chartWords(b.say("factors.factor")), Axis: plainAxis(),
		Columns: b.valueColumns("score", b.say("factors.score"), score1), Note: b.say("factors.scores_note", "weighted", b.weightedNote()),
	}
	byKind := map[string][]chart.Row{}
	for _, item := range f.Items {
		q := b.questionOf(b.latest(), item.ID)
		row := chart.Row{Label: b.itemName(item.ID), Cells: blank(4), Series: b.say("factors.group." + string(item.Declared))}
		if row.State, row.Why = b.state(q); row.State != chart.Suppressed && row.State != chart.Empty && q.Score != nil {
			row.Cells = []float64{float64(q.Score.Value), float64(q.Score.CI95[0]), float64(q.Score.CI95[1]), float64(q.N)}
		}
		byKind[string(item.Declared)] = append(byKind[string(item.Declared)], row)
	}
	for _, kind := range []string{measure.HygieneFactor, measure.Motivator} {
		rows := byKind[kind]
		largestFirst(rows, 0)
		out.Rows = append(out.Rows, rows...)
	}
	low := -1
	for i, r := range out.Rows {
		if v := r.Cells[0]; !math.IsNaN(v) && (low < 0 || v < out.Rows[low].Cells[0]) {
			low = i
		}
	}
	out.Title = b.say("factors.scores_none")
	if low >= 0 {
		near := overlapping(out.Rows, low)
		key := "factors.scores_title"
		if near > 0 {
			key = "factors.scores_near"
		}
		out.Title = b.say(key, "n", near, "factor", out.Rows[low].Label, "score", score1.String(out.Rows[low].Cells[0]))
	}
	return out
}

// factorTable sets what is declared beside what is found.
func (b *builder) factorTable(a survey.Analysis, f *measure.TwoFactor) *Table {
	t := &Table{
		ID: slug(a.ID, "factor-table"), Caption: b.say("factors.table"),
		Head: []string{b.say("factors.factor"), b.say("factors.score"), b.say("factors.declared"), b.say("factors.found"), b.say("penalty.asymmetry")},
	}
	for _, item := range f.Items {
		row := Row{Label: b.itemName(item.ID), Cells: []Cell{b.scoreCell(item.ID), {Text: b.say("factors.kind." + string(item.Declared))}, {Text: "–", Tone: "quiet"}, {Text: "–", Tone: "quiet"}}}
		if e := item.Evidence; e != nil && !e.Suppressed && e.Why == "" {
			row.Cells[2] = Cell{Text: b.say("penalty.undecided"), Tone: "quiet"}
			if item.Found != "" {
				row.Cells[2] = Cell{Text: b.say("factors.kind." + string(item.Found))}
				if !*item.Agrees {
					row.Cells[2].Tone = "moved"
				}
			}
			row.Cells[3] = Cell{Text: change2.String(float64(e.Asymmetry)), Mark: between(change2, e.AsymmetryCI95)}
		} else if e != nil {
			row.Cells[2].Text = b.say("penalty.too_few")
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// scoreCell is the mean of an item on 0–100.
func (b *builder) scoreCell(id string) Cell {
	q := b.questionOf(b.latest(), id)
	if q == nil || q.Suppressed || q.Score == nil || q.N == 0 {
		return Cell{Text: "–", Tone: "quiet"}
	}
	return Cell{Text: score1.String(float64(q.Score.Value)), Mark: between(score1, q.Score.CI95)}
}

// disagreements lists the factors that are found to be another kind than declared.
func (b *builder) disagreements(f *measure.TwoFactor) []Block {
	list := List{Title: b.say("factors.disagree"), Empty: b.say("factors.agree")}
	open := 0
	for _, item := range f.Items {
		switch {
		case item.Agrees == nil:
			open++
		case !*item.Agrees:
			list.Items = append(list.Items, b.say("factors.disagrees", "factor", b.itemName(item.ID), "declared", b.say("factors.kind."+string(item.Declared)), "found", b.say("factors.kind."+string(item.Found))))
		}
	}
	if open == len(f.Items) {
		return []Block{{Text: b.say("factors.all_open")}}
	}
	blocks := []Block{{Lists: []List{list}}}
	if open > 0 {
		blocks = append(blocks, Block{Text: b.say("factors.open", "n", open, "all", len(f.Items))})
	}
	return blocks
}
