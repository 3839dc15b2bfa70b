package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/service"
)

// complaintHeat is month × group.
func (b *builder) complaintHeat(c *service.Complaints, s *service.ComplaintStratum) *chart.Figure {
	f := &chart.Figure{ID: "causes-" + s.Column + "-months", Kind: chart.Heat, Lang: b.lang, Words: b.chartWords(b.say("complaints.column." + s.Column)), Axis: chart.Axis{Reference: math.NaN()}}
	months := c.Months[max(0, len(c.Months)-complaintsHeatMonths):]
	for _, m := range months {
		f.Columns = append(f.Columns, chart.Column{ID: m.Month, Label: m.Month[2:], Role: chart.Part, Format: whole})
	}
	groups := s.Groups[:min(len(s.Groups), complaintsHeatGroups)]
	most := 0
	for i, g := range groups {
		row := chart.Row{Label: b.complaintsLabel(s.Column, g.Code)}
		for _, m := range months {
			n := 0
			if by := m.By[s.Column]; i < len(by) {
				n = by[i]
			}
			row.Cells = append(row.Cells, float64(n))
			most = max(most, n)
		}
		row.Marks = complaintMarks(row.Cells)
		f.Rows = append(f.Rows, row)
	}
	f.Axis.Min, f.Axis.Max = -100*float64(most+1), 100*float64(most+1) // a count alone is neither good nor bad
	f.Title = b.complaintHeatTitle(f)
	tinted := ""
	if slices.ContainsFunc(f.Rows, func(r chart.Row) bool {
		return slices.ContainsFunc(r.Marks, func(m chart.Mark) bool { return m.Tone != 0 })
	}) {
		tinted = b.say("complaints.heat_tinted")
	}
	f.Note = b.say("complaints.heat_note", "n", len(months), "tinted", tinted)
	if len(s.Groups) > len(groups) {
		f.Note += b.say("complaints.heat_cut", "n", len(groups))
	}
	if most == 0 {
		f.Title = b.say("complaints.heat_none")
	}
	return f
}

// complaintHeatTitle names the cells that are clearly more than the mean of
// their row, the largest first.
func (b *builder) complaintHeatTitle(f *chart.Figure) string {
	type peak struct {
		group, month string
		n            float64
	}
	var peaks []peak
	for _, r := range f.Rows {
		for i, m := range r.Marks {
			if m.Tone < 0 {
				peaks = append(peaks, peak{r.Label, f.Columns[i].ID, r.Cells[i]})
			}
		}
	}
	if len(peaks) == 0 {
		return b.say("complaints.heat_even")
	}
	slices.SortStableFunc(peaks, func(x, y peak) int { return cmp.Compare(y.n, x.n) })
	var names []string
	for _, p := range peaks[:min(len(peaks), 3)] {
		names = append(names, b.say("complaints.heat_peak", "group", p.group, "month", p.month, "count", count(int(p.n))))
	}
	if more := len(peaks) - len(names); more > 0 {
		return b.say("complaints.heat_title", "peaks", strings.Join(names, b.say("list.comma"))+b.say("complaints.heat_more", "n", more))
	}
	return b.say("complaints.heat_title", "peaks", b.join(names))
}

// complaintMarks tints what is beyond 3 standard errors of the mean of a row of counts.
func complaintMarks(counts []float64) []chart.Mark {
	mean := 0.0
	for _, n := range counts {
		mean += n / float64(len(counts))
	}
	marks := make([]chart.Mark, len(counts))
	for i, n := range counts {
		switch away := (n - mean) / math.Sqrt(mean); {
		case away > 3:
			marks[i].Tone = -1
		case away < -3:
			marks[i].Tone = 1
		}
	}
	return marks
}
