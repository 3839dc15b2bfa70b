package workbook_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"manyi/internal/chart"
	"manyi/internal/report"
	"manyi/internal/survey"
	"manyi/internal/workbook"
	"manyi/templates"
)

func sample() *report.Report {
	p := &report.Page{Name: "index", Title: "Overview", Kicker: "2026", Heading: "**Up**", Sections: []report.Section{{Blocks: []report.Block{
		{Figure: &chart.Figure{
			ID: strings.Repeat("long-", 9) + "a", Kind: chart.Bars, Lang: "en", Title: "=1+1", Note: "base 10", Columns: []chart.Column{{ID: "share", Label: "Share", Format: chart.Format{Percent: true, Decimals: 1}}, {ID: "n", Role: chart.Base}},
			Rows: []chart.Row{{Label: "=cmd|' /C calc'!A0", Cells: []float64{0.6125, 10}}, {Label: "few", State: chart.Suppressed}},
		}},
		{Figure: &chart.Figure{ID: strings.Repeat("long-", 9) + "b", Kind: chart.Bars, Lang: "en", Title: "B", Columns: []chart.Column{{ID: "mean", Label: "Mean"}}, Rows: []chart.Row{{Label: "x", Cells: []float64{1}}}}},
		{Table: &report.Table{ID: "t", Caption: "Counts", Head: []string{"Code", "n", "Note"}, Rows: []report.Row{{Label: "007", Cells: []report.Cell{{Text: "2,919"}, {Text: "−0.14"}}}, {Label: "x", Cells: []report.Cell{{Text: "01"}, {Text: "81.4%"}}}}}},
	}}}}
	return &report.Report{Survey: "cafe", Title: "Café", Lang: "en", Pages: []*report.Page{p}}
}

func write(t *testing.T) []byte {
	t.Helper()
	l, err := survey.LoadLocale(templates.Files, "en")
	if err != nil {
		t.Fatal(err)
	}
	out, err := workbook.Write(sample(), l, workbook.Facts{Site: "Centre", Note: "as of 2026-11-22"})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestASheetAFigureWithNumbersAsNumbersAndNoFormula(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if len(sheets) != 4 || sheets[0] != "Contents" {
		t.Fatalf("sheets %q", sheets)
	}
	for _, name := range sheets {
		if len([]rune(name)) > 31 {
			t.Errorf("sheet name %q is too long", name)
		}
		for _, cell := range []string{"A1", "A5", "A6"} {
			if formula, _ := f.GetCellFormula(name, cell); formula != "" {
				t.Errorf("%s!%s holds the formula %q", name, cell, formula)
			}
		}
	}
	for _, c := range []struct{ sheet, at, raw, shown string }{
		{sheets[1], "A1", "=1+1", "=1+1"},
		{sheets[1], "A5", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"},
		{sheets[1], "B5", "0.6125", "61.3%"},
		{sheets[1], "C5", "10", "10"},
		{"t", "A5", "007", "007"},
		{"t", "B5", "2919", "2,919"},
		{"t", "C5", "-0.14", "-0.14"},
		{"t", "B6", "01", "01"},
		{"t", "C6", "0.814", "81.4%"},
	} {
		raw, _ := f.GetCellValue(c.sheet, c.at, excelize.Options{RawCellValue: true})
		shown, _ := f.GetCellValue(c.sheet, c.at)
		if raw != c.raw || shown != c.shown {
			t.Errorf("%s!%s: %q shown %q, want %q shown %q", c.sheet, c.at, raw, shown, c.raw, c.shown)
		}
	}
	if hidden, _ := f.GetCellValue(sheets[1], "B6"); strings.ContainsAny(hidden, "0123456789") && !strings.Contains(hidden, " ") {
		t.Errorf("a hidden row shows %q", hidden)
	}
}

func TestTheSameReportGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(write(t), write(t)) {
		t.Error("two writings differ")
	}
}

// Nothing is in a workbook but what its sheets show: no hidden sheet, row or
// column, no name, no comment, nobody who made it and no day.
func TestAWorkbookHidesNothing(t *testing.T) {
	body := write(t)
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err != nil || !visible {
			t.Errorf("sheet %s is hidden (%v)", name, err)
		}
		if comments, err := f.GetComments(name); err != nil || len(comments) > 0 {
			t.Errorf("sheet %s has comments %v (%v)", name, comments, err)
		}
	}
	if names := f.GetDefinedName(); len(names) > 0 {
		t.Errorf("defined names %v", names)
	}
	made, err := f.GetDocProps()
	if err != nil || made.Creator != "manyi" || made.LastModifiedBy != "manyi" || made.Created != "2000-01-01T00:00:00Z" || made.Modified != made.Created {
		t.Errorf("made by %+v (%v)", made, err)
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range z.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{`hidden="1"`, `hidden="true"`, "xuri", "definedName ", "externalLink"} {
			if bytes.Contains(text, []byte(word)) {
				t.Errorf("%s holds %s", part.Name, word)
			}
		}
		if year := part.Modified.Year(); year > 1980 {
			t.Errorf("%s was written in %d", part.Name, year)
		}
	}
}
