package measure

import (
	"math"
	"slices"

	"manyi/internal/stat"
	"manyi/internal/survey"
)

// fit is one regression of a group, and what its resamples are drawn from.
type fit struct {
	data         *explaining
	rows         []int32
	origin       []float64 // of all columns: the first row
	used         []int     // columns that vary; the last is the outcome
	constant     []int     // items that do not
	flat         bool      // the outcome does not
	blocks       *stat.Blocks
	products     stat.Products
	correlations []float64
	sd           []float64
	importance   *stat.Importance
}

// newFit gathers the rows and fits them.
func newFit(data *explaining, rows []int32) *fit {
	c := len(data.columns)
	f := &fit{data: data, rows: rows, origin: make([]float64, c)}
	if len(rows) == 0 {
		f.used, f.flat = make([]int, c), true
		return f
	}
	data.at(int(rows[0]), f.origin)
	f.vary()
	f.used = append(f.used, c-1)
	n := len(f.used)
	f.blocks, f.products = stat.NewBlocks(len(rows), n, driverUnits), stat.NewProducts(n)
	cells, shifted := make([]float64, c), make([]float64, n)
	for _, row := range rows {
		data.at(int(row), cells)
		for i, at := range f.used {
			shifted[i] = cells[at] - f.origin[at]
		}
		f.blocks.Add(data.weight(int(row)), shifted)
	}
	f.blocks.Sum(f.products)
	f.correlations, f.sd = make([]float64, n*n), make([]float64, n)
	f.products.Correlations(f.correlations, f.sd)
	f.importance = stat.NewImportance(n-1, true)
	f.importance.Fit(f.correlations)
	return f
}

// vary finds the columns with more than one value.
func (f *fit) vary() {
	c := len(f.origin)
	varies, cells := make([]bool, c), make([]float64, c)
	for _, row := range f.rows {
		f.data.at(int(row), cells)
		for i, x := range cells {
			varies[i] = varies[i] || x != f.origin[i]
		}
	}
	for i, v := range varies[:c-1] {
		if v {
			f.used = append(f.used, i)
		} else {
			f.constant = append(f.constant, i)
		}
	}
	f.flat = !varies[c-1]
}

// mean is the mean of a used column as it was answered.
func (f *fit) mean(i int) float64 {
	m := f.origin[f.used[i]] + f.products.Mean(i)
	if f.data.turned[f.used[i]] {
		return -m
	}
	return m
}

// coefficients tests β; with weights by linearised standard errors.
func (f *fit) coefficients(weights bool) stat.Coefficients {
	if !weights {
		return f.importance.Coefficients(len(f.rows))
	}
	scores := f.importance.Scores()
	cells, z := make([]float64, len(f.origin)), make([]float64, len(f.used))
	for _, row := range f.rows {
		f.data.at(int(row), cells)
		for i, at := range f.used {
			z[i] = (cells[at] - f.origin[at] - f.products.Mean(i)) / f.sd[i]
		}
		scores.Add(f.data.weight(int(row)), z)
	}
	return scores.Coefficients()
}

// lead is the shares that the report leads with.
func (f *fit) lead(weights string) []float64 {
	if weights == "shapley" {
		return f.importance.Shapley
	}
	return f.importance.Johnson
}

// ranked lists the places of shares from the largest to the smallest, equal ones
// in their order; NaN last.
func ranked(shares []float64) []int {
	order := make([]int, len(shares))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch x, y := shares[a], shares[b]; {
		case x > y || math.IsNaN(y) && !math.IsNaN(x):
			return -1
		case x < y || math.IsNaN(x) && !math.IsNaN(y):
			return 1
		}
		return 0
	})
	return order
}

// resample draws the intervals of the shares, of β and of R², and how often each
// item is of the core.
func (d *Drivers) resample(f *fit, b survey.Resampling) {
	p, shapley := len(f.used)-1, d.Weights == "shapley"
	d.Bootstrap = DriversSamples{b.Resamples, b.Seed, f.blocks.Groups()}
	drawn := stat.Bootstrap(f.blocks.Groups(), b.Resamples, 3*p+1, b.Seed, func() func(rows []int32, figures []float64) {
		m := stat.NewImportance(p, shapley)
		products, times := stat.NewProducts(p+1), make([]int32, f.blocks.Groups())
		r, sd := make([]float64, (p+1)*(p+1)), make([]float64, p+1)
		return func(rows []int32, figures []float64) {
			f.blocks.Draw(rows, times, products)
			products.Correlations(r, sd)
			m.Fit(r)
			shares := m.Johnson
			if shapley {
				shares = m.Shapley
			}
			for rank, i := range ranked(shares) {
				figures[i], figures[p+i], figures[2*p+i] = shares[i]/m.RSquared, m.Beta[i], math.NaN()
				if !math.IsNaN(shares[i]) {
					figures[2*p+i] = 0
					if rank < d.Top {
						figures[2*p+i] = 1
					}
				}
			}
			figures[3*p] = m.RSquared
		}
	})
	for i := range p {
		item := d.Items[f.used[i]]
		item.CI95, item.BetaCI95, item.InTop = percentile(drawn[i]), percentile(drawn[p+i]), Number(meanOfKnown(drawn[2*p+i]))
	}
	d.RSquaredCI = percentile(drawn[3*p])
}

func percentile(drawn []float64) Interval {
	low, high := stat.Percentile(drawn)
	return Interval{Number(low), Number(high)}
}

// meanOfKnown is the mean of what is not NaN.
func meanOfKnown(x []float64) float64 {
	sum, n := 0.0, 0.0
	for _, v := range x {
		if !math.IsNaN(v) {
			sum, n = sum+v, n+1
		}
	}
	return sum / n
}
