package chart

import (
	"cmp"
	"strings"
	"unicode"
)

// slack is what estimated text widths are enlarged by: the fonts of the
// readers differ, and a label that leaves its place is worse than a gap.
const slack = 1.08

// boldWider is how much wider bold text is.
const boldWider = 1.08

// latinWidth is the advance of ASCII characters in em, rounded up from common
// sans-serif system fonts (.55 on average).
var latinWidth = func() (width [128]float64) {
	for i := range width {
		c := byte(i)
		switch {
		case strings.IndexByte("ijl.,:;'|!`", c) >= 0:
			width[i] = .32
		case strings.IndexByte(" ftrI()[]{}-/\\\"*", c) >= 0:
			width[i] = .41
		case strings.IndexByte("mwMW@", c) >= 0:
			width[i] = .92
		case c == '%':
			width[i] = .9
		case c >= 'A' && c <= 'Z', strings.IndexByte("+<>=~&#^", c) >= 0:
			width[i] = .7
		default:
			width[i] = .59
		}
	}
	return width
}()

// textWidth estimates the width of s in user units at that font size.
func textWidth(s string, size float64, bold bool) float64 {
	em := 0.0
	for _, r := range s {
		em += runeWidth(r)
	}
	return em * emWidth(size, bold)
}

// runeWidth returns the estimated advance of r in em, without slack.
func runeWidth(r rune) float64 {
	switch {
	case r < 128:
		return latinWidth[r]
	case ideographic(r):
		return 1
	case r >= 0x1F000:
		return 1.3
	case joins(r):
		return 0
	case r >= 0x1100 && r <= 0x11FF, r >= '‘' && r <= '”', r == '※', r == '①':
		return 1
	case unicode.IsUpper(r), r == '\u2212', r == '×', r == '≥', r == '≤', r == '±', r == '→':
		return .84
	}
	return .62
}

// joins reports whether r belongs to the character before it and has no width.
func joins(r rune) bool {
	return r >= 0x300 && !ideographic(r) && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf)
}

// noStart reports whether a line of Chinese text may not begin with r.
func noStart(r rune) bool {
	switch r {
	case '，', '。', '、', '；', '：', '？', '！', '）', '】', '》', '〉', '」', '』', '〕', '”', '’', '…', '—', '·', '％', '℃', ',', '.', ';', ':', '!', '?', ')', ']', '}', '%', '々', 'ー', '～':
		return true
	}
	return false
}

// noEnd reports whether a line of Chinese text may not end with r.
func noEnd(r rune) bool {
	switch r {
	case '（', '【', '《', '〈', '「', '『', '〔', '“', '‘', '(', '[', '{':
		return true
	}
	return false
}

// wrap breaks s into lines of at most width: between CJK characters but not
// before closing punctuation, in a range or between a number and its unit, at spaces, after a hyphen or slash, and as the
// last resort anywhere. It always returns at least one line.
func wrap(s string, width, size float64, bold bool) []string {
	return cut(spaced(s), width/emWidth(size, bold))
}

// spaced returns the characters of s with every run of white space as one space.
func spaced(s string) []rune {
	before := ' '
	for _, r := range s {
		if r == ' ' && before == ' ' || r != ' ' && unicode.IsSpace(r) {
			return []rune(strings.Join(strings.Fields(s), " "))
		}
		before = r
	}
	return []rune(strings.TrimSuffix(s, " "))
}

// emWidth is the estimated width of one em.
func emWidth(size float64, bold bool) float64 {
	if bold {
		return size * slack * boldWider
	}
	return size * slack
}

// cut returns the lines of a text with room for so many em.
func cut(runes []rune, room float64) []string {
	if len(runes) == 0 {
		return []string{""}
	}
	var lines []string
	for len(runes) > 0 {
		n := lineLength(runes, room)
		lines = append(lines, strings.TrimRight(string(runes[:n]), " "))
		runes = skipSpaces(runes[n:])
	}
	return lines
}

// countLines returns the number of lines that cut makes.
func countLines(runes []rune, room float64) int {
	n := 0
	for len(runes) > 0 {
		runes = skipSpaces(runes[lineLength(runes, room):])
		n++
	}
	return max(n, 1)
}

func skipSpaces(runes []rune) []rune {
	for len(runes) > 0 && runes[0] == ' ' {
		runes = runes[1:]
	}
	return runes
}

// lineLength returns how many runes of the text the first line takes.
func lineLength(runes []rune, room float64) int {
	used, last, torn := 0.0, 0, 0
	for i, r := range runes {
		switch {
		case i == 0 || !mayBreak(runes[i-1], r):
		case i > 1 && runes[i-1] == ' ' && unicode.IsDigit(runes[i-2]) && unicode.Is(unicode.Han, r):
			torn = i // 10 人
		default:
			last = i
		}
		if used += runeWidth(r); used > room+1e-9 && r != ' ' && i > 0 {
			return cmp.Or(last, torn, forcedBreak(runes, i))
		}
	}
	return len(runes)
}

// forcedBreak returns where a piece without a place to break is cut: at i or
// before the character that the rune at i belongs to.
func forcedBreak(runes []rune, i int) int {
	for i > 1 && joins(runes[i]) {
		i--
	}
	return i
}

func mayBreak(before, after rune) bool {
	switch {
	case before == ' ':
		return true
	case before == '–' && unicode.Is(unicode.Sc, after): // $50,000–$100,000
		return true
	case before == '-' || before == '/' || before == '–':
		return unicode.IsLetter(after)
	case !ideographic(before) && !ideographic(after):
		return false
	case before == '～' && unicode.IsDigit(after), unicode.IsDigit(before) && unicode.Is(unicode.Han, after): // 11～17 点, 3 次
		return false
	}
	return after != ' ' && !noStart(after) && !noEnd(before)
}

func ideographic(r rune) bool { return r >= 0x2E80 && r < 0x1F000 || r == '—' || r == '…' }

// balance wraps like wrap and then narrows the lines as far as their number
// stays, so that no single character is left alone on the last one.
func balance(s string, width, size float64, bold bool) []string {
	runes := spaced(s)
	room := width / emWidth(size, bold)
	count := countLines(runes, room)
	if count == 1 {
		return cut(runes, room)
	}
	least := longestWord(s, size, bold) / emWidth(size, bold)
	best := room
	for part := .9; part > .4 && room*part > least; part -= .1 {
		if countLines(runes, room*part) > count {
			break
		}
		best = room * part
	}
	return cut(runes, best)
}

// longestWord returns the width of the longest piece that wrap keeps whole.
func longestWord(s string, size float64, bold bool) float64 {
	longest, start, before := 0.0, 0, ' '
	for i, r := range s {
		if i > 0 && mayBreak(before, r) {
			longest = max(longest, textWidth(s[start:i], size, bold))
			start = i
		}
		before = r
	}
	return max(longest, textWidth(s[start:], size, bold))
}

// widest returns the width of the widest line.
func widest(lines []string, size float64, bold bool) float64 {
	width := 0.0
	for _, line := range lines {
		width = max(width, textWidth(line, size, bold))
	}
	return width
}
