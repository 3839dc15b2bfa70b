// Package version compares two versions of a questionnaire: what changed, and
// for every change whether the series of answers goes on, goes on with a mark,
// or ends and a new one begins. It works on canonical forms (survey/canonical.go),
// so that a change of layout is none; what counts there and differs is never
// without a line. It reads definitions only, no answers.
package version

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/survey"
)

// Verdict is what a change does to the series of answers.
type Verdict uint8

// The verdicts, mildest first.
const (
	Same   Verdict = iota // the series goes on
	Marked                // it goes on, and the change is marked
	New                   // answers before and after are not one series
)

// Word is the verdict in files: same, marked or new.
func (v Verdict) Word() string { return [...]string{"same", "marked", "new"}[v] }

// Phrase is the verdict in words.
func (v Verdict) Phrase() diag.Phrase {
	return [...]diag.Phrase{diag.Say("same series"), diag.Say("same series, marked"), diag.Say("new series needed")}[v]
}

// Kind is what sort of change it is; history: uses the same words.
type Kind string

// The kinds of change.
const (
	Added     Kind = "added"
	Removed   Kind = "removed"
	Renamed   Kind = "renamed"
	Reused    Kind = "reused" // the id stands for something else
	Moved     Kind = "moved"
	Wording   Kind = "wording"
	Scale     Kind = "scale"
	Direction Kind = "direction"
	Codes     Kind = "codes" // the meaning of codes
	Routing   Kind = "routing"
	Type      Kind = "type"
	Weights   Kind = "weights"
	Other     Kind = "other"
)

// Change is one difference between two versions.
type Change struct {
	Item      string      `json:"item"`         // id: of a question, a column, an analysis, a page …; question=code for an answer
	Part      Part        `json:"part"`         // what the item is
	Of        []string    `json:"of,omitempty"` // questions that it concerns, where the item is none
	Kind      Kind        `json:"kind"`
	Key       string      `json:"key,omitempty"` // the key of survey.yaml that differs
	Verdict   Verdict     `json:"-"`
	Reason    diag.Phrase `json:"-"`             // why this verdict
	Old       string      `json:"old,omitempty"` // what stood there, where it is short
	New       string      `json:"new,omitempty"`
	Words     []Words     `json:"words,omitempty"` // texts that differ, by language
	Confirmed bool        `json:"confirmed,omitempty"`
	Note      survey.Text `json:"note,omitempty"` // of history:
}

// Part is what an item is.
type Part string

// The parts of a definition.
const (
	Whole      Part = "survey"
	Page       Part = "page"
	Question   Part = "question"
	Row        Part = "row" // of a matrix, an item of a ranking, a feature …
	Answer     Part = "answer"
	Hidden     Part = "hidden"
	Calculated Part = "calculated"
	Ending     Part = "ending"
	Analysis   Part = "analysis"
	Facet      Part = "facet"
)

// object is a mapping of a canonical form.
type object = map[string]any

// comparison is one run of Compare.
type comparison struct {
	old, new *survey.Survey
	a, b     object // canonical forms
	changes  []Change
}

// Compare returns what changed from one version to another, in the order of
// the new one. Two surveys of one canonical form and equal analyses give nothing.
func Compare(old, latest *survey.Survey) []Change {
	c := &comparison{old: old, new: latest, a: decode(old.Canonical()), b: decode(latest.Canonical())}
	c.whole()
	c.questions()
	c.lists()
	c.analyses()
	c.names()
	c.confirm()
	return c.changes
}

func decode(canonical []byte) object {
	var m object
	if json.Unmarshal(canonical, &m) != nil {
		return object{}
	}
	return m
}

func (c *comparison) add(x Change) { c.changes = append(c.changes, x) }

// Worst is the gravest verdict of changes, Same without any.
func Worst(changes []Change) Verdict {
	v := Same
	for _, x := range changes {
		v = max(v, x.Verdict)
	}
	return v
}

// Concerns reports whether a change is about a column of question q.
func (x *Change) Concerns(q, column string) bool {
	item := questionOf(x.Item)
	switch x.Part {
	case Answer: // a multiple choice has a column for each
		return item == q || item == column || strings.ReplaceAll(x.Item, "=", "_") == column
	case Question, Hidden, Calculated:
		return item == q || item == column
	case Row:
		return item == column || len(column) > len(item) && column[:len(item)+1] == item+"_"
	}
	return slices.Contains(x.Of, q) || slices.Contains(x.Of, column)
}

// ForColumn are the changes that a column of the new version has, gravest first.
func ForColumn(changes []Change, s *survey.Survey, column string) []Change {
	q := column
	for _, p := range s.Pages {
		for _, have := range p.Questions {
			if slices.Contains(have.ColumnIDs(), column) {
				q = have.ID
			}
		}
	}
	var out []Change
	for _, x := range changes {
		if x.Concerns(q, column) {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(x, y Change) int { return cmp.Compare(y.Verdict, x.Verdict) })
	return out
}

// list are the mappings behind a key.
func list(m object, key string) []object {
	var out []object
	entries, _ := m[key].([]any)
	for _, e := range entries {
		if o, ok := e.(object); ok {
			out = append(out, o)
		}
	}
	return out
}

// str is the plain value behind a key, "" without.
func str(m object, key string) string {
	s, _ := m[key].(string)
	return s
}

// short is a value for people, JSON where it is no plain one.
func short(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}
