package survey

import (
	"math"
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// weightsDraft is weights as written.
type weightsDraft struct {
	column string
	trim   *float64
}

var weightsKeys = []key[weightsDraft]{
	{"column", "the data column of weights", pattern(func(w *weightsDraft) *string { return &w.column }, "WEIGHT", columnPattern), optional},
	{"rake", "margins that the weights are made to fit", formed(keyed(rakeKeys), readRake), later},
}

var rakeKeys = []key[weightsDraft]{
	{"margins", "column -> code -> share of the population", formed(mapOf(mapOf(numbered(0, 1))), readMargins), required},
	{"trim", "largest weight as a multiple of the mean", number(func(w *weightsDraft) **float64 { return &w.trim }, 1, 1000), optional},
}

func readWeights(r *reader, n *yaml.Node, s *Survey) {
	var w weightsDraft
	have := mapping(r, n, diag.Say("weights"), weightsKeys, &w)
	column, rake := have["column"], have["rake"]
	switch {
	case have == nil:
	case column.key != nil && rake.key != nil:
		r.breaks(rake.key, r.place(column.key), "two-ways", diag.Say("keep one of the two"), diag.Say("weights has both column and rake"))
	case len(have) == 0:
		r.fail(n, "missing-key", diag.Say("add column: or rake:, or delete weights"), diag.Say("weights has neither column nor rake"))
	case w.column != "":
		s.Weight, s.WeightAt = w.column, r.place(column.value)
		r.def.check(func() {
			if c := r.def.column(w.column); c != nil && !c.number && c.role != hidden {
				r.breaks(column.value, c.at, "wrong-weight", diag.Say("name a column of numbers"), diag.Say("column %q does not hold weights", w.column))
			}
		})
	}
}

func readRake(r *reader, n *yaml.Node, w *weightsDraft) { mapping(r, n, diag.Say("rake"), rakeKeys, w) }

func readMargins(r *reader, n *yaml.Node, _ *weightsDraft) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write region: {east: 0.4, west: 0.6}"), diag.Say("margins must be columns with shares, not %s", kindOf(n)))
		return
	}
	for p := range pairs(r, n) {
		if p.value.Kind != yaml.MappingNode {
			r.fail(p.value, "wrong-type", diag.Say("write {east: 0.4, west: 0.6}"), diag.Say("a margin must be codes with shares, not %s", kindOf(p.value)))
			continue
		}
		sum := 0.0
		for c := range pairs(r, p.value) {
			if f, ok := r.number(c.value, 0, 1); ok {
				sum += f
			} else {
				sum = math.NaN()
			}
		}
		if math.Abs(sum-1) > 1e-6 {
			r.fail(p.key, "wrong-sum", diag.Say("write shares of the whole, like 0.4 and 0.6"), diag.Say("the shares of %q sum to %s, not to 1", shorten(p.key.Value), plain(math.Round(sum*1e6)/1e6)))
		}
		r.reference(p.key, diag.Say("margin"), func(c *column) { r.judgeMargin(c, p.value) })
	}
}

func (r *reader) judgeMargin(c *column, shares *yaml.Node) {
	known := c.codes()
	for p := range slices.Chunk(shares.Content, 2) {
		if len(known) > 0 && !slices.Contains(known, p[0].Value) {
			r.breaks(p[0], c.at, "unknown-code", didYouMean(p[0].Value, known), diag.Say("column %q has no code %q", c.id, shorten(p[0].Value)))
		}
	}
	if len(known) == 0 {
		r.breaks(shares, c.at, "wrong-margin", diag.Say("make bands of %s under derived, and use those", c.id), diag.Say("column %q has no list of codes", c.id))
	}
}
