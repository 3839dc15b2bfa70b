package measure_test

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// compute measures a survey of one file; ledgers are files by name.
func compute(t *testing.T, definition string, columns map[string]string, open func() (io.ReadCloser, error), ledgers map[string]string) *measure.Results {
	t.Helper()
	var problems diag.List
	s := survey.Parse(fstest.MapFS{"surveys/s/survey.yaml": {Data: []byte(definition)}}, "surveys/s", &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	must := func() {
		if problems.Has(diag.Error) {
			var b strings.Builder
			_ = problems.WriteText(&b, "en")
			t.Fatal(b.String())
		}
	}
	must()
	opt := table.Options{Weight: s.Weight}
	for _, w := range s.Waves {
		opt.Waves = append(opt.Waves, w.ID)
	}
	answers, err := table.Read(s.Schema(), []table.Source{{Name: "data.csv", Columns: columns, Whole: true, Open: open}}, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	var sources []ledger.Source
	for name, text := range ledgers {
		sources = append(sources, ledger.Source{Ledger: ledger.Named(name), Source: table.Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}})
	}
	l, err := ledger.Read(sources, ledger.Options{Mappings: s.Ledgers, Also: s.LedgerColumns()}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	must()
	return measure.Compute(s, answers, measure.Options{MinCell: 5, Ledgers: l})
}

const loyaltyDefinition = `manyi: 1
id: s
languages: [en]
title: Simulated
scales:
  seven: {points: 1..7, low: low, high: high}
pages:
  - id: all
    questions:
      - {id: overall, type: rating, scale: seven, text: overall}
      - {id: q5, type: rating, scale: seven, text: item five}
      - {id: nps, type: nps, text: nps}
      - id: repurchase
        type: single_choice
        text: again
        options: [{code: unlikely, label: a}, {code: possible, label: b}, {code: very_likely, label: c}]
      - id: recommend
        type: single_choice
        text: recommend
        options: [{code: "no", label: a}, {code: maybe, label: b}, {code: "yes", label: c}]
hidden:
  - {id: region, from: r, allow: [East, North, South, West]}
segments: [region]
analyses:
  - id: loyal
    method: loyalty
    satisfaction: overall
    repurchase: repurchase
    recommend: recommend
    nps: nps
    cuts: {repurchase: very_likely, recommend: [yes]}
    bands: {high: very_likely, low: unlikely}
    net: {top: ["yes"], bottom: ["no"]}
    weights: {satisfaction: 2, repurchase: 1, recommend: 1}
    ladder:
      - {id: partner, when: {repurchase: very_likely, nps: ">= 9"}}
      - {id: other}
    economics: {margin: 100, retention: 0.8, discount: 0.1, acquisition_cost: 200}
  - {id: brands, method: competitors, brand: region, own: East, items: [overall, q5], industry: {method: composite}}
`

func satisfaction() (io.ReadCloser, error) { return os.Open(oracle + "data.csv") }

func simulatedLoyalty(t *testing.T, more string) *measure.Results {
	return compute(t, strings.Replace(loyaltyDefinition, "[yes]", `["yes"]`, 1)+more, map[string]string{"id": "_id", "weight": "w"}, satisfaction, nil)
}

func TestLoyaltyEqualsR(t *testing.T) {
	r, want := simulatedLoyalty(t, ""), expected(t)
	l := r.Analyses["loyal"].(*measure.Loyalty)
	worst, n := 0.0, 0
	check := func(what string, got, want float64) {
		t.Helper()
		n, worst = n+1, max(worst, math.Abs(got-want))
		near(t, what, got, want)
	}
	freq := want["frequencies"]
	for band, code := range map[string]string{"ge_70": "very_likely", "between": "possible", "le_30": "unlikely"} {
		check(band, float64(l.Bands[band].N), at(t, freq, "repurchase", code))
	}
	yes, no, maybe := at(t, freq, "recommend", "yes"), at(t, freq, "recommend", "no"), at(t, freq, "recommend", "maybe")
	check("net", float64(l.Net.Score), (yes-no)/(yes+no+maybe)*100)
	check("nps", float64(l.NPS.Score), at(t, want["nps"], "total", "nps"))
	check("nps low", float64(l.NPS.CI95[0]), at(t, want["nps"], "total", "adjusted_wald", "low"))
	check("nps high", float64(l.NPS.CI95[1]), at(t, want["nps"], "total", "adjusted_wald", "high"))
	check("satisfaction", float64(l.Satisfaction.Score), at(t, want["descriptives"], "overall", "index_0_100"))
	check("satisfied", float64(l.Satisfaction.Share), at(t, want["descriptives"], "overall", "top2", "share"))
	check("satisfied low", float64(l.Satisfaction.ShareCI[0]), at(t, want["descriptives"], "overall", "top2", "wilson_low"))
	observed := want["region_by_repurchase"].(map[string]any)["observed"].(map[string]any)
	for i, region := range observed["rows"].([]any) {
		row := observed["data"].([]any)[i].([]any)
		by := r.BySegment["region"][region.(string)].Analyses["loyal"].(*measure.Loyalty)
		for k, band := range []string{"ge_70", "between", "le_30"} {
			check(region.(string)+" "+band, float64(by.Bands[band].N), row[k].(float64))
		}
	}
	t.Logf("loyalty × satisfaction: %d numbers, largest difference %.1e", n, worst)
}

// TestLoyaltyEqualsACountOfTheRows counts groups, curve and composite in
// another way: row by row from the file.
func TestLoyaltyEqualsACountOfTheRows(t *testing.T) {
	l := simulatedLoyalty(t, "").Analyses["loyal"].(*measure.Loyalty)
	f, _ := satisfaction()
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	groups, loyal, all := map[string]float64{}, map[int]float64{}, map[int]float64{}
	composite, partner, answered := 0.0, 0.0, 0.0
	three := map[string]float64{"unlikely": 0, "no": 0, "possible": 50, "maybe": 50, "very_likely": 100, "yes": 100}
	for _, row := range rows[1:] {
		sat, _ := strconv.Atoi(row[column["overall"]])
		again, tell := row[column["repurchase"]], row[column["recommend"]]
		nps, err := strconv.Atoi(row[column["nps"]])
		name := map[[2]bool]string{{true, true}: "loyalist", {true, false}: "mercenary", {false, true}: "hostage", {false, false}: "defector"}[[2]bool{sat >= 6, again == "very_likely"}]
		groups[name]++
		all[sat]++
		if again == "very_likely" {
			loyal[sat]++
			if err == nil && nps >= 9 {
				partner++
			}
		}
		composite += (2*float64(sat-1)/6*100 + three[again] + three[tell]) / 4
		answered++
	}
	near(t, "composite", float64(l.Score), composite/answered)
	near(t, "partner", float64(l.Ladder[0].N), partner)
	near(t, "others", float64(l.Ladder[1].N), answered-partner)
	for name, n := range groups {
		near(t, name, float64(l.Groups[name].N), n)
	}
	for _, p := range l.Curve {
		code, _ := strconv.Atoi(p.Code)
		near(t, "curve n "+p.Code, float64(p.N), all[code])
		near(t, "curve "+p.Code, float64(p.Share), loyal[code]/all[code])
	}
	p, q := loyal[7]/all[7], loyal[6]/all[6]
	half := 1.959963984540054 * math.Sqrt((1-p)/(p*all[7])+(1-q)/(q*all[6]))
	near(t, "ratio", float64(l.Ratio.Value), p/q)
	near(t, "ratio low", float64(l.Ratio.CI95[0]), p/q*math.Exp(-half))
}

// TestEconomicsMeetsTheWorkedExamples compares with METHODS B10.
func TestEconomicsMeetsTheWorkedExamples(t *testing.T) {
	e := simulatedLoyalty(t, "").Analyses["loyal"].(*measure.Loyalty).Economics
	near(t, "factor", float64(e.Factor), 0.8/0.3)
	near(t, "current", float64(e.Current), 100*0.8/0.3)
	near(t, "lifted", float64(e.Lifted), 340)
	near(t, "lift", float64(e.LiftPercent), 0.275)
	near(t, "new", float64(e.New), 100*1.1/0.3)
	near(t, "acquire", float64(e.Acquire), 100*1.1/0.3-200)
	near(t, "payback", float64(e.Payback), 2)
	if !math.IsNaN(float64(e.Potential)) || len(e.Sensitivity) != 15 {
		t.Errorf("potential %v, %d rows of sensitivity", e.Potential, len(e.Sensitivity))
	}
}

func TestCompetitorsEqualR(t *testing.T) {
	r, want := simulatedLoyalty(t, ""), expected(t)
	c := r.Analyses["brands"].(*measure.Competitors)
	worst, n := 0.0, 0
	check := func(what string, got, want float64) {
		t.Helper()
		n, worst = n+1, max(worst, math.Abs(got-want))
		near(t, what, got, want)
	}
	brandsEqual(t, c, want, check)
	t.Logf("competitors of responses × satisfaction: %d numbers, largest difference %.1e", n, worst)
	// The same from mean, sd and n, as a ledger has them.
	var book strings.Builder
	book.WriteString("brand,item,mean,sd,n\n")
	for _, item := range []string{"overall", "q5"} {
		groups := want["by_region"].(map[string]any)[item].(map[string]any)["groups"].(map[string]any)
		for _, region := range []string{"East", "North", "South", "West"} {
			fmt.Fprintf(&book, "%s,%s,%.17g,%.17g,%.0f\n", region, item, at(t, groups[region], "mean"), at(t, groups[region], "sd"), at(t, groups[region], "n"))
		}
	}
	text := strings.Replace(loyaltyDefinition, "[yes]", `["yes"]`, 1)
	text = strings.Replace(text, "brand: region, own: East, items: [overall, q5]", "own: East", 1)
	text = strings.Replace(text, "{id: brands,", "{id: brands, range: [1, 7],", 1)
	text = strings.NewReplacer("id: overall,", "id: overall_,", "id: q5,", "id: q5_,", "satisfaction: overall", "satisfaction: overall_").Replace(text)
	n, worst = 0, 0
	r = compute(t, text, map[string]string{"id": "_id"}, satisfaction, map[string]string{"competitors.csv": book.String()})
	brandsEqual(t, r.Analyses["brands"].(*measure.Competitors), want, check)
	t.Logf("competitors of a ledger × satisfaction: %d numbers, largest difference %.1e", n, worst)
}

// brandsEqual compares brands that are regions with R's comparison of regions.
func brandsEqual(t *testing.T, c *measure.Competitors, want map[string]any, check func(string, float64, float64)) {
	t.Helper()
	if len(c.Brands) != 4 || c.Brands[0].ID != "East" {
		t.Fatalf("%d brands", len(c.Brands))
	}
	for _, b := range c.Brands {
		for i, item := range []string{"overall", "q5"} {
			d := want["by_region"].(map[string]any)[item]
			f := b.Items[i]
			check(item+" mean", float64(f.Mean), at(t, d, "groups", b.ID, "mean"))
			check(item+" score", float64(f.Score), (at(t, d, "groups", b.ID, "mean")-1)/6*100)
			check(item+" low", float64(f.CI95[0]), (at(t, d, "groups", b.ID, "ci95_t_low")-1)/6*100)
			if b.ID == "East" {
				continue
			}
			pair := "East - " + b.ID
			check(item+" gap", float64(f.Gap), at(t, d, "pairwise_welch", pair, "difference")/6*100)
			check(item+" p", float64(f.P), at(t, d, "pairwise_welch", pair, "p"))
			check(item+" relative", float64(f.Relative), (at(t, d, "groups", "East", "mean")-1)/(at(t, d, "groups", b.ID, "mean")-1)*100)
		}
	}
}
