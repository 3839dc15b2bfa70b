package measure

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// The customers and transactions are simulated; testdata/customers has the R
// script that made them and the numbers.
const customerOracle = "testdata/customers/"

// oracleLedgers reads the ledgers of the oracle.
func oracleLedgers(t testing.TB) *ledger.Ledgers {
	t.Helper()
	open := func(name string) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) { return os.Open(customerOracle + name) }
	}
	return readLedgers(t, ledger.Options{
		Mappings: map[string]ledger.Mapping{"customers": {Columns: map[string]string{"customer_id": "id"}}, "transactions": {Columns: map[string]string{"customer_id": "customer"}}},
		Also:     map[string][]string{"customers": {"recommend", "attitude", "referrals", "cocreation"}},
	},
		ledger.Source{Ledger: "customers", Source: table.Source{Name: "customers.csv", Open: open("customers.csv")}},
		ledger.Source{Ledger: "transactions", Source: table.Source{Name: "transactions.csv", Open: open("data.csv")}})
}

func readLedgers(t testing.TB, opt ledger.Options, sources ...ledger.Source) *ledger.Ledgers {
	t.Helper()
	var problems diag.List
	l, err := ledger.Read(sources, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	if problems.Has(diag.Error) {
		var b strings.Builder
		_ = problems.WriteText(&b, "en")
		t.Fatal(b.String())
	}
	return l
}

// written is a ledger file of the given text.
func written(name, text string) ledger.Source {
	return ledger.Source{Ledger: ledger.Named(name), Source: table.Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}}
}

func rule(column, op string, v float64) survey.Rule {
	return survey.Rule{Column: column, Op: op, Value: v}
}

// oracleLadder is the ladder of the oracle's README.
func oracleLadder() []survey.Rung {
	twice, nine := rule("purchases", ">=", 2), rule("recommend", ">=", 9)
	return []survey.Rung{
		{ID: "partner", All: []survey.Rule{twice, nine}, Any: []survey.Rule{rule("referrals", ">=", 1), {Column: "cocreation", Codes: []string{"1"}}}},
		{ID: "supporter", All: []survey.Rule{twice, nine}},
		{ID: "long_term", All: []survey.Rule{twice}},
		{ID: "one_time", All: []survey.Rule{rule("purchases", "==", 1)}},
		{ID: "suspect", All: []survey.Rule{{Column: "attitude", Codes: []string{"negative"}}}},
		{ID: "potential"},
	}
}

func measured300(t testing.TB, retention, discount float64) *Customers {
	l := oracleLedgers(t)
	c := &survey.Customers{Retention: &retention, Discount: &discount, Ladder: oracleLadder(), Internal: true}
	return customers(c, l.Of("customers"), l.Of("transactions"), nil, Options{MinCell: 5, AsOf: "2025-01-01"})
}

// against R: compares and remembers the largest difference by method.
type compared2 struct {
	t     *testing.T
	worst map[string]float64
	n     map[string]int
}

func newCompared(t *testing.T) *compared2 {
	return &compared2{t, map[string]float64{}, map[string]int{}}
}

func (c *compared2) near(method, what string, got, want float64) {
	c.t.Helper()
	d := math.Abs(got-want) / max(1, math.Abs(want))
	c.n[method]++
	c.worst[method] = max(c.worst[method], d)
	if math.IsNaN(got) || d > 1e-9 {
		c.t.Errorf("%s %s = %.17g, want %.17g", method, what, got, want)
	}
}

func (c *compared2) tell(oracle string) {
	var names []string
	for name := range c.n {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		c.t.Logf("%-32s × %-24s %4d numbers, largest difference %.1e", name, oracle, c.n[name], c.worst[name])
	}
}

// decoded is a decoded JSON value.
type decoded map[string]any

func oracleTree(t testing.TB, name string) decoded {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out decoded
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func (w decoded) at(key string) decoded     { return decoded(w[key].(map[string]any)) }
func (w decoded) number(key string) float64 { return w[key].(float64) }
func (w decoded) text(key string) string    { s, _ := w[key].(string); return s }
func (w decoded) list(key string) []any     { return w[key].([]any) }
func texts(list []any) []string {
	var out []string
	for _, v := range list {
		out = append(out, v.(string))
	}
	return out
}

func TestCustomersEqualR(t *testing.T) {
	want, got, c := oracleTree(t, customerOracle+"expected.json"), measured300(t, 0.8, 0.1), newCompared(t)
	c.near("customers", "n", float64(got.N), want.number("customers"))
	c.near("customers", "transactions", float64(got.Transactions), want.number("transactions"))
	c.near("customers", "buyers", float64(got.Buyers), want.number("buyers"))
	concentrationEqual(c, "concentration revenue", got.Revenue, want.at("concentration_revenue"))
	concentrationEqual(c, "concentration margin", got.Margin, want.at("concentration_margin"))
	rfmEqual(c, got.RFM, want.at("rfm"))
	repurchaseEqual(c, got, want.at("repurchase"))
	ladderEqual(c, got, want.at("ladder"))
	// In make.R the names of the classes are those of the customer before
	// (b <- c(0, c[-N]) shifts them), so that its list lacks the last of class A,
	// K222, which last_A_id names and whose recommendation is 6.
	ids := append(texts(want.list("at_risk_core_ids")), want.at("concentration_revenue").text("last_A_id"))
	slices.Sort(ids)
	if !slices.Equal(got.Risk.IDs, ids) {
		t.Errorf("core customers at risk: %v, want %v", got.Risk.IDs, ids)
	}
	customersEqual(c, got, want.list("per_customer"))
	for _, p := range want.at("value").list("parameters") {
		w := decoded(p.(map[string]any))
		v := measured300(t, w.number("retention"), w.number("discount")).Value
		c.near("lifetime value", "factor", float64(v.Factor), w.number("factor"))
		c.near("lifetime value", "current", float64(v.Current), w.number("current_total"))
		c.near("lifetime value", "both", float64(v.Both), w.number("historic_plus_current_total"))
	}
	c.near("lifetime value", "historic", float64(got.Value.Historic), want.at("value").number("historic_margin_total"))
	c.near("lifetime value", "recent", float64(got.Value.Recent), want.at("value").number("margin_2024_total"))
	l := oracleLedgers(t)
	observed := customers(&survey.Customers{}, l.Of("customers"), l.Of("transactions"), nil, Options{MinCell: 5, AsOf: "2025-01-01"})
	w := want.at("value").at("with_observed_retention_2023_2024_and_discount_.10")
	c.near("lifetime value", "observed retention", float64(observed.Value.Retention), w.number("retention"))
	c.near("lifetime value", "with observed retention", float64(observed.Value.Current), w.number("current_total"))
	if observed.Risk.IDs != nil {
		t.Errorf("ids are listed without internal: true")
	}
	c.tell("oracle-free/customers")
}

func concentrationEqual(c *compared2, method string, got *Concentration, want decoded) {
	c.near(method, "n", float64(got.N), want.number("n"))
	c.near(method, "total", float64(got.Total), want.number("total"))
	last := map[string]string{}
	for i, p := range got.order {
		if top := texts(want.list("top_10_ids")); i < len(top) && top[i] != p.id {
			c.t.Errorf("%s: rank %d is %s, want %s", method, i+1, p.id, top[i])
		}
		last[got.class[p.id]] = p.id
	}
	if last["A"] != want.text("last_A_id") || last["B"] != want.text("last_B_id") {
		c.t.Errorf("%s: last of A %s, of B %s", method, last["A"], last["B"])
	}
	for name, class := range got.Classes {
		w := want.at("abc").at(name)
		c.near(method, name, float64(class.Customers), w.number("customers"))
		c.near(method, name, float64(class.ShareOfCustomers), w.number("share_of_customers"))
		c.near(method, name, float64(class.ShareOfValue), w.number("share_of_value"))
	}
	c.near(method, "gini", float64(got.Gini), want.number("gini"))
	c.near(method, "gini small", float64(got.GiniSmall), want.number("gini_small_sample"))
	c.near(method, "top 20", float64(got.Top20), want.number("top20_customers"))
	c.near(method, "top 20 share", float64(got.Top20Share), want.number("top20_share"))
	c.near(method, "top 20 interpolated", float64(got.Top20Lorenz), want.number("top20_share_interpolated"))
	c.near(method, "for 80 percent", float64(got.For80Percent), want.number("customers_for_80_percent"))
	for i, v := range want.list("lorenz_deciles") {
		c.near(method, "lorenz", float64(got.Deciles[i]), v.(float64))
	}
}

func rfmEqual(c *compared2, got *RFM, want decoded) {
	for _, name := range []string{"recency", "frequency", "revenue"} {
		for i, v := range want.list("quintile_breaks_" + name) {
			c.near("rfm", name, float64(got.Breaks[name][i]), v.(float64))
		}
		short := map[string]string{"recency": "r", "frequency": "f", "revenue": "m"}[name]
		for i, v := range want.at("score_counts").list(short) {
			c.near("rfm", name+" count", float64(got.Counts[name][i]), v.(float64))
		}
	}
	c.near("rfm", "best", float64(got.Best), want.number("best_555"))
	c.near("rfm", "recency", float64(got.Recency), want.number("mean_recency_days"))
}

func repurchaseEqual(c *compared2, got *Customers, want decoded) {
	share := func(what string, p *LoyalPart, w decoded) {
		c.near("repurchase", what, float64(p.N), w.number("x"))
		c.near("repurchase", what, float64(p.Share), w.number("share"))
		c.near("repurchase", what, float64(p.CI95[0]), w.number("wilson_low"))
		c.near("repurchase", what, float64(p.CI95[1]), w.number("wilson_high"))
	}
	for name, b := range got.Repurchase.Bands {
		w := want.at("bands").at(name)
		share(name, &b.LoyalPart, w)
		c.near("repurchase", name+" rate", float64(b.MeanRate), w.number("mean_rate"))
		c.near("repurchase", name+" revenue", float64(b.Revenue), w.number("revenue"))
	}
	c.near("repurchase", "too short", float64(got.Repurchase.TooShort), want.number("too_short"))
	share("repeat", got.Repurchase.Repeat, want.at("repeat_buyers_of_buyers"))
	for _, r := range got.Retention {
		share("retention "+r.From, &r.LoyalPart, want.at("retention_"+r.From+"_"+r.To))
	}
	if len(got.Retention) != 2 {
		c.t.Errorf("%d pairs of years, want 2", len(got.Retention))
	}
}

func ladderEqual(c *compared2, got *Customers, want decoded) {
	for _, r := range got.Ladder {
		w := want.at(r.ID)
		c.near("ladder", r.ID, float64(r.Customers), w.number("customers"))
		c.near("ladder", r.ID, float64(r.Share), w.number("share"))
		c.near("ladder", r.ID, float64(r.Revenue), w.number("revenue"))
		c.near("ladder", r.ID, float64(r.Margin), w.number("margin"))
		c.near("ladder", r.ID, float64(r.Current), w.number("current_value"))
	}
}

// customersEqual compares customer by customer.
func customersEqual(c *compared2, got *Customers, want []any) {
	l := oracleLedgers(c.t)
	b := newCustomerBase(&survey.Customers{Ladder: oracleLadder()}, l.Of("customers"), l.Of("transactions"), "2025-01-01")
	for _, one := range want {
		w := decoded(one.(map[string]any))
		p := b.index[w.text("customer_id")]
		c.near("per customer", p.id, float64(p.purchases), w.number("purchases"))
		c.near("per customer", p.id, p.revenue, w.number("revenue"))
		c.near("per customer", p.id, p.margin, w.number("historic_margin"))
		c.near("per customer", p.id, p.recent, w.number("margin_2024"))
		c.near("per customer", p.id, p.recent*valueFactor(0.8, 0.1), w.number("current_value_r.8_d.1"))
		i := slices.IndexFunc(oracleLadder(), func(g survey.Rung) bool { return g.Holds(b.holds(p)) })
		have := fmt.Sprint(got.RFM.scores[p.id], got.Revenue.class[p.id], got.Repurchase.of[p.id], oracleLadder()[i].ID)
		if expect := fmt.Sprint(w.text("rfm"), w.text("abc_revenue"), w.text("band"), w.text("stage")); have != expect {
			c.t.Errorf("%s: %s, want %s", p.id, have, expect)
		}
		if p.purchases == 0 {
			continue
		}
		hits, follow := b.rate(p)
		c.near("per customer", p.id, b.recency(p), w.number("recency_days"))
		c.near("per customer", p.id, float64(hits), w.number("quarters_with_repurchase"))
		c.near("per customer", p.id, float64(follow), w.number("quarters_after_first"))
	}
}
