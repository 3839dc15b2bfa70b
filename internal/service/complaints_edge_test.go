package service

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/survey"
)

// The telecom complaints of the shared data are for tests only and may be absent.
const comcast = "../../../shared/data/comcast-complaints"

func TestTelecomComplaintsAreAllAccountedFor(t *testing.T) {
	list, err := os.ReadDir(comcast)
	if err != nil {
		t.Skip("the shared data is not here")
	}
	text := ""
	for _, f := range list {
		if strings.HasSuffix(f.Name(), ".csv") {
			b, err := os.ReadFile(comcast + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			text = string(b)
		}
	}
	mapping := ledger.Mapping{Dates: "DD-MM-YY", Columns: map[string]string{"Ticket #": "id", "Customer Complaint": "description", "Date": "received", "Received Via": "channel", "State": "region"}}
	in, told := complaintsInput(t, "2015-12-31", survey.ComplaintRules{}, map[string]string{"complaints": text}, ledger.Options{Mappings: map[string]ledger.Mapping{"complaints": mapping}})
	n := in.Ledgers.Of("complaints").Count
	c := Analyse(in).Complaints
	t.Logf("%+v, analysed %d, undated %d", n, c.N, c.Undated)
	if n.Read != 2224 || n.Read != n.Kept+n.Duplicate+n.Conflict+n.Rejected || n.Kept != c.N+c.Undated+c.Later {
		t.Errorf("%+v, %d + %d + %d\n%s", n, c.N, c.Undated, c.Later, told)
	}
	sum := 0
	for _, s := range c.Strata {
		if s.Column == "region" {
			sum = s.Missing
			for _, g := range s.Groups {
				sum += g.N
			}
		}
	}
	if sum != c.N || c.Rates != nil || len(c.OnTime) != 0 {
		t.Errorf("regions have %d of %d", sum, c.N)
	}
	months := 0
	for _, m := range c.Months {
		months += m.Received
	}
	if months != c.N {
		t.Errorf("months have %d of %d", months, c.N)
	}
}

func one(t *testing.T, asOf, rows string) *Complaints {
	t.Helper()
	in, _ := complaintsInput(t, asOf, survey.ComplaintRules{}, map[string]string{"complaints": rows}, ledger.Options{})
	return complaints(in)
}

func TestComplaintsOfNothingAndOfFewArePlain(t *testing.T) {
	none, _ := complaintsInput(t, "2026-01-31", survey.ComplaintRules{}, map[string]string{"complaints": "id,received\n"}, ledger.Options{})
	if c := complaints(none); c.N != 0 || len(c.Warnings) != 1 || !math.IsNaN(float64(c.Reopened.Share)) {
		t.Errorf("%+v", c)
	}
	if complaints(Input{Survey: &survey.Survey{}, Results: &measure.Results{}}) != nil {
		t.Error("complaints without a ledger")
	}
	for rows, want := range map[string]ComplaintCounts{
		"1,2026-01-05,,":                     {Received: 1, Open: 1, Overdue: 1},
		"1,2026-01-20,,":                     {Received: 1, Open: 1},
		"1,2026-01-16,,":                     {Received: 1, Open: 1, Overdue: 1}, // the 15th day ends with as_of
		"1,2026-01-17,,":                     {Received: 1, Open: 1},
		"1,2026-01-05,2026-01-20,":           {Received: 1, Handled: 1, Closed: 1},
		"1,2026-01-05,2026-01-20,yes":        {Received: 1, Handled: 1, Closed: 1, Reopened: 1},
		"1,2026-01-05,2026-01-10,2026-01-12": {Received: 1, Handled: 1, Open: 1, Reopened: 1, Overdue: 1},
		"1,2026-01-05,2026-01-12,2026-01-10": {Received: 1, Handled: 1, Closed: 1, Reopened: 1}, // closed again
		"1,2026-01-05,2026-02-01,":           {Received: 1, Open: 1, Overdue: 1},                // closed after today
		"1,2026-02-01,,":                     {},
		"1,,,":                               {},
	} {
		c := one(t, "2026-01-31", "id,received,closed,reopened\n"+rows+"\n")
		if c.State != want {
			t.Errorf("%s: %+v, want %+v", rows, c.State, want)
		}
		if _, err := json.Marshal(c); err != nil {
			t.Error(err)
		}
	}
}

func TestDaysWithoutATimeCountAsWholeDays(t *testing.T) {
	c := one(t, "2026-03-31", "id,received,acknowledged,closed\n1,2026-03-01,2026-03-03,2026-03-16\n2,2026-03-01T09:00,2026-03-03T09:01,2026-03-17T09:00\n")
	if a := c.OnTime["acknowledged"].Due; a.X != 1 || a.N != 2 {
		t.Errorf("acknowledged %+v", a)
	}
	if k := c.OnTime["closed"].Due; k.X != 1 || k.N != 2 {
		t.Errorf("closed %+v", k)
	}
}

func TestSmallGroupsHideMoneyAndSatisfaction(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("id,received,category,cost,method,satisfied_result,claimed,recovered,party\n")
	for i, x := range []struct {
		category, method, party string
		n                       int
	}{{"big", "refund", "carrier", 12}, {"mid", "repair", "supplier", 6}, {"tiny", "apology", "insurer", 2}} {
		for k := range x.n {
			rows.WriteString(strings.Join([]string{string(rune('a'+i)) + string(rune('a'+k)), "2026-01-02", x.category, "10", x.method, "4", "100", "50", x.party}, ",") + "\n")
		}
	}
	c := one(t, "2026-03-01", rows.String())
	costs := c.Strata[0].Costs
	if len(costs) != 2 || costs[1].Code != "" || costs[1].Groups != 2 || costs[1].N != 8 || costs[1].Cost != 80 {
		t.Errorf("costs %+v", costs[len(costs)-1])
	}
	if len(c.Strata[0].Groups) != 3 || c.Strata[0].Groups[2].N != 2 {
		t.Error("counts are shown however few")
	}
	for i, hidden := range []bool{false, true, true} {
		if c.Handling.Methods[i].Of[0].Hidden != hidden || math.IsNaN(float64(c.Handling.Methods[i].Of[0].Mean)) != hidden || c.Claims.Parties[i].Hidden != hidden {
			t.Errorf("group %d: %+v", i, c.Handling.Methods[i].Of[0])
		}
	}
	if few := one(t, "2026-03-01", "id,received,cost,satisfied_result,claimed\n1,2026-01-01,5,5,5\n"); !math.IsNaN(float64(few.Cost)) || !few.Handling.All[0].Hidden || !few.Claims.Hidden || !math.IsNaN(float64(few.Months[0].Cost)) {
		t.Error("one record is hidden")
	}
}

func TestPeriodsMoveWhatIsOpen(t *testing.T) {
	in, _ := complaintsInput(t, "2025-03-31", survey.ComplaintRules{}, map[string]string{"complaints": oracleFile(t, "data.csv"), "units": oracleFile(t, "units.csv")}, ledger.Options{Mappings: map[string]ledger.Mapping{
		"complaints": {Columns: map[string]string{"customer_id": "customer"}}, "units": {Columns: map[string]string{"month": "period", "units": "sold"}},
	}})
	all := complaints(in)
	received, repeats, open := 0, 0, 0
	for m := range 15 {
		from := time.Date(2024, time.Month(1+m), 1, 0, 0, 0, 0, time.UTC)
		c := ComplaintsBetween(in, from, from.AddDate(0, 1, 0))
		v := c.Movement
		if v.OpenBefore+v.Received+v.Reopened-v.Closed != v.OpenAfter || v.OpenBefore != open || v.Received != c.N {
			t.Errorf("%s: %+v", v.From, v)
		}
		open = v.OpenAfter
		if x := all.Months[m]; x.Received != c.N || x.OpenAtEnd != v.OpenAfter || x.ClosedIn != v.Closed || x.OnTime.X != c.OnTime["closed"].Due.X || c.Rates.Total.Per != x.Rate.Per {
			t.Errorf("month %d: %+v", m, x)
		}
		received, repeats = received+c.N, repeats+c.Recurrence[0].Repeats.X
	}
	if received != 500 || repeats != all.Recurrence[0].Repeats.X || open != all.State.Open {
		t.Errorf("%d received, %d repeats, %d open", received, repeats, open)
	}
}

func TestUnitsAreReadByYearQuarterMonthAndUnit(t *testing.T) {
	in, _ := complaintsInput(t, "2026-06-30", survey.ComplaintRules{}, map[string]string{
		"complaints": "id,received,product\n1,2026-01-05,a\n2,2026-02-05,b\n3,2026-05-05,a\n",
		"units":      "period,unit,sold\n2026-Q1,a,100\n2026-Q1,b,300\n2026-Q2,a,200\n2026-Q3,a,1000\nnonsense,a,7\n",
	}, ledger.Options{})
	r := complaints(in).Rates
	if len(r.Periods) != 2 || r.Partly != 1 || r.Total.Units != 600 || r.Total.Count != 3 || r.By != "product" {
		t.Errorf("%+v %+v", r, r.Total)
	}
	if g := complaints(in).Strata[0].Groups[0]; g.Code != "a" || g.Rate.Count != 2 || g.Rate.Units != 300 {
		t.Errorf("%+v", g.Rate)
	}
}
