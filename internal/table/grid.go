package table

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"manyi/internal/diag"
)

// GridRow is one row of a file as it stands: its header is a row like others.
// Cells may be kept; they are not trimmed.
type GridRow struct {
	Line  int
	Cells []string
}

// Gridded says how a file was read.
type Gridded struct {
	Encoding  string // as named or guessed, "" for UTF-8
	Delimiter byte   // of CSV, 0 of a workbook
	Sheet     string // of a workbook
	Broken    []int  // lines that are no row, the first of them; brokenLimit at most
	Lost      int    // how many there are
	Garbled   int    // cells in another encoding than the file
	Damaged   int    // cells that a spreadsheet broke, as ###### or a failed formula
}

// brokenLimit is how many broken lines are listed.
const brokenLimit = 20

// Grid reads the rows of a foreign file: .csv, .tsv and .txt, each also .gz,
// and the first visible sheet of .xlsx. It knows the encodings, delimiters and
// limits of Read, but no columns. It ends where take returns false. Faults of
// the file go to problems; its error is the system's.
func Grid(source Source, problems *diag.List, take func(row GridRow) bool) (Gridded, error) {
	p := newPlan(&Schema{}, Options{})
	p.records, p.foreign, p.chunk = true, true, math.MaxInt64
	in, err := open(&source)
	if err != nil {
		return Gridded{}, err
	}
	defer in.file.Close()
	r := newReader(p, &source)
	g := &grid{reader: r, take: take}
	if err := g.read(in); err != nil {
		return g.Gridded, fmt.Errorf("read %q: %w", source.Name, err)
	}
	problems.Merge(&r.part.problems)
	return g.Gridded, nil
}

type grid struct {
	Gridded
	*reader
	take func(row GridRow) bool
}

func (g *grid) read(in *input) error {
	name := g.part.source.Name
	f, zipped := formatOf(name)
	if bare := strings.TrimSuffix(strings.ToLower(name), ".gz"); f == unknownFormat && strings.HasSuffix(bare, ".txt") {
		f = csvFormat
	}
	switch {
	case in.special:
		g.notAFile()
		return nil
	case f == workbookFormat:
		return g.workbook(in)
	case f != csvFormat:
		g.wrongFormat(f)
		return nil
	}
	body, err := in.stream(zipped)
	if err != nil {
		return g.stopped(err)
	}
	text := g.text(body, f, headSize)
	if text == nil {
		return nil
	}
	g.Encoding = g.coding.name
	w := newWindow(text)
	g.lines(w, strings.Contains(strings.ToLower(name), ".tsv"))
	if w.fault() != nil {
		return g.stopped(w.fault())
	}
	return nil
}

// lines hands over the records of a text.
func (g *grid) lines(w *window, tabs bool) {
	s := newCSVScanner(w)
	if end, _ := w.lineEnd(0); tabs && slices.Contains(w.rest()[:end], '\t') {
		s.comma = '\t'
	}
	g.Delimiter = s.comma
	rec := &record{}
	for first := true; ; first = false {
		got := s.next(rec)
		switch {
		case got == ended:
			return
		case got != found:
			g.lose(rec.line)
			continue
		case first && bareReturn(rec.raw):
			g.oldMacLines(rec.line)
			return
		}
		row := GridRow{rec.line, make([]string, len(rec.cells))}
		all := string(rec.raw)
		for i, c := range rec.cells {
			if c.form == doubled {
				row.Cells[i] = string(rec.text(c))
			} else {
				row.Cells[i] = all[c.from:c.to]
			}
		}
		if g.garbled(rec.raw) {
			g.mend(row.Cells)
		}
		if !g.hand(row) {
			return
		}
	}
}

// mend replaces what the bytes of a row do not mean in the encoding of its file.
func (g *grid) mend(cells []string) {
	for i, text := range cells {
		if g.garbled([]byte(text)) {
			g.Garbled++
			cells[i] = strings.ToValidUTF8(text, "\uFFFD")
		}
	}
}

func (g *grid) lose(line int) {
	g.Lost++
	if len(g.Broken) < brokenLimit {
		g.Broken = append(g.Broken, line)
	}
}

// hand looks at the cells of a row and hands it over; a row without any text is none.
func (g *grid) hand(row GridRow) bool {
	if isBlank(row.Cells) {
		return true
	}
	for _, text := range row.Cells {
		if len(text) > 0 && text[0] == '#' && damaged([]byte(text)) != whole {
			g.Damaged++
		}
	}
	return g.take(row)
}

// workbook hands over the rows of the first visible sheet.
func (g *grid) workbook(in *input) error {
	body, err := in.stream(false)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(body, workbookSize+1))
	if err != nil {
		return err
	}
	if len(data) > workbookSize {
		g.badWorkbook(errLarge)
		return nil
	}
	w, err := openWorkbook(data)
	if err != nil {
		g.badWorkbook(err)
		return nil
	}
	defer w.close()
	g.Sheet = w.sheet
	if len(w.others) > 0 {
		g.otherSheets(w.sheet, len(w.others))
	}
	for line, looked := 1, 0; ; line++ {
		cells, ok, err := w.next()
		looked += len(cells)
		switch {
		case err == nil && (line > rowLimit || looked > cellLimit):
			g.badWorkbook(errLarge)
			return nil
		case err != nil:
			g.lose(line)
			g.badWorkbook(err)
			return nil
		case !ok:
			return nil
		}
		if !g.hand(GridRow{line, slices.Clone(cells)}) {
			return nil
		}
	}
}
