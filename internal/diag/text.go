package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shownWidth is how many characters of a source line are printed; longer lines are cut around the place.
const shownWidth = 120

// WriteText prints the problems for people, in the given language: place,
// severity and summary on one line that grep finds, then the source line with
// a caret, then the cure. It ends with one line of counts and prints nothing
// for an empty list.
func (l *List) WriteText(w io.Writer, lang string) error {
	out := bufio.NewWriter(w)
	problems := l.Problems()
	kept := map[kind][]Problem{}
	for _, p := range problems {
		kept[kindOf(p)] = append(kept[kindOf(p)], p)
	}
	written := map[kind]int{}
	for _, p := range problems {
		k := kindOf(p)
		written[k]++
		switch more := l.more[k]; {
		case p.Severity != Error && p.Rule != (Place{}) && p.Source == "": // the cells of a column that break its rule: once
			if written[k] == 1 {
				writeProblem(out, p, lang)
				writeLines(out, kept[k][1:], more, lang)
			}
		default:
			writeProblem(out, p, lang)
			if more > 0 && written[k] == len(kept[k]) {
				fmt.Fprintf(out, "%s: %s\n", p.Place.File, Say("… and %d more of this kind", more).In(lang))
			}
		}
	}
	if counts := l.counts(problems, lang); counts != "" {
		fmt.Fprintln(out, counts)
	}
	return out.Flush()
}

// writeLines names the other lines of a file where a rule is broken, and how many more there are.
func writeLines(out *bufio.Writer, same []Problem, more int, lang string) {
	if len(same) == 0 {
		return
	}
	var lines []string
	for _, p := range same {
		lines = append(lines, fmt.Sprint(p.Place.Line))
	}
	told := Say("the same in lines %s", lines)
	switch {
	case more > 0:
		told = Say("the same in lines %s and %d more", lines, more)
	case len(lines) == 1:
		told = Say("the same in line %s", lines)
	}
	fmt.Fprintf(out, "  %s\n", told.In(lang))
}

func writeProblem(out *bufio.Writer, p Problem, lang string) {
	fmt.Fprintf(out, "%s: %s: %s\n", p.Place, p.Severity.Phrase().In(lang), Clean(p.Summary.In(lang)))
	if p.Source != "" && p.Place.Line > 0 {
		writeSource(out, p)
	}
	for line := range strings.Lines(p.Cure.In(lang)) {
		fmt.Fprintf(out, "  %s\n", Clean(strings.TrimRight(line, "\n")))
	}
	if p.Rule != (Place{}) {
		fmt.Fprintf(out, "  %s\n", Say("rule at %s", p.Rule).In(lang))
	}
	for _, o := range p.Others {
		fmt.Fprintf(out, "  %s: %s\n", o.Place, Clean(o.Says.In(lang)))
	}
}

func writeSource(out *bufio.Writer, p Problem) {
	line := []rune(strings.TrimRight(Clean(p.Source), "\r\n "))
	column, length := p.Place.Column, max(p.Place.Length, 1)
	prefix, suffix := "", ""
	if len(line) > shownWidth {
		from := max(0, min(column-1-shownWidth/3, len(line)-shownWidth))
		if from > 0 {
			prefix = "…"
		}
		if from+shownWidth < len(line) {
			suffix = "…"
		}
		line = line[from : from+shownWidth]
		column -= from
	}
	number := fmt.Sprint(p.Place.Line)
	fmt.Fprintf(out, "  %s | %s%s%s\n", number, prefix, string(line), suffix)
	if p.Place.Column == 0 {
		return
	}
	pad, carets := strings.Repeat(" ", len([]rune(prefix))), ""
	for i := range min(column-1, len(line)) {
		pad += blank(line[i])
	}
	for i := column - 1; i < column-1+length && i < len(line); i++ {
		carets += strings.Repeat("^", cells(line[i]))
	}
	if carets == "" {
		carets = "^"
	}
	fmt.Fprintf(out, "  %s | %s%s\n", strings.Repeat(" ", len(number)), pad, carets)
}

// blank returns white space as wide as r, a tab for a tab.
func blank(r rune) string {
	if r == '\t' {
		return "\t"
	}
	return strings.Repeat(" ", cells(r))
}

// cells is how many terminal cells r takes: two for East Asian wide characters, none for marks.
func cells(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	if unicode.Is(wide, r) {
		return 2
	}
	return 1
}

// wide are the blocks whose characters are East Asian wide or full-width (UAX 11), in outline.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115F, 1},
		{0x2E80, 0x303E, 1},
		{0x3041, 0xA4CF, 1},
		{0xA960, 0xA97C, 1},
		{0xAC00, 0xD7A3, 1},
		{0xF900, 0xFAFF, 1},
		{0xFE30, 0xFE6F, 1},
		{0xFF01, 0xFF60, 1},
		{0xFFE0, 0xFFE6, 1},
	},
	R32: []unicode.Range32{{0x1F300, 0x1FAFF, 1}, {0x20000, 0x3FFFD, 1}},
}

// Clean replaces what would steer a terminal or turn the reading direction.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\u200d' || !unicode.In(r, unicode.Cc, unicode.Cf) {
			return r
		}
		return utf8.RuneError
	}, s)
}

func (l *List) counts(problems []Problem, lang string) string {
	var n [3]int
	for _, p := range problems {
		n[p.Severity]++
	}
	for k, more := range l.more {
		n[k.severity] += more
	}
	one := [3]Phrase{Say("1 error"), Say("1 warning"), Say("1 note")}
	many := [3]Phrase{Say("%d errors", n[0]), Say("%d warnings", n[1]), Say("%d notes", n[2])}
	var parts []string
	for s, count := range n {
		switch {
		case count == 1:
			parts = append(parts, one[s].In(lang))
		case count > 1:
			parts = append(parts, many[s].In(lang))
		}
	}
	return strings.Join(parts, Say(", ").In(lang))
}

// Nearest returns the word of among that word was probably meant to be: the
// one with the fewest insertions, deletions, replacements and swaps of
// neighbours, case ignored, if they are at most a third of its length; "" if
// none is that near. The first of equals wins.
func Nearest(word string, among []string) string {
	got := []rune(strings.ToLower(word))
	if len(got) > 64 {
		return ""
	}
	best, nearest := max(1, len(got)/3)+1, ""
	for _, candidate := range among {
		want := []rune(strings.ToLower(candidate))
		if len(want)-len(got) >= best || len(got)-len(want) >= best || candidate == word {
			continue
		}
		if d := distance(got, want); d < best && d < len(want) {
			best, nearest = d, candidate
		}
	}
	return nearest
}

// distance is the optimal string alignment distance.
func distance(a, b []rune) int {
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}
