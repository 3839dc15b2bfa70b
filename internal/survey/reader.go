package survey

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// key is one key of a mapping: what it is called, what an editor says about
// it, how its value is read, and whether it must be there. Every key of the
// format is declared in one such table.
type key[T any] struct {
	name  string
	title string
	value value[T]
	rule  rule
}

// rule says how a key is treated; rules add up.
type rule uint8

const (
	required rule = 1 << iota
	later         // checked, but what it asks for is not built: a note says so

	optional rule = 0
)

// reader walks the tree of one file and records what is wrong with it.
type reader struct {
	*source
	problems  *diag.List
	languages []string
	noted     map[string]bool // what a not-built-yet note was given for
	def       *definition     // nil outside survey.yaml
}

// pair is a key of the file with its value.
type pair struct{ key, value *yaml.Node }

// found is the known keys that a mapping of the file has. A key that was
// probably meant by a misspelt one is there without a value.
type found map[string]pair

// place returns where n stands: a scalar in its full length, else the first sign or key.
func (r *reader) place(n *yaml.Node) diag.Place {
	length := 1
	switch {
	case n.Kind == yaml.ScalarNode:
		length = r.length(n)
	case n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0:
		length = r.length(n.Content[0])
	}
	return r.at(n.Line, n.Column, max(length, 1))
}

// length is how many characters of its first line the scalar n takes.
func (r *reader) length(n *yaml.Node) int {
	line := r.characters(n.Line)
	if n.Column < 1 || n.Column > len(line) {
		return 1
	}
	rest := line[n.Column-1:]
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return 1
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		for i := 1; i < len(rest); i++ {
			if doubled := rest[0] == '\'' && i+1 < len(rest) && rest[i+1] == '\''; rest[i] == '\\' && rest[0] == '"' || rest[i] == '\'' && doubled {
				i++
			} else if rest[i] == rest[0] {
				return i + 1
			}
		}
		return len(rest)
	}
	if size := utf8.RuneCountInString(n.Value); size <= len(rest) && string(rest[:size]) == n.Value {
		return size
	}
	return len([]rune(strings.TrimRight(string(rest), " \t")))
}

// report records a problem at place, with the line of the file.
func (r *reader) report(p diag.Problem) {
	if p.Source == "" && p.Place.File == r.name {
		p.Source = r.line(p.Place.Line)
	}
	r.problems.Add(p)
}

// fail records an error at n.
func (r *reader) fail(n *yaml.Node, code string, cure, summary diag.Phrase) {
	r.report(diag.Problem{Code: code, Place: r.place(n), Summary: summary, Cure: cure})
}

// breaks records an error at n, which breaks what is defined at rule.
func (r *reader) breaks(n *yaml.Node, rule diag.Place, code string, cure, summary diag.Phrase) {
	r.report(diag.Problem{Code: code, Place: r.place(n), Summary: summary, Cure: cure, Rule: rule})
}

// twice records an error at n, which gives again what was given at first.
func (r *reader) twice(n *yaml.Node, first diag.Place, code string, cure, summary diag.Phrase) {
	r.report(diag.Problem{Code: code, Place: r.place(n), Summary: summary, Cure: cure, Others: before(first)})
}

// before is the first of two places.
func before(first diag.Place) []diag.Related {
	return []diag.Related{{Place: first, Says: diag.Say("the first is here")}}
}

// notBuilt notes, once for each what, that n asks for something this program does not do yet.
func (r *reader) notBuilt(n *yaml.Node, what diag.Phrase) {
	if r.noted[what.String()] {
		return
	}
	r.noted[what.String()] = true
	r.report(diag.Problem{
		Severity: diag.Note, Code: "not-built-yet", Place: r.place(n),
		Summary: diag.Say("%s is checked but not built yet: it has no effect", what),
	})
}

// didYouMean is the cure for a word that is not among the known ones.
func didYouMean(word string, known []string) diag.Phrase {
	if near := diag.Nearest(word, known); near != "" {
		return diag.Say("did you mean %q?", near)
	}
	switch {
	case len(known) == 0:
		return diag.Say("there is none to choose from")
	case len(known) <= 12:
		return diag.Say("known here: %s", strings.Join(known, ", "))
	}
	return diag.Say("known here: %s …", strings.Join(known[:12], ", "))
}

// mapping reads the mapping n, which is called what in messages, by its table of keys.
func mapping[T any](r *reader, n *yaml.Node, what diag.Phrase, keys []key[T], into *T) found {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", diag.Say("known keys: %s", strings.Join(names(keys), ", ")), diag.Say("%s must be keys with values, not %s", what, kindOf(n)))
		return nil
	}
	have := found{}
	for p := range pairs(r, n) {
		k := slices.IndexFunc(keys, func(k key[T]) bool { return k.name == p.key.Value })
		if k < 0 {
			r.fail(p.key, "unknown-key", r.keyCure(n, p, names(keys)), diag.Say("%s has no key %q", what, p.key.Value))
			if near := diag.Nearest(p.key.Value, names(keys)); near != "" && have[near].key == nil {
				have[near] = pair{key: p.key} // misspelt is not missing
			}
			continue
		}
		if keys[k].rule&later != 0 {
			r.notBuilt(p.key, diag.Say("key %q of %s", keys[k].name, what))
		}
		have[p.key.Value] = p
		if isNull(p.value) {
			cure := diag.Say("give it a value or delete the key")
			if _, after, ok := strings.Cut(r.line(p.key.Line), p.key.Value+":"); ok && strings.HasPrefix(strings.TrimSpace(after), "#") {
				cure = diag.Say("# starts a comment: put a value that begins with it in quotes")
			}
			r.fail(p.key, "empty-value", cure, diag.Say("key %q is empty", p.key.Value))
			continue
		}
		keys[k].value.read(r, p.value, into)
	}
	for _, k := range keys {
		if _, ok := have[k.name]; k.rule&required != 0 && !ok {
			r.fail(n, "missing-key", diag.Say("add %s: (%s)", k.name, diag.Say(k.title)), diag.Say("%s lacks the key %q", what, k.name))
		}
	}
	return have
}

// keyCure is the cure of an unknown key; a null value in flow style is the rest of a text after a comma.
func (r *reader) keyCure(n *yaml.Node, p pair, known []string) diag.Phrase {
	if n.Style&yaml.FlowStyle != 0 && isNull(p.value) {
		return diag.Say("inside { } a comma ends a value: put the text in quotes,\nor write one key a line, indented")
	}
	return didYouMean(p.key.Value, known)
}

// pairs yields the keys of a mapping with their values, each key once; a key written twice is an error.
func pairs(r *reader, n *yaml.Node) func(yield func(pair) bool) {
	return func(yield func(pair) bool) {
		seen := map[string]*yaml.Node{}
		for c := range slices.Chunk(n.Content, 2) {
			p := pair{c[0], c[1]}
			if p.key.Kind != yaml.ScalarNode {
				r.fail(p.key, "wrong-type", diag.Say("put it in quotes if it is a text"), diag.Say("a key must be a word, not %s", kindOf(p.key)))
				continue
			}
			if first, ok := seen[p.key.Value]; ok {
				r.twice(p.key, r.place(first), "duplicate-key", diag.Say("delete one; the first is on line %d", first.Line),
					diag.Say("key %q is written twice, %s", p.key.Value, onLines(first.Line, p.key.Line)))
				continue
			}
			seen[p.key.Value] = p.key
			if !yield(p) {
				return
			}
		}
	}
}

func names[T any](keys []key[T]) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k.name
	}
	return out
}

// isNull reports whether n is an empty value or the word null.
func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

// kindOf names the kind of n for people.
func kindOf(n *yaml.Node) diag.Phrase {
	switch {
	case n.Kind == yaml.MappingNode:
		return diag.Say("keys with values")
	case n.Kind == yaml.SequenceNode:
		return diag.Say("a list")
	case isNull(n):
		return diag.Say("nothing")
	case n.Value == "":
		return diag.Say("an empty text")
	}
	return diag.Say("%q", shorten(n.Value))
}

// shorten keeps messages on one line.
func shorten(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// onLines says where two things stand.
func onLines(a, b int) diag.Phrase {
	if a == b {
		return diag.Say("both on line %d", a)
	}
	return diag.Say("on lines %d and %d", a, b)
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
