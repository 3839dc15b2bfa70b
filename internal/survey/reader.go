package survey

import (
	"fmt"
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

// value reads the value of a key into a field of T. Its shape is for the JSON Schema.
type value[T any] struct {
	shape shape
	read  func(r *reader, n *yaml.Node, into *T)
}

// shape describes a value: its kind, the words it may be, the keys it may have.
type shape struct {
	kind  string
	words []string
	keys  []outline
}

// outline is a key without its reader.
type outline struct {
	name, title string
	shape       shape
	required    bool
}

func outlines[T any](keys []key[T]) []outline {
	out := make([]outline, len(keys))
	for i, k := range keys {
		out[i] = outline{k.name, k.title, k.value.shape, k.rule&required != 0}
	}
	return out
}

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
	line := []rune(r.line(n.Line))
	if n.Column < 1 || n.Column > len(line) {
		return 1
	}
	rest := line[n.Column-1:]
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return 1
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		for i := 1; i < len(rest); i++ {
			if rest[i] == '\\' && rest[0] == '"' {
				i++
			} else if rest[i] == rest[0] {
				return i + 1
			}
		}
		return len(rest)
	}
	if size := utf8.RuneCountInString(n.Value); strings.HasPrefix(string(rest), n.Value) {
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
func (r *reader) fail(n *yaml.Node, code, cure, format string, args ...any) {
	r.report(diag.Problem{Code: code, Place: r.place(n), Summary: fmt.Sprintf(format, args...), Cure: cure})
}

// breaks records an error at n, which breaks what is defined at rule.
func (r *reader) breaks(n *yaml.Node, rule diag.Place, code, cure, format string, args ...any) {
	r.report(diag.Problem{Code: code, Place: r.place(n), Summary: fmt.Sprintf(format, args...), Cure: cure, Rule: rule})
}

// notBuilt notes, once for each what, that n asks for something this program does not do yet.
func (r *reader) notBuilt(n *yaml.Node, what string) {
	if r.noted[what] {
		return
	}
	r.noted[what] = true
	r.report(diag.Problem{
		Severity: diag.Note, Code: "not-built-yet", Place: r.place(n),
		Summary: what + " is checked but not built yet: it has no effect",
	})
}

// didYouMean is the cure for a word that is not among the known ones.
func didYouMean(word string, known []string) string {
	if near := diag.Nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	switch {
	case len(known) == 0:
		return "there is none to choose from"
	case len(known) <= 12:
		return "known here: " + strings.Join(known, ", ")
	}
	return "known here: " + strings.Join(known[:12], ", ") + " …"
}

// mapping reads the mapping n, which is called what in messages, by its table of keys.
func mapping[T any](r *reader, n *yaml.Node, what string, keys []key[T], into *T) found {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "wrong-type", "known keys: "+strings.Join(names(keys), ", "), "%s must be keys with values, not %s", what, kindOf(n))
		return nil
	}
	have := found{}
	for p := range pairs(r, n) {
		k := slices.IndexFunc(keys, func(k key[T]) bool { return k.name == p.key.Value })
		if k < 0 {
			r.fail(p.key, "unknown-key", r.keyCure(n, p, names(keys)), "%s has no key %q", what, p.key.Value)
			if near := diag.Nearest(p.key.Value, names(keys)); near != "" && have[near].key == nil {
				have[near] = pair{key: p.key} // misspelt is not missing
			}
			continue
		}
		if keys[k].rule&later != 0 {
			r.notBuilt(p.key, fmt.Sprintf("key %q of %s", keys[k].name, what))
		}
		have[p.key.Value] = p
		if isNull(p.value) {
			cure := "give it a value or delete the key"
			if _, after, ok := strings.Cut(r.line(p.key.Line), p.key.Value+":"); ok && strings.HasPrefix(strings.TrimSpace(after), "#") {
				cure = "# starts a comment: put a value that begins with it in quotes"
			}
			r.fail(p.key, "empty-value", cure, "key %q is empty", p.key.Value)
			continue
		}
		keys[k].value.read(r, p.value, into)
	}
	for _, k := range keys {
		if _, ok := have[k.name]; k.rule&required != 0 && !ok {
			r.fail(n, "missing-key", fmt.Sprintf("add %s: (%s)", k.name, k.title), "%s lacks the key %q", what, k.name)
		}
	}
	return have
}

// keyCure is the cure of an unknown key; a null value in flow style is the rest of a text after a comma.
func (r *reader) keyCure(n *yaml.Node, p pair, known []string) string {
	if n.Style&yaml.FlowStyle != 0 && isNull(p.value) {
		return "inside { } a comma ends a value: put the text in quotes,\nor write one key a line, indented"
	}
	return didYouMean(p.key.Value, known)
}

// pairs yields the keys of a mapping with their values, each key once; a key written twice is an error.
func pairs(r *reader, n *yaml.Node) func(yield func(pair) bool) {
	return func(yield func(pair) bool) {
		first := map[string]*yaml.Node{}
		for c := range slices.Chunk(n.Content, 2) {
			p := pair{c[0], c[1]}
			if p.key.Kind != yaml.ScalarNode {
				r.fail(p.key, "wrong-type", "put it in quotes if it is a text", "a key must be a word, not %s", kindOf(p.key))
				continue
			}
			if before, ok := first[p.key.Value]; ok {
				r.breaks(p.key, r.place(before), "duplicate-key", fmt.Sprintf("delete one; the first is on line %d", before.Line),
					"key %q is written twice, %s", p.key.Value, onLines(before.Line, p.key.Line))
				continue
			}
			first[p.key.Value] = p.key
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
func kindOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "keys with values"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case isNull(n):
		return "nothing"
	case n.Value == "":
		return "an empty text"
	}
	return fmt.Sprintf("%q", shorten(n.Value))
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
func onLines(a, b int) string {
	if a == b {
		return fmt.Sprintf("both on line %d", a)
	}
	return fmt.Sprintf("on lines %d and %d", a, b)
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
