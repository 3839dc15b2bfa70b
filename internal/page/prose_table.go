package page

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// proseTables makes cards on a phone of the rows of a table that holds sentences:
// three columns of them are too narrow to read there. Tables of short values stay.
type proseTables struct{}

// sentence is the number of characters from which a cell is read, not looked up.
const sentence = 30

// Transform is called by goldmark.
func (proseTables) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		t, ok := n.(*extended.Table)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		if len(t.Alignments) > 2 && longest(t, reader.Source()) > sentence {
			stack(t, reader.Source())
		}
		return ast.WalkSkipChildren, nil
	})
}

// longest is the number of characters in the longest cell of a table.
func longest(t *extended.Table, source []byte) int {
	n := 0
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			n = max(n, utf8.RuneCountInString(words(cell, source)))
		}
	}
	return n
}

// stack gives every cell behind the first of its row the head of its column.
func stack(t *extended.Table, source []byte) {
	t.SetAttributeString("class", "stack")
	var head []string
	for cell := t.FirstChild().FirstChild(); cell != nil; cell = cell.NextSibling() {
		head = append(head, words(cell, source))
	}
	for row := t.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		i := 0
		for cell := row.FirstChild(); cell != nil && i < len(head); cell = cell.NextSibling() {
			if i > 0 {
				cell.SetAttributeString("data-head", head[i])
			}
			i++
		}
	}
}

// words is the text below a node.
func words(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
