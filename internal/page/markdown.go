package page

import (
	"bytes"
	"html/template"
	"io/fs"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// Writing is what Markdown may hold beside plain texts.
type Writing struct {
	Figure func(name string) (template.HTML, error) // what stands in place of the image figure:NAME; nil leaves figures out
	Method func(name string) string                 // where the link method:NAME leads to, "" for nowhere: its words stay; nil: nowhere
	Terms  bool                                     // lists of terms with their definitions
}

// Markdown renders CommonMark with tables, raw HTML off. An image whose
// address is "figure:NAME" is replaced by a figure; any other image that is not
// a relative path is left out, since a page makes no request of a third party.
func Markdown(source []byte, w Writing) (template.HTML, error) {
	images := &images{embed: w.Figure}
	extensions := []goldmark.Extender{extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), extension.Strikethrough}
	if w.Terms {
		extensions = append(extensions, extension.DefinitionList)
	}
	md := goldmark.New(
		goldmark.WithExtensions(extensions...),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithASTTransformers(util.Prioritized(methodLinks{w.Method}, 100), util.Prioritized(proseTables{}, 200))),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(images, 100))),
	)
	var out bytes.Buffer
	if err := md.Convert(source, &out); err != nil {
		return "", err
	}
	if images.err != nil {
		return "", images.err
	}
	s := lone.Replace(out.String())
	if w.Method != nil {
		s = unbrokenProse(roomy.Replace(s))
	}
	return trusted(s), nil
}

// lone is for figures alone in their paragraph, which is none then.
var lone = strings.NewReplacer("<p><figure", "<figure", "</figure></p>", "</figure>")

// roomy lets what may be wider than a phone scroll by itself, also by key.
var roomy = strings.NewReplacer("<pre><code", `<pre tabindex="0"><code`, "<table>\n<thead>", "<div class=\"scroll\" tabindex=\"0\"><table>\n<thead>",
	"<table class=\"stack\">\n<thead>", "<div class=\"scroll\" tabindex=\"0\"><table class=\"stack\">\n<thead>", "</table>\n", "</table></div>\n")

// images renders images, figures among them.
type images struct {
	embed func(name string) (template.HTML, error)
	err   error
}

// RegisterFuncs tells goldmark which nodes are rendered here.
func (m *images) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindImage, m.image)
}

func (m *images) image(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	address := string(node.(*ast.Image).Destination)
	if name, ok := strings.CutPrefix(address, "figure:"); ok {
		if m.embed == nil {
			return ast.WalkSkipChildren, nil
		}
		out, err := m.embed(name)
		if err != nil {
			m.err = err
			return ast.WalkStop, nil
		}
		_, _ = w.WriteString(string(out))
		return ast.WalkSkipChildren, nil
	}
	if !fs.ValidPath(address) || strings.ContainsAny(address, ":\\") || strings.ContainsFunc(address, unicode.IsControl) || html.IsDangerousURL([]byte(address)) {
		return ast.WalkContinue, nil // the alternative text stays, as text
	}
	_, _ = w.WriteString(`<img src="` + template.HTMLEscapeString(address) + `" alt="` + template.HTMLEscapeString(alt(node, source)) + `">`)
	return ast.WalkSkipChildren, nil
}

func alt(node ast.Node, source []byte) string {
	var b strings.Builder
	for c := node.FirstChild(); c != nil; c = c.NextSibling() {
		if text, ok := c.(*ast.Text); ok {
			b.Write(text.Segment.Value(source))
		}
	}
	return b.String()
}
