package measure_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// responses are rows of region, overall, q5, nps, repurchase, recommend and weight.
func responses(rows ...string) func() (io.ReadCloser, error) {
	var b strings.Builder
	b.WriteString("id,region,overall,q5,nps,repurchase,recommend,weight\n")
	for i, r := range rows {
		fmt.Fprintf(&b, "R%d,%s\n", i, r)
	}
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(b.String())), nil }
}

// fromRows measures responses and holds that nothing is written as NaN.
func fromRows(t *testing.T, more string, rows ...string) *measure.Results {
	t.Helper()
	r := compute(t, strings.Replace(loyaltyDefinition, "[yes]", `["yes"]`, 1)+more, map[string]string{"id": "_id", "weight": "w"}, responses(rows...), nil)
	if b, err := json.Marshal(r); err != nil || strings.Contains(string(b), "NaN") {
		t.Fatalf("%v in %s", err, b)
	}
	return r
}

func times(n int, row string) []string {
	var out []string
	for range n {
		out = append(out, row)
	}
	return out
}

func TestLoyaltyIsDefinedAtItsEdges(t *testing.T) {
	loyal := func(r *measure.Results) *measure.Loyalty {
		l, _ := r.Analyses["loyal"].(*measure.Loyalty)
		return l
	}
	t.Run("nobody", func(t *testing.T) {
		if r := fromRows(t, ""); r.Base.Responses != 0 {
			t.Errorf("%+v", r.Base)
		}
	})
	t.Run("nobody answered", func(t *testing.T) {
		l := loyal(fromRows(t, "", times(6, "East,,,,,,1")...))
		if l == nil || l.N != 0 || !math.IsNaN(float64(l.Score)) || l.Bands != nil || l.Ladder[1].N != 6 {
			t.Errorf("%+v", l)
		}
	})
	t.Run("everybody the same", func(t *testing.T) {
		l := loyal(fromRows(t, "", times(8, "East,7,7,10,very_likely,yes,1")...))
		if l.Groups["loyalist"].N != 8 || l.Groups["loyalist"].Share != 1 || l.Score != 100 || l.CI95[0] != 100 || l.Ratio != nil {
			t.Errorf("%+v", l)
		}
	})
	t.Run("answers of few are hidden in the curve", func(t *testing.T) {
		rows := append(times(9, "East,7,7,10,very_likely,yes,1"), times(8, "East,6,7,10,possible,yes,1")...)
		l := loyal(fromRows(t, "", append(rows, times(2, "East,1,7,10,unlikely,no,1")...)...))
		if !l.Curve[0].Suppressed || !l.Curve[5].Suppressed || l.Curve[6].Suppressed {
			t.Errorf("hidden: %v %v %v, want the two and the next smallest", l.Curve[0].Suppressed, l.Curve[5].Suppressed, l.Curve[6].Suppressed)
		}
		if l.Ratio != nil {
			t.Error("the ratio gives a hidden point away")
		}
	})
	t.Run("weights of zero take no part", func(t *testing.T) {
		rows := append(times(8, "East,7,7,10,very_likely,yes,1"), times(8, "East,1,1,0,unlikely,no,0")...)
		l := loyal(fromRows(t, "weights: {column: w}\n", rows...))
		if l.N != 8 || l.Groups["loyalist"].Share != 1 {
			t.Errorf("n %d, %+v", l.N, l.Groups["loyalist"])
		}
	})
}

func TestCompetitorsAreDefinedAtTheirEdges(t *testing.T) {
	brands := func(r *measure.Results) *measure.Competitors {
		c, _ := r.Analyses["brands"].(*measure.Competitors)
		return c
	}
	t.Run("one brand", func(t *testing.T) {
		c := brands(fromRows(t, "", times(8, "East,7,5,10,very_likely,yes,1")...))
		if len(c.Brands) != 1 || c.Warnings[0] != measure.OneBrand || !math.IsNaN(float64(c.Brands[0].Gap)) || float64(c.Industry.Gap) != 0 {
			t.Errorf("%+v", c)
		}
	})
	t.Run("a brand of one response is hidden, and what would give it away", func(t *testing.T) {
		rows := append(times(8, "East,7,5,10,very_likely,yes,1"), times(7, "West,6,5,10,very_likely,yes,1")...)
		c := brands(fromRows(t, "", append(rows, "North,1,1,10,very_likely,yes,1")...))
		var hidden strings.Builder
		for _, b := range c.Brands {
			if b.Suppressed {
				hidden.WriteString(b.ID + " ")
			}
		}
		if hidden.String() != "North West " {
			t.Errorf("hidden: %s", hidden.String())
		}
	})
	t.Run("the own brand is not there", func(t *testing.T) {
		c := brands(fromRows(t, "", times(8, "West,7,5,10,very_likely,yes,1")...))
		if c.OwnOf() != nil || c.Warnings[0] != measure.NoOwnBrand || c.Industry != nil {
			t.Errorf("%+v", c)
		}
	})
	t.Run("no variance", func(t *testing.T) {
		c := brands(fromRows(t, "", append(times(8, "East,7,5,10,very_likely,yes,1"), times(8, "West,6,5,10,very_likely,yes,1")...)...))
		rival := c.Rivals()[0]
		if !math.IsNaN(float64(rival.P)) || math.Abs(float64(rival.Gap)-100.0/12) > 1e-9 {
			t.Errorf("gap %v, p %v", rival.Gap, rival.P)
		}
	})
}

func TestALedgerOfCompetitorsMayLackWhatItCannotSay(t *testing.T) {
	text := strings.Replace(loyaltyDefinition, "[yes]", `["yes"]`, 1)
	text = strings.Replace(text, "brand: region, own: East, items: [overall, q5]", "own: we, items: [overall, q5]", 1)
	r := compute(t, text, map[string]string{"id": "_id"}, responses(times(8, "East,7,5,10,very_likely,yes,1")...), map[string]string{"competitors.csv": "brand,item,mean,sd,n,wave\nthey,overall,4,,\nthey,q5,4,1,50\nothers,overall,4,1,60\nothers,q5,3,1,60,1999\nwe,overall,1,1,9\n"})
	c := r.Analyses["brands"].(*measure.Competitors)
	if len(c.Brands) != 3 || c.OwnOf().Source != "responses" {
		t.Fatalf("%d brands, own of %s", len(c.Brands), c.OwnOf().Source)
	}
	they, others := c.Brands[1], c.Brands[2]
	if they.Score != 50 || !math.IsNaN(float64(they.CI95[0])) || !math.IsNaN(float64(they.Items[0].P)) || they.Items[0].Gap != 50 {
		t.Errorf("%+v %+v", they, they.Items[0])
	}
	if !math.IsNaN(float64(others.Score)) || !math.IsNaN(float64(others.Items[1].Mean)) {
		t.Errorf("a brand without an item has a score: %+v", others)
	}
	if strings.Join(c.Warnings, " ") != measure.LedgerDoubt+" "+measure.ItemsMissing+" "+measure.SelectedLevel {
		t.Errorf("warnings %v", c.Warnings)
	}
}

func TestWeightedLoyaltyEqualsR(t *testing.T) {
	l := simulatedLoyalty(t, "weights: {column: w}\n").Analyses["loyal"].(*measure.Loyalty)
	w := expected(t)["weighted"]
	near(t, "share", float64(l.Satisfaction.Share), at(t, w, "top2_share", "mean"))
	near(t, "share low", float64(l.Satisfaction.ShareCI[0]), at(t, w, "top2_share", "ci95_t_low"))
	near(t, "nps", float64(l.NPS.Score), at(t, w, "nps", "mean"))
	near(t, "nps low", float64(l.NPS.CI95[0]), at(t, w, "nps", "ci95_t_low"))
	near(t, "score", float64(l.Satisfaction.Score), (at(t, w, "overall", "mean")-1)/6*100)
	near(t, "score low", float64(l.Satisfaction.CI95[0]), (at(t, w, "overall", "ci95_t_low")-1)/6*100)
}

// TestAQuestionThatFewAnsweredIsHiddenInALargeGroup: everybody says how satisfied
// they are, three in the East whether they would recommend.
func TestAQuestionThatFewAnsweredIsHiddenInALargeGroup(t *testing.T) {
	rows := append(times(20, "East,7,5,,very_likely,,1"), times(3, "East,7,,10,very_likely,yes,1")...)
	rows = append(rows, times(20, "West,5,4,7,possible,maybe,1")...)
	r := fromRows(t, "", append(rows, times(15, "North,5,4,7,possible,maybe,1")...)...)
	east := r.BySegment["region"]["East"].Analyses["loyal"].(*measure.Loyalty)
	if east.Recommend != nil || east.Net != nil || east.NPS != nil || east.Satisfaction == nil || east.Satisfaction.N != 23 {
		t.Errorf("recommend %v, net %v, nps %v, satisfaction %v", east.Recommend, east.Net, east.NPS, east.Satisfaction)
	}
	hidden := 0
	for _, code := range []string{"West", "North"} {
		if r.BySegment["region"][code].Analyses["loyal"].(*measure.Loyalty).Recommend == nil {
			hidden++
		}
	}
	if hidden != 1 {
		t.Errorf("%d of the other groups are hidden, want the smaller one: with the whole it would give the three away", hidden)
	}
	rows = append(times(20, "East,7,,7,very_likely,yes,1"), times(2, "East,7,5,7,very_likely,yes,1")...)
	c := fromRows(t, "", append(rows, times(20, "West,6,5,7,possible,yes,1")...)...).Analyses["brands"].(*measure.Competitors)
	if f := c.OwnOf().Items[1]; !f.Suppressed || !math.IsNaN(float64(f.Score)) {
		t.Errorf("an item that two rated is shown: %+v", f)
	}
}
