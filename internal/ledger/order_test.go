package ledger

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestDatesThatRunBackwardsOrSkipAreToldOnceWithTheirNumber(t *testing.T) {
	opt := Options{Known: map[string]map[string][]string{"complaints": {"department": {"a", "b"}}}}
	l, told := read(t, opt, of("complaints.csv", `id,received,acknowledged,answered,closed,reopened,called_back,department
1,2026-03-05,2026-03-04,2026-03-06,2026-03-07,yes,no,a
2,2026-03-05,2026-03-04,2026-03-06,2026-03-07,2026-03-09,2026-03-01,b
3,2026-03-05T10:00,2026-03-05,2026-03-09T10:00,2026-03-08T10:00,perhaps,,secret
4,2026-03-05,,,2026-03-08,,,secret
`))
	c := l.Of("complaints")
	want := []Fault{{"unlisted", "department", "", 2}, {"backwards", "closed", "answered", 1}, {"before_start", "acknowledged", "received", 2}, {"before_start", "called_back", "received", 1}, {"skipped", "acknowledged", "closed", 1}, {"skipped", "answered", "closed", 1}}
	for _, w := range want {
		if !slices.Contains(c.Faults, w) {
			t.Errorf("not found: %+v in %+v", w, c.Faults)
		}
	}
	if len(c.Faults) != len(want) {
		t.Errorf("%+v", c.Faults)
	}
	if !c.Of("reopened").Undated(0) || !c.Of("reopened").Has(0) || c.Of("called_back").Has(0) || c.Of("reopened").Has(2) || c.Count.BadCells != 1 {
		t.Errorf("a plain yes: %+v", c.Count)
	}
	for _, line := range []string{
		"complaints.csv:2: warning: acknowledged is earlier than received in 2 records", "complaints.csv:4: warning: closed is earlier than answered in 1 records",
		"complaints.csv:5: note: 1 records of ledger \"complaints\" have closed and no answered", "complaints.csv:4:", "known here: a, b",
	} {
		if !strings.Contains(told, line) {
			t.Errorf("not told: %s\n%s", line, told)
		}
	}
	if strings.Contains(told, "secret") {
		t.Error("a message shows a cell")
	}
}

func TestCausesThatGoRoundAreTold(t *testing.T) {
	l, told := read(t, Options{}, of("actions.csv", "id,cause\n1,a<b;b<c;c<a\n2,a<b;b<c;d<b\n3,a<a\n4,a;b\n"))
	cause := l.Of("actions").Of("cause")
	for row, n := range []int{0, 3, 0, 2} {
		if len(cause.List(row)) != n {
			t.Errorf("row %d: %v", row, cause.List(row))
		}
	}
	if strings.Count(told, "go round in a circle") != 2 {
		t.Error(told)
	}
	if child, parent := Cause(" late < staff "); child != "late" || parent != "staff" {
		t.Errorf("%q under %q", child, parent)
	}
	if !circle(append(slices.Repeat([]string{"x<y"}, 100_000), "y<x")) {
		t.Error("a long list of causes hides its circle")
	}
}

func TestEveryLedgerHasASchemaThatHoldsItsRecords(t *testing.T) {
	for _, name := range Names() {
		text, ok := JSONSchema(name)
		if !ok {
			t.Fatal(name)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource("schema.json", doc); err != nil {
			t.Fatal(err)
		}
		schema, err := c.Compile("schema.json")
		if err != nil {
			t.Fatal(err)
		}
		s, _ := SchemaOf(name)
		for _, column := range s.Columns {
			if About(name, column.Name).Empty() {
				t.Errorf("nothing is said of %s.%s", name, column.Name)
			}
		}
		if name != "complaints" {
			continue
		}
		for record, valid := range map[string]bool{
			`[{"id":"C1","received":"2026-03-01T08:30","reopened":"yes","kind":"goods","cost":12.5,"own":1}]`: true,
			`[{"id":1,"received":"2026-03-01","closed":null,"kind":""}]`:                                      true,
			`[{"received":"01.03.2026"}]`: false,
			`[{"kind":"gadget"}]`:         false,
			`{"id":"C1"}`:                 false,
		} {
			v, _ := jsonschema.UnmarshalJSON(strings.NewReader(record))
			if got := schema.Validate(v) == nil; got != valid {
				t.Errorf("%s is valid: %v", record, got)
			}
		}
	}
	if _, ok := JSONSchema("secrets"); ok {
		t.Error("a schema of nothing")
	}
}
