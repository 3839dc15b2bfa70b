package measure

import (
	"slices"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/survey"
)

// LadderMoves is how customers moved on the ladder within a year, by the
// transactions known at both days. What the ledger of customers says of them is
// taken as it is today: only their purchases can move them.
type LadderMoves struct {
	From  string       `json:"from"` // the two days
	To    string       `json:"to"`
	Up    int          `json:"up"`
	Down  int          `json:"down"`
	Same  int          `json:"same"`
	Moves []LadderMove `json:"moves"`
}

// LadderMove is how many went from one rank to another.
type LadderMove struct {
	From      string `json:"from"`
	To        string `json:"to"`
	Customers int    `json:"customers"`
}

// moves compares the ladder with that of a year before; nil without a buyer then.
func (b *customerBase) moves(people, sales *ledger.Ledger) *LadderMoves {
	today, err := time.Parse(time.DateOnly, b.asOf)
	if err != nil || sales == nil {
		return nil
	}
	before := newCustomerBase(b.settings, people, sales, today.AddDate(-1, 0, 0).Format(time.DateOnly))
	if len(before.buyers) == 0 {
		return nil
	}
	rungs := b.settings.Ladder
	if rungs == nil {
		rungs = survey.DefaultLadder
	}
	out := &LadderMoves{From: before.asOf, To: b.asOf}
	count := make([][]int, len(rungs))
	for i := range count {
		count[i] = make([]int, len(rungs))
	}
	for _, p := range b.all {
		from, to := before.rank(rungs, before.index[p.id]), b.rank(rungs, p)
		if from < 0 || to < 0 {
			continue
		}
		count[from][to]++
		switch {
		case to < from:
			out.Up++
		case to > from:
			out.Down++
		default:
			out.Same++
		}
	}
	for i := range rungs {
		for k, n := range count[i] {
			if n > 0 {
				out.Moves = append(out.Moves, LadderMove{rungs[i].ID, rungs[k].ID, n})
			}
		}
	}
	return out
}

// rank is the rank of a customer, −1 of one who is not known or fits none.
func (b *customerBase) rank(rungs []survey.Rung, p *customer) int {
	if p == nil {
		return -1
	}
	return slices.IndexFunc(rungs, func(g survey.Rung) bool { return g.Holds(b.holds(p)) })
}
