package report

import (
	"math"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
)

// causePart: what the author takes for causes, beside what goes with the item.
func (l *loopPages) causePart(r *service.LoopReport, k int) []Block {
	var out []Block
	if f := l.fishbone(r, k); f != nil {
		out = append(out, Block{Figure: f})
	} else if len(r.Causes) > 0 {
		list := List{Title: l.say("loop.fishbone", "figure", l.metricLabel(r.Of))}
		for _, c := range r.Causes {
			list.Items = append(list.Items, l.causeName(c))
		}
		out = append(out, Block{Lists: []List{list}})
	}
	if len(r.Why) > 0 {
		list := List{Title: l.say("loop.whys", "figure", l.metricLabel(r.Of)), Ordered: true}
		for _, why := range r.Why {
			list.Items = append(list.Items, isolated(l.text(why)))
		}
		out = append(out, Block{Lists: []List{list}})
	}
	if t := l.evidenceTable(r, k); t != nil {
		out = append(out, Block{Table: t})
	}
	if len(out) == 0 {
		out = append(out, Block{Text: l.say("loop.no_causes")})
	} else {
		out = append(out, Block{Note: l.say("loop.causes_note")})
	}
	if t := l.linkTable(r, k); t != nil {
		out = append(out, Block{Table: t}, Block{Note: l.say("loop.links_note")})
	}
	return out
}

// causeName is what a cause is called.
func (l *loopPages) causeName(c *service.LoopCause) string {
	if s := l.authorCode("cause", c.ID); s != "" {
		return isolated(s)
	}
	return isolated(l.text(c.Label))
}

// fewestBones is how many causes a fishbone needs to be more than a list.
const fewestBones = 3

// fishbone is the tree of causes, nil where a list says as much.
func (l *loopPages) fishbone(r *service.LoopReport, k int) *chart.Figure {
	if len(r.Causes) < fewestBones {
		return nil
	}
	f := &chart.Figure{
		ID: slug(l.fourNames[k], "causes"), Kind: chart.Fishbone, Lang: l.lang, Title: l.say("loop.fishbone", "figure", l.metricLabel(r.Of)), Note: l.say("loop.fishbone_note"),
		Columns: []chart.Column{{ID: "value", Label: l.unitWord(r.Of, r.Now), Role: chart.Value, Format: score1}}, Words: l.chartWords(l.say("loop.cause")), Axis: chart.Axis{Reference: math.NaN()},
	}
	format, _, _ := loopFormat(r.Of, r.Now)
	f.Columns[0].Format = format
	f.Rows = append(f.Rows, chart.Row{Node: "!", Label: l.metricLabel(r.Of), Cells: []float64{float64(r.Now.Value)}, Strong: true})
	for _, c := range r.Causes {
		row := chart.Row{Node: "c." + c.ID, From: "!", Label: l.causeName(c), Cells: []float64{math.NaN()}}
		if c.Under != "" {
			row.From = "c." + c.Under
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}

// evidenceTable is what shows each cause, nil where nothing is written.
func (l *loopPages) evidenceTable(r *service.LoopReport, k int) *Table {
	t := &Table{ID: slug(l.fourNames[k], "evidence"), Caption: l.say("loop.evidence_table"), Head: []string{l.say("loop.cause"), l.say("loop.evidence")}}
	for _, c := range r.Causes {
		if text := l.text(c.Evidence); text != "" {
			t.Rows = append(t.Rows, Row{Label: l.causeName(c), Cells: []Cell{{Text: isolated(text), Tone: "text"}}})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// linkTable is how the item goes with an outcome.
func (l *loopPages) linkTable(r *service.LoopReport, k int) *Table {
	t := &Table{ID: slug(l.fourNames[k], "links"), Caption: l.say("loop.links_table", "figure", l.metricLabel(r.Of)), Head: []string{l.say("loop.link"), l.say("loop.outcome"), l.say("loop.statistic"), l.say("figure.base")}}
	for _, x := range r.Goes {
		format := mean2
		if x.Measure == "share" {
			format = percent
		}
		cell := Cell{Text: format.String(float64(x.Value))}
		if !math.IsNaN(float64(x.CI95[0])) && !math.IsNaN(float64(x.CI95[1])) {
			cell.Mark = between(format, measure.Interval{x.CI95[0], x.CI95[1]})
		}
		outcome := "–"
		if x.Outcome != "" {
			outcome = l.itemName(x.Outcome)
		}
		t.Rows = append(t.Rows, Row{Label: l.say("loop.links." + x.Measure), Cells: []Cell{{Text: outcome, Tone: "text"}, cell, {Text: count(x.N), Tone: "quiet"}}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// counterPart: what is done, by whom, until when, and what became of it.
func (l *loopPages) counterPart(r *service.LoopReport, k int) []Block {
	out := l.said(r.Analysis)
	var actions []*service.LoopAction
	for _, id := range r.Actions {
		actions = append(actions, l.action(id))
	}
	if len(actions) == 0 {
		return append(out, Block{Text: l.say("loop.no_counter")})
	}
	return append(out, Block{Table: l.counterTable(slug("counter", l.fourNames[k]), actions)}, Block{Note: l.say("loop.effects_note")})
}

// counterTable is countermeasures with owner, due, state and effect.
// effectOnScale is the effect of an action with the figure it is of where that is
// a mean on the scale of the answers: scores of 0–100 may stand beside it.
func (l *loopPages) effectOnScale(a *service.LoopAction) Cell {
	cell := l.effectCell(a.Of, a.Effect)
	if figure := l.onScale(a.Of); a.Effect.Verdict != "" && figure != l.metricLabel(a.Of) {
		cell.Mark = l.say("loop.marked", "interval", cell.Mark, "verdict", figure)
	}
	return cell
}

func (l *loopPages) counterTable(id string, actions []*service.LoopAction) *Table {
	t := &Table{
		ID: id, Caption: l.say("loop.counter_table"),
		Head: []string{l.say("loop.countermeasure"), l.say("loop.against"), l.say("loop.owner"), l.say("loop.due"), l.say("loop.state"), l.say("loop.effect")},
	}
	for _, a := range actions {
		cause := Cell{Text: "–", Tone: "quiet"}
		if len(a.Cause) > 0 {
			cause = Cell{Tone: "text"}
			for _, c := range a.Cause {
				cause.Lines = append(cause.Lines, l.codeName("cause", c))
			}
		}
		t.Rows = append(t.Rows, Row{Label: l.doing(a), Cells: []Cell{cause, l.ownerCell(a), {Text: unbroken(dash(a.Due))}, l.stateCell(a), l.effectOnScale(a)}})
	}
	return t
}
