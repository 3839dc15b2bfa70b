package page

import (
	"html/template"
	"regexp"
)

// span is a range of numbers as the reports write it: 4.10–4.17, 76–79%, −1.22 – −0.99.
var span = regexp.MustCompile(`[+−]?[0-9][0-9.,]*%?(?:–| – )[+−]?[0-9]+(?:[.,][0-9]+)*%?`)

// unbroken keeps ranges of numbers on one line: browsers break them after the dash.
func unbroken(escaped string) string {
	return span.ReplaceAllString(escaped, `<span class="nb">$0</span>`)
}

// ranged is a text whose ranges stay on one line.
func ranged(s string) template.HTML { return trusted(unbroken(template.HTMLEscapeString(s))) }
