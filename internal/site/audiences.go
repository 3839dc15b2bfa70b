package site

import (
	"encoding/json"
	"html/template"
	"path"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/ledger"
	"manyi/internal/measure"
	"manyi/internal/page"
	"manyi/internal/report"
	"manyi/internal/service"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// audienceFolder is where the reports of an audience stand below site/, to be
// published by itself: nothing in it leads to another folder.
func audienceFolder(name string) string { return "reports-" + name + "/" }

// audiences writes the report of every audience of a survey: measured anew with
// its threshold, with its pages and no others.
func (b *builder) audiences(s *survey.Survey, in *inputs, answers *table.Answers, ledgers *ledger.Ledgers, opt measure.Options, results *measure.Results, out *built, problems *diag.List) error {
	at := thresholds(s, answers, opt, results)
	for _, a := range s.Report.Audiences {
		if b.options.Audience != "" && b.options.Audience != a.Name {
			continue
		}
		r := at(a.MinCell)
		whole, s, simulated, notes := s, s, r.Count.Simulated > 0, in.pages
		var found *service.Results
		if a.Segment == "" {
			found = service.Analyse(service.Input{Survey: s, Ledgers: ledgers, Results: r, Zone: b.zone()})
		} else { // an author's texts tell of the whole, and so do the ledgers
			r, notes = r.Group(a.Segment, a.Group, s.Splitting(a.Segment)), nil
			s = s.Of(a.Segment, func(id string) bool { return r.Block.Analyses[id] != nil })
		}
		body, err := json.Marshal(r.Edition(a.Keeps("questions", ""), a.Keeps("segments", "")))
		if err != nil {
			return err
		}
		base := audienceFolder(a.Name) + s.ID + "/"
		out.files = append(out.files, output{base + "results.json", append(body, '\n')})
		for _, lang := range b.site.Languages {
			rep := report.Build(s, r, b.locales[lang], report.Options{AsOf: r.AsOf, Service: found, Keep: a.Keeps, Standards: b.standards, Group: b.groupName(whole, a, lang), Simulated: simulated})
			if lang == b.site.Languages[0] {
				tellAbsent(s, a, rep, in, problems)
			}
			unsaid := &diag.List{} // what is wrong with an author's page is told of the whole report
			w := &writer{builder: b, survey: s, report: rep, results: r, locale: b.locales[lang], out: out, problems: unsaid, joined: map[string]template.HTML{}, audience: a.Name}
			if err := w.write(slices.DeleteFunc(slices.Clone(notes), func(name string) bool { return !a.Keeps(noteName(name), "") })); err != nil {
				return err
			}
			out.entry.Summary.audience(a.Name)[lang] = rep.Pages[0].Heading
		}
	}
	return nil
}

// thresholds measures a survey with the thresholds of its audiences, each under
// the one below it: readers who compare two reports learn nothing that the
// one with the smaller threshold does not show.
func thresholds(s *survey.Survey, answers *table.Answers, opt measure.Options, results *measure.Results) func(minCell int) *measure.Results {
	least, done := opt.MinCell, map[int]*measure.Results{opt.MinCell: results}
	var list []int
	for _, a := range s.Report.Audiences {
		list = append(list, max(least, a.MinCell))
	}
	slices.Sort(list)
	return func(minCell int) *measure.Results {
		minCell = max(least, minCell)
		finer := results
		for _, k := range slices.Compact(slices.Clone(list)) {
			if k > minCell {
				break
			}
			if done[k] == nil {
				opt.MinCell, opt.Problems, opt.Finer = k, nil, finer
				done[k] = measure.Compute(s, answers, opt)
			}
			finer = done[k]
		}
		return done[minCell]
	}
}

// groupName is the group that an audience sees, "" of the whole.
func (b *builder) groupName(s *survey.Survey, a survey.Audience, lang string) string {
	if a.Segment == "" {
		return ""
	}
	if item, ok := s.Item(a.Segment); ok && item.Scale != nil {
		for _, o := range item.Scale.Options {
			if label := o.Label.In(lang, s.Languages...); o.Code == a.Group && label != "" {
				return survey.Unpiped(label)
			}
		}
	}
	return a.Group
}

// noteName is the page that an author's text makes: note-NAME.
func noteName(file string) string {
	plain, _, _ := strings.Cut(path.Base(file), ".")
	return "note-" + plain
}

// tellAbsent names pages of an audience that the report does not have.
func tellAbsent(s *survey.Survey, a survey.Audience, rep *report.Report, in *inputs, problems *diag.List) {
	for _, name := range a.Pages {
		if slices.ContainsFunc(rep.Pages, func(p *report.Page) bool { return p.Name == name || p.Under == name }) ||
			slices.ContainsFunc(in.pages, func(file string) bool { return noteName(file) == name }) {
			continue
		}
		problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "unknown-page", Place: diag.Place{File: s.File}, Summary: diag.Say("audience %q wants the page %q, which the report does not have", a.Name, name),
			Cure: diag.Say("pages are called as their files, like questions, segments or satisfaction-index"),
		})
	}
}

func (s *summary) audience(name string) map[string]string {
	if s.Audiences == nil {
		s.Audiences = map[string]map[string]string{}
	}
	if s.Audiences[name] == nil {
		s.Audiences[name] = map[string]string{}
	}
	return s.Audiences[name]
}

// noAudience tells where one audience is to be built and no survey has it.
func (b *builder) noAudience(surveys []*built, problems *diag.List) bool {
	if b.options.Audience == "" || slices.ContainsFunc(surveys, func(x *built) bool {
		return x.entry != nil && x.entry.Summary.Audiences[b.options.Audience] != nil
	}) {
		return false
	}
	problems.Add(diag.Problem{
		Severity: diag.Error, Code: "unknown-audience", Place: diag.Place{File: "surveys"}, Summary: diag.Say("no survey has an audience called %q", b.options.Audience),
		Cure: diag.Say("audiences are named under report: audiences: of a survey"),
	})
	return true
}

// audienceIndexes list the reports of each audience, and are its assets; with
// what guards every folder of reports.
func (b *builder) audienceIndexes(surveys []*built) ([]output, error) {
	var names []string
	for _, x := range surveys {
		if x.entry != nil {
			for name := range x.entry.Summary.Audiences {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	out := reportGuards("reports/")
	for _, name := range slices.Compact(names) {
		base := audienceFolder(name)
		for _, lang := range b.site.Languages {
			l := b.locales[lang]
			view := page.Index{Locale: l, Site: b.site.Title.In(lang, b.site.Languages...), Heading: l.Say("site.reports"), ToAssets: "assets/", Logo: b.logo("")}
			for _, x := range surveys {
				if x.entry != nil && x.entry.Summary.Audiences[name] != nil {
					view.Items = append(view.Items, page.Item{Title: x.entry.Summary.Title[lang], Href: x.id + "/" + b.folder(lang) + "index.html", Message: x.entry.Summary.Audiences[name][lang]})
				}
			}
			view.Items = append(view.Items, b.methodsItem(l))
			for _, other := range b.site.Languages {
				view.Languages = append(view.Languages, page.Link{Name: b.locales[other].Say("language.name"), Tag: other, Href: indexName(b, other), Current: other == lang})
			}
			body, err := b.theme.Index(view)
			if err != nil {
				return nil, err
			}
			out = append(out, output{base + indexName(b, lang), body})
		}
		assets, err := b.assets(base)
		if err != nil {
			return nil, err
		}
		out = append(append(out, assets...), reportGuards(base)...)
	}
	return out, nil
}
