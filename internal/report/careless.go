package report

import (
	"math"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// careless says which responses look careless, what became of them, and what
// the headline would be otherwise.
func (b *builder) careless() []Section {
	t := &Table{ID: "careless-table", Caption: b.say("careless.caption"), Head: []string{b.say("careless.mark")}, Note: b.say("careless.note")}
	var all []*measure.Quality
	for _, w := range b.waves {
		q, ok := w.block.Analyses["quality"].(*measure.Quality)
		if !ok || w.block.Suppressed || len(q.Marks) == 0 {
			continue
		}
		label := w.label
		if label == "" {
			label = b.say("method.all_rows")
		}
		t.Head, all = append(t.Head, label), append(all, q)
	}
	if len(all) == 0 {
		return nil
	}
	for _, mark := range survey.QualityMarks {
		b.careRow(t, b.say("careless."+mark), all, func(q *measure.Quality) (int, bool) {
			m := q.Marks[mark]
			if m == nil {
				return 0, false
			}
			return m.N, true
		})
	}
	b.careRow(t, b.say("careless.any"), all, func(q *measure.Quality) (int, bool) { return q.Marked, true })
	b.careRow(t, b.say("careless.left"), all, func(q *measure.Quality) (int, bool) { return q.Left, true })
	latest := all[len(all)-1]
	blocks := []Block{{Text: b.careRule()}, {Table: t}}
	if s := latest.Seconds; s != nil {
		blocks = append(blocks, Block{Text: b.say("careless.seconds", "median", whole.String(math.Round(float64(s.Median))), "limit", whole.String(math.Round(float64(s.Limit))), "count", count(s.N))})
	}
	if text := b.bothWays(latest); text != "" {
		blocks = append(blocks, Block{Text: text})
	}
	if len(latest.Batteries) > 0 {
		blocks = append(blocks, Block{Table: b.straightTable(latest)})
	}
	return []Section{{ID: "careless", Title: b.say("careless.title"), Blocks: blocks}}
}

// careRow is one mark by wave; a mark that no wave could be looked for is left out.
func (b *builder) careRow(t *Table, label string, all []*measure.Quality, of func(*measure.Quality) (int, bool)) {
	row, known := Row{Label: label}, false
	for _, q := range all {
		n, ok := of(q)
		cell := Cell{Text: "–", Tone: "quiet"}
		if ok {
			known = true
			cell = Cell{Text: count(n)}
			if n == 0 {
				cell.Tone = "quiet"
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	if known {
		t.Rows = append(t.Rows, row)
	}
}

// careRule says which marks leave a response out.
func (b *builder) careRule() string {
	var names []string
	for _, mark := range b.survey.Quality.Exclude {
		names = append(names, b.say("careless."+mark))
	}
	if len(names) == 0 {
		return b.say("careless.flagged")
	}
	return b.say("careless.excluded", "marks", b.join(names))
}

// bothWays is the headline with and without the marked responses.
func (b *builder) bothWays(q *measure.Quality) string {
	h := q.Headline
	switch {
	case h == nil:
		return ""
	case h.Suppressed:
		return b.say("careless.both_hidden", "min", b.results.MinCell)
	}
	return b.say("careless.both", "item", b.itemName(h.Item), "with", mean2.String(known(h.With)), "n", h.N, "count", count(h.N),
		"without", mean2.String(known(h.Without)), "rest", count(h.NWithout))
}

func (b *builder) straightTable(q *measure.Quality) *Table {
	t := &Table{
		ID: "straight-table", Caption: b.say("careless.batteries", "wave", b.latest().label), Note: b.say("careless.batteries_note"),
		Head: []string{b.say("battery.items"), b.say("careless.straight_n"), b.say("careless.longstring"), b.say("careless.irv"), b.say("figure.base")},
	}
	for _, line := range q.Batteries {
		t.Rows = append(t.Rows, Row{Label: b.columnLabel(line.ID), Cells: []Cell{
			{Text: count(line.Straight), Mark: wholePercent(line.Straight, line.N)},
			{Text: score1.String(float64(line.Longstring))},
			{Text: mean2.String(float64(line.IRV))},
			{Text: count(line.N), Tone: "quiet"},
		}})
	}
	return t
}

// raking shows the margins before and after, and against their targets.
func (b *builder) raking() []Block {
	q, ok := b.latest().block.Analyses["quality"].(*measure.Quality)
	if !ok || q.Rake == nil {
		return nil
	}
	r := q.Rake
	key := "raking.done"
	if r.Trim > 0 {
		key = "raking.trimmed"
	}
	text := b.say(key, "passes", count(r.Iterations), "residual", chartPercent(float64(r.Residual)), "trim", score1.String(r.Trim), "n", r.Trimmed, "count", count(r.Trimmed))
	t := b.marginTable("margins", b.say("raking.caption"), r.Margins, true)
	return []Block{{Text: text}, {Table: t}}
}

// chartPercent writes a share that may be very small.
func chartPercent(x float64) string {
	if x < 0.0005 {
		return "< 0.1%"
	}
	return percent.String(x)
}

// marginTable compares shares of responses with those of the population.
func (b *builder) marginTable(id, caption string, margins []*measure.RakedMargin, weighted bool) *Table {
	t := &Table{ID: id, Caption: caption, Head: []string{b.say("figure.group"), b.say("raking.before")}}
	if weighted {
		t.Head = append(t.Head, b.say("raking.after"))
	}
	t.Head = append(t.Head, b.say("raking.target"), b.say("raking.gap"), b.say("figure.base"))
	for _, m := range margins {
		item, _ := b.survey.Item(m.Column)
		t.Rows = append(t.Rows, Row{Label: b.columnLabel(m.Column)})
		for _, c := range m.Codes {
			row := Row{Label: b.groupLabel(item, c.Code)}
			gap := float64(c.Before) - float64(c.Target)
			if c.Suppressed {
				hidden := Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
				row.Cells = []Cell{hidden}
				if weighted {
					row.Cells = append(row.Cells, Cell{})
				}
				row.Cells = append(row.Cells, Cell{Text: percent.String(float64(c.Target))}, Cell{}, Cell{})
				t.Rows = append(t.Rows, row)
				continue
			}
			row.Cells = []Cell{{Text: percent.String(float64(c.Before))}}
			if weighted {
				row.Cells = append(row.Cells, Cell{Text: percent.String(float64(c.After))})
			}
			row.Cells = append(row.Cells, Cell{Text: percent.String(float64(c.Target))}, Cell{Text: points.String(gap * 100), Tone: "quiet"}, Cell{Text: count(c.N), Tone: "quiet"})
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// wholePercent is a share without decimals that is not written as 0% where
// there is one.
func wholePercent(n, of int) string {
	share := float64(n) / float64(of)
	if n > 0 && share < 0.005 {
		return "< 1%"
	}
	return percent0.String(share)
}
