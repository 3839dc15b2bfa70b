package table

import "bytes"

// outcome is what a scanner found.
type outcome uint8

const (
	found   outcome = iota // a record
	ended                  // no more records
	broken                 // a line that is no record
	long                   // a line beyond lineLimit
	bulky                  // an item of YAML beyond yamlLimit
	adorned                // an item of YAML with an alias, an anchor, a merge key or a tag
)

// csvScanner cuts CSV (RFC 4180) into records. A line that is no record does
// not take its neighbours with it: reading goes on at the next line.
type csvScanner struct {
	window *window
	comma  byte
	line   int   // of the first unread byte, from 1
	stop   int64 // records that begin here or later belong to another chunk; 0 where there is none
	// lost is how many unread bytes are known to end in a fault when a line
	// end among them lies inside quotes. With it, a stray quote costs each
	// line after it one look at most.
	lost int
}

func newCSVScanner(w *window) *csvScanner {
	s := &csvScanner{window: w, comma: ',', line: 1}
	end, _ := w.lineEnd(0)
	first := bytes.TrimRight(w.rest()[:end], "\r")
	if len(first) == len("sep=,") && bytes.HasPrefix(first, []byte("sep=")) {
		s.comma = first[4]
		w.consume(end + 1)
		s.line++
		return s
	}
	s.comma = sniffComma(first)
	return s
}

// sniffComma returns the delimiter that stands most often in the header
// outside quotes: comma, semicolon, tab or bar, the first where they tie.
func sniffComma(header []byte) byte {
	var count [256]int
	inQuotes := false
	for _, b := range header {
		if b == '"' {
			inQuotes = !inQuotes
		} else if !inQuotes {
			count[b]++
		}
	}
	best := byte(',')
	for _, b := range []byte(";\t|") {
		if count[b] > count[best] {
			best = b
		}
	}
	return best
}

// next reads the next record that is not a blank line.
func (s *csvScanner) next(rec *record) outcome {
	for {
		end, full := s.window.lineEnd(0)
		if !full && end == 0 || s.stop > 0 && s.window.offset() >= s.stop {
			return ended
		}
		rec.line = s.line
		if end > lineLimit {
			s.window.skipLine()
			s.line++
			s.lost = 0
			return long
		}
		raw := s.window.rest()[:end]
		if len(bytes.TrimRight(raw, "\r")) == 0 {
			s.consume(end+1, 1)
			continue
		}
		if bytes.IndexByte(raw, '"') >= 0 {
			return s.nextQuoted(rec, end)
		}
		s.cut(rec, bytes.TrimSuffix(raw, []byte("\r")))
		s.consume(end+1, 1)
		return found
	}
}

func (s *csvScanner) consume(n, lines int) {
	s.window.consume(n)
	s.line += lines
	s.lost = max(0, s.lost-n)
}

// cut splits a line without quotes. Most cells of a survey hold one
// character: they take one look.
func (s *csvScanner) cut(rec *record, raw []byte) {
	cells, comma, at := rec.cells[:0], s.comma, 0
	for at+1 < len(raw) {
		end := at + 1
		switch {
		case raw[at] == comma:
			end = at
		case raw[end] != comma:
			for end < len(raw) && raw[end] != comma {
				end++
			}
		}
		cells = append(cells, cell{int32(at), int32(end), plain})
		if end == len(raw) {
			rec.raw, rec.cells = raw, cells
			return
		}
		at = end + 1
	}
	if at < len(raw) && raw[at] == comma { // the last two cells are empty
		cells = append(cells, cell{int32(at), int32(at), plain})
		at++
	}
	rec.raw = raw
	rec.cells = append(cells, cell{int32(at), int32(len(raw)), plain})
}

// nextQuoted reads a record whose first line ends at end and holds a quote.
// A quote inside an unquoted cell is text.
func (s *csvScanner) nextQuoted(rec *record, end int) outcome {
	first, lines, at := end, 1, 0
	rec.cells = rec.cells[:0]
	for {
		rest := s.window.rest()
		if at == end || rest[at] != '"' {
			i := bytes.IndexByte(rest[at:end], s.comma)
			if i < 0 {
				text := bytes.TrimSuffix(rest[at:end], []byte("\r"))
				rec.cells = append(rec.cells, cell{int32(at), int32(at + len(text)), plain})
				return s.complete(rec, end, lines)
			}
			rec.cells = append(rec.cells, cell{int32(at), int32(at + i), plain})
			at += i + 1
			continue
		}
		c := cell{from: int32(at + 1), form: quoted}
		closed := s.closeQuote(&c, &end, &lines)
		rest = s.window.rest()
		at = int(c.to) + 1
		switch {
		case !closed:
			return s.giveUp(rec, first, min(end, lineLimit))
		case at == end || at+1 == end && rest[at] == '\r':
			rec.cells = append(rec.cells, c)
			return s.complete(rec, end, lines)
		case rest[at] == s.comma:
			rec.cells = append(rec.cells, c)
			at++
		default:
			return s.giveUp(rec, first, bytes.LastIndexByte(rest[:end], '\n')+1)
		}
	}
}

// closeQuote finds the quote that closes c and moves end and lines to the
// line it stands in.
func (s *csvScanner) closeQuote(c *cell, end, lines *int) bool {
	at := int(c.from)
	for {
		rest := s.window.rest()
		i := bytes.IndexByte(rest[at:*end], '"')
		if i >= 0 {
			at += i + 1
			if at == *end || rest[at] != '"' {
				c.to = int32(at - 1)
				return true
			}
			at++
			c.form = doubled
			continue
		}
		if *end < s.lost || *end == len(rest) {
			return false
		}
		at = *end + 1
		*end, _ = s.window.lineEnd(at)
		*lines++
		if *end > lineLimit {
			return false
		}
		at = min(at, *end)
	}
}

func (s *csvScanner) complete(rec *record, end, lines int) outcome {
	rec.raw = s.window.rest()[:end]
	s.consume(end+1, lines)
	return found
}

// giveUp drops the first line of a record that broke after lost bytes.
func (s *csvScanner) giveUp(rec *record, first, lost int) outcome {
	s.lost = max(s.lost, lost)
	rec.raw = s.window.rest()[:first]
	s.consume(first+1, 1)
	return broken
}
