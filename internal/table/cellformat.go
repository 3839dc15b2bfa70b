package table

import (
	"regexp"
	"strings"
)

const (
	isoDay  = "yyyy-mm-dd"
	isoTime = "hh:mm:ss"
	isoBoth = isoDay + " " + isoTime
)

var (
	padded = regexp.MustCompile(`^0{2,}$`)
	// unmeant is what a format holds beside its signs: texts, colours and locales.
	unmeant = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]hHmMsS][^\]]*\]|_.|\*.`)
)

// builtInCode returns a code of the same kind as a format that a workbook
// names by number only (ECMA-376 part 1, 18.8.30).
func builtInCode(id int) string {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return isoDay
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return isoTime
	case id == 22:
		return isoBoth
	}
	return ""
}

// dateForm returns the ISO form of a format of dates, "" for other formats.
func dateForm(code string) string {
	code, _, _ = strings.Cut(code, ";")
	code = strings.ToLower(unmeant.ReplaceAllString(code, ""))
	if strings.Contains(code, "general") || strings.ContainsAny(code, "0#?@") && !strings.ContainsAny(code, "yhs") {
		return ""
	}
	day := strings.ContainsAny(code, "ydeg")
	clock := strings.ContainsAny(code, "hs")
	switch {
	case day && clock:
		return isoBoth
	case clock:
		return isoTime
	case day || strings.Contains(code, "m"):
		return isoDay
	}
	return ""
}
