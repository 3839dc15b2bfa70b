package service

import (
	"cmp"
	"math"
	"slices"

	"manyi/internal/measure"
)

// complaintsStrata are the five classifications of METHODS A17, then others
// that a file may have.
var complaintsStrata = []string{"category", "defect", "product", "region", "department", "channel", "severity", "level", "kind", "service", "aspect"}

const complaintsVital = 0.8 // share of the vital few

// complaintsClassB is where class C begins, and complaintsRound what shares are wrong by.
const (
	complaintsClassB = 0.95
	complaintsRound  = 1e-12
)

func (b *complaintsBase) vital() float64 {
	if b.rules.VitalFew != nil {
		return *b.rules.VitalFew
	}
	return complaintsVital
}

// complaintsTally is what is counted of one code.
type complaintsTally struct {
	code                        string
	n, open, overdue, kept, due int
	costed                      int
	cost                        float64
	months                      []int
}

func (b *complaintsBase) strata() {
	due, kept := make([]bool, len(b.rows)), make([]bool, len(b.rows))
	for i := range b.rows {
		kept[i], due[i], _ = b.kept(i, "closed", b.out.Limits.Close)
	}
	for _, column := range complaintsStrata {
		if b.ledger.Of(column).Present {
			b.stratum(column, due, kept)
		}
	}
}

// stratum divides the complaints by one column.
func (b *complaintsBase) stratum(column string, due, kept []bool) {
	s := &ComplaintStratum{Column: column, Limit: measure.Number(b.vital())}
	v, cost := b.ledger.Of(column), b.ledger.Of("cost")
	tallies := map[string]*complaintsTally{}
	for i, r := range b.rows {
		code := v.Text(int(r))
		t := tallies[code]
		if t == nil {
			t = &complaintsTally{code: code, months: make([]int, len(b.out.Months))}
			tallies[code] = t
		}
		t.n++
		t.open += complaintsOne(b.states[i]&ComplaintOpen != 0)
		t.overdue += complaintsOne(b.states[i]&ComplaintOverdue != 0)
		t.due += complaintsOne(due[i])
		t.kept += complaintsOne(due[i] && kept[i])
		if m := b.month[i]; m >= 0 {
			t.months[m]++
		}
		if c := cost.Number(int(r)); complaintsFinite(c) {
			t.costed, t.cost = t.costed+1, t.cost+c
		}
	}
	b.unrecorded(s, tallies[""])
	if delete(tallies, ""); len(tallies) == 0 {
		return
	}
	var all []*complaintsTally
	for _, t := range tallies {
		all = append(all, t)
	}
	slices.SortFunc(all, func(x, y *complaintsTally) int { return cmp.Or(y.n-x.n, cmp.Compare(x.code, y.code)) })
	s.Vital = b.vitalFew(all)
	if len(all) > complaintsMostGroups {
		s.Merged = len(all) - complaintsMostGroups + 1
		all = append(all[:complaintsMostGroups-1], complaintsRest(all[complaintsMostGroups-1:], len(b.out.Months)))
	}
	b.groups(s, all)
	if cost.Present {
		b.byCost(s, all)
	}
	b.out.Strata = append(b.out.Strata, s)
}

// unrecorded are the records without a code; they have no place in a Pareto.
func (b *complaintsBase) unrecorded(s *ComplaintStratum, t *complaintsTally) {
	if t == nil {
		return
	}
	s.Missing = t.n
	s.Unrecorded = &ComplaintGroup{N: t.n, Open: t.open, Overdue: t.overdue, Share: complaintsNaN(), Cumulative: complaintsNaN()}
	if b.closed.Present {
		s.Unrecorded.OnTime = complaintsShare(t.kept, t.due)
	}
}

func complaintsOne(is bool) int {
	if is {
		return 1
	}
	return 0
}

// complaintsRest is the sum of many small groups.
func complaintsRest(all []*complaintsTally, months int) *complaintsTally {
	rest := &complaintsTally{months: make([]int, months)}
	for _, t := range all {
		rest.n, rest.open, rest.overdue, rest.kept, rest.due = rest.n+t.n, rest.open+t.open, rest.overdue+t.overdue, rest.kept+t.kept, rest.due+t.due
		rest.costed, rest.cost = rest.costed+t.costed, rest.cost+t.cost
		for m, n := range t.months {
			rest.months[m] += n
		}
	}
	return rest
}

// vitalFew is how many codes, those with most records first, make up the vital share.
func (b *complaintsBase) vitalFew(all []*complaintsTally) int {
	total, before := 0, 0
	for _, t := range all {
		total += t.n
	}
	for i, t := range all {
		if b.class(float64(before)/float64(total)) != "A" {
			return i
		}
		before += t.n
	}
	return len(all)
}

// groups is the Pareto by count.
func (b *complaintsBase) groups(s *ComplaintStratum, all []*complaintsTally) {
	total := 0
	for _, t := range all {
		total += t.n
	}
	before := 0
	for _, t := range all {
		g := &ComplaintGroup{Code: t.code, N: t.n, Open: t.open, Overdue: t.overdue}
		g.Class = b.class(float64(before) / float64(total))
		before += t.n
		g.Share, g.Cumulative = measure.Number(float64(t.n)/float64(total)), measure.Number(float64(before)/float64(total))
		if b.closed.Present {
			g.OnTime = complaintsShare(t.kept, t.due)
		}
		s.Groups = append(s.Groups, g)
	}
	for m, x := range b.out.Months {
		for _, t := range all {
			x.By[s.Column] = append(x.By[s.Column], t.months[m])
		}
	}
}

// class is the ABC class of a group by the share of those before it.
func (b *complaintsBase) class(before float64) string {
	switch {
	case before < b.vital()-complaintsRound:
		return "A"
	case before < max(complaintsClassB, b.vital())-complaintsRound:
		return "B"
	}
	return "C"
}

// byCost is the Pareto by cost; groups of few records are taken together.
func (b *complaintsBase) byCost(s *ComplaintStratum, all []*complaintsTally) {
	sizes := make([]int, len(all))
	sum := 0.0
	records := 0
	for i, t := range all {
		sizes[i] = t.costed
		records += t.costed
		sum += t.cost
	}
	if records == 0 || records < b.least {
		return
	}
	hidden := complaintsHidden(sizes, b.least)
	few := &ComplaintCost{}
	for i, t := range all {
		switch {
		case t.costed == 0:
		case hidden[i]:
			few.Groups, few.N, few.Cost = few.Groups+1, few.N+t.costed, few.Cost+measure.Number(t.cost)
		default:
			s.Costs = append(s.Costs, &ComplaintCost{Code: t.code, Groups: 1 + complaintsOne(t.code == "")*(s.Merged-1), N: t.costed, Cost: complaintsCents(t.cost)})
		}
	}
	slices.SortStableFunc(s.Costs, func(x, y *ComplaintCost) int {
		return cmp.Or(cmp.Compare(y.Cost, x.Cost), cmp.Compare(x.Code, y.Code))
	})
	if few.N > 0 {
		few.Cost = complaintsCents(float64(few.Cost))
		s.Costs = append(s.Costs, few)
	}
	before := 0.0
	for _, c := range s.Costs {
		if !(sum > 0) {
			c.Share, c.Cumulative = complaintsNaN(), complaintsNaN()
			continue
		}
		c.Class = b.class(before / sum)
		before += float64(c.Cost)
		c.Share, c.Cumulative = c.Cost/measure.Number(sum), measure.Number(before/sum)
	}
}

// complaintsCents takes the noise off sums of money.
func complaintsCents(v float64) measure.Number { return measure.Number(math.Round(v*1e6) / 1e6) }

func measureNumber(v float64) measure.Number { return measure.Number(v) }

// costs is what all complaints cost, and those of each month.
func (b *complaintsBase) costs() {
	v := b.ledger.Of("cost")
	if !v.Present {
		return
	}
	sum, n := 0.0, 0
	months, counts := make([]float64, len(b.out.Months)), make([]int, len(b.out.Months))
	for i, r := range b.rows {
		c := v.Number(int(r))
		if !complaintsFinite(c) {
			continue
		}
		sum, n = sum+c, n+1
		if m := b.month[i]; m >= 0 {
			months[m], counts[m] = months[m]+c, counts[m]+1
		}
	}
	if b.out.Costed = n; n >= max(b.least, 1) {
		b.out.Cost = complaintsCents(sum)
		hidden := complaintsHidden(counts, b.least)
		for m, x := range b.out.Months {
			if !hidden[m] && counts[m] > 0 {
				x.Cost = complaintsCents(months[m])
			}
		}
	}
}
