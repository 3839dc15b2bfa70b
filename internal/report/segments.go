package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// segments is one section a breakdown: the headline by group, and a banner
// table of every rated item. Nil without segments or rated items.
func (b *builder) segments() *Page {
	head, ok := b.survey.Headline()
	if !ok || b.latest().block.Analyses["compare"] == nil {
		return nil
	}
	page := &Page{Name: "segments", Title: b.say("page.segments"), Kicker: b.kicker()}
	var differ []string
	tested := false
	if c, ok := b.latest().block.Analyses["compare"].(*measure.Compare); ok {
		for _, w := range c.Warnings {
			if id, ok := strings.CutPrefix(w, measure.TooManyGroups+":"); ok {
				item, _ := b.survey.Item(id)
				page.Sections = append(page.Sections, Section{ID: slug(id), Title: b.label(item), Blocks: []Block{{Note: b.say("segments.too_many")}}})
			}
		}
	}
	for _, id := range b.survey.Segments {
		item, ok := b.survey.Item(id)
		blocks := b.latest().block.BySegment[id]
		if !ok || blocks == nil {
			continue
		}
		c := b.compared(id, head.ID)
		tested = tested || c != nil && !math.IsNaN(float64(c.P))
		if c != nil && c.BH < 0.05 {
			differ = append(differ, b.label(item))
		}
		section := Section{ID: slug(id), Title: b.label(item), Blocks: []Block{{Figure: b.byGroup(head, item, blocks, c)}, {Table: b.banner(item, blocks)}}}
		section.Blocks = append(section.Blocks, b.effectText(c)...)
		section.Blocks = append(section.Blocks, b.comparedFigures(item, blocks)...)
		page.Sections = append(page.Sections, section)
	}
	page.Sections = append(page.Sections, b.pairSections()...)
	page.Heading = b.say("segments.same", "item", b.label(head))
	if !tested {
		page.Heading = b.say("segments.untested", "item", b.label(head))
	}
	if others := b.otherDiffering(head); tested && len(differ) == 0 && len(others) > 0 {
		page.Heading += b.say("segments.others", "n", len(others), "items", b.someOf(others))
	}
	if len(differ) > 0 {
		page.Heading = b.say("segments.differ", "item", b.label(head), "segments", b.join(differ))
	}
	return page
}

// otherDiffering are the names of the rated items, but for the headline, whose
// means clearly differ between the groups of some breakdown.
func (b *builder) otherDiffering(head survey.Item) []string {
	var out []string
	for _, item := range b.survey.Items() {
		if item.ID == head.ID || !item.Rated() {
			continue
		}
		if slices.ContainsFunc(b.survey.Segments, func(segment string) bool {
			c := b.compared(segment, item.ID)
			return c != nil && c.BH < 0.05
		}) {
			out = append(out, b.say("priorities.quoted", "item", b.name(item)))
		}
	}
	return out
}

// someOf names the first few and how many others there are.
func (b *builder) someOf(names []string) string {
	if rest := len(names) - mostMoved; rest > 0 {
		names = append(slices.Clone(names[:mostMoved]), b.say("trend.more", "n", rest))
	}
	return b.join(names)
}

func (b *builder) compared(segment, item string) *measure.Compared {
	c, ok := b.latest().block.Analyses["compare"].(*measure.Compare)
	if !ok {
		return nil
	}
	return c.Of(segment, item)
}

// byGroup is the headline's mean in every group of a segment.
func (b *builder) byGroup(head, segment survey.Item, blocks map[string]*measure.Block, c *measure.Compared) *chart.Figure {
	f := &chart.Figure{
		ID: slug(head.ID, "by", segment.ID), Kind: chart.Dots, Lang: b.lang, Title: b.groupTitle(b.label(head), segment, c, "title.groups_differ", mean2),
		Note:    b.say("note.groups", "measure", b.measureName(head, "mean"), "weighted", b.weightedNote()),
		Columns: b.valueColumns("mean", b.say("figure.mean"), mean2), Words: b.chartWords(b.say("figure.group")),
		Axis: chart.Axis{Reference: math.NaN()},
	}
	if q := b.questionOf(b.latest(), head.ID); q != nil && q.Mean != nil {
		f.Axis.Reference, f.Axis.RefLabel = known(q.Mean), b.say("figure.all")
	}
	for _, code := range groupCodes(segment, blocks) {
		q := blocks[code].Questions[head.ID]
		if blocks[code].Suppressed {
			q = &measure.Question{Suppressed: true}
		}
		f.Rows = append(f.Rows, b.valueRow(b.groupLabel(segment, code), q, "mean"))
	}
	return f
}

// groupTitle says whether groups differ in something and which is lowest.
func (b *builder) groupTitle(what string, segment survey.Item, c *measure.Compared, differ string, format chart.Format) string {
	name := b.say("title.by", "item", what, "segment", b.label(segment))
	switch {
	case c != nil && c.Groups > 1 && math.IsNaN(float64(c.P)): // groups without spread
		return b.say("title.groups_untested", "segment", name)
	case c == nil || math.IsNaN(float64(c.P)):
		return b.say("title.groups_few", "segment", name)
	case c.BH >= 0.05:
		return b.say("title.groups_same", "segment", name, "p", p(c.BH))
	}
	low, high, wide := "", "", 0.0
	for _, pair := range b.telling(c) {
		if d := float64(pair.Difference); math.Abs(d) > wide && pair.Holm < 0.05 {
			wide, high, low = math.Abs(d), pair.A, pair.B
			if d < 0 {
				high, low = pair.B, pair.A
			}
		}
	}
	if low == "" {
		return b.say("title.groups_somewhere", "segment", name, "p", p(c.BH))
	}
	return b.say(differ, "segment", name, "high", b.groupLabel(segment, high), "low", b.groupLabel(segment, low), "difference", format.String(wide))
}

func (b *builder) groupLabel(segment survey.Item, code string) string {
	if segment.Scale == nil {
		return code
	}
	return b.optionLabel(segment.Scale, code)
}

// groupCodes lists the groups in the order of the scale, those found in the data after it.
func groupCodes(segment survey.Item, blocks map[string]*measure.Block) []string {
	var out []string
	if segment.Scale != nil {
		for _, c := range segment.Scale.Codes() {
			if blocks[c] != nil {
				out = append(out, c)
			}
		}
	}
	var rest []string
	for c := range blocks {
		if !slices.Contains(out, c) {
			rest = append(rest, c)
		}
	}
	slices.Sort(rest)
	return append(out, rest...)
}

// banner is the means of every rated item by group, with significance letters:
// a mean carries the letters of the groups it is higher than (Holm, 5 %).
func (b *builder) banner(segment survey.Item, blocks map[string]*measure.Block) *Table {
	groups, shown := groupCodes(segment, blocks), b.shownCodes(segment, blocks)
	t := &Table{ID: slug(segment.ID, "banner"), Cards: true, Caption: b.say("table.banner", "segment", b.label(segment)), Head: []string{b.say("figure.item"), b.say("figure.all")}}
	for _, code := range shown {
		t.Head = append(t.Head, b.groupLabel(segment, code)+" ("+letter(slices.Index(groups, code))+")")
	}
	var last *survey.Question
	for _, item := range b.survey.Items() {
		if !item.Rated() {
			continue
		}
		if item.Row != nil && item.Question != last {
			last = item.Question
			t.Rows = append(t.Rows, Row{Label: b.text(item.Question.Text)})
		}
		t.Rows = append(t.Rows, b.bannerRow(item, segment.ID, groups, shown, blocks))
	}
	t.Rows = append(t.Rows, b.bannerBase(shown, blocks))
	t.Note = b.say("table.letters") + b.smallLetters(t) + b.unshown(segment, blocks)
	return t
}

// small stands after the letter of a group with fewer than 30 answers.
const small = "°"

// smallLetters says what the sign after a letter means, where a cell has one.
func (b *builder) smallLetters(t *Table) string {
	for _, row := range t.Rows {
		if slices.ContainsFunc(row.Cells, func(c Cell) bool { return strings.Contains(c.Mark, small) }) {
			return b.say("table.letters_small", "sign", small)
		}
	}
	return ""
}

func (b *builder) bannerRow(item survey.Item, segment string, groups, shown []string, blocks map[string]*measure.Block) Row {
	row := Row{Label: b.onItsScale(item), Cells: []Cell{b.meanCell(b.questionOf(b.latest(), item.ID))}}
	c := b.compared(segment, item.ID)
	for _, code := range shown {
		q := blocks[code].Questions[item.ID]
		if blocks[code].Suppressed {
			q = &measure.Question{Suppressed: true}
		}
		cell := b.meanCell(q)
		if c != nil && cell.Tone == "" {
			cell.Mark = letters(c, code, groups, func(other string) bool {
				q := blocks[other].Questions[item.ID]
				return q == nil || q.N < 30
			})
			if cell.Tone = standing(c, code, item.Reverse); cell.Tone != "" && b.asksNoRating(item.ID) {
				cell.Tone = "moved"
			}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// asksNoRating reports whether a column is what people expect or hold important:
// more of it is neither good nor bad.
func (b *builder) asksNoRating(id string) bool {
	for _, a := range b.survey.Analyses {
		if a.Gap != nil {
			for _, d := range a.Gap.Dimensions {
				if slices.ContainsFunc(d.Pairs, func(p survey.GapPair) bool { return p.Expected == id || p.Adequate == id }) {
					return true
				}
			}
		}
		if m := a.ImportancePerformance; m != nil {
			for _, item := range m.Items {
				if item.Importance == id {
					return true
				}
			}
		}
		if k := a.Kano; k != nil {
			for _, f := range k.Features {
				if f.Importance == id {
					return true
				}
			}
		}
	}
	return false
}

func (b *builder) meanCell(q *measure.Question) Cell {
	switch {
	case q == nil || !q.Asked && !q.Suppressed:
		return Cell{Text: "–", Tone: "quiet"}
	case q.Suppressed:
		return Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
	case q.N == 0:
		return Cell{Text: "–", Tone: "quiet"}
	case q.N < 30:
		return Cell{Text: mean2.String(known(q.Mean)), Mark: b.say("table.few"), Tone: "quiet"}
	}
	return Cell{Text: mean2.String(known(q.Mean))}
}

func (b *builder) bannerBase(groups []string, blocks map[string]*measure.Block) Row {
	row := Row{Label: b.say("table.responses"), Foot: true, Cells: []Cell{{Text: count(b.latest().block.Base.Responses), Tone: "quiet"}}}
	for _, code := range groups {
		cell := Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
		if !blocks[code].Suppressed {
			cell.Text = count(blocks[code].Base.Responses)
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// letters are the groups that the mean of group code is higher than, those of few
// answers with a sign.
func letters(c *measure.Compared, code string, groups []string, few func(code string) bool) string {
	var out []string
	add := func(other string) {
		sign := ""
		if few(other) {
			sign = small
		}
		out = append(out, letter(slices.Index(groups, other))+sign)
	}
	for _, pair := range c.Pairs {
		if pair.Holm >= 0.05 || math.IsNaN(float64(pair.Holm)) {
			continue
		}
		if pair.A == code && pair.Difference > 0 {
			add(pair.B)
		}
		if pair.B == code && pair.Difference < 0 {
			add(pair.A)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// standing is "good" for a group that is rated clearly better than at least
// half of the others, "bad" for one rated clearly worse than half of them.
func standing(c *measure.Compared, code string, reverse bool) string {
	better, worse := 0, 0
	for _, pair := range c.Pairs {
		if pair.Holm >= 0.05 || math.IsNaN(float64(pair.Holm)) || pair.A != code && pair.B != code {
			continue
		}
		if (pair.A == code) == (pair.Difference > 0) != reverse {
			better++
		} else {
			worse++
		}
	}
	switch {
	case better > worse && 2*better >= c.Groups-1:
		return "good"
	case worse > better && 2*worse >= c.Groups-1:
		return "bad"
	}
	return ""
}

// letter names the k-th column: a … z, aa …
func letter(k int) string {
	if k >= 26 {
		return letter(k/26-1) + letter(k%26)
	}
	return string(rune('a' + k))
}
