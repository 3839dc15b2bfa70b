package table

import (
	"bytes"
	"maps"
	"slices"
	"unicode/utf8"
)

// A cell value is, until it is stored, an index into the field's codes or
// WideBase plus a Reason; unlisted is neither.
const unlisted = 0xFFFF

// unset marks a code of one byte that is not in the list.
const unset = 0xFF

// narrowCodes is the longest list of codes that is stored in one byte a row.
const narrowCodes = MissingBase

// codes says what each text of a column stands for in one file.
type codes struct {
	one      [256]uint8        // Choice, Tick: Column.Cells of texts of one byte in a narrow list
	near     [nearCodes]near   // some of all, found without hashing
	all      map[string]uint16 // cell values
	texts    map[string]string // recodes of fields without a list
	empty    uint16            // what an empty cell stands for
	integers bool              // all codes are integers: "5.0" is "5"
	wide     bool              // stored in Column.Wide
}

func newCodes(f *Field, recodes map[string]Recode) *codes {
	c := &codes{all: map[string]uint16{}, empty: WideBase + uint16(Skipped)}
	list := f.Codes
	if f.Kind == Tick {
		list = []string{"0", "1"}
		c.empty = WideBase + uint16(NotShown)
		c.all["false"], c.all["true"] = 0, 1
		c.all["FALSE"], c.all["TRUE"] = 0, 1 // as spreadsheets write it
	}
	c.integers = len(list) > 0
	for i, code := range list {
		c.all[code] = uint16(i)
		c.integers = c.integers && isInteger(code)
	}
	for code, reason := range f.Missing {
		c.all[code] = WideBase + uint16(reason)
	}
	if f.Kind == Number {
		c.integers = !slices.ContainsFunc(slices.Collect(maps.Keys(f.Missing)), func(code string) bool { return !isInteger(code) })
	}
	c.wide = len(list) > narrowCodes || f.Kind == Open
	c.recode(f.Kind, recodes)
	c.index(f.Kind)
	return c
}

// nearCodes is how many codes are found without hashing, a power of two.
const nearCodes = 64

// near is a code at the place that its length and ends tell.
type near struct {
	text  string
	value uint16
}

func nearPlace(first, last byte, length int) int {
	return (int(first) + 7*int(last) + 13*length) % nearCodes
}

// recode lets a file's own texts win over those of the definition.
func (c *codes) recode(kind Kind, recodes map[string]Recode) {
	if len(recodes) == 0 {
		return
	}
	values := make(map[string]uint16, len(recodes))
	for text, to := range recodes {
		value, listed := c.all[to.Code]
		switch {
		case to.Missing != Answered:
			value = WideBase + uint16(to.Missing)
		case !listed && (kind == Choice || kind == Tick):
			value = unlisted
		case !listed:
			if c.texts == nil {
				c.texts = map[string]string{}
			}
			c.texts[text] = to.Code
			continue
		}
		values[text] = value
	}
	for text, value := range values {
		if text == "" {
			c.empty = value
			continue
		}
		c.all[text] = value
	}
}

// index fills what finds the commonest texts quickly.
func (c *codes) index(kind Kind) {
	for i := range c.one {
		c.one[i] = unset
		value, listed := c.all[string([]byte{byte(i)})]
		if listed && value != unlisted && !c.wide && kind <= Tick {
			c.one[i] = narrow(value)
		}
	}
	for _, text := range slices.Sorted(maps.Keys(c.all)) {
		if n := len(text); n > 0 {
			c.near[nearPlace(text[0], text[n-1], n)] = near{text, c.all[text]}
		}
	}
}

// narrow turns a cell value into what Column.Cells holds.
func narrow(value uint16) uint8 {
	if value >= WideBase {
		return uint8(value - WideBase + MissingBase)
	}
	return uint8(value)
}

// find returns the cell value of a trimmed text, which may be written in
// full-width digits or, where all codes are integers, with a point and zeros.
func (c *codes) find(text []byte, scratch *[]byte) uint16 {
	if n := len(text); n > 0 {
		if at := &c.near[nearPlace(text[0], text[n-1], n)]; string(text) == at.text {
			return at.value
		}
	}
	if value, ok := c.all[string(text)]; ok {
		return value
	}
	folded := fold(text, scratch)
	if value, ok := c.all[string(folded)]; ok {
		return value
	}
	whole, zeros, ok := bytes.Cut(folded, []byte("."))
	if !c.integers || !ok || len(zeros) == 0 || len(bytes.Trim(zeros, "0")) > 0 {
		return unlisted
	}
	if value, ok := c.all[string(whole)]; ok {
		return value
	}
	return unlisted
}

// fold returns text with full-width digits, signs and points, and the minus
// sign, as ASCII; in scratch where anything changed.
func fold(text []byte, scratch *[]byte) []byte {
	if isASCII(text) {
		return text
	}
	to := (*scratch)[:0]
	for _, r := range string(text) {
		switch {
		case r >= '０' && r <= '９':
			r -= '０' - '0'
		case r == '．':
			r = '.'
		case r == '－' || r == '\u2212':
			r = '-'
		case r == '＋':
			r = '+'
		}
		to = utf8.AppendRune(to, r)
	}
	*scratch = to
	return to
}

func isASCII(text []byte) bool {
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isInteger reports whether a code is an integer without leading zeros.
func isInteger(code string) bool {
	digits := []byte(code)
	if len(digits) > 1 && digits[0] == '-' {
		digits = digits[1:]
	}
	for _, b := range digits {
		if b < '0' || b > '9' {
			return false
		}
	}
	return len(digits) > 0 && (digits[0] != '0' || len(code) == 1)
}

// trim returns text without the spaces around it, no-break spaces included.
func trim(text []byte) []byte {
	n := len(text)
	if n == 0 || isInk(text[0]) && isInk(text[n-1]) {
		return text
	}
	return bytes.TrimSpace(text)
}

func isInk(b byte) bool { return b > ' ' && b < 0x7F }
