package measure_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"manyi/internal/measure"
)

// A class that fewer than min_cell people of a group gave is not told of the
// group, nor can it be had from the other groups; the class itself stays.
func TestKanoOfGroupsHidesFewPeople(t *testing.T) {
	definition := kanoDefinition([]string{"x"}, false, "hidden:\n  - {id: segment, from: s, allow: [A, B, C]}\nsegments: [segment]\n")
	group := func(name string, one, attractive int) string {
		var b strings.Builder
		for i := range one + attractive {
			d := 5
			if i >= one {
				d = 3
			}
			fmt.Fprintf(&b, "%s%d,%s,1,%d\n", name, i, name, d)
		}
		return b.String()
	}
	for _, c := range []struct {
		name string
		rows string
		want string // groups whose counts are shown
	}{
		{"all large", group("A", 20, 10) + group("B", 20, 10), "AB"},
		{"one small class, the other group gives it away", group("A", 20, 3) + group("B", 20, 10), ""},
		{"one small class among three groups", group("A", 20, 3) + group("B", 20, 10) + group("C", 40, 30), "C"},
	} {
		t.Run(c.name, func(t *testing.T) {
			open := func() (io.ReadCloser, error) {
				return io.NopCloser(strings.NewReader("_id,segment,x_f,x_d\n" + c.rows)), nil
			}
			r := judged(t, definition, open, nil)
			var got strings.Builder
			for _, code := range []string{"A", "B", "C"} {
				b := r.BySegment["segment"][code]
				if b == nil || b.Suppressed {
					continue
				}
				k, ok := b.Analyses["standard"].(*measure.Kano)
				if !ok || k.N == 0 {
					continue
				}
				f := k.Features[0]
				if f.Counts != nil {
					got.WriteString(code)
					continue
				}
				if f.Category != "O" || !f.Withheld {
					t.Errorf("%s: class %q, withheld %v", code, f.Category, f.Withheld)
				}
				body, err := json.Marshal(f)
				if err != nil {
					t.Fatal(err)
				}
				for _, key := range []string{`"better":null`, `"worse":null`, `"fong":null`, `"counts":null`, `"total_strength":null`} {
					if !strings.Contains(string(body), key) {
						t.Errorf("%s: no %s in %s", code, key, body)
					}
				}
			}
			if got.String() != c.want {
				t.Errorf("counts are shown of %q, want %q", got.String(), c.want)
			}
		})
	}
}
