package report

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/service"
)

// deskScorecards is the page of who owns which figures.
func (b *builder) deskScorecards(d *service.Desk) *Page {
	if len(d.Scorecards) == 0 {
		return nil
	}
	page := &Page{Name: "scorecards", Title: b.say("page.scorecards"), Kicker: b.say("desk.cards_kicker", "as_of", d.AsOf), Heading: b.deskCardsHeading(d)}
	for _, s := range d.Scorecards {
		section := Section{ID: slug("scorecard", s.By), Title: b.say("desk.by." + s.By)}
		if f := b.deskRanking(s); f != nil {
			section.Blocks = append(section.Blocks, *f)
		}
		section.Blocks = append(section.Blocks, Block{Table: b.deskOwners(slug("scorecard", s.By, "table"), b.say("desk.cards_caption", "by", b.say("desk.by."+s.By)), s.By, b.say("desk.owner."+s.By), s.KPIs, s.Owners)})
		if s.By == "department" {
			if note := b.complaintsWithout(s.By); note != "" {
				section.Blocks = append(section.Blocks, Block{Note: note})
			}
		}
		if s.Hidden > 0 {
			section.Blocks = append(section.Blocks, Block{Note: b.deskHidden(s)})
		}
		page.Sections = append(page.Sections, section)
	}
	if ranking := b.deskMostApart(page); ranking != nil {
		if page.Heading == "" { // the title of the figure alone would be said twice
			page.Heading = b.say("desk.cards_heading_open")
		}
		page.Heading += b.say("desk.cards_heading_first", "title", ranking.Title)
	} else if page.Heading == "" {
		page.Heading = b.say("desk.cards_heading_none")
	}
	rule := b.say("desk.rank_rule_none")
	if slices.ContainsFunc(page.Sections, b.placed) {
		rule = b.say("desk.rank_rule")
	}
	page.Sections = append(page.Sections, Section{ID: "scorecard-reading", Title: b.say("desk.reading"), Blocks: []Block{{Text: rule}, {Note: b.say("desk.rank_note")}}})
	return page
}

// placed reports whether a table of the section has a column of places.
func (b *builder) placed(s Section) bool {
	return slices.ContainsFunc(s.Blocks, func(x Block) bool {
		return x.Table != nil && slices.Contains(x.Table.Head, b.say("desk.place_head"))
	})
}

// deskHidden says how many owners are not shown, and why.
func (b *builder) deskHidden(s *service.DeskScorecard) string {
	if s.By == "unit" {
		least := b.survey.Service.Desk.Visits.MinVisits
		if least == 0 {
			least = b.options.Service.Desk.Visits.MinVisits
		}
		return b.say("desk.units_hidden", "n", s.Hidden, "min", least)
	}
	return b.say("desk.cards_hidden", "n", s.Hidden, "min", b.results.MinCell)
}

// deskCardsHeading counts the figures that miss their target; "" without targets.
func (b *builder) deskCardsHeading(d *service.Desk) string {
	judged, missed, unclear := 0, 0, 0
	for _, s := range d.Scorecards {
		for _, o := range s.Owners {
			for _, id := range s.KPIs {
				switch f := o.KPIs[id]; {
				case f == nil || f.Verdict == "" || deskTwin(o.KPIs, id):
				case f.Verdict == "missed":
					judged, missed = judged+1, missed+1
				case f.Verdict == "not_shown":
					judged, unclear = judged+1, unclear+1
				default:
					judged++
				}
			}
		}
	}
	if judged == 0 {
		return ""
	}
	return b.say("desk.cards_heading", "n", judged, "missed", missed, "unclear", unclear)
}

// deskMostApart is the ranking of which the page speaks first: one that tells
// owners apart, else the first.
func (b *builder) deskMostApart(page *Page) *chart.Figure {
	for _, s := range page.Sections {
		for _, x := range s.Blocks {
			if x.Figure != nil && slices.ContainsFunc(x.Figure.Rows, func(r chart.Row) bool { return r.Strong }) {
				return x.Figure
			}
		}
	}
	return firstFigure(page)
}

// deskRanking is a key figure that most owners have, best first: the first that
// tells some of them apart, else the first.
func (b *builder) deskRanking(s *service.DeskScorecard) *Block {
	var out *chart.Figure
	for _, id := range s.KPIs {
		var owners []*service.DeskOwner
		for _, o := range s.Owners {
			if deskKnown(o.KPIs[id]) {
				owners = append(owners, o)
			}
		}
		if len(owners) < 2 {
			continue
		}
		first, last := deskApart(id, owners)
		if apart := len(first)+len(last) > 0; out == nil || apart {
			out = b.deskRanked(s, id, owners, append(first, last...))
			if apart {
				break
			}
		}
	}
	if out == nil {
		return nil
	}
	return &Block{Figure: out}
}

func (b *builder) deskRanked(s *service.DeskScorecard, id string, owners, apart []*service.DeskOwner) *chart.Figure {
	lower := id == "several_visits" || id == "repeat"
	slices.SortStableFunc(owners, func(x, y *service.DeskOwner) int {
		if lower {
			return cmp.Compare(x.KPIs[id].Value, y.KPIs[id].Value)
		}
		return cmp.Compare(y.KPIs[id].Value, x.KPIs[id].Value)
	})
	f := b.deskDots(slug("scorecard", s.By, "ranking"), b.deskRankTitle(s.By, id, owners), b.say("desk.ranking_note", "name", b.deskKPIBy(s.By, id)), b.say("desk.owner."+s.By), deskFormat(id))
	if id == "visit" {
		b.countsVisits(f)
	}
	if s.By == "department" {
		f.Words.TooFew = b.say("desk.few_records")
	}
	for _, o := range owners {
		row := b.deskVisited(id, b.deskRow(b.deskOwner(s.By, o.ID), o.KPIs[id]))
		row.Strong = slices.Contains(apart, o)
		f.Rows = append(f.Rows, row)
		if t := o.KPIs[id].Target; t != nil {
			f.Axis.Reference, f.Axis.RefLabel = float64(*t), b.say("desk.target")
		}
	}
	return f
}

// deskApart are the owners whose intervals set them apart: those before all
// others, and those behind all others, at most half of them each.
func deskApart(id string, owners []*service.DeskOwner) (first, last []*service.DeskOwner) {
	var in []*service.DeskOwner
	for _, o := range owners {
		if len(o.KPIs[id].Rank) == 2 {
			in = append(in, o)
		}
	}
	n := len(in)
	for k := 1; k <= n/2; k++ {
		var ahead, behind []*service.DeskOwner
		for _, o := range in {
			switch r := o.KPIs[id].Rank; {
			case r[1] <= k:
				ahead = append(ahead, o)
			case r[0] > n-k:
				behind = append(behind, o)
			}
		}
		if len(first) == 0 && len(ahead) == k {
			first = ahead
		}
		if len(last) == 0 && len(behind) == k {
			last = behind
		}
	}
	return first, last
}

// deskVisited names the small base of a mystery visit for what it is: no answers.
func (b *builder) deskVisited(id string, row chart.Row) chart.Row {
	if id == "visit" && row.State == chart.TooFew {
		row.Why = b.say("desk.visits_under_30")
	}
	return row
}

// deskKPIBy is the name of a key figure on a scorecard: of departments it is the
// handling of complaints that satisfies, not a ticket.
func (b *builder) deskKPIBy(by, id string) string {
	if by == "department" && id == "satisfied" {
		return b.say("desk.kpi.handled")
	}
	return b.deskKPI(id)
}

// deskOwner is what the one who answers for a scorecard is called.
func (b *builder) deskOwner(by, id string) string {
	return b.deskName(id, by, b.survey.Service.Desk.Visits.Segment)
}

// deskRankTitle names who is clearly first and last, or says that nobody is.
func (b *builder) deskRankTitle(by, id string, owners []*service.DeskOwner) string {
	ahead, behind := deskApart(id, owners)
	names := func(list []*service.DeskOwner) string {
		var out []string
		for _, o := range list {
			out = append(out, b.deskOwner(by, o.ID))
		}
		return b.join(out)
	}
	name := b.deskKPIBy(by, id)
	switch {
	case !slices.ContainsFunc(owners, func(o *service.DeskOwner) bool { return len(o.KPIs[id].Rank) == 2 }):
		return b.say("desk.rank_none", "name", name)
	case len(ahead) > 0 && len(behind) > 0:
		return b.say("desk.rank_both", "name", name, "n", len(ahead), "first", names(ahead), "last", names(behind))
	case len(ahead) > 0:
		return b.say("desk.rank_first", "name", name, "n", len(ahead), "first", names(ahead))
	case len(behind) > 0:
		return b.say("desk.rank_last", "name", name, "n", len(behind), "last", names(behind))
	}
	return b.say("desk.rank_nobody", "name", name)
}

// deskOwners lists every owner with its key figures: figure, interval, base, target, verdict, place.
func (b *builder) deskOwners(id, caption, by, head string, kpis []string, owners []*service.DeskOwner) *Table {
	t := &Table{ID: id, Caption: caption, Head: []string{b.say("desk.owner_measure", "owner", head), b.say("desk.value_span"), b.say("desk.verdict_target"), b.say("desk.place_head")}}
	judged := deskJudged(kpis, owners)
	if !judged {
		t.Head = slices.Delete(t.Head, 2, 3)
	}
	for _, o := range owners {
		t.Rows = append(t.Rows, Row{Label: b.say("desk.owner_row", "n", o.N, "name", b.deskOwner(by, o.ID), "count", count(o.N))})
		for _, k := range kpis {
			if f := o.KPIs[k]; f != nil {
				cells := b.deskOwnerCells(f, deskFormat(k))
				if deskOpen(f, k, owners) { // a place that leaves all open says nothing
					cells[3] = Cell{Text: "–", Tone: "quiet"}
				}
				if deskKnown(f) {
					cells[0].Mark = cells[1].Text
				}
				if cells = slices.Delete(cells, 1, 2); !judged {
					cells = slices.Delete(cells, 1, 2)
				}
				t.Rows = append(t.Rows, Row{Label: b.deskKPIBy(by, k), Cells: cells})
			}
		}
	}
	t.dropLast()
	return t
}

// dropLast takes out the last column where it holds only dashes.
func (t *Table) dropLast() {
	last := len(t.Head) - 1
	for _, r := range t.Rows {
		if len(r.Cells) == last && r.Cells[last-1].Text != "–" {
			return
		}
	}
	t.Head = t.Head[:last]
	for i, r := range t.Rows {
		if len(r.Cells) == last {
			t.Rows[i].Cells = r.Cells[:last-1]
		}
	}
}

// deskOpen reports whether the intervals leave a figure every place.
func deskOpen(f *service.DeskFigure, kpi string, owners []*service.DeskOwner) bool {
	ranked := 0
	for _, o := range owners {
		if x := o.KPIs[kpi]; x != nil && len(x.Rank) == 2 {
			ranked++
		}
	}
	return len(f.Rank) == 2 && f.Rank[0] == 1 && f.Rank[1] == ranked
}

// deskJudged reports whether any figure has a target.
func deskJudged(kpis []string, owners []*service.DeskOwner) bool {
	return slices.ContainsFunc(owners, func(o *service.DeskOwner) bool {
		return slices.ContainsFunc(kpis, func(k string) bool { return o.KPIs[k] != nil && o.KPIs[k].Target != nil })
	})
}

func (b *builder) deskOwnerCells(f *service.DeskFigure, format chart.Format) []Cell {
	none := Cell{Text: "–", Tone: "quiet"}
	if !deskKnown(f) {
		return []Cell{{Text: b.deskValue(f, format), Tone: "quiet"}, none, none, none}
	}
	out := []Cell{{Text: format.String(float64(f.Value))}, {Text: b.deskSpan(f, format) + " · " + count(f.N)}, none, none}
	if f.Target != nil {
		out[2] = b.deskVerdict(f)
		out[2].Mark = b.say("desk.verdict_of", "target", format.String(float64(*f.Target)))
	}
	if place := b.deskPlace(f); place != "" {
		out[3] = Cell{Text: place}
	}
	return out
}

// deskOneKPI is owners with one key figure, a row each.
func (b *builder) deskOneKPI(id, caption, by, head, kpi string, owners []*service.DeskOwner) *Table {
	t := &Table{ID: id, Caption: caption, Head: []string{head, b.deskKPI(kpi), b.say("desk.interval_base"), b.say("desk.verdict_target")}}
	columns := 3
	if !deskJudged([]string{kpi}, owners) {
		columns, t.Head = 2, t.Head[:3]
	}
	for _, o := range owners {
		if f := o.KPIs[kpi]; f != nil {
			t.Rows = append(t.Rows, Row{Label: b.deskOwner(by, o.ID), Cells: b.deskOwnerCells(f, deskFormat(kpi))[:columns]})
		}
	}
	return t
}

// deskPlace is the place of a figure, or the places that its interval leaves open.
func (b *builder) deskPlace(f *service.DeskFigure) string {
	if len(f.Rank) != 2 || math.IsNaN(float64(f.Value)) {
		return ""
	}
	if f.Rank[0] == f.Rank[1] {
		return count(f.Rank[0])
	}
	return count(f.Rank[0]) + "–" + count(f.Rank[1])
}

// countsVisits names the base of a figure for what it is: visits, not people.
func (b *builder) countsVisits(f *chart.Figure) {
	for i := range f.Columns {
		if c := &f.Columns[i]; c.Role == chart.Base {
			c.ID, c.Label = "visits_count", b.say("desk.visits_word")
			f.Words.TooFew = b.say("desk.visits_under_30")
		}
	}
}
