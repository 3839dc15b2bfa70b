package report

import (
	"maps"
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
)

// customers is the page of the ledgers of customers and transactions: how
// unequal customers are, how regularly they buy, where they stand and what they
// are worth. Nil without these ledgers.
func (b *builder) customers() *Page {
	block := b.latest().block
	if block == nil {
		return nil
	}
	page := &Page{Name: "customers", Title: b.say("page.customers")}
	for _, id := range slices.Sorted(maps.Keys(block.Analyses)) {
		c, ok := block.Analyses[id].(*measure.Customers)
		if h, hidden := block.Analyses[id].(*measure.Hidden); hidden && h.Method == "customers" {
			page.Heading = b.say("customers.hidden", "min", b.results.MinCell)
			page.Sections = append(page.Sections, Section{ID: slug(id, "hidden"), Blocks: []Block{{Text: page.Heading}}})
		}
		if !ok {
			continue
		}
		if page.Heading == "" {
			page.Heading, page.Kicker = b.customersHeading(c), b.customersKicker(c)
		}
		page.Sections = append(page.Sections, b.customerSections(id, c)...)
	}
	if len(page.Sections) == 0 {
		return nil
	}
	return page
}

func (b *builder) customersKicker(c *measure.Customers) string {
	return b.say("customers.kicker", "n", c.N, "customers", count(c.N), "transactions", count(c.Transactions), "as_of", c.AsOf)
}

func (b *builder) customersHeading(c *measure.Customers) string {
	if c.Revenue == nil || c.Revenue.N == 0 {
		return b.say("customers.heading_none", "customers", count(c.N))
	}
	text := b.say("customers.heading_top", "share", percent0.String(float64(c.Revenue.Top20Share)))
	if n := len(c.Retention); n > 0 {
		r := c.Retention[n-1]
		text += b.say("customers.heading_retention", "share", percent0.String(float64(r.Share)), "from", r.From, "to", r.To)
	}
	return text
}

func (b *builder) customerSections(id string, c *measure.Customers) []Section {
	out := []Section{{ID: slug(id, "summary"), Blocks: []Block{{Cards: b.customerCards(c)}}}}
	add := func(name, title string, blocks ...Block) {
		out = append(out, Section{ID: slug(id, name), Title: b.say(title), Blocks: blocks})
	}
	if c.Revenue != nil && c.Revenue.N > 0 {
		add("core", "customers.core", b.coreBlocks(id, c)...)
	}
	if c.Repurchase != nil && (c.Repurchase.N > 0 || len(c.Retention) > 0) {
		add("repurchase", "customers.repurchase", b.repurchaseBlocks(id, c)...)
	}
	if c.N > 0 {
		blocks := []Block{{Figure: b.customerLadder(id, c)}, {Table: b.ladderTable(id, c)}, {Note: b.say("customers.ladder_note")}}
		add("ladder", "customers.ladder", append(blocks, b.ladderMoves(id, c)...)...)
	}
	if c.Value != nil {
		add("value", "customers.value", b.valueBlocks(id, c)...)
	}
	if len(c.Segments) > 0 {
		add("segments", "customers.segments", b.customerSegmentBlocks(id, c)...)
	}
	if c.Types != nil {
		add("types", "customers.types", b.typeBlocks(id, c)...)
	}
	add("definitions", "customers.definitions", b.customerNotes(c)...)
	return out
}

// customerCards are the headline numbers; the first has a scale.
func (b *builder) customerCards(c *measure.Customers) []Card {
	var out []Card
	part := func(key string, p *measure.LoyalPart, n int, pairs ...any) {
		out = append(out, Card{Label: b.say(key, pairs...), Value: percent.String(float64(p.Share)), Interval: b.cardInterval(between(percent, p.CI95), n)})
	}
	if n := len(c.Retention); n > 0 {
		r := c.Retention[n-1]
		part("customers.card_retention", &r.LoyalPart, r.Of, "from", r.From, "to", r.To)
		out[0].Whisker = &Whisker{Min: 0, Max: 1, Value: float64(r.Share), Low: float64(r.CI95[0]), High: float64(r.CI95[1]), Target: math.NaN()}
	}
	out = append(out, Card{Label: b.say("customers.card_buyers"), Value: count(c.Buyers), Interval: b.say("customers.card_of", "n", count(c.N))})
	if c.Repurchase != nil && c.Buyers > 0 {
		part("customers.card_repeat", c.Repurchase.Repeat, c.Buyers)
	}
	if c.Risk != nil && c.Risk.Core > 0 {
		part("customers.card_risk", c.Risk.AtRisk, c.Risk.Core)
	} else if c.Value != nil && !math.IsNaN(float64(c.Value.Current)) {
		out = append(out, Card{Label: b.say("customers.card_value"), Value: money(c.Value.Current), Interval: b.say("customers.card_value_note", "retention", percent0.String(float64(c.Value.Retention)), "discount", percent0.String(float64(c.Value.Discount)))})
	}
	return out
}

// coreBlocks are the Lorenz curve, the classes and the satisfaction of the core.
func (b *builder) coreBlocks(id string, c *measure.Customers) []Block {
	out := []Block{{Figure: b.lorenz(id, c)}, {Figure: b.classes(id, c)}, {Note: b.say("customers.abc_rule")}}
	switch {
	case c.Core != nil:
		out = append(out, Block{Figure: b.coreSatisfaction(id, c)})
	case slices.Contains(c.Warnings, measure.NotJoined):
		out = append(out, Block{Note: b.say("customers.not_joined")})
	}
	return append(out, b.riskBlocks(id, c)...)
}

// lorenz is the cumulative share of revenue, and of margin, from the smallest customer.
func (b *builder) lorenz(id string, c *measure.Customers) *chart.Figure {
	f := &chart.Figure{
		ID: slug(id, "lorenz"), Kind: chart.Lines, Lang: b.lang, Words: b.chartWords(b.say("customers.poorest")), Axis: chart.Axis{Min: 0, Max: 1, Reference: math.NaN()},
		Columns: []chart.Column{
			{ID: "revenue", Label: b.say("customers.revenue"), Role: chart.Value, Format: percent},
			{ID: "equal", Label: b.say("customers.equal"), Role: chart.Goal, Format: percent0},
			{ID: "margin", Label: b.say("customers.margin"), Format: percent},
		},
		Title: b.say("customers.lorenz_title", "n", c.Revenue.Top20, "share", percent0.String(float64(c.Revenue.Top20Share)), "gini", mean2.String(float64(c.Revenue.Gini))),
		Note:  b.say("customers.lorenz_note", "base", count(c.Revenue.N), "total", money(c.Revenue.Total)),
	}
	for i := range 11 {
		cells := []float64{float64(c.Revenue.Deciles[i]), float64(i) / 10, math.NaN()}
		if c.Margin != nil && c.Margin.N > 0 {
			cells[2] = float64(c.Margin.Deciles[i])
		}
		f.Rows = append(f.Rows, chart.Row{Label: percent0.String(float64(i) / 10), Series: b.say("customers.cumulative"), Cells: cells})
	}
	return f
}

// classes is what part of customers and of value each class is.
func (b *builder) classes(id string, c *measure.Customers) *chart.Figure {
	f := &chart.Figure{ID: slug(id, "abc"), Kind: chart.Stacked, Lang: b.lang, Words: b.chartWords(b.say("customers.share_of")), Axis: chart.Axis{Reference: math.NaN()}}
	for i, class := range []string{"C", "B", "A"} {
		f.Columns = append(f.Columns, chart.Column{ID: "class_" + class, Label: b.say("customers.class", "class", class), Role: chart.Level, Format: percent0, Tone: float64(i) / 2})
	}
	f.Columns = append(f.Columns, chart.Column{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole})
	row := func(label string, r *measure.Concentration, of func(*measure.ABC) measure.Number) {
		f.Rows = append(f.Rows, chart.Row{Label: label, Cells: []float64{float64(of(r.Classes["C"])), float64(of(r.Classes["B"])), float64(of(r.Classes["A"])), float64(r.N)}})
	}
	row(b.say("customers.of_customers"), c.Revenue, func(x *measure.ABC) measure.Number { return x.ShareOfCustomers })
	row(b.say("customers.of_revenue"), c.Revenue, func(x *measure.ABC) measure.Number { return x.ShareOfValue })
	f.Title = b.say("customers.abc_title", "customers", percent0.String(float64(c.Revenue.Classes["A"].ShareOfCustomers)), "share", percent0.String(float64(c.Revenue.Classes["A"].ShareOfValue)))
	f.Note = b.say("customers.abc_note", "a", count(c.Revenue.Classes["A"].Customers), "b", count(c.Revenue.Classes["B"].Customers), "c", count(c.Revenue.Classes["C"].Customers))
	return f
}

// coreSatisfaction is the satisfaction of the top 20 % beside that of the others.
func (b *builder) coreSatisfaction(id string, c *measure.Customers) *chart.Figure {
	f := &chart.Figure{ID: slug(id, "core-satisfaction"), Kind: chart.Dots, Lang: b.lang, Columns: b.valueColumns("score", b.say("loyalty.score"), score1), Words: b.chartWords(b.say("figure.group")), Axis: chart.Axis{Reference: math.NaN()}}
	for _, x := range []struct {
		key string
		of  *measure.LoyaltyLine
	}{{"customers.top20", c.Core.Core}, {"customers.rest", c.Core.Rest}} {
		row := chart.Row{Label: b.say(x.key), Cells: []float64{float64(x.of.Score), float64(x.of.CI95[0]), float64(x.of.CI95[1]), float64(x.of.N)}}
		if x.of.N < 30 {
			row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
		}
		f.Rows = append(f.Rows, row)
	}
	key := "customers.core_same"
	if c.Core.P < 0.05 {
		key = "customers.core_higher"
		if c.Core.Difference < 0 {
			key = "customers.core_lower"
		}
	}
	f.Title = b.say(key, "difference", score1.String(math.Abs(float64(c.Core.Difference))), "p", p(c.Core.P))
	f.Note = b.say("customers.core_note", "item", b.itemName(c.Core.Core.Question), "weighted", b.weightedNote())
	return f
}

// riskBlocks say how many core customers are at risk, and which where the
// author asked for the list.
func (b *builder) riskBlocks(id string, c *measure.Customers) []Block {
	if c.Risk == nil || c.Risk.Core == 0 {
		return nil
	}
	out := []Block{{Text: b.say("customers.risk", "n", c.Risk.AtRisk.N, "risk", count(c.Risk.AtRisk.N), "core", count(c.Risk.Core), "share", percent.String(float64(c.Risk.AtRisk.Share)), "interval", between(percent, c.Risk.AtRisk.CI95))}}
	if len(c.Risk.IDs) == 0 {
		return append(out, Block{Note: b.say("customers.risk_hidden")})
	}
	t := &Table{ID: slug(id, "risk"), Caption: b.say("customers.risk_caption"), Head: []string{b.say("customers.number"), b.say("customers.id")}}
	const line = 10
	for from := 0; from < len(c.Risk.IDs); from += line {
		to := min(from+line, len(c.Risk.IDs))
		t.Rows = append(t.Rows, Row{Label: count(from+1) + "–" + count(to), Cells: []Cell{{Text: listOf(c.Risk.IDs[from:to], b.say("list.comma")), Tone: "text"}}})
	}
	return append(out, Block{Table: t}, Block{Note: b.say("customers.risk_shown")})
}
