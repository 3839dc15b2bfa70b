package table

import (
	"errors"
	"io"

	"manyi/internal/diag"
)

// rowLimit is how many rows a sheet of the format has.
const rowLimit = 1 << 20

// cellLimit is how many cells of a sheet are looked at, empty ones between
// others included.
const cellLimit = 1 << 26

// readWorkbook reads the first visible sheet of an .xlsx file. Its rows have
// the numbers that the spreadsheet shows; so have columns in places, from 1.
func (r *reader) readWorkbook(in *input) error {
	body, err := in.stream(false)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(body, workbookSize+1))
	if err != nil {
		return err
	}
	if len(data) > workbookSize {
		r.badWorkbook(errLarge)
		return nil
	}
	w, err := openWorkbook(data)
	if err != nil {
		r.badWorkbook(err)
		return nil
	}
	defer w.close()
	if len(w.others) > 0 {
		r.otherSheets(w.sheet, len(w.others))
	}
	if err := r.readSheet(w); err != nil {
		r.part.count.Read++
		r.part.count.Rejected++
		r.badWorkbook(err)
	}
	return nil
}

// readSheet reads the rows of a sheet. Rows without any text are no responses.
func (r *reader) readSheet(w *workbook) error {
	rec := &record{}
	seen, headed := 0, false
	for line := 1; ; line++ {
		cells, ok, err := w.next()
		if err != nil || !ok {
			if err == nil && !headed {
				r.noHeader(diag.Place{File: r.part.source.Name})
			}
			return err
		}
		if seen += len(cells); seen > cellLimit || line > rowLimit {
			return errLarge
		}
		if isBlank(cells) {
			continue
		}
		if headed {
			r.sheetRow(rec, cells, line)
			continue
		}
		if column, width, ok := w.mergedInto(line); ok {
			r.mergedHeader(line, column, width)
			return nil
		}
		r.sheetHeader(cells, line)
		headed = true
	}
}

func isBlank(cells []string) bool {
	for _, text := range cells {
		if text != "" {
			return false
		}
	}
	return true
}

func (r *reader) sheetHeader(cells []string, line int) {
	for i, text := range cells {
		r.bind([]byte(text), diag.Place{File: r.part.source.Name, Line: line, Column: i + 1})
	}
	if r.known == 0 {
		r.noKnownColumn(line)
	}
	r.part.hasSubmitted = r.metas[metaSubmitted] >= 0
}

// sheetRow reads a row. Cells that a sheet does not store are empty.
func (r *reader) sheetRow(rec *record, cells []string, line int) {
	rec.collect(line)
	width := len(r.headers)
	for i := range width {
		text := ""
		if i < len(cells) {
			text = cells[i]
		}
		rec.put(i, text, plain, spot{line: line, column: i + 1})
	}
	if len(cells) > width && !isBlank(cells[width:]) {
		r.ragged(line, len(cells), width)
	}
	r.row(rec)
}

func (r *reader) badWorkbook(err error) {
	summary, cure := diag.Say("the workbook is torn or damaged"), diag.Say("open it in a spreadsheet program and save it again as .xlsx or as CSV UTF-8")
	switch {
	case errors.Is(err, errLarge):
		summary, cure = diag.Say("the workbook is too large"), diag.Say("save it as CSV UTF-8")
	case errors.Is(err, errEncrypted):
		summary = diag.Say("the workbook is locked by a password, or of the old format .xls")
		cure = diag.Say("save it as .xlsx without a password, or as CSV UTF-8")
	case errors.Is(err, errNoSheet):
		summary, cure = diag.Say("the workbook has no visible sheet"), diag.Say("show the sheet that holds the responses")
	}
	r.lost("damaged-file", diag.Place{File: r.part.source.Name}, summary, cure)
}

// otherSheets says which sheet of several is read.
func (r *reader) otherSheets(sheet string, others int) {
	r.report(diag.Note, "other-sheets", func() diag.Problem {
		return diag.Problem{
			Place:   diag.Place{File: r.part.source.Name},
			Summary: diag.Say("sheet %q is read, the other %d are not, hidden ones included", sheet, others),
			Cure:    diag.Say("put the responses into the first visible sheet"),
		}
	})
}

func (r *reader) mergedHeader(line, column, width int) {
	place := diag.Place{File: r.part.source.Name, Line: line, Column: column}
	r.lost("broken-header", place, diag.Say("the header has one cell merged from %d columns", width), diag.Say("give each column a name of its own"))
}
