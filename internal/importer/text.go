package importer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold makes texts comparable that mean the same to a reader: full-width and
// half-width forms (NFKC), upper and lower case, and any run of blanks are one.
func fold(s string) string {
	if plainASCII(s) {
		return strings.ToLower(strings.TrimSpace(s))
	}
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ")
}

func plainASCII(s string) bool {
	blank := true
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 || c < ' ' || c == ' ' && blank {
			return false
		}
		blank = c == ' '
	}
	return true
}

// loose is fold without punctuation, numbering and what forms print around a
// title: (required), [单选题], *.
func loose(s string) string {
	s = fold(strip(s))
	var b strings.Builder
	for _, c := range s {
		if unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.IsMark(c) {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// strip takes from a title what a form prints around it.
func strip(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	if _, rest, ok := numbered(s); ok && rest != "" {
		s = rest
	}
	s = strings.TrimRight(s, " *＊")
	for _, open := range []string{"[", "【", "(", "（"} {
		i := strings.LastIndex(s, open)
		if i <= 0 {
			continue
		}
		inside := strings.TrimRight(s[i+len(open):], "]】)） ")
		switch fold(inside) {
		case "单选题", "多选题", "填空题", "矩阵题", "量表题", "排序题", "单选", "多选", "必填", "必答", "选填", "required", "optional", "select all that apply", "可多选":
			s = strings.TrimRight(s[:i], " *＊")
		}
	}
	return strings.TrimSpace(s)
}

// numbered cuts the number from the front of a title: 3、… 第3题… Q3. … 3. …
func numbered(s string) (number, rest string, ok bool) {
	t := strings.TrimPrefix(strings.TrimPrefix(s, "第"), "Q")
	i := 0
	for i < len(t) && t[i] >= '0' && t[i] <= '9' {
		i++
	}
	if i == 0 || i > 3 {
		return "", s, false
	}
	number, rest = t[:i], strings.TrimPrefix(t[i:], "题")
	cut := false
	for _, mark := range []string{"、", ".", "．", ":", "：", ")", "）"} {
		if after, found := strings.CutPrefix(rest, mark); found {
			rest, cut = after, true
			break
		}
	}
	if !cut && !strings.HasPrefix(s, "第") || len(rest) > 0 && rest[0] >= '0' && rest[0] <= '9' && rest[0] != ' ' {
		return "", s, false
	}
	return number, strings.TrimSpace(rest), true
}

// clean is the text of a cell: blanks around it, of any width, and the mark
// that keeps a spreadsheet from computing it are no part of it.
func clean(s string) string {
	s = strings.TrimFunc(s, func(c rune) bool { return unicode.IsSpace(c) || c == '\ufeff' || c == '\u200b' })
	return unguard(s)
}

// computed are the characters with which a spreadsheet begins to compute.
const computed = "=+-@\t\r|%＝＋－＠"

// unguard takes off the one apostrophe that an export puts before a text that a
// spreadsheet would compute; a text that had one itself was given a second.
func unguard(s string) string {
	if len(s) < 2 || s[0] != '\'' {
		return s
	}
	rest := strings.TrimLeft(s, "'")
	if rest == "" || !strings.ContainsRune(computed, []rune(rest)[0]) {
		return s
	}
	return s[1:]
}
