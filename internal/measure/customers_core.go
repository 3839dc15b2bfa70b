package measure

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/stat"
)

// Concentration is how unequal customers are (METHODS A105): shares of those
// whose sum is positive, from the largest, ties by id.
//
//	class A while the share before the customer is under 0.80, B under 0.95, else C
//	Gini = 2 Σ i·x(i) / (n Σ x) − (n+1)/n, x ascending; times n/(n−1) for small samples
//
// Source: Gini as in Dixon, Weiner, Mitchell-Olds and Woodley, Ecology 68 (1987).
type Concentration struct {
	N            int             `json:"n"`
	NotPositive  int             `json:"not_positive"` // buyers whose sum is not, left out
	Total        Number          `json:"total"`
	Classes      map[string]*ABC `json:"abc"`
	Gini         Number          `json:"gini"`
	GiniSmall    Number          `json:"gini_small_sample"`
	Top20        int             `json:"top20_customers"` // the first ⌈0.2 n⌉
	Top20Share   Number          `json:"top20_share"`
	Top20Lorenz  Number          `json:"top20_share_interpolated"`
	Deciles      []Number        `json:"lorenz_deciles"` // share of the poorest 0, 10 … 100 %
	For80Percent int             `json:"customers_for_80_percent"`

	order []*customer // from the largest
	class map[string]string
}

// ABC is one class of customers.
type ABC struct {
	Customers        int    `json:"customers"`
	ShareOfCustomers Number `json:"share_of_customers"`
	ShareOfValue     Number `json:"share_of_value"`
}

// roundOff is what sums of shares are wrong by.
const roundOff = 1e-12

func (b *customerBase) concentration(of func(*customer) float64) *Concentration {
	c := &Concentration{Classes: map[string]*ABC{"A": {}, "B": {}, "C": {}}, class: map[string]string{}}
	sum := 0.0
	for _, p := range b.buyers {
		if of(p) > 0 {
			c.order, sum = append(c.order, p), sum+of(p)
		} else {
			c.NotPositive++
		}
	}
	slices.SortStableFunc(c.order, func(x, y *customer) int { return cmp.Or(cmp.Compare(of(y), of(x)), cmp.Compare(x.id, y.id)) })
	c.N, c.Total = len(c.order), Number(cents(sum))
	c.divide(of, sum)
	n := float64(c.N)
	rank := 0.0
	lorenz := make([]float64, c.N+1)
	for i, p := range slices.Backward(c.order) {
		k := c.N - i
		rank += float64(k) * of(p)
		lorenz[k] = lorenz[k-1] + of(p)/sum
	}
	c.Gini = Number(2*rank/(n*sum) - (n+1)/n)
	c.GiniSmall = c.Gini * Number(n/(n-1))
	c.Top20Lorenz = Number(1 - along(lorenz, 0.8))
	for i := range 11 {
		c.Deciles = append(c.Deciles, Number(along(lorenz, float64(i)/10)))
	}
	return c
}

// divide fills the classes and the share of the top 20 %.
func (c *Concentration) divide(of func(*customer) float64, sum float64) {
	c.Top20 = int(math.Ceil(0.2*float64(c.N) - 1e-9))
	c.Top20Share = Number(math.NaN())
	before := 0.0
	for i, p := range c.order {
		name := "C"
		if before < 0.8-roundOff {
			name = "A"
		} else if before < 0.95-roundOff {
			name = "B"
		}
		c.class[p.id] = name
		class := c.Classes[name]
		class.Customers++
		class.ShareOfCustomers += Number(1 / float64(c.N))
		class.ShareOfValue += Number(of(p) / sum)
		before += of(p) / sum
		if before >= 0.8-roundOff && c.For80Percent == 0 {
			c.For80Percent = i + 1
		}
		if i+1 == c.Top20 {
			c.Top20Share = Number(before)
		}
	}
}

// along reads a Lorenz curve at a share of the customers, straight between two of them.
func along(lorenz []float64, p float64) float64 {
	n := len(lorenz) - 1
	if n < 1 {
		return math.NaN()
	}
	x := p * float64(n)
	if near := math.Round(x); math.Abs(x-near) < 1e-9 {
		x = near
	}
	i := min(int(x), n-1)
	return lorenz[i] + (x-float64(i))*(lorenz[i+1]-lorenz[i])
}

// RFM is recency, frequency and revenue by quintile: a score is 1 plus the
// number of breaks (type 7) below the value, recency the other way round.
type RFM struct {
	N       int                 `json:"n"`
	Breaks  map[string][]Number `json:"quintile_breaks"`
	Counts  map[string][]int    `json:"score_counts"`
	Best    int                 `json:"best_555"`
	Recency Number              `json:"mean_recency_days"`

	scores map[string]string
}

func (b *customerBase) rfm() *RFM {
	r := &RFM{N: len(b.buyers), Breaks: map[string][]Number{}, Counts: map[string][]int{}, scores: map[string]string{}}
	columns := map[string]func(*customer) float64{
		"recency":   b.recency,
		"frequency": func(p *customer) float64 { return float64(p.purchases) },
		"revenue":   func(p *customer) float64 { return p.revenue },
	}
	best := make([]int, len(b.buyers))
	for _, name := range []string{"recency", "frequency", "revenue"} {
		score := r.quintiles(name, b.buyers, columns[name])
		for i, p := range b.buyers {
			s := score(columns[name](p))
			if s > 0 {
				r.Counts[name][s-1]++
			}
			if s == 5 {
				best[i]++
			}
			r.scores[p.id] += string(rune('0' + s))
		}
	}
	for _, n := range best {
		if n == 3 {
			r.Best++
		}
	}
	sum, n := 0.0, 0
	for _, p := range b.buyers {
		if d := b.recency(p); !math.IsNaN(d) {
			sum, n = sum+d, n+1
		}
	}
	r.Recency = Number(sum / float64(n))
	return r
}

// quintiles notes the breaks of a column and returns its score: 1 to 5, 0 of no value.
func (r *RFM) quintiles(name string, buyers []*customer, of func(*customer) float64) func(float64) int {
	var values []float64
	for _, p := range buyers {
		if v := of(p); !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	slices.Sort(values)
	var breaks []float64
	for _, at := range []float64{0.2, 0.4, 0.6, 0.8} {
		q := stat.Quantile(values, at)
		breaks, r.Breaks[name] = append(breaks, q), append(r.Breaks[name], Number(q))
	}
	r.Counts[name] = make([]int, 5)
	return func(v float64) int {
		if math.IsNaN(v) {
			return 0
		}
		s := 1
		for _, q := range breaks {
			if q < v {
				s++
			}
		}
		if name == "recency" {
			return 6 - s
		}
		return s
	}
}
