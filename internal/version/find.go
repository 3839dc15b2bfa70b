package version

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
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

// Definitions are the states of a questionnaire that can be found, the present
// one first: survey.yaml, then its history in git where repository is not nil,
// then the files of surveys/<id>/versions. A state of the same form is listed once.
func Definitions(files fs.FS, repository *git.Folder, id string) []Definition {
	var out []Definition
	seen := map[string]bool{}
	put := func(text []byte, source string) {
		d := Read(text, id, source)
		if d == nil {
			return
		}
		if key := fmt.Sprintf("%d %s", d.Survey.Version, d.Survey.Hash()); !seen[key] {
			seen[key] = true
			out = append(out, *d)
		}
	}
	name := "surveys/" + id + "/survey.yaml"
	if text, err := fs.ReadFile(files, name); err == nil {
		put(text, name)
	}
	if repository != nil {
		commits, err := repository.Log(name)
		if err != nil {
			commits = nil
		}
		for _, commit := range commits {
			if text, err := repository.Read(commit, name); err == nil {
				put(text, commit[:12]+":"+name)
			}
		}
	}
	kept, err := fs.Glob(files, "surveys/"+id+"/versions/*.yaml")
	if err != nil {
		return out
	}
	slices.SortFunc(kept, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(b, a)) })
	for _, name := range kept {
		if text, err := fs.ReadFile(files, name); err == nil {
			put(text, path.Clean(name))
		}
	}
	return out
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
