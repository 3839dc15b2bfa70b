package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/service"
	"manyi/internal/survey"
)

// fourPage is a four-part report on one weak item (METHODS A44).
func (l *loopPages) fourPage(k int) *Page {
	r := l.loop.FourPart[k]
	page := &Page{Name: l.fourNames[k], Title: l.say("page.four_part"), Kicker: l.say("loop.four_kicker", "figure", l.metricLabel(r.Of), "as_of", l.results.AsOf), Heading: l.fourHeading(r)}
	if title := l.text(r.Title); title != "" {
		page.Title = isolated(title)
	} else if len(l.loop.FourPart) > 1 {
		page.Title = l.say("loop.four_title", "figure", l.metricLabel(r.Of))
	}
	if k > 0 {
		page.Under = l.fourNames[0]
	}
	page.Sections = []Section{
		{ID: "define", Title: l.say("loop.part.define"), Blocks: l.definePart(r, k)},
		{ID: "breakdown", Title: l.say("loop.part.breakdown"), Blocks: l.breakdownPart(r, k)},
		{ID: "cause", Title: l.say("loop.part.cause"), Blocks: l.causePart(r, k)},
		{ID: "counter", Title: l.say("loop.part.counter"), Blocks: l.counterPart(r, k)},
	}
	return page
}

// fourHeading says how far the item is from its target.
func (l *loopPages) fourHeading(r *service.LoopReport) string {
	name := l.metricLabel(r.Of)
	if r.Now.Why != "" {
		return l.say("loop.four_none", "figure", name, "why", l.why(r.Now.Why))
	}
	format, change, factor := loopFormat(r.Of, r.Now)
	now := format.String(float64(r.Now.Value))
	if r.Verdict == "" {
		return l.say("loop.four_no_target", "figure", name, "now", now)
	}
	gap := change
	gap.Signed = false
	return l.say("loop.four_"+r.Verdict, "figure", name, "now", now, "target", format.String(float64(r.Target)), "gap", gap.String(math.Abs(float64(r.Gap))*factor))
}

// said is what the author says to a part, nil where nothing is written.
func (l *loopPages) said(t survey.Text) []Block {
	if text := l.text(t); text != "" {
		return []Block{{Text: l.say("loop.author", "text", isolated(text))}}
	}
	return nil
}

// definePart: the gap to the target with its interval, and the course.
func (l *loopPages) definePart(r *service.LoopReport, k int) []Block {
	out := l.said(r.Define)
	if r.Automatic {
		out = append(out, Block{Note: l.say("loop.automatic")})
	}
	if r.Now.Why == "" {
		format, change, factor := loopFormat(r.Of, r.Now)
		now := Card{
			Label: l.metricLabel(r.Of), Value: format.String(float64(r.Now.Value)), Unit: l.cardUnit(r.Of, r.Now),
			Interval: l.say("loop.card_interval", "when", l.when(r.Now), "interval", between(format, r.Now.CI95), "base", count(r.Now.N)),
		}
		if r.Of.Complaints {
			now.Interval = l.say("loop.card_complaints", "when", l.when(r.Now), "interval", between(format, r.Now.CI95), "base", count(r.Now.N))
		}
		if r.Of.Score {
			now.Whisker = &Whisker{Min: 0, Max: 100, Value: float64(r.Now.Value), Low: float64(r.Now.CI95[0]), High: float64(r.Now.CI95[1]), Target: float64(r.Target)}
		}
		cards := []Card{now}
		if !math.IsNaN(float64(r.Target)) {
			ci := measure.Interval{r.GapCI95[0] * measure.Number(factor), r.GapCI95[1] * measure.Number(factor)}
			cards = append(
				cards,
				Card{Label: l.say("loop.target"), Value: format.String(float64(r.Target)), Interval: l.say("loop.target_from." + r.TargetFrom)},
				Card{Label: l.say("loop.gap"), Value: change.String(float64(r.Gap) * factor), Interval: l.say("loop.interval", "interval", between(change, ci)), Change: l.say("loop.gap_" + r.Verdict)},
			)
		}
		out = append(out, Block{Cards: cards})
	}
	if f := l.courseFigure(r.Of, r.Course, l.eventsOf(r.Actions), r.Target, l.fourNames[k]); f != nil {
		out = append(out, Block{Figure: f})
	}
	return out
}

// breakdownPart: by group, by item of the same step, and what complaints are about.
func (l *loopPages) breakdownPart(r *service.LoopReport, k int) []Block {
	out := l.said(r.Breakdown)
	if f := l.stepTree(r, k); f != nil {
		out = append(out, Block{Figure: f})
	}
	if f := l.groupDots(r, k); f != nil {
		out = append(out, Block{Figure: f})
	}
	if f := l.itemHeat(r, k); f != nil {
		out = append(out, Block{Figure: f})
	}
	if c := r.Complaints; c != nil {
		by := l.complaintPareto(c, k)
		if by != nil {
			out = append(out, Block{Figure: by})
		}
		if f := l.complaintPareto(l.byUnit(c), k); f != nil {
			f.ID = slug(l.fourNames[k], "complaint-units")
			f.Words.Row = l.unitWordOf()
			out = append(out, Block{Figure: f})
		} else if by == nil {
			out = append(out, Block{Text: l.say("loop.complaints_plain", "count", count(c.N), "n", c.N, "from", c.From, "to", c.To)})
		}
	}
	if len(out) == 0 {
		out = append(out, Block{Text: l.say("loop.no_breakdown")})
	}
	return out
}

// stepTree is the index with the steps below it down to the item; nil where the
// item is of no index.
func (l *loopPages) stepTree(r *service.LoopReport, k int) *chart.Figure {
	if r.Of.Kind == "figure" && r.Of.Path == "score" || r.Of.Complaints {
		return nil
	}
	for _, a := range l.survey.Analyses {
		c := l.indexOf(l.latest(), a.ID)
		if c == nil || a.CSI == nil || !slices.ContainsFunc(a.CSI.Leaves(), func(i survey.FacetItem) bool { return slices.Contains(r.Siblings, i.ID) }) {
			continue
		}
		f := &chart.Figure{
			ID: slug(l.fourNames[k], "tree"), Kind: chart.Tree, Lang: l.lang, Title: l.say("loop.tree", "figure", l.metricLabel(r.Of)), Note: l.say("loop.tree_note"),
			Columns: []chart.Column{{ID: "score", Label: l.say("csi.score"), Role: chart.Value, Format: score1}, {ID: "n", Label: l.say("figure.base"), Role: chart.Base, Format: whole}},
			Words:   l.chartWords(l.say("csi.facet")), Axis: chart.Axis{Max: 100, Reference: math.NaN()},
		}
		f.Rows = append(f.Rows, chart.Row{Node: "index", Label: l.calledAnalysis(a), Cells: []float64{float64(c.Score), float64(c.N)}})
		l.treeRows(f, a, c.Facets, "index", r)
		return f
	}
	return nil
}

func (l *loopPages) treeRows(f *chart.Figure, a survey.Analysis, facets []*measure.IndexFacet, above string, r *service.LoopReport) {
	for _, x := range facets {
		row := chart.Row{Node: "f." + x.ID, From: above, Label: l.facetName(a, x.ID), Cells: []float64{float64(x.Score), float64(x.N)}}
		if x.Suppressed {
			row.Cells, row.State, row.Why = blank(2), chart.Suppressed, l.say("figure.suppressed", "min", l.results.MinCell)
		}
		f.Rows = append(f.Rows, row)
		l.treeRows(f, a, x.Facets, "f."+x.ID, r)
		for _, i := range x.Items {
			if !slices.Contains(r.Siblings, i.ID) {
				continue
			}
			row := chart.Row{Node: "i." + i.ID, From: "f." + x.ID, Label: l.itemName(i.ID), Cells: []float64{float64(i.Score), float64(i.N)}, Strong: i.ID == r.Of.Item}
			if i.Suppressed {
				row.Cells, row.State, row.Why = blank(2), chart.Suppressed, l.say("figure.suppressed", "min", l.results.MinCell)
			}
			f.Rows = append(f.Rows, row)
		}
	}
}

// groupDots is the figure in every group, from the best.
func (l *loopPages) groupDots(r *service.LoopReport, k int) *chart.Figure {
	segment, ok := l.survey.Item(r.Segment)
	if !ok || len(r.Groups) < 2 {
		return nil
	}
	format, _, _ := loopFormat(r.Of, nil)
	f := &chart.Figure{
		ID: slug(l.fourNames[k], "groups"), Kind: chart.Dots, Lang: l.lang, Note: l.say("loop.groups_note", "unit", l.unitWord(r.Of, r.Now)),
		Columns: l.valueColumns("value", l.unitWord(r.Of, r.Now), format), Words: l.chartWords(l.label(segment)),
		Axis: chart.Axis{Reference: float64(r.Now.Value), RefLabel: l.say("figure.all")},
	}
	f.Words.TooFew = l.say("warning.base_under_30")
	groups := slices.Clone(r.Groups)
	slices.SortStableFunc(groups, func(a, b *service.LoopGroup) int {
		switch x, y := float64(a.Value), float64(b.Value); {
		case math.IsNaN(x) && math.IsNaN(y):
			return 0
		case math.IsNaN(x) || !math.IsNaN(y) && x < y:
			return 1
		case math.IsNaN(y) || x > y:
			return -1
		}
		return 0
	})
	var clear []string
	for _, g := range groups {
		row := chart.Row{Label: l.groupLabel(segment, g.Code), Cells: []float64{float64(g.Value), float64(g.CI95[0]), float64(g.CI95[1]), float64(g.N)}}
		switch {
		case g.Why != "":
			row.Cells, row.State, row.Why = blank(4), chart.Suppressed, l.why(g.Why)
		case g.N < 30:
			row.State = chart.TooFew
		}
		if g.Why == "" && g.Worse > g.Better {
			clear = append(clear, row.Label)
			row.Strong = true
		}
		f.Rows = append(f.Rows, row)
	}
	f.Title = l.say("loop.groups_alike", "figure", l.metricLabel(r.Of))
	if len(clear) > 0 {
		f.Title = l.say("loop.groups_behind", "figure", l.metricLabel(r.Of), "groups", l.join(clear))
	}
	return f
}

// itemHeat is the items of the same step by group; nil without both.
func (l *loopPages) itemHeat(r *service.LoopReport, k int) *chart.Figure {
	segment, ok := l.survey.Item(r.Segment)
	blocks := l.latest().block.BySegment[r.Segment]
	if !ok || len(blocks) < 2 || len(r.Siblings) < 2 {
		return nil
	}
	f := &chart.Figure{
		ID: slug(l.fourNames[k], "items"), Kind: chart.Heat, Lang: l.lang, Title: l.say("loop.heat", "segment", l.label(segment)), Note: l.say("loop.heat_note"),
		Words: l.chartWords(l.say("figure.item")), Axis: chart.Axis{Reference: math.NaN()}, Columns: []chart.Column{{ID: "all", Label: l.say("figure.all"), Role: chart.Part, Format: score1}},
	}
	f.Words.TooFew = l.say("warning.base_under_30")
	all := []*measure.Block{l.latest().block}
	for i, code := range groupCodes(segment, blocks) {
		f.Columns = append(f.Columns, chart.Column{ID: "g_" + count(i+1), Label: l.groupLabel(segment, code), Role: chart.Part, Format: score1})
		all = append(all, blocks[code])
	}
	for _, id := range r.Siblings {
		f.Rows = append(f.Rows, l.heatRow(id, all, id == r.Of.Item))
	}
	f.Plain = true
	return f
}

// heatRow is the score of an item in some blocks, tinted where its interval lies
// apart from that of the first.
func (l *loopPages) heatRow(id string, blocks []*measure.Block, strong bool) chart.Row {
	row := chart.Row{Label: l.scoredName(id), Cells: blank(len(blocks)), Marks: make([]chart.Mark, len(blocks)), Strong: strong}
	var whole *measure.Question
	for i, block := range blocks {
		q := &measure.Question{Suppressed: true}
		if !block.Suppressed {
			q = block.Questions[id]
		}
		switch {
		case q != nil && q.Suppressed:
			row.Marks[i].State = chart.Suppressed
		case q == nil || q.Score == nil || q.N == 0:
			row.Marks[i].State = chart.Empty
		default:
			row.Cells[i] = float64(q.Score.Value)
			if i == 0 {
				whole = q
			} else if whole != nil {
				row.Marks[i].Tone = apart(q.Score.CI95, whole.Score.CI95)
			}
			if q.N < 30 {
				row.Marks[i].State = chart.TooFew
			}
		}
	}
	return row
}

// byUnit is the same complaints by unit, under the units' names.
func (l *loopPages) byUnit(c *service.LoopComplaints) *service.LoopComplaints {
	out := *c
	out.By, out.Split, out.Hidden = l.survey.Service.Loop.UnitComplaints, nil, c.Others
	segment, ok := l.survey.Item(l.survey.Service.Loop.Units)
	for _, s := range c.Units {
		if ok {
			s.Code = l.groupLabel(segment, s.Code)
		}
		out.Split = append(out.Split, s)
	}
	return &out
}

// unitWordOf is what units are called in a heading.
func (l *loopPages) unitWordOf() string {
	if l.loop.Units != nil {
		return l.unitName()
	}
	return l.say("figure.group")
}

// complaintPareto is what the complaints about the item are about.
func (l *loopPages) complaintPareto(c *service.LoopComplaints, k int) *chart.Figure {
	if len(c.Split) < 2 {
		return nil
	}
	f := &chart.Figure{
		ID: slug(l.fourNames[k], "complaints"), Kind: chart.Pareto, Lang: l.lang, Words: l.chartWords(l.say("loop.columns." + c.By)), Axis: chart.Axis{Reference: math.NaN()},
		Note: l.say("loop.pareto_note", "n", c.N, "count", count(c.N), "from", c.From, "to", c.To),
		Columns: []chart.Column{
			{ID: "n", Label: l.say("loop.complaints"), Role: chart.Value, Format: whole},
			{ID: "cumulative", Label: l.say("loop.cumulative"), Role: chart.Cumulative, Format: percent},
		},
	}
	sum, total := 0, c.Hidden
	for _, s := range c.Split {
		total += s.N
	}
	var names []string
	vital := 0
	for _, s := range c.Split {
		if 5*sum < 4*total {
			names, vital = append(names, l.codeName(c.By, s.Code)), vital+s.N
		}
		sum += s.N
		f.Rows = append(f.Rows, chart.Row{Label: l.codeName(c.By, s.Code), Cells: []float64{float64(s.N), float64(sum) / float64(total)}})
	}
	if c.Hidden > 0 {
		f.Rows = append(f.Rows, chart.Row{Label: l.say("loop.rest"), Cells: []float64{float64(c.Hidden), 1}})
	}
	f.Title = l.say("loop.pareto", "codes", l.join(names), "share", percent0.String(float64(vital)/float64(total)))
	return f
}
