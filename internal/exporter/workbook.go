package exporter

import (
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"manyi/internal/diag"
	"manyi/internal/table"
)

// Limits of a sheet.
const (
	mostSheetRows    = 1<<20 - 1 // besides the header
	mostSheetColumns = 1 << 14
	mostSheetCell    = 32767 // characters
)

// workbook writes an XLSX file: the responses, and the codebook beside them.
// Texts are cells of type string, so that nothing in them is run; codes that
// are whole numbers and numbers are numbers.
func (x *export) workbook() error {
	shown, err := x.shown()
	if err != nil {
		return err
	}
	if x.scanned.rows > mostSheetRows || len(shown) > mostSheetColumns {
		x.problems.Add(diag.Problem{
			Severity: diag.Error, Code: "too-large", Place: diag.Place{File: x.Survey.File},
			Summary: diag.Say("%d responses of %d columns are more than a sheet holds", x.scanned.rows, len(shown)), Cure: diag.Say("export them to csv or jsonl"),
		})
		return nil
	}
	return x.file(x.Survey.ID+".xlsx", func(to io.Writer) error {
		f := excelize.NewFile()
		defer f.Close()
		if err := f.SetSheetName("Sheet1", "responses"); err != nil {
			return err
		}
		if err := x.responsesSheet(f, shown); err != nil {
			return err
		}
		if err := x.codebookSheet(f); err != nil {
			return err
		}
		return f.Write(to)
	})
}

func (x *export) responsesSheet(f *excelize.File, shown []int) error {
	w, err := f.NewStreamWriter("responses")
	if err != nil {
		return err
	}
	header := make([]any, len(shown))
	for k, i := range shown {
		header[k] = x.columns[i].ID
	}
	if err := w.SetRow("A1", header); err != nil {
		return err
	}
	line, cut := 1, 0
	cells := make([]any, len(shown))
	err = x.each(&diag.List{}, func(r *row) error {
		line++
		for k, i := range shown {
			cells[k] = x.sheetCell(x.columns[i], r.cells[i].text, &cut)
		}
		return w.SetRow("A"+strconv.Itoa(line), cells)
	})
	if cut > 0 {
		x.lost(diag.Place{File: x.Survey.File}, diag.Say("%d texts are longer than a cell holds and were cut to %d characters", cut, mostSheetCell))
	}
	return cmpErr(err, w.Flush())
}

func (x *export) sheetCell(c *Column, text string, cut *int) any {
	if text == "" {
		return nil
	}
	if x.opt.Labels && c.Field.Kind == table.Choice {
		return x.labelOf(c, text)
	}
	if c.Field.Kind <= table.Tick && integer.MatchString(text) || c.Field.Kind == table.Number {
		if v, ok := table.ParseNumber(text); ok && exact(v, text) {
			return v
		}
	}
	if utf8.RuneCountInString(text) > mostSheetCell {
		*cut++
		return string([]rune(text)[:mostSheetCell])
	}
	return text
}

// exact reports whether a number is written again as it was.
func exact(v float64, text string) bool { return strconv.FormatFloat(v, 'f', -1, 64) == text }

func (x *export) codebookSheet(f *excelize.File) error {
	if _, err := f.NewSheet("codebook"); err != nil {
		return err
	}
	w, err := f.NewStreamWriter("codebook")
	if err != nil {
		return err
	}
	for i, line := range x.codebookTable() {
		cells := make([]any, len(line))
		for k, s := range line {
			cells[k] = s
		}
		if err := w.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return err
		}
	}
	return w.Flush()
}
