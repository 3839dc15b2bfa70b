package survey

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

var derivedKeys = []key[Derived]{
	{"id", "name of the new column", id(func(d *Derived) *string { return &d.ID }, func(d *Derived) *diag.Place { return &d.At }), required},
	{"label", "what reports call it", text(func(d *Derived) *Text { return &d.Label }), optional},
	{"from", "the column it is made of", id(func(d *Derived) *string { return &d.From }, nil), required},
	{"level", "nominal, or ordinal where its codes are numbers in an order", word(func(d *Derived) *Level { return &d.Level }, "nominal", "ordinal", "interval", "ratio"), optional},
	{"bands", "code -> range of numbers or list of codes", formed(mapOf(either(plainShape("band"), listOf(plainShape("code")), keyed(bandKeys))), readBands), required},
}

var bandKeys = []key[Band]{
	{"label", "what reports call it", text(func(b *Band) *Text { return &b.Label }), optional},
	{"range", "numbers from..to, both included", special("band", readBandRange), optional},
	{"codes", "codes of the column", items(func(b *Band) *[]string { return &b.Codes }, shape{kind: "code"}, code), optional},
}

func readDerived(r *reader, n *yaml.Node, s *Survey) {
	for e := range r.list(n) {
		var d Derived
		have := mapping(r, e, diag.Say("a derived column"), derivedKeys, &d)
		if have == nil {
			continue
		}
		r.judgeLevel(d, have["level"].value)
		i := len(s.Derived)
		s.Derived = append(s.Derived, d)
		if from, bands := have["from"].value, have["bands"].value; d.From != "" && bands != nil && bands.Kind == yaml.MappingNode {
			r.def.sources = append(r.def.sources, func() { s.Derived[i].foreign = r.judgeDerived(d, from, bands) })
		}
	}
}

func readBands(r *reader, n *yaml.Node, d *Derived) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("write one line for each band, like young: 0..29"), diag.Say("bands must be codes with ranges, not %s", kindOf(n)))
		return
	}
	for p := range pairs(r, n) {
		b := Band{Low: math.NaN(), High: math.NaN()}
		if c, ok := code(r, p.key); ok {
			b.Code = c
		}
		switch p.value.Kind {
		case yaml.MappingNode:
			have := mapping(r, p.value, diag.Say("a band"), bandKeys, &b)
			if (have["range"].key == nil) == (have["codes"].key == nil) {
				r.fail(p.key, "two-ways", diag.Say("write range: 0..29, or codes: [1, 2]"), diag.Say("band %q must have either a range or codes", shorten(p.key.Value)))
			}
		case yaml.SequenceNode:
			items(func(b *Band) *[]string { return &b.Codes }, shape{}, code).read(r, p.value, &b)
		default:
			readBandRange(r, p.value, &b)
		}
		d.Bands = append(d.Bands, b)
	}
	r.overlappingBands(n, d.Bands)
}

// judgeLevel checks that bands with an order have numbers for codes.
func (r *reader) judgeLevel(d Derived, level *yaml.Node) {
	if level != nil && d.Level != Nominal && d.scale().Values() == nil {
		r.fail(level, "not-ordered", diag.Say("call the bands 1, 2, 3 …, or delete level"), diag.Say("the codes of %q are not numbers, so they have no order", d.ID))
	}
}

// readBandRange reads A..B; one end may be left out.
func readBandRange(r *reader, n *yaml.Node, b *Band) {
	low, high, ok := strings.Cut(n.Value, "..")
	b.Low, b.High = math.Inf(-1), math.Inf(1)
	if ok && n.Kind == yaml.ScalarNode && low+high != "" {
		okLow, okHigh := bandEnd(low, &b.Low), bandEnd(high, &b.High)
		if okLow && okHigh && b.Low <= b.High {
			return
		}
	}
	r.fail(n, "wrong-range", diag.Say("write it like 0..29, 50.. or ..17, the lower number first"), diag.Say("%s is not a range of numbers", kindOf(n)))
	b.Low, b.High = math.NaN(), math.NaN()
}

func bandEnd(s string, into *float64) bool {
	if s == "" {
		return true
	}
	f, err := strconv.ParseFloat(s, 64)
	*into = f
	return err == nil && plainNumber.MatchString(s)
}

// overlappingBands reports numbers and codes that two bands claim.
func (r *reader) overlappingBands(n *yaml.Node, bands []Band) {
	for i, b := range bands {
		for _, a := range bands[:i] {
			shared := slices.ContainsFunc(b.Codes, func(c string) bool { return slices.Contains(a.Codes, c) })
			if !shared && !(b.Low <= a.High && a.Low <= b.High) {
				continue
			}
			var keys [2]*yaml.Node
			for c := range slices.Chunk(n.Content, 2) {
				switch c[0].Value {
				case a.Code:
					keys[0] = c[0]
				case b.Code:
					keys[1] = c[0]
				}
			}
			if keys[0] != nil && keys[1] != nil {
				r.twice(keys[1], r.place(keys[0]), "overlapping-bands", diag.Say("let each number and code belong to one band"), diag.Say("bands %q and %q overlap", a.Code, b.Code))
			}
			break
		}
	}
}

// judgeDerived checks where a derived column comes from, and reports whether
// that is a column of the data that the definition does not name.
func (r *reader) judgeDerived(d Derived, from, bands *yaml.Node) (foreign bool) {
	c := r.def.column(d.From)
	switch {
	case c == nil:
		if near := diag.Nearest(d.From, r.def.names()); near != "" {
			r.fail(from, "unknown-name", didYouMean(d.From, r.def.names()), diag.Say("derived column %q comes from unknown column %q", d.ID, d.From))
			return false
		}
		r.report(diag.Problem{
			Severity: diag.Note, Code: "foreign-column", Place: r.place(from),
			Summary: diag.Say("column %s is not of this survey: it is looked for in the files of responses", strconv.Quote(d.From)),
		})
		return true
	case c.role == group || c.role == silent || c.text && c.role != hidden:
		r.breaks(from, c.at, "wrong-source", diag.Say("use a number, a question with a list of answers or a hidden column"), diag.Say("column %q cannot be cut into bands", d.From))
	case c.role == derived:
		r.breaks(from, c.at, "wrong-source", diag.Say("name the column of the data"), diag.Say("derived column %q comes from a derived column", d.ID))
	default:
		r.judgeBands(c, bands)
	}
	return false
}

// judgeBands checks that the bands fit what the column c holds.
func (r *reader) judgeBands(c *column, bands *yaml.Node) {
	known := c.codes()
	for p := range slices.Chunk(bands.Content, 2) {
		list, ranged := p[1], p[1]
		if list.Kind == yaml.MappingNode {
			list, ranged = child(p[1], "codes"), child(p[1], "range")
		}
		if ranged != nil && ranged.Kind == yaml.ScalarNode && c.scale != nil && c.scale.Values() == nil {
			r.breaks(p[0], c.at, "wrong-range", diag.Say("list its codes: [a, b]"), diag.Say("the codes of %q are not numbers, so a range says nothing", c.id))
		}
		if list == nil || list.Kind != yaml.SequenceNode {
			continue
		}
		for _, n := range list.Content {
			switch {
			case c.number:
				r.breaks(n, c.at, "wrong-range", diag.Say("write a range like 0..29"), diag.Say("column %q holds numbers, not codes", c.id))
			case len(known) > 0 && !slices.Contains(known, n.Value):
				r.breaks(n, c.at, "unknown-code", didYouMean(n.Value, known), diag.Say("column %q has no code %q", c.id, shorten(n.Value)))
			}
		}
	}
}

// child returns the value of a key of a mapping, nil without.
func child(n *yaml.Node, key string) *yaml.Node {
	for c := range slices.Chunk(n.Content, 2) {
		if c[0].Value == key {
			return c[1]
		}
	}
	return nil
}
