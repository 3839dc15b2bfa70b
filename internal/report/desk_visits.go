package report

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/service"
)

// deskVisits is the page of mystery visits.
func (b *builder) deskVisits(d *service.Desk) *Page {
	v := d.Visits
	if v == nil {
		return nil
	}
	page := &Page{Name: "visits", Title: b.say("page.visits"), Kicker: b.deskKicker("desk.visits_kicker", v.N, d.AsOf), Heading: b.deskVisitsHeading(v)}
	if v.N == 0 {
		page.Sections = []Section{{ID: "visits-summary", Blocks: []Block{{Text: b.say("desk.visits_none")}}}}
		return page
	}
	cards := []Card{b.deskCard(b.say("desk.visit_score"), v.Score, score1), b.deskCard(b.say("desk.visit_passed"), v.Passed, percent), b.deskCard(b.say("desk.visit_critical"), v.Critical, percent)}
	page.Sections = append(page.Sections, Section{ID: "visits-summary", Blocks: []Block{deskCards(cards)}})
	if len(v.Units) > 0 {
		page.Sections = append(page.Sections, Section{ID: "visits-units", Title: b.say("desk.units"), Blocks: []Block{{Figure: b.deskUnits(v)}, {Table: b.deskUnitTable(v)}, {Note: b.say("desk.rank_rule")}}})
	}
	if len(v.Items) > 0 {
		page.Sections = append(page.Sections, Section{ID: "visits-items", Title: b.say("desk.items"), Blocks: b.deskItems(v)})
	}
	if f := b.deskVisitMonths(v); f != nil {
		page.Sections = append(page.Sections, Section{ID: "visits-months", Title: b.say("desk.months"), Blocks: []Block{{Figure: f}}})
	}
	if v.Compare != nil {
		page.Sections = append(page.Sections, Section{ID: "visits-survey", Title: b.say("desk.compare"), Blocks: []Block{{Figure: b.deskScatter(v.Compare)}, {Text: b.deskCorrelation(v.Compare)}}})
	}
	page.Sections = append(page.Sections, Section{ID: "visits-rules", Title: b.say("desk.definitions"), Blocks: b.deskVisitRules(v)})
	return page
}

func (b *builder) deskVisitsHeading(v *service.DeskVisits) string {
	if v.N == 0 || !deskKnown(v.Score) {
		return b.say("desk.visits_none")
	}
	return b.say("desk.visits_heading", "n", v.N, "count", count(v.N), "score", score1.String(float64(v.Score.Value)), "critical", percent0.String(float64(v.Critical.Value)))
}

func (b *builder) deskUnits(v *service.DeskVisits) *chart.Figure {
	var owners []*service.DeskOwner
	f := b.deskDots("visits-ranking", "", b.say("desk.units_note", "min", v.MinVisits), b.say("desk.owner.unit"), score1)
	b.countsVisits(f)
	if v.Score.Target != nil {
		f.Axis.Reference, f.Axis.RefLabel = float64(*v.Score.Target), b.say("desk.target")
	}
	for _, u := range v.Units {
		owners = append(owners, &service.DeskOwner{ID: u.ID, N: u.N, KPIs: map[string]*service.DeskFigure{"visit": u.Score}})
		f.Rows = append(f.Rows, b.deskVisited("visit", b.deskRow(b.deskName(u.ID, b.survey.Service.Desk.Visits.Segment, "unit"), u.Score)))
	}
	f.Title = b.deskRankTitle("unit", "visit", owners)
	return f
}

func (b *builder) deskUnitTable(v *service.DeskVisits) *Table {
	t := &Table{ID: "visits-unit-table", Caption: b.say("desk.units_caption"), Head: []string{b.say("desk.owner.unit"), b.say("desk.visit_score"), b.say("figure.interval"), b.say("desk.place_head"), b.say("desk.passed_head"), b.say("desk.critical_head"), b.say("desk.verdict_head")}}
	for _, u := range v.Units {
		row := Row{Label: b.deskName(u.ID, b.survey.Service.Desk.Visits.Segment, "unit")}
		if !deskKnown(u.Score) {
			row.Cells = append(row.Cells, Cell{Text: b.deskValue(u.Score, score1), Tone: "quiet"}, Cell{Text: "–"}, Cell{Text: "–"}, Cell{Text: "– / " + count(u.N), Tone: "quiet"}, Cell{Text: "–"}, Cell{Text: "–"})
			t.Rows = append(t.Rows, row)
			continue
		}
		critical := Cell{Text: count(u.Critical)}
		if u.Critical > 0 {
			critical.Tone = "bad"
		}
		row.Cells = append(row.Cells, Cell{Text: score1.String(float64(u.Score.Value))}, Cell{Text: b.deskSpan(u.Score, score1)}, Cell{Text: cmp.Or(b.deskPlace(u.Score), "–")}, Cell{Text: count(u.Passed) + " / " + count(u.N)}, critical, b.deskVerdict(u.Score))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// deskItems are the items of the checklist, the worst first, and the critical failures.
func (b *builder) deskItems(v *service.DeskVisits) []Block {
	list := slices.Clone(v.Items)
	slices.SortStableFunc(list, func(x, y *service.DeskVisitItem) int { return cmp.Compare(x.Score.Value, y.Score.Value) })
	f := b.deskDots("visits-item-scores", b.say("desk.items_title_none"), b.say("desk.items_note"), b.say("desk.item_word"), score1)
	f.Words.TooFew = b.say("desk.visits_under_30")
	f.Columns = append(f.Columns, chart.Column{ID: "failed", Label: b.say("desk.item_failed"), Format: whole})
	failed := 0
	for _, i := range list {
		row := b.deskVisited("visit", b.deskRow(b.deskItemName(i), i.Score))
		times := math.NaN()
		if i.Critical {
			times, row.Series = float64(i.Failed), b.say("desk.items_critical")
		} else {
			row.Series = b.say("desk.items_other")
		}
		failed += i.Failed
		row.Cells = append(row.Cells, times)
		f.Rows = append(f.Rows, row)
	}
	slices.SortStableFunc(f.Rows, func(x, y chart.Row) int { // critical items first
		return cmp.Compare(deskLast(x), deskLast(y))
	})
	if len(list) > 0 && deskKnown(list[0].Score) {
		f.Title = b.say("desk.items_title", "item", b.deskItemName(list[0]), "score", score1.String(float64(list[0].Score.Value)))
	}
	return []Block{{Figure: f}, {Text: b.say("desk.items_failed", "n", failed, "count", count(failed))}}
}

// deskLast is 0 for a row with a number in its last cell, else 1.
func deskLast(r chart.Row) int {
	if math.IsNaN(r.Cells[len(r.Cells)-1]) {
		return 1
	}
	return 0
}

func (b *builder) deskItemName(i *service.DeskVisitItem) string {
	for _, known := range b.survey.Service.Desk.Visits.Items {
		if s := b.text(known.Label); known.ID == i.ID && s != "" {
			return isolated(s)
		}
	}
	return b.deskName(i.ID, "item")
}

func (b *builder) deskVisitMonths(v *service.DeskVisits) *chart.Figure {
	if len(v.Months) < 2 {
		return nil
	}
	f := &chart.Figure{ID: "visits-month-scores", Kind: chart.Lines, Lang: b.lang, Note: b.say("desk.visit_months_note"), Columns: b.valueColumns("score", b.say("desk.visit_score"), score1), Words: b.deskWords(b.say("desk.month")), Axis: chart.Axis{Reference: math.NaN()}}
	f.Words.TooFew = b.say("desk.visits_under_30")
	if v.Score.Target != nil {
		f.Axis.Reference, f.Axis.RefLabel = float64(*v.Score.Target), b.say("desk.target")
	}
	var known []int
	for i, m := range v.Months {
		if deskKnown(m.Figure) {
			known = append(known, i)
		}
	}
	if len(known) < 2 {
		return nil
	}
	first, last := v.Months[known[0]], v.Months[known[len(known)-1]]
	f.Title = b.say("desk.visit_months", "first", first.Month, "from", score1.String(float64(first.Figure.Value)), "last", last.Month, "to", score1.String(float64(last.Figure.Value)))
	for _, m := range v.Months {
		row := b.deskVisited("visit", b.deskRow(m.Month, m.Figure))
		row.Series = b.say("desk.visit_score")
		f.Rows = append(f.Rows, row)
	}
	return f
}

// deskScatter sets what mystery visits found beside what customers say.
func (b *builder) deskScatter(c *service.DeskCompare) *chart.Figure {
	name := b.deskMeasure(c.Measure)
	f := &chart.Figure{
		ID: "visits-scatter", Kind: chart.Scatter, Lang: b.lang, Title: b.say("desk.scatter_title", "n", c.N, "name", name, "r", mean2.String(float64(c.Pearson))), Note: b.say("desk.scatter_note", "name", name, "weighted", b.weightedNote()),
		Words: b.deskWords(b.say("desk.owner.unit")), Axis: chart.Axis{Label: name, Reference: math.NaN()}, Across: chart.Axis{Label: b.say("desk.visit_score"), Reference: math.NaN()},
		Columns: []chart.Column{
			{ID: "visits", Label: b.say("desk.visit_score"), Role: chart.X, Format: score1},
			{ID: "visits_low", Label: b.say("figure.low"), Role: chart.XLow, Format: score1},
			{ID: "visits_high", Label: b.say("figure.high"), Role: chart.XHigh, Format: score1},
			{ID: "survey", Label: name, Role: chart.Y, Format: score1},
			{ID: "survey_low", Label: b.say("figure.low"), Role: chart.YLow, Format: score1},
			{ID: "survey_high", Label: b.say("figure.high"), Role: chart.YHigh, Format: score1},
			{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
			{ID: "visits_count", Label: b.say("desk.visits_word"), Format: whole},
		},
	}
	for _, p := range c.Points {
		f.Rows = append(f.Rows, chart.Row{Label: b.deskName(p.Unit, b.survey.Service.Desk.Visits.Segment, "unit"), Cells: []float64{float64(p.Visits.Value), float64(p.Visits.CI95[0]), float64(p.Visits.CI95[1]), float64(p.Survey.Value), float64(p.Survey.CI95[0]), float64(p.Survey.CI95[1]), float64(p.Survey.N), float64(p.Visits.N)}})
	}
	return f
}

func (b *builder) deskCorrelation(c *service.DeskCompare) string {
	if math.IsNaN(float64(c.Pearson)) {
		return b.say("desk.correlation_none", "n", c.N)
	}
	return b.say("desk.correlation", "n", c.N, "r", mean2.String(float64(c.Pearson)), "rho", mean2.String(float64(c.Spearman)))
}

func (b *builder) deskVisitRules(v *service.DeskVisits) []Block {
	items := []string{
		b.say("desk.rule_score"),
		b.say("desk.rule_"+v.Rule, "below", chartNumber(float64(v.Below)), "cap", chartNumber(float64(v.Cap)), "pass", chartNumber(float64(v.PassFrom))),
		b.say("desk.rule_pass", "pass", chartNumber(float64(v.PassFrom))),
	}
	if v.Rule != "fail" && deskKnown(v.Raw) {
		items = append(items, b.say("desk.rule_raw", "score", score1.String(float64(v.Raw.Value)), "interval", b.deskSpan(v.Raw, score1)))
	}
	if v.Guessed {
		items = append(items, b.say("desk.rule_guessed", "points", chartNumber(float64(v.Points))))
	}
	if v.Left > 0 {
		items = append(items, b.say("desk.rule_left", "n", v.Left, "count", count(v.Left), "rows", count(v.Rows)))
	}
	return []Block{{Lists: []List{{Title: b.say("desk.rules"), Items: items}}}}
}
