package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// trend is the page of changes: the headline's line, every rated item by wave,
// and a line for each item whose last change stands up. Nil with one wave.
func (b *builder) trend() *Page {
	head, ok := b.survey.Headline()
	if !ok || len(b.waves) < 2 {
		return nil
	}
	page := &Page{Name: "trend", Title: b.say("page.trend"), Kicker: b.kicker()}
	moved, _ := b.movedItems()
	page.Heading = b.movedSentence(moved)
	first := Section{ID: "headline", Title: b.label(head), Blocks: []Block{{Figure: b.trendFigure(head)}, {Figure: b.topTrend(head)}}}
	for _, m := range b.survey.Metrics() {
		if f := b.npsTrend(m); f != nil {
			first.Blocks = append(first.Blocks, Block{Figure: f})
		}
	}
	page.Sections = append(page.Sections, first)
	var lines []Block
	for _, m := range moved {
		if m.item.ID != head.ID {
			lines = append(lines, Block{Figure: b.overWaves(m.item, "mean", b.trendTitle(m.item))})
		}
	}
	if len(lines) > 0 {
		page.Sections = append(page.Sections, Section{ID: "moved", Title: b.say("trend.moved"), Blocks: lines})
	}
	page.Sections = append(page.Sections, Section{ID: "items", Title: b.say("trend.items"), Blocks: []Block{{Table: b.allMeans()}}})
	page.Sections = append(page.Sections, b.followed(moved)...)
	page.Sections = append(page.Sections, b.comparableSection())
	page.Sections = append(page.Sections, b.commonSections()...)
	return page
}

// topTrend is the headline's top share over the waves.
func (b *builder) topTrend(head survey.Item) *chart.Figure {
	f := b.overWaves(head, "top", b.say("title.top_trend", "item", b.label(head)))
	f.ID = slug(head.ID, "top-trend")
	f.Axis.Reference = math.NaN()
	if step, from := b.lastStep(head.ID, "top"); step != nil && step.Comparable {
		key := "title.top_same"
		if step.Holds() {
			key = "title.top_changed"
		}
		f.Title = b.say(key, "item", b.label(head), "wave", from, "difference", points.String(float64(step.Difference)*100), "share", percent0.String(f.Rows[len(f.Rows)-1].Cells[0]))
	}
	return f
}

// trendTitle says whether the mean of an item moved since the last wave and since the first.
func (b *builder) trendTitle(item survey.Item) string {
	step, from := b.lastStep(item.ID, "mean")
	switch {
	case step == nil || !step.Comparable:
		return b.say("title.trend_unknown", "item", b.name(item))
	case step.Holds():
		key := "title.trend_up"
		if step.Difference < 0 {
			key = "title.trend_down"
		}
		return b.say(key, "item", b.name(item), "wave", from, "difference", mean2.String(math.Abs(float64(step.Difference))))
	}
	ending, pairs := b.sinceFirst(measure.Metric{Item: item.ID, Kind: "mean"}, mean2)
	return b.say("title.trend_same"+ending, append(pairs, "item", b.name(item), "wave", from)...)
}

// movedItems are the rated items whose last change stands up, the largest
// first, and how many others could be compared.
func (b *builder) movedItems() (out []moving, rest int) {
	for _, item := range b.survey.Items() {
		if !item.Rated() || item.Type == survey.NPS {
			continue
		}
		step, _ := b.lastStep(item.ID, "mean")
		switch {
		case step == nil || !step.Comparable:
		case step.Holds():
			out = append(out, moving{item, step})
		default:
			rest++
		}
	}
	slices.SortStableFunc(out, func(x, y moving) int {
		switch d := math.Abs(float64(y.step.Difference)) - math.Abs(float64(x.step.Difference)); {
		case d > 0:
			return 1
		case d < 0:
			return -1
		}
		return 0
	})
	return out, rest
}

// moving is an item whose last change stands up.
type moving struct {
	item survey.Item
	step *measure.Step
}

// allMeans is the mean of every rated item in every wave, grouped by battery.
func (b *builder) allMeans() *Table {
	t := b.meansTable("means", b.say("trend.means"))
	var last *survey.Question
	for _, item := range b.survey.Items() {
		if !item.Rated() || item.Type == survey.NPS {
			continue
		}
		if item.Row != nil && item.Question != last {
			last = item.Question
			t.Rows = append(t.Rows, Row{Label: b.text(item.Question.Text)})
		}
		if item.Row == nil && last != nil { // what follows a battery is none of it
			last = nil
			t.Rows = append(t.Rows, Row{Label: b.say("explore.single")})
		}
		t.Rows = append(t.Rows, b.meansRow(item))
	}
	return b.likeEverywhere(t)
}

// meansTable is the heading of a table of means by wave.
func (b *builder) meansTable(id, caption string) *Table {
	t := &Table{ID: id, Caption: caption, Head: []string{b.say("figure.item")}, Note: b.say("table.change_note"), Cards: true}
	for _, w := range b.waves {
		t.Head = append(t.Head, w.label)
	}
	t.Head = append(t.Head, b.say("table.change", "wave", b.before()), b.say("table.p"), b.say("history.column"), b.say("figure.base"))
	return t
}

func (b *builder) meansRow(item survey.Item) Row {
	row := Row{Label: b.onItsScale(item)}
	for _, w := range b.waves {
		cell := b.meanCell(b.questionOf(w, item.ID))
		row.Cells = append(row.Cells, cell)
	}
	step, _ := b.lastStep(item.ID, "mean")
	row.Cells = append(row.Cells, b.changeCell(step, change2, 1, item.Reverse))
	value, base := "–", "–"
	if step != nil && step.Comparable {
		value = strings.TrimPrefix(p(max(step.Holm, step.BH)), "=\u00a0")
	}
	if q := b.questionOf(b.latest(), item.ID); q != nil && !q.Suppressed && q.Asked {
		base = count(q.N)
	}
	row.Cells = append(row.Cells, Cell{Text: value, Tone: "quiet"}, b.comparableCell(step), Cell{Text: base, Tone: "quiet"})
	return row
}

// changeCell writes a change with its interval; only what stands up is coloured.
func (b *builder) changeCell(step *measure.Step, f chart.Format, factor float64, reverse bool) Cell {
	switch {
	case step == nil:
		return Cell{}
	case !step.Comparable:
		return Cell{Text: b.say("reason." + step.Reason), Tone: "quiet"}
	}
	ci := measure.Interval{step.CI95[0] * measure.Number(factor), step.CI95[1] * measure.Number(factor)}
	cell := Cell{Text: f.String(float64(step.Difference) * factor), Mark: between(f, ci), Tone: "quiet"}
	if step.Holds() {
		cell.Tone = "good"
		if (step.Difference < 0) != reverse {
			cell.Tone = "bad"
		}
	}
	return cell
}
