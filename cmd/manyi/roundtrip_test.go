package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"manyi/internal/diag"
	"manyi/internal/exporter"
	"manyi/internal/importer"
	"manyi/internal/measure"
	"manyi/internal/simulate"
	"manyi/internal/survey"
	"manyi/internal/table"
)

type exportedFile struct{ *bytes.Buffer }

func (exportedFile) Close() error { return nil }

func bytesSource(name string, body []byte) table.Source {
	return table.Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }}
}

// TestEveryExportComesBackThroughImport holds that what export writes in any
// format of responses, import reads back to equal responses.
func TestEveryExportComesBackThroughImport(t *testing.T) {
	for _, id := range []string{"every_type", "telecom"} {
		var problems diag.List
		demo := os.DirFS("../..")
		s := survey.Parse(demo, "surveys/"+id, survey.ParseWorkspace(demo, &problems), &problems)
		if s == nil {
			t.Fatal(problems.Problems())
		}
		var body bytes.Buffer
		if err := simulate.Write(&body, s, simulate.Options{N: 120, Seed: 5, Format: simulate.JSONL}); err != nil {
			t.Fatal(err)
		}
		src := bytesSource("x.jsonl", body.Bytes())
		before := rowsOf(t, s, src)
		for _, test := range []struct {
			name, format, file string
			opt                exporter.Options
			figures            bool // only what figures are made of: texts are not there
		}{
			{"csv", "csv", ".csv", exporter.Options{}, false},
			{"csv for Excel", "csv", ".csv", exporter.Options{Excel: true}, false},
			{"csv of labels", "csv", ".csv", exporter.Options{Labels: true}, false},
			{"jsonl", "jsonl", ".jsonl", exporter.Options{}, false},
			{"xlsx", "xlsx", ".xlsx", exporter.Options{}, false},
			{"xlsx of labels", "xlsx", ".xlsx", exporter.Options{Labels: true}, false},
			{"spss", "spss", "-spss.csv", exporter.Options{}, false},
			{"triple-s", "triple-s", "-sss.csv", exporter.Options{}, false},
			{"ddi", "ddi", ".csv", exporter.Options{}, false},
			{"r", "r", "-r.csv", exporter.Options{}, true},
		} {
			t.Run(id+" "+test.name, func(t *testing.T) {
				test.opt.Personal = true
				after := cameBack(t, s, src, test.format, s.ID+test.file, test.opt)
				if test.figures {
					counted(t, before, after)
					return
				}
				for id, cells := range before {
					if !slices.Equal(cells, after[id]) {
						t.Errorf("column %s: %q became %q", id, cells, after[id])
					}
				}
			})
		}
	}
}

// counted holds that every row of the data for R, which has the rows that
// count and no ids, is one that was there.
func counted(t *testing.T, before, after map[string][]string) {
	t.Helper()
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(after)) {
		if before[id] != nil {
			ids = append(ids, id)
		}
	}
	if len(ids) < len(before)/2 {
		t.Fatalf("%d columns of %d came back", len(ids), len(before))
	}
	row := func(of map[string][]string, i int) string {
		var b strings.Builder
		for _, id := range ids {
			fmt.Fprintf(&b, "%q", of[id][i])
		}
		return b.String()
	}
	there := map[string]int{}
	for i := range before[ids[0]] {
		there[row(before, i)]++
	}
	for i := range after[ids[0]] {
		if there[row(after, i)]--; there[row(after, i)] < 0 {
			t.Fatalf("row %d of the data for R was not there before", i)
		}
	}
}

// cameBack exports, imports what was exported and reads it.
func cameBack(t *testing.T, s *survey.Survey, src table.Source, format, name string, opt exporter.Options) map[string][]string {
	t.Helper()
	var problems diag.List
	made := map[string]*bytes.Buffer{}
	in := &exporter.Input{Survey: s, Sources: []table.Source{src}, Options: table.Options{Weight: s.Weight}}
	in.Measure = func() (*measure.Results, []measure.Counted, error) {
		answers, err := table.Read(s.Schema(), in.Sources, in.Options, &diag.List{})
		mo := measure.Options{MinCell: 5, Problems: &diag.List{}}
		return measure.Compute(s, answers, mo), measure.CountedRows(s, answers, mo), err
	}
	_, err := exporter.Write(in, format, opt, func(name string) (io.WriteCloser, error) {
		made[name] = &bytes.Buffer{}
		return exportedFile{made[name]}, nil
	}, &problems)
	if err != nil || made[name] == nil {
		t.Fatal(err, slices.Collect(maps.Keys(made)))
	}
	frame, err := importer.Load(bytesSource(name, made[name].Bytes()), "", &problems)
	if err != nil || frame == nil {
		t.Fatal(err, problems.Problems())
	}
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	plan := importer.NewPlan(frame, s, importer.Options{})
	w, err := plan.Write(root, true, &problems)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range plan.Report(w, true).Columns {
		if c.Role == "answer" && c.How == "unmapped" && c.Filled > 0 || c.Unknown > 0 {
			t.Errorf("column %q: %+v", c.Column, c)
		}
	}
	body, err := root.ReadFile(w.File)
	if err != nil {
		t.Fatal(err)
	}
	return rowsOf(t, s, bytesSource(path.Base(w.File), body))
}

// rowsOf are the answers of every column that has some. What was not shown and
// what was left empty are one: not every format can tell them apart.
func rowsOf(t *testing.T, s *survey.Survey, src table.Source) map[string][]string {
	t.Helper()
	answers, err := table.Read(s.Schema(), []table.Source{src}, table.Options{Weight: s.Weight}, &diag.List{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, w := range answers.Waves {
		for id, c := range w.Columns {
			if c.Absent {
				continue
			}
			var cells []string
			for row := range w.Rows {
				cells = append(cells, told(c, row))
			}
			if strings.Join(cells, "") != "" {
				out[id] = append(out[id], cells...)
			}
		}
	}
	return out
}

func told(c *table.Column, row int) string {
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
	switch why {
	case table.Answered:
		return "=" + text
	case table.NotShown, table.Skipped:
		return ""
	}
	return why.String()
}
