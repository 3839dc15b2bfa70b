package service

import (
	"math"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/stat"
)

// Desk is what tickets, visits, suggestions, lost customers, sources and the
// survey's own questions about problems say; nil where nothing is known.
type Desk struct {
	AsOf        string           `json:"as_of"`
	Tickets     *DeskTickets     `json:"tickets,omitempty"`
	Behaviour   *DeskBehaviour   `json:"behaviour,omitempty"`
	Suggestions *DeskSuggestions `json:"suggestions,omitempty"`
	Visits      *DeskVisits      `json:"visits,omitempty"`
	Lost        *DeskLost        `json:"lost,omitempty"`
	Channels    *DeskChannels    `json:"channels,omitempty"`
	Scorecards  []*DeskScorecard `json:"scorecards,omitempty"`
}

func desk(in Input) *Desk {
	if in.Survey == nil || in.Results == nil {
		return nil
	}
	c := &deskContext{Input: in, rules: &in.Survey.Service.Desk, least: max(in.Results.MinCell, 1)}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	c.settle()
	d := &Desk{
		AsOf: c.today, Tickets: c.tickets(), Behaviour: c.behaviour(), Suggestions: c.suggestions(), Visits: c.visits(),
		Lost: c.lost(), Channels: c.channels(),
	}
	d.Scorecards = c.scorecards(d)
	if d.Tickets == nil && d.Behaviour == nil && d.Suggestions == nil && d.Visits == nil && d.Lost == nil && d.Channels == nil && d.Scorecards == nil {
		return nil
	}
	return d
}

// deskContext is what every part of the desk needs.
type deskContext struct {
	Input
	rules *deskRules
	least int       // privacy threshold
	today string    // ISO 8601
	now   time.Time // end of today
}

// settle finds today: the results' day, else the latest day of a ledger.
func (c *deskContext) settle() {
	c.today = c.Results.AsOf
	if c.today == "" {
		c.today = c.Ledgers.Latest()
	}
	if day, err := time.ParseInLocation(time.DateOnly, c.today, c.Zone); err == nil {
		c.now = day.AddDate(0, 0, 1)
	}
}

// of is a ledger with at least one record, else nil.
func (c *deskContext) of(name string) *ledger.Ledger {
	l := c.Ledgers.Of(name)
	if l == nil || l.Rows == 0 {
		return nil
	}
	return l
}

// DeskFigure is a share or a score with its doubt, judged against a target. It
// is hidden where its base is below the privacy threshold.
type DeskFigure struct {
	N        int              `json:"n"`
	Count    int              `json:"count"`
	Value    measure.Number   `json:"value"`
	CI95     measure.Interval `json:"ci95"`
	Target   *measure.Number  `json:"target,omitempty"`
	Verdict  string           `json:"verdict,omitempty"` // by the interval: met, not_shown, missed
	Rank     []int            `json:"rank,omitempty"`    // best and worst place that the intervals leave open
	Warnings []string         `json:"warnings,omitempty"`

	Suppressed bool `json:"-"`
	few        bool // hidden for too few visits, not for privacy
}

// MarshalJSON leaves nothing but the reason of a hidden figure.
func (f *DeskFigure) MarshalJSON() ([]byte, error) {
	switch {
	case f.Suppressed && f.few:
		return []byte(`{"suppressed":true,"reason":"min_visits"}`), nil
	case f.Suppressed:
		return []byte(`{"suppressed":true,"reason":"min_cell"}`), nil
	}
	type plain DeskFigure
	return deskJSON((*plain)(f))
}

// deskFigure is an estimate as a figure.
func deskFigure(e stat.Estimate, count int) *DeskFigure {
	f := &DeskFigure{N: e.N, Count: count, Value: measure.Number(e.Value), CI95: measure.Interval{measure.Number(e.Low), measure.Number(e.High)}}
	switch {
	case e.N == 0:
		f.Warnings = append(f.Warnings, measure.NoAnswers)
	case e.N < 30:
		f.Warnings = append(f.Warnings, measure.Base30)
	}
	return f
}

// hide hides a figure of a small base; one of no base has nothing to hide.
func (c *deskContext) hide(f *DeskFigure) *DeskFigure {
	if f != nil && f.N > 0 && f.N < c.least {
		return &DeskFigure{Suppressed: true}
	}
	return f
}

// judge compares the interval with the target of the author: what the interval
// leaves open is not shown.
func (c *deskContext) judge(f *DeskFigure, target string, lower bool) *DeskFigure {
	goal, ok := c.rules.Targets[target]
	if !ok || f == nil || f.Suppressed {
		return f
	}
	n := measure.Number(goal)
	f.Target = &n
	low, high := float64(f.CI95[0]), float64(f.CI95[1])
	switch {
	case math.IsNaN(low) || math.IsNaN(high):
		f.Verdict = "not_shown"
	case !lower && low >= goal, lower && high <= goal:
		f.Verdict = "met"
	case !lower && high < goal, lower && low > goal:
		f.Verdict = "missed"
	default:
		f.Verdict = "not_shown"
	}
	return f
}

// deskRank gives each figure the places that the intervals leave open: the best
// is one after those whose interval lies wholly on the better side of its own.
// Figures that are hidden or have no interval take no part.
func deskRank(figures []*DeskFigure, lower bool) {
	var in []*DeskFigure
	for _, f := range figures {
		if f != nil && !f.Suppressed && !math.IsNaN(float64(f.CI95[0]+f.CI95[1])) {
			in = append(in, f)
		}
	}
	if len(in) < 2 {
		return
	}
	for _, f := range in {
		better, worse := 0, 0
		for _, g := range in {
			above, below := g.CI95[0] > f.CI95[1], g.CI95[1] < f.CI95[0]
			if lower {
				above, below = below, above
			}
			if above {
				better++
			}
			if below {
				worse++
			}
		}
		f.Rank = []int{1 + better, len(in) - worse}
	}
}

// Few reports whether a figure is hidden because there were too few visits.
func (f *DeskFigure) Few() bool { return f.few }
