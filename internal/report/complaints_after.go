package report

import (
	"math"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
)

// complaintAgain is what was reopened and what came again.
func (b *builder) complaintAgain(c *service.Complaints) []Block {
	t := &Table{ID: "complaints-again-table", Caption: b.say("complaints.again_table"), Head: []string{b.say("complaints.what"), b.say("complaints.share"), b.say("complaints.followed")}, Note: b.say("complaints.again_note", "limit", b.complaintsSpan(c.Limits.Recurrence))}
	if c.Reopened.N > 0 {
		t.Rows = append(t.Rows, Row{Label: b.say("complaints.reopened"), Cells: []Cell{b.complaintsCell(c.Reopened), {Text: "–", Tone: "quiet"}}})
	}
	for _, r := range c.Recurrence {
		t.Rows = append(t.Rows, Row{Label: b.say("complaints.again_" + strings.Join(r.Key, "_")), Cells: []Cell{b.complaintsCell(r.Repeats), b.complaintsCell(r.Followed)}})
	}
	if len(c.Recurrence) == 0 {
		t.Note = ""
	}
	if e := c.Escalated; e != nil {
		t.Rows = append(t.Rows, Row{Label: b.say("complaints.escalated"), Cells: []Cell{b.complaintsCell(e), {Text: "–", Tone: "quiet"}}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	if len(c.Recurrence) == 0 { // nothing tells which complaint follows another
		t.Head = t.Head[:2]
		for i := range t.Rows {
			t.Rows[i].Cells = t.Rows[i].Cells[:1]
		}
	}
	return []Block{{Table: t}}
}

// complaintHandling is how satisfied customers are with the handling, in all
// and by its method.
func (b *builder) complaintHandling(c *service.Complaints) []Block {
	h := c.Handling
	if h == nil {
		return nil
	}
	f := &chart.Figure{ID: "complaints-handling", Kind: chart.Dots, Lang: b.lang, Columns: b.complaintsShares(b.say("complaints.satisfied")), Words: b.chartWords(b.say("complaints.aspect")), Axis: chart.Axis{Min: 0, Max: 1, Reference: math.NaN()}}
	for _, s := range h.All {
		f.Rows = append(f.Rows, b.complaintSatisfied(b.say("complaints.satisfied_"+s.Aspect), "", s))
	}
	var best, worst *service.ComplaintSatisfaction
	bestMethod, worstMethod := "", ""
	for _, m := range h.Methods {
		s := m.Of[0]
		f.Rows = append(f.Rows, b.complaintSatisfied(b.complaintsLabel("method", m.Method), b.say("complaints.by_method", "aspect", b.say("complaints.satisfied_"+s.Aspect)), s))
		if s.Hidden || s.Top == nil || s.N < 1 {
			continue
		}
		if best == nil || s.Top.Share > best.Top.Share {
			best, bestMethod = s, m.Method
		}
		if worst == nil || s.Top.Share < worst.Top.Share {
			worst, worstMethod = s, m.Method
		}
	}
	for i := range f.Rows {
		if f.Rows[i].Series == "" {
			f.Rows[i].Series = b.say("complaints.all_complaints")
		}
	}
	f.Title, f.Note = b.complaintHandlingTitle(h), b.say("complaints.handling_note", "top", whole.String(h.Top), "high", whole.String(h.High), "low", whole.String(h.Low))
	if best != nil && worst != best && best.Top.CI95[0] > worst.Top.CI95[1] {
		f.Title = b.say("complaints.handling_title", "best", b.complaintsLabel("method", bestMethod), "worst", b.complaintsLabel("method", worstMethod))
	}
	out := []Block{{Figure: f}, {Table: b.complaintScores(h)}}
	if h.Outside > 0 {
		out = append(out, Block{Note: b.say("complaints.outside_scale", "n", h.Outside, "count", count(h.Outside))})
	}
	return out
}

func (b *builder) complaintHandlingTitle(h *service.ComplaintHandling) string {
	s := h.All[0]
	if s.Hidden || s.N == 0 || s.Top == nil {
		return b.say("complaints.handling_plain")
	}
	return b.say("complaints.handling_all", "share", percent.String(float64(s.Top.Share)), "aspect", b.say("complaints.satisfied_"+s.Aspect))
}

func (b *builder) complaintSatisfied(label, series string, s *service.ComplaintSatisfaction) chart.Row {
	row := chart.Row{Label: label, Series: series, Cells: blank(4)}
	switch {
	case s.Hidden:
		row.State, row.Why = chart.Suppressed, b.say("complaints.few", "min", b.results.MinCell)
	case s.N == 0 || s.Top == nil:
		row.State, row.Why = chart.Empty, b.say("reason.no_answers")
	default:
		row.Cells = complaintsRow("", s.Top).Cells
		if s.N < 30 {
			row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
		}
	}
	return row
}

// complaintScores are the means on 0–100 (满意度), beside the shares of the figure.
func (b *builder) complaintScores(h *service.ComplaintHandling) *Table {
	t := &Table{ID: "complaints-scores", Caption: b.say("complaints.scores"), Head: []string{b.say("complaints.method")}, Note: b.say("complaints.scores_note")}
	for _, s := range h.All {
		t.Head = append(t.Head, b.say("complaints.satisfied_"+s.Aspect))
	}
	line := func(label string, of []*service.ComplaintSatisfaction) {
		row := Row{Label: label}
		for _, s := range of {
			cell := Cell{Text: "–", Tone: "quiet"}
			switch {
			case s.Hidden:
				cell.Text = b.say("complaints.hidden_short")
			case s.N > 0:
				to := func(v measure.Number) float64 { return (float64(v) - h.Low) / (h.High - h.Low) * 100 }
				cell = Cell{Text: score1.String(float64(s.Score)), Mark: b.say("complaints.cell_n", "n", count(s.N))}
				if !math.IsNaN(to(s.CI95[0])) && s.CI95[0] != s.CI95[1] {
					cell.Mark = b.say("complaints.cell_score", "interval", score1.Span(max(to(s.CI95[0]), 0), min(to(s.CI95[1]), 100)), "n", count(s.N))
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	line(b.say("complaints.all_complaints"), h.All)
	for _, m := range h.Methods {
		line(b.complaintsLabel("method", m.Method), m.Of)
	}
	return t
}

// complaintFollowUp is the calls after the handling.
func (b *builder) complaintFollowUp(c *service.Complaints) []Block {
	u := c.FollowUp
	if u == nil || u.Called.N == 0 {
		return nil
	}
	f := &chart.Figure{
		ID: "complaints-follow-up", Kind: chart.Dots, Lang: b.lang, Columns: b.complaintsShares(b.say("complaints.share")), Words: b.chartWords(b.say("complaints.what")), Axis: chart.Axis{Min: 0, Max: 1, Reference: math.NaN()},
		Title: b.say("complaints.follow_title", "called", percent.String(float64(u.Called.Share))), Note: b.say("complaints.follow_note"),
	}
	add := func(key string, s *service.ComplaintShare) {
		if s == nil {
			return
		}
		row := complaintsRow(b.say("complaints."+key, "limit", b.complaintsSpan(c.Limits.FollowUp)), s)
		if s.N == 0 {
			row.State, row.Why = chart.Empty, b.say("complaints.no_records")
		}
		if key == "follow_satisfied" && u.Hidden {
			row.State, row.Why = chart.Suppressed, b.say("complaints.few", "min", b.results.MinCell)
		}
		f.Rows = append(f.Rows, row)
	}
	add("follow_called", u.Called)
	add("follow_in_time", u.InTime)
	add("follow_reached", u.Reached)
	add("follow_satisfied", u.Satisfied)
	add("follow_reopened", u.Reopened)
	if u.Reached.N > 0 {
		f.Title += b.say("complaints.follow_title_reached", "reached", percent.String(float64(u.Reached.Share)))
	}
	out := []Block{{Figure: f}}
	if u.Undated > 0 {
		out = append(out, Block{Note: b.say("complaints.follow_undated", "n", u.Undated)})
	}
	return out
}

// complaintClaims is what was claimed from those responsible and came back.
func (b *builder) complaintClaims(c *service.Complaints) []Block {
	k := c.Claims
	if k == nil {
		return nil
	}
	if k.Hidden || k.N == 0 {
		return []Block{{Text: b.say("complaints.claims_few", "n", count(k.N), "min", b.results.MinCell)}}
	}
	out := []Block{{Text: b.say("complaints.claims_text", "n", k.N, "count", count(k.N), "claimed", money(k.Claimed), "recovered", money(k.Recovered), "rate", percent.String(float64(k.Rate)), "interval", complaintsBetween(k.CI95), "open", count(k.Open))}}
	if len(k.Parties) > 1 {
		t := &Table{ID: "complaints-parties", Caption: b.say("complaints.parties"), Head: []string{b.say("complaints.column.party"), b.say("complaints.claims_n"), b.say("complaints.claimed"), b.say("complaints.recovered"), b.say("complaints.rate")}}
		for _, p := range k.Parties {
			row := Row{Label: b.complaintsLabel("party", p.Party), Cells: []Cell{{Text: count(p.N)}}}
			if p.Party == "" {
				row.Label = b.say("complaints.no_party")
			}
			if p.Hidden {
				row.Cells = append(row.Cells, Cell{Text: b.say("complaints.hidden_short", "min", b.results.MinCell), Tone: "quiet"}, Cell{}, Cell{})
			} else {
				row.Cells = append(row.Cells, Cell{Text: money(p.Claimed)}, Cell{Text: money(p.Recovered)}, Cell{Text: percent.String(float64(p.Rate)), Mark: complaintsBetween(p.CI95)})
			}
			t.Rows = append(t.Rows, row)
		}
		out = append(out, Block{Table: t})
	}
	return append(out, Block{Note: b.say("complaints.claims_note")})
}

func complaintsBetween(ci measure.Interval) string {
	if math.IsNaN(float64(ci[0])) {
		return "–"
	}
	return percent.Span(float64(ci[0]), float64(ci[1]))
}

// complaintNotes are the definitions, the policy of hiding and the faults of the ledger.
func (b *builder) complaintNotes(c *service.Complaints) Section {
	s := Section{ID: "complaints-definitions", Title: b.say("complaints.definitions")}
	list := List{Title: b.say("complaints.how")}
	list.Items = append(list.Items,
		b.say("complaints.def_as_of", "as_of", c.AsOf), b.say("complaints.def_open"), b.say("complaints.def_in_time"),
		b.say("complaints.def_km"), b.say("complaints.def_again", "limit", b.complaintsSpan(c.Limits.Recurrence)), b.say("complaints.def_hidden", "min", b.results.MinCell), b.say("complaints.def_private"))
	if c.Undated > 0 {
		list.Items = append(list.Items, b.say("complaints.undated", "n", c.Undated, "count", count(c.Undated)))
	}
	if c.Later > 0 {
		list.Items = append(list.Items, b.say("complaints.later", "n", c.Later, "count", count(c.Later), "as_of", c.AsOf))
	}
	s.Blocks = []Block{{Lists: []List{list}}}
	if len(c.Faults) > 0 {
		t := &Table{ID: "complaints-faults", Caption: b.say("complaints.faults"), Head: []string{b.say("complaints.fault"), b.say("complaints.records")}, Note: b.say("complaints.faults_note")}
		for _, f := range c.Faults {
			column, other := b.complaintsStageName(f.Stage), b.complaintsStageName(f.Other)
			t.Rows = append(t.Rows, Row{Label: b.say("complaints.fault_"+f.Kind, "column", column, "other", other), Cells: []Cell{{Text: count(f.N)}}})
		}
		s.Blocks = append(s.Blocks, Block{Table: t})
	}
	return s
}

// complaintsStageName is the word for a date or a column.
func (b *builder) complaintsStageName(name string) string {
	if key := "complaints.stage_" + name; b.locale.Has(key) {
		return b.say(key)
	}
	if key := "complaints.column." + name; b.locale.Has(key) {
		return b.say(key)
	}
	return name
}
