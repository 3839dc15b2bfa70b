package site

import (
	"slices"

	"manyi/content"
	"manyi/internal/page"
	"manyi/internal/report"
	"manyi/internal/survey"
)

// writeMethods writes the method pages that the reports link to, for management
// and for every audience, in every language of the site.
func (b *builder) writeMethods(surveys []*built) ([]output, error) {
	folders := map[string]string{"": "reports/"}
	for _, x := range surveys {
		if x.entry != nil {
			for audience := range x.entry.Summary.Audiences {
				folders[audience] = audienceFolder(audience)
			}
		}
	}
	var out []output
	for audience, base := range folders { // the order does not show: every file has its own name
		names := linked(surveys, audience)
		for _, lang := range b.site.Languages {
			pages, err := b.methodFolder(base, lang, names)
			if err != nil {
				return nil, err
			}
			out = append(out, pages...)
		}
	}
	return out, nil
}

// methodFolder is the index of the method pages and the pages of a language.
func (b *builder) methodFolder(base, lang string, names []string) ([]output, error) {
	to := among(b.methodPages(lang, ""), names)
	to.To = ""
	all := []*written{{page: b.methodIndex(b.locales[lang], names)}}
	errs := make([]error, len(names))
	all = append(all, make([]*written, len(names))...)
	each(len(names), func(i int) { all[i+1], errs[i] = b.methodProse(lang, names[i], to) })
	var out []output
	for i, p := range all {
		if i > 0 && errs[i-1] != nil {
			return nil, errs[i-1]
		}
		p.page.Chapter = groupOf(p.page.Name)
		if i > 0 {
			p.page.Kicker = b.locales[lang].Say("methods.group." + p.page.Chapter)
		}
		body, err := b.theme.Report(b.methodView(lang, p, names))
		if err != nil {
			return nil, err
		}
		out = append(out, output{base + methodsFolder + b.folder(lang) + p.page.Name + ".html", body})
	}
	return out, nil
}

// methodPage is a method page as a page of a report.
func methodPage(name string, m *methodText) *report.Page {
	return &report.Page{Name: name, Title: m.Title, Heading: m.Title}
}

// methodIndex lists the pages with the question that each answers.
func (b *builder) methodIndex(l *survey.Locale, names []string) *report.Page {
	p := &report.Page{Name: "index", Title: l.Say("methods.all"), Kicker: l.Say("methods.kicker", "n", len(names)), Heading: l.Say("methods.heading")}
	for _, g := range content.Groups {
		s := report.Section{ID: g.Name, Title: l.Say("methods.group." + g.Name)}
		var found []report.Finding
		for _, name := range g.Pages {
			if m := b.methods[l.Tag()][name]; slices.Contains(names, name) {
				found = append(found, report.Finding{Page: name, Title: m.Title, Heading: m.Says})
			}
		}
		if len(found) > 0 {
			s.Blocks = []report.Block{{Findings: found}}
			p.Sections = append(p.Sections, s)
		}
	}
	return p
}

// methodView is a method page with everything around it.
func (b *builder) methodView(lang string, p *written, names []string) page.Report {
	l, up := b.locales[lang], "../"
	if b.folder(lang) != "" {
		up = "../../"
	}
	title := l.Say("methods.title")
	view := page.Report{
		Report: &report.Report{Title: title, Lang: lang, Pages: []*report.Page{p.page}}, Page: p.page, Prose: p.prose, Locale: l,
		Site: b.site.Title.In(lang, b.site.Languages...), Home: up + indexName(b, lang), Logo: b.logo(up), ToAssets: up + "assets/",
		Built: l.Say("methods.built"), Footer: b.footer(lang),
		Nav: []page.Chapter{{Links: []page.Link{{Name: l.Say("methods.all"), Href: "index.html", Current: p.page.Name == "index"}}}},
	}
	for _, g := range content.Groups {
		c := page.Chapter{Name: l.Say("methods.group." + g.Name)}
		for _, name := range g.Pages {
			if slices.Contains(names, name) {
				c.Links = append(c.Links, page.Link{Name: b.methods[lang][name].Title, Href: name + ".html", Current: name == p.page.Name})
			}
		}
		if len(c.Links) > 0 {
			view.Nav = append(view.Nav, c)
		}
	}
	for _, other := range b.site.Languages {
		view.Languages = append(view.Languages, page.Link{Name: b.locales[other].Say("language.name"), Tag: other, Href: b.besidePage(p.page.Name, lang, other), Current: other == lang})
	}
	return view
}

// methodsItem is the entry of the method pages in an index of reports.
func (b *builder) methodsItem(l *survey.Locale) page.Item {
	return page.Item{Title: l.Say("methods.title"), Href: methodsFolder + b.folder(l.Tag()) + "index.html", Message: l.Say("methods.message"), Note: l.Say("methods.note")}
}

// allMethods lead to the glossary and the index of the method pages.
func (b *builder) allMethods(lang, up string) []page.Link {
	m := b.methodPages(lang, up)
	return append(m.Links([]string{"glossary"}), page.Link{Name: b.locales[lang].Say("methods.all"), Href: m.To + "index.html"})
}

// appendix adds the method pages that a report links to to its edition.
func (w *writer) appendix(e *page.Edition) error {
	lang := w.locale.Tag()
	names := slices.DeleteFunc(content.Names(), func(name string) bool { return !slices.Contains(w.methods, name) })
	e.Methods = among(w.methodPages(lang, "../"), names)
	chapter := page.EditionChapter{Name: w.locale.Say("methods.appendix")}
	for _, name := range names {
		p, err := w.methodProse(lang, name, e.Methods)
		if err != nil {
			return err
		}
		p.page.Name, p.page.Kicker = page.MethodPart(name), w.locale.Say("methods.group."+groupOf(name))
		chapter.Pages = append(chapter.Pages, page.EditionPage{Page: p.page, Prose: p.prose})
	}
	e.Chapters = append(e.Chapters, chapter)
	return nil
}
