package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// topicShares is the share of each topic, the most mentioned first.
func (b *builder) topicShares(a survey.Analysis, v *measure.Verbatim) *chart.Figure {
	columns := append(b.valueColumns("share", b.say("figure.share"), percent), chart.Column{ID: "n", Label: b.say("figure.base"), Format: whole})
	columns[3].ID, columns[3].Label = "count", b.say("words.mentions")
	f := b.topicChart(a, chart.Bars, columns, "shares")
	f.Words.Base = b.say("words.mentions")
	for _, t := range append(mostMentioned(v), leftOver(v)...) {
		row := chart.Row{Label: b.topicName(a, t.ID), Cells: []float64{float64(t.Share), float64(t.CI95[0]), float64(t.CI95[1]), float64(t.N), float64(v.N)}}
		if t.Suppressed {
			row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
			row.Cells = blank(5)
		}
		f.Rows = append(f.Rows, row)
	}
	f.Note = b.say("words.shares_note", "base", count(v.N), "weighted", b.weightedNote())
	switch top, near := mostMentioned(v), leading(v); {
	case len(near) == 0:
		f.Title = b.say("words.shares_none")
	case len(top) == 1:
		f.Title = b.say("words.shares_one", "topic", b.set(b.topicName(a, top[0].ID)), "share", percent0.String(float64(top[0].Share)))
	case len(near) > mostLeading:
		f.Title = b.say("words.shares_level", "n", len(near), "low", percent0.String(float64(near[len(near)-1].Share)), "high", percent0.String(float64(near[0].Share)))
	case len(near) > 1:
		f.Title = b.say("words.shares_near", "topics", b.shared(a, near))
	default:
		f.Title = b.say("words.shares_two", "first", b.set(b.topicName(a, top[0].ID)), "second", b.set(b.topicName(a, top[1].ID)), "share", percent0.String(float64(top[0].Share)), "next", percent0.String(float64(top[1].Share)))
	}
	return f
}

// mostLeading is how many topics a title names that lead together.
const mostLeading = 4

// leading are the topics that cannot be told from the most mentioned: their
// share is within its interval. None where no topic is mentioned.
func leading(v *measure.Verbatim) []*measure.TopicFigure {
	top := mostMentioned(v)
	if len(top) == 0 || top[0].N == 0 {
		return nil
	}
	k := 1
	for k < len(top) && top[k].Share >= top[0].CI95[0] {
		k++
	}
	return top[:k]
}

// shared lists topics with their shares.
func (b *builder) shared(a survey.Analysis, topics []*measure.TopicFigure) string {
	var out []string
	for _, t := range topics {
		out = append(out, b.say("words.with_share", "topic", b.topicName(a, t.ID), "share", percent0.String(float64(t.Share))))
	}
	return b.set(b.join(out))
}

// topicMeans is how much higher or lower those score who mention a topic.
func (b *builder) topicMeans(a survey.Analysis, v *measure.Verbatim) *chart.Figure {
	f := b.topicChart(a, chart.Dots, b.valueColumns("difference", b.say("words.difference"), points), "difference")
	f.Axis.Reference, f.Axis.RefLabel = 0, b.say("words.no_difference")
	var shown []*measure.TopicFigure
	for _, t := range v.Topics {
		if t.Difference != nil && !math.IsNaN(float64(*t.Difference)) {
			shown = append(shown, t)
		}
	}
	slices.SortStableFunc(shown, func(x, y *measure.TopicFigure) int {
		if *x.Difference < *y.Difference {
			return -1
		}
		return 1
	})
	for _, t := range shown {
		row := chart.Row{Label: b.topicName(a, t.ID), Cells: []float64{float64(*t.Difference), float64(t.DifferenceCI[0]), float64(t.DifferenceCI[1]), float64(t.MeanN[0])}}
		if t.MeanN[0] < 30 {
			row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
		}
		f.Rows = append(f.Rows, row)
	}
	f.Words.Base = b.say("words.mentions")
	f.Columns[3].Label = b.say("words.mentions")
	f.Note = b.say("words.means_note", "outcome", b.itemName(v.Outcome), "weighted", b.weightedNote())
	low, high := b.topicNames(a, clearer(v, -1)), b.topicNames(a, clearer(v, 1))
	switch {
	case low != "" && high != "":
		f.Title = b.say("words.means_both", "low", low, "high", high)
	case low != "":
		f.Title = b.say("words.means_low", "low", low)
	case high != "":
		f.Title = b.say("words.means_high", "high", high)
	default:
		f.Title = b.say("words.means_level")
	}
	return f
}

// topicNames is up to three topics in words, "" of none.
func (b *builder) topicNames(a survey.Analysis, topics []*measure.TopicFigure) string {
	var names []string
	for _, t := range topics[:min(len(topics), 3)] {
		names = append(names, b.topicName(a, t.ID))
	}
	return b.set(b.join(names))
}

// contrastSides are what the two ends of a contrast are called.
func (b *builder) contrastSides(c *measure.TopicContrast) (best, worst string) {
	if item, ok := b.survey.Item(c.Question); ok && item.Recommends() {
		return b.say("words.promoters"), b.say("words.detractors")
	}
	return b.say("words.best", "codes", codes(c.Best)), b.say("words.worst", "codes", codes(c.Worst))
}

// oddsOf are the names of the topics that one side clearly writes of more.
func (b *builder) oddsOf(a survey.Analysis, c *measure.TopicContrast, sign float64) string {
	var names []string
	for _, o := range c.Topics {
		if !o.Suppressed && o.Holm < 0.05 && float64(o.LogOdds)*sign > 0 {
			names = append(names, b.topicName(a, o.ID))
		}
	}
	return b.set(b.join(names[:min(len(names), 3)]))
}

// topicContrast is the log-odds of the topics between the two ends of a question.
func (b *builder) topicContrast(a survey.Analysis, c *measure.TopicContrast) *chart.Figure {
	best, worst := b.contrastSides(c)
	columns := b.valueColumns("log_odds", b.say("words.log_odds"), change2)[:3]
	columns = append(
		columns, chart.Column{ID: "share_best", Label: best, Format: percent0}, chart.Column{ID: "share_worst", Label: worst, Format: percent0},
		chart.Column{ID: "z", Label: "z", Format: change2}, chart.Column{ID: "p_holm", Label: b.say("words.p"), Format: p3, Probability: true},
	)
	f := b.topicChart(a, chart.Dots, columns, "contrast")
	f.Axis.Reference, f.Axis.RefLabel = 0, b.say("words.no_difference")
	list := slices.Clone(c.Topics)
	slices.SortStableFunc(list, func(x, y *measure.TopicOdds) int {
		switch {
		case x.LogOdds < y.LogOdds:
			return -1
		case x.LogOdds > y.LogOdds:
			return 1
		}
		return 0
	})
	for _, o := range list {
		row := chart.Row{Label: b.topicName(a, o.ID), Cells: []float64{float64(o.LogOdds), float64(o.CI95[0]), float64(o.CI95[1]), float64(o.Shares[0]), float64(o.Shares[1]), float64(o.Z), float64(o.Holm)}}
		if o.Suppressed {
			row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
			row.Cells = blank(7)
		} else if math.IsNaN(float64(o.LogOdds)) {
			row.State, row.Why = chart.Empty, b.say("words.not_mentioned")
		}
		f.Rows = append(f.Rows, row)
	}
	f.Note = b.say("words.contrast_note", "best", best, "worst", worst, "n", count(c.N[0]), "m", count(c.N[1]))
	more, less := b.oddsOf(a, c, 1), b.oddsOf(a, c, -1)
	switch {
	case more != "" && less != "":
		f.Title = b.say("words.contrast_both", "best", best, "worst", worst, "more", more, "less", less)
	case more != "":
		f.Title = b.say("words.contrast_one", "side", best, "more", more)
	case less != "":
		f.Title = b.say("words.contrast_one", "side", worst, "more", less)
	default:
		f.Title = b.say("words.contrast_level", "best", best, "worst", worst)
	}
	return f
}

// mostLines is how many topics are followed in one figure.
const mostLines = 12

// topicWaves is the share of the topics over the waves; nil with fewer than two waves to show.
func (b *builder) topicWaves(a survey.Analysis, v *measure.Verbatim) *chart.Figure {
	f := b.topicChart(a, chart.Multiples, b.valueColumns("share", b.say("figure.share"), percent), "waves")
	f.Words.Row = b.say("figure.wave")
	f.Axis.Min, f.Axis.Max = 0, 0
	shown, top := map[string]bool{}, 0.0
	list := mostMentioned(v)
	for _, t := range list[:min(len(list), mostLines)] {
		first := len(f.Rows)
		for _, w := range b.waves {
			row, ok := b.topicRow(w, a, t.ID)
			if ok {
				shown[w.id], top = true, max(top, row.Cells[2])
			}
			f.Rows = append(f.Rows, row)
		}
		b.tellLine(f, first, b.stepsOf(a.ID, "topics."+t.ID+".share"))
	}
	if len(shown) < 2 {
		return nil
	}
	f.Axis.Max = min(math.Ceil(top*10)/10, 1)
	f.Note = b.say("words.waves_note", "weighted", b.weightedNote())
	f.Title = b.waveTitle(a, v)
	return f
}

// topicRow is a topic in a wave; ok is false where there is nothing to draw.
func (b *builder) topicRow(w wave, a survey.Analysis, id string) (row chart.Row, ok bool) {
	row = chart.Row{Label: w.label, Series: b.topicName(a, id), Cells: blank(4)}
	t, n, hidden := topicIn(w.block, a.ID, id)
	switch {
	case hidden || t != nil && t.Suppressed:
		row.State, row.Why = chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
	case t == nil || n == 0:
		row.State, row.Why = chart.Empty, b.say("reason.no_answers")
	default:
		row.Cells, ok = []float64{float64(t.Share), float64(t.CI95[0]), float64(t.CI95[1]), float64(n)}, true
		if n < 30 {
			row.State, row.Why = chart.TooFew, b.say("warning.base_under_30")
		}
	}
	return row, ok
}

// topicIn is a topic in a block with the comments it is a share of; "" is no topic.
func topicIn(block *measure.Block, analysis, id string) (t *measure.TopicFigure, n int, hidden bool) {
	if block == nil || block.Suppressed {
		return nil, 0, true
	}
	switch v := block.Analyses[analysis].(type) {
	case *measure.Hidden:
		return nil, 0, true
	case *measure.Verbatim:
		for _, t := range v.Topics {
			if t.ID == id {
				return t, v.N, false
			}
		}
	}
	return nil, 0, false
}

// waveTitle says which topics changed clearly since the wave before.
func (b *builder) waveTitle(a survey.Analysis, v *measure.Verbatim) string {
	var up, down []string
	for _, t := range mostMentioned(v) {
		steps := b.stepsOf(a.ID, "topics."+t.ID+".share")
		if len(steps) == 0 || !steps[len(steps)-1].Holds() {
			continue
		}
		if steps[len(steps)-1].Difference > 0 {
			up = append(up, b.topicName(a, t.ID))
		} else {
			down = append(down, b.topicName(a, t.ID))
		}
	}
	switch wave := b.before(); {
	case len(up) > 0 && len(down) > 0:
		return b.say("words.waves_both", "wave", wave, "up", b.set(b.join(up)), "down", b.set(b.join(down)))
	case len(up) > 0:
		return b.say("words.waves_up", "wave", wave, "up", b.set(b.join(up)))
	case len(down) > 0:
		return b.say("words.waves_down", "wave", wave, "down", b.set(b.join(down)))
	default:
		return b.say("words.waves_level", "wave", wave) + b.topicsSinceFirst(a, v)
	}
}

// topicsSinceFirst names the topics that changed clearly since the first wave,
// though none did since the last one; "" without.
func (b *builder) topicsSinceFirst(a survey.Analysis, v *measure.Verbatim) string {
	topics := mostMentioned(v)
	var out []string
	first := ""
	for _, t := range topics {
		step, ok := b.stepSinceFirst(measure.Metric{Item: a.ID, Kind: "figure", Path: "topics." + t.ID + ".share"}, len(topics))
		if !ok {
			continue
		}
		first = b.spaced(b.waves[0].label)
		out = append(out, b.say("words.since_first_topic", "topic", b.topicName(a, t.ID), "from", percent0.String(float64(t.Share-step.Difference)), "to", percent0.String(float64(t.Share))))
	}
	if len(out) == 0 {
		return ""
	}
	return b.say("words.waves_since", "first", first, "topics", b.set(b.join(out)))
}

// mostGroups is how many groups a heat grid of topics has at most.
const mostGroups = 12

// topicGroups is the shares of the topics in the groups of every segment.
func (b *builder) topicGroups(a survey.Analysis, v *measure.Verbatim) []Block {
	var out []Block
	for _, id := range b.survey.Segments {
		item, ok := b.survey.Item(id)
		blocks := b.latest().block.BySegment[id]
		if ok && len(blocks) > 1 && len(blocks) <= mostGroups {
			f, shown := b.topicHeat(a, v, item, blocks)
			if heatOfFew(f, shown, len(blocks)) {
				out = append(out, Block{Note: b.say("words.heat_few", "segment", b.label(item), "min", b.results.MinCell)})
				continue
			}
			out = append(out, Block{Figure: f})
		}
	}
	return out
}

// heatOfFew reports whether more of a grid of topics is hidden than shown.
func heatOfFew(f *chart.Figure, shown, groups int) bool { return 2*shown < len(f.Rows)*groups }

func (b *builder) topicHeat(a survey.Analysis, v *measure.Verbatim, segment survey.Item, blocks map[string]*measure.Block) (f *chart.Figure, shown int) {
	f = b.topicChart(a, chart.Heat, []chart.Column{{ID: "all", Label: b.say("figure.all"), Role: chart.Part, Format: percent0}}, "by", segment.ID)
	f.Note = b.say("words.heat_note", "min", b.results.MinCell)
	groups, differ := groupCodes(segment, blocks), map[int]bool{}
	for _, code := range groups {
		f.Columns = append(f.Columns, chart.Column{ID: "g_" + slug(code), Label: b.groupLabel(segment, code), Role: chart.Part, Format: percent0})
	}
	for _, t := range mostMentioned(v) {
		row := chart.Row{Label: b.topicName(a, t.ID), Cells: blank(len(f.Columns)), Marks: make([]chart.Mark, len(f.Columns))}
		row.Cells[0] = float64(t.Share)
		for i, code := range groups {
			x, n, hidden := topicIn(blocks[code], a.ID, t.ID)
			switch mark := &row.Marks[i+1]; {
			case hidden || x != nil && x.Suppressed:
				mark.State = chart.Suppressed
			case x == nil || n == 0:
				mark.State = chart.Empty
			default:
				row.Cells[i+1], shown = float64(x.Share), shown+1
				if n < 30 {
					mark.State = chart.TooFew
				}
				if mark.Tone = apart(x.CI95, t.CI95); mark.Tone != 0 {
					differ[i] = true
				}
			}
		}
		f.Rows = append(f.Rows, row)
	}
	switch {
	case shown == 0:
		f.Title = b.say("title.groups_few", "segment", b.label(segment))
	case len(differ) == 0:
		f.Title = b.say("words.heat_same", "segment", b.label(segment))
		f.Axis.Min, f.Axis.Max = -10, 10 // no tint by value: a topic that is mentioned less is not a worse one
	default:
		f.Title = b.say("words.heat_apart", "segment", b.label(segment), "n", len(differ), "all", len(groups))
	}
	return f, shown
}
