package survey

import (
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/table"
)

// Customers is the settings of method customers, which reads the ledgers
// customers and transactions (METHODS A31, A37, A105, A106, A108, A110). It is
// computed with defaults where these ledgers have files and no analysis asks for it.
type Customers struct {
	Join         string // column of the responses that names the customer, or _token; "" without
	Satisfaction string // the rated question that is compared; "" without
	Segment      string // column of the customers, "segment" where nothing is said
	Period       string // quarter, month or year
	MinPeriods   int    // periods after the first purchase that a repurchase rate needs
	Bands        CustomerBands
	Retention    *float64 // else the one observed
	Discount     *float64
	Potential    Potential
	Risk         []Rule // what puts a core customer at risk
	Ladder       []Rung
	Internal     bool // lists core customers at risk by id
}

// CustomerBands are the ends of the bands of the repurchase rate, shares.
type CustomerBands struct{ High, Low *float64 }

// Potential is what a customer may still bring.
type Potential struct{ Referrals, Conversion, CrossValue, CrossChance *float64 }

var customersMethod = method{name: "customers", judge: (*reader).judgeCustomers, keys: []key[analysisDraft]{
	{"join", "column of the responses that names the customer, or _token", formed(plainShape("string"), readJoin), optional},
	{"satisfaction", "rated question that is compared", special("column", readCustomerQuestion), optional},
	{"segment", "column of the customers by which they are split", pattern(func(a *analysisDraft) *string { return &a.customers().Segment }, "segment", columnPattern), optional},
	{"period", "periods of the repurchase rate: quarter, month or year", word(func(a *analysisDraft) *string { return &a.customers().Period }, "quarter", "month", "year"), optional},
	{"min_periods", "periods after the first purchase that a rate needs", whole(func(a *analysisDraft) *int { return &a.customers().MinPeriods }, 1, 1000), optional},
	{"bands", "ends of the bands of the repurchase rate", object(diag.Say("bands"), func(a *analysisDraft) *CustomerBands { return &a.customers().Bands }, customerBandKeys), optional},
	{"retention", "share of customers that stay a year; else the one observed", number(func(a *analysisDraft) **float64 { return &a.customers().Retention }, 0, 1), optional},
	{"discount", "rate at which later money is discounted, a year; 0.1 where nothing is said", number(func(a *analysisDraft) **float64 { return &a.customers().Discount }, 0, 1), optional},
	{"potential", "what a customer may still bring", object(diag.Say("potential"), func(a *analysisDraft) *Potential { return &a.customers().Potential }, potentialKeys), optional},
	{"risk", "rules of which all hold for a core customer at risk", rules(func(a *analysisDraft) *[]Rule { return &a.customers().Risk }), optional},
	{"ladder", "ranks of loyalty, the highest first", objects(diag.Say("a rank"), func(a *analysisDraft) *[]Rung { return &a.customers().Ladder }, rungKeys), optional},
	{"internal", "list the core customers at risk by id in the report", boolean(func(a *analysisDraft) *bool { return &a.customers().Internal }), optional},
}}

func (a *analysisDraft) customers() *Customers {
	if a.Customers == nil {
		a.Customers = &Customers{}
	}
	return a.Customers
}

var customerBandKeys = []key[CustomerBands]{
	{"high", "loyal buyers: this share of the periods and more", number(func(b *CustomerBands) **float64 { return &b.High }, 0, 1), required},
	{"low", "rare buyers: this share of the periods and less", number(func(b *CustomerBands) **float64 { return &b.Low }, 0, 1), required},
}

var potentialKeys = []key[Potential]{
	{"referrals", "prospects that a customer sends", number(func(p *Potential) **float64 { return &p.Referrals }, 0, maxWhole), optional},
	{"conversion", "share of these prospects that buy", number(func(p *Potential) **float64 { return &p.Conversion }, 0, 1), optional},
	{"cross_value", "margin of further products that could be sold", number(func(p *Potential) **float64 { return &p.CrossValue }, 0, maxWhole), optional},
	{"cross_chance", "chance that they are sold", number(func(p *Potential) **float64 { return &p.CrossChance }, 0, 1), optional},
}

// tokenColumn is the metadata column of invitations: it may join responses with customers.
const tokenColumn = "_token"

func readJoin(r *reader, n *yaml.Node, a *analysisDraft) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	a.customers().Join = s
	if s == tokenColumn {
		return
	}
	r.reference(n, diag.Say("join"), func(c *column) {
		if c.role != hidden || c.labels != nil {
			r.breaks(n, c.at, "wrong-question", diag.Say("use a hidden column with any value, filled from the address, or _token"), diag.Say("column %q does not name customers", s))
		}
	})
}

func readCustomerQuestion(r *reader, n *yaml.Node, a *analysisDraft) {
	s, ok := r.str(n)
	if !ok {
		return
	}
	a.customers().Satisfaction = s
	r.reference(n, diag.Say("item"), func(c *column) {
		if c.scale == nil || !c.scale.ordered() {
			r.breaks(n, c.at, "wrong-question", diag.Say("use a rated question"), diag.Say("%q has no answers that can be ordered", s))
		}
	})
}

func (r *reader) judgeCustomers(a *analysisDraft, into *Analysis) {
	if into.Customers == nil {
		into.Customers = a.customers()
	}
	if a.Customers.Join != "" && r.def.survey.Privacy.Anonymous {
		r.report(diag.Problem{
			Code: "not-anonymous", Place: a.At, Summary: diag.Say("the survey promises anonymity, and join would tell whose answers are whose"),
			Cure: diag.Say("delete join, or take anonymous out of privacy before anybody answers"),
		})
	}
	if c := a.Customers; c.Satisfaction != "" && c.Join == "" {
		r.report(diag.Problem{Code: "missing-key", Place: a.At, Summary: diag.Say("satisfaction of customers needs a column that joins responses with customers"), Cure: diag.Say("add join: with a hidden column that holds the customer's id, or _token")})
	}
}

// LedgerColumns are the columns beyond the schemas that analyses read, by ledger.
func (s *Survey) LedgerColumns() map[string][]string {
	also := columnsOf(rulesOf(DefaultLadder))
	for _, a := range s.Analyses {
		if c := a.Customers; c != nil {
			also = append(also, columnsOf(slices.Concat(rulesOf(c.Ladder), c.Risk))...)
			if c.Segment != "" {
				also = append(also, c.Segment)
			}
		}
	}
	var out []string
	for _, name := range also {
		if !CustomerFacts[name] {
			out = append(out, name)
		}
	}
	return map[string][]string{"customers": out}
}

// LedgerNeeds are the columns that analyses name, by ledger.
func (s *Survey) LedgerNeeds() map[string][]ledger.Need {
	out := map[string][]ledger.Need{}
	for _, a := range s.Analyses {
		if a.Customers == nil {
			continue
		}
		for _, u := range slices.Concat(rulesOf(a.Customers.Ladder), a.Customers.Risk) {
			if !CustomerFacts[u.Column] {
				out["customers"] = append(out["customers"], ledger.Need{Column: u.Column, At: u.At})
			}
		}
		if a.Customers.Segment != "" {
			out["customers"] = append(out["customers"], ledger.Need{Column: a.Customers.Segment, At: a.At})
		}
	}
	return out
}

// CustomerFacts are what the transactions say of a customer, beside the columns of the ledger.
var CustomerFacts = map[string]bool{"purchases": true, "revenue": true, "margin": true, "recency_days": true}

// DefaultLadder is the ladder of METHODS A108 where none is given. It reads what
// there is: without a column recommend nobody is a supporter.
var DefaultLadder = []Rung{
	{ID: "partner", All: []Rule{{Column: "purchases", Op: ">=", Value: 2}, {Column: "recommend", Op: ">=", Value: 9}}, Any: []Rule{{Column: "referrals", Op: ">=", Value: 1}, {Column: "cocreation", Op: ">=", Value: 1}}},
	{ID: "supporter", All: []Rule{{Column: "purchases", Op: ">=", Value: 2}, {Column: "recommend", Op: ">=", Value: 9}}},
	{ID: "long_term", All: []Rule{{Column: "purchases", Op: ">=", Value: 2}}},
	{ID: "one_time", All: []Rule{{Column: "purchases", Op: "==", Value: 1}}},
	{ID: "suspect", All: []Rule{{Column: "contacted", Codes: []string{"0", "no", "否"}}}},
	{ID: "potential"},
}

// keepKeys makes the columns that join responses with customers readable: a
// column that identifies people is kept in memory only where it joins, and is
// shown nowhere.
func (s *Survey) keepKeys(out *table.Schema) {
	for _, a := range s.Analyses {
		if a.Customers == nil || a.Customers.Join == "" {
			continue
		}
		found := false
		for i := range out.Fields {
			if out.Fields[i].ID == a.Customers.Join {
				out.Fields[i].Kind, found = table.Open, true
			}
		}
		if !found {
			out.Fields = append(out.Fields, table.Field{ID: a.Customers.Join, Kind: table.Open, Rule: a.At})
		}
	}
}
