package survey

import (
	"math"
	"slices"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Rake is margins of the population that the weights are made to fit.
type Rake struct {
	Margins []Margin
	Trim    float64 // largest weight as a multiple of the mean, 0 without
	At      diag.Place
}

// Margin is the population's shares of the codes of a column.
type Margin struct {
	Column string
	Shares []CodeShare
	At     diag.Place
}

// CodeShare is the population's share of one code.
type CodeShare struct {
	Code  string
	Share float64
	At    diag.Place
}

// Weighted reports whether figures are weighted: by a column or by margins.
func (s *Survey) Weighted() bool { return s.Weight != "" || s.Rake != nil }

// weightsDraft is weights as written.
type weightsDraft struct {
	column string
	rake   rakeDraft
}

type rakeDraft struct {
	margins []Margin
	trim    *float64
}

var weightsKeys = []key[weightsDraft]{
	{"column", "the data column of weights", pattern(func(w *weightsDraft) *string { return &w.column }, "WEIGHT", columnPattern), optional},
	{"rake", "margins that the weights are made to fit", object(diag.Say("rake"), func(w *weightsDraft) *rakeDraft { return &w.rake }, rakeKeys), optional},
}

var rakeKeys = []key[rakeDraft]{
	{"margins", "column -> code -> share of the population", marginsOf(func(w *rakeDraft) *[]Margin { return &w.margins }), required},
	{"trim", "largest weight as a multiple of the mean", number(func(w *rakeDraft) **float64 { return &w.trim }, 1, 1000), optional},
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
	case rake.key != nil:
		s.Rake = &Rake{Margins: w.rake.margins, At: r.place(rake.key)}
		if w.rake.trim != nil {
			s.Rake.Trim = *w.rake.trim
		}
	case w.column != "":
		s.Weight, s.WeightAt = w.column, r.place(column.value)
		r.def.check(func() {
			if c := r.def.column(w.column); c != nil && !c.number && c.role != hidden {
				r.breaks(column.value, c.at, "wrong-weight", diag.Say("name a column of numbers"), diag.Say("column %q does not hold weights", w.column))
			}
		})
	}
}

// marginsOf is the shares of codes of some columns of the population.
func marginsOf[T any](at func(*T) *[]Margin) value[T] {
	return formed(mapOf(mapOf(numbered(0, 1))), func(r *reader, n *yaml.Node, into *T) {
		if n.Kind != yaml.MappingNode {
			r.fail(n, "wrong-type", diag.Say("write region: {east: 0.4, west: 0.6}"), diag.Say("margins must be columns with shares, not %s", kindOf(n)))
			return
		}
		var out []Margin
		for p := range pairs(r, n) {
			if m, ok := r.margin(p); ok {
				out = append(out, m)
			}
		}
		set(at, into, out)
	})
}

func (r *reader) margin(p pair) (Margin, bool) {
	m := Margin{Column: p.key.Value, At: r.place(p.key)}
	if p.value.Kind != yaml.MappingNode {
		r.fail(p.value, "wrong-type", diag.Say("write {east: 0.4, west: 0.6}"), diag.Say("a margin must be codes with shares, not %s", kindOf(p.value)))
		return m, false
	}
	sum := 0.0
	for c := range pairs(r, p.value) {
		f, ok := r.number(c.value, 0, 1)
		if !ok {
			f = math.NaN()
		}
		sum += f
		m.Shares = append(m.Shares, CodeShare{c.key.Value, f, r.place(c.key)})
	}
	if math.Abs(sum-1) > 1e-6 {
		r.fail(p.key, "wrong-sum", diag.Say("write shares of the whole, like 0.4 and 0.6"), diag.Say("the shares of %q sum to %s, not to 1", shorten(p.key.Value), plain(math.Round(sum*1e6)/1e6)))
	}
	for i := range m.Shares { // what rounding left is spread, so that the margins agree with each other
		m.Shares[i].Share /= sum
	}
	r.reference(p.key, diag.Say("margin"), func(c *column) { r.judgeMargin(c, p) })
	return m, true
}

func (r *reader) judgeMargin(c *column, p pair) {
	known := c.codes()
	for q := range slices.Chunk(p.value.Content, 2) {
		if len(known) > 0 && !slices.Contains(known, q[0].Value) {
			r.breaks(q[0], c.at, "unknown-code", didYouMean(q[0].Value, known), diag.Say("column %q has no code %q", c.id, shorten(q[0].Value)))
		}
	}
	switch {
	case len(known) == 0:
		r.breaks(p.value, c.at, "wrong-margin", diag.Say("make bands of %s under derived, and use those", c.id), diag.Say("column %q has no list of codes", c.id))
	case c.role == group || c.role == tick:
		r.breaks(p.key, c.at, "wrong-margin", diag.Say("use a question with one answer"), diag.Say("margin %q is of a question with several answers", c.id))
		return
	}
}
