package measure

import (
	"math"

	"manyi/internal/ledger"
)

// Repurchase is how regularly customers buy: the share of the periods after the
// one of the first purchase in which they bought again (METHODS A31). A rate
// needs some such periods.
type Repurchase struct {
	MinPeriods int                              `json:"min_periods"`
	High       Number                           `json:"high"`
	Low        Number                           `json:"low"`
	N          int                              `json:"n"` // customers with a rate
	TooShort   int                              `json:"too_short"`
	Bands      map[string]*CustomerBand         `json:"bands"`
	BySegment  map[string]map[string]*LoyalPart `json:"by_segment,omitempty"`
	Repeat     *LoyalPart                       `json:"repeat_buyers"` // bought at least twice

	of map[string]string
}

// CustomerBand is one band of the repurchase rate.
type CustomerBand struct {
	LoyalPart
	MeanRate Number `json:"mean_rate"`
	Revenue  Number `json:"revenue"`
}

// defaultPeriods is how many periods after the first purchase a rate needs.
const defaultPeriods = 4

// rate is hits of follow periods after the first purchase.
func (b *customerBase) rate(p *customer) (hits, follow int) {
	first := math.MaxInt32
	for i := range p.periods {
		first = min(first, i)
	}
	for i := range p.periods {
		if i > first && i <= b.last {
			hits++
		}
	}
	return hits, b.last - first
}

func (b *customerBase) repurchase() *Repurchase {
	s := b.settings
	r := &Repurchase{MinPeriods: s.MinPeriods, High: Number(givenOr(s.Bands.High, 0.7)), Low: Number(givenOr(s.Bands.Low, 0.3)), Bands: map[string]*CustomerBand{}, of: map[string]string{}}
	if r.MinPeriods == 0 {
		r.MinPeriods = defaultPeriods
	}
	count, rates, revenue, repeat := map[string]int{}, map[string]float64{}, map[string]float64{}, 0
	for _, p := range b.buyers {
		if p.purchases >= 2 {
			repeat++
		}
		hits, follow := b.rate(p)
		if follow < r.MinPeriods {
			r.TooShort++
			r.of[p.id] = "too_short"
			continue
		}
		name := bandNames[bandOfNumber(float64(hits)/float64(follow), float64(r.High)-roundOff, float64(r.Low)+roundOff)]
		r.of[p.id] = name
		r.N++
		count[name]++
		rates[name] += float64(hits) / float64(follow)
		revenue[name] += p.revenue
	}
	for _, name := range bandNames {
		r.Bands[name] = &CustomerBand{LoyalPart: *plainPart(count[name], r.N), MeanRate: Number(rates[name] / float64(count[name])), Revenue: Number(cents(revenue[name]))}
	}
	r.Repeat = plainPart(repeat, len(b.buyers))
	b.bandsBySegment(r)
	return r
}

func (b *customerBase) bandsBySegment(r *Repurchase) {
	count, all := map[string]map[string]int{}, map[string]int{}
	for _, p := range b.buyers {
		name, segment := r.of[p.id], b.segment(p)
		if name == "too_short" || segment == "" {
			continue
		}
		if count[segment] == nil {
			count[segment] = map[string]int{}
		}
		count[segment][name]++
		all[segment]++
	}
	for segment, n := range all {
		if r.BySegment == nil {
			r.BySegment = map[string]map[string]*LoyalPart{}
		}
		r.BySegment[segment] = map[string]*LoyalPart{}
		for _, name := range bandNames {
			r.BySegment[segment][name] = plainPart(count[segment][name], n)
		}
	}
}

// retention compares each calendar year that is over with the next.
func (b *customerBase) retention() []*Retained {
	out := []*Retained{}
	years := periodOf("year")
	last := years.lastComplete(b.asOf)
	first := math.MaxInt32
	for _, p := range b.buyers {
		for y := range p.years {
			first = min(first, y)
		}
	}
	for y := first; y < last; y++ {
		n, stayed := 0, 0
		for _, p := range b.buyers {
			if p.years[y] {
				n++
				if p.years[y+1] {
					stayed++
				}
			}
		}
		if n > 0 {
			out = append(out, &Retained{From: yearName(y), To: yearName(y + 1), Of: n, LoyalPart: *plainPart(stayed, n)})
		}
	}
	return out
}

// crossSelling counts the products of each buyer; nil where no file names any.
func (b *customerBase) crossSelling() *CrossSelling {
	if !b.hasProducts {
		return nil
	}
	products, sum, several, n := map[string]bool{}, 0, 0, 0
	for _, p := range b.buyers {
		if len(p.products) == 0 {
			continue
		}
		n, sum = n+1, sum+len(p.products)
		if len(p.products) > 1 {
			several++
		}
		for name := range p.products {
			products[name] = true
		}
	}
	return &CrossSelling{Products: len(products), Mean: Number(float64(sum) / float64(n)), Several: plainPart(several, n)}
}

// referred counts referrals; nil where the ledger has none.
func (b *customerBase) referred() *Referred {
	column := b.ledgerColumn("referrals")
	if column == nil {
		return nil
	}
	r := &Referred{}
	sent := 0
	for row := range b.people.Rows {
		v, ok := ledger.ParseCount(column.Text(row))
		if !ok {
			continue
		}
		r.Known++
		r.Referrals += Number(v)
		if v > 0 {
			sent++
		}
	}
	r.Sent = plainPart(sent, r.Known)
	return r
}

// ledgerColumn is a column of the ledger of customers that a file has, else nil.
func (b *customerBase) ledgerColumn(name string) *ledger.Values {
	if b.people == nil {
		return nil
	}
	if v := b.people.Of(name); v != nil && v.Present {
		return v
	}
	return nil
}

// LifetimeValue is what customers have brought and may bring (METHODS A37,
// B10): historic is all margin so far, undiscounted; current the margin of the
// last twelve months of complete periods times r/(1+d−r).
type LifetimeValue struct {
	Retention Number `json:"retention"`
	Observed  bool   `json:"observed"` // the retention is that of the last two years
	Discount  Number `json:"discount"`
	Factor    Number `json:"factor"`
	Historic  Number `json:"historic"`
	Recent    Number `json:"recent_margin"`
	Current   Number `json:"current"`
	Both      Number `json:"historic_plus_current"`
	Potential Number `json:"potential"` // of all customers; NaN where no input of it is given
}

func (b *customerBase) value(c *Customers) *LifetimeValue {
	if !b.hasMargin {
		return nil
	}
	v := &LifetimeValue{Retention: Number(math.NaN()), Discount: Number(givenOr(b.settings.Discount, defaultDiscount))}
	switch {
	case b.settings.Retention != nil:
		v.Retention = Number(*b.settings.Retention)
	case len(c.Retention) > 0:
		v.Retention, v.Observed = c.Retention[len(c.Retention)-1].Share, true
	default:
		c.warn(NoRetention)
	}
	v.Factor = Number(valueFactor(float64(v.Retention), float64(v.Discount)))
	historic, recent := 0.0, 0.0
	for _, p := range b.all {
		historic, recent = historic+p.margin, recent+p.recent
	}
	v.Historic, v.Recent, v.Current = Number(cents(historic)), Number(cents(recent)), Number(recent)*v.Factor
	v.Both = v.Historic + v.Current
	p := b.settings.Potential
	fresh := float64(v.Recent) / float64(len(b.buyers)) * (1 + float64(v.Factor))
	v.Potential = Number(float64(len(b.all)) * potentialValue(p.Referrals, p.Conversion, p.CrossValue, p.CrossChance, fresh))
	return v
}
