package table

import (
	"io"
	"strings"
	"testing"
	"time"

	"manyi/internal/diag"
)

func TestFieldworkCountsWhatCameAndWhatBrokeOff(t *testing.T) {
	const lines = `{"_id":"1","_submitted":"2026-03-01T23:30:00Z","_lang":"en","_mode":"web","_version":"2","a":"1","b":"2"}
{"_id":"2","_submitted":"","_started":"2026-03-01T08:00:00+08:00","_lang":"en","_mode":"web","_version":"1","a":"1"}
{"_id":"1","_submitted":"","_started":"2026-03-01T08:00:00+08:00","_lang":"en","a":"1"}
{"_id":"3","_submitted":"","_lang":"<script>","a":"1"}
{"_id":"3","_submitted":"","a":"1","b":"1"}
{"_id":"4","_submitted":""}
`
	schema := &Schema{Survey: "s", Version: 2, Fields: []Field{{ID: "a", Kind: Choice, Codes: []string{"1", "2"}}, {ID: "b", Kind: Choice, Codes: []string{"1", "2"}}, {ID: "h", Kind: Open}}}
	source := Source{Name: "a.jsonl", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(lines)), nil }}
	zone := time.FixedZone("east", 8*3600)
	for _, partials := range []bool{false, true} {
		var problems diag.List
		answers, err := Read(schema, []Source{source}, Options{Field: true, Questions: 2, Zone: zone, Partials: partials}, &problems)
		if err != nil {
			t.Fatal(err)
		}
		got := answers.Waves[0].Field
		want := []FieldCell{
			{Last: -1, Partial: true, N: 1},
			{Last: 1, Partial: true, N: 1},
			{Day: 20260301, Version: 1, Language: "en", Mode: "web", Partial: true, N: 1},
			{Day: 20260302, Version: 2, Language: "en", Mode: "web", Last: -1, N: 1},
		}
		if !partials && !equalCells(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if partials && len(got) == 0 {
			t.Error("with partials: no fieldwork")
		}
	}
}

func equalCells(a, b []FieldCell) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
