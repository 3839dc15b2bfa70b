package table

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbookOf writes rows to the first sheet of a workbook, which more may change.
func workbookOf(t testing.TB, rows [][]any, more func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
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
	return b.String()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestSheetCellsReadAsTheyAreMeant(t *testing.T) {
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	rows := [][]any{
		{"_id", "osat", "plan", "age", "region", "why", "spend", "_submitted", "problems_late"},
		{"a", 5, 1, 42, "北京", "well", 0.1 + 0.2, day, true},
		{"b", "4", "01", "42.0", "", nil, 12345678901234, day.Add(3*time.Hour + 4*time.Minute + 5*time.Second), false},
		{},
		{"c", 3.0, 1, 55, "north", "x", -0.5, 46348.0, 1},
	}
	text := workbookOf(t, rows, func(f *excelize.File) {
		style := func(format string) int {
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			must(t, err)
			return id
		}
		must(t, f.SetCellStyle("Sheet1", "H2", "H2", style(`yyyy"年"m"月"d"日";@`)))
		must(t, f.SetCellStyle("Sheet1", "H5", "H5", style(`[$-804]d-mmm`)))
		must(t, f.SetCellStyle("Sheet1", "C5", "C5", style("00")))
		must(t, f.SetCellStyle("Sheet1", "D5", "D5", style(`0.00" 岁"`)))
		must(t, f.SetCellStyle("Sheet1", "G3", "G3", style("#,##0.00")))
		must(t, f.SetCellFormula("Sheet1", "B2", "2+3"))
	})
	a, problems := read(t, cafe(), Options{}, file("r.xlsx", text))
	same(t, "problems", words(problems), "")
	for id, want := range map[string]string{
		"osat": "5 4 3", "plan": "1 01 01", "age": "42 42 55", "region": "北京 [skipped] north", "why": "x [skipped] x",
		"spend": "0.3 1.2345678901234e+13 -0.5", "problems_late": "1 0 1", "problems_rude": "[not_shown] [not_shown] [not_shown]",
	} {
		same(t, id, cells(a, id), want)
	}
	same(t, "first day", a.Waves[0].First, "2026-11-22")
	same(t, "last day", a.Waves[0].Last, "2026-11-22")
	same(t, "complete", a.Count.Complete, 3)
}

func TestSheetFaultsHaveTheirPlace(t *testing.T) {
	text := workbookOf(t, [][]any{nil, {"_id", "osat", "why"}, {"a", 7, "much too long a text"}, {"b", 5, nil, "extra"}}, nil)
	a, problems := read(t, cafe(), Options{}, file("r.xlsx", text))
	same(t, "problems", words(problems), "warning r.xlsx:3:2 unknown-code\nwarning r.xlsx:3:3 too-long\nwarning r.xlsx:4 ragged-row\n")
	same(t, "osat", cells(a, "osat"), "[invalid] 5")
}

func TestOnlyTheFirstVisibleSheetIsRead(t *testing.T) {
	text := workbookOf(t, [][]any{{"osat"}, {1}}, func(f *excelize.File) {
		_, err := f.NewSheet("答卷")
		must(t, err)
		must(t, f.SetSheetRow("答卷", "A1", &[]any{"osat"}))
		must(t, f.SetSheetRow("答卷", "A2", &[]any{5}))
		f.SetActiveSheet(1)
		must(t, f.SetSheetVisible("Sheet1", false))
	})
	a, problems := read(t, cafe(), Options{}, file("r.xlsx", text))
	same(t, "problems", words(problems), "note r.xlsx other-sheets\n")
	same(t, "summary", problems[0].Summary.String(), `sheet "答卷" is read, the other 1 are not, hidden ones included`)
	same(t, "osat", cells(a, "osat"), "5")
}

func TestAMergedHeaderIsRefused(t *testing.T) {
	text := workbookOf(t, [][]any{{"_id", "osat", nil}, {"a", 5, nil}}, func(f *excelize.File) {
		must(t, f.MergeCell("Sheet1", "A5", "C5"))
		must(t, f.MergeCell("Sheet1", "B1", "C1"))
	})
	_, problems := read(t, cafe(), Options{}, file("r.xlsx", text))
	same(t, "problems", words(problems), "error r.xlsx:1:2 broken-header\n")
	text = workbookOf(t, [][]any{{"_id", "osat", nil}, {"a", 5, nil}}, func(f *excelize.File) { must(t, f.MergeCell("Sheet1", "A5", "C5")) })
	a, problems := read(t, cafe(), Options{}, file("r.xlsx", text))
	same(t, "problems", words(problems), "")
	same(t, "osat", cells(a, "osat"), "5")
}

// archive changes the files of a workbook.
func archive(t testing.TB, workbook string, change func(name string, body []byte) []byte, more map[string]string) string {
	t.Helper()
	from, err := zip.NewReader(strings.NewReader(workbook), int64(len(workbook)))
	must(t, err)
	var b bytes.Buffer
	to := zip.NewWriter(&b)
	put := func(name string, body []byte) {
		w, err := to.Create(name)
		must(t, err)
		_, err = w.Write(body)
		must(t, err)
	}
	for _, f := range from.File {
		r, err := f.Open()
		must(t, err)
		var body bytes.Buffer
		_, err = body.ReadFrom(r)
		must(t, err)
		put(f.Name, change(f.Name, body.Bytes()))
	}
	for name, body := range more {
		put(name, []byte(body))
	}
	must(t, to.Close())
	return b.String()
}

// inSheet replaces a text of the first sheet, once.
func inSheet(old, new string) func(string, []byte) []byte {
	return func(name string, body []byte) []byte {
		if name == "xl/worksheets/sheet1.xml" {
			return bytes.Replace(body, []byte(old), []byte(new), 1)
		}
		return body
	}
}

func FuzzWorkbook(f *testing.F) {
	f.Add([]byte(workbookOf(f, [][]any{{"_id", "osat"}, {"a", 5}}, nil)))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		read(t, cafe(), Options{}, file("r.xlsx", string(data)))
	})
}
