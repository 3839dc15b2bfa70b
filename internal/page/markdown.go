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

// Markdown renders CommonMark with tables, raw HTML off. An image whose
// address is "figure:NAME" is replaced by what embed returns for NAME; any
// other image that is not a relative path is left out, since a page makes no
// request of a third party. A nil embed leaves figures out.
func Markdown(source []byte, embed func(name string) (template.HTML, error)) (template.HTML, error) {
	images := &images{embed: embed}
	md := goldmark.New(
		goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), extension.Strikethrough),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(images, 100))),
	)
	var out bytes.Buffer
	if err := md.Convert(source, &out); err != nil {
		return "", err
	}
	if images.err != nil {
		return "", images.err
	}
	// A figure alone in its paragraph is no paragraph.
	s := strings.ReplaceAll(out.String(), "<p><figure", "<figure")
	return trusted(strings.ReplaceAll(s, "</figure></p>", "</figure>")), nil
}

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
