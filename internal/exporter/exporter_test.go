package exporter_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/exporter"
	"manyi/internal/measure"
	"manyi/internal/simulate"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// parse reads a survey that must have no error.
func parse(t testing.TB, files fs.FS, id string) *survey.Survey {
	t.Helper()
	var problems diag.List
	ws := survey.ParseWorkspace(files, &problems)
	if ws == nil {
		t.Fatal("manyi.yaml cannot be used")
	}
	s := survey.Parse(files, "surveys/"+id, ws, &problems)
	if s == nil || problems.Has(diag.Error) {
		var text strings.Builder
		_ = problems.WriteText(&text, "en")
		t.Fatal(text.String())
	}
	return s
}

// written is a survey of the test's own.
func written(t testing.TB, yaml string) *survey.Survey {
	t.Helper()
	return parse(t, fstest.MapFS{
		"manyi.yaml":            {Data: []byte("manyi: 1\ntitle: x\nlanguages: [zh-CN, en]\n")},
		"surveys/s/survey.yaml": {Data: []byte(yaml)},
	}, "s")
}

func source(name string, body []byte) table.Source {
	return table.Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }}
}

func options(s *survey.Survey) table.Options {
	opt := table.Options{Weight: s.Weight, Partials: s.Report.Partials}
	for _, w := range s.Waves {
		opt.Waves = append(opt.Waves, w.ID)
		if w.From != "" {
			opt.WaveOf = s.WaveOf("Asia/Shanghai")
		}
	}
	return opt
}

func input(t testing.TB, s *survey.Survey, sources ...table.Source) *exporter.Input {
	in := &exporter.Input{Survey: s, Sources: sources, Options: options(s)}
	in.Measure = func() (*measure.Results, []measure.Counted, error) {
		answers := read(t, s, sources...)
		opt := measure.Options{MinCell: 5, Problems: &diag.List{}}
		return measure.Compute(s, answers, opt), measure.CountedRows(s, answers, opt), nil
	}
	return in
}

func read(t testing.TB, s *survey.Survey, sources ...table.Source) *table.Answers {
	t.Helper()
	answers, err := table.Read(s.Schema(), sources, options(s), &diag.List{})
	if err != nil {
		t.Fatal(err)
	}
	return answers
}

// memory holds the files of an export.
type memory map[string]*bytes.Buffer

type memoryFile struct{ *bytes.Buffer }

func (memoryFile) Close() error { return nil }

func (m memory) create(name string) (io.WriteCloser, error) {
	m[name] = &bytes.Buffer{}
	return memoryFile{m[name]}, nil
}

func export(t testing.TB, in *exporter.Input, format string, opt exporter.Options) (memory, *exporter.Summary, *diag.List) {
	t.Helper()
	out, problems := memory{}, &diag.List{}
	sum, err := exporter.Write(in, format, opt, out.create, problems)
	if err != nil {
		t.Fatal(err)
	}
	return out, sum, problems
}

func simulated(t testing.TB, s *survey.Survey, n int, format simulate.Format) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := simulate.Write(&b, s, simulate.Options{N: n, Seed: 3, Format: format}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// samples are surveys of the demo, among them one with every type of question.
func samples(t testing.TB) map[string]*survey.Survey {
	t.Helper()
	demo := os.DirFS("../..")
	return map[string]*survey.Survey{"sfo": parse(t, demo, "sfo"), "every_type": parse(t, demo, "every_type"), "telecom": parse(t, demo, "telecom")}
}

// differs says how two readings of the same responses differ, "" where they do
// not. CSV and XLSX cannot tell what was not shown from what was left empty.
func differs(a, b *table.Answers, folded bool) string {
	if a.Count != b.Count {
		return fmt.Sprintf("counts %+v and %+v", a.Count, b.Count)
	}
	for i, w := range a.Waves {
		for _, id := range slices.Sorted(maps.Keys(w.Columns)) {
			x, y := w.Columns[id], b.Waves[i].Columns[id]
			for row := range w.Rows {
				if p, q := answer(x, row, folded), answer(y, row, folded); p != q {
					return fmt.Sprintf("wave %q, column %q, row %d: %q and %q", w.ID, id, row, p, q)
				}
			}
		}
	}
	return ""
}

func answer(c *table.Column, row int, folded bool) string {
	var text string
	var why table.Reason
	if c.Field.Kind == table.Number {
		var v float64
		v, why = c.Number(row)
		text = fmt.Sprint(v)
	} else {
		var code int
		if code, why = c.Code(row); code >= 0 && code < len(c.Codes) {
			text = c.Codes[code]
		}
	}
	switch {
	case why == table.Answered:
		return "=" + text
	case folded && (why == table.NotShown || why == table.Skipped):
		return "empty"
	}
	return why.String()
}

func TestWhatIsExportedReadsBackAsTheSameResponses(t *testing.T) {
	for name, s := range samples(t) {
		for _, from := range []simulate.Format{simulate.JSONL, simulate.CSV} {
			in := input(t, s, source("x."+string(from), simulated(t, s, 400, from)))
			before := read(t, s, in.Sources...)
			for _, format := range []string{"jsonl", "csv", "xlsx"} {
				t.Run(name+" "+string(from)+" "+format, func(t *testing.T) {
					out, sum, _ := export(t, in, format, exporter.Options{Personal: true})
					file := s.ID + "." + format
					if sum.Rows != before.Count.Read {
						t.Errorf("got %d rows, want %d", sum.Rows, before.Count.Read)
					}
					after := read(t, s, source(file, out[file].Bytes()))
					if d := differs(before, after, format != "jsonl" || from == simulate.CSV); d != "" {
						t.Error(d)
					}
					again, _, _ := export(t, input(t, s, source(file, out[file].Bytes())), format, exporter.Options{Personal: true})
					if format != "xlsx" && !bytes.Equal(again[file].Bytes(), out[file].Bytes()) {
						t.Error("exporting the export gives other bytes")
					}
				})
			}
		}
	}
}

const hostileSurvey = `manyi: 1
id: s
version: 1
languages: [zh-CN, en]
title: t
pages:
  - id: p
    questions:
      - {id: word, type: long_text, text: say}
      - {id: mail, type: email, text: mail}
      - {id: n, type: number, text: n}
hidden:
  - {id: order_no, from: o, pii: true}
  - {id: channel, from: c}
`

// formulas are texts that a spreadsheet would run, and texts that only look like guarded ones.
var formulas = []string{
	"=1+1", "+8613800000000", "-5", "@x", "\u3000=1", "＝1", "＋1", "－1", "＠x", "|calc", "%0A=1", `"=cmd"`, "'=1", "''=1", "'quiet'", "'", "plain", "−1", "a=1", "=HYPERLINK(\"x\";\"y\")", "line\nbreak", `say "hi"`,
}

func TestTextsThatSpreadsheetsWouldRunAreGuardedAndComeBack(t *testing.T) {
	s := written(t, hostileSurvey)
	var body []byte
	for i, f := range formulas {
		line, err := json.Marshal(map[string]any{"_id": fmt.Sprint("=r", i), "_submitted": "2026-01-02T00:00:00Z", "word": f, "n": -5, "channel": f})
		if err != nil {
			t.Fatal(err)
		}
		body = append(append(body, line...), '\n')
	}
	in := input(t, s, source("x.jsonl", body))
	out, _, _ := export(t, in, "csv", exporter.Options{})
	for line := range strings.SplitSeq(out["s.csv"].String(), "\n") {
		for cell := range strings.SplitSeq(line, ",") {
			if text := strings.TrimPrefix(cell, `"`); text != "" && strings.ContainsAny(text[:1], "=+@\t\r|") || strings.HasPrefix(text, "＝") {
				t.Errorf("cell %q begins a formula", cell)
			}
		}
	}
	if !strings.Contains(out["s.csv"].String(), ",-5,") {
		t.Error("a number was guarded")
	}
	back, _, _ := export(t, input(t, s, source("s.csv", out["s.csv"].Bytes())), "jsonl", exporter.Options{})
	direct, _, _ := export(t, in, "jsonl", exporter.Options{})
	if got, want := back["s.jsonl"].String(), direct["s.jsonl"].String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	plain := "_id,word\n1,'=1\n"
	kept, _, _ := export(t, input(t, s, source("p.csv", []byte(plain))), "jsonl", exporter.Options{})
	if !strings.Contains(kept["s.jsonl"].String(), `"'=1"`) {
		t.Error("an apostrophe was taken from a file that does not say that it is guarded")
	}
}

func TestPersonalColumnsStayUnlessTheyAreAskedFor(t *testing.T) {
	s := written(t, hostileSurvey)
	in := input(t, s, source("x.jsonl", []byte(`{"_id":"1","_token":"SECRET1","mail":"SECRET2@x.org","order_no":"SECRET3","word":"hello"}`+"\n")))
	for _, format := range exporter.Formats {
		out, _, _ := export(t, in, format, exporter.Options{})
		for name, b := range out {
			if strings.Contains(b.String(), "SECRET") {
				t.Errorf("%s holds personal data", name)
			}
		}
	}
	out, sum, _ := export(t, in, "jsonl", exporter.Options{Personal: true})
	if strings.Count(out["s.jsonl"].String(), "SECRET") != 3 || len(sum.Withheld) > 0 {
		t.Error("personal data that was asked for is missing")
	}
}

func TestOfOneIdTheFirstResponseIsWritten(t *testing.T) {
	s := written(t, hostileSurvey)
	in := input(t, s, source("x.csv", []byte("_id,_survey,word\n1,s,a\n1,s,b\n2,other,c\n3,s,d\n")))
	out, sum, _ := export(t, in, "csv", exporter.Options{})
	if sum.Rows != 2 || sum.Duplicate != 1 || sum.Unmatched != 1 {
		t.Errorf("got %+v", *sum)
	}
	if got := strings.Count(out["s.csv"].String(), "\n"); got != 3 {
		t.Errorf("got %d lines, want 3", got)
	}
}

// near reports whether two figures agree to 1e-9, relative where they are large.
func near(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*max(1, math.Abs(b))
}
