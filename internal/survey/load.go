package survey

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
)

// Limits of a definition, so that no file can exhaust the program.
const (
	maxBytes = 1 << 20
	maxDepth = 32
)

// source is one YAML file: its text by lines and its tree.
type source struct {
	name   string
	lines  []string
	root   *yaml.Node
	row    []rune // the characters of line loaded, since a file may be one long line
	loaded int
}

// load reads the YAML file name. It returns nil, with the reason among the
// problems, unless the file is one document of plain YAML.
func load(fsys fs.FS, name string, problems *diag.List) *source {
	data, err := read(fsys, name)
	if err != nil {
		problems.Add(diag.Problem{
			Code: "unreadable", Place: diag.Place{File: name},
			Summary: diag.Say("the file cannot be read: %s", reason(err)), Cure: diag.Say("create it, or check its name and rights"),
		})
		return nil
	}
	text, fault := decode(data)
	s := &source{name: name, lines: splitLines(text)}
	if fault != nil {
		fault.Place.File = name
		problems.Add(*fault)
		return nil
	}
	if !s.printable(problems) || !s.parse(text, problems) || !s.plain(problems) {
		return nil
	}
	return s
}

// read returns at most one byte more than a definition may have.
func read(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxBytes+1))
}

// reason is the error without the path, which the place already tells.
func reason(err error) diag.Phrase {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return diag.Say("it does not exist")
	}
	return diag.Say("%s", err)
}

// decode returns data as UTF-8 without byte order mark.
func decode(data []byte) (string, *diag.Problem) {
	switch {
	case len(data) > maxBytes:
		return "", &diag.Problem{
			Code: "too-large", Summary: diag.Say("the file is larger than 1 MiB"),
			Cure: diag.Say("a definition holds no answers; put those under responses/"),
		}
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return decodeUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return decodeUTF16(data[2:], binary.BigEndian)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if utf8.Valid(data) {
		return string(data), nil
	}
	problem := &diag.Problem{Code: "not-utf8", Summary: diag.Say("the file is not UTF-8"), Cure: diag.Say("save it as UTF-8")}
	problem.Place.Line, problem.Place.Column = firstInvalid(data)
	if gb, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data); err == nil && !bytes.ContainsRune(gb, utf8.RuneError) {
		problem.Summary = diag.Say("the file is not UTF-8 (looks like GB18030)")
	}
	return "", problem
}

func decodeUTF16(data []byte, order binary.ByteOrder) (string, *diag.Problem) {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text := string(utf16.Decode(units))
	if len(data)%2 != 0 || strings.ContainsRune(text, utf8.RuneError) {
		return "", &diag.Problem{Code: "not-utf8", Summary: diag.Say("the file is broken UTF-16"), Cure: diag.Say("save it as UTF-8")}
	}
	return text, nil
}

func firstInvalid(data []byte) (line, column int) {
	line, column = 1, 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			break
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
		data = data[size:]
	}
	return line, column
}

// splitLines cuts text where YAML does, so that line numbers agree.
func splitLines(text string) []string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	return strings.Split(text, "\n")
}

// line returns line n, counted from 1, or "".
func (s *source) line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	return s.lines[n-1]
}

// characters returns line n as runes; they must not be changed.
func (s *source) characters(n int) []rune {
	if s.loaded != n {
		s.row, s.loaded = []rune(s.line(n)), n
	}
	return s.row
}

// at returns the place of length characters at line and column.
func (s *source) at(line, column, length int) diag.Place {
	return diag.Place{File: s.name, Line: line, Column: column, Length: length}
}

// printable reports the first control character; YAML allows none.
func (s *source) printable(problems *diag.List) bool {
	for i, line := range s.lines {
		column := 0
		for _, r := range line {
			column++
			if r == '\t' || r >= 0x20 && r != 0x7F && !(r >= 0x80 && r < 0xA0) && r != 0xFFFE && r != 0xFFFF {
				continue
			}
			name := fmt.Sprintf("%U", r)
			if r == 0 {
				name = "NUL"
			}
			problems.Add(diag.Problem{
				Code: "control-character", Place: s.at(i+1, column, 1), Source: line,
				Summary: diag.Say("the file has the control character %s", name), Cure: diag.Say("delete it"),
			})
			return false
		}
	}
	return true
}

// parse makes the tree of the only document in text.
func (s *source) parse(text string, problems *diag.List) bool {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	var document, second yaml.Node
	err := decodeNode(decoder, &document)
	if err == nil {
		if again := decodeNode(decoder, &second); again == nil {
			problems.Add(diag.Problem{
				Code: "several-documents", Place: s.at(second.Line, second.Column, 3), Source: s.line(second.Line),
				Summary: diag.Say("a second document starts here"), Cure: diag.Say("keep one document a file: delete the line ---"),
			})
			return false
		} else if !errors.Is(again, io.EOF) {
			err = again
		}
	}
	if errors.Is(err, io.EOF) || err == nil && empty(&document) {
		problems.Add(diag.Problem{
			Code: "empty-file", Place: s.at(1, 0, 0), Summary: diag.Say("the file is empty"),
			Cure: diag.Say("start it with the line manyi: 1"),
		})
		return false
	}
	if err != nil {
		problems.Add(s.syntaxProblem(text, err))
		return false
	}
	s.root = document.Content[0]
	return true
}

func empty(document *yaml.Node) bool {
	return len(document.Content) == 0 || document.Content[0].Tag == "!!null" && document.Content[0].Value == ""
}

// decodeNode turns a panic of the YAML parser, of which it has a few, into an error.
func decodeNode(decoder *yaml.Decoder, into *yaml.Node) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("yaml: %v", p)
		}
	}()
	return decoder.Decode(into)
}

// plain refuses what a definition has no use for: anchors, aliases, merge keys, tags and deep nesting.
func (s *source) plain(problems *diag.List) bool {
	ok := true
	refuse := func(n *yaml.Node, length int, code string, summary, cure diag.Phrase) {
		ok = false
		problems.Add(diag.Problem{
			Code: code, Place: s.at(n.Line, n.Column, length), Source: s.line(n.Line), Summary: summary, Cure: cure,
		})
	}
	var visit func(n *yaml.Node, depth int)
	visit = func(n *yaml.Node, depth int) {
		switch {
		case depth > maxDepth:
			refuse(n, 1, "too-deep", diag.Say("the nesting is deeper than %d levels", maxDepth), diag.Say("check the indentation from here on"))
			return
		case n.Kind == yaml.AliasNode:
			refuse(n, 1+utf8.RuneCountInString(n.Value), "alias", diag.Say("alias *%s: a definition has no aliases", n.Value), diag.Say("write the value out, or name a scale and use it by name"))
			return
		case n.Anchor != "":
			refuse(n, 1+utf8.RuneCountInString(n.Anchor), "alias", diag.Say("anchor &%s: a definition has no anchors", n.Anchor), diag.Say("delete it; what is used twice gets a name under scales"))
		case n.Tag == "!!merge":
			refuse(n, 2, "alias", diag.Say("merge key <<: a definition has no merge keys"), diag.Say("write the keys out"))
		case n.Style&yaml.TaggedStyle != 0:
			refuse(n, utf8.RuneCountInString(n.Tag), "tag", diag.Say("tag %s: a definition has no tags", n.Tag), diag.Say("delete the tag; put text in quotes to keep it text"))
		}
		for _, child := range n.Content {
			visit(child, depth+1)
		}
	}
	visit(s.root, 1)
	return ok
}
