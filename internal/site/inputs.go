package site

import (
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"manyi/internal/diag"
	"manyi/internal/seal"
	"manyi/internal/survey"
	"manyi/internal/table"
)

// inputs are the files one survey is built from.
type inputs struct {
	definition string
	responses  []string // below surveys/<id>/responses, sorted
	ledgers    []string // below surveys/<id>/ledger, sorted
	pages      []string // below content/<id>
	pictures   []string // below surveys/<id>/images
	skipped    []string // neither read nor an error: links, pipes, other kinds
	locked     []string // those of skipped that the system does not let us read
	hashes     map[string]string

	form    string  // the complaint form whose answers are records as well, "" without
	answers *inputs // its files
}

// inputs lists and hashes the files of a survey.
func (b *builder) inputs(id string) (*inputs, error) {
	in := &inputs{definition: "surveys/" + id + "/survey.yaml", hashes: map[string]string{"manyi.yaml": b.own}}
	home, err := b.surveysAt.within(id)
	if err != nil || home == nil {
		return in, nil // reading the definition says why
	}
	defer home.close()
	if err := b.listResponses(in, home); err != nil {
		return nil, err
	}
	err = home.walk("images", func(name string, info fs.FileInfo) {
		if info != nil {
			in.pictures = append(in.pictures, name)
			b.print(in, home, name, info)
		}
	})
	if err != nil {
		return nil, err
	}
	err = home.walk("versions", func(name string, info fs.FileInfo) {
		if info != nil && path.Ext(name) == ".yaml" {
			b.print(in, home, name, info)
		}
	})
	if err != nil {
		return nil, err
	}
	if err := b.listLedgers(in, home); err != nil {
		return nil, err
	}
	err = b.contentAt.walk(id, func(name string, info fs.FileInfo) {
		if info != nil && strings.HasSuffix(name, ".md") {
			in.pages = append(in.pages, name)
			b.print(in, b.contentAt, name, info)
		} else if strings.HasSuffix(name, ".md") {
			in.skipped = append(in.skipped, name)
		}
	})
	if err != nil {
		return nil, err
	}
	if h, err := b.prints.of(home, "survey.yaml"); err == nil {
		in.hashes[in.definition] = h
	}
	if h, err := b.prints.of(home, survey.InviteKeys); err == nil {
		in.hashes["surveys/"+id+"/"+survey.InviteKeys] = h
	}
	if h, err := b.prints.of(home, survey.TopicCodesName); err == nil {
		in.hashes["surveys/"+id+"/"+survey.TopicCodesName] = h
	}
	if h, err := b.prints.of(home, seal.ProofName); err == nil {
		in.hashes["surveys/"+id+"/"+seal.ProofName] = h
	}
	return in, nil
}

// listResponses lists the answers of a survey.
func (b *builder) listResponses(in *inputs, home *place) error {
	return home.walk("responses", func(name string, info fs.FileInfo) {
		if base := path.Base(name); strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$") {
			return // hidden files and the locks of spreadsheets
		}
		if name == home.base+"responses/"+table.TombstoneFile {
			if info != nil {
				b.print(in, home, name, info)
			}
			return
		}
		if info != nil && table.Readable(name) {
			in.responses = append(in.responses, name)
			b.print(in, home, name, info)
		} else {
			in.skipped = append(in.skipped, name)
		}
	})
}

// print notes the hash of a file that was just listed, or leaves it out.
func (b *builder) print(in *inputs, at *place, name string, info fs.FileInfo) {
	h, err := b.prints.known(at, strings.TrimPrefix(name, at.base), info)
	if err != nil {
		in.leaveOut(name)
		return
	}
	in.hashes[name] = h
}

// leaveOut takes a file that cannot be read from those that are.
func (in *inputs) leaveOut(name string) {
	other := func(n string) bool { return n == name }
	in.responses, in.pages, in.ledgers = slices.DeleteFunc(in.responses, other), slices.DeleteFunc(in.pages, other), slices.DeleteFunc(in.ledgers, other)
	in.skipped, in.locked = append(in.skipped, name), append(in.locked, name)
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
	if slices.ContainsFunc(in.responses, table.Sealed) {
		s.WriteString("\nkeys " + b.options.Keys.Fingerprint())
	}
	if b.options.SkipKeyProof {
		s.WriteString("\nskip key proof")
	}
	return hashOf([]byte(s.String()))
}

// commonHash covers the program, its options and the theme.
func (b *builder) commonHash() (string, error) {
	var s strings.Builder
	s.WriteString(strings.Join([]string{b.options.Program, b.options.Only, b.options.Audience, b.options.Today, b.options.Commit, strconv.FormatBool(b.options.Single)}, "\n"))
	var names []string
	if err := b.here.walk("templates", func(name string, info fs.FileInfo) {
		if info != nil {
			names = append(names, name)
		} else {
			b.problems.Add(notRead(name, diag.Say("links and special files are not followed: put the file itself there")))
		}
	}); err != nil {
		return "", err
	}
	names = append(names, b.ownMethods()...)
	if logo := b.site.Theme.Logo; logo != "" && b.hasLogo(logo) {
		names = append(names, logo)
	}
	for _, name := range names {
		h, err := b.prints.of(b.here, name)
		if err != nil {
			return "", err
		}
		s.WriteString("\n" + name + " " + h)
	}
	return hashOf([]byte(s.String())), nil
}

// hasLogo reports whether the logo can be read.
func (b *builder) hasLogo(name string) bool {
	if f, err := b.files.Open(name); err == nil {
		info, err := f.Stat()
		f.Close()
		if err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	b.problems.Add(diag.Problem{
		Severity: diag.Error, Code: "missing-file", Place: diag.Place{File: "manyi.yaml"}, Summary: diag.Say("the logo %q is not a file that can be read", name),
		Cure: diag.Say("put it there, or take logo out of theme"),
	})
	return false
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
		Name: name, Encoding: w.Encoding, Wave: w.ID, Columns: w.Columns, Codes: w.Codes, Whole: whole,
		Open: func() (io.ReadCloser, error) { return b.files.Open(name) },
	}
}

func missing(s *survey.Survey, w survey.Wave, file string, problems *diag.List) {
	problems.Add(diag.Problem{
		Severity: diag.Error, Code: "missing-file", Place: w.At,
		Summary: diag.Say("wave %q names the file %q, which is not there", w.ID, file),
		Cure:    diag.Say("put it into %s/ or take it out of files", path.Dir(s.File)),
	})
}
