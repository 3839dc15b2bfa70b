package table

import (
	"bytes"
	"errors"
	"io"
)

// lineLimit is the longest line of JSONL or record of CSV that is read, in
// bytes; a longer one is rejected and the rest of the file still read.
const lineLimit = 16 << 20

// windowSize is the first size of a window, in bytes.
const windowSize = 256 << 10

// emptyReads is how often a source may return nothing before it is given up.
const emptyReads = 100

// window is the unread part of a file that is in memory. It grows with the
// longest line, up to lineLimit.
type window struct {
	source   io.Reader
	start    int64 // where in the file the buffer begins
	buffer   []byte
	from, to int   // the unread bytes
	end      error // why no more bytes come, io.EOF at the end of the file
}

func newWindow(source io.Reader) *window { return newWindowOf(source, windowSize) }

func newWindowOf(source io.Reader, size int) *window {
	return &window{source: source, buffer: make([]byte, size)}
}

// rest is what is in memory and not consumed; valid until the next lineEnd.
func (w *window) rest() []byte { return w.buffer[w.from:w.to] }

// offset is where in the file the first unread byte stands.
func (w *window) offset() int64 { return w.start + int64(w.from) }

func (w *window) consume(n int) { w.from = min(w.from+n, w.to) }

// lineEnd returns the offset in rest of the first line feed at or after
// start. Without one it returns len(rest) and false: the file ends, or the
// bytes in memory pass lineLimit.
func (w *window) lineEnd(start int) (int, bool) {
	for {
		rest := w.rest()
		if i := bytes.IndexByte(rest[min(start, len(rest)):], '\n'); i >= 0 {
			return start + i, true
		}
		start = max(start, len(rest))
		if len(rest) > lineLimit || !w.fill() {
			return len(w.rest()), false
		}
	}
}

// skipLine discards everything up to and with the next line feed.
func (w *window) skipLine() {
	for {
		if i := bytes.IndexByte(w.rest(), '\n'); i >= 0 {
			w.consume(i + 1)
			return
		}
		w.from = w.to
		if !w.fill() {
			return
		}
	}
}

// fill reads more and reports whether there is more.
func (w *window) fill() bool {
	if w.end != nil {
		return false
	}
	if w.from > 0 {
		w.start += int64(w.from)
		w.to = copy(w.buffer, w.rest())
		w.from = 0
	}
	if w.to == len(w.buffer) {
		w.buffer = append(w.buffer, make([]byte, len(w.buffer))...)
	}
	for range emptyReads {
		n, err := w.source.Read(w.buffer[w.to:])
		w.to += n
		w.end = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	w.end = io.ErrNoProgress
	return false
}

// fault is why reading stopped before the end of the file, or nil.
func (w *window) fault() error {
	if errors.Is(w.end, io.EOF) {
		return nil
	}
	return w.end
}
