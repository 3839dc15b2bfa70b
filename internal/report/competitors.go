package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// competitors is the comparison with other brands: who is ahead on what, and by
// how much more than chance. Nil where no analysis makes it.
func (b *builder) competitors() *Page {
	page := &Page{Name: "competitors", Title: b.say("page.competitors"), Kicker: b.kicker()}
	for _, a := range b.survey.Analyses {
		if a.Method != "competitors" || a.Competitors == nil {
			continue
		}
		c, ok := b.latest().block.Analyses[a.ID].(*measure.Competitors)
		if !ok {
			continue
		}
		if page.Heading == "" {
			page.Heading = b.competitorsHeading(a, c)
		}
		page.Sections = append(page.Sections, b.competitorSections(a, c)...)
	}
	if len(page.Sections) == 0 {
		return nil
	}
	return page
}

// brandName is the label of a brand: of the question's list, the author's word for the own one, else its id.
func (b *builder) brandName(a survey.Analysis, id string) string {
	if s := b.text(a.Competitors.Label); s != "" && id == ownID(a) {
		return isolated(s)
	}
	if item, ok := b.survey.Item(a.Competitors.Brand); ok && item.Scale != nil {
		return b.optionLabel(item.Scale, id)
	}
	if id == measure.OwnBrand {
		return b.say("competitors.we")
	}
	return isolated(id)
}

func ownID(a survey.Analysis) string {
	if a.Competitors.Own == "" {
		return measure.OwnBrand
	}
	return a.Competitors.Own
}

// competitorsHeading says where the own brand stands by score.
func (b *builder) competitorsHeading(a survey.Analysis, c *measure.Competitors) string {
	own := c.OwnOf()
	if own == nil || len(c.Rivals()) == 0 {
		return b.say("competitors.alone")
	}
	place, best := 1, (*measure.Brand)(nil)
	for _, r := range c.Rivals() {
		if r.Score > own.Score {
			place++
		}
		if best == nil || r.Score > best.Score {
			best = r
		}
	}
	text := b.say("competitors.heading", "own", b.set(b.brandName(a, own.ID)), "score", score1.String(float64(own.Score)), "place", place, "of", len(c.Rivals())+1)
	if math.IsNaN(float64(best.Gap)) {
		return text
	}
	key := "competitors.heading_same"
	if best.Holm < 0.05 {
		key = "competitors.heading_ahead"
		if best.Gap < 0 {
			key = "competitors.heading_behind"
		}
	} else if math.IsNaN(float64(best.Holm)) {
		key = "competitors.heading_untested"
	}
	return text + b.say(key, "brand", b.set(b.brandName(a, best.ID)), "gap", score1.String(math.Abs(float64(best.Gap))))
}

func (b *builder) competitorSections(a survey.Analysis, c *measure.Competitors) []Section {
	out := []Section{{ID: slug(a.ID, "score"), Title: b.say("competitors.score"), Blocks: []Block{{Figure: b.brandScores(a, c)}, {Table: b.brandTable(a, c)}}}}
	if f := b.brandWaves(a, c); f != nil {
		out[0].Blocks = append(out[0].Blocks, Block{Figure: f})
	}
	for _, w := range c.Warnings {
		if key := "competitors.warning_" + w; b.locale.Has(key) {
			out[0].Blocks = append(out[0].Blocks, Block{Note: b.say(key, "min", b.results.MinCell)})
		}
	}
	items := Section{ID: slug(a.ID, "items"), Title: b.say("competitors.items")}
	if len(c.Items) >= 3 && len(c.Items) <= 12 {
		items.Blocks = append(items.Blocks, Block{Figure: b.brandRadar(a, c)})
	}
	for _, r := range c.Rivals() {
		if c.OwnOf() != nil {
			items.Blocks = append(items.Blocks, Block{Figure: b.brandGaps(a, c, r)})
		}
	}
	if len(items.Blocks) > 0 {
		out = append(out, items)
		out = append(out, Section{ID: slug(a.ID, "tests"), Title: b.say("competitors.tests"), Blocks: []Block{{Table: b.brandItems(a, c)}, {Note: b.say("competitors.method")}}})
	}
	if c.Industry != nil {
		out = append(out, Section{ID: slug(a.ID, "industry"), Title: b.say("competitors.industry"), Blocks: []Block{{Text: b.say("competitors.industry_"+c.Industry.Method, "brand", b.set(b.brandName(a, c.Industry.Brand)))}, {Figure: b.industryGaps(a, c)}}})
	}
	return out
}

// brandScores is the score of each brand with its interval.
func (b *builder) brandScores(a survey.Analysis, c *measure.Competitors) *chart.Figure {
	f := &chart.Figure{ID: slug(a.ID, "scores"), Kind: chart.Dots, Lang: b.lang, Columns: b.valueColumns("score", b.say("loyalty.score"), score1), Words: b.chartWords(b.say("competitors.brand")), Axis: chart.Axis{Reference: math.NaN()}}
	if own := c.OwnOf(); own != nil {
		f.Axis.Reference, f.Axis.RefLabel = float64(own.Score), b.brandName(a, own.ID)
	}
	for _, x := range c.Brands {
		row := chart.Row{Label: b.brandName(a, x.ID), Cells: blank(4), Strong: x.ID == c.Own}
		switch {
		case x.Suppressed:
			row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
		case math.IsNaN(float64(x.Score)):
			row.State, row.Why = chart.Empty, b.say("competitors.incomplete")
		default:
			row.Cells = []float64{float64(x.Score), float64(x.CI95[0]), float64(x.CI95[1]), float64(x.N)}
			if x.N < 30 && x.Source == "responses" {
				row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
			}
		}
		f.Rows = append(f.Rows, row)
	}
	scoreAxis(f)
	f.Title, f.Note = b.scoreTitle(a, c), b.say("competitors.score_note", "n", len(c.Items), "weighted", b.weightedNote())
	return f
}

// scoreTitle names the brands that the own one is clearly ahead of or behind.
func (b *builder) scoreTitle(a survey.Analysis, c *measure.Competitors) string {
	var ahead, behind []string
	for _, r := range c.Rivals() {
		switch {
		case !(r.Holm < 0.05):
		case r.Gap > 0:
			ahead = append(ahead, b.brandName(a, r.ID))
		default:
			behind = append(behind, b.brandName(a, r.ID))
		}
	}
	switch {
	case len(ahead) > 0 && len(behind) > 0:
		return b.say("competitors.title_both", "ahead", b.set(b.join(ahead)), "behind", b.set(b.join(behind)))
	case len(ahead) > 0:
		return b.say("competitors.title_ahead", "ahead", b.set(b.join(ahead)))
	case len(behind) > 0:
		return b.say("competitors.title_behind", "behind", b.set(b.join(behind)))
	}
	if best := bestBrand(c); best != nil && !b.tested(c) {
		return b.say("competitors.title_untested", "brand", b.set(b.brandName(a, best.ID)), "score", score1.String(float64(best.Score)))
	}
	return b.say("competitors.title_level")
}

// tested reports whether any score could be tested.
func (b *builder) tested(c *measure.Competitors) bool {
	return slices.ContainsFunc(c.Rivals(), func(r *measure.Brand) bool { return !math.IsNaN(float64(r.Holm)) })
}

// bestBrand is the brand with the best score, nil where none has one.
func bestBrand(c *measure.Competitors) *measure.Brand {
	var best *measure.Brand
	for _, x := range c.Brands {
		if !x.Suppressed && !math.IsNaN(float64(x.Score)) && (best == nil || x.Score > best.Score) {
			best = x
		}
	}
	return best
}

func (b *builder) brandTable(a survey.Analysis, c *measure.Competitors) *Table {
	t := &Table{
		ID: slug(a.ID, "brands"), Caption: b.say("competitors.table"), Note: b.say("competitors.table_note"),
		Head: []string{b.say("competitors.brand"), b.say("competitors.source"), b.say("figure.base"), b.say("loyalty.score"), b.say("competitors.gap"), b.say("competitors.p"), b.say("competitors.relative")},
	}
	for _, x := range c.Brands {
		row := Row{Label: b.brandName(a, x.ID)}
		if x.Suppressed {
			row.Cells = []Cell{{Text: b.say("competitors." + x.Source), Tone: "quiet"}, {Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}, {}, {}, {}, {}}
			t.Rows = append(t.Rows, row)
			continue
		}
		row.Cells = []Cell{{Text: b.say("competitors." + x.Source), Tone: "quiet"}, {Text: count(x.N)}, {Text: score1.String(float64(x.Score)), Mark: intervalMark(score1, x.CI95)}}
		row.Cells = append(row.Cells, gapCells(x.Gap, x.GapCI, x.Holm, x.Relative, x.ID == c.Own)...)
		t.Rows = append(t.Rows, row)
	}
	return t
}

// intervalMark is an interval, nothing where it is not known.
func intervalMark(f chart.Format, ci measure.Interval) string {
	if math.IsNaN(float64(ci[0])) || math.IsNaN(float64(ci[1])) {
		return ""
	}
	return between(f, ci)
}

// gapCells are gap, p and relative index; dashes for the own brand.
func gapCells(gap measure.Number, ci measure.Interval, holm, relative measure.Number, own bool) []Cell {
	dash := Cell{Text: "–", Tone: "quiet"}
	if own || math.IsNaN(float64(gap)) {
		return []Cell{dash, dash, dash}
	}
	c := Cell{Text: points.String(float64(gap)), Mark: intervalMark(points, ci)}
	if holm < 0.05 {
		c.Tone = "good"
		if gap < 0 {
			c.Tone = "bad"
		}
	}
	test := dash
	if !math.IsNaN(float64(holm)) {
		test = Cell{Text: pValue(holm)}
	}
	return []Cell{c, test, {Text: score1.String(float64(relative))}}
}

func pValue(v measure.Number) string {
	if v < 0.001 {
		return "< 0.001"
	}
	return p3.String(float64(v))
}
