package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/service"
)

// deskService is the page of tickets: key figures against their targets, by
// month and by kind.
func (b *builder) deskService(d *service.Desk) *Page {
	t := d.Tickets
	if t == nil {
		return nil
	}
	page := &Page{Name: "service", Title: b.say("page.service"), Kicker: b.deskKicker("desk.tickets_kicker", t.N, d.AsOf), Heading: b.deskServiceHeading(t)}
	var cards []Card
	for _, id := range service.DeskKPIs {
		if f := t.KPIs[id]; f != nil && len(cards) < 4 {
			cards = append(cards, b.deskCard(b.deskKPI(id), f, percent))
		}
	}
	first := Section{ID: "service-summary"}
	if len(cards) > 0 {
		first.Blocks = append(first.Blocks, deskCards(cards))
	} else {
		first.Blocks = append(first.Blocks, Block{Text: b.say("desk.tickets_none")})
	}
	page.Sections = append(page.Sections, first)
	if len(t.KPIs) > 0 {
		blocks := []Block{{Figure: b.deskKPIFigure(t)}, {Table: b.deskTargets(t)}}
		if v := t.Visits; deskKnown(v) {
			blocks = append(blocks, Block{Text: b.say("desk.visits_until", "n", v.N, "mean", mean2.String(float64(v.Value)), "interval", b.deskSpan(v, mean2), "base", count(v.N))})
		}
		page.Sections = append(page.Sections, Section{ID: "service-kpis", Title: b.say("desk.kpis"), Blocks: blocks})
	}
	page.Sections = append(page.Sections, b.deskMonths(t)...)
	if len(t.Kinds) > 0 {
		page.Sections = append(page.Sections, Section{ID: "service-kinds", Title: b.say("desk.kinds"), Blocks: []Block{
			{Text: b.say("desk.kinds_text")},
			{Table: b.deskOwners("service-kinds-table", b.say("desk.kinds_caption"), "kind", b.say("desk.kind"), b.deskKPIsOf(t), t.Kinds)},
			{Note: b.say("desk.rank_rule")},
		}})
	}
	page.Sections = append(page.Sections, Section{ID: "service-definitions", Title: b.say("desk.definitions"), Blocks: b.deskTicketNotes(t)})
	return page
}

func (b *builder) deskKPIsOf(t *service.DeskTickets) []string {
	return slices.DeleteFunc(slices.Clone(service.DeskKPIs), func(id string) bool { return t.KPIs[id] == nil })
}

// deskServiceHeading says which targets are met and missed, else the first figure.
func (b *builder) deskServiceHeading(t *service.DeskTickets) string {
	by := map[string][]string{}
	for _, id := range b.deskKPIsOf(t) {
		if f := t.KPIs[id]; deskKnown(f) && f.Verdict != "" && !deskTwin(t.KPIs, id) {
			by[f.Verdict] = append(by[f.Verdict], b.say("desk.named", "name", b.deskKPI(id), "value", percent.String(float64(f.Value))))
		}
	}
	var text strings.Builder
	for _, verdict := range []string{"missed", "met", "not_shown"} {
		if list := by[verdict]; len(list) > 0 {
			text.WriteString(b.say("desk.heading_"+verdict, "n", len(list), "list", listOf(list, b.say("list.comma"))))
		}
	}
	if text.String() != "" {
		return text.String()
	}
	for _, id := range b.deskWeakest(t) {
		if f := t.KPIs[id]; deskKnown(f) {
			return b.say("desk.heading_first", "name", b.deskKPI(id), "value", percent.String(float64(f.Value)), "interval", b.deskSpan(f, percent))
		}
	}
	return b.say("desk.heading_tickets", "n", t.N, "count", count(t.N))
}

// deskTwin reports whether a figure is the complement of another: more than one
// visit, where the rest are those fixed first time. A sentence counts them once.
func deskTwin(kpis map[string]*service.DeskFigure, id string) bool {
	first, several := kpis["first_time"], kpis["several_visits"]
	return id == "several_visits" && deskKnown(first) && deskKnown(several) && first.N == several.N && first.Count+several.Count == first.N && first.Verdict == several.Verdict
}

// deskWeakest are the key figures with the lowest of those that should be high
// first; the others follow in their order.
func (b *builder) deskWeakest(t *service.DeskTickets) []string {
	ids := b.deskKPIsOf(t)
	at := func(id string) float64 {
		if f := t.KPIs[id]; deskKnown(f) && id != "several_visits" && id != "repeat" {
			return float64(f.Value)
		}
		return 2
	}
	slices.SortStableFunc(ids, func(x, y string) int { return cmp.Compare(at(x), at(y)) })
	return ids
}

// deskKPIFigure is every key figure with its interval and its target.
func (b *builder) deskKPIFigure(t *service.DeskTickets) *chart.Figure {
	f := b.deskDots("service-kpi", b.deskKPITitle(t), b.say("desk.kpi_note"), b.say("desk.kpi_name"), percent)
	f.Axis.Min, f.Axis.Max = 0, 1
	f.Columns = append(f.Columns, chart.Column{ID: "target", Label: b.say("desk.target"), Format: percent})
	for _, id := range b.deskKPIsOf(t) {
		row := b.deskRow(b.deskKPI(id), t.KPIs[id])
		target := math.NaN()
		if g := t.KPIs[id].Target; g != nil {
			target = float64(*g)
		}
		row.Cells = append(row.Cells, target)
		row.Series = b.say("desk.more_better")
		if id == "several_visits" || id == "repeat" {
			row.Series = b.say("desk.less_better")
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}

func (b *builder) deskKPITitle(t *service.DeskTickets) string {
	with, met := 0, 0
	for _, id := range b.deskKPIsOf(t) {
		if deskTwin(t.KPIs, id) {
			continue
		}
		switch f := t.KPIs[id]; f.Verdict {
		case "met":
			with, met = with+1, met+1
		case "missed", "not_shown":
			with++
		}
	}
	if weakest := b.deskWeakest(t); with == 0 && deskKnown(t.KPIs[weakest[0]]) {
		return b.say("desk.kpi_title_none", "name", b.deskKPI(weakest[0]), "value", percent.String(float64(t.KPIs[weakest[0]].Value)))
	}
	return b.say("desk.kpi_title", "met", met, "n", with)
}

// deskTargets is the table of figures, targets and verdicts.
func (b *builder) deskTargets(t *service.DeskTickets) *Table {
	out := &Table{ID: "service-targets", Caption: b.say("desk.targets_caption"), Head: []string{b.say("desk.kpi_name"), b.say("desk.value"), b.say("figure.interval"), b.say("figure.base"), b.say("desk.target"), b.say("desk.verdict_head")}}
	for _, id := range b.deskKPIsOf(t) {
		f := t.KPIs[id]
		row := Row{Label: b.deskKPI(id), Cells: []Cell{{Text: b.deskValue(f, percent)}, {Text: "–", Tone: "quiet"}, {Text: "–", Tone: "quiet"}, {Text: "–", Tone: "quiet"}, b.deskVerdict(f)}}
		if deskKnown(f) {
			row.Cells[1], row.Cells[2] = Cell{Text: b.deskSpan(f, percent)}, Cell{Text: count(f.N), Tone: "quiet"}
		}
		if f.Target != nil {
			row.Cells[3] = Cell{Text: percent.String(float64(*f.Target))}
		}
		if deskTwin(t.KPIs, id) {
			row.Cells[4].Mark = b.say("desk.twin", "name", b.deskKPI("first_time"))
		}
		out.Rows = append(out.Rows, row)
	}
	if !slices.ContainsFunc(b.deskKPIsOf(t), func(id string) bool { return t.KPIs[id].Target != nil }) {
		out.Head = out.Head[:4]
		for i := range out.Rows {
			out.Rows[i].Cells = out.Rows[i].Cells[:3]
		}
	}
	return out
}

func (b *builder) deskTicketNotes(t *service.DeskTickets) []Block {
	var items []string
	for _, id := range b.deskKPIsOf(t) {
		key := "desk.define." + id
		if id == "first_time" {
			key += "_" + t.FirstTimeBy
		}
		if id == "promised" && b.survey.Service.Desk.Promise == "done" {
			key += "_done"
		}
		items = append(items, b.say(key, "name", b.deskKPI(id), "hours", t.OnTimeHours, "days", t.RepeatDays, "from", chartNumber(float64(t.SatisfiedFrom))))
	}
	return []Block{{Lists: []List{{Title: b.say("desk.definitions_list"), Items: items}}}, {Note: b.say("desk.conform_note")}}
}
