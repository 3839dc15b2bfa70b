package importer

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// plainText hides what a terminal would obey.
func plainText(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == '\u2028' || c == '\u2029' {
			return '�'
		}
		return c
	}, s)
}

// cells is how wide a text is on a terminal.
func cells(s string) int {
	n := 0
	for _, c := range s {
		n += cellsOf(c)
	}
	return n
}

func cellsOf(c rune) int {
	switch width.LookupRune(c).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	if unicode.Is(unicode.Mn, c) {
		return 0
	}
	return 1
}

// middle cuts a long text in its middle: titles of one question differ at their ends.
func middle(s string, to int) string {
	if cells(s) <= to {
		return s
	}
	runes := []rune(s)
	head, tail := 0, len(runes)
	for n := 1; n < to; { // the sign of what is left out takes one
		tail--
		n += cellsOf(runes[tail])
		if n < to && head < tail && cells(string(runes[:head])) < to*2/5 {
			n += cellsOf(runes[head])
			head++
		}
	}
	return string(runes[:head]) + "…" + string(runes[min(tail+1, len(runes)):])
}

// fit cuts or pads a text to a width, in cells.
func fit(s string, to int) string {
	if cells(s) > to {
		n := 0
		for i, c := range s {
			if n += cellsOf(c); n > to-1 {
				s = s[:i] + "…"
				break
			}
		}
	}
	return s + strings.Repeat(" ", max(0, to-cells(s)))
}
