package page

import (
	"html/template"
	"regexp"
	"strings"
	"unicode/utf8"
)

// span is a range of numbers as the reports write it: 4.10–4.17, 76–79%, −1.22 – −0.99.
var span = regexp.MustCompile(`[+−]?[0-9][0-9.,]*%?(?:–| – )[+−]?[0-9]+(?:[.,][0-9]+)*%?`)

// counted is a number before its unit or measure word: 153 days, 9 件.
var counted = regexp.MustCompile(`([0-9]) (\p{Han}|(?:days?|hours?)\b)`)

// unbroken keeps ranges of numbers on one line, which browsers break after the
// dash, and numbers with what they count.
func unbroken(escaped string) string {
	return span.ReplaceAllString(counted.ReplaceAllString(escaped, "$1\u00a0$2"), `<span class="nb">$0</span>`)
}

// titled is the escaped title of a figure, its dates and ranges on one line.
func titled(escaped string) string {
	return unbroken(day.ReplaceAllString(escaped, "<time>$0</time>"))
}

// ranged is a text whose ranges, and whose last part where it is short (its base),
// stay on one line.
func ranged(s string) template.HTML {
	at := strings.LastIndex(s, " · ")
	if at < 0 || utf8.RuneCountInString(s[at:]) > 16 {
		return trusted(unbroken(template.HTMLEscapeString(s)))
	}
	last := template.HTMLEscapeString(s[at+len(" · "):])
	return trusted(unbroken(template.HTMLEscapeString(s[:at])) + ` · <span class="nb">` + last + `</span>`)
}
