package service

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// complaintsInput reads ledgers given as name -> CSV.
func complaintsInput(t testing.TB, asOf string, rules survey.ComplaintRules, files map[string]string, opt ledger.Options) (Input, string) {
	t.Helper()
	var sources []ledger.Source
	for _, name := range []string{"complaints", "units"} {
		if text, ok := files[name]; ok {
			sources = append(sources, ledger.Source{Ledger: name, Source: table.Source{Name: name + ".csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}})
		}
	}
	var problems diag.List
	l, err := ledger.Read(sources, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	for _, p := range problems.Problems() {
		told.WriteString(fmt.Sprintf("%s: %s: %s\n", p.Place, p.Severity, p.Summary))
	}
	zone := opt.Zone
	if zone == nil {
		zone = time.UTC
	}
	return Input{Survey: &survey.Survey{Service: survey.Service{Complaints: rules}}, Ledgers: l, Results: &measure.Results{AsOf: asOf, MinCell: 5}, Zone: zone}, told.String()
}

// oracleBook keeps the largest difference of each method.
type oracleBook struct {
	t     *testing.T
	order []string
	worst map[string]float64
	count map[string]int
}

func (b *oracleBook) near(method string, got, want float64) {
	b.t.Helper()
	if b.count[method] == 0 {
		b.order = append(b.order, method)
	}
	b.count[method]++
	d := math.Abs(got-want) / max(1, math.Abs(want))
	if d > b.worst[method] {
		b.worst[method] = d
	}
	if !(d <= 1e-9) {
		b.t.Errorf("%s: got %.17g, want %.17g", method, got, want)
	}
}

func (b *oracleBook) print() {
	for _, m := range b.order {
		b.t.Logf("%-34s | complaints (R) | %4d figures | largest difference %.1e", m, b.count[m], b.worst[m])
	}
}

type oracleNode struct{ v any }

func (n oracleNode) at(path ...string) oracleNode {
	for _, p := range path {
		n = oracleNode{n.v.(map[string]any)[p]}
	}
	return n
}
func (n oracleNode) number() float64 { return n.v.(float64) }
func (n oracleNode) list() (out []oracleNode) {
	for _, v := range n.v.([]any) {
		out = append(out, oracleNode{v})
	}
	return out
}

func readOracle(t *testing.T, path string) oracleNode {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return oracleNode{v}
}

func oracleFile(t testing.TB, name string) string {
	text, err := os.ReadFile("testdata/complaints/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// simulatedComplaints are the 500 complaints of make.R, read as of the end of the day before its snapshot.
func simulatedComplaints(t testing.TB) *Complaints {
	in, told := complaintsInput(t, "2025-03-31", survey.ComplaintRules{}, map[string]string{"complaints": oracleFile(t, "data.csv"), "units": oracleFile(t, "units.csv")}, ledger.Options{Mappings: map[string]ledger.Mapping{
		"complaints": {Columns: map[string]string{"customer_id": "customer"}}, "units": {Columns: map[string]string{"month": "period", "units": "sold"}},
	}})
	if told != "" {
		t.Fatal(told)
	}
	return Analyse(in).Complaints
}

// The expected figures are those of make.R beside them (R 4.2.2, survival
// 3.5-3), which checks them by a second way.
func TestSimulatedComplaintsAgreeWithR(t *testing.T) {
	c, want := simulatedComplaints(t), readOracle(t, "testdata/complaints/expected.json")
	b := &oracleBook{t: t, worst: map[string]float64{}, count: map[string]int{}}
	b.near("records", float64(c.N), want.at("n").number())
	b.paretos(c, want)
	b.charts(c, want)
	b.times(c, want)
	b.shares(c, want)
	b.print()
}

func (b *oracleBook) paretos(c *Complaints, want oracleNode) {
	category := c.Strata[slices.IndexFunc(c.Strata, func(s *ComplaintStratum) bool { return s.Column == "category" })]
	p := want.at("pareto_by_count")
	for i, g := range category.Groups {
		if name := p.at("order").list()[i].v; g.Code != name {
			b.t.Errorf("place %d by count: %s, want %v", i, g.Code, name)
		}
		b.near("Pareto by count", float64(g.N), p.at("value").list()[i].number())
		b.near("Pareto by count", float64(g.Share), p.at("share").list()[i].number())
		b.near("Pareto by count", float64(g.Cumulative), p.at("cumulative").list()[i].number())
		if class := p.at("abc_by_cumulative_before").list()[i].v; g.Class != class {
			b.t.Errorf("class of %s: %s, want %v", g.Code, g.Class, class)
		}
	}
	p = want.at("pareto_by_cost")
	for i, g := range category.Costs {
		if name := p.at("order").list()[i].v; g.Code != name {
			b.t.Errorf("place %d by cost: %s, want %v", i, g.Code, name)
		}
		b.near("Pareto by cost", float64(g.Cost), p.at("value").list()[i].number())
		b.near("Pareto by cost", float64(g.Share), p.at("share").list()[i].number())
		b.near("Pareto by cost", float64(g.Cumulative), p.at("cumulative").list()[i].number())
		if class := p.at("abc_by_cumulative_before").list()[i].v; g.Class != class {
			b.t.Errorf("class of %s by cost: %s, want %v", g.Code, g.Class, class)
		}
	}
	if len(category.Groups) != 8 || len(category.Costs) != 8 {
		b.t.Error("not eight categories")
	}
}

func (b *oracleBook) charts(c *Complaints, want oracleNode) {
	b.chart("u-chart of complaints", c.Rates.Chart, want.at("monthly_u_chart"), "count", "units", "rate")
	b.chart("p-chart of late acknowledgement", c.Late[0], want.at("p_chart_late_acknowledgement"), "x", "n", "share")
	rate := func(got *ComplaintRate, want oracleNode) {
		b.near("exact Poisson rate", float64(got.Count), want.at("count").number())
		b.near("exact Poisson rate", float64(got.Units), want.at("units").number())
		b.near("exact Poisson rate", float64(got.Per), want.at("per_1000").number())
		b.near("exact Poisson rate", float64(got.CI95[0]), want.at("exact_low").number())
		b.near("exact Poisson rate", float64(got.CI95[1]), want.at("exact_high").number())
	}
	rate(c.Rates.Total, want.at("rates_exact_poisson", "total"))
	for _, p := range c.Rates.Periods {
		rate(p.ComplaintRate, want.at("rates_exact_poisson", "by_month", p.Period))
	}
	for i, m := range want.at("months").list() {
		if c.Months[i].Month != m.v || c.Rates.Chart.Periods[i] != m.v || c.Months[i].Rate == nil {
			b.t.Errorf("month %d is %s", i, c.Months[i].Month)
		}
	}
}

func (b *oracleBook) chart(name string, got *ComplaintChart, want oracleNode, x, n, value string) {
	for i := range got.X {
		b.near(name, float64(got.X[i]), want.at(x).list()[i].number())
		b.near(name, float64(got.N[i]), want.at(n).list()[i].number())
		b.near(name, float64(got.Value[i]), want.at(value).list()[i].number())
		b.near(name, float64(got.Upper[i]), want.at("ucl").list()[i].number())
		b.near(name, float64(got.Lower[i]), want.at("lcl").list()[i].number())
		b.near(name, float64(got.Run[i]), want.at("runs", "run_length").list()[i].number())
	}
	b.near(name, float64(got.Centre), want.at("centre").number())
	for key, got := range map[string][]int{"outside": got.Outside} {
		b.places(name, got, want.at(key).list())
	}
	b.places(name, got.Runs, want.at("runs", "flagged_from_8").list())
}

// places compares places from 0 with R's from 1.
func (b *oracleBook) places(name string, got []int, want []oracleNode) {
	if len(got) != len(want) {
		b.t.Errorf("%s: places %v, want %v", name, got, want)
		return
	}
	for i := range got {
		b.near(name, float64(got[i]+1), want[i].number())
	}
}

func (b *oracleBook) times(c *Complaints, want oracleNode) {
	spread := func(name string, got *ComplaintTimes, per float64, want oracleNode) {
		b.near(name, float64(got.N), want.at("n").number())
		b.near(name, float64(got.Mean)*per, want.at("mean").number())
		b.near(name, float64(got.Median)*per, want.at("median").number())
		b.near(name, float64(got.P90)*per, want.at("p90_type7").number())
		b.near(name, float64(got.Max)*per, want.at("max").number())
	}
	stage := func(name string) *ComplaintTimes {
		return c.Stages[slices.IndexFunc(c.Stages, func(s *ComplaintStage) bool { return s.Name == name })].Received
	}
	closed := want.at("closing_days")
	spread("closing days", stage("closed"), 1, closed.at("closed"))
	spread("age of the open", &c.Ages.ComplaintTimes, 1, closed.at("open_age_at_snapshot"))
	b.near("Kaplan–Meier quantiles", float64(stage("closed").KaplanMedian), closed.at("kaplan_meier_median").number())
	b.near("Kaplan–Meier quantiles", float64(stage("closed").KaplanP90), closed.at("kaplan_meier_p90").number())
	for _, s := range c.Severities {
		spread("closing days by severity", s, 1, closed.at("closed_by_severity", s.Code))
	}
	spread("acknowledgement hours", stage("acknowledged"), 24, want.at("acknowledgement_hours"))
}

func (b *oracleBook) shares(c *Complaints, want oracleNode) {
	share := func(name string, got *ComplaintShare, want oracleNode) {
		b.near(name, float64(got.X), want.at("x").number())
		b.near(name, float64(got.N), want.at("n").number())
		b.near(name, float64(got.Share), want.at("share").number())
		b.near(name, float64(got.CI95[0]), want.at("wilson_low").number())
		b.near(name, float64(got.CI95[1]), want.at("wilson_high").number())
	}
	for name, key := range map[string]string{"acknowledged": "acknowledged_within_48_h", "closed": "closed_within_15_days"} {
		share("on time, of those due", c.OnTime[name].Due, want.at(key, "of_those_due"))
		share("on time, of those finished", c.OnTime[name].Finished, want.at(key, "of_those_finished"))
		b.near("not yet due", float64(c.OnTime[name].NotDue), want.at(key, "not_yet_due").number())
	}
	share("reopened", c.Reopened, want.at("reopened_of_closed"))
	again := want.at("recurrence_90_days")
	share("recurrence, backward", c.Recurrence[0].Repeats, again.at("complaints_that_repeat_an_earlier_one"))
	share("recurrence, forward", c.Recurrence[0].Followed, again.at("complaints_followed_by_another_of_those_with_full_90_days"))
	ids := again.at("ids_of_repeats").list()
	if len(ids) != len(c.Recurrence[0].rows) {
		b.t.Fatalf("%d repeats", len(c.Recurrence[0].rows))
	}
	for i, row := range c.Recurrence[0].rows {
		b.near("ids of repeats", float64(row+1), ids[i].number())
	}
}
