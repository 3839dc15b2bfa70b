package service

import (
	"math"
	"slices"
	"strings"
	"time"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// LoopReport is a four-part report on one weak item (METHODS A44): 1 the gap to
// its target, 2 where it is, 3 what the author takes for its causes beside what
// goes with it, 4 what is done. Groups and Siblings are what part 2 is broken
// down by; their figures stand in by_segment.
type LoopReport struct {
	Metric     string           `json:"metric"`
	Automatic  bool             `json:"automatic,omitempty"` // nobody chose it: it is the weakest item
	Title      survey.Text      `json:"title,omitempty"`
	Now        *LoopFigure      `json:"now"`
	Course     []*LoopFigure    `json:"course"`
	Target     measure.Number   `json:"target"`
	TargetFrom string           `json:"target_from,omitempty"` // author, targets, index, action or line
	Gap        measure.Number   `json:"gap"`                   // now less target
	GapCI95    measure.Interval `json:"gap_ci95"`
	Verdict    string           `json:"verdict,omitempty"` // met, not_shown, missed
	Segment    string           `json:"segment,omitempty"`
	Groups     []*LoopGroup     `json:"groups,omitempty"`
	Siblings   []string         `json:"siblings,omitempty"`
	Complaints *LoopComplaints  `json:"complaints,omitempty"`
	Define     survey.Text      `json:"define,omitempty"`
	Breakdown  survey.Text      `json:"breakdown,omitempty"`
	Why        []survey.Text    `json:"why,omitempty"`
	Causes     []*LoopCause     `json:"causes,omitempty"`
	Goes       []*LoopLink      `json:"goes_with,omitempty"`
	Analysis   survey.Text      `json:"analysis,omitempty"`
	Actions    []string         `json:"actions,omitempty"`

	Of *LoopMetric `json:"-"`
}

// LoopGroup is the figure in one group of a segment. Better and Worse count the
// groups that it is clearly above and below (Holm, 5 %).
type LoopGroup struct {
	Code string `json:"code"`
	*LoopFigure
	Better int `json:"better"`
	Worse  int `json:"worse"`
}

// LoopComplaints is the complaints that speak of an item, in the twelve months up
// to as_of, by what they are about.
type LoopComplaints struct {
	Column string      `json:"column"`
	Code   string      `json:"code"`
	From   string      `json:"from"`
	To     string      `json:"to"`
	N      int         `json:"n"`
	By     string      `json:"by,omitempty"` // column of the split
	Split  []LoopShare `json:"split,omitempty"`
	Hidden int         `json:"hidden,omitempty"` // complaints of codes with fewer than the privacy threshold
	Units  []LoopShare `json:"units,omitempty"`  // by unit, where a column of the complaints names it
	Others int         `json:"others,omitempty"` // complaints of units with fewer
}

// LoopLink is how an item goes with an outcome, by one analysis.
type LoopLink struct {
	Analysis string           `json:"analysis"`
	Outcome  string           `json:"outcome,omitempty"`
	Measure  string           `json:"measure"` // share, beta, importance, penalty, reward
	Value    measure.Number   `json:"value"`
	CI95     measure.Interval `json:"ci95"`
	N        int              `json:"n"`
}

// reports are those that the author chose, else one on the weakest item.
func (l *loopInput) reports(loop *Loop) []*LoopReport {
	chosen := l.Survey.Service.Loop.Reports
	automatic := false
	if len(chosen) == 0 {
		w, ok := l.Results.Analyses["weak_items"].(*measure.WeakItems)
		if !ok || l.Results.Suppressed || len(w.Items) == 0 || l.Ledgers.Of("actions") == nil {
			return nil
		}
		first := w.Items[0]
		name := first.ID
		if first.Facet != "" {
			name = first.Facet + "." + first.ID
		}
		chosen, automatic = []survey.LoopReport{{Item: name}}, true
	}
	var out []*LoopReport
	for _, c := range chosen {
		if m := l.metric(c.Item); m.Known {
			out = append(out, l.report(c, m, loop, automatic))
		}
	}
	return out
}

func (l *loopInput) report(c survey.LoopReport, m *LoopMetric, loop *Loop, automatic bool) *LoopReport {
	nan := measure.Number(math.NaN())
	r := &LoopReport{
		Metric: c.Item, Automatic: automatic, Title: c.Title, Course: l.course(m), Target: nan, Gap: nan, GapCI95: measure.Interval{nan, nan},
		Define: c.Define, Breakdown: c.Breakdown, Why: c.Why, Analysis: c.Analysis, Of: m,
	}
	if r.Now = loopLatest(r.Course); r.Now == nil {
		r.Now = &LoopFigure{Value: nan, CI95: measure.Interval{nan, nan}, Why: measure.NoAnswers}
	}
	var entries []string
	for _, x := range loop.Actions {
		if x.Of.subject() == m.subject() {
			r.Actions, entries = append(r.Actions, x.ID), append(entries, x.Cause...)
		}
	}
	l.setTarget(r, c, loop)
	if !math.IsNaN(float64(r.Target)) && r.Now.Why == "" {
		r.Gap = r.Now.Value - r.Target
		r.GapCI95 = measure.Interval{r.Now.CI95[0] - r.Target, r.Now.CI95[1] - r.Target}
		r.Verdict = loopTarget(r.Now, float64(r.Target), m.LowerIsBetter)
	}
	for _, cause := range c.Causes {
		r.Causes = append(r.Causes, &LoopCause{ID: cause.ID, Under: cause.Under, Label: cause.Label, Evidence: cause.Evidence})
	}
	if len(r.Causes) == 0 {
		r.Causes, _ = causesOf(entries)
	}
	if !m.Complaints {
		l.breakDown(r, m)
		r.Goes = l.goesWith(m)
	}
	r.Complaints = l.complaintsOf(c.Complaints, m)
	return r
}

// setTarget takes the target that the author wrote here, else that of
// report.targets, of the index, of an action, else the line of the weak list.
func (l *loopInput) setTarget(r *LoopReport, c survey.LoopReport, loop *Loop) {
	m := r.Of
	set := func(v float64, from string) {
		if math.IsNaN(float64(r.Target)) && !math.IsNaN(v) {
			r.Target, r.TargetFrom = measure.Number(v), from
		}
	}
	if c.Target != nil {
		set(*c.Target, "author")
	}
	if m.Complaints {
		for _, x := range loop.Actions {
			if x.Of.name() == m.name() {
				set(x.target, "action")
			}
		}
		return
	}
	if v, ok := l.Survey.Report.Targets[m.Item]; ok && (m.Kind == "mean" || m.Kind == "score" || m.Path == "score") {
		if m.Kind == "score" {
			v = l.points(m.Item, v)
		}
		set(v, "targets")
	}
	if index, ok := l.Results.Analyses[m.Item].(*measure.CSI); ok {
		set(indexTarget(index, m.Path), "index")
	}
	for _, x := range loop.Actions {
		if x.Of.name() == m.name() {
			set(x.target, "action")
		}
	}
	if w, ok := l.Results.Analyses["weak_items"].(*measure.WeakItems); ok && m.Score {
		for _, i := range w.Items {
			if i.ID == m.Item && i.Facet == "" || i.Facet == m.Item && strings.HasSuffix(m.Path, "facets."+i.ID+".score") {
				set(float64(weakProposal(i).Target), "line")
			}
		}
	}
}

// points is a value of a question's scale on 0–100.
func (l *loopInput) points(id string, v float64) float64 {
	item, ok := l.Survey.Item(id)
	if !ok || !item.Rated() {
		return math.NaN()
	}
	values := item.Scale.Values()
	low, high := slices.Min(values), slices.Max(values)
	if item.Reverse {
		low, high = high, low
	}
	return (v - low) / (high - low) * 100
}

// indexTarget is the target of an index or of one of its facets, NaN without.
func indexTarget(c *measure.CSI, path string) float64 {
	target, facets := c.Target, c.Facets
	for rest := path; strings.HasPrefix(rest, "facets."); {
		name, below, _ := strings.Cut(strings.TrimPrefix(rest, "facets."), ".")
		i := slices.IndexFunc(facets, func(f *measure.IndexFacet) bool { return f.ID == name })
		if i < 0 {
			return math.NaN()
		}
		target, facets, rest = facets[i].Target, facets[i].Facets, below
	}
	if target == nil {
		return math.NaN()
	}
	return float64(*target)
}

// breakDown finds the groups of the units, else of the first segment, and the
// items of the same battery or facet.
func (l *loopInput) breakDown(r *LoopReport, m *LoopMetric) {
	if m.Segment == "" {
		for _, id := range append([]string{l.Survey.Service.Loop.Units}, l.Survey.Segments...) {
			if blocks := l.Results.BySegment[id]; len(blocks) > 0 && !l.Results.Suppressed {
				r.Segment = id
				break
			}
		}
	}
	for _, code := range l.codes(r.Segment) {
		at := l.metric(m.Text + "@" + r.Segment + ":" + code)
		v, why := l.Results.At(l.Survey, at.Metric, "")
		g := &LoopGroup{Code: code, LoopFigure: unitFigure(v, why)}
		g.Better, g.Worse = l.standing(m, r.Segment, code)
		r.Groups = append(r.Groups, g)
	}
	columns := m.Columns(l.Survey)
	if m.Kind == "figure" {
		r.Siblings = columns
		return
	}
	for _, a := range l.Survey.Analyses {
		if a.CSI != nil {
			if r.Siblings = facetWith(a.CSI.Facets, m.Item); r.Siblings != nil {
				return
			}
		}
	}
	if item, ok := l.Survey.Item(m.Item); ok && item.Row != nil {
		for _, i := range l.Survey.Items() {
			if i.Question == item.Question && i.Row != nil && i.Rated() {
				r.Siblings = append(r.Siblings, i.ID)
			}
		}
	}
}

// facetWith is the items of the facet that has an item, nil where none has.
func facetWith(facets []survey.Facet, id string) []string {
	for _, f := range facets {
		var out []string
		found := false
		for _, i := range f.Items {
			out, found = append(out, i.ID), found || i.ID == id
		}
		if found {
			return out
		}
		if out := facetWith(f.Facets, id); out != nil {
			return out
		}
	}
	return nil
}

// codes are the groups of a segment: those of the scale in its order, then others.
func (l *loopInput) codes(segment string) []string {
	blocks := l.Results.BySegment[segment]
	var out, rest []string
	if item, ok := l.Survey.Item(segment); ok && item.Scale != nil {
		for _, c := range item.Scale.Codes() {
			if blocks[c] != nil {
				out = append(out, c)
			}
		}
	}
	for c := range blocks {
		if !slices.Contains(out, c) {
			rest = append(rest, c)
		}
	}
	slices.Sort(rest)
	return append(out, rest...)
}

// goesWith is what the analyses say of the items of a metric and their outcome.
func (l *loopInput) goesWith(m *LoopMetric) []*LoopLink {
	var out []*LoopLink
	columns := m.Columns(l.Survey)
	if len(columns) != 1 {
		return nil
	}
	id := columns[0]
	add := func(a survey.Analysis, outcome, measured string, v measure.Number, ci measure.Interval, n int) {
		if !math.IsNaN(float64(v)) {
			out = append(out, &LoopLink{Analysis: a.ID, Outcome: outcome, Measure: measured, Value: v, CI95: ci, N: n})
		}
	}
	for _, a := range l.Survey.Analyses {
		switch found := l.Results.Analyses[a.ID].(type) {
		case *measure.Drivers:
			for _, i := range found.Items {
				if i.ID == id {
					add(a, a.Drivers.Outcome, "share", i.Share(found.Weights), i.CI95, found.N)
					add(a, a.Drivers.Outcome, "beta", i.Beta, i.BetaCI95, found.N)
				}
			}
		case *measure.Status:
			for k, i := range found.Items {
				if k < len(a.ImportancePerformance.Items) && a.ImportancePerformance.Items[k].Performance == id && !i.Suppressed {
					add(a, a.ImportancePerformance.Outcome, "importance", i.Importance, i.ImportanceCI95, i.N)
				}
			}
		case *measure.PenaltyReward:
			for _, i := range found.Items {
				if i.ID == id && !i.Suppressed {
					add(a, found.Outcome, "penalty", i.Penalty, i.PenaltyCI95, i.N)
					add(a, found.Outcome, "reward", i.Reward, i.RewardCI95, i.N)
				}
			}
		}
	}
	return out
}

// complaintsOf are the complaints that speak of a metric: those that the author
// names as column:code, those of a metric of complaints, else those whose aspect
// or category has the name of the question or of its row.
func (l *loopInput) complaintsOf(named string, m *LoopMetric) *LoopComplaints {
	c := l.Ledgers.Of("complaints")
	if c == nil || l.today.IsZero() {
		return nil
	}
	from, before := l.today.AddDate(-1, 0, 1), l.today.AddDate(0, 0, 1)
	column, code, _ := strings.Cut(named, ":")
	if m.Complaints {
		column, code = m.Column, m.Part
	}
	if column == "" && !m.Complaints {
		column, code = l.namesake(m, from, before)
	}
	if column == "" && !m.Complaints {
		return nil
	}
	inside := func(row int) bool { return column == "" || c.Of(column).Text(row) == code }
	out := &LoopComplaints{Column: column, Code: code, From: loopDay(from), To: loopDay(l.today)}
	for row := range c.Rows {
		if t := c.Of("received").Time(row); !t.IsZero() && !t.Before(from) && t.Before(before) && inside(row) {
			out.N++
		}
	}
	for _, by := range []string{"defect", "aspect", "category", "product", "department", "region"} {
		if split, _ := loopCounts(c, by, from, before, inside); by != column && len(split) > 1 {
			out.By = by
			out.Split, out.Hidden = l.enough(split)
			break
		}
	}
	if by := l.Survey.Service.Loop.UnitComplaints; by != "" && by != column && by != out.By {
		split, _ := loopCounts(c, by, from, before, inside)
		out.Units, out.Others = l.enough(split)
	}
	return out
}

// enough parts codes with as many complaints as the privacy threshold from the sum of the others.
func (l *loopInput) enough(split []LoopShare) (shown []LoopShare, hidden int) {
	for _, s := range split {
		if s.N < l.Results.MinCell {
			hidden += s.N
		} else {
			shown = append(shown, s)
		}
	}
	return shown, hidden
}

// namesake is the code of complaints that is called like a question or its row.
func (l *loopInput) namesake(m *LoopMetric, from, before time.Time) (column, code string) {
	item, ok := l.Survey.Item(m.Item)
	if !ok {
		return "", ""
	}
	names := []string{item.ID}
	if item.Row != nil {
		names = append(names, item.Row.ID)
	}
	for _, column := range []string{"aspect", "category"} {
		counts, _ := loopCounts(l.Ledgers.Of("complaints"), column, from, before, func(int) bool { return true })
		for _, x := range counts {
			if slices.Contains(names, x.Code) {
				return column, x.Code
			}
		}
	}
	return "", ""
}
