package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/service"
)

// periodPages are the list of months and quarters, and a page of each, whose
// address stays.
func (b *builder) periodPages(f *service.Flow) []*Page {
	if len(f.Months) == 0 {
		return nil
	}
	out := []*Page{b.periodIndex(f)}
	for _, list := range [][]*service.Period{f.Quarters, f.Months} {
		for i, p := range list {
			out = append(out, b.periodPage(f, list, i, p))
		}
	}
	return out
}

// periodFile is the name of a period's page.
func periodFile(p *service.Period) string {
	if isQuarter(p) {
		return "quarter-" + p.ID
	}
	return "month-" + p.ID
}

func isQuarter(p *service.Period) bool { return strings.Contains(p.ID, "q") }

// periodName is the period in words: 2025 年 3 月, first quarter of 2025.
func (b *builder) periodName(id string) string {
	year, rest, _ := strings.Cut(id, "-")
	if q, ok := strings.CutPrefix(rest, "q"); ok {
		return b.say("complaint_period.quarter_name", "year", year, "quarter", q)
	}
	return b.say("complaint_period.month_name", "year", year, "month", b.say("complaint_period.month."+rest))
}

// periodIndex lists the periods, the latest first.
func (b *builder) periodIndex(f *service.Flow) *Page {
	page := &Page{Name: "periods", Title: b.say("page.periods"), Kicker: b.say("flow.kicker", "as_of", b.options.AsOf), Heading: b.periodIndexHeading(f)}
	page.Sections = []Section{
		{ID: "course", Blocks: []Block{{Figure: b.periodCourse(f.Months)}}},
		{ID: "quarters", Title: b.say("complaint_period.quarters"), Blocks: []Block{{Text: b.say("complaint_period.text", "days", f.CloseDays)}, {Table: b.periodTable("quarters-table", b.say("complaint_period.quarters_caption"), f.Quarters)}}},
		{ID: "months", Title: b.say("complaint_period.months"), Blocks: []Block{{Table: b.periodTable("months-table", b.say("complaint_period.months_caption"), f.Months)}, {Note: b.periodClear(f)}}},
	}
	return page
}

// periodLatest is the last period that has ended, else the last one.
func periodLatest(list []*service.Period) *service.Period {
	for i := len(list) - 1; i >= 0; i-- {
		if !list[i].Running {
			return list[i]
		}
	}
	return list[len(list)-1]
}

func (b *builder) periodIndexHeading(f *service.Flow) string {
	return b.periodHeading(periodLatest(f.Quarters))
}

// periodHeading says how many complaints came, against the period before, and
// how many were closed in time.
func (b *builder) periodHeading(p *service.Period) string {
	text := b.say("complaint_period.heading", "period", b.periodName(p.ID), "n", p.Received, "count", count(p.Received))
	if p.Running {
		text = b.say("complaint_period.heading_running", "period", b.periodName(p.ID), "n", p.Received, "count", count(p.Received))
	}
	switch {
	case p.Received == 0 && p.Running:
		text = b.say("complaint_period.heading_zero_running", "period", b.periodName(p.ID))
	case p.Received == 0:
		text = b.say("complaint_period.heading_zero", "period", b.periodName(p.ID))
	}
	text += b.periodAgainst(p)
	switch {
	case p.Due > 0 && p.Due < periodBase:
		text += b.say("complaint_period.closed_few", "n", p.Due, "on", count(p.OnTime), "due", count(p.Due))
	case p.Due > 0:
		text += b.say("complaint_period.closed_share", "share", percent0.String(float64(p.Share)))
	}
	return text
}

// periodAgainst sets a period beside the one before: its rate in the units sold
// where both know them, else how many came in; "" where nothing is compared.
func (b *builder) periodAgainst(p *service.Period) string {
	c := p.Change
	if c == nil {
		return ""
	}
	key := "complaint_period.same"
	if c.Clear && periodRises(p) {
		key = "complaint_period.more"
	} else if c.Clear {
		key = "complaint_period.fewer"
	}
	pairs := []any{"before", b.set(b.periodName(c.Before)), "n", c.Received, "count", count(c.Received)}
	if c.Per == "units" {
		key += "_sold"
		pairs = append(pairs, "rate", score1.String(float64(p.Rate)), "interval", between(score1, p.RateCI95), "rate_before", score1.String(float64(c.Rate)))
	}
	return b.say(key, pairs...)
}

// periodRises reports whether the rate is above that of the period before.
func periodRises(p *service.Period) bool {
	if p.Change.Per == "units" {
		return p.Rate > p.Change.Rate
	}
	return p.Received > p.Change.Received // a month differs from the next by days only
}

// periodBalance leads from what was open at the start to what is open at the end;
// "" where days that run backwards keep it from adding up.
func (b *builder) periodBalance(p *service.Period) string {
	if p.Start+p.Received+p.Returned-p.Closed != p.Open {
		return ""
	}
	key := "complaint_period.balance"
	if p.Running {
		key = "complaint_period.balance_now"
	}
	text := b.say(key, "start", count(p.Start), "received", count(p.Received), "returned", count(p.Returned), "closed", count(p.Closed), "open", count(p.Open))
	if again := p.Reopened - p.Returned; again > 0 {
		text += b.say("complaint_period.balance_again", "n", again, "count", count(again))
	}
	return text
}

// periodCourse is the complaints received by month.
func (b *builder) periodCourse(months []*service.Period) *chart.Figure {
	if last := len(months) - 1; last > 0 && months[last].Running { // half a month is no fall
		months = months[:last]
	}
	most := months[0]
	for _, m := range months {
		if m.Received > most.Received {
			most = m
		}
	}
	f := &chart.Figure{
		ID: "periods-course", Kind: chart.Lines, Lang: b.lang, Title: b.say("complaint_period.course", "month", b.periodName(most.ID), "n", most.Received, "count", count(most.Received)), Note: b.say("complaint_period.course_note"),
		Words: b.chartWords(b.say("complaint_period.month_head")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{
			{ID: "received", Label: b.say("complaint_period.received"), Role: chart.Value, Format: whole},
			{ID: "closed", Label: b.say("complaint_period.closed"), Format: whole},
			{ID: "open", Label: b.say("complaint_period.open"), Format: whole},
		},
	}
	for _, m := range months {
		row := chart.Row{Label: m.ID, Series: b.say("complaint_period.received"), Cells: []float64{float64(m.Received), float64(m.Closed), float64(m.Open)}}
		f.Rows = append(f.Rows, row)
	}
	f.Axis.Max = 1.15 * float64(most.Received)
	return f
}

func (b *builder) periodTable(id, caption string, list []*service.Period) *Table {
	t := &Table{ID: id, Caption: caption, Head: []string{b.say("complaint_period.head")}, Cards: true}
	for _, h := range []string{"received", "change", "closed", "returned", "open", "on_time", "days", "rate"} {
		t.Head = append(t.Head, b.say("complaint_period."+h))
	}
	for i := len(list) - 1; i >= 0; i-- {
		p := list[i]
		row := Row{Label: b.periodName(p.ID), Href: periodFile(p) + ".html"}
		if p.Running {
			row.Label = b.say("complaint_period.so_far", "period", row.Label)
		} else if p.Since != "" {
			row.Label = b.say("complaint_period.since_row", "period", row.Label, "month", b.say("complaint_period.month."+p.Since[5:]))
		}
		row.Cells = []Cell{{Text: count(p.Received)}, b.periodChange(p), {Text: count(p.Closed)}, periodSome(p.Returned), {Text: count(p.Open)}, b.periodShare(p), periodNumber(float64(p.Days), score1), b.periodRate(p)}
		t.Rows = append(t.Rows, row)
	}
	t.dropEmpty()
	return t
}

// dropEmpty takes out the columns that hold only dashes.
func (t *Table) dropEmpty() {
	for k := len(t.Head) - 2; k >= 0; k-- {
		if len(t.Rows) == 0 || slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Cells[k].Text != "–" }) {
			continue
		}
		t.Head = slices.Delete(t.Head, k+1, k+2)
		for i := range t.Rows {
			t.Rows[i].Cells = slices.Delete(t.Rows[i].Cells, k, k+1)
		}
	}
}

// periodClear says what a change in colour is, where there is one.
func (b *builder) periodClear(f *service.Flow) string {
	for _, p := range slices.Concat(f.Quarters, f.Months) {
		if p.Change != nil && p.Change.Clear {
			return b.say("complaint_period.clear")
		}
	}
	return ""
}

// periodSome is a count, a dash for none.
func periodSome(n int) Cell {
	if n == 0 {
		return Cell{Text: "–", Tone: "quiet"}
	}
	return Cell{Text: count(n)}
}

func periodNumber(v float64, f chart.Format) Cell {
	if math.IsNaN(v) {
		return Cell{Text: "–", Tone: "quiet"}
	}
	return Cell{Text: f.String(v)}
}

func (b *builder) periodChange(p *service.Period) Cell {
	if p.Change == nil {
		return Cell{Text: "–", Tone: "quiet"}
	}
	c := Cell{Text: chart.Format{Signed: true}.String(float64(p.Received - p.Change.Received)), Tone: "quiet"}
	if p.Change.Clear {
		if c.Tone = "good"; periodRises(p) {
			c.Tone = "bad"
		}
	}
	return c
}

func (b *builder) periodShare(p *service.Period) Cell {
	if p.Due == 0 {
		return Cell{Text: b.say("complaint_period.not_due"), Tone: "quiet"}
	}
	return Cell{Text: percent0.String(float64(p.Share)), Mark: b.say("complaint_period.of", "on", count(p.OnTime), "due", count(p.Due))}
}

func (b *builder) periodRate(p *service.Period) Cell {
	c := periodNumber(float64(p.Rate), score1)
	if c.Tone == "" {
		c.Mark = between(score1, p.RateCI95)
	}
	return c
}

// periodPage is one month or quarter.
func (b *builder) periodPage(f *service.Flow, list []*service.Period, i int, p *service.Period) *Page {
	page := &Page{
		Name: periodFile(p), Title: b.say("complaint_period.title", "period", b.periodName(p.ID)), Under: "periods",
		Kicker: b.say("complaint_period.kicker", "from", p.From, "to", p.To), Heading: b.periodHeading(p),
	}
	if p.Running {
		page.Kicker = b.say("complaint_period.kicker_running", "from", p.From, "to", b.options.AsOf)
	}
	first := Section{ID: "counts", Blocks: []Block{{Cards: b.periodCards(p)}}}
	if text := b.periodBalance(p); text != "" {
		first.Blocks = append(first.Blocks, Block{Text: text})
	}
	rule := b.say("complaint_period.rule", "days", f.CloseDays)
	if p.Due == 0 { // no card says how many were in time
		rule = b.say("complaint_period.rule_closed")
	}
	first.Blocks = append(first.Blocks, Block{Note: rule})
	if p.Running {
		first.Blocks = append(first.Blocks, Block{Note: b.say("complaint_period.running")})
	}
	if p.Since != "" {
		first.Blocks = append(first.Blocks, Block{Note: b.say("complaint_period.since", "month", b.periodName(p.Since))})
	}
	if c := p.Change; c != nil {
		first.Blocks = append(first.Blocks, Block{Text: b.periodTest(p)})
	}
	page.Sections = append(page.Sections, first)
	for k, s := range p.Strata {
		section := Section{ID: s.Column, Title: b.say("complaint_period.by." + s.Column)}
		if k == 0 {
			section.Blocks = append(section.Blocks, Block{Figure: b.periodPareto(p, s)})
		}
		section.Blocks = append(section.Blocks, Block{Table: b.stratumTable(p, s)})
		page.Sections = append(page.Sections, section)
	}
	page.Sections = append(page.Sections, b.periodWays(list, i))
	return page
}

func (b *builder) periodCards(p *service.Period) []Card {
	received := Card{Label: b.say("complaint_period.received"), Value: count(p.Received)}
	if p.Change != nil {
		received.Change = b.say("complaint_period.before", "period", b.periodName(p.Change.Before), "count", count(p.Change.Received))
	}
	cards := []Card{received}
	if p.Due > 0 {
		cards = append(cards, Card{Label: b.say("complaint_period.on_time"), Value: percent0.String(float64(p.Share)), Interval: b.say("complaint_period.interval", "interval", between(percent0, p.CI95)), Change: b.say("complaint_period.of", "on", count(p.OnTime), "due", count(p.Due))})
	}
	closed := Card{Label: b.say("complaint_period.closed"), Value: count(p.Closed)}
	if !math.IsNaN(float64(p.Days)) {
		closed.Change = b.say("complaint_period.median", "days", score1.String(float64(p.Days)))
	}
	open := "complaint_period.open"
	if p.Running {
		open = "complaint_period.open_now"
	}
	cards = append(cards, closed, Card{Label: b.say(open), Value: count(p.Open), Change: b.say("complaint_period.reopened", "n", p.Reopened, "count", count(p.Reopened))})
	if !math.IsNaN(float64(p.Rate)) {
		cards = append(cards, Card{Label: b.say("complaint_period.rate"), Value: score1.String(float64(p.Rate)), Interval: b.say("complaint_period.interval", "interval", between(score1, p.RateCI95)), Change: b.say("complaint_period.sold", "count", count(int(p.Sold)))})
	}
	return cards
}

func (b *builder) periodTest(p *service.Period) string {
	key := "complaint_period.test_none"
	if p.Change.Clear {
		key = "complaint_period.test_clear"
	}
	if p.Change.Per == "units" {
		key += "_sold"
	}
	return b.say(key, "before", b.set(b.periodName(p.Change.Before)), "p", probability(p))
}

func probability(x *service.Period) string { return p(x.Change.P) }

// stratumTable holds a column's counts against the period before.
func (b *builder) stratumTable(p *service.Period, s *service.Stratum) *Table {
	t := &Table{ID: slug(s.Column, "table"), Caption: b.say("complaint_period.stratum", "column", b.say("complaint_period.by."+s.Column)), Head: []string{b.say("complaint_period.by." + s.Column), b.say("complaint_period.complaints"), b.say("complaint_period.share")}}
	if p.Change != nil {
		t.Head = append(t.Head, b.periodName(p.Change.Before), b.say("complaint_period.change"))
	}
	for _, r := range s.Rows {
		share := Cell{Text: "–", Tone: "quiet"}
		if p.Received > 0 {
			share = Cell{Text: percent0.String(float64(r.N) / float64(p.Received))}
		}
		row := Row{Label: b.flowLabel(s.Column, r.Code), Cells: []Cell{{Text: count(r.N)}, share}}
		if p.Change != nil {
			row.Cells = append(row.Cells, Cell{Text: count(*r.Before)}, Cell{Text: chart.Format{Signed: true}.String(float64(r.N - *r.Before)), Tone: "quiet"})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// periodWays lead to the period before, the one after, and the list.
func (b *builder) periodWays(list []*service.Period, i int) Section {
	lists := []List{}
	if i > 0 {
		lists = append(lists, b.periodWay("complaint_period.earlier", list[i-1]))
	}
	if i+1 < len(list) {
		lists = append(lists, b.periodWay("complaint_period.later", list[i+1]))
	}
	lists = append(lists, List{Title: b.say("page.periods"), Items: []string{b.say("complaint_period.all")}, More: Link{Name: b.say("complaint_period.open_list"), Href: "periods.html"}})
	return Section{ID: "ways", Blocks: []Block{{Lists: lists}}}
}

func (b *builder) periodWay(key string, p *service.Period) List {
	return List{
		Title: b.say(key), Items: []string{b.say("complaint_period.way", "period", b.periodName(p.ID), "n", p.Received, "count", count(p.Received))},
		More: Link{Name: b.periodName(p.ID), Href: periodFile(p) + ".html"},
	}
}
