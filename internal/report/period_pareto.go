package report

import (
	"slices"

	"manyi/internal/chart"
	"manyi/internal/service"
)

// periodPareto is the content of the complaints, with the period before beside it in the table.
func (b *builder) periodPareto(p *service.Period, s *service.Stratum) *chart.Figure {
	f := &chart.Figure{
		ID: slug(periodFile(p), s.Column, "pareto"), Kind: chart.Pareto, Lang: b.lang, Axis: chart.Axis{Reference: b.vitalShare()}, Words: b.chartWords(b.say("complaint_period.by." + s.Column)),
		Columns: []chart.Column{
			{ID: "n", Label: b.say("complaint_period.complaints"), Role: chart.Value, Format: whole},
			{ID: "cumulative", Label: b.say("complaint_period.cumulative"), Role: chart.Cumulative, Format: percent},
		},
	}
	if p.Change != nil {
		f.Columns = append(f.Columns, chart.Column{ID: "before", Label: b.periodName(p.Change.Before), Format: whole})
	}
	base, missing, few, need, other, rest := 0, 0, 0, 0, -1, false
	var vital []int // rows of the vital few and what is as large as the last of them
	for _, r := range s.Rows {
		if r.Code == "" {
			missing, f.Note = r.N, b.say("complaint_period.pareto_unrecorded", "n", r.N, "count", count(r.N))
			continue
		}
		base += r.N
		row := chart.Row{Label: b.flowLabel(s.Column, r.Code), Cells: []float64{float64(r.N), float64(r.Cumulative)}}
		if p.Change != nil {
			row.Cells = append(row.Cells, float64(*r.Before))
		}
		if i := len(f.Rows); r.N > 0 && r.Code != periodRestCode && (i == 0 || f.Rows[i-1].Cells[1] < b.vitalShare()-complaintsRound || len(vital) == i && f.Rows[i-1].Cells[0] == float64(r.N)) {
			if vital = append(vital, i); i == 0 || f.Rows[i-1].Cells[1] < b.vitalShare()-complaintsRound {
				need++
			}
		} else if r.Code == otherCode {
			other = i
		}
		if r.N > 0 || p.Change != nil {
			f.Rows, rest = append(f.Rows, row), r.Code == periodRestCode
		}
		few += min(r.N, 1)
	}
	f.Note = b.say("complaint_period.pareto_note", "n", base, "count", count(base)) + f.Note
	f.Title = b.periodParetoTitle(f.Rows, len(vital), need, few, base, b.paretoKnown(base, missing))
	even := base < periodBase || 2*len(vital) > few // all alike
	for i := range f.Rows {
		f.Rows[i].Strong = even || slices.Contains(vital, i)
	}
	paretoLast(f.Rows, other, rest)
	return f
}

const (
	periodBase     = 30  // complaints below which no share of theirs is a title
	periodRestCode = "…" // what is taken together
)

// vitalShare is the share that the vital few make up.
func (b *builder) vitalShare() float64 {
	if v := b.survey.Service.Complaints.VitalFew; v != nil {
		return *v
	}
	return .8
}

// periodParetoTitle names the vital few as the page of causes does; of few
// complaints only what came most often.
func (b *builder) periodParetoTitle(rows []chart.Row, vital, need, groups, base int, known string) string {
	if base == 0 {
		return b.say("complaint_period.pareto_level", "n", 0, "count", count(0))
	}
	first, share := rows[0].Label, percent0.String(rows[max(vital, 1)-1].Cells[1])
	even := 2*vital > groups
	if even {
		vital = need
	}
	pairs := []any{"n", vital, "vital", vital, "of", groups, "share", share, "limit", percent0.String(b.vitalShare()), "first", first, "top", percent0.String(rows[0].Cells[1]), "known", known}
	switch {
	case base >= periodBase && even:
		return b.say("complaints.pareto_title_even", pairs...)
	case base >= periodBase:
		return b.say("complaints.pareto_title", pairs...)
	}
	var leads []string
	for _, r := range rows {
		if r.Cells[0] == rows[0].Cells[0] {
			leads = append(leads, r.Label)
		}
	}
	if len(leads) > 2 || base == 1 {
		return b.say("complaint_period.pareto_level", "n", base, "count", count(base))
	}
	return b.say("complaint_period.pareto_few", "n", len(leads), "names", b.join(leads), "top", whole.String(rows[0].Cells[0]), "count", count(base))
}
