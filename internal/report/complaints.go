package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
)

// complaints is the page of the ledger of complaints: how many come in, how
// they are handled, what is open, what comes again. Nil without the ledger.
func (b *builder) complaints() *Page {
	c := b.complaintsResult()
	if c == nil {
		return nil
	}
	page := &Page{Name: "complaints", Title: b.say("page.complaints"), Heading: b.complaintsHeading(c)}
	if c.N == 0 {
		page.Sections = []Section{{ID: "complaints-summary", Blocks: []Block{{Text: page.Heading}}}, b.complaintNotes(c)}
		return page
	}
	page.Kicker = b.say("complaints.kicker", "n", c.N, "count", count(c.N), "from", unbroken(c.From), "to", unbroken(c.To), "as_of", unbroken(c.AsOf))
	page.Sections = []Section{{ID: "complaints-summary", Blocks: []Block{{Cards: b.complaintCards(c)}, {Note: b.say("desk.conform_note")}}}}
	add := func(id string, blocks ...Block) {
		blocks = slices.DeleteFunc(blocks, func(x Block) bool {
			return x.Text == "" && x.Note == "" && x.Figure == nil && x.Table == nil
		})
		if len(blocks) > 0 {
			page.Sections = append(page.Sections, Section{ID: "complaints-" + id, Title: b.say("complaints." + id), Blocks: blocks})
		}
	}
	add("volume", b.complaintVolume(c)...)
	add("stages", b.complaintStages(c)...)
	add("in_time", b.complaintInTime(c)...)
	add("open", b.complaintOpen(c)...)
	add("again", b.complaintAgain(c)...)
	add("handling", b.complaintHandling(c)...)
	add("follow_up", b.complaintFollowUp(c)...)
	add("claims", b.complaintClaims(c)...)
	page.Sections = append(page.Sections, b.complaintNotes(c))
	return page
}

func (b *builder) complaintsResult() *service.Complaints {
	if b.options.Service == nil {
		return nil
	}
	return b.options.Service.Complaints
}

func (b *builder) complaintsHeading(c *service.Complaints) string {
	switch {
	case c.N == 0 && c.Undated+c.Later > 0:
		return b.say("complaints.heading_undated", "count", count(c.Undated+c.Later))
	case c.N == 0:
		return b.say("complaints.heading_none")
	case !b.complaintsStage(c, "closed"):
		return b.say("complaints.heading_only", "n", c.N, "count", count(c.N), "from", c.From, "to", c.To)
	case c.State.Open == 0:
		return b.say("complaints.heading_closed", "n", c.N, "count", count(c.N), "from", c.From, "to", c.To)
	case c.State.Open == c.State.Overdue:
		return b.say("complaints.heading_late", "n", c.State.Open, "count", count(c.N), "from", c.From, "to", c.To, "open", count(c.State.Open))
	}
	return b.say("complaints.heading", "n", c.State.Open, "count", count(c.N), "from", c.From, "to", c.To, "open", count(c.State.Open), "overdue", count(c.State.Overdue))
}

// complaintsStage reports whether a file has a stage.
func (b *builder) complaintsStage(c *service.Complaints, name string) bool {
	return slices.ContainsFunc(c.Stages, func(s *service.ComplaintStage) bool { return s.Name == name })
}

// complaintCards are the headline numbers.
func (b *builder) complaintCards(c *service.Complaints) []Card {
	var out []Card
	if t := c.OnTime["closed"]; t != nil && t.Due.N > 0 {
		card := b.complaintsCard(b.say("complaints.card_in_time", "limit", b.complaintsSpan(t.Hours)), t.Due)
		card.Whisker = &Whisker{Min: 0, Max: 1, Value: float64(t.Due.Share), Low: float64(t.Due.CI95[0]), High: float64(t.Due.CI95[1]), Target: math.NaN()}
		out = append(out, card)
	}
	out = append(out, Card{Label: b.say("complaints.card_received"), Value: count(c.N), Interval: b.say("complaints.card_span", "from", unbroken(c.From), "to", unbroken(c.To))})
	if b.complaintsStage(c, "closed") {
		key := "complaints.card_overdue"
		if c.State.Overdue == c.State.Open && c.State.Open > 1 {
			key = "complaints.card_overdue_all"
		}
		open := Card{Label: b.say("complaints.card_open"), Value: count(c.State.Open), Interval: b.say(key, "n", count(c.State.Overdue), "limit", b.complaintsSpan(c.Limits.Close))}
		out = append(out, open)
	}
	if r := c.Rates; r != nil {
		out = append(out, Card{Label: b.say("complaints.card_rate"), Value: score1.String(float64(r.Total.Per)), Interval: b.say("complaints.card_rate_note", "interval", score1.Span(float64(r.Total.CI95[0]), float64(r.Total.CI95[1])), "units", count(int(r.Total.Units)))})
	} else if len(c.Recurrence) > 0 && c.Recurrence[0].Repeats.N > 0 {
		out = append(out, b.complaintsCard(b.say("complaints.card_again", "limit", b.complaintsSpan(c.Limits.Recurrence)), c.Recurrence[0].Repeats))
	}
	return out
}

func (b *builder) complaintsCard(label string, s *service.ComplaintShare) Card {
	return Card{Label: label, Value: percent.String(float64(s.Share)), Interval: b.say("complaints.card_share", "interval", percent.Span(float64(s.CI95[0]), float64(s.CI95[1])), "base", count(s.N))}
}

// complaintsSpan is a limit in words: 48 hours, 15 days.
func (b *builder) complaintsSpan(hours float64) string {
	if days := hours / 24; days == math.Trunc(days) && hours > 72 {
		return b.say("complaints.days", "n", int(days), "count", count(int(days)))
	}
	return b.say("complaints.hours", "n", int(hours), "count", count(int(hours)))
}

// complaintsCell is a share with its interval and base.
func (b *builder) complaintsCell(s *service.ComplaintShare) Cell {
	if s == nil || s.N == 0 {
		return Cell{Text: "–", Tone: "quiet"}
	}
	return Cell{Text: percent.String(float64(s.Share)), Mark: b.say("complaints.cell", "interval", percent.Span(float64(s.CI95[0]), float64(s.CI95[1])), "x", count(s.X), "n", count(s.N))}
}

// complaintsDays writes a duration in days.
func complaintsDays(v measure.Number) Cell {
	if math.IsNaN(float64(v)) {
		return Cell{Text: "–", Tone: "quiet"}
	}
	return Cell{Text: score1.String(float64(v))}
}

// complaintsLabel is what a code of a column is called; no code means the rest.
func (b *builder) complaintsLabel(column, code string) string {
	if code == "" {
		return b.say("complaints.rest")
	}
	return b.codeName(column, code)
}

// complaintsShares are the columns of a figure of one share with its interval.
func (b *builder) complaintsShares(label string) []chart.Column {
	return b.valueColumns("share", label, percent)
}

func complaintsRow(label string, s *service.ComplaintShare) chart.Row {
	return chart.Row{Label: label, Cells: []float64{float64(s.Share), float64(s.CI95[0]), float64(s.CI95[1]), float64(s.N)}}
}
