package report

import (
	"math"
	"slices"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// priorities is the improvement list, then one section for each status matrix: where the items stand, in
// which order they are to be taken up, and whether another measure of
// importance says the same. Nil where there is neither.
func (b *builder) priorities() *Page {
	page := &Page{Name: "priorities", Title: b.say("page.priorities"), Kicker: b.kicker()}
	list := b.analysesOf("importance_performance")
	for _, a := range list {
		s := b.statusOf(b.latest(), a.ID)
		if page.Heading == "" {
			page.Heading = b.statusHeading(a, s)
		}
		if s == nil || s.N == 0 {
			why := b.say("priorities.empty")
			if _, hidden := b.latest().block.Analyses[a.ID].(*measure.Hidden); hidden {
				why = b.say("figure.suppressed", "min", b.results.MinCell)
			}
			page.Sections = append(page.Sections, Section{ID: slug(a.ID), Title: b.analysisLabel(a), Blocks: []Block{{Text: why}}})
			continue
		}
		if !placed(s) {
			page.Sections = append(page.Sections, Section{ID: slug(a.ID), Title: b.analysisLabel(a), Blocks: []Block{{Text: b.say("priorities.flat")}}})
			continue
		}
		sections := b.statusSections(a, s)
		if len(list) > 1 {
			for i := range sections {
				sections[i].Title = b.say("item.of", "battery", b.analysisLabel(a), "item", sections[i].Title)
			}
		}
		page.Sections = append(page.Sections, sections...)
	}
	page.Sections = append(b.weakSections(), page.Sections...)
	if len(page.Sections) == 0 {
		return nil
	}
	if w := b.weakList(); w != nil && (len(list) == 0 || len(w.Items) > 0) {
		page.Heading = b.weakHeading()
	}
	return page
}

// placed reports whether any item has a quadrant: without spread there is no
// importance to derive, and nothing can be placed.
func placed(s *measure.Status) bool {
	return slices.ContainsFunc(s.Items, func(i *measure.StatusItem) bool { return i.Quadrant != "" || i.Undecided })
}

func (b *builder) statusOf(w wave, id string) *measure.Status {
	if w.block == nil || w.block.Suppressed {
		return nil
	}
	s, _ := w.block.Analyses[id].(*measure.Status)
	return s
}

// statusRow is one item with its name.
type statusRow struct {
	label string
	item  *measure.StatusItem
}

// statusRows are the items, the most urgent first.
func (b *builder) statusRows(a survey.Analysis, s *measure.Status) []statusRow {
	var out []statusRow
	for i, item := range s.Items {
		spec := a.ImportancePerformance.Items[i]
		label := b.itemLabel(spec.Performance)
		if own := b.text(spec.Label); own != "" {
			label = isolated(own)
		}
		out = append(out, statusRow{label, item})
	}
	slices.SortStableFunc(out, func(x, y statusRow) int {
		return compareFloat(unrankedLast(x.item.Rank), unrankedLast(y.item.Rank))
	})
	return out
}

func unrankedLast(rank int) float64 {
	if rank == 0 {
		return math.Inf(1)
	}
	return float64(rank)
}

// statusHeading names what surely lies in the quadrant to act on.
func (b *builder) statusHeading(a survey.Analysis, s *measure.Status) string {
	if s == nil || s.N == 0 || !placed(s) {
		return b.say("priorities.heading_empty")
	}
	var sure []string
	open := 0
	for _, r := range b.statusRows(a, s) {
		switch {
		case r.item.Undecided:
			open++
		case r.item.Quadrant == measure.Concentrate:
			sure = append(sure, b.say("priorities.quoted", "item", r.label))
		}
	}
	switch {
	case len(sure) == 0 && open > 0:
		return b.say("priorities.heading_open", "n", open)
	case len(sure) == 0:
		return b.say("priorities.heading_none")
	case len(sure) > 3:
		return b.say("priorities.heading_many", "n", len(sure), "items", b.join(sure[:3]))
	}
	return b.say("priorities.heading", "items", b.join(sure))
}

func (b *builder) statusSections(a survey.Analysis, s *measure.Status) []Section {
	first := Section{ID: slug(a.ID), Title: b.say("priorities.matrix"), Blocks: []Block{{Figure: b.statusMatrix(a, s)}}}
	if lists := b.quadrantLists(a, s); len(lists) > 0 {
		first.Blocks = append(first.Blocks, Block{Lists: lists})
	}
	first.Blocks = append(first.Blocks, b.statusNotes(a, s)...)
	out := []Section{first, {ID: slug(a.ID, "order"), Title: b.say("priorities.order"), Blocks: []Block{{Figure: b.statusOrder(a, s)}, {Table: b.statusTable(a, s)}, {Note: b.statusOrderNote()}}}}
	add := func(id, title string, blocks []Block) {
		if len(blocks) > 0 {
			out = append(out, Section{ID: slug(a.ID, id), Title: title, Blocks: blocks})
		}
	}
	two := b.say("priorities.two")
	if s.Alternative == nil {
		two = b.say("priorities.measures")
	}
	add("importance", two, b.statusImportance(a, s))
	add("relative", b.say("priorities.relative"), b.statusRelative(a, s))
	add("groups", b.say("priorities.groups"), b.statusGroups(a))
	add("waves", b.say("priorities.waves"), b.statusWaves(a))
	return out
}

// statusOrderNote says what the order goes by, and that the improvement list
// goes by something else where there is one.
func (b *builder) statusOrderNote() string {
	note := b.say("priorities.order_note")
	if w := b.weakList(); w != nil && len(w.Items) > 0 {
		note += b.say("heading.next") + b.say("priorities.order_other")
	}
	return note
}

// quadrantLists name the items of each quadrant, those that cannot be placed apart.
func (b *builder) quadrantLists(a survey.Analysis, s *measure.Status) []List {
	var out []List
	rows := b.statusRows(a, s)
	for _, q := range []string{measure.Concentrate, measure.KeepUp, measure.LowPriority, measure.Overkill, "undecided"} {
		list := List{Title: b.say("priorities." + q), Empty: b.say("priorities.nothing")}
		for _, r := range rows {
			if r.item.Quadrant != "" && (q == "undecided") == r.item.Undecided && (q == "undecided" || r.item.Quadrant == q) {
				list.Items = append(list.Items, r.label)
			}
		}
		out = append(out, list)
	}
	return out
}

// statusNotes say where importance and thresholds come from and what to beware of.
func (b *builder) statusNotes(a survey.Analysis, s *measure.Status) []Block {
	importance := b.say("priorities.how_stated")
	if s.Importance == "derived" {
		importance = b.say("priorities.how_derived", "outcome", b.itemLabel(s.Outcome))
	}
	mode := s.Mode
	if mode == "target" && a.ImportancePerformance.Needed != nil {
		mode = "target_both"
	}
	if mode == "midpoint" && s.Importance == "derived" {
		mode = "midpoint_derived"
	}
	out := []Block{{Text: importance + b.say("priorities.cut_"+mode)}}
	resampled := b.say("priorities.how_resampled", "resamples", count(s.Resamples), "seed", s.Seed)
	if s.Units < s.N {
		resampled += b.say("priorities.how_units", "units", count(s.Units))
	}
	out = append(out, Block{Text: resampled})
	for _, w := range s.Warnings {
		switch w {
		case measure.Base30:
			out = append(out, Block{Note: b.say("warning.base_under_30")})
		case measure.StatedCeiling:
			out = append(out, Block{Note: b.say("priorities.ceiling", "n", s.CeilingItems, "all", len(s.Items))})
		}
	}
	return append(out, Block{Note: b.say("priorities.names")}, Block{Note: b.say("priorities.factor")})
}

// statusTable is every item with its place, order and intervals.
func (b *builder) statusTable(a survey.Analysis, s *measure.Status) *Table {
	t := &Table{ID: slug(a.ID, "table"), Caption: b.say("priorities.table"), Head: []string{
		b.say("figure.item"), b.say("priorities.rank"), b.say("priorities.quadrant"), b.say("priorities.importance"), b.say("priorities.performance"),
		b.say("priorities.priority"), b.say("priorities.z"), b.say("figure.base"),
	}, Cards: true}
	for _, r := range b.statusRows(a, s) {
		i := r.item
		row := Row{Label: r.label}
		switch {
		case i.Suppressed:
			row.Cells = append(row.Cells, Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"})
		case i.Quadrant == "":
			row.Cells = append(row.Cells, Cell{Text: "–", Tone: "quiet"})
		default:
			ranks := ""
			if !math.IsNaN(float64(i.RankCI95[0])) {
				ranks = whole.String(float64(i.RankCI95[0])) + "–" + whole.String(float64(i.RankCI95[1]))
			}
			rank := Cell{Text: "–", Tone: "quiet"}
			if i.Rank > 0 {
				rank = Cell{Text: count(i.Rank), Mark: ranks}
			}
			row.Cells = []Cell{
				rank, b.quadrantCell(i),
				{Text: mean2.String(float64(i.Importance)), Mark: between(mean2, i.ImportanceCI95)},
				{Text: mean2.String(float64(i.Performance)), Mark: between(mean2, i.PerformanceCI95)},
				{Text: change2.String(float64(i.Priority)), Mark: between(change2, i.CI95)},
				{Text: change2.String(float64(i.PriorityZ)), Tone: "quiet"},
				{Text: count(i.N), Tone: "quiet"},
			}
		}
		for len(row.Cells) < len(t.Head)-1 {
			row.Cells = append(row.Cells, Cell{})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// quadrantCell names the quadrant of an item, quietly where it is not sure.
func (b *builder) quadrantCell(i *measure.StatusItem) Cell {
	c := Cell{Text: b.say("priorities." + i.Quadrant)}
	if i.Undecided {
		c.Tone, c.Mark = "quiet", b.say("priorities.undecided_mark")
		return c
	}
	switch i.Quadrant {
	case measure.Concentrate:
		c.Tone = "bad"
	case measure.KeepUp:
		c.Tone = "good"
	}
	return c
}
