package measure

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/stat"
	"manyi/internal/survey"
)

// points is n answers without weights.
func points(n int) stat.Point { return stat.Point{N: n, W: float64(n), W2: float64(n)} }

// customer is one customer of the ledgers.
type customer struct {
	id        string
	row       int // in the ledger of customers, −1 where it is not there
	purchases int
	revenue   float64
	margin    float64
	recent    float64 // margin of the last twelve months of complete periods
	lastDay   string  // of the last purchase, "" without
	periods   map[int]bool
	years     map[int]bool
	products  map[string]bool
}

// customerBase is the two ledgers, joined by customer.
type customerBase struct {
	settings *survey.Customers
	people   *ledger.Ledger
	all      []*customer // by id
	index    map[string]*customer
	buyers   []*customer // with a purchase, by id
	period   period
	first    int // complete periods
	last     int
	asOf     string

	transactions, returns, unlisted, later, undated, unpriced int
	hasMargin, hasProducts                                    bool
}

// period counts quarters, months or years.
type period struct {
	name   string
	months int
}

func periodOf(name string) period {
	switch name {
	case "month":
		return period{name, 1}
	case "year":
		return period{name, 12}
	}
	return period{"quarter", 3}
}

func (p period) of(t time.Time) int { return (t.Year()*12 + int(t.Month()) - 1) / p.months }

func (p period) start(i int) time.Time {
	return time.Date(0, time.Month(i*p.months+1), 1, 0, 0, 0, 0, time.UTC)
}
func (p period) firstDay(i int) string { return p.start(i).Format(time.DateOnly) }
func (p period) lastDay(i int) string {
	return p.start(i+1).AddDate(0, 0, -1).Format(time.DateOnly)
}

// lastComplete is the last period that is over on a day.
func (p period) lastComplete(day string) int {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return math.MinInt32
	}
	i := p.of(t)
	if p.lastDay(i) != day {
		i--
	}
	return i
}

func newCustomerBase(c *survey.Customers, people, sales *ledger.Ledger, asOf string) *customerBase {
	b := &customerBase{settings: c, people: people, index: map[string]*customer{}, period: periodOf(c.Period), asOf: asOf, first: math.MaxInt32, last: math.MinInt32}
	if people != nil {
		for row := range people.Rows {
			b.customer(people.Of("id").Text(row)).row = row
		}
	}
	if sales != nil {
		if b.asOf == "" {
			b.asOf = sales.Last
		}
		b.hasMargin, b.hasProducts = sales.Of("margin").Present, sales.Of("product").Present
		b.last = b.period.lastComplete(b.asOf)
		for row := range sales.Rows {
			b.sale(sales, row)
		}
	}
	for _, p := range b.index {
		b.all = append(b.all, p)
	}
	slices.SortFunc(b.all, func(x, y *customer) int { return cmp.Compare(x.id, y.id) })
	for _, p := range b.all {
		p.revenue, p.margin, p.recent = cents(p.revenue), cents(p.margin), cents(p.recent)
		if p.purchases > 0 {
			b.buyers = append(b.buyers, p)
			if p.row < 0 && people != nil {
				b.unlisted++
			}
		}
	}
	return b
}

func (b *customerBase) customer(id string) *customer {
	p := b.index[id]
	if p == nil {
		p = &customer{id: id, row: -1, periods: map[int]bool{}, years: map[int]bool{}, products: map[string]bool{}}
		b.index[id] = p
	}
	return p
}

// sale adds one transaction. A negative one is a return: its sums count, but it
// is no purchase.
func (b *customerBase) sale(sales *ledger.Ledger, row int) {
	at, revenue, margin := sales.Of("date").Time(row), sales.Of("revenue").Number(row), sales.Of("margin").Number(row)
	day := ""
	if !at.IsZero() {
		day = at.Format(time.DateOnly)
	}
	if day > b.asOf && b.asOf != "" {
		b.later++
		return
	}
	p := b.customer(sales.Of("customer").Text(row))
	b.transactions++
	if math.IsNaN(revenue) {
		b.unpriced++
	} else {
		p.revenue += revenue
	}
	if !math.IsNaN(margin) {
		p.margin += margin
	}
	i := b.period.of(at)
	if day != "" && i <= b.last && i > b.last-12/b.period.months && !math.IsNaN(margin) {
		p.recent += margin
	}
	if revenue < 0 {
		b.returns++
		return
	}
	p.purchases++
	if product := sales.Of("product").Text(row); product != "" {
		p.products[product] = true
	}
	if day == "" {
		b.undated++
		return
	}
	b.first = min(b.first, i)
	p.lastDay, p.periods[i], p.years[at.Year()] = max(p.lastDay, day), true, true
}

// hasWindow reports whether a period is complete.
func (b *customerBase) hasWindow() bool { return b.first <= b.last }

// types counts the customers by type and names the types of METHODS A01 that none has.
func (b *customerBase) types() (count map[string]int, absent []string) {
	if b.people == nil || !b.people.Of("type").Present {
		return nil, nil
	}
	count = map[string]int{}
	for row := range b.people.Rows {
		if t := b.people.Of("type").Text(row); t != "" {
			count[t]++
		}
	}
	for _, t := range customerTypes {
		if count[t] == 0 {
			absent = append(absent, t)
		}
	}
	return count, absent
}

// customerTypes are the types of METHODS A01.
var customerTypes = []string{"internal", "external", "intermediate", "final", "current", "potential", "core", "ordinary", "competitor", "other"}

// holds judges a rule by what the ledgers say of a customer.
func (b *customerBase) holds(p *customer) func(survey.Rule) bool {
	return func(u survey.Rule) bool {
		switch u.Column {
		case "purchases":
			return u.HoldsNumber(float64(p.purchases))
		case "revenue":
			return u.HoldsNumber(p.revenue)
		case "margin":
			return u.HoldsNumber(p.margin)
		case "recency_days":
			return u.HoldsNumber(b.recency(p))
		}
		return p.row >= 0 && u.HoldsCode(b.people.Of(u.Column).Text(p.row))
	}
}

// recency is the days from the last purchase to as_of, NaN without one.
func (b *customerBase) recency(p *customer) float64 {
	from, err := time.Parse(time.DateOnly, p.lastDay)
	to, err2 := time.Parse(time.DateOnly, b.asOf)
	if err != nil || err2 != nil {
		return math.NaN()
	}
	return math.Round(to.Sub(from).Hours() / 24)
}

// segment is the segment of a customer, "" where it is not known.
func (b *customerBase) segment(p *customer) string {
	if p.row < 0 {
		return ""
	}
	return b.people.Of(cmp.Or(b.settings.Segment, "segment")).Text(p.row)
}

// yearName names a calendar year.
func yearName(y int) string { return fmt.Sprint(y) }
