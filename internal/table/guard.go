package table

import (
	"strings"
	"unicode/utf8"
)

// GuardColumn is the header of an empty column that says: in this CSV file a
// text that a spreadsheet would run as a formula has an apostrophe before it.
// Files without that column are read as they stand.
const GuardColumn = "_guard"

// guardMark is what Guard puts before a text.
const guardMark = '\''

// Guard returns the text as it is safe in a cell of a spreadsheet: one that
// begins, after any apostrophes, with a sign that begins a formula gets an
// apostrophe more. Reading takes exactly that one away.
func Guard(text string) string {
	if risky(text) {
		return string(guardMark) + text
	}
	return text
}

// risky reports whether the first sign of a text after any apostrophes begins
// a formula, as it is, in full width or encoded for an address.
func risky(text string) bool {
	text = strings.TrimLeft(text, string(guardMark))
	first, _ := utf8.DecodeRuneInString(text)
	switch first {
	case '=', '+', '-', '@', '\t', '\r', '\n', '|', '＝', '＋', '－', '＠', '\u2212':
		return true
	}
	return strings.HasPrefix(text, "%0A") || strings.HasPrefix(text, "%0D") || strings.HasPrefix(text, "%09") || strings.HasPrefix(text, `"=`)
}

// unguard takes the apostrophe of Guard from every cell of a record.
func unguard(rec *record) {
	for i := range rec.cells {
		c := &rec.cells[i]
		if c.to-c.from < 2 || rec.raw[c.from] != guardMark {
			continue
		}
		if risky(string(rec.text(*c))) {
			c.from++
		}
	}
}
