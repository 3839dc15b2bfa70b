package report

import (
	"math"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// weakID is the section of the improvement list on the page of priorities.
const weakID = "weak-items"

// shownFirst is how many items the overview names.
const shownFirst = 3

// weakList is the improvement list of the latest wave, nil where there is nothing on it.
func (b *builder) weakList() *measure.WeakItems {
	w, _ := b.latest().block.Analyses["weak_items"].(*measure.WeakItems)
	if w == nil || len(w.Items)+len(w.Open) == 0 {
		return nil
	}
	return w
}

// weakSections are the ranked list with its reasons, and what is not sure yet.
func (b *builder) weakSections() []Section {
	w := b.weakList()
	if w == nil {
		return nil
	}
	first := Section{ID: weakID, Title: b.say("weak.title"), Blocks: []Block{{Text: b.say("weak.none")}}}
	if len(w.Items) > 0 {
		first.Blocks = []Block{{Text: b.say("weak.text")}, {Table: b.weakTable(w.Items, true)}, {Note: b.say("weak.rule")}}
	}
	if w.N < 30 {
		first.Blocks = append(first.Blocks, Block{Note: b.say("warning.base_under_30_all", "n", w.N)})
	}
	out := []Section{first}
	if len(w.Open) > 0 {
		out = append(out, Section{ID: weakID + "-open", Title: b.say("weak.open"), Blocks: []Block{{Text: b.say("weak.open_text")}, {Table: b.weakTable(w.Open, false)}}})
	}
	return out
}

// weakTable is items with their evidence in words: ranked by reasons, or those
// with undecided evidence alone.
func (b *builder) weakTable(items []*measure.WeakItem, ranked bool) *Table {
	t := &Table{ID: "weak-open-table", Caption: b.say("weak.open_table", "n", len(items)), Head: []string{b.say("figure.item")}}
	if ranked {
		t.ID, t.Caption = "weak-table", b.say("weak.table", "n", len(items))
		t.Head = append(t.Head, b.say("weak.rank"))
	}
	t.Head = append(t.Head, b.say("weak.reasons"), b.say("weak.score"))
	owned := false
	for _, i := range items {
		owned = owned || i.Owner != ""
	}
	if owned {
		t.Head = append(t.Head, b.say("weak.owner"))
	}
	for _, i := range items {
		t.Rows = append(t.Rows, b.weakRow(i, ranked, owned))
	}
	return t
}

func (b *builder) weakRow(i *measure.WeakItem, ranked, owned bool) Row {
	row := Row{Label: b.weakLabel(i)}
	evidence := i.Undecided
	if ranked {
		row.Cells, evidence = append(row.Cells, Cell{Text: count(i.Rank)}), i.Reasons
	}
	reasons := Cell{Tone: "text"}
	for _, r := range evidence {
		reasons.Lines = append(reasons.Lines, b.weakReason(r))
	}
	score := Cell{Text: "–", Tone: "quiet"}
	if !math.IsNaN(float64(i.Score)) {
		score = Cell{Text: score1.String(float64(i.Score)), Mark: between(score1, i.CI95)}
	}
	row.Cells = append(row.Cells, reasons, score)
	if owned {
		row.Cells = append(row.Cells, Cell{Text: b.worded("owner", i.Owner, i.Owner), Tone: "text"})
	}
	return row
}

// weakReason says a piece of evidence in words.
func (b *builder) weakReason(r *measure.WeakReason) string {
	f := score1
	switch r.Why {
	case measure.InConcentrate:
		f = mean2
	case measure.WideGap:
		f = change2
	}
	value := b.say("weak.value", "value", f.String(float64(r.Value)), "interval", between(f, r.CI95), "line", f.String(float64(r.Line)))
	return b.say("weak.why."+r.Why, "value", value, "outcome", b.itemName(b.outcomeOf(r.Analysis)))
}

// outcomeOf is what an analysis explains, "" where it explains nothing.
func (b *builder) outcomeOf(id string) string {
	a, _ := b.analysis(id)
	switch {
	case a.Drivers != nil:
		return a.Drivers.Outcome
	case a.PenaltyReward != nil:
		return a.PenaltyReward.Outcome
	}
	return ""
}

func (b *builder) analysis(id string) (survey.Analysis, bool) {
	for _, a := range b.survey.Analyses {
		if a.ID == id {
			return a, true
		}
	}
	return survey.Analysis{}, false
}

// weakLabel is what a matrix, an index or else the question calls the item.
func (b *builder) weakLabel(i *measure.WeakItem) string {
	if i.Facet != "" {
		if a, ok := b.analysis(i.Facet); ok && a.CSI != nil {
			return b.say("weak.facet", "facet", b.facetNamed(a.CSI.Facets, i.ID))
		}
	}
	for _, a := range b.survey.Analyses {
		if a.ImportancePerformance == nil {
			continue
		}
		for _, item := range a.ImportancePerformance.Items {
			if own := b.text(item.Label); item.Performance == i.ID && own != "" {
				return isolated(own)
			}
		}
	}
	return b.itemName(i.ID)
}

// facetNamed is the label of a facet of the tree, else its id.
func (b *builder) facetNamed(facets []survey.Facet, id string) string {
	for _, f := range facets {
		if f.ID == id && b.text(f.Label) != "" {
			return isolated(b.text(f.Label))
		}
		if name := b.facetNamed(f.Facets, id); name != id {
			return name
		}
	}
	return id
}

// weakFirst is what to work on first, for the overview; false where nothing is sure.
func (b *builder) weakFirst() (List, bool) {
	w := b.weakList()
	if w == nil || len(w.Items) == 0 {
		return List{}, false
	}
	named, left := weakNamed(w)
	if len(named) == 0 {
		return List{}, false
	}
	list := List{Title: b.say("weak.first"), Ordered: true, More: Link{b.say("weak.more", "n", len(w.Items)), "priorities.html#" + weakID}}
	if left > 0 {
		list.Note = b.say("weak.left", "n", left)
	}
	for _, i := range named {
		var methods []string
		for _, m := range i.Methods() {
			methods = append(methods, b.say("weak.method."+m))
		}
		list.Items = append(list.Items, b.say("weak.first_item", "item", b.weakLabel(i), "methods", b.join(methods)))
	}
	return list, true
}

// weakNamed are those of the first items of the list that may be named without
// their reasons, and how many are not: one method alone speaks for them, and a
// matrix does not bear it out.
func weakNamed(w *measure.WeakItems) (named []*measure.WeakItem, left int) {
	for _, i := range w.Items[:min(shownFirst, len(w.Items))] {
		if i.Borne() {
			named = append(named, i)
		} else {
			left++
		}
	}
	return named, left
}

// weakHeading leads the page of priorities where there is a list.
func (b *builder) weakHeading() string {
	w := b.weakList()
	if len(w.Items) == 0 {
		return b.say("weak.heading_none")
	}
	named, left := weakNamed(w)
	if len(named) == 0 {
		return b.say("weak.heading_left", "n", len(w.Items))
	}
	var names []string
	for _, i := range named {
		names = append(names, b.say("priorities.quoted", "item", b.weakLabel(i)))
	}
	text := b.say("weak.heading", "items", b.join(names))
	if left > 0 {
		text += b.say("heading.next") + b.say("weak.left", "n", left)
	}
	return text
}
