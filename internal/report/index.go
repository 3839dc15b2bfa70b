package report

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"manyi/internal/measure"
	"manyi/internal/survey"
)

// indices is the page of satisfaction indices, the enterprise index and the
// service evaluation. Nil where the survey has none of them.
func (b *builder) indices() *Page {
	page := &Page{Name: "satisfaction-index", Title: b.say("page.index"), Kicker: b.kicker()}
	for _, a := range b.survey.Analyses {
		if !a.Built {
			continue
		}
		switch a.Method {
		case "csi":
			page.Sections = append(page.Sections, b.indexSections(a)...)
		case "enterprise":
			page.Sections = append(page.Sections, b.enterpriseSections(a)...)
		case "service_evaluation":
			page.Sections = append(page.Sections, b.serviceSections(a)...)
		}
	}
	if len(page.Sections) == 0 {
		return nil
	}
	page.Heading = b.indexHeading()
	return page
}

// indexHeading says what the first index on the page says.
func (b *builder) indexHeading() string {
	if a, c, ok := b.leadingIndex(); ok {
		return b.indexSentence(a, c) + b.facetEnds(a, c)
	}
	for _, a := range b.survey.Analyses {
		switch r := b.latest().block.Analyses[a.ID].(type) {
		case *measure.Enterprise:
			return b.enterpriseSentence(a, r)
		case *measure.ServiceEvaluation:
			return b.serviceSentence(a, r)
		}
	}
	return b.say("csi.none")
}

// leadingIndex is the first satisfaction index with a score: it leads the overview.
func (b *builder) leadingIndex() (survey.Analysis, *measure.CSI, bool) {
	for _, a := range b.survey.Analyses {
		if c := b.indexOf(b.latest(), a.ID); c != nil {
			return a, c, true
		}
	}
	return survey.Analysis{}, nil, false
}

// indexOf is an index in a wave, nil where it has no score to show.
func (b *builder) indexOf(w wave, id string) *measure.CSI {
	if w.block == nil || w.block.Suppressed {
		return nil
	}
	c, ok := w.block.Analyses[id].(*measure.CSI)
	if !ok || c.N == 0 {
		return nil
	}
	return c
}

// figureID is the id of a figure or section of an analysis: a column may have
// the name of an analysis, and figures of its own.
func (b *builder) figureID(a survey.Analysis, parts ...string) string {
	name := []string{a.ID}
	taken := func(i survey.Item) bool {
		return strings.EqualFold(i.ID, a.ID) || i.Question != nil && strings.EqualFold(i.Question.ID, a.ID)
	}
	if slices.ContainsFunc(b.survey.Items(), taken) {
		name = append(name, "analysis")
	}
	return slug(append(name, parts...)...)
}

// analysisName is what an analysis is called.
func (b *builder) analysisName(a survey.Analysis, otherwise string) string {
	if s := b.text(a.Label); s != "" {
		return isolated(s)
	}
	return b.say(otherwise)
}

// indexSentence says where an index stands, whether it meets its target and what became of it.
func (b *builder) indexSentence(a survey.Analysis, c *measure.CSI) string {
	text := b.say("csi.heading", "name", b.analysisName(a, "csi.name"), "score", score1.String(float64(c.Score)))
	if c.Target != nil {
		text += b.say("csi.verdict_"+c.Verdict, "target", score1.String(float64(*c.Target)))
	}
	step, from := b.indexStep(a.ID, c)
	switch {
	case step == nil:
		return text + b.say("csi.stop")
	case !step.Comparable:
		return text + b.say("csi.stop") + b.indexReason(step.Reason, from)
	case !step.Holds():
		ending, pairs := b.sinceFirst(measure.Metric{Item: a.ID, Kind: "figure", Path: "score"}, score1)
		return text + b.say("csi.same"+ending, append(pairs, "wave", from)...)
	}
	key := "csi.up"
	if step.Difference < 0 {
		key = "csi.down"
	}
	return text + b.say(key, "wave", from, "difference", score1.String(math.Abs(float64(step.Difference))))
}

// facetEnds names the strongest and the weakest facet where their intervals do not meet.
func (b *builder) facetEnds(a survey.Analysis, c *measure.CSI) string {
	best, worst := facetExtremes(c)
	switch {
	case best != nil:
		return b.say("csi.facets_ends", "best", b.facetName(a, best.ID), "high", score1.String(float64(best.Score)), "worst", b.facetName(a, worst.ID), "low", score1.String(float64(worst.Score)))
	case len(shownFacets(c)) > 1:
		return b.say("csi.facets_level")
	}
	return ""
}

func shownFacets(c *measure.CSI) []*measure.IndexFacet {
	return slices.DeleteFunc(slices.Clone(c.Facets), func(f *measure.IndexFacet) bool { return f.Suppressed || f.N == 0 })
}

// facetExtremes are the strongest and the weakest facet; nil where their intervals meet.
func facetExtremes(c *measure.CSI) (best, worst *measure.IndexFacet) {
	facets := shownFacets(c)
	if len(facets) < 2 {
		return nil, nil
	}
	slices.SortStableFunc(facets, func(x, y *measure.IndexFacet) int { return cmp.Compare(y.Score, x.Score) })
	if best, worst = facets[0], facets[len(facets)-1]; !(best.CI95[0] > worst.CI95[1]) {
		return nil, nil
	}
	return best, worst
}

// facetName is the label of a facet of an index, by its id among all facets.
func (b *builder) facetName(a survey.Analysis, id string) string {
	var find func(facets []survey.Facet) string
	find = func(facets []survey.Facet) string {
		for _, f := range facets {
			if f.ID == id {
				if s := b.text(f.Label); s != "" {
					return isolated(s)
				}
				return f.ID
			}
			if s := find(f.Facets); s != "" {
				return s
			}
		}
		return ""
	}
	if s := find(a.CSI.Facets); s != "" {
		return s
	}
	return id
}

// leafName is the label of an item of an index.
func (b *builder) leafName(i survey.FacetItem) string {
	if s := b.text(i.Label); s != "" {
		return isolated(s)
	}
	if item, ok := b.survey.Item(i.ID); ok {
		return b.label(item)
	}
	return i.ID
}

// spaced is a name as it stands inside a sentence: Chinese sets a space
// between Han and Latin or digits.
func (b *builder) spaced(name string) string {
	if !strings.HasPrefix(b.lang, "zh") || name == "" {
		return name
	}
	if name[0] < utf8.RuneSelf && name[0] != '(' {
		name = " " + name
	}
	if last := name[len(name)-1]; last < utf8.RuneSelf && last != ')' {
		name += " "
	}
	return name
}

// indexStep is the change of an index since the wave before: as the trend has
// it, adjusted with the other figures, else as its contributions have it. It
// is nil with one wave.
func (b *builder) indexStep(id string, c *measure.CSI) (*measure.Step, string) {
	if c.Contributions == nil || len(b.waves) < 2 {
		return nil, ""
	}
	if d := c.Contributions; !d.Comparable {
		return &measure.Step{From: d.From, To: d.To, Difference: d.Difference, CI95: d.CI95, P: d.P, Reason: d.Reason}, b.before()
	}
	if t, ok := b.latest().block.Analyses["trend"].(*measure.Trend); ok {
		at := slices.IndexFunc(t.Figures, func(f *measure.Followed) bool { return f.Figure == "analyses."+id+".score" })
		if at >= 0 && len(t.Figures[at].Steps) > 0 {
			return t.Figures[at].Steps[len(t.Figures[at].Steps)-1], b.before()
		}
	}
	d := c.Contributions
	return &measure.Step{From: d.From, To: d.To, Difference: d.Difference, CI95: d.CI95, P: d.P, Holm: d.Holm, BH: d.Holm, Comparable: true}, b.before()
}

// indexChanged is the change of an index on its card.
func (b *builder) indexChanged(id string, c *measure.CSI) string {
	step, from := b.indexStep(id, c)
	if step != nil && !step.Comparable {
		return strings.TrimSpace(b.indexReason(step.Reason, from))
	}
	return b.changed(step, from, points, 1, "unit.score")
}

// indexCard is the large card of an index: its score with interval and target.
func (b *builder) indexCard(a survey.Analysis, c *measure.CSI) Card {
	w := &Whisker{Min: float64(c.Range[0]), Max: float64(c.Range[1]), Value: float64(c.Score), Low: float64(c.CI95[0]), High: float64(c.CI95[1]), Target: math.NaN()}
	label := b.say("csi.card", "name", b.analysisName(a, "csi.name"))
	if c.Target != nil {
		w.Target = float64(*c.Target)
		label = b.say("csi.card_"+c.Verdict, "name", b.analysisName(a, "csi.name"), "target", score1.String(w.Target))
	}
	return Card{
		Label: label, Value: score1.String(float64(c.Score)), Unit: "/ " + whole.String(float64(c.Range[1])),
		Interval: b.cardInterval(between(score1, c.CI95), c.N), Change: b.indexChanged(a.ID, c), Whisker: w,
	}
}

// indexSections is everything about one index.
func (b *builder) indexSections(a survey.Analysis) []Section {
	name := b.analysisName(a, "csi.name")
	c := b.indexOf(b.latest(), a.ID)
	if c == nil {
		text := b.say("csi.none")
		if _, hidden := b.latest().block.Analyses[a.ID].(*measure.Hidden); hidden {
			text = b.say("figure.suppressed", "min", b.results.MinCell)
		}
		return []Section{{ID: b.figureID(a), Title: name, Blocks: []Block{{Text: text}}}}
	}
	first := Section{ID: b.figureID(a), Title: name, Blocks: []Block{{Cards: []Card{b.indexCard(a, c)}}}}
	first.Blocks = append(first.Blocks, b.indexNotes(a, c)...)
	first.Blocks = append(first.Blocks, Block{Figure: b.facetFigure(a, c)})
	if n := len(c.Facets); a.CSI.Pack != nil && n >= 3 && n <= 8 {
		first.Blocks = append(first.Blocks, Block{Figure: b.facetRadar(a)})
	}
	out := []Section{first}
	add := func(id, title string, blocks ...Block) {
		text := b.say(title)
		if len(b.indexNames()) > 1 {
			text = b.say("item.of", "battery", name, "item", text)
		}
		if len(blocks) > 0 {
			out = append(out, Section{ID: b.figureID(a, id), Title: text, Blocks: blocks})
		}
	}
	add("tree", "csi.tree", Block{Figure: b.indexTree(a, c)})
	add("change", "csi.change", b.indexChange(a, c)...)
	add("items", "csi.items", b.indexItems(a, c)...)
	add("groups", "csi.groups", b.indexGroups(a, c)...)
	add("schemes", "csi.schemes", b.indexSchemes(a, c)...)
	add("ahp", "csi.ahp", b.indexAHP(a, c)...)
	add("system", "csi.system", b.indexSystem(a)...)
	return out
}

// indexNames are the satisfaction indices of the survey.
func (b *builder) indexNames() []string {
	var out []string
	for _, a := range b.survey.Analyses {
		if a.Method == "csi" && a.Built {
			out = append(out, b.analysisName(a, "csi.name"))
		}
	}
	return out
}

// indexNotes say how the index is made and what it cannot carry.
func (b *builder) indexNotes(a survey.Analysis, c *measure.CSI) []Block {
	mapping := b.say("csi.minmax")
	if c.Mapping != nil {
		mapping = b.say("csi.points", "points", b.pointTable(c.Mapping))
	}
	out := []Block{{Note: mapping + b.say("csi.weighting", "way", b.say("csi.way."+c.Weighting)) + b.say("csi.renormalised", "share", percent0.String(float64(c.MinAnswered)))}}
	if others := b.otherMappings(a); others != "" {
		out = append(out, Block{Note: b.say("csi.other_mappings", "names", others)})
	}
	var alike []string // nodes whose parts weigh the same: one note for all of them
	for _, w := range c.Warnings {
		code, node, _ := strings.Cut(w, ":")
		where := b.say("csi.top")
		if node != "" {
			where = b.facetName(a, node)
		}
		switch code {
		case measure.NoImportance:
			alike = append(alike, where)
		case measure.NoDerived, measure.Inconsistent:
			out = append(out, Block{Note: b.say("csi.warning."+code, "node", where)})
		case measure.Base30, measure.OneAnswer:
			out = append(out, Block{Note: b.say("warning." + code)})
		}
	}
	if len(alike) > 0 {
		out = append(out, Block{Note: b.say("csi.warning."+measure.NoImportance, "node", b.join(alike))})
	}
	return out
}

// otherMappings names the indices whose points are others: they are not to be compared.
func (b *builder) otherMappings(a survey.Analysis) string {
	var names []string
	for _, o := range b.survey.Analyses {
		if o.Method == "csi" && o.Built && o.ID != a.ID && !sameMapping(o.CSI.Mapping, a.CSI.Mapping) {
			names = append(names, b.analysisName(o, "csi.name"))
		}
	}
	return b.join(names)
}

func sameMapping(x, y map[string]float64) bool {
	if len(x) != len(y) {
		return false
	}
	for code, points := range x {
		if p, ok := y[code]; !ok || p != points {
			return false
		}
	}
	return true
}

// pointTable writes the points of codes: 1 = 20, 2 = 40 …
func (b *builder) pointTable(mapping map[string]float64) string {
	var codes []string
	for code := range mapping {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(x, y string) int {
		if len(x) != len(y) {
			return len(x) - len(y)
		}
		return strings.Compare(x, y)
	})
	for i, code := range codes {
		codes[i] = code + " = " + chartNumber(mapping[code])
	}
	return strings.Join(codes, b.say("list.comma"))
}

func chartNumber(x float64) string {
	if x == math.Trunc(x) {
		return whole.String(x)
	}
	return score1.String(x)
}
