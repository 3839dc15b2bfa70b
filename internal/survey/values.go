package survey

import (
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// The functions of this file make values for tables of keys. Where the
// accessor is nil, the value is checked and not kept.

func set[T, V any](at func(*T) *V, into *T, v V) {
	if at != nil {
		*at(into) = v
	}
}

// text is a text by language.
func text[T any](at func(*T) *Text) value[T] {
	return value[T]{shape{kind: "text"}, func(r *reader, n *yaml.Node, into *T) {
		if t := r.text(n); t != nil {
			set(at, into, t)
		}
	}}
}

// str is one line of any characters.
func str[T any](at func(*T) *string) value[T] {
	return value[T]{shape{kind: "string"}, func(r *reader, n *yaml.Node, into *T) {
		if s, ok := r.str(n); ok {
			set(at, into, s)
		}
	}}
}

// word is one of the given words.
func word[T any, S ~string](at func(*T) *S, words ...string) value[T] {
	return value[T]{shape{kind: "word", words: words}, func(r *reader, n *yaml.Node, into *T) {
		if s, ok := r.word(n, words); ok {
			set(at, into, S(s))
		}
	}}
}

// boolean is true or false.
func boolean[T any](at func(*T) *bool) value[T] {
	return value[T]{shape{kind: "boolean"}, func(r *reader, n *yaml.Node, into *T) {
		if n.Kind != yaml.ScalarNode || n.Style != 0 || n.Value != "true" && n.Value != "false" {
			r.fail(n, "wrong-type", diag.Say("write true or false"), diag.Say("%s is not true or false", kindOf(n)))
			return
		}
		set(at, into, n.Value == "true")
	}}
}

// whole is a whole number from low to high.
func whole[T any](at func(*T) *int, low, high int) value[T] {
	return value[T]{counting(low, high), func(r *reader, n *yaml.Node, into *T) {
		if i, ok := r.whole(n, low, high); ok {
			set(at, into, i)
		}
	}}
}

// number is a finite number from low to high.
func number[T any](at func(*T) **float64, low, high float64) value[T] {
	return value[T]{numbered(low, high), func(r *reader, n *yaml.Node, into *T) {
		if f, ok := r.number(n, low, high); ok {
			set(at, into, &f)
		}
	}}
}

// amount is number for a field that is 0 where nothing is written.
func amount[T any](at func(*T) *float64, low, high float64) value[T] {
	return value[T]{numbered(low, high), func(r *reader, n *yaml.Node, into *T) {
		if f, ok := r.number(n, low, high); ok {
			set(at, into, f)
		}
	}}
}

// date is an ISO 8601 day.
func date[T any](at func(*T) *string) value[T] {
	return value[T]{shape{kind: "date"}, func(r *reader, n *yaml.Node, into *T) {
		if d, ok := r.date(n, n.Value); ok && n.Kind == yaml.ScalarNode {
			set(at, into, d)
		}
	}}
}

// pattern is one line that must match a regular expression; like names what is wanted.
func pattern[T any](at func(*T) *string, like string, re *regexp.Regexp) value[T] {
	return value[T]{matching(re), func(r *reader, n *yaml.Node, into *T) {
		if s, ok := r.str(n); !ok {
			return
		} else if !re.MatchString(s) {
			r.fail(n, "wrong-value", diag.Say("write it like %s", like), diag.Say("%q is not allowed here", shorten(s)))
		} else {
			set(at, into, s)
		}
	}}
}

// object is a mapping with its own table of keys.
func object[T, U any](what diag.Phrase, at func(*T) *U, keys []key[U]) value[T] {
	return value[T]{keyed(keys), func(r *reader, n *yaml.Node, into *T) {
		var u U
		mapping(r, n, what, keys, &u)
		set(at, into, u)
	}}
}

// items is a list whose entries are read one by one; entries that are no use are left out.
func items[T, E any](at func(*T) *[]E, entry shape, one func(r *reader, n *yaml.Node) (E, bool)) value[T] {
	return value[T]{listOf(entry), func(r *reader, n *yaml.Node, into *T) {
		var out []E
		for e := range r.list(n) {
			if v, ok := one(r, e); ok {
				out = append(out, v)
			}
		}
		set(at, into, out)
	}}
}

// objects is a list of mappings with one table of keys.
func objects[T, U any](what diag.Phrase, at func(*T) *[]U, keys []key[U]) value[T] {
	return items(at, keyed(keys), func(r *reader, n *yaml.Node) (U, bool) {
		var u U
		return u, mapping(r, n, what, keys, &u) != nil
	})
}

// special is a plain value with a reader of its own.
func special[T any](kind string, read func(r *reader, n *yaml.Node, into *T)) value[T] {
	return value[T]{shape{kind: kind}, read}
}

// formed is a value of any shape with a reader of its own.
func formed[T any](s shape, read func(r *reader, n *yaml.Node, into *T)) value[T] {
	return value[T]{s, read}
}

// list yields the entries of the list n.
func (r *reader) list(n *yaml.Node) func(yield func(*yaml.Node) bool) {
	return func(yield func(*yaml.Node) bool) {
		switch {
		case n.Kind != yaml.SequenceNode:
			r.fail(n, "wrong-type", diag.Say("write - before each entry, or put them in [ ]"), diag.Say("a list is wanted here, not %s", kindOf(n)))
		case len(n.Content) == 0:
			r.fail(n, "empty-value", diag.Say("give it an entry or delete the key"), diag.Say("the list is empty"))
		}
		if n.Kind != yaml.SequenceNode {
			return
		}
		for _, e := range n.Content {
			if isNull(e) {
				r.fail(n, "empty-value", diag.Say("give it a value or delete its line"), diag.Say("an entry of the list is empty"))
			} else if !yield(e) {
				return
			}
		}
	}
}

func (r *reader) str(n *yaml.Node) (string, bool) {
	switch {
	case n.Kind != yaml.ScalarNode:
		r.fail(n, "wrong-type", diag.Say("write it on the line of the key"), diag.Say("one value is wanted here, not %s", kindOf(n)))
	case isNull(n) || strings.TrimSpace(n.Value) == "":
		r.fail(n, "empty-value", diag.Say("give it a value or delete the key"), diag.Say("the value is empty"))
	case strings.ContainsAny(strings.TrimRight(n.Value, "\n"), "\n\t") || strings.TrimSpace(n.Value) != strings.TrimRight(n.Value, "\n"):
		r.fail(n, "wrong-value", diag.Say("write it on one line without spaces around it"), diag.Say("%q is more than one line or has spaces around it", shorten(n.Value)))
	default:
		return strings.TrimRight(n.Value, "\n"), true
	}
	return "", false
}

func (r *reader) word(n *yaml.Node, words []string) (string, bool) {
	s, ok := r.str(n)
	if ok && !slices.Contains(words, s) {
		r.fail(n, "unknown-word", didYouMean(s, words), diag.Say("%q is not one of %s", shorten(s), strings.Join(words, ", ")))
		return "", false
	}
	return s, ok
}

var (
	plainWhole  = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,15})$`)
	plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
)

// maxWhole is 2^53: beyond it a float64 does not hold every whole number.
const maxWhole = 1 << 53

func (r *reader) whole(n *yaml.Node, low, high int) (int, bool) {
	if !r.numeric(n, plainWhole, diag.Say("a whole number")) {
		return 0, false
	}
	i, err := strconv.Atoi(n.Value)
	if err != nil || i < low || i > high {
		r.fail(n, "out-of-range", rangeCure(float64(low), float64(high)), diag.Say("%s is out of range", n.Value))
		return 0, false
	}
	return i, true
}

func (r *reader) number(n *yaml.Node, low, high float64) (float64, bool) {
	if !r.numeric(n, plainNumber, diag.Say("a number")) {
		return 0, false
	}
	f, err := strconv.ParseFloat(n.Value, 64)
	i, whole := strconv.Atoi(n.Value)
	exact := whole != nil || -maxWhole <= i && i <= maxWhole
	if err != nil || f < low || f > high || math.Abs(f) > maxWhole || !exact {
		r.fail(n, "out-of-range", rangeCure(low, high), diag.Say("%s is out of range", shorten(n.Value)))
		return 0, false
	}
	return f, true
}

func rangeCure(low, high float64) diag.Phrase {
	switch {
	case high >= maxWhole && low <= -maxWhole:
		return diag.Say("write a number of at most 15 digits")
	case high >= maxWhole:
		return diag.Say("write %s or more", plain(low))
	}
	return diag.Say("write a number from %s to %s", plain(low), plain(high))
}

// plain writes a number without an exponent.
func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// numeric reports whether n is written as a decimal number, and says what is wrong if not.
func (r *reader) numeric(n *yaml.Node, re *regexp.Regexp, what diag.Phrase) bool {
	if n.Kind == yaml.ScalarNode && n.Style == 0 && re.MatchString(n.Value) {
		return true
	}
	cure := diag.Say("write digits only")
	switch v := strings.TrimLeft(n.Value, "-+"); {
	case n.Kind != yaml.ScalarNode || isNull(n):
	case n.Style != 0:
		cure = diag.Say("write it without quotes")
	case strings.Contains(v, "_"):
		cure = diag.Say("write it without underscores")
	case strings.EqualFold(v, ".inf") || strings.EqualFold(v, ".nan"):
		cure = diag.Say("a finite number is wanted")
	case len(v) > 1 && v[0] == '0' && v[1] >= '0' && v[1] <= '9':
		cure = diag.Say("write it without leading zeros; YAML reads this as an octal number")
	}
	r.fail(n, "wrong-type", cure, diag.Say("%s is not %s", kindOf(n), what))
	return false
}

// date checks that s, written at n, is a day of the calendar.
func (r *reader) date(n *yaml.Node, s string) (string, bool) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		r.fail(n, "wrong-date", diag.Say("write it like 2026-10-15"), diag.Say("%q is not a day", shorten(s)))
		return "", false
	}
	return s, true
}

// inside reads a slash-separated path that stays inside its folder.
func (r *reader) inside(n *yaml.Node) (string, bool) {
	s, ok := r.str(n)
	if !ok {
		return "", false
	}
	if strings.ContainsAny(s, `\:`) || path.IsAbs(s) || s != path.Clean(s) || s == "." || s == ".." || strings.HasPrefix(s, "../") {
		r.fail(n, "outside-path", diag.Say("write it with / and from this folder, like responses/2026.csv"), diag.Say("%q is not a path inside this folder", shorten(s)))
		return "", false
	}
	return s, true
}
