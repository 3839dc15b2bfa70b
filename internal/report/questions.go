package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// questions is one section a question, in the order of the questionnaire.
func (b *builder) questions() *Page {
	page := &Page{Name: "questions", Title: b.say("page.questions"), Kicker: b.kicker(), Heading: b.questionsHeading()}
	for _, p := range b.survey.Pages {
		for _, q := range p.Questions {
			if q.Type == survey.Note {
				continue
			}
			page.Sections = append(page.Sections, Section{ID: slug(q.ID), Title: b.text(q.Text), Short: b.text(q.Label), Blocks: b.questionBlocks(q)})
		}
	}
	b.tellFew(page)
	b.tellNotAsked(page)
	for _, item := range b.survey.Items() {
		if item.Question == nil && item.Scale != nil && !b.splits(item) {
			page.Sections = append(page.Sections, Section{ID: slug(item.ID), Title: b.label(item), Blocks: b.itemBlocks(item)})
		}
	}
	return page
}

// splits reports whether an item is what the group of the report was split by:
// its one answer is the name of the group.
func (b *builder) splits(item survey.Item) bool {
	q := b.questionOf(b.latest(), item.ID)
	if b.options.Group == "" || q == nil {
		return false
	}
	for code, n := range q.Counts {
		if n > 0 && n == q.N && b.optionLabel(item.Scale, code) == b.options.Group {
			return true
		}
	}
	return false
}

// questionsHeading says which question was left empty most often by those who
// were asked, for that is what limits the answers on this page.
func (b *builder) questionsHeading() string {
	text := b.say("questions.heading", "n", b.countQuestions())
	worst, asked, label := 0.0, 0, ""
	for _, item := range b.survey.Items() {
		q := b.questionOf(b.latest(), item.ID)
		if q == nil || q.Suppressed || !q.Asked || q.N+q.Missing["skipped"] == 0 {
			continue
		}
		if q.Missing == nil { // of a group: not shown
			return text
		}
		skipped := q.Missing["skipped"]
		saw := q.N
		for reason, n := range q.Missing {
			if reason != "not_shown" {
				saw += n
			}
		}
		if share := float64(skipped) / float64(saw); share > worst {
			worst, asked, label = share, saw, b.name(item)
		}
	}
	switch {
	case asked == 0:
		return text + b.say("questions.full")
	case worst < 0.05:
		return text + b.say("questions.few", "share", percent.String(worst), "item", label)
	}
	return text + b.say("questions.most", "share", percent.String(worst), "item", label, "base", count(asked))
}

func (b *builder) countQuestions() int {
	n := 0
	for _, p := range b.survey.Pages {
		for _, q := range p.Questions {
			if q.Type != survey.Note {
				n++
			}
		}
	}
	return n
}

func (b *builder) questionBlocks(q *survey.Question) []Block {
	if q.Type == survey.Matrix && nominal(q) {
		return []Block{{Figure: b.nominalBattery(q)}}
	}
	if blocks, ok := b.severalBlocks(q); ok {
		return blocks
	}
	item, ok := b.survey.Item(q.ID)
	if !ok {
		return nil
	}
	return b.itemBlocks(item)
}

// itemBlocks shows one item by what it is.
func (b *builder) itemBlocks(item survey.Item) []Block {
	q := b.questionOf(b.latest(), item.ID)
	switch {
	case q == nil || q.Suppressed || !q.Asked || q.N == 0:
		_, why := b.state(q)
		return []Block{{Text: capital(why)}}
	case item.Rated():
		return b.ratedBlocks(item)
	case q.Withheld:
		return []Block{{Text: b.say("withheld.answers", "min", b.results.MinCell)}}
	case item.Scale != nil:
		return b.nominalBlocks(item, q)
	case item.Type == survey.Number:
		return []Block{{Text: b.numberText(item, q)}}
	}
	return []Block{{Text: b.say("question.text", "n", q.N, "count", count(q.N))}}
}

// numberText is the answers of a number in figures, with its unit where it has one.
func (b *builder) numberText(item survey.Item, q *measure.Question) string {
	f, key, unit := mean2, "question.number", ""
	if sd := known(q.SD); sd >= 10 {
		f = score1
	}
	if item.Question != nil {
		if unit = b.text(item.Question.Unit); unit != "" {
			key += "_unit"
		}
	}
	return b.say(key, "unit", unit, "count", count(q.N), "mean", f.String(known(q.Mean)), "interval", between(f, *q.CI95), "median", f.String(known(q.Median)), "sd", f.String(known(q.SD)))
}

// ratedBlocks shows the answers of one rated item wave by wave.
func (b *builder) ratedBlocks(item survey.Item) []Block {
	var rows []distributed
	for i, w := range b.waves {
		label := w.label
		if label == "" {
			label = b.label(item)
		}
		rows = append(rows, distributed{label: label, item: item, question: b.questionOf(w, item.ID), strong: i == len(b.waves)-1})
	}
	slices.Reverse(rows)
	q := b.questionOf(b.latest(), item.ID)
	if blocks := b.npsBlocks(item); blocks != nil {
		return append(blocks, b.warnings(q)...)
	}
	note := "note.distribution"
	if len(b.waves) == 1 {
		note = "look.distribution_one"
	}
	if !topped(rows) {
		note += "_plain"
	}
	f := b.distribution(item.ID, b.ratedTitle(item, q), b.say(note, "base", count(q.N), "weighted", b.weightedNote()), item.Scale, rows)
	f.Words.Row = b.say("figure.wave")
	return append([]Block{{Figure: f}}, b.warnings(q)...)
}

// npsBlocks is the question of a net promoter score by its three groups, nil for any other.
func (b *builder) npsBlocks(item survey.Item) []Block {
	for _, m := range b.survey.Metrics() {
		if n := b.npsOf(b.latest(), m.ID); n != nil && n.Question == item.ID {
			return []Block{{Figure: b.npsGroups(m)}, {Note: b.say("nps.marks")}}
		}
	}
	return nil
}

// nominalBlocks shows the shares of each answer, and by wave where there are several.
func (b *builder) nominalBlocks(item survey.Item, q *measure.Question) []Block {
	if len(q.Shares) == 0 && q.N > 0 { // of a group: withheld, which is not unanswered
		return []Block{{Text: b.say("question.withheld", "n", q.N, "count", count(q.N), "min", b.results.MinCell)}}
	}
	note := b.say("note.shares", "base", count(q.N), "weighted", b.weightedNote())
	if item.Type == survey.MultipleChoice {
		note = b.say("note.multiple", "base", count(q.N), "weighted", b.weightedNote())
	}
	blocks := []Block{{Figure: b.shareBars(item, q, b.sharesTitle(item, q), note)}}
	if len(b.waves) > 1 {
		blocks = append(blocks, Block{Table: b.sharesByWave(item)})
	}
	return append(blocks, b.warnings(q)...)
}

// mostAnswers is how many answers a title names that chance may order.
const mostAnswers = 4

// sharesTitle says which answer is the most frequent, or which are where the
// difference to the first may be chance.
func (b *builder) sharesTitle(item survey.Item, q *measure.Question) string {
	lead := q.Leading(item.Scale.Codes())
	if len(lead) == 0 {
		return b.label(item)
	}
	share := func(code string) string { return percent0.String(float64(q.Shares[code].Share)) }
	first, last := lead[0], lead[len(lead)-1]
	switch {
	case len(lead) > mostAnswers:
		key := "title.shares_level"
		if len(lead) == len(item.Scale.Codes()) {
			key += "_all"
		}
		return b.say(key, "n", len(lead), "of", len(item.Scale.Codes()), "low", share(last), "high", share(first))
	case len(lead) > 1:
		var names []string
		for _, code := range lead {
			names = append(names, b.say("title.share_of", "answer", b.optionLabel(item.Scale, code), "share", share(code)))
		}
		return b.say("title.shares_near", "answers", b.join(names))
	}
	key := "title.shares"
	if item.Question == nil { // nobody answered a derived or hidden column
		key = "title.bands"
	}
	return b.say(key, "share", share(first), "answer", b.optionLabel(item.Scale, first))
}

func (b *builder) ratedTitle(item survey.Item, q *measure.Question) string {
	if q.Top == nil {
		return b.say("title.mean", "item", b.onItsScale(item), "mean", mean2.String(known(q.Mean)))
	}
	return b.say("title.rated", "share", percent0.String(float64(q.Top.Share)), "codes", codes(q.Top.Codes), "mean", mean2.String(known(q.Mean)))
}

// battery is the distributions of the rows of a matrix, the best first.
func (b *builder) battery(q *survey.Question) *chart.Figure {
	return b.batteryOf(q.ID, b.text(q.Label), q.Scale, b.parts(q, q.Rows, ""))
}

// batteryOf is the distributions of items of one scale, the best first; name is
// what tells the battery from others, "" without.
func (b *builder) batteryOf(id, name string, sc *survey.Scale, items []survey.Item) *chart.Figure {
	var rows []distributed
	least, most := math.MaxInt, 0
	for _, item := range items {
		d := distributed{label: b.label(item), item: item, question: b.questionOf(b.latest(), item.ID)}
		rows = append(rows, d)
		if d.question != nil && !d.question.Suppressed && d.question.N > 0 {
			least, most = min(least, d.question.N), max(most, d.question.N)
		}
	}
	byScore(rows)
	base := "0"
	if most > 0 {
		if base = count(most); least < most {
			base = count(least) + "–" + base
		}
	}
	note := "note.battery"
	if !slices.ContainsFunc(items, excuses) {
		note = "look.battery_asked"
	}
	return b.distribution(id, b.batteryTitle(name, rows), b.say(note, "base", base, "weighted", b.weightedNote()), sc, rows)
}

// excuses reports whether the scale of an item has an answer that is none, such as "not applicable".
func excuses(item survey.Item) bool {
	return slices.ContainsFunc(item.Scale.Options, func(o survey.Option) bool { return o.Missing != 0 })
}

// meansTitle is the title where the scale has no rule for its best answers.
func (b *builder) meansTitle(rows []distributed) string {
	low, high, name := math.Inf(1), math.Inf(-1), ""
	for _, d := range rows {
		if d.question == nil || d.question.Suppressed || d.question.Mean == nil || d.question.N == 0 {
			continue
		}
		m := known(d.question.Mean)
		if m > high {
			name = d.label
		}
		low, high = min(low, m), max(high, m)
	}
	if name == "" {
		return b.say("reason.no_answers")
	}
	return b.say("title.battery_means", "low", mean2.String(low), "high", mean2.String(high), "item", name)
}

func (b *builder) batteryTitle(name string, rows []distributed) string {
	shown := slices.DeleteFunc(slices.Clone(rows), func(d distributed) bool {
		return d.question == nil || d.question.Suppressed || d.question.N == 0 || d.question.Top == nil
	})
	if len(shown) == 0 {
		return b.meansTitle(rows)
	}
	half, low, high := 0, 1.0, 0.0
	for _, d := range shown {
		if d.question.Top.CI95[0] > 0.5 {
			half++
		}
		low, high = min(low, float64(d.question.Top.Share)), max(high, float64(d.question.Top.Share))
	}
	key := "title.battery"
	switch half {
	case len(shown):
		key = "title.battery_all"
	case 0:
		key = "title.battery_none"
	}
	if percent0.String(low) == percent0.String(high) && len(shown) > 1 {
		key = "look.battery_level"
	}
	what := b.topName(rows)
	if name != "" {
		what = b.say("title.battery_of", "battery", name, "what", what)
	}
	return b.say(key, "half", half, "n", len(shown), "what", what, "low", percent0.String(low), "high", percent0.String(high))
}

// sharesByWave is the share of every answer in every wave.
func (b *builder) sharesByWave(item survey.Item) *Table {
	t := &Table{ID: slug(item.ID, "waves"), Caption: b.say("table.shares", "item", b.label(item)), Head: []string{b.say("figure.answer")}}
	for _, w := range b.waves {
		t.Head = append(t.Head, w.label)
	}
	t.Head = append(t.Head, b.say("table.change", "wave", b.before()))
	for _, code := range item.Scale.Codes() {
		row := Row{Label: b.optionLabel(item.Scale, code)}
		for _, w := range b.waves {
			cell := Cell{Text: "–", Tone: "quiet"}
			if q := b.questionOf(w, item.ID); q != nil && !q.Suppressed && q.Shares[code] != nil && q.N > 0 {
				cell = Cell{Text: percent.String(float64(q.Shares[code].Share))}
			}
			row.Cells = append(row.Cells, cell)
		}
		row.Cells = append(row.Cells, b.shareChange(item, code))
		t.Rows = append(t.Rows, row)
	}
	base := Row{Label: b.say("figure.base")}
	for _, w := range b.waves {
		q := b.questionOf(w, item.ID)
		text := "–"
		if q != nil && !q.Suppressed {
			text = count(q.N)
		}
		base.Cells = append(base.Cells, Cell{Text: text, Tone: "quiet"})
	}
	base.Cells = append(base.Cells, Cell{})
	t.Rows = append(t.Rows, base)
	t.Note = b.say("table.change_note")
	return t
}

func (b *builder) shareChange(item survey.Item, code string) Cell {
	t, ok := b.latest().block.Analyses["trend"].(*measure.Trend)
	if !ok {
		return Cell{}
	}
	f := t.Share(item.ID, code)
	if f == nil || len(f.Steps) == 0 {
		return Cell{Text: "–", Tone: "quiet"}
	}
	cell := b.changeCell(f.Steps[len(f.Steps)-1], points, 100, false)
	if cell.Tone != "quiet" {
		cell.Tone = "moved" // a share of answers is neither good nor bad
	}
	return cell
}

// warnings words the cautions of a question.
func (b *builder) warnings(q *measure.Question) []Block {
	var out []Block
	if q.Why == measure.OneAnswer {
		out = append(out, Block{Note: b.say("warning.one_answer")})
	}
	for _, w := range q.Warnings {
		out = append(out, Block{Note: b.say("warning."+w, "n", q.N)})
	}
	return out
}
