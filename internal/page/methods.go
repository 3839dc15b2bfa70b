package page

import (
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"manyi/internal/survey"
)

// Methods are the method pages as a page reaches them. The zero value is none.
type Methods struct {
	To     string            // relative address of their folder
	Titles map[string]string // by name; pages that are not there are not linked to
}

// Address is where a method page stands, "" where there is none.
func (m Methods) Address(name string) string {
	if m.Titles[name] == "" {
		return ""
	}
	return m.To + name + ".html"
}

// Links lead to the pages of these names, those that are there.
func (m Methods) Links(names []string) []Link {
	var out []Link
	for _, name := range names {
		if at := m.Address(name); at != "" {
			out = append(out, Link{Name: m.Titles[name], Href: at})
		}
	}
	return out
}

// link is the quiet link at a figure.
func (m Methods) link(name string, l *survey.Locale) string {
	at := m.Address(name)
	if at == "" {
		return ""
	}
	esc := template.HTMLEscapeString
	return ` <a class="method" href="` + esc(at) + `" aria-label="` + esc(l.Say("methods.of", "title", m.Titles[name])) + `">` + esc(l.Say("methods.link")) + `</a>`
}

// toMethods are links to method pages from the pages of a report.
var toMethods = regexp.MustCompile(` href="(?:\.\./)+methods/(?:[A-Za-z][A-Za-z-]*/)?([a-z-]+)\.html"`)

// MethodPart is the name of a method page as a part of an edition.
func MethodPart(name string) string { return "method-" + name }

// methodLinks gives the links method:NAME their addresses, and takes those that
// lead nowhere off their words.
type methodLinks struct{ to func(name string) string }

// Transform is called by goldmark for every document.
func (m methodLinks) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var links []*ast.Link
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if l, ok := n.(*ast.Link); ok && entering && strings.HasPrefix(string(l.Destination), "method:") {
			links = append(links, l)
		}
		return ast.WalkContinue, nil
	})
	for _, l := range links {
		at := ""
		if m.to != nil {
			at = m.to(strings.TrimPrefix(string(l.Destination), "method:"))
		}
		if at != "" {
			l.Destination = []byte(at)
			continue
		}
		for c := l.FirstChild(); c != nil; c = l.FirstChild() {
			l.Parent().InsertBefore(l.Parent(), l, c)
		}
		l.Parent().RemoveChild(l.Parent(), l)
	}
}
