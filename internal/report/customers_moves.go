package report

import (
	"math"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/measure"
)

// mostBands is how many ranks bands can join; more are drawn as a grid.
const mostBands = 4

// ladderMoves is how customers moved on the ladder within a year; nil where nothing is known of it.
func (b *builder) ladderMoves(id string, c *measure.Customers) *chart.Figure {
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
	f := &chart.Figure{ID: slug(id, "moves"), Lang: b.lang, Words: b.chartWords(b.say("customers.moved_from", "day", m.From)), Axis: chart.Axis{Reference: math.NaN()}}
	total := m.Up + m.Down + m.Same
	f.Title = b.say("customers.moves_title", "up", count(m.Up), "down", count(m.Down), "base", count(total))
	f.Note = b.say("customers.moves_note", "from", m.From, "to", m.To)
	if len(ranks) > mostBands {
		b.moveGrid(f, m, ranks)
	} else {
		b.moveBands(f, m, ranks, total)
	}
	return f
}

// moved is how many went from one rank to another.
func moved(m *measure.LadderMoves, from, to string) float64 {
	if i := slices.IndexFunc(m.Moves, func(x measure.LadderMove) bool { return x.From == from && x.To == to }); i >= 0 {
		return float64(m.Moves[i].Customers)
	}
	return 0
}

func (b *builder) moveGrid(f *chart.Figure, m *measure.LadderMoves, ranks []*measure.CustomerRank) {
	f.Kind = chart.Heat
	for i, to := range ranks {
		f.Columns = append(f.Columns, chart.Column{ID: "to_" + whole.String(float64(i+1)), Label: b.rankName(to.ID, to.Label), Role: chart.Part, Format: whole})
	}
	for _, from := range ranks {
		row := chart.Row{Label: b.rankName(from.ID, from.Label)}
		for _, to := range ranks {
			row.Cells = append(row.Cells, moved(m, from.ID, to.ID))
		}
		f.Rows = append(f.Rows, row)
	}
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
