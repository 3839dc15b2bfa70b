package importer

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"testing/fstest"
	"time"

	"manyi/internal/diag"
	"manyi/internal/importer/draft"
	"manyi/internal/survey"
)

// Name is the file of the export.
func (f *Frame) Name() string { return path.Base(f.file.source.Name) }

// File is a file to be written.
type File struct {
	Name string
	Body []byte
}

// Drafted is what a new survey is made of.
type Drafted struct {
	Files []File
	id    string
}

// DraftSurvey drafts the files of a new survey in a workspace: survey.yaml,
// the mapping, and manyi.yaml where there is none. What the draft guesses
// wrong, so that it would not be read, is left out again.
func DraftSurvey(workspace fs.FS, f *Frame, id string, keep []string, problems *diag.List) (*Drafted, *Mapping, error) {
	settings, err := fs.ReadFile(workspace, "manyi.yaml")
	if err != nil {
		settings = fmt.Appendf(nil, "manyi: 1\ntitle: %s\nlanguages: [%s]\n", draft.Scalar(id), f.language())
	}
	opt := DraftOptions{ID: id, Lang: f.language(), Keep: keep, Scales: shippedScales()}
	var quiet diag.List // whoever builds tells them
	if ws := survey.ParseWorkspace(fstest.MapFS{"manyi.yaml": {Data: settings}}, &quiet); ws != nil && len(ws.Languages) > 0 && !slices.Contains(ws.Languages, opt.Lang) {
		opt.Lang = ws.Languages[0]
	}
	s, mapping := Draft(f, opt)
	if len(s.Pages) == 0 {
		problems.Add(diag.Problem{Severity: diag.Error, Code: "no-questions", Place: diag.Place{File: f.file.source.Name}, Summary: diag.Say("the export has no column with answers"), Cure: diag.Say("see its columns with --dry-run and another survey, or name its tool with --tool")})
		return nil, nil, nil
	}
	definition := path.Join("surveys", id, "survey.yaml")
	for _, lighter := range []func(){func() {}, func() { opt.Plain = true; s, mapping = Draft(f, opt) }, func() { s.Analyses = s.Analyses[:min(1, len(s.Analyses))] }, func() { s.Analyses = nil }, func() { s.Segments = nil }} {
		lighter()
		d := &Drafted{id: id, Files: []File{
			{"manyi.yaml", settings},
			{definition, s.YAML()},
			{path.Join("surveys", id, "imports", f.Tool.Name+".map.yaml"), mapping.YAML([]string{"What the columns and labels of this export became in the drafted survey."})},
		}}
		var faults diag.List
		if got, _, err := d.Parsed(&faults); err != nil {
			return nil, nil, err
		} else if got != nil && !faults.Has(diag.Error) {
			d.tidy(definition)
			return d, mapping, nil
		}
		if s.Segments == nil {
			problems.Merge(&faults)
		}
	}
	return nil, nil, nil
}

// tidy gives the definition the stable layout of manyi fmt, as far as that reads it.
func (d *Drafted) tidy(definition string) {
	var quiet diag.List
	if body := survey.Format(d.fs(), definition, &quiet); body != nil && !quiet.Has(diag.Error) && bytes.Contains(body, []byte("manyi: 1")) {
		i := slices.IndexFunc(d.Files, func(f File) bool { return f.Name == definition })
		d.Files[i].Body = body
	}
}

// fs are the drafted files as a workspace.
func (d *Drafted) fs() fs.FS {
	files := fstest.MapFS{}
	for _, f := range d.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Body}
	}
	return files
}

// Parsed reads the drafted survey as any other; nil where it has faults.
func (d *Drafted) Parsed(problems *diag.List) (*survey.Survey, *time.Location, error) {
	files := d.fs()
	ws := survey.ParseWorkspace(files, problems)
	if ws == nil {
		return nil, nil, nil
	}
	s := survey.Parse(files, path.Join("surveys", d.id), ws, problems)
	if s == nil || problems.Has(diag.Error) {
		return nil, nil, nil
	}
	zone, err := time.LoadLocation(ws.Timezone)
	return s, zone, err
}

// shippedScales are the scales of every survey.
func shippedScales() map[string]*survey.Scale {
	const small = "manyi: 1\nid: a\nversion: 1\nlanguages: [en]\ntitle: A\npages:\n  - id: p\n    questions:\n      - id: q\n        type: yes_no\n        text: Q\n"
	files := fstest.MapFS{"manyi.yaml": {Data: []byte("manyi: 1\ntitle: A\nlanguages: [en]\n")}, "surveys/a/survey.yaml": {Data: []byte(small)}}
	var quiet diag.List
	s := survey.Parse(files, "surveys/a", survey.ParseWorkspace(files, &quiet), &quiet)
	if s == nil {
		panic("importer: the shipped scales cannot be read")
	}
	return s.Scales
}
