package ledger

import (
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// strangers are the records whose word an author's list does not have.
type strangers struct {
	n     int
	first diag.Place
}

// judgeWord counts a word that the author's list of a column does not have.
func (f *file) judgeWord(column, text string, e *table.EntryCell) {
	known, ok := f.known[column]
	if !ok || slices.Contains(known, text) {
		return
	}
	if f.strange[column] == nil {
		f.strange[column] = &strangers{first: e.Place()}
	}
	f.strange[column].n++
}

// reportStrange tells of each column once.
func (f *file) reportStrange() {
	for _, v := range f.ledger.columns {
		s := f.strange[v.Column.Name]
		if s == nil {
			continue
		}
		f.ledger.fault(Fault{"unlisted", v.Column.Name, "", s.n})
		f.problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "unknown-word", Place: s.first,
			Summary: diag.Say("column %q holds in %d records, here first, what survey.yaml does not list", v.Column.Name, s.n),
			Cure:    diag.Say("known here: %s", strings.Join(f.known[v.Column.Name], ", ")),
		})
	}
}

// Cause splits an entry of a cause tree: "child<parent"; parent is "" for a
// cause of the problem itself.
func Cause(entry string) (child, parent string) {
	child, parent, _ = strings.Cut(entry, "<")
	return strings.TrimSpace(child), strings.TrimSpace(parent)
}

// circle reports whether the causes of one record go round in a circle.
func circle(entries []string) bool {
	above := map[string]string{}
	for _, e := range entries {
		if child, parent := Cause(e); parent != "" {
			above[child] = parent
		}
	}
	ends := map[string]bool{} // causes whose way up ends at the problem
	for child := range above {
		way := map[string]bool{}
		for at := child; at != "" && !ends[at]; at = above[at] {
			if way[at] {
				return true
			}
			way[at] = true
		}
		for at := range way {
			ends[at] = true
		}
	}
	return false
}
