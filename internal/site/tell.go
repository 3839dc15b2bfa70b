package site

import (
	"path"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// tellColumns says what the files of the answers lack and what of them is not
// read: a column of the definition without data, an unknown column that looks
// like one, and how many columns of a file mean nothing here.
func tellColumns(s *survey.Survey, answers *table.Answers, problems *diag.List) {
	lacking := map[string]bool{}
	for _, w := range answers.Waves {
		absent := missingColumns(s, w)
		for _, id := range absent {
			lacking[id] = true
		}
		if len(absent) > 0 && w.Rows > 0 {
			summary := diag.Say("wave %q has no data for %s", w.ID, strings.Join(absent, ", "))
			if w.ID == "" {
				summary = diag.Say("there is no data for %s", strings.Join(absent, ", "))
			}
			problems.Add(diag.Problem{
				Severity: diag.Note, Code: "no-data", Place: diag.Place{File: s.File}, Summary: summary,
				Cure: diag.Say("right where it was not asked; else map the column of the file under columns"),
			})
		}
	}
	ids := []string{}
	for id := range lacking {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	count := map[string]int{}
	var files []string
	for _, u := range answers.Unknown {
		if count[u.File]++; count[u.File] == 1 {
			files = append(files, u.File)
		}
		if near := diag.Nearest(u.Column, ids); near != "" && (len(near) > 4 || strings.EqualFold(near, u.Column)) {
			problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "unknown-column", Place: diag.Place{File: u.File}, Summary: diag.Say("column %q is not of this survey", u.Column),
				Cure: diag.Say("did you mean %q?", near),
			})
		}
	}
	for _, file := range files {
		summary := diag.Say("%d columns are not of this survey and are not read", count[file])
		if count[file] == 1 {
			summary = diag.Say("1 column is not of this survey and is not read")
		}
		problems.Add(diag.Problem{
			Severity: diag.Note, Code: "unknown-columns", Place: diag.Place{File: file}, Summary: summary,
			Cure: diag.Say("the report lists them under data quality"),
		})
	}
}

// forgetCalculated takes calculated columns from those that are unknown: the
// page sends what it computed, and the definition computes it again.
func forgetCalculated(s *survey.Survey, answers *table.Answers) {
	answers.Unknown = slices.DeleteFunc(answers.Unknown, func(u table.UnknownColumn) bool {
		return slices.ContainsFunc(s.Calculated, func(c survey.Calculated) bool { return c.ID == u.Column })
	})
}

// missingColumns are the ids of the definition that no file of a wave has; a
// multiple choice counts once, write-ins and free texts do not count.
func missingColumns(s *survey.Survey, w *table.Wave) []string {
	var out []string
	for _, item := range s.Items() {
		if item.Scale == nil || item.Type == "derived" || item.Type == "calculated" {
			continue
		}
		id := item.ID
		if item.Type == survey.MultipleChoice && len(item.Scale.Options) > 0 {
			id += "_" + item.Scale.Options[0].Code
		}
		if c := w.Columns[id]; c != nil && c.Absent && !s.GoesOn(w, id) {
			out = append(out, item.ID)
		}
	}
	return out
}

// tellSimulated warns where answers that this program made up are counted among real ones.
func tellSimulated(s *survey.Survey, answers *table.Answers, problems *diag.List) {
	for _, w := range answers.Waves {
		made := w.Count.Simulated
		if made == 0 || made == w.Count.Counted {
			continue
		}
		problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "simulated", Place: diag.Place{File: s.File}, Summary: diag.Say("%d simulated responses are counted among %d", made, w.Count.Counted),
			Cure: diag.Say(`delete their file, or leave them out with report: {filter: '_mode != "simulated"'}`),
		})
	}
}

// tellDuplicates says how many rows of the files were left out as copies.
func tellDuplicates(s *survey.Survey, answers *table.Answers, problems *diag.List) {
	if n := answers.Count.Duplicate; n > 0 {
		problems.Add(diag.Problem{
			Severity: diag.Note, Code: "duplicates", Place: diag.Place{File: path.Dir(s.File)}, Summary: diag.Say("rows that repeat another one, _id and all: %d", n),
			Cure: diag.Say("each is counted once"),
		})
	}
}

// tellPages judges the names of the author's pages: NAME.LANG.md, each name
// once, in every language of the site.
func (b *builder) tellPages(in *inputs, problems *diag.List) {
	seen := map[string]string{} // page and language -> file
	languages := map[string]map[string]bool{}
	var names []string
	for _, file := range in.pages {
		stem := strings.TrimSuffix(path.Base(file), ".md")
		at := strings.LastIndexByte(stem, '.')
		name, lang := stem, ""
		if at > 0 {
			name, lang = stem[:at], stem[at+1:]
		}
		place := diag.Place{File: file}
		switch first := seen[stem]; {
		case !slices.Contains(b.site.Languages, lang):
			problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "page-language", Place: place, Summary: diag.Say("the page is in no language of the site"),
				Cure: diag.Say("name it NAME.%s.md", b.site.Languages[0]),
			})
			continue
		case !pageName.MatchString(name):
			problems.Add(diag.Problem{Severity: diag.Error, Code: "page-name", Place: place, Summary: diag.Say("the name of the page makes no address"), Cure: diag.Say("use letters, digits, - and _ only")})
			continue
		case first != "":
			problems.Add(diag.Problem{Severity: diag.Error, Code: "duplicate-page", Place: place, Rule: diag.Place{File: first}, Summary: diag.Say("two pages have the name %q", stem), Cure: diag.Say("rename one of them")})
			continue
		}
		seen[stem] = file
		if languages[name] == nil {
			languages[name] = map[string]bool{}
			names = append(names, name)
		}
		languages[name][lang] = true
	}
	for _, name := range names {
		for _, lang := range b.site.Languages {
			if !languages[name][lang] {
				problems.Add(diag.Problem{
					Severity: diag.Warning, Code: "page-missing", Place: diag.Place{File: path.Dir(in.pages[0])}, Summary: diag.Say("page %q is missing in %s", name, lang),
					Cure: diag.Say("write %s", name+"."+lang+".md"),
				})
			}
		}
	}
}
