// Package page turns reports and surveys into HTML with the theme's templates.
// It takes values and returns bytes; it touches no disk.
package page

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"manyi/internal/report"
	"manyi/internal/survey"
)

// Theme is the loaded templates and assets.
type Theme struct {
	html    *template.Template
	survey  string // the style of a survey page
	whole   string // the style of an edition
	scheme  string // the script of the switch between light and dark
	scripts *scripts
	Assets  []Asset
	names   map[string]string // "report.css" -> "report.1a2b3c4d.css"
}

// Asset is a file shared by the pages of the report site.
type Asset struct {
	Name string // with the start of its hash, so that caches never mix versions
	Body []byte
}

// Load reads theme/ of fsys and gives it the colour and the fonts of look.
func Load(fsys fs.FS, look survey.Theme) (*Theme, error) {
	t := &Theme{names: map[string]string{}}
	read := func(names ...string) ([]byte, error) { return joined(fsys, names) }
	style, err := read("tokens.css", "report.css", "figure.css")
	if err != nil {
		return nil, err
	}
	script, err := read("explore.js", "navigate.js", "filter.js", "sort.js", "sides.js")
	if err != nil {
		return nil, err
	}
	echarts, err := read("echarts/echarts.min.js")
	if err != nil {
		return nil, err
	}
	licence, err := read("echarts/LICENSE", "echarts/NOTICE", "echarts/THIRD_PARTY.md")
	if err != nil {
		return nil, err
	}
	form, err := read("tokens.css", "survey.css", "survey_script.css")
	if err != nil {
		return nil, err
	}
	if t.scripts, err = loadScripts(fsys); err != nil {
		return nil, err
	}
	own := accentStyle(look.Accent) + fontStyle(look.Font)
	t.survey = compact(string(form) + own)
	paper, err := read("edition.css")
	if err != nil {
		return nil, err
	}
	t.whole = compact(switched(string(style)+own) + string(paper))
	t.asset("report.css", []byte(compact(switched(string(style)+own))))
	small, err := minified(string(script))
	if err != nil {
		return nil, fmt.Errorf("read the theme: %w", err)
	}
	t.asset("report.js", []byte(small))
	if t.scheme, err = Scheme(fsys); err != nil {
		return nil, err
	}
	t.asset("scheme.js", []byte(t.scheme))
	t.asset("echarts.js", echarts)
	t.Assets = append(t.Assets, Asset{Name: "echarts.LICENSE.txt", Body: licence})
	t.html, err = template.New("").Funcs(functions).ParseFS(fsys, "theme/*.html")
	if err != nil {
		return nil, fmt.Errorf("read the theme: %w", err)
	}
	return t, nil
}

// Scheme is the script of the switch between light and dark; what opens a sealed
// report needs it beside the report, whose own scripts it does not run.
func Scheme(fsys fs.FS) (string, error) {
	source, err := joined(fsys, []string{"scheme.js"})
	if err != nil {
		return "", err
	}
	return minified(string(source))
}

// joined is several files of the theme as one.
func joined(fsys fs.FS, names []string) ([]byte, error) {
	var all []byte
	for _, name := range names {
		b, err := fs.ReadFile(fsys, "theme/"+name)
		if err != nil {
			return nil, fmt.Errorf("read the theme: %w", err)
		}
		all = append(all, b...)
	}
	return all, nil
}

func (t *Theme) asset(name string, body []byte) {
	sum := sha256.Sum256(body)
	stem, ext, _ := strings.Cut(name, ".")
	t.names[name] = stem + "." + hex.EncodeToString(sum[:4]) + "." + ext
	t.Assets = append(t.Assets, Asset{Name: t.names[name], Body: body})
}

var (
	comments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	gaps     = regexp.MustCompile(`\s*\n\s*`)
)

// compact strips comments and line breaks from a style sheet.
func compact(css string) string {
	return strings.TrimSpace(gaps.ReplaceAllString(comments.ReplaceAllString(css, ""), ""))
}

var functions = template.FuncMap{
	"rich":    rich,
	"ranged":  ranged,
	"kept":    kept,
	"value":   value,
	"manner":  manner,
	"whisker": whisker,
	"shape":   shape,
	"slim":    slim,
	"heading": heading,
	"carded":  carded,
	"briefs":  briefs,
	"lengthy": func(head string) bool { return utf8.RuneCountInString(head) > 40 },
	"column":  column,
}

// trusted is the only place where bytes become HTML: drawings of package
// chart, Markdown rendered with raw HTML off, and the mark-up of this package.
func trusted(s string) template.HTML { return template.HTML(s) }

// rich turns **emphasis** into <b> and marks dates; all else is text.
func rich(s string) template.HTML {
	parts := strings.Split(s, "**")
	var b strings.Builder
	for i, part := range parts {
		escaped := unbroken(template.HTMLEscapeString(part))
		if i%2 == 1 && i < len(parts)-1 {
			escaped = "<b>" + escaped + "</b>"
		} else if u := itsUnit.FindString(escaped); u != "" && i > 0 && strings.ContainsAny(parts[i-1], "0123456789") {
			escaped = "\u00a0" + `<span class="nb">` + u[1:] + "</span>" + escaped[len(u):]
		}
		b.WriteString(escaped)
	}
	return trusted(b.String())
}

// shape is what becomes of a table on a phone: it scrolls, its rows become cards,
// or, with one short value a row, it stays as it is.
func shape(t *report.Table) string {
	switch {
	case len(t.Head) > 7 && !t.Cards:
		return "wide"
	case len(t.Head) == 2 && !t.Cards && !sentences(t):
		return "pair"
	}
	return "stack"
}

// sentences says that a table has cells that are read, not looked up.
func sentences(t *report.Table) bool {
	long := func(c report.Cell) bool {
		return c.Tone == "text" || len(c.Lines) > 0 || utf8.RuneCountInString(c.Text+c.Mark) > 24
	}
	return slices.ContainsFunc(t.Rows, func(r report.Row) bool { return slices.ContainsFunc(r.Cells, long) })
}

// slim says that a table can stand beside another thing on paper: few columns of
// short values, few rows.
func slim(t *report.Table) bool {
	long := func(head string) bool { return utf8.RuneCountInString(head) > 16 }
	wide := func(r report.Row) bool {
		return slices.ContainsFunc(r.Cells, func(c report.Cell) bool { return len(c.Lines) > 0 || utf8.RuneCountInString(c.Text+c.Mark) > 10 })
	}
	return len(t.Head) >= 2 && len(t.Head) <= 5 && len(t.Groups) == 0 && len(t.Rows) <= 12 && t.Note == "" && !slices.ContainsFunc(t.Head[1:], long) && !slices.ContainsFunc(t.Rows, wide)
}

// whisker draws a value with its interval on its scale.
func whisker(w *report.Whisker) template.HTML {
	at := func(v float64) float64 { return 300 * min(max((v-w.Min)/(w.Max-w.Min), 0), 1) }
	var b strings.Builder
	b.WriteString(`<svg class="whisker" viewBox="0 0 300 18" preserveAspectRatio="none" aria-hidden="true" focusable="false"><line class="rail" x1="0" x2="300" y1="9" y2="9"/>`)
	if w.Low == w.Low && w.High == w.High {
		fmt.Fprintf(&b, `<line class="ci" x1="%.1f" x2="%.1f" y1="9" y2="9"/>`, at(w.Low), at(w.High))
	}
	fmt.Fprintf(&b, `<rect class="at" x="%.1f" y="4" width="4" height="10"/>`, at(w.Value)-2)
	if w.Target == w.Target {
		fmt.Fprintf(&b, `<line class="goal" x1="%.1f" x2="%.1f" y1="1" y2="17"/>`, at(w.Target), at(w.Target))
	}
	b.WriteString(`</svg>`)
	return trusted(b.String())
}

// Link is one entry of a navigation.
type Link struct {
	Name    string
	Tag     string // language, where the link is one
	Href    string
	Current bool
	Detail  bool // of the page above it
	Away    bool // a detail of another page than those around this one: not listed
}

// Paths are the addresses of the shared assets, relative to a page.
type Paths struct{ CSS, Script, ECharts, Scheme string }

func (t *Theme) paths(toAssets string) Paths {
	return Paths{CSS: toAssets + t.names["report.css"], Script: toAssets + t.names["report.js"], ECharts: toAssets + t.names["echarts.js"], Scheme: toAssets + t.names["scheme.js"]}
}
