package audit_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/fstest"

	"manyi/internal/audit"
	"manyi/internal/measure"
)

// Readers of two reports, with a smaller and a larger threshold, learn nothing
// that the one with the smaller does not show: then what is hidden there follows
// from neither. Without being told of the other the larger threshold would show
// groups that the smaller one hides to cover a small one.
func TestALargerThresholdShowsNothingMore(t *testing.T) {
	t.Parallel()
	trials, apart, shown := 60, 0, 0
	if testing.Short() {
		trials = 15
	}
	for seed := range trials {
		r := rand.New(rand.NewPCG(uint64(seed), 11))
		s, answers := answered(t, responses(r, 90))
		finer := measure.Compute(s, answers, measure.Options{MinCell: 5})
		fine := groupsOf(t, finer)
		for _, k := range []int{9, 14} {
			larger := measure.Compute(s, answers, measure.Options{MinCell: k, Finer: finer})
			coarse := groupsOf(t, larger)
			for _, path := range beyond(coarse, fine, "") {
				t.Errorf("seed %d: %s is shown with a threshold of %d and hidden with one of 5", seed, path, k)
			}
			found, err := audit.Report(fstest.MapFS{"results.json": {Data: written(t, larger)}}, known)
			if err != nil || len(found) > 0 {
				t.Errorf("seed %d: a threshold of %d gives away %v (%v)", seed, k, found, err)
			}
			apart += len(beyond(groupsOf(t, measure.Compute(s, answers, measure.Options{MinCell: k})), fine, ""))
			shown += numbers(coarse)
			finer, fine = larger, coarse
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d random surveys: %d figures of groups with a larger threshold, none beyond the smaller; each for itself %d", trials, shown, apart)
	if apart == 0 || shown == 0 {
		t.Error("the trials would not tell")
	}
}

// groupsOf is what results.json says of groups and of crosstabs.
func groupsOf(t *testing.T, r *measure.Results) any {
	t.Helper()
	body, err := json.Marshal(r.ByWave)
	if err != nil {
		t.Fatal(err)
	}
	var waves map[string]struct {
		BySegment any `json:"by_segment"`
		ByPair    any `json:"by_pair"`
		Analyses  map[string]any
	}
	if err := json.Unmarshal(body, &waves); err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	for id, w := range waves {
		tables := []any{}
		if cross, ok := w.Analyses["cross"].(map[string]any); ok {
			list, _ := cross["tables"].([]any)
			for _, x := range list {
				tables = append(tables, x.(map[string]any)["table"])
			}
		}
		out[id] = map[string]any{"segments": w.BySegment, "pairs": w.ByPair, "tables": tables}
	}
	return out
}

// beyond are the numbers of x that y does not have.
func beyond(x, y any, path string) []string {
	switch x := x.(type) {
	case float64:
		if _, ok := y.(float64); !ok {
			return []string{path}
		}
	case map[string]any:
		other, _ := y.(map[string]any)
		var out []string
		for _, key := range slices.Sorted(maps.Keys(x)) {
			out = append(out, beyond(x[key], other[key], path+"."+key)...)
		}
		return out
	case []any:
		other, _ := y.([]any)
		var out []string
		for i, value := range x {
			var o any
			if i < len(other) {
				o = other[i]
			}
			out = append(out, beyond(value, o, fmt.Sprint(path, ".", i))...)
		}
		return out
	}
	return nil
}

func numbers(x any) int { return len(beyond(x, nil, "")) }
