package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/service"
	"manyi/internal/stat"
)

// complaintHeat is month × group.
func (b *builder) complaintHeat(c *service.Complaints, s *service.ComplaintStratum) *chart.Figure {
	f := &chart.Figure{ID: "causes-" + s.Column + "-months", Kind: chart.Heat, Lang: b.lang, Words: b.chartWords(b.say("complaints.column." + s.Column)), Axis: chart.Axis{Reference: math.NaN()}}
	months := c.Months[max(0, len(c.Months)-complaintsHeatMonths):]
	for _, m := range months {
		f.Columns = append(f.Columns, chart.Column{ID: m.Month, Label: m.Month[2:], Role: chart.Part, Format: whole})
	}
	groups := s.Groups[:min(len(s.Groups), complaintsHeatGroups)]
	most, days := 0, complaintDays(months, c.AsOf)
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
		f.Rows = append(f.Rows, row)
	}
	complaintMarks(f.Rows, days)
	f.Axis.Min, f.Axis.Max = -100*float64(most+1), 100*float64(most+1) // a count alone is neither good nor bad
	f.Title = b.complaintHeatTitle(f)
	tinted := ""
	if slices.ContainsFunc(f.Rows, func(r chart.Row) bool {
		return slices.ContainsFunc(r.Marks, func(m chart.Mark) bool { return m.Tone != 0 })
	}) {
		tinted = b.say("complaints.heat_tinted", "n", len(f.Rows)*len(months))
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

// complaintDays is how long each month is; one that still runs, up to today.
func complaintDays(months []*service.ComplaintMonth, asOf string) []float64 {
	out := make([]float64, len(months))
	for i, m := range months {
		last := monthEnd(m.Month)
		if strings.HasPrefix(asOf, m.Month) && asOf < last {
			last = asOf
		}
		out[i], _ = strconv.ParseFloat(last[len("2006-01-"):], 64)
	}
	return out
}

// complaintMarks tints the cells that are beyond chance: given the sum of its row,
// a count is binomial with the month's part of the days; two-sided and exact, by
// Holm over all cells of the table.
func complaintMarks(rows []chart.Row, days []float64) {
	all := 0.0
	for _, d := range days {
		all += d
	}
	var ps []float64
	for i := range rows {
		sum := 0
		for _, n := range rows[i].Cells {
			sum += int(n)
		}
		for m, n := range rows[i].Cells {
			ps = append(ps, stat.RateRatio(sum-int(n), all-days[m], int(n), days[m]).P)
		}
		rows[i].Marks = make([]chart.Mark, len(days))
	}
	for k, p := range stat.Holm(ps) {
		row, m := rows[k/len(days)], k%len(days)
		if !(p < complaintsSure) {
			continue
		}
		sum := 0.0
		for _, n := range row.Cells {
			sum += n
		}
		if row.Marks[m].Tone = -1; row.Cells[m] < sum*days[m]/all {
			row.Marks[m].Tone = 1
		}
	}
}

// complaintsSure is how rare chance must make what is called clear.
const complaintsSure = 0.05
