package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"manyi/internal/chart"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// sortDrivers puts items by their rank, those without one last.
func sortDrivers(items []*measure.Driver) {
	slices.SortStableFunc(items, func(a, b *measure.Driver) int {
		return cmp.Compare(cmp.Or(a.Rank, math.MaxInt), cmp.Or(b.Rank, math.MaxInt))
	})
}

// penaltySections are the parts of one penalty–reward analysis and its sentence.
func (b *builder) penaltySections(a survey.Analysis) (string, []Section) {
	title := b.analysisTitle(a, "penalty.title", a.PenaltyReward.Outcome)
	r, ok := b.latest().block.Analyses[a.ID].(*measure.PenaltyReward)
	if !ok || r.N == 0 {
		return b.say("drivers.hidden", "min", b.results.MinCell), b.hiddenSection(a, title)
	}
	blocks := []Block{{Text: b.say("penalty.text", "outcome", b.itemName(r.Outcome))}, {Note: b.endsNote(r)}}
	blocks = append(blocks, Block{Figure: b.butterfly(a, r)}, Block{Table: b.asymmetryTable(a, r)})
	blocks = append(blocks, b.penaltyLists(r)...)
	blocks = append(blocks, b.penaltyHow(r)...)
	return b.penaltyHeading(r), []Section{{ID: slug(a.ID, "asymmetry"), Title: title, Blocks: blocks}}
}

// endsNote says which answers are low and high, where all items share them.
func (b *builder) endsNote(r *measure.PenaltyReward) string {
	first := r.Items[0]
	for _, i := range r.Items {
		if !slices.Equal(i.Low, first.Low) || !slices.Equal(i.High, first.High) {
			return b.say("penalty.ends_differ")
		}
	}
	return b.say("penalty.ends", "low", b.codeList(first.Low), "high", b.codeList(first.High))
}

// codeList writes codes: a range where whole numbers follow each other, else a list.
func (b *builder) codeList(list []string) string {
	for i := 1; i < len(list); i++ {
		before, err := strconv.Atoi(list[i-1])
		after, bad := strconv.Atoi(list[i])
		if err != nil || bad != nil || after != before+1 {
			return b.join(list)
		}
	}
	return codes(list)
}

// byClassOf are the names of the items of a class; "" are the undecided ones.
func (b *builder) byClassOf(r *measure.PenaltyReward, class string) []string {
	var out []string
	for _, i := range r.Items {
		if !i.Suppressed && i.Why == "" && string(i.Class) == class {
			out = append(out, b.itemName(i.ID))
		}
	}
	return out
}

// penaltyHeading names what must not fail and what delights.
func (b *builder) penaltyHeading(r *measure.PenaltyReward) string {
	basic, attractive := b.byClassOf(r, measure.BasicFactor), b.byClassOf(r, measure.AttractiveFactor)
	outcome := b.itemName(r.Outcome)
	switch {
	case len(basic) > 0 && len(attractive) > 0:
		return b.say("penalty.heading_both", "outcome", outcome, "basic", b.fewNames(basic), "attractive", b.fewNames(attractive))
	case len(basic) > 0:
		return b.say("penalty.heading_basic", "outcome", outcome, "basic", b.fewNames(basic))
	case len(attractive) > 0:
		return b.say("penalty.heading_attractive", "outcome", outcome, "attractive", b.fewNames(attractive))
	}
	return b.say("penalty.heading_none")
}

// butterfly draws the penalty to the left and the reward to the right.
func (b *builder) butterfly(a survey.Analysis, r *measure.PenaltyReward) *chart.Figure {
	f := &chart.Figure{
		ID: slug(a.ID, "butterfly"), Kind: chart.Diverging, Lang: b.lang, Words: b.chartWords(b.say("figure.item")), Axis: plainAxis(),
		Note: b.say("penalty.note", "outcome", b.itemName(r.Outcome), "weighted", b.weightedNote()),
		Columns: []chart.Column{
			{ID: "penalty", Label: b.say("penalty.penalty"), Role: chart.Level, Format: mean2, Tone: -1},
			{ID: "reward", Label: b.say("penalty.reward"), Role: chart.Level, Format: mean2, Tone: 1},
			{ID: "asymmetry", Label: b.say("penalty.asymmetry"), Role: chart.Total, Format: change2},
			{ID: "asymmetry_low", Label: b.say("figure.low"), Format: change2},
			{ID: "asymmetry_high", Label: b.say("figure.high"), Format: change2},
			{ID: "n", Label: b.say("figure.base"), Role: chart.Base, Format: whole},
		},
	}
	f.Words.TooFew = b.say("penalty.few_mark")
	decided := 0
	for _, i := range bySpread(r) {
		row := chart.Row{Label: b.itemName(i.ID), Cells: blank(len(f.Columns))}
		switch {
		case i.Suppressed:
			row.State, row.Why = chart.Suppressed, b.say("penalty.hidden", "min", b.results.MinCell)
		case i.Why != "":
			row.State, row.Why = chart.Empty, b.say("penalty.empty")
		default:
			row.Cells = []float64{float64(i.Penalty), float64(i.Reward), float64(i.Asymmetry), float64(i.AsymmetryCI95[0]), float64(i.AsymmetryCI95[1]), float64(i.N)}
			if len(i.Warnings) > 0 {
				row.State, row.Why = chart.TooFew, f.Words.TooFew
			}
			if i.Class != "" {
				decided++
			}
		}
		f.Rows = append(f.Rows, row)
	}
	f.Title = b.say("penalty.figure_title", "n", decided, "all", len(f.Rows))
	if first := f.Rows[0]; first.Cells[0]+first.Cells[1] > 0 && decided == 0 {
		f.Title = b.say("penalty.figure_open", "item", first.Label, "penalty", mean2.String(first.Cells[0]), "reward", mean2.String(first.Cells[1]))
	}
	return f
}

// spread is penalty and reward together, −∞ where there are none.
func spread(i *measure.Asymmetry) float64 {
	if s := float64(i.Penalty + i.Reward); !i.Suppressed && i.Why == "" && !math.IsNaN(s) {
		return s
	}
	return math.Inf(-1)
}

// bySpread are the items, that of the widest difference between low and high
// ratings first.
func bySpread(r *measure.PenaltyReward) []*measure.Asymmetry {
	return slices.SortedStableFunc(slices.Values(r.Items), func(x, y *measure.Asymmetry) int { return cmp.Compare(spread(y), spread(x)) })
}

// asymmetryTable is everything about every item.
func (b *builder) asymmetryTable(a survey.Analysis, r *measure.PenaltyReward) *Table {
	t := &Table{
		ID: slug(a.ID, "asymmetry-table"), Caption: b.say("penalty.table"), Note: b.say("penalty.table_note", "cut", mean2.String(float64(r.Cut))),
		Head: []string{b.say("figure.item"), b.say("penalty.penalty"), b.say("penalty.reward"), b.say("penalty.asymmetry"), b.say("penalty.class_head"), b.say("penalty.cells")},
	}
	for _, i := range bySpread(r) {
		row := Row{Label: b.itemName(i.ID)}
		switch {
		case i.Suppressed:
			row.Cells = []Cell{{Text: b.say("penalty.hidden", "min", b.results.MinCell), Tone: "quiet"}, {}, {}, {}, {}}
		case i.Why != "":
			row.Cells = []Cell{{Text: b.say("penalty.empty"), Tone: "quiet"}, {}, {}, {}, {Text: b.endCounts(i), Tone: "quiet"}}
		default:
			row.Cells = []Cell{
				{Text: mean2.String(float64(i.Penalty)), Mark: between(mean2, i.PenaltyCI95)},
				{Text: mean2.String(float64(i.Reward)), Mark: between(mean2, i.RewardCI95)},
				{Text: change2.String(float64(i.Asymmetry)), Mark: between(change2, i.AsymmetryCI95)},
				b.asymmetryClass(i),
				{Text: b.endCounts(i), Tone: "quiet"},
			}
			if len(i.Warnings) > 0 {
				row.Cells[4] = Cell{Text: b.endCounts(i), Mark: b.say("table.few"), Tone: "quiet"}
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// endCounts are the answers at the low end, in the middle and at the high end.
func (b *builder) endCounts(i *measure.Asymmetry) string {
	return count(i.NLow) + " · " + count(i.NMiddle) + " · " + count(i.NHigh)
}

// asymmetryClass is the class of an item, or what is nearest where it is undecided.
func (b *builder) asymmetryClass(i *measure.Asymmetry) Cell {
	switch {
	case i.Class != "":
		return Cell{Text: b.say("penalty.class." + string(i.Class))}
	case i.Nearest != "":
		return Cell{Text: b.say("penalty.undecided"), Mark: b.say("penalty.nearest", "class", b.say("penalty.class."+string(i.Nearest))), Tone: "quiet"}
	}
	return Cell{Text: b.say("penalty.no_effect"), Tone: "quiet"}
}

// penaltyLists are the items by class with what to do about them.
func (b *builder) penaltyLists(r *measure.PenaltyReward) []Block {
	var lists []List
	for _, c := range []string{measure.BasicFactor, measure.PerformanceFactor, measure.AttractiveFactor} {
		lists = append(lists, List{Title: b.say("penalty.list." + c), Items: b.byClassOf(r, c), Empty: b.say("penalty.list_none")})
	}
	blocks := []Block{{Lists: lists}}
	if open := b.byClassOf(r, ""); len(open) > 0 {
		blocks = append(blocks, Block{Text: b.say("look.penalty_open", "n", len(open))})
	}
	return blocks
}

func (b *builder) penaltyHow(r *measure.PenaltyReward) []Block {
	keys := []string{"penalty.how_" + r.Regression, "penalty.how_class"}
	if b.survey.Weight != "" {
		keys = append(keys, "penalty.how_weights")
	}
	var out []Block
	for _, key := range keys {
		out = append(out, Block{Text: b.say(key, "cut", mean2.String(float64(r.Cut)), "resamples", count(r.Bootstrap.Resamples), "seed", r.Bootstrap.Seed)})
	}
	return out
}
