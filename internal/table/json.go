package table

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// jsonScanner cuts JSONL into records: one object a line.
type jsonScanner struct {
	window *window
	line   int // of the first unread byte, from 1
	key    func(name []byte) int
}

// next reads the next line that is not blank. A line is a record only where
// it is valid UTF-8 and exactly one valid JSON object.
func (s *jsonScanner) next(rec *record) outcome {
	for {
		end, full := s.window.lineEnd(0)
		if !full && end == 0 {
			return ended
		}
		rec.line = s.line
		s.line++
		if end > lineLimit {
			s.window.skipLine()
			return long
		}
		raw := s.window.rest()[:end]
		s.window.consume(end + 1)
		start := len(raw) - len(bytes.TrimLeft(raw, " \t\r"))
		if start == len(raw) {
			continue
		}
		rec.raw = raw
		if raw[start] != '{' || !utf8.Valid(raw) || !json.Valid(raw) {
			return broken
		}
		s.walk(rec, start+1)
		return found
	}
}

// walk records the members of a valid object whose first byte stands at at.
func (s *jsonScanner) walk(rec *record, at int) {
	rec.reset(len(rec.cells))
	for {
		at = skipSpace(rec.raw, at)
		switch rec.raw[at] {
		case '}':
			return
		case ',':
			at++
			continue
		}
		name, next := jsonValue(rec.raw, at)
		column := s.key(rec.text(name))
		at = skipSpace(rec.raw, next) + 1 // the colon
		value, next := jsonValue(rec.raw, skipSpace(rec.raw, at))
		at = next
		if column < 0 {
			continue
		}
		rec.pad(column + 1)
		if rec.cells[column].form != absent {
			value.form = repeated
		}
		rec.cells[column] = value
	}
}

// jsonValue returns the value at at in valid JSON and where it ends.
func jsonValue(raw []byte, at int) (cell, int) {
	switch raw[at] {
	case '"':
		end, escapes := stringEnd(raw, at+1)
		c := cell{int32(at + 1), int32(end), inside}
		if escapes {
			c.form = escaped
		}
		return c, end + 1
	case '[', '{':
		end := nestedEnd(raw, at)
		c := cell{int32(at), int32(end), list}
		if raw[at] == '{' {
			c.form = object
		}
		return c, end
	}
	end := at
	for end < len(raw) && !bytes.ContainsRune([]byte(",]} \t\r\n"), rune(raw[end])) {
		end++
	}
	c := cell{int32(at), int32(end), plain}
	if raw[at] == 'n' {
		c.form = null
	}
	return c, end
}

// stringEnd returns where the closing quote stands and whether the string has escapes.
func stringEnd(raw []byte, at int) (end int, escapes bool) {
	for raw[at] != '"' {
		if raw[at] == '\\' {
			escapes = true
			at++
		}
		at++
	}
	return at, escapes
}

// nestedEnd returns where the array or object that begins at at ends.
func nestedEnd(raw []byte, at int) int {
	for depth := 0; ; at++ {
		switch raw[at] {
		case '"':
			at, _ = stringEnd(raw, at+1)
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return at + 1
			}
		}
	}
}

func skipSpace(raw []byte, at int) int {
	for raw[at] == ' ' || raw[at] == '\t' || raw[at] == '\r' || raw[at] == '\n' {
		at++
	}
	return at
}
