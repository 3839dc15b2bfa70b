package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// overview is the first page: where do we stand, did it change, what is best and worst.
func (b *builder) overview() *Page {
	page := &Page{Name: "index", Title: b.say("page.overview"), Kicker: b.kicker()}
	if !b.answered() {
		page.Heading = b.say("overview.empty")
		if b.latest().block.Suppressed {
			page.Heading = b.say("overview.suppressed", "min", b.results.MinCell)
		}
		return page
	}
	head, ok := b.headline()
	rated := b.ratedRows(b.latest())
	page.Heading = b.headingSentence(head, ok, rated)
	first := Section{ID: "headline"}
	if cards := b.cards(head, ok); len(cards) > 0 {
		first.Blocks = append(first.Blocks, Block{Cards: cards})
	}
	if lists := b.lists(rated); len(lists) > 0 {
		first.Blocks = append(first.Blocks, Block{Lists: lists})
	}
	first.Blocks = append(first.Blocks, b.cautions()...)
	page.Sections = append(page.Sections, first)
	if ok && len(b.waves) > 1 {
		page.Sections = append(page.Sections, Section{ID: "change", Blocks: []Block{{Figure: b.trendFigure(head)}}})
	}
	page.Sections = append(page.Sections, b.batteries()...)
	return page
}

// kicker is the line over the heading: period, base, weighting.
func (b *builder) kicker() string {
	w := b.latest()
	if w.block == nil || w.block.Suppressed {
		return w.label
	}
	text := b.say("kicker.base", "n", w.block.Base.Responses, "count", count(w.block.Base.Responses))
	if b.survey.Weight != "" {
		text = b.say("kicker.weighted", "base", text, "effective", count(int(math.Round(float64(w.block.Base.Effective)))))
	}
	if w.label != "" {
		text = b.say("kicker.wave", "wave", w.label, "base", text)
	}
	return text
}

// headline is the item that stands for the whole: the first csat question,
// else the first rated question that is not part of a battery, else any rated item.
func (b *builder) headline() (survey.Item, bool) {
	for _, m := range b.survey.Metrics() {
		if m.Method == "csat" {
			return b.survey.Item(m.Question)
		}
	}
	items := b.survey.Items()
	single := func(i survey.Item) bool { return i.Rated() && i.Row == nil && i.Type != survey.NPS }
	for _, fits := range []func(survey.Item) bool{single, survey.Item.Rated} {
		if k := slices.IndexFunc(items, fits); k >= 0 {
			return items[k], true
		}
	}
	return survey.Item{}, false
}

// ratedRows are the rated items of a wave except the headline, best first.
func (b *builder) ratedRows(w wave) []distributed {
	head, _ := b.headline()
	var rows []distributed
	for _, item := range b.survey.Items() {
		if q := b.questionOf(w, item.ID); item.Rated() && item.ID != head.ID && item.Type != survey.NPS && q != nil && !q.Suppressed && q.N > 0 {
			rows = append(rows, distributed{label: b.label(item), item: item, question: q})
		}
	}
	slices.SortStableFunc(rows, func(x, y distributed) int {
		switch d := float64(y.question.Score.Value - x.question.Score.Value); {
		case d > 0:
			return 1
		case d < 0:
			return -1
		}
		return 0
	})
	return rows
}

func (b *builder) headingSentence(head survey.Item, ok bool, rated []distributed) string {
	text := ""
	if q := b.questionOf(b.latest(), head.ID); ok && q != nil && !q.Suppressed && q.Top != nil && q.N > 0 {
		step, from := b.lastStep(head.ID, "top")
		change := ""
		if step != nil && step.Comparable {
			key := "heading.same"
			if step.Holds() && step.Difference > 0 {
				key = "heading.up"
			} else if step.Holds() {
				key = "heading.down"
			}
			change = b.say(key, "wave", from, "points", score1.String(math.Abs(float64(step.Difference)*100)))
		}
		values := head.Scale.Values()
		text = b.say("heading.share", "share", percent0.String(float64(q.Top.Share)), "item", b.label(head),
			"codes", codes(q.Top.Codes), "max", whole.String(slices.Max(values)), "change", change)
	}
	if len(rated) >= 4 {
		text += b.say("heading.ends", "best", rated[0].label, "worst", rated[len(rated)-1].label)
	}
	if text == "" {
		n := b.latest().block.Base.Responses
		text = b.say("heading.plain", "n", n, "count", count(n))
	}
	return text
}

// cards are the headline numbers with interval and change.
func (b *builder) cards(head survey.Item, ok bool) []Card {
	var cards []Card
	if q := b.questionOf(b.latest(), head.ID); ok && q != nil && !q.Suppressed && q.N > 0 {
		cards = append(cards, b.scoreCard(head, q))
		if q.Top != nil {
			step, from := b.lastStep(head.ID, "top")
			cards = append(cards, Card{
				Label: b.say("card.top", "codes", codes(q.Top.Codes)), Value: percent.String(float64(q.Top.Share)),
				Interval: between(percent, q.Top.CI95), Change: b.changed(step, from, points, 100),
			})
		}
		if q.Bottom != nil {
			step, from := b.lastStep(head.ID, "bottom")
			cards = append(cards, Card{
				Label: b.say("card.bottom", "codes", codes(q.Bottom.Codes)), Value: percent.String(float64(q.Bottom.Share)),
				Interval: between(percent, q.Bottom.CI95), Change: b.changed(step, from, points, 100),
			})
		}
	}
	for _, m := range b.survey.Metrics() {
		if card, ok := b.metricCard(m, head); ok && len(cards) < 4 {
			cards = append(cards, card)
		}
	}
	return cards
}

// scoreCard is the large card: the headline item on 0–100.
func (b *builder) scoreCard(head survey.Item, q *measure.Question) Card {
	step, from := b.lastStep(head.ID, "mean")
	values := head.Scale.Values()
	factor := 100 / (slices.Max(values) - slices.Min(values))
	if head.Reverse {
		factor = -factor
	}
	w := &Whisker{Min: 0, Max: 100, Value: float64(q.Score.Value), Low: float64(q.Score.CI95[0]), High: float64(q.Score.CI95[1]), Target: math.NaN()}
	if t, ok := b.survey.Report.Targets[head.ID]; ok {
		w.Target = (t - slices.Min(values)) * math.Abs(factor)
	}
	return Card{
		Label: b.say("card.score", "item", b.label(head)), Value: score1.String(float64(q.Score.Value)), Unit: "/ 100",
		Interval: b.say("card.interval", "interval", between(score1, q.Score.CI95)), Change: b.changed(step, from, points, factor), Whisker: w,
	}
}

// metricCard is NPS or CES beside the headline.
func (b *builder) metricCard(m survey.Analysis, head survey.Item) (Card, bool) {
	block := b.latest().block
	switch a := block.Analyses[m.ID].(type) {
	case *measure.Nps:
		if a.N == 0 {
			return Card{}, false
		}
		step, from := b.lastStep(m.ID, "score")
		return Card{Label: b.say("card.nps"), Value: points.String(float64(a.Score)), Interval: between(points, a.CI95), Change: b.changed(step, from, points, 1)}, true
	case *measure.Csat:
		if a.Question == head.ID || a.N == 0 {
			return Card{}, false
		}
		step, from := b.lastStep(a.Question, "top")
		key := "card.csat"
		if a.Method == "ces" {
			key = "card.ces"
		}
		return Card{Label: b.say(key, "codes", codes(a.Top)), Value: percent.String(float64(a.Share)), Interval: between(percent, a.CI95), Change: b.changed(step, from, points, 100)}, true
	}
	return Card{}, false
}

// lists are best, worst and what moved; only with enough items to rank.
func (b *builder) lists(rated []distributed) []List {
	if len(rated) < 4 {
		return nil
	}
	k := min(3, len(rated)/2)
	best, worst := List{Title: b.say("list.best"), Ordered: true}, List{Title: b.say("list.worst"), Ordered: true}
	for i := range k {
		best.Items = append(best.Items, b.ranked(rated[i]))
		worst.Items = append(worst.Items, b.ranked(rated[len(rated)-1-i]))
	}
	out := []List{best, worst}
	if len(b.waves) > 1 {
		out = append(out, b.moved())
	}
	return out
}

func (b *builder) ranked(d distributed) string {
	return b.say("list.rated", "item", d.label, "score", score1.String(float64(d.question.Score.Value)))
}

// moved lists the items whose change since the last wave stands up.
func (b *builder) moved() List {
	from := b.waves[len(b.waves)-2].label
	list := List{Title: b.say("list.moved", "wave", from), Empty: b.say("list.nothing_moved")}
	rest := 0
	var moved []moving
	for _, item := range b.survey.Items() {
		if !item.Rated() || item.Type == survey.NPS {
			continue
		}
		step, _ := b.lastStep(item.ID, "mean")
		if step == nil || !step.Comparable {
			continue
		}
		if !step.Holds() {
			rest++
			continue
		}
		moved = append(moved, moving{item, step})
	}
	slices.SortStableFunc(moved, func(x, y moving) int {
		if d := math.Abs(float64(y.step.Difference)) - math.Abs(float64(x.step.Difference)); d != 0 {
			return int(math.Copysign(1, d))
		}
		return 0
	})
	for i, m := range moved {
		if i == 4 {
			list.Items = append(list.Items, b.say("list.more", "n", len(moved)-i))
			break
		}
		list.Items = append(list.Items, b.say("list.change", "item", b.label(m.item), "difference", change2.String(float64(m.step.Difference)), "p", p(max(m.step.Holm, m.step.BH))))
	}
	if len(moved) > 0 && rest > 0 {
		list.Items = append(list.Items, b.say("list.rest", "n", rest))
	}
	return list
}

type moving struct {
	item survey.Item
	step *measure.Step
}

// cautions say what the sample and the base cannot carry.
func (b *builder) cautions() []Block {
	var out []Block
	switch b.survey.Sample.Type {
	case "self_selected":
		out = append(out, Block{Note: b.say("sample.self_selected")})
	case "":
		out = append(out, Block{Note: b.say("sample.unknown")})
	}
	if n := b.latest().block.Base.Responses; n < 30 {
		out = append(out, Block{Note: b.say("warning.base_under_30_all", "n", n)})
	}
	return out
}

// trendFigure is the headline over the waves; its title says what happened.
func (b *builder) trendFigure(head survey.Item) *chart.Figure {
	return b.overWaves(head, "mean", b.trendTitle(head))
}

// batteries are the distributions of the matrix questions, the overview's evidence.
func (b *builder) batteries() []Section {
	var out []Section
	for _, page := range b.survey.Pages {
		for _, q := range page.Questions {
			if q.Type == survey.Matrix {
				out = append(out, Section{ID: slug(q.ID), Blocks: []Block{{Figure: b.battery(q)}}})
			}
		}
	}
	return out
}
