package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/service"
	"manyi/internal/survey"
)

// deskLost is the page of customers who left.
func (b *builder) deskLost(d *service.Desk) *Page {
	l := d.Lost
	if l == nil {
		return nil
	}
	page := &Page{Name: "lost", Title: b.say("page.lost"), Kicker: b.deskKicker("desk.lost_kicker", l.N, d.AsOf), Heading: b.deskLostHeading(l)}
	unknown := b.say("desk.lost_unknown_none")
	if l.Unknown > 0 {
		unknown = b.say("desk.lost_unknown", "n", l.Unknown, "count", count(l.Unknown))
	}
	cards := []Card{{Label: b.say("desk.lost_customers"), Value: count(l.N), Interval: unknown}}
	if !math.IsNaN(float64(l.Value)) {
		cards = append(cards, Card{Label: b.say("desk.lost_value"), Value: deskMoney(l.Value), Interval: b.say("desk.lost_valued", "n", l.Valued, "count", count(l.Valued))})
	}
	if l.WonBack != nil {
		cards = append(cards, b.deskCard(b.say("desk.kpi.won_back"), l.WonBack, percent))
	}
	if l.Back != nil {
		cards = append(cards, Card{Label: b.say("desk.lost_back"), Value: deskMoney(*l.Back), Interval: b.say("desk.lost_back_note")})
	}
	page.Sections = append(page.Sections, Section{ID: "lost-summary", Blocks: []Block{deskCards(cards)}})
	page.Sections = append(page.Sections, Section{ID: "lost-reasons", Title: b.say("desk.lost_reasons"), Blocks: b.deskReasons(l)})
	if f := b.deskCounts("lost-months", "desk.lost_months", l.Months); f != nil {
		page.Sections = append(page.Sections, Section{ID: "lost-months-section", Title: b.say("desk.months"), Blocks: []Block{{Figure: f}}})
	}
	page.Sections = append(page.Sections, Section{ID: "lost-reference", Title: b.say("desk.lost_reference"), Blocks: b.deskReference(l)})
	note := b.say("desk.won_back_none")
	if l.WonBack != nil {
		note = b.say("desk.won_back_rule")
	}
	page.Sections = append(page.Sections, Section{ID: "lost-definitions", Title: b.say("desk.definitions"), Blocks: []Block{{Text: note}, {Note: b.say("desk.lost_note", "min", b.results.MinCell)}}})
	return page
}

func (b *builder) deskLostHeading(l *service.DeskLost) string {
	if len(l.Reasons) == 0 || l.Reasons[0].ID == "" {
		return b.say("desk.lost_heading_none", "n", l.N, "count", count(l.N))
	}
	first, key := l.Reasons[0], "desk.lost_heading"
	var names []string
	for _, r := range l.Reasons {
		if r.N == first.N && r.ID != "" {
			names = append(names, b.deskReason(r))
		}
	}
	if len(names) > 1 {
		key += "_tie"
	}
	return b.say(key, "reason", b.join(names), "share", percent0.String(float64(first.Share.Value)), "interval", b.deskSpan(first.Share, percent0))
}

func (b *builder) deskReason(r *service.DeskReason) string {
	if r.ID == "" {
		return b.say("desk.reasons_pooled", "n", r.Pooled, "min", b.results.MinCell)
	}
	return b.deskName(r.ID, "reason", "category")
}

// deskReasons is the Pareto of reasons by customers, and by value where it is known.
func (b *builder) deskReasons(l *service.DeskLost) []Block {
	if len(l.Reasons) == 0 {
		return []Block{{Text: b.say("desk.reasons_none", "min", b.results.MinCell)}}
	}
	out := []Block{{Figure: b.deskPareto("lost-pareto", l.Reasons, false)}}
	if valued := slices.ContainsFunc(l.Reasons, func(r *service.DeskReason) bool { return r.ValueShare > 0 }); valued {
		return append(out, Block{Figure: b.deskPareto("lost-pareto-value", l.Reasons, true)})
	}
	return append(out, Block{Note: b.say("desk.values_hidden", "min", b.results.MinCell)})
}

func (b *builder) deskPareto(id string, reasons []*service.DeskReason, value bool) *chart.Figure {
	of := func(r *service.DeskReason) float64 { return float64(r.N) }
	share := func(r *service.DeskReason) float64 { return float64(r.Share.Value) }
	key := "count"
	if value {
		of, share, key = func(r *service.DeskReason) float64 { return float64(r.Value) }, func(r *service.DeskReason) float64 { return float64(r.ValueShare) }, "value"
	}
	list := slices.Clone(reasons)
	slices.SortStableFunc(list, func(x, y *service.DeskReason) int {
		if (x.ID == "") != (y.ID == "") { // the rest stands last
			return cmp.Compare(y.ID, x.ID)
		}
		return cmp.Compare(of(y), of(x))
	})
	f := &chart.Figure{
		ID: id, Kind: chart.Pareto, Lang: b.lang, Note: b.say("desk.pareto_note_" + key), Words: b.deskWords(b.say("desk.reason")),
		Columns: []chart.Column{
			{ID: key, Label: b.say("desk.pareto_" + key), Role: chart.Value, Format: whole},
			{ID: "share", Label: b.say("figure.share"), Format: percent},
			{ID: "cumulative", Label: b.say("desk.cumulative"), Role: chart.Cumulative, Format: percent},
		},
	}
	if !value {
		f.Columns = append(f.Columns, chart.Column{ID: "ci95_low", Label: b.say("figure.low"), Format: percent}, chart.Column{ID: "ci95_high", Label: b.say("figure.high"), Format: percent})
	}
	sum, vital := 0.0, 0
	for _, r := range list {
		if sum < .8-1e-9 {
			vital++
		}
		sum += share(r)
		row := chart.Row{Label: b.deskReason(r), Cells: []float64{of(r), share(r), math.Min(sum, 1)}}
		if !value {
			row.Cells = append(row.Cells, float64(r.Share.CI95[0]), float64(r.Share.CI95[1]))
		}
		f.Rows = append(f.Rows, row)
	}
	all := len(list)
	for _, r := range list {
		all += max(r.Pooled-1, 0)
	}
	if f.Title = b.say("desk.pareto_title_"+key, "n", vital, "of", len(list)); 2*vital > len(list) {
		leads := slices.DeleteFunc(slices.Clone(list), func(r *service.DeskReason) bool { return of(r) < of(list[0]) || r.ID == "" })
		names := make([]string, len(leads))
		for i, r := range leads {
			names[i] = b.deskReason(r)
		}
		f.Title = b.say("look.lost_even_"+key, "of", all, "first", strings.Join(names, b.say("desk.and_quoted")), "top", percent0.String(share(list[0])))
	}
	return f
}

// deskReference sets the own shares beside the circulated ones: in rows of a
// table with their provenance, never in one chart.
func (b *builder) deskReference(l *service.DeskLost) []Block {
	own := map[string]float64{}
	mapped := 0
	for _, r := range l.Reasons {
		if r.Reference != "" {
			own[r.Reference] += float64(r.Share.Value)
			mapped++
		}
	}
	t := &Table{ID: "lost-reference-table", Caption: b.say("desk.reference_caption"), Head: []string{b.say("desk.reason"), b.say("desk.reference_own"), b.say("desk.reference_claim"), b.say("desk.facts_source")}, Note: b.say("desk.facts_note")}
	for _, f := range survey.Facts() {
		if f.Topic != "lost" {
			continue
		}
		mine := Cell{Text: "–", Tone: "quiet"}
		if v, ok := own[f.Reason]; ok {
			mine = Cell{Text: percent.String(v)}
		}
		t.Rows = append(t.Rows, Row{Label: b.say("desk.code." + f.Reason), Cells: []Cell{mine, {Text: percent0.String(f.Value), Tone: "quiet"}, {Text: b.text(f.Provenance), Tone: "text"}}})
	}
	text := "desk.reference_text"
	if mapped == 0 {
		text = "desk.reference_unmapped"
	}
	return []Block{{Text: b.say(text)}, {Table: t}}
}
