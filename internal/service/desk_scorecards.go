package service

import (
	"slices"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/stat"
)

// DeskScorecard is the key figures of every owner of one kind: providers,
// managers, departments, units (METHODS A122).
type DeskScorecard struct {
	By     string       `json:"by"`
	KPIs   []string     `json:"kpis"`
	Owners []*DeskOwner `json:"owners"`
	Hidden int          `json:"hidden"` // owners whose figures are all hidden
}

func (c *deskContext) scorecards(d *Desk) []*DeskScorecard {
	var out []*DeskScorecard
	add := func(s *DeskScorecard) {
		if s != nil && len(s.Owners) > 0 {
			out = append(out, s)
		}
	}
	if d.Tickets != nil {
		l, by := c.of("tickets"), c.rules.Scorecards
		if by == nil {
			by = []string{"provider", "manager"}
		}
		for _, column := range by {
			add(c.scorecard(column, l.Of(column), l.Rows, d.Tickets.hits, DeskKPIs))
		}
	}
	add(c.departments())
	if d.Visits != nil {
		add(c.unitCards(d.Visits))
	}
	return out
}

func (c *deskContext) scorecard(by string, v *ledger.Values, rows int, found map[string]deskHits, ids []string) *DeskScorecard {
	codes, of := deskGroupsOf(v, rows)
	if len(codes) == 0 {
		return nil
	}
	s := &DeskScorecard{By: by, Owners: c.owners(codes, of, found, ids)}
	s.Hidden = len(codes) - len(s.Owners)
	for _, id := range ids {
		if found[id] != nil {
			s.KPIs = append(s.KPIs, id)
		}
	}
	return s
}

// departments are judged by complaints closed in time, satisfaction with the
// result and actions done in time.
func (c *deskContext) departments() *DeskScorecard {
	var cards []*DeskScorecard
	if l := c.of("complaints"); l != nil {
		found := map[string]deskHits{}
		if l.Of("closed").Present {
			found["closed_on_time"] = c.closedInTime(l)
		}
		if v := l.Of("satisfied_result"); v.Present {
			from := c.satisfiedFrom(v)
			found["satisfied"] = deskEach(l.Rows, v.Number, func(x float64) bool { return x >= from })
		}
		if s := c.scorecard("department", l.Of("department"), l.Rows, found, []string{"closed_on_time", "satisfied"}); s != nil {
			cards = append(cards, s)
		}
	}
	if l := c.of("actions"); l != nil && l.Of("due").Present {
		found := map[string]deskHits{"actions_on_time": c.kept(l, "done", "due")}
		if s := c.scorecard("department", l.Of("department"), l.Rows, found, []string{"actions_on_time"}); s != nil {
			cards = append(cards, s)
		}
	}
	return deskJoined(cards)
}

// deskJoined is several scorecards of the same owners as one.
func deskJoined(cards []*DeskScorecard) *DeskScorecard {
	if len(cards) == 0 {
		return nil
	}
	out := cards[0]
	for _, more := range cards[1:] {
		out.KPIs = append(out.KPIs, more.KPIs...)
		for _, o := range more.Owners {
			at := slices.IndexFunc(out.Owners, func(x *DeskOwner) bool { return x.ID == o.ID })
			if at < 0 {
				out.Owners = append(out.Owners, o)
				continue
			}
			for _, id := range more.KPIs {
				out.Owners[at].KPIs[id] = o.KPIs[id]
			}
		}
	}
	return out
}

// closedInTime is closed within the limit of the rules of complaints, of those
// whose limit has passed: the states and the rule of the page of complaints, so
// that one closed and opened again counts as late on both.
func (c *deskContext) closedInTime(l *ledger.Ledger) deskHits {
	b, h := newComplaintsBase(c.Input, l, time.Time{}, time.Time{}), deskNoHits(l.Rows)
	b.choose()
	b.judge()
	for i, row := range b.rows {
		if in, due, _ := b.kept(i, "closed", b.out.Limits.Close); due {
			h[row] = deskYes(in)
		}
	}
	return h
}

// unitCards are the units of mystery visits, with what their customers say where
// the survey knows the unit.
func (c *deskContext) unitCards(v *DeskVisits) *DeskScorecard {
	s := &DeskScorecard{By: "unit", KPIs: []string{"visit", "visit_passed"}}
	r := c.rules.Visits
	asked := r.Segment != "" && r.Compare != ""
	var answers, passed []*DeskFigure
	for _, u := range v.Units {
		if u.Score.Suppressed {
			s.Hidden++
			continue
		}
		o := &DeskOwner{ID: u.ID, N: u.N, KPIs: map[string]*DeskFigure{"visit": u.Score}}
		o.KPIs["visit_passed"] = deskFigure(stat.Share(u.Passed, u.N), u.Passed)
		passed = append(passed, o.KPIs["visit_passed"])
		if asked {
			if f := c.surveyed(r.Segment, u.ID, r.Compare); f != nil {
				o.KPIs["survey"] = c.target(f, r.Compare)
				answers = append(answers, f)
			}
		}
		s.Owners = append(s.Owners, o)
	}
	if len(answers) > 0 {
		s.KPIs = append(s.KPIs, "survey")
	}
	deskRank(answers, false)
	deskRank(passed, false)
	return s
}

// target judges a figure of the survey by the survey's own target.
func (c *deskContext) target(f *DeskFigure, what string) *DeskFigure {
	goal, ok := c.Survey.Report.Targets[what]
	if !ok {
		return f
	}
	own := *c
	rules := *c.rules
	rules.Targets = map[string]float64{"survey": goal}
	own.rules = &rules
	return own.judge(f, "survey", false)
}
