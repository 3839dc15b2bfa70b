package report

import (
	"math"

	"manyi/internal/chart"
	"manyi/internal/service"
)

// deskMonths is the key figures by month: small lines of all of them, and the
// p-chart of those that give a signal.
func (b *builder) deskMonths(t *service.DeskTickets) []Section {
	if len(t.Months) == 0 {
		return nil
	}
	f := &chart.Figure{ID: "service-months", Kind: chart.Multiples, Lang: b.lang, Note: b.say("desk.months_note"), Columns: b.valueColumns("share", b.say("figure.share"), percent), Words: b.deskWords(b.say("desk.month")), Axis: chart.Axis{Min: 0, Max: 1, Reference: math.NaN()}}
	var signals []string
	var charts []Block
	for _, s := range t.Months {
		for _, p := range s.Points {
			row := b.deskRow(p.Month, p.Figure)
			row.Series = b.deskKPI(s.ID)
			f.Rows = append(f.Rows, row)
		}
		said := b.deskSignals(s)
		signals = append(signals, said...)
		if len(said) > 0 && len(charts) < 3 {
			charts = append(charts, Block{Figure: b.deskPChart(s, t)})
		}
	}
	f.Title = b.deskMonthsTitle(t, len(signals))
	blocks := []Block{{Figure: f}, {Lists: []List{{Title: b.say("desk.signals"), Items: signals, Empty: b.say("desk.signals_none")}}}}
	return []Section{{ID: "service-months-section", Title: b.say("desk.months"), Blocks: append(append(blocks, charts...), Block{Note: b.say("desk.limits_note")})}}
}

// deskMonthsTitle names the figures that rise or fall; without one, how many signals there are.
func (b *builder) deskMonthsTitle(t *service.DeskTickets, signals int) string {
	var rise, fall []string
	for _, s := range t.Months {
		if tr := s.Trend; tr.Holds() && !deskTwin(t.KPIs, s.ID) {
			if tr.Statistic < 0 {
				fall = append(fall, b.deskKPI(s.ID))
			} else {
				rise = append(rise, b.deskKPI(s.ID))
			}
		}
	}
	switch {
	case len(rise) > 0 && len(fall) > 0:
		return b.say("desk.volume_both", "rise", b.join(rise), "fall", b.join(fall))
	case len(rise) > 0:
		return b.say("desk.volume_rise", "rise", b.join(rise))
	case len(fall) > 0:
		return b.say("desk.volume_fall", "fall", b.join(fall))
	case signals > 0:
		return b.say("desk.months_title", "n", signals)
	}
	return b.say("desk.months_quiet")
}

// deskSignals are what the chart of a key figure says beyond chance.
func (b *builder) deskSignals(s *service.DeskSeries) []string {
	var out, outside []string
	run := ""
	for _, p := range s.Points {
		if p.Outside {
			outside = append(outside, p.Month)
		}
		if p.Run {
			run = p.Month
		}
	}
	name := b.deskKPI(s.ID)
	if len(outside) > 0 {
		out = append(out, b.say("desk.signal_outside", "n", len(outside), "name", name, "months", b.join(outside)))
	}
	if run != "" {
		out = append(out, b.say("desk.signal_run", "name", name, "month", run))
	}
	if tr := s.Trend; tr.Holds() {
		key := "desk.signal_rise"
		if tr.Statistic < 0 {
			key = "desk.signal_fall"
		}
		out = append(out, b.say(key, "name", name, "p", p(tr.Holm)))
	}
	return out
}

// deskPChart is a share by month between its control limits.
func (b *builder) deskPChart(s *service.DeskSeries, t *service.DeskTickets) *chart.Figure {
	name := b.deskKPI(s.ID)
	f := &chart.Figure{
		ID: slug("service", s.ID, "months"), Kind: chart.Lines, Lang: b.lang, Title: b.deskSignals(s)[0], Note: b.say("desk.chart_note"),
		Words: b.deskWords(b.say("desk.month")), Axis: chart.Axis{Reference: float64(s.Mean), RefLabel: b.say("desk.chart_mean", "mean", percent.String(float64(s.Mean)))},
		Columns: []chart.Column{
			{ID: "share", Label: b.say("figure.share"), Role: chart.Value, Format: percent},
			{ID: "limit_low", Label: b.say("desk.limit_low"), Role: chart.Low, Format: percent},
			{ID: "limit_high", Label: b.say("desk.limit_high"), Role: chart.High, Format: percent},
			{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
		},
	}
	f.Words.Interval = b.say("desk.limits")
	goal := t.KPIs[s.ID]
	if goal != nil && goal.Target != nil {
		f.Columns = append(f.Columns, chart.Column{ID: "target", Label: b.say("desk.target"), Role: chart.Goal, Format: percent})
	}
	for _, point := range s.Points {
		row := b.deskRow(point.Month, point.Figure)
		row.Series = name
		if point.Limits != nil {
			row.Cells[1], row.Cells[2] = float64(point.Limits[0]), float64(point.Limits[1])
		}
		if len(f.Columns) > 4 {
			row.Cells = append(row.Cells, float64(*goal.Target))
		}
		if point.Outside {
			f.Events = append(f.Events, chart.Event{At: point.Month, Text: b.say("desk.outside")})
		}
		f.Rows = append(f.Rows, row)
	}
	return f
}
