package table

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"manyi/internal/diag"
)

func file(name, text string) Source {
	return Source{Name: name, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(text)), nil
	}}
}

func zipped(t testing.TB, name, text string) Source {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file(name, b.String())
}

func rule(line int) diag.Place { return diag.Place{File: "survey.yaml", Line: line, Column: 5} }

// cafe is a definition with every kind of field.
func cafe() *Schema {
	five := []string{"1", "2", "3", "4", "5"}
	tick := func(option string) Field {
		return Field{ID: "problems_" + option, Kind: Tick, Question: "problems", Option: option, Rule: rule(4)}
	}
	nan := math.NaN()
	return &Schema{Survey: "cafe", Fields: []Field{
		{ID: "osat", Kind: Choice, Codes: five, Missing: map[string]Reason{"98": NotApplicable, "99": DontKnow}, Rule: rule(1)},
		{ID: "plan", Kind: Choice, Codes: []string{"01", "1", "gold"}, Rule: rule(2)},
		{ID: "age", Kind: Number, Min: 18, Max: 120, Integer: true, Missing: map[string]Reason{"999": Refused}, Rule: rule(3)},
		tick("late"), tick("rude"), tick("other"),
		{ID: "region", Kind: Open, Pattern: regexp.MustCompile(`^\pL+$`), Rule: rule(5)},
		{ID: "why", Kind: Text, Length: 10, Rule: rule(6)},
		{ID: "spend", Kind: Number, Min: nan, Max: nan, Rule: rule(7)},
	}}
}

func read(t testing.TB, schema *Schema, opt Options, sources ...Source) (*Answers, []diag.Problem) {
	t.Helper()
	var problems diag.List
	a, err := Read(schema, sources, opt, &problems)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	verify(t, schema, a)
	return a, problems.Problems()
}

// verify checks what holds for all input: the identity of counts and the shape of columns.
func verify(t testing.TB, schema *Schema, a *Answers) {
	t.Helper()
	balanced := func(c Count) bool {
		return c.Read == c.Counted+c.Excluded+c.Duplicate+c.Conflict+c.Rejected+c.Unmatched+c.Withdrawn
	}
	if !balanced(a.Count) {
		t.Errorf("counts do not add up: %+v", a.Count)
	}
	for _, w := range a.Waves {
		if !balanced(w.Count) || w.Rows != w.Count.Counted || w.Count.Complete > w.Rows || w.First > w.Last {
			t.Errorf("wave %q: %d rows, %s to %s, %+v", w.ID, w.Rows, w.First, w.Last, w.Count)
		}
		if w.Weights != nil && len(w.Weights) != w.Rows {
			t.Errorf("wave %q: %d weights for %d rows", w.ID, len(w.Weights), w.Rows)
		}
		if len(w.Columns) != len(schema.Fields) {
			t.Errorf("wave %q: %d columns, want %d", w.ID, len(w.Columns), len(schema.Fields))
		}
		for id, c := range w.Columns {
			verifyColumn(t, id, c, w.Rows)
		}
	}
}

func verifyColumn(t testing.TB, id string, c *Column, rows int) {
	t.Helper()
	if n := max(len(c.Cells), len(c.Wide)); n != rows || c.Wide != nil && c.Cells != nil {
		t.Errorf("column %q: %d cells for %d rows", id, n, rows)
		return
	}
	if c.Field.Kind == Number && len(c.Numbers) != rows {
		t.Errorf("column %q: %d numbers for %d rows", id, len(c.Numbers), rows)
		return
	}
	for i := range rows {
		code, reason := c.Code(i)
		answered := reason == Answered
		listed := c.Field.Kind == Number || c.Field.Kind == Text || code < len(c.Codes)
		if reason >= reasons || answered != (code >= 0) || answered && !listed {
			t.Fatalf("column %q row %d: code %d, reason %d", id, i, code, reason)
		}
		if c.Field.Kind == Number && answered == math.IsNaN(c.Numbers[i]) {
			t.Fatalf("column %q row %d: number %v, reason %v", id, i, c.Numbers[i], reason)
		}
		if c.Absent && reason != NotShown {
			t.Fatalf("column %q row %d: absent, but %v", id, i, reason)
		}
	}
}

// cells writes a column of the only wave as text: codes, numbers, "x" for an
// answered text, reasons in brackets.
func cells(a *Answers, id string) string {
	return waveCells(a.Waves[0], id)
}

func waveCells(w *Wave, id string) string {
	c := w.Columns[id]
	var out []string
	for i := range w.Rows {
		code, reason := c.Code(i)
		switch {
		case reason != Answered:
			out = append(out, "["+reason.String()+"]")
		case c.Field.Kind == Number:
			out = append(out, fmt.Sprint(c.Numbers[i]))
		case c.Field.Kind == Text:
			out = append(out, "x")
		default:
			out = append(out, c.Codes[code])
		}
	}
	return strings.Join(out, " ")
}

// words writes problems one a line, as severity, place, code.
func words(problems []diag.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%s %s %s\n", p.Severity, p.Place, p.Code)
	}
	return b.String()
}

// same fails where got is not want.
func same[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
