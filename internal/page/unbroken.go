package page

import (
	"html/template"
	"regexp"
	"strings"
	"unicode/utf8"
)

// span is a range of numbers as the reports write it: 4.10–4.17, 76–79%, −1.22 – −0.99.
var span = regexp.MustCompile(`[+−]?[0-9][0-9.,]*%?(?:–| – )[+−]?[0-9]+(?:[.,][0-9]+)*%?`)

// unbroken keeps ranges of numbers on one line: browsers break them after the dash.
func unbroken(escaped string) string {
	return span.ReplaceAllString(escaped, `<span class="nb">$0</span>`)
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
