package measure_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// simulatedMore asks for crosstabs, reliability, raking and an ordinal derived column of the simulated survey.
const simulatedMore = `manyi: 1
id: simulated
languages: [en]
title: Simulated
scales:
  seven: {points: 1..7, low: low, high: high}
pages:
  - id: all
    questions:
      - {id: overall, type: rating, scale: seven, text: overall}
      - id: q
        type: matrix
        scale: seven
        text: items
        rows: [{id: "1", label: a}, {id: "2", label: b}, {id: "3", label: c}, {id: "4", label: d}, {id: "5", label: e}, {id: "6", label: f}, {id: "7", label: g}, {id: "8", label: h}, {id: "9", label: i}, {id: "10", label: j}, {id: "11", label: k}, {id: "12", label: l}]
      - id: repurchase
        type: single_choice
        text: repurchase
        options: [{code: very_likely, label: very likely}, {code: possible, label: possible}, {code: unlikely, label: unlikely}]
hidden:
  - {id: region, allow: [East, North, South, West]}
  - {id: tenure, allow: [long, mid, new]}
derived:
  - {id: liking, from: overall, level: ordinal, bands: {1: 1..2, 2: 3..5, 3: 6..7}}
segments: [region]
WEIGHTS
analyses:
  - {id: cross, method: crosstab, rows: repurchase, columns: region}
  - {id: all, method: reliability, items: [q_1, q_2, q_3, q_4, q_5, q_6, q_7, q_8, q_9, q_10, q_11, q_12]}
  - {id: three, method: reliability, items: [liking, overall, q_1]}
`

// measured computes a survey from its definition and one CSV file.
func wholeMeasured(t testing.TB, definition, csv string, columns map[string]string) (*measure.Results, *diag.List) {
	t.Helper()
	var problems diag.List
	id := strings.Fields(definition[strings.Index(definition, "\nid: ")+5:])[0]
	s := survey.Parse(fstest.MapFS{"surveys/" + id + "/survey.yaml": {Data: []byte(definition)}}, "surveys/"+id, &survey.Workspace{Languages: []string{"en"}, MinCell: 5}, &problems)
	if problems.Has(diag.Error) {
		var b strings.Builder
		_ = problems.WriteText(&b, "en")
		t.Fatal(b.String())
	}
	source := table.Source{Name: "data.csv", Columns: columns, Whole: true, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(csv)), nil }}
	opt := table.Options{Weight: s.Weight, Panel: s.Sample.Panel}
	for _, w := range s.Waves {
		opt.Waves = append(opt.Waves, w.ID)
	}
	answers, err := table.Read(s.Schema(), []table.Source{source}, opt, &problems)
	if err != nil {
		t.Fatal(err)
	}
	return measure.Compute(s, answers, measure.Options{MinCell: 5, Problems: &problems}), &problems
}

func surveyedData(t *testing.T) (string, map[string]string) {
	t.Helper()
	b, err := os.ReadFile(oracle + "data.csv")
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string]string{"id": "_id"}
	for i := range 12 {
		columns[fmt.Sprint("q", i+1)] = fmt.Sprint("q_", i+1)
	}
	return string(b), columns
}

func TestTablesAndReliabilityOfTheSimulatedSurveyAgreeWithR(t *testing.T) {
	csv, columns := surveyedData(t)
	r, _ := wholeMeasured(t, strings.Replace(simulatedMore, "WEIGHTS\n", "", 1), csv, columns)
	worst, figures := 0.0, 0
	near := func(what string, got measure.Number, want any) {
		t.Helper()
		w := want.(float64)
		d := math.Abs(float64(got)-w) / math.Max(1, math.Abs(w))
		worst, figures = max(worst, d), figures+1
		if !(d <= 1e-9) {
			t.Errorf("%s: got %v, want %v", what, got, w)
		}
	}
	want := expected(t)
	x, o := r.Analyses["cross"].(*measure.Crosstab).Tables[0], want["region_by_repurchase"].(map[string]any)
	near("chi-squared", x.ChiSquared, o["chisq"])
	near("df", x.DF, o["df"])
	near("p", x.P, o["p"])
	near("Cramér's V", x.CramersV, o["cramers_v"])
	residuals := o["adjusted_residuals"].(map[string]any)["data"].([]any)
	observed := o["observed"].(map[string]any)["data"].([]any)
	for i, row := range x.Residuals { // ours has repurchase down the side
		for j, got := range row {
			near("residual", got, residuals[j].([]any)[i])
			near("count", measure.Number(x.Table.Cells[i][j].N), observed[j].([]any)[i])
		}
	}
	a := r.Analyses["all"].(*measure.Reliability)
	o = want["reliability"].(map[string]any)["all"].(map[string]any)
	near("n", measure.Number(a.N), o["n"])
	near("alpha", a.Alpha, o["alpha"])
	near("alpha standardised", a.Standardised, o["alpha_standardised"])
	near("average r", a.AverageR, o["average_r"])
	kmo := want["kmo"].(map[string]any)
	near("KMO", a.KMO, kmo["overall"])
	near("Bartlett", a.Bartlett.ChiSquared, want["bartlett"].(map[string]any)["chisq"])
	for i, item := range a.Items {
		q := fmt.Sprint("q", i+1)
		near("item-rest r", item.ItemRest, o["item_rest_correlation"].(map[string]any)[q])
		near("item-total r", item.ItemTotal, o["item_total_correlation_uncorrected"].(map[string]any)[q])
		near("alpha if dropped", item.AlphaIfDropped, o["alpha_if_dropped"].(map[string]any)[q])
		near("KMO of an item", item.KMO, kmo["items"].(map[string]any)[q])
	}
	battery := r.Analyses["batteries"].(*measure.Batteries).Batteries[0].Result.(*measure.Reliability)
	near("alpha of the battery, unasked", battery.Alpha, o["alpha"])
	t.Logf("crosstab and reliability through Compute | satisfaction | %d figures | largest difference %.1e", figures, worst)
	if r.Analyses["three"].(*measure.Reliability).N == 0 {
		t.Error("an ordinal derived column is no item")
	}
	if r.Questions["liking"].Mean == nil {
		t.Error("an ordinal derived column has no mean")
	}
}

func TestRakedWeightsGoThroughEveryFigureAndAgreeWithR(t *testing.T) {
	csv, columns := surveyedData(t)
	weights := "weights: {rake: {margins: {region: {East: 0.28, North: 0.26, South: 0.26, West: 0.2}, tenure: {long: 0.4, mid: 0.35, new: 0.25}}}}\n"
	r, problems := wholeMeasured(t, strings.Replace(simulatedMore, "WEIGHTS\n", weights, 1), csv, columns)
	if problems.Has(diag.Error) {
		t.Fatal("raking is at fault")
	}
	o := expected(t)["raked_from_equal_weights"].(map[string]any)
	overall := o["estimates_weights_as_given"].(map[string]any)["overall"].(map[string]any)
	worst := 0.0
	near := func(what string, got measure.Number, want any) {
		t.Helper()
		d := math.Abs(float64(got) - want.(float64))
		worst = max(worst, d)
		if !(d <= 1e-9) {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	near("mean", *r.Questions["overall"].Mean, overall["mean"])
	near("low", r.Questions["overall"].CI95[0], overall["ci95_t_low"])
	near("high", r.Questions["overall"].CI95[1], overall["ci95_t_high"])
	q := r.Analyses["quality"].(*measure.Quality)
	near("n_eff", q.Effective, o["summary"].(map[string]any)["n_eff"])
	near("deff", q.Deff, o["summary"].(map[string]any)["deff"])
	near("residual", q.Rake.Residual, 0.0)
	if x := r.Analyses["cross"].(*measure.Crosstab).Tables[0]; x.Test != "rao_scott_f" {
		t.Errorf("the weighted table is tested by %q", x.Test)
	}
	t.Logf("raking through Compute | satisfaction | 6 figures | largest difference %.1e", worst)
}

func TestMarginsThatNoWeightsCanMeetAreFaults(t *testing.T) {
	const head = "manyi: 1\nid: cafe\nlanguages: [en]\ntitle: Café\npages:\n  - id: main\n    questions:\n      - {id: osat, type: rating, scale: sat5, text: overall}\nhidden:\n  - {id: region, allow: [east, west, north]}\n"
	for _, c := range []struct{ margins, csv, want string }{
		{"{east: 0.5, west: 0.5}", "_id,osat,region\n1,4,east\n2,3,west\n3,2,north\n", `margin "region" says nothing of the code "north", which some of the responses have`},
		{"{east: 0.5, west: 0.3, north: 0.2}", "_id,osat,region\n1,4,east\n2,3,west\n", `none of the responses has code "north" of margin "region": no weights can make up for nobody`},
		{"{east: 0.5, west: 0.5}", "_id,osat\n1,4\n2,3\n", `none of the responses has the column "region", to whose margin the weights are raked`},
	} {
		_, problems := wholeMeasured(t, head+"weights: {rake: {margins: {region: "+c.margins+"}}}\n", c.csv, nil)
		var b strings.Builder
		_ = problems.WriteText(&b, "en")
		if !strings.Contains(b.String(), c.want) {
			t.Errorf("got\n%s\nwant %s", b.String(), c.want)
		}
	}
}

// everything asks for all that needs no oracle.
const everything = `manyi: 1
id: cafe
languages: [en]
title: Café
pages:
  - id: main
    questions:
      - {id: osat, type: rating, scale: sat5, text: overall}
      - {id: attention, type: yes_no, text: attention}
      - id: a
        type: matrix
        scale: sat5
        text: aspects
        rows: [{id: one, label: one}, {id: two, label: two}, {id: three, label: three}, {id: four, label: four}, {id: five, label: five}]
      - {id: more, type: multiple_choice, text: more, options: [{code: x, label: x}, {code: y, label: y}]}
hidden:
  - {id: region, allow: [east, west, north]}
  - {id: customer}
  - {id: role}
  - {id: member}
segments: [region]
waves: [{id: "1"}, {id: "2"}]
sample: {type: probability, population: 500, invited: 200, margins: {region: {east: 0.5, west: 0.3, north: 0.2}}, populations: {region: {east: 250, west: 250}}, tree: [region], panel: member}
accounts: {id: customer, role: role, weights: {buyer: 2}, consent: region}
quality: {exclude: [attention, speeders, duplicates], attention: {attention: yes}, contradictions: [{osat: 5, a_one: [1, 2]}]}
analyses:
  - {id: cross, method: crosstab, rows: [osat, more, a], columns: [region, attention]}
  - {id: list, method: reliability, items: [osat, a_one]}
`

func TestAnyNumberOfResponsesGivesResultsWithoutPanic(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 5, 7, 12, 40, 130} {
		for _, kind := range []string{"varied", "alike", "empty", "one segment"} {
			var csv strings.Builder
			csv.WriteString("_id,_wave,_ms,_token,osat,attention,a_one,a_two,a_three,a_four,a_five,more_x,more_y,region,customer,role,member\n")
			for i := range n {
				region := []string{"east", "west", "north"}[i%3]
				if kind == "one segment" {
					region = "east"
				}
				row := fmt.Sprintf("%d,%d,%d,t%d,%d,yes,%d,%d,%d,%d,%d,%d,%d,%s,c%d,buyer,m%d\n", i, 1+i%2, 1000*(60+i%7), i, 1+i%5, 1+i%4, 1+i%3, 1+(i/2)%5, 1+i%5, 1+(i/3)%5, i%2, (i/2)%2, region, i%4, i/2)
				switch kind {
				case "alike":
					row = fmt.Sprintf("%d,%d,90000,t%d,3,yes,3,3,3,3,3,1,0,%s,c1,buyer,m%d\n", i, 1+i%2, i, region, i/2)
				case "empty":
					row = fmt.Sprintf("%d,%d,,,,,,,,,,,,,,,\n", i, 1+i%2)
				}
				csv.WriteString(row)
			}
			r, _ := wholeMeasured(t, everything, csv.String(), nil)
			if c := r.Count; c.Read != c.Counted+c.Excluded+c.Duplicate+c.Conflict+c.Rejected+c.Unmatched+c.Withdrawn {
				t.Errorf("%d %s: rows are lost: %+v", n, kind, c)
			}
			b, err := json.Marshal(r)
			if err != nil || strings.Contains(string(b), "NaN") {
				t.Errorf("%d %s: %v", n, kind, err)
			}
		}
	}
}

func TestMarkedResponsesAreLeftOutByTheDeclaredRuleAlone(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("_id,_wave,_ms,_token,osat,attention,a_one,a_two,a_three,a_four,a_five,region\n")
	for i := range 60 {
		answer, ms := "yes", 60_000
		if i < 7 {
			answer = "no"
		}
		if i >= 7 && i < 13 {
			ms = 5000
		}
		csv.WriteString(fmt.Sprintf("%d,1,%d,t%d,%d,%s,%d,%d,%d,%d,%d,east\n", i, ms, min(i, 54), 1+i%5, answer, 1+i%4, 1+i%3, 1+i%5, 2, 4))
	}
	count := func(definition string) (*measure.Results, *measure.Quality) {
		r, _ := wholeMeasured(t, definition, csv.String(), nil)
		return r, r.ByWave["1"].Analyses["quality"].(*measure.Quality)
	}
	r, q := count(everything)
	if q.Marks["speeders"].N != 6 || q.Marks["attention"].N != 7 || q.Marks["duplicates"].N != 5 {
		t.Errorf("speeders %d, attention %d, duplicates %d; want 6, 7, 5", q.Marks["speeders"].N, q.Marks["attention"].N, q.Marks["duplicates"].N)
	}
	if q.Left != 18 || r.Count.Excluded != 18 || r.Count.Counted != 42 || r.ByWave["1"].Base.Responses != 42 {
		t.Errorf("left out %d, excluded %d, counted %d, base %d", q.Left, r.Count.Excluded, r.Count.Counted, r.ByWave["1"].Base.Responses)
	}
	if q.Headline == nil || q.Headline.N != 60 || q.Headline.NWithout != 42 {
		t.Errorf("headline %+v", q.Headline)
	}
	r, q = count(strings.Replace(everything, "exclude: [attention, speeders, duplicates], ", "", 1))
	if q.Left != 0 || r.Count.Counted != 60 || q.Marked != 22 { // four more contradict themselves
		t.Errorf("without a rule: left out %d, counted %d, marked %d", q.Left, r.Count.Counted, q.Marked)
	}
}

func TestTheSameRespondentsAreComparedAsPairs(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("_id,_wave,osat,attention,region,member\n")
	for i := range 40 { // 30 members answer in both waves, each one point higher in the second but for ten
		csv.WriteString(fmt.Sprintf("%d,1,%d,yes,east,m%d\n", i, 2+i%2, i))
		csv.WriteString(fmt.Sprintf("%d,2,%d,yes,east,m%d\n", i, 2+i%2+min(1, i/10%4), i+10*(i/30)))
	}
	definition := strings.Replace(everything, "quality: {exclude: [attention, speeders, duplicates], attention: {attention: yes}, contradictions: [{osat: 5, a_one: [1, 2]}]}\n", "", 1)
	r, _ := wholeMeasured(t, definition, csv.String(), nil)
	step := r.Analyses["trend"].(*measure.Trend).Of("osat", "mean").Steps[0]
	if step.Paired == nil || step.Paired.N != 30 || step.Paired.Test != "paired_t" {
		t.Fatalf("paired %+v", step.Paired)
	}
	if d := float64(step.Paired.Difference); math.Abs(d-2./3) > 1e-12 {
		t.Errorf("difference of the pairs %v, want 2/3", d)
	}
	if top := r.Analyses["trend"].(*measure.Trend).Of("osat", "top").Steps[0]; top.Paired == nil || top.Paired.Test != "mcnemar" {
		t.Errorf("paired share %+v", top.Paired)
	}
	if math.IsNaN(float64(step.Effect)) || step.EffectSize == "" {
		t.Errorf("effect %v %q", step.Effect, step.EffectSize)
	}
}
