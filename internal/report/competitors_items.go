package report

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// brandRadar is the items of the own brand and of the two or three best others.
func (b *builder) brandRadar(a survey.Analysis, c *measure.Competitors) *chart.Figure {
	f := &chart.Figure{
		ID: slug(a.ID, "radar"), Kind: chart.Radar, Lang: b.lang, Words: b.chartWords(b.say("figure.item")), Axis: chart.Axis{Min: 0, Max: 100, Reference: math.NaN()},
		Columns: []chart.Column{{ID: "score", Label: b.say("loyalty.score"), Role: chart.Value, Format: score1}, {ID: "ci95_low", Label: b.say("figure.low"), Format: score1}, {ID: "ci95_high", Label: b.say("figure.high"), Format: score1}, {ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole}},
		Title:   b.brandRadarTitle(a, c), Note: b.say("competitors.radar_note"),
	}
	rivals := slices.Clone(c.Rivals())
	slices.SortStableFunc(rivals, func(x, y *measure.Brand) int { return cmp.Compare(y.Score, x.Score) })
	shown := rivals[:min(len(rivals), 3)]
	if own := c.OwnOf(); own != nil {
		shown = append([]*measure.Brand{own}, shown...)
	}
	for _, x := range shown {
		for _, i := range x.Items {
			row := chart.Row{Label: b.shortName(c, i.ID), Series: b.brandName(a, x.ID), Strong: x.ID == c.Own, Cells: []float64{float64(i.Score), float64(i.CI95[0]), float64(i.CI95[1]), float64(i.N)}}
			if math.IsNaN(float64(i.Score)) {
				row.State, row.Why = b.gone(i.Suppressed)
			}
			f.Rows = append(f.Rows, row)
		}
	}
	return f
}

// shortName is the name of an item, without that of its battery where all items
// compared are of one.
func (b *builder) shortName(c *measure.Competitors, id string) string {
	item, ok := b.survey.Item(id)
	if !ok {
		return isolated(id)
	}
	for _, other := range c.Items {
		if o, ok := b.survey.Item(other); !ok || o.Row == nil || o.Question != item.Question {
			return b.name(item)
		}
	}
	return b.label(item)
}

// brandRadarTitle names the items on which the own brand clearly leads or trails every other.
func (b *builder) brandRadarTitle(a survey.Analysis, c *measure.Competitors) string {
	var lead, trail []string
	for i, id := range c.Items {
		leads, trails := len(c.Rivals()) > 0, len(c.Rivals()) > 0
		for _, r := range c.Rivals() {
			leads = leads && r.Items[i].Holm < 0.05 && r.Items[i].Gap > 0
			trails = trails && r.Items[i].Holm < 0.05 && r.Items[i].Gap < 0
		}
		if leads {
			lead = append(lead, b.shortName(c, id))
		}
		if trails {
			trail = append(trail, b.shortName(c, id))
		}
	}
	switch {
	case len(lead) > 0 && len(trail) > 0:
		return b.say("competitors.radar_both", "lead", b.set(b.join(lead)), "trail", b.set(b.join(trail)))
	case len(lead) > 0:
		return b.say("competitors.radar_lead", "lead", b.set(b.join(lead)))
	case len(trail) > 0:
		return b.say("competitors.radar_trail", "trail", b.set(b.join(trail)))
	}
	return b.say("competitors.radar_level", "own", b.set(b.brandName(a, c.Own)))
}

// brandGaps is the own brand and one other item by item, with the gap between.
func (b *builder) brandGaps(a survey.Analysis, c *measure.Competitors, rival *measure.Brand) *chart.Figure {
	own := c.OwnOf()
	f := b.brandGap(slug(a.ID, "gap", columnName(c, rival.ID)), b.brandName(a, rival.ID), b.brandName(a, own.ID))
	var ahead, behind int
	for i, x := range rival.Items {
		row := chart.Row{Label: b.shortName(c, x.ID), Cells: []float64{float64(x.Score), float64(own.Items[i].Score), float64(x.Gap), float64(x.GapCI[0]), float64(x.GapCI[1]), float64(x.N)}}
		if math.IsNaN(float64(x.Gap)) {
			row.State, row.Why = b.gone(x.Suppressed || own.Items[i].Suppressed)
		}
		if x.Holm < 0.05 && x.Gap > 0 {
			ahead++
		} else if x.Holm < 0.05 {
			behind++
		}
		f.Rows = append(f.Rows, row)
	}
	byGap(f.Rows)
	key := "competitors.gaps_title"
	if ahead+behind == 0 {
		key = "competitors.gaps_none"
	}
	f.Title = b.say(key, "brand", b.set(b.brandName(a, rival.ID)), "ahead", ahead, "behind", behind, "n", len(rival.Items))
	f.Note = b.say("competitors.gaps_note", "weighted", b.weightedNote())
	return f
}

// gone says why a figure is not there.
func (b *builder) gone(hidden bool) (chart.State, string) {
	if hidden {
		return chart.Suppressed, b.say("figure.suppressed", "min", b.results.MinCell)
	}
	return chart.Empty, b.say("reason.no_answers")
}

// columnName numbers a brand: its name may hold any characters.
func columnName(c *measure.Competitors, id string) string {
	at := slices.IndexFunc(c.Brands, func(x *measure.Brand) bool { return x.ID == id })
	return "brand" + whole.String(float64(at+1))
}

func (b *builder) brandGap(id, theirs, ours string) *chart.Figure {
	return &chart.Figure{
		ID: id, Kind: chart.Dumbbell, Lang: b.lang, Words: b.chartWords(b.say("figure.item")), Axis: chart.Axis{Reference: math.NaN()},
		Columns: []chart.Column{
			{ID: "theirs", Label: theirs, Role: chart.Part, Format: score1},
			{ID: "own", Label: ours, Role: chart.Part, Format: score1},
			{ID: "gap", Label: b.say("competitors.gap"), Role: chart.Value, Format: points},
			{ID: "ci95_low", Label: b.say("figure.low"), Role: chart.Low, Format: points},
			{ID: "ci95_high", Label: b.say("figure.high"), Role: chart.High, Format: points},
			{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
		},
	}
}

// byGap sorts rows of a gap figure from the worst gap; undefined ones last.
func byGap(rows []chart.Row) {
	slices.SortStableFunc(rows, func(x, y chart.Row) int {
		switch a, b := x.Cells[2], y.Cells[2]; {
		case math.IsNaN(a):
			return trailing(math.IsNaN(b))
		case math.IsNaN(b):
			return -1
		default:
			return cmp.Compare(a, b)
		}
	})
}

func trailing(both bool) int {
	if both {
		return 0
	}
	return 1
}

// brandItems is every item of every other brand with its test.
func (b *builder) brandItems(a survey.Analysis, c *measure.Competitors) *Table {
	t := &Table{ID: slug(a.ID, "items-table"), Caption: b.say("competitors.items_caption"), Head: []string{b.say("figure.item"), b.say("figure.base"), b.say("loyalty.score"), b.say("competitors.gap"), b.say("competitors.p"), b.say("competitors.relative")}}
	for _, x := range c.Brands {
		if x.Suppressed {
			continue
		}
		t.Rows = append(t.Rows, Row{Label: b.brandName(a, x.ID)})
		for _, i := range x.Items {
			row := Row{Label: b.shortName(c, i.ID), Cells: []Cell{{Text: count(i.N)}, {Text: score1.String(float64(i.Score)), Mark: intervalMark(score1, i.CI95)}}}
			row.Cells = append(row.Cells, gapCells(i.Gap, i.GapCI, i.Holm, i.Relative, x.ID == c.Own)...)
			if i.Suppressed {
				row.Cells[0] = Cell{Text: b.say("table.hidden", "min", b.results.MinCell), Tone: "quiet"}
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// industryGaps is the own brand beside the benchmark of the industry.
func (b *builder) industryGaps(a survey.Analysis, c *measure.Competitors) *chart.Figure {
	own, industry := c.OwnOf(), c.Industry
	f := b.brandGap(slug(a.ID, "industry"), b.say("competitors.benchmark"), b.brandName(a, own.ID))
	short := 0
	for i, x := range industry.Items {
		row := chart.Row{Label: b.shortName(c, x.ID), Cells: []float64{float64(x.Score), float64(own.Items[i].Score), float64(x.Gap), float64(x.GapCI[0]), float64(x.GapCI[1]), float64(own.Items[i].N)}}
		if math.IsNaN(float64(x.Gap)) {
			row.State, row.Why = chart.Empty, b.say("competitors.no_benchmark")
		}
		if x.GapCI[1] < 0 {
			short++
		}
		f.Rows = append(f.Rows, row)
	}
	byGap(f.Rows)
	f.Title = b.say("competitors.industry_title", "short", short, "n", len(industry.Items))
	f.Note = b.say("competitors.industry_note", "weighted", b.weightedNote())
	return f
}
