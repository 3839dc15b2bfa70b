// Package workbook writes a report as an .xlsx file: a sheet for every figure
// and every table, with its message, its base and its notes, and a sheet of
// contents in front. Numbers are numbers in full precision, shown as the pages
// show them; everything else is text, and no text is a formula. The same report
// gives the same bytes.
package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"manyi/internal/report"
	"manyi/internal/survey"
)

// noDay is the day of every workbook: nothing tells when it was made.
const noDay = "2000-01-01T00:00:00Z"

// Facts are said on the first sheet.
type Facts struct {
	Site string // title of the site
	Note string // what stands at the foot of every page: day, threshold
}

// Write makes the workbook of a report in its language.
func Write(r *report.Report, l *survey.Locale, facts Facts) ([]byte, error) {
	b := &book{file: excelize.NewFile(), locale: l, names: map[string]bool{}, formats: map[string]int{}}
	defer b.file.Close()
	b.file.SetZipWriter(inOrder)
	// the library signs with its author's name and a day of its own
	if err := b.file.SetDocProps(&excelize.DocProperties{Creator: "manyi", LastModifiedBy: "manyi", Created: noDay, Modified: noDay}); err != nil {
		return nil, fmt.Errorf("name the maker: %w", err)
	}
	b.contents = b.name(l.Say("workbook.contents"))
	if err := b.file.SetSheetName("Sheet1", b.contents); err != nil {
		return nil, fmt.Errorf("name the first sheet: %w", err)
	}
	var entries []entry
	for _, p := range r.Pages {
		for _, s := range sheetsOf(p) {
			s.sheet = b.name(s.id)
			entries = append(entries, entry{p.Title, s.title, s.sheet})
			if err := b.write(s); err != nil {
				return nil, fmt.Errorf("write sheet %q: %w", s.sheet, err)
			}
		}
	}
	if err := b.front(r, facts, entries); err != nil {
		return nil, fmt.Errorf("write the contents: %w", err)
	}
	out, err := b.file.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("pack the workbook: %w", err)
	}
	return out.Bytes(), nil
}

// entry is a line of the contents.
type entry struct{ page, title, sheet string }

// book is a workbook while it is written.
type book struct {
	file     *excelize.File
	locale   *survey.Locale
	contents string          // name of the first sheet
	names    map[string]bool // of the sheets, in small letters
	formats  map[string]int
}

// front writes the first sheet: what this is, and where everything stands.
func (b *book) front(r *report.Report, facts Facts, entries []entry) error {
	bold, err := b.bold(16)
	if err != nil {
		return err
	}
	kicker, heading := "", ""
	if len(r.Pages) > 0 {
		kicker, heading = r.Pages[0].Kicker, plain(r.Pages[0].Heading)
	}
	lines := []string{r.Title, facts.Site, kicker, heading, facts.Note}
	for i, text := range lines {
		if err := b.file.SetCellStr(b.contents, fmt.Sprintf("A%d", i+1), text); err != nil {
			return err
		}
	}
	if err := b.file.SetCellStyle(b.contents, "A1", "A1", bold); err != nil {
		return err
	}
	link, err := b.linked()
	if err != nil {
		return err
	}
	for i, e := range entries {
		row := len(lines) + 2 + i
		at := fmt.Sprintf("B%d", row)
		if err := b.file.SetCellStr(b.contents, fmt.Sprintf("A%d", row), e.page); err != nil {
			return err
		}
		if err := b.file.SetCellStr(b.contents, at, e.title); err != nil {
			return err
		}
		if err := b.file.SetCellHyperLink(b.contents, at, "'"+e.sheet+"'!A1", "Location"); err != nil {
			return err
		}
		if err := b.file.SetCellStyle(b.contents, at, at, link); err != nil {
			return err
		}
	}
	if err := b.file.SetColWidth(b.contents, "A", "A", 26); err != nil {
		return err
	}
	return b.file.SetColWidth(b.contents, "B", "B", 90)
}
