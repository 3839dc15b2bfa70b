package measure_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// viewed is a survey of six items that two sides judge.
func viewed() string {
	var b strings.Builder
	b.WriteString("manyi: 1\nid: simulated\nlanguages: [en]\ntitle: Views\nscales:\n  seven: {points: 1..7, low: low, high: high}\npages:\n  - id: all\n    questions:\n")
	for k := range 6 {
		fmt.Fprintf(&b, "      - {id: e%d, type: rating, scale: seven, text: t}\n      - {id: p%[1]d, type: rating, scale: seven, text: t}\n", k+1)
	}
	b.WriteString("hidden:\n  - {id: role, from: r, allow: [m, c]}\nanalyses:\n  - id: views\n    method: gap\n    view: {column: role, internal: m, external: c}\n    dimensions:\n      - id: all\n        pairs:\n")
	for k := range 6 {
		fmt.Fprintf(&b, "          - {perceived: p%d, expected: e%[1]d}\n", k+1)
	}
	return b.String()
}

// The file is made by testdata/views/make.R.
func TestViewsEqualR(t *testing.T) {
	raw, err := os.ReadFile("testdata/views/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]map[string][]float64
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	r := study(t, viewed(), func() (io.ReadCloser, error) { return os.Open("testdata/views/responses.csv") }, nil)
	view := r.Analyses["views"].(*measure.Gap).View
	if view == nil || len(view.Comparisons) != 2 {
		t.Fatalf("view %+v", view)
	}
	c := oracleCheck{name: "gap view: means, ranks, Welch, Holm, Spearman (R)"}
	for _, side := range view.Comparisons {
		w := want[side.Measure]
		c.near(t, side.Measure+" spearman", side.Spearman, w["spearman"][0])
		for k, i := range side.Items {
			for what, got := range map[string]measure.Number{
				"internal": i.Internal, "external": i.External, "rank_internal": i.Ranks[0], "rank_external": i.Ranks[1],
				"difference": i.Difference, "low": i.CI95[0], "high": i.CI95[1], "p": i.P, "holm": i.Holm,
			} {
				c.near(t, i.ID+" "+what, got, w[what][k])
			}
		}
	}
	c.done(t)
}

func TestEqualMeansShareTheirRanks(t *testing.T) {
	rows := append(repeat(10, "4,6,3,4,6,5,2,40,60,5,m,n,1"), repeat(10, "4,6,3,4,6,4,6,40,60,5,c,n,1")...)
	items := pairsStudy(t, true, rows...).Analyses["gaps"].(*measure.Gap).View.Comparisons[1].Items
	for k, want := range [][2]measure.Number{{2.5, 2}, {2.5, 2}, {1, 2}} {
		if items[k].Ranks != want {
			t.Errorf("item %s has ranks %v, want %v", items[k].ID, items[k].Ranks, want)
		}
	}
}
