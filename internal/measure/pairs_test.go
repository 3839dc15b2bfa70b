package measure_test

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"manyi/internal/measure"
)

const pairedSurvey = `manyi: 1
id: paired
languages: [en]
title: Paired
pages:
  - id: all
    questions:
      - {id: osat, type: rating, scale: sat5, metric: csat, text: overall}
      - {id: speed, type: rating, scale: sat5, text: speed}
hidden:
  - {id: region, allow: [east, north, south]}
  - {id: tenure, allow: [new, old]}
segments: [region, tenure]
report: {pairs: [[region, tenure]]FILTER}
analyses:
  - {id: index, method: csi, facets: [{id: all, items: [osat, speed]}]}
`

func pairedResults(t *testing.T, filter string) *measure.Results {
	t.Helper()
	data, err := os.ReadFile("testdata/pairs.csv") // made by pairs.R
	if err != nil {
		t.Fatal(err)
	}
	r, _ := wholeMeasured(t, strings.Replace(pairedSurvey, "FILTER", filter, 1), string(data), nil)
	return r
}

func TestCellsOfAPairEqualR(t *testing.T) {
	c := oracleCheck{name: "by_pair: n, mean, top, index with intervals (R)"}
	cells := pairedResults(t, "").ByPair["region"]["tenure"]
	f, err := os.Open("testdata/pairs.expected.csv") // made by pairs.R
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		region, tenure, ok := strings.Cut(row[0], ".")
		if !ok || cells[region] == nil || cells[region][tenure] == nil {
			continue
		}
		var got [3]measure.Number // value, low, high
		n := 0
		switch item, kind, _ := strings.Cut(row[1], "."); {
		case kind == "mean":
			q := cells[region][tenure].Questions[item]
			n, got = q.N, [3]measure.Number{*q.Mean, q.CI95[0], q.CI95[1]}
		case kind == "top":
			q := cells[region][tenure].Questions[item]
			n, got = q.N, [3]measure.Number{q.Top.Share, q.Top.CI95[0], q.Top.CI95[1]}
		default:
			x := cells[region][tenure].Analyses["index"].(*measure.CSI)
			n, got = x.N, [3]measure.Number{x.Score, x.CI95[0], x.CI95[1]}
		}
		c.near(t, row[0]+" "+row[1]+" n", measure.Number(n), number(t, row[2]))
		id, kind, _ := strings.Cut(row[1], ".")
		told := cells[region][tenure].Told(id, cmp.Or(kind, "index.score"))
		c.near(t, row[0]+" "+row[1]+" standard error", measure.Number(told.SE), number(t, row[6]))
		c.near(t, row[0]+" "+row[1]+" told", measure.Number(told.Value), number(t, row[3]))
		for i, x := range got {
			c.near(t, row[0]+" "+row[1], x, number(t, row[3+i]))
		}
	}
	if c.n != 6*5*6 {
		t.Errorf("%d figures were compared", c.n)
	}
	c.done(t)
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestACellOfAPairIsTheSegmentOfTheFilteredResponses(t *testing.T) {
	cells := pairedResults(t, "").ByPair["region"]["tenure"]
	for region, row := range cells {
		filtered := pairedResults(t, `, filter: "region == '`+region+`'"`).BySegment["tenure"]
		for tenure, cell := range row {
			for _, id := range []string{"osat", "speed"} {
				alike(t, region+" "+tenure+" "+id, cell.Questions[id], filtered[tenure].Questions[id])
			}
			for _, id := range []string{"osat_csat", "index"} {
				alike(t, region+" "+tenure+" "+id, cell.Analyses[id], filtered[tenure].Analyses[id])
			}
			alike(t, region+" "+tenure+" base", cell.Base, filtered[tenure].Base)
		}
	}
	if len(cells) != 3 {
		t.Errorf("%d regions", len(cells))
	}
}

func alike(t *testing.T, what string, a, b any) {
	t.Helper()
	x, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	x, y = byCode.ReplaceAll(x, nil), byCode.ReplaceAll(y, nil)
	if string(x) != string(y) {
		t.Errorf("%s:\n%s\n%s", what, x, y)
	}
}

// byCode is the answers by code and why there are none, which cells of a pair withhold.
var byCode = regexp.MustCompile(`,"(counts|missing)":(\{[^}]*\}|null)|,"withheld":true`)

func TestSmallCellsOfAPairAreHidden(t *testing.T) {
	var data strings.Builder
	data.WriteString("_id,osat,speed,region,tenure\n")
	for i := range 90 {
		region, tenure := "east", "new"
		if i%2 == 1 {
			tenure = "old"
		}
		if i >= 50 {
			region = "north"
		}
		if i >= 50 && i < 53 {
			tenure = "new"
		} else if i >= 53 {
			tenure = "old"
		}
		data.WriteString(strconv.Itoa(i) + "," + strconv.Itoa(1+i%5) + "," + strconv.Itoa(1+i%4) + "," + region + "," + tenure + "\n")
	}
	r, _ := wholeMeasured(t, strings.Replace(pairedSurvey, "FILTER", "", 1), data.String(), nil)
	b, err := json.Marshal(r.ByPair)
	if err != nil {
		t.Fatal(err)
	}
	hidden := `{"suppressed":true,"reason":"min_cell"}`
	want := `{"region":{"tenure":{"east":{"new":` + hidden + `,"old":` + hidden + `},"north":{"new":` + hidden + `,"old":` + hidden + `}}}}`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
}

func TestAPairOfFewOrNoResponsesDoesNotFail(t *testing.T) {
	head := "_id,osat,speed,region,tenure\n"
	for _, rows := range []string{"", "1,5,5,east,new\n", "1,5,5,east,new\n2,4,,,old\n", strings.Repeat("7,3,3,east,\n", 1)} {
		r, _ := wholeMeasured(t, strings.Replace(pairedSurvey, "FILTER", "", 1), head+rows, nil)
		if _, err := json.Marshal(r); err != nil {
			t.Error(err)
		}
	}
}
