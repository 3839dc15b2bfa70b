package site

import (
	"fmt"
	"io/fs"
	"mime"
	"path"
	"slices"

	"manyi/internal/diag"
	"manyi/internal/page"
)

// editionName is the file of a report as one document, relative to reports/<id>/:
// <id>-report.html in the first language of the site, <id>-report.<language>.html
// in others. No page ends like this, while a survey may be called as a page is.
func editionName(survey, lang, first string) string {
	if lang == first {
		return survey + "-report.html"
	}
	return survey + "-report." + lang + ".html"
}

// Edition is the whole report of a survey for an audience ("" is management) as
// one document, nil where there is none. It writes nothing.
func Edition(dir, id, audience, lang string, opt Options, problems *diag.List) ([]byte, error) {
	opt.Single, opt.Only = true, "reports"
	b, err := open(dir, opt, problems)
	if err != nil || b == nil {
		return nil, err
	}
	defer b.close()
	if err := b.ready(); err != nil || !slices.Contains(b.ids, id) {
		return nil, err
	}
	b.ids, b.old.Surveys = []string{id}, nil
	built, err := b.surveys()
	if err != nil || problems.Has(diag.Error) {
		return nil, err
	}
	folder := "reports/"
	if audience != "" {
		folder = audienceFolder(audience)
	}
	for _, f := range built[0].files {
		if f.Path == folder+id+"/"+editionName(id, lang, b.site.Languages[0]) {
			return f.Body, nil
		}
	}
	return nil, nil
}

// edition writes the whole report as one document.
func (w *writer) edition(all []*written) error {
	lang := w.locale.Tag()
	e := page.Edition{Report: w.report, Locale: w.locale, Site: w.site.Title.In(lang, w.site.Languages...), Built: w.built(), Footer: w.footer(lang)}
	if name := w.site.Theme.Logo; name != "" {
		body, err := fs.ReadFile(w.files, name)
		if err != nil {
			return fmt.Errorf("read the logo: %w", err)
		}
		e.Logo = page.DataURL(mime.TypeByExtension(path.Ext(name)), body)
	}
	if len(w.report.Pages) > 0 && w.report.Pages[0].Kicker != "" {
		e.Facts = append(e.Facts, w.report.Pages[0].Kicker)
	}
	if f := w.survey.Report.Filter; f != nil {
		e.Facts = append(e.Facts, w.locale.Say("edition.filter", "filter", f.Source))
	}
	for i, p := range all {
		if i == 0 || p.page.Chapter != all[i-1].page.Chapter {
			e.Chapters = append(e.Chapters, page.EditionChapter{Name: w.chapter(p.page.Chapter)})
		}
		last := &e.Chapters[len(e.Chapters)-1]
		last.Pages = append(last.Pages, page.EditionPage{Page: p.page, Prose: p.prose})
	}
	if err := w.appendix(&e); err != nil {
		return err
	}
	body, err := w.theme.Edition(e)
	if err != nil {
		return err
	}
	w.out.files = append(w.out.files, output{w.place() + editionName(w.survey.ID, lang, w.site.Languages[0]), body})
	return nil
}

// chapter is the name of a chapter, "" in front.
func (w *writer) chapter(name string) string {
	if name == "" {
		return ""
	}
	return w.locale.Say("chapter." + name)
}
