package measure

import (
	"encoding/json"
	"math"

	"manyi/internal/survey"
)

// PenaltyReward is how an outcome falls with low answers to an item and rises
// with high ones. N counts the rows with the outcome and at least one item.
type PenaltyReward struct {
	Common
	Outcome    string         `json:"outcome"`
	Regression string         `json:"regression"` // each or joint
	Cut        Number         `json:"cut"`
	Items      []*Asymmetry   `json:"items"`
	Bootstrap  DriversSamples `json:"bootstrap"`
}

// Asymmetry is one item: with y = b0 + bL·[low] + bH·[high],
//
//	penalty = −bL, reward = bH, asymmetry = (reward − penalty)/(reward + penalty)
//
// in points of the outcome. Nearest is the class of the estimate; Class is the
// same where the whole interval lies in one band, and none where it is undecided.
// Sources: Brandt, J. Services Marketing 2 (1988) 35-41; Mikulić and Prebežac,
// Managing Service Quality 18 (2008) 559-576; METHODS B9.
type Asymmetry struct {
	ID            string   `json:"id"`
	N             int      `json:"n"`
	Low           []string `json:"low"` // codes
	High          []string `json:"high"`
	NLow          int      `json:"n_low"`
	NMiddle       int      `json:"n_middle"`
	NHigh         int      `json:"n_high"`
	Penalty       Number   `json:"penalty"`
	PenaltyCI95   Interval `json:"penalty_ci95"`
	Reward        Number   `json:"reward"`
	RewardCI95    Interval `json:"reward_ci95"`
	Range         Number   `json:"range"` // penalty + reward
	Asymmetry     Number   `json:"asymmetry"`
	AsymmetryCI95 Interval `json:"asymmetry_ci95"`
	Nearest       class    `json:"nearest"`
	Class         class    `json:"class"`
	Undecided     bool     `json:"undecided"`
	Why           string   `json:"why,omitempty"`
	Warnings      []string `json:"warnings"`

	Suppressed bool `json:"-"`
}

// MarshalJSON leaves nothing but the reason of a suppressed item.
func (a *Asymmetry) MarshalJSON() ([]byte, error) {
	if a.Suppressed {
		return suppressed, nil
	}
	type plain Asymmetry
	return json.Marshal((*plain)(a))
}

// The classes of an asymmetry.
const (
	BasicFactor       = "basic"
	PerformanceFactor = "performance"
	AttractiveFactor  = "attractive"
)

// Why an item has no figure, and what its cells cannot carry.
const (
	EmptyCells = "empty_cells" // no low, no middle or no high answer
	FewCells   = "few_cells"   // fewer than 30 of one of them
)

// asymmetry fills penalty and reward, and what follows from them.
func (a *Asymmetry) estimate(penalty, reward, cut float64) {
	a.Penalty, a.Reward, a.Range = Number(penalty), Number(reward), Number(penalty+reward)
	a.Asymmetry = Number(asymmetryOf(penalty, reward))
	a.Nearest = classOf(float64(a.Asymmetry), cut)
}

// asymmetryOf is NaN where the outcome does not rise from low to high answers:
// there is nothing to share out between penalty and reward.
func asymmetryOf(penalty, reward float64) float64 {
	if !(penalty+reward > 0) {
		return math.NaN()
	}
	return (reward - penalty) / (reward + penalty)
}

func classOf(asymmetry, cut float64) class {
	switch {
	case math.IsNaN(asymmetry):
		return ""
	case asymmetry < -cut:
		return BasicFactor
	case asymmetry > cut:
		return AttractiveFactor
	}
	return PerformanceFactor
}

// decide gives the class where the interval stays inside one band. It is
// undecided also where more than a fortieth of the resamples have no asymmetry,
// as then the range of impact itself cannot be told from zero.
func (a *Asymmetry) decide(drawn []float64, cut float64) {
	lost := 0
	for _, x := range drawn {
		if math.IsNaN(x) {
			lost++
		}
	}
	a.AsymmetryCI95 = percentile(drawn)
	low, high := classOf(float64(a.AsymmetryCI95[0]), cut), classOf(float64(a.AsymmetryCI95[1]), cut)
	if low != "" && low == high && 40*lost <= len(drawn) {
		a.Class = low
		return
	}
	a.Undecided = true
}

func (w *wave) penaltyReward(a survey.Analysis, g groups) []Analysis {
	if a.PenaltyReward == nil {
		return nil
	}
	found := w.asymmetries(a.PenaltyReward, g)
	out := make([]Analysis, len(found))
	for k, r := range found {
		r.Method = a.Method
		out[k] = r
	}
	return out
}

// asymmetries measures every item by group and hides the items of which a group
// has too few low, middle or high answers: their means would tell of so few.
func (w *wave) asymmetries(p *survey.PenaltyReward, g groups) []*PenaltyReward {
	ends := w.endsOf(p)
	all := ends.cells(everyone(len(g.of)))[0]
	out := make([]*PenaltyReward, len(g.codes))
	cells := ends.cells(g)
	hidden := w.hiddenCells(cells, all)
	for k := range out {
		out[k] = w.asymmetriesOf(p, ends, cells[k], hidden[k])
	}
	return out
}

// hiddenCells says which items of which group may not be shown.
func (w *wave) hiddenCells(cells []*cellCounts, all *cellCounts) [][]bool {
	out := make([][]bool, len(cells))
	for k := range out {
		out[k] = make([]bool, len(all.items))
	}
	for i := range all.items {
		for end := range all.items[i] {
			bases := make([]based, len(cells))
			for k, c := range cells {
				bases[k] = c.items[i][end]
			}
			for k, h := range w.hiddenParts(bases, all.items[i][end]) {
				out[k][i] = out[k][i] || h
			}
		}
	}
	return out
}

// asymmetriesOf measures the items of one group.
func (w *wave) asymmetriesOf(p *survey.PenaltyReward, ends *ends, cells *cellCounts, hidden []bool) *PenaltyReward {
	r := &PenaltyReward{Common: Common{N: cells.base.weighted, Warnings: []string{}}, Outcome: p.Outcome, Regression: p.Regression, Cut: Number(p.Cut)}
	r.rows = cells.base.rows
	nan := Number(math.NaN())
	for i, id := range p.Items {
		n := cells.items[i]
		item := &Asymmetry{
			ID: id, Low: ends.codes[i][0], High: ends.codes[i][1], NLow: n[0].weighted, NMiddle: n[1].weighted, NHigh: n[2].weighted,
			Penalty: nan, Reward: nan, Range: nan, Asymmetry: nan, PenaltyCI95: noInterval(), RewardCI95: noInterval(), AsymmetryCI95: noInterval(),
			Warnings: []string{}, Suppressed: hidden[i],
		}
		item.N = item.NLow + item.NMiddle + item.NHigh
		fewest := min(item.NLow, item.NMiddle, item.NHigh)
		switch {
		case fewest == 0:
			item.Why, item.Undecided = EmptyCells, true
		case fewest < 30:
			item.Warnings = append(item.Warnings, FewCells)
		}
		r.Items = append(r.Items, item)
	}
	r.fill(p, ends, cells)
	return r
}
