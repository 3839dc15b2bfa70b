package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/service"
)

// actionsPage is the board: what is overdue, open and done, and what became of it.
// Without a ledger of actions or topics there is none: what is weak stands on the
// page of priorities already.
func (l *loopPages) actionsPage() *Page {
	board := l.loop.Board
	if board == nil && len(l.loop.Topics) == 0 {
		return nil
	}
	page := &Page{Name: "actions", Title: l.say("page.actions"), Kicker: l.say("loop.kicker", "as_of", l.results.AsOf)}
	page.Heading = l.say("loop.heading_none", "n", len(l.loop.Proposals))
	if board != nil && board.Actions > 0 {
		page.Heading = l.boardHeading(board)
		page.Sections = append(page.Sections, Section{ID: "state", Blocks: []Block{{Cards: l.boardCards(board)}}}, l.boardSection())
		page.Sections = append(page.Sections, l.effectSection())
		if s, ok := l.roundSection(); ok {
			page.Sections = append(page.Sections, s)
		}
	}
	if len(l.loop.Topics) > 0 {
		page.Sections = append(page.Sections, Section{ID: "topics", Title: l.say("loop.topics"), Blocks: []Block{{Findings: l.topicFindings()}}})
	}
	page.Sections = append(page.Sections, l.proposalSection())
	return page
}

func (l *loopPages) boardHeading(board *service.LoopBoard) string {
	judged := 0
	for _, n := range board.Verdicts {
		judged += n
	}
	text := l.say("loop.heading", "n", board.Actions, "count", count(board.Actions))
	if n := board.States[service.Overdue]; n > 0 {
		text += l.say("loop.heading_overdue", "n", n, "count", count(n))
	} else {
		text += l.say("loop.heading_in_time")
	}
	if judged > 0 {
		return text + l.say("loop.heading_effect", "n", judged, "judged", count(judged), "improved", count(board.Verdicts[service.Improved]))
	}
	return text + l.say("loop.heading_no_effect")
}

func (l *loopPages) boardCards(board *service.LoopBoard) []Card {
	card := func(key, value string, pairs ...any) Card {
		return Card{Label: l.say("loop.card." + key), Value: value, Interval: l.say("loop.card."+key+"_note", pairs...)}
	}
	judged := board.Verdicts[service.Improved] + board.Verdicts[service.NoEvidence] + board.Verdicts[service.Worse]
	finished := board.States[service.Done] + board.States[service.DoneLate]
	out := []Card{
		card("overdue", count(board.States[service.Overdue]), "open", count(board.States[service.Open]), "planned", count(board.States[service.Planned])),
	}
	onTime := "–"
	if !math.IsNaN(float64(board.OnTime)) {
		onTime = percent0.String(float64(board.OnTime))
	}
	out = append(out, card("on_time", onTime, "done", count(finished), "late", count(board.States[service.DoneLate])))
	out = append(out, Card{
		Label: l.say("loop.card.improved"), Value: count(board.Verdicts[service.Improved]), Unit: l.say("loop.card.of", "n", count(judged)),
		Interval: l.say("loop.card.improved_note", "none", count(board.Verdicts[service.NoEvidence]), "worse", count(board.Verdicts[service.Worse])),
	})
	days := "–"
	if !math.IsNaN(float64(board.MedianDays)) {
		days = whole.String(float64(board.MedianDays))
	}
	out = append(out, card("days", days, "loops", count(board.Loops)))
	return out
}

// boardSection is every action by its state, the overdue first.
func (l *loopPages) boardSection() Section {
	t := &Table{
		ID: "board", Caption: l.say("loop.board", "n", len(l.loop.Actions)),
		Head: []string{l.say("loop.action"), l.say("loop.figure"), l.say("loop.owner"), l.say("loop.due"), l.say("loop.state")},
	}
	for _, state := range service.LoopStates {
		first := true
		for _, a := range l.sorted() {
			if a.State != state {
				continue
			}
			if first {
				t.Rows, first = append(t.Rows, Row{Label: l.say("loop.states." + state)}), false
			}
			t.Rows = append(t.Rows, Row{Label: l.doing(a), Cells: []Cell{
				{Text: l.metricLabel(a.Of), Mark: l.kindWord(a), Tone: "text"}, l.ownerCell(a), l.dueCell(a), l.stateCell(a),
			}})
		}
	}
	return Section{ID: "board", Title: l.say("loop.board_title"), Blocks: []Block{{Table: t}}}
}

// sorted are the actions by their due day, those without one last.
func (l *loopPages) sorted() []*service.LoopAction {
	out := slices.Clone(l.loop.Actions)
	slices.SortStableFunc(out, func(a, b *service.LoopAction) int {
		x, y := a.Due, b.Due
		switch {
		case x == y:
			return 0
		case x == "" || y != "" && x > y:
			return 1
		}
		return -1
	})
	return out
}

// kindWord is what kind of action it is and what it came from.
func (l *loopPages) kindWord(a *service.LoopAction) string {
	var out []string
	if a.Kind != "" {
		kind := l.codeName("kind", a.Kind)
		if slices.Contains(loopKinds, a.Kind) {
			kind = l.say("loop.kinds." + a.Kind)
		}
		out = append(out, kind)
	}
	if a.Source != "" {
		out = append(out, l.say("loop.sources."+a.Source))
	}
	if len(out) == 2 {
		return l.say("loop.kind_from", "kind", out[0], "source", out[1])
	}
	return l.join(out)
}

// loopKinds are the kinds of action that have a word (METHODS A62, A98).
var loopKinds = []string{"product", "process", "training"}

// dueCell is the last day, with the day of opening below it.
func (l *loopPages) dueCell(a *service.LoopAction) Cell {
	c := Cell{Text: unbroken(dash(a.Due))}
	if a.Opened != "" {
		c.Mark = l.say("loop.opened_on", "day", unbroken(a.Opened))
	}
	return c
}

func (l *loopPages) stateCell(a *service.LoopAction) Cell {
	switch a.State {
	case service.Overdue:
		return Cell{Text: l.say("loop.overdue_days", "n", a.DaysLate, "count", count(a.DaysLate)), Tone: "bad"}
	case service.DoneLate:
		return Cell{Text: unbroken(a.Done), Mark: l.say("loop.late_days", "n", a.DaysLate, "count", count(a.DaysLate))}
	case service.Done:
		return Cell{Text: unbroken(a.Done), Mark: l.say("loop.in_time"), Tone: "good"}
	}
	return Cell{Text: l.say("loop.states." + a.State), Tone: "quiet"}
}

// effectSection is what became of the named figures.
func (l *loopPages) effectSection() Section {
	s := Section{ID: "effects", Title: l.say("loop.effects")}
	if f := l.effectFigure(l.loop.Actions, "effects"); f != nil {
		s.Blocks = append(s.Blocks, Block{Figure: f})
	}
	s.Blocks = append(s.Blocks, Block{Table: l.effectTable("effect-of-actions", l.loop.Actions)}, Block{Note: l.say("loop.effects_note")})
	return s
}

func (l *loopPages) effectTable(id string, actions []*service.LoopAction) *Table {
	t := &Table{
		ID: id, Caption: l.say("loop.effect_table"),
		Head: []string{l.say("loop.action"), l.say("loop.figure"), l.say("loop.before"), l.say("loop.after"), l.say("loop.change"), l.say("loop.judged")},
	}
	left := 0
	for _, a := range actions {
		e := a.Effect
		if e.Why == service.NotDone || e.Why == service.NoMetric {
			left++
			continue
		}
		verdict := l.verdictCell(e)
		if a.Verdict != "" {
			verdict.Mark = l.say("loop.author_too", "author", l.codeName("verdict", a.Verdict))
		}
		t.Rows = append(t.Rows, Row{Label: l.doing(a), Cells: []Cell{
			{Text: l.metricLabel(a.Of), Mark: l.unitOf(a.Of, e), Tone: "text"}, l.datedCell(a.Of, e.Before), l.datedCell(a.Of, e.After), l.changeOf(a.Of, e), verdict,
		}})
	}
	if left > 0 {
		t.Note = l.say("loop.effects_left", "n", left)
	}
	return t
}

// unitOf is what a figure is counted in, and how it stands to its target.
func (l *loopPages) unitOf(m *service.LoopMetric, e *service.LoopEffect) string {
	if !m.Known {
		return ""
	}
	unit := l.unitWord(m, e.After)
	if e.TargetStands == "" {
		return unit
	}
	format, _, _ := loopFormat(m, e.After)
	return l.say("loop.unit_target_"+e.TargetStands, "unit", unit, "target", format.String(float64(e.Target)))
}

// datedCell is a figure with its time: 51.4 (2025).
func (l *loopPages) datedCell(m *service.LoopMetric, f *service.LoopFigure) Cell {
	if f == nil {
		return Cell{Text: "–", Tone: "quiet"}
	}
	if f.Why != "" {
		return Cell{Text: l.why(f.Why), Mark: l.when(f), Tone: "quiet"}
	}
	format, _, _ := loopFormat(m, f)
	return Cell{Text: format.String(float64(f.Value)), Mark: l.when(f)}
}

// effectFigure is the differences of the figures that have points in common: 0–100
// and percentage points. Nil with fewer than two.
func (l *loopPages) effectFigure(actions []*service.LoopAction, id string) *chart.Figure {
	f := &chart.Figure{
		ID: slug("actions", id), Kind: chart.Dots, Lang: l.lang, Words: l.chartWords(l.say("loop.action")), Note: l.say("loop.effect_figure_note"),
		Columns: l.valueColumns("difference", l.say("loop.change"), points), Axis: chart.Axis{Reference: 0, RefLabel: l.say("loop.no_change"), Label: l.say("loop.in_points")},
	}
	improved := 0
	for _, a := range actions {
		e := a.Effect
		if e.Verdict == "" || a.Of.Complaints || a.Of.LowerIsBetter || !a.Of.Score && !a.Of.Percent && a.Of.Kind != "nps" {
			continue
		}
		_, _, factor := loopFormat(a.Of, e.After)
		row := chart.Row{Label: isolated(a.ID) + " · " + l.metricLabel(a.Of), Cells: []float64{float64(e.Difference) * factor, float64(e.CI95[0]) * factor, float64(e.CI95[1]) * factor, float64(e.After.N)}, Strong: e.Verdict == service.Improved}
		if e.Verdict == service.Improved {
			improved++
		}
		f.Rows = append(f.Rows, row)
	}
	if len(f.Rows) < 2 {
		return nil
	}
	f.Title = l.say("loop.effect_figure", "n", improved, "improved", count(improved), "all", count(len(f.Rows)))
	return f
}

// roundSection is the way back: what did not help, and what follows it.
func (l *loopPages) roundSection() (Section, bool) {
	t := &Table{ID: "rounds", Caption: l.say("loop.rounds_table"), Head: []string{l.say("loop.figure"), l.say("loop.first"), l.say("loop.judged"), l.say("loop.next"), l.say("loop.judged"), l.say("loop.round")}}
	waiting := []string{}
	followed := map[string]bool{}
	for _, a := range l.loop.Actions {
		if before := l.action(a.Follows); before != nil && a.Follows != "" {
			followed[before.ID] = true
			t.Rows = append(t.Rows, Row{Label: l.metricLabel(a.Of), Cells: []Cell{{Text: l.doing(before), Tone: "text"}, l.verdictCell(before.Effect), {Text: l.doing(a), Tone: "text"}, l.verdictCell(a.Effect), {Text: count(a.Round)}}})
		}
	}
	for _, a := range l.loop.Actions {
		if v := a.Effect.Verdict; (v == service.NoEvidence || v == service.Worse) && !followed[a.ID] {
			waiting = append(waiting, l.doing(a))
		}
	}
	s := Section{ID: "loops", Title: l.say("loop.rounds")}
	if len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, Block{Table: t})
	}
	if len(waiting) > 0 {
		s.Blocks = append(s.Blocks, Block{Lists: []List{{Title: l.say("loop.waiting"), Items: waiting}}})
	}
	return s, len(s.Blocks) > 0
}

// proposalSection is what the figures ask for and nobody works on.
func (l *loopPages) proposalSection() Section {
	s := Section{ID: "proposals", Title: l.say("loop.proposals")}
	if len(l.loop.Proposals) == 0 {
		s.Blocks = []Block{{Text: l.say("loop.proposals_none")}}
		return s
	}
	t := &Table{ID: "proposed", Caption: l.say("loop.proposed", "n", len(l.loop.Proposals)), Head: []string{l.say("loop.figure"), l.say("loop.source"), l.say("loop.now"), l.say("loop.target"), l.say("loop.reasons")}}
	for _, p := range l.loop.Proposals {
		target := Cell{Text: "–", Tone: "quiet"}
		if !math.IsNaN(float64(p.Target)) {
			target = Cell{Text: score1.String(float64(p.Target))}
		}
		reasons := Cell{Tone: "text"}
		for _, r := range p.Reasons {
			reasons.Lines = append(reasons.Lines, l.weakReason(r))
		}
		if p.Source == "complaint" {
			reasons.Lines = append(reasons.Lines, l.say("loop.cluster", "n", p.N, "count", count(p.N), "share", percent0.String(float64(p.Share))))
		}
		for _, x := range p.Together {
			reasons.Lines = append(reasons.Lines, l.say("loop.together", "count", count(x.N), "column", l.say("loop.columns."+x.Column), "code", l.codeName(x.Column, x.Code)))
		}
		format, _, _ := loopFormat(p.Of, nil)
		t.Rows = append(t.Rows, Row{Label: l.metricLabel(p.Of), Cells: []Cell{
			{Text: l.say("loop.sources." + p.Source), Mark: l.unitWord(p.Of, &service.LoopFigure{Per: p.Per}), Tone: "text"}, {Text: format.String(float64(p.Value)), Mark: between(format, p.CI95)}, target, reasons,
		}})
	}
	s.Blocks = []Block{{Text: l.say("loop.proposals_text")}, {Table: t}, {Note: l.say("loop.proposals_note")}}
	return s
}
