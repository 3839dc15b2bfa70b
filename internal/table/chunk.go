package table

import (
	"bytes"
	"io"
	"slices"
)

// chunkSize is how much of a large CSV file is read as one piece, in bytes.
// A chunk owns the records that begin in it, wherever they end: what is read
// depends on the bytes of the file alone, not on how many chunks are read at a
// time.
const chunkSize = 4 << 20

// startTries is how many lines at the border of a chunk are tried for the
// first record.
const startTries = 1000

// chunk is a piece of a CSV file. Where its first record begins is known only
// after the chunk before has been read: a line end at the border may stand
// inside quotes. So each chunk is first read from where a record is likely to
// begin, and once more where that was wrong.
type chunk struct {
	from, to   int64 // in the file, in bytes; a record that begins here is the chunk's
	lines      int   // line feeds in the chunk
	line       int   // of its first byte, from 1
	start, end int64 // where the first record began and where the next chunk's begins
	endLine    int
	reader     *reader
	err        error
}

// readChunks reads a CSV file in parallel.
func (r *reader) readChunks(in *input) ([]*part, error) {
	s, w := in.scanner(int64(r.coding.mark))
	*s = *newCSVScanner(w)
	rec := &record{}
	if !r.readHeader(s, rec) {
		if w.fault() != nil {
			return nil, w.fault()
		}
		return []*part{r.part}, nil
	}
	chunks := make([]chunk, (in.size+r.plan.chunk-1)/r.plan.chunk)
	each(len(chunks), func(i int) {
		c := &chunks[i]
		c.from, c.to = int64(i)*r.plan.chunk, min(int64(i+1)*r.plan.chunk, in.size)
		c.lines, c.err = in.lineFeeds(c.from, c.to)
	})
	line := 1
	for i := range chunks {
		chunks[i].line = line
		line += chunks[i].lines
	}
	first := &chunks[0]
	each(len(chunks), func(i int) {
		if i == 0 {
			first.read(in, r, s.comma, w.offset(), s.line)
			return
		}
		chunks[i].guess(in, r.fork(), s.comma)
	})
	return verified(chunks, in, r, s.comma)
}

// verified reads again what began at the wrong place and returns the parts.
func verified(chunks []chunk, in *input, r *reader, comma byte) ([]*part, error) {
	var parts []*part
	for i := range chunks {
		c := &chunks[i]
		if i > 0 {
			before := &chunks[i-1]
			if c.reader == nil || c.start != before.end {
				c.read(in, r.fork(), comma, before.end, before.endLine)
			}
		}
		if c.err != nil {
			return nil, c.err
		}
		parts = append(parts, c.reader.part)
	}
	return parts, nil
}

// scanner returns a scanner of the file from a place on.
func (in *input) scanner(from int64) (*csvScanner, *window) {
	w := newWindowOf(io.NewSectionReader(in.at, from, in.size-from), int(min(windowSize, in.size-from+1)))
	w.start = from
	return &csvScanner{window: w}, w
}

// lineFeeds counts the line feeds in a piece of the file.
func (in *input) lineFeeds(from, to int64) (int, error) {
	buffer := make([]byte, min(windowSize, to-from))
	count := 0
	for from < to {
		n, err := in.at.ReadAt(buffer[:min(int64(len(buffer)), to-from)], from)
		count += bytes.Count(buffer[:n], []byte("\n"))
		from += int64(n)
		if err == io.EOF {
			break // the file has shrunk
		}
		if err != nil {
			return 0, err
		}
	}
	return count, nil
}

// guess reads the chunk from its first line that has as many cells as the
// header. It leaves a chunk unread that has none.
func (c *chunk) guess(in *input, r *reader, comma byte) {
	s, w := in.scanner(c.from - 1)
	s.comma, s.line, s.stop = comma, c.line, c.to
	if !w.passLine(c.to) {
		return
	}
	if w.offset() > c.from {
		s.line++
	}
	rec := &record{}
	for range startTries {
		start, line := w.offset(), s.line
		switch got := s.next(rec); {
		case got == ended:
			return
		case got == found && len(rec.cells) == len(r.headers):
			c.read(in, r, comma, start, line)
			return
		}
	}
}

// passLine discards everything up to and with the next line feed and
// reports whether it stands before an offset.
func (w *window) passLine(limit int64) bool {
	end, full := w.lineEnd(0)
	w.consume(end + 1)
	return full && w.offset() < limit
}

// read reads the records that begin from start to the chunk's border.
func (c *chunk) read(in *input, r *reader, comma byte, start int64, line int) {
	s, w := in.scanner(start)
	s.comma, s.line, s.stop = comma, line, c.to
	r.readRows(s, &record{})
	c.start, c.end, c.endLine = start, w.offset(), s.line
	c.reader = r
	if c.err == nil {
		c.err = w.fault()
	}
}

// fork returns a reader of another chunk below the same header.
func (r *reader) fork() *reader {
	f := newReader(r.plan, r.part.source)
	f.binder, f.coding = r.binder, r.coding
	f.part.hasSubmitted, f.part.hasWeight, f.part.later = r.part.hasSubmitted, r.part.hasWeight, true
	f.fields = f.bound(r.fields)
	f.lists = slices.Clone(r.lists)
	for i := range f.lists {
		f.lists[i].ticks = f.bound(f.lists[i].ticks)
	}
	return f
}

// bound returns bindings to columns of this reader's own.
func (r *reader) bound(to []binding) []binding {
	to = slices.Clone(to)
	for i, b := range to {
		if r.part.columns[b.field] == nil {
			r.part.columns[b.field] = b.data.sibling()
		}
		to[i].data = r.part.columns[b.field]
		to[i].one = &to[i].data.codes.one
	}
	return to
}

// sibling returns an empty column of the same field and codes.
func (c *column) sibling() *column {
	to := &column{field: c.field, codes: c.codes}
	if c.index != nil {
		to.index = map[string]uint16{}
	}
	return to
}
