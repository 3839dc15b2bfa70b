package survey

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Rung is one rank of a loyalty ladder. Somebody stands on the first rung, from
// the top, all of whose rules hold, and one of Any where there are such; a rung
// without rules takes all that are left.
type Rung struct {
	ID    string
	Label Text
	All   []Rule
	Any   []Rule
	At    diag.Place
}

// Rule compares one column: with codes, or with a number.
type Rule struct {
	Column string
	Codes  []string // one of these; nil where Op is set
	Op     string   // ">=", "<=", ">", "<", "==" or "!="
	Value  float64
	At     diag.Place
}

var rungKeys = []key[Rung]{
	{"id", "name of the rank", pattern(func(g *Rung) *string { return &g.ID }, "supporter", columnPattern), required},
	{"label", "what reports call it", text(func(g *Rung) *Text { return &g.Label }), optional},
	{"when", "rules that must all hold: column: code, [codes] or \">= 9\"", rules(func(g *Rung) *[]Rule { return &g.All }), optional},
	{"any", "rules of which one must hold", rules(func(g *Rung) *[]Rule { return &g.Any }), optional},
}

// rules is a mapping of columns to what they are compared with.
func rules[T any](at func(*T) *[]Rule) value[T] {
	shape := mapOf(either(plainShape("code"), listOf(plainShape("code"))))
	return formed(shape, func(r *reader, n *yaml.Node, into *T) {
		if n.Kind != yaml.MappingNode {
			r.fail(n, "wrong-type", diag.Say(`write {recommend: ">= 9"}`), diag.Say("rules are columns with what they are compared with, not %s", kindOf(n)))
			return
		}
		var out []Rule
		for p := range pairs(r, n) {
			if rule, ok := r.rule(p); ok {
				out = append(out, rule)
			}
		}
		set(at, into, out)
	})
}

var comparison = regexp.MustCompile(`^(>=|<=|==|!=|>|<)\s*(-?[0-9]+(?:\.[0-9]+)?)$`)

func (r *reader) rule(p pair) (Rule, bool) {
	out := Rule{Column: p.key.Value, At: r.place(p.key)}
	if !columnPattern.MatchString(out.Column) {
		r.fail(p.key, "wrong-id", diag.Say("name a column"), diag.Say("%q is not the name of a column", shorten(out.Column)))
		return out, false
	}
	if p.value.Kind == yaml.SequenceNode {
		for e := range r.list(p.value) {
			if c, ok := code(r, e); ok {
				out.Codes = append(out.Codes, c)
			}
		}
		return out, len(out.Codes) > 0
	}
	s, ok := r.str(p.value)
	if !ok {
		return out, false
	}
	if m := comparison.FindStringSubmatch(s); m != nil {
		out.Op = m[1]
		out.Value, _ = strconv.ParseFloat(m[2], 64)
		return out, true
	}
	if strings.ContainsAny(s, "<>=! ") {
		r.fail(p.value, "wrong-value", diag.Say(`write a code, a list of codes, or a comparison in quotes like ">= 9"`), diag.Say("%q is not a rule", shorten(s)))
		return out, false
	}
	out.Codes = []string{s}
	return out, true
}

// HoldsNumber reports whether the rule holds for a number; a missing one is NaN, for which none does.
func (u Rule) HoldsNumber(v float64) bool {
	switch u.Op {
	case ">=":
		return v >= u.Value
	case "<=":
		return v <= u.Value
	case ">":
		return v > u.Value
	case "<":
		return v < u.Value
	case "==":
		return v == u.Value
	case "!=":
		return v != u.Value && v == v //nolint:staticcheck // NaN is not a number
	}
	return slices.ContainsFunc(u.Codes, func(c string) bool {
		f, err := strconv.ParseFloat(c, 64)
		return err == nil && f == v
	})
}

// HoldsCode reports whether the rule holds for a code; "" is no answer, for which none does.
func (u Rule) HoldsCode(c string) bool {
	if c == "" {
		return false
	}
	if u.Op == "" {
		return slices.Contains(u.Codes, c)
	}
	f, err := strconv.ParseFloat(c, 64)
	return err == nil && u.HoldsNumber(f)
}

// Holds reports whether somebody stands on the rung; holds judges one rule.
func (g Rung) Holds(holds func(Rule) bool) bool {
	for _, u := range g.All {
		if !holds(u) {
			return false
		}
	}
	return len(g.Any) == 0 || slices.ContainsFunc(g.Any, holds)
}

// rulesOf are the rules of a ladder.
func rulesOf(ladder []Rung) []Rule {
	var out []Rule
	for _, g := range ladder {
		out = slices.Concat(out, g.All, g.Any)
	}
	return out
}

// columnsOf are the columns that rules read, each once.
func columnsOf(rules []Rule) []string {
	var out []string
	for _, u := range rules {
		out = append(out, u.Column)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
