package page

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"manyi/internal/chart"
	"manyi/internal/report"
	"manyi/internal/survey"
)

// Report is all that one report page needs beside its content.
type Report struct {
	Report    *report.Report
	Page      *report.Page
	Prose     template.HTML // a page of the author's, from Markdown
	Methods   Methods       // the method pages that its figures link to
	How       []Link        // those that say how the page is computed
	Locale    *survey.Locale
	Site      string // title of the site
	Home      string // address of the index of reports
	Logo      string // address of the logo, "" without
	Languages []Link
	Nav       []Chapter
	ToAssets  string // relative address of assets/
	Results   string // relative address of results.json
	Search    string // the index of the search, "" without
	Workbook  string // of the tables as .xlsx, "" without
	Limits    bool   // the report has a page of data quality and method
	Built     string
	Footer    string // the author's line, "" without
	Build     string // hash of the questionnaire, "" where there is none
}

// Chapter is some pages of the navigation below a name; "" in front.
type Chapter struct {
	Name  string
	Links []Link
}

// reportData is what report.html sees.
type reportData struct {
	Report
	Tab, Lang, Dir, Title, Kicker, Heading string
	Sections                               []section
	Assets                                 Paths
	Previous, Next                         *Link
	Here                                   []Link // the sections, where there are several with a title
	Alone                                  bool   // no other page is beside it
}

// Report writes one page of a report.
func (t *Theme) Report(r Report) ([]byte, error) {
	data := reportData{
		Report: r, Lang: r.Locale.Tag(), Dir: r.Locale.Say("language.dir"), Title: r.Report.Title, Tab: r.Page.Title + " · " + r.Report.Title,
		Kicker: r.Page.Kicker, Heading: r.Page.Heading, Assets: t.paths(r.ToAssets),
	}
	for _, s := range r.Page.Sections {
		drawn, err := drawWith(s, r.Locale, r.Methods, Figure)
		if err != nil {
			return nil, err
		}
		data.Sections = append(data.Sections, drawn)
		if s.Title != "" {
			data.Here = append(data.Here, Link{Name: cmp.Or(s.Short, s.Title), Href: "#" + s.ID})
		}
	}
	if len(data.Here) < 4 {
		data.Here = nil
	}
	data.Previous, data.Next = r.neighbours()
	data.Alone = len(r.Nav) == 1 && len(r.Nav[0].Links) == 1
	size := 16 << 10
	for _, s := range data.Sections {
		for _, b := range s.Blocks {
			size += len(b.Drawn) + 1<<10
		}
	}
	return t.execute("report.html", size, data)
}

// neighbours are the pages before and behind this one.
func (r *Report) neighbours() (previous, next *Link) {
	var all []*Link
	for _, c := range r.Nav {
		for i := range c.Links {
			all = append(all, &c.Links[i])
		}
	}
	i := slices.IndexFunc(all, func(l *Link) bool { return l.Current })
	if i > 0 {
		previous = all[i-1]
	}
	if i >= 0 && i+1 < len(all) {
		next = all[i+1]
	}
	return previous, next
}

// section is a report section with its figures drawn.
type section struct {
	ID, Title string
	Blocks    []block
}

// Slim says that the section is one slim table.
func (s section) Slim() bool {
	if len(s.Blocks) != 1 || s.Blocks[0].Table == nil {
		return false
	}
	b := s.Blocks[0]
	return b.Text == "" && b.Block.Note == "" && b.Drawn == "" && len(b.Cards)+len(b.Lists)+len(b.Findings) == 0 && slim(b.Table)
}

type block struct {
	report.Block
	Drawn template.HTML
	Twice bool // its table is called as the section is
}

// drawWith draws the figures of a section in one of two ways: with tools, or still.
func drawWith(s report.Section, l *survey.Locale, methods Methods, figure func(*chart.Figure, *survey.Locale, Methods) (template.HTML, error)) (section, error) {
	out := section{ID: s.ID, Title: s.Title, Blocks: make([]block, len(s.Blocks))}
	for i, b := range s.Blocks {
		out.Blocks[i].Block = b
		out.Blocks[i].Twice = b.Table != nil && b.Table.Caption == s.Title
		if b.Figure == nil {
			continue
		}
		html, err := figure(b.Figure, l, methods)
		if err != nil {
			return out, fmt.Errorf("draw figure %q: %w", b.Figure.ID, err)
		}
		out.Blocks[i].Drawn = html
	}
	return out, nil
}

// Index is the list of surveys or reports.
type Index struct {
	Locale    *survey.Locale
	Site      string
	Logo      string
	Heading   string
	Empty     string
	Languages []Link
	Items     []Item
	ToAssets  string
	Built     string
	Footer    string // the author's line, "" without
	Build     string // hash of the questionnaire, "" where there is none
	Public    bool   // of surveys: no switch, as their pages have none
}

// Item is one entry of an index.
type Item struct{ Title, Href, Message, Note string }

// Index writes an index page.
func (t *Theme) Index(x Index) ([]byte, error) {
	paths := t.paths(x.ToAssets)
	if x.Public {
		paths.Scheme = ""
	}
	return t.execute("index.html", 0, struct {
		Index
		Tab, Lang, Dir, Home, Title string
		Assets                      Paths
	}{x, x.Heading + " · " + x.Site, x.Locale.Tag(), x.Locale.Say("language.dir"), "", "", paths})
}

// execute runs a template; size is about what it writes.
func (t *Theme) execute(name string, size int, data any) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(size)
	if err := t.html.ExecuteTemplate(&out, name, data); err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	return out.Bytes(), nil
}
