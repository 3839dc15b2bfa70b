package site

import (
	"manyi/internal/chart"
	"manyi/internal/chart/gallery"
	"manyi/internal/page"
	"manyi/internal/report"
)

// gallery is the page of sample figures in every language of the site, with
// their numbers; nothing unless manyi.yaml asks for it.
func (b *builder) gallery() ([]output, error) {
	if !b.site.Theme.Gallery || b.options.Only == "surveys" {
		return nil, nil
	}
	var out []output
	for _, lang := range b.site.Languages {
		base := "reports/gallery/" + b.folder(lang)
		view, figures := b.galleryPage(lang)
		body, err := b.theme.Report(view)
		if err != nil {
			return nil, err
		}
		out = append(out, output{base + "index.html", body})
		for _, f := range figures {
			out = append(out, output{base + "data/" + f.ID + ".csv", f.CSV()})
		}
	}
	return out, nil
}

// galleryPage is a section a kind.
func (b *builder) galleryPage(lang string) (page.Report, []*chart.Figure) {
	l, up := b.locales[lang], "../"
	if b.folder(lang) != "" {
		up = "../../"
	}
	p := &report.Page{Name: "index", Title: l.Say("gallery.title"), Kicker: l.Say("gallery.note"), Heading: l.Say("gallery.heading")}
	var figures []*chart.Figure
	for _, g := range gallery.Groups(lang) {
		s := report.Section{ID: string(g.Kind), Title: g.Title}
		for _, f := range g.Figures {
			s.Blocks = append(s.Blocks, report.Block{Figure: f})
		}
		p.Sections = append(p.Sections, s)
		figures = append(figures, g.Figures...)
	}
	view := page.Report{
		Report: &report.Report{Title: p.Title, Lang: lang, Pages: []*report.Page{p}}, Page: p, Locale: l,
		Site: b.site.Title.In(lang, b.site.Languages...), Home: up + indexName(b, lang), Logo: b.logo(up),
		ToAssets: up + "assets/", Built: l.Say("gallery.built"), Footer: b.footer(lang),
		Nav: []page.Chapter{{Links: []page.Link{{Name: p.Title, Href: "index.html", Current: true}}}},
	}
	for _, other := range b.site.Languages {
		href := "index.html"
		switch {
		case b.folder(lang) == "":
			href = b.folder(other) + href
		case b.folder(other) == "":
			href = "../" + href
		case other != lang:
			href = "../" + b.folder(other) + href
		}
		view.Languages = append(view.Languages, page.Link{Name: b.locales[other].Say("language.name"), Tag: other, Href: href, Current: other == lang})
	}
	return view, figures
}
