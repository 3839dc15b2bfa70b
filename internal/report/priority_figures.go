package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// statusMatrix is importance against performance, in quadrants.
func (b *builder) statusMatrix(a survey.Analysis, s *measure.Status) *chart.Figure {
	f := b.statusFigure(slug(a.ID, "matrix"), s)
	f.Title = b.statusTitle(b.statusRows(a, s))
	f.Note = b.say("priorities.matrix_note", "weighted", b.weightedNote())
	f.Across.Label, f.Axis.Label = b.say("priorities.performance"), b.importanceName(s)
	f.Cuts = b.statusCuts(s.Thresholds)
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, r := range b.statusRows(a, s) {
		i := r.item
		row := chart.Row{Label: r.label, Cells: blank(len(f.Columns))}
		if row.State, row.Why = b.levelState(i.N, i.Suppressed); !i.Suppressed && i.Quadrant != "" {
			row.Cells = []float64{
				float64(i.Performance), float64(i.PerformanceCI95[0]), float64(i.PerformanceCI95[1]), float64(i.Importance), float64(i.ImportanceCI95[0]), float64(i.ImportanceCI95[1]),
				float64(i.Priority), float64(i.N),
			}
			if i.Undecided && row.State == chart.Normal {
				row.State = chart.Undecided
			}
			low[0], high[0] = min(low[0], row.Cells[0]), max(high[0], row.Cells[0])
			low[1], high[1] = min(low[1], row.Cells[3]), max(high[1], row.Cells[3])
		} else if row.State == chart.Normal || row.State == chart.TooFew {
			row.State, row.Why = chart.Empty, b.say("figure.no_data")
		}
		f.Rows = append(f.Rows, row)
	}
	if high[0] > low[0] && high[1] > low[1] {
		f.Cuts.Diagonal = &chart.Diagonal{X1: low[0], Y1: low[1], X2: high[0], Y2: high[1], Label: b.say("priorities.diagonal")}
	}
	return f
}

func (b *builder) statusFigure(id string, s *measure.Status) *chart.Figure {
	f := b.gapFigure(chart.Scatter, b.say("figure.item"), id)
	f.Words.TooFew, f.Words.Undecided = b.say("warning.base_under_30"), b.say("priorities.undecided_word")
	f.Axis = chart.Axis{}
	f.Columns = []chart.Column{
		{ID: "performance", Label: b.say("priorities.performance"), Role: chart.X, Format: mean2},
		{ID: "performance_low", Label: b.say("priorities.performance_low"), Role: chart.XLow, Format: mean2},
		{ID: "performance_high", Label: b.say("priorities.performance_high"), Role: chart.XHigh, Format: mean2},
		{ID: "importance", Label: b.importanceName(s), Role: chart.Y, Format: mean2},
		{ID: "importance_low", Label: b.say("priorities.importance_low"), Role: chart.YLow, Format: mean2},
		{ID: "importance_high", Label: b.say("priorities.importance_high"), Role: chart.YHigh, Format: mean2},
		{ID: "priority", Label: b.say("priorities.priority"), Format: change2},
		{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
	}
	return f
}

func (b *builder) importanceName(s *measure.Status) string {
	if s.Importance == "derived" {
		return b.say("priorities.derived_axis", "outcome", b.itemLabel(s.Outcome))
	}
	return b.say("priorities.stated_axis")
}

// statusCuts are the quadrants at the thresholds.
func (b *builder) statusCuts(t measure.Thresholds) *chart.Cuts {
	return &chart.Cuts{
		X: float64(t.Performance), Y: float64(t.Importance),
		XLabel: b.say("priorities.cut", "value", mean2.String(float64(t.Performance))), YLabel: b.say("priorities.cut", "value", mean2.String(float64(t.Importance))),
		Quadrants: [4]chart.Quadrant{
			chart.UpperLeft:  {Name: b.say("priorities.concentrate"), Tone: chart.First},
			chart.UpperRight: {Name: b.say("priorities.keep_up")},
			chart.LowerLeft:  {Name: b.say("priorities.low_priority")},
			chart.LowerRight: {Name: b.say("priorities.overkill")},
		},
	}
}

// statusTitle names the most urgent item that is surely to act on.
func (b *builder) statusTitle(rows []statusRow) string {
	for _, r := range rows {
		if r.item.Quadrant == measure.Concentrate && !r.item.Undecided {
			return b.say("priorities.title", "item", r.label)
		}
	}
	for _, r := range rows {
		if r.item.Quadrant == measure.Concentrate {
			return b.say("priorities.title_perhaps", "item", r.label)
		}
	}
	return b.say("priorities.title_none")
}

// statusOrder is the priority of every item with its interval.
func (b *builder) statusOrder(a survey.Analysis, s *measure.Status) *chart.Figure {
	f := b.gapFigure(chart.Dots, b.say("figure.item"), a.ID, "order")
	f.Columns = b.valueColumns("priority", b.say("priorities.priority"), change2)
	f.Axis.Reference, f.Axis.RefLabel = 0, b.say("priorities.balance")
	f.Note = b.say("priorities.priority_note", "resamples", count(s.Resamples))
	urgent := 0
	rows := b.statusRows(a, s)
	for _, r := range rows {
		i := r.item
		row := chart.Row{Label: r.label, Cells: blank(4)}
		if row.State, row.Why = b.levelState(i.N, i.Suppressed); !i.Suppressed && i.Rank > 0 {
			row.Cells = []float64{float64(i.Priority), float64(i.CI95[0]), float64(i.CI95[1]), float64(i.N)}
		} else if !i.Suppressed {
			row.State, row.Why = chart.Empty, b.say("figure.no_data")
		}
		if i.CI95[0] > 0 {
			urgent++
		}
		f.Rows = append(f.Rows, row)
	}
	switch {
	case urgent == 0:
		f.Title = b.say("priorities.order_none")
	case urgent > 1 && !(rows[0].item.RankCI95[1] <= 1):
		f.Title = b.say("priorities.order_open", "n", urgent)
	default:
		f.Title = b.say("priorities.order_title", "n", urgent, "item", rows[0].label)
	}
	return f
}

// statusImportance sets stated and derived importance side by side.
func (b *builder) statusImportance(a survey.Analysis, s *measure.Status) []Block {
	if s.Outcome == "" {
		return nil
	}
	t, moved, sure := b.importanceTable(a, s)
	table := []Block{{Table: t}, {Note: b.say("priorities.two_note")}}
	if s.Alternative == nil {
		return table
	}
	text := b.say("priorities.two_none")
	switch {
	case len(moved) > 0:
		text = b.say("priorities.two_some", "n", len(moved), "all", sure, "items", b.join(moved[:min(4, len(moved))]))
	case slices.ContainsFunc(s.Items, func(i *measure.StatusItem) bool { return i.Alternative != i.Quadrant }):
		text = b.say("priorities.two_sure")
	}
	matrix := b.alternativeMatrix(a, s)
	if sure > 0 {
		matrix.Title = b.say("priorities.alternative_title_moved_"+otherImportance(s), "n", len(moved), "all", sure)
	}
	return append([]Block{{Text: text}, {Figure: matrix}}, table...)
}

// importanceTable is every measure of importance, the items that both matrices
// place for sure, and which of them it moves.
func (b *builder) importanceTable(a survey.Analysis, s *measure.Status) (t *Table, moved []string, sure int) {
	both := s.Alternative != nil
	t = &Table{ID: slug(a.ID, "importances"), Caption: b.say("priorities.two_table", "outcome", b.itemLabel(s.Outcome)), Head: []string{b.say("figure.item")}}
	if both {
		t.Head = append(t.Head, b.say("priorities.stated"))
	}
	t.Head = append(t.Head, b.say("priorities.pearson"), b.say("priorities.spearman"), b.say("priorities.partial"), b.say("priorities.quadrant"))
	if both {
		t.Head = append(t.Head, b.say("priorities.alternative"))
	}
	for _, r := range b.statusRows(a, s) {
		i := r.item
		if i.Suppressed || i.Quadrant == "" {
			continue
		}
		row := Row{Label: r.label}
		if both {
			row.Cells = append(row.Cells, Cell{Text: mean2.String(float64(i.Stated))})
		}
		for _, v := range []measure.Number{i.Derived, i.Spearman, i.Partial} {
			row.Cells = append(row.Cells, Cell{Text: mean2.String(float64(v))})
		}
		cell := Cell{Text: b.say("priorities." + i.Quadrant)}
		if i.Undecided {
			cell.Mark, cell.Tone = b.say("priorities.undecided_mark"), "quiet"
		}
		row.Cells = append(row.Cells, cell)
		if both {
			row.Cells = append(row.Cells, b.movedCell(i, s))
			if firm := !i.Undecided && i.Alternative != "" && !onLine(i, s.Alternative); firm {
				sure++
				if i.Alternative != i.Quadrant {
					moved = append(moved, b.say("priorities.quoted", "item", r.label))
				}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t, moved, sure
}

// onLine reports whether the interval of performance holds its threshold. Of
// the other importance there is no interval.
func onLine(i *measure.StatusItem, t *measure.Thresholds) bool {
	return i.PerformanceCI95[0] <= t.Performance && t.Performance <= i.PerformanceCI95[1]
}

// movedCell is the quadrant by the other importance.
func (b *builder) movedCell(i *measure.StatusItem, s *measure.Status) Cell {
	switch {
	case i.Alternative == "":
		return Cell{Text: "–", Tone: "quiet"}
	case onLine(i, s.Alternative):
		return Cell{Text: b.say("priorities." + i.Alternative), Mark: b.say("priorities.undecided_mark"), Tone: "quiet"}
	case i.Alternative == i.Quadrant:
		return Cell{Text: b.say("priorities." + i.Alternative), Tone: "quiet"}
	}
	return Cell{Text: b.say("priorities." + i.Alternative), Mark: b.say("priorities.changes")}
}

// alternativeMatrix is the matrix with the other importance.
func (b *builder) alternativeMatrix(a survey.Analysis, s *measure.Status) *chart.Figure {
	other := *s
	other.Importance = otherImportance(s)
	f := b.statusFigure(slug(a.ID, "alternative"), &other)
	f.Columns = []chart.Column{f.Columns[0], f.Columns[3], f.Columns[7]}
	f.Across.Label, f.Axis.Label = b.say("priorities.performance"), b.importanceName(&other)
	f.Cuts = b.statusCuts(*s.Alternative)
	f.Title, f.Note = b.say("priorities.alternative_title_"+other.Importance), b.say("priorities.alternative_note")
	for _, r := range b.statusRows(a, s) {
		i := r.item
		row := chart.Row{Label: r.label, Cells: blank(3)}
		if row.State, row.Why = b.levelState(i.N, i.Suppressed); !i.Suppressed && i.Alternative != "" {
			y := i.Derived
			if other.Importance == "stated" {
				y = i.Stated
			}
			row.Cells = []float64{float64(i.Performance), float64(y), float64(i.N)}
			if row.State == chart.Normal && onLine(i, s.Alternative) {
				row.State = chart.Undecided
			}
		} else if !i.Suppressed {
			row.State, row.Why = chart.Empty, b.say("figure.no_data")
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}

// statusRelative is importance against the distance to the competitor.
func (b *builder) statusRelative(a survey.Analysis, s *measure.Status) []Block {
	f := b.statusFigure(slug(a.ID, "relative"), s)
	f.Columns[0].ID, f.Columns[0].Label, f.Columns[0].Format = "relative", b.say("priorities.relative_axis"), change2
	f.Columns[1].ID, f.Columns[1].Format, f.Columns[2].ID, f.Columns[2].Format = "relative_low", change2, "relative_high", change2
	f.Across.Label, f.Axis.Label = b.say("priorities.relative_axis"), b.importanceName(s)
	f.Cuts = b.statusCuts(measure.Thresholds{Performance: 0, Importance: s.Thresholds.Importance})
	f.Cuts.XLabel = b.say("priorities.level")
	ahead, behind := 0, 0
	for _, r := range b.statusRows(a, s) {
		i := r.item
		if i.Relative == nil {
			continue
		}
		row := chart.Row{Label: r.label, Cells: blank(len(f.Columns))}
		if row.State, row.Why = b.levelState(i.N, i.Suppressed); !i.Suppressed && i.Quadrant != "" {
			row.Cells = []float64{
				float64(*i.Relative), float64(i.RelativeCI95[0]), float64(i.RelativeCI95[1]), float64(i.Importance), float64(i.ImportanceCI95[0]), float64(i.ImportanceCI95[1]),
				float64(i.Priority), float64(i.N),
			}
			switch {
			case i.RelativeCI95[0] > 0:
				ahead++
			case i.RelativeCI95[1] < 0:
				behind++
			case row.State == chart.Normal:
				row.State = chart.Undecided
			}
		}
		f.Rows = append(f.Rows, row)
	}
	if len(f.Rows) == 0 {
		return nil
	}
	f.Title, f.Note = b.say("priorities.relative_title", "ahead", ahead, "behind", behind, "all", len(f.Rows)), b.say("priorities.relative_note")
	return []Block{{Figure: f}}
}

// statusGroups is the quadrant of every item in every group.
func (b *builder) statusGroups(a survey.Analysis) []Block {
	var out []Block
	for _, id := range b.survey.Segments {
		segment, ok := b.survey.Item(id)
		blocks := b.latest().block.BySegment[id]
		if !ok || len(blocks) == 0 {
			continue
		}
		var columns []statusColumn
		for _, code := range groupCodes(segment, blocks) {
			columns = append(columns, statusColumn{b.groupLabel(segment, code), b.statusOf(wave{block: blocks[code]}, a.ID)})
		}
		columns, hidden := b.shownColumns(columns)
		if len(columns) == 0 {
			continue
		}
		t := b.statusByColumn(a, columns)
		t.ID, t.Caption = slug(a.ID, "by", id), b.say("priorities.groups_table", "segment", b.label(segment))
		if len(hidden) > 0 {
			t.Note += b.say("heading.next") + strings.TrimLeft(b.say("table.groups_hidden", "min", b.results.MinCell, "groups", b.join(hidden)), " ")
		}
		out = append(out, Block{Table: t})
	}
	return out
}

// statusWaves is the quadrant of every item in every wave.
func (b *builder) statusWaves(a survey.Analysis) []Block {
	if len(b.waves) < 2 {
		return nil
	}
	var columns []statusColumn
	for _, w := range b.waves {
		columns = append(columns, statusColumn{w.label, b.statusOf(w, a.ID)})
	}
	t := b.statusByColumn(a, columns)
	t.ID, t.Caption = slug(a.ID, "waves"), b.say("priorities.waves_table")
	return []Block{{Table: t}}
}

type statusColumn struct {
	label  string
	status *measure.Status
}

// shownColumns are the groups with a matrix, and the names of those without.
func (b *builder) shownColumns(columns []statusColumn) (shown []statusColumn, hidden []string) {
	for _, c := range columns {
		if c.status == nil {
			hidden = append(hidden, b.say("priorities.quoted", "item", c.label))
		} else {
			shown = append(shown, c)
		}
	}
	return shown, hidden
}

func (b *builder) statusByColumn(a survey.Analysis, columns []statusColumn) *Table {
	t := &Table{Head: []string{b.say("figure.item")}, Note: b.say("priorities.by_note"), Cards: true}
	bases := Row{Label: b.say("table.responses")}
	for _, c := range columns {
		t.Head = append(t.Head, c.label)
		cell := Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
		if c.status != nil {
			cell.Text = count(c.status.N)
		}
		bases.Cells = append(bases.Cells, cell)
	}
	for _, r := range b.statusRows(a, b.statusOf(b.latest(), a.ID)) {
		row := Row{Label: r.label}
		for _, c := range columns {
			row.Cells = append(row.Cells, b.statusIn(c.status, r.item.ID))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, bases)
	return t
}

// statusIn is the quadrant of one item in one group, with the rank of its priority.
func (b *builder) statusIn(s *measure.Status, id string) Cell {
	if s == nil {
		return Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
	}
	for _, i := range s.Items {
		switch {
		case i.ID != id:
		case i.Suppressed:
			return Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
		case i.Quadrant != "":
			return b.quadrantCell(i)
		}
	}
	return Cell{Text: "–", Tone: "quiet"}
}

// otherImportance is the measure of importance that the matrix does not use.
func otherImportance(s *measure.Status) string {
	if s.Importance == "derived" {
		return "stated"
	}
	return "derived"
}
