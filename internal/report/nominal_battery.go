package report

import (
	"slices"

	"manyi/internal/chart"
	"manyi/internal/survey"
)

// nominal reports whether the answers of a matrix are no grades, such as the
// five answers of a Kano pair: they have neither a mean nor a best end.
func nominal(q *survey.Question) bool { return !survey.Item{Type: q.Type, Scale: q.Scale}.Rated() }

// nominalBattery is the shares of the answers of such a matrix, row by row.
func (b *builder) nominalBattery(q *survey.Question) *chart.Figure {
	f := b.gapFigure(chart.Stacked, b.say("figure.item"), q.ID, "shares")
	note := "gaps.nominal_note"
	if len(b.waves) == 1 {
		note = "look.nominal_one"
	}
	f.Title, f.Note = b.text(q.Text), b.say(note, "weighted", b.weightedNote())
	codes := q.Scale.Codes()
	for k, code := range codes {
		f.Columns = append(f.Columns, chart.Column{ID: code, Label: b.optionLabel(q.Scale, code), Role: chart.Level, Format: percent0, Tone: 1 - 2*float64(k)/float64(max(len(codes)-1, 1))})
	}
	f.Columns = append(f.Columns, chart.Column{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole})
	for _, row := range q.Rows {
		item, ok := b.survey.Item(q.ID + "_" + row.ID)
		if !ok {
			continue
		}
		answers := b.questionOf(b.latest(), item.ID)
		r := chart.Row{Label: b.label(item), Cells: blank(len(f.Columns))}
		if r.State, r.Why = b.state(answers); r.State == chart.Normal || r.State == chart.TooFew {
			for k, code := range codes {
				if portion := answers.Shares[code]; portion != nil {
					r.Cells[k] = float64(portion.Share)
				}
			}
			r.Cells[len(codes)] = float64(answers.N)
		}
		f.Rows = append(f.Rows, r)
	}
	most := 0.0
	for _, r := range f.Rows {
		for k := range codes {
			if r.Cells[k] > most {
				most, f.Title = r.Cells[k], b.say("gaps.nominal_title", "item", r.Label, "answer", f.Columns[k].Label, "share", percent0.String(r.Cells[k]))
			}
		}
	}
	return f
}

// yardstick reports whether all rows of a matrix are yardsticks: what it says is on the page of its analysis.
func (b *builder) yardstick(q *survey.Question) bool {
	known := b.yardsticks()
	return !slices.ContainsFunc(q.Rows, func(r survey.Row) bool { return !known[q.ID+"_"+r.ID] })
}

// yardsticks are the columns that other columns are measured against: what is
// expected and what would do, and how important things are. To rank them
// beside what was met would say nothing.
func (b *builder) yardsticks() map[string]bool {
	out := map[string]bool{}
	for _, a := range b.survey.Analyses {
		if a.Gap != nil {
			for _, d := range a.Gap.Dimensions {
				for _, p := range d.Pairs {
					out[p.Expected], out[p.Adequate] = true, true
				}
			}
		}
		if a.ImportancePerformance != nil {
			for _, i := range a.ImportancePerformance.Items {
				out[i.Importance] = true
			}
		}
	}
	return out
}
