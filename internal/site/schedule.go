package site

import (
	"cmp"
	"slices"

	"manyi/internal/diag"
	"manyi/internal/page"
	"manyi/internal/report"
	"manyi/internal/survey"
)

// schedule is the page of what is due, overdue and by whom, with the procedure
// (METHODS A98), in every language of the site; nothing without schedule: in manyi.yaml.
func (b *builder) schedule(surveys []*built) ([]output, error) {
	if len(b.site.Schedule) == 0 || b.options.Only == "surveys" {
		return nil, nil
	}
	var out []output
	for _, lang := range b.site.Languages {
		body, err := b.theme.Report(b.schedulePage(lang, surveys))
		if err != nil {
			return nil, err
		}
		out = append(out, output{"reports/schedule/" + b.folder(lang) + "index.html", body})
	}
	return out, nil
}

// today is the day by which tasks are judged: of manyi.yaml, of SOURCE_DATE_EPOCH
// or the latest answer of all surveys.
func (b *builder) today(surveys []*built) string {
	latest := ""
	for _, x := range surveys {
		if x != nil && x.entry != nil {
			latest = max(latest, x.entry.Summary.Last)
		}
	}
	return cmp.Or(b.site.AsOf, b.options.Today, latest)
}

// tasks are the tasks with what the data say of them.
func (b *builder) tasks(surveys []*built, lang string) []report.Task {
	today := b.today(surveys)
	var out []report.Task
	for _, t := range b.site.Schedule {
		data, title, href := "", "", ""
		if i := slices.IndexFunc(surveys, func(x *built) bool { return x != nil && x.entry != nil && x.id == t.Survey }); t.Survey != "" && i >= 0 {
			s := surveys[i].entry.Summary
			data, title, href = s.Last, s.Title[lang], surveys[i].id
		}
		out = append(out, report.Task{Task: t, Title: title, Folder: href, Done: t.Done(data), Due: t.Due(data), Overdue: survey.Overdue(t.Due(data), today)})
	}
	return out
}

// forms are the titles of the complaint forms.
func (b *builder) forms(surveys []*built, lang string) []string {
	var out []string
	for _, x := range surveys {
		if x.entry != nil && x.entry.Summary.Form {
			out = append(out, x.entry.Summary.Title[lang])
		}
	}
	return out
}

func (b *builder) schedulePage(lang string, surveys []*built) page.Report {
	l, up := b.locales[lang], "../"
	if b.folder(lang) != "" {
		up = "../../"
	}
	p := report.Schedule(report.Plan{
		Tasks: b.tasks(surveys, lang), Forms: b.forms(surveys, lang), Today: b.today(surveys), Languages: b.site.Languages,
		To: func(folder string) string { return up + folder + "/" + b.folder(lang) + "index.html" },
	}, l)
	view := page.Report{
		Report: &report.Report{Title: p.Title, Lang: lang, Pages: []*report.Page{p}}, Page: p, Locale: l,
		Site: b.site.Title.In(lang, b.site.Languages...), Home: up + indexName(b, lang), Logo: b.logo(up),
		ToAssets: up + "assets/", Built: l.Say("schedule.built", "as_of", b.today(surveys)), Footer: b.footer(lang),
		Nav: []page.Chapter{{Links: []page.Link{{Name: p.Title, Href: "index.html", Current: true}}}}, How: b.allMethods(lang, up),
	}
	for _, other := range b.site.Languages {
		view.Languages = append(view.Languages, page.Link{Name: b.locales[other].Say("language.name"), Tag: other, Href: b.beside(lang, other), Current: other == lang})
	}
	return view
}

// beside is the address of the page of another language, from one of a language,
// where both stand in one folder of reports.
func (b *builder) beside(lang, other string) string { return b.besidePage("index", lang, other) }

// besidePage is beside for a page that is not the index of its folder.
func (b *builder) besidePage(name, lang, other string) string {
	name += ".html"
	switch {
	case other == lang:
		return name
	case b.folder(lang) == "":
		return b.folder(other) + name
	case b.folder(other) == "":
		return "../" + name
	}
	return "../" + b.folder(other) + name
}

// scheduleItem is the entry of the page in the index of reports.
func (b *builder) scheduleItem(l *survey.Locale, surveys []*built) page.Item {
	p := report.Schedule(report.Plan{Tasks: b.tasks(surveys, l.Tag()), Today: b.today(surveys), Languages: b.site.Languages, To: func(string) string { return "" }}, l)
	return page.Item{Title: p.Title, Href: "schedule/" + b.folder(l.Tag()) + "index.html", Message: p.Heading, Note: l.Say("schedule.note", "n", len(b.site.Schedule))}
}

// scheduleAddress is where the page stands as the pages of a report reach it, "" without one.
func (b *builder) scheduleAddress(lang string) string {
	if len(b.site.Schedule) == 0 || b.options.Only == "surveys" {
		return ""
	}
	up := "../"
	if b.folder(lang) != "" {
		up = "../../"
	}
	return up + "schedule/" + b.folder(lang) + "index.html"
}

// tellSchedule notes the tasks that are overdue.
func (b *builder) tellSchedule(surveys []*built) {
	if len(b.site.Schedule) == 0 {
		return
	}
	for _, t := range b.tasks(surveys, b.site.Languages[0]) {
		switch {
		case t.Overdue:
			b.problems.Add(diag.Problem{
				Severity: diag.Note, Code: "overdue", Place: t.At, Summary: diag.Say("%q was due on %s and is overdue", t.Name.In(b.site.Languages[0], b.site.Languages...), t.Due),
				Cure: diag.Say("do it, or write down the day it was done with last:"),
			})
		case t.Done == "":
			b.problems.Add(diag.Problem{
				Severity: diag.Note, Code: "overdue", Place: t.At, Summary: diag.Say("%q was never done: there are no answers and no last:", t.Name.In(b.site.Languages[0], b.site.Languages...)),
				Cure: diag.Say("do it, or write down the day it was done with last:"),
			})
		}
	}
}
