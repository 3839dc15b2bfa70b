package report

import (
	"cmp"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// drawnClasses are the classes of the stacked bars from left to right, each with
// its place between what is wished away and what delights.
var drawnClasses = []drawnClass{
	{measure.MustBe, .34},
	{measure.OneDimensional, .67},
	{measure.Attractive, 1},
	{measure.Indifferent, 0},
	{measure.Reverse, -.67},
	{measure.Questionable, -1},
}

type drawnClass struct {
	class string
	tone  float64
}

// classes is step 4: the answers by class, the class of each feature, what is
// mixed and whether segments explain it.
func (v kanoView) classes() []Block {
	blocks := []Block{{Figure: v.classBars()}, {Table: v.classTable()}}
	var mixed []string
	for _, i := range v.shown() {
		if !v.result.Features[i].Stands() {
			mixed = append(mixed, v.say("priorities.quoted", "item", v.feature(i)))
		}
	}
	if len(mixed) > 0 {
		blocks = append(blocks, Block{Text: v.say("kano.unsure", "n", len(mixed), "features", v.join(mixed))})
	}
	return append(blocks, v.bySegment()...)
}

// byClass lists the features by their class, the firmest of each first; those
// without answers come last.
func (v kanoView) byClass() []int {
	order := make([]int, len(v.result.Features))
	for i := range order {
		order[i] = i
	}
	place := func(i int) int {
		c := string(v.result.Features[i].Category)
		if k := slices.IndexFunc(drawnClasses, func(d drawnClass) bool { return d.class == c }); k >= 0 {
			return k
		}
		return len(drawnClasses)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		f, g := v.result.Features[a], v.result.Features[b]
		return cmp.Or(place(a)-place(b), cmp.Compare(g.CategoryStrength, f.CategoryStrength))
	})
	return order
}

// classBars is the share of every class by feature.
func (v kanoView) classBars() *chart.Figure {
	f := &chart.Figure{
		ID: slug(v.analysis.ID, "classes"), Kind: chart.Stacked, Lang: v.lang, Words: v.kanoWords(), Axis: plainAxis(), Kinds: true,
		Note: v.say("kano.classes_note", "weighted", v.weightedNote()),
	}
	for _, c := range drawnClasses {
		f.Columns = append(f.Columns, chart.Column{ID: c.class, Label: v.kanoClass(c.class), Role: chart.Level, Format: percent0, Tone: c.tone})
	}
	f.Columns = append(f.Columns, chart.Column{ID: "total_strength", Label: v.say("kano.total_strength"), Role: chart.Total, Format: percent0}, chart.Column{ID: "n", Label: v.say("figure.base"), Role: chart.Base, Format: whole})
	clear := 0
	for _, i := range v.byClass() {
		r := v.result.Features[i]
		row, ok := v.row(i, len(f.Columns))
		if ok {
			for k, c := range drawnClasses {
				row.Cells[k] = float64(r.Shares[c.class])
			}
			row.Cells[len(drawnClasses)], row.Cells[len(drawnClasses)+1] = float64(r.TotalStrength), float64(r.N)
			if r.Stands() {
				clear++
			}
		}
		f.Rows = append(f.Rows, row)
	}
	f.Title = v.say("kano.classes_title", "n", clear, "all", len(v.shown()))
	return f
}

// classTable is the class of every feature with what it rests on.
func (v kanoView) classTable() *Table {
	t := &Table{
		ID: slug(v.analysis.ID, "class-table"), Caption: v.say("kano.class_table"), Note: v.say("kano.class_table_note"),
		Head: []string{v.say("kano.feature"), v.say("kano.class_head"), v.say("kano.block_rule"), v.say("kano.category_strength"), v.say("kano.total_strength"), v.say("kano.fong"), v.say("kano.verdict")},
	}
	for _, i := range v.byClass() {
		f, row := v.result.Features[i], Row{Label: v.feature(i)}
		if f.Hidden() || f.N == 0 {
			t.Rows = append(t.Rows, Row{Label: row.Label, Cells: []Cell{{Text: v.kanoWhy(f), Tone: "quiet"}, {}, {}, {}, {}, {}}})
			continue
		}
		row.Cells = []Cell{
			{Text: v.kanoClass(string(f.Category))},
			{Text: "–"},
			{Text: percent0.String(float64(f.CategoryStrength))},
			{Text: percent0.String(float64(f.TotalStrength))},
			{Text: count(f.Fong.A - f.Fong.B), Mark: v.say("kano.fong_cell", "threshold", score1.String(float64(f.Fong.Threshold)))},
			{Text: v.say("kano.clear")},
		}
		if f.CategoryBlock != "" {
			row.Cells[1].Text = v.kanoClass(string(f.CategoryBlock))
		}
		if f.CategoryBlock != f.Category {
			row.Cells[1].Tone = "moved"
		}
		if warned(f.Warnings, measure.KanoWeak) {
			row.Cells[3].Tone = "quiet"
		}
		if !f.Stands() {
			row.Cells[5] = Cell{Text: v.doubt(f), Tone: "quiet"}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// doubt says why a class is not clear.
func (v kanoView) doubt(f *measure.KanoFeature) string {
	switch {
	case f.Mixed:
		return v.say("kano.mixed")
	case f.Fong.Significant:
		return v.say("kano.rules")
	}
	return v.say("kano.unclear")
}

// warned reports whether a list of warnings or names has one.
func warned(list []string, one string) bool { return slices.Contains(list, one) }

// bySegment is the class of every feature in every group of every segment, and
// the features that groups see clearly in different ways.
func (v kanoView) bySegment() []Block {
	var out []Block
	for _, id := range v.survey.Segments {
		item, ok := v.survey.Item(id)
		if !ok {
			continue
		}
		blocks := v.latest().block.BySegment[id]
		var groups []kanoGroup
		for _, code := range groupCodes(item, blocks) {
			if k := v.kanoOf(blocks[code], v.analysis.ID); k != nil {
				groups = append(groups, kanoGroup{v.groupLabel(item, code), k})
			}
		}
		if len(groups) > 0 {
			out = append(out, v.segment(item, groups)...)
		}
	}
	return out
}

// kanoGroup is one group of a segment.
type kanoGroup struct {
	label  string
	result *measure.Kano
}

// segment is the classes by group, and what they say.
func (v kanoView) segment(item survey.Item, groups []kanoGroup) []Block {
	t := &Table{
		ID: slug(v.analysis.ID, "by", item.ID), Caption: v.say("kano.by_segment", "segment", v.label(item)), Note: v.say("kano.by_segment_note"),
		Head: []string{v.say("kano.feature"), v.say("figure.all")},
	}
	for _, g := range groups {
		t.Head = append(t.Head, g.label)
	}
	out := []Block{{Table: t}}
	for _, i := range v.byClass() {
		row := Row{Label: v.feature(i), Cells: []Cell{v.classCell(v.result.Features[i])}}
		for _, g := range groups {
			row.Cells = append(row.Cells, v.classCell(g.result.Features[i]))
		}
		t.Rows = append(t.Rows, row)
		if s := v.split(i, groups); s != "" {
			out = append(out, Block{Text: s})
		}
	}
	if len(out) == 1 {
		key := "kano.no_split"
		if len(groups) < 2 {
			key = "kano.no_split_one"
		}
		out = append(out, Block{Text: v.say(key, "segment", v.label(item))})
	}
	return out
}

// split says that groups see a feature clearly in different ways; where the
// whole is unclear, that this is why. It is "" where they do not.
func (v kanoView) split(feature int, groups []kanoGroup) string {
	seen := map[string][]string{}
	var order []string
	for _, g := range groups {
		f := g.result.Features[feature]
		if !f.Stands() {
			continue
		}
		c := string(f.Category)
		if seen[c] == nil {
			order = append(order, c)
		}
		seen[c] = append(seen[c], g.label)
	}
	if len(order) < 2 {
		return ""
	}
	var parts []string
	for _, c := range order {
		parts = append(parts, v.say("kano.seen_as", "class", v.kanoClass(c), "groups", v.join(seen[c])))
	}
	key := "kano.split"
	if all := v.result.Features[feature]; !all.Suppressed && !all.Stands() {
		key = "kano.split_mixed"
	}
	return v.say(key, "feature", v.feature(feature), "groups", strings.Join(parts, v.say("kano.split_comma")))
}

// classCell is the class of a feature; quiet where it is not clear.
func (v kanoView) classCell(f *measure.KanoFeature) Cell {
	switch {
	case f.Suppressed:
		return Cell{Text: v.say("table.hidden", "min", v.results.MinCell), Tone: "quiet"}
	case f.Category == "":
		return Cell{Text: "–", Tone: "quiet"}
	case !f.Stands():
		return Cell{Text: v.kanoClass(string(f.Category)), Mark: v.say("kano.unclear"), Tone: "quiet"}
	}
	return Cell{Text: v.kanoClass(string(f.Category))}
}
