package site

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"manyi/internal/diag"
	"manyi/internal/measure"
	"manyi/internal/page"
	"manyi/internal/report"
	"manyi/internal/service"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// reportPages writes every page of a report in every language of the site, and
// the numbers of each figure.
func (b *builder) reportPages(s *survey.Survey, in *inputs, r *measure.Results, found *service.Results, answers *table.Answers, out *built, problems *diag.List) error {
	var unknown []table.UnknownColumn
	for _, u := range answers.Unknown {
		unknown = append(unknown, table.UnknownColumn{File: strings.TrimPrefix(u.File, path.Dir(s.File)+"/responses/"), Column: u.Column})
	}
	for _, lang := range b.site.Languages {
		rep := report.Build(s, r, b.locales[lang], report.Options{AsOf: r.AsOf, Unknown: unknown, Service: found, Standards: b.standards})
		w := &writer{builder: b, survey: s, report: rep, results: r, locale: b.locales[lang], out: out, problems: problems}
		out.entry.Summary.Message[lang] = rep.Pages[0].Heading
		if err := w.write(in.pages); err != nil {
			return err
		}
	}
	return nil
}

// writer writes one report in one language.
type writer struct {
	*builder
	survey   *survey.Survey
	report   *report.Report
	results  *measure.Results
	locale   *survey.Locale
	out      *built
	problems *diag.List
}

// folder is where the pages of a language stand, relative to the report: "" for
// the site's first language.
func (b *builder) folder(lang string) string {
	if lang == b.site.Languages[0] {
		return ""
	}
	return lang + "/"
}

func (w *writer) write(content []string) error {
	notes, err := w.notes(content)
	if err != nil {
		return err
	}
	var all []*written
	for i, p := range w.report.Pages {
		all = append(all, &written{page: p})
		if i == 0 {
			all = append(all, notes...)
		}
	}
	base := "reports/" + w.survey.ID + "/" + w.folder(w.locale.Tag())
	for _, p := range all {
		body, err := w.page(p, all)
		if err != nil {
			return err
		}
		w.out.files = append(w.out.files, output{base + p.page.Name + ".html", body})
	}
	for _, id := range slices.Sorted(maps.Keys(w.report.Figures)) {
		w.out.files = append(w.out.files, output{base + "data/" + id + ".csv", w.report.Figures[id].CSV()})
	}
	return nil
}

// written is a page with its prose, if an author wrote it.
type written struct {
	page  *report.Page
	prose template.HTML
}

func (w *writer) page(p *written, all []*written) ([]byte, error) {
	up := "../"
	if w.folder(w.locale.Tag()) != "" {
		up = "../../"
	}
	view := page.Report{
		Report: w.report, Page: p.page, Prose: p.prose, Locale: w.locale, Site: w.site.Title.In(w.locale.Tag(), w.site.Languages...),
		Home: up + indexName(w.builder, w.locale.Tag()), ToAssets: up + "assets/", Build: w.survey.Build(), Results: strings.TrimPrefix(up, "../") + "results.json", Logo: w.logo(up),
		Built: w.locale.Say("page.built", "as_of", w.results.AsOf, "min", w.results.MinCell),
	}
	if w.results.AsOf == "" {
		view.Built = w.locale.Say("page.built_plain", "min", w.results.MinCell)
	}
	for _, q := range all {
		if q.page.Under == "" {
			view.Nav = append(view.Nav, page.Link{Name: q.page.Title, Href: q.page.Name + ".html", Current: q == p || q.page.Name == p.page.Under})
		}
	}
	for _, lang := range w.site.Languages {
		link := page.Link{Name: w.locales[lang].Say("language.name"), Tag: lang, Current: lang == w.locale.Tag()}
		link.Href = strings.TrimPrefix(up, "../") + w.folder(lang) + p.page.Name + ".html"
		view.Languages = append(view.Languages, link)
	}
	return w.theme.Report(view)
}

func (b *builder) logo(up string) string {
	if b.site.Theme.Logo == "" {
		return ""
	}
	return up + "assets/logo" + path.Ext(b.site.Theme.Logo)
}

// indexName is the file of the index in a language.
func indexName(b *builder, lang string) string {
	if lang == b.site.Languages[0] {
		return "index.html"
	}
	return "index." + lang + ".html"
}

// notes are the author's pages of this language: content/<survey>/NAME.LANG.md.
func (w *writer) notes(content []string) ([]*written, error) {
	var out []*written
	for _, name := range content {
		stem := strings.TrimSuffix(path.Base(name), ".md")
		plain, isThis := strings.CutSuffix(stem, "."+w.locale.Tag())
		if !isThis || !pageName.MatchString(plain) {
			continue
		}
		p, err := w.note(name, plain)
		if err != nil {
			return nil, err
		}
		if p != nil {
			out = append(out, p)
		}
	}
	return out, nil
}

// note renders one page of the author's; a figure it names must exist.
func (w *writer) note(name, plain string) (*written, error) {
	source, err := fs.ReadFile(w.files, name)
	if err != nil {
		return nil, err
	}
	title, body, ok := frontMatter(source, plain)
	if !ok {
		w.problems.Add(diag.Problem{
			Severity: diag.Error, Code: "front-matter", Place: diag.Place{File: name, Line: 1}, Summary: diag.Say("the head of the page cannot be read"),
			Cure: diag.Say("write the line ---, then title: and its text, then --- again"),
		})
		return nil, nil
	}
	prose, err := page.Markdown(body, func(figure string) (template.HTML, error) {
		f := w.report.Figures[figure]
		if f == nil {
			w.unknownFigure(name, figure, source)
			return "", nil
		}
		return page.Figure(f, w.locale)
	})
	if err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return &written{page: &report.Page{Name: "note-" + plain, Title: title, Heading: title}, prose: prose}, nil
}

func (w *writer) unknownFigure(file, figure string, source []byte) {
	place := diag.Place{File: file}
	for i, line := range bytes.Split(source, []byte("\n")) {
		if at := bytes.Index(line, []byte("figure:"+figure)); at >= 0 {
			place.Line, place.Column, place.Length = i+1, len([]rune(string(line[:at])))+1, len([]rune("figure:"+figure))
			break
		}
	}
	names := slices.Sorted(maps.Keys(w.report.Figures))
	cure := diag.Say("the figures of this report are %s", strings.Join(names, ", "))
	if len(names) == 0 {
		cure = diag.Say("there are no figures before there are answers")
	}
	if near := diag.Nearest(figure, names); near != "" {
		cure = diag.Say("did you mean %q?", near)
	}
	w.problems.Add(diag.Problem{Severity: diag.Error, Code: "unknown-figure", Place: place, Summary: diag.Say("the report has no figure %q", figure), Cure: cure})
}

// pageName is a name of an author's page that makes an address.
var pageName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// frontMatter splits the YAML head from a page and returns its title; ok is
// false where there is a head that cannot be read.
func frontMatter(source []byte, fallback string) (title string, body []byte, ok bool) {
	text := strings.TrimPrefix(strings.ReplaceAll(string(source), "\r\n", "\n"), "\ufeff")
	if !strings.HasPrefix(text, "---\n") {
		return fallback, []byte(text), true
	}
	head, rest, closed := strings.Cut(text[4:], "\n---\n")
	if !closed {
		return "", nil, false
	}
	var meta struct {
		Title string `yaml:"title"`
	}
	if yaml.Unmarshal([]byte(head), &meta) != nil {
		return "", nil, false
	}
	return cmp.Or(meta.Title, fallback), []byte(rest), true
}
