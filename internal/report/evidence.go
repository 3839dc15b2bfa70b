package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"manyi/internal/service"
	"manyi/internal/survey"
)

// evidencePage is what an auditor looks for: the clauses with what proves them,
// a sample of complaints from their number to the effect, the method and the limits.
func (b *builder) evidencePage(f *service.Flow) *Page {
	e, heading := f.Evidence, "evidence.heading"
	if !trailActs(e) {
		heading += "_handling"
	}
	return &Page{Name: "evidence", Title: b.say("page.evidence"), Kicker: b.say("flow.kicker", "as_of", b.options.AsOf), Heading: b.say(heading, "n", e.Sampled, "count", count(e.Sampled), "of", count(e.Of))}
}

// fillEvidence writes the page once every other page is known.
func (b *builder) fillEvidence(page *Page, f *service.Flow) {
	page.Sections = append(page.Sections, b.evidenceMethod(f), b.evidenceTrail(f.Evidence))
	for _, standard := range b.options.Standards {
		page.Sections = append(page.Sections, b.evidenceClauses(standard))
	}
	page.Sections = append(page.Sections, Section{ID: "limits", Title: b.say("evidence.limits"), Blocks: []Block{{Lists: []List{{Title: b.say("evidence.limits_title"), Items: b.evidenceLimits()}}}}})
}

// evidenceMethod is the statement of the method and the counts behind the report.
func (b *builder) evidenceMethod(f *service.Flow) Section {
	t := &Table{ID: "evidence-counts", Caption: b.say("evidence.counts"), Head: []string{b.say("evidence.what"), b.say("evidence.count"), b.say("evidence.where")}}
	add := func(key string, n int, page string) {
		row := Row{Label: b.say("evidence.of." + key), Cells: []Cell{{Text: count(n)}, {Text: b.say("evidence.in."+key, "file", b.survey.File), Tone: "text"}}}
		row.Href = b.placeOf([]string{page})
		t.Rows = append(t.Rows, row)
	}
	if b.answered() {
		add("responses", b.latest().block.Base.Responses, "sample")
		if len(b.results.Waves) > 1 {
			add("waves", len(b.results.Waves), "trend")
		}
		c := b.results.Count
		t.Rows = append(t.Rows, Row{Label: b.say("evidence.of.cleaning"), Href: "method.html", Cells: []Cell{{Text: count(c.Read)}, {Text: b.say("evidence.in.cleaning", "counted", count(c.Counted), "left", count(c.Read-c.Counted)), Tone: "text"}}})
	}
	for _, l := range b.results.Ledgers {
		if !slices.Contains([]string{"complaints", "actions", "topics", "sources", "suggestions", "tickets", "visits"}, l.Name) {
			continue
		}
		row := Row{Label: b.say("ledger." + l.Name), Cells: []Cell{{Text: count(l.Kept)}, {Text: b.say("evidence.in.ledger", "first", l.First, "last", l.Last), Tone: "text"}}, Href: "method.html"}
		if v := b.visited(l.Name); v > 0 { // a visit is a record of many points
			row.Cells[0].Text, row.Cells[1].Text = count(v), b.say("evidence.in.visits", "points", count(l.Kept), "first", l.First, "last", l.Last)
		}
		if l.First == "" {
			row.Cells[1].Text = b.say("evidence.in.undated")
		}
		t.Rows = append(t.Rows, row)
	}
	for _, x := range []struct {
		key  string
		list []*service.Period
	}{{"months", f.Months}, {"quarters", f.Quarters}} {
		row := Row{Label: b.say("evidence.of." + x.key), Cells: []Cell{{Text: count(len(x.list))}, {Text: b.say("evidence.in." + x.key), Tone: "text"}}}
		if len(x.list) > 0 {
			row.Href = "periods.html"
		}
		t.Rows = append(t.Rows, row)
	}
	yes, no, open := f.Good.Yes+f.Improved.Yes, f.Good.No+f.Improved.No, f.Good.Open+f.Improved.Open
	said := b.say("evidence.in.verdicts_none")
	if yes+no+open > 0 {
		said = b.say("evidence.in.verdicts", "yes", count(yes), "no", count(no), "open", count(open))
	}
	t.Rows = append(t.Rows, Row{Label: b.say("evidence.of.verdicts"), Href: b.placeOf([]string{"actions"}), Cells: []Cell{{Text: count(yes + no + open)}, {Text: said, Tone: "text"}}})
	return Section{ID: "method", Title: b.say("evidence.method"), Blocks: []Block{
		{Text: b.say("evidence.method_text", "build", b.survey.Build(), "version", b.survey.Version)}, {Table: t}, {Note: b.say("evidence.aligned")},
	}}
}

// visited is how many mystery visits the ledger of this name tells of.
func (b *builder) visited(ledger string) int {
	if d := b.options.Service.Desk; ledger == "visits" && d != nil && d.Visits != nil {
		return d.Visits.N
	}
	return 0
}

// trailActs reports whether any complaint of the sample led to an action, so that
// there can be an effect to speak of.
func trailActs(e *service.Evidence) bool {
	return slices.ContainsFunc(e.Trail, func(step *service.TrailStep) bool { return step.Action != "" })
}

// evidenceTrail is the sample of complaints.
func (b *builder) evidenceTrail(e *service.Evidence) Section {
	s := Section{ID: "trail", Title: b.say("evidence.trail")}
	if len(e.Trail) == 0 {
		s.ID = "trail-none" // it proves no clause
		s.Blocks = []Block{{Text: b.say("evidence.no_trail")}}
		return s
	}
	acts, caption := trailActs(e), "evidence.trail_caption"
	if !acts {
		caption += "_handling"
	}
	t := &Table{ID: "trail-table", Caption: b.say(caption, "n", e.Sampled, "count", count(e.Sampled), "of", count(e.Of)), Head: []string{b.say("evidence.id")}, Cards: true}
	for _, stage := range service.TrailStages {
		t.Head = append(t.Head, b.say("evidence.stage."+stage))
	}
	if acts {
		t.Head = append(t.Head, b.say("evidence.action"))
	}
	for _, step := range e.Trail {
		row := Row{Label: b.say("evidence.case", "id", isolated(step.ID), "category", b.flowLabel("category", step.Category))}
		for i, day := range step.Stages {
			cell := trailDay(day, step.Stages[0], i == 0)
			if step.Reopened != "" && service.TrailStages[i] == "closed" {
				cell.Mark = b.say("evidence.reopened", "day", trailDay(step.Reopened, step.Stages[0], false).Text)
			}
			row.Cells = append(row.Cells, cell)
		}
		if acts {
			action := Cell{Text: isolated(step.Action)}
			if step.Action == "" {
				action = Cell{Text: "–", Tone: "quiet"}
			}
			row.Cells = append(row.Cells, action)
		}
		t.Rows = append(t.Rows, row)
	}
	s.Blocks = []Block{{Text: b.say("evidence.trail_text")}, {Table: t}, {Note: b.say("evidence.trail_days")}}
	if !acts {
		s.Blocks = append(s.Blocks, Block{Note: b.say("evidence.no_action")})
	}
	if actions := b.trailActions(e); actions != nil {
		s.Blocks = append(s.Blocks, Block{Table: actions}, Block{Note: b.say("evidence.trail_note")})
	}
	return s
}

// trailDay is the day of a stage, without the year where it is that of the reception.
func trailDay(day, received string, first bool) Cell {
	switch {
	case day == "":
		return Cell{Text: "–", Tone: "quiet"}
	case first || len(received) < 5 || !strings.HasPrefix(day, received[:5]):
		return Cell{Text: day}
	}
	return Cell{Text: day[5:]}
}

// trailActions says of each action that answers a complaint of the sample what
// has become of complaints of its kind; nil without actions.
func (b *builder) trailActions(e *service.Evidence) *Table {
	t := &Table{ID: "trail-actions", Caption: b.say("evidence.actions_caption"), Head: []string{b.say("evidence.action"), b.say("evidence.before"), b.say("evidence.after"), b.say("evidence.days")}}
	done := map[string]bool{"": true}
	for _, step := range e.Trail {
		if done[step.Action] {
			continue
		}
		done[step.Action] = true
		none := Cell{Text: "–", Tone: "quiet"}
		row := Row{Label: isolated(step.Action), Cells: []Cell{{Text: b.say("evidence.pending"), Tone: "quiet"}, none, none}}
		if f := step.Effect; f != nil {
			row.Cells = []Cell{b.trailShare(f.Before, f.AllBefore), b.trailShare(f.After, f.AllAfter), {Text: count(f.Days)}}
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

func (b *builder) trailShare(n, all int) Cell {
	if all == 0 {
		return Cell{Text: "–", Tone: "quiet"}
	}
	return Cell{Text: percent0.String(float64(n) / float64(all)), Mark: b.say("complaint_period.of", "on", count(n), "due", count(all))}
}

// evidenceClauses are the clauses of one standard with what proves them here.
func (b *builder) evidenceClauses(standard survey.Standard) Section {
	t := &Table{ID: "clauses-" + standard.ID, Caption: b.text(standard.Name), Head: []string{b.say("evidence.clause"), b.say("evidence.asks"), b.say("evidence.proof")}}
	for _, c := range standard.Clauses {
		row := Row{Label: c.Clause, Cells: []Cell{{Text: b.text(c.Asks), Tone: "text"}, {Text: b.say("evidence.missing"), Tone: "text"}}}
		var proofs []string
		for _, x := range append([]survey.StandardProof{{Proof: c.Proof, Pages: c.Pages}}, c.Also...) {
			href := b.evidenceClausePage(x.Pages)
			if href == "" && len(x.Pages) > 0 {
				continue
			}
			row.Href = cmp.Or(row.Href, href)
			proofs = append(proofs, b.text(x.Proof))
		}
		if len(proofs) > 0 {
			first, size := utf8.DecodeRuneInString(proofs[0]) // where only what comes second is there
			row.Cells[1].Text = string(unicode.ToUpper(first)) + strings.Join(proofs, b.say("evidence.also"))[size:]
		}
		t.Rows = append(t.Rows, row)
	}
	return Section{ID: "standard-" + standard.ID, Title: b.text(standard.Name), Blocks: []Block{{Text: b.text(standard.Text)}, {Table: t}}}
}

// evidenceClausePage is the first of the pages that is there.
func (b *builder) evidenceClausePage(pages []string) string {
	for _, name := range pages {
		if name == "schedule" && b.options.Schedule != "" {
			return b.options.Schedule
		}
		if place := b.placeOf([]string{name}); place != "" {
			return place
		}
	}
	return ""
}

// evidenceLimits are the limits of what the report can prove.
func (b *builder) evidenceLimits() []string {
	out := []string{b.say("evidence.limit.records"), b.say("evidence.limit.silent")}
	if b.placeOf([]string{"actions"}) != "" {
		out = append(out, b.say("evidence.limit.cause"))
	}
	out = append(out, b.say("evidence.limit.hidden", "min", b.results.MinCell))
	if b.results.Count.Simulated > 0 {
		out = append([]string{b.say("evidence.limit.simulated")}, out...)
	}
	return out
}
