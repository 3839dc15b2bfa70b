// Package diag holds problems in the user's files: what is wrong, where, which
// rule it breaks and what cures it. It does not know what the files mean.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity orders problems: errors stop a build, warnings and notes do not.
type Severity uint8

// The severities, gravest first.
const (
	Error Severity = iota
	Warning
	Note
)

func (s Severity) String() string { return s.Phrase().String() }

// Phrase is the word for s.
func (s Severity) Phrase() Phrase {
	return [...]Phrase{Say("error"), Say("warning"), Say("note")}[s]
}

// Place is a range in a file. Line and Column count from 1, Column in
// characters (not bytes); zero means unknown. Length is in characters.
type Place struct {
	File   string // slash-separated, relative to the workspace
	Line   int
	Column int
	Length int
}

func (p Place) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Problem is one fault. Summary is one line in lower case without a full stop;
// Cure says what to do. Code is a stable name of the kind, such as
// "unknown-scale": problems of one kind are counted and capped together.
type Problem struct {
	Severity Severity
	Code     string
	Place    Place
	Summary  Phrase
	Cure     Phrase
	Source   string    // the line of the file at Place, "" where there is none to show
	Rule     Place     // the definition that the value breaks, zero where it is the place itself
	Others   []Related // further places that are part of the fault, such as the first of two
}

// Related is a further place of a problem and what stands there.
type Related struct {
	Place Place
	Says  Phrase
}

// List collects the problems of a run. The zero List is empty and ready.
type List struct {
	problems []Problem
	count    map[kind]int
	more     map[kind]int // problems beyond the cap
}

// kind is what problems have in common that are counted and capped together.
type kind struct {
	severity Severity
	code     string
	rule     Place
	file     string
}

func kindOf(p Problem) kind { return kind{p.Severity, p.Code, p.Rule, p.Place.File} }

// Of one kind (severity, code, broken rule and file) so many problems are kept; the rest is
// counted. Errors are to be cured one by one; warnings of thousands of cells are not.
const (
	errorsPerKind = 20
	othersPerKind = 5
)

// Add records a problem.
func (l *List) Add(p Problem) {
	if l.count == nil {
		l.count, l.more = map[kind]int{}, map[kind]int{}
	}
	key := kindOf(p)
	l.count[key]++
	if limit := map[bool]int{true: errorsPerKind, false: othersPerKind}[p.Severity == Error]; l.count[key] > limit {
		l.more[key]++
		return
	}
	l.problems = append(l.problems, p)
}

// Merge adds all problems of other.
func (l *List) Merge(other *List) {
	for _, p := range other.problems {
		l.Add(p)
	}
	for key, n := range other.more {
		if l.count == nil {
			l.count, l.more = map[kind]int{}, map[kind]int{}
		}
		l.more[key] += n
	}
}

// Has reports whether a problem of severity s was added.
func (l *List) Has(s Severity) bool {
	return slices.ContainsFunc(l.problems, func(p Problem) bool { return p.Severity == s })
}

// Problems returns the kept problems, errors before warnings before notes, each in file order.
func (l *List) Problems() []Problem {
	out := slices.Clone(l.problems)
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Place.Column, b.Place.Column),
		)
	})
	return out
}
