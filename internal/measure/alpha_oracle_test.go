package measure_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// TestAlphaEqualsPsych compares the reliability of dimensions with psych::alpha
// on data that stay outside the project; without them it is skipped.
func TestAlphaEqualsPsych(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "oracle", "mobi_reliability")
	body, err := os.ReadFile(filepath.Join(folder, "expected.json"))
	if err != nil {
		t.Skip("the oracle is not on this machine")
	}
	var want struct {
		Blocks map[string][]string
		Alpha  map[string]map[string]any
	}
	if err := json.Unmarshal(body, &want); err != nil {
		t.Fatal(err)
	}
	c := oracleCheck{name: "gap: alpha of mobi (psych)"}
	for block, items := range want.Blocks {
		var questions, pairs strings.Builder
		for _, item := range items {
			fmt.Fprintf(&questions, "      - {id: %s, type: rating, scale: ten, text: t}\n", item)
			fmt.Fprintf(&pairs, "          - {perceived: %s}\n", item)
		}
		text := "manyi: 1\nid: simulated\nlanguages: [en]\ntitle: Mobi\nscales:\n  ten: {points: 1..10, low: low, high: high}\npages:\n  - id: all\n    questions:\n" + questions.String() +
			"analyses:\n  - id: alpha\n    method: gap\n    dimensions:\n      - id: d\n        pairs:\n" + pairs.String()
		r := study(t, text, func() (io.ReadCloser, error) { return os.Open(filepath.Join(folder, "data.csv")) }, nil)
		d := r.Analyses["alpha"].(*measure.Gap).Dimensions[0]
		c.near(t, block, d.Alpha.Perceived, want.Alpha[block]["raw_alpha"].(float64))
	}
	c.done(t)
}
