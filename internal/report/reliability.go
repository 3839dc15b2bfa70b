package report

import (
	"math"
	"strings"

	"manyi/internal/measure"
)

// reliabilities is how far the items of each battery, and of each declared list,
// measure one thing.
func (b *builder) reliabilities() []Section {
	type list struct {
		id, name string
		result   measure.Analysis
	}
	var lists []list
	if all, ok := b.latest().block.Analyses["batteries"].(*measure.Batteries); ok {
		for _, one := range all.Batteries {
			lists = append(lists, list{one.ID, b.columnLabel(one.ID), one.Result})
		}
	}
	for _, a := range b.survey.Analyses {
		if r := b.latest().block.Analyses[a.ID]; a.Method == "reliability" && r != nil {
			lists = append(lists, list{a.ID, b.shownName(a), r})
		}
	}
	if len(lists) == 0 {
		return nil
	}
	blocks := []Block{{Text: b.say("battery.text")}}
	summary := &Table{ID: "reliability-table", Caption: b.say("battery.summary"), Head: []string{b.say("battery.items"), b.say("battery.alpha"), b.say("battery.split"), "KMO", b.say("battery.bartlett"), b.say("figure.base")}}
	blocks = append(blocks, Block{Table: summary})
	for _, l := range lists {
		r, ok := l.result.(*measure.Reliability)
		if !ok {
			summary.Rows = append(summary.Rows, Row{Label: l.name, Cells: []Cell{{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}, {}, {}, {}, {}}})
			continue
		}
		summary.Rows = append(summary.Rows, b.reliabilityRow(l.name, r))
		for _, note := range b.reliabilityNotes(l.name, r) {
			blocks = append(blocks, Block{Note: note})
		}
		if len(r.Items) > 2 && !math.IsNaN(float64(r.Alpha)) {
			blocks = append(blocks, Block{Table: b.itemReliability(l.id, l.name, r)})
		}
	}
	return []Section{{ID: "reliability", Title: b.say("battery.title"), Blocks: blocks}}
}

func (b *builder) reliabilityRow(name string, r *measure.Reliability) Row {
	alpha := Cell{Text: known2(r.Alpha), Mark: between(mean2, r.CI95)}
	if math.IsNaN(float64(r.Alpha)) {
		alpha.Mark = ""
	}
	bartlett := Cell{Text: "–", Tone: "quiet"}
	if !math.IsNaN(float64(r.Bartlett.P)) {
		bartlett = Cell{Text: "p " + p(r.Bartlett.P)}
	}
	return Row{Label: name, Cells: []Cell{alpha, {Text: known2(r.SplitHalf)}, {Text: known2(r.KMO)}, bartlett, {Text: count(r.N), Mark: b.incomplete(r), Tone: "quiet"}}}
}

// incomplete says how many responses answered only some of the items.
func (b *builder) incomplete(r *measure.Reliability) string {
	if r.Incomplete == 0 {
		return ""
	}
	return b.say("battery.incomplete", "n", r.Incomplete, "count", count(r.Incomplete))
}

// known2 writes a figure with two decimals, "–" where it is undefined.
func known2(x measure.Number) string {
	if math.IsNaN(float64(x)) {
		return "–"
	}
	return mean2.String(float64(x))
}

// reliabilityNotes words what is doubtful of a list of items.
func (b *builder) reliabilityNotes(name string, r *measure.Reliability) []string {
	var out, low, same []string
	for _, w := range r.Warnings {
		code, id, of := strings.Cut(w, ":")
		switch {
		case of && code == measure.LowItem:
			low = append(low, b.itemName(id))
		case of && code == measure.SameAnswers:
			same = append(same, b.itemName(id))
		case code == measure.NegativeAlpha || code == measure.TwoItems || code == measure.NoInverse || code == measure.NoAnswers:
			out = append(out, b.say("battery."+code, "name", name))
		}
	}
	if len(low) > 0 && r.Alpha >= 0 {
		out = append(out, b.say("battery.low_item", "name", name, "items", b.join(low)))
	}
	if len(same) > 0 {
		out = append(out, b.say("battery.same_answers", "name", name, "items", b.join(same)))
	}
	return out
}

func (b *builder) itemReliability(id, name string, r *measure.Reliability) *Table {
	t := &Table{
		ID: slug(id, "reliability"), Caption: b.say("battery.by_item", "name", name),
		Head: []string{b.say("figure.item"), b.say("battery.item_rest"), b.say("battery.item_total"), b.say("battery.dropped"), b.say("battery.kmo_item")},
	}
	for _, item := range r.Items {
		dropped := Cell{Text: known2(item.AlphaIfDropped)}
		if item.AlphaIfDropped > r.CI95[1] {
			dropped.Tone = "moved"
		}
		t.Rows = append(t.Rows, Row{Label: b.itemName(item.ID), Cells: []Cell{{Text: known2(item.ItemRest)}, {Text: known2(item.ItemTotal)}, dropped, {Text: known2(item.KMO)}}})
	}
	return t
}
