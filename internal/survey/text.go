package survey

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?$`)

// commonTags are offered where a tag is misspelt.
var commonTags = []string{"zh-CN", "zh-TW", "zh-HK", "zh", "en", "en-US", "en-GB", "de", "fr", "es", "ja", "ko", "pt-BR", "ru", "ar"}

// language reads one language tag.
func language(r *reader, n *yaml.Node) (string, bool) {
	s, ok := r.str(n)
	if ok && !languageTag.MatchString(s) {
		cure := didYouMean(s, commonTags)
		if dashed := strings.ReplaceAll(s, "_", "-"); slices.Contains(commonTags, dashed) {
			cure = diag.Say("did you mean %q?", dashed)
		}
		r.fail(n, "wrong-language", cure, diag.Say("%q is not a language tag", shorten(s)))
		return "", false
	}
	return s, ok
}

// readLanguages reads the languages of the file before anything else, because texts are judged by them.
func (r *reader) readLanguages() {
	if r.root.Kind != yaml.MappingNode {
		return
	}
	for c := range slices.Chunk(r.root.Content, 2) {
		if c[0].Value != "languages" || c[1].Kind != yaml.SequenceNode {
			continue
		}
		for _, n := range c[1].Content {
			if languageTag.MatchString(n.Value) && !slices.Contains(r.languages, n.Value) {
				r.languages = append(r.languages, n.Value)
			}
		}
		return
	}
}

// languageList is the value of the key languages.
func languageList[T any](at func(*T) *[]string) value[T] {
	list := items(at, shape{kind: "language"}, language)
	return value[T]{list.shape, func(r *reader, n *yaml.Node, into *T) {
		list.read(r, n, into)
		for i, e := range n.Content {
			if j := slices.IndexFunc(n.Content[:i], func(o *yaml.Node) bool { return strings.EqualFold(o.Value, e.Value) }); j >= 0 {
				r.twice(e, r.place(n.Content[j]), "duplicate-language", diag.Say("delete one"), diag.Say("language %q is listed twice", e.Value))
			}
		}
	}}
}

// text reads a text: a plain string, good for every language, or one string for each language of the file.
func (r *reader) text(n *yaml.Node) Text {
	switch n.Kind {
	case yaml.ScalarNode:
		return r.plainText(n)
	case yaml.MappingNode:
		return r.textMap(n)
	}
	r.fail(n, "wrong-type", diag.Say("write the text, or one line for each language"), diag.Say("a text is wanted here, not %s", kindOf(n)))
	return nil
}

func (r *reader) plainText(n *yaml.Node) Text {
	if isNull(n) || strings.TrimSpace(n.Value) == "" {
		r.fail(n, "empty-text", diag.Say("write the text or delete the key"), diag.Say("the text is empty"))
		return nil
	}
	for _, l := range r.languages {
		if strings.HasPrefix(n.Value, l+"：") {
			r.fail(n, "full-width-colon", diag.Say("write %s: with the colon : and a space", l), diag.Say("the colon after %q is a full-width ：, so this is one text and not a key", l))
			return nil
		}
	}
	r.visible(n)
	r.piping(n)
	return Text{"": n.Value}
}

func (r *reader) textMap(n *yaml.Node) Text {
	t := Text{}
	bad := false
	for p := range pairs(r, n) {
		lang := p.key.Value
		switch {
		case !slices.Contains(r.languages, lang):
			bad = true
			r.fail(p.key, "unknown-language", r.keyCure(n, p, r.languages), diag.Say("language %q is not among the languages of this file", shorten(lang)))
		case p.value.Kind != yaml.ScalarNode:
			bad = true
			r.fail(p.value, "wrong-type", diag.Say("write the text on the line of its language"), diag.Say("a text is wanted here, not %s", kindOf(p.value)))
		case isNull(p.value) || strings.TrimSpace(p.value.Value) == "":
			bad = true
			r.fail(p.key, "empty-text", diag.Say("write the text"), diag.Say("the text in %q is empty", lang))
		default:
			r.visible(p.value)
			r.piping(p.value)
			t[lang] = p.value.Value
		}
	}
	for _, l := range r.languages {
		if _, ok := t[l]; !ok && !bad {
			r.fail(n, "missing-language", diag.Say("add a line for %s", l), diag.Say("the text has no %q", l))
		}
	}
	return t
}

// maxMarks is how many accents a letter may bear.
const maxMarks = 4

// visible warns of characters that are not seen, turn the direction of reading or pile up.
func (r *reader) visible(n *yaml.Node) {
	marks := 0
	for i, c := range n.Value {
		what := diag.Phrase{}
		switch {
		case unicode.In(c, unicode.Cf) && c != '\u200c' && c != '\u200d' && c != '\u00ad':
			what = diag.Say("the invisible character %s", fmt.Sprintf("%U", c))
		case unicode.In(c, unicode.Mn, unicode.Me):
			if marks++; marks == maxMarks+1 {
				what = diag.Say("more than %d accents on one letter", maxMarks)
			}
		default:
			marks = 0
		}
		if !what.Empty() {
			at := r.offsets(n).place(i, i+utf8.RuneLen(c))
			r.report(diag.Problem{Severity: diag.Warning, Code: "invisible-character", Place: at, Summary: diag.Say("the text has %s", what), Cure: diag.Say("delete it")})
			return
		}
	}
}

var (
	pipe     = regexp.MustCompile(`\{\{(.*?)\}\}`)
	pipeName = regexp.MustCompile(`^\s*([^\s|]+)\s*(\|\s*(.*\S)\s*)?$`)
)

// piping checks the {{ id | fallback }} of a text.
func (r *reader) piping(n *yaml.Node) {
	if r.def == nil || !strings.Contains(n.Value, "{{") {
		return
	}
	at := r.offsets(n)
	for _, m := range pipe.FindAllStringSubmatchIndex(n.Value, -1) {
		inner := n.Value[m[2]:m[3]]
		place := at.place(m[0], m[1])
		parts := pipeName.FindStringSubmatch(inner)
		if parts == nil || parts[2] == "" {
			r.report(diag.Problem{
				Code: "piping", Place: place, Summary: diag.Say("%q has no fallback", shorten(n.Value[m[0]:m[1]])),
				Cure: diag.Say("write {{ id | what to say without an answer }}"),
			})
			continue
		}
		r.def.check(func() {
			if !r.def.known(parts[1]) {
				r.report(diag.Problem{
					Code: "unknown-name", Place: place, Summary: diag.Say("piping of unknown question %q", parts[1]),
					Cure: didYouMean(parts[1], r.def.names()),
				})
			}
		})
	}
}
