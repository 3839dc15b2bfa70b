package report

import (
	"math"
	"slices"
	"strings"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// pairSections are the declared pairs of segments: the index, or the headline
// where there is none, in every cell.
func (b *builder) pairSections() []Section {
	var out []Section
	for _, pair := range b.survey.Report.Pairs {
		cells := b.latest().block.ByPair[pair[0]][pair[1]]
		first, ok := b.survey.Item(pair[0])
		second, also := b.survey.Item(pair[1])
		if cells == nil || !ok || !also {
			continue
		}
		p := &pairTable{builder: b, first: first, second: second, cells: cells}
		s := Section{ID: slug(pair[0], "x", pair[1]), Title: b.say("pairs.section", "first", b.label(first), "second", b.label(second))}
		for _, a := range b.survey.Analyses {
			if a.Method == "csi" && a.Built && b.latest().block.Analyses[a.ID] != nil {
				s.Blocks = append(s.Blocks, Block{Figure: p.figure(a.ID, "index.score", b.analysisName(a, "csi.name"), score1)})
			}
		}
		if head, ok := b.survey.Headline(); ok && len(s.Blocks) == 0 {
			s.Blocks = append(s.Blocks, Block{Figure: p.figure(head.ID, "mean", b.label(head), mean2)})
		}
		out = append(out, s)
	}
	return out
}

// pairTable is one pair of segments in the latest wave.
type pairTable struct {
	*builder
	first, second survey.Item
	cells         measure.PairCells
}

// figure is one figure in every cell, beside those of the two segments.
func (p *pairTable) figure(item, kind, what string, format chart.Format) *chart.Figure {
	latest := p.latest().block
	rows, columns := groupCodes(p.first, latest.BySegment[p.first.ID]), groupCodes(p.second, latest.BySegment[p.second.ID])
	f := &chart.Figure{
		ID: slug(item, "by", p.first.ID, p.second.ID), Kind: chart.Heat, Lang: p.lang, Words: p.chartWords(p.label(p.first)), Axis: chart.Axis{Reference: math.NaN()}, Plain: true,
		Columns: []chart.Column{{ID: "all", Label: p.say("figure.all"), Role: chart.Part, Format: format}},
		Note:    p.say("pairs.note", "first", p.label(p.first), "second", p.label(p.second), "min", p.results.MinCell, "weighted", p.weightedNote()),
	}
	f.Words.TooFew = p.say("warning.base_under_30")
	for _, y := range columns {
		f.Columns = append(f.Columns, chart.Column{ID: "g_" + slug(y), Label: p.groupLabel(p.second, y), Role: chart.Part, Format: format})
	}
	add := func(label string, blocks []*measure.Block) chart.Row {
		row := chart.Row{Label: label, Cells: blank(len(f.Columns)), Marks: make([]chart.Mark, len(f.Columns))}
		for i, block := range blocks {
			row.Cells[i], row.Marks[i] = pairCell(block, latest, item, kind)
		}
		f.Rows = append(f.Rows, row)
		return row
	}
	margin := []*measure.Block{latest}
	for _, y := range columns {
		margin = append(margin, latest.BySegment[p.second.ID][y])
	}
	add(p.say("figure.all"), margin)
	found := &pairEnds{least: math.Inf(1), most: math.Inf(-1)}
	for _, x := range rows {
		blocks := []*measure.Block{latest.BySegment[p.first.ID][x]}
		for _, y := range columns {
			blocks = append(blocks, p.cells[x][y])
		}
		row := add(p.groupLabel(p.first, x), blocks)
		for i, y := range columns {
			found.see(row.Cells[i+1], row.Marks[i+1], p.say("pairs.cell", "first", p.groupLabel(p.first, x), "second", p.groupLabel(p.second, y)))
		}
	}
	f.Title = p.title(found, what, format)
	return f
}

// pairCell is a figure of a block with what is to be said of it.
func pairCell(block, all *measure.Block, item, kind string) (float64, chart.Mark) {
	if block == nil {
		return math.NaN(), chart.Mark{State: chart.Empty}
	}
	t := block.Told(item, kind)
	switch {
	case t.Why == "min_cell":
		return math.NaN(), chart.Mark{State: chart.Suppressed}
	case t.Why != "":
		return math.NaN(), chart.Mark{State: chart.Empty}
	}
	mark := chart.Mark{}
	if t.N < 30 {
		mark.State = chart.TooFew
	}
	if whole := all.Told(item, kind); block != all && whole.Why == "" {
		mark.Tone = apart(measure.Interval{measure.Number(t.Low), measure.Number(t.High)}, measure.Interval{measure.Number(whole.Low), measure.Number(whole.High)})
	}
	return t.Value, mark
}

// pairEnds are the highest and the lowest cell of a base of 30 or more.
type pairEnds struct {
	high, low   string
	most, least float64
	n, toned    int
	hidden      bool
}

func (e *pairEnds) see(value float64, mark chart.Mark, name string) {
	if math.IsNaN(value) || mark.State == chart.TooFew {
		e.hidden = e.hidden || mark.State != chart.Empty
		return
	}
	e.n++
	if mark.Tone != 0 {
		e.toned++
	}
	if value > e.most {
		e.most, e.high = value, name
	}
	if value < e.least {
		e.least, e.low = value, name
	}
}

func (p *pairTable) title(e *pairEnds, what string, format chart.Format) string {
	key := "pairs.differ"
	switch {
	case e.n < 2:
		key = "pairs.few"
	case e.toned == 0:
		key = "pairs.alike"
	}
	if key == "pairs.differ" && e.hidden {
		key = "pairs.differ_shown"
	}
	words := []any{"what", what, "first", p.label(p.first), "second", p.label(p.second)}
	if strings.HasPrefix(key, "pairs.differ") {
		words = slices.Concat(words, []any{"high", e.high, "low", e.low, "most", format.String(e.most), "least", format.String(e.least)})
	}
	return p.say(key, words...)
}
