package report

import (
	"testing"

	"manyi/internal/measure"
)

// A letter of a group with few answers says so.
func TestLettersOfFewAnswersCarryASign(t *testing.T) {
	c := &measure.Compared{Pairs: []*measure.Pair{
		{A: "north", B: "south", Difference: 0.8, Holm: 0.001},
		{A: "north", B: "west", Difference: 0.9, Holm: 0.01},
		{A: "north", B: "east", Difference: 0.1, Holm: 0.6},
	}}
	few := func(code string) bool { return code == "west" }
	if got, want := letters(c, "north", []string{"north", "south", "west", "east"}, few), "b c°"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
