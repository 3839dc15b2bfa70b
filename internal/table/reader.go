package table

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"

	"manyi/internal/diag"
)

// reader turns one file into a part.
type reader struct {
	binder
	plan    *plan
	part    *part
	coding  coding
	waves   map[string]uint16 // wave -> index into part.waves
	oneWave bool              // all further rows belong to the first
	keys    map[string]int    // JSONL: key -> column, -1 where it is of no use
	told    map[string]int    // problems by code, with details up to detailLimit
	texts   uint64            // content of this row's texts
	badNow  int32             // cells of this row that broke the definition
	bits    []bool            // of a multiple choice: its options that are ticked
	scratch []byte
	folded  []byte
	take    func(*record) // takes the rows of a file of records; nil for responses
}

func newReader(p *plan, source *Source) *reader {
	return &reader{
		binder: newBinder(source),
		plan:   p,
		part:   &part{source: source, columns: make([]*column, len(p.schema.Fields))},
		waves:  map[string]uint16{},
		keys:   map[string]int{},
		told:   map[string]int{},
	}
}

// read reads the whole file. Its error is the system's.
func (r *reader) read(in *input) ([]*part, error) {
	f, zipped := formatOf(r.part.source.Name)
	alone := []*part{r.part}
	switch {
	case in.special:
		r.notAFile()
		return alone, nil
	case f == workbookFormat:
		return alone, r.readWorkbook(in)
	case f == unknownFormat || f == oldWorkbookFormat:
		r.wrongFormat(f)
		return alone, nil
	}
	body, err := in.stream(zipped)
	if err != nil {
		return alone, r.stopped(err)
	}
	size := windowSize
	if sealingOf(r.part.source.Name) == sealedLines {
		body = r.openedLines(body)
	} else if !zipped && in.size >= 0 {
		size = int(min(windowSize, in.size+1)) // one more, to meet the end
	}
	text := r.text(body, f, size)
	if text == nil {
		return alone, nil
	}
	if f == csvFormat && !zipped && r.coding.decoder == nil && in.at != nil && in.size > r.plan.chunk {
		return r.readChunks(in)
	}
	w := newWindowOf(text, size)
	switch f {
	case csvFormat:
		r.readCSV(w)
	case jsonFormat:
		r.readJSON(w)
	default:
		r.readYAML(w)
	}
	if w.fault() != nil {
		return alone, r.stopped(w.fault())
	}
	return alone, nil
}

// stopped sorts what ended a file early: a torn or damaged gzip stream is
// the file's fault and costs one record, anything else is the system's.
func (r *reader) stopped(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, gzip.ErrHeader),
		errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		r.part.count.Read++
		r.part.count.Rejected++
		r.damaged()
		return nil
	}
	return err
}

func (r *reader) readCSV(w *window) {
	s := newCSVScanner(w)
	rec := &record{}
	if r.readHeader(s, rec) {
		r.readRows(s, rec)
	}
}

// readRows reads the records below the header of a CSV file. Once it knows
// how long they are it makes room for those before the scanner's stop.
func (r *reader) readRows(s *csvScanner, rec *record) {
	const sample = 256
	start := s.window.offset()
	for {
		switch got := s.next(rec); got {
		case ended:
			return
		case found:
			r.readRow(rec, len(r.headers))
			if r.part.rows == sample && s.stop > 0 {
				at := s.window.offset()
				r.part.grow(int((s.stop-at)/((at-start)/sample+1)) + sample)
			}
		default:
			r.reject(rec.line, got)
		}
	}
}

// readHeader binds the columns of a CSV file; false where it can hold no answers.
func (r *reader) readHeader(s *csvScanner, rec *record) bool {
	switch s.next(rec) {
	case ended:
		r.noHeader(diag.Place{File: r.part.source.Name})
		return false
	case found:
	default:
		r.brokenHeader(rec.line)
		return false
	}
	if r.garbled(rec.raw) {
		r.notUTF8(rec.line)
		return false
	}
	if bareReturn(rec.raw) {
		r.oldMacLines(rec.line)
		return false
	}
	for _, c := range rec.cells {
		r.bind(rec.text(c), rec.place(r.part.source.Name, c))
	}
	if r.known == 0 { // most likely no header at all: its cells are answers, and are kept out of every list
		r.part.unknown = nil
		r.noKnownColumn(rec.line)
		return false
	}
	r.part.hasSubmitted = r.metas[metaSubmitted] >= 0
	return true
}

func (r *reader) readRow(rec *record, width int) {
	cells := len(rec.cells)
	switch {
	case bytes.IndexByte(rec.raw, 0) >= 0:
		r.reject(rec.line, broken)
		return
	case isEmpty(rec):
		r.reject(rec.line, ended)
		return
	case cells != width:
		r.ragged(rec.line, cells, width)
		rec.pad(width)
	}
	if r.guarded {
		unguard(rec)
	}
	r.row(rec)
}

// bareReturn reports whether a line holds a carriage return that ends no CRLF:
// the lines of the file end in CR alone.
func bareReturn(raw []byte) bool {
	for i, c := range raw {
		if c == '\r' && i+1 < len(raw) && raw[i+1] != '\n' {
			return true
		}
	}
	return false
}

// isEmpty reports whether no cell of a CSV row holds anything, as in the
// rows that spreadsheets write below the last answer.
func isEmpty(rec *record) bool {
	for _, c := range rec.cells {
		if c.from < c.to {
			return false
		}
	}
	return true
}

func (r *reader) readJSON(w *window) {
	rec := &record{}
	s := &jsonScanner{window: w, line: 1, key: func(name []byte) int { return r.key(name, rec) }}
	r.readKeyed(rec, s.next)
}

// readKeyed reads records whose cells have names of their own.
func (r *reader) readKeyed(rec *record, next func(*record) outcome) {
	for {
		switch got := next(rec); got {
		case ended:
			return
		case found:
			rec.pad(len(r.headers))
			r.part.hasSubmitted = r.metas[metaSubmitted] >= 0
			if r.contradicts(rec) {
				r.reject(rec.line, broken)
				continue
			}
			r.row(rec)
		default:
			r.reject(rec.line, got)
		}
	}
}

// contradicts reports whether a record says twice what it is.
func (r *reader) contradicts(rec *record) bool {
	for _, column := range r.metas {
		if column >= 0 && rec.cells[column].form == repeated {
			return true
		}
	}
	return false
}

// key returns the column of a JSONL key, -1 where it is of no use. Useless
// keys are remembered up to unknownLimit, lest a hostile file fill the memory.
func (r *reader) key(name []byte, rec *record) int {
	column, seen := r.keys[string(name)]
	if seen {
		return column
	}
	if len(r.keys) >= unknownLimit && !r.role(name).useful {
		return -1
	}
	column = len(r.headers)
	kept := string(name)
	if !r.bind(name, diag.Place{File: r.part.source.Name, Line: rec.line}) {
		column = -1
	}
	r.oneWave = r.oneWave && r.metas[metaWave] < 0
	r.keys[kept] = column
	return column
}

// reject counts a line that is no record.
func (r *reader) reject(line int, why outcome) {
	r.part.count.Read++
	r.part.count.Rejected++
	r.rejected(line, why)
}
