package report

import (
	"cmp"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// kano is the page of every Kano analysis, in the five steps of the method: the
// requirements, the questionnaire, the survey, the classes, the sensitivities.
// Nil without an analysis that the latest wave has answers for.
func (b *builder) kano() *Page {
	page := &Page{Name: "kano", Title: b.say("page.kano"), Kicker: b.kicker()}
	var found []kanoView
	for _, a := range b.survey.Analyses {
		if a.Method == "kano" && a.Built && a.Kano != nil {
			found = append(found, kanoView{builder: b, analysis: a, result: b.kanoOf(b.latest().block, a.ID)})
		}
	}
	if len(found) == 0 {
		return nil
	}
	var said []string
	for _, v := range found {
		said = append(said, v.heading())
		page.Sections = append(page.Sections, v.sections(len(found) > 1)...)
	}
	page.Heading = strings.Join(said, b.say("drivers.between"))
	return page
}

// kanoOf is the result of an analysis in a block, nil where there is none to show.
func (b *builder) kanoOf(block *measure.Block, id string) *measure.Kano {
	if block == nil || block.Suppressed {
		return nil
	}
	k, ok := block.Analyses[id].(*measure.Kano)
	if !ok || k.N == 0 {
		return nil
	}
	return k
}

// mostNamed is how many features a sentence lists.
const mostNamed = 8

// kanoView arranges one analysis.
type kanoView struct {
	*builder
	analysis survey.Analysis
	result   *measure.Kano // nil where nothing can be shown
}

// name is what the analysis is called, "" where it has no label.
func (v kanoView) name() string { return v.text(v.analysis.Label) }

// feature is the label of a feature.
func (v kanoView) feature(i int) string {
	f := v.analysis.Kano.Features[i]
	if s := v.text(f.Label); s != "" {
		return isolated(s)
	}
	return f.ID
}

// shown lists the features with answers that may be shown.
func (v kanoView) shown() []int {
	var out []int
	for i, f := range v.result.Features {
		if !f.Hidden() && f.N > 0 {
			out = append(out, i)
		}
	}
	return out
}

// kanoClass names a class of Kano's table.
func (b *builder) kanoClass(c string) string { return b.say("kano.class." + c) }

// headed are the classes a heading names, in the order of what to do about them.
var headed = []string{measure.MustBe, measure.OneDimensional, measure.Attractive, measure.Reverse}

// heading says which features clearly belong to which class.
func (v kanoView) heading() string {
	if v.result == nil {
		return v.say("kano.hidden", "min", v.results.MinCell)
	}
	var parts []string
	for _, c := range headed {
		var of []int
		for _, i := range v.shown() {
			if f := v.result.Features[i]; f.Stands() && string(f.Category) == c {
				of = append(of, i)
			}
		}
		slices.SortStableFunc(of, func(i, j int) int {
			return cmp.Compare(v.result.Features[j].CategoryStrength, v.result.Features[i].CategoryStrength)
		})
		if len(of) > 0 {
			parts = append(parts, v.say("kano.heading."+c, "features", v.firmest(of)))
		}
	}
	if len(parts) == 0 {
		return v.say("kano.heading.none")
	}
	return strings.TrimSpace(strings.Join(parts, ""))
}

// firmest names the features of one class that head it, the firmest first: a
// heading of three classes has room for two or three of each.
func (v kanoView) firmest(of []int) string {
	var names []string
	for _, i := range of {
		names = append(names, v.say("priorities.quoted", "item", v.feature(i)))
	}
	if len(names) <= 3 {
		return v.join(names)
	}
	return v.say("kano.and_more", "names", strings.Join(names[:2], v.say("list.comma")), "n", len(names)-2)
}

// fewNames lists at most four names, quoted: in a heading a name may be a whole sentence.
func (b *builder) fewNames(list []string) string {
	names := make([]string, len(list))
	for i, name := range list {
		names[i] = b.say("priorities.quoted", "item", name)
	}
	if len(names) <= 4 {
		return b.join(names)
	}
	return b.say("kano.and_more", "names", strings.Join(names[:3], b.say("list.comma")), "n", len(names)-3)
}

// sections are the five steps and what the figures rest on.
func (v kanoView) sections(several bool) []Section {
	if v.result == nil {
		return []Section{{ID: slug(v.analysis.ID, "kano"), Title: v.name(), Blocks: []Block{{Text: v.say("kano.hidden", "min", v.results.MinCell)}}}}
	}
	steps := []struct {
		id     string
		blocks []Block
	}{
		{"requirements", v.requirements()},
		{"questionnaire", v.questionnaire()},
		{"answers", v.answers()},
		{"classes", v.classes()},
		{"sensitivity", v.sensitivity()},
		{"how", v.how()},
	}
	var out []Section
	for _, s := range steps {
		title := v.say("kano.step." + s.id)
		if several && v.name() != "" {
			title = v.say("item.of", "battery", v.name(), "item", title)
		}
		out = append(out, Section{ID: slug(v.analysis.ID, s.id), Title: title, Short: v.say("kano.short." + s.id), Blocks: s.blocks})
	}
	return out
}

// requirements is step 1: the features, and how important they are said to be.
func (v kanoView) requirements() []Block {
	var names []string
	for i := range v.analysis.Kano.Features {
		names = append(names, v.feature(i))
	}
	key := "kano.requirements"
	if len(names) > mostNamed {
		key = "kano.requirements_many" // the figures and tables below name them all
	}
	blocks := []Block{{Text: v.say(key, "n", len(names), "features", v.join(names))}}
	f := &chart.Figure{
		ID: slug(v.analysis.ID, "importance"), Kind: chart.Dots, Lang: v.lang, Words: v.kanoWords(),
		Columns: v.valueColumns("importance", v.say("kano.importance"), mean2), Axis: plainAxis(),
		Note: v.say("kano.importance_note", "weighted", v.weightedNote()),
	}
	for i, r := range v.result.Features {
		if r.Hidden() || r.ImportanceN == 0 {
			continue
		}
		row := chart.Row{Label: v.feature(i), Cells: []float64{float64(r.Importance), float64(r.ImportanceCI95[0]), float64(r.ImportanceCI95[1]), float64(r.ImportanceN)}}
		if r.ImportanceN < 30 {
			row.State, row.Why = chart.TooFew, v.say("warning.base_under_30")
		}
		f.Rows = append(f.Rows, row)
	}
	if len(f.Rows) == 0 {
		return append(blocks, Block{Note: v.say("kano.no_importance")})
	}
	largestFirst(f.Rows, 0)
	f.Title = v.say("kano.importance_title", "first", f.Rows[0].Label, "last", f.Rows[len(f.Rows)-1].Label, "high", mean2.String(f.Rows[0].Cells[0]), "low", mean2.String(f.Rows[len(f.Rows)-1].Cells[0]))
	if near := overlapping(f.Rows, 0); near > 0 {
		f.Title = v.say("kano.importance_near", "n", near, "first", f.Rows[0].Label, "high", mean2.String(f.Rows[0].Cells[0]))
	}
	if len(f.Rows) == 1 {
		f.Title = v.say("kano.importance")
	}
	return append(blocks, Block{Figure: f})
}

// kanoWords are the words of figures with a feature a row.
func (b *builder) kanoWords() chart.Words {
	w := b.chartWords(b.say("kano.feature"))
	w.Undecided = b.say("kano.near_cut")
	return w
}

// largestFirst sorts rows by a column, the largest first; rows without numbers last.
func largestFirst(rows []chart.Row, column int) {
	slices.SortStableFunc(rows, func(a, b chart.Row) int {
		switch x, y := a.Cells[column], b.Cells[column]; {
		case x > y || y != y && x == x:
			return -1
		case x < y || x != x && y == y:
			return 1
		}
		return 0
	})
}
