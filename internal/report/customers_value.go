package report

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
)

// listOf joins names that come from the data, each kept to its own direction.
func listOf(names []string, comma string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = isolated(n)
	}
	return strings.Join(out, comma)
}

func (b *builder) repurchaseBlocks(id string, c *measure.Customers) []Block {
	var out []Block
	if c.Repurchase.N > 0 {
		out = append(out, Block{Figure: b.boughtBands(id, c)}, Block{Note: b.say("customers.bands_rule", "period", b.say("period."+c.Period), "from", c.From, "to", c.To, "min", c.Repurchase.MinPeriods, "short", count(c.Repurchase.TooShort))})
	}
	if len(c.Retention) > 0 {
		out = append(out, Block{Figure: b.retentionBars(id, c)})
	}
	if c.CrossSelling != nil && c.CrossSelling.Products > 0 {
		out = append(out, Block{Text: b.say("customers.cross", "mean", mean2.String(float64(c.CrossSelling.Mean)), "products", count(c.CrossSelling.Products), "share", percent.String(float64(c.CrossSelling.Several.Share)), "interval", between(percent, c.CrossSelling.Several.CI95))})
	}
	if c.Referrals != nil && c.Referrals.Known > 0 {
		out = append(out, Block{Text: b.say("customers.referrals", "n", int(c.Referrals.Referrals), "referrals", count(int(c.Referrals.Referrals)), "share", percent.String(float64(c.Referrals.Sent.Share)), "interval", between(percent, c.Referrals.Sent.CI95), "base", count(c.Referrals.Known))})
	}
	return out
}

// boughtBands is the bands of the repurchase rate, of all and by segment.
func (b *builder) boughtBands(id string, c *measure.Customers) *chart.Figure {
	f := b.bandFigure(slug(id, "bands"), b.say("figure.group"))
	r := c.Repurchase
	for i, name := range bandOrder {
		f.Columns[i].Label = b.say("customers."+name, "high", percent0.String(float64(r.High)), "low", percent0.String(float64(r.Low)))
	}
	row := func(label, series string, of func(string) *measure.LoyalPart, strong bool) {
		cells, n := blank(6), 0
		for i, name := range bandOrder {
			cells[i] = float64(of(name).Share)
			n += of(name).N
		}
		ci := of("ge_70").CI95
		cells[3], cells[4], cells[5] = float64(ci[0]), float64(ci[1]), float64(n)
		line := chart.Row{Label: label, Series: series, Cells: cells, Strong: strong}
		if n < 30 {
			line.State, line.Why = chart.TooFew, b.say("customers.few")
		}
		f.Rows = append(f.Rows, line)
	}
	row(b.say("figure.all"), "", func(name string) *measure.LoyalPart { return &r.Bands[name].LoyalPart }, true)
	for _, segment := range slices.Sorted(maps.Keys(r.BySegment)) {
		row(b.codeName("segment", segment), b.say("customers.by_segment"), func(name string) *measure.LoyalPart { return r.BySegment[segment][name] }, false)
	}
	high := r.Bands["ge_70"]
	f.Title = b.say("customers.bands_title", "high", percent0.String(float64(high.Share)), "limit", percent0.String(float64(r.High)), "period", b.say("period."+c.Period), "low", percent0.String(float64(r.Bands["le_30"].Share)))
	f.Note = b.say("customers.bands_note", "base", count(r.N))
	return f
}

func (b *builder) retentionBars(id string, c *measure.Customers) *chart.Figure {
	f := b.partFigure(slug(id, "retention"), chart.Bars, b.say("customers.years"))
	f.Columns[3].Label, f.Words.Base = b.say("customers.stayed"), b.say("customers.stayed")
	for _, r := range c.Retention {
		f.Rows = append(f.Rows, partRow(r.From+" → "+r.To, &r.LoyalPart, r.Of))
	}
	f.Axis.Max = 1
	last := c.Retention[len(c.Retention)-1]
	f.Title = b.say("customers.retention_title", "share", percent0.String(float64(last.Share)), "from", last.From, "to", last.To)
	f.Note = b.say("customers.retention_note")
	return f
}

// customerLadder is the ranks as a pyramid, the highest at the top.
func (b *builder) customerLadder(id string, c *measure.Customers) *chart.Figure {
	f := b.partFigure(slug(id, "ladder"), chart.Pyramid, b.say("loyalty.rank"))
	f.Columns[3].ID, f.Columns[3].Label, f.Words.Base = "customers", b.say("customers.customers"), b.say("customers.customers")
	best := 0.0
	for i, r := range c.Ladder {
		f.Rows = append(f.Rows, chart.Row{Label: b.rankName(r.ID, r.Label), Cells: []float64{float64(r.Share), float64(r.CI95[0]), float64(r.CI95[1]), float64(r.Customers), float64(c.N)}, Strong: i == 0})
		best = max(best, float64(r.Share))
	}
	f.Title = b.say("loyalty.ladder_title", "rank", f.Rows[0].Label, "share", percent0.String(float64(c.Ladder[0].Share)))
	for _, r := range f.Rows {
		if r.Cells[0] == best {
			f.Title = b.say("customers.ladder_title", "rank", r.Label, "share", percent0.String(best), "top", f.Rows[0].Label, "share_top", percent0.String(f.Rows[0].Cells[0]))
			break
		}
	}
	f.Note = b.say("customers.ladder_base", "base", count(c.N))
	return f
}

func (b *builder) ladderTable(id string, c *measure.Customers) *Table {
	t := &Table{ID: slug(id, "ladder-table"), Caption: b.say("customers.ladder_caption"), Head: []string{b.say("loyalty.rank"), b.say("customers.customers"), b.say("figure.share"), b.say("customers.revenue"), b.say("customers.margin"), b.say("customers.current")}}
	for _, r := range c.Ladder {
		t.Rows = append(t.Rows, Row{Label: b.rankName(r.ID, r.Label), Cells: []Cell{{Text: count(r.Customers)}, {Text: percent.String(float64(r.Share)), Mark: between(percent, r.CI95)}, {Text: money(r.Revenue)}, {Text: money(r.Margin)}, {Text: money(r.Current)}}})
	}
	return t
}

func (b *builder) valueBlocks(id string, c *measure.Customers) []Block {
	v := c.Value
	t := &Table{ID: slug(id, "value-table"), Caption: b.say("customers.value_caption", "base", count(c.N)), Head: []string{b.say("economics.figure"), b.say("customers.of_all"), b.say("customers.each")}}
	for _, line := range []struct {
		key string
		of  measure.Number
	}{{"customers.historic", v.Historic}, {"customers.recent", v.Recent}, {"customers.current", v.Current}, {"customers.potential", v.Potential}} {
		if !math.IsNaN(float64(line.of)) {
			t.Rows = append(t.Rows, Row{Label: b.say(line.key), Cells: []Cell{{Text: money(line.of)}, {Text: money(line.of / measure.Number(max(c.N, 1)))}}})
		}
	}
	if math.IsNaN(float64(v.Retention)) {
		return []Block{{Table: t}, {Note: b.say("customers.no_retention")}}
	}
	key := "customers.value_given"
	if v.Observed {
		key = "customers.value_observed"
	}
	out := []Block{{Table: t}, {Note: b.say(key, "retention", percent.String(float64(v.Retention)), "discount", percent.String(float64(v.Discount)), "factor", mean2.String(float64(v.Factor)))}}
	if math.IsNaN(float64(v.Potential)) {
		out = append(out, Block{Note: b.say("customers.no_potential")})
	}
	return out
}

// customerSegmentBlocks are value and satisfaction by segment, and who answered.
func (b *builder) customerSegmentBlocks(id string, c *measure.Customers) []Block {
	var out []Block
	if f := b.valueBubbles(id, c); f != nil {
		out = append(out, Block{Figure: f})
	}
	t := &Table{ID: slug(id, "segments-table"), Caption: b.say("customers.segments_caption"), Head: []string{b.say("figure.group"), b.say("customers.customers"), b.say("customers.revenue"), b.say("customers.current"), b.say("customers.answered"), b.say("customers.satisfaction")}}
	for _, s := range c.Segments {
		row := Row{Label: b.codeName("segment", s.Segment), Cells: []Cell{{Text: count(s.Customers)}, {Text: money(s.Revenue)}, {Text: money(s.Current)}, {Text: "–", Tone: "quiet"}, {Text: "–", Tone: "quiet"}}}
		switch {
		case s.Suppressed:
			row.Cells[3] = Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
			row.Cells[4] = row.Cells[3]
		case s.Response != nil:
			row.Cells[3] = Cell{Text: percent.String(float64(s.Response.Share)), Mark: between(percent, s.Response.CI95)}
			if s.N > 0 {
				row.Cells[4] = Cell{Text: score1.String(float64(s.Score)), Mark: between(score1, s.CI95)}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	out = append(out, Block{Table: t})
	if c.Response != nil {
		out = append(out, Block{Text: b.say("customers.response", "n", c.Response.N, "answered", count(c.Response.N), "share", percent.String(float64(c.Response.Share)), "interval", between(percent, c.Response.CI95))})
	}
	return out
}

// valueBubbles is satisfaction by current value, a bubble a segment; nil with
// fewer than two segments to draw.
func (b *builder) valueBubbles(id string, c *measure.Customers) *chart.Figure {
	f := &chart.Figure{
		ID: slug(id, "value-satisfaction"), Kind: chart.Scatter, Lang: b.lang, Words: b.chartWords(b.say("figure.group")), Axis: chart.Axis{Reference: math.NaN()}, Across: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{
			{ID: "score", Label: b.say("customers.satisfaction"), Role: chart.X, Format: score1},
			{ID: "ci95_low", Label: b.say("figure.low"), Role: chart.XLow, Format: score1},
			{ID: "ci95_high", Label: b.say("figure.high"), Role: chart.XHigh, Format: score1},
			{ID: "current_value", Label: b.say("customers.current_each"), Role: chart.Y, Format: whole},
			{ID: "customers", Label: b.say("customers.customers"), Role: chart.Area, Format: whole},
			{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
		},
		Note: b.say("customers.bubble_note"),
	}
	for _, s := range c.Segments {
		if s.Suppressed || s.N == 0 || math.IsNaN(float64(s.Current)) {
			continue
		}
		row := chart.Row{Label: b.codeName("segment", s.Segment), Cells: []float64{float64(s.Score), float64(s.CI95[0]), float64(s.CI95[1]), float64(s.Current) / float64(s.Customers), float64(s.Customers), float64(s.N)}}
		if s.N < 30 {
			row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
		}
		f.Rows = append(f.Rows, row)
	}
	if len(f.Rows) < 2 {
		return nil
	}
	best := slices.MaxFunc(f.Rows, func(x, y chart.Row) int { return cmp.Compare(x.Cells[3], y.Cells[3]) })
	f.Title = b.say("customers.bubble_title", "segment", b.set(best.Label), "value", money(measure.Number(best.Cells[3])), "score", score1.String(best.Cells[0]))
	return f
}

// typeBlocks are the customers by type, and the types of METHODS A01 that are not there.
func (b *builder) typeBlocks(id string, c *measure.Customers) []Block {
	t := &Table{ID: slug(id, "types-table"), Caption: b.say("customers.types_caption"), Head: []string{b.say("customers.type"), b.say("customers.customers"), b.say("figure.share")}}
	for _, name := range slices.Sorted(maps.Keys(c.Types)) {
		t.Rows = append(t.Rows, Row{Label: b.typeName(name), Cells: []Cell{{Text: count(c.Types[name])}, {Text: percent.String(float64(c.Types[name]) / float64(c.N))}}})
	}
	out := []Block{{Table: t}}
	if len(c.TypesAbsent) > 0 {
		var names []string
		for _, name := range c.TypesAbsent {
			names = append(names, b.typeName(name))
		}
		out = append(out, Block{Note: b.say("customers.types_absent", "types", b.join(names))})
	}
	return out
}

func (b *builder) typeName(name string) string {
	if b.locale.Has("customer_type." + name) {
		return b.say("customer_type." + name)
	}
	return isolated(name)
}

// customerNotes say what was counted and what was left out.
func (b *builder) customerNotes(c *measure.Customers) []Block {
	out := []Block{{Text: b.say("customers.counted", "as_of", c.AsOf, "transactions", count(c.Transactions), "buyers", count(c.Buyers))}}
	for _, line := range []struct {
		key string
		n   int
	}{{"customers.unlisted", c.Unlisted}, {"customers.returns", c.Returns}, {"customers.later", c.Later}, {"customers.undated", c.Undated}, {"customers.unpriced", c.Unpriced}} {
		if line.n > 0 {
			out = append(out, Block{Note: b.say(line.key, "n", line.n)})
		}
	}
	if c.Revenue != nil && c.Revenue.NotPositive > 0 {
		out = append(out, Block{Note: b.say("customers.not_positive", "n", c.Revenue.NotPositive)})
	}
	for _, w := range c.Warnings {
		if key := "customers.warning_" + w; b.locale.Has(key) {
			out = append(out, Block{Note: b.say(key)})
		}
	}
	if c.RFM != nil && c.RFM.Best > 0 {
		out = append(out, Block{Text: b.say("customers.rfm", "n", c.RFM.Best, "best", count(c.RFM.Best), "days", fmt.Sprint(int(math.Round(float64(c.RFM.Recency)))))})
	}
	return append(out, Block{Note: b.say("customers.private")})
}
