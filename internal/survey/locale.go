package survey

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Locale is the wording of pages and reports in one language.
type Locale struct {
	tag  string
	says map[string]string // by dotted key
}

// LoadLocale reads locales/<tag>.yaml: nested keys, of which the innermost
// hold texts. A nested key counts as its path, joined with dots.
func LoadLocale(fsys fs.FS, tag string) (*Locale, error) {
	var problems diag.List
	name := "locales/" + tag + ".yaml"
	if !languageTag.MatchString(tag) {
		return nil, fmt.Errorf("locale %q is not a language tag", tag)
	}
	file := load(fsys, name, &problems)
	if file == nil {
		p := problems.Problems()[0]
		return nil, fmt.Errorf("load locale %q: %v: %s", tag, p.Place, p.Summary)
	}
	l := &Locale{tag: tag, says: map[string]string{}}
	if err := l.flatten(file.root, ""); err != nil {
		return nil, fmt.Errorf("load locale %q: %s:%w", tag, name, err)
	}
	return l, nil
}

func (l *Locale) flatten(n *yaml.Node, prefix string) error {
	switch n.Kind {
	case yaml.MappingNode:
		for c := range slices.Chunk(n.Content, 2) {
			if c[0].Kind != yaml.ScalarNode || c[0].Value == "" {
				return fmt.Errorf("%d: a key must be a word", c[0].Line)
			}
			key := c[0].Value
			if prefix != "" {
				key = prefix + "." + key
			}
			if err := l.flatten(c[1], key); err != nil {
				return err
			}
		}
		return nil
	case yaml.ScalarNode:
		if _, twice := l.says[prefix]; twice || prefix == "" {
			return fmt.Errorf("%d: key %q is given twice or has no name", n.Line, prefix)
		}
		if isNull(n) {
			return fmt.Errorf("%d: key %q has no text", n.Line, prefix)
		}
		l.says[prefix] = n.Value
		return nil
	}
	return fmt.Errorf("%d: a text is wanted, not a list", n.Line)
}

// Say returns the text of key with each {name} replaced by its value; pairs
// are name, value, name, value … Where the value of "n" is the int 1 and the
// key has a variant ".one", that is said. An unknown key gives ⟨key⟩, so that a
// page shows what is missing.
func (l *Locale) Say(key string, pairs ...any) string {
	text, ok := l.says[key]
	replace := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		name := fmt.Sprint(pairs[i])
		if one, has := l.says[key+".one"]; has && name == "n" && pairs[i+1] == any(1) {
			text, ok = one, true
		}
		replace = append(replace, "{"+name+"}", fmt.Sprint(pairs[i+1]))
	}
	if !ok {
		return "⟨" + key + "⟩"
	}
	return strings.NewReplacer(replace...).Replace(text)
}

// Tag returns the language tag.
func (l *Locale) Tag() string { return l.tag }

// Keys returns every key, sorted.
func (l *Locale) Keys() []string { return sorted(l.says) }

// Has reports whether the locale has a text for key.
func (l *Locale) Has(key string) bool {
	_, ok := l.says[key]
	return ok
}

var placeholder = regexp.MustCompile(`\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// Placeholders returns the names in braces in the text of key, sorted, each once.
func (l *Locale) Placeholders(key string) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(l.says[key], -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}
