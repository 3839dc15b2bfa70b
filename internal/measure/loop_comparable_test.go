package measure_test

import (
	"fmt"
	"math"
	"testing"

	"manyi/internal/measure"
)

// An index whose weights or items changed is not one line: its step in the trend
// says so, and a facet whose own weights stayed is still compared.
func TestTheTrendOfAnIndexStopsWhereItsWeightsChange(t *testing.T) {
	waves := "waves:\n  - {id: \"1\"}\n  - {id: \"2\"}\n"
	var rows []string
	for i := range 80 {
		wave := 1 + i/40
		rows = append(rows, fmt.Sprintf("%d,%d,%d,%d,x,1,%d", i, 1+i%5, 1+(i*wave)%5, (i*3)%21, wave))
	}
	steps := func(r *measure.Results) map[string]*measure.Step {
		out := map[string]*measure.Step{}
		for _, f := range r.Analyses["trend"].(*measure.Trend).Figures {
			if f.Item == "index" {
				out[f.Figure] = f.Steps[0]
			}
		}
		return out
	}
	derived := steps(smallResults(t, "    weighting: derived\n    outcome: a\n", waves, rows...))
	if s := derived["analyses.index.score"]; s.Comparable || s.Reason != measure.OtherWeights || !math.IsNaN(float64(s.Difference)) {
		t.Errorf("other weights: %+v", *s)
	}
	given := steps(smallResults(t, "", waves, rows...))
	if s := given["analyses.index.score"]; !s.Comparable || math.IsNaN(float64(s.Difference)) {
		t.Errorf("the same weights: %+v", *s)
	}
	for name, s := range given {
		if !s.Comparable {
			t.Errorf("%s: %s with the same weights", name, s.Reason)
		}
	}
	one := 0
	for name, s := range derived {
		if name != "analyses.index.score" && s.Comparable {
			one++
		}
	}
	if one == 0 {
		t.Error("no facet is compared, although one of a single item cannot have other weights")
	}
}
