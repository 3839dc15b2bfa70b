package table

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"manyi/internal/diag"
)

// reader turns one file into a part.
type reader struct {
	binder
	plan    *plan
	part    *part
	waves   map[string]uint16 // wave -> index into part.waves
	keys    map[string]int    // JSONL: key -> column, -1 where it is of no use
	told    map[string]int    // problems by code, with details up to detailLimit
	texts   uint64            // content of this row's texts
	badNow  int32             // cells of this row that broke the definition
	bits    []bool            // of a multiple choice: its options that are ticked
	scratch []byte
	folded  []byte
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
func (r *reader) read(file io.Reader) error {
	name, zipped := strings.CutSuffix(strings.ToLower(r.part.source.Name), ".gz")
	if zipped {
		unzipped, err := gzip.NewReader(file)
		if err != nil {
			return r.stopped(err)
		}
		file = unzipped
	}
	w := newWindow(file)
	if skipMark(w) {
		switch {
		case strings.HasSuffix(name, ".csv"):
			r.readCSV(w)
		case strings.HasSuffix(name, ".jsonl"):
			r.readJSON(w)
		default:
			r.unknownFormat()
		}
	} else {
		r.notUTF8(diag.Place{File: r.part.source.Name})
	}
	if w.fault() != nil {
		return r.stopped(w.fault())
	}
	return nil
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

// skipMark passes the UTF-8 byte order mark and reports whether the file is not UTF-16.
func skipMark(w *window) bool {
	w.lineEnd(0)
	rest := w.rest()
	if bytes.HasPrefix(rest, []byte("\xEF\xBB\xBF")) {
		w.consume(3)
	}
	return !bytes.HasPrefix(rest, []byte("\xFF\xFE")) && !bytes.HasPrefix(rest, []byte("\xFE\xFF"))
}

func (r *reader) readCSV(w *window) {
	s := newCSVScanner(w)
	rec := &record{}
	if !r.readHeader(s, rec) {
		return
	}
	width := len(r.headers)
	for {
		switch got := s.next(rec); got {
		case ended:
			return
		case found:
			r.readRow(rec, width)
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
	if !utf8.Valid(rec.raw) {
		r.notUTF8(diag.Place{File: r.part.source.Name, Line: rec.line})
		return false
	}
	for _, c := range rec.cells {
		r.bind(rec.text(c), rec.place(r.part.source.Name, c))
	}
	if r.known == 0 {
		r.noKnownColumn(rec.line)
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
	r.row(rec)
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
	for {
		switch got := s.next(rec); got {
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
	r.keys[kept] = column
	return column
}

// reject counts a line that is no record.
func (r *reader) reject(line int, why outcome) {
	r.part.count.Read++
	r.part.count.Rejected++
	r.rejected(line, why)
}
