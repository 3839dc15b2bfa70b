package table

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Limits of one response in YAML; a larger one is rejected and the rest of
// the file still read.
const (
	yamlLimit = 1 << 20 // bytes
	yamlDepth = 32      // lists and mappings in each other
)

// yamlScanner cuts a list of mappings into its items by their indentation, so
// that neither a large file nor a torn item costs more than that item. Each
// is parsed alone: an alias cannot reach across.
type yamlScanner struct {
	window *window
	line   int // of the first unread byte, from 1
	indent int // of the items
	key    func(name []byte) int
}

func (r *reader) readYAML(w *window) {
	rec := &record{}
	s := &yamlScanner{window: w, line: 1, key: func(name []byte) int { return r.key(name, rec) }}
	if line, ok := s.start(); !ok {
		r.notAList(line)
		return
	}
	r.readKeyed(rec, s.next)
}

// start passes what may stand before the first item; false where something else does.
func (s *yamlScanner) start() (line int, ok bool) {
	for {
		end, full := s.window.lineEnd(0)
		raw := s.window.rest()[:end]
		switch text := bytes.TrimSpace(raw); {
		case !full && end == 0:
			return s.line, true
		case isRemark(text) || bytes.HasPrefix(text, []byte("---")) && isRemark(bytes.TrimSpace(text[3:])):
			s.skip(end)
		case isItem(raw, indentOf(raw)):
			s.indent = indentOf(raw)
			return s.line, true
		default:
			return s.line, false
		}
	}
}

// isRemark reports whether a trimmed line is blank or a comment.
func isRemark(text []byte) bool { return len(text) == 0 || text[0] == '#' }

func indentOf(raw []byte) int { return len(raw) - len(bytes.TrimLeft(raw, " ")) }

// isItem reports whether an item of the list begins in this line.
func isItem(raw []byte, indent int) bool {
	if indentOf(raw) != indent || indent == len(raw) || raw[indent] != '-' {
		return false
	}
	return indent+1 == len(raw) || bytes.IndexByte([]byte(" \t\r"), raw[indent+1]) >= 0
}

func (s *yamlScanner) skip(end int) {
	s.window.consume(end + 1)
	s.line++
}

// next reads the next item. A line that belongs to none is no record.
func (s *yamlScanner) next(rec *record) outcome {
	for {
		end, full := s.window.lineEnd(0)
		raw := s.window.rest()[:end]
		text := bytes.TrimSpace(raw)
		switch {
		case !full && end == 0:
			return ended
		case end > lineLimit:
			rec.line = s.line
			s.window.skipLine()
			s.line++
			return long
		case isItem(raw, s.indent):
			return s.item(rec, end)
		}
		rec.line = s.line
		s.skip(end)
		if !isRemark(text) {
			return broken
		}
	}
}

// item reads the item whose first line ends at end.
func (s *yamlScanner) item(rec *record, end int) outcome {
	line := s.line
	s.line++
	for {
		from := end + 1
		to, full := s.window.lineEnd(from)
		if end > yamlLimit {
			s.window.consume(from)
			rec.line = line
			return s.abandon()
		}
		rest := s.window.rest()
		if from > len(rest) || !full && from == len(rest) {
			break
		}
		raw := rest[from:to]
		if indentOf(raw) <= s.indent && !isRemark(bytes.TrimSpace(raw)) {
			break
		}
		end = to
		s.line++
	}
	raw := s.window.rest()[:end]
	s.window.consume(end + 1)
	return s.parse(rec, raw, line)
}

// abandon passes the rest of an item that is too long.
func (s *yamlScanner) abandon() outcome {
	for {
		end, full := s.window.lineEnd(0)
		raw := s.window.rest()[:end]
		if !full && end == 0 || indentOf(raw) <= s.indent && !isRemark(bytes.TrimSpace(raw)) {
			return bulky
		}
		s.window.skipLine()
		s.line++
	}
}

// parse records the members of an item that begins in a line.
func (s *yamlScanner) parse(rec *record, raw []byte, line int) outcome {
	rec.collect(line)
	var document yaml.Node
	if !utf8.Valid(raw) || yaml.Unmarshal(raw, &document) != nil || len(document.Content) != 1 {
		return broken
	}
	items := document.Content[0].Content
	switch {
	case len(items) != 1:
		return broken
	case !isPlain(items[0]):
		return adorned
	case items[0].Kind != yaml.MappingNode || !isShallow(items[0], 0):
		return broken
	}
	for i := 0; i < len(items[0].Content); i += 2 {
		name, value := items[0].Content[i], items[0].Content[i+1]
		if column := s.key([]byte(name.Value)); column >= 0 {
			text, f := yamlCell(value)
			rec.put(column, text, f, spot{line: line + value.Line - 1, column: value.Column, length: utf8.RuneCountInString(value.Value)})
		}
	}
	return found
}

// isPlain reports whether a node has no alias, anchor, merge key or tag.
func isPlain(n *yaml.Node) bool {
	if n.Kind == yaml.AliasNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 || n.Tag == "!!merge" {
		return false
	}
	for _, c := range n.Content {
		if !isPlain(c) {
			return false
		}
	}
	return true
}

// isShallow reports whether a node nests no deeper than yamlDepth and has
// texts only as keys.
func isShallow(n *yaml.Node, depth int) bool {
	for i, c := range n.Content {
		if depth > yamlDepth || n.Kind == yaml.MappingNode && i%2 == 0 && c.Kind != yaml.ScalarNode || !isShallow(c, depth+1) {
			return false
		}
	}
	return true
}

// yamlCell returns a value as a cell: a scalar as it is written, a list as JSON.
func yamlCell(n *yaml.Node) (string, form) {
	switch {
	case n.Kind == yaml.MappingNode:
		return "{}", object
	case n.Kind == yaml.SequenceNode:
		values := make([]any, len(n.Content))
		for i, c := range n.Content {
			switch {
			case c.Kind != yaml.ScalarNode:
				values[i] = []any{}
			case c.Tag != "!!null":
				values[i] = c.Value
			}
		}
		text, err := json.Marshal(values)
		if err != nil {
			panic("table: write a list of texts: " + err.Error())
		}
		return string(text), list
	case n.Tag == "!!null":
		return "", null
	}
	return n.Value, inside
}

func (r *reader) notAList(line int) {
	summary, cure := diag.Say("the file is not a list of responses"), diag.Say("write each response as an item, such as - osat: 5, with its further answers below")
	if r.plan.records {
		summary, cure = diag.Say("the file is not a list of records"), diag.Say("write each record as an item, such as - id: C1, with its further columns below")
	}
	r.lost("not-a-list", diag.Place{File: r.part.source.Name, Line: line}, summary, cure)
}
