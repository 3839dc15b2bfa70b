package report

import (
	"strings"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// indexSystem is how the system of indicators came to be: four steps, the four
// criteria and what the enterprise made of its industry's factors.
func (b *builder) indexSystem(a survey.Analysis) []Block {
	out := []Block{{Table: b.indexSteps(a)}, {Table: b.criteria(a)}}
	if a.CSI.Pack != nil {
		out = append(out, Block{Table: b.adoption(a)})
	}
	return out
}

// indexSteps are the four steps of building the system with their completion.
func (b *builder) indexSteps(a survey.Analysis) *Table {
	t := &Table{ID: b.figureID(a, "steps"), Caption: b.say("csi.steps_caption"), Note: b.say("csi.steps_note"), Head: []string{b.say("csi.step"), b.say("csi.state"), b.say("csi.detail")}}
	add := func(key string, done bool, detail string) {
		state := Cell{Text: b.say("csi.open"), Tone: "quiet"}
		if done {
			state = Cell{Text: b.say("csi.done"), Tone: "good"}
		}
		t.Rows = append(t.Rows, Row{Label: b.say(key), Cells: []Cell{state, {Text: detail, Tone: "text"}}})
	}
	target := b.say("csi.step1_none")
	c, _ := b.latest().block.Analyses[a.ID].(*measure.CSI)
	if c != nil && c.Target != nil {
		target = b.say("csi.step1_target", "name", b.analysisName(a, "csi.name"), "target", score1.String(float64(*c.Target)))
	}
	add("csi.step1", c != nil && c.Target != nil, target)
	n := b.latest().block.Base.Responses
	add("csi.step2", n > 0, b.say("csi.step2_data", "responses", count(n), "waves", count(len(b.waves)), "items", count(len(a.CSI.Leaves()))))
	if pack := a.CSI.Pack; pack != nil {
		facets, items := pack.Size()
		add("csi.step3", true, b.say("csi.step3_pack", "pack", b.text(pack.Title), "facets", count(facets), "items", count(items)))
	} else {
		add("csi.step3", false, b.say("csi.step3_none"))
	}
	have := a.CSI.Criteria()
	adopted, own := b.adopted(a)
	detail := b.say("csi.step4_own", "items", count(have.Items))
	if a.CSI.Pack != nil {
		detail = b.say("csi.step4_diff", "adopted", count(adopted), "own", count(own))
	}
	add("csi.step4", have.Importance == have.Items && have.Owner == have.Items && have.Competitor == have.Items, detail)
	return t
}

// adopted counts the items that measure a factor of the pack, and the others.
func (b *builder) adopted(a survey.Analysis) (adopted, own int) {
	for _, i := range a.CSI.Leaves() {
		if i.Factor != "" {
			adopted++
		} else {
			own++
		}
	}
	return adopted, own
}

// criteria judges the items by the four criteria of indicators.
func (b *builder) criteria(a survey.Analysis) *Table {
	t := &Table{ID: b.figureID(a, "criteria"), Caption: b.say("csi.criteria_caption"), Head: []string{b.say("csi.criterion"), b.say("csi.met_by"), b.say("csi.missing")}}
	all := a.CSI.Leaves()
	add := func(key string, meets func(survey.FacetItem) bool) {
		var lacking []string
		for _, i := range all {
			if !meets(i) {
				lacking = append(lacking, b.leafName(i))
			}
		}
		met := len(all) - len(lacking)
		cell := Cell{Text: b.say("csi.of", "met", count(met), "items", count(len(all))), Tone: "bad"}
		if len(lacking) == 0 {
			cell.Tone = "good"
		}
		names := strings.Join(lacking[:min(len(lacking), 5)], b.say("list.comma"))
		switch {
		case met == 0:
			names, cell.Tone = b.say("csi.all_items"), "quiet" // not begun
		case len(lacking) > 5:
			names = b.say("csi.and_more", "items", names, "n", len(lacking)-5)
		case len(lacking) == 0:
			names = "–"
		}
		t.Rows = append(t.Rows, Row{Label: b.say(key), Cells: []Cell{cell, {Text: names, Tone: "text"}}})
	}
	add("csi.criterion_importance", a.CSI.Important)
	add("csi.criterion_owner", func(i survey.FacetItem) bool { return i.Owner != "" })
	add("csi.criterion_measurable", func(survey.FacetItem) bool { return true })
	add("csi.criterion_competitor", func(i survey.FacetItem) bool { return i.Competitor != nil })
	return t
}

// adoption is what became of every factor of the industry, then what the enterprise added.
func (b *builder) adoption(a survey.Analysis) *Table {
	t := &Table{ID: b.figureID(a, "adoption"), Caption: b.say("csi.adoption_caption", "pack", b.text(a.CSI.Pack.Title)), Note: b.text(a.CSI.Pack.Note), Head: []string{b.say("csi.factor"), b.say("csi.measured_by")}}
	by := map[string][]string{}
	var added []survey.FacetItem
	for _, i := range a.CSI.Leaves() {
		if i.Factor == "" {
			added = append(added, i)
		} else {
			by[i.Factor] = append(by[i.Factor], b.leafName(i))
		}
	}
	for _, f := range a.CSI.Pack.Facets {
		t.Rows = append(t.Rows, Row{Label: b.text(f.Label)})
		for _, i := range f.Items {
			cell := Cell{Text: b.say("csi.not_adopted"), Tone: "text"}
			if names := by[i.ID]; len(names) > 0 {
				cell = Cell{Text: strings.Join(names, b.say("list.comma")), Tone: "text"}
			}
			t.Rows = append(t.Rows, Row{Label: b.text(i.Label), Cells: []Cell{cell}})
		}
	}
	if len(added) > 0 {
		t.Rows = append(t.Rows, Row{Label: b.say("csi.added")})
		for _, i := range added {
			t.Rows = append(t.Rows, Row{Label: b.leafName(i), Cells: []Cell{{Text: b.say("csi.own"), Tone: "text"}}})
		}
	}
	return t
}
