package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// Drivers is how far items explain an outcome, over the rows in which all of
// them and the outcome are answered (N; listwise).
type Drivers struct {
	Common
	Outcome    string         `json:"outcome"`
	Weights    string         `json:"weights"`  // whose shares ci95, rank and top are of: johnson or shapley
	LeftOut    int            `json:"left_out"` // rows with the outcome or an item, but not with all
	RSquared   Number         `json:"r_squared"`
	RSquaredCI Interval       `json:"r_squared_ci95"`
	Adjusted   Number         `json:"adjusted_r_squared"`
	Top        int            `json:"top"`  // how many items are the core
	Core       []string       `json:"core"` // the items of the largest shares, in their order
	Items      []*Driver      `json:"items"`
	Dependent  []string       `json:"dependent"` // items that are linear combinations of others
	Constant   []string       `json:"constant"`  // items without variance, left out
	Bootstrap  DriversSamples `json:"bootstrap"`
	Why        string         `json:"why,omitempty"` // why figures are null
}

// DriversSamples says how the intervals were drawn.
type DriversSamples struct {
	Resamples int    `json:"resamples"`
	Seed      uint64 `json:"seed"`
	Units     int    `json:"units"` // what is drawn: rows, or as many groups of rows
}

// Driver is one item. Beta, its test and VIF are of the standardised
// regression; with weights its standard error is linearised.
type Driver struct {
	ID            string   `json:"id"`
	R             Number   `json:"r"`
	Beta          Number   `json:"beta"`
	SE            Number   `json:"se"`
	P             Number   `json:"p"`
	BH            Number   `json:"p_bh"` // over the items
	VIF           Number   `json:"vif"`
	Johnson       Number   `json:"johnson"`
	JohnsonShare  Number   `json:"johnson_share"`
	Shapley       Number   `json:"shapley"`
	ShapleyShare  Number   `json:"shapley_share"`
	CI95          Interval `json:"ci95"` // of the share by weights
	BetaCI95      Interval `json:"beta_ci95"`
	Rank          int      `json:"rank,omitempty"`
	InTop         Number   `json:"in_top"` // share of the resamples in which it is of the core
	Mean          Number   `json:"mean"`
	Distinguished bool     `json:"distinguishable"` // its β can be told from zero at 5 %, adjusted
}

// Warnings of drivers.
const (
	FewForDrivers  = "few_for_drivers" // fewer rows than max(100, 10 p)
	TooFewRows     = "too_few_rows"    // no more rows than p + 1: no regression
	Collinear      = "collinear"       // an item is a linear combination of others
	StrongVIF      = "high_vif"        // a VIF of 5 or more
	ConstantItem   = "constant_item"
	ConstantResult = "constant_outcome"
	NoShapley      = "no_shapley"  // more items than the exact decomposition takes
	Unexplained    = "unexplained" // adjusted R² is not above 0
)

// driverUnits is how many units a resample draws at most: below, rows; above,
// groups of rows.
const driverUnits = 2000

func (w *wave) drivers(a survey.Analysis, g groups) []Analysis {
	if a.Drivers == nil {
		return nil
	}
	data := w.explaining(a.Drivers.Outcome, a.Drivers.Items)
	rows, partial := data.complete(g)
	out := make([]Analysis, len(g.codes))
	for k := range out {
		out[k] = w.driversOf(a, data, rows[k], partial[k])
	}
	return out
}

// explaining is the columns of a regression: the items, then the outcome. What is
// rated in reverse is turned, so that more is better.
type explaining struct {
	ids     []string
	columns []values
	turned  []bool
	weight  func(row int) float64
}

func (w *wave) explaining(outcome string, items []string) *explaining {
	e := &explaining{ids: append(slices.Clone(items), outcome), weight: w.weight}
	for _, id := range e.ids {
		v, _ := w.values(id)
		item, _ := w.itemOf(id)
		e.columns, e.turned = append(e.columns, v), append(e.turned, item.Reverse)
	}
	return e
}

// at writes one row and reports how many of its cells are answered.
func (e *explaining) at(row int, into []float64) (answered int) {
	for i := range e.columns {
		into[i] = e.columns[i].at(row)
		if e.turned[i] {
			into[i] = -into[i]
		}
		if !math.IsNaN(into[i]) {
			answered++
		}
	}
	return answered
}

// complete lists, by group, the rows in which every column is answered, and
// counts those with a part of them.
func (e *explaining) complete(g groups) (rows [][]int32, partial []int) {
	rows, partial = make([][]int32, len(g.codes)), make([]int, len(g.codes))
	cells := make([]float64, len(e.columns))
	for row, k := range g.of {
		if k < 0 {
			continue
		}
		switch e.at(row, cells) {
		case len(cells):
			rows[k] = append(rows[k], int32(row))
		case 0:
		default:
			partial[k]++
		}
	}
	return rows, partial
}

// driversOf explains the outcome in one group.
func (w *wave) driversOf(a survey.Analysis, data *explaining, rows []int32, partial int) *Drivers {
	d := &Drivers{
		Common: Common{Method: a.Method, Warnings: []string{}}, Outcome: a.Drivers.Outcome, Weights: a.Drivers.Weights, LeftOut: partial,
		Core: []string{}, Dependent: []string{}, Constant: []string{},
	}
	d.rows = len(rows)
	rows = slices.DeleteFunc(rows, func(row int32) bool { return w.weight(int(row)) <= 0 })
	d.N = len(rows)
	d.blank(a.Drivers.Items)
	fit := newFit(data, rows)
	d.exclude(fit)
	p := len(fit.used) - 1
	if p == 0 || fit.flat || d.N <= p+1 {
		d.undefined(p)
		d.RSquared, d.Adjusted, d.RSquaredCI = Number(math.NaN()), Number(math.NaN()), noInterval()
		return d
	}
	d.Top = min(a.Drivers.Top, p)
	d.explain(fit, w.weights != nil)
	d.resample(fit, a.Drivers.Bootstrap)
	d.caution(p)
	return d
}

// undefined says why there is no regression on p items that vary.
func (d *Drivers) undefined(p int) {
	switch {
	case d.N == 0:
		d.Why = NoAnswers
	case slices.Contains(d.Warnings, ConstantResult):
		d.Why = ConstantResult
	case p == 0:
		d.Why = ConstantItem
	default:
		d.Why = TooFewRows
		d.warn(TooFewRows)
	}
}

func noInterval() Interval { return Interval{Number(math.NaN()), Number(math.NaN())} }

// blank lists the items without a figure.
func (d *Drivers) blank(items []string) {
	nan := Number(math.NaN())
	for _, id := range items {
		d.Items = append(d.Items, &Driver{
			ID: id, R: nan, Beta: nan, SE: nan, P: nan, BH: nan, VIF: nan, Johnson: nan, JohnsonShare: nan, Shapley: nan, ShapleyShare: nan,
			CI95: noInterval(), BetaCI95: noInterval(), InTop: nan, Mean: nan,
		})
	}
}

// exclude names what does not vary.
func (d *Drivers) exclude(f *fit) {
	if d.N == 0 {
		return
	}
	for _, i := range f.constant {
		d.Constant = append(d.Constant, d.Items[i].ID)
	}
	if len(d.Constant) > 0 {
		d.warn(ConstantItem)
	}
	if f.flat {
		d.warn(ConstantResult)
	}
}

// explain fills what the rows say as they are.
func (d *Drivers) explain(f *fit, weights bool) {
	m, p := f.importance, len(f.used)-1
	c := f.coefficients(weights)
	d.RSquared, d.Adjusted = Number(m.RSquared), Number(c.Adjusted)
	adjusted := stat.BenjaminiHochberg(c.P)
	for i := range p {
		item := d.Items[f.used[i]]
		item.R, item.Beta, item.SE, item.P = Number(f.correlations[i*(p+1)+p]), Number(m.Beta[i]), Number(c.SE[i]), Number(c.P[i])
		item.BH, item.VIF, item.Mean = Number(adjusted[i]), Number(m.VIF[i]), Number(f.mean(i))
		item.Johnson, item.Shapley = Number(m.Johnson[i]), Number(m.Shapley[i])
		item.JohnsonShare, item.ShapleyShare = Number(m.Johnson[i]/m.RSquared), Number(m.Shapley[i]/m.RSquared)
		item.Distinguished = adjusted[i] < .05
	}
	for _, i := range m.Dependent {
		d.Dependent = append(d.Dependent, d.Items[f.used[i]].ID)
	}
	switch {
	case d.Weights == "shapley" && p > stat.MostShapley:
		d.Weights = "johnson"
		d.warn(NoShapley)
	case d.Weights == "johnson" && m.Dependent != nil && p <= stat.MostShapley:
		d.Weights = "shapley" // Johnson's do not exist
	}
	for rank, i := range ranked(f.lead(d.Weights)) {
		item := d.Items[f.used[i]]
		if item.Share(d.Weights) >= 0 {
			item.Rank = rank + 1
			if rank < d.Top {
				d.Core = append(d.Core, item.ID)
			}
		}
	}
}

// Item returns the item with the id; nil without.
func (d *Drivers) Item(id string) *Driver {
	for _, i := range d.Items {
		if i.ID == id {
			return i
		}
	}
	return nil
}

// Share is the item's share of R² by Johnson's or Shapley's weights.
func (i *Driver) Share(weights string) Number {
	if weights == "shapley" {
		return i.ShapleyShare
	}
	return i.JohnsonShare
}

// caution says what the rows cannot carry.
func (d *Drivers) caution(p int) {
	if d.N < NeededForDrivers(p) {
		d.warn(FewForDrivers)
	}
	if len(d.Dependent) > 0 {
		d.warn(Collinear)
		d.Why = Collinear
	}
	if slices.ContainsFunc(d.Items, func(i *Driver) bool { return i.VIF >= 5 }) {
		d.warn(StrongVIF)
	}
	if d.Adjusted <= 0 {
		d.warn(Unexplained)
	}
}

// NeededForDrivers is how many rows p items need: 100, and 10 an item (METHODS B8).
func NeededForDrivers(p int) int { return max(100, 10*p) }
