package table

import (
	"fmt"
	"strings"
	"testing"
)

// TestAMarkedTextLeavesItsMarksOnly reads texts of which only their marks are
// kept: whatever the format, in two waves, with a file that has no such column.
func TestAMarkedTextLeavesItsMarksOnly(t *testing.T) {
	mark := func(text string) []int32 {
		var out []int32
		for i, w := range []string{"slow", "dear"} {
			if strings.Contains(text, w) {
				out = append(out, int32(i))
			}
		}
		return out
	}
	schema := &Schema{Survey: "s", Fields: []Field{{ID: "why", Kind: Text, Length: 200_000, Mark: mark}, {ID: "x", Kind: Choice, Codes: []string{"1"}}}}
	of := func(wave string, s Source) Source { s.Wave = wave; return s }
	long := strings.Repeat("x", 100_000) + " slow"
	files := []Source{
		of("1", file("a.csv", "_id,why,x\na,slow and dear,1\nb,,1\nc,fine,1\nd,dear,1\na,slow and dear,1\n")),
		of("2", file("b.jsonl", `{"_id":"a","why":"`+long+"\"}\n"+`{"_id":"e","why":"\u0000dear\u202e😀"}`+"\n"+`{"_id":"f","why":null}`+"\n"+`{"_id":"g"}`+"\n")),
		of("2", file("c.csv", "_id,x\nh,1\n")),
	}
	got, _ := read(t, schema, Options{Waves: []string{"1", "2"}, Named: map[string]int32{"d": 1, "a": 2, "zz": 3}}, files...)
	for i, want := range []string{"[0 1] - [] [1] | 2 0 0 1", "[0] [1] - - - | 2 0 0 0 0"} {
		w := got.Waves[i]
		if s := marksOf(w); s != want {
			t.Errorf("wave %d: got %s, want %s", i+1, s, want)
		}
		keep := make([]bool, w.Rows)
		keep[0] = true
		if s := marksOf(w.Keep(keep)); !strings.HasPrefix(s, strings.SplitN(want, " -", 2)[0][:3]) || !strings.HasSuffix(s, "| 2") {
			t.Errorf("wave %d, its first row: got %s", i+1, s)
		}
	}
}

func marksOf(w *Wave) string {
	var out []string
	for i := range w.Rows {
		if list, ok := w.Columns["why"].Marking(i); ok {
			out = append(out, fmt.Sprint(list))
		} else {
			out = append(out, "-")
		}
	}
	return strings.Join(out, " ") + " | " + strings.Trim(fmt.Sprint(w.Aside.Named), "[]")
}
