package table

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of a workbook. What passes them is refused before it is unpacked.
const (
	workbookSize    = 64 << 20  // bytes, packed
	workbookContent = 128 << 20 // bytes, unpacked
	workbookEntries = 10_000    // files in the archive
	sharedStrings   = 500_000   // different texts
	workbookRatio   = 1100      // unpacked to packed; deflate gives 1032 at most
)

var (
	errLarge     = errors.New("the workbook is too large")
	errDamaged   = errors.New("the workbook is damaged")
	errEncrypted = errors.New("the workbook is locked, or of the old format .xls")
	errNoSheet   = errors.New("the workbook has no visible sheet")
)

// workbook is the only user of excelize: the first visible sheet of an .xlsx
// file, row by row. Formulas give the values that were saved with them; links
// are not followed.
type workbook struct {
	file    *excelize.File
	rows    *excelize.Rows
	sheet   string
	others  []string // sheets that are not read
	merged  [][]byte // attributes of merged areas, as in the file
	content []byte   // of the sheet, as in the file
}

// openWorkbook opens the bytes of an .xlsx file. Its error is the file's fault.
func openWorkbook(data []byte) (w *workbook, err error) {
	defer func() {
		if broken := recover(); broken != nil { // excelize meets bytes that it does not expect
			w, err = nil, fmt.Errorf("%w: %v", errDamaged, broken)
		}
	}()
	if bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) {
		return nil, errEncrypted
	}
	if err := judgeArchive(data); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: workbookContent, UnzipXMLSizeLimit: workbookContent})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	w = &workbook{file: f}
	texts, _ := f.Pkg.Load("xl/sharedStrings.xml")
	if b, _ := texts.([]byte); bytes.Count(b, []byte("<si>"))+bytes.Count(b, []byte("<si ")) > sharedStrings {
		return nil, errLarge
	}
	if err := w.choose(); err != nil {
		return nil, err
	}
	w.plainFormats()
	w.rows, err = f.Rows(w.sheet)
	return w, err
}

// judgeArchive judges a ZIP archive by its directory.
func judgeArchive(data []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return errDamaged
	}
	if len(archive.File) > workbookEntries {
		return errLarge
	}
	content := uint64(0)
	for _, f := range archive.File {
		content += f.UncompressedSize64
		if content > workbookContent || f.UncompressedSize64 > workbookRatio*(f.CompressedSize64+1) {
			return errLarge
		}
	}
	return nil
}

// choose takes the first visible sheet.
func (w *workbook) choose() error {
	for _, name := range w.file.GetSheetList() {
		visible, err := w.file.GetSheetVisible(name)
		content := w.contentOf(name)
		if err == nil && visible && w.sheet == "" && content != nil {
			w.sheet, w.content = name, content
			continue
		}
		w.others = append(w.others, name)
	}
	if w.sheet == "" {
		return errNoSheet
	}
	i := bytes.LastIndex(w.content, []byte("sheetData"))
	if i < 0 || !bytes.Contains(w.content[i:], []byte("worksheet>")) {
		return errDamaged // torn
	}
	w.merged = mergedAreas.FindAll(w.content[i:], -1)
	return nil
}

var mergedAreas = regexp.MustCompile(`mergeCell [^>]*ref="[A-Z]+[0-9]+:[A-Z]+[0-9]+"`)

// contentOf returns the XML of a worksheet, nil for charts and what is missing.
func (w *workbook) contentOf(sheet string) []byte {
	links, _ := w.file.Pkg.Load("xl/_rels/workbook.xml.rels")
	raw, _ := links.([]byte)
	var list struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:",attr"`
		}
	}
	if xml.Unmarshal(raw, &list) != nil || w.file.WorkBook == nil {
		return nil
	}
	for _, s := range w.file.WorkBook.Sheets.Sheet {
		for _, link := range list.Relationship {
			if s.Name != sheet || link.ID != s.ID {
				continue
			}
			name := path.Join("xl", link.Target)
			if strings.HasPrefix(link.Target, "/") {
				name = link.Target[1:]
			}
			content, _ := w.file.Pkg.Load(name)
			b, _ := content.([]byte)
			if !strings.Contains(name, "worksheets/") {
				return nil
			}
			return b
		}
	}
	return nil
}

// mergedInto returns the first area of several columns that covers a row, from 1.
func (w *workbook) mergedInto(row int) (column, width int, ok bool) {
	for _, area := range w.merged {
		area = area[bytes.LastIndexByte(area[:len(area)-1], '"')+1 : len(area)-1]
		from, to, _ := strings.Cut(string(area), ":")
		left, top, err := excelize.CellNameToCoordinates(from)
		right, bottom, err2 := excelize.CellNameToCoordinates(to)
		if err == nil && err2 == nil && top <= row && row <= bottom && left < right {
			return left, right - left + 1, true
		}
	}
	return 0, 0, false
}

// next returns the cells of the next row as text; false after the last.
func (w *workbook) next() (cells []string, ok bool, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("%w: %v", errDamaged, broken)
		}
	}()
	if !w.rows.Next() {
		return nil, false, w.rows.Error()
	}
	cells, err = w.rows.Columns()
	return cells, true, err
}

func (w *workbook) close() { w.file.Close() }

// asStored is the id of a number format that no workbook has: excelize then
// writes a number with 15 digits and nothing else.
const asStored = 1 << 20

// plainFormats lets every cell of a workbook read as what it means, not as it
// looks: dates in ISO 8601, numbers without the noise of their last binary
// digits; only leading zeros stay. They are codes.
func (w *workbook) plainFormats() {
	styles := w.file.Styles
	if styles == nil || styles.CellXfs == nil {
		return
	}
	iso := map[string]int{}
	for _, code := range []string{isoDay, isoTime, isoBoth} {
		style, err := w.file.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil || styles.CellXfs.Xf[style].NumFmtID == nil {
			return
		}
		iso[code] = *styles.CellXfs.Xf[style].NumFmtID
	}
	codes := map[int]string{}
	if styles.NumFmts != nil {
		for _, f := range styles.NumFmts.NumFmt {
			codes[f.NumFmtID] = f.FormatCode
		}
	}
	for i := range styles.CellXfs.Xf {
		id := 0
		if known := styles.CellXfs.Xf[i].NumFmtID; known != nil {
			id = *known
		}
		code, own := codes[id]
		if !own {
			code = builtInCode(id)
		}
		if padded.MatchString(code) {
			continue
		}
		to := asStored
		if form := dateForm(code); form != "" {
			to = iso[form]
		}
		styles.CellXfs.Xf[i].NumFmtID = &to
	}
}
