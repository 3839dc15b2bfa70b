package importer_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"manyi/internal/diag"
	"manyi/internal/importer"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// shanghai is the zone of the fixtures.
var shanghai = time.FixedZone("", 8*3600)

// cafe is the survey that all fixtures answer.
func cafe(t testing.TB) *survey.Survey {
	t.Helper()
	body, err := os.ReadFile("testdata/survey.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"manyi.yaml": {Data: []byte("manyi: 1\ntitle: T\nlanguages: [zh-CN, en]\n")}, "surveys/cafe/survey.yaml": {Data: body}}
	var problems diag.List
	s := survey.Parse(files, "surveys/cafe", survey.ParseWorkspace(files, &problems), &problems)
	if s == nil || problems.Has(diag.Error) {
		t.Fatal(problems.Problems())
	}
	return s
}

func source(name string, body []byte) table.Source {
	return table.Source{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }}
}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata/exports", name))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// brought is what an import leaves behind.
type brought struct {
	written importer.Written
	report  *importer.Report
	records []map[string]any
	root    *os.Root
}

// bring imports an export into a workspace.
func bring(t testing.TB, root *os.Root, src table.Source, opt importer.Options) brought {
	t.Helper()
	var problems diag.List
	frame, err := importer.Load(src, "", &problems)
	if err != nil || frame == nil {
		t.Fatalf("%s: %v %v", src.Name, err, problems.Problems())
	}
	if opt.Zone == nil {
		opt.Zone = shanghai
	}
	plan := importer.NewPlan(frame, cafe(t), opt)
	w, err := plan.Write(root, true, &problems)
	if err != nil {
		t.Fatal(err)
	}
	if err := plan.Record(root, w); err != nil {
		t.Fatal(err)
	}
	return brought{w, plan.Report(w, true), records(t, root, w.File), root}
}

func records(t testing.TB, root *os.Root, name string) []map[string]any {
	t.Helper()
	body, err := root.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	var out []map[string]any
	for line := range bytes.Lines(body) {
		var r map[string]any
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, r)
	}
	return out
}

func workspace(t testing.TB) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}

// wanted are the three responses that every fixture holds. Keys that a tool
// does not export stand in lacking.
var wanted = []map[string]string{
	{"osat": "5", "aspects_speed": "4", "aspects_skill": "5", "problems": "[late other]", "problems_other_text": "停车难", "rec": "10", "visit": "walk", "rank_taste": "1", "rank_place": "2", "rank_cost": "3", "age": "34", "why": "=好"},
	{"osat": "2", "aspects_speed": "1", "aspects_skill": "2", "problems": "[price]", "rec": "3", "visit": "other", "visit_other_text": "骑车", "rank_taste": "2", "rank_place": "3", "rank_cost": "1", "age": "28"},
	{"aspects_speed": "3", "rec": "0", "visit": "bus", "age": "41", "why": "一般"},
}

func TestEveryToolBringsTheSameAnswers(t *testing.T) {
	for _, test := range []struct {
		file, tool string
		partial    int
		lacking    string
	}{
		{"wenjuanxing_text.csv", "wenjuanxing", 0, ""},
		{"wenjuanxing_codes.csv", "wenjuanxing", 0, "problems_other_text visit_other_text"},
		{"tencent.csv", "tencent", 0, "rank problems_other_text visit_other_text"},
		{"limesurvey_codes.csv", "limesurvey", 1, ""},
		{"limesurvey_text.csv", "limesurvey", 1, ""},
		{"qualtrics_3.csv", "qualtrics", 1, "rank"},
		{"qualtrics_1.csv", "qualtrics", 1, "rank"},
		{"surveymonkey_2.csv", "surveymonkey", 0, ""},
		{"google.csv", "google", 0, "rank"},
		{"kobo_xml.csv", "kobo", 0, "rank"},
		{"odk.csv", "odk", 0, "rank"},
		{"typeform.csv", "typeform", 1, "rank"},
		{"typeform.json", "typeform", 1, "rank"},
		{"formbricks.csv", "formbricks", 1, "rank"},
		{"formbricks.json", "formbricks", 1, ""},
		{"surveyjs.json", "surveyjs", 0, ""},
		{"table.tsv", "table", 0, "problems_other_text visit_other_text"},
	} {
		t.Run(test.file, func(t *testing.T) {
			got := bring(t, workspace(t), source(test.file, fixture(t, test.file)), importer.Options{})
			if got.report.Tool != test.tool || got.written.New != 3 || got.written.Partial != test.partial {
				t.Errorf("got tool %s, %+v", got.report.Tool, got.written.Counts)
			}
			for _, c := range got.report.Columns {
				if c.Role == "answer" && c.How == "unmapped" || c.Unknown > 0 {
					t.Errorf("column %q: %+v", c.Column, c)
				}
			}
			for i, r := range got.records {
				if r["_id"] == nil || i == 0 && !strings.HasPrefix(fmt.Sprint(r["_submitted"]), "2026-09-03T12:00:0") {
					t.Errorf("response %d: id %v, submitted %v", i, r["_id"], r["_submitted"])
				}
				if have, want := answersOf(r), without(wanted[i], test.lacking); !reflect.DeepEqual(have, want) {
					t.Errorf("response %d:\n got %v\nwant %v", i, have, want)
				}
			}
			if strings.Contains(fmt.Sprint(got.records), "1.2.3") || strings.Contains(fmt.Sprint(got.records), "example.com") || strings.Contains(fmt.Sprint(got.records), "1380000") {
				t.Error("an address or a telephone number was imported")
			}
		})
	}
}

// answersOf are the answers of a record as text.
func answersOf(r map[string]any) map[string]string {
	out := map[string]string{}
	for k, v := range r {
		if s := fmt.Sprint(v); !strings.HasPrefix(k, "_") && v != nil && s != "[]" {
			out[k] = s
		}
	}
	return out
}

func without(r map[string]string, lacking string) map[string]string {
	out := map[string]string{}
	for k, v := range r {
		if root, _, _ := strings.Cut(k, "_"); !strings.Contains(" "+lacking+" ", " "+k+" ") && !strings.Contains(" "+lacking+" ", " "+root+" ") {
			out[k] = v
		}
	}
	return out
}

func TestMissingAnswersKeepTheirReasons(t *testing.T) {
	got := bring(t, workspace(t), source("wjx.csv", fixture(t, "wenjuanxing_text.csv")), importer.Options{})
	third := got.records[2]
	if v, shown := third["osat"]; !shown || v != nil {
		t.Errorf("(空) became %v, shown %v; want null", v, shown)
	}
	if _, shown := third["aspects_skill"]; shown {
		t.Error("(跳过) became a shown question")
	}
	if _, shown := third["problems"]; shown {
		t.Error("(跳过) became a shown multiple choice")
	}
}

func TestTheSameExportTwiceChangesNothing(t *testing.T) {
	root := workspace(t)
	body := fixture(t, "limesurvey_codes.csv")
	one := bring(t, root, source("ls.csv", body), importer.Options{})
	before, _ := root.ReadFile(one.written.File)
	note, _ := root.ReadFile(one.written.Record)
	two := bring(t, root, source("ls.csv", body), importer.Options{})
	after, _ := root.ReadFile(one.written.File)
	again, _ := root.ReadFile(one.written.Record)
	if two.written.Known != 3 || two.written.New != 0 || !bytes.Equal(before, after) || !bytes.Equal(note, again) {
		t.Errorf("got %+v", two.written.Counts)
	}
	// a newer export: the partial is complete, one is changed, one is new
	newer := strings.Replace(string(body), `"3";"";`, `"3";"2026-09-05 09:00:00";`, 1)
	newer = strings.Replace(newer, `"1.2.3.5";"2"`, `"1.2.3.5";"4"`, 1)
	newer = strings.TrimRight(newer, "\n") + "\n" + `"4";"2026-09-06 09:00:00";"1";"en";"96";"";"";"";"3"` + "\n"
	three := bring(t, root, source("newer.csv", []byte(newer)), importer.Options{})
	if c := three.written.Counts; c.New != 1 || c.Finished != 1 || c.Conflict != 1 || c.Known != 1 || c.Read != 4 {
		t.Errorf("got %+v", c)
	}
	if old := records(t, root, one.written.File); len(old) != 2 {
		t.Errorf("%d responses stay in the first file, want 2: the partial gave way", len(old))
	}
	four := bring(t, root, source("newer.csv", []byte(newer)), importer.Options{Replace: true})
	if c := four.written.Counts; c.Replaced != 1 || c.Known != 3 {
		t.Errorf("got %+v", c)
	}
	count := 0
	fs.WalkDir(root.FS(), "surveys/cafe/responses", func(name string, e fs.DirEntry, _ error) error {
		if !e.IsDir() {
			count += len(records(t, root, name))
		}
		return nil
	})
	if count != 4 {
		t.Errorf("%d responses in all files, want 4", count)
	}
}
