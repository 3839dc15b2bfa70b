package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// set is a name as it stands in a sentence: Chinese sets a space between Han and
// Latin or digits, and none between Han.
func (b *builder) set(name string) string {
	if !strings.HasPrefix(b.lang, "zh") || name == "" {
		return name
	}
	latin := func(r rune) bool { return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	first, _ := utf8.DecodeRuneInString(name)
	last, _ := utf8.DecodeLastRuneInString(name)
	if latin(first) {
		name = " " + name
	}
	if latin(last) {
		name += " "
	}
	return name
}
