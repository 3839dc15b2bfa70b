package table_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/seal"
	"manyi/internal/table"
)

// sealer is a key at hand and what seals for it.
type sealer struct {
	keys *seal.Keys
	to   *seal.Recipient
}

func newSealer(t *testing.T) sealer {
	t.Helper()
	id, err := seal.Generate()
	if err != nil {
		t.Fatal(err)
	}
	s := sealer{keys: &seal.Keys{}}
	if err := s.keys.Add(id.File("a test")); err != nil {
		t.Fatal(err)
	}
	if s.to, err = seal.ParseRecipient(id.Recipient()); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s sealer) seal(t *testing.T, text string) string {
	t.Helper()
	out, err := seal.Seal([]byte(text), s.to)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// line is a sealed record as a collector keeps it.
func (s sealer) line(t *testing.T, id, text string) string {
	t.Helper()
	out, err := json.Marshal(map[string]string{"_id": id, "_sealed": s.seal(t, text)})
	if err != nil {
		t.Fatal(err)
	}
	return string(out) + "\n"
}

// reading reads one file with keys.
func reading(t *testing.T, name, body string, keys *seal.Keys) (table.Count, string) {
	t.Helper()
	schema := &table.Schema{Survey: "cafe", Fields: []table.Field{{ID: "visits", Kind: table.Number, Min: math.Inf(-1), Max: math.Inf(1)}}}
	source := table.Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(body)), nil }}
	var problems diag.List
	answers, err := table.Read(schema, []table.Source{source}, table.Options{Keys: keys}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	c, sum := answers.Count, 0.0
	for _, w := range answers.Waves {
		for i := range w.Rows {
			v, _ := w.Columns["visits"].Number(i)
			sum += v
		}
	}
	if c.Read != c.Counted+c.Excluded+c.Duplicate+c.Conflict+c.Rejected+c.Unmatched+c.Withdrawn {
		t.Errorf("%s: the counts do not add up: %+v", name, c)
	}
	for _, p := range problems.Problems() {
		if strings.Contains(p.Summary.String()+p.Cure.String()+p.Source, "secret") {
			t.Errorf("%s: a message holds an answer", name)
		}
	}
	return c, fmt.Sprintf("read %d, counted %d, rejected %d, sealed %d, files %d, sum %v", c.Read, c.Counted, c.Rejected, c.Sealed, c.SealedFiles, sum)
}

func TestSealedRecordsAreReadWithAKeyAndCountedWithout(t *testing.T) {
	mine, other := newSealer(t), newSealer(t)
	record := func(id string, visits int) string {
		return fmt.Sprintf(`{"_id":%q,"_survey":"cafe","_version":"1","visits":%d,"why":"secret"}`, id, visits)
	}
	padded := func(text string) string { return text + strings.Repeat(" ", 1023-len(text)%1024) + "\n" }
	lines := mine.line(t, "a", padded(record("a", 1))) + "\n" + mine.line(t, "b", record("b", 20))
	changed := []byte(mine.line(t, "c", record("c", 300)))
	at := bytes.Index(changed, []byte(`END AGE`)) - 80
	changed[at] = map[bool]byte{true: 'B', false: 'A'}[changed[at] == 'A']
	whole := record("a", 1) + "\n" + record("b", 20) + "\n"
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte("_id,_survey,visits\na,cafe,1\nb,cafe,20\n"))
	z.Close()
	sealedWhole := mine.seal(t, whole)
	for name, test := range map[string]struct {
		file, body string
		keys       *seal.Keys
		want       string
	}{
		"lines":                   {"x.sealed.jsonl", lines, mine.keys, "read 2, counted 2, rejected 0, sealed 0, files 0, sum 21"},
		"lines without a key":     {"x.sealed.jsonl", lines, nil, "read 0, counted 0, rejected 0, sealed 2, files 0, sum 0"},
		"lines for another":       {"x.sealed.jsonl", lines, other.keys, "read 0, counted 0, rejected 0, sealed 2, files 0, sum 0"},
		"lines, one for another":  {"x.sealed.jsonl", lines + other.line(t, "d", record("d", 4000)), mine.keys, "read 2, counted 2, rejected 0, sealed 1, files 0, sum 21"},
		"a changed line":          {"x.sealed.jsonl", lines + string(changed), mine.keys, "read 3, counted 2, rejected 1, sealed 0, files 0, sum 21"},
		"a line cut off":          {"x.sealed.jsonl", lines + lines[:400], mine.keys, "read 3, counted 2, rejected 1, sealed 0, files 0, sum 21"},
		"another id outside":      {"x.sealed.jsonl", mine.line(t, "z", record("a", 1)), mine.keys, "read 1, counted 0, rejected 1, sealed 0, files 0, sum 0"},
		"sent twice":              {"x.sealed.jsonl", lines + mine.line(t, "a", record("a", 1)), mine.keys, "read 3, counted 2, rejected 0, sealed 0, files 0, sum 21"},
		"in clear among sealed":   {"x.sealed.jsonl", lines + record("e", 5) + "\n", mine.keys, "read 3, counted 2, rejected 1, sealed 0, files 0, sum 21"},
		"a file":                  {"x.jsonl.age", sealedWhole, mine.keys, "read 2, counted 2, rejected 0, sealed 0, files 0, sum 21"},
		"a file, CRLF":            {"x.jsonl.age", strings.ReplaceAll(sealedWhole, "\n", "\r\n"), mine.keys, "read 2, counted 2, rejected 0, sealed 0, files 0, sum 21"},
		"a packed file":           {"x.csv.gz.age", mine.seal(t, packed.String()), mine.keys, "read 2, counted 2, rejected 0, sealed 0, files 0, sum 21"},
		"a file without a key":    {"x.jsonl.age", sealedWhole, nil, "read 0, counted 0, rejected 0, sealed 0, files 1, sum 0"},
		"a file for another":      {"x.jsonl.age", sealedWhole, other.keys, "read 0, counted 0, rejected 0, sealed 0, files 1, sum 0"},
		"a file cut off":          {"x.jsonl.age", sealedWhole[:len(sealedWhole)-60], mine.keys, "read 1, counted 0, rejected 1, sealed 0, files 0, sum 0"},
		"a file that is not that": {"x.jsonl.age", whole, mine.keys, "read 1, counted 0, rejected 1, sealed 0, files 0, sum 0"},
	} {
		if _, got := reading(t, test.file, test.body, test.keys); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}

func TestATruncatedLargeFileGivesNothing(t *testing.T) {
	mine := newSealer(t)
	var b strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&b, "{\"_id\":\"%d\",\"_survey\":\"cafe\",\"visits\":1}\n", i)
	}
	sealed := mine.seal(t, b.String())
	if _, got := reading(t, "x.jsonl.age", sealed, mine.keys); got != "read 20000, counted 20000, rejected 0, sealed 0, files 0, sum 20000" {
		t.Error(got)
	}
	half := sealed[:len(sealed)/2]
	if _, got := reading(t, "x.jsonl.age", half[:strings.LastIndex(half, "\n")+1], mine.keys); got != "read 1, counted 0, rejected 1, sealed 0, files 0, sum 0" {
		t.Error(got)
	}
}
