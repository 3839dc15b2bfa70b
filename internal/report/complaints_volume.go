package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/service"
)

// complaintsMostMonths is how many months a figure shows, the latest.
const complaintsMostMonths = 36

// complaintVolume is what came in and was closed, month by month, and the chart
// of complaints against units sold.
func (b *builder) complaintVolume(c *service.Complaints) []Block {
	var out []Block
	if len(c.Months) > 1 {
		out = append(out, Block{Figure: b.complaintMonths(c)})
	}
	if c.Rates != nil && len(c.Rates.Periods) > 1 {
		out = append(out, Block{Figure: b.complaintControl(c, c.Rates.Chart)})
	}
	if c.Rates != nil && c.Rates.Partly > 0 {
		out = append(out, Block{Note: b.say("complaints.partly", "n", c.Rates.Partly)})
	}
	if c.Rates == nil {
		out = append(out, Block{Note: b.say("complaints.no_units")})
	}
	return out
}

// complaintMonths are complaints received and closed a month, as lines.
func (b *builder) complaintMonths(c *service.Complaints) *chart.Figure {
	f := &chart.Figure{
		ID: "complaints-months", Kind: chart.Lines, Lang: b.lang, Words: b.chartWords(b.say("complaints.month")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{{ID: "n", Label: b.say("complaints.records"), Role: chart.Value, Format: whole}, {ID: "open", Label: b.say("complaints.open_at_end"), Format: whole}},
	}
	months := c.Months[max(0, len(c.Months)-complaintsMostMonths):]
	most := slices.MaxFunc(months, func(x, y *service.ComplaintMonth) int { return x.Received - y.Received })
	top := 0
	closes := b.complaintsStage(c, "closed")
	for _, m := range months {
		row := chart.Row{Label: m.Month, Series: b.say("complaints.received"), Cells: []float64{float64(m.Received), math.NaN()}}
		if closes {
			row.Cells[1] = float64(m.OpenAtEnd)
		}
		f.Rows = append(f.Rows, row)
		top = max(top, m.Received, m.ClosedIn)
	}
	if closes {
		for _, m := range months {
			f.Rows = append(f.Rows, chart.Row{Label: m.Month, Series: b.say("complaints.closed_in"), Cells: []float64{float64(m.ClosedIn), math.NaN()}})
		}
	}
	f.Axis.Max = float64(top)
	last := months[len(months)-1]
	f.Title = b.say("complaints.months_title", "month", most.Month, "most", count(most.Received), "last", last.Month, "n", last.Received, "count", count(last.Received))
	running := len(complaintsEnded(c, months)) < len(months)
	switch {
	case most == last:
		f.Title = b.say("complaints.months_title_last", "month", most.Month, "most", count(most.Received))
	case running:
		f.Title = b.say("complaints.months_title_running", "month", most.Month, "most", count(most.Received), "last", last.Month, "n", last.Received, "count", count(last.Received))
	}
	f.Note = b.say("complaints.months_note")
	if running {
		f.Note += b.say("complaints.months_running", "as_of", unbroken(c.AsOf))
	}
	if len(c.Months) > len(months) {
		f.Note += b.say("complaints.months_cut", "n", len(months))
	}
	return f
}

// complaintsEnded are the months without one that still runs.
func complaintsEnded(c *service.Complaints, months []*service.ComplaintMonth) []*service.ComplaintMonth {
	if last := months[len(months)-1].Month; strings.HasPrefix(c.AsOf, last) && c.AsOf < monthEnd(last) {
		return months[:len(months)-1]
	}
	return months
}

// complaintControl is a control chart: the value a month, the limits as a band,
// the mean as a line; hollow points are signals.
func (b *builder) complaintControl(c *service.Complaints, k *service.ComplaintChart) *chart.Figure {
	factor, format, id := 1000.0, score1, "complaints-rate-chart"
	label := b.say("complaints.per_1000")
	if k.Kind == "p" {
		factor, format, id = 1, percent, "complaints-late-"+k.Of
		label = b.say("complaints.late_"+k.Of, "limit", b.complaintsSpan(c.OnTime[k.Of].Hours))
	}
	f := &chart.Figure{
		ID: id, Kind: chart.Lines, Lang: b.lang, Words: b.chartWords(b.say("complaints.month")),
		Axis: chart.Axis{Reference: float64(k.Centre) * factor, RefLabel: b.say("complaints.centre", "value", format.String(float64(k.Centre)*factor))},
		Columns: []chart.Column{
			{ID: "value", Label: label, Role: chart.Value, Format: format},
			{ID: "lcl", Label: b.say("complaints.lcl"), Role: chart.Low, Format: format},
			{ID: "ucl", Label: b.say("complaints.ucl"), Role: chart.High, Format: format},
			{ID: "x", Label: b.say("complaints.x_" + k.Kind), Format: whole},
			{ID: "n", Label: b.say("complaints.n_" + k.Kind), Role: chart.Base, Format: whole},
		},
	}
	f.Words.Interval, f.Words.TooFew = b.say("complaints.limits"), b.say("complaints.signal")
	f.Words.Base = b.say("complaints.n_" + k.Kind)
	var outside []string
	run := -1 // the longest
	top := 0.0
	for i := max(0, len(k.Periods)-complaintsMostMonths); i < len(k.Periods); i++ {
		row := chart.Row{Label: k.Periods[i], Cells: []float64{float64(k.Value[i]) * factor, float64(k.Lower[i]) * factor, float64(k.Upper[i]) * factor, float64(k.X[i]), float64(k.N[i])}}
		if math.IsNaN(row.Cells[0]) {
			row.State, row.Why = chart.Empty, b.say("complaints.none_due")
			row.Cells[1], row.Cells[2] = math.NaN(), math.NaN()
		} else {
			top = max(top, row.Cells[0], row.Cells[2])
		}
		if slices.Contains(k.Outside, i) {
			row.State, row.Why = chart.TooFew, b.say("complaints.outside")
			outside = append(outside, k.Periods[i])
		} else if slices.Contains(k.Runs, i) {
			row.State, row.Why = chart.TooFew, b.say("complaints.run", "n", k.Run[i])
			if run < 0 || k.Run[i] > k.Run[run] {
				run = i
			}
		}
		f.Rows = append(f.Rows, row)
	}
	f.Axis.Max = top * 1.05
	if k.Kind == "p" {
		f.Axis.Max = min(1, f.Axis.Max)
	}
	f.Title, f.Note = b.complaintControlTitle(label, outside, k, run), b.say("complaints.control_note_"+k.Kind)
	return f
}

// complaintControlTitle names the months outside the limits and the longest run
// on one side of the mean, which ends at run; −1 for none.
func (b *builder) complaintControlTitle(label string, outside []string, k *service.ComplaintChart, run int) string {
	runs := ""
	if run >= 0 {
		key := "complaints.run_below"
		if k.Value[run] > k.Centre {
			key = "complaints.run_above"
		}
		runs = b.say(key, "n", k.Run[run], "month", k.Periods[run])
	}
	const most = 4
	months := func(list []string) string {
		if len(list) > most {
			return b.say("complaints.and_more", "list", strings.Join(list[:most], b.say("list.comma")), "n", len(list)-most)
		}
		if strings.HasPrefix(b.lang, "zh") {
			return strings.Join(list, b.say("list.comma"))
		}
		return b.join(list)
	}
	switch {
	case len(outside) > 0 && runs != "":
		return b.say("complaints.control_both", "of", label, "outside", months(outside), "runs", runs)
	case len(outside) > 0:
		return b.say("complaints.control_outside", "of", label, "outside", months(outside))
	case runs != "":
		return b.say("complaints.control_runs", "of", label, "runs", runs)
	}
	return b.say("complaints.control_none", "of", label)
}
