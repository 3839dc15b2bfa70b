package measure

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"manyi/internal/ledger"
	"manyi/internal/survey"
)

// fromText measures ledgers of the given texts as of 2024-12-31.
func fromText(t *testing.T, c *survey.Customers, people, sales string) *Customers {
	t.Helper()
	var sources []ledger.Source
	if people != "" {
		sources = append(sources, written("customers.csv", people))
	}
	if sales != "" {
		sources = append(sources, written("transactions.csv", sales))
	}
	l := readLedgers(t, ledger.Options{Also: map[string][]string{"customers": {"recommend"}}}, sources...)
	got := customers(c, l.Of("customers"), l.Of("transactions"), nil, Options{MinCell: 5, AsOf: "2024-12-31"})
	if b, err := json.Marshal(got); err != nil || strings.Contains(string(b), "NaN") {
		t.Fatalf("%v in %s", err, b)
	}
	return got
}

func TestCustomersAreDefinedAtTheirEdges(t *testing.T) {
	const people, sales = "id,segment,recommend\nK1,north,9\nK2,north,3\n", "customer,date,revenue,margin\n"
	t.Run("nothing", func(t *testing.T) {
		got := fromText(t, &survey.Customers{}, "id\n", "customer,date,revenue\n")
		if got.N != 0 || got.Buyers != 0 || got.Revenue != nil || got.Risk != nil {
			t.Errorf("%+v", got)
		}
	})
	t.Run("customers without transactions", func(t *testing.T) {
		got := fromText(t, &survey.Customers{}, people, "")
		if got.N != 2 || got.Buyers != 0 || got.Ladder[5].Customers != 2 || got.Value != nil || got.Repurchase != nil {
			t.Errorf("%+v", got)
		}
	})
	t.Run("one transaction", func(t *testing.T) {
		got := fromText(t, &survey.Customers{}, people, sales+"K1,2024-02-01,10,4\n")
		r := got.Revenue
		if r.N != 1 || r.Gini != 0 || !math.IsNaN(float64(r.GiniSmall)) || r.Classes["A"].Customers != 1 || r.Top20 != 1 || r.Top20Share != 1 {
			t.Errorf("%+v", r)
		}
		if got.Repurchase.TooShort != 1 || len(got.Retention) != 0 || got.Ladder[3].Customers != 1 || got.From != "2024-01-01" || got.To != "2024-12-31" {
			t.Errorf("%+v %+v", got.Repurchase, got)
		}
		if got.Risk == nil || got.Risk.Core != 1 || got.Risk.AtRisk.N != 0 {
			t.Errorf("%+v", got.Risk)
		}
	})
	t.Run("returns only", func(t *testing.T) {
		got := fromText(t, &survey.Customers{}, people, sales+"K1,2024-02-01,-10,-4\n")
		if got.Buyers != 0 || got.Returns != 1 || got.Revenue != nil || float64(got.Value.Historic) != -4 || float64(got.Ladder[5].Revenue) != -10 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("more returned than bought", func(t *testing.T) {
		got := fromText(t, &survey.Customers{}, people, sales+"K1,2024-02-01,10,4\nK1,2024-03-01,-15,-6\nK2,2024-02-01,7,3\n")
		if got.Buyers != 2 || got.Revenue.N != 1 || got.Revenue.NotPositive != 1 || got.RFM.N != 2 || float64(got.Revenue.Total) != 7 {
			t.Errorf("%+v", got.Revenue)
		}
	})
	t.Run("a buyer that is not listed, later, undated and unpriced sales", func(t *testing.T) {
		got := fromText(t, &survey.Customers{}, people, sales+"K9,2024-02-01,10,4\nK1,2025-01-01,10,4\nK1,,5,1\nK2,2024-05-01,,\n")
		if got.N != 3 || got.Unlisted != 1 || got.Later != 1 || got.Undated != 1 || got.Unpriced != 1 || got.Transactions != 3 || got.Buyers != 3 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("no period is complete", func(t *testing.T) {
		got := fromText(t, &survey.Customers{Period: "year"}, people, sales+"K1,2024-12-30,10,4\n")
		if got.From != "2024-01-01" { // the year is over on the last of December
			t.Errorf("from %s", got.From)
		}
		l := readLedgers(t, ledger.Options{}, written("transactions.csv", sales+"K1,2024-12-30,10,4\n"))
		got = customers(&survey.Customers{Period: "year"}, nil, l.Of("transactions"), nil, Options{AsOf: "2024-12-30"})
		if got.From != "" || got.Warnings[0] != NoPeriods || got.Repurchase.N != 0 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("months", func(t *testing.T) {
		got := fromText(t, &survey.Customers{Period: "month", MinPeriods: 1}, people, sales+"K1,2024-10-01,10,4\nK1,2024-11-30,10,4\nK1,2024-12-31,10,4\nK2,2024-12-01,1,1\n")
		if r := got.Repurchase; r.N != 1 || r.TooShort != 1 || float64(r.Bands["ge_70"].MeanRate) != 1 {
			t.Errorf("%+v", r)
		}
	})
	t.Run("no margin", func(t *testing.T) {
		got := fromText(t, &survey.Customers{}, people, "customer,date,revenue\nK1,2024-02-01,10\n")
		if got.Value != nil || got.Margin != nil || !math.IsNaN(float64(got.Ladder[0].Current)) || got.Warnings[0] != NoMargin {
			t.Errorf("%+v", got)
		}
	})
}

// TestEqualRevenueHasNoConcentration: five equal buyers.
func TestEqualRevenueHasNoConcentration(t *testing.T) {
	got := fromText(t, &survey.Customers{}, "", "customer,date,revenue\nA,2024-02-01,10\nB,2024-02-01,10\nC,2024-02-01,10\nD,2024-02-01,10\nE,2024-02-01,10\n")
	if r := got.Revenue; math.Abs(float64(r.Gini)) > 1e-12 || r.Top20 != 1 || math.Abs(float64(r.Top20Share)-0.2) > 1e-12 || r.Classes["A"].Customers != 4 || r.For80Percent != 4 {
		t.Errorf("%+v %+v", r, r.Classes["A"])
	}
}
