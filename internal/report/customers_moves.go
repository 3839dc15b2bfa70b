package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
)

// mostBands is how many ranks bands can join; more are drawn as a grid.
const mostBands = 4

// ladderMoves is how customers moved on the ladder within a year: bands, or a
// table where the ranks are many. Nil where nothing is known of it.
func (b *builder) ladderMoves(id string, c *measure.Customers) []Block {
	m := c.Moves
	if m == nil || len(m.Moves) == 0 {
		return nil
	}
	var ranks []*measure.CustomerRank
	for _, r := range c.Ladder {
		if slices.ContainsFunc(m.Moves, func(x measure.LadderMove) bool { return x.From == r.ID || x.To == r.ID }) {
			ranks = append(ranks, r)
		}
	}
	total := m.Up + m.Down + m.Same
	text := b.say("customers.moves_title", "up", count(m.Up), "down", count(m.Down), "base", count(total))
	note := b.say("customers.moves_note", "from", m.From, "to", m.To)
	if len(ranks) > mostBands {
		return []Block{{Text: text}, {Table: b.moveTable(slug(id, "moves"), m, ranks)}, {Note: note}}
	}
	f := &chart.Figure{ID: slug(id, "moves"), Lang: b.lang, Words: b.chartWords(b.say("customers.moved_from", "day", m.From)), Axis: chart.Axis{Reference: math.NaN()}, Title: text, Note: note}
	b.moveBands(f, m, ranks, total)
	return []Block{{Figure: f}}
}

// moved is how many went from one rank to another.
func moved(m *measure.LadderMoves, from, to string) float64 {
	if i := slices.IndexFunc(m.Moves, func(x measure.LadderMove) bool { return x.From == from && x.To == to }); i >= 0 {
		return float64(m.Moves[i].Customers)
	}
	return 0
}

// moveTable is the moves as a table: a row a rank a year ago, a column a rank now.
func (b *builder) moveTable(id string, m *measure.LadderMoves, ranks []*measure.CustomerRank) *Table {
	t := &Table{ID: id, Caption: b.say("customers.moves_caption", "from", m.From, "to", m.To), Head: []string{b.say("customers.moved_from", "day", m.From)}}
	for _, to := range ranks {
		t.Head = append(t.Head, b.rankName(to.ID, to.Label))
	}
	for i, from := range ranks {
		row := Row{Label: b.rankName(from.ID, from.Label)}
		for k, to := range ranks {
			n := moved(m, from.ID, to.ID)
			cell := Cell{Text: count(int(n))}
			switch {
			case n == 0:
				cell = Cell{Text: "–", Tone: "quiet"}
			case k < i:
				cell.Tone = "good"
			case k > i:
				cell.Tone = "bad"
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (b *builder) moveBands(f *chart.Figure, m *measure.LadderMoves, ranks []*measure.CustomerRank, total int) {
	f.Kind, f.Axis.Label, f.Across = chart.Transitions, m.From, chart.Axis{Label: m.To}
	f.Columns = []chart.Column{{ID: "customers", Label: b.say("customers.customers"), Role: chart.Value, Format: whole}, {ID: "share", Label: b.say("figure.share"), Format: percent}}
	for _, from := range ranks {
		for _, to := range ranks {
			if n := moved(m, from.ID, to.ID); n > 0 {
				a, z := b.rankName(from.ID, from.Label), b.rankName(to.ID, to.Label)
				f.Rows = append(f.Rows, chart.Row{From: a, To: z, Label: a + " → " + z, Cells: []float64{n, n / float64(total)}})
			}
		}
	}
}
