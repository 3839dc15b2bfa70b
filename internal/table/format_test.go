package table

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// response is one generated response: what was shown, by column; nil is empty.
type response map[string]any

// written lists the columns of generated files.
var written = []string{"_id", "_wave", "_submitted", "_survey", "osat", "plan", "age", "problems_late", "problems_rude", "problems_other", "region", "why", "spend", "w"}

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }

func newResponse(r *rand.Rand, id int) response {
	a := response{
		"_id": fmt.Sprint(id), "_wave": pick(r, "2025", "2026", "2026", "1999"),
		"_submitted": pick(r, "2026-01-02T03:04:05Z", "2025-12-31", "2026-02-30", ""), "_survey": pick(r, "cafe", "", "cafe", "cafe", "bar"),
		"osat": pick(r, "1", "2", "3", "4", "5", "98", "99", "7", "４", "5.0", ""), "plan": pick(r, "01", "1", "gold", ""),
		"age": pick(r, "18", "55", "999", "17", "1,000", ""), "region": pick(r, "北京", "north", "a b", "\"q\"", ""),
		"why": pick(r, "well, ok", "two\nlines", "say \"hi\"", "far too long for the field", ""),
		"w":   pick(r, "1", "0.5", "", "-1"), "spend": pick(r, "1e3", "-0", "12.50", ""),
	}
	for _, tick := range []string{"problems_late", "problems_rude", "problems_other"} {
		a[tick] = pick(r, "0", "1", "")
	}
	return a
}

func asCSV(responses []response) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write(written)
	for _, a := range responses {
		var row []string
		for _, column := range written {
			row = append(row, fmt.Sprint(a[column]))
		}
		w.Write(row)
	}
	w.Flush()
	return b.String()
}

func asJSONL(responses []response) string {
	var b bytes.Buffer
	for _, a := range responses {
		line, err := json.Marshal(a)
		if err != nil {
			panic(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.String()
}

func TestEveryFormatReadsTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var responses []response
	for i := range 600 {
		responses = append(responses, newResponse(r, i%540))
	}
	opt := Options{Waves: []string{"2025", "2026"}, Weight: "w", Partials: true}
	var want *Answers
	for _, source := range []Source{
		file("r.csv", asCSV(responses)),
		zipped(t, "r.csv.gz", asCSV(responses)),
		file("r.jsonl", asJSONL(responses)),
		zipped(t, "R.JSONL.GZ", asJSONL(responses)),
		file("r.yaml", asYAML(t, responses)),
		zipped(t, "r.yml.gz", asYAML(t, responses)),
		file("r.xlsx", asWorkbook(t, responses)),
		file("r.tsv", "\uFEFF"+asCSV(responses)),
		encoded(t, "r.csv", "gb18030", asCSV(responses)),
		encoded(t, "r.jsonl", "gb18030", asJSONL(responses)),
		encoded(t, "r.yaml", "gbk", asYAML(t, responses)),
		encoded(t, "r.csv", "utf-16le", "\uFEFF"+asCSV(responses)),
		encoded(t, "r.csv", "utf-16be", "\uFEFF"+strings.ReplaceAll(asCSV(responses), ",", "\t")),
		encoded(t, "r.csv", "utf-16le", asCSV(responses)),
		zippedBytes(t, encoded(t, "r.csv.gz", "gb18030", asCSV(responses))),
	} {
		got, _ := read(t, cafe(), opt, source)
		if want == nil {
			want = got
		}
		for i := range want.Waves {
			if !alike(got.Waves[i], want.Waves[i]) {
				t.Errorf("%s: wave %s differs: got %+v, want %+v", source.Name, want.Waves[i].ID, got.Waves[i].Count, want.Waves[i].Count)
			}
		}
		same(t, source.Name, got.Count, want.Count)
	}
	c := want.Count
	if min(c.Counted, c.Duplicate+c.Conflict, c.Unmatched, c.Partial, c.NoWeight, c.BadCells) == 0 {
		t.Errorf("the mix lacks a case: %+v", c)
	}
}

// alike compares waves; NaN equals NaN.
func alike(a, b *Wave) bool {
	plainText := func(w *Wave) string {
		var s strings.Builder
		s.WriteString(fmt.Sprint(w.ID, w.Rows, w.Weights, w.Count, w.First, w.Last))
		for _, id := range written {
			if c := w.Columns[id]; c != nil {
				s.WriteString(fmt.Sprint(id, c.Codes, c.Cells, c.Wide, c.Numbers, c.Absent))
			}
		}
		return s.String()
	}
	return plainText(a) == plainText(b)
}

func asYAML(t testing.TB, responses []response) string {
	t.Helper()
	b, err := yaml.Marshal(responses)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func asWorkbook(t testing.TB, responses []response) string {
	t.Helper()
	rows := [][]any{{}}
	for _, column := range written {
		rows[0] = append(rows[0], column)
	}
	for _, a := range responses {
		var row []any
		for _, column := range written {
			row = append(row, a[column])
		}
		rows = append(rows, row)
	}
	return workbookOf(t, rows, nil)
}

// encoded is a file in another encoding; a text without a mark is guessed.
func encoded(t testing.TB, name, encoding, text string) Source {
	t.Helper()
	c, ok := codingNamed(encoding)
	if !ok {
		t.Fatalf("no encoding %q", encoding)
	}
	s, err := c.decoder.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return file(name, s)
}

func zippedBytes(t testing.TB, source Source) Source {
	t.Helper()
	return zipped(t, source.Name, content(t, source))
}

func content(t testing.TB, source Source) string {
	t.Helper()
	r, err := source.Open()
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestCountsAddUpForAnyMix(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 7))
		var sources []Source
		rows := 0
		for i := range r.IntN(5) {
			var responses []response
			for range r.IntN(40) {
				responses = append(responses, newResponse(r, r.IntN(60)))
			}
			rows += len(responses)
			text, name := asJSONL(responses), fmt.Sprintf("%d.jsonl", i)
			if r.IntN(3) == 0 && text != "" {
				text += "{torn\n" + text[:r.IntN(len(text))] // the head again, torn
			} else if r.IntN(2) == 0 {
				text, name = asCSV(responses), fmt.Sprintf("%d.csv", i)
			}
			source := file(name, text)
			source.Wave = pick(r, "", "", "2026", "1999")
			source.Whole = r.IntN(2) == 0
			sources = append(sources, source)
		}
		opt := Options{Partials: r.IntN(2) == 0, Weight: pick(r, "", "w"), Waves: [][]string{nil, {"2025", "2026"}}[r.IntN(2)]}
		a, _ := read(t, cafe(), opt, sources...)
		if a.Count.Read < rows {
			t.Errorf("seed %d: %d rows read of at least %d", seed, a.Count.Read, rows)
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestResultDoesNotDependOnProcessors(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var sources []Source
	for i := range 20 {
		var responses []response
		for range 50 {
			responses = append(responses, newResponse(r, r.IntN(500)))
		}
		sources = append(sources, file(fmt.Sprintf("%d.csv", i), asCSV(responses)))
	}
	var wantProblems []diag.Problem
	var want *Answers
	for _, n := range []int{1, 4} {
		before := runtime.GOMAXPROCS(n)
		got, problems := read(t, cafe(), Options{}, sources...)
		runtime.GOMAXPROCS(before)
		if want == nil {
			want, wantProblems = got, problems
		}
		if !reflect.DeepEqual(problems, wantProblems) || len(got.Waves) != len(want.Waves) {
			t.Fatalf("%d processors: other problems or waves", n)
		}
		for i := range want.Waves {
			same(t, "wave", alike(got.Waves[i], want.Waves[i]), true)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	for _, text := range []string{
		"_id,osat,why\n1,5,x\n1,4,\"y\n", "problems;age\nlate;1\n", "sep=\t\nregion\tspend\n北\t1e3\n",
		"_wave,_submitted,_survey,w\n2026,2026-01-01,cafe,1\n", "\"osat\"\"\n,\",,\x00\xff\n",
	} {
		f.Add(text, "2026")
	}
	f.Fuzz(func(t *testing.T, text, wave string) {
		fuzzRead(t, "r.csv", text, wave)
	})
}

func FuzzReadJSONL(f *testing.F) {
	for _, text := range []string{
		`{"_id":1,"osat":5,"problems":["late",null,[{}]]}` + "\n" + `{"_id":"1","why":"\ud800","age":1e2}`,
		`{"_wave":"2026","_submitted":"2026-01-01","w":[],"w":2}` + "\n{\"a\":", `{"osat":{"osat":"}"}}`,
	} {
		f.Add(text, "")
	}
	f.Fuzz(func(t *testing.T, text, wave string) {
		fuzzRead(t, "r.jsonl", text, wave)
	})
}

// fuzzRead reads a text twice over, under two sets of options.
func fuzzRead(t *testing.T, name, text, wave string) {
	source := file(name, text)
	source.Wave = wave
	again := file("again "+name, text)
	again.Whole = true
	again.Columns = map[string]string{"a": "osat", "osat": "a"}
	again.Codes = map[string]map[string]Recode{"osat": {"": {Code: "1"}, "x": {Missing: Refused}}, "problems": {"a": {Code: "late"}}}
	read(t, cafe(), Options{}, source, again)
	a, problems := read(t, cafe(), Options{Waves: []string{"", "2026"}, Weight: "w", Partials: true, WaveOf: strings.ToLower}, source, again)
	if a.Count.Rejected > 0 && len(problems) == 0 {
		t.Errorf("%d rejected without a problem", a.Count.Rejected)
	}
}
