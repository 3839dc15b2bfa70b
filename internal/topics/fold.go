package topics

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold is the form in which texts and words are compared.
func fold(s string) string {
	s = norm.NFKC.String(strings.ToValidUTF8(s, "\uFFFD"))
	s = norm.NFKC.String(cases.Fold().String(s))
	var b strings.Builder
	b.Grow(len(s))
	blank := true // none at the start
	for _, r := range s {
		switch {
		case invisible(r):
		case unicode.IsSpace(r) || unicode.IsControl(r):
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
		default:
			if r == '’' || r == '‘' {
				r = '\''
			}
			b.WriteRune(r)
			blank = false
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

// invisible reports whether a character has no width and no meaning of its own:
// joiners, marks of direction, soft hyphens, variants of emoji.
func invisible(r rune) bool {
	return r == 0xAD || r >= 0xFE00 && r <= 0xFE0F || r >= 0x80 && unicode.Is(unicode.Cf, r)
}

// bare is a folded text without the signs around it: "无。" is "无".
func bare(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.IsSymbol(r) })
}

// unbroken are the scripts that are written without blanks between words.
var unbroken = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
}

// joined reports whether a character is part of a word of a script written with
// blanks: its neighbours of the same kind belong to the same word.
func joined(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && !unicode.In(r, unbroken...) && r != 'ー'
}
