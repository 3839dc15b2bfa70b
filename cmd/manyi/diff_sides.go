package main

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/git"
	versions "manyi/internal/version"
)

// side is one of the two things that are compared: the surveys of a file, a
// folder or a revision.
type side struct {
	name    string
	single  bool // one file: compared whatever its id
	surveys map[string]*versions.Definition
}

// sideOf finds what an argument of diff names: a file or folder that exists,
// else a revision of the repository that dir is in, or REVISION:FILE.
func sideOf(arg, dir string) (*side, error) {
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return folderSide(arg)
	case err == nil:
		if !info.Mode().IsRegular() || info.Size() > mostDefined {
			return nil, useError{diag.Say("%q is no file of at most %d MiB", arg, mostDefined>>20)}
		}
		text, err := os.ReadFile(arg)
		if err != nil {
			return nil, err
		}
		return fileSide(arg, text)
	}
	return revisionSide(arg, dir)
}

// mostDefined is how long a definition may be, in bytes.
const mostDefined = 1 << 20

var definedID = regexp.MustCompile(`(?m)^id:\s*["']?([a-z][a-z0-9_]{0,63})\b`)

// fileSide is one definition, of any name.
func fileSide(name string, text []byte) (*side, error) {
	id := "survey"
	if m := definedID.FindSubmatch(text); m != nil {
		id = string(m[1])
	}
	d := versions.Read(text, id, name)
	if d == nil {
		return nil, useError{diag.Say("%q is no definition of a survey; \"manyi check\" says why", name)}
	}
	return &side{name, true, map[string]*versions.Definition{id: d}}, nil
}

// folderSide is a workspace, or the folder of one survey.
func folderSide(dir string) (*side, error) {
	if text, err := os.ReadFile(filepath.Join(dir, "survey.yaml")); err == nil {
		return fileSide(path.Join(filepath.ToSlash(dir), "survey.yaml"), text)
	}
	files := os.DirFS(dir)
	names, err := fs.Glob(files, "surveys/*/survey.yaml")
	if err != nil {
		return nil, err
	}
	out := &side{name: dir, surveys: map[string]*versions.Definition{}}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		out.put(name, text)
	}
	if len(out.surveys) == 0 {
		return nil, useError{diag.Say("%q holds no survey: neither survey.yaml nor surveys/<id>/survey.yaml", dir)}
	}
	return out, nil
}

func (s *side) put(name string, text []byte) {
	id := path.Base(path.Dir(name))
	if d := versions.Read(text, id, name); d != nil {
		s.surveys[id] = d
	}
}

// revisionSide is the workspace dir as a revision has it.
func revisionSide(revision, dir string) (*side, error) {
	repository, err := git.Open(dir)
	if errors.Is(err, git.ErrAbsent) {
		return nil, err
	}
	if err != nil {
		return nil, useError{diag.Say("%q is no file or folder, and %q is in no git repository", revision, dir)}
	}
	revision, name, one := strings.Cut(revision, ":")
	commit, err := repository.Commit(revision)
	if err != nil {
		return nil, useError{diag.Say("%q is neither a file, a folder nor a revision of git", revision)}
	}
	if one {
		text, err := repository.Read(commit, name)
		if err != nil {
			return nil, useError{diag.Say("%q has no file %q", revision, name)}
		}
		return fileSide(revision+":"+name, text)
	}
	names, err := repository.Files(commit)
	if err != nil {
		return nil, err
	}
	out := &side{name: revision, surveys: map[string]*versions.Definition{}}
	for _, name := range names {
		if ok, _ := path.Match("surveys/*/survey.yaml", name); !ok {
			continue
		}
		text, err := repository.Read(commit, name)
		if err != nil {
			return nil, err
		}
		out.put(name, text)
	}
	return out, nil
}

// compared is one survey of both sides.
type compared struct {
	ID       string
	Old, New *versions.Definition // nil where it is not there
	Changes  []versions.Change
}

// compare brings the surveys of two sides together, by their ids; two single
// files are compared whatever their ids.
func compare(old, latest *side) []compared {
	if old.single && latest.single {
		a, b := only(old), only(latest)
		return []compared{{b.Survey.ID, a, b, versions.Compare(a.Survey, b.Survey)}}
	}
	ids := slices.AppendSeq(slices.Collect(maps.Keys(old.surveys)), maps.Keys(latest.surveys))
	slices.Sort(ids)
	var out []compared
	for _, id := range slices.Compact(ids) {
		a, b := old.surveys[id], latest.surveys[id]
		if old.single && a == nil || latest.single && b == nil {
			continue // a file is compared with its survey only
		}
		x := compared{ID: id, Old: a, New: b}
		if a != nil && b != nil {
			x.Changes = versions.Compare(a.Survey, b.Survey)
		}
		out = append(out, x)
	}
	return out
}

func only(s *side) *versions.Definition {
	for _, d := range s.surveys {
		return d
	}
	return nil
}
