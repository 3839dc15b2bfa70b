package importer_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/htmlindex"

	"manyi/internal/diag"
	"manyi/internal/importer"
)

// load looks at an export; told are the codes of its problems.
func load(t testing.TB, name, body string) (f *importer.Frame, told string) {
	t.Helper()
	var problems diag.List
	f, err := importer.Load(source(name, []byte(body)), "", &problems)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems.Problems() {
		told += p.Severity.String() + " " + p.Code + "; "
	}
	return f, strings.TrimSuffix(told, "; ")
}

func encoded(t testing.TB, name, text string) string {
	t.Helper()
	e, err := htmlindex.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// C01, C02: whatever the delimiter and the encoding, the columns and rows are the same.
func TestDelimitersAndEncodings(t *testing.T) {
	const wjx = "序号,提交答卷时间,所用时间,来源,1、总的来说，您有多满意？,2、姓名\n1,2026/9/3 12:00:00,12秒,微信,很满意,李雷\n2,2026/9/3 12:01:00,12秒,微信,满意,韩梅梅\n"
	const text = "id,Titel,why\n1,5,\"a, \"\"b\"\"\nc\"\n2,4,x\n"
	wide := "id" + strings.Repeat(",c", 20_000) + "\n1" + strings.Repeat(",5", 20_000) + "\n"
	for _, test := range []struct {
		name, body    string
		columns, rows int
		told          string
	}{
		{"comma.csv", text, 3, 2, ""},
		{"semicolon.csv", strings.ReplaceAll(text, ",", ";"), 3, 2, ""},
		{"bar.csv", strings.ReplaceAll(text, ",", "|"), 3, 2, ""},
		{"tab.tsv", strings.ReplaceAll(text, ",", "\t"), 3, 2, ""},
		{"sep.csv", "sep=;\n" + strings.ReplaceAll(text, ",", ";"), 3, 2, ""},
		{"ragged.csv", "id,a,b\n1,2\n2,3,4,5\n\n", 3, 2, ""},
		{"empty header.csv", "id,,b\n1,,2\n2,3,4\n", 3, 2, ""},
		{"twice.csv", "id,a,a\n1,5,4\n2,3,4\n", 3, 2, ""},
		{"wide.csv", wide, 20_001, 1, ""},
		{"gbk.csv", encoded(t, "gbk", wjx), 6, 2, "note encoding"},
		{"gb18030.csv", encoded(t, "gb18030", strings.ReplaceAll(wjx, "韩梅梅", "𠮷家梅")), 6, 2, "note encoding"},
		{"utf16.txt", encoded(t, "utf-16le", "\ufeff"+strings.ReplaceAll(wjx, ",", "\t")), 6, 2, "note encoding"},
		{"bom.csv", "\ufeff" + wjx, 6, 2, ""},
		{"big5.csv", encoded(t, "big5", "編號,您滿意嗎,意見\n1,很滿意,服務人員態度很好\n"), 0, 0, "error not-utf8"},
		{"latin1.csv", encoded(t, "windows-1252", "id,été\n1,très bien\n"), 0, 0, "error not-utf8"},
		{"old.xls", "\xD0\xCF\x11\xE0", 0, 0, "error unknown-format"},
		{"export.zip", "PK", 0, 0, "error unknown-format"},
		{"empty.csv", "", 0, 0, "error empty-file"},
		{"mac.csv", "id,a\r1,2\r3,4\r", 0, 0, "error cr-lines"},
	} {
		f, told := load(t, test.name, test.body)
		if f == nil {
			if test.columns > 0 || told != test.told {
				t.Errorf("%s: nothing was read: %s", test.name, told)
			}
			continue
		}
		if len(f.Columns) != test.columns || f.Rows != test.rows || told != test.told {
			t.Errorf("%s: got %d columns, %d rows, told %q; want %d, %d, %q", test.name, len(f.Columns), f.Rows, told, test.columns, test.rows, test.told)
		}
	}
	torn, _ := load(t, "torn.csv", wjx[:len(wjx)-2])
	if torn == nil || torn.Rows != 2 {
		t.Error("a file that ends within a character is not read")
	}
}

// C03: what a spreadsheet broke is told, not imported in silence.
func TestSpreadsheetDamageIsFlagged(t *testing.T) {
	got := bring(t, workspace(t), source("damaged.csv", []byte("编号,提交时间,osat,visit,why\n1,2026-09-03,5,1月2日,######\n2,2026-09-03,4,walk,1E+17\n3,2026-09-03,00123,TRUE,#REF!\n")), importer.Options{})
	for _, c := range got.report.Columns {
		switch c.Column {
		case "visit":
			if c.Damaged != 1 {
				t.Errorf("1月2日: %+v", c)
			}
		case "why":
			if c.Damaged != 3 {
				t.Errorf("######, 1E+17 and #REF!: %+v", c)
			}
		case "osat":
			if c.Unknown != 1 {
				t.Errorf("00123: %+v", c)
			}
		}
	}
	if r := got.records[2]; r["osat"] != nil || r["visit"] != "other" {
		t.Errorf("got %v", r)
	}
}

// C04: exactly the one apostrophe that an export puts before what a spreadsheet would compute comes off.
func TestTheGuardOfFormulasComesOffOnce(t *testing.T) {
	for _, test := range [][2]string{
		{"'=1+1", "=1+1"}, {"'+86 139", "+86 139"}, {"-5", "-5"}, {"'@x", "@x"}, {"'＝1", "＝1"}, {"'|x", "|x"}, {"'%0A=", "%0A="}, {"''=1", "'=1"}, {"'tis", "'tis"}, {"''", "''"}, {"'", "'"}, {"=cmd", "=cmd"},
	} {
		got := bring(t, workspace(t), source("guard.csv", []byte("编号,why\n1,"+test[0]+"\n")), importer.Options{})
		if why := got.records[0]["why"]; why != test[1] {
			t.Errorf("%s became %v, want %s", test[0], why, test[1])
		}
	}
}

func TestFullWidthDigitsAndBlanksAreRead(t *testing.T) {
	got := bring(t, workspace(t), source("wide.csv", []byte("编号,osat,rec,age\n１,５,１０,　３４　\n2,4分,８,28岁\n")), importer.Options{})
	for i, want := range []string{"map[age:34 osat:5 rec:10]", "map[age:28 osat:4 rec:8]"} {
		if have := fmt.Sprint(answersOf(got.records[i])); have != want {
			t.Errorf("got %s, want %s", have, want)
		}
	}
}

func workbook(t testing.TB, more func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"_id", "osat", "why"}, {"a", 5, "x"}, {"b", 4, "y"}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if more != nil {
		more(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a workbook whose sheet unpacks to far more than it holds.
func bomb(t testing.TB) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for range 150 {
			part.Write(make([]byte, 1<<20))
		}
	}
	w.Close()
	return b.Bytes()
}

// X01: hostile workbooks are refused before they are unpacked, formulas give their saved value.
func TestHostileWorkbooks(t *testing.T) {
	for _, test := range []struct {
		name string
		body []byte
		want string
	}{
		{"plain", workbook(t, nil), "[map[osat:5 why:x] map[osat:4 why:y]]"},
		{"formula", workbook(t, func(f *excelize.File) { f.SetCellFormula("Sheet1", "C3", `WEBSERVICE("http://x")`) }), "[map[osat:5 why:x] map[osat:4 why:y]]"},
		{"hidden sheet", workbook(t, func(f *excelize.File) {
			f.NewSheet("Other")
			f.SetCellValue("Other", "A1", "secret")
			f.SetSheetVisible("Other", false)
		}), "[map[osat:5 why:x] map[osat:4 why:y]]"},
		{"bomb", bomb(t), "refused"},
		{"locked", append([]byte("\xD0\xCF\x11\xE0"), make([]byte, 600)...), "refused"},
		{"torn", workbook(t, nil)[:2000], "refused"},
		{"outside", append([]byte("PK\x03\x04"), []byte("../../etc/passwd")...), "refused"},
	} {
		begun := time.Now()
		var problems diag.List
		f, err := importer.Load(source(test.name+".xlsx", test.body), "", &problems)
		if err != nil {
			t.Fatal(err)
		}
		if f == nil {
			if test.want != "refused" {
				t.Errorf("%s: %v", test.name, problems.Problems())
			}
			continue
		}
		got := bring(t, workspace(t), source(test.name+".xlsx", test.body), importer.Options{})
		var all []map[string]string
		for _, r := range got.records {
			all = append(all, answersOf(r))
		}
		if have := fmt.Sprint(all); have != test.want && test.name != "formula" {
			t.Errorf("%s: got %s, want %s", test.name, have, test.want)
		}
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("%s took %v", test.name, took)
		}
	}
}

// FuzzImport holds that no export makes the readers panic, and that no row is
// lost in the counts.
func FuzzImport(f *testing.F) {
	for i, name := range []string{"wenjuanxing_text.csv", "limesurvey_codes.csv", "qualtrics_3.csv", "surveymonkey_2.csv", "google.csv", "kobo_xml.csv", "typeform.csv", "typeform.json", "formbricks.json", "surveyjs.json", "table.tsv"} {
		f.Add(uint8(i), string(fixture(f, name)))
	}
	f.Add(uint8(0), "M1.")
	f.Add(uint8(8), `{"data":[{"a":[[[[{}]]]]}]}`)
	s := cafe(f)
	root := workspace(f)
	f.Fuzz(func(t *testing.T, kind uint8, body string) {
		name := "x" + []string{".csv", ".tsv", ".json", ".jsonl", ".txt"}[kind%5]
		if kind > 6 && kind < 10 {
			name = "x.json"
		}
		var problems diag.List
		frame, err := importer.Load(source(name, []byte(body)), "", &problems)
		if err != nil {
			t.Fatal(err)
		}
		if frame == nil {
			return
		}
		one := importer.NewPlan(frame, s, importer.Options{Zone: shanghai})
		w, err := one.Write(root, false, &problems)
		if err != nil {
			t.Fatal(err)
		}
		if w.Read != w.New+w.Known+w.Finished+w.Replaced+w.Conflict+w.Twice+w.Rejected {
			t.Errorf("rows are lost: %+v", w.Counts)
		}
		importer.Draft(frame, importer.DraftOptions{ID: "fuzz", Scales: s.Scales, Plain: kind%2 == 0})
	})
}
