package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// curveSection is how loyalty depends on satisfaction, with the firm's own ratio
// beside the line that is told everywhere.
func (b *builder) curveSection(a survey.Analysis, l *measure.Loyalty) Section {
	s := Section{ID: slug(a.ID, "curve"), Title: b.say("loyalty.curve"), Blocks: []Block{{Figure: b.curve(a, l)}}}
	if l.Ratio != nil {
		best, next := b.answerName(a.Loyalty.Satisfaction, l.Ratio.Best), b.answerName(a.Loyalty.Satisfaction, l.Ratio.Next)
		key := "loyalty.ratio"
		if math.IsNaN(float64(l.Ratio.CI95[0])) {
			key = "loyalty.ratio_bare"
		}
		s.Blocks = append(s.Blocks, Block{Text: b.say(key, "best", best, "next", next, "ratio", mean2.String(float64(l.Ratio.Value)), "interval", between(mean2, l.Ratio.CI95))})
	}
	s.Blocks = append(s.Blocks, Block{Note: b.say("loyalty.ratio_folklore")})
	for _, id := range b.survey.Segments {
		if f := b.curves(a, id); f != nil {
			s.Blocks = append(s.Blocks, Block{Figure: f})
		}
	}
	s.Blocks = append(s.Blocks, Block{Note: b.say("loyalty.curve_cause")})
	return s
}

func (b *builder) answerName(question, code string) string {
	if item, ok := b.survey.Item(question); ok && item.Scale != nil {
		return b.optionLabel(item.Scale, code)
	}
	return code
}

// curve is the share of loyal answers by answer on satisfaction.
func (b *builder) curve(a survey.Analysis, l *measure.Loyalty) *chart.Figure {
	f := &chart.Figure{
		ID: slug(a.ID, "curve"), Kind: chart.Lines, Lang: b.lang, Columns: b.curveColumns(), Words: b.chartWords(b.itemName(a.Loyalty.Satisfaction)),
		Axis: chart.Axis{Min: 0, Max: 1, Reference: math.NaN()}, Note: b.say("loyalty.curve_note", "weighted", b.weightedNote()), Title: b.curveTitle(a, l),
	}
	for _, p := range l.Curve {
		f.Rows = append(f.Rows, b.curveRow(a.Loyalty.Satisfaction, p, b.say("loyalty.share_loyal")))
	}
	return f
}

func (b *builder) curveColumns() []chart.Column {
	return append(
		b.valueColumns("share", b.say("loyalty.share_loyal"), percent),
		chart.Column{ID: "score", Label: b.say("loyalty.mean_loyalty"), Format: score1}, chart.Column{ID: "score_ci95_low", Label: b.say("figure.low"), Format: score1}, chart.Column{ID: "score_ci95_high", Label: b.say("figure.high"), Format: score1},
	)
}

func (b *builder) curveRow(question string, p *measure.CurvePoint, series string) chart.Row {
	row := chart.Row{Label: b.answerName(question, p.Code), Series: series, Cells: blank(7)}
	switch {
	case p.Suppressed:
		row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
	case p.N == 0:
		row.State, row.Why = chart.Empty, b.say("reason.no_answers")
	default:
		row.Cells = []float64{float64(p.Share), float64(p.CI95[0]), float64(p.CI95[1]), float64(p.N), float64(p.Score), float64(p.ScoreCI[0]), float64(p.ScoreCI[1])}
		if p.N < 30 {
			row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
		}
	}
	return row
}

// curveTitle says how much loyalty grows from one of the last answers to the next.
func (b *builder) curveTitle(a survey.Analysis, l *measure.Loyalty) string {
	if l.Ratio == nil {
		return b.say("loyalty.curve_plain")
	}
	best, next := math.NaN(), math.NaN()
	for _, p := range l.Curve {
		if p.Code == l.Ratio.Best {
			best = float64(p.Share)
		} else if p.Code == l.Ratio.Next {
			next = float64(p.Share)
		}
	}
	return b.say("loyalty.curve_title", "best", b.answerName(a.Loyalty.Satisfaction, l.Ratio.Best), "share", percent0.String(best), "next", b.answerName(a.Loyalty.Satisfaction, l.Ratio.Next), "other", percent0.String(next))
}

// curves is the curve in every group of a segment; nil without groups to show.
func (b *builder) curves(a survey.Analysis, segment string) *chart.Figure {
	item, ok := b.survey.Item(segment)
	blocks := b.latest().block.BySegment[segment]
	if !ok || len(blocks) < 2 {
		return nil
	}
	f := &chart.Figure{
		ID: slug(a.ID, "curve", "by", segment), Kind: chart.Multiples, Lang: b.lang, Columns: b.curveColumns(), Words: b.chartWords(b.itemName(a.Loyalty.Satisfaction)),
		Axis: chart.Axis{Min: 0, Max: 1, Reference: math.NaN()}, Title: b.say("loyalty.curves_title", "segment", b.label(item)), Note: b.say("loyalty.curve_note", "weighted", b.weightedNote()),
	}
	const most = 12 // little lines
	for i, code := range groupCodes(item, blocks) {
		l := b.loyaltyOf(wave{block: blocks[code]}, a.ID)
		if l == nil || l.N == 0 || i >= most || !slices.ContainsFunc(l.Curve, func(p *measure.CurvePoint) bool { return !p.Suppressed }) {
			continue
		}
		for _, p := range l.Curve {
			row := b.curveRow(a.Loyalty.Satisfaction, p, b.groupLabel(item, code))
			row.Label = p.Code
			f.Rows = append(f.Rows, row)
		}
	}
	if len(f.Rows) == 0 {
		return nil
	}
	return f
}

// bandOrder is the bands of buying again from the worst.
var bandOrder = []string{"le_30", "between", "ge_70"}

// statedBands is the bands of the stated chance of buying again, wave by wave, then by segment.
func (b *builder) statedBands(a survey.Analysis, l *measure.Loyalty) *chart.Figure {
	f := b.bandFigure(slug(a.ID, "bands"), b.say("figure.wave"))
	for i, w := range b.waves {
		label := w.label
		if label == "" {
			label = b.say("figure.all")
		}
		f.Rows = append(f.Rows, b.bandRow(label, b.loyaltyOf(w, a.ID), ""))
		f.Rows[i].Strong = i == len(b.waves)-1
	}
	for _, id := range b.survey.Segments {
		item, ok := b.survey.Item(id)
		if !ok {
			continue
		}
		for _, code := range groupCodes(item, b.latest().block.BySegment[id]) {
			f.Rows = append(f.Rows, b.bandRow(b.groupLabel(item, code), b.loyaltyOf(wave{block: b.latest().block.BySegment[id][code]}, a.ID), b.label(item)))
		}
	}
	f.Title = b.say("loyalty.bands_title", "high", percent0.String(float64(l.Bands["ge_70"].Share)), "low", percent0.String(float64(l.Bands["le_30"].Share)))
	f.Note = b.say("loyalty.bands_note", "item", b.itemName(a.Loyalty.Repurchase), "weighted", b.weightedNote())
	return f
}

// bandFigure is a figure of the three bands, stacked.
func (b *builder) bandFigure(id, row string) *chart.Figure {
	f := &chart.Figure{ID: id, Kind: chart.Stacked, Lang: b.lang, Words: b.chartWords(row), Axis: chart.Axis{Reference: math.NaN()}}
	for i, name := range bandOrder {
		f.Columns = append(f.Columns, chart.Column{ID: name, Label: b.say("loyalty." + name), Role: chart.Level, Format: percent0, Tone: float64(i) - 1})
	}
	f.Columns = append(f.Columns, chart.Column{ID: "ge_70_low", Label: b.say("loyalty.band_low"), Format: percent}, chart.Column{ID: "ge_70_high", Label: b.say("loyalty.band_high"), Format: percent}, chart.Column{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole})
	return f
}

func (b *builder) bandRow(label string, l *measure.Loyalty, series string) chart.Row {
	row := chart.Row{Label: label, Series: series, Cells: blank(6)}
	switch {
	case l == nil:
		row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
		return row
	case l.Bands == nil && l.Withheld:
		row.State, row.Why = b.withheld()
		return row
	case l.Bands == nil:
		row.State, row.Why = chart.Empty, b.say("reason.no_answers")
		return row
	}
	n := 0
	for i, name := range bandOrder {
		row.Cells[i] = float64(l.Bands[name].Share)
		n += l.Bands[name].N
	}
	ci := l.Bands["ge_70"].CI95
	row.Cells[3], row.Cells[4], row.Cells[5] = float64(ci[0]), float64(ci[1]), float64(n)
	if n < 30 {
		row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
	}
	return row
}

// statedLadder is the ladder by the rules of the author, as a pyramid.
func (b *builder) statedLadder(a survey.Analysis, l *measure.Loyalty) *chart.Figure {
	f := b.partFigure(slug(a.ID, "ladder"), chart.Pyramid, b.say("loyalty.rank"))
	n := 0
	for _, s := range l.Ladder {
		n += s.N
	}
	for i, s := range l.Ladder {
		f.Rows = append(f.Rows, partRow(b.rankName(s.ID, a.Loyalty.Ladder[i].Label), &s.LoyalPart, n))
	}
	f.Rows[0].Strong = true
	f.Title = b.say("loyalty.ladder_title", "rank", f.Rows[0].Label, "share", percent0.String(float64(l.Ladder[0].Share)))
	f.Note = b.say("loyalty.ladder_note", "base", count(n), "weighted", b.weightedNote())
	return f
}

// rankName is the label of a rank, else the word for one of METHODS A108, else its id.
func (b *builder) rankName(id string, label survey.Text) string {
	if s := b.text(label); s != "" {
		return isolated(s)
	}
	if b.locale.Has("rank." + id) {
		return b.say("rank." + id)
	}
	return id
}
