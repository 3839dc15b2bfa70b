package page

import (
	"html/template"
	"regexp"
	"strings"
	"unicode/utf8"
)

// whole is what a line may not break in: a day, a month or half a year; a standard; a range of
// numbers as the reports write it (4.10–4.17, 76–79%, −1.22 – −0.99, 50～59 号); a
// sign of a sum with what it adds; a number with its unit, its base or the p that it
// is; a group's letter with the last word of its name; a letter with the word it counts (G 区); a word like Wi-Fi.
var whole = regexp.MustCompile(`\b[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\b|\b[01][0-9]-[0-3][0-9]\b|\bGB/T [0-9]+(?:-[0-9]{4})?\b` +
	`|[+−=] (?:\p{Han}{1,6}|[a-z]+(?: [a-z]+){0,3}) [0-9][0-9,]*` +
	`|[+−±$¥€£]?[0-9][0-9.,]*%?(?:[–—～]| – )[+−$¥€£]?[0-9]+(?:[.,][0-9]+)*%?(?: (?:` + unit + `))?` + letter +
	`|\b[0-9]{4} 年(?: [0-9]{1,2} 月(?: [0-9]{1,2} 日)?)?` +
	`|\b[0-9]+ of [0-9]+\b|[+−±]?[0-9][0-9.,]*%? (?:` + unit + `)` + letter +
	`|第 [0-9]+ \p{Han}|\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)|H[12]|Q[1-4]) [0-9]{4}\b` +
	`|(?:有效样本量|基数|\b[Bb]ase) [0-9][0-9,]*(?:[–～][0-9][0-9,]*)?|\b(?:P90|per)[ \x{a0}]?[0-9][0-9.,]*[0-9]|\b[A-Z][a-z]+–[A-Z][a-z]+\b|(?:校正[ \x{a0}]|\badjusted[ \x{a0}])?\bp[ \x{a0}](?:=|&lt;|&gt;|≥|≤)[ \x{a0}][0-9.]*[0-9]|校正后?|未加权|已加权|置信区间|标准差|\p{Han}{1,8} [↓→]` +
	`|(?:[\p{Han}）]{1,2}|[^\s\p{Han}&;]{1,16}) \([a-z]\)` +
	`|\b[A-Z] (?:\([\pL0-9]{1,12}|\p{Han})|\b[A-Za-z]{1,2}-[A-Za-z]{1,12}\b`)

const (
	unit   = `个百分点|个工作日|个月|百分点|分钟|小时|[万亿](?:美元|元)|置信区间|水平|\p{Han}|(?:[ap]m|responses?|answers?|complaints?|units?|people|points?|times?|minutes?|hours?|days?|weeks?|months?|years?)\b`
	letter = `(?: \([a-z]\))?`
)

// unbroken keeps together what belongs together: browsers break lines after a
// hyphen, a dash or a blank, and between any two Chinese characters. A separator
// stays on the line of what is before it.
func unbroken(escaped string) string {
	kept := whole.ReplaceAllStringFunc(escaped, func(s string) string {
		if len(s) > 4 && s[4] == '-' && s[0] <= '9' {
			return "<time>" + s + "</time>"
		}
		return `<span class="nb">` + s + `</span>`
	})
	return strings.ReplaceAll(strings.ReplaceAll(kept, " · ", dot), " – ", "\u00a0– ")
}

// itsUnit is the unit of an emphasised number before it.
var itsUnit = regexp.MustCompile(`^ (?:` + unit + `)`)

// dot is a separator that begins no line.
const dot = "\u00a0· "

// folders is a name of a file, which breaks where a folder or a word of it ends.
var folders = regexp.MustCompile(`^[^\s/]+(?:/[^\s/]+)+$`)

var folderBreaks = strings.NewReplacer("/", "/<wbr>", ".", "<wbr>.", "_", "_<wbr>", "-", "-<wbr>")

// kept is a heading, a name or a caption.
func kept(s string) template.HTML {
	escaped := template.HTMLEscapeString(s)
	if folders.MatchString(s) {
		return trusted(folderBreaks.Replace(escaped))
	}
	return trusted(unbroken(escaped))
}

// mostValue is the width, in letters, up to which a value of a table is one piece.
const mostValue = 12

// mostWords is the width up to which two words are one piece, such as "not shown".
const mostWords = 9

// value is the text of a cell: a number with what belongs to it stays on one line.
func value(s string) template.HTML {
	escaped := template.HTMLEscapeString(s)
	if shortName.MatchString(s) {
		return trusted(`<span class="nb">` + escaped + `</span>`)
	}
	if escaped == s && letters(s) <= mostWords && strings.Count(s, " ") == 1 {
		return trusted(`<span class="nb">` + escaped + `</span>`)
	}
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

// groupLetters are the letters of groups beside a mean.
var groupLetters = regexp.MustCompile(`^[a-z]°?(?: [a-z]°?)*$`)

// manner is the class of what is small in a cell: a sentence, letters that stay
// beside their figure, or neither.
func manner(s string) string {
	switch {
	case wordy(s):
		return "words"
	case groupLetters.MatchString(s):
		return "letters"
	}
	return ""
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
	if shortName.MatchString(s) {
		return trusted(`<span class="nb">` + s + `</span>`)
	}
	at := strings.LastIndex(s, " · ")
	if at < 0 || utf8.RuneCountInString(s[at:]) > 16 {
		return trusted(unbroken(template.HTMLEscapeString(s)))
	}
	last := template.HTMLEscapeString(s[at+len(" · "):])
	return trusted(unbroken(template.HTMLEscapeString(s[:at])) + dot + `<span class="nb">` + last + `</span>`)
}
