package report

import (
	"math"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// indexChange is the index over the waves and what its last change is made of.
func (b *builder) indexChange(a survey.Analysis, c *measure.CSI) []Block {
	if len(b.waves) < 2 {
		return nil
	}
	out := []Block{{Figure: b.indexTrend(a, c)}}
	d := c.Contributions
	if d == nil {
		return out
	}
	if !d.Comparable {
		out = append(out, Block{Note: b.indexReason(d.Reason, b.before())})
	}
	if math.IsNaN(float64(d.Difference)) {
		return out
	}
	return append(out, Block{Figure: b.waterfall(a, d)}, Block{Table: b.contributionTable(a, d)})
}

// indexTrend is the score in every wave.
func (b *builder) indexTrend(a survey.Analysis, c *measure.CSI) *chart.Figure {
	f := &chart.Figure{
		ID: b.figureID(a, "trend"), Kind: chart.Lines, Lang: b.lang, Columns: b.valueColumns("score", b.say("csi.score"), score1),
		Note: b.say("note.trend", "measure", b.say("csi.measure"), "weighted", b.weightedNote()), Words: b.chartWords(b.say("figure.wave")), Axis: chart.Axis{Reference: math.NaN()},
	}
	low, high := math.Inf(1), math.Inf(-1)
	if c.Target != nil {
		f.Axis.Reference, f.Axis.RefLabel = float64(*c.Target), b.say("figure.target_at", "target", score1.String(float64(*c.Target)))
		low, high = f.Axis.Reference, f.Axis.Reference
	}
	name := b.analysisName(a, "csi.name")
	for i, w := range b.waves {
		row := chart.Row{Label: w.label, Series: name, Cells: blank(4), State: chart.Empty, Why: b.say("reason.no_answers")}
		if x := b.indexOf(w, a.ID); x != nil {
			row = b.scoreRow(w.label, false, x.N, x.Score, x.CI95)
			row.Series = name
			if x.CI95[0] == x.CI95[0] {
				low, high = min(low, row.Cells[1]), max(high, row.Cells[2])
			}
			row.Break = i > 0 && x.Contributions != nil && !x.Contributions.Comparable
			if row.Break {
				row.Why = b.indexReason(x.Contributions.Reason, b.waves[i-1].label)
			}
		} else if w.block == nil || w.block.Suppressed || hidden(w.block.Analyses[a.ID]) {
			row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
		}
		f.Rows = append(f.Rows, row)
	}
	b.tell(f, b.stepsOf(a.ID, "score"))
	if !math.IsInf(low, 0) {
		room := max(20-(high-low), (high-low)*0.2) / 2
		f.Axis.Min, f.Axis.Max = max(low-room, float64(c.Range[0])), min(high+room, float64(c.Range[1]))
	}
	f.Words.TooFew, f.Words.Break = b.say("warning.base_under_30"), b.say("csi.broken")
	f.Title = b.indexTrendTitle(a, c)
	return f
}

func hidden(a measure.Analysis) bool {
	_, ok := a.(*measure.Hidden)
	return ok
}

func (b *builder) indexTrendTitle(a survey.Analysis, c *measure.CSI) string {
	name := b.analysisName(a, "csi.name")
	step, from := b.indexStep(a.ID, c)
	switch {
	case step == nil || !step.Comparable:
		return b.say("title.trend_unknown", "item", name)
	case !step.Holds():
		ending, pairs := b.sinceFirst(measure.Metric{Item: a.ID, Kind: "figure", Path: "score"}, score1)
		return b.say("title.trend_same"+ending, append(pairs, "item", name, "wave", from)...)
	}
	key := "title.trend_up"
	if step.Difference < 0 {
		key = "title.trend_down"
	}
	return b.say(key, "item", name, "wave", from, "difference", score1.String(math.Abs(float64(step.Difference))))
}

// waterfall is the contributions of the top facets to the last change.
func (b *builder) waterfall(a survey.Analysis, d *measure.Contributions) *chart.Figure {
	f := &chart.Figure{
		ID: b.figureID(a, "contributions"), Kind: chart.Waterfall, Lang: b.lang, Note: b.say("csi.waterfall_note"), Words: b.chartWords(b.say("csi.facet")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{
			{ID: "contribution", Label: b.say("csi.contribution"), Role: chart.Value, Format: points},
			{ID: "ci95_low", Label: b.say("figure.low"), Role: chart.Low, Format: points},
			{ID: "ci95_high", Label: b.say("figure.high"), Role: chart.High, Format: points},
			{ID: "level", Label: b.say("csi.level"), Role: chart.Part, Format: score1},
		},
	}
	f.Words.Undecided = b.say("csi.undecided")
	before := b.indexOf(b.waves[len(b.waves)-2], a.ID)
	nan, level := math.NaN(), float64(before.Score)
	ends := func(w wave, at float64) chart.Row {
		return chart.Row{Label: w.label, Cells: []float64{nan, nan, nan, at}, Strong: true}
	}
	f.Rows = append(f.Rows, ends(b.waves[len(b.waves)-2], level))
	most, name := 0.0, ""
	for i, x := range d.Facets {
		value := float64(x.Contribution)
		if math.IsNaN(value) {
			continue
		}
		level += value
		label := b.facetName(a, a.CSI.Facets[i].ID)
		f.Rows = append(f.Rows, chart.Row{Label: label, Cells: []float64{value, float64(x.CI95[0]), float64(x.CI95[1]), level}})
		if sure := x.CI95[0] > 0 || x.CI95[1] < 0; sure && math.Abs(value) > math.Abs(most) {
			most, name = value, label
		}
	}
	level += float64(d.FacetsRest)
	if math.Abs(float64(d.FacetsRest)) >= 0.05 {
		f.Rows = append(f.Rows, chart.Row{Label: b.say("csi.rest"), Cells: []float64{float64(d.FacetsRest), nan, nan, level}})
	}
	f.Rows = append(f.Rows, ends(b.latest(), level))
	if f.Title = b.say("csi.waterfall_none"); name != "" {
		key := "csi.waterfall_up"
		if most < 0 {
			key = "csi.waterfall_down"
		}
		f.Title = b.say(key, "facet", name, "points", score1.String(math.Abs(most)))
	}
	return f
}

// contributionTable is the contribution of every item.
func (b *builder) contributionTable(a survey.Analysis, d *measure.Contributions) *Table {
	t := &Table{
		ID: b.figureID(a, "contributions-table"), Caption: b.say("csi.contributions_caption", "wave", b.before()), Note: b.say("csi.contributions_note"),
		Head: []string{b.say("figure.item"), b.say("csi.effective_weight"), b.say("csi.item_change"), b.say("csi.contribution")},
	}
	facet := ""
	for i, leaf := range a.CSI.Leaves() {
		x := d.Items[i]
		if x.Facet != facet {
			facet = x.Facet
			t.Rows = append(t.Rows, Row{Label: b.facetName(a, facet)})
		}
		row := Row{Label: b.leafName(leaf)}
		if math.IsNaN(float64(x.Contribution)) {
			row.Cells = []Cell{{Text: "–", Tone: "quiet"}, {Text: "–", Tone: "quiet"}, {Text: b.say("csi.too_few"), Tone: "quiet"}}
		} else {
			cell := Cell{Text: change2.String(float64(x.Contribution)), Mark: between(change2, x.CI95), Tone: "quiet"}
			if x.CI95[0] > 0 {
				cell.Tone = "good"
			} else if x.CI95[1] < 0 {
				cell.Tone = "bad"
			}
			row.Cells = []Cell{{Text: percent.String(float64(x.Weight)), Tone: "quiet"}, {Text: points.String(float64(x.Difference))}, cell}
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, Row{Label: b.say("csi.rest"), Cells: []Cell{{}, {}, {Text: change2.String(float64(d.ItemsRest)), Tone: "quiet"}}},
		Row{Label: b.say("csi.total"), Cells: []Cell{{}, {}, {Text: change2.String(float64(d.Difference)), Mark: between(change2, d.CI95)}}})
	return t
}
