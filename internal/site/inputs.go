package site

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// inputs are the files one survey is built from.
type inputs struct {
	definition string
	responses  []string // below surveys/<id>/responses, sorted
	pages      []string // below content/<id>
	skipped    []string // neither read nor an error: links, pipes, other kinds
	hashes     map[string]string
}

// inputs lists and hashes the files of a survey.
func (b *builder) inputs(id string) (*inputs, error) {
	in := &inputs{definition: "surveys/" + id + "/survey.yaml", hashes: map[string]string{}}
	err := b.walk("surveys/"+id+"/responses", func(name string, regular bool) {
		if regular && readable(name) {
			in.responses = append(in.responses, name)
		} else if !strings.HasPrefix(path.Base(name), ".") {
			in.skipped = append(in.skipped, name)
		}
	})
	if err != nil {
		return nil, err
	}
	err = b.walk("content/"+id, func(name string, regular bool) {
		if regular && strings.HasSuffix(name, ".md") {
			in.pages = append(in.pages, name)
		}
	})
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Concat([]string{"manyi.yaml", in.definition}, in.responses, in.pages) {
		if in.hashes[name], err = b.prints.of(name); err != nil {
			return nil, err
		}
	}
	return in, nil
}

// walk visits the files below dir in order; links and special files are not regular.
func (b *builder) walk(dir string, visit func(name string, regular bool)) error {
	err := fs.WalkDir(b.files, dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !e.IsDir() {
			visit(name, e.Type().IsRegular())
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// readable reports whether a file of responses is of a kind that is read.
func readable(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".jsonl")
}

// key names everything a survey's pages depend on.
func (b *builder) key(in *inputs) string {
	var s strings.Builder
	s.WriteString(b.common)
	for _, name := range slices.Sorted(maps.Keys(in.hashes)) {
		s.WriteString("\n" + name + " " + in.hashes[name])
	}
	for _, name := range in.skipped {
		s.WriteString("\nskipped " + name)
	}
	return hashOf([]byte(s.String()))
}

// commonHash covers the program, its options and the theme.
func (b *builder) commonHash() (string, error) {
	var s strings.Builder
	s.WriteString(strings.Join([]string{b.options.Program, b.options.Only, b.options.Today}, "\n"))
	var names []string
	if err := b.walk("templates", func(name string, regular bool) {
		if regular {
			names = append(names, name)
		}
	}); err != nil {
		return "", err
	}
	if logo := b.site.Theme.Logo; logo != "" {
		names = append(names, logo)
	}
	for _, name := range names {
		h, err := b.prints.of(name)
		if err != nil {
			return "", err
		}
		s.WriteString("\n" + name + " " + h)
	}
	return hashOf([]byte(s.String())), nil
}

// sources says which wave each response file belongs to: the one that names
// it, else the one its folder is called like; else its rows decide.
func (b *builder) sources(s *survey.Survey, in *inputs, problems *diag.List) []table.Source {
	var out []table.Source
	base := path.Dir(s.File) + "/"
	claimed := map[string]bool{}
	for _, w := range s.Waves {
		for _, file := range w.Files {
			name := base + path.Clean(file)
			claimed[name] = true
			if slices.Contains(in.responses, name) {
				out = append(out, b.source(name, &w, true))
			} else {
				missing(s, w, file, problems)
			}
		}
	}
	for _, name := range in.responses {
		if claimed[name] {
			continue
		}
		folder, _, nested := strings.Cut(strings.TrimPrefix(name, base+"responses/"), "/")
		i := slices.IndexFunc(s.Waves, func(w survey.Wave) bool { return nested && w.ID == folder })
		if i >= 0 {
			out = append(out, b.source(name, &s.Waves[i], false))
			continue
		}
		out = append(out, b.source(name, &survey.Wave{}, false))
	}
	return out
}

func (b *builder) source(name string, w *survey.Wave, whole bool) table.Source {
	return table.Source{
		Name: name, Wave: w.ID, Columns: w.Columns, Codes: w.Codes, Whole: whole,
		Open: func() (io.ReadCloser, error) { return b.files.Open(name) },
	}
}

func missing(s *survey.Survey, w survey.Wave, file string, problems *diag.List) {
	problems.Add(diag.Problem{
		Severity: diag.Error, Code: "missing-file", Place: w.At,
		Summary: "wave \"" + w.ID + "\" names the file \"" + file + "\", which is not there",
		Cure:    "put it into " + path.Dir(s.File) + "/ or take it out of files",
	})
}
