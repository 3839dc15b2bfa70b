package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/survey"
)

// segmentItem is the segment whose groups are units.
func (l *loopPages) segmentItem() survey.Item {
	item, _ := l.survey.Item(l.loop.Units.Segment)
	return item
}

// unitName is what a unit is called: dealer, branch.
func (l *loopPages) unitName() string {
	if s := l.text(l.survey.Service.Loop.UnitLabel); s != "" {
		return isolated(s)
	}
	return l.label(l.segmentItem())
}

// unitsPage ranks the units and says how fast they go round.
func (l *loopPages) unitsPage() *Page {
	u := l.loop.Units
	if u == nil {
		return nil
	}
	page := &Page{Name: "units", Title: l.say("loop.units_title", "unit", l.unitName()), Kicker: l.kicker(), Heading: l.unitsHeading()}
	league := Section{ID: "league", Title: l.say("loop.league")}
	if f := l.leagueFigure(); f != nil {
		league.Blocks = append(league.Blocks, Block{Figure: f})
	}
	league.Blocks = append(league.Blocks, Block{Table: l.leagueTable()})
	if u.Hidden > 0 {
		league.Blocks = append(league.Blocks, Block{Note: l.say("loop.units_hidden", "n", u.Hidden, "min", l.results.MinCell)})
	}
	page.Sections = append(page.Sections, league)
	cycle := Section{ID: "cycle", Title: l.say("loop.cycle"), Blocks: []Block{{Text: l.say("loop.cycle_none")}}}
	if !math.IsNaN(float64(u.CycleDays)) {
		cycle.Blocks = []Block{{Text: l.say("loop.cycle_days", "days", whole.String(float64(u.CycleDays)))}}
	}
	page.Sections = append(page.Sections, cycle)
	return page
}

func (l *loopPages) unitsHeading() string {
	shown := l.units()
	if len(shown) == 0 {
		return l.say("loop.units_none", "min", l.results.MinCell)
	}
	first, last := shown[0], shown[len(shown)-1]
	format, _, _ := loopFormat(l.loop.Units.Of, nil)
	name := func(u *service.LoopUnit) string { return l.groupLabel(l.segmentItem(), u.Code) }
	if first.Better == 0 && last.Worse == 0 {
		return l.say("loop.units_alike", "figure", l.metricLabel(l.loop.Units.Of), "low", format.String(float64(last.Now.Value)), "high", format.String(float64(first.Now.Value)))
	}
	return l.say("loop.units_differ", "figure", l.metricLabel(l.loop.Units.Of), "best", name(first), "worst", name(last), "high", format.String(float64(first.Now.Value)), "low", format.String(float64(last.Now.Value)))
}

// leagueTitle says how many units can be told from another.
func (l *loopPages) leagueTitle() string {
	apart, of, figure := 0, len(l.units()), l.metricLabel(l.loop.Units.Of)
	for _, x := range l.units() {
		if x.Better > 0 || x.Worse > 0 {
			apart++
		}
	}
	if apart == 0 {
		return l.say("look.league_alike", "figure", figure, "of", of)
	}
	return l.say("look.league_apart", "n", apart, "figure", figure, "of", of)
}

// leagueFigure is every unit with its interval, the whole as a line.
func (l *loopPages) leagueFigure() *chart.Figure {
	u := l.loop.Units
	format, _, _ := loopFormat(u.Of, nil)
	f := &chart.Figure{
		ID: "units-league", Kind: chart.Dots, Lang: l.lang, Title: l.leagueTitle(), Note: l.say("loop.groups_note", "unit", l.unitWord(u.Of, u.Whole)),
		Columns: l.valueColumns("value", l.unitWord(u.Of, u.Whole), format), Words: l.chartWords(l.unitName()), Axis: chart.Axis{Reference: float64(u.Whole.Value), RefLabel: l.say("figure.all")},
	}
	f.Words.TooFew = l.say("warning.base_under_30")
	for _, x := range u.Units {
		row := chart.Row{Label: l.groupLabel(l.segmentItem(), x.Code), Cells: []float64{float64(x.Now.Value), float64(x.Now.CI95[0]), float64(x.Now.CI95[1]), float64(x.Now.N)}}
		switch {
		case x.Now.Why == "min_cell":
			row.Cells, row.State, row.Why = blank(4), chart.Suppressed, l.say("figure.suppressed", "min", l.results.MinCell)
		case x.Now.Why != "":
			row.Cells, row.State, row.Why = blank(4), chart.Empty, l.why(x.Now.Why)
		case x.Now.N < 30:
			row.State = chart.TooFew
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}

// leagueTable is the rank of each unit with its doubt.
func (l *loopPages) leagueTable() *Table {
	u := l.loop.Units
	t := &Table{
		ID: "league-table", Caption: l.say("loop.league_table", "figure", l.metricLabel(u.Of)), Note: l.say("loop.league_note"),
		Head: []string{l.unitName(), l.say("loop.rank"), l.unitWord(u.Of, u.Whole), l.say("figure.base"), l.say("loop.against_others")},
	}
	complaints := l.survey.Service.Loop.UnitComplaints != "" && len(l.units()) > 0 && l.units()[0].Complaints != nil
	if len(l.waves) > 1 {
		t.Head = append(t.Head, l.say("table.change", "wave", l.before()))
	}
	if complaints {
		t.Head = append(t.Head, l.say("loop.complaints_year"))
	}
	for _, x := range u.Units {
		row := Row{Label: l.groupLabel(l.segmentItem(), x.Code)}
		if k := slices.Index(l.units(), x); k >= 0 {
			row.Href = l.unitNames[k] + ".html"
		}
		if x.Now.Why != "" {
			row.Cells = append(row.Cells, Cell{Text: "–", Tone: "quiet"}, Cell{Text: l.why(x.Now.Why), Tone: "quiet"})
			for len(row.Cells) < len(t.Head)-1 {
				row.Cells = append(row.Cells, Cell{Text: "–", Tone: "quiet"})
			}
			t.Rows = append(t.Rows, row)
			continue
		}
		base := Cell{Text: count(x.Now.N), Tone: "quiet"}
		if x.Now.N < 30 {
			base.Mark = l.say("table.few")
		}
		row.Cells = append(row.Cells, Cell{Text: count(x.Rank)}, l.valueCell(u.Of, x.Now), base, l.standingCell(x))
		if len(l.waves) > 1 {
			row.Cells = append(row.Cells, l.unitChange(x))
		}
		if complaints {
			row.Cells = append(row.Cells, l.complaintCount(x))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (l *loopPages) complaintCount(x *service.LoopUnit) Cell {
	switch {
	case x.Complaints == nil:
		return Cell{Text: "–", Tone: "quiet"}
	case *x.Complaints > 0 && *x.Complaints < l.results.MinCell:
		return Cell{Text: l.say("loop.fewer_than", "min", l.results.MinCell), Tone: "quiet"}
	}
	return Cell{Text: count(*x.Complaints)}
}

// standingCell is how many units it is clearly above and below.
func (l *loopPages) standingCell(x *service.LoopUnit) Cell {
	switch {
	case x.Better > 0 && x.Worse > 0:
		return Cell{Text: l.say("loop.both", "better", count(x.Better), "worse", count(x.Worse))}
	case x.Better > 0:
		return Cell{Text: l.say("loop.better", "n", x.Better, "count", count(x.Better)), Tone: "good"}
	case x.Worse > 0:
		return Cell{Text: l.say("loop.worse", "n", x.Worse, "count", count(x.Worse)), Tone: "bad"}
	}
	return Cell{Text: l.say("loop.no_difference"), Tone: "quiet"}
}

// unitChange is the change since the wave before; it is not adjusted, so it is
// coloured only where its own interval leaves out 0.
func (l *loopPages) unitChange(x *service.LoopUnit) Cell {
	if x.Change == nil {
		return Cell{Text: "–", Tone: "quiet"}
	}
	if !x.Change.Comparable {
		return Cell{Text: l.why(x.Change.Reason), Tone: "quiet"}
	}
	e := &service.LoopEffect{Difference: x.Change.Difference, CI95: x.Change.CI95, Verdict: service.NoEvidence, After: x.Now}
	switch low, high := e.CI95[0], e.CI95[1]; {
	case math.IsNaN(float64(low)):
		e.Verdict, e.Why = "", service.NoTest
	case low > 0:
		e.Verdict = service.Improved
	case high < 0:
		e.Verdict = service.Worse
	}
	return l.changeOf(l.loop.Units.Of, e)
}

func (l *loopPages) unitHeading(x *service.LoopUnit) string {
	format, _, _ := loopFormat(l.loop.Units.Of, nil)
	return l.say("look.unit_heading", "standing", l.standingCell(x).Text, "unit", l.groupLabel(l.segmentItem(), x.Code), "rank", count(x.Rank), "of", count(len(l.units())), "figure", l.metricLabel(l.loop.Units.Of), "value", format.String(float64(x.Now.Value)), "all", format.String(float64(l.loop.Units.Whole.Value)))
}

// unitPage is one unit: where it stands, what became of it, and its way round
// from survey to survey.
func (l *loopPages) unitPage(k int) *Page {
	x := l.units()[k]
	name := l.groupLabel(l.segmentItem(), x.Code)
	page := &Page{Name: l.unitNames[k], Title: name, Under: "units", Kicker: l.say("loop.unit_kicker", "unit", l.unitName(), "wave", l.latest().label, "base", count(x.Now.N)), Heading: l.unitHeading(x)}
	stand := Section{ID: "stand", Blocks: []Block{{Cards: l.unitCards(x)}}}
	if f := l.unitCourse(x, name, k); f != nil {
		stand.Blocks = append(stand.Blocks, Block{Figure: f})
	}
	page.Sections = append(page.Sections, stand)
	if f := l.unitItems(x, name, k); f != nil {
		page.Sections = append(page.Sections, Section{ID: "items", Title: l.say("loop.unit_items"), Blocks: []Block{{Figure: f}}})
	}
	cycle := Section{ID: "cycle", Title: l.say("loop.unit_cycle"), Blocks: []Block{{Text: l.say("loop.unit_no_cycle")}}}
	if len(x.Cycles) > 0 {
		cycle.Blocks = []Block{{Text: l.say("loop.unit_cycle_text")}, {Table: l.cycleTable(x, k)}, {Note: l.say("loop.effects_note")}}
	}
	page.Sections = append(page.Sections, cycle)
	return page
}

func (l *loopPages) unitCards(x *service.LoopUnit) []Card {
	u := l.loop.Units
	format, _, _ := loopFormat(u.Of, nil)
	now := Card{
		Label: l.metricLabel(u.Of), Value: format.String(float64(x.Now.Value)), Unit: l.cardUnit(u.Of, u.Whole),
		Interval: l.say("loop.card_interval", "when", l.latest().label, "interval", between(format, x.Now.CI95), "base", count(x.Now.N)),
	}
	if u.Of.Score {
		now.Whisker = &Whisker{Min: 0, Max: 100, Value: float64(x.Now.Value), Low: float64(x.Now.CI95[0]), High: float64(x.Now.CI95[1]), Target: math.NaN()}
	}
	if x.Change != nil && x.Change.Comparable {
		change := l.unitChange(x)
		now.Change = l.say("loop.since", "change", change.Text, "interval", change.Mark, "wave", l.before())
	}
	out := []Card{now, {Label: l.say("loop.rank"), Value: count(x.Rank), Unit: l.say("loop.card.of", "n", count(len(l.units()))), Interval: l.standingCell(x).Text}}
	if x.Complaints != nil {
		out = append(out, Card{Label: l.say("loop.complaints"), Value: l.complaintCount(x).Text, Interval: l.say("loop.year_to", "as_of", l.results.AsOf)})
	}
	for _, c := range x.Cycles {
		if c.Own && !math.IsNaN(float64(c.Days)) {
			out = append(out, Card{Label: l.say("loop.cycle"), Value: whole.String(float64(c.Days)), Unit: l.say("loop.days_unit"), Interval: l.say("loop.cycle_note")})
			break
		}
	}
	return out
}

// unitCourse is the unit over the waves, beside the whole.
func (l *loopPages) unitCourse(x *service.LoopUnit, name string, k int) *chart.Figure {
	u := l.loop.Units
	none := func([]*service.LoopFigure) []chart.Event { return nil }
	f := l.courseFigure(u.Of, x.Course, none, measure.Number(math.NaN()), l.unitNames[k])
	if f == nil {
		return nil
	}
	whole := l.courseFigure(u.Of, u.Course, none, measure.Number(math.NaN()), "whole")
	for i := range f.Rows {
		f.Rows[i].Series, f.Rows[i].Strong = name, true
	}
	if whole != nil {
		for i := range whole.Rows {
			whole.Rows[i].Series = l.say("figure.all")
		}
		f.Rows = append(f.Rows, whole.Rows...)
	}
	f.Title = l.say("loop.unit_course", "unit", name, "title", l.courseTitle(u.Of, x.Course))
	return f
}

// unitItems is every rated item of the unit beside the whole.
func (l *loopPages) unitItems(x *service.LoopUnit, name string, k int) *chart.Figure {
	block := l.latest().block.BySegment[l.loop.Units.Segment][x.Code]
	if block == nil || block.Suppressed {
		return nil
	}
	f := &chart.Figure{
		ID: slug(l.unitNames[k], "items"), Kind: chart.Heat, Lang: l.lang, Note: l.say("loop.heat_note"), Words: l.chartWords(l.say("figure.item")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{{ID: "all", Label: l.say("figure.all"), Role: chart.Part, Format: score1}, {ID: "unit", Label: name, Role: chart.Part, Format: score1}},
	}
	f.Words.TooFew = l.say("warning.base_under_30")
	var ahead, behind []string
	for _, item := range l.survey.Items() {
		if !item.Rated() || item.Type == survey.NPS {
			continue
		}
		row := l.heatRow(item.ID, []*measure.Block{l.latest().block, block}, false)
		switch name := l.say("priorities.quoted", "item", row.Label); {
		case row.Marks[1].State == chart.TooFew: // tinted, but too few to lead a title
		case row.Marks[1].Tone < 0:
			behind = append(behind, name)
		case row.Marks[1].Tone > 0:
			ahead = append(ahead, name)
		}
		f.Rows = append(f.Rows, row)
	}
	if len(f.Rows) == 0 {
		return nil
	}
	f.Plain = true
	f.Title = l.unitItemsTitle(name, ahead, behind)
	return f
}

// unitItemsTitle names the items that lie apart from everybody, or how many where they are many.
func (l *loopPages) unitItemsTitle(name string, ahead, behind []string) string {
	named := func(key string, items []string) string {
		if len(items) > 3 {
			return l.say(key+"_many", "unit", name, "n", len(items), "items", l.join(items[:3]))
		}
		return l.say(key, "unit", name, "items", l.join(items))
	}
	switch {
	case len(ahead) > 0 && len(behind) > 0:
		return l.say("loop.items_both", "unit", name, "n", len(behind), "count", count(len(behind)), "more", count(len(ahead)))
	case len(behind) > 0:
		return named("loop.items_behind", behind)
	case len(ahead) > 0:
		return named("loop.items_ahead", ahead)
	}
	return l.say("loop.items_alike", "unit", name)
}

// cycleTable is every way round: survey, topic, action, survey again.
func (l *loopPages) cycleTable(x *service.LoopUnit, k int) *Table {
	t := &Table{
		ID: slug("cycle", l.unitNames[k]), Caption: l.say("loop.cycle_table"),
		Head: []string{l.say("loop.figure"), l.say("loop.surveyed"), l.say("loop.topic_or"), l.say("loop.action"), l.say("loop.again"), l.say("loop.effect")},
	}
	for _, own := range []bool{true, false} {
		first := true
		for _, c := range x.Cycles {
			if c.Own != own {
				continue
			}
			if first {
				label := "loop.own_actions"
				if !own {
					label = "loop.shared_actions"
				}
				t.Rows, first = append(t.Rows, Row{Label: l.say(label)}), false
			}
			t.Rows = append(t.Rows, l.cycleRow(c))
		}
	}
	return t
}

// doneMark says when an action was done, or that it is not.
func (l *loopPages) doneMark(a *service.LoopAction) string {
	if a.State == service.Done || a.State == service.DoneLate {
		return l.say("loop.done_on", "day", unbroken(a.Done))
	}
	return l.say("loop.states." + a.State)
}

// onScale is the label of a figure, with the ends of its scale where it is a
// mean of answers.
func (l *loopPages) onScale(m *service.LoopMetric) string {
	item, ok := l.survey.Item(m.Item)
	if !ok || m.Kind != "mean" || m.Score || item.Scale == nil || len(item.Scale.Values()) == 0 {
		return l.metricLabel(m)
	}
	values := item.Scale.Values()
	return l.say("loop.on_scale", "figure", l.metricLabel(m), "low", whole.String(slices.Min(values)), "high", whole.String(slices.Max(values)))
}

func (l *loopPages) cycleRow(c *service.LoopCycle) Row {
	a := l.action(c.Action)
	topic := Cell{Text: "–", Tone: "quiet"}
	for _, t := range l.loop.Topics {
		if t.ID == c.Topic && c.Topic != "" {
			topic = Cell{Text: l.topicTitle(t), Tone: "text"}
		}
	}
	doing := Cell{Text: l.doing(a), Mark: l.doneMark(a), Tone: "text"}
	again := l.datedCell(c.Of, c.Effect.After)
	return Row{Label: l.onScale(c.Of), Cells: []Cell{l.datedCell(c.Of, c.Effect.Before), topic, doing, again, l.effectCell(c.Of, c.Effect)}}
}
