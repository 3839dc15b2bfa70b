package report

import (
	"math"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
)

// samplePage is what the responses stand for: of how many they are, how far off
// a random sample of that size may be, what the population is like, who is
// missing, and the customers' composition. Nil where the definition says nothing of it.
func (b *builder) samplePage() *Page {
	s, ok := b.latest().block.Analyses["sample"].(*measure.Sample)
	accounts, rolled := b.latest().block.Analyses["accounts"].(*measure.Accounts)
	if !ok || b.survey.Sample.Type == "" && !rolled && len(s.Absent) == 0 && s.Tree == nil {
		return nil
	}
	page := &Page{Name: "sample", Title: b.say("page.sample"), Kicker: b.kicker(), Heading: b.sampleHeading(s)}
	first := Section{ID: "size", Blocks: []Block{{Cards: b.sampleCards(s)}, {Text: b.sampleText(s)}}}
	if len(s.Needed) > 0 {
		first.Blocks = append(first.Blocks, Block{Table: b.neededTable(s)})
	}
	page.Sections = append(page.Sections, first)
	if len(s.Rates) > 0 {
		page.Sections = append(page.Sections, Section{ID: "rates", Title: b.say("represent.rates"), Blocks: []Block{{Table: b.rateTable(s)}}})
	}
	if blocks := b.representBlocks(s); len(blocks) > 0 {
		page.Sections = append(page.Sections, Section{ID: "margins", Title: b.say("represent.margins"), Blocks: blocks})
	}
	if f := b.compositionTree(s); f != nil {
		page.Sections = append(page.Sections, Section{ID: "tree", Title: b.say("represent.tree"), Blocks: []Block{{Figure: f}}})
	}
	if len(s.Absent) > 0 {
		page.Sections = append(page.Sections, Section{ID: "absent", Title: b.say("represent.absent"), Blocks: b.absentBlocks(s)})
	}
	if rolled {
		page.Sections = append(page.Sections, Section{ID: "accounts", Title: b.say("represent.accounts"), Blocks: b.accountBlocks(accounts)})
	}
	page.Sections = append(page.Sections, Section{ID: "principles", Title: b.say("represent.principles"), Blocks: []Block{{Table: b.principles(s)}}})
	return page
}

func (b *builder) sampleHeading(s *measure.Sample) string {
	n := count(s.N)
	switch {
	case s.Type == "self_selected":
		return b.say("represent.heading_self", "n", s.N, "count", n)
	case s.Type == "census" && s.Population > 0:
		return b.say("represent.heading_census", "n", s.N, "count", n, "population", count(s.Population))
	case s.Margin != nil && s.Population > 0:
		return b.say("represent.heading_random_of", "n", s.N, "count", n, "population", count(s.Population), "margin", points1(known(s.Margin)*100))
	case s.Margin != nil:
		return b.say("represent.heading_random", "n", s.N, "count", n, "margin", points1(known(s.Margin)*100))
	}
	return b.say("represent.heading_plain", "n", s.N, "count", n)
}

// points1 writes percentage points with one decimal.
func points1(x float64) string { return score1.String(x) }

func (b *builder) sampleCards(s *measure.Sample) []Card {
	cards := []Card{{Label: b.say("represent.responses"), Value: count(s.N)}}
	if s.Population > 0 {
		cards[0].Interval = b.say("represent.of_population", "population", count(s.Population))
	}
	if q, ok := b.latest().block.Analyses["quality"].(*measure.Quality); ok && b.survey.Weighted() && q.Effective > 0 {
		cards = append(cards, Card{Label: b.say("method.effective"), Value: count(int(math.Round(float64(q.Effective)))), Interval: b.say("represent.deff", "deff", known2(q.Deff))})
	}
	if s.Margin != nil {
		cards = append(cards, Card{Label: b.say("represent.margin"), Value: "±" + points1(known(s.Margin)*100), Unit: b.say("represent.points"), Interval: b.say("represent.margin_note")})
	}
	if s.ResponseRate != nil {
		cards = append(cards, Card{Label: b.say("represent.rate"), Value: percent.String(known(s.ResponseRate)), Interval: b.rateOf(s)})
	}
	return cards
}

func (b *builder) rateOf(s *measure.Sample) string {
	if s.Invited > 0 {
		return b.say("represent.of_invited", "count", count(s.Invited))
	}
	return b.say("represent.of_population", "population", count(s.Population))
}

// sampleText is what may be said from such a sample.
func (b *builder) sampleText(s *measure.Sample) string {
	key := s.Type
	if key == "" {
		key = "unknown"
	}
	text := b.say("represent." + key)
	if len(s.Warnings) > 0 {
		text += " " + b.say("represent.more_than_asked")
	}
	return text
}

func (b *builder) neededTable(s *measure.Sample) *Table {
	t := &Table{ID: "needed", Caption: b.say("represent.needed"), Head: []string{b.say("represent.margin"), b.say("represent.needed_n")}, Note: b.say("represent.needed_note")}
	for _, n := range s.Needed {
		cell := Cell{Text: count(n.N)}
		if n.Reached {
			cell.Mark = b.say("represent.reached")
		}
		t.Rows = append(t.Rows, Row{Label: "±" + whole.String(float64(n.Margin)*100) + " " + b.say("represent.points"), Cells: []Cell{cell}})
	}
	return t
}

func (b *builder) rateTable(s *measure.Sample) *Table {
	t := &Table{ID: "rate-table", Caption: b.say("represent.rates_caption"), Head: []string{b.say("figure.group"), b.say("represent.rate"), b.say("represent.responses"), b.say("represent.people")}}
	for _, r := range s.Rates {
		item, _ := b.survey.Item(r.Column)
		t.Rows = append(t.Rows, Row{Label: b.columnLabel(r.Column)})
		for _, c := range r.Codes {
			row := Row{Label: b.groupLabel(item, c.Code), Cells: []Cell{{Text: percent.String(float64(c.Rate))}, {Text: count(c.N)}, {Text: count(c.Population), Tone: "quiet"}}}
			switch {
			case c.Suppressed:
				row.Cells = []Cell{{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}, {}, {Text: count(c.Population), Tone: "quiet"}}
			case c.Population == 0:
				row.Cells[0] = Cell{Text: "–", Tone: "quiet"}
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// representBlocks compares the responses with the margins of the population.
func (b *builder) representBlocks(s *measure.Sample) []Block {
	margins := s.Margins
	if q, ok := b.latest().block.Analyses["quality"].(*measure.Quality); ok && q.Rake != nil && len(margins) == 0 {
		margins = q.Rake.Margins
	}
	if len(margins) == 0 {
		return nil
	}
	worst, name := 0.0, ""
	for _, m := range margins {
		item, _ := b.survey.Item(m.Column)
		for _, c := range m.Codes {
			if gap := float64(c.Before) - float64(c.Target); math.Abs(gap) > math.Abs(worst) {
				worst, name = gap, b.groupLabel(item, c.Code)
			}
		}
	}
	text := b.say("represent.alike")
	if math.Abs(worst) >= .05 {
		key := "represent.over"
		if worst < 0 {
			key = "represent.under"
		}
		text = b.say(key, "group", name, "points", points1(math.Abs(worst)*100))
	}
	return []Block{{Text: text}, {Table: b.marginTable("population", b.say("represent.margins_caption"), margins, b.survey.Weighted())}}
}

// absentBlocks names the kinds of customers that nobody answered for.
func (b *builder) absentBlocks(s *measure.Sample) []Block {
	var lists []List
	for _, a := range s.Absent {
		item, _ := b.survey.Item(a.Column)
		l := List{Title: b.columnLabel(a.Column)}
		for _, code := range a.Codes {
			l.Items = append(l.Items, b.groupLabel(item, code))
		}
		lists = append(lists, l)
	}
	return []Block{{Text: b.say("represent.absent_text")}, {Lists: lists}}
}

// compositionTree is the customers by the columns of the tree, with n and index.
func (b *builder) compositionTree(s *measure.Sample) *chart.Figure {
	if len(s.Tree) == 0 {
		return nil
	}
	f := &chart.Figure{
		ID: "composition", Kind: chart.Tree, Lang: b.lang, Note: b.say("represent.tree_note", "weighted", b.weightedNote()), Title: b.say("represent.tree_title"),
		Columns: []chart.Column{
			{ID: "index", Label: b.say("represent.index"), Role: chart.Value, Format: score1},
			{ID: "n", Label: b.say("figure.base"), Role: chart.Base},
			{ID: "ci95_low", Label: b.say("figure.low"), Format: score1},
			{ID: "ci95_high", Label: b.say("figure.high"), Format: score1},
		},
		Words: b.chartWords(b.say("figure.group")), Axis: chart.Axis{Max: 100, Reference: math.NaN()},
	}
	f.Words.TooFew = b.say("table.few")
	all := blank(4)
	all[1] = float64(s.N)
	if head, ok := b.survey.Headline(); ok {
		if q := b.questionOf(b.latest(), head.ID); q != nil && !q.Suppressed && q.Score != nil {
			all[0], all[2], all[3] = float64(q.Score.Value), float64(q.Score.CI95[0]), float64(q.Score.CI95[1])
		}
	}
	f.Rows = append(f.Rows, chart.Row{Node: "all", Label: b.say("represent.all"), Cells: all, Strong: true})
	b.branches(f, s.Tree, "all")
	return f
}

func (b *builder) branches(f *chart.Figure, below []*measure.Branch, from string) {
	for _, one := range below {
		item, _ := b.survey.Item(one.Column)
		row := chart.Row{Node: from + "/" + one.Code, From: from, Label: b.groupLabel(item, one.Code), Cells: blank(4)}
		switch {
		case one.Suppressed:
			row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
		default:
			row.Cells = []float64{float64(one.Index), float64(one.N), float64(one.CI95[0]), float64(one.CI95[1])}
			if one.N < 30 {
				row.State = chart.TooFew
			}
		}
		f.Rows = append(f.Rows, row)
		b.branches(f, one.Below, row.Node)
	}
}

// principles are the four principles of such a survey, each with what the files say of it.
func (b *builder) principles(s *measure.Sample) *Table {
	t := &Table{ID: "principles-table", Caption: b.say("represent.principles_caption"), Head: []string{b.say("represent.principle"), b.say("represent.finding")}}
	add := func(key, text string) {
		t.Rows = append(t.Rows, Row{Label: b.say("represent." + key), Cells: []Cell{{Text: text, Tone: "text"}}})
	}
	add("coverage", b.coverage(s))
	representative := b.say("represent.margins_unknown")
	if blocks := b.representBlocks(s); len(blocks) > 0 {
		representative = blocks[0].Text
	}
	add("representative", representative)
	questions := 0
	for _, p := range b.survey.Pages {
		questions += len(p.Questions)
	}
	practicable := b.say("represent.questions", "n", questions)
	if answers := b.countAnswers(); answers > questions {
		practicable += b.say("represent.answers", "n", answers)
	}
	if q, ok := b.latest().block.Analyses["quality"].(*measure.Quality); ok && q.Seconds != nil {
		practicable += b.say("represent.minutes", "minutes", score1.String(float64(q.Seconds.Median)/60))
	}
	add("practicable", practicable)
	add("worthwhile", b.worth(s))
	return t
}

// countAnswers is how many answers the questionnaire asks for: a battery asks
// for one a row, a pair of Kano for two a feature.
func (b *builder) countAnswers() int {
	n := 0
	for _, item := range b.survey.Items() {
		if item.Question != nil {
			n++
		}
	}
	return n
}

// coverage says whether all kinds of customers are among the responses.
func (b *builder) coverage(s *measure.Sample) string {
	var missing []string
	for _, a := range s.Absent {
		item, _ := b.survey.Item(a.Column)
		for _, code := range a.Codes {
			missing = append(missing, b.groupLabel(item, code))
		}
	}
	switch {
	case len(missing) > 0:
		return b.say("represent.missing", "types", b.join(missing))
	case len(b.survey.Segments) == 0 && len(b.survey.Sample.Tree) == 0:
		return b.say("represent.no_types")
	}
	return b.say("represent.all_types")
}

// worth says what the size of the sample buys.
func (b *builder) worth(s *measure.Sample) string {
	var parts []string
	if s.ResponseRate != nil {
		parts = append(parts, b.say("represent.worth_rate", "rate", percent.String(known(s.ResponseRate))))
	}
	if s.Margin != nil {
		parts = append(parts, b.say("represent.worth_margin", "margin", points1(known(s.Margin)*100)))
	}
	if len(parts) == 0 {
		return b.say("represent.worth_n", "n", s.N, "count", count(s.N))
	}
	return strings.Join(parts, b.say("represent.join"))
}

// accountBlocks is the roll-up of business customers.
func (b *builder) accountBlocks(a *measure.Accounts) []Block {
	if len(a.Warnings) > 0 {
		return []Block{{Note: b.say("represent.accounts_hidden", "min", b.results.MinCell)}}
	}
	if a.Accounts == 0 {
		return []Block{{Note: b.say("represent.accounts_none")}}
	}
	blocks := []Block{{Text: b.say("represent.accounts_text", "item", b.itemName(a.Item), "n", a.Accounts, "count", count(a.Accounts), "people", count(a.N), "score", score1.String(float64(a.Score)),
		"interval", between(score1, a.CI95))}}
	if a.Single > 0 {
		blocks = append(blocks, Block{Text: b.say("represent.single", "n", a.Single, "count", count(a.Single))})
	}
	if len(a.Roles) > 0 {
		blocks = append(blocks, Block{Table: b.roleTable(a)})
	}
	l := List{Title: b.say("represent.named"), Empty: b.say("represent.named_none", "min", b.results.MinCell)}
	for _, one := range a.Named {
		l.Items = append(l.Items, b.say("represent.account", "name", isolated(one.Name), "score", score1.String(float64(one.Score)), "n", one.N))
	}
	return append(blocks, Block{Lists: []List{l}})
}

func (b *builder) roleTable(a *measure.Accounts) *Table {
	t := &Table{ID: "roles", Caption: b.say("represent.roles"), Head: []string{b.say("represent.role"), b.say("represent.index"), b.say("represent.counts"), b.say("figure.base")}}
	item, _ := b.survey.Item(b.survey.Accounts.Role)
	for _, r := range a.Roles {
		row := Row{Label: b.groupLabel(item, r.Role), Cells: []Cell{{Text: known1(r.Score), Mark: between(score1, r.CI95)}, {Text: known2(r.Weight)}, {Text: count(r.N), Tone: "quiet"}}}
		if r.Suppressed {
			row.Cells = []Cell{{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}, {Text: known2(r.Weight)}, {}}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func known1(x measure.Number) string {
	if math.IsNaN(float64(x)) {
		return "–"
	}
	return score1.String(float64(x))
}
