package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// gapTable is every item with its numbers, dimension by dimension.
func (b *builder) gapTable(a survey.Analysis, g *measure.Gap) *Table {
	t := &Table{ID: slug(a.ID, "table"), Caption: b.say("gaps.table"), Head: []string{b.say("figure.item"), b.say("gaps.perceived")}}
	if !g.PerformanceOnly {
		t.Head = []string{b.say("figure.item"), b.say("gaps.expected"), b.say("gaps.perceived"), b.say("gaps.gap"), b.say("gaps.holm")}
		t.Note = b.say("gaps.table_note")
	}
	t.Head = append(t.Head, b.say("figure.base"))
	for d, dim := range g.Dimensions {
		t.Rows = append(t.Rows, Row{Label: b.dimensionLabel(a.Gap.Dimensions[d])})
		for i, item := range dim.Items {
			t.Rows = append(t.Rows, Row{Label: b.pairLabel(a.Gap.Dimensions[d].Pairs[i]), Cells: b.gapCells(&item.GapLevel, g.PerformanceOnly)})
		}
		if len(dim.Items) > 1 {
			t.Rows = append(t.Rows, Row{Label: b.say("gaps.dimension_row"), Cells: b.gapCells(&dim.GapLevel, g.PerformanceOnly)})
		}
	}
	return t
}

func (b *builder) gapCells(l *measure.GapLevel, only bool) []Cell {
	blankCells := func(text string) []Cell {
		n := 5
		if only {
			n = 2
		}
		out := make([]Cell, n)
		out[0] = Cell{Text: text, Tone: "quiet"}
		return out
	}
	switch {
	case l.Suppressed:
		return blankCells(b.say("table.hidden", "min", b.results.MinCell))
	case l.N == 0:
		return blankCells("–")
	}
	perceived := Cell{Text: mean2.String(float64(l.Perceived)), Mark: between(mean2, l.PerceivedCI95)}
	if only {
		return []Cell{perceived, {Text: count(l.N), Tone: "quiet"}}
	}
	gap := Cell{Text: change2.String(float64(l.Gap)), Mark: between(change2, l.CI95), Tone: "quiet"}
	if l.Holds() {
		gap.Tone = "good"
		if l.Gap < 0 {
			gap.Tone = "bad"
		}
	}
	perceived.Mark = ""
	return []Cell{{Text: mean2.String(float64(l.Expected))}, perceived, gap, {Text: strings.TrimPrefix(p(l.Holm), "=\u00a0"), Tone: "quiet"}, {Text: count(l.N), Tone: "quiet"}}
}

// gapZone is the zone of tolerance of every item that has one.
func (b *builder) gapZone(a survey.Analysis, g *measure.Gap) []Block {
	f := b.gapFigure(chart.Dots, b.say("figure.item"), a.ID, "zone")
	f.Axis.Min, f.Axis.Max = float64(g.Scale[0]), float64(g.Scale[1])
	f.Words.Interval = b.say("gaps.zone_legend")
	f.Columns = []chart.Column{
		{ID: "perceived", Label: b.say("gaps.perceived"), Role: chart.Value, Format: mean2},
		{ID: "adequate", Label: b.say("gaps.adequate"), Role: chart.Low, Format: mean2},
		{ID: "expected", Label: b.say("gaps.desired"), Role: chart.High, Format: mean2},
		{ID: "mss", Label: "MSS", Format: change2},
		{ID: "msa", Label: "MSA", Format: change2},
		{ID: "below", Label: b.say("gaps.zone_below"), Format: percent0},
		{ID: "within", Label: b.say("gaps.zone_within"), Format: percent0},
		{ID: "above", Label: b.say("gaps.zone_above"), Format: percent0},
		{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
	}
	within, below, contrary := 0, 0, 0
	for _, r := range b.gapItems(a, g) {
		z := r.level.Zone
		if z == nil {
			continue
		}
		row := chart.Row{Label: r.label, Cells: blank(len(f.Columns))}
		if row.State, row.Why = b.levelState(z.N, r.level.Suppressed); !r.level.Suppressed {
			row.Cells = []float64{float64(r.level.Perceived), float64(z.Adequate), float64(r.level.Expected), float64(r.level.Gap), float64(z.MSA), float64(z.Below), float64(z.Within), float64(z.Above), float64(z.N)}
			contrary += z.Contrary
			if r.level.Perceived < z.Adequate {
				below++
			} else if r.level.Perceived <= r.level.Expected {
				within++
			}
		}
		f.Rows = append(f.Rows, row)
	}
	if len(f.Rows) == 0 {
		return nil
	}
	f.Title = b.say("gaps.title_zone", "within", within, "below", below, "all", len(f.Rows))
	f.Note = b.say("gaps.zone_note", "weighted", b.weightedNote())
	out := []Block{{Figure: f}, {Text: b.say("gaps.zone_text", "mss", change2.String(float64(g.MSS)), "msa", change2.String(float64(g.MSA)))}}
	if contrary > 0 {
		out = append(out, Block{Note: b.say("gaps.zone_contrary", "n", contrary)})
	}
	return out
}

// gapOutcomes is what respondents of each class answered.
func (b *builder) gapOutcomes(a survey.Analysis, g *measure.Gap) []Block {
	var out []Block
	for _, o := range g.Outcomes {
		f := b.gapFigure(chart.Stacked, b.say("gaps.class"), a.ID, "by", o.Question)
		item, ok := b.survey.Item(o.Question)
		if !ok || o.N == 0 {
			continue
		}
		for k, code := range o.Codes {
			tone := 2*float64(k)/float64(max(len(o.Codes)-1, 1)) - 1
			f.Columns = append(f.Columns, chart.Column{ID: code, Label: b.codeLabel(o.Question, code), Role: chart.Level, Format: percent0, Tone: tone})
		}
		f.Columns = append(f.Columns, chart.Column{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole})
		for _, c := range o.Classes {
			row := chart.Row{Label: b.say("gaps." + c.Class), Cells: blank(len(f.Columns))}
			row.State, row.Why = b.levelState(c.N, c.Suppressed)
			for k, s := range c.Shares {
				if c.N > 0 {
					row.Cells[k] = float64(s)
				}
			}
			if c.N > 0 {
				row.Cells[len(row.Cells)-1] = float64(c.N)
			}
			f.Rows = append(f.Rows, row)
		}
		key := "gaps.outcome_same"
		if float64(o.P) < 0.05 {
			key = "gaps.outcome_differs"
		}
		f.Title = b.say(key, "item", b.label(item))
		f.Note = b.say("gaps.outcome_note", "chi", mean2.String(float64(o.Chi2)), "df", whole.String(float64(o.DF)), "p", p(o.P), "v", mean2.String(float64(o.CramersV)))
		out = append(out, Block{Figure: f})
		if o.Sparse {
			out = append(out, Block{Note: b.say("gaps.outcome_sparse")})
		}
	}
	return out
}

// gapView is those who serve beside those who are served.
func (b *builder) gapView(a survey.Analysis, g *measure.Gap) []Block {
	if g.View == nil {
		return nil
	}
	labels := map[string]string{}
	for _, d := range a.Gap.Dimensions {
		for _, pair := range d.Pairs {
			labels[pair.Perceived] = b.pairLabel(pair)
		}
	}
	internal, external := b.codeLabel(g.View.Column, g.View.Internal), b.codeLabel(g.View.Column, g.View.External)
	var out []Block
	for _, c := range g.View.Comparisons {
		f := b.gapFigure(chart.Slope, b.say("figure.item"), a.ID, "view", c.Measure)
		f.Columns = []chart.Column{
			{ID: "external", Label: external, Role: chart.Part, Format: mean2},
			{ID: "internal", Label: internal, Role: chart.Part, Format: mean2},
			{ID: "difference", Label: b.say("gaps.view_difference"), Role: chart.Value, Format: change2},
			{ID: "ci95_low", Label: b.say("figure.low"), Role: chart.Low, Format: change2},
			{ID: "ci95_high", Label: b.say("figure.high"), Role: chart.High, Format: change2},
			{ID: "n_external", Label: b.say("gaps.view_base", "group", external), Format: whole},
			{ID: "n_internal", Label: b.say("gaps.view_base", "group", internal), Format: whole},
		}
		items := slices.Clone(c.Items)
		slices.SortStableFunc(items, func(x, y *measure.GapViewed) int {
			return compareFloat(math.Abs(float64(y.Difference)), math.Abs(float64(x.Difference)))
		})
		for _, i := range items {
			row := chart.Row{Label: labels[i.ID], Cells: []float64{float64(i.External), float64(i.Internal), float64(i.Difference), float64(i.CI95[0]), float64(i.CI95[1]), float64(i.N[1]), float64(i.N[0])}}
			if math.IsNaN(float64(i.Difference)) {
				row.State, row.Why, row.Cells = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell), blank(len(f.Columns))
			}
			f.Rows = append(f.Rows, row)
		}
		f.Title = b.viewTitle(c, items, labels, internal, external)
		f.Note = b.say("gaps.view_note", "measure", b.say("gaps."+c.Measure), "rho", mean2.String(float64(c.Spearman)), "n", c.N)
		out = append(out, Block{Figure: f})
	}
	return out
}

func compareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// viewTitle says where the two sides differ most, if they clearly do.
func (b *builder) viewTitle(c *measure.GapComparison, items []*measure.GapViewed, labels map[string]string, internal, external string) string {
	for _, i := range items {
		if float64(i.Holm) >= 0.05 || math.IsNaN(float64(i.Holm)) {
			continue
		}
		key := "gaps.view_more"
		if i.Difference < 0 {
			key = "gaps.view_less"
		}
		return b.say(key, "internal", internal, "external", external, "item", labels[i.ID], "difference", mean2.String(math.Abs(float64(i.Difference))), "measure", b.say("gaps."+c.Measure))
	}
	return b.say("gaps.view_same", "internal", internal, "external", external, "measure", b.say("gaps."+c.Measure))
}

// gapReliability is alpha of each side and of the gap.
func (b *builder) gapReliability(a survey.Analysis, g *measure.Gap) []Block {
	t := &Table{ID: slug(a.ID, "alpha"), Caption: b.say("gaps.alpha"), Head: []string{b.say("gaps.dimension"), b.say("gaps.pairs"), b.say("gaps.perceived")}}
	if !g.PerformanceOnly {
		t.Head = append(t.Head, b.say("gaps.expected"), b.say("gaps.gap"))
	}
	t.Head = append(t.Head, b.say("figure.base"))
	for d, dim := range g.Dimensions {
		if len(dim.Items) < 2 {
			continue
		}
		row := Row{Label: b.dimensionLabel(a.Gap.Dimensions[d]), Cells: []Cell{{Text: count(len(dim.Items)), Tone: "quiet"}}}
		alphas := []measure.Number{dim.Alpha.Perceived, dim.Alpha.Expected, dim.Alpha.Gap}
		if g.PerformanceOnly {
			alphas = alphas[:1]
		}
		for _, v := range alphas {
			cell := Cell{Text: mean2.String(float64(v))}
			if dim.Suppressed || dim.Alpha.N < b.results.MinCell {
				cell = Cell{Text: "–", Tone: "quiet"}
			} else if float64(v) < .7 {
				cell.Tone = "bad"
			}
			row.Cells = append(row.Cells, cell)
		}
		row.Cells = append(row.Cells, Cell{Text: count(dim.Alpha.N), Tone: "quiet"})
		if dim.Suppressed {
			row.Cells[len(row.Cells)-1].Text = "–"
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	out := []Block{{Table: t}, {Note: b.say("gaps.alpha_note")}}
	if !g.PerformanceOnly {
		out = append(out, Block{Note: b.say("gaps.alpha_gap")})
	}
	return out
}

// gapWaves is the dimensions over the waves.
func (b *builder) gapWaves(a survey.Analysis, g *measure.Gap) []Block {
	if len(b.waves) < 2 {
		return nil
	}
	id, label, format := "gap", b.say("gaps.gap"), change2
	if g.PerformanceOnly {
		id, label, format = "perceived", b.say("gaps.perceived"), mean2
	}
	f := b.gapFigure(chart.Multiples, b.say("figure.wave"), a.ID, "waves")
	if len(g.Dimensions) > 12 || len(g.Dimensions) == 1 {
		f.Kind = chart.Lines
	}
	f.Columns = b.valueColumns(id, label, format)
	f.Title, f.Note = b.say("gaps.title_waves", "measure", label), b.say("note.trend", "measure", label, "weighted", b.weightedNote())
	for d, dim := range a.Gap.Dimensions[:min(12, len(a.Gap.Dimensions))] {
		for _, w := range b.waves {
			row := chart.Row{Label: w.label, Series: b.dimensionLabel(dim), Cells: blank(4), State: chart.Empty, Why: b.say("figure.no_data")}
			if then := b.gapOf(w, a.ID); then != nil {
				r := gapRow{"", "", &then.Dimensions[d].GapLevel}
				if row.State, row.Why = b.levelState(r.level.N, r.level.Suppressed); r.shown() {
					ci := r.level.CI95
					if g.PerformanceOnly {
						ci = r.level.PerceivedCI95
					}
					row.Cells = []float64{r.value(g.PerformanceOnly), float64(ci[0]), float64(ci[1]), float64(r.level.N)}
				}
			}
			f.Rows = append(f.Rows, row)
		}
	}
	return []Block{{Figure: f}}
}

// gapGroups is the dimensions by the groups of every segment.
func (b *builder) gapGroups(a survey.Analysis) []Block {
	g := b.gapOf(b.latest(), a.ID)
	var out []Block
	for _, id := range b.survey.Segments {
		segment, ok := b.survey.Item(id)
		blocks := b.latest().block.BySegment[id]
		if !ok || len(blocks) == 0 {
			continue
		}
		f := b.gapFigure(chart.Heat, b.say("gaps.dimension"), a.ID, "by", id)
		format, label := change2, b.say("gaps.gap")
		if g.PerformanceOnly {
			format, label = mean2, b.say("gaps.perceived")
		}
		f.Columns = []chart.Column{{ID: "all", Label: b.say("figure.all"), Role: chart.Part, Format: format}}
		codes, groups := groupCodes(segment, blocks), []*measure.Gap{g}
		for _, code := range codes {
			f.Columns = append(f.Columns, chart.Column{ID: "g_" + code, Label: b.groupLabel(segment, code), Role: chart.Part, Format: format})
			groups = append(groups, b.gapOf(wave{block: blocks[code]}, a.ID))
		}
		f.Title = b.say("gaps.title_groups", "measure", label, "segment", b.label(segment))
		f.Note = b.say("gaps.groups_note", "weighted", b.weightedNote())
		f.Rows = append(f.Rows, b.gapGroupBases(groups))
		for d, dim := range a.Gap.Dimensions {
			f.Rows = append(f.Rows, b.gapGroupRow(b.dimensionLabel(dim), d, groups))
		}
		out = append(out, Block{Figure: f})
	}
	return out
}

func (b *builder) gapGroupBases(groups []*measure.Gap) chart.Row {
	row := chart.Row{Label: b.say("figure.base"), Cells: blank(len(groups)), Count: true, Marks: make([]chart.Mark, len(groups))}
	row.Marks[0].Tone = 1 // bases are never tinted; without any tone the grid would be tinted by its numbers
	for k, g := range groups {
		if g == nil {
			row.Marks[k].State = chart.Suppressed
			continue
		}
		row.Cells[k] = float64(g.N)
	}
	return row
}

func (b *builder) gapGroupRow(label string, d int, groups []*measure.Gap) chart.Row {
	row := chart.Row{Label: label, Cells: blank(len(groups)), Marks: make([]chart.Mark, len(groups))}
	intervals := make([]measure.Interval, len(groups))
	for k, g := range groups {
		intervals[k] = measure.Interval{measure.Number(math.NaN()), measure.Number(math.NaN())}
		if g == nil || g.Dimensions[d].Suppressed {
			row.Marks[k].State = chart.Suppressed
			continue
		}
		r := gapRow{"", "", &g.Dimensions[d].GapLevel}
		if row.Marks[k].State, _ = b.levelState(r.level.N, false); r.shown() {
			row.Cells[k] = r.value(g.PerformanceOnly)
			if intervals[k] = r.level.CI95; g.PerformanceOnly {
				intervals[k] = r.level.PerceivedCI95
			}
		}
	}
	for k := 1; k < len(groups); k++ { // the first column is all of them
		for _, other := range intervals[1:] {
			switch {
			case intervals[k][1] < other[0]:
				row.Marks[k].Tone = -.67
			case intervals[k][0] > other[1] && row.Marks[k].Tone == 0:
				row.Marks[k].Tone = .67
			}
		}
	}
	return row
}
