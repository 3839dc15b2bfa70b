package page

import (
	"html/template"
	"regexp"
	"slices"
	"strings"

	"manyi/internal/report"
)

// shortName is a Chinese word that a narrow column would tear.
var shortName = regexp.MustCompile(`^\p{Han}{2,6}$`)

// shortHead is the heading of a column whose name is such a word: with a group's
// letter or something in brackets, which may stand on a line of its own.
var shortHead = regexp.MustCompile(`^(\p{Han}{2,6})(?:( )(\([a-z]\))|(（[^（）]{1,10}）))$`)

// longName is a longer Chinese name with a group's letter, which goes with the last word.
var longName = regexp.MustCompile(`^(\p{Han}{4,})(\p{Han}{3} \([a-z]\))$`)

// heading is the head of a column.
func heading(s string) template.HTML {
	nb := func(t string) string {
		if t == "" {
			return ""
		}
		return `<span class="nb">` + template.HTMLEscapeString(t) + `</span>`
	}
	if shortName.MatchString(s) {
		return trusted(nb(s))
	}
	if m := shortHead.FindStringSubmatch(s); m != nil {
		if m[4] != "" {
			return trusted(nb(m[1]) + "<wbr>" + nb(m[4]))
		}
		return trusted(nb(m[1]) + m[2] + nb(m[3]))
	}
	if m := longName.FindStringSubmatch(s); m != nil {
		return trusted(template.HTMLEscapeString(m[1]) + nb(m[2]))
	}
	if low, high, found := strings.Cut(s, "–$"); found { // a head is narrow: money breaks after the dash
		return kept(low+"–") + kept("$"+high)
	}
	return kept(s)
}

// briefs are the columns whose texts are as short as values, and stand as values do
// where a row is a card.
func briefs(t *report.Table) []bool {
	most := 0
	for _, r := range t.Rows {
		most = max(most, len(r.Cells))
	}
	out := make([]bool, most)
	for i := range out {
		head := letters(column(t, i))
		out[i] = !slices.ContainsFunc(t.Rows, func(r report.Row) bool {
			return i < len(r.Cells) && (len(r.Cells[i].Lines) > 0 || head+letters(r.Cells[i].Text) > mostBrief || letters(r.Cells[i].Mark) > mostBelow)
		})
	}
	return out
}

// mostBrief is the width, in letters, of such a text with its heading, mostBelow that
// of what stands below it.
const mostBrief, mostBelow = 44, 48

// counted is a number with the words that it counts, or a change that is one statement.
var counted = regexp.MustCompile(`no clear change|(?:\p{Han}{1,3} )?<span class="nb">[0-9,]+ 项</span>\p{Han}{0,2}|[0-9](?:[0-9.,]*[0-9])?%? [A-Za-z]+|\([A-Za-z]+ (?:<span class="nb">)?[0-9]+(?:–[0-9]+)?(?:</span>)?\)|（(?:<span class="nb">)?[0-9]+(?:–[0-9]+)?(?: 分)?(?:</span>)?）`)

// carded is a line of a card: numbers stay with what they count, and each part
// begins a line without the dot before it.
func carded(s string) template.HTML {
	parts := strings.Split(s, " · ")
	for i, part := range parts {
		parts[i] = counted.ReplaceAllString(unbroken(template.HTMLEscapeString(part)), `<span class="nb">$0</span>`)
	}
	if len(parts) == 1 {
		return trusted(parts[0])
	}
	return trusted(`<span class="parts"><span>` + strings.Join(parts, `</span> <span><i>·</i> `) + `</span></span>`)
}
