package version

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"

	"manyi/internal/diag"
	"manyi/internal/git"
	"manyi/internal/survey"
)

// Definition is one state of a questionnaire.
type Definition struct {
	Survey *survey.Survey
	Source string // the file, or commit:file
}

// Read is the definition in text; what it refers to outside of itself is not
// looked at, and neither are its faults. It is nil where there is no structure at all.
func Read(text []byte, id, source string) *Definition {
	dir := "surveys/" + id
	var problems diag.List
	s := survey.Parse(fstest.MapFS{dir + "/survey.yaml": {Data: text}}, dir, nil, &problems)
	if s == nil {
		return nil
	}
	return &Definition{s, source}
}

// mostBytes is how long a definition may be, as for survey.yaml.
const mostBytes = 1 << 20

// Definitions are the states of a questionnaire that can be found, the present
// one first: survey.yaml, then its history in git where repository is not nil,
// then the files of surveys/<id>/versions. A state of the same form is listed once.
// With editions wanted, only what can be one of them is read, and no more of the
// history than has all of them.
func Definitions(files fs.FS, repository *git.Folder, id string, wanted []Edition) []Definition {
	f := finder{id: id, wanted: wanted, seen: map[string]bool{}}
	name := "surveys/" + id + "/survey.yaml"
	if text, err := fs.ReadFile(files, name); err == nil {
		f.put(text, name, true)
	}
	if repository != nil && !f.complete() {
		for commit, text := range repository.Past(name) {
			if f.put(text, commit[:min(12, len(commit))]+":"+name, false); f.complete() {
				break
			}
		}
	}
	for _, name := range kept(files, id) {
		if info, err := fs.Stat(files, name); err != nil || info.Size() > mostBytes {
			continue
		}
		if text, err := fs.ReadFile(files, name); err == nil {
			f.put(text, path.Clean(name), false)
		}
	}
	return f.found
}

// kept are the files of surveys/<id>/versions, the newest by name first.
func kept(files fs.FS, id string) []string {
	names, err := fs.Glob(files, "surveys/"+id+"/versions/*.yaml")
	if err != nil {
		return nil
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(b, a)) })
	return names
}

// Unread tells of the files of surveys/<id>/versions that are no definition, with the first fault of each.
func Unread(files fs.FS, id string, problems *diag.List) {
	for _, name := range kept(files, id) {
		p := diag.Problem{Summary: diag.Say("this is no definition of a survey"), Cure: diag.Say("put the survey.yaml of that version there, as it was")}
		text, err := fs.ReadFile(files, name)
		switch {
		case err != nil || len(text) > mostBytes:
			p.Summary, p.Cure = diag.Say("this definition cannot be read"), diag.Say("a definition is a file of at most %d MiB", mostBytes>>20)
		default:
			dir := "surveys/" + id
			var found diag.List
			if survey.Parse(fstest.MapFS{dir + "/survey.yaml": {Data: text}}, dir, nil, &found) != nil {
				continue
			}
			if all := found.Problems(); len(all) > 0 {
				p = all[0]
			}
		}
		p.Severity, p.Code, p.Place.File = diag.Warning, "bad-version", path.Clean(name)
		problems.Add(p)
	}
}

// finder gathers definitions.
type finder struct {
	id     string
	wanted []Edition
	seen   map[string]bool
	found  []Definition
}

// versionLine is where a definition says its version.
var versionLine = regexp.MustCompile(`(?m)^version:[ \t]*["']?([0-9]+)`)

// put takes a text, where it can be one of those wanted.
func (f *finder) put(text []byte, source string, always bool) {
	if len(text) > mostBytes || f.seen[string(text)] || !always && !f.mayBe(text) {
		return
	}
	f.seen[string(text)] = true
	d := Read(text, f.id, source)
	if d == nil {
		return
	}
	if key := fmt.Sprintf("%d %s", d.Survey.Version, d.Survey.Hash()); !f.seen[key] {
		f.seen[key] = true
		f.found = append(f.found, *d)
	}
}

// mayBe reports whether a text can be of a version that is wanted: by its first
// line that names one, without reading the rest.
func (f *finder) mayBe(text []byte) bool {
	m := versionLine.FindSubmatch(text)
	if f.wanted == nil || m == nil {
		return true
	}
	return slices.ContainsFunc(f.wanted, func(e Edition) bool {
		return e.Version == 0 || strconv.Itoa(e.Version) == strings.TrimLeft(string(m[1]), "0")
	})
}

func (f *finder) complete() bool {
	return f.wanted != nil && !slices.ContainsFunc(f.wanted, func(e Edition) bool { return ForAnswers(f.found, e) == nil })
}

// ForAnswers is the definition that answers name by _build, or where they have
// none by _version: the newest state of that version. nil where none is known.
func ForAnswers(all []Definition, e Edition) *Definition {
	for i := range all {
		if s := all[i].Survey; e.Build != "" && s.Build() == e.Build || e.Build == "" && s.Version == e.Version {
			return &all[i]
		}
	}
	return nil
}
