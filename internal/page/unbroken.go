package page

import (
	"html/template"
	"regexp"
	"strings"
	"unicode/utf8"
)

// whole is what a line may not break in: a day or a month, a range of numbers as
// the reports write it (4.10–4.17, 76–79%, −1.22 – −0.99), a number with its unit.
var whole = regexp.MustCompile(`\b[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\b` +
	`|[+−]?[0-9][0-9.,]*%?(?:–| – )[+−]?[0-9]+(?:[.,][0-9]+)*%?` +
	`|[+−]?[0-9][0-9.,]* (?:\p{Han}|(?:points?|minutes?|hours?|days?|weeks?|months?|years?)\b)`)

// unbroken keeps days, ranges and numbers with their units on one line: browsers
// break them after a hyphen, a dash or a blank.
func unbroken(escaped string) string {
	return whole.ReplaceAllStringFunc(escaped, func(s string) string {
		if len(s) > 4 && s[4] == '-' {
			return "<time>" + s + "</time>"
		}
		return `<span class="nb">` + s + `</span>`
	})
}

// mostValue is the width, in letters, up to which a value of a table is one piece.
const mostValue = 12

// value is the text of a cell: a number with what belongs to it stays on one line.
func value(s string) template.HTML {
	escaped := template.HTMLEscapeString(s)
	if letters(s) <= mostValue && strings.ContainsAny(s, "0123456789") && strings.ContainsAny(s, " -–") {
		return trusted(`<span class="nb">` + escaped + `</span>`)
	}
	if kept := unbroken(escaped); kept != escaped {
		return trusted("<span>" + kept + "</span>") // one piece: a cell of a card is a flex box
	}
	return trusted(escaped)
}

// mostMark is the width, in letters, up to which what is small in a cell is one line.
const mostMark = 28

// wordy reports whether what is small in a cell is a sentence rather than a figure's doubt.
func wordy(s string) bool {
	return letters(s) > mostMark
}

// letters is the width of a text: a Chinese character takes two.
func letters(s string) int {
	wide := 0
	for _, r := range s {
		wide++
		if r >= 0x2E80 {
			wide++
		}
	}
	return wide
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
