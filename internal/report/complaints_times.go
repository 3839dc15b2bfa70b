package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
)

// complaintStages are how far complaints got, and how long each stage takes.
func (b *builder) complaintStages(c *service.Complaints) []Block {
	if len(c.Stages) == 0 {
		return []Block{{Note: b.say("complaints.no_stages")}}
	}
	out := []Block{{Figure: b.complaintFunnel(c)}, {Table: b.complaintStageTable(c)}, {Note: b.say("complaints.stages_note")}}
	if t := b.complaintTimesTable("severity", c.Severities, c.SeverityUnrecorded); t != nil {
		out = append(out, Block{Table: t})
	}
	return out
}

func (b *builder) complaintFunnel(c *service.Complaints) *chart.Figure {
	f := &chart.Figure{
		ID: "complaints-funnel", Kind: chart.Funnel, Lang: b.lang, Words: b.chartWords(b.say("complaints.stage")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{
			{ID: "n", Label: b.say("complaints.records"), Role: chart.Value, Format: whole},
			{ID: "share", Label: b.say("complaints.of_received"), Role: chart.Total, Format: percent0},
			{ID: "waiting", Label: b.say("complaints.waiting"), Format: whole},
		},
		Rows: []chart.Row{{Label: b.say("complaints.stage_received"), Cells: []float64{float64(c.N), 1, math.NaN()}}},
		Note: b.say("complaints.funnel_note", "as_of", c.AsOf) + b.complaintSlowest(c),
	}
	for _, s := range c.Stages {
		if s.Name != "called_back" && s.Name != "forwarded" {
			f.Rows = append(f.Rows, chart.Row{Label: b.say("complaints.stage_" + s.Name), Cells: []float64{float64(s.Reached), float64(s.Reached) / float64(c.N), float64(s.Waiting)}})
		}
	}
	f.Title = b.say("complaints.funnel_reached", "count", count(c.N), "closed", count(c.State.Closed))
	return f
}

// complaintSlowest names the step that takes longest by its median.
func (b *builder) complaintSlowest(c *service.Complaints) string {
	var slow *service.ComplaintStage
	var most measure.Number
	for _, s := range c.Stages {
		took := s.Received
		if s.Before != nil {
			took = s.Before
		}
		if s.Name == "called_back" || s.Name == "forwarded" || math.IsNaN(float64(took.Median)) {
			continue
		}
		if slow == nil || took.Median > most {
			slow, most = s, took.Median
		}
	}
	if slow == nil {
		return ""
	}
	return b.say("complaints.funnel_title", "from", b.say("complaints.stage_"+slow.Previous), "to", b.say("complaints.stage_"+slow.Name), "days", score1.String(float64(most)))
}

// kaplanMedian is the median with what is still waiting; where nothing is, it is the plain one.
func kaplanMedian(t *service.ComplaintTimes) measure.Number {
	if t.Waiting == 0 {
		return t.Median
	}
	return t.KaplanMedian
}

func kaplanP90(t *service.ComplaintTimes) measure.Number {
	if t.Waiting == 0 {
		return t.P90
	}
	return t.KaplanP90
}

// complaintStageTable is how many reached each stage, and how long it took them.
func (b *builder) complaintStageTable(c *service.Complaints) *Table {
	t := &Table{
		ID: "complaints-stage-times", Caption: b.say("complaints.stage_times"), Head: []string{b.say("complaints.stage")},
		Groups: []Span{{"", 1}, {b.say("complaints.records"), 3}, {b.say("complaints.from_receipt"), 4}, {b.say("complaints.from_before"), 2}},
		Note:   b.say("complaints.km_note"), Cards: true,
	}
	for _, key := range []string{"reached", "waiting", "skipped", "median", "p90", "km_median", "km_p90", "median", "p90"} {
		t.Head = append(t.Head, b.say("complaints."+key))
	}
	for _, s := range c.Stages {
		row := Row{Label: b.say("complaints.stage_" + s.Name), Cells: []Cell{{Text: count(s.Reached)}, {Text: count(s.Waiting)}, {Text: count(s.Skipped)}, complaintsDays(s.Received.Median), complaintsDays(s.Received.P90), complaintsDays(kaplanMedian(s.Received)), complaintsDays(kaplanP90(s.Received))}}
		if s.Name == "called_back" { // not every customer is called: nobody waits for it
			row.Cells[1], row.Cells[2] = Cell{Text: "–", Tone: "quiet"}, Cell{Text: "–", Tone: "quiet"}
			t.Note += b.say("complaints.called_note")
		}
		if s.Before == nil {
			row.Cells = append(row.Cells, Cell{Text: "–", Tone: "quiet"}, Cell{Text: "–", Tone: "quiet"})
		} else {
			row.Cells = append(row.Cells, complaintsDays(s.Before.Median), complaintsDays(s.Before.P90))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// complaintTimesTable is how long closing takes by the codes of a column, and of
// the complaints without one, so that the rows add up to all.
func (b *builder) complaintTimesTable(column string, times []*service.ComplaintTimes, none *service.ComplaintTimes) *Table {
	if len(times) < 2 {
		return nil
	}
	t := &Table{ID: "complaints-times-" + column, Caption: b.say("complaints.times_by_" + column), Head: []string{b.say("complaints.column." + column)}}
	for _, key := range []string{"closed_n", "still_open", "median", "p90", "km_median", "km_p90"} {
		t.Head = append(t.Head, b.say("complaints."+key))
	}
	add := func(label string, x *service.ComplaintTimes) *Row {
		t.Rows = append(t.Rows, Row{Label: label, Cells: []Cell{{Text: count(x.N)}, {Text: count(x.Waiting)}, complaintsDays(x.Median), complaintsDays(x.P90), complaintsDays(kaplanMedian(x)), complaintsDays(kaplanP90(x))}})
		return &t.Rows[len(t.Rows)-1]
	}
	for _, x := range times {
		add(b.complaintsLabel(column, x.Code), x)
	}
	if none != nil {
		add(b.say("complaints.unrecorded"), none).Foot = true
	}
	return t
}

var complaintsLimited = []string{"acknowledged", "answered", "closed"}

// complaintInTime is how often the limits are kept.
func (b *builder) complaintInTime(c *service.Complaints) []Block {
	f := &chart.Figure{ID: "complaints-in-time", Kind: chart.Dots, Lang: b.lang, Columns: b.complaintsShares(b.say("complaints.in_time_share")), Words: b.chartWords(b.say("complaints.limit")), Axis: chart.Axis{Min: 0, Max: 1, Reference: math.NaN()}}
	t := &Table{ID: "complaints-limits", Caption: b.say("complaints.limits_table"), Head: []string{b.say("complaints.limit"), b.say("complaints.of_due"), b.say("complaints.of_finished"), b.say("complaints.not_due")}, Note: b.say("complaints.limits_note")}
	worst := ""
	for _, name := range complaintsLimited {
		x := c.OnTime[name]
		if x == nil {
			continue
		}
		label := b.say("complaints.within_"+name, "limit", b.complaintsSpan(x.Hours))
		f.Rows = append(f.Rows, complaintsRow(label, x.Due))
		t.Rows = append(t.Rows, Row{Label: label, Cells: []Cell{b.complaintsCell(x.Due), b.complaintsCell(x.Finished), {Text: count(x.NotDue)}}})
		if x.Due.N > 0 && (worst == "" || x.Due.Share < c.OnTime[worst].Due.Share) {
			worst = name
		}
	}
	if worst == "" {
		return []Block{{Note: b.say("complaints.no_limits")}}
	}
	w := c.OnTime[worst]
	f.Title = b.say("complaints.in_time_title", "share", percent.String(float64(w.Due.Share)), "limit", b.say("complaints.within_"+worst, "limit", b.complaintsSpan(w.Hours)))
	f.Note = b.say("complaints.in_time_note")
	out := []Block{{Figure: f}, {Table: t}}
	for _, k := range c.Late {
		if len(k.Periods) > 1 {
			out = append(out, Block{Figure: b.complaintControl(c, k)})
		}
	}
	return out
}

// complaintOpen is what is open, by age and by department.
func (b *builder) complaintOpen(c *service.Complaints) []Block {
	if c.Ages == nil {
		return nil
	}
	var out []Block
	if c.Ages.N == 0 {
		out = append(out, Block{Text: b.say("complaints.nothing_open")})
	} else {
		out = append(out, Block{Figure: b.complaintAges(c)})
	}
	i := slices.IndexFunc(c.Strata, func(s *service.ComplaintStratum) bool { return s.Column == "department" })
	if i >= 0 {
		out = append(out, Block{Table: b.complaintDepartments(c, c.Strata[i])})
	}
	return out
}

func (b *builder) complaintAges(c *service.Complaints) *chart.Figure {
	agesTitle := "complaints.ages_title"
	if c.Ages.N > 1 && c.State.Overdue == c.Ages.N {
		agesTitle = "complaints.ages_title_all"
	}
	f := &chart.Figure{
		ID: "complaints-ages", Kind: chart.Bars, Lang: b.lang, Words: b.chartWords(b.say("complaints.age")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{{ID: "n", Label: b.say("complaints.open_n"), Role: chart.Value, Format: whole}, {ID: "share", Label: b.say("complaints.of_open"), Format: percent}},
		Title:   b.say(agesTitle, "n", c.Ages.N, "count", count(c.Ages.N), "overdue", count(c.State.Overdue), "limit", b.complaintsSpan(c.Limits.Close), "oldest", whole.String(math.Floor(float64(c.Ages.Max)))),
		Note:    b.say("complaints.ages_note", "median", score1.String(float64(c.Ages.Median)), "p90", score1.String(float64(c.Ages.P90)), "as_of", c.AsOf),
	}
	for _, a := range c.Ages.Classes {
		label := b.say("complaints.age_class", "from", whole.String(a.From), "to", whole.String(a.To))
		switch {
		case a.To == 0:
			label = b.say("complaints.age_over", "from", whole.String(a.From))
		case a.From == 0:
			label = b.say("complaints.age_up_to", "to", whole.String(a.To))
		}
		f.Rows = append(f.Rows, chart.Row{Label: label, Cells: []float64{float64(a.N), float64(a.N) / float64(c.Ages.N)}})
	}
	return f
}

func (b *builder) complaintDepartments(c *service.Complaints, s *service.ComplaintStratum) *Table {
	t := &Table{ID: "complaints-departments", Caption: b.say("complaints.departments"), Head: []string{b.say("complaints.column.department"), b.say("complaints.received"), b.say("complaints.open_n"), b.say("complaints.overdue"), b.say("complaints.card_in_time", "limit", b.complaintsSpan(c.Limits.Close)), b.say("complaints.km_median")}, Note: b.say("complaints.departments_note")}
	add := func(label string, g *service.ComplaintGroup, times *service.ComplaintTimes) *Row {
		row := Row{Label: label, Cells: []Cell{{Text: count(g.N)}, {Text: count(g.Open)}, {Text: count(g.Overdue)}, b.complaintsCell(g.OnTime), {Text: "–", Tone: "quiet"}}}
		if g.Overdue > 0 {
			row.Cells[2].Tone = "bad"
		}
		if times != nil {
			row.Cells[4] = complaintsDays(kaplanMedian(times))
		}
		t.Rows = append(t.Rows, row)
		return &t.Rows[len(t.Rows)-1]
	}
	for _, g := range s.Groups {
		var times *service.ComplaintTimes
		if i := slices.IndexFunc(c.Departments, func(x *service.ComplaintTimes) bool { return x.Code == g.Code }); i >= 0 {
			times = c.Departments[i]
		}
		add(b.complaintsLabel("department", g.Code), g, times)
	}
	if s.Unrecorded != nil {
		add(b.say("complaints.unrecorded"), s.Unrecorded, c.DepartmentUnrecorded).Foot = true
	}
	return t
}
