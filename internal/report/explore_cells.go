package report

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// exploreCells are the figures of one group by source, or one reason for all of them.
func (b *builder) exploreCells(x *Explore, block *measure.Block) (cells any, base int) {
	switch {
	case block == nil:
		return reasons[measure.NoAnswers], reasons[measure.NoAnswers]
	case block.Suppressed:
		return reasons["min_cell"], reasons["min_cell"]
	}
	out := make([][]any, sources)
	for _, item := range b.survey.Items() {
		if item.Rated() {
			out[ratedSource] = append(out[ratedSource], b.ratedCell(item, block))
		}
	}
	for _, m := range x.Measures {
		for _, row := range m.Rows {
			if m.Source != ratedSource && !row.Heading {
				out[m.Source] = append(out[m.Source], toldNumbers(block.Told(row.item, row.kind)))
			}
		}
	}
	return out, block.Base.Responses
}

// ratedCell is what mean, score and share of an item come from. Without weights
// these are whole numbers, [n, sum, sum of squares, best answers]; else
// [n, mean, standard error, share, standard error], with the ends of the share's
// interval where it is not Student's.
func (b *builder) ratedCell(item survey.Item, block *measure.Block) any {
	mean := block.Told(item.ID, "mean")
	if mean.Why != "" {
		return reasons[mean.Why]
	}
	q := block.Questions[item.ID]
	if sums, ok := wholeSums(item, q); ok && !b.survey.Weighted() {
		return sums
	}
	out := []any{mean.N, figureNumber(mean.Value, 5), doubtNumber(mean.SE)}
	if top := block.Told(item.ID, "top"); top.Why == "" {
		out = append(out, figureNumber(top.Value, 5), doubtNumber(top.SE))
		if math.IsNaN(top.DF) { // a share of 0 or 1 has an interval of its own
			out = append(out, figureNumber(top.Low, 5), figureNumber(top.High, 5))
		}
	}
	return out
}

// exploreDegrees are those of everyone in a wave, which the groups share.
func (b *builder) exploreDegrees(block *measure.Block) []int {
	var out []int
	for _, item := range b.survey.Items() {
		if item.Rated() {
			df := 0
			if t := block.Told(item.ID, "mean"); t.Why == "" && !math.IsNaN(t.DF) {
				df = int(t.DF)
			}
			out = append(out, df)
		}
	}
	return out
}

// figureNumber is a figure with enough digits to be printed as everywhere.
func figureNumber(v float64, decimals int) any {
	if math.IsNaN(v) {
		return nil
	}
	scale := math.Pow10(decimals)
	return json.Number(strconv.FormatFloat(math.Round(v*scale)/scale, 'g', -1, 64))
}

// doubtNumber is a standard error.
func doubtNumber(v float64) any {
	if math.IsNaN(v) {
		return nil
	}
	return json.Number(strconv.FormatFloat(v, 'g', 4, 64))
}

// wholeSums are the sums of an item's answers; ok is false where a code is no
// whole number or the answers by code are withheld.
func wholeSums(item survey.Item, q *measure.Question) (sums [4]int, ok bool) {
	if q.Counts == nil {
		return sums, false
	}
	for i, code := range item.Scale.Codes() {
		v := item.Scale.Values()[i]
		if v != math.Trunc(v) || math.Abs(v) > 1000 {
			return sums, false
		}
		n, x := q.Counts[code], int(v)
		sums[0], sums[1], sums[2] = sums[0]+n, sums[1]+n*x, sums[2]+n*x*x
		if q.Top != nil && slices.Contains(q.Top.Codes, code) {
			sums[3] += n
		}
	}
	return sums, true
}

// toldNumbers are [n, value, low, high, standard error] or a reason; what is
// undefined is null.
func toldNumbers(t measure.Told) any {
	if t.Why != "" {
		return reasons[t.Why]
	}
	return []any{t.N, figureNumber(t.Value, 6), figureNumber(t.Low, 6), figureNumber(t.High, 6), doubtNumber(t.SE)}
}

// exploreTable is what stands without a choice: everyone in the latest wave, beside
// the wave before.
func (b *builder) exploreTable(x *Explore) *Table {
	m := x.Measures[0]
	last := len(x.Waves) - 1
	t := &Table{ID: x.Table, Caption: b.say("explore.caption", "measure", m.Name), Head: []string{b.say("figure.item"), b.sideName("A", x.Waves[last].Name)}, Cards: true}
	if last > 0 {
		t.Head = append(t.Head, b.sideName("B", x.Waves[last-1].Name), b.say("explore.difference"))
	}
	format := chart.Format{Decimals: m.Digits, Percent: m.Percent}
	for _, row := range m.Rows {
		if row.Heading {
			t.Rows = append(t.Rows, Row{Label: row.Name})
			continue
		}
		out := Row{Label: row.Name}
		now := b.waves[last].block.Told(row.item, row.kind)
		out.Cells = append(out.Cells, b.toldCell(format, now))
		if last > 0 {
			before := b.waves[last-1].block.Told(row.item, row.kind)
			out.Cells = append(out.Cells, b.toldCell(format, before), b.lessCell(format, now, before, len(row.Breaks) > 0 && row.Breaks[len(row.Breaks)-1] == last, row.Reverse))
		}
		t.Rows = append(t.Rows, out)
	}
	return t
}

func (b *builder) sideName(side, name string) string {
	return b.say("explore.side", "side", side, "name", b.say("explore.group", "wave", name, "group", b.say("figure.all")))
}

func (b *builder) toldCell(f chart.Format, t measure.Told) Cell {
	switch t.Why {
	case "":
		return Cell{Text: f.String(t.Value), Mark: b.say("explore.doubt", "interval", f.Span(t.Low, t.High), "n", t.N, "count", count(t.N))}
	case "min_cell":
		return Cell{Text: b.say("explore.hidden", "min", b.results.MinCell), Tone: "quiet"}
	case measure.NotAsked:
		return Cell{Text: b.say("explore.not_asked"), Tone: "quiet"}
	}
	return Cell{Text: b.say("explore.no_answers"), Tone: "quiet"}
}

// lessCell is the difference of two figures of different respondents.
func (b *builder) lessCell(f chart.Format, a, other measure.Told, broken, reverse bool) Cell {
	f.Signed = true
	switch {
	case a.Why != "" || other.Why != "":
		return Cell{Text: "–", Tone: "quiet"}
	case broken:
		return Cell{Text: b.say("explore.broken"), Tone: "quiet"}
	}
	test := a.Less(other)
	cell := Cell{Text: f.String(test.Difference), Mark: f.Span(test.Low, test.High)}
	switch {
	case math.IsNaN(test.Low):
		cell.Mark = b.say("explore.no_interval")
	case test.Low > 0 != reverse && (test.Low > 0 || test.High < 0):
		cell.Tone = "good"
	case test.Low > 0 || test.High < 0:
		cell.Tone = "bad"
	}
	return cell
}

// exploreWords are what the page's script says.
func (b *builder) exploreWords() map[string]string {
	out := map[string]string{}
	for _, key := range []string{"measure", "wave", "of", "group", "in", "difference", "side", "picture", "hidden", "not_asked", "no_answers", "broken", "no_interval", "shared", "doubt", "said", "counted", "without", "base", "base_hidden", "caption", "no_script", "swap", "choose"} {
		out[key] = b.locale.Say("explore." + key)
	}
	out["item"] = b.say("figure.item")
	return out
}
