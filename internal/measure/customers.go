package measure

import (
	"math"

	"manyi/internal/ledger"
	"manyi/internal/survey"
)

// Customers is what the ledgers of customers and transactions say (METHODS A31,
// A37, A105, A106, A108, A110), as of a day, and how satisfied the core
// customers are. It stands beside the latest wave: its figures are of the
// ledgers, not of a wave. Counts and sums of the ledgers are the firm's own
// records and are not hidden; what answers say of a group of customers is.
type Customers struct {
	Common                          // N: customers
	AsOf         string             `json:"as_of"`
	From         string             `json:"from"` // first and last day of the complete periods
	To           string             `json:"to"`
	Period       string             `json:"period"`
	Buyers       int                `json:"buyers"`
	Transactions int                `json:"transactions"`
	Returns      int                `json:"returns"`  // of negative revenue: no purchases, their sums count
	Unlisted     int                `json:"unlisted"` // buyers that the ledger of customers does not have
	Later        int                `json:"later"`    // transactions after as_of, left out
	Undated      int                `json:"undated"`  // without a date: in sums, in no period
	Unpriced     int                `json:"unpriced"` // without revenue
	Types        map[string]int     `json:"types,omitempty"`
	TypesAbsent  []string           `json:"types_absent,omitempty"`
	Revenue      *Concentration     `json:"revenue,omitempty"`
	Margin       *Concentration     `json:"margin,omitempty"`
	RFM          *RFM               `json:"rfm,omitempty"`
	Repurchase   *Repurchase        `json:"repurchase,omitempty"`
	Retention    []*Retained        `json:"retention"`
	Value        *LifetimeValue     `json:"value,omitempty"`
	Ladder       []*CustomerRank    `json:"ladder"`
	Moves        *LadderMoves       `json:"moves,omitempty"`
	CrossSelling *CrossSelling      `json:"cross_selling,omitempty"`
	Referrals    *Referred          `json:"referrals,omitempty"`
	Segments     []*CustomerSegment `json:"segments,omitempty"`
	Response     *LoyalPart         `json:"response,omitempty"` // customers of the ledger that answered
	Core         *CoreSatisfaction  `json:"core,omitempty"`
	Risk         *CoreRisk          `json:"risk,omitempty"`
}

// Warnings of customers.
const (
	NoMargin       = "no_margin"       // the transactions have no margin
	NoRetention    = "no_retention"    // no retention is given and none can be observed
	NoPeriods      = "no_periods"      // no period is complete
	NoTransactions = "no_transactions" // the ledger of transactions is missing or empty
	NotJoined      = "not_joined"      // no response names a customer of the ledgers
)

// customersID is the id of the analysis where none asks for it.
const customersID = "customers"

// customers adds the analysis of the ledgers to the latest wave.
func (r *Results) customers(s *survey.Survey, last *wave, opt Options) {
	people, sales := opt.Ledgers.Of("customers"), opt.Ledgers.Of("transactions")
	if r.Block == nil || people == nil && sales == nil {
		return
	}
	found := false
	for _, a := range s.Analyses {
		if a.Method == "customers" && a.Customers != nil {
			r.Analyses[a.ID], found = guarded(customers(a.Customers, people, sales, last, opt), opt.MinCell), true
		}
	}
	if _, taken := r.Analyses[customersID]; !found && !taken {
		r.Analyses[customersID] = guarded(customers(&survey.Customers{}, people, sales, last, opt), opt.MinCell)
	}
}

// guarded hides the figures of so few buyers that a sum tells one of them.
func guarded(c *Customers, least int) Analysis {
	if c.Buyers > 0 && c.Buyers < least {
		return &Hidden{Common: Common{Method: "customers", N: c.N}}
	}
	return c
}

func customers(c *survey.Customers, people, sales *ledger.Ledger, last *wave, opt Options) *Customers {
	b := newCustomerBase(c, people, sales, opt.AsOf)
	out := &Customers{
		Common: Common{Method: "customers", N: len(b.all), Warnings: []string{}}, AsOf: b.asOf, Period: b.period.name, Buyers: len(b.buyers),
		Transactions: b.transactions, Returns: b.returns, Unlisted: b.unlisted, Later: b.later, Undated: b.undated, Unpriced: b.unpriced, Retention: []*Retained{}, Ladder: []*CustomerRank{},
	}
	out.Types, out.TypesAbsent = b.types()
	if b.hasWindow() {
		out.From, out.To = b.period.firstDay(b.first), b.period.lastDay(b.last)
	}
	switch {
	case len(b.buyers) == 0:
		out.warn(NoTransactions)
	case !b.hasWindow():
		out.warn(NoPeriods)
	}
	if len(b.buyers) > 0 {
		out.Revenue, out.RFM = b.concentration(func(p *customer) float64 { return p.revenue }), b.rfm()
		out.Repurchase, out.Retention, out.CrossSelling = b.repurchase(), b.retention(), b.crossSelling()
		if b.hasMargin {
			out.Margin = b.concentration(func(p *customer) float64 { return p.margin })
		} else {
			out.warn(NoMargin)
		}
	}
	out.Value = b.value(out)
	out.Ladder = b.ladder(out.Value)
	out.Moves, out.Referrals = b.moves(people, sales), b.referred()
	j := b.join(last)
	out.Segments, out.Response, out.Core = j.segments(out.Value), j.response(), j.core(out.Revenue)
	if c.Join != "" && j.matched == 0 {
		out.warn(NotJoined)
	}
	out.Risk = b.risk(out.Revenue)
	return out
}

// Retained is the share of the buyers of one year that bought in the next.
type Retained struct {
	From string `json:"from"`
	To   string `json:"to"`
	Of   int    `json:"of"`
	LoyalPart
}

// CrossSelling is how many different products the buyers have bought.
type CrossSelling struct {
	Products int    `json:"products"` // different ones
	Mean     Number `json:"mean"`     // a buyer
	Several  *LoyalPart
}

// Referred is how many customers have sent others.
type Referred struct {
	Referrals Number     `json:"referrals"`
	Known     int        `json:"n"` // customers of whom it is known
	Sent      *LoyalPart `json:"sent"`
}

func plainPart(x, n int) *LoyalPart {
	w := &wave{}
	return w.loyalPart(points(x), points(n), n)
}

// cents takes the noise off sums of money.
func cents(v float64) float64 { return math.Round(v*1e6) / 1e6 }
