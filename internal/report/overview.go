package report

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	head, ok := b.survey.Headline()
	rated := b.rank(head)
	page.Heading = b.headingSentence(head, ok, rated)
	first := Section{ID: "headline"}
	cards := b.cards(head, ok)
	if c := b.complaintsResult(); len(cards) == 0 && c != nil && c.N > 0 && b.survey.Kind == survey.ComplaintKind {
		cards = b.complaintCards(c)
	}
	if len(cards) > 0 {
		first.Blocks = append(first.Blocks, Block{Cards: cards})
	}
	if lists := b.lists(rated); len(lists) > 0 {
		first.Blocks = append(first.Blocks, Block{Lists: lists})
	}
	first.Blocks = append(first.Blocks, b.cautions()...)
	page.Sections = append(page.Sections, first)
	if a, c, leads := b.leadingIndex(); leads && len(b.waves) > 1 {
		page.Sections = append(page.Sections, Section{ID: "index", Blocks: []Block{{Figure: b.indexTrend(a, c)}}})
	}
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
	text := b.baseLine(w)
	if w.label == "" && b.options.Group == "" {
		text = capital(text)
	}
	if b.options.Group != "" {
		return b.say("look.group_title", "title", b.options.Group, "group", text)
	}
	return text
}

// capital begins a line: "Base 211 responses".
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func (b *builder) baseLine(w wave) string {
	text := b.say("kicker.base", "n", w.block.Base.Responses, "count", count(w.block.Base.Responses))
	if b.survey.Weighted() {
		text = b.say("kicker.weighted", "base", text, "effective", count(int(math.Round(float64(w.block.Base.Effective)))))
	}
	if w.label != "" {
		text = b.say("kicker.wave", "wave", w.label, "base", text)
	}
	if c := w.block.Base.Count; c != nil && w.block.Base.Simulated > 0 && w.block.Base.Simulated == w.block.Base.Responses {
		text = b.say("kicker.simulated_all", "base", text)
	} else if c != nil && w.block.Base.Simulated > 0 {
		text = b.say("kicker.simulated", "base", text, "count", count(w.block.Base.Simulated))
	} else if b.options.Group != "" && b.options.Simulated {
		text = b.say("kicker.simulated_group", "base", text)
	}
	return text
}

// headingSentence says where the headline item stands, what became of its mean
// (the lead measure: cards, lists and lines go by it) and who stands out.
func (b *builder) headingSentence(head survey.Item, ok bool, r ranking) string {
	text := ""
	if a, c, leads := b.leadingIndex(); leads {
		text = b.indexSentence(a, c)
	} else if q := b.questionOf(b.latest(), head.ID); ok && q != nil && !q.Suppressed && q.Top != nil && q.N > 0 {
		values := head.Scale.Values()
		text = b.say("heading.share", "share", percent0.String(float64(q.Top.Share)), "item", b.label(head), "codes", codes(q.Top.Codes), "max", whole.String(slices.Max(values)))
		key, pairs := "heading.mean", []any(nil)
		step, from := b.lastStep(head.ID, "mean")
		if step != nil && step.Comparable {
			key = "heading.same"
			if step.Holds() && step.Difference > 0 {
				key = "heading.up"
			} else if step.Holds() {
				key = "heading.down"
			}
			pairs = []any{"difference", mean2.String(math.Abs(float64(step.Difference)))}
			if key == "heading.same" {
				var ending string
				ending, pairs = b.sinceFirst(measure.Metric{Item: head.ID, Kind: "mean"}, mean2)
				key += ending
			}
			text += b.say(key, append(pairs, "wave", from, "mean", mean2.String(known(q.Mean)))...)
		} else {
			text += b.say(key, "mean", mean2.String(known(q.Mean)))
		}
	}
	text += b.ends(r)
	if text == "" {
		n := b.latest().block.Base.Responses
		text = b.say("heading.plain", "n", n, "count", count(n))
		if c := b.complaintsResult(); c != nil && c.N > 0 && b.survey.Kind == survey.ComplaintKind {
			return b.complaintsHeading(c) + b.say("heading.next") + b.say("heading.by_form", "n", n, "count", count(n), "all", count(c.N))
		} else if c != nil && c.N > 0 {
			text += b.say("heading.next") + b.complaintsHeading(c)
		}
	}
	return text
}

// ends names the items that are clearly best and worst, or says that none is.
func (b *builder) ends(r ranking) string {
	if len(r.rows) < minRanked {
		return ""
	}
	best, worst := b.quoted(r.best()), b.quoted(r.worst())
	switch {
	case best != "" && worst != "":
		return b.say("heading.ends", "best", best, "worst", worst)
	case worst != "":
		return b.say("heading.worst", "worst", worst)
	case best != "":
		return b.say("heading.best", "best", best)
	}
	if r.alike() {
		return b.say("look.one_mean", "mean", mean2.String(known(r.rows[0].question.Mean)))
	}
	first, last := r.rows[0].question, r.rows[len(r.rows)-1].question
	return b.say("heading.level", "low", mean2.String(known(last.Mean)), "high", mean2.String(known(first.Mean)))
}

// quoted lists the names of items, "" of none.
func (b *builder) quoted(rows []distributed) string {
	var names, short []string
	one := len(rows) > 0 && rows[0].item.Row != nil && b.text(rows[0].item.Question.Label) != "" && rows[0].label == b.name(rows[0].item)
	for _, d := range rows {
		names, short = append(names, d.label), append(short, b.say("priorities.quoted", "item", b.label(d.item)))
		one = one && d.item.Question == rows[0].item.Question
	}
	if one {
		return b.say("heading.of_battery", "items", b.join(short), "battery", b.text(rows[0].item.Question.Label))
	}
	return strings.Join(names, b.say("list.comma"))
}

// cards are the headline numbers with interval, base and change: the score, the
// metrics the author asked for, then the share dissatisfied where there is room.
func (b *builder) cards(head survey.Item, ok bool) []Card {
	var cards []Card
	if a, c, leads := b.leadingIndex(); leads {
		cards = append(cards, b.indexCard(a, c))
	}
	q := b.questionOf(b.latest(), head.ID)
	shown := ok && q != nil && !q.Suppressed && q.N > 0
	if shown {
		cards = append(cards, b.scoreCard(head, q))
		if len(cards) > 1 { // an index leads
			cards[1].Whisker = nil
		}
		if q.Top != nil {
			card := b.shareCard("card.top", head.ID, "top", q.Top, q.N)
			for _, m := range b.survey.Metrics() {
				if a, ok := b.latest().block.Analyses[m.ID].(*measure.Csat); ok && m.Question == head.ID && slices.Equal(a.Top, slices.Sorted(slices.Values(q.Top.Codes))) {
					card = b.aimed(card, percent, a.Target, a.Verdict)
				}
			}
			cards = append(cards, card)
		}
	}
	for _, m := range b.survey.Metrics() {
		if card, ok := b.metricCard(m, head); ok && len(cards) < 4 {
			cards = append(cards, card)
		}
	}
	if card, ok := b.modelCard(); ok && len(cards) < 4 {
		cards = append(cards, card)
	}
	if shown && q.Bottom != nil && len(cards) < 4 {
		cards = append(cards, b.shareCard("card.bottom", head.ID, "bottom", q.Bottom, q.N))
	}
	return cards
}

// shareCard is a share of the answers to one question.
func (b *builder) shareCard(key, item, kind string, top *measure.Top, n int) Card {
	step, from := b.lastStep(item, kind)
	return Card{
		Label: b.say(key, "codes", codes(top.Codes)), Value: percent.String(float64(top.Share)),
		Interval: b.cardInterval(between(percent, top.CI95), n), Change: b.changed(step, from, points, 100, "unit.share"),
	}
}

// aimed adds the target of a card's figure, and whether it is met.
func (b *builder) aimed(c Card, format chart.Format, target *measure.Number, verdict string) Card {
	if target != nil {
		c.Target = b.say("card.target_"+verdict, "target", format.String(float64(*target)))
	}
	return c
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
		Interval: b.cardInterval(between(score1, q.Score.CI95), q.N), Change: b.changed(step, from, points, factor, "unit.score"), Whisker: w,
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
		return b.aimed(Card{
			Label: b.say("card.nps"), Value: points.String(float64(a.Score)),
			Interval: b.cardInterval(between(points, a.CI95), a.N), Change: b.changed(step, from, points, 1, "unit.score"),
		}, points, a.Target, a.Verdict), true
	case *measure.Csat:
		if a.Question == head.ID || a.N == 0 {
			return Card{}, false
		}
		key := "card.csat"
		if a.Method == "ces" {
			key = "card.ces"
		}
		return b.aimed(b.shareCard(key, a.Question, "top", &measure.Top{Codes: a.Top, Share: a.Share, CI95: a.CI95}, a.N), percent, a.Target, a.Verdict), true
	}
	return Card{}, false
}

// lists are what is best, what to work on first (where nothing is surely weak,
// what is rated lowest) and what moved; items are ranked only where there are enough.
func (b *builder) lists(r ranking) []List {
	var out, lowest []List
	if len(r.rows) >= minRanked && !r.alike() {
		k := min(3, len(r.rows)/2)
		best, worst := List{Title: b.say("list.best"), Ordered: true}, List{Title: b.say("list.worst"), Ordered: true}
		if low, high, other := b.rankedScale(r); other {
			best.Title, worst.Title = b.say("list.best_scale", "low", low, "high", high), b.say("list.worst_scale", "low", low, "high", high)
		}
		if r.of != "" {
			best.Title, worst.Title = b.say("list.best_of", "battery", r.of), b.say("list.worst_of", "battery", r.of)
		}
		for i := range k {
			best.Items = append(best.Items, b.ranked(r.rows[i]))
			worst.Items = append(worst.Items, b.ranked(r.rows[len(r.rows)-1-i]))
		}
		out = append(out, best)
		lowest = []List{worst}
	}
	if first, ok := b.weakFirst(); ok {
		lowest = []List{first}
	}
	out = append(out, lowest...)
	if len(b.waves) > 1 {
		out = append(out, b.moved())
	}
	return out
}

func (b *builder) ranked(d distributed) string {
	return b.say("list.rated", "item", d.label, "mean", mean2.String(known(d.question.Mean)), "interval", between(mean2, *d.question.CI95), "base", count(d.question.N))
}

// moved lists the items whose change since the last wave stands up.
func (b *builder) moved() List {
	list := List{Title: b.say("list.moved", "wave", b.before()), Empty: b.say("list.nothing_moved")}
	moved, rest := b.movedItems()
	for i, m := range moved {
		if i == 4 {
			list.Items = append(list.Items, b.say("list.more", "n", len(moved)-i))
			break
		}
		list.Items = append(list.Items, b.say("list.change", "item", b.name(m.item), "difference", change2.String(float64(m.step.Difference)), "p", p(max(m.step.Holm, m.step.BH))))
	}
	if len(moved) > 0 && rest > 0 {
		list.Items = append(list.Items, b.say("list.rest", "n", rest))
	}
	return list
}

// cautions say what the sample and the base cannot carry.
func (b *builder) cautions() []Block {
	var out []Block
	if b.options.Group != "" {
		out = append(out, Block{Note: b.say("look.group_note", "group", b.options.Group)})
	}
	if b.options.Group != "" && b.options.Simulated {
		out = append(out, Block{Note: b.say("look.group_simulated")})
	}
	if b.results.Count.Simulated > 0 {
		key := "simulated.note"
		if b.results.Count.Simulated == b.results.Count.Counted {
			key = "simulated.note_all"
		}
		out = append(out, Block{Note: b.say(key, "count", count(b.results.Count.Simulated), "all", count(b.results.Count.Counted))})
	}
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
			if q.Type == survey.Matrix && !nominal(q) && !b.yardstick(q) {
				out = append(out, Section{ID: slug(q.ID), Title: b.called(q), Blocks: []Block{{Figure: b.battery(q)}}})
			}
		}
	}
	return out
}
