package service

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// LoopUnits is the groups of a segment as dealers, branches or other units
// (METHODS A42, A45): the whole, each unit, and how each goes round the circle of
// survey, action and survey again.
type LoopUnits struct {
	Segment   string         `json:"segment"`
	Metric    string         `json:"metric"` // by which they are ranked
	Whole     *LoopFigure    `json:"whole"`
	Course    []*LoopFigure  `json:"course"`
	Units     []*LoopUnit    `json:"units"`
	CycleDays measure.Number `json:"cycle_days"` // median over closed cycles
	Hidden    int            `json:"hidden"`     // units with too few answers

	Of *LoopMetric `json:"-"`
}

// LoopUnit is one unit. Better and Worse count the units that it is clearly above
// and below (Holm, 5 %).
type LoopUnit struct {
	Code       string        `json:"code"`
	Rank       int           `json:"rank,omitempty"` // 0 where it has too few answers
	Now        *LoopFigure   `json:"now"`
	Course     []*LoopFigure `json:"course"`
	Change     *measure.Step `json:"change,omitempty"` // since the wave before
	Better     int           `json:"better"`
	Worse      int           `json:"worse"`
	Complaints *int          `json:"complaints,omitempty"` // in the twelve months up to as_of
	Cycles     []*LoopCycle  `json:"cycles,omitempty"`
}

// LoopCycle is one way round: what was measured, what was done, what was measured
// again. Own says that the action is the unit's; the others are of the whole, with
// their figure in this unit. Days is from the end of the first wave to the start
// of the second; a cycle that is not closed has none.
type LoopCycle struct {
	Action string         `json:"action"`
	Own    bool           `json:"own"`
	Metric string         `json:"metric"`
	Topic  string         `json:"topic,omitempty"`
	Effect *LoopEffect    `json:"effect"`
	Days   measure.Number `json:"days"`

	Of *LoopMetric `json:"-"`
}

// units ranks the groups of the segment that the author calls units.
func (l *loopInput) units(actions []*LoopAction) *LoopUnits {
	id := l.Survey.Service.Loop.Units
	if id == "" || l.Results.Suppressed || len(l.Results.BySegment[id]) == 0 {
		return nil
	}
	name := l.leading()
	if name == "" {
		return nil
	}
	m := l.metric(name)
	out := &LoopUnits{Segment: id, Metric: name, Course: l.course(m), Of: m}
	v, why := l.Results.At(l.Survey, m.Metric, "")
	out.Whole = unitFigure(v, why)
	var days []float64
	for _, code := range l.codes(id) {
		u := l.unit(m, id, code, actions)
		if u.Now.Why != "" {
			out.Hidden++
		}
		for _, c := range u.Cycles {
			if c.Own && !math.IsNaN(float64(c.Days)) {
				days = append(days, float64(c.Days))
			}
		}
		out.Units = append(out.Units, u)
	}
	if len(days) == 0 { // the units have no actions of their own: the cycles of the whole
		for _, x := range actions {
			if d := loopCycleDays(x.Effect); x.Of.Segment == "" && !math.IsNaN(d) {
				days = append(days, d)
			}
		}
	}
	out.CycleDays = measure.Number(loopMedian(days))
	out.rank()
	return out
}

// leading is the metric by which units are ranked: the first index, else the
// question that the report leads with.
func (l *loopInput) leading() string {
	for _, a := range l.Survey.Analyses {
		if _, ok := l.Results.Analyses[a.ID].(*measure.CSI); ok && a.CSI != nil {
			return a.ID
		}
	}
	for _, m := range l.Survey.Metrics() {
		if m.Method == "csat" {
			return m.Question
		}
	}
	single := func(i survey.Item) bool { return i.Rated() && i.Row == nil && i.Type != survey.NPS }
	for _, fits := range []func(survey.Item) bool{single, survey.Item.Rated} {
		items := l.Survey.Items()
		if k := slices.IndexFunc(items, fits); k >= 0 {
			return items[k].ID
		}
	}
	return ""
}

func unitFigure(v measure.Value, why string) *LoopFigure {
	return &LoopFigure{Value: measure.Number(v.Value), CI95: measure.Interval{measure.Number(v.Low), measure.Number(v.High)}, N: v.N, Why: why}
}

func (l *loopInput) unit(m *LoopMetric, segment, code string, actions []*LoopAction) *LoopUnit {
	own := l.metric(m.Text + "@" + segment + ":" + code)
	v, why := l.Results.At(l.Survey, own.Metric, "")
	u := &LoopUnit{Code: code, Now: unitFigure(v, why), Course: l.course(own)}
	if why != "" {
		return u
	}
	if n := len(l.Results.Waves); n > 1 {
		u.Change = l.Results.Between(l.Survey, own.Metric, l.Results.Waves[n-2], l.Results.Waves[n-1])
	}
	u.Better, u.Worse = l.standing(m, segment, code)
	if column := l.Survey.Service.Loop.UnitComplaints; column != "" && l.Ledgers.Of("complaints") != nil && !l.today.IsZero() {
		of := &LoopMetric{Column: column, Part: code}
		n := l.counts(of, l.today.AddDate(-1, 0, 1), l.today.AddDate(0, 0, 1))
		u.Complaints = &n
	}
	for _, x := range actions {
		if c := l.cycle(x, segment, code); c != nil {
			u.Cycles = append(u.Cycles, c)
		}
	}
	return u
}

// standing counts the groups of a segment that one is clearly above and below, as
// the survey's own comparison of groups finds it.
func (l *loopInput) standing(m *LoopMetric, segment, code string) (better, worse int) {
	c, ok := l.Results.Analyses["compare"].(*measure.Compare)
	if !ok {
		return 0, 0
	}
	figure, reverse := "questions."+m.Item+".mean", false
	if item, ok := l.Survey.Item(m.Item); ok && m.Kind != "figure" {
		reverse = item.Reverse
	}
	if m.Kind == "figure" {
		figure = "analyses." + m.Item + "." + m.Path
	}
	for _, f := range c.Figures {
		if f.Segment != segment || f.Figure != figure {
			continue
		}
		for _, p := range f.Pairs {
			switch {
			case !(p.Holm < .05) || p.A != code && p.B != code:
			case (p.A == code) == (p.Difference > 0) != reverse:
				better++
			default:
				worse++
			}
		}
	}
	return better, worse
}

// cycle is an action of a unit, or one of the whole as it shows in the unit; nil
// where it is another unit's, or about complaints of all.
func (l *loopInput) cycle(x *LoopAction, segment, code string) *LoopCycle {
	if !x.Of.Known {
		return nil
	}
	c := &LoopCycle{Action: x.ID, Metric: x.Metric, Effect: x.Effect, Of: x.Of}
	switch {
	case x.Of.Segment == segment && x.Of.Group == code:
		c.Own = true
	case x.Of.Complaints && x.Of.Column == l.Survey.Service.Loop.UnitComplaints && x.Of.Part == code && x.Of.Part != "":
		c.Own = true
	case x.Of.Segment != "" || x.Of.Complaints:
		return nil
	default:
		of := l.metric(x.Metric + "@" + segment + ":" + code)
		if !of.Known {
			return nil
		}
		inside := *x
		inside.Metric, inside.Of = of.Text, of
		c.Effect = l.effect(&inside)
	}
	c.Days = measure.Number(loopCycleDays(c.Effect))
	if t := l.Ledgers.Of("topics"); t != nil {
		for row := range t.Rows {
			if t.Of("metric").Text(row) == x.Metric {
				c.Topic = t.Of("id").Text(row)
				break
			}
		}
	}
	return c
}

// loopCycleDays is from the end of the figure before to the start of the one
// after, NaN where one of them is missing.
func loopCycleDays(e *LoopEffect) float64 {
	if e.Before == nil || e.After == nil || e.Before.To == "" || e.After.From == "" || e.Verdict == "" {
		return math.NaN()
	}
	from, to := loopDate(e.Before.To), loopDate(e.After.From)
	return float64(loopDays(from, to))
}

// rank orders the units by their figure; those with too few answers come last.
func (u *LoopUnits) rank() {
	value := func(x *LoopUnit) float64 {
		v := float64(x.Now.Value)
		if math.IsNaN(v) || x.Now.Why != "" {
			return math.Inf(-1)
		}
		return v
	}
	slices.SortStableFunc(u.Units, func(a, b *LoopUnit) int { return cmp.Compare(value(b), value(a)) })
	for i, x := range u.Units {
		switch {
		case math.IsInf(value(x), -1):
		case i > 0 && value(x) == value(u.Units[i-1]):
			x.Rank = u.Units[i-1].Rank
		default:
			x.Rank = i + 1
		}
	}
}
