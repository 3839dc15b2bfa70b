package report

import (
	"cmp"
	"math"
	"slices"

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
		section.Blocks = append(section.Blocks, Block{Table: b.deskOwnerTable(slug("scorecard", s.By, "table"), b.say("desk.cards_caption", "by", b.say("desk.by."+s.By)), b.say("desk.owner."+s.By), s.KPIs, s.Owners, true)})
		if s.Hidden > 0 {
			section.Blocks = append(section.Blocks, Block{Note: b.say("desk.cards_hidden", "n", s.Hidden, "min", b.results.MinCell)})
		}
		page.Sections = append(page.Sections, section)
	}
	page.Sections = append(page.Sections, Section{ID: "scorecard-reading", Title: b.say("desk.reading"), Blocks: []Block{{Text: b.say("desk.rank_rule")}, {Note: b.say("desk.rank_note")}}})
	return page
}

// deskCardsHeading counts the figures that miss their target.
func (b *builder) deskCardsHeading(d *service.Desk) string {
	judged, missed, unclear := 0, 0, 0
	for _, s := range d.Scorecards {
		for _, o := range s.Owners {
			for _, id := range s.KPIs {
				switch f := o.KPIs[id]; {
				case f == nil || f.Verdict == "":
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
		return b.say("desk.cards_heading_none")
	}
	return b.say("desk.cards_heading", "n", judged, "missed", missed, "unclear", unclear)
}

// deskRanking is the first figure that most owners have, best first.
func (b *builder) deskRanking(s *service.DeskScorecard) *Block {
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
		lower := id == "several_visits" || id == "repeat"
		slices.SortStableFunc(owners, func(x, y *service.DeskOwner) int {
			if lower {
				return cmp.Compare(x.KPIs[id].Value, y.KPIs[id].Value)
			}
			return cmp.Compare(y.KPIs[id].Value, x.KPIs[id].Value)
		})
		f := b.deskDots(slug("scorecard", s.By, "ranking"), b.deskRankTitle(id, owners), b.say("desk.ranking_note", "name", b.deskKPI(id)), b.say("desk.owner."+s.By), deskFormat(id))
		for _, o := range owners {
			f.Rows = append(f.Rows, b.deskRow(b.deskName(o.ID), o.KPIs[id]))
			if t := o.KPIs[id].Target; t != nil {
				f.Axis.Reference, f.Axis.RefLabel = float64(*t), b.say("figure.target")
			}
		}
		return &Block{Figure: f}
	}
	return nil
}

// deskRankTitle names who is clearly first and last, or says that nobody is.
func (b *builder) deskRankTitle(id string, owners []*service.DeskOwner) string {
	var first, last string
	n := 0
	for _, o := range owners {
		if len(o.KPIs[id].Rank) == 2 {
			n++
		}
	}
	for _, o := range owners {
		switch r := o.KPIs[id].Rank; {
		case len(r) != 2:
		case r[0] == 1 && r[1] == 1:
			first = b.deskName(o.ID)
		case r[0] == n && r[1] == n:
			last = b.deskName(o.ID)
		}
	}
	name := b.deskKPI(id)
	switch {
	case first != "" && last != "":
		return b.say("desk.rank_both", "name", name, "first", first, "last", last)
	case first != "":
		return b.say("desk.rank_first", "name", name, "first", first)
	case last != "":
		return b.say("desk.rank_last", "name", name, "last", last)
	}
	return b.say("desk.rank_nobody", "name", name)
}

// deskOwnerTable is owners by key figures: value, interval and base, verdict, place.
func (b *builder) deskOwnerTable(id, caption, head string, kpis []string, owners []*service.DeskOwner, ranks bool) *Table {
	t := &Table{ID: id, Caption: caption, Head: []string{head, b.say("desk.records")}}
	for _, k := range kpis {
		t.Head = append(t.Head, b.deskKPI(k))
	}
	for _, o := range owners {
		row := Row{Label: b.deskName(o.ID), Cells: []Cell{{Text: count(o.N), Tone: "quiet"}}}
		for _, k := range kpis {
			row.Cells = append(row.Cells, b.deskOwnerCell(o.KPIs[k], k, ranks))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (b *builder) deskOwnerCell(f *service.DeskFigure, id string, ranks bool) Cell {
	format := deskFormat(id)
	if !deskKnown(f) {
		text := b.deskValue(f, format)
		if f == nil {
			text = "–"
		}
		return Cell{Text: text, Tone: "quiet"}
	}
	c := Cell{Lines: []string{format.String(float64(f.Value)), b.say("desk.cell_base", "interval", b.deskSpan(f, format), "base", count(f.N))}}
	if f.Target != nil {
		c.Lines = append(c.Lines, b.say("desk.cell_verdict", "verdict", b.say("desk.verdict."+f.Verdict), "target", format.String(float64(*f.Target))))
		c.Tone = map[string]string{"met": "good", "missed": "bad"}[f.Verdict]
	}
	if ranks && len(f.Rank) == 2 {
		c.Lines = append(c.Lines, b.deskPlace(f))
	}
	return c
}

// deskPlace is the place of a figure, or the places that its interval leaves open.
func (b *builder) deskPlace(f *service.DeskFigure) string {
	if len(f.Rank) != 2 || math.IsNaN(float64(f.Value)) {
		return ""
	}
	if f.Rank[0] == f.Rank[1] {
		return b.say("desk.place", "place", f.Rank[0])
	}
	return b.say("desk.places", "from", f.Rank[0], "to", f.Rank[1])
}
