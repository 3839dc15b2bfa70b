package site

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"io"
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
	"manyi/internal/workbook"
)

// reportPages writes every page of a report in every language of the site, and
// the numbers of each figure.
func (b *builder) reportPages(s *survey.Survey, in *inputs, r *measure.Results, found *service.Results, answers *table.Answers, out *built, problems *diag.List) error {
	var unknown []table.UnknownColumn
	for _, u := range answers.Unknown {
		unknown = append(unknown, table.UnknownColumn{File: strings.TrimPrefix(u.File, path.Dir(s.File)+"/responses/"), Column: u.Column})
	}
	for _, lang := range b.site.Languages {
		rep := report.Build(s, r, b.locales[lang], report.Options{AsOf: r.AsOf, Unknown: unknown, Service: found, Standards: b.standards, Schedule: b.scheduleAddress(lang)})
		w := &writer{builder: b, survey: s, report: rep, results: r, locale: b.locales[lang], out: out, problems: problems, joined: map[string]template.HTML{}}
		if err := w.write(in.pages); err != nil {
			return err
		}
		out.entry.Summary.Message[lang] = rep.Pages[0].Heading
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
	found    *variables               // the results by name, nil until a page asks
	joined   map[string]template.HTML // texts of the author at the top of pages of the report
	audience string                   // for whom it is, "" for management
	methods  []string                 // method pages that this report links to
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
		all = append(all, &written{page: p, prose: w.joined[p.Name]})
		w.methods = append(w.methods, p.Methods...)
		if i == 0 {
			all = append(all, notes...)
		}
	}
	base := w.place() + w.folder(w.locale.Tag())
	for _, p := range all {
		body, err := w.page(p, all)
		if err != nil {
			return err
		}
		w.out.files = append(w.out.files, output{base + p.page.Name + ".html", body})
	}
	var pages []*report.Page
	for _, p := range all {
		pages = append(pages, p.page)
	}
	index, err := page.Search(pages)
	if err != nil {
		return err
	}
	sheets, err := workbook.Write(w.report, w.locale, workbook.Facts{Site: w.site.Title.In(w.locale.Tag(), w.site.Languages...), Note: w.built()})
	if err != nil {
		return err
	}
	w.out.files = append(w.out.files, output{base + "search.js", index}, output{base + w.survey.ID + ".xlsx", sheets})
	w.links(notes)
	if w.options.Single {
		if err := w.edition(all); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(w.report.Figures)) {
		w.out.files = append(w.out.files, output{base + "data/" + id + ".csv", w.report.Figures[id].CSV()})
	}
	return nil
}

// place is the folder of the report below site/.
func (w *writer) place() string {
	if w.audience != "" {
		return audienceFolder(w.audience) + w.survey.ID + "/"
	}
	return "reports/" + w.survey.ID + "/"
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
		Built: w.foot(p), Footer: w.footer(w.locale.Tag()), Workbook: w.survey.ID + ".xlsx", Search: "search.js",
	}
	view.Limits = slices.ContainsFunc(all, func(q *written) bool { return q.page.Name == "method" })
	view.Nav = w.chapters(p, all)
	view.Methods = w.methodPages(w.locale.Tag(), up)
	view.How = append(view.Methods.Links(p.page.Methods), w.allMethods(w.locale.Tag(), up)...)
	for _, lang := range w.site.Languages {
		link := page.Link{Name: w.locales[lang].Say("language.name"), Tag: lang, Current: lang == w.locale.Tag()}
		link.Href = strings.TrimPrefix(up, "../") + w.folder(lang) + p.page.Name + ".html"
		view.Languages = append(view.Languages, link)
	}
	return w.theme.Report(view)
}

// foot is what stands at the foot of a page: a past period has no day of today.
func (w *writer) foot(p *written) string {
	records := ""
	if p.page.Counts() {
		records = w.locale.Say("page.built_records")
	}
	if p.page.Under == "periods" {
		return w.locale.Say("page.built_plain", "min", w.results.MinCell) + records
	}
	return w.builtUp() + records + w.commit()
}

// built is what stands at the foot of every page.
func (w *writer) built() string { return w.builtUp() + w.commit() }

// builtUp is built without the commit.
func (w *writer) builtUp() string {
	if w.results.AsOf == "" {
		return w.locale.Say("page.built_plain", "min", w.results.MinCell)
	}
	return w.locale.Say("page.built", "as_of", w.results.AsOf, "min", w.results.MinCell)
}

// commit names the state of the repository that the report is of, "" without one.
func (w *writer) commit() string {
	name, changed := strings.CutSuffix(w.options.Commit, "+")
	switch {
	case name == "":
		return ""
	case changed:
		return w.locale.Say("commit.changed", "commit", name)
	}
	return w.locale.Say("commit.built", "commit", name)
}

// chapters is the navigation as this page shows it.
func (w *writer) chapters(this *written, all []*written) []page.Chapter {
	var out []page.Chapter
	family := cmp.Or(this.page.Under, this.page.Name)
	for i, q := range all {
		if i == 0 || q.page.Chapter != all[i-1].page.Chapter {
			out = append(out, page.Chapter{Name: w.chapter(q.page.Chapter)})
		}
		last := &out[len(out)-1]
		last.Links = append(last.Links, page.Link{
			Name: q.page.Title, Href: q.page.Name + ".html", Current: q == this, Detail: q.page.Under != "", Away: q.page.Under != "" && q.page.Under != family,
		})
	}
	return out
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
	head, body, ok := frontMatter(source, plain)
	if !ok {
		w.problems.Add(diag.Problem{
			Severity: diag.Error, Code: "front-matter", Place: diag.Place{File: name, Line: 1}, Summary: diag.Say("the head of the page cannot be read"),
			Cure: diag.Say("write the line ---, then title: and its text, then --- again"),
		})
		return nil, nil
	}
	if body, err = w.fill(name, source, body); err != nil {
		return nil, err
	}
	heading, err := w.fill(name, source, []byte(head.Heading))
	if err != nil {
		return nil, err
	}
	head.Heading = strings.ReplaceAll(string(heading), "\\", "")
	var shown []string
	up := strings.Repeat("../", 1+strings.Count(w.folder(w.locale.Tag()), "/"))
	prose, err := page.Markdown(body, page.Writing{Method: w.methodOf(name, source, up), Figure: func(figure string) (template.HTML, error) {
		f := w.report.Figures[figure]
		if f == nil {
			w.unknownFigure(name, figure, source)
			return "", nil
		}
		shown = append(shown, f.Method)
		return page.Figure(f, w.locale, w.methodPages(w.locale.Tag(), up))
	}})
	if err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	if head.Page != "" {
		w.join(name, source, head, prose)
		return nil, nil
	}
	return &written{page: &report.Page{Name: "note-" + plain, Title: head.Title, Heading: cmp.Or(head.Heading, head.Title), Methods: compact(shown)}, prose: prose}, nil
}

func (w *writer) unknownFigure(file, figure string, source []byte) {
	names := slices.Sorted(maps.Keys(w.report.Figures))
	cure := diag.Say("the figures of this report are %s", strings.Join(names, ", "))
	if len(names) == 0 {
		cure = diag.Say("there are no figures before there are answers")
	}
	if near := diag.Nearest(figure, names); near != "" {
		cure = diag.Say("did you mean %q?", near)
	}
	w.problems.Add(diag.Problem{Severity: diag.Error, Code: "unknown-figure", Place: placeOf(file, "figure:"+figure, source), Summary: diag.Say("the report has no figure %q", figure), Cure: cure})
}

// pageName is a name of an author's page that makes an address.
var pageName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// head is what an author says about a page in its first lines.
type head struct {
	Title   string `yaml:"title"`
	Page    string `yaml:"page"`    // the page of the report that the text joins, "" for a page of its own
	Heading string `yaml:"heading"` // what the page says, in place of the generated sentence
	Replace bool   `yaml:"replace"` // the text stands in place of the page's sections
}

// frontMatter splits the YAML head from a page; ok is false where there is a
// head that cannot be read.
func frontMatter(source []byte, fallback string) (h head, body []byte, ok bool) {
	body, ok = behindHead(source, &h)
	h.Title = cmp.Or(h.Title, fallback)
	return h, body, ok
}

// behindHead reads the YAML head of a page into into and returns what follows it.
func behindHead(source []byte, into any) (body []byte, ok bool) {
	text := strings.TrimPrefix(strings.ReplaceAll(string(source), "\r\n", "\n"), "\ufeff")
	if !strings.HasPrefix(text, "---\n") {
		return []byte(text), true
	}
	top, rest, closed := strings.Cut(text[4:], "\n---\n")
	if !closed {
		return nil, false
	}
	decoder := yaml.NewDecoder(strings.NewReader(top))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return nil, false
	}
	return []byte(rest), true
}

// join puts an author's text at the top of a page of the report, or in its place.
func (w *writer) join(file string, source []byte, h head, prose template.HTML) {
	i := slices.IndexFunc(w.report.Pages, func(p *report.Page) bool { return p.Name == h.Page })
	if i < 0 {
		var names []string
		for _, p := range w.report.Pages {
			names = append(names, p.Name)
		}
		w.problems.Add(diag.Problem{
			Severity: diag.Error, Code: "unknown-page", Place: placeOf(file, h.Page, source), Summary: diag.Say("the report has no page %q", h.Page),
			Cure: diag.Say("the pages of this report are %s", strings.Join(names, ", ")),
		})
		return
	}
	p := w.report.Pages[i]
	p.Heading = cmp.Or(h.Heading, p.Heading)
	if h.Replace {
		p.Sections = nil
	}
	w.joined[p.Name] += prose
}
